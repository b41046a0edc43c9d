//! A comparison as coloured text, as wide as the terminal. Whoever writes to something else takes the colours out again.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::entries::{Entry, Mark, Part, Says, left_out, on_one_line, parts, verdict};
use crate::corpus::{Comparison, Side, WordChange, WordOp, elided};

/// How wide the text is and how much of it is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextStyle {
    /// Columns of the terminal; lines are not broken where there is none.
    pub width: Option<usize>,
    /// Changed texts are shown whole, and not only near the words that changed.
    pub whole: bool,
}

/// Writes a comparison as text with ANSI colours. Words that differ stand in the marks of `git diff --word-diff` too, so that
/// nothing is said by colour alone.
///
/// # Errors
/// Those of `out`.
pub fn write_text(out: &mut impl Write, comparison: &Comparison, style: TextStyle) -> io::Result<()> {
    writeln!(out, "{}", style.wrapped(&side("a", &comparison.a)))?;
    writeln!(out, "{}\n", style.wrapped(&side("b", &comparison.b)))?;
    for part in parts(comparison) {
        style.write_part(out, &part)?;
        writeln!(out)?;
    }
    let hint = if comparison.trivial == 1 { "--all shows it" } else { "--all shows them" };
    let left_out = left_out(comparison).map(|told| format!(" ({told}; {hint})")).unwrap_or_default();
    writeln!(out, "{}", style.wrapped(&painted(BOLD, &format!("{}{left_out}", verdict(comparison)))))
}

const BOLD: Style = Style::new().bold();
const GONE: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();
const OTHER: Style = AnsiColor::Yellow.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();

/// Words on each side of a change that are shown of a long text.
const NEAR: usize = 5;
/// What lines that belong to the one above start with.
const INDENT: &str = "    ";

impl TextStyle {
    fn write_part(self, out: &mut impl Write, part: &Part) -> io::Result<()> {
        writeln!(out, "{}", self.wrapped(&format!("{}: {}", painted(BOLD, part.title), part.summary)))?;
        let mut before = None;
        for entry in &part.entries {
            if entry.field.is_some() && before != Some(&entry.subject) {
                writeln!(out, "{}", self.wrapped(&format!("{}{}", sign(entry.mark), entry.subject)))?;
            }
            before = entry.field.is_some().then_some(&entry.subject);
            writeln!(out, "{}", self.wrapped(&self.line(entry)))?;
        }
        Ok(())
    }

    fn line(self, entry: &Entry) -> String {
        let said = self.said(entry);
        match &entry.field {
            Some(field) => format!("{INDENT}{}: {said}", painted(PLACE, &on_one_line(field))),
            None if said.is_empty() => format!("{}{}", sign(entry.mark), entry.subject),
            None => format!("{}{}: {said}", sign(entry.mark), painted(PLACE, &entry.subject)),
        }
    }

    fn said(self, entry: &Entry) -> String {
        match &entry.says {
            Says::Text(text) => text.clone(),
            Says::Values { a, b } => format!("{} → {}", value(GONE, a), value(NEW, b)),
            Says::Words(words) if self.whole => marked(words),
            Says::Words(words) => marked(&elided(words, NEAR)),
        }
    }

    fn wrapped(self, line: &str) -> String {
        let Some(width) = self.width else { return line.to_owned() };
        let options = textwrap::Options::new(width.max(20)).subsequent_indent(INDENT);
        textwrap::fill(line, options.word_splitter(textwrap::WordSplitter::NoHyphenation))
    }
}

fn side(name: &str, side: &Side) -> String {
    let platform = side.platform.as_deref().map(|host| format!("  {}", on_one_line(host))).unwrap_or_default();
    format!("{name}  {}{platform}", on_one_line(&side.path))
}

fn sign(mark: Mark) -> String {
    let (style, sign) = match mark {
        Mark::Added => (NEW, "+"),
        Mark::Removed => (GONE, "-"),
        Mark::Changed => (OTHER, "~"),
        Mark::Moved => (OTHER, ">"),
    };
    format!("{} ", painted(style, sign))
}

fn value(style: Style, value: &Option<String>) -> String {
    value.as_deref().map_or_else(|| "nothing".to_owned(), |value| painted(style, value))
}

fn marked(words: &[WordChange]) -> String {
    let parts = words.iter().map(|change| match change.op {
        WordOp::Equal => change.text.clone(),
        WordOp::Delete => painted(GONE, &format!("[-{}-]", change.text)),
        WordOp::Insert => painted(NEW, &format!("{{+{}+}}", change.text)),
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn painted(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
