//! Cookie rows from cells of their own lines or paragraphs that come in an even rhythm: as many cells from name to name, every time.
//!
//! Such a run is a table whose lines of a row were put one below the other: the cells before the first row are its headers, in
//! whatever language, and the columns are read as those of any table. Cells that are missing or broken break the rhythm:
//! `from_lines` reads those, where it knows the headers.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;

use super::line::{Line, pass_lines};
use crate::block::{self, Block, Rich, Row, Table};
use crate::document::FoundIn;
use crate::fields::cookie::from_table::{TableRecords, from_table};
use crate::fields::cookie::heard::Heard;
use crate::fields::cookie::labelled::labels::Labels;
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::Record;
use crate::lexicon::Field;
use crate::table::key_of;
use crate::text::{Asked, Span, Text, answer, fits, loose, opens_words};
use crate::value::{category, duration, host, name};

/// A row has at least and at most so many cells.
const WIDTHS: RangeInclusive<usize> = 3..=8;
/// A header has at most this many characters and words.
const LONGEST_HEADER: usize = 50;
const MOST_HEADER_WORDS: usize = 5;
/// A name beside a convincing one has at least this likeness.
const LEAST_NAMED: f32 = 0.3;
/// A name beside another cell on its line has at least this likeness.
const SURE: f32 = 0.9;
/// Rows in a run whose value nobody knows.
const MOST_UNKNOWN: usize = 4;
/// A cell of more words than this is a sentence.
const FEW_WORDS: usize = 3;

/// Reads every such table among some lines; their blocks are marked as taken.
pub fn records(blocks: &[Block], lines: &[Line], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let mut leads = leads.clone();
    let mut passed = 0;
    let mut records = Vec::new();
    let mut above = None;
    for found in tables(lines) {
        // The lines of a block may be a table within one of blocks.
        if found.first < passed {
            continue;
        }
        pass_lines(&mut leads, blocks, &lines[passed..found.first]);
        passed = found.first;
        let TableRecords { records: read, columns, .. } =
            from_table(&found.table, &leads, &Labels::default(), above.as_ref());
        if read.len() + 1 + found.labels == found.table.rows.len() {
            above = columns;
            lines[found.first..found.end].iter().for_each(|line| taken[line.block] = true);
            records.extend(read.into_iter().map(|record| Record { found_in: FoundIn::Lines, ..record }));
            passed = found.end;
        }
    }
    records
}

/// A table and the lines that it was made of.
struct Found {
    table: Table,
    /// The first line of each row, but for names of groups.
    starts: Vec<usize>,
    /// How many rows are names of groups.
    labels: usize,
    first: usize,
    end: usize,
}

/// The tables of cells that are paragraphs, and those of cells that are the lines of one.
fn tables(lines: &[Line]) -> Vec<Found> {
    let mut known = Vec::new();
    let mut found = in_labelled_cells(cells_by_block(lines), &mut known);
    let mut first = 0;
    for block in lines.chunk_by(|above, below| above.block == below.block) {
        if block.len() >= 2 * WIDTHS.start() {
            found.extend(in_labelled_cells(cells_by_line(block, first), &mut known));
        }
        first += block.len();
    }
    found.sort_by_key(|found| found.first);
    found
}

fn cells_by_line(block: &[Line], first: usize) -> Vec<Cell> {
    let cell = |(at, line): (usize, &Line)| Cell::new(line.text.clone(), line.span, at, at + 1);
    (first..).zip(block).map(cell).collect()
}

fn cells_by_block(lines: &[Line]) -> Vec<Cell> {
    let mut first = 0;
    let cell = |block: &[Line]| {
        let text = Rich::joined(" ", block.iter().map(|line| &line.text));
        let span = block.iter().map(|line| line.span).reduce(Span::join).expect("a block has a line");
        first += block.len();
        Cell::new(text, span, first - block.len(), first)
    };
    let blocks = lines.chunk_by(|above, below| above.block == below.block);
    blocks.flat_map(header_apart).filter(|block| !block.is_empty()).map(cell).collect()
}

