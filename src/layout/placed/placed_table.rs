//! A table whose cells hold words with their places: what ruling lines and gutters yield, before it becomes a block.

use std::collections::HashMap;

use super::glyph::Area;
use super::ruled_table::Grid;
use super::word_joins::{Breaks, Joining, LineRoom};
use super::word_lines::Word;
use crate::block::{Block, Cell, Rich, Row, Table};
use crate::text::Span;

/// Room beyond the widest line of a column that no margin explains, in heights of the font.
const SPARE: f32 = 2.0;

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
    /// True where its lines are broken where those of the page are.
    pub flows: bool,
    /// Room that its borders leave for a line; none where there are no borders.
    pub room: Option<f32>,
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
        let margins = margins(grid, &filled);
        for (cell, words) in grid.cells.iter().zip(filled) {
            let width = grid.xs[cell.column + cell.columns] - grid.xs[cell.column];
            let placed = PlacedCell {
                column: cell.column,
                columns: cell.columns,
                rows: cell.rows,
                words,
                breaks: Vec::new(),
                head: false,
                flows: false,
                room: Some(width - margins[cell.column] * 2.0),
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
        self.rows.len() > 1 && self.has_columns()
    }

    /// True where some row prints something in at least two columns.
    pub fn has_columns(&self) -> bool {
        self.rows.iter().any(|row| row.filled() > 1)
    }

    /// The finished block.
    pub fn into_block(self, joining: &Joining<'_>) -> Option<Block> {
        let widths = self.column_widths();
        let mut rows = Vec::with_capacity(self.rows.len());
        // A row of nothing but merged cells stands where the row before it does, the first one where the next does.
        let mut last = self.rows.iter().find_map(PlacedRow::span)?;
        for row in &self.rows {
            let span = row.span().unwrap_or(last);
            last = span;
            let cells = row.cells.iter().map(|cell| cell.finish(joining, &widths)).collect::<Vec<_>>();
            let head = !row.cells.is_empty() && row.cells.iter().all(|cell| cell.head);
            rows.push(Row { cells, head, span });
        }
        let span = rows.iter().map(|row| row.span).reduce(Span::join)?;
        Some(Block::table(Table { rows, ..Table::default() }, span))
    }

    /// Widest line of each column, by which a line that was broken for want of room is known.
    fn column_widths(&self) -> ColumnWidths {
        let mut widths = ColumnWidths::default();
        for cell in self.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.columns == 1) {
            widths.add(cell);
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

/// The widest lines of a table's columns.
#[derive(Debug, Default)]
struct ColumnWidths {
    /// By column and page.
    pages: HashMap<(usize, u32), f32>,
    /// By column, page and left edge: cells of one column may keep different margins. With the number of cells.
    edges: HashMap<(usize, u32, i32), (f32, usize)>,
}

impl ColumnWidths {
    fn add(&mut self, cell: &PlacedCell<'_>) {
        for words in cell.words.chunk_by(|a, b| a.page == b.page) {
            let width = width(words);
            let page = self.pages.entry((cell.column, words[0].page)).or_default();
            *page = page.max(width);
            let edge = self.edges.entry((cell.column, words[0].page, left_edge(words))).or_default();
            *edge = (edge.0.max(width), edge.1 + 1);
        }
    }

    /// Room of a cell, by the cells that are set like it.
    fn of(&self, cell: &PlacedCell<'_>) -> f32 {
        let Some(page) = cell.words.first().map(|word| word.page) else { return 0.0 };
        let edge = self.edges.get(&(cell.column, page, left_edge(&cell.words))).filter(|(_, cells)| *cells > 2);
        let widest = edge.map(|(width, _)| *width).or_else(|| self.pages.get(&(cell.column, page)).copied());
        let widest = widest.filter(|_| cell.columns == 1).unwrap_or_else(|| width(&cell.words));
        // Lines that all end well before the border were not broken for want of room.
        let size = cell.words.first().map_or(0.0, |word| word.size);
        cell.room.filter(|room| *room > widest + size * SPARE).unwrap_or(widest)
    }
}

/// Space between the left border of each column and the nearest word in it.
fn margins(grid: &Grid, filled: &[Vec<&Word>]) -> Vec<f32> {
    let mut margins = vec![f32::MAX; grid.xs.len()];
    for (cell, words) in grid.cells.iter().zip(filled) {
        let margin = &mut margins[cell.column];
        *margin = words.iter().map(|word| word.x - grid.xs[cell.column]).fold(*margin, f32::min);
    }
    margins.iter().map(|margin| if *margin == f32::MAX { 0.0 } else { margin.max(0.0) }).collect()
}

/// Widest line.
fn width(words: &[&Word]) -> f32 {
    LineRoom::of(words.chunk_by(|a, b| a.line == b.line)).width
}

/// Left edge in steps of 3 points.
fn left_edge(words: &[&Word]) -> i32 {
    (words.iter().map(|word| word.x).fold(f32::MAX, f32::min) / 3.0).round() as i32
}

impl PlacedCell<'_> {
    fn finish(&self, joining: &Joining<'_>, widths: &ColumnWidths) -> Cell {
        let breaks = if self.flows { Breaks::None } else { Breaks::Stretches };
        let column = LineRoom { width: widths.of(self), breaks };
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
