//! `polinorm schema`: the JSON Schema (2020-12) of each output.

use std::io::Write;

use clap::{Args, ValueEnum};
use polinorm::corpus::{Boilerplate, Comparison, ErrorRecord, Family, Manifest};
use polinorm::document::PolicyDocument;
use polinorm::flags::Flag;
use schemars::schema_for;

use super::Outcome;
use super::output::{Failure, stdout};

/// Writes the JSON Schema of an output
#[derive(Debug, Args)]
pub struct Schema {
    /// Which output
    name: Name,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    Document,
    Boilerplate,
    Family,
    Flag,
    Comparison,
    Error,
    Manifest,
}

impl Schema {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let schema = match self.name {
            Name::Document => schema_for!(PolicyDocument),
            Name::Boilerplate => schema_for!(Boilerplate),
            Name::Family => schema_for!(Family),
            Name::Flag => schema_for!(Flag),
            Name::Comparison => schema_for!(Comparison),
            Name::Error => schema_for!(ErrorRecord),
            Name::Manifest => schema_for!(Manifest),
        };
        let mut out = stdout();
        serde_json::to_writer_pretty(&mut out, &schema).map_err(std::io::Error::from)?;
        writeln!(out)?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}
