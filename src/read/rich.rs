//! Builds [`Rich`] text from the events of a markup reader: collapses white space and keeps marks in step.

use crate::block::{Draft, Mark, MarkKind, Rich};
use crate::text::{is_invisible, is_spelling};

/// A [`Rich`] text being built.
#[derive(Debug, Default)]
pub struct RichBuilder {
    rich: Draft,
    open: Vec<(usize, MarkKind)>,
    gap: bool,
}

impl RichBuilder {
    /// Appends characters; runs of white space become one blank.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.gap = true;
            } else if !is_invisible(c) {
                self.close_gap();
                self.rich.text.push(c);
            } else if !self.gap && is_spelling(c, &self.rich.text) {
                self.rich.text.push(c);
            }
        }
    }

    /// Appends characters whose line ends are forced breaks.
    pub fn push_lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.line_break();
            }
            self.push(line);
        }
    }

    /// A forced line break.
    pub fn line_break(&mut self) {
        self.gap = false;
        if !self.rich.text.is_empty() && !self.rich.text.ends_with('\n') {
            self.rich.text.push('\n');
        }
    }

    /// Begins a mark.
    pub fn open(&mut self, kind: MarkKind) {
        self.close_gap();
        self.open.push((self.rich.text.len(), kind));
    }

    /// Ends the innermost mark; an empty one leaves no trace, but a link without words keeps its address.
    pub fn close(&mut self) {
        let Some((start, kind)) = self.open.pop() else { return };
        let end = self.rich.text.len();
        if start < end || matches!(kind, MarkKind::Link(_)) {
            self.rich.marks.push(Mark { start, end, kind });
        }
    }

    /// True where nothing was printed so far.
    pub fn is_blank(&self) -> bool {
        self.rich.text.trim().is_empty()
    }

    /// Hands over what was built and starts anew; marks still open go on in the next text.
    pub fn take(&mut self) -> Rich {
        let reopened: Vec<MarkKind> = self.open.iter().map(|(_, kind)| kind.clone()).collect();
        while !self.open.is_empty() {
            self.close();
        }
        self.gap = false;
        let mut rich = std::mem::take(&mut self.rich);
        rich.text.truncate(rich.text.trim_end().len());
        let length = rich.text.len();
        rich.marks.iter_mut().for_each(|mark| mark.end = mark.end.min(length));
        rich.marks
            .retain(|mark| mark.start < mark.end || matches!(mark.kind, MarkKind::Link(_)) && mark.start <= length);
        rich.marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        self.open = reopened.into_iter().map(|kind| (0, kind)).collect();
        rich.finish()
    }

    fn close_gap(&mut self) {
        if self.gap && !self.rich.text.is_empty() && !self.rich.text.ends_with('\n') {
            self.rich.text.push(' ');
        }
        self.gap = false;
    }
}
