//! Grids from ruling lines: which lines belong together, which cells they enclose, which cells are merged.
//!
//! Strokes and thin filled boxes count alike. A side that is not drawn ends where the crossing lines end.

use std::collections::BTreeSet;
use std::ops::Range;

use super::glyph::{Area, Rule};
use super::word_lines::Word;

/// A grid of cells on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Edges of its columns, from left to right.
    pub xs: Vec<f32>,
    /// Edges of its rows, from top to bottom.
    pub ys: Vec<f32>,
    /// Its cells, by row and column; each slot of the grid belongs to exactly one.
    pub cells: Vec<GridCell>,
    /// Index of the cell that each slot belongs to, row by row.
    owners: Vec<usize>,
}

/// A cell of a grid: a rectangle of slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GridCell {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows that it covers.
    pub rows: usize,
    /// Columns that it covers.
    pub columns: usize,
}

/// Lines nearer than this are one: the two sides of a border, the gap between two cells.
const NEAR: f32 = 3.0;

/// Most slots of a grid.
const MAX_SLOTS: usize = 200_000;

/// Most pairs of lines that are compared on a page.
const MAX_PAIRS: usize = 4_000_000;

/// Most grids of a page.
const MAX_GRIDS: usize = 500;

/// A line by its place across and its stretch along its direction.
#[derive(Debug, Clone, Copy)]
struct Line {
    place: f32,
    from: f32,
    to: f32,
}

/// Shortest horizontal line that can part the rows of a table without vertical ones, in points.
const MIN_LEVEL: f32 = 60.0;

/// Levels of the horizontal lines of a page that belong to none of its grids, from top to bottom.
pub fn free_levels(rules: &[Rule], grids: &[Grid]) -> Vec<f32> {
    let across = rules.iter().filter(|rule| rule.is_horizontal());
    let lines = merge(across.map(|r| Line { place: r.y0, from: r.x0, to: r.x1 }));
    let inside = |line: &Line| {
        let middle = (line.from + line.to) / 2.0;
        grids.iter().any(|grid| grid.xs.len() > 2 && grid.area().holds(middle, line.place))
    };
    lines.iter().filter(|line| line.to - line.from > MIN_LEVEL && !inside(line)).map(|line| line.place).collect()
}

/// The grids of a page, from top to bottom.
pub fn grids(rules: &[Rule]) -> Vec<Grid> {
    let across = |rule: &&Rule| rule.is_horizontal();
    let horizontal = merge(rules.iter().filter(across).map(|r| Line { place: r.y0, from: r.x0, to: r.x1 }));
    let vertical =
        merge(rules.iter().filter(|r| !r.is_horizontal()).map(|r| Line { place: r.x0, from: r.y0, to: r.y1 }));
    let mut grids: Vec<Grid> = components(&horizontal, &vertical)
        .into_iter()
        .filter_map(|(horizontal, vertical)| Grid::of(&horizontal, &vertical))
        .flat_map(Grid::unstacked)
        .collect();
    grids.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]).then(a.xs[0].total_cmp(&b.xs[0])));
    grids.truncate(MAX_GRIDS);
    grids
}

impl Grid {
    /// The area that it covers.
    pub fn area(&self) -> Area {
        let end = |edges: &[f32]| edges.last().copied().unwrap_or_default();
        Area { x0: self.xs[0], y0: self.ys[0], x1: end(&self.xs), y1: end(&self.ys) }
    }

    /// Index of the cell in which a word's middle lies.
    pub fn cell_of(&self, word: &Word) -> Option<usize> {
        let (x, y) = word.middle();
        if !self.area().holds(x, y) {
            return None;
        }
        let slot = |edges: &[f32], at: f32| edges.partition_point(|edge| *edge <= at).clamp(1, edges.len() - 1) - 1;
        let (row, column) = (slot(&self.ys, y), slot(&self.xs, x));
        self.owners.get(row * (self.xs.len() - 1) + column).copied()
    }

