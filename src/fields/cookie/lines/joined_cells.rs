//! Cookie rows from lines whose cells are parted by one blank, as `pdftotext -raw` and text browsers leave a table without borders.
//!
//! A line of headers names the columns in their order. Each row below it is cut where the sum of how well its cells fit their
//! columns is highest. Nothing is read where the headers are not all known: one blank is what parts words as well.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::best_cut::{Cuts, best_cut};
use super::fitness::{FITTING, SHOWN, SKIPPED, fitness};
use super::line::{Line, pass_grouped, pass_lines};
use crate::block::{Block, Cell, Rich, Row, Table};
use crate::document::FoundIn;
use crate::fields::cookie::from_table::from_table;
use crate::fields::cookie::heard::Heard;
use crate::fields::cookie::labelled::labels::Labels;
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::Record;
use crate::lexicon::{Field, Words, lexicon};
use crate::text::{Asked, Span, Text, answer, collapse};
use crate::value::{category, duration, name};

/// A line of headers has at most this many characters, and names at least so many columns.
const LONGEST_HEADER: usize = 140;
const LEAST_COLUMNS: usize = 3;
/// A row takes at most this many lines and words.
const MOST_LINES: usize = 8;
const MOST_WORDS: usize = 90;
/// The value that ends a row has at most this many words.
const LONGEST_ENDING: usize = 4;
/// Whose a cookie is has at most this many words before its name.
const MOST_BEFORE_NAME: usize = 5;

/// Reads every such table among some lines; their blocks are marked as taken.
pub fn records(blocks: &[Block], lines: &[Line], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let mut leads = leads.clone();
    let mut passed = 0;
    let mut records = Vec::new();
    let mut next = 0;
    while next < lines.len() {
        let Some(header) = Header::of(&lines[next]) else {
            next += 1;
            continue;
        };
        let head = next;
        next += 1;
        let header = header.without_groups(&lines[next..]);
        // The names of groups may stand between the rows, each on its line.
        loop {
            let first = next + usize::from(header.heads_group(&lines[next..]));
            let Some(read) = read(&header, &lines[first..]) else { break };
            pass_lines(&mut leads, blocks, &lines[passed..next]);
            pass_grouped(&mut leads, blocks, &lines[next..first]);
            next = first + read.lines;
            passed = next;
            lines[head..next].iter().for_each(|line| taken[line.block] = true);
            let found =
                from_table(&header.table(&read.rows, lines[head].span), &leads, &Labels::default(), None).records;
            records.extend(found.into_iter().map(|record| Record { found_in: FoundIn::Lines, ..record }));
        }
    }
    records
}

/// A line that is nothing but headers.
#[derive(Clone)]
pub struct Header {
    pub columns: Vec<Column>,
}

#[derive(Clone)]
pub struct Column {
    /// As printed.
    pub header: String,
    /// What it may hold.
    pub fields: Vec<Field>,
}

impl Header {
    fn of(line: &Line) -> Option<Self> {
        let text = &line.text.text;
        let heads = *answer(&text.known().answers::<Heard>().heads_columns, || Self::named_by(text).is_some());
        heads.then(|| Self::named_by(text)).flatten()
    }

    fn named_by(text: &Text) -> Option<Self> {
        if text.len() > 2 * LONGEST_HEADER || text.chars().count() > LONGEST_HEADER || text.contains([':', '.', '\t']) {
            return None;
        }
        let words = Words::of(text);
        let hits = lexicon().headers.all_in(&words);
        let printed = PrintedWords::of(text);
        if hits.len() + 1 < LEAST_COLUMNS || printed.of_word.len() != words.len() {
            return None;
        }
        let mut columns: BTreeMap<usize, (usize, Vec<Field>)> = BTreeMap::new();
        for hit in &hits {
            columns.entry(hit.start).or_insert((hit.words, Vec::new())).1.push(hit.meaning);
        }
        let covered: usize = columns.values().map(|(words, _)| words).sum();
        let column = |(start, (words, fields)): (usize, (usize, Vec<Field>))| Column {
            header: printed.run(start, words),
            fields,
        };
        let columns: Vec<Column> = columns.into_iter().map(column).collect();
        let header = Self { columns }.with_name_apart();
        (covered == words.len() && header.is_distinct() && header.name().is_some()).then_some(header)
    }

