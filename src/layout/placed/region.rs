//! Lines of a page that stand in columns, and what they make.

use std::ops::Range;

use super::cover::Cover;
use super::placed_table::PlacedTable;
use super::text_line::{TextLine, line_size, parts};

/// Lines that stand in columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Region<'w> {
    /// Which lines.
    pub lines: Range<usize>,
    /// What they make.
    pub content: Columns<'w>,
}

/// What lines in columns make.
#[derive(Debug, Clone, PartialEq)]
pub enum Columns<'w> {
    /// A table.
    Table(PlacedTable<'w>),
    /// Running text in columns: the lines in reading order.
    Prose(Vec<TextLine<'w>>),
}

/// Most lines of a region, so that a page of nothing but odd lines costs no more than its length times this.
pub(super) const MAX_LINES: usize = 2000;

/// A heading that follows a table has no words but in the first column, and another look: it is no row.
pub(super) fn without_heading(lines: &[TextLine<'_>], cover: &Cover) -> usize {
    let body = lines.iter().map(|line| line_size(line)).fold(f32::MAX, f32::min);
    let mut rows = 0..lines.len();
    rows.find(|&index| {
        let line = &lines[index];
        let alone = cover.find(line[0].x) == Some(0) && !line.windows(2).any(|pair| parts(pair[0], pair[1], 0.6));
        let outdented = line[0].x < cover.inner_start(lines) - 2.0;
        index > 0 && alone && (line_size(line) > body * 1.08 || outdented || changes_look(lines, index))
    })
    .unwrap_or(lines.len())
}

fn changes_look(lines: &[TextLine<'_>], index: usize) -> bool {
    let strong = |line: &TextLine<'_>| line.iter().all(|word| word.style.strong);
    let after_body = lines[1..index].iter().any(|line| !strong(line));
    after_body && strong(&lines[index]) && !lines[1..index].iter().any(|line| line[0].style.strong)
}