    fn new(xs: Vec<f32>, ys: Vec<f32>, cells: Vec<GridCell>) -> Self {
        let columns = xs.len() - 1;
        let mut owners = vec![0; columns * (ys.len() - 1)];
        for (index, cell) in cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.rows {
                owners[row * columns + cell.column..][..cell.columns].fill(index);
            }
        }
        Self { xs, ys, cells, owners }
    }

    fn of(horizontal: &[Line], vertical: &[Line]) -> Option<Self> {
        let xs = edges(vertical, horizontal);
        let ys = edges(horizontal, vertical);
        let (rows, columns) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
        if rows == 0 || columns == 0 || rows.checked_mul(columns)? > MAX_SLOTS {
            return None;
        }
        let mut slots = Sets::new(rows * columns);
        let right = borders(vertical, &xs, &ys);
        let below = borders(horizontal, &ys, &xs);
        for row in 0..rows {
            for column in 0..columns {
                let slot = row * columns + column;
                if column + 1 < columns && !right[(column + 1) * rows + row] {
                    slots.join(slot, slot + 1);
                }
                if row + 1 < rows && !below[(row + 1) * columns + column] {
                    slots.join(slot, slot + columns);
                }
            }
        }
        let cells = cells(&mut slots, rows, columns);
        (cells.len() > 1).then(|| Self::new(xs, ys, cells).compacted())
    }

    /// The tables that stand on one another without a gap: where a line runs all the way across and no column below it goes on
    /// with one above it, another table begins.
    fn unstacked(self) -> Vec<Self> {
        let mut starts = vec![0];
        let mut inner: BTreeSet<usize> = BTreeSet::new();
        let mut blank_since = None;
        for row in 0..self.ys.len() - 1 {
            let own: BTreeSet<usize> =
                self.cells.iter().filter(|cell| cell.row == row && cell.column > 0).map(|cell| cell.column).collect();
            let crossed = self.cells.iter().any(|cell| cell.row < row && cell.row + cell.rows > row);
            if own.is_empty() {
                blank_since = blank_since.filter(|_| !crossed).or(Some(row));
                continue;
            }
            let first = blank_since.take().unwrap_or(row);
            if !crossed && !inner.is_empty() && inner.is_disjoint(&own) {
                starts.push(first);
                inner.clear();
            }
            inner.extend(own);
        }
        if starts.len() == 1 {
            return vec![self];
        }
        let ends = starts[1..].iter().copied().chain([self.ys.len() - 1]);
        starts.iter().zip(ends).map(|(start, end)| self.rows(*start..end)).collect()
    }

    /// Some of its rows as a grid.
    fn rows(&self, rows: Range<usize>) -> Self {
        let cells = self.cells.iter().filter(|cell| rows.contains(&cell.row));
        let cells = cells.map(|cell| GridCell { row: cell.row - rows.start, ..*cell }).collect();
        Self::new(self.xs.clone(), self.ys[rows.start..=rows.end].to_vec(), cells).compacted()
    }

    /// Leaves out the edges at which no cell starts.
    fn compacted(self) -> Self {
        let starts = |of: fn(&GridCell) -> usize, length: usize| {
            let mut starts = vec![false; length];
            self.cells.iter().for_each(|cell| starts[of(cell)] = true);
            starts
        };
        let rows = starts(|cell| cell.row, self.ys.len());
        let columns = starts(|cell| cell.column, self.xs.len());
        let kept = |edges: &[f32], starts: &[bool]| {
            let last = edges.len() - 1;
            (0..=last).filter(|&i| starts[i] || i == last).map(|i| edges[i]).collect()
        };
        let rank = |starts: &[bool], at: usize| starts[..at].iter().filter(|start| **start).count();
        let renumber = |cell: &GridCell| {
            let (row, column) = (rank(&rows, cell.row), rank(&columns, cell.column));
            let (below, right) = (rank(&rows, cell.row + cell.rows), rank(&columns, cell.column + cell.columns));
            GridCell { row, column, rows: below - row, columns: right - column }
        };
        let cells = self.cells.iter().map(renumber).collect();
        Self::new(kept(&self.xs, &columns), kept(&self.ys, &rows), cells)
    }
}

