//! One JSON value a line.

use std::io::{self, Write};

use serde::Serialize;

use super::{DocumentWriter, Export};
use crate::document::PolicyDocument;
use crate::flags::Flag;

/// The format.
pub(super) struct Ndjson;

struct Lines<'a>(&'a mut dyn Write);

impl Export for Ndjson {
    fn name(&self) -> &'static str {
        "ndjson"
    }

    fn start<'a>(&self, out: &'a mut dyn Write) -> io::Result<Box<dyn DocumentWriter + 'a>> {
        Ok(Box::new(Lines(out)))
    }
}

impl DocumentWriter for Lines<'_> {
    fn write(&mut self, document: &PolicyDocument, _: &[Flag]) -> io::Result<()> {
        write_line(&mut self.0, document)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes a value as one line of JSON.
///
/// # Errors
/// Those of `out`.
pub fn write_line(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut out, value).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
