//! Lines to the cells of known columns, where a cell is one line or several: the best reading of all lines together.
//!
//! A line goes on in the cell of the one above, or begins a cell of a later column or of the next row. Each cell is worth how well
//! it fits its column; joining lines over a wide gap and parting them at a narrow one has its price, and so has a column
//! without a cell.

use std::cmp::Ordering;

use super::line::Line;
use super::line_cuts::{Column, CutLine, cut_lines};
use crate::block::Rich;
use crate::text::Span;
use crate::value::{host, name};

/// A line, or the part of one on which a cell ends and the next begins.
pub struct Piece {
    text: Rich,
    span: Span,
    /// What lies above it.
    above: Gap,
    /// Index of the line after it.
    end: usize,
}

/// Pieces that make up one cell.
#[derive(Clone)]
pub struct Cell {
    pub text: Rich,
    pub span: Span,
    /// The column that it stands in.
    pub column: usize,
    /// True for the rest of a text that stands above, beside cells that were printed half way down.
    pub rest: bool,
    /// Index after its last line.
    pub end: usize,
}

/// What lies between a piece and the one above.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Gap {
    /// Lines that are closer than cells of the table are.
    Narrow,
    /// The distance of two cells.
    Wide,
    /// The distance of all lines: it says nothing.
    Even,
    /// Two cells, whatever the distance.
    Cut,
}

/// Likeness that a name must have where the rhythm says that one is due.
pub const LEAST_NAME: f32 = 0.3;
/// A cell takes at most this many lines; a longer one goes on in a second of its column.
const MOST_LINES: usize = 16;
/// The text of a line that holds several cells goes on in at most so many lines.
const MOST_BELOW_CUT: usize = 3;
/// So many lines show what the distances of a table are where text stands far below it.
const NEAR: usize = 24;
/// A column without a cell in its row.
const SKIPPED: f32 = 0.8;
/// A cell that goes on in the next.
const BROKEN: f32 = 1.0;
/// A text that goes on below a cell that stands beside it.
const RETURNED: f32 = 0.5;
/// The rest of a text is worth at least so much, whatever it looks like.
const REST: f32 = 0.2;
/// Two lines of one cell with a wide gap between them.
const JOINED: f32 = 0.9;
/// Two lines of one cell where the gaps say nothing; less where the text flows on.
const JOINED_EVENLY: f32 = 0.6;
const FLOWING: f32 = 0.1;
/// Two cells with a narrow gap between them; more where the text flows on.
const PARTED: f32 = 0.3;
const TORN: f32 = 0.8;

/// Names of one cookie tool begin with so many letters alike.
const LEAST_ALIKE: usize = 4;

/// The distance of lines from which on they are two cells: more than the smallest, where larger ones are usual too.
pub fn cell_gap(lines: &[Line]) -> u32 {
    let gaps: Vec<u32> = lines.windows(2).map(|pair| pair[1].span.line.saturating_sub(pair[0].span.end_line)).collect();
    let Some(smallest) = gaps.iter().copied().min() else { return 1 };
    let usual = |gaps: &[u32]| gaps.iter().filter(|gap| **gap > smallest).count() * 5 >= gaps.len();
    if usual(&gaps) || usual(&gaps[..gaps.len().min(NEAR)]) { smallest + 1 } else { smallest }
}

/// Lines, each in its parts, as pieces. Lines that are closer than `gap` are rather one cell.
pub fn pieces(lines: impl Iterator<Item = Vec<Line>>, gap: u32) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, parts) in lines.enumerate() {
        let parted = parts.len() > 1;
        for (number, Line { text, span, .. }) in parts.into_iter().enumerate() {
            // A line that begins with a name and whose it is begins a row, however near the line above is, if that does not begin the name.
            let goes_on = |above: &Piece| text.text.starts_with('(') || is_broken_name(&above.text.text, &text.text);
            let cut = pieces.last().is_none_or(|above| parted && (number > 0 || !goes_on(above)));
            let narrow = pieces.last().is_some_and(|last| span.line.saturating_sub(last.span.end_line) < gap);
            let above = if cut {
                Gap::Cut
            } else if narrow {
                Gap::Narrow
            } else {
                Gap::Wide
            };
            pieces.push(Piece { text, span, above, end: index + 1 });
        }
    }
    let even = pieces.iter().all(|piece| piece.above != Gap::Narrow);
    pieces.iter_mut().filter(|piece| even && piece.above == Gap::Wide).for_each(|piece| piece.above = Gap::Even);
    pieces
}

