//! Which printed lines of a table make up one row, where only position tells: cells that go on below, set at the top or in the
//! middle of their row.
//!
//! Every way to cut the lines into rows has a cost: a row without a name, a cell that is not set as the others are, a hole in a
//! cell, a sentence cut in two, two names in one row. The cheapest cut is taken, by dynamic programming over the lines, so that
//! no single sign (a blank line, a small letter) decides alone.

use super::columns::Columns;
use super::grid::GridRow;
use super::wrap::{NameColumn, is_broken_name, join_lines};
use crate::block::Rich;
use crate::lexicon::Field;
use crate::value::{duration, host, name};

/// A row has at most this many lines.
const TALLEST: usize = 60;
/// A row that names nothing.
const NAMELESS: f32 = 3.0;
/// A row that prints nothing beside its name.
const LONE_NAME: f32 = 0.7;
/// A sentence that goes on in the next row.
const CUT_SENTENCE: f32 = 1.2;
/// A name that fills its column and may go on in the next row.
const CUT_NAME: f32 = 0.6;
/// A line that goes on below although the next word had room in it.
const EARLY_END: f32 = 0.4;
/// A hole in a cell, for each line of it.
const HOLE: f32 = 1.0;
/// A blank line inside a row, or none before it where others have one.
const BLANK_LINE: f32 = 1.5;
/// A name that another row would begin with.
const SECOND_NAME: f32 = 1.0;

/// The rows of a table whose rows are printed lines.
pub(super) fn printed_rows(columns: &Columns, lines: Vec<GridRow>) -> Vec<GridRow> {
    let name = columns.column(Field::Name).unwrap_or(0);
    let page = Page::new(&lines, columns, name);
    let [top, middle, upper] =
        [Setting::Top, Setting::Middle, Setting::UpperMiddle].map(|setting| page.cheapest(setting));
    let middle = if upper.cost < middle.cost { upper } else { middle };
    // Text set at the top is the rule: the middle must be clearly the better reading.
    let best = if middle.cost + 1.0 < top.cost { middle } else { top };
    let names = Some(NameColumn::of(&lines, name));
    let ends = best.starts.iter().skip(1).copied().chain([lines.len()]);
    best.starts.iter().zip(ends).map(|(start, end)| join_lines(&lines[*start..end], names)).collect()
}

/// Where in its row a cell that is shorter than the row stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Setting {
    Top,
    Middle,
    /// In the middle; where that is between two lines, on the upper one, as text browsers set it.
    UpperMiddle,
}

/// A way to cut the lines into rows.
#[derive(Debug)]
struct Cut {
    cost: f32,
    /// First line of each row.
    starts: Vec<usize>,
}

/// The lines and what is known of each place between two of them.
struct Page<'a> {
    lines: &'a [GridRow],
    name: usize,
    places: Vec<Place>,
}

/// What speaks against, or for, a row that begins with a line; and against a line that goes on a row.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    begins: f32,
    goes_on: f32,
    /// The same for a row that has a name already.
    names_again: f32,
}

impl<'a> Page<'a> {
    fn new(lines: &'a [GridRow], columns: &Columns, name: usize) -> Self {
        let gaps = gaps(lines);
        let shapes = column_shapes(lines, name);
        let parted = gaps.iter().filter(|gap| **gap > 0).count() * 6 >= lines.len();
        let duration = columns.column(Field::Duration);
        let place = |index: usize| {
            let cut = cut_sentences(lines, index, name, &shapes);
            let gap = gaps[index] > 0;
            let begins = cut + if parted && !gap { BLANK_LINE } else { 0.0 };
            let blank = if gap { BLANK_LINE } else { 0.0 };
            let names_again = second_name(lines, index, name, duration);
            Place { begins, goes_on: blank + early_ends(lines, index, name, &shapes), names_again }
        };
        Self { lines, name, places: (0..lines.len()).map(place).collect() }
    }

    /// The cheapest cut for one setting.
    fn cheapest(&self, setting: Setting) -> Cut {
        let count = self.lines.len();
        let mut costs = vec![f32::INFINITY; count + 1];
        let mut from = vec![0; count + 1];
        costs[0] = 0.0;
        for start in 0..count {
            let mut row = RowShape::new(self.lines[start].cells.len());
            let mut lines = 0.0;
            for end in start + 1..=count.min(start + TALLEST) {
                let place = self.places[end - 1];
                let named = row.cells[self.name].is_some();
                row.add(&self.lines[end - 1], end - 1 - start);
                lines += match end - 1 == start {
                    true => place.begins,
                    false if named => place.goes_on + place.names_again,
                    false => place.goes_on,
                };
                let cost = costs[start] + lines + row.cost(setting, self.name);
                if cost < costs[end] {
                    costs[end] = cost;
                    from[end] = start;
                }
            }
        }
        let mut starts = Vec::new();
        let mut end = count;
        while end > 0 {
            end = from[end];
            starts.push(end);
        }
        starts.reverse();
        Cut { cost: costs[count], starts }
    }
}

