//! Cookie rows as CSV (RFC 4180, UTF-8), one line a row; several hosts in a cell are set apart by `; `.

use std::io::{self, Write};

use super::{DocumentWriter, Export, Formulas};
use crate::corpus::Field;
use crate::document::{CookieRow, PolicyDocument};
use crate::flags::Flag;

/// The format.
pub(super) struct Csv {
    /// What becomes of cells that a spreadsheet would run.
    pub formulas: Formulas,
}

struct Rows<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    formulas: Formulas,
}

const HEADER: [&str; 20] = [
    "path",
    "platform_host",
    "date",
    "name",
    "pattern",
    "storage",
    "provider",
    "domain",
    "party",
    "function",
    "location",
    "purpose",
    "category",
    "category_raw",
    "duration_raw",
    "duration_iso8601",
    "duration_seconds",
    "found_in",
    "line",
    "page",
];

impl Export for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn start<'a>(&self, out: &'a mut dyn Write) -> io::Result<Box<dyn DocumentWriter + 'a>> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(HEADER)?;
        Ok(Box::new(Rows { writer, formulas: self.formulas }))
    }
}

impl DocumentWriter for Rows<'_> {
    fn write(&mut self, document: &PolicyDocument, _: &[Flag]) -> io::Result<()> {
        for row in &document.cookies {
            let cells = record(document, row).map(|cell| self.neutral(cell.unwrap_or_default()));
            self.writer.write_record(cells)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Rows<'_> {
    fn neutral(&self, cell: String) -> String {
        let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if runs && self.formulas == Formulas::Neutral { format!("'{cell}") } else { cell }
    }
}

fn record(document: &PolicyDocument, row: &CookieRow) -> [Option<String>; HEADER.len()] {
    let duration = row.duration.as_ref();
    [
        Some(document.source.path.clone()),
        document.platform.as_ref().and_then(|platform| platform.host.clone()),
        document.date.as_ref().map(|date| date.value.clone()),
        Some(row.name.clone()),
        row.pattern.clone(),
        Field::Storage.value(row),
        row.provider.clone(),
        Some(row.domain.join("; ")),
        Field::Party.value(row),
        row.function.clone(),
        row.location.clone(),
        row.purpose.clone(),
        row.category.map(crate::corpus::word),
        row.category_raw.clone(),
        duration.map(|duration| duration.raw.clone()),
        duration.and_then(|duration| duration.iso8601.clone()),
        duration.and_then(|duration| duration.seconds).map(|seconds| seconds.to_string()),
        Some(crate::corpus::word(row.found_in)),
        row.evidence.line.map(|line| line.to_string()),
        row.evidence.page.map(|page| page.to_string()),
    ]
}
