//! Cookie rows from text with one cell per line or paragraph: a run of headers, then cells in the same rhythm.
//!
//! Names tell where a row begins, so that a missing or a broken cell costs one row and not all that follow.

use super::lead::Leads;
use super::line::{Line, lines, pass_lines};
use super::record::{FieldText, Record};
use crate::block::{Block, Rich};
use crate::document::FoundIn;
use crate::lexicon::{Field, NameWord, Words, lexicon};
use crate::text::Span;
use crate::value::{category, duration, host, name, term};

/// A run of headers takes at most this many lines.
const MOST_HEADER_LINES: usize = 10;
/// Likeness that a name must have where the rhythm says that one is due.
const LEAST_IN_RHYTHM: f32 = 0.3;
/// A header line has at most this many characters.
const LONGEST_HEADER: usize = 70;

/// Reads every run of cells among some blocks; their blocks are marked as taken.
pub(super) fn records(blocks: &[Block], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let lines = lines(blocks, taken);
    let mut leads = leads.clone();
    let mut passed = 0;
    let mut records = Vec::new();
    let mut next = 0;
    while next < lines.len() {
        let Some(header) = Header::at(&lines[next..]) else {
            next += 1;
            continue;
        };
        pass_lines(&mut leads, blocks, &lines[passed.min(next)..next]);
        let body = Body::new(&lines[next + header.lines..], &header);
        let rows = body.rows();
        let used = rows.last().map_or(0, |row| row.end);
        for line in &lines[next..next + header.lines + used] {
            taken[line.block] = true;
        }
        records.extend(rows.iter().map(|row| row.record(&header, &leads)));
        next += header.lines + used.max(1);
        passed = next;
    }
    records
}

/// The columns that the headers name, in order.
struct Header {
    columns: Vec<Column>,
    lines: usize,
}

struct Column {
    field: Field,
    also: Option<Field>,
}

impl Header {
    /// Short lines that name columns, the name first or second, right above a convincing name.
    fn at(lines: &[Line]) -> Option<Self> {
        let first = lines.first().filter(|line| line.text.text.chars().count() <= LONGEST_HEADER)?;
        lexicon().headers.all(&first.text.text).first().filter(|hit| hit.start == 0)?;
        let count = lines.iter().take(MOST_HEADER_LINES).position(begins_with_name)?;
        let headers = &lines[..count];
        if count == 0 || !headers.iter().all(is_header_like) {
            return None;
        }
        // Labels and values in turn are another shape.
        if lines.get(count + 1).is_some_and(|line| crate::table::key_of(&line.text.text).is_some()) {
            return None;
        }
        let texts: Vec<&str> = headers.iter().map(|line| line.text.text.as_str()).collect();
        let columns = one_column_each(&texts).or_else(|| columns(&texts.join(" ")))?;
        Some(Self { columns, lines: count })
    }

    fn name_index(&self) -> usize {
        self.columns.iter().position(|column| column.field == Field::Name).unwrap_or(0)
    }
}

/// Short, no pair of a label and its value, and no category: those head a table and are none of its headers.
fn is_header_like(line: &Line) -> bool {
    let text = line.text.text.trim();
    let pair = text.contains(": ");
    let group = category::classify(text).is_some() && category::named_share(text) >= 0.6;
    text.chars().count() <= LONGEST_HEADER && !pair && !group
}

fn begins_with_name(line: &Line) -> bool {
    let text = line.text.text.trim();
    if text.contains(": ") {
        return false;
    }
    name::cell_likeness(&line.text) >= name::CONVINCING && text.split(' ').count() <= 3
}

/// The columns where each line is a header by itself; one that ends with "and" goes on in the next.
fn one_column_each(texts: &[&str]) -> Option<Vec<Column>> {
    if texts.iter().any(|text| text.split_whitespace().last().is_some_and(is_and)) {
        return None;
    }
    let fields: Option<Vec<Field>> = texts.iter().map(|text| crate::table::key_of(text)).collect();
    let fields = fields?;
    let distinct = (1..fields.len()).all(|index| !fields[..index].contains(&fields[index]));
    let named = fields.iter().take(2).any(|field| *field == Field::Name);
    (distinct && named && fields.len() >= 2)
        .then(|| fields.into_iter().map(|field| Column { field, also: None }).collect())
}