/// Where the cells of a row that is being added up stand in it.
struct RowShape {
    cells: Vec<Option<CellShape>>,
    height: usize,
}

#[derive(Debug, Clone, Copy)]
struct CellShape {
    first: usize,
    last: usize,
    holes: usize,
}

impl RowShape {
    fn new(columns: usize) -> Self {
        Self { cells: vec![None; columns], height: 0 }
    }

    fn add(&mut self, line: &GridRow, offset: usize) {
        self.height = offset + 1;
        for (shape, _) in self.cells.iter_mut().zip(&line.cells).filter(|(_, cell)| !cell.is_blank()) {
            *shape = match *shape {
                None => Some(CellShape { first: offset, last: offset, holes: 0 }),
                Some(known) => Some(CellShape { last: offset, holes: known.holes + offset - known.last - 1, ..known }),
            };
        }
    }

    fn cost(&self, setting: Setting, name: usize) -> f32 {
        let lone = self.cells.len() >= 3 && self.cells.iter().flatten().count() == 1;
        let nameless = match self.cells[name] {
            None => NAMELESS,
            Some(_) if lone => LONE_NAME,
            Some(_) => 0.0,
        };
        let cells = self.cells.iter().enumerate().filter_map(|(column, cell)| Some((column, (*cell)?)));
        let misplaced = cells.map(|(column, cell)| {
            let weight = if column == name { 2.0 } else { 1.0 };
            weight * self.misplaced(setting, cell)
        });
        nameless + misplaced.sum::<f32>()
    }

    fn misplaced(&self, setting: Setting, cell: CellShape) -> f32 {
        let above = cell.first as f32;
        let below = (self.height - 1 - cell.last) as f32;
        match setting {
            Setting::Top => 0.5 * above.min(4.0) + HOLE * cell.holes.min(4) as f32,
            // Half a line is a line in print: cells of an even and of an odd number of lines stand between each other's lines.
            Setting::Middle => {
                let spread = (cell.last - cell.first).max(1) as f32;
                let beside = (above - below).abs();
                0.15 * beside.min(1.0)
                    + 0.4 * (beside - 1.0).clamp(0.0, 5.0)
                    + 0.5 * HOLE * (cell.holes as f32 / spread).min(1.0)
            }
            Setting::UpperMiddle => {
                let beside = if above > below { above - below } else { (below - above - 1.0).max(0.0) };
                0.5 * beside.min(5.0) + HOLE * cell.holes.min(4) as f32
            }
        }
    }
}

/// Blank lines before each line, less those that are usual everywhere.
fn gaps(lines: &[GridRow]) -> Vec<u32> {
    let distance = |index: usize| match index.checked_sub(1) {
        Some(above) => lines[index].span.line.saturating_sub(lines[above].span.end_line + 1),
        None => 0,
    };
    let usual = (1..lines.len()).map(distance).min().unwrap_or(0);
    (0..lines.len()).map(|index| distance(index).saturating_sub(usual)).collect()
}

/// What a cut above the line would break: sentences and lists that go on in it.
fn cut_sentences(lines: &[GridRow], index: usize, name: usize, shapes: &[ColumnShape]) -> f32 {
    let broken = (0..shapes.len()).filter_map(|column| {
        let joint = Joint::at(lines, index, column, shapes[column].widest)?;
        match column == name {
            true if index > 0 && joint.ends_in_a_sign() && is_filled(&lines[index - 1], &lines[index]) => None,
            _ if joint.is_open() => Some(CUT_SENTENCE),
            true => joint.breaks_a_name().then_some(CUT_NAME),
            false => (!shapes[column].begins_small && joint.breaks_a_sentence()).then_some(CUT_SENTENCE),
        }
    });
    broken.sum::<f32>().min(2.0 * CUT_SENTENCE)
}

/// Lines of a cell that seem to be two: the upper one had room for the first word of the lower one, or ends a sentence.
fn early_ends(lines: &[GridRow], index: usize, name: usize, shapes: &[ColumnShape]) -> f32 {
    let early = (0..shapes.len()).filter(|column| *column != name).filter(|column| {
        Joint::at(lines, index, *column, shapes[*column].widest)
            .is_some_and(|joint| !joint.is_open() && (joint.has_room() || joint.ends_a_sentence()))
    });
    early.count().min(2) as f32 * EARLY_END
}

/// Two lines of a column, one printed below the other.
struct Joint<'a> {
    above: &'a str,
    below: &'a str,
    /// Characters of the column's widest line.
    width: usize,
}

impl<'a> Joint<'a> {
    fn at(lines: &'a [GridRow], index: usize, column: usize, width: usize) -> Option<Self> {
        let below = lines[index].cells[column].text.trim();
        let mut before = lines[..index].iter().rev().take(2).map(|line| line.cells[column].text.trim());
        let above = before.find(|text| !text.is_empty())?;
        (!below.is_empty()).then_some(Self { above, below, width })
    }