    /// "Cookie host …" names one column or two: two where no other holds the names.
    pub fn with_name_apart(mut self) -> Self {
        let first = &self.columns[0];
        let Some((cookie, rest)) = first.header.split_once(' ').filter(|_| self.name().is_none()) else { return self };
        let (names, others) = (lexicon().headers.whole(cookie), lexicon().headers.whole(rest));
        if names.contains(&Field::Name) && !others.is_empty() {
            let rest = Column { header: rest.to_owned(), fields: others.to_vec() };
            self.columns[0] = Column { header: cookie.to_owned(), fields: names.to_vec() };
            self.columns.insert(1, rest);
        }
        self
    }

    /// Without a first column for categories, where each stands once on a line before its rows.
    fn without_groups(self, below: &[Line]) -> Self {
        let first = self.columns[0].fields[0] == Field::Category && self.columns.len() > LEAST_COLUMNS;
        let others = Self { columns: self.columns[usize::from(first)..].to_vec() };
        if first && others.name() == Some(0) && others.heads_group(below) { others } else { self }
    }

    /// True where the first line is the name of a group, and the next begins a row.
    fn heads_group(&self, lines: &[Line]) -> bool {
        let [group, row, ..] = lines else { return false };
        let parted = self.columns.iter().any(|column| column.fields[0] == Field::Category);
        let few = group.text.text.word_count() <= LONGEST_ENDING;
        let mut words = row.text.text.split_whitespace();
        let named = match self.name() {
            Some(0) => words.next().map_or(0.0, first_likeness) >= FITTING,
            _ => words.take(MOST_BEFORE_NAME + 1).any(|word| first_likeness(word) >= name::CONVINCING),
        };
        !parted && few && category::likeness(&group.text.text) >= 0.9 && named
    }

    /// At least three columns, each for a field of its own.
    fn is_distinct(&self) -> bool {
        let firsts: BTreeSet<Field> = self.columns.iter().map(|column| column.fields[0]).collect();
        self.columns.len() >= LEAST_COLUMNS && firsts.len() == self.columns.len()
    }

    /// The table of its rows.
    pub fn table(&self, rows: &[CutRow], span: Span) -> Table {
        let cells = self.columns.iter().map(|column| Cell::plain(column.header.as_str())).collect();
        let head = Row { head: true, ..Row::new(cells, span) };
        let body = rows.iter().map(|row| Row::new(row.cells.iter().map(Cell::plain).collect(), row.span));
        Table { rows: std::iter::once(head).chain(body).collect(), ..Table::default() }
    }

    /// The column of the names: the first or the second.
    pub fn name(&self) -> Option<usize> {
        self.columns.iter().take(2).position(|column| column.fields.contains(&Field::Name))
    }
}

/// The words of a line as they are printed, and for each word that the lexicon counts the printed one that it is of: "tal-cookie"
/// are two.
struct PrintedWords<'a> {
    printed: Vec<&'a str>,
    of_word: Vec<usize>,
}

impl<'a> PrintedWords<'a> {
    fn of(text: &'a str) -> Self {
        let printed: Vec<&str> = text.split_whitespace().filter(|word| !Words::of(word).is_empty()).collect();
        let counted = printed.iter().enumerate().map(|(at, word)| std::iter::repeat_n(at, Words::of(word).len()));
        Self { of_word: counted.flatten().collect(), printed }
    }

    /// The printed words that hold a run of counted ones.
    fn run(&self, start: usize, words: usize) -> String {
        self.printed[self.of_word[start]..=self.of_word[start + words - 1]].join(" ")
    }
}

/// A table that was read.
struct Read {
    rows: Vec<CutRow>,
    /// Lines taken below the header.
    lines: usize,
}

pub struct CutRow {
    pub cells: Vec<String>,
    pub fits: Vec<f32>,
    span: Span,
}

/// The rows below a header, as far as they are rows.
fn read(header: &Header, below: &[Line]) -> Option<Read> {
    let ends =
        |at: &usize| below[*at].heading || Header::of(&below[*at]).is_some() || header.heads_group(&below[*at..]);
    let end = (0..below.len()).find(ends).unwrap_or(below.len());
    let apart = rows_apart(header, &below[..end]);
    let lines = &apart.lines[..];
    let starts = starts(header, lines);
    let cutter = Cutter { header, providers: providers(header, lines, &starts) };
    let mut rows: Vec<CutRow> = Vec::new();
    let mut taken = 0;
    // Rows with a name beyond doubt and no value that shows its look are believed where one that is follows.
    let mut doubted: Vec<CutRow> = Vec::new();
    for (at, start) in starts.iter().enumerate() {
        let next = starts.get(at + 1).copied();
        let found = match next {
            Some(next) if next - start <= MOST_LINES => cutter.cut(&lines[*start..next]).map(|row| (row, next)),
            _ => cutter.longest(&lines[*start..], *start),
        };
        match found {
            Some((row, end)) if cutter.believes(&row) => {
                rows.append(&mut doubted);
                rows.push(row);
                taken = end;
            }
            Some((row, _)) if name::likeness(&row.cells[cutter.name()]) >= name::CONVINCING => doubted.push(row),
            _ => break,
        }
    }
    let convincing = rows.iter().filter(|row| name::likeness(&row.cells[cutter.name()]) >= name::CONVINCING).count();
    // Under headers that name all of their line, values that show their look make names of words that could be any.
    let full = rows.iter().filter(|row| cutter.is_full(row)).count();
    let shown = full == rows.len() || convincing > 0 && full * 5 >= rows.len() * 4;
    let believed = rows.len() >= 2 && (convincing * 2 >= rows.len() || shown) || convincing == 1 && rows.len() == 1;
    believed.then(|| Read { rows, lines: apart.printed_before(taken) })
}

