//! Tables whose columns are held by blanks, as `pdftotext -layout` and text browsers print them.
//!
//! A gutter is a column of the page that is blank in every line of the table; lines are added while the gutters stay.

use super::lines::{Line, Run};
use super::tab_table::table_block;
use crate::block::{Cell, Row};

/// Lines with fewer rows than this show no gutter that could not be chance.
const LEAST_LINES: usize = 3;
/// Blank lines in a row that a table may hold between its rows.
const MOST_BLANK: usize = 4;

/// The table that begins with the first line, if it does.
pub(super) fn column_table(lines: &[Line]) -> Option<Run> {
    if segments(lines[0].text()) < 2 {
        return None;
    }
    let region = Region::grow(lines)?;
    let cuts = region.gutters();
    let rows: Vec<Row> = region.printed.iter().map(|line| row(line, &cuts)).collect();
    let full = rows.iter().filter(|row| row.cells.iter().filter(|cell| !cell.text.is_blank()).count() >= 2).count();
    (full >= LEAST_LINES && full * 3 >= rows.len()).then(|| Run { block: table_block(rows), lines: region.taken })
}

/// Lines that share their gutters.
struct Region<'a> {
    printed: Vec<&'a Line>,
    /// For each column of the page, whether any line prints there.
    inked: Vec<bool>,
    taken: usize,
}

impl<'a> Region<'a> {
    fn grow(lines: &'a [Line]) -> Option<Self> {
        let mut region = Self { printed: Vec::new(), inked: Vec::new(), taken: 0 };
        let mut blank = 0;
        for (index, line) in lines.iter().enumerate() {
            if line.opens_page() && index > 0 {
                break;
            }
            if line.is_blank() {
                blank += 1;
                if blank > MOST_BLANK {
                    break;
                }
                continue;
            }
            if !region.admits(line) {
                break;
            }
            blank = 0;
            region.add(line);
            region.taken = index + 1;
        }
        (region.printed.len() >= LEAST_LINES && region.gutters().len() >= 2).then_some(region)
    }

    /// A line may join while no column is lost; while the table is young it may narrow the gutters to what they are.
    fn admits(&self, line: &Line) -> bool {
        if self.printed.is_empty() {
            return true;
        }
        let before = self.gutters().len();
        let mut inked = self.inked.clone();
        ink(&mut inked, line.text());
        let after = gutters(&inked).len();
        let young = self.printed.len() < LEAST_LINES;
        after >= before || (young && after >= 2 && segments(line.text()) >= 2)
    }

    fn add(&mut self, line: &'a Line) {
        ink(&mut self.inked, line.text());
        self.printed.push(line);
    }

    fn gutters(&self) -> Vec<usize> {
        gutters(&self.inked)
    }
}

fn ink(inked: &mut Vec<bool>, text: &str) {
    for (column, c) in text.chars().enumerate() {
        if column >= inked.len() {
            inked.push(false);
        }
        inked[column] |= !c.is_whitespace();
    }
}

/// Starts of the text columns: where ink begins after a blank column of the page.
fn gutters(inked: &[bool]) -> Vec<usize> {
    let begins = |column: usize| inked[column] && (column == 0 || !inked[column - 1]);
    (0..inked.len()).filter(|column| begins(*column)).collect()
}

/// Stretches of text that two or more blanks set apart.
fn segments(text: &str) -> usize {
    text.trim().split("  ").filter(|piece| !piece.trim().is_empty()).count()
}

fn row(line: &Line, starts: &[usize]) -> Row {
    let mut cells = vec![String::new(); starts.len()];
    for (column, c) in line.text().chars().enumerate() {
        let cell = starts.partition_point(|start| *start <= column).saturating_sub(1);
        cells[cell].push(c);
    }
    Row::new(cells.iter().map(|cell| Cell::plain(cell.trim())).collect(), line.span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Lines;

    #[test]
    fn gutters_hold_where_a_cell_fills_its_column() {
        let text = "Name       Use         Kept\n\
                    session_id Remembers   1 hour\n\
                    \u{20}          the visitor\n\
                    theme      Colours     1 year\n";
        let blocks = Lines::of(text).into_blocks();
        let table = blocks[0].as_table().unwrap();
        assert_eq!(table.rows.len(), 4);
        assert_eq!(
            table.rows[1].cells.iter().map(|c| c.text.text.as_str()).collect::<Vec<_>>(),
            ["session_id", "Remembers", "1 hour"]
        );
        assert_eq!(table.rows[2].cells[1].text.text, "the visitor");
    }

    #[test]
    fn prose_is_no_table() {
        let text = "One sentence ends.  Another begins and goes on\nfor a while.  A third one follows the second, as\nthey do.  Then all is said  and done.\n";
        assert!(Lines::of(text).into_blocks().iter().all(|block| block.as_table().is_none()));
    }
}
