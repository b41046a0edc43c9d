//! One JSON value a line.

use std::io::{self, Write};

use serde::Serialize;

use super::compact_json::push_line;
use super::{DocumentWriter, Export};
use crate::document::PolicyDocument;
use crate::flags::Flag;

/// The format.
pub(super) struct Ndjson;

/// Lines on their way out, each written as a whole: JSON comes in small pieces.
struct Lines<'a> {
    out: &'a mut dyn Write,
    line: Vec<u8>,
}

impl Export for Ndjson {
    fn name(&self) -> &'static str {
        "ndjson"
    }

    fn start<'a>(&self, out: &'a mut dyn Write) -> io::Result<Box<dyn DocumentWriter + 'a>> {
        Ok(Box::new(Lines { out, line: Vec::new() }))
    }
}

impl DocumentWriter for Lines<'_> {
    fn write(&mut self, document: &PolicyDocument, _: &[Flag]) -> io::Result<()> {
        self.line.clear();
        push_line(document, &mut self.line)?;
        self.out.write_all(&self.line)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
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
