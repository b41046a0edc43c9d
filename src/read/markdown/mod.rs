//! Markdown: CommonMark with pipe tables, and the damage that converters leave in it.

mod front_matter;
mod pandoc_attributes;
mod wide_rows;
mod wrapped_rows;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html;
use super::rich::RichBuilder;
use super::{ReadOptions, Reader, Reading, Taken, dashed_tables, put_back};
use crate::block::{Block, Cell, Content, MarkKind, Rich, Row, Table};
use crate::error::Result;
use crate::layout::{Line, Lines, is_piped, pipe_table};
use crate::source::{MediaType, Source};
use crate::text::{Span, lines};
use wide_rows::with_wide_heads;

/// Reads `.md`.
pub struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn media_type(&self) -> MediaType {
        MediaType::Markdown
    }

    fn read(&self, source: &Source, _options: &ReadOptions) -> Result<Reading> {
        let decoded = source.decode();
        let warnings = super::charset_warnings(&decoded);
        let taken = front_matter::take(&decoded.text);
        let bare = pandoc_attributes::take(&taken.text);
        let mut blocks = blocks(&bare.text);
        blocks.extend(bare.attributes);
        taken.block.into_iter().for_each(|metadata| blocks.insert(0, metadata));
        let charset = Some(decoded.charset.to_owned());
        Ok(Reading { blocks, title: taken.title, charset, warnings, ..Reading::default() })
    }
}

/// The blocks of a text whose damage is mended; of the text as it is, where that would cost a word: what cuts a code span in two makes a tag of
/// the `<b>` in it.
fn blocks(text: &str) -> Vec<Block> {
    let closed = with_closed_emphasis(text);
    let wide = with_wide_heads(&closed);
    let dashed = dashed_tables::take(&wide, rich);
    let mut blocks = unwrapped_blocks(&dashed.text);
    let is_mended = *wide != *text || !dashed.tables.is_empty();
    put_back(&mut blocks, dashed.tables);
    let as_it_is = is_mended.then(|| unwrapped_blocks(text));
    let count = |blocks: &[Block]| letters(blocks.iter().flat_map(texts));
    as_it_is.filter(|as_it_is| count(&blocks) < count(as_it_is)).unwrap_or(blocks)
}

/// The blocks of a text, with the rows of its tables that were wrapped as one line each.
fn unwrapped_blocks(text: &str) -> Vec<Block> {
    let wrapped = wrapped_rows::take(text);
    let mut blocks = Builder::new(&wrapped.text).build();
    put_back(&mut blocks, wrapped.tables);
    blocks
}

/// The words of a cell with their marks; as they are printed, where markup would cost one of them.
fn rich(text: &str) -> Rich {
    let blocks = Builder::new(text).build();
    let rich = Rich::joined(" ", blocks.iter().filter_map(Block::rich));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters(&rich.text) == letters(text) { rich } else { Rich::plain(text) }
}