/// Where cells of a steady distance end: at the first that stands further from the one above, where neither it nor as many below as stand
/// before a row's name begins like one.
pub fn end_by_distance(pieces: &[Piece], before_name: usize) -> Option<usize> {
    let distance = |at: usize| pieces[at].span.line.saturating_sub(pieces[at - 1].span.end_line);
    let cells = || (1..pieces.len()).filter(|at| pieces[*at].above != Gap::Narrow);
    let mut distances: Vec<u32> = cells().map(distance).collect();
    distances.sort_unstable();
    let usual = *distances.get(distances.len() / 2)?;
    let steady = distances.iter().filter(|distance| **distance == usual).count() * 10 >= distances.len() * 6;
    let named = |at: usize| pieces[at..].iter().take(before_name + 1).any(|piece| begins_with_name(&piece.text));
    let apart = |at: &usize| distance(*at) > usual && !named(*at);
    cells().find(apart).filter(|_| steady)
}

/// True for names, and for a sure name with another cell behind it.
pub fn begins_with_name(text: &Rich) -> bool {
    const SURE: f32 = 0.9;
    let first = || text.text.split_whitespace().next().unwrap_or("");
    name::cell_likeness(text) >= LEAST_NAME || name::likeness(first()) >= SURE
}

/// The cells of some pieces, in their order: the reading with the highest sum of how well the cells fit their columns, less what its
/// gaps cost. Where the header has each column on a line of its own (`may_join`), one line may hold cells of several.
pub fn cells_of(pieces: &[Piece], columns: &[impl Column], may_join: bool) -> Vec<Cell> {
    let names = columns.iter().position(Column::is_of_names);
    let places = Places { columns: columns.len(), text: columns.iter().position(Column::is_text), names };
    let mut readings = Readings::new(pieces.len(), places);
    for start in 0..pieces.len() {
        let entered = readings.entered(start, Step::into(pieces, start));
        let mut cell = pieces[start].text.clone();
        let mut joined = 0.0;
        let cut_lines = if may_join { cut_lines(columns, &cell) } else { Vec::new() };
        for cut in cut_lines {
            // The text among its cells may go on close below, beside the others.
            let text = places.text.is_some_and(|text| (cut.first..=cut.last()).contains(&text));
            let below = pieces[start + 1..].iter().take(if text { MOST_BELOW_CUT } else { 0 });
            let more = below.take_while(|piece| piece.above == Gap::Narrow).count();
            (0..=more).for_each(|more| readings.offer_cut(start, start + 1 + more, &entered, &cut));
        }
        for end in start + 1..=pieces.len().min(start + MOST_LINES) {
            if end > start + 1 {
                let next = &pieces[end - 1];
                if next.above == Gap::Cut {
                    break;
                }
                joined += next.above.join_cost(&cell, &next.text);
                add(&mut cell, &next.text);
            }
            let fits: Vec<f32> = columns.iter().map(|column| column.fits(&cell) - joined).collect();
            readings.offer(start, end, &entered, &fits);
        }
    }
    readings.best().into_iter().flat_map(|found| found.cells(pieces, places)).collect()
}

/// Where a cell may stand: in a column, or behind them all as the rest of a text beside which the row's other cells were printed half
/// way down.
#[derive(Clone, Copy)]
struct Places {
    columns: usize,
    /// The column of sentences, if there is one.
    text: Option<usize>,
    /// The column of names, if there is one.
    names: Option<usize>,
}

impl Places {
    fn column(self, place: usize) -> usize {
        if place < self.columns { place } else { self.text.unwrap_or(0) }
    }

    /// What it costs that one cell stands in a place and the next, which begins like the rest of a text or not, in another.
    fn step_cost(self, above: usize, place: usize, rest: bool) -> f32 {
        let last = self.columns - 1;
        match (above.cmp(&place), place < self.columns) {
            (_, false) if !rest || self.text.is_none_or(|text| above <= text) => f32::INFINITY,
            (Ordering::Less, false) => RETURNED + SKIPPED * (last - above) as f32,
            (Ordering::Less, true) => SKIPPED * (place - above - 1) as f32,
            (Ordering::Equal, _) if self.columns > 1 => BROKEN,
            _ => SKIPPED * (last.saturating_sub(above) + place) as f32,
        }
    }
}

/// What is known of a cell by the place where it begins.
struct Step {
    /// What it costs that it begins there.
    cost: f32,
    /// True where it may be the rest of a text beside which the row's other cells were printed half way down.
    rest: bool,
}