/// The lines, those taken apart that a wrapped text joined: a row ends within, and the next begins with a name beyond doubt.
fn rows_apart(header: &Header, lines: &[Line]) -> Apart {
    let mut apart = Apart { lines: Vec::with_capacity(lines.len()), printed: Vec::with_capacity(lines.len()) };
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.text.as_str();
        let mut start = 0;
        for (at, _) in text.match_indices(' ') {
            let word = name::clean(text[at + 1..].split(' ').next().unwrap_or(""));
            if name::likeness(word) >= name::CONVINCING && ends_row(header, &text[start..at]) {
                apart.push(Line { text: line.text.slice(start, at), ..line.clone() }, index);
                start = at + 1;
            }
        }
        apart.push(Line { text: line.text.slice(start, text.len()), ..line.clone() }, index);
    }
    apart
}

/// Lines taken apart, and of each the printed line that it is of.
struct Apart {
    lines: Vec<Line>,
    printed: Vec<usize>,
}

impl Apart {
    fn push(&mut self, line: Line, printed: usize) {
        self.lines.push(line);
        self.printed.push(printed);
    }

    /// How many printed lines some of the first ones are of.
    fn printed_before(&self, count: usize) -> usize {
        count.checked_sub(1).map_or(0, |last| self.printed[last] + 1)
    }
}

/// The lines that begin a row: with a name that is one beyond doubt, or with one that can be where the row above is complete or
/// the line is a row by itself.
fn starts(header: &Header, lines: &[Line]) -> Vec<usize> {
    let cutter = Cutter { header, providers: BTreeSet::new() };
    let mut starts: Vec<usize> = Vec::new();
    let shows_its_end = header.columns.last().is_some_and(|column| column.fields.iter().any(|field| has_look(*field)));
    for (index, line) in lines.iter().enumerate() {
        let text = line.text.text.trim();
        let first = text.split_whitespace().next().map_or(0.0, first_likeness);
        let ended = || index == 0 || ends_row(header, &lines[index - 1].text.text);
        let begins = match header.name() {
            Some(0) => first >= name::CONVINCING || first >= FITTING && (ended() || cutter.is_whole(line)),
            _ => !shows_its_end || ended() || cutter.is_whole(line),
        };
        if begins {
            starts.push(index);
        } else if starts.is_empty() {
            break;
        }
    }
    starts
}

/// How much the first word of a line looks like a name; one that ends a sentence is none.
pub fn first_likeness(word: &str) -> f32 {
    let likeness = name::likeness(name::clean(word));
    if likeness < name::CONVINCING && word.ends_with('.') { 0.0 } else { likeness }
}

/// True where a text ends with a value of the last column, which has a look of its own.
fn ends_row(header: &Header, text: &str) -> bool {
    let text = text.trim();
    let last = header.columns.last().expect("a header has columns");
    let mut tails = text.rmatch_indices(' ').take(LONGEST_ENDING).map(|(at, _)| &text[at + 1..]);
    tails.any(|tail| last.fields.iter().any(|field| has_look(*field) && fitness(*field, &Rich::plain(tail)) >= SHOWN))
}

/// Fields whose values are told from any other words.
fn has_look(field: Field) -> bool {
    matches!(field, Field::Duration | Field::Category | Field::Party | Field::Storage | Field::Domain)
}