struct Builder<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// Converters that escape underscores mean emphasis by a bare one; in other texts `_ga_` is a name.
    escapes_underscores: bool,
    blocks: Vec<Block>,
    rich: RichBuilder,
    /// Where the text being built began and ended so far.
    place: Option<Range<usize>>,
    /// What the text being built will be.
    role: Role,
    depth: u8,
    table: Option<Table>,
    row: Vec<Cell>,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Paragraph,
    Heading(u8),
    Item,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self {
            text,
            line_starts,
            escapes_underscores: text.contains("\\_"),
            blocks: Vec::new(),
            rich: RichBuilder::default(),
            place: None,
            role: Role::Paragraph,
            depth: 0,
            table: None,
            row: Vec::new(),
        }
    }

    fn build(mut self) -> Vec<Block> {
        let parser = Parser::new_ext(self.text, Options::ENABLE_TABLES);
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag, range),
                other => self.inline(other, range),
            }
        }
        self.flush();
        self.blocks
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.begin(Role::Heading(level_number(level))),
            Tag::Item => self.begin(Role::Item),
            Tag::List(_) => {
                self.flush();
                self.depth = self.depth.saturating_add(1);
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            Tag::CodeBlock(kind) => self.begin_code_block(&kind, &range),
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock => self.begin_text(),
            Tag::Strong => self.rich.open(MarkKind::Strong),
            Tag::Emphasis => self.open_emphasis(&range),
            Tag::Link { dest_url, .. } => self.rich.open(MarkKind::Link(dest_url.into_string())),
            _ => self.rich.open(MarkKind::Emphasis),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::TableCell => {
                let cell = Cell::new(self.rich.take());
                self.row.push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(tag == TagEnd::TableHead, &range),
            TagEnd::Table => self.end_table(&range),
            TagEnd::List(_) => {
                self.flush();
                self.depth = self.depth.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.end_code_block(),
            TagEnd::HtmlBlock if holds_table(&self.text[range.clone()]) => self.html_table(&range),
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::HtmlBlock => {
                self.flush();
            }
            TagEnd::Emphasis => self.close_emphasis(&range),
            _ => self.rich.close(),
        }
    }

    fn inline(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Text(text) => self.push_text(&text),
            Event::Code(code) => {
                self.rich.open(MarkKind::Code);
                self.rich.push(&code);
                self.rich.close();
            }
            Event::SoftBreak | Event::HardBreak => self.rich.line_break(),
            Event::InlineHtml(html) | Event::Html(html) => self.html(&html),
            Event::Rule => self.flush(),
            _ => {}
        }
        self.reach(range);
    }

    fn push_text(&mut self, text: &str) {
        self.rich.push(text);
    }

    /// A placeholder such as `<id>` is text; a break is a break; other tags are markup, and what they hold is text.
    fn html(&mut self, html: &str) {
        for piece in tags(html) {
            match piece {
                Piece::Text(text) => self.rich.push_lines(text),
                Piece::Tag(tag) if tag.eq_ignore_ascii_case("br") => self.rich.line_break(),
                Piece::Tag(tag) if is_html_element(tag) => self.rich.push(" "),
                Piece::Tag(tag) => {
                    self.rich.push("<");
                    self.rich.push(tag);
                    self.rich.push(">");
                }
            }
        }
    }

    /// A table that a converter could not write in pipes is HTML.
    fn html_table(&mut self, range: &Range<usize>) {
        self.rich.take();
        self.place = None;
        self.role = Role::Paragraph;
        let first = self.span(range).line;
        let text = without_quote_marks(&self.text[range.clone()]);
        self.blocks.extend(html::fragment(&text, first));
    }

    fn begin(&mut self, role: Role) {
        self.flush();
        self.role = role;
    }

    /// The first paragraph of an item is the item itself.
    fn begin_text(&mut self) {
        if self.role != Role::Item || !self.rich.is_blank() {
            self.begin(Role::Paragraph);
        }
    }

    fn reach(&mut self, range: Range<usize>) {
        let start = self.place.as_ref().map_or(range.start, |place| place.start);
        self.place = Some(start..range.end);
    }

    fn flush(&mut self) {
        let text = self.rich.take();
        let place = self.place.take();
        let role = std::mem::replace(&mut self.role, Role::Paragraph);
        if text.is_blank() {
            return;
        }
        let span = self.span(&place.unwrap_or_default());
        let content = match role {
            Role::Heading(level) => Content::Heading { level, text },
            Role::Item => Content::ListItem { depth: self.depth.saturating_sub(1), text },
            Role::Paragraph => {
                self.paragraph(text, span);
                return;
            }
        };
        self.blocks.push(Block { content, span });
    }

    /// A paragraph whose lines are rows of a pipe table that lacks its delimiter row is a table; lines before and after it are text.
    fn paragraph(&mut self, text: Rich, span: Span) {
        let lines = text.lines();
        let piped = lines.iter().filter(|line| line.text.matches('|').count() >= 2).count();
        if piped < 2 || piped * 10 < lines.len() * 8 || !self.piped_paragraph(&text, span) {
            self.blocks.push(Block { content: Content::Paragraph(text), span });
        }
    }

    /// Whether the lines of a paragraph were read as a table.
    fn piped_paragraph(&mut self, text: &Rich, span: Span) -> bool {
        let first = span.line as usize - 1;
        let last = (span.end_line as usize).min(self.line_starts.len());
        let source: Vec<Line> = (first..last).map(|index| Line::new(index as u32 + 1, self.line(index))).collect();
        let Some(blocks) = piped_blocks(&source, inline) else { return false };
        // A code span that a bar cuts in two leaves a lone backtick, and `<b>` behind it is a tag: then nothing in the lines is markup.
        let lost = letters(blocks.iter().flat_map(texts)) < letters([text]);
        self.blocks.extend(if lost {
            piped_blocks(&source, |text| Rich::plain(text)).unwrap_or(blocks)
        } else {
            blocks
        });
        true
    }

    /// Behind a fence stands the name of a language, which is one word and no text; more words than one are text.
    fn begin_code_block(&mut self, kind: &CodeBlockKind, range: &Range<usize>) {
        self.begin_text();
        if let CodeBlockKind::Fenced(info) = kind
            && info.contains(char::is_whitespace)
        {
            self.reach(range.start..range.start + 1);
        }
    }

    /// Indented text is "code" for Markdown; in a policy it is text with its own layout. A line that only begins like a fence is text of
    /// a longer one.
    fn end_code_block(&mut self) {
        let Some(place) = self.place.take() else { return };
        self.rich.take();
        self.role = Role::Paragraph;
        let span = self.span(&place);
        let lines = (span.line..=span.end_line).map(|number| Line::new(number, self.line(number as usize - 1)));
        let without_fences = lines.filter(|line| !is_fence(line.text()));
        let blocks = Lines::new(without_fences.collect()).into_blocks();
        self.blocks.extend(blocks);
    }

    fn end_row(&mut self, head: bool, range: &Range<usize>) {
        let cells = std::mem::take(&mut self.row);
        let span = self.span(range);
        let row = Row { cells, head, span };
        if let Some(table) = self.table.as_mut().filter(|_| !row.is_blank()) {
            table.rows.push(row);
        }
        self.place = None;
    }

    fn end_table(&mut self, range: &Range<usize>) {
        let span = self.span(range);
        if let Some(table) = self.table.take().filter(|table| !table.rows.is_empty()) {
            self.blocks.push(Block::table(table, span));
        }
        self.place = None;
    }

    fn open_emphasis(&mut self, range: &Range<usize>) {
        if self.is_name_in_underscores(range) {
            self.rich.push("_");
        }
        self.rich.open(MarkKind::Emphasis);
    }

    fn close_emphasis(&mut self, range: &Range<usize>) {
        self.rich.close();
        if self.is_name_in_underscores(range) {
            self.rich.push("_");
        }
    }

    fn is_name_in_underscores(&self, range: &Range<usize>) -> bool {
        let source = &self.text[range.clone()];
        let single = !source.contains(char::is_whitespace) && source.len() > 2;
        let after = &self.text[range.end..];
        let goes_on = after.starts_with(['*', '{', '[', '<', '#', '-', '.']) && !after.starts_with("**");
        (goes_on || !self.escapes_underscores) && single && source.starts_with('_') && !source.contains('*')
    }

    fn line(&self, index: usize) -> &'a str {
        let start = self.line_starts[index];
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        &self.text[start..end]
    }

    fn span(&self, range: &Range<usize>) -> Span {
        let line_of = |offset: usize| self.line_starts.partition_point(|start| *start <= offset) as u32;
        let printed = self.text[range.clone()].trim_end().len();
        Span::lines(line_of(range.start), line_of(range.start + printed.saturating_sub(1)))
    }
}

