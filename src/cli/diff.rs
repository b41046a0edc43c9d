//! `polinorm diff`: two documents, or two platforms of a dataset.

use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use polinorm::corpus::{
    BlockDifferences, BlockSide, ChangedCookie, Comparison, WordChange, WordOp, bare_host, compare, read_documents,
};
use polinorm::document::PolicyDocument;
use polinorm::{Code, Error};

use super::inputs::Reading;
use super::output::{Failure, stdout};
use super::{Outcome, dataset};

/// Compares two policies and leaves out what is trivial; exit code 1 where they differ
#[derive(Debug, Args)]
pub struct Diff {
    /// A policy, or a document that polinorm wrote (.json, .ndjson); with --in, a host or a path of the dataset
    a: String,
    /// The other
    b: String,
    /// Compare two platforms of this dataset
    #[arg(long = "in", value_name = "DATASET")]
    dataset: Option<PathBuf>,
    /// How the differences are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

impl Diff {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let (a, b) = match &self.dataset {
            Some(folder) => {
                let stored = dataset::read(folder)?;
                (pick(&stored.documents, &self.a, folder)?, pick(&stored.documents, &self.b, folder)?)
            }
            None => (self.document(&self.a)?, self.document(&self.b)?),
        };
        let comparison = compare(&a, &b);
        let mut out = stdout();
        match self.format {
            Format::Json => polinorm::export::write_line(&mut out, &comparison)?,
            Format::Text => write_lines(&mut out, &comparison, &TEXT)?,
            Format::Markdown => write_lines(&mut out, &comparison, &MARKDOWN)?,
        }
        out.flush()?;
        Ok(if comparison.same { Outcome::Done } else { Outcome::Different })
    }

    fn document(&self, path: &str) -> Result<PolicyDocument, Failure> {
        let path = PathBuf::from(path);
        let is_json = path.extension().is_some_and(|ending| ending == "json" || ending == "ndjson");
        let documents = if is_json { read_json(&path)? } else { self.reading.all(std::slice::from_ref(&path))?.0 };
        let count = documents.len();
        match <[PolicyDocument; 1]>::try_from(documents) {
            Ok([document]) => Ok(document),
            Err(_) if count == 0 => {
                Err(Failure::Usage("nothing to compare: the document could not be read".to_owned()))
            }
            Err(_) => Err(Failure::Usage(format!(
                "{}: {count} documents, where one is compared (name one file)",
                path.display()
            ))),
        }
    }
}

fn read_json(path: &Path) -> polinorm::Result<Vec<PolicyDocument>> {
    let file = std::fs::File::open(path).map_err(|error| Error::io(path, error))?;
    read_documents(BufReader::new(file), path)
}

/// The document of a host, or of a path where a host has several.
fn pick(documents: &[PolicyDocument], wanted: &str, folder: &Path) -> Result<PolicyDocument, Failure> {
    if let Some(document) = documents.iter().find(|document| document.source.path == wanted) {
        return Ok(document.clone());
    }
    let host = |document: &&PolicyDocument| {
        let host = document.platform.as_ref().and_then(|platform| platform.host.as_deref());
        host.is_some_and(|host| bare_host(host) == bare_host(wanted))
    };
    let found: Vec<_> = documents.iter().filter(host).collect();
    match found.as_slice() {
        [document] => Ok((*document).clone()),
        [] => Err(Error::new(folder, Code::NotFound, format!("no document of the platform or path {wanted:?}")).into()),
        several => {
            let paths: Vec<_> = several.iter().map(|document| document.source.path.as_str()).collect();
            Err(Failure::Usage(format!("{wanted} has several documents; name one by its path: {}", paths.join(", "))))
        }
    }
}

