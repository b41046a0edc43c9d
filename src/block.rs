//! What a reader hands on: blocks of text and tables, each with its place. Nothing here knows what a cookie is.

use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::{Span, Text};

/// One piece of a document, in reading order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is and what it says.
    pub content: Content,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// A heading; level 1 is the highest.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        text: Rich,
    },
    /// A paragraph; its forced line breaks are line feeds.
    Paragraph(Rich),
    /// One item of a list, without its bullet or number.
    ListItem {
        /// 0 for an item of an outermost list.
        depth: u8,
        /// Its words, without those of the lists nested in it.
        text: Rich,
    },
    /// A table.
    Table(Table),
    /// What belongs to the page and not to the text: running headers, page numbers, logos, navigation.
    Furniture(Rich),
}

/// Text with the marks that carry meaning in a policy.
///
/// White space is as the format means it: single blanks, and a line feed for each forced line break.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rich {
    /// The characters.
    pub text: Text,
    /// Marked stretches in order of their start; they may nest, they never cross the end of the text.
    pub marks: Marks,
}

/// The marks of a text, shared like its characters: a cell stands in each row that it reaches over.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Mark>", into = "Vec<Mark>")]
pub struct Marks(Option<Arc<[Mark]>>);

/// A [`Rich`] text that is being written.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The characters so far.
    pub text: String,
    /// Marked stretches so far.
    pub marks: Vec<Mark>,
}

/// Texts that are put together one after the other, each copied once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Joining {
    first: Rich,
    /// All of it, from the second text on.
    all: Option<Draft>,
}

/// A marked stretch of a [`Rich`] text, in bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What is marked.
    pub kind: MarkKind,
}

/// The marks that a reader keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MarkKind {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Code: in a policy nearly always a cookie's name.
    Code,
    /// A link and its address as written.
    Link(String),
}

/// A table as the format gives it, before any mending.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// What stands over it as its own caption.
    pub caption: Option<Rich>,
    /// Rows in order; they need not be of one length.
    pub rows: Vec<Row>,
    /// True where a row is a printed line, so that its cells may go on in the next.
    pub by_line: bool,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Cells in order.
    pub cells: Vec<Cell>,
    /// True where the format itself says that this row is a head (`thead`, a Markdown head that is not empty).
    pub head: bool,
    /// Where it stands.
    pub span: Span,
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// Its words.
    pub text: Rich,
    /// Columns that it covers: 1 where nothing is said.
    pub columns: u16,
    /// Rows that it covers: 1 where nothing is said.
    pub rows: u16,
    /// True where the format says that it is a heading cell (`th`).
    pub head: bool,
}

impl Block {
    /// A paragraph without marks.
    pub fn paragraph(text: impl Into<Text>, span: Span) -> Self {
        Self { content: Content::Paragraph(Rich::plain(text)), span }
    }

    /// A heading without marks.
    pub fn heading(level: u8, text: impl Into<Text>, span: Span) -> Self {
        Self { content: Content::Heading { level, text: Rich::plain(text) }, span }
    }

    /// A table.
    pub fn table(table: Table, span: Span) -> Self {
        Self { content: Content::Table(table), span }
    }

    /// Furniture without marks.
    pub fn furniture(text: impl Into<Text>, span: Span) -> Self {
        Self { content: Content::Furniture(Rich::plain(text)), span }
    }

    /// Counts its lines, and those of its rows, from so many lines further down.
    pub fn move_down(&mut self, lines: u32) {
        let moved = |span: Span| Span { line: span.line + lines, end_line: span.end_line + lines, ..span };
        self.span = moved(self.span);
        if let Content::Table(table) = &mut self.content {
            table.rows.iter_mut().for_each(|row| row.span = moved(row.span));
        }
    }

    /// The words of any block but a table.
    pub fn rich(&self) -> Option<&Rich> {
        match &self.content {
            Content::Heading { text, .. } | Content::ListItem { text, .. } => Some(text),
            Content::Paragraph(text) | Content::Furniture(text) => Some(text),
            Content::Table(_) => None,
        }
    }

    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.content {
            Content::Table(table) => Some(table),
            _ => None,
        }
    }

    /// True for furniture.
    pub fn is_furniture(&self) -> bool {
        matches!(self.content, Content::Furniture(_))
    }
}

impl Rich {
    /// Text without marks.
    pub fn plain(text: impl Into<Text>) -> Self {
        Self { text: text.into(), marks: Marks::default() }
    }

    /// True where nothing is printed.
    pub fn is_blank(&self) -> bool {
        crate::text::is_blank(&self.text)
    }

    /// True for no characters and no marks.
    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    /// The stretches of one kind.
    pub fn marked(&self, wanted: impl Fn(&MarkKind) -> bool) -> impl Iterator<Item = &str> {
        self.marks.iter().filter(move |mark| wanted(&mark.kind)).map(|mark| &self.text[mark.start..mark.end])
    }

