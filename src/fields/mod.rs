//! Blocks to the canonical document: platform, date, language, kind, cookies, and the text itself.

mod cookie;
mod date;
mod explain;
mod kind;
mod language;
mod platform;
mod revisions;

use crate::block::{Block, Content, Rich, Table};
use crate::document::{
    Digest, DocumentKind, Place, PolicyDocument, SCHEMA_VERSION, SourceInfo, TextBlock, TextBlockKind, Warning,
};
use crate::error::Code;
use crate::explanation::Explanation;
use crate::read::Reading;
use crate::source::{MediaType, Source};
use crate::table::close_page_breaks;
use crate::text::{Text, collapse, is_collapsed, is_invisible};
use crate::value::duration::parse_in;

use cookie::Witness;

pub use platform::Given;

/// Understands what a reader made of a source.
///
/// `given` is what a platform map says of this document. The ids of the text blocks are left empty: they are the corpus's.
pub fn understand(source: &Source, mut reading: Reading, given: Option<&Given>) -> PolicyDocument {
    let blocks = closed(source, std::mem::take(&mut reading.blocks));
    document(source, reading, &blocks, given, &mut ())
}

/// How [`understand`] comes to its document.
pub fn explain(source: &Source, mut reading: Reading, given: Option<&Given>) -> Explanation {
    let blocks = closed(source, std::mem::take(&mut reading.blocks));
    let mut tables = explain::Tables::among(&blocks);
    let document = document(source, reading, &blocks, given, &mut tables);
    explain::explanation(document, tables)
}

fn document(
    source: &Source,
    reading: Reading,
    blocks: &[Block],
    given: Option<&Given>,
    witness: &mut dyn Witness,
) -> PolicyDocument {
    let title = kind::title(blocks, reading.title.as_deref());
    let language = language::detect(blocks, reading.language.as_deref());
    let mut found = cookie::find(blocks, witness);
    let printed_links = source.media_type == MediaType::Markdown;
    let titles = platform::Titles { document: title.as_deref(), page: reading.title.as_deref() };
    let platform = platform::find(blocks, titles, printed_links, &found.cookies, given);
    let host = platform.as_ref().and_then(|platform| platform.host.as_deref());
    let found_date = date::find(blocks, title.as_deref(), language.as_deref(), host, given);
    for row in &mut found.cookies {
        row.duration = row.duration.take().map(|duration| parse_in(&duration.raw, language.as_deref()));
    }
    let mut document = PolicyDocument {
        schema_version: SCHEMA_VERSION.to_owned(),
        id: document_id(&source.bytes),
        source: SourceInfo {
            path: source.path.clone(),
            media_type: source.media_type.as_str().to_owned(),
            bytes: source.bytes.len() as u64,
            charset: reading.charset,
            pages: reading.pages,
        },
        kind: kind::of(title.as_deref(), blocks),
        title,
        language,
        platform,
        date: found_date,
        cookies: found.cookies,
        blocks: blocks.iter().map(text_block).collect(),
        family: None,
        warnings: reading.warnings,
    };
    document.warnings.extend(found.warnings);
    warn(&mut document);
    document
}

/// The blocks with tables closed that a page break cut; other formats than text and PDF have no pages.
fn closed(source: &Source, blocks: Vec<Block>) -> Vec<Block> {
    let paged = matches!(source.media_type, MediaType::Text | MediaType::Pdf);
    if paged { close_page_breaks(blocks) } else { blocks }
}

/// 128 bits of the BLAKE3 hash of the bytes, in hex.
fn document_id(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

fn warn(document: &mut PolicyDocument) {
    if document.kind == DocumentKind::CookiePolicy && document.cookies.is_empty() {
        let message = "the document calls itself a cookie policy, and no cookie was found in it";
        document.warnings.push(Warning::new(Code::NoRows, message, Place::default()));
    }
    if let Some(date) = document.date.as_ref().filter(|date| date.ambiguous) {
        let place = Place::from(date.evidence);
        let message = format!("{:?} may have the day or the month first", date.raw);
        document.warnings.push(Warning::new(Code::AmbiguousDate, message, place));
    }
}

fn text_block(block: &Block) -> TextBlock {
    let (kind, level, text) = match &block.content {
        Content::Heading { level, text } => (TextBlockKind::Heading, Some(*level), lines(&text.text)),
        Content::Paragraph(text) => (TextBlockKind::Paragraph, None, lines(&text.text)),
        Content::ListItem { depth, text } => (TextBlockKind::ListItem, Some(*depth), lines(&text.text)),
        Content::Table(table) => (TextBlockKind::Table, None, table_text(table)),
        Content::Furniture(text) => (TextBlockKind::Furniture, None, lines(&text.text)),
    };
    let evidence = Place::from(block.span);
    TextBlock {
        kind,
        level,
        id: Digest::default(),
        form: Digest::default(),
        text: Some(text),
        values: Vec::new(),
        evidence,
    }
}

/// The text with its forced breaks, white space collapsed in each line.
fn lines(text: &Text) -> String {
    if text.is_collapsed() || text.split('\n').all(|line| !line.is_empty() && is_collapsed(line)) {
        return text.as_str().to_owned();
    }
    let lines =
        text.split('\n').map(collapse).filter(|line| line.contains(|c: char| !is_invisible(c) && !c.is_whitespace()));
    lines.collect::<Vec<_>>().join("\n")
}

/// Rows by line feeds, cells by tabs; the caption is a row of its own.
fn table_text(table: &Table) -> String {
    let cells = || table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.text);
    let length: usize = cells().chain(&table.caption).map(|cell| cell.text.len() + 1).sum();
    let mut text = String::with_capacity(length + table.rows.len());
    push_row(&mut text, table.caption.iter());
    for (index, row) in table.rows.iter().enumerate() {
        if index > 0 || table.caption.is_some() {
            text.push('\n');
        }
        push_row(&mut text, row.cells.iter().map(|cell| &cell.text));
    }
    text
}

fn push_row<'a>(text: &mut String, cells: impl Iterator<Item = &'a Rich>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push('\t');
        }
        match cell.text.is_collapsed() {
            true => text.push_str(&cell.text),
            false => text.push_str(&collapse(&cell.text)),
        }
    }
}