/// A whole table and nothing but HTML.
fn holds_table(html: &str) -> bool {
    html.trim_start().starts_with("<table") && html.trim_end().ends_with("</table>")
}

fn joined_span(lines: &[Line]) -> Span {
    let spans = lines.iter().map(Line::span);
    spans.reduce(Span::join).expect("there is a line")
}

/// The lines of a paragraph as a table and the text before and after it, each piece of text read as told; none where they hold no table.
fn piped_blocks(source: &[Line], read: impl Fn(&str) -> Rich) -> Option<Vec<Block>> {
    let start = source.iter().position(is_piped)?;
    let end = start + source[start..].iter().take_while(|line| is_piped(line)).count();
    // A line among the rows that is none would be lost.
    let mut table = pipe_table(&source[start..end]).filter(|_| !source[end..].iter().any(is_piped))?;
    table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.text = read(&cell.text.text));
    let beside = |lines: &[Line]| {
        let text = lines.iter().map(Line::text).collect::<Vec<_>>().join("\n");
        let content = || Content::Paragraph(read(&text));
        (!text.trim().is_empty()).then(|| Block { content: content(), span: joined_span(lines) })
    };
    let table = Block::table(table, joined_span(&source[start..end]));
    Some(beside(&source[..start]).into_iter().chain([table]).chain(beside(&source[end..])).collect())
}

