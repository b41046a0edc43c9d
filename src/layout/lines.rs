//! The lines of a text, and their division into tables, headings, list items and paragraphs.

use std::cell::LazyCell;
use std::collections::HashMap;

use super::delimited_table::delimited_run;
use super::fenced_table::fenced_run;
use super::line_marks::without_marks;
use super::link_numbers::take_link_numbers;
use super::pipe_table::pipe_run;
use super::property_drawer::drawer_run;
use super::prose::paragraphs;
use super::running_lines::running_lines;
use super::tab_table::tab_run;
use super::wide_columns::{held_table, stretched};
use super::wiki_table::wiki_run;
use crate::block::{Block, Content, Rich};
use crate::text::{Span, Text};

/// One printed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    number: u32,
    text: String,
    opens_page: bool,
    /// Characters that were printed and are no part of the text.
    taken_out: usize,
}

/// The lines of a text in order, blank ones included.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    lines: Vec<Line>,
}

/// A table found at the start of some lines.
pub(super) struct Run {
    /// What it is.
    pub block: Block,
    /// Words of its markup, which are no text.
    pub markup: Option<Block>,
    /// How many lines it takes.
    pub lines: usize,
}

impl Run {
    /// A table all words of which are text.
    pub fn new(block: Block, lines: usize) -> Self {
        Self { block, markup: None, lines }
    }
}

impl Line {
    /// A line; form feeds in it begin a page, other control characters are dropped.
    pub fn new(number: u32, text: &str) -> Self {
        let opens_page = text.contains('\u{c}');
        let dropped = |c: char| c.is_control() && c != '\t';
        let text = text.trim_end();
        let text = if may_hold_controls(text) { text.replace(dropped, "") } else { text.to_owned() };
        Self { number, text, opens_page, taken_out: 0 }
    }

    /// Leaves of its characters the given ones; it is as long as it was printed all the same.
    pub(super) fn keep(&mut self, text: &str) {
        self.taken_out = self.printed_length().saturating_sub(text.chars().count());
        text.trim_end().clone_into(&mut self.text);
    }

    /// The pieces of it that a sign parts, each a line at its place.
    pub(super) fn parts(&self, sign: char) -> Vec<Self> {
        let pieces = self.text.split(sign).map(str::trim).filter(|piece| !piece.is_empty()).enumerate();
        let part = |(index, piece)| Self { opens_page: self.opens_page && index == 0, ..Self::new(self.number, piece) };
        pieces.map(part).collect()
    }

    /// The line with other characters.
    pub(super) fn with_text(&self, text: String) -> Self {
        Self { text, ..self.clone() }
    }

    /// How many characters were printed.
    pub fn printed_length(&self) -> usize {
        self.text.chars().count() + self.taken_out
    }

    /// Its number, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its characters, without white space at the end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True where nothing is printed.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// True where a page begins with it.
    pub fn opens_page(&self) -> bool {
        self.opens_page
    }

    /// Columns of white space before its first character; a tab counts four.
    pub fn indent(&self) -> usize {
        self.text.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
    }

    /// True for a line of the same words, however far apart they stand.
    pub fn same_words(&self, other: &Self) -> bool {
        self.text.split_whitespace().eq(other.text.split_whitespace())
    }

    /// Its place.
    pub fn span(&self) -> Span {
        Span::line(self.number)
    }
}

/// False where no byte is one of a control character but the tab: a look at the bytes, for hardly a line has one.
fn may_hold_controls(text: &str) -> bool {
    const BEFORE_C1: u8 = 0xc2;
    // Without an early end, so that many bytes are looked at at a time.
    text.bytes().fold(false, |found, byte| found | (byte.is_ascii_control() & (byte != b'\t')) | (byte == BEFORE_C1))
}

