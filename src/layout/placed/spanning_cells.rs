//! Cells that reach over several rows and are set in the middle of them, in tables without ruling lines: found by where they stand.
//! Knows nothing of what they say.

use std::collections::HashSet;
use std::ops::Range;

use super::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use super::word_lines::Word;

/// Farthest that two lines of one cell lie apart, in heights of the font.
const PITCH: f32 = 1.35;

/// Farthest from the middle of its rows that a cell stands, in parts of the distance of two rows. One row more or less moves the middle
/// by half of that distance.
const OFF: f32 = 0.24;

/// White space that a row of its own takes beyond the usual, in heights of it.
const ROOM: f32 = 0.7;

/// What it costs to take a cell of the first column for a heading of the rows below it.
const HEADING: f32 = 1.0;

/// What it costs to leave a row without the cell.
const WITHOUT: f32 = 1.5;

/// Nearer than this two lines of a column are no cells of two rows, in distances of the rows.
const STRADDLES: f32 = 0.92;

/// Most rows of a table that are looked at.
const MAX_ROWS: usize = 400;

/// Most rows that a cell may reach over.
const MAX_SPAN: usize = 40;

/// Gives the cells of each column that are set in the middle of several rows those rows. The first `head` rows are the head.
pub(super) fn span_rows(table: &mut PlacedTable<'_>, head: usize) {
    if table.columns.len() < 3 || !(3 + head..MAX_ROWS).contains(&table.rows.len()) {
        return;
    }
    for column in 0..table.columns.len() {
        if let Some(groups) = Column::of(table, column, head).and_then(|column| column.groups()) {
            put_into_rows(table, column, groups);
        }
    }
}

/// A column of a table, and the rows beside it.
struct Column<'w> {
    /// True for the first column, in which headings stand too.
    first: bool,
    rows: Vec<Extent>,
    items: Vec<Item<'w>>,
    /// The usual distance of two rows.
    pitch: f32,
    /// The usual white space between two rows.
    gap: f32,
}

/// What a row that prints something beside the column covers.
#[derive(Debug, Clone, Copy)]
struct Extent {
    index: usize,
    top: f32,
    bottom: f32,
}

/// What stands in the column, line by line.
#[derive(Debug, Clone, PartialEq)]
struct Item<'w> {
    words: Vec<&'w Word>,
    top: f32,
    bottom: f32,
    /// True where one of its lines is also that of a row.
    within: bool,
}

impl Item<'_> {
    fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }
}

/// An item and the rows that it reaches over.
#[derive(Debug, Clone, PartialEq)]
struct Group<'w> {
    item: Item<'w>,
    /// Number of rows.
    count: usize,
    /// Those rows in the table, with the rows between them that print nothing but the item.
    rows: Range<usize>,
}

