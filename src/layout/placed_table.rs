//! A table whose cells hold words with their places: what ruling lines and gutters yield, before it becomes a block.

use super::glyph::Area;
use super::ruled_table::Grid;
use super::word_joins::{Column, Joining};
use super::word_lines::Word;
use crate::block::{Block, Cell, Rich, Row, Table};
use crate::text::Span;

/// A table on one page, or on several once they are joined.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlacedTable<'w> {
    /// The area that it covers on its last page.
    pub area: Area,
    /// Left edges of its columns on its last page.
    pub columns: Vec<f32>,
    /// Last page that it stands on.
    pub page: u32,
    /// Its rows.
    pub rows: Vec<PlacedRow<'w>>,
}

/// A row of a [`PlacedTable`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlacedRow<'w> {
    /// The cells that start in this row, from left to right.
    pub cells: Vec<PlacedCell<'w>>,
}

/// A cell of a [`PlacedRow`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlacedCell<'w> {
    /// Index of its first column.
    pub column: usize,
    /// Columns that it covers.
    pub columns: usize,
    /// Rows that it covers.
    pub rows: usize,
    /// Its words in reading order.
    pub words: Vec<&'w Word>,
    /// Indices of words that open a paragraph of their own within the cell.
    pub breaks: Vec<usize>,
    /// True where the format says that it is a heading cell.
    pub head: bool,
}

impl<'w> PlacedTable<'w> {
    /// The cells of a grid with the words whose middle lies in them.
    pub fn of_grid(grid: &Grid, words: &[&'w Word], page: u32) -> Self {
        let mut filled: Vec<Vec<&'w Word>> = vec![Vec::new(); grid.cells.len()];
        for word in words {
            if let Some(cell) = grid.cell_of(word) {
                filled[cell].push(word);
            }
        }
        let mut rows = vec![PlacedRow::default(); grid.ys.len() - 1];
        for (cell, words) in grid.cells.iter().zip(filled) {
            let placed = PlacedCell {
                column: cell.column,
                columns: cell.columns,
                rows: cell.rows,
                words,
                ..PlacedCell::default()
            };
            rows[cell.row].cells.push(placed);
        }
        rows.iter_mut().for_each(|row| row.cells.sort_by_key(|cell| cell.column));
        let columns = grid.xs[..grid.xs.len() - 1].to_vec();
        let mut table = Self { area: grid.area(), columns, page, rows };
        table.drop_blank_rows();
        table
    }

    /// Leaves out rows that print nothing, and shortens the cells that reach over them.
    pub fn drop_blank_rows(&mut self) {
        for index in (0..self.rows.len()).rev() {
            if self.rows[index].cells.iter().any(|cell| !cell.words.is_empty() || cell.rows > 1) {
                continue;
            }
            self.rows.remove(index);
            for (above, row) in self.rows[..index].iter_mut().enumerate() {
                for cell in row.cells.iter_mut().filter(|cell| above + cell.rows > index) {
                    cell.rows -= 1;
                }
            }
        }
    }

    /// True where it has at least two columns and two rows that print something.
    pub fn is_table(&self) -> bool {
        let columns = self.rows.iter().map(PlacedRow::filled).max().unwrap_or(0);
        columns > 1 && self.rows.len() > 1
    }

    /// The finished block.
    pub fn into_block(self, joining: &Joining<'_>) -> Option<Block> {
        let widths = self.column_widths();
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut last = None;
        for row in &self.rows {
            let span = row.span().or(last)?;
            last = Some(span);
            let cells = row.cells.iter().map(|cell| cell.finish(joining, &widths)).collect::<Vec<_>>();
            let head = !row.cells.is_empty() && row.cells.iter().all(|cell| cell.head);
            rows.push(Row { cells, head, span });
        }
        let span = rows.iter().map(|row| row.span).reduce(Span::join)?;
        Some(Block::table(Table { caption: None, rows }, span))
    }

    /// Widest line of each column, by which a line that was broken for want of room is known.
    fn column_widths(&self) -> Vec<f32> {
        let mut widths = vec![0.0_f32; self.columns.len()];
        for cell in self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.columns == 1) {
            if let Some(width) = widths.get_mut(cell.column) {
                *width = width.max(cell.width());
            }
        }
        widths
    }
}

impl PlacedRow<'_> {
    /// Number of cells that print something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.words.is_empty()).count()
    }

    /// Its words and nothing else, by which a head that is repeated is known.
    pub fn text(&self) -> String {
        let cell = |cell: &PlacedCell<'_>| cell.words.iter().map(|word| word.text.as_str()).collect::<String>();
        self.cells.iter().map(cell).collect::<Vec<_>>().join("\t")
    }

    /// True where the cell that starts in this column prints something.
    pub fn prints(&self, column: usize) -> bool {
        self.cells.iter().any(|cell| cell.column == column && !cell.words.is_empty())
    }

    fn span(&self) -> Option<Span> {
        span(self.cells.iter().flat_map(|cell| cell.words.iter().copied()))
    }
}

impl PlacedCell<'_> {
    fn width(&self) -> f32 {
        Column::of(self.words.chunk_by(|a, b| a.line == b.line)).width
    }

    fn finish(&self, joining: &Joining<'_>, widths: &[f32]) -> Cell {
        let width = if self.columns == 1 { widths.get(self.column).copied() } else { None };
        let column = Column { width: width.unwrap_or_else(|| self.width()), keep_breaks: true };
        let small = |count: usize| u16::try_from(count.max(1)).unwrap_or(u16::MAX);
        let mut text = Rich::default();
        let ends = self.breaks.iter().copied().chain([self.words.len()]);
        let mut start = 0;
        for end in ends.filter(|end| *end <= self.words.len()) {
            text.push("\n", &joining.rich(&self.words[start..end.max(start)], column));
            start = end.max(start);
        }
        Cell { text, columns: small(self.columns), rows: small(self.rows), head: self.head }
    }
}

/// The lines on which words stand.
pub fn span<'w>(words: impl Iterator<Item = &'w Word>) -> Option<Span> {
    words.map(|word| Span::on_page(word.page, word.line, word.line)).reduce(Span::join)
}