/// The texts of a block: its own, or those of its cells and its caption.
fn texts(block: &Block) -> impl Iterator<Item = &Rich> {
    let table = block.as_table();
    let cells = table.into_iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).map(|cell| &cell.text);
    block.rich().into_iter().chain(table.and_then(|table| table.caption.as_ref())).chain(cells)
}

fn letters<'t>(texts: impl IntoIterator<Item = &'t Rich>) -> usize {
    texts.into_iter().map(|rich| rich.text.chars().filter(|c| c.is_alphabetic()).count()).sum()
}

/// The words and marks of a piece of Markdown that stands inside a block.
fn inline(text: &str) -> Rich {
    let rich = Rich::joined("\n", Builder::new(text).build().iter().filter_map(Block::rich));
    if rich.is_blank() { Rich::plain(text) } else { rich }
}

/// Converters leave `**Heading` and its closing `**` on the next line, where it closes nothing: it is moved back.
fn with_closed_emphasis(text: &str) -> Cow<'_, str> {
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^(\s*(?:[*+-]\s+)?)\*\*([^*\n]{1,120}?)([ \t]*\n[ \t]*)\*\*").expect("a constant pattern")
    });
    OPEN.replace_all(text, "$1**$2**$3")
}

enum Piece<'a> {
    Text(&'a str),
    Tag(&'a str),
}

/// Splits raw HTML into tags (their inside, without brackets) and text.
fn tags(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|at| open + at) else { break };
        if open > 0 {
            pieces.push(Piece::Text(&rest[..open]));
        }
        pieces.push(Piece::Tag(rest[open + 1..close].trim_end_matches('/').trim()));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// HTML that stands in a quotation without the marks of that.
fn without_quote_marks(html: &str) -> Cow<'_, str> {
    if lines(html.trim_end()).skip(1).any(|line| !line.trim_start().starts_with('>')) {
        return Cow::Borrowed(html);
    }
    let bare =
        |line: &str| line.trim_start().strip_prefix('>').map_or(line.to_owned(), |line| line.trim_start().to_owned());
    Cow::Owned(lines(html).map(bare).collect::<Vec<_>>().join("\n"))
}

/// Elements that occur in policies; what is not among them and has no attribute is a placeholder such as `<id>`.
fn is_html_element(tag: &str) -> bool {
    const ELEMENTS: &[&str] = &[
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "button",
        "caption",
        "center",
        "code",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "iframe",
        "img",
        "input",
        "label",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "picture",
        "pre",
        "s",
        "section",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "video",
        "wbr",
    ];
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    tag.starts_with('!') || tag.contains('=') || ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether nothing but the marks of a fence stands in a line.
fn is_fence(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("```") && line.trim_start_matches('`').is_empty()
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
