//! Tables that say more of each row right below it, in one cell over the whole width: that cell is one more column.

use super::columns::key_of;
use super::grid::{Grid, GridRow};
use crate::block::Rich;
use crate::text::split_at_colon;

/// A single row may stand above the heading of others.
const LEAST_ROWS: usize = 2;

impl Grid {
    /// The grid with what stands below each row as the last of its cells; as it is, where any row has nothing below it.
    pub fn with_rows_below(self) -> Self {
        let Some(below) = Below::of(&self) else { return self };
        let mut rows: Vec<GridRow> = Vec::with_capacity(self.rows.len());
        for (at, mut row) in self.rows.into_iter().enumerate() {
            if let (true, Some(above)) = (below.is_below[at], rows.last_mut()) {
                *above.cells.last_mut().expect("a column was added") = below.without_label(&row.cells[0]);
                above.span = above.span.join(row.span);
                above.printed.end = row.printed.end;
                continue;
            }
            row.cells.push(if at == 0 { below.label.clone() } else { Rich::default() });
            rows.push(row);
        }
        Self { rows, width: self.width + 1, ..self }
    }
}

/// Which rows say more of the one above, and the label that all of them open with.
struct Below {
    is_below: Vec<bool>,
    label: Rich,
}

impl Below {
    fn of(grid: &Grid) -> Option<Self> {
        let (head, body) = grid.rows.split_first()?;
        let headed = head.head || head.cells.iter().any(|cell| key_of(&cell.text).is_some());
        if grid.by_line || !headed || head.spanning || !body.last()?.spanning {
            return None;
        }
        let mut is_below = vec![false; grid.rows.len()];
        (2..is_below.len()).for_each(|at| is_below[at] = grid.rows[at].spanning && !grid.rows[at - 1].spanning);
        let whole = (1..is_below.len()).all(|at| grid.rows[at].spanning || is_below[at + 1]);
        let said: Vec<&Rich> =
            grid.rows.iter().zip(&is_below).filter(|(_, is)| **is).map(|(row, _)| &row.cells[0]).collect();
        if !whole || said.len() < LEAST_ROWS || said.iter().any(|cell| cell.is_blank()) {
            return None;
        }
        let label = shared_label(&said).unwrap_or_default();
        Some(Self { is_below, label })
    }

    fn without_label(&self, cell: &Rich) -> Rich {
        match split_at_colon(&cell.text).filter(|_| !self.label.is_blank()) {
            Some((_, value)) => cell.slice(cell.text.len() - value.trim_start().len(), cell.text.len()),
            None => cell.clone(),
        }
    }
}

/// "What for": where each cell is that, a colon and something else.
fn shared_label(cells: &[&Rich]) -> Option<Rich> {
    let label = |cell: &Rich| split_at_colon(&cell.text).map(|(label, _)| label.len());
    let end = label(cells[0])?;
    let first = cells[0].slice(0, end);
    let alike = cells.iter().all(|cell| label(cell) == Some(end) && cell.text[..end] == *first.text);
    alike.then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::block::{Cell, Row, Table};
    use crate::text::Span;

    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let cell = |text: &str, wide: bool| Cell { columns: if wide { 2 } else { 1 }, ..Cell::plain(text) };
        let row = |(line, cells): (u32, &&[&str])| {
            Row::new(cells.iter().map(|text| cell(text, cells.len() == 1)).collect(), Span::line(line))
        };
        Grid::of(&Table { rows: (1..).zip(rows).map(row).collect(), ..Table::default() })
    }

    fn texts(grid: &Grid) -> Vec<Vec<&str>> {
        grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn what_stands_below_each_row_is_its_last_cell() {
        let read = grid(&[
            &["Name", "Expires"],
            &["Necessary"],
            &["a_b", "1 year"],
            &["What for: signs you in"],
            &["c_d", "1 day"],
            &["What for: counts visits"],
        ])
        .with_rows_below();
        assert_eq!(texts(&read)[0], ["Name", "Expires", "What for"]);
        assert_eq!(texts(&read)[2], ["a_b", "1 year", "signs you in"]);
        assert_eq!(read.rows[3].span, Span::lines(5, 6));
    }

    #[test]
    fn groups_of_one_row_are_groups() {
        let rows: [&[&str]; 5] =
            [&["Name", "Expires"], &["Necessary"], &["a_b", "1 year"], &["Statistics"], &["c_d", "1 day"]];
        assert_eq!(grid(&rows).with_rows_below(), grid(&rows));
    }
}