impl<'w> Column<'w> {
    fn of(table: &PlacedTable<'w>, column: usize, head: usize) -> Option<Self> {
        let body = || table.rows.iter().enumerate().skip(head);
        let plain =
            body().all(|(_, row)| row.cells.iter().all(|cell| cell.columns == 1 && cell.rows == 1) || is_label(row));
        let one_page = |words: &[&Word]| words.windows(2).all(|pair| pair[0].page == pair[1].page);
        let words: Vec<&'w Word> =
            body().flat_map(|(_, row)| &row.cells).flat_map(|cell| cell.words.iter().copied()).collect();
        let beside = |row: &PlacedRow<'w>| {
            row.cells.iter().filter(|cell| cell.column != column && !cell.words.is_empty()).count()
        };
        let rows: Vec<Extent> =
            body().filter(|(_, row)| beside(row) > 1).map(|(index, row)| extent(index, row, column)).collect();
        let blank = rows.iter().any(|extent| !table.rows[extent.index].prints(column));
        if !plain || !one_page(&words) || !blank || rows.len() < 3 {
            return None;
        }
        let mut steps: Vec<f32> = rows.windows(2).map(|pair| pair[1].middle() - pair[0].middle()).collect();
        let pitch = *steps.select_nth_unstable_by((rows.len() - 1) / 4, f32::total_cmp).1;
        let mut gaps: Vec<f32> = rows.windows(2).map(|pair| pair[1].top - pair[0].bottom).collect();
        let gap = *gaps.select_nth_unstable_by((rows.len() - 1) / 4, f32::total_cmp).1;
        let items = items(table, column, head, &rows)?;
        Some(Self { first: column == 0, rows, items, pitch, gap })
    }

    /// The items that reach over several rows, where all that stands in the column can be explained so.
    fn groups(&self) -> Option<Vec<Group<'w>>> {
        // By number of rows and of items that are explained: the least cost, and the number of rows that the last step took.
        let (rows, items) = (self.rows.len(), self.items.len());
        let mut ways = vec![vec![None::<Way>; items + 1]; rows + 1];
        ways[0][0] = Some(Way::default());
        for row in 0..=rows {
            for item in 0..=items {
                let Some(cost) = ways[row][item].map(|way| way.cost) else { continue };
                for (step, price) in self.steps(row, item) {
                    let next = &mut ways[row + step.rows()][item + step.items()];
                    if next.is_none_or(|way| cost + price < way.cost) {
                        *next = Some(Way { cost: cost + price, step: Some(step) });
                    }
                }
            }
        }
        let groups = self.retrace(&ways)?;
        let several = || groups.iter().filter(|group| group.count > 1);
        let explained = groups.iter().map(|group| group.count).sum::<usize>() == rows;
        // An item between the lines of its rows is in the middle beyond doubt; else a blank cell may be blank.
        let between = several().any(|group| !group.item.within);
        (between || several().count() > 1 && explained).then_some(groups)
    }

    /// The ways to go on behind so many rows and items.
    fn steps(&self, row: usize, item: usize) -> Vec<(Step, f32)> {
        let mut steps = Vec::new();
        if row < self.rows.len() {
            steps.push((Step::Without, WITHOUT));
        }
        let Some(item) = self.items.get(item) else { return steps };
        if self.first && self.is_row_before(item, row) {
            steps.push((Step::Heading, HEADING));
        }
        for count in 1..=MAX_SPAN.min(self.rows.len() - row) {
            let middle = (self.rows[row].top + self.rows[row + count - 1].bottom) / 2.0;
            let off = (middle - item.middle()) / self.pitch;
            // Each row more lowers the middle.
            if off > OFF {
                break;
            }
            let alone = || (row + 1..row + count).any(|within| self.is_row_before(item, within));
            if off >= -OFF && !alone() {
                steps.push((Step::Over(count), off.abs()));
            }
        }
        steps
    }

    /// True for an item with room for a row of its own before a row.
    fn is_row_before(&self, item: &Item<'_>, row: usize) -> bool {
        let above = row.checked_sub(1).map(|above| self.rows[above].bottom);
        let below = self.rows.get(row).map(|below| below.top);
        let between =
            above.is_none_or(|above| above <= item.top + 1.0) && below.is_none_or(|below| item.bottom <= below + 1.0);
        let room =
            above.zip(below).is_none_or(|(above, below)| below - above > self.gap + (item.bottom - item.top) * ROOM);
        !item.within && between && room
    }

    fn retrace(&self, ways: &[Vec<Option<Way>>]) -> Option<Vec<Group<'w>>> {
        let (mut row, mut item) = (self.rows.len(), self.items.len());
        let mut groups = Vec::new();
        while let Some(step) = ways[row][item]?.step {
            (row, item) = (row - step.rows(), item - step.items());
            if let Step::Over(count) = step {
                let rows = self.rows[row].index..self.rows[row + count - 1].index + 1;
                groups.push(Group { item: self.items[item].clone(), count, rows });
            }
        }
        groups.reverse();
        Some(groups)
    }
}

impl Extent {
    fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }
}

/// How the rows and items of a column are explained up to some place.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    cost: f32,
    step: Option<Step>,
}

/// A row, or an item, or both, that are explained at once.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A row has no cell in this column.
    Without,
    /// An item stands over the rows below it.
    Heading,
    /// An item reaches over so many rows.
    Over(usize),
}

impl Step {
    fn rows(self) -> usize {
        match self {
            Self::Without => 1,
            Self::Heading => 0,
            Self::Over(count) => count,
        }
    }

    fn items(self) -> usize {
        usize::from(!matches!(self, Self::Without))
    }
}

fn is_label(row: &PlacedRow<'_>) -> bool {
    row.cells.len() == 1
}

