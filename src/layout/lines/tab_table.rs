//! Tables whose cells are set off by tabs, as a browser's "copy" leaves them.

use super::line::Line;
use super::run::{Run, table_block};
use crate::block::{Cell, Row};

/// The table that begins with the first line, if it does. Blank lines between rows belong to it.
pub(super) fn tab_run(lines: &[Line]) -> Option<Run> {
    if !is_row(&lines[0]) {
        return None;
    }
    let mut rows = Vec::new();
    let mut taken = 0;
    for (index, line) in lines.iter().enumerate() {
        if is_row(line) || (!rows.is_empty() && is_continuation(line)) {
            rows.push(row(line));
            taken = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    let wide = rows.iter().any(|row| row.cells.len() >= 3);
    (rows.len() >= 2 || wide).then(|| Run::new(table_block(rows), taken))
}

/// A line with a tab between two printed cells.
fn is_row(line: &Line) -> bool {
    memchr::memchr(b'\t', line.text().as_bytes()).is_some_and(|tab| {
        let before = line.text()[..tab].trim_start();
        // A line has no white space at its end.
        !before.is_empty() || line.text().trim_start().contains('\t')
    })
}

/// A line that begins with a tab: the rest of a cell of the row above.
fn is_continuation(line: &Line) -> bool {
    line.text().starts_with('\t') && !line.is_blank()
}

fn row(line: &Line) -> Row {
    let mut cells = Vec::with_capacity(1 + memchr::memchr_iter(b'\t', line.text().as_bytes()).count());
    cells.extend(line.text().split('\t').map(|cell| Cell::plain(cell.trim())));
    Row::new(cells, line.span())
}
