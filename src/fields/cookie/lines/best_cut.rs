//! The cells of a row whose columns stand one behind the other: where it is cut so that the sum of how well they fit is highest.

use std::ops::Range;

use super::fitness::SKIPPED;

/// Columns and the places between which a row can be cut.
pub trait Cuts {
    /// Number of columns.
    fn columns(&self) -> usize;
    /// Where a cell of a column ends at the latest that begins at a place.
    fn furthest(&self, column: usize, start: usize) -> usize;
    /// How well what stands between two places fits a column, about -1 to 2.
    fn fit(&self, column: usize, cell: &Range<usize>) -> f32;
}

/// The cells of the best cut of all that stands before the last place, one for each column; those that are missing are empty.
pub fn best_cut(last: usize, cuts: &impl Cuts) -> Vec<Range<usize>> {
    let mut best = vec![f32::MIN; last + 1];
    best[0] = 0.0;
    let mut starts: Vec<Vec<usize>> = Vec::with_capacity(cuts.columns());
    for column in 0..cuts.columns() {
        let mut next: Vec<f32> = best.iter().map(|sum| sum - SKIPPED).collect();
        let mut start_of: Vec<usize> = (0..=last).collect();
        for start in (0..last).filter(|start| best[*start] > f32::MIN) {
            for end in start + 1..=last.min(cuts.furthest(column, start)) {
                let sum = best[start] + cuts.fit(column, &(start..end));
                if sum > next[end] {
                    next[end] = sum;
                    start_of[end] = start;
                }
            }
        }
        best = next;
        starts.push(start_of);
    }
    cells(last, &starts)
}

/// The way back from the last place, by where each column's cell begins that ends at a place.
fn cells(last: usize, starts: &[Vec<usize>]) -> Vec<Range<usize>> {
    let mut end = last;
    let cell = |starts: &Vec<usize>| {
        let cell = starts[end]..end;
        end = cell.start;
        cell
    };
    let mut cells: Vec<Range<usize>> = starts.iter().rev().map(cell).collect();
    cells.reverse();
    cells
}

/// Rows that follow one another.
pub trait Flow: Cuts {
    /// False where no cell of a column begins.
    fn may_begin(&self, column: usize, start: usize) -> bool;
    /// True for the column without which there is no row.
    fn must_have(&self, column: usize) -> bool;
    /// True for the name of a group between rows.
    fn parts_groups(&self, words: &Range<usize>) -> bool;
    /// What a row must be worth.
    fn row_cost(&self) -> f32;
}

/// The name of a group reaches over at most so many places.
const LONGEST_GROUP: usize = 6;
/// What it costs that something else stands between two rows.
const GAP: f32 = 1.5;

/// The rows whose sum of how well their cells fit is highest, from the first place on; they may end before the last.
pub fn best_rows(last: usize, flow: &impl Flow) -> Vec<Vec<Range<usize>>> {
    let mut ways = Ways::new(last, flow.columns());
    for place in 0..=last {
        ways.skip(place, flow);
        ways.end_row(place, flow);
        ways.begin_row(place, flow);
        ways.skip(place, flow);
        for column in 0..flow.columns() {
            ways.take_cells(column, place, flow);
        }
    }
    ways.rows(flow)
}

/// The best ways to each place, by how many columns of a row stand before it.
struct Ways {
    last: usize,
    /// The sum of each, by column and place, and where its last cell begins.
    sums: Vec<Vec<f32>>,
    starts: Vec<Vec<usize>>,
    /// The sum of all rows up to one that ends there, and where the rows end that stand before one that begins there.
    ended: Vec<f32>,
    above: Vec<usize>,
    /// The best place so far where a row ends.
    best: usize,
}

impl Ways {
    fn new(last: usize, columns: usize) -> Self {
        let mut ended = vec![f32::MIN; last + 1];
        ended[0] = 0.0;
        let sums = vec![vec![f32::MIN; last + 1]; columns + 1];
        let starts = vec![(0..=last).collect(); columns + 1];
        Self { last, sums, starts, ended, above: vec![0; last + 1], best: 0 }
    }

    /// Leaves columns out whose cell is missing at a place.
    fn skip(&mut self, place: usize, flow: &impl Flow) {
        for column in (0..flow.columns()).filter(|column| !flow.must_have(*column)) {
            let sum = self.sums[column][place] - SKIPPED;
            self.reach(column + 1, place..place, sum);
        }
    }

    fn take_cells(&mut self, column: usize, start: usize, flow: &impl Flow) {
        let sum = self.sums[column][start];
        if sum == f32::MIN || start == self.last || !flow.may_begin(column, start) {
            return;
        }
        for end in start + 1..=self.last.min(flow.furthest(column, start)) {
            self.reach(column + 1, start..end, sum + flow.fit(column, &(start..end)));
        }
    }

    fn reach(&mut self, columns: usize, cell: Range<usize>, sum: f32) {
        if sum > self.sums[columns][cell.end] {
            self.sums[columns][cell.end] = sum;
            self.starts[columns][cell.end] = cell.start;
        }
    }

    fn end_row(&mut self, place: usize, flow: &impl Flow) {
        let sum = self.sums[flow.columns()][place];
        if place > 0 && sum > f32::MIN {
            self.ended[place] = sum - flow.row_cost();
        }
        if self.ended[place] > self.ended[self.best] {
            self.best = place;
        }
    }

    /// A row begins where the last one ends, behind the name of a group, or further on.
    fn begin_row(&mut self, place: usize, flow: &impl Flow) {
        let groups = (place.saturating_sub(LONGEST_GROUP)..place).filter(|end| self.ended[*end] > f32::MIN);
        let group = groups.filter(|end| flow.parts_groups(&(*end..place))).map(|end| (end, self.ended[end]));
        let next = [(place, self.ended[place]), (self.best, self.ended[self.best] - GAP)];
        let (above, sum) = next.into_iter().chain(group).fold((0, f32::MIN), |a, b| if b.1 > a.1 { b } else { a });
        self.above[place] = above;
        self.sums[0][place] = sum;
    }

    /// The way back from the best end.
    fn rows(&self, flow: &impl Flow) -> Vec<Vec<Range<usize>>> {
        let mut end = self.best;
        let mut rows = Vec::new();
        while end > 0 {
            let mut row = Vec::with_capacity(flow.columns());
            for columns in (1..=flow.columns()).rev() {
                let start = self.starts[columns][end];
                row.push(start..end);
                end = start;
            }
            row.reverse();
            rows.push(row);
            end = self.above[end];
        }
        rows.reverse();
        rows
    }
}