/// What stands before a line and around the words that differ.
struct Style {
    removed: &'static str,
    added: &'static str,
    changed: &'static str,
    moved: &'static str,
    delete: [&'static str; 2],
    insert: [&'static str; 2],
    /// Characters that the format would read as markup, each to be preceded by a backslash.
    escaped: &'static [char],
}

/// As `git diff --word-diff` writes.
const TEXT: Style = Style {
    removed: "- ",
    added: "+ ",
    changed: "~ ",
    moved: "> ",
    delete: ["[-", "-]"],
    insert: ["{+", "+}"],
    escaped: &[],
};

const MARKDOWN: Style = Style {
    removed: "- **removed:** ",
    added: "- **added:** ",
    changed: "- **changed:** ",
    moved: "- **moved:** ",
    delete: ["~~", "~~"],
    insert: ["**", "**"],
    escaped: &['\\', '`', '*', '_', '~', '[', ']', '<', '>', '#', '|'],
};

fn write_lines(out: &mut impl Write, comparison: &Comparison, style: &Style) -> std::io::Result<()> {
    for field in &comparison.fields {
        let (a, b) = (style.printed(field.a.as_deref()), style.printed(field.b.as_deref()));
        writeln!(out, "{}{}: {a} → {b}", style.changed, style.text(&field.field))?;
    }
    for row in &comparison.cookies.removed {
        writeln!(out, "{}cookie {}", style.removed, style.text(&row.name))?;
    }
    for row in &comparison.cookies.added {
        writeln!(out, "{}cookie {}", style.added, style.text(&row.name))?;
    }
    for change in &comparison.cookies.changed {
        let (name, field) = (style.text(&change.name), style.text(&change.field));
        writeln!(out, "{}cookie {name}, {field}: {}", style.changed, style.cookie(change))?;
    }
    write_blocks(out, &comparison.blocks, style)?;
    write_verdict(out, comparison)
}

fn write_blocks(out: &mut impl Write, blocks: &BlockDifferences, style: &Style) -> std::io::Result<()> {
    let mut write = |mark: &str, block: &BlockSide, text: String| {
        let line = block.evidence.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        writeln!(out, "{mark}{line}{text}")
    };
    blocks.removed.iter().try_for_each(|block| write(style.removed, block, style.text(&block.text)))?;
    blocks.added.iter().try_for_each(|block| write(style.added, block, style.text(&block.text)))?;
    blocks.changed.iter().try_for_each(|change| write(style.changed, &change.b, style.words(&change.words)))?;
    blocks.moved.iter().try_for_each(|moved| write(style.moved, &moved.b, style.text(&moved.b.text)))
}

fn write_verdict(out: &mut impl Write, comparison: &Comparison) -> std::io::Result<()> {
    let trivial = match comparison.trivial {
        0 => String::new(),
        1 => " (1 trivial difference left out)".to_owned(),
        count => format!(" ({count} trivial differences left out)"),
    };
    let verdict = if comparison.same { "the same policy" } else { "the policies differ" };
    writeln!(out, "{}{verdict}{trivial}", if comparison.same { "" } else { "\n" })
}

impl Style {
    fn cookie(&self, change: &ChangedCookie) -> String {
        match (&change.a, &change.b) {
            (Some(_), Some(_)) if !change.words.is_empty() => self.words(&change.words),
            (a, b) => format!("{} → {}", self.printed(a.as_deref()), self.printed(b.as_deref())),
        }
    }

    /// Words that both have, those of the first alone and those of the second alone, each in its marks.
    fn words(&self, changes: &[WordChange]) -> String {
        let marked = |[open, close]: [&str; 2], text: &str| format!("{open}{}{close}", self.text(text));
        let parts = changes.iter().map(|change| match change.op {
            WordOp::Equal => self.text(&change.text),
            WordOp::Delete => marked(self.delete, &change.text),
            WordOp::Insert => marked(self.insert, &change.text),
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    fn printed(&self, value: Option<&str>) -> String {
        value.map_or_else(|| "nothing".to_owned(), |value| format!("“{}”", self.text(value)))
    }

    /// A text on one line, with nothing in it that the format would take for markup.
    fn text(&self, text: &str) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let escaped = |c: char| self.escaped.contains(&c).then_some('\\').into_iter().chain([c]);
        line.chars().flat_map(escaped).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_writes_no_markup_into_a_report() {
        let change = |op, text: &str| WordChange { op, text: text.to_owned() };
        let words = [change(WordOp::Equal, "_ga"), change(WordOp::Delete, "<b>"), change(WordOp::Insert, "2 years")];
        assert_eq!(TEXT.words(&words), "_ga [-<b>-] {+2 years+}");
        assert_eq!(MARKDOWN.words(&words), r"\_ga ~~\<b\>~~ **2 years**");
    }
}
