//! One JSON array, a document a line.

use std::io::{self, Write};

use super::{DocumentWriter, Export};
use crate::document::PolicyDocument;
use crate::flags::Flag;

/// The format.
pub(super) struct Json;

struct Array<'a> {
    out: &'a mut dyn Write,
    empty: bool,
}

impl Export for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn start<'a>(&self, out: &'a mut dyn Write) -> io::Result<Box<dyn DocumentWriter + 'a>> {
        out.write_all(b"[")?;
        Ok(Box::new(Array { out, empty: true }))
    }
}

impl DocumentWriter for Array<'_> {
    fn write(&mut self, document: &PolicyDocument, _: &[Flag]) -> io::Result<()> {
        self.out.write_all(if self.empty { b"\n" } else { b",\n" })?;
        self.empty = false;
        serde_json::to_writer(&mut self.out, document).map_err(io::Error::from)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.write_all(b"\n]\n")?;
        self.out.flush()
    }
}
