//! A table as a rectangle: spans spread over the cells that they cover, blank rows and columns gone.

use std::ops::Range;

use crate::block::{Cell, Rich, Row, Table};
use crate::text::{Asked, Span};

/// A grid of more cells than this is cut: real declarations stay below 20,000.
pub const MAX_CELLS: usize = 1_000_000;
/// Columns beyond this are one column.
const MAX_COLUMNS: usize = 1_000;
/// Cells of a grid that stand in rows below their own are at most so many times those that the table has, and this many beside; each mark
/// in a cell counts as one more.
const MAX_TIMES_HANGING: usize = 16;
const MAX_HANGING: usize = 20_000;

/// A rectangle of cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// What stands over the table as its own caption.
    pub caption: Option<Rich>,
    /// Rows, each of [`Grid::width`] cells.
    pub rows: Vec<GridRow>,
    /// Number of columns.
    pub width: usize,
    /// True where rows were left out because of [`MAX_CELLS`], or cells in rows that they reach over.
    pub cut: bool,
    /// True where a row is a printed line, so that its cells may go on in the next.
    pub by_line: bool,
}

/// One row of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    /// Its cells.
    pub cells: Vec<Rich>,
    /// Where it stands.
    pub span: Span,
    /// Which rows of the grid it is made of.
    pub printed: Range<usize>,
    /// True where the format says that it is a head.
    pub head: bool,
    /// True where one printed cell covers the whole width.
    pub spanning: bool,
    /// Cells at its end that the table has and the row has not.
    pub missing: usize,
}

/// The cells that reach down into rows below, by column.
struct Hanging {
    columns: Vec<Option<HangingCell>>,
    /// The weight of the cells that they may still give to rows.
    left: usize,
    /// True where they would have given more.
    cut: bool,
}

struct HangingCell {
    text: Rich,
    rows: usize,
}

impl Hanging {
    fn of(table: &Table, width: usize) -> Self {
        let printed: usize = table.rows.iter().flat_map(|row| &row.cells).map(|cell| weight(&cell.text)).sum();
        let mut columns = Vec::new();
        columns.resize_with(width, || None);
        Self { columns, left: printed.saturating_mul(MAX_TIMES_HANGING).saturating_add(MAX_HANGING), cut: false }
    }

    /// Hangs a cell up that reaches over more rows than its own. It is asked in each of them, so that it keeps its answers.
    fn hang(&mut self, column: usize, cell: &Cell) {
        let text = || Rich { text: cell.text.text.known().into_owned(), marks: cell.text.marks.clone() };
        self.columns[column] = (cell.rows > 1).then(|| HangingCell { text: text(), rows: usize::from(cell.rows) - 1 });
    }

    /// What a cell above gives to a row, if one reaches into it.
    fn take(&mut self, column: usize) -> Option<Rich> {
        let cell = self.columns[column].as_mut()?;
        let text = cell.text.clone();
        cell.rows -= 1;
        if cell.rows == 0 {
            self.columns[column] = None;
        }
        match self.left.checked_sub(weight(&text)) {
            Some(left) => {
                self.left = left;
                Some(text)
            }
            None => {
                self.cut |= !text.is_blank();
                Some(Rich::default())
            }
        }
    }
}

fn weight(cell: &Rich) -> usize {
    1 + cell.marks.len()
}

impl Grid {
    /// The grid of a table.
    pub fn of(table: &Table) -> Self {
        let width = table.rows.iter().map(row_width).max().unwrap_or(0).min(MAX_COLUMNS);
        let most_rows = MAX_CELLS / width.max(1);
        let mut hanging = Hanging::of(table, width);
        let rows: Vec<GridRow> = table.rows.iter().take(most_rows).map(|row| place(row, width, &mut hanging)).collect();
        let mut grid = Self {
            caption: table.caption.clone(),
            rows,
            width,
            cut: table.rows.len() > most_rows || hanging.cut,
            by_line: table.by_line,
        };
        grid.drop_blank();
        grid
    }