impl Lines {
    /// Lines that are cut already.
    pub fn new(lines: Vec<Line>) -> Self {
        Self { lines }
    }

    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let mut lines = Vec::with_capacity(1 + memchr::memchr_iter(b'\n', text.as_bytes()).count());
        lines.extend(crate::text::lines(text).zip(1..).map(|(line, number)| Line::new(number, line)));
        Self::new(lines)
    }

    /// Divides the lines into blocks, in order. What runs along the pages parts them.
    pub fn into_blocks(mut self) -> Vec<Block> {
        self.lines = without_marks(self.lines);
        let addresses = take_link_numbers(&mut self.lines);
        let width = self.wrap_width();
        let mut blocks = Vec::new();
        let mut start = 0;
        let along_pages = running_lines(&self.lines);
        for running in along_pages.iter().copied() {
            divide(&self.lines[start..running], width, &mut blocks);
            let line = &self.lines[running];
            let content = Content::Furniture(Rich::plain(line.text.trim()));
            blocks.push(Block { content, span: line.span() });
            start = running + 1;
        }
        divide(&self.lines[start..], width, &mut blocks);
        if along_pages.is_empty() {
            mark_running_lines(&mut blocks);
        }
        blocks.extend(addresses);
        blocks
    }

    /// The width at which the text was wrapped; none where its lines are paragraphs.
    ///
    /// A wrapped text has many lines of nearly one length and hardly any beyond; of what is not wrapped, lines have any length.
    fn wrap_width(&self) -> Option<usize> {
        let mut lengths: Vec<usize> =
            self.lines.iter().map(Line::printed_length).filter(|length| *length > 40).collect();
        if lengths.len() < 4 {
            return None;
        }
        lengths.sort_unstable();
        let width = lengths[lengths.len() * 19 / 20];
        let near = lengths.iter().filter(|length| **length + 16 >= width && **length <= width + 16).count();
        (width <= 132 && near * 5 >= lengths.len() * 2).then_some(width)
    }
}

/// Tables, and what is printed between them.
fn divide(lines: &[Line], width: Option<usize>, blocks: &mut Vec<Block>) {
    let wide = LazyCell::new(|| stretched(lines));
    let mut prose_start = 0;
    let mut next = 0;
    while next < lines.len() {
        match table_at(&lines[next..], || wide.as_ref().map(|wide| &wide[next..])) {
            Some(run) => {
                paragraphs(&lines[prose_start..next], width, blocks);
                blocks.push(run.block);
                blocks.extend(run.markup);
                next += run.lines;
                prose_start = next;
            }
            None => next += 1,
        }
    }
    paragraphs(&lines[prose_start..], width, blocks);
}

/// A line that stands next to a page number and again elsewhere runs along the pages: all its places are furniture.
fn mark_running_lines(blocks: &mut [Block]) {
    let numbered = |index: Option<usize>| index.and_then(|index| blocks.get(index)).is_some_and(Block::is_furniture);
    let beside = (0..blocks.len()).filter(|index| numbered(index.checked_sub(1)) || numbered(Some(index + 1)));
    let mut places: HashMap<Text, usize> =
        beside.filter_map(|index| running_text(&blocks[index])).map(|text| (text, 0)).collect();
    if places.is_empty() {
        return;
    }
    for text in blocks.iter().filter_map(running_text) {
        places.entry(text).and_modify(|count| *count += 1);
    }
    for block in blocks {
        if running_text(block).is_some_and(|text| places.get(&text).is_some_and(|count| *count > 1)) {
            block.content = Content::Furniture(block.rich().cloned().unwrap_or_default());
        }
    }
}

/// The words of a block that could run along the pages: no table, and not furniture already.
fn running_text(block: &Block) -> Option<Text> {
    block.rich().filter(|rich| !block.is_furniture() && !rich.is_blank()).map(|rich| rich.text.clone())
}

/// The table that begins with the first line; the lines can be had stretched where characters take two columns.
fn table_at<'l>(lines: &[Line], stretched: impl FnOnce() -> Option<&'l [Line]>) -> Option<Run> {
    if lines[0].is_blank() {
        return None;
    }
    let marked = || fenced_run(lines).or_else(|| wiki_run(lines)).or_else(|| drawer_run(lines));
    let drawn = || marked().or_else(|| pipe_run(lines)).or_else(|| delimited_run(lines));
    tab_run(lines).or_else(drawn).or_else(|| held_table(lines, stretched))
}