impl Step {
    fn into(pieces: &[Piece], at: usize) -> Self {
        Self { cost: pieces[at].above.part_cost(pieces, at), rest: is_rest(&pieces[at].text.text) }
    }
}

/// The best readings of the first lines, by the place that the last cell stands in.
struct Readings {
    places: Places,
    /// The lines that hold cells of several columns.
    cut: Vec<CutLine>,
    /// After each number of lines.
    reached: Vec<Vec<Reached>>,
}

/// A reading that ends in a cell.
#[derive(Clone, Copy)]
struct Reached {
    sum: f32,
    /// Where its last cell begins, and the place of the cell before.
    start: usize,
    above: usize,
    /// Where its last line holds several cells, which of the lines cut it is.
    cut: Option<usize>,
}

/// The best way into a place: its sum, and the place of the cell before.
#[derive(Clone, Copy)]
struct Entered {
    sum: f32,
    above: usize,
}

/// A cell of the best reading.
struct FoundCell {
    start: usize,
    end: usize,
    place: usize,
    cut: Option<CutLine>,
}

impl Readings {
    fn new(lines: usize, places: Places) -> Self {
        let none = Reached { sum: f32::NEG_INFINITY, start: 0, above: 0, cut: None };
        Self { places, cut: Vec::new(), reached: vec![vec![none; places.columns + 1]; lines + 1] }
    }

    /// The ways into each place for a cell that begins at a line.
    fn entered(&self, start: usize, step: Step) -> Vec<Entered> {
        let first = |place: usize| Entered { sum: -SKIPPED * place as f32, above: place };
        if start == 0 {
            return (0..self.places.columns).map(first).collect();
        }
        let into = |place: usize| {
            let cost = |above: usize| self.places.step_cost(above, place, step.rest) + step.cost;
            let ways = self.reached[start].iter().enumerate();
            let ways = ways.map(|(above, reached)| Entered { sum: reached.sum - cost(above), above });
            ways.reduce(|best, way| if way.sum > best.sum { way } else { best }).expect("a table has columns")
        };
        (0..=self.places.columns).map(into).collect()
    }

    /// Takes a cell into account by how well it fits each column.
    fn offer(&mut self, start: usize, end: usize, entered: &[Entered], fits: &[f32]) {
        for (place, (way, best)) in entered.iter().zip(&mut self.reached[end]).enumerate() {
            let fit = fits[self.places.column(place)];
            let sum = way.sum + if place < self.places.columns { fit } else { fit.max(REST) };
            if sum > best.sum {
                *best = Reached { sum, start, above: way.above, cut: None };
            }
        }
    }

    /// Takes a line of several cells into account, with the lines below it in which the text among them goes on.
    fn offer_cut(&mut self, start: usize, end: usize, entered: &[Entered], cut: &CutLine) {
        let way = entered[cut.first];
        let (sum, best) = (way.sum + cut.fit, &mut self.reached[end][cut.last()]);
        if sum > best.sum {
            *best = Reached { sum, start, above: way.above, cut: Some(self.cut.len()) };
            self.cut.push(cut.clone());
        }
    }

    /// The cells of the best reading of all lines.
    fn best(&self) -> Vec<FoundCell> {
        let mut end = self.reached.len() - 1;
        let sum = |place: &usize| self.reached[end][*place].sum;
        let mut place = (0..=self.places.columns).rev().max_by(|a, b| sum(a).total_cmp(&sum(b))).unwrap_or(0);
        let mut cells = Vec::new();
        while end > 0 {
            let Reached { start, above, cut, .. } = self.reached[end][place];
            cells.push(FoundCell { start, end, place, cut: cut.map(|cut| self.cut[cut].clone()) });
            (end, place) = (start, above);
        }
        cells.reverse();
        cells
    }
}

impl Cell {
    fn go_on(&mut self, piece: &Piece) {
        add(&mut self.text, &piece.text);
        self.span = self.span.join(piece.span);
    }
}

