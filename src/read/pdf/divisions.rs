//! Divisions of a structure tree that stand to each other as cells do: web pages print lists of terms and grids of boxes, and trees of
//! programs that print them have no role for either.

use super::piece::{Kind, Piece};
use crate::layout::placed::definition_list::{INDENT, NEAR, TERMS};
use crate::layout::placed::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use crate::layout::placed::word_lines::Word;

/// Terms at the edge of the text, each with what describes it indented below, and rows of divisions side by side, become tables;
/// divisions on one line without a row like it are one division.
pub fn join_divisions(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let places: Vec<Option<Place>> = pieces.iter().map(Place::of).collect();
    let mut out = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter();
    let mut done = 0;
    while done < places.len() {
        let stretch = stretch(&places[done..]);
        let length = stretch.length();
        stretch.join(&places[done..], pieces.by_ref().take(length), &mut out);
        done += length;
    }
    out
}

/// True where rows of cells are those of a table by where they stand: in most of them the cells stand side by side.
pub fn are_rows(rows: &[Vec<Vec<&Word>>]) -> bool {
    let places = |row: &Vec<Vec<&Word>>| row.iter().filter_map(|words| Place::of_words(words)).collect::<Vec<_>>();
    let (beside, below): (Vec<_>, Vec<_>) = rows
        .iter()
        .map(places)
        .filter(|row| row.len() > 1)
        .partition(|row| row.windows(2).all(|pair| pair[0].is_beside(&pair[1])));
    beside.len() > below.len() * 2 && beside.len() * 2 >= rows.len()
}

/// Where a division stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    page: u32,
    left: f32,
    right: f32,
    /// Baselines of its first and last line.
    first: f32,
    last: f32,
    /// Height of its first letters.
    size: f32,
}

impl Place {
    /// None of what is no division.
    fn of(piece: &Piece<'_>) -> Option<Self> {
        match piece {
            Piece::Text(Kind::Division, words) => Self::of_words(words),
            _ => None,
        }
    }

    /// None of no words, and of those that go on over a page.
    fn of_words(words: &[&Word]) -> Option<Self> {
        let (first, last) = (words.first()?, words.last()?);
        let whole = first.page == last.page;
        let left = words.iter().map(|word| word.x).fold(f32::MAX, f32::min);
        let right = words.iter().map(|word| word.end).fold(f32::MIN, f32::max);
        whole.then_some(Self { page: first.page, left, right, first: first.y, last: last.y, size: first.size })
    }

    fn is_line(&self) -> bool {
        self.last - self.first < self.size / 2.0
    }

    /// True where the other stands to the right of it, at whatever height in the same row.
    fn is_beside(&self, other: &Self) -> bool {
        let level = self.first - self.size < other.last && other.first - other.size < self.last;
        self.page == other.page && level && other.left > self.right
    }

    fn begins_at(&self, edge: f32) -> bool {
        (self.left - edge).abs() < NEAR
    }
}

/// How the first of some pieces belong together.
enum Stretch {
    /// Terms and their descriptions: so many.
    Terms(usize),
    /// Rows of cells: how many pieces, and where the columns begin.
    Grid(usize, Vec<f32>),
    /// So many on one line.
    Line(usize),
    /// So many that each stand for themselves.
    Apart(usize),
}

fn stretch(places: &[Option<Place>]) -> Stretch {
    if let Some(length) = terms(places) {
        return Stretch::Terms(length);
    }
    let beside = row_length(places);
    match grid(places, beside) {
        Some(grid) => grid,
        None if places[..beside].iter().flatten().all(Place::is_line) => Stretch::Line(beside),
        None => Stretch::Apart(beside),
    }
}

impl Stretch {
    fn length(&self) -> usize {
        match self {
            Self::Terms(length) | Self::Grid(length, _) | Self::Line(length) | Self::Apart(length) => *length,
        }
    }

