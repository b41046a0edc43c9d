//! How far a table whose columns are held by blanks may reach among the lines of a text, and what it is cut into.

use super::line::{Line, segments};
use crate::block::Row;

/// Lines with fewer rows than this show no gutter that could not be chance.
pub(super) const LEAST_LINES: usize = 3;

/// Blank lines in a row that a table may hold between its rows.
const MOST_BLANK: usize = 4;

/// A region that is cut into more prefixes than this is tried at fewer of them.
pub(super) const MOST_LINES: usize = 4_000;

/// A table whose lines are cut into cells.
pub(super) struct CutTable {
    /// A row for each printed line.
    pub rows: Vec<Row>,
    /// Lines that it takes, blank ones included.
    pub lines: usize,
    /// Its columns.
    pub columns: usize,
    /// The characters at which they begin, where they are the same in every line.
    pub starts: Vec<usize>,
    /// Cells beside the first of their line, less what it costs to cut them.
    pub worth: f32,
}

/// How many lines it is from the first of a text to the last of some.
pub(super) fn reach(lines: &[Line], last: &Line) -> usize {
    place(lines, last) + 1
}

/// Which line of a text a line is. Their numbers do not tell: a line may have been parted, and others left out.
pub(super) fn place(lines: &[Line], line: &Line) -> usize {
    lines.iter().position(|other| std::ptr::eq(other, line)).expect("the line is one of the text")
}

pub(super) fn ends_region(lines: &[Line], index: usize, blank: usize, first: bool) -> bool {
    let line = &lines[index];
    let parted = line.opens_page() || blank > MOST_BLANK || stands_alone(lines, index);
    (parted && !first) || is_running_text(line)
}

/// The first line of a table printed once more: another table, or its next page, whose columns may stand elsewhere.
pub(super) fn is_head_again(line: &Line, region: &[&Line]) -> bool {
    region.len() >= LEAST_LINES && line.same_words(region[0])
}

/// A line without a gap behind a blank one and right above running text.
pub(super) fn heads_text(lines: &[Line], index: usize) -> bool {
    let blank = index > 0 && lines[index - 1].is_blank();
    let below = || lines[index + 1..].iter().take(2).find(|line| !line.is_blank());
    blank && segments(lines[index].text()) < 2 && below().is_some_and(is_running_text)
}

/// A long line from the margin without a gap in it.
fn is_running_text(line: &Line) -> bool {
    segments(line.text()) < 2 && line.indent() < 8 && line.text().trim().chars().count() > 60
}

/// Words from the margin between two blank lines: a heading, not a row.
fn stands_alone(lines: &[Line], index: usize) -> bool {
    let text = lines[index].text();
    let blank = |index: Option<usize>| index.and_then(|index| lines.get(index)).is_none_or(Line::is_blank);
    let words = segments(text) == 1 && lines[index].indent() < 4;
    words && blank(index.checked_sub(1)) && blank(Some(index + 1))
}