/// The fields that a text of headers names, in order; words for "and" join two fields into one column.
fn columns(text: &str) -> Option<Vec<Column>> {
    let words = Words::of(text);
    let hits = lexicon().headers.all_in(&words);
    let mut columns: Vec<Column> = Vec::new();
    let mut covered = 0.0;
    let mut position = usize::MAX;
    for hit in hits.iter().filter(|hit| hit.meaning != Field::Extra) {
        if hit.start == position {
            continue;
        }
        position = hit.start;
        covered += hit.coverage;
        let after_and =
            hit.start > 0 && (hit.start.saturating_sub(2)..hit.start).any(|word| is_and(words.run(word, 1)));
        let known = columns.iter().any(|column| column.field == hit.meaning);
        match columns.last_mut() {
            Some(last) if after_and && last.also.is_none() => last.also = Some(hit.meaning),
            _ if known => {}
            _ => columns.push(Column { field: hit.meaning, also: None }),
        }
    }
    let named = columns.iter().take(2).any(|column| column.field == Field::Name);
    (named && columns.len() >= 2 && covered >= 0.5).then_some(columns)
}

fn is_and(word: &str) -> bool {
    lexicon().names.whole(word).contains(&NameWord::And)
}

/// The cells below a header.
struct Body<'a> {
    cells: Vec<Cell>,
    header: &'a Header,
}

/// Lines that make up one cell.
struct Cell {
    text: Rich,
    span: Span,
    /// Index after its last line, in the body.
    end: usize,
}

/// The cells of one cookie.
struct Row<'a> {
    cells: Vec<&'a Cell>,
    end: usize,
}

impl<'a> Body<'a> {
    fn new(lines: &[Line], header: &'a Header) -> Self {
        let lines = &lines[..lines.iter().position(is_next_header).unwrap_or(lines.len())];
        let gap = cell_gap(lines);
        let mut cells: Vec<Cell> = Vec::new();
        let mut previous: Option<&Line> = None;
        for (index, line) in lines.iter().enumerate() {
            let distance = previous.map_or(u32::MAX, |above| line.span.line.saturating_sub(above.span.end_line));
            match cells.last_mut() {
                Some(cell) if distance < gap && !cell.is_left_by(line) => cell.add(line, index),
                _ => cells.push(Cell { text: line.text.clone(), span: line.span, end: index + 1 }),
            }
            previous = Some(line);
        }
        Self { cells, header }
    }

    /// Rows begin at the cells that are names; what stands before a name in the header stands before it here.
    fn rows(&self) -> Vec<Row<'_>> {
        let before = self.header.name_index();
        let width = self.header.columns.len();
        let starts = self.starts(before, width);
        let mut rows = Vec::new();
        for (index, start) in starts.iter().enumerate() {
            let next = starts.get(index + 1).copied();
            let natural = next.unwrap_or(usize::MAX).min(self.cells.len());
            // A row much longer than the header has run into prose: the table ends with it.
            let ended = natural - start > width + 2;
            let end = if ended || next.is_none() { natural.min(start + width) } else { natural };
            rows.push(Row { cells: self.cells[*start..end].iter().collect(), end: self.cells[end - 1].end });
            if ended {
                break;
            }
        }
        rows
    }

    /// Where rows begin: at convincing names, and at possible ones where the row above is complete.
    fn starts(&self, before: usize, width: usize) -> Vec<usize> {
        let mut starts: Vec<usize> = Vec::new();
        for index in before..self.cells.len() {
            let start = index - before;
            let complete = starts.last().is_some_and(|last| start - last == width);
            let least = if complete { LEAST_IN_RHYTHM } else { name::CONVINCING };
            let text = &self.cells[index].text;
            if name::cell_likeness(text) >= least && text.text.split_whitespace().count() <= 6 {
                starts.push(start);
            }
        }
        starts
    }
}