/// Joins the pieces of one line: those that lie on one level and touch.
fn merge(lines: impl Iterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.collect();
    lines.sort_by(|a, b| a.place.total_cmp(&b.place).then(a.from.total_cmp(&b.from)));
    let mut merged: Vec<Line> = Vec::new();
    let mut level_start = 0;
    while level_start < lines.len() {
        let level = lines[level_start].place;
        // At least this line, even where its place is beyond all numbers.
        let length = lines[level_start..].partition_point(|line| line.place - level <= NEAR * 0.7).max(1);
        let on_level = &mut lines[level_start..level_start + length];
        on_level.sort_by(|a, b| a.from.total_cmp(&b.from));
        for line in on_level.iter() {
            match merged.last_mut() {
                Some(last) if last.place == level && line.from - last.to <= NEAR => last.to = last.to.max(line.to),
                _ => merged.push(Line { place: level, ..*line }),
            }
        }
        level_start += length;
    }
    merged
}

/// Sets of lines that touch or cross one another.
fn components(horizontal: &[Line], vertical: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut sets = Sets::new(horizontal.len() + vertical.len());
    let mut pairs = 0;
    for (index, line) in vertical.iter().enumerate() {
        let first = horizontal.partition_point(|other| other.place < line.from - NEAR);
        for (offset, other) in horizontal[first..].iter().enumerate() {
            pairs += 1;
            if other.place > line.to + NEAR || pairs > MAX_PAIRS {
                break;
            }
            if other.from - NEAR <= line.place && line.place <= other.to + NEAR {
                sets.join(first + offset, horizontal.len() + index);
            }
        }
    }
    let mut members = std::collections::BTreeMap::<usize, (Vec<Line>, Vec<Line>)>::new();
    for (index, line) in horizontal.iter().enumerate() {
        members.entry(sets.find(index)).or_default().0.push(*line);
    }
    for (index, line) in vertical.iter().enumerate() {
        members.entry(sets.find(horizontal.len() + index)).or_default().1.push(*line);
    }
    members.into_values().filter(|(horizontal, vertical)| horizontal.len() + vertical.len() > 2).collect()
}

/// Levels at which lines lie or crossing lines end.
fn edges(lines: &[Line], crossing: &[Line]) -> Vec<f32> {
    let ends = crossing.iter().flat_map(|line| [line.from, line.to]);
    let mut places: Vec<f32> = lines.iter().map(|line| line.place).chain(ends).collect();
    places.sort_by(f32::total_cmp);
    let mut edges: Vec<f32> = Vec::new();
    for place in places {
        if edges.last().is_none_or(|last| place - last > NEAR) {
            edges.push(place);
        }
    }
    edges
}

/// For each edge and each stretch between two crossing edges, whether a line runs along it.
fn borders(lines: &[Line], edges: &[f32], crossing: &[f32]) -> Vec<bool> {
    let stretches = crossing.len() - 1;
    let mut drawn = vec![false; edges.len() * stretches];
    for line in lines {
        let edge = edges.partition_point(|edge| *edge <= line.place + 0.01).max(1) - 1;
        let first = crossing.partition_point(|at| *at < line.from - NEAR);
        for stretch in first..stretches {
            let middle = (crossing[stretch] + crossing[stretch + 1]) / 2.0;
            if middle > line.to {
                break;
            }
            drawn[edge * stretches + stretch] |= middle >= line.from;
        }
    }
    drawn
}

/// The rectangles that joined slots make; a shape that is no rectangle falls apart into its slots.
fn cells(slots: &mut Sets, rows: usize, columns: usize) -> Vec<GridCell> {
    let mut boxes = std::collections::BTreeMap::<usize, (usize, usize, usize, usize, usize)>::new();
    for slot in 0..rows * columns {
        let (row, column) = (slot / columns, slot % columns);
        let entry = boxes.entry(slots.find(slot)).or_insert((row, column, row, column, 0));
        entry.0 = entry.0.min(row);
        entry.1 = entry.1.min(column);
        entry.2 = entry.2.max(row);
        entry.3 = entry.3.max(column);
        entry.4 += 1;
    }
    let mut cells = Vec::new();
    for slot in 0..rows * columns {
        let (row, column) = (slot / columns, slot % columns);
        let (top, left, bottom, right, size) = boxes[&slots.find(slot)];
        let whole = (bottom - top + 1) * (right - left + 1) == size;
        if !whole {
            cells.push(GridCell { row, column, rows: 1, columns: 1 });
        } else if (row, column) == (top, left) {
            cells.push(GridCell { row, column, rows: bottom - top + 1, columns: right - left + 1 });
        }
    }
    cells
}

