//! Cookie rows as CSV (RFC 4180, UTF-8), one line a row; several hosts in a cell are set apart by `; `.

use std::io::{self, Write};

use super::{DocumentWriter, Export, Formulas};
use crate::corpus::keyword;
use crate::document::{CookieRow, PolicyDocument};
use crate::flags::Flag;
use crate::text::{any_eight, any_is};

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
    let mut same_cells = Vec::new();
    Line { formulas, out: &mut same_cells }.push_document(document);
    for row in &document.cookies {
        out.extend_from_slice(&same_cells);
        Line { formulas, out: &mut *out }.push_row(row);
        out.pop();
        out.extend_from_slice(END);
    }
}

/// What ends a line.
const END: &[u8] = b"\r\n";

/// A line that cells are appended to, each with a comma behind it.
struct Line<'o> {
    formulas: Formulas,
    out: &'o mut Vec<u8>,
}

impl Line<'_> {
    /// The cells that all rows of a document begin with.
    fn push_document(&mut self, document: &PolicyDocument) {
        self.push(Some(&document.source.path));
        self.push(document.platform.as_ref().and_then(|platform| platform.host.as_deref()));
        self.push(document.date.as_ref().map(|date| date.value.as_str()));
    }

    /// The cells of a row.
    fn push_row(&mut self, row: &CookieRow) {
        let duration = row.duration.as_ref();
        self.push(Some(&row.name));
        self.push(row.pattern.as_deref());
        self.push(row.storage.map(keyword));
        self.push(row.provider.as_deref());
        self.push_hosts(&row.domain);
        self.push(row.party.map(keyword));
        self.push(row.function.as_deref());
        self.push(row.location.as_deref());
        self.push(row.purpose.as_deref());
        self.push(row.category.map(keyword));
        self.push(row.category_raw.as_deref());
        self.push(duration.map(|duration| duration.raw.as_str()));
        self.push(duration.and_then(|duration| duration.iso8601.as_deref()));
        self.push_number(duration.and_then(|duration| duration.seconds));
        self.push(Some(keyword(row.found_in)));
        self.push_number(row.evidence.line.map(u64::from));
        self.push_number(row.evidence.page.map(u64::from));
    }

    fn push(&mut self, cell: Option<&str>) {
        let cell = cell.unwrap_or_default();
        let apostrophe: &[u8] = if self.formulas == Formulas::Neutral && runs(cell) { b"'" } else { b"" };
        if any_eight(cell.as_bytes(), quoted) {
            self.push_quoted(apostrophe, cell);
        } else {
            self.out.extend_from_slice(apostrophe);
            self.out.extend_from_slice(cell.as_bytes());
        }
        self.out.push(b',');
    }

    fn push_quoted(&mut self, apostrophe: &[u8], cell: &str) {
        self.out.push(b'"');
        self.out.extend_from_slice(apostrophe);
        for piece in cell.split_inclusive('"') {
            self.out.extend_from_slice(piece.as_bytes());
            if piece.ends_with('"') {
                self.out.push(b'"');
            }
        }
        self.out.push(b'"');
    }

    fn push_hosts(&mut self, hosts: &[String]) {
        match hosts {
            [] => self.push(None),
            [host] => self.push(Some(host)),
            hosts => self.push(Some(&hosts.join("; "))),
        }
    }

    fn push_number(&mut self, number: Option<u64>) {
        if let Some(number) = number {
            write!(self.out, "{number}").expect("memory takes it");
        }
        self.out.push(b',');
    }
}

/// 0 where none of eight bytes puts a cell into quotes.
fn quoted(eight: u64) -> u64 {
    any_is(eight, b',') | any_is(eight, b'"') | any_is(eight, b'\r') | any_is(eight, b'\n')
}

/// True for a cell that a spreadsheet would run.
fn runs(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
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
            let mut read = ::csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_slice());
            let record = read.records().next().unwrap().unwrap();
            let texts = [&record[0], &record[1], &record[3], &record[6], &record[11]];
            prop_assert_eq!(texts, ["a,b.txt", "a.example", &cells[0], &cells[1], &cells[2]]);
            prop_assert_eq!(record.len(), HEADER.len());
            let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
            writer.write_record(&record).unwrap();
            prop_assert_eq!(written, writer.into_inner().unwrap());
        }
    }
}