    /// The table with its columns as rows: each stands in all the lines of the table.
    pub fn turned(self) -> Self {
        let Some(span) = self.rows.iter().map(|row| row.span).reduce(Span::join) else { return self };
        let column = |at: usize| self.rows.iter().map(|row| row.cells[at].clone()).collect();
        let row = |at: usize| GridRow {
            cells: column(at),
            span,
            printed: at..at + 1,
            head: at == 0,
            spanning: false,
            missing: 0,
        };
        Self { rows: (0..self.width).map(row).collect(), width: self.rows.len(), ..self }
    }

    /// The table with a row for each stretch of so many columns that its rows print something in.
    pub fn unfolded(self, width: usize) -> Self {
        let folded = |row: &GridRow| -> Vec<GridRow> {
            let stretch = |cells: &[Rich]| GridRow { cells: cells.to_vec(), ..row.clone() };
            row.cells.chunks(width).map(stretch).filter(|row| row.filled() > 0).collect()
        };
        let mut rows: Vec<GridRow> = self.rows.iter().flat_map(folded).collect();
        rows.iter_mut().for_each(|row| row.missing = row.cells.iter().rev().take_while(|cell| cell.is_blank()).count());
        Self { rows, width, ..self }
    }

    fn drop_blank(&mut self) {
        self.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_blank()));
        let printed: Vec<bool> =
            (0..self.width).map(|column| self.rows.iter().any(|row| !row.cells[column].is_blank())).collect();
        for (index, row) in self.rows.iter_mut().enumerate() {
            row.printed = index..index + 1;
            let mut keep = printed.iter();
            row.cells.retain(|_| *keep.next().expect("one flag a column"));
        }
        self.width = printed.iter().filter(|printed| **printed).count();
    }
}

impl GridRow {
    /// Number of cells that print something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).count()
    }

    /// "Total | 8 | 6": numbers, beside one cell at most.
    pub fn is_of_numbers(&self) -> bool {
        let is_number = |cell: &&Rich| cell.text.trim().bytes().all(|byte| byte.is_ascii_digit());
        let numbers = self.cells.iter().filter(|cell| !cell.is_blank()).filter(is_number).count();
        numbers > 0 && self.filled() <= numbers + 1
    }

    /// The only printed cell, where there is just one in a row of several.
    pub fn lone_cell(&self) -> Option<&Rich> {
        let mut printed = self.cells.iter().filter(|cell| !cell.is_blank());
        let first = printed.next()?;
        (self.cells.len() > 1 && printed.next().is_none()).then_some(first)
    }
}

fn row_width(row: &Row) -> usize {
    row.cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum()
}

fn place(row: &Row, width: usize, hanging: &mut Hanging) -> GridRow {
    let mut cells: Vec<Rich> = Vec::with_capacity(width);
    let mut given = row.cells.iter();
    let mut missing = 0;
    while cells.len() < width {
        let column = cells.len();
        if let Some(above) = hanging.take(column) {
            cells.push(above);
            continue;
        }
        let Some(cell) = given.next() else {
            cells.push(Rich::default());
            missing += 1;
            continue;
        };
        hanging.hang(column, cell);
        cells.push(cell.text.clone());
        let covered = usize::from(cell.columns.max(1)).min(width - column);
        cells.resize(column + covered, Rich::default());
    }
    // Markdown fills a short row up with empty cells.
    let empty = cells.iter().rev().take_while(|cell| cell.is_blank()).count();
    let missing = missing.max(empty);
    let head = row.head || (!row.cells.is_empty() && row.cells.iter().all(|cell| cell.head));
    let spanning = width > 1 && row.cells.first().is_some_and(|cell| usize::from(cell.columns) >= width);
    GridRow { cells, span: row.span, printed: 0..0, head, spanning, missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_over_rows_applies_to_all_of_them() {
        let cell = |text: &str, rows: u16| Cell { rows, ..Cell::plain(text) };
        let row = |cells, line| Row::new(cells, Span::line(line));
        let rows =
            vec![row(vec![cell("a", 1), cell("both", 2), cell("x", 1)], 1), row(vec![cell("b", 1), cell("y", 1)], 2)];
        let grid = Grid::of(&Table { rows, ..Table::default() });
        let texts = |row: &GridRow| row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&grid.rows[1]), ["b", "both", "y"]);
    }
}