impl FoundCell {
    /// The cell; several where its line holds several.
    fn cells(&self, pieces: &[Piece], places: Places) -> Vec<Cell> {
        let pieces = &pieces[self.start..self.end];
        let (first, end) = (&pieces[0], pieces[pieces.len() - 1].end);
        if let Some(cut) = &self.cut {
            let cell = |(column, text)| Cell { text, span: first.span, column, rest: false, end };
            let mut cells: Vec<Cell> = (cut.first..).zip(cut.parts(&first.text)).map(cell).collect();
            let text = cells.iter_mut().find(|cell| Some(cell.column) == places.text);
            text.into_iter().for_each(|cell| pieces[1..].iter().for_each(|piece| cell.go_on(piece)));
            return cells;
        }
        let mut text = first.text.clone();
        let listed = places.names == Some(places.column(self.place));
        for pair in pieces.windows(2) {
            match listed && are_names(&pair[0].text.text, &pair[1].text.text) {
                true => text.push(", ", &pair[1].text),
                false => add(&mut text, &pair[1].text),
            }
        }
        let span = pieces.iter().map(|piece| piece.span).reduce(Span::join).expect("a cell has a line");
        let (column, rest) = (places.column(self.place), self.place == places.columns);
        vec![Cell { text, span, column, rest, end }]
    }
}

impl Gap {
    /// What it costs that a cell begins at a piece which has this above it.
    fn part_cost(self, pieces: &[Piece], at: usize) -> f32 {
        match self {
            Gap::Narrow
                if flows(&pieces[at].text) || is_broken_name(&pieces[at - 1].text.text, &pieces[at].text.text) =>
            {
                TORN
            }
            Gap::Narrow => PARTED,
            _ => 0.0,
        }
    }

    /// What it costs that a cell goes on in a piece which has this above it.
    fn join_cost(self, cell: &Rich, next: &Rich) -> f32 {
        match self {
            Gap::Wide => JOINED,
            Gap::Even if flows(next) || is_broken_name(&cell.text, &next.text) || ends_in_names(cell, next) => FLOWING,
            Gap::Even => JOINED_EVENLY,
            Gap::Narrow | Gap::Cut => 0.0,
        }
    }
}

/// Names alone, and one more.
fn ends_in_names(cell: &Rich, next: &Rich) -> bool {
    let last = cell.text.trim().rsplit(' ').next().unwrap_or("");
    let named = |word: &str| name::likeness(word) >= LEAST_NAME;
    are_names(last, &next.text) && cell.text.split_whitespace().take(MOST_LINES).all(named)
}

/// A line that begins with a small letter, or with what closes something, is seldom the first one of a cell.
fn flows(line: &Rich) -> bool {
    line.text.trim_start().starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ',' | ')' | '.' | ';' | ':'))
}

/// A text that begins in the middle of a sentence, and with no name before a bracket.
fn is_rest(text: &str) -> bool {
    let bracketed = text.split_whitespace().nth(1).is_some_and(|word| word.starts_with('('));
    (text.starts_with(char::is_lowercase) || text.starts_with("http")) && !bracketed
}

fn add(cell: &mut Rich, line: &Rich) {
    let broken = is_broken_name(&cell.text, &line.text);
    cell.push(if broken { "" } else { " " }, line);
}

/// `cart` / `cart_sig`: two names, each on a line of its own. One that goes on below stops at what parts its words, or the rest begins with it.
fn are_names(above: &str, below: &str) -> bool {
    const PARTS: [char; 3] = ['_', '-', '.'];
    let (above, below) = (above.trim(), below.trim());
    let alike = !below.starts_with(PARTS) || above.chars().next() == below.chars().next();
    let named = |text: &str, least: f32| !text.contains(char::is_whitespace) && name::likeness(text) >= least;
    let begins_alike = || above.chars().zip(below.chars()).take_while(|(a, b)| a == b).count() >= LEAST_ALIKE;
    let second = || named(below, name::CONVINCING) || named(below, LEAST_NAME) && begins_alike();
    let host = || host::likeness(above) >= 1.0 || host::likeness(below) >= 1.0;
    alike && !above.ends_with(PARTS) && named(above, LEAST_NAME) && second() && !host()
}

/// `session_iden` / `tifier (Vendor)`: a single token that goes on below.
fn is_broken_name(above: &str, below: &str) -> bool {
    let next = below.split_whitespace().next().unwrap_or("");
    let single = !above.trim().contains(char::is_whitespace) && name::likeness(above.trim()) >= name::CONVINCING;
    // A name goes on as it stopped: in small letters, in capitals, or at what parts its words.
    let last = above.trim().chars().next_back();
    let goes_on = next.starts_with(|c: char| match c {
        '_' | '-' | '.' => true,
        c if c.is_ascii_uppercase() => last.is_some_and(|last| last.is_ascii_uppercase() || last == '_'),
        c => c.is_ascii_lowercase() || c.is_ascii_digit(),
    });
    let tail = goes_on && next.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    single && above.trim().chars().count() >= 8 && tail && (next.contains('_') || below.split_whitespace().count() <= 2)
}