impl Cell {
    /// True where the cell is a name and the line is no rest of it: not its bracket, not the tail that its column broke off.
    fn is_left_by(&self, line: &Line) -> bool {
        let text = line.text.text.trim();
        let single =
            self.text.text.split_whitespace().count() <= 3 && name::cell_likeness(&self.text) >= name::CONVINCING;
        let bracket = text.starts_with('(') && text.split_whitespace().count() <= 4
            || text.ends_with(')') && !self.text.text.contains(')');
        single
            && !bracket
            && !is_broken_name(&self.text.text, text)
            && name::cell_likeness(&line.text) < name::CONVINCING
    }

    fn add(&mut self, line: &Line, index: usize) {
        let broken = is_broken_name(&self.text.text, &line.text.text);
        self.text.push(if broken { "" } else { " " }, &line.text);
        self.span = self.span.join(line.span);
        self.end = index + 1;
    }
}

/// `session_iden` / `tifier (Vendor)`: a single token that goes on below.
fn is_broken_name(above: &str, below: &str) -> bool {
    let next = below.split_whitespace().next().unwrap_or("");
    let single = !above.trim().contains(char::is_whitespace) && name::likeness(above.trim()) >= name::CONVINCING;
    let tail = next.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.'));
    single
        && above.trim().chars().count() >= 8
        && tail
        && !next.is_empty()
        && (next.contains('_') || below.split_whitespace().count() <= 2)
}

/// A line that names the cookie column again.
fn is_next_header(line: &Line) -> bool {
    crate::table::key_of(&line.text.text) == Some(Field::Name)
}

/// The distance of lines from which on they are two cells: more than the smallest, where larger ones are usual too.
fn cell_gap(lines: &[Line]) -> u32 {
    let gaps: Vec<u32> = lines.windows(2).map(|pair| pair[1].span.line.saturating_sub(pair[0].span.end_line)).collect();
    let Some(smallest) = gaps.iter().copied().min() else { return 1 };
    let larger = gaps.iter().filter(|gap| **gap > smallest).count();
    let usual = (gaps.len() - larger) * 5 >= gaps.len() && larger * 5 >= gaps.len();
    if usual { smallest + 1 } else { smallest }
}

impl Row<'_> {
    fn record(&self, header: &Header, leads: &Leads) -> Record {
        let span = self.cells.iter().map(|cell| cell.span).reduce(Span::join).expect("a row has a name");
        let mut record = Record::new(span, FoundIn::Lines, leads);
        let columns = &header.columns;
        let in_order = self.cells.len() == columns.len();
        let mut free: Vec<&Column> = columns.iter().collect();
        for (index, cell) in self.cells.iter().enumerate() {
            let position = if in_order || index <= header.name_index() {
                columns.get(index).and_then(|column| free.iter().position(|free| free.field == column.field))
            } else {
                fitting(&free, &cell.text.text)
            };
            match position {
                Some(position) => {
                    let column = free.remove(position);
                    record.fields.push(FieldText { field: column.field, also: column.also, text: cell.text.clone() });
                }
                None => add_to_purpose(&mut record, &cell.text),
            }
        }
        record
    }
}

/// The free column whose values look like the cell; a sentence is a purpose.
fn fitting(free: &[&Column], text: &str) -> Option<usize> {
    let looks = |field: Field| match field {
        Field::Duration => duration::likeness(text) >= 0.5 || starts_with_length(text),
        Field::Party => term::party(text).is_some(),
        Field::Storage => term::storage(text).is_some(),
        Field::Domain => host::likeness(text) >= 1.0,
        Field::Category => category::likeness(text) >= 0.6,
        _ => false,
    };
    let telling = free.iter().position(|column| looks(column.field));
    let open =
        |column: &&Column| matches!(column.field, Field::Purpose | Field::Function | Field::Provider | Field::Location);
    telling.or_else(|| free.iter().position(open))
}

fn starts_with_length(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && duration::parse(text).kind != crate::document::DurationKind::Unknown
}

fn add_to_purpose(record: &mut Record, text: &Rich) {
    match record.fields.iter_mut().find(|field| field.field == Field::Purpose) {
        Some(purpose) => purpose.text.push(" ", text),
        None => record.set(Field::Purpose, text.clone()),
    }
}