/// Words behind a name that several rows print before different words: whose the cookies are.
fn providers(header: &Header, lines: &[Line], starts: &[usize]) -> BTreeSet<String> {
    let follows = header.name() == Some(0) && header.columns[1].fields[0] == Field::Provider;
    let mut next_words: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for start in starts.iter().filter(|_| follows) {
        let words: Vec<&str> = lines[*start].text.text.split_whitespace().skip(1).take(5).collect();
        for length in 1..words.len() {
            next_words.entry(words[..length].join(" ")).or_default().push(words[length]);
        }
    }
    // What follows begins a cell of its own, as a sentence does.
    let repeated =
        next_words.into_iter().filter(|(_, next)| next.len() >= 2 && next.iter().all(|word| opens_large(word)));
    repeated.map(|(words, _)| words).collect()
}

/// Cuts rows into the cells of a header's columns.
pub struct Cutter<'a> {
    pub header: &'a Header,
    pub providers: BTreeSet<String>,
}

impl Cutter<'_> {
    pub fn name(&self) -> usize {
        self.header.name().expect("a header without a name is none")
    }

    /// The row that the first line begins, as far as further lines make it better.
    fn longest(&self, lines: &[Line], start: usize) -> Option<(CutRow, usize)> {
        let most = lines.len().min(MOST_LINES);
        let mut best: Option<(CutRow, usize)> = None;
        for count in 1..=most {
            let Some(row) = self.cut(&lines[..count]) else { break };
            let better = best.as_ref().is_none_or(|(known, _)| row.sum() > known.sum() + 0.3);
            if better {
                best = Some((row, start + count));
            }
        }
        best
    }

    /// The cells whose sum of fitness is highest.
    fn cut(&self, lines: &[Line]) -> Option<CutRow> {
        let text = collapse(&lines.iter().map(|line| line.text.text.as_str()).collect::<Vec<_>>().join(" "));
        let words = word_places(&text);
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let cuts = WordCuts { cutter: self, text: &text, words: &words };
        let span = lines.iter().map(|line| line.span).reduce(Span::join).expect("a row has a line");
        Some(cuts.row(best_cut(words.len(), &cuts), span))
    }

    /// How well a run of words fits a column, about -1 to 2.
    fn fit(&self, column: &Column, text: &str) -> f32 {
        column.fields.iter().map(|field| self.field_fit(*field, text)).fold(f32::MIN, f32::max)
    }

    fn field_fit(&self, field: Field, text: &str) -> f32 {
        let words = text.split(' ').count();
        let small = |word: &str| word.chars().count() > 3 && word.chars().all(char::is_lowercase);
        match field {
            Field::Purpose | Field::Function => {
                // Word by word, so that no word of the next cell makes a purpose long.
                let long = 0.15 * words.min(5) as f32;
                let valued = words <= 5 && fitness(field, &Rich::plain(text)) < 0.0;
                let named = text
                    .split(' ')
                    .nth(1)
                    .is_some_and(|second| opens_large(second) && second.chars().any(char::is_lowercase));
                let opens = opens_large(text) && !named;
                let sentence = 0.25 * (f32::from(opens) + f32::from(text.ends_with('.')));
                long + sentence - if valued { 1.0 } else { 0.0 }
            }
            Field::Provider => {
                let services = &lexicon().services;
                let known = self.providers.contains(text) || services.is_name(text) || services.is_company(text);
                let worded = !known && (text.split(' ').any(small) || text.contains(". "));
                let longer = if known { 0.4 + 0.2 * words as f32 } else { 0.0 };
                fitness(field, &Rich::plain(text)) + longer - if worded { 0.6 } else { 0.0 }
            }
            Field::Duration => fitness(field, &Rich::plain(text)) - if is_cut_lifetime(text) { 0.3 } else { 0.0 },
            _ => fitness(field, &Rich::plain(text)),
        }
    }

    /// True for a line that has a cell for each column, and a value in each that has a look of its own.
    fn is_whole(&self, line: &Line) -> bool {
        self.cut(std::slice::from_ref(line)).is_some_and(|row| self.believes(&row) && self.is_full(&row))
    }

    /// True for a row with a cell in each column, of which all show the look that their column has.
    pub fn is_full(&self, row: &CutRow) -> bool {
        let shown =
            |(column, fit): (&Column, &f32)| *fit >= SHOWN || !column.fields.iter().any(|field| has_look(*field));
        row.cells.iter().all(|cell| !cell.is_empty()) && self.header.columns.iter().zip(&row.fits).all(shown)
    }

    /// True for a row with a name, and with a value that shows its look.
    pub fn believes(&self, row: &CutRow) -> bool {
        let look = |column: &Column| column.fields.iter().any(|field| has_look(*field));
        let looks = || self.header.columns.iter().zip(&row.fits).filter(|(column, _)| look(column));
        let shown = looks().any(|(_, fit)| *fit >= SHOWN) || looks().next().is_none();
        let name = &row.cells[self.name()];
        let named = name::cell_likeness(&Rich::plain(name.as_str())) >= FITTING;
        named && shown && row.sum() >= FITTING * row.fits.len() as f32
    }
}