/// Disjoint sets.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(length: usize) -> Self {
        Self { parents: (0..length).collect() }
    }

    fn find(&mut self, mut member: usize) -> usize {
        while self.parents[member] != member {
            self.parents[member] = self.parents[self.parents[member]];
            member = self.parents[member];
        }
        member
    }

    /// The smaller root wins, so that the result does not depend on the order of joining.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(y: f32, x0: f32, x1: f32) -> Rule {
        Rule { x0, y0: y, x1, y1: y }
    }

    fn down(x: f32, y0: f32, y1: f32) -> Rule {
        Rule { x0: x, y0, x1: x, y1 }
    }

    #[test]
    fn crossing_lines_make_cells_even_where_the_outer_sides_are_not_drawn() {
        let rules =
            [across(0.0, 0.0, 100.0), across(20.0, 0.0, 100.0), across(40.0, 0.0, 100.0), down(50.0, 0.0, 40.0)];
        let grids = grids(&rules);
        assert_eq!(grids.len(), 1);
        assert_eq!((grids[0].xs.len(), grids[0].ys.len(), grids[0].cells.len()), (3, 3, 4));
    }

    #[test]
    fn a_line_that_is_missing_merges_the_cells_beside_it() {
        let mut rules = vec![across(0.0, 0.0, 100.0), across(20.0, 50.0, 100.0), across(40.0, 0.0, 100.0)];
        rules.extend([down(0.0, 0.0, 40.0), down(50.0, 0.0, 40.0), down(100.0, 0.0, 40.0)]);
        let grid = &grids(&rules)[0];
        assert_eq!(grid.cells[0], GridCell { row: 0, column: 0, rows: 2, columns: 1 });
        assert_eq!(grid.cells.len(), 3);
    }

    #[test]
    fn boxes_drawn_cell_by_cell_are_one_grid() {
        let mut rules = Vec::new();
        for (x, y) in [(0.0, 0.0), (51.5, 0.0), (0.0, 21.5), (51.5, 21.5)] {
            rules.extend([across(y, x, x + 50.0), across(y + 20.0, x, x + 50.0)]);
            rules.extend([down(x, y, y + 20.0), down(x + 50.0, y, y + 20.0)]);
        }
        let grids = grids(&rules);
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].cells.len(), 4);
    }

    #[test]
    fn tables_that_stand_on_one_another_are_two() {
        let mut rules: Vec<Rule> = (0..=4).map(|row| across(20.0 * row as f32, 0.0, 100.0)).collect();
        rules.extend([down(0.0, 0.0, 80.0), down(100.0, 0.0, 80.0), down(30.0, 0.0, 40.0), down(60.0, 40.0, 80.0)]);
        let grids = grids(&rules);
        assert_eq!(
            grids.iter().map(|grid| grid.xs.clone()).collect::<Vec<_>>(),
            [[0.0, 30.0, 100.0], [0.0, 60.0, 100.0]]
        );
        assert_eq!((grids[0].ys.len(), grids[1].ys[0]), (3, 40.0));
    }

    #[test]
    fn lines_beyond_all_numbers_are_no_hang() {
        let far = [f32::INFINITY, f32::NEG_INFINITY, f32::NAN];
        let rules: Vec<Rule> = far.iter().flat_map(|at| [across(*at, 0.0, 9.0), down(*at, 0.0, 9.0)]).collect();
        assert!(grids(&rules).is_empty());
    }

    #[test]
    fn a_lone_box_and_an_underline_are_no_grid() {
        let rules = [across(0.0, 0.0, 100.0), across(40.0, 0.0, 100.0), down(0.0, 0.0, 40.0), down(100.0, 0.0, 40.0)];
        assert!(grids(&rules).is_empty());
        assert!(grids(&[across(10.0, 5.0, 60.0)]).is_empty());
    }
}