/// A header or a name that stands close below the name of a group is a cell by itself.
fn header_apart(block: &[Line]) -> [&[Line]; 2] {
    let [.., group, header] = block else { return [block, &[]] };
    let text = &header.text.text;
    if !fits(text, LONGEST_HEADER) || !fits(&group.text.text, LONGEST_HEADER) {
        return [block, &[]];
    }
    let begins = key_of(text) == Some(Field::Name) || likeness_of_entries(text) >= name::CONVINCING;
    let headed = begins && category::likeness(&group.text.text) >= 0.9;
    let (above, below) = block.split_at(block.len() - usize::from(headed));
    [above, below]
}

/// One cell, and the lines that it is made of.
struct Cell {
    text: Rich,
    span: Span,
    first: usize,
    end: usize,
    /// Its likeness to a name, where it is a single word or a list of them.
    named: f32,
}

/// How much a cell looks like a name, where it is a single word or a list of them.
pub fn likeness_of_entries(text: &Text) -> f32 {
    *answer(&text.known().answers::<Heard>().named, || named(text))
}

/// The likeliest of several names in a cell speaks for the others; what stands in a bracket behind it is no part of it.
fn named(text: &str) -> f32 {
    let text = text.trim();
    let bare = text.strip_suffix(')').and_then(|inside| inside.split_once(" (")).map_or(text, |(name, _)| name);
    let entries = || bare.split(", ");
    let worded = entries().any(|entry| entry.contains(char::is_whitespace));
    let likeness = |entry: &str| name::likeness(name::clean(entry));
    if worded { 0.0 } else { entries().map(likeness).fold(0.0, f32::max) }
}

impl Cell {
    fn new(text: Rich, span: Span, first: usize, end: usize) -> Self {
        let named = likeness_of_entries(&text.text);
        Self { text, span, first, end, named }
    }

    fn words(&self) -> usize {
        self.text.text.word_count()
    }

    /// A few words that begin no sentence, and no value.
    fn may_head(&self) -> bool {
        let text = self.text.text.trim();
        let short = text.chars().count() <= LONGEST_HEADER && self.words() <= MOST_HEADER_WORDS;
        let worded = (text.starts_with(opens_words) || key_of(text).is_some())
            && (!text.ends_with(['.', '?', '!', ':', ',', ';', '。', '：', '，', '；', '！', '？'])
                || is_abbreviation(text));
        let group = category::classify(text).is_some() && category::named_share(text) >= 0.6 && key_of(text).is_none();
        let value = self.is_lifetime() && !self.heads_lifetimes() || self.is_host();
        short && worded && !group && self.named < name::CONVINCING && !value
    }

    fn is_lifetime(&self) -> bool {
        self.words() <= 2 * MOST_HEADER_WORDS && duration::likeness(&self.text.text) >= 0.8
    }

    /// A name, alone or with the cell beside it.
    fn begins_with_name(&self) -> bool {
        let first = || self.text.text.split_whitespace().next().unwrap_or("");
        self.named >= name::CONVINCING || self.words() <= MOST_HEADER_WORDS && name::likeness(first()) >= SURE
    }

    /// "Lifetime" is a lifetime, and the header of lifetimes.
    fn heads_lifetimes(&self) -> bool {
        self.is_lifetime() && key_of(self.text.text.trim()) == Some(Field::Duration)
    }

    fn is_host(&self) -> bool {
        host::likeness(&self.text.text) >= 1.0
    }
}

/// "No.": a header of a few letters, and no sentence.
fn is_abbreviation(text: &str) -> bool {
    const LONGEST: usize = 4;
    let word = text.strip_suffix('.').unwrap_or(text);
    !word.is_empty() && fits(word, LONGEST) && word.chars().all(char::is_alphabetic)
}

/// The tables of cells among which names of groups stand between the rows.
fn in_labelled_cells(cells: Vec<Cell>, known: &mut Vec<String>) -> Vec<Found> {
    let labels = labels(&cells);
    if labels.is_empty() {
        return in_cells(&cells, known);
    }
    let mut is_label = labels.iter().copied().peekable();
    let apart = |(at, cell): (usize, Cell)| if is_label.next_if_eq(&at).is_some() { Err(cell) } else { Ok(cell) };
    let (mut kept, mut taken) = (Vec::with_capacity(cells.len()), Vec::with_capacity(labels.len()));
    for cell in cells.into_iter().enumerate().map(apart) {
        match cell {
            Ok(cell) => kept.push(cell),
            Err(label) => taken.push(label),
        }
    }
    let mut found = in_cells(&kept, known);
    found.iter_mut().for_each(|found| found.put_in(&taken));
    found
}

