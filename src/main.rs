//! The program `polinorm`: arguments in, exit code out. Everything else is in `cli`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
