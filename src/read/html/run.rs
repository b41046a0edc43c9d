//! Builds one [`Rich`] text out of runs of characters, with white space as HTML collapses it and marks that hug their words.

use crate::block::{Draft, Mark, MarkKind, Rich};
use crate::text::{Span, is_invisible, is_spelling, single_blanks};

/// A text under construction.
#[derive(Debug, Default)]
pub(super) struct Run {
    rich: Draft,
    gap: Gap,
    open: Vec<OpenMark>,
    span: Option<Span>,
}

/// A finished text and where its words stand.
#[derive(Debug)]
pub(super) struct Finished {
    pub text: Rich,
    pub span: Span,
}

/// White space not yet printed: it is only when something follows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Blank,
    Line,
}

#[derive(Debug)]
struct OpenMark {
    kind: MarkKind,
    start: Option<usize>,
}

/// True for a character that is neither white space nor invisible.
fn is_printed(c: char) -> bool {
    c.is_ascii_graphic() || !(c.is_whitespace() || is_invisible(c))
}

/// How many characters a text prints.
pub(super) fn printed_characters(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_graphic).count();
    }
    text.chars().filter(|c| is_printed(*c)).count()
}

/// Bytes of the words that a text begins with, as far as single blanks set them apart.
fn printed_as_it_is(text: &str) -> usize {
    let (plain, behind) = text.split_at(single_blanks(text));
    let mut end = plain.trim_end_matches(' ').len();
    for (at, c) in behind.char_indices().map(|(at, c)| (plain.len() + at, c)) {
        if is_printed(c) {
            end = at + c.len_utf8();
        } else if c != ' ' || at > end || at == 0 {
            break;
        }
    }
    end
}

impl Run {
    /// Adds characters whose first stands on `line`; runs of white space count as one blank.
    pub fn push(&mut self, text: &str, mut line: u32) {
        let mut rest = text;
        loop {
            let (words, behind) = rest.split_at(printed_as_it_is(rest));
            if !words.is_empty() {
                self.print(words, line);
            }
            let mut characters = behind.chars();
            let Some(c) = characters.next() else { return };
            line += u32::from(c == '\n');
            if c.is_whitespace() {
                self.blank();
            } else if self.gap == Gap::None && is_spelling(c, &self.rich.text) {
                self.rich.text.push(c);
            }
            rest = characters.as_str();
        }
    }

    /// Adds characters with their blanks and line ends as they are.
    pub fn push_verbatim(&mut self, text: &str, mut line: u32) {
        for c in text.chars() {
            line += u32::from(c == '\n');
            match c {
                '\n' => self.line_break(),
                _ if is_invisible(c) && !is_spelling(c, &self.rich.text) => {}
                _ if c.is_whitespace() && self.gap != Gap::None => {}
                _ if c.is_whitespace() && self.rich.text.is_empty() => {}
                _ if c.is_whitespace() => self.rich.text.push(if c == '\t' { c } else { ' ' }),
                _ => self.print(c.encode_utf8(&mut [0; 4]), line),
            }
        }
    }

    /// A blank, if something follows.
    pub fn blank(&mut self) {
        self.gap = self.gap.max(Gap::Blank);
    }

    /// A line feed, if something follows; several in a row are one.
    pub fn line_break(&mut self) {
        self.gap = Gap::Line;
    }

    /// True right after a line break that follows words.
    pub fn ends_line(&self) -> bool {
        self.gap == Gap::Line && !self.rich.text.is_empty()
    }

    /// The character that the next one would touch.
    pub fn touching(&self) -> Option<char> {
        if self.gap == Gap::None { self.rich.text.chars().next_back() } else { None }
    }

    /// Begins a mark. A mark inside one of its own kind is part of it.
    pub fn open(&mut self, kind: MarkKind) -> bool {
        let same = |open: &OpenMark| std::mem::discriminant(&open.kind) == std::mem::discriminant(&kind);
        if self.open.iter().any(same) {
            return false;
        }
        self.open.push(OpenMark { kind, start: None });
        true
    }

    /// Ends the mark that was begun last.
    pub fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.mark(open);
        }
    }

    /// Hands over what was built, if it prints anything; open marks go on in the next text.
    pub fn take(&mut self) -> Option<Finished> {
        self.gap = Gap::None;
        let kinds: Vec<_> = self.open.iter().map(|open| OpenMark { kind: open.kind.clone(), start: None }).collect();
        for open in std::mem::replace(&mut self.open, kinds) {
            self.mark(open);
        }
        let mut text = std::mem::take(&mut self.rich);
        text.text.truncate(text.text.trim_end().len());
        text.marks.sort_by_key(|mark| (mark.start, usize::MAX - mark.end));
        self.span.take().map(|span| Finished { text: text.finish(), span })
    }

    /// Words of one line.
    fn print(&mut self, words: &str, line: u32) {
        if self.gap != Gap::None && !self.rich.text.is_empty() {
            let kept = self.rich.text.trim_end_matches([' ', '\t']).len();
            self.rich.text.truncate(kept);
            self.rich.text.push(if self.gap == Gap::Line { '\n' } else { ' ' });
        }
        self.gap = Gap::None;
        let at = self.rich.text.len();
        for open in self.open.iter_mut().filter(|open| open.start.is_none()) {
            open.start = Some(at);
        }
        self.rich.text.push_str(words);
        let here = Span::line(line);
        self.span = Some(self.span.map_or(here, |span| span.join(here)));
    }

    fn mark(&mut self, open: OpenMark) {
        let end = self.rich.text.trim_end().len();
        if let Some(start) = open.start.filter(|start| *start < end) {
            self.rich.marks.push(Mark { start, end, kind: open.kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_and_marks_hug_their_words() {
        let mut run = Run::default();
        run.push("  One\u{a0} \n", 3);
        run.open(MarkKind::Strong);
        run.push(" two\u{ad}fold ", 4);
        run.close();
        run.line_break();
        run.push(" three", 6);
        let done = run.take().unwrap();
        assert_eq!(done.text.text, "One twofold\nthree");
        assert_eq!(done.text.marked(|_| true).collect::<Vec<_>>(), ["twofold"]);
        assert_eq!(done.span, Span::lines(3, 6));
        assert!(run.take().is_none());
    }

    #[test]
    fn verbatim_text_keeps_lines_and_columns() {
        let mut run = Run::default();
        run.push_verbatim("\n a\tb  c \n\nd", 1);
        assert_eq!(run.take().unwrap().text.text, "a\tb  c\nd");
    }

    #[test]
    fn an_open_mark_goes_on_in_the_next_text() {
        let mut run = Run::default();
        run.open(MarkKind::Link("x".to_owned()));
        run.push("one", 1);
        assert_eq!(run.take().unwrap().text.links().count(), 1);
        run.push("two", 2);
        run.close();
        assert_eq!(run.take().unwrap().text.links().count(), 1);
    }
}
