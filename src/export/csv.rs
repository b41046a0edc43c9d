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

/// Rows on their way out, those of a document written together.
struct Rows<'a> {
    out: &'a mut dyn Write,
    formulas: Formulas,
    lines: Vec<u8>,
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
        write_header(&mut *out)?;
        Ok(Box::new(Rows { out, formulas: self.formulas, lines: Vec::new() }))
    }
}

impl DocumentWriter for Rows<'_> {
    fn write(&mut self, document: &PolicyDocument, _: &[Flag]) -> io::Result<()> {
        self.lines.clear();
        push_rows(document, self.formulas, &mut self.lines);
        self.out.write_all(&self.lines)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the line that names the columns.
pub(super) fn write_header(mut out: impl Write) -> io::Result<()> {
    out.write_all(HEADER.join(",").as_bytes())?;
    out.write_all(END)
}

/// Appends the rows of a document, without a header.
pub(super) fn push_rows(document: &PolicyDocument, formulas: Formulas, out: &mut Vec<u8>) {
    for row in &document.cookies {
        for cell in record(document, row) {
            push_cell(cell.as_deref().unwrap_or_default(), formulas, out);
            out.push(b',');
        }
        out.pop();
        out.extend_from_slice(END);
    }
}

/// What ends a line.
const END: &[u8] = b"\r\n";

fn push_cell(cell: &str, formulas: Formulas, out: &mut Vec<u8>) {
    let quoted = |byte: u8| (byte == b',') | (byte == b'"') | (byte == b'\r') | (byte == b'\n');
    let is_quoted = cell.bytes().fold(false, |any, byte| any | quoted(byte));
    let apostrophe: &[u8] = if formulas == Formulas::Neutral && runs(cell) { b"'" } else { b"" };
    if !is_quoted {
        out.extend_from_slice(apostrophe);
        out.extend_from_slice(cell.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(apostrophe);
    for piece in cell.split_inclusive('"') {
        out.extend_from_slice(piece.as_bytes());
        if piece.ends_with('"') {
            out.push(b'"');
        }
    }
    out.push(b'"');
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::sample::{Sample, row};

    proptest! {
        #[test]
        fn lines_are_those_that_a_csv_writer_writes(cells in prop::collection::vec(r#"([a-c,";=@'\r\n\t é]){0,12}"#, 3)) {
            let row = CookieRow { provider: Some(cells[1].clone()), ..row(&cells[0], &cells[2]) };
            let document = Sample::new("a,b.txt", "a.example").row(row).build();
            let mut written = Vec::new();
            push_rows(&document, Formulas::Raw, &mut written);
            let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
            let record = record(&document, &document.cookies[0]).map(Option::unwrap_or_default);
            writer.write_record(record.iter().map(|cell| cell.as_bytes())).unwrap();
            prop_assert_eq!(written, writer.into_inner().unwrap());
        }
    }
}
