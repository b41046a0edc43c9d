//! Places in a document and the normal forms of text. Nothing here knows what a policy is.

mod eight_bytes;
mod fold;
mod known;
mod lengths;
mod lines;
mod punctuation;
mod quoted_printable;
mod romanised;
#[cfg_attr(not(test), expect(dead_code, reason = "the build lays out what a run looks up"))]
mod rules;
mod scripts;

use serde::{Deserialize, Serialize};

pub(crate) use eight_bytes::{any_eight, any_is, any_less, letters, marked, within};
pub(crate) use fold::single_blanks;
pub use fold::{caseless, collapse, is_collapsed, loose, plain, squeeze};
pub(crate) use known::{Answers, Room, answer, answer_list};
pub use known::{Asked, Text};
pub use lengths::{fits, opening, place_before, place_behind};
pub(crate) use lines::lines;
pub use punctuation::{COLONS, QUESTION_MARKS, SENTENCE_ENDS, colons, ends_wide_sentence, sets_off, split_at_colon};
pub(crate) use quoted_printable::unquoted;
pub use romanised::{begins_romanised, is_romanised};
pub use rules::{collapse_into, is_blank, is_invisible, is_spelling};
pub use scripts::{
    goes_on, is_direction, is_figure, is_foreign_figure, is_hangul, is_letter_mark, is_set_apart, is_unparted, is_wide,
    may_hold_wide, number, opens_words, word_count,
};

/// Where something stands in its source: lines counted from 1, both ends included.
///
/// Of a text file the lines are those of the decoded file; of a PDF they are the lines rebuilt from glyphs, counted through
/// the whole document, and `page` is the page of the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First line.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// Page of the first line, from 1; none where the format has no pages.
    pub page: Option<u32>,
}

impl Span {
    /// One line of a format without pages.
    pub fn line(line: u32) -> Self {
        Self::lines(line, line)
    }

    /// Lines of a format without pages.
    pub fn lines(line: u32, end_line: u32) -> Self {
        Self { line, end_line: end_line.max(line), page: None }
    }

    /// Lines of a page.
    pub fn on_page(page: u32, line: u32, end_line: u32) -> Self {
        Self { line, end_line: end_line.max(line), page: Some(page) }
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        let first = if other.line < self.line { other } else { self };
        Self { line: first.line, end_line: self.end_line.max(other.end_line), page: first.page }
    }
}