    /// A list, a bracket or a word that is not closed above, or a sign below that only goes on.
    fn is_open(&self) -> bool {
        let open = self.above.ends_with([',', '-', '_', '(', '/', '&']) || has_open_bracket(self.above);
        open || self.below.starts_with([')', ',', ';', ':', '(']) && !self.above.ends_with('.')
    }

    /// Names may end like a broken word: `A_ID_`.
    fn ends_in_a_sign(&self) -> bool {
        self.above.ends_with(['-', '_'])
    }

    fn breaks_a_sentence(&self) -> bool {
        let ended = self.above.ends_with('.') || host::likeness(self.above) >= 1.0;
        self.below.starts_with(char::is_lowercase) && !ended && !self.has_room()
    }

    fn ends_a_sentence(&self) -> bool {
        self.above.ends_with('.') && self.below.starts_with(char::is_uppercase)
    }

    /// Names begin with small letters by themselves.
    fn breaks_a_name(&self) -> bool {
        let width = self.above.chars().count();
        width * 5 >= self.width * 4 && is_broken_name(self.above, width, self.below, self.width)
    }

    fn has_room(&self) -> bool {
        let word = self.below.split_whitespace().next().unwrap_or("");
        (self.above.chars().count() + 1 + word.chars().count()) * 10 < self.width * 8
    }
}

fn has_open_bracket(text: &str) -> bool {
    text.rfind('(').is_some_and(|open| !text[open..].contains(')'))
}

/// A line that could be a row of its own: a name that is none's rest, beside a lifetime or in a line as full as any.
fn second_name(lines: &[GridRow], index: usize, name: usize, duration: Option<usize>) -> f32 {
    let line = &lines[index];
    let own: &Rich = &line.cells[name];
    let above = index.checked_sub(1).map(|above| &lines[above]);
    let listed = above.is_some_and(|above| {
        let printed = above.cells[name].text.trim_end();
        printed.ends_with([',', '/']) || printed.ends_with(['-', '_']) && !is_filled(above, line)
    });
    let named = name::cell_likeness(own) >= name::POSSIBLE && !own.text.trim_start().starts_with('(');
    let lasts = |line: &GridRow| duration.is_some_and(|column| duration::likeness(&line.cells[column].text) >= 0.8);
    let lives = lasts(line);
    // Right below a lifetime a line without one says more of the same.
    let lacks = duration.is_some_and(|column| line.cells[column].is_blank()) && above.is_some_and(lasts);
    let full = line.filled() * 4 >= line.cells.len() * 3 && !lacks;
    // The first line of a name that its column broke may stand above all else in its row.
    let lone_above = above.is_some_and(|above| above.filled() == 1 && !above.cells[name].is_blank());
    let whole = lives && above.is_some_and(|above| lasts(above) && is_filled(above, line));
    // Beside a full line above, one that lacks a cell may go on all the others: its name is the second of that row, with its lifetime.
    let lesser = lives && !lacks && above.is_some_and(line_is_full) && !line_is_full(line);
    match named && !listed {
        true if lesser => 0.5 * SECOND_NAME,
        true if whole => 4.0 * SECOND_NAME,
        true if (lives || full) && !lone_above => 2.0 * SECOND_NAME,
        true => 0.5 * SECOND_NAME,
        false => 0.0,
    }
}

fn line_is_full(line: &GridRow) -> bool {
    line.filled() == line.cells.len()
}

/// Two lines with a cell in every column are two rows, whatever the name in the upper one ends with.
fn is_filled(above: &GridRow, line: &GridRow) -> bool {
    line.cells.len() > 2 && [above, line].iter().all(|row| row.filled() == row.cells.len())
}

/// What the lines of a column look like.
struct ColumnShape {
    /// Characters of its widest line; of names, of the longest one.
    widest: usize,
    /// True where its cells are a word or two from a small letter beside most names: there no sentence is broken.
    begins_small: bool,
}

fn column_shapes(lines: &[GridRow], name: usize) -> Vec<ColumnShape> {
    let width = lines.first().map_or(0, |line| line.cells.len());
    let widest = |column: usize| lines.iter().map(|line| line.cells[column].text.chars().count()).max().unwrap_or(0);
    let named: Vec<&GridRow> =
        lines.iter().filter(|line| name::cell_likeness(&line.cells[name]) >= name::POSSIBLE).collect();
    let begins_small = |column: usize| {
        let beside = || named.iter().map(|line| line.cells[column].text.trim()).filter(|text| !text.is_empty());
        let small = |text: &&str| text.starts_with(char::is_lowercase) && text.split_whitespace().nth(2).is_none();
        beside().filter(small).count() * 2 > beside().count()
    };
    let shape = |column: usize| ColumnShape {
        widest: if column == name { NameColumn::of(lines, name).longest } else { widest(column) },
        begins_small: begins_small(column),
    };
    (0..width).map(shape).collect()
}