    /// The addresses of its links, in order.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Link(url) => Some(url.as_str()),
            _ => None,
        })
    }

    /// Appends another text after a separator, which is left out when either side is empty. Several are put together by
    /// [`Rich::joined`], which copies each once.
    pub fn push(&mut self, separator: &str, other: &Rich) {
        *self = Self::joined(separator, [&*self, other]);
    }

    /// Texts with a separator between those that are not empty.
    pub fn joined<'a>(separator: &str, parts: impl IntoIterator<Item = &'a Rich>) -> Self {
        let mut joining = Joining::default();
        parts.into_iter().for_each(|part| joining.push(separator, part));
        joining.finish()
    }

    /// The part between two byte offsets, with the marks that lie in it (cut at its ends).
    pub fn slice(&self, start: usize, end: usize) -> Rich {
        let begun = self.marks.partition_point(|mark| mark.start < end);
        self.part(start..end, &self.marks[..begun])
    }

    /// The part at a place, with what lies in it of some marks.
    fn part<'a>(&self, place: Range<usize>, marks: impl IntoIterator<Item = &'a Mark>) -> Rich {
        let whole = place == (0..self.text.len());
        let marks = marks.into_iter().filter_map(|mark| mark.within(&place)).collect();
        Rich { text: if whole { self.text.clone() } else { self.text[place].into() }, marks }
    }

    /// The parts at some places that follow one another: each mark is looked at where it stands, and not once for each part.
    pub fn parts(&self, places: impl IntoIterator<Item = Range<usize>>) -> Vec<Rich> {
        let mut open: Vec<&Mark> = Vec::new();
        let mut ahead = self.marks.iter().peekable();
        let part = |place: Range<usize>| {
            open.retain(|mark| mark.end > place.start);
            open.extend(std::iter::from_fn(|| ahead.next_if(|mark| mark.start < place.end)));
            self.part(place, open.iter().copied())
        };
        places.into_iter().map(part).collect()
    }

    /// Its lines, split at forced breaks, blank ones left out.
    pub fn lines(&self) -> Vec<Rich> {
        if !self.text.has_lines() {
            return if self.is_blank() { Vec::new() } else { vec![self.slice(0, self.text.len())] };
        }
        let mut start = 0;
        let places = self.text.split('\n').map(|piece| {
            let place = start..start + piece.len();
            start = place.end + 1;
            place
        });
        let mut lines = self.parts(places);
        lines.retain(|line| !line.is_blank());
        lines
    }
}

impl Mark {
    /// What lies of it in a part of its text, counted from the start of that.
    fn within(&self, place: &Range<usize>) -> Option<Mark> {
        let (from, to) = (self.start.max(place.start), self.end.min(place.end));
        (from < to).then(|| Mark { start: from - place.start, end: to - place.start, kind: self.kind.clone() })
    }
}

impl Deref for Marks {
    type Target = [Mark];

    fn deref(&self) -> &[Mark] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl From<Vec<Mark>> for Marks {
    fn from(marks: Vec<Mark>) -> Self {
        Self((!marks.is_empty()).then(|| marks.into()))
    }
}

impl From<Marks> for Vec<Mark> {
    fn from(marks: Marks) -> Self {
        marks.to_vec()
    }
}

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        Vec::from_iter(marks).into()
    }
}

impl Joining {
    /// Adds a text behind a separator, which is left out when either side is empty.
    pub fn push(&mut self, separator: &str, next: &Rich) {
        if next.is_empty() {
            return;
        }
        match &mut self.all {
            Some(all) => all.push(separator, next),
            None if self.first.is_empty() => self.first = next.clone(),
            None => {
                let mut all = Draft { text: self.first.text.to_string(), marks: self.first.marks.to_vec() };
                all.push(separator, next);
                self.all = Some(all);
            }
        }
    }

    /// The characters so far.
    pub fn text(&self) -> &str {
        self.all.as_ref().map_or(&self.first.text, |all| &all.text)
    }

    /// The texts as one.
    pub fn finish(self) -> Rich {
        self.all.map_or(self.first, Draft::finish)
    }
}

impl From<Rich> for Joining {
    fn from(first: Rich) -> Self {
        Self { first, all: None }
    }
}

impl Draft {
    fn push(&mut self, separator: &str, other: &Rich) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push_str(separator);
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        let moved = |mark: &Mark| Mark { start: mark.start + shift, end: mark.end + shift, kind: mark.kind.clone() };
        self.marks.extend(other.marks.iter().map(moved));
    }

    /// The text as it is written so far.
    pub fn finish(self) -> Rich {
        Rich { text: self.text.into(), marks: self.marks.into() }
    }
}

impl Cell {
    /// A cell of one column and one row.
    pub fn new(text: Rich) -> Self {
        Self { text, columns: 1, rows: 1, head: false }
    }

    /// The same without marks.
    pub fn plain(text: impl Into<Text>) -> Self {
        Self::new(Rich::plain(text))
    }
}

impl Row {
    /// A body row.
    pub fn new(cells: Vec<Cell>, span: Span) -> Self {
        Self { cells, head: false, span }
    }

    /// True where no cell prints anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_blank())
    }
}
