//! One printed line of a text, and the stretches on it that blanks set apart.

use std::ops::Range;

use crate::text::Span;

/// One printed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    number: u32,
    /// Number of the last printed line that it is made of.
    last: u32,
    text: String,
    opens_page: bool,
    /// True where two blanks end it, as Markdown parts lines for good.
    parted: bool,
    /// Characters that were printed and are no part of the text.
    taken_out: usize,
}

impl Line {
    /// A line; form feeds in it begin a page, other control characters are dropped.
    pub fn new(number: u32, text: &str) -> Self {
        let opens_page = text.contains('\u{c}');
        let dropped = |c: char| c.is_control() && c != '\t';
        let parted = text.trim_end_matches('\r').ends_with("  ");
        let text = text.trim_end();
        let text = if may_hold_controls(text) { text.replace(dropped, "") } else { text.to_owned() };
        Self { number, last: number, text, opens_page, parted, taken_out: 0 }
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

    /// Goes on in the line below, behind what parts the two: its place reaches over both.
    pub(super) fn join(&mut self, below: &Self, between: &str) {
        self.text.push_str(between);
        self.text.push_str(below.text.trim_start());
        self.last = below.last;
        self.parted = below.parted;
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

    /// True where two blanks end it: Markdown's sign that no other line goes on here.
    pub(super) fn is_parted(&self) -> bool {
        self.parted
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
        Span::lines(self.number, self.last)
    }
}

/// Number of stretches of text that two or more blanks set apart.
pub(super) fn segments(text: &str) -> usize {
    let text = text.trim();
    if memchr::memmem::find(text.as_bytes(), b"  ").is_none() {
        return usize::from(!text.is_empty());
    }
    text.split("  ").filter(|piece| !piece.trim().is_empty()).count()
}

/// Stretches of text that two or more blanks set apart, in columns of the page.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (column, _) in text.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        match found.last_mut().filter(|last| column <= last.end + 1) {
            Some(last) => last.end = column + 1,
            None => found.push(column..column + 1),
        }
    }
    found
}

/// False where no byte is one of a control character but the tab: a look at the bytes, for hardly a line has one.
fn may_hold_controls(text: &str) -> bool {
    const BEFORE_C1: u8 = 0xc2;
    // Without an early end, so that many bytes are looked at at a time.
    text.bytes().fold(false, |found, byte| found | (byte.is_ascii_control() & (byte != b'\t')) | (byte == BEFORE_C1))
}