    /// Adds what the pieces are together.
    fn join<'w>(self, places: &[Option<Place>], pieces: impl Iterator<Item = Piece<'w>>, out: &mut Vec<Piece<'w>>) {
        let table = match self {
            Self::Apart(_) | Self::Line(1) => return out.extend(pieces),
            Self::Line(_) => {
                return out.push(Piece::Text(Kind::Division, pieces.flat_map(Piece::into_words).collect()));
            }
            Self::Grid(_, edges) => table(edges, places, pieces, |column, before| column <= before),
            Self::Terms(_) => {
                let edges = places[..2].iter().flatten().map(|place| place.left).collect();
                table(edges, places, pieces, |column, _| column == 0)
            }
        };
        out.push(Piece::Table(table));
    }
}

/// Number of the first pieces that are terms and their descriptions.
fn terms(places: &[Option<Place>]) -> Option<usize> {
    let [Some(term), Some(description), ..] = places else { return None };
    INDENT.contains(&((description.left - term.left) / term.size)).then_some(())?;
    let (mut terms, mut end) = (0, 0);
    while let Some(length) = entry(&places[end..], term.left, description.left) {
        (terms, end) = (terms + 1, end + length);
    }
    (terms >= TERMS).then_some(end)
}

/// Number of the first pieces that are a term and what describes it.
fn entry(places: &[Option<Place>], edge: f32, indented: f32) -> Option<usize> {
    let (term, rest) = places.split_first()?;
    term.as_ref().filter(|term| term.is_line() && term.begins_at(edge))?;
    let describes = |place: &&Option<Place>| place.is_some_and(|place| place.begins_at(indented));
    let descriptions = rest.iter().take_while(describes).count();
    (descriptions > 0).then_some(1 + descriptions)
}

/// Number of the first pieces that stand side by side; 0 only where there are none.
fn row_length(places: &[Option<Place>]) -> usize {
    if places.is_empty() {
        return 0;
    }
    let beside = |pair: &&[Option<Place>]| matches!(pair, [Some(left), Some(right)] if left.is_beside(right));
    1 + places.windows(2).take_while(beside).count()
}

/// Rows of pieces side by side with as many columns as the first one, between which nothing stands.
fn grid(places: &[Option<Place>], columns: usize) -> Option<Stretch> {
    if columns < 2 {
        return None;
    }
    let mut reach = vec![(f32::MAX, f32::MIN); columns];
    let (mut rows, mut end) = (0, 0);
    while row_length(&places[end..]) == columns {
        let row = places[end..end + columns].iter().flatten();
        let wider: Vec<(f32, f32)> =
            row.zip(&reach).map(|(place, (left, right))| (left.min(place.left), right.max(place.right))).collect();
        if wider.windows(2).any(|pair| pair[0].1 >= pair[1].0) {
            break;
        }
        (reach, rows, end) = (wider, rows + 1, end + columns);
    }
    (rows >= 2).then(|| Stretch::Grid(end, reach.iter().map(|(left, _)| *left).collect()))
}

/// `opens` says by the column of a piece and that of the one before it where a row begins.
fn table<'w>(
    edges: Vec<f32>,
    places: &[Option<Place>],
    pieces: impl Iterator<Item = Piece<'w>>,
    opens: fn(usize, usize) -> bool,
) -> PlacedTable<'w> {
    let mut table = PlacedTable { columns: edges, ..PlacedTable::default() };
    for (place, piece) in places.iter().flatten().zip(pieces) {
        let column = table.columns.iter().rposition(|edge| place.left > edge - NEAR).unwrap_or(0);
        table.page = place.page;
        match table.rows.last_mut().map(|row| &mut row.cells) {
            Some(cells) if cells.last().is_some_and(|last| !opens(column, last.column)) => {
                add(cells, cell(column, piece.into_words()));
            }
            _ => table.rows.push(PlacedRow { cells: vec![cell(column, piece.into_words())] }),
        }
    }
    table
}

/// Puts a cell behind those before it, or below the last one where it is of the same column.
fn add<'w>(cells: &mut Vec<PlacedCell<'w>>, cell: PlacedCell<'w>) {
    match cells.last_mut() {
        Some(above) if above.column == cell.column => {
            above.breaks.push(above.words.len());
            above.words.extend(cell.words);
        }
        _ => cells.push(cell),
    }
}

fn cell(column: usize, words: Vec<&Word>) -> PlacedCell<'_> {
    PlacedCell { column, columns: 1, rows: 1, words, flows: true, ..PlacedCell::default() }
}
