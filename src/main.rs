//! Arguments in, exit code out.
#![warn(missing_docs)]

// Nothing calls the folder of a dataset before the subcommands stand.
#[allow(dead_code)]
mod cli;

fn main() {}
