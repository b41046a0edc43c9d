//! Cookie rows as CSV (RFC 4180, UTF-8), one line a row; several hosts in a cell are set apart by `; `.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{DocumentWriter, Export, Formulas};
use crate::corpus::{Field, keyword};
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
        let mut writer = writer(out);
        writer.write_record(HEADER)?;
        Ok(Box::new(Rows { writer, formulas: self.formulas }))
    }
}

impl DocumentWriter for Rows<'_> {
    fn write(&mut self, document: &PolicyDocument, _: &[Flag]) -> io::Result<()> {
        write_rows(&mut self.writer, document, self.formulas)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes the line that names the columns.
pub(super) fn write_header(out: impl Write) -> io::Result<()> {
    let mut writer = writer(out);
    writer.write_record(HEADER)?;
    writer.flush()
}

/// Appends the rows of a document, without a header.
pub(super) fn push_rows(document: &PolicyDocument, formulas: Formulas, out: &mut Vec<u8>) -> io::Result<()> {
    let mut writer = writer(out);
    write_rows(&mut writer, document, formulas)?;
    writer.flush()
}

fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)
}

fn write_rows(writer: &mut csv::Writer<impl Write>, document: &PolicyDocument, formulas: Formulas) -> io::Result<()> {
    for row in &document.cookies {
        for cell in record(document, row) {
            let cell = cell.unwrap_or_default();
            match formulas {
                Formulas::Neutral if runs(&cell) => writer.write_field(format!("'{cell}"))?,
                _ => writer.write_field(cell.as_bytes())?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

/// True for a cell that a spreadsheet would run.
fn runs(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn record<'a>(document: &'a PolicyDocument, row: &'a CookieRow) -> [Option<Cow<'a, str>>; HEADER.len()] {
    let duration = row.duration.as_ref();
    let borrowed = |value: Option<&'a str>| value.map(Cow::Borrowed);
    let number = |value: Option<u64>| value.map(|value| Cow::Owned(value.to_string()));
    [
        borrowed(Some(&document.source.path)),
        borrowed(document.platform.as_ref().and_then(|platform| platform.host.as_deref())),
        borrowed(document.date.as_ref().map(|date| date.value.as_str())),
        borrowed(Some(&row.name)),
        borrowed(row.pattern.as_deref()),
        Field::Storage.stated(row),
        borrowed(row.provider.as_deref()),
        Some(Cow::Owned(row.domain.join("; "))),
        Field::Party.stated(row),
        borrowed(row.function.as_deref()),
        borrowed(row.location.as_deref()),
        borrowed(row.purpose.as_deref()),
        borrowed(row.category.map(keyword)),
        borrowed(row.category_raw.as_deref()),
        borrowed(duration.map(|duration| duration.raw.as_str())),
        borrowed(duration.and_then(|duration| duration.iso8601.as_deref())),
        number(duration.and_then(|duration| duration.seconds)),
        borrowed(Some(keyword(row.found_in))),
        number(row.evidence.line.map(u64::from)),
        number(row.evidence.page.map(u64::from)),
    ]
}
