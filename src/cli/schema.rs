//! `polinorm schema`: the JSON Schema (2020-12) of each output.

use std::io::Write;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use polinorm::export::schema::Output;

use super::Outcome;
use super::output::{Failure, stdout};

/// Writes the JSON Schema of an output
#[derive(Debug, Args)]
pub struct Schema {
    /// Which output
    #[arg(value_parser = outputs())]
    name: Output,
}

impl Schema {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let mut out = stdout();
        self.name.write_schema(&mut out)?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn outputs() -> impl TypedValueParser<Value = Output> {
    let names = PossibleValuesParser::new(Output::ALL.map(Output::name));
    names.map(|name| Output::named(&name).expect("clap takes the names of the list alone"))
}
