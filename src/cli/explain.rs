//! `polinorm explain`: one document as the program understood it.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use polinorm::document::{Evidence, Place};
use polinorm::explanation::{
    ExplainedBlock, ExplainedColumn, ExplainedRow, ExplainedSection, ExplainedTable, Explanation, LexiconWord,
};
use serde::Serialize;

use super::Outcome;
use super::inputs::Reading;
use super::output::{Failure, stdout};
use super::summary::counted;

/// Says how a document was understood: its blocks, what each column was taken for, what was mended, where each value was read
#[derive(Debug, Args)]
pub struct Explain {
    /// A policy
    file: PathBuf,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Explain {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let explanation = self.reading.explain(&self.file)?;
        let mut out = stdout();
        match self.format {
            Format::Text => write_text(&mut out, &explanation)?,
            Format::Json => polinorm::export::write_line(&mut out, &explanation)?,
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn write_text(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    write_head(out, explanation)?;
    explanation.blocks.iter().try_for_each(|block| write_block(out, block))?;
    writeln!(out, "\n{}", counted(explanation.rows.len() as u64, "cookie row", "cookie rows"))?;
    explanation.rows.iter().try_for_each(|row| write_row(out, row))?;
    for warning in &explanation.warnings {
        writeln!(out, "warning: {} ({})", warning.message, warning.remedy)?;
    }
    Ok(())
}

fn write_head(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    let source = &explanation.source;
    let language = explanation.language.as_deref().unwrap_or("unknown");
    writeln!(out, "{} read as {}: {}, language {language}", source.path, source.media_type, name(&explanation.kind))?;
    if let Some(title) = &explanation.title {
        writeln!(out, "title     {title}")?;
    }
    if let Some(platform) = &explanation.platform {
        let said: Vec<&str> = platform.host.iter().chain(&platform.name).map(String::as_str).collect();
        let from = source_of(&platform.evidence, platform.raw.as_deref());
        writeln!(out, "platform  {} ({from})", said.join(", "))?;
    }
    if let Some(date) = &explanation.date {
        writeln!(
            out,
            "date      {} {} ({})",
            name(&date.kind),
            date.value,
            source_of(&date.evidence, Some(&date.raw))
        )?;
    }
    Ok(())
}

/// Where a value comes from: `from "…" in line 3`, or the platform map.
fn source_of(evidence: &Evidence, raw: Option<&str>) -> String {
    match (evidence.given, raw) {
        (true, _) => "given by the platform map".to_owned(),
        (false, Some(raw)) => format!("from {raw:?} in line {}", evidence.line.unwrap_or_default()),
        (false, None) => format!("from line {}", evidence.line.unwrap_or_default()),
    }
}

fn write_block(out: &mut impl Write, block: &ExplainedBlock) -> io::Result<()> {
    let level = block.level.map_or_else(String::new, |level| format!(" {level}"));
    let text = block.text.as_deref().map(short).unwrap_or_default();
    writeln!(out, "\n{}  {}{level}  {text}", lines(&block.place), name(&block.kind))?;
    write_words(out, &block.words)?;
    for given in &block.gives {
        writeln!(out, "    gives {} {}", name(&given.what), given.value)?;
    }
    block.table.iter().try_for_each(|table| write_table(out, table))
}

fn write_words(out: &mut impl Write, words: &[LexiconWord]) -> io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    writeln!(out, "    words: {}", listed(words))
}

fn listed(words: &[LexiconWord]) -> String {
    let word = |word: &LexiconWord| format!("{:?} {}.{}", word.phrase, word.list, word.meaning);
    words.iter().map(word).collect::<Vec<_>>().join(", ")
}

fn write_table(out: &mut impl Write, table: &ExplainedTable) -> io::Result<()> {
    writeln!(out, "    read as {}", name(&table.read_as))?;
    if let Some(caption) = &table.caption {
        writeln!(out, "    caption: {}", short(caption))?;
    }
    for row in &table.grid {
        let cells: Vec<String> = row.cells.iter().map(|cell| short(cell)).collect();
        writeln!(out, "    {:6} {}  | {} |", name(&row.role), lines(&row.place), cells.join(" | "))?;
    }
    table.sections.iter().try_for_each(|section| write_section(out, section))
}

fn write_section(out: &mut impl Write, section: &ExplainedSection) -> io::Result<()> {
    let declares = if section.declares_cookies { "declares cookies" } else { "declares no cookies" };
    let labels = section.labels.iter().map(|label| format!(" under {label:?}")).collect::<String>();
    writeln!(out, "    section of {}{labels}: {declares}", counted(section.rows as u64, "row", "rows"))?;
    for (index, column) in section.columns.iter().enumerate() {
        writeln!(out, "      column {} {}", index + 1, column_said(column))?;
    }
    for mend in &section.mends {
        writeln!(out, "      mended {}: {}  {}", lines(&mend.place), name(&mend.kind), short(&mend.text))?;
    }
    Ok(())
}

/// `"Laufzeit" is duration (3.70; next purpose 0.20; header 1.00 by "laufzeit" headers.duration)`.
fn column_said(column: &ExplainedColumn) -> String {
    let field = column.field.as_ref().map_or_else(|| "no field".to_owned(), name);
    let also = column.also.as_ref().map_or_else(String::new, |field| format!(" and {}", name(field)));
    let next = column.runner_up.as_ref();
    let next = next.map_or_else(String::new, |field| format!("; next {} {:.2}", name(field), column.runner_up_score));
    let words = if column.words.is_empty() { String::new() } else { format!(" by {}", listed(&column.words)) };
    format!(
        "{:?} is {field}{also} ({:.2}{next}; header {:.2}{words}; like names {:.2})",
        column.header, column.score, column.header_score, column.name_likeness
    )
}

fn write_row(out: &mut impl Write, explained: &ExplainedRow) -> io::Result<()> {
    let row = &explained.row;
    let place = Place::from(row.evidence);
    write!(out, "{}  {} ({})", lines(&place), row.name, name(&row.found_in))?;
    if let Some(duration) = &row.duration {
        let seconds = duration.seconds.map_or_else(String::new, |seconds| format!(" {seconds} s"));
        write!(out, "; {:?} is {}{seconds}", duration.raw, name(&duration.kind))?;
    }
    if let (Some(category), Some(raw)) = (&row.category, &row.category_raw) {
        let from = row.evidence.category_line.map_or_else(|| "its own".to_owned(), |line| format!("line {line}"));
        write!(out, "; {} by {raw:?} ({from})", name(category))?;
    }
    writeln!(out)
}

/// `lines 3–5`, with the page of a PDF.
fn lines(place: &Place) -> String {
    let page = place.page.map_or_else(String::new, |page| format!("page {page} "));
    match (place.line, place.end_line) {
        (Some(first), Some(last)) if last > first => format!("{page}lines {first}–{last}"),
        (Some(first), _) => format!("{page}line {first}"),
        (None, _) => "nowhere".to_owned(),
    }
}

/// The name of a value as JSON has it.
fn name(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