/// The names of groups that stand right before names of cookies, where most of those have none: else they are cells of a column.
fn labels(cells: &[Cell]) -> Vec<usize> {
    let names = cells.iter().filter(|cell| cell.named >= name::CONVINCING).count();
    let label = |at: &usize| {
        let text = &cells[*at].text.text;
        let heads = cells.get(at + 1).is_some_and(|next| next.named >= name::CONVINCING);
        heads && fits(text, LONGEST_HEADER) && category::likeness(text) >= 0.9
    };
    let labels: Vec<usize> = if names > 0 { (0..cells.len()).filter(label).collect() } else { Vec::new() };
    if labels.len() * 2 <= names { labels } else { Vec::new() }
}

impl Found {
    /// Puts names of groups before the rows that they stand over.
    fn put_in(&mut self, labels: &[Cell]) {
        let width = self.table.rows[0].cells.len() as u16;
        for label in labels.iter().rev().filter(|label| (self.first..self.end).contains(&label.first)) {
            let cell = block::Cell { columns: width, ..block::Cell::new(label.text.clone()) };
            let at = self.starts.partition_point(|start| *start < label.first).max(1);
            self.table.rows.insert(at, Row::new(vec![cell], label.span));
            self.labels += 1;
        }
    }
}

/// The rhythms that were found in some cells. The names of a table are part of the same ones, which are followed and weighed once.
#[derive(Default)]
struct Rhythms {
    /// By width, value and the name's place in the width.
    runs: FxHashMap<(usize, isize, usize), Run>,
    /// The best place of each, for tables behind the last that was read.
    places: FxHashMap<Rhythm, Option<Place>>,
}

/// The rows from a name to the last; those from the first to one that was reached have no gap.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: usize,
    reached: usize,
    last: usize,
}

/// The rhythm of some cells: names at every so many, and a lifetime or a host as far from each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Rhythm {
    width: usize,
    /// The first name and the last.
    first: usize,
    last: usize,
    /// How far behind its name, or before it, the value stands that each row has.
    value: isize,
}

fn in_cells(cells: &[Cell], known: &mut Vec<String>) -> Vec<Found> {
    let mut found: Vec<Place> = Vec::new();
    let mut rhythms = Rhythms::default();
    let mut next = 0;
    // Lines before this one are read, or left to others.
    let mut after = 0;
    while let Some(first) = (next..cells.len()).find(|at| cells[*at].named >= name::CONVINCING) {
        next = first + 1;
        // The name that begins the table may be any word.
        let pairs = WIDTHS.flat_map(|width| [Some(first), first.checked_sub(width)].map(|name| (name, width)));
        let begun = pairs.filter_map(|(name, width)| Some(Rhythm::at(cells, name?, width))).flatten();
        let places = begun.filter_map(|rhythm| rhythms.best_place(rhythm, cells, after));
        match places.min_by_key(Place::order) {
            Some(place) if place.is_cut(cells) => {
                next = place.end;
                after = cells[place.end].first;
                rhythms.places.clear();
            }
            Some(place) if place.is_believed(cells, known) => {
                known.push(place.headers(cells));
                next = place.end;
                after = cells[place.end - 1].end;
                rhythms.places.clear();
                found.push(place);
            }
            _ => {}
        }
    }
    let again = found.first().map(|place| place.repeated(cells, &found)).unwrap_or_default();
    found.into_iter().chain(again).map(|place| place.table(cells)).collect()
}

impl Rhythms {
    /// The best place of a rhythm that two of its rows show.
    fn best_place(&mut self, rows: Rhythm, cells: &[Cell], after: usize) -> Option<Place> {
        let rhythm = self.extended(rows, cells);
        *self.places.entry(rhythm).or_insert_with(|| rhythm.best_place(cells, after))
    }

    fn extended(&mut self, rows: Rhythm, cells: &[Cell]) -> Rhythm {
        let Rhythm { width, value, first: name, last: next } = rows;
        let key = (width, value, name % width);
        let known = self.runs.get(&key).copied().filter(|run| run.first <= name && next <= run.last);
        let first = rows.first_row(cells, known);
        let last = known.map_or_else(|| rows.last_row(cells), |run| run.last);
        self.runs.insert(key, Run { first, reached: known.map_or(name, |run| name.max(run.reached)), last });
        Rhythm { first, last, ..rows }
    }
}