fn extent(index: usize, row: &PlacedRow<'_>, column: usize) -> Extent {
    let words = || row.cells.iter().filter(|cell| cell.column != column).flat_map(|cell| &cell.words);
    let top = words().map(|word| word.area().y0).fold(f32::MAX, f32::min);
    let bottom = words().map(|word| word.area().y1).fold(f32::MIN, f32::max);
    Extent { index, top, bottom }
}

/// What stands in a column below the head; none where its lines are no farther apart than the lines of one cell may be.
fn items<'w>(table: &PlacedTable<'w>, column: usize, head: usize, rows: &[Extent]) -> Option<Vec<Item<'w>>> {
    let near = rows.windows(2).any(|pair| pair[1].middle() - pair[0].middle() < size(table) * PITCH);
    let cells = table.rows.iter().enumerate().skip(head);
    let own = |(index, row): (usize, &PlacedRow<'w>)| {
        let cell = row.cells.iter().find(|cell| cell.column == column).filter(|cell| !cell.words.is_empty())?;
        let within = rows.iter().any(|extent| extent.index == index);
        let top = cell.words.iter().map(|word| word.area().y0).fold(f32::MAX, f32::min);
        let bottom = cell.words.iter().map(|word| word.area().y1).fold(f32::MIN, f32::max);
        Some(Item { words: cell.words.clone(), top, bottom, within })
    };
    let mut items: Vec<Item<'w>> = Vec::new();
    for item in cells.filter_map(own) {
        let beside = |last: &Item<'w>| baseline(&item, false) - baseline(last, true) <= size(table) * PITCH;
        let goes_on =
            |last: &Item<'w>| beside(last) && ((!last.within && !item.within) || straddles(last, &item, rows));
        match items.last_mut().filter(|last| goes_on(last)) {
            Some(last) => {
                last.words.extend(item.words);
                last.bottom = item.bottom;
                last.within = false;
            }
            None => items.push(item),
        }
    }
    (!near).then_some(items)
}

/// True for two lines that stand nearer to one another than the rows that they were taken into: one cell, between the two.
fn straddles(last: &Item<'_>, item: &Item<'_>, rows: &[Extent]) -> bool {
    let row_of = |item: &Item<'_>| rows.iter().find(|row| row.top <= item.middle() && item.middle() <= row.bottom);
    let one_line = |item: &Item<'_>| baseline(item, true) - baseline(item, false) < 1.0;
    let (Some(above), Some(below)) = (row_of(last), row_of(item)) else { return false };
    let distance = baseline(item, false) - baseline(last, true);
    let next = above.index < below.index && below.index - above.index <= 1;
    last.within
        && item.within
        && next
        && one_line(last)
        && one_line(item)
        && distance < (below.middle() - above.middle()) * STRADDLES
}

fn baseline(item: &Item<'_>, last: bool) -> f32 {
    let word = if last { item.words.last() } else { item.words.first() };
    word.map_or(0.0, |word| word.y)
}

fn size(table: &PlacedTable<'_>) -> f32 {
    let words = table.rows.iter().skip(1).flat_map(|row| &row.cells).flat_map(|cell| &cell.words);
    words.map(|word| word.size).fold(f32::MAX, f32::min)
}

/// Gives each group its cell, in the first of its rows; rows that printed nothing but it are no rows.
fn put_into_rows<'w>(table: &mut PlacedTable<'w>, column: usize, groups: Vec<Group<'w>>) {
    let groups: Vec<Group<'w>> = groups.into_iter().filter(|group| group.count > 1).collect();
    // A cell of many lines may begin above its rows and end below them.
    let moved: HashSet<*const Word> =
        groups.iter().flat_map(|group| &group.item.words).map(|word| std::ptr::from_ref(*word)).collect();
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.column == column) {
        cell.words.retain(|word| !moved.contains(&std::ptr::from_ref(*word)));
    }
    for Group { item, rows, .. } in groups {
        table.rows[rows.clone()].iter_mut().for_each(|row| row.cells.retain(|cell| cell.column != column));
        let first = &mut table.rows[rows.start].cells;
        let place = first.partition_point(|other| other.column < column);
        let cell = PlacedCell { column, columns: 1, rows: rows.len(), words: item.words, ..PlacedCell::default() };
        first.insert(place, cell);
    }
    table.drop_blank_rows();
}
