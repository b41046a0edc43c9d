//! Printed lines cut into cells at the columns of their table, where a line may stand some blanks beside the others.

use std::ops::Range;

use super::line::{Line, segments, stretches};
use crate::block::{Cell, Row};

/// A cell may begin this far from where its column does.
pub(super) const REACH: usize = 7;
/// A word that reaches over the start of a column less than this belongs to the cell in which it began.
const OVERHANG: usize = 4;

/// The cells of each line.
pub(super) fn line_cells(lines: &[&Line], starts: &[usize]) -> Vec<Row> {
    let texts: Vec<Vec<char>> = lines.iter().map(|line| line.text().chars().collect()).collect();
    let shown: Vec<Vec<Range<usize>>> = lines.iter().map(|line| stretches(line.text())).collect();
    let row = |index: usize| {
        let line = lines[index];
        if is_label(&texts[index], starts) {
            return label_row(line, starts.len());
        }
        let beside = index.saturating_sub(2)..(index + 3).min(lines.len());
        let beside: Vec<usize> =
            beside.filter(|near| *near != index).flat_map(|near| shown[near].iter().map(|s| s.start)).collect();
        Row::new(cells(&texts[index], starts, &beside), line.span())
    };
    (0..lines.len()).map(row).collect()
}

/// A line over all columns.
pub(super) fn label_row(line: &Line, columns: usize) -> Row {
    let label = Cell { columns: columns as u16, ..Cell::plain(line.text().trim()) };
    Row::new(vec![label], line.span())
}

fn cells(text: &[char], starts: &[usize], beside: &[usize]) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(starts.len());
    let mut from = 0;
    for start in starts[1..].iter().copied() {
        let cut = cut(text, start, beside).clamp(from, text.len().max(from));
        cells.push(piece(text, from, cut));
        from = cut;
    }
    cells.push(piece(text, from, text.len()));
    cells
}

fn piece(text: &[char], from: usize, to: usize) -> Cell {
    let (from, to) = (from.min(text.len()), to.min(text.len()));
    Cell::plain(text[from..to].iter().collect::<String>().trim())
}

/// Where a line is cut for a column that starts there.
fn cut(text: &[char], start: usize, beside: &[usize]) -> usize {
    let blank = |column: usize| text.get(column).is_none_or(|c| c.is_whitespace());
    let clear = start == 0 || blank(start - 1) && (blank(start) || start < 2 || blank(start - 2));
    if clear {
        return start;
    }
    let near = start.saturating_sub(REACH).max(1)..=start + REACH;
    let words = near.filter(|column| !blank(*column) && blank(column - 1));
    let best = words.filter_map(|word| Some((fitness(text, word, start, beside)?, word)));
    best.max_by(|a, b| a.0.total_cmp(&b.0)).map_or_else(|| beside_word(text, start), |(_, word)| word)
}

/// How well the cell may begin with a word: after a wide gap, below or above other cells, near the start of the column.
fn fitness(text: &[char], word: usize, start: usize, beside: &[usize]) -> Option<f32> {
    let gap = text[..word].iter().rev().take_while(|c| c.is_whitespace()).count().min(4);
    let distance = word.abs_diff(start);
    let aligned = beside.iter().any(|near| near.abs_diff(word) <= 1);
    let fits = gap >= 2 || aligned || distance <= 1;
    fits.then_some(gap as f32 + if aligned { 2.0 } else { 0.0 } - 0.3 * distance as f32)
}

/// At the end of the word that the start of the column falls into, or before it where most of it lies behind.
fn beside_word(text: &[char], start: usize) -> usize {
    let inside = |column: usize| {
        column > 0 && [column - 1, column].iter().all(|at| text.get(*at).is_some_and(|c| !c.is_whitespace()))
    };
    if !inside(start) {
        return start;
    }
    let before = 1 + (1..start).take_while(|back| inside(start - back)).count();
    let after = (0..).take_while(|ahead| inside(start + ahead)).count();
    if after <= before && after <= OVERHANG { start + after } else { start - before }
}

/// One stretch of text from the first column over others, cut by them within its words: a heading of the rows below.
fn is_label(text: &[char], starts: &[usize]) -> bool {
    let Some(first) = text.iter().position(|c| !c.is_whitespace()) else { return false };
    let printed: String = text.iter().collect();
    let blank = |column: usize| text.get(column).is_none_or(|c| c.is_whitespace());
    let crossed = |start: usize| start < text.len() && (start.saturating_sub(2)..=start + 1).all(|at| !blank(at));
    let opens = starts.get(1).is_some_and(|second| first < *second);
    opens && segments(&printed) == 1 && starts[1..].iter().any(|start| crossed(*start))
}