impl Rhythm {
    /// The rhythms that a convincing name is part of with the one a width below it.
    fn at(cells: &[Cell], name: usize, width: usize) -> Vec<Self> {
        let least = |cell: &&Cell| cell.named >= LEAST_NAMED;
        let pair = cells.get(name).filter(least).zip(cells.get(name + width).filter(least));
        let surest = pair.map_or(0.0, |(above, below)| above.named.max(below.named));
        let between = || cells[name + 1..name + width].iter().any(|cell| cell.named >= surest.min(0.9));
        if surest < name::CONVINCING || between() {
            return Vec::new();
        }
        let reach = width as isize - 1;
        let rhythm = |value: isize| Self { width, first: name, last: name + width, value };
        let whole = |rhythm: &Self| rhythm.has_row(cells, name) && rhythm.has_row(cells, name + width);
        (-reach..=reach).map(rhythm).filter(whole).collect()
    }

    /// The first of the rows above without a gap.
    fn first_row(&self, cells: &[Cell], known: Option<Run>) -> usize {
        let mut first = self.first;
        loop {
            if let Some(run) = known.filter(|run| first <= run.reached) {
                return run.first;
            }
            let above = first.checked_sub(self.width).filter(|at| self.has_row(cells, *at));
            // Above the first row stand its headers.
            match above.filter(|at| !self.value(cells, *at).is_some_and(Cell::heads_lifetimes)) {
                Some(above) => first = above,
                None => return first,
            }
        }
    }

    /// The last of the rows below.
    fn last_row(&self, cells: &[Cell]) -> usize {
        let mut last = self.last;
        loop {
            let next = last + self.width;
            // Values in words that nobody knows break no rhythm that goes on behind them.
            let rows = (0..=MOST_UNKNOWN).map(|unknown| next + unknown * self.width);
            let named = |at: &usize| cells.get(*at).is_some_and(|cell| cell.named >= name::CONVINCING);
            let known = rows.clone().find(|at| self.has_row(cells, *at));
            match known.filter(|known| rows.take_while(|at| at < known).all(|at| named(&at))) {
                Some(known) => last = known,
                None => return last,
            }
        }
    }

    fn has_row(&self, cells: &[Cell], name: usize) -> bool {
        let valued = self.value(cells, name).is_some_and(|cell| cell.is_lifetime() || cell.is_host());
        valued && cells.get(name).is_some_and(|cell| cell.named > 0.0)
    }

    fn value<'a>(&self, cells: &'a [Cell], name: usize) -> Option<&'a Cell> {
        cells.get(name.checked_add_signed(self.value)?)
    }

    /// Where rows and headers begin: where the columns are the most even.
    fn best_place(&self, cells: &[Cell], after: usize) -> Option<Place> {
        let reach = self.width as isize - 1;
        let columns = 0.max(-self.value)..=reach.min(reach - self.value);
        let place = |column: isize| {
            let start = self.first.checked_sub(column as usize)?;
            let head = start.checked_sub(self.width)?;
            let end = self.last - column as usize + self.width;
            let headed = cells.get(head..start)?.iter().all(Cell::may_head) && cells[head].first >= after;
            let place = Place { width: self.width, head, start, end, cost: 0, keys: 0 };
            (headed && end <= cells.len()).then(|| place.weighed(cells))
        };
        columns.filter_map(place).min_by_key(Place::order)
    }
}

/// Where a table stands among cells.
#[derive(Debug, Clone, Copy)]
struct Place {
    width: usize,
    head: usize,
    start: usize,
    end: usize,
    /// How uneven its columns are.
    cost: usize,
    /// How many of its headers a lexicon knows.
    keys: usize,
}

impl Place {
    fn weighed(self, cells: &[Cell]) -> Self {
        let keys = cells[self.head..self.start].iter().filter(|cell| key_of(&cell.text.text).is_some()).count();
        // Where a header stands among the values of the first row, the headers are cut in the wrong place.
        let lost = cells[self.start..self.start + self.width].iter().filter(|cell| cell.heads_lifetimes()).count();
        Self { cost: self.unevenness(cells) + lost, keys, ..self }
    }

    /// The best place comes first: even below headers that are known, then the longest.
    fn order(&self) -> (usize, Reverse<usize>) {
        (self.cost + self.width - self.keys, Reverse(self.end - self.start))
    }

