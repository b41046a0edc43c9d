//! Documents as Markdown for a wiki or a ticket: a heading, a table of cookies and the flags of each.

use std::io::{self, Write};

use super::{DocumentWriter, Export};
use crate::corpus::{Field, stated_columns, word};
use crate::document::{CookieRow, PolicyDocument};
use crate::flags::Flag;
use crate::text::collapse;

/// The format.
pub(super) struct Markdown;

struct Sections<'a> {
    out: &'a mut dyn Write,
    empty: bool,
}

impl Export for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn start<'a>(&self, out: &'a mut dyn Write) -> io::Result<Box<dyn DocumentWriter + 'a>> {
        Ok(Box::new(Sections { out, empty: true }))
    }
}

impl DocumentWriter for Sections<'_> {
    fn write(&mut self, document: &PolicyDocument, flags: &[Flag]) -> io::Result<()> {
        let gap = if self.empty { "" } else { "\n" };
        self.empty = false;
        writeln!(self.out, "{gap}# {}\n\n{}", escaped(heading(document)), facts(document))?;
        if !document.cookies.is_empty() {
            self.write_table(document)?;
        }
        if !flags.is_empty() {
            writeln!(self.out)?;
        }
        flags.iter().try_for_each(|flag| writeln!(self.out, "- {}", flagged(flag)))
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

impl Sections<'_> {
    fn write_table(&mut self, document: &PolicyDocument) -> io::Result<()> {
        let stated = stated_columns(document);
        let columns: Vec<_> = COLUMNS.into_iter().filter(|field| stated.contains(field.as_str())).collect();
        let heads: Vec<_> = ["name"].into_iter().chain(columns.iter().map(|field| field.as_str())).collect();
        writeln!(self.out, "\n| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len()))?;
        for row in &document.cookies {
            let cells = columns.iter().map(|field| escaped(&field.value(row).unwrap_or_default()));
            let cells: Vec<_> = [name(row)].into_iter().chain(cells).collect();
            writeln!(self.out, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}

/// The columns in the order of reading.
const COLUMNS: [Field; 9] = [
    Field::Category,
    Field::Provider,
    Field::Domain,
    Field::Party,
    Field::Storage,
    Field::Function,
    Field::Location,
    Field::Purpose,
    Field::Duration,
];

/// A text on one line with nothing in it that Markdown (CommonMark and its tables) would take for markup.
pub(super) fn escaped(text: &str) -> String {
    const MARKUP: [char; 13] = ['\\', '`', '*', '_', '~', '[', ']', '<', '>', '#', '|', '&', '$'];
    let printed = collapse(text);
    let escape = |c: char| MARKUP.contains(&c).then_some('\\').into_iter().chain([c]);
    printed.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).flat_map(escape).collect()
}

fn name(row: &CookieRow) -> String {
    escaped(&row.name)
}

fn heading(document: &PolicyDocument) -> &str {
    let platform = document.platform.as_ref();
    let host = platform.and_then(|platform| platform.host.as_deref().or(platform.name.as_deref()));
    host.unwrap_or(&document.source.path)
}

/// Path, kind, language and date, as far as they are known.
fn facts(document: &PolicyDocument) -> String {
    let kind = word(document.kind).replace('_', " ");
    let date = document.date.as_ref().map(|date| format!("{} {}", word(date.kind), date.value));
    let facts = [Some(escaped(&document.source.path)), Some(kind), document.language.clone(), date];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn flagged(flag: &Flag) -> String {
    let line = flag.evidence.line.map(|line| format!(" (line {line})")).unwrap_or_default();
    format!("**{}** {}{line}: {}", word(flag.severity), flag.rule, escaped(&flag.message))
}