/// Words that can be cut behind each of them.
pub struct WordCuts<'a> {
    pub cutter: &'a Cutter<'a>,
    pub text: &'a str,
    pub words: &'a [Range<usize>],
}

impl<'a> WordCuts<'a> {
    pub fn cell(&self, cell: &Range<usize>) -> &'a str {
        printed(self.text, self.words, cell)
    }

    pub fn row(&self, cells: Vec<Range<usize>>, span: Span) -> CutRow {
        let fit = |(column, cell): (usize, &Range<usize>)| {
            if cell.is_empty() { -SKIPPED } else { self.fit(column, cell) }
        };
        let fits = cells.iter().enumerate().map(fit).collect();
        CutRow { cells: cells.iter().map(|cell| self.cell(cell).to_owned()).collect(), fits, span }
    }
}

impl Cuts for WordCuts<'_> {
    fn columns(&self) -> usize {
        self.cutter.header.columns.len()
    }

    fn furthest(&self, column: usize, start: usize) -> usize {
        let column = &self.cutter.header.columns[column];
        let words = self.words[start..].iter().map(|word| &self.text[word.clone()]);
        start + column.most_words().max(column.most_listed(words))
    }

    fn fit(&self, column: usize, cell: &Range<usize>) -> f32 {
        self.cutter.fit(&self.cutter.header.columns[column], self.cell(cell))
    }
}

/// True where a word too many or too few stands at the front: "it 24 hours", "left until the browser is closed", and "days" behind a
/// number.
pub fn is_cut_lifetime(text: &str) -> bool {
    let parsed = duration::parse(text);
    let same = |rest: &str| {
        let rest = duration::parse(rest);
        rest.kind == parsed.kind && rest.seconds == parsed.seconds && parsed.seconds.is_some()
    };
    let counted = text.contains(|c: char| c.is_ascii_digit());
    let bare = !counted && parsed.seconds.is_some();
    // "1 an" says what "an" says, and is whole.
    let idle =
        !text.starts_with(|c: char| c.is_ascii_digit()) && text.split_once(' ').is_some_and(|(_, rest)| same(rest));
    let led = !counted && !says_all(text) && text.match_indices(' ').take(3).any(|(at, _)| says_all(&text[at + 1..]));
    bare || idle || led || duration::likeness(text) < 0.95
}

/// True where one phrase about lifetimes is all of a text.
fn says_all(text: &str) -> bool {
    !lexicon().durations.whole(text).is_empty()
}

fn opens_large(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

impl CutRow {
    fn sum(&self) -> f32 {
        self.fits.iter().sum()
    }
}

impl Column {
    /// Words of a list that begins here, where a comma stands behind each of them but the last: names, and lifetimes of a few words each.
    fn most_listed<'w>(&self, words: impl Iterator<Item = &'w str>) -> usize {
        const MOST: usize = 24;
        let between = match self.fields[0] {
            Field::Name => 1,
            Field::Duration => 3,
            _ => return 0,
        };
        let mut listed = 0;
        for (at, word) in words.take(MOST).enumerate() {
            if word.ends_with(',') {
                listed = at + 1;
            } else if at >= listed + between {
                break;
            }
        }
        if listed > 0 { listed + between } else { 0 }
    }

    /// Words that a value of it has at most.
    fn most_words(&self) -> usize {
        let most = |field: &Field| match field {
            Field::Purpose | Field::Function | Field::Location | Field::Extra => MOST_WORDS,
            Field::Duration => 9,
            Field::Provider | Field::Domain => 6,
            Field::Name | Field::Party | Field::Category | Field::Storage => 4,
        };
        self.fields.iter().map(most).max().unwrap_or(MOST_WORDS)
    }
}

/// Words of a text as they are printed, of which the places of all are known.
pub fn printed<'t>(text: &'t str, places: &[Range<usize>], words: &Range<usize>) -> &'t str {
    if words.is_empty() { "" } else { &text[places[words.start].start..places[words.end - 1].end] }
}

/// Where the words of a collapsed text stand, in bytes.
pub fn word_places(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let place = |word: &str| {
        let place = start..start + word.len();
        start = place.end + 1;
        place
    };
    text.split(' ').filter(|word| !word.is_empty()).map(place).collect()
}