    /// How many cells are unlike the others of their column, and how many headers are sentences.
    fn unevenness(&self, cells: &[Cell]) -> usize {
        let long = |cell: &&Cell| cell.words() > FEW_WORDS;
        let headers = cells[self.head..self.start].iter().filter(long).count();
        let rows = (self.end - self.start) / self.width;
        let column = |column: usize| {
            let sentences = cells[self.start + column..self.end].iter().step_by(self.width).filter(long).count();
            sentences.min(rows - sentences)
        };
        headers + (0..self.width).map(column).sum::<usize>()
    }

    /// A name that follows begins a row of another width: then headers that are all known tell more than the rhythm.
    fn is_cut(&self, cells: &[Cell]) -> bool {
        self.keys == self.width && cells.get(self.end).is_some_and(Cell::begins_with_name)
    }

    /// Three rows are a rhythm; two are one below headers that are known.
    fn is_believed(&self, cells: &[Cell], known: &[String]) -> bool {
        let rows = (self.end - self.start) / self.width;
        // Headers that go on before these head more columns than a row has cells.
        let longer = || {
            let before = self.head.checked_sub(1).map(|at| &cells[at].text.text);
            let field = before.filter(|text| category::classify(*text).is_none()).and_then(key_of);
            let before_is_key = field.is_some_and(|field| field != Field::Extra);
            let key = |at: usize| key_of(&cells[at].text.text);
            // The head is cut one cell too late where its last cell is the first value below.
            let late = || key(self.head).is_some() && key(self.start - 1).is_none();
            (self.keys == self.width || late()) && before_is_key
        };
        self.cost <= rows && (rows > 2 || self.keys > 1 || known.contains(&self.headers(cells))) && !longer()
    }

    /// The tables below the same headers elsewhere, of rows with a word and a lifetime where this one has names and lifetimes: one row, or
    /// names that could be any words.
    fn repeated(&self, cells: &[Cell], found: &[Place]) -> Vec<Place> {
        let rows = || cells[self.start..self.end].chunks(self.width);
        let column = |holds: fn(&Cell) -> bool| (0..self.width).find(|at| rows().all(|row| holds(&row[*at])));
        let (Some(name), Some(lifetime)) = (column(|cell| cell.named > 0.0), column(Cell::is_lifetime)) else {
            return Vec::new();
        };
        let is_row = |row: &[Cell]| row[name].named > 0.0 && row[name].words() == 1 && row[lifetime].is_lifetime();
        let heads = &cells[self.head..self.start];
        let mut repeated = Vec::new();
        let mut ahead = found.iter().peekable();
        let mut at = 0;
        while at + 2 * self.width <= cells.len() {
            let start = at + self.width;
            while ahead.next_if(|place| place.end <= at).is_some() {}
            let covering = ahead.peek().filter(|place| place.head < start);
            let same = cells[at..start].iter().zip(heads).all(|(cell, head)| cell.text.text == head.text.text);
            let rows =
                if same { cells[start..].chunks_exact(self.width).take_while(|row| is_row(row)).count() } else { 0 };
            let end = start + rows * self.width;
            // What follows is a row with fewer cells.
            let cut = cells.get(end).is_some_and(Cell::begins_with_name);
            match covering {
                Some(place) => at = place.end,
                None if rows > 0 && !cut => {
                    repeated.push(Place { head: at, start, end, ..*self });
                    at = end;
                }
                None => at += 1,
            }
        }
        repeated
    }

    fn headers(&self, cells: &[Cell]) -> String {
        cells[self.head..self.start].iter().map(|cell| loose(&cell.text.text)).collect::<Vec<_>>().join("\n")
    }

    fn table(&self, cells: &[Cell]) -> Found {
        let row = |cells: &[Cell]| {
            let span = cells.iter().map(|cell| cell.span).reduce(Span::join).expect("a row has cells");
            Row::new(cells.iter().map(|cell| block::Cell::new(cell.text.clone())).collect(), span)
        };
        let head = Row { head: true, ..row(&cells[self.head..self.start]) };
        let rows = std::iter::once(head).chain(cells[self.start..self.end].chunks(self.width).map(row)).collect();
        let table = Table { rows, ..Table::default() };
        let starts = (self.head..self.end).step_by(self.width).map(|at| cells[at].first).collect();
        Found { table, starts, labels: 0, first: cells[self.head].first, end: cells[self.end - 1].end }
    }
}
