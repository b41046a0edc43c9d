//! Cookie rows from text with one cell per line or paragraph: a run of headers, then cells in the same rhythm.
//!
//! What values look like tells which cell stands in which column, for all cells together.

use super::lead::Leads;
use super::line::{Line, pass_lines};
use super::record::{FieldText, Record};
use crate::block::{Block, Rich};
use crate::document::{ExtraCell, FoundIn};
use crate::lexicon::{Field, NameWord, Words, lexicon};
use crate::text::{Span, collapse};
use crate::value::{category, duration, host, name, term};

/// A run of headers takes at most this many lines.
const MOST_HEADER_LINES: usize = 10;
/// Likeness that a name must have where the rhythm says that one is due.
const LEAST_IN_RHYTHM: f32 = 0.3;
/// A header line has at most this many characters.
const LONGEST_HEADER: usize = 70;

/// Reads every run of cells among some blocks; their blocks are marked as taken.
pub(super) fn records(blocks: &[Block], lines: &[Line], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
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
    /// Other fields that its header may mean: "Type".
    others: Vec<Field>,
    /// As printed, for a column without a field.
    header: String,
}

impl Header {
    /// Short lines that name columns, the name first or second, right above a convincing name.
    fn at(lines: &[Line]) -> Option<Self> {
        let first = lines.first().filter(|line| line.text.text.chars().nth(LONGEST_HEADER).is_none())?;
        lexicon().headers.all(&first.text.text).first().filter(|hit| hit.start == 0)?;
        let head = || lines.iter().take(MOST_HEADER_LINES);
        let count = columns_in_a_row(lines)
            .or_else(|| head().position(begins_with_name))
            .or_else(|| named_columns_above(lines))?;
        let headers = &lines[..count];
        if count == 0 || !headers.iter().all(is_header_like) {
            return None;
        }
        // Labels and values in turn are another shape.
        if lines.get(count + 1).is_some_and(|line| crate::table::key_of(&line.text.text).is_some()) {
            return None;
        }
        let texts: Vec<&str> = headers.iter().map(|line| line.text.text.as_str()).collect();
        let apart = cells_apart(headers);
        let columns =
            one_column_each(&texts).or_else(|| columns_apart(&apart)).or_else(|| columns(&texts.join(" ")))?;
        Some(Self { columns, lines: count })
    }

    fn name_index(&self) -> usize {
        self.columns.iter().position(|column| column.field == Field::Name).unwrap_or(0)
    }
}

impl Column {
    fn of(field: Field) -> Self {
        Self { field, also: None, others: Vec::new(), header: String::new() }
    }

    /// The column that a header by itself names.
    fn headed(field: Field, header: &str) -> Self {
        let fields = crate::table::header_fields(header);
        let others =
            fields.into_iter().filter(|(other, weight)| *other != field && *weight >= 0.75).map(|(other, _)| other);
        Self { others: others.collect(), header: header.to_owned(), ..Self::of(field) }
    }

    /// How well a cell fits it. Where names stand before whose they are, a word before a bracket is one.
    fn fits(&self, cell: &Rich) -> f32 {
        let owned = self.field == Field::Name && self.also == Some(Field::Provider);
        let named =
            owned && cell.text.trim().ends_with(')') && owner_end(cell.text.trim()) == Some(cell.text.trim().len());
        if named { 1.8 } else { self.meant_by(cell).1 }
    }

    /// What its header means for a cell, and how well the cell fits it.
    fn meant_by(&self, cell: &Rich) -> (Field, f32) {
        let fits = std::iter::once(&self.field).chain(&self.others).map(|field| (*field, fitness(*field, cell)));
        fits.reduce(|best, other| if other.1 > best.1 { other } else { best }).expect("a column has a field")
    }
}

/// How many of the first lines name a column each, where a name stands below them in its place.
fn columns_in_a_row(lines: &[Line]) -> Option<usize> {
    let mut fields: Vec<Field> = Vec::new();
    for line in lines.iter().take(MOST_HEADER_LINES).filter(|line| is_header_like(line)) {
        match crate::table::key_of(&line.text.text).filter(|field| !fields.contains(field)) {
            Some(field) => fields.push(field),
            None => break,
        }
    }
    let name = fields.iter().position(|field| *field == Field::Name).filter(|_| fields.len() >= 3)?;
    let first = lines.get(fields.len() + name)?;
    let few = first.text.text.split_whitespace().nth(4).is_none();
    let named = few && name::cell_likeness(&first.text) >= LEAST_IN_RHYTHM;
    named.then_some(fields.len())
}

/// How many lines name columns, where a name that could be any word stands below them.
fn named_columns_above(lines: &[Line]) -> Option<usize> {
    let keyed = |line: &Line| crate::table::key_of(&line.text.text).is_some();
    let last = lines.iter().take(MOST_HEADER_LINES).rposition(|line| keyed(line) && is_header_like(line))?;
    let keys = lines[..=last].iter().filter(|line| keyed(line)).count();
    let below = (last + 1..lines.len().min(last + 3)).find(|at| {
        let text = lines[*at].text.text.trim();
        let few = text.split_whitespace().nth(3).is_none();
        few && name::cell_likeness(&lines[*at].text) >= 0.38 && !text.contains(": ")
    })?;
    (keys >= 3 || (keys >= 2 && keys == below)).then_some(below)
}

/// The header lines that stand together as one text each, where wider gaps part them.
fn cells_apart(headers: &[Line]) -> Vec<String> {
    let gap = cell_gap(headers);
    let mut cells: Vec<String> = Vec::new();
    for (index, line) in headers.iter().enumerate() {
        let apart = index == 0 || line.span.line.saturating_sub(headers[index - 1].span.end_line) >= gap;
        match cells.last_mut().filter(|_| !apart) {
            Some(cell) => *cell = format!("{cell} {}", line.text.text.trim()),
            None => cells.push(line.text.text.trim().to_owned()),
        }
    }
    cells
}

/// The columns where each cell is a header by itself and most are known; the others have no field.
fn columns_apart(cells: &[String]) -> Option<Vec<Column>> {
    if cells.iter().any(|cell| cell.split_whitespace().last().is_some_and(is_and)) {
        return None;
    }
    let fields: Vec<Option<Field>> = cells.iter().map(|cell| crate::table::key_of(cell)).collect();
    let known = fields.iter().flatten().count();
    let named = fields.iter().take(2).any(|field| *field == Some(Field::Name));
    let distinct = (1..fields.len()).all(|at| fields[at].is_none() || !fields[..at].contains(&fields[at]));
    let column = |(field, cell): (Option<Field>, &String)| Column::headed(field.unwrap_or(Field::Extra), cell);
    (named && distinct && known >= 3 && known * 5 >= cells.len() * 3)
        .then(|| fields.into_iter().zip(cells).map(column).collect())
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
    text.split(' ').nth(3).is_none() && name::cell_likeness(&line.text) >= name::CONVINCING
}

/// The columns where each line is a header by itself; one that ends with "and" goes on in the next.
fn one_column_each(texts: &[&str]) -> Option<Vec<Column>> {
    if texts.iter().any(|text| text.split_whitespace().last().is_some_and(is_and)) {
        return None;
    }
    let fields: Option<Vec<Field>> = texts.iter().map(|text| crate::table::key_of(text)).collect();
    let fields = fields?;
    let distinct = (1..fields.len()).all(|index| !fields[..index].contains(&fields[index]));
    let named = fields.iter().take(if fields.len() >= 3 { 3 } else { 2 }).any(|field| *field == Field::Name);
    (distinct && named && fields.len() >= 2)
        .then(|| fields.into_iter().zip(texts).map(|(field, text)| Column::headed(field, text)).collect())
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
            _ => columns.push(Column::of(hit.meaning)),
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

/// A line on which a cell goes on in the next column: `a_b (Acme) Counts visits` is two cells.
fn behind_owner(line: &Line) -> Vec<Line> {
    let text = &line.text;
    let end = owner_end(&text.text).filter(|end| text.text[*end..].trim_start().starts_with(char::is_uppercase));
    let Some(end) = end else { return vec![line.clone()] };
    let part = |from: usize, to: usize| Line { text: text.slice(from, to), ..line.clone() };
    let next = text.text.len() - text.text[end..].trim_start().len();
    vec![part(0, end), part(next, text.text.len())]
}

/// Where the bracket ends that says whose the name before it is.
fn owner_end(text: &str) -> Option<usize> {
    let (name, rest) = text.split_once(" (")?;
    let close = rest.find(')').filter(|close| (2..=40).contains(close))?;
    let single = !name.contains(char::is_whitespace) && name::likeness(name) >= LEAST_IN_RHYTHM;
    (single && rest.starts_with(char::is_uppercase)).then_some(name.len() + 2 + close + 1)
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
    /// The column of each cell.
    columns: Vec<usize>,
    end: usize,
}

impl<'a> Body<'a> {
    fn new(lines: &[Line], header: &'a Header) -> Self {
        let lines = &lines[..lines.iter().position(is_next_header).unwrap_or(lines.len())];
        let owned =
            header.columns.iter().any(|column| column.field == Field::Name && column.also == Some(Field::Provider));
        let gap = cell_gap(lines);
        let mut cells: Vec<Cell> = Vec::new();
        let mut previous: Option<&Line> = None;
        for (index, line) in lines.iter().enumerate() {
            let distance = previous.map_or(u32::MAX, |above| line.span.line.saturating_sub(above.span.end_line));
            let parts = if owned { behind_owner(line) } else { vec![line.clone()] };
            for (part, line) in parts.iter().enumerate() {
                // A line that begins with a name and whose it is begins a row, however near the line above is.
                let apart = part > 0 || parts.len() > 1;
                match cells.last_mut() {
                    Some(cell) if !apart && distance < gap && !cell.is_left_by(line) => cell.add(line, index),
                    _ => cells.push(Cell { text: line.text.clone(), span: line.span, end: index + 1 }),
                }
            }
            previous = Some(line);
        }
        let end = end_by_distance(&cells).unwrap_or(cells.len());
        cells.truncate(end);
        Self { cells, header }
    }

    /// Each cell to its column, by what the columns' values look like: the best reading of all cells together, so that a missing
    /// or a broken cell costs one row and not all that follow. The table ends where no row begins with a name any more.
    fn rows(&self) -> Vec<Row<'_>> {
        let columns = self.best_columns();
        let mut rows: Vec<Row> = Vec::new();
        for (index, column) in columns.into_iter().enumerate() {
            let begins = rows.last().is_none_or(|row| row.columns.last().is_some_and(|last| column < *last));
            if begins {
                rows.push(Row { cells: Vec::new(), columns: Vec::new(), end: 0 });
            }
            let row = rows.last_mut().expect("pushed");
            row.cells.push(&self.cells[index]);
            row.columns.push(column);
            row.end = self.cells[index].end;
        }
        let name = self.header.name_index();
        let ended = rows.iter().position(|row| !row.is_named(name) || row.cells.len() > self.header.columns.len() + 3);
        rows.truncate(ended.unwrap_or(rows.len()));
        rows
    }

    /// The column of each cell: the sequence of columns with the highest sum of fitness, less what its gaps cost.
    fn best_columns(&self) -> Vec<usize> {
        let columns = &self.header.columns;
        let mut best: Vec<f32> = (0..columns.len()).map(|column| -SKIPPED * column as f32).collect();
        let mut from: Vec<Vec<usize>> = Vec::new();
        for (index, cell) in self.cells.iter().enumerate() {
            let fits: Vec<f32> = columns.iter().map(|column| column.fits(&cell.text)).collect();
            if index == 0 {
                best.iter_mut().zip(&fits).for_each(|(best, fit)| *best += fit);
                from.push((0..columns.len()).collect());
                continue;
            }
            let step = |column: usize| {
                let reached =
                    best.iter().enumerate().map(|(above, sum)| (sum - step_cost(above, column, columns.len()), above));
                reached.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).expect("a header has columns")
            };
            let steps: Vec<(f32, usize)> = (0..columns.len()).map(step).collect();
            best = steps.iter().zip(&fits).map(|((sum, _), fit)| sum + fit).collect();
            from.push(steps.into_iter().map(|(_, above)| above).collect());
        }
        let mut column = (0..best.len()).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
        let mut path = Vec::with_capacity(from.len());
        for above in from.iter().rev() {
            path.push(column);
            column = above[column];
        }
        path.reverse();
        path
    }
}

/// Where cells of a steady distance end: at the first that stands further from the one above and is no name.
fn end_by_distance(cells: &[Cell]) -> Option<usize> {
    let distance = |pair: &[Cell]| pair[1].span.line.saturating_sub(pair[0].span.end_line);
    let mut distances: Vec<u32> = cells.windows(2).map(distance).collect();
    distances.sort_unstable();
    let usual = *distances.get(distances.len() / 2)?;
    let steady = distances.iter().filter(|distance| **distance == usual).count() * 10 >= distances.len() * 6;
    let apart = |pair: &[Cell]| distance(pair) > usual && name::cell_likeness(&pair[1].text) < LEAST_IN_RHYTHM;
    cells.windows(2).position(apart).map(|at| at + 1).filter(|_| steady)
}

/// A column without a cell in its row.
const SKIPPED: f32 = 0.8;
/// A cell that goes on in the next.
const BROKEN: f32 = 1.0;

/// What it costs that one cell stands in a column and the next in another.
fn step_cost(above: usize, column: usize, width: usize) -> f32 {
    match column.cmp(&above) {
        std::cmp::Ordering::Greater => SKIPPED * (column - above - 1) as f32,
        std::cmp::Ordering::Equal if width > 1 => BROKEN,
        _ => SKIPPED * (width - 1 - above + column) as f32,
    }
}

/// How well a cell fits a column, about -1 to 2.
pub(super) fn fitness(field: Field, cell: &Rich) -> f32 {
    let text = cell.text.trim();
    let words = text.split_whitespace().count();
    let truth = |fact: bool, good: f32, bad: f32| if fact { good } else { bad };
    match field {
        Field::Name if words > 8 => -1.5,
        Field::Name => 2.0 * name::cell_likeness(cell) - 0.5,
        Field::Duration => 2.0 * f32::max(duration::likeness(text), truth(starts_with_length(text), 0.6, 0.0)) - 0.6,
        Field::Domain => truth(host::likeness(text) >= 1.0, 1.5, -0.7),
        Field::Party => truth(term::party(text).is_some(), 1.4, -0.7),
        Field::Storage => truth(term::storage(text).is_some(), 1.4, -0.7),
        Field::Category => 1.6 * category::likeness(text) - 0.4,
        Field::Provider if lexicon().services.is_name(text) || lexicon().services.is_company(text) => 1.2,
        Field::Provider => truth(words <= 5 && text.starts_with(char::is_uppercase) && !text.ends_with('.'), 0.4, -0.6),
        Field::Purpose | Field::Function | Field::Location => {
            let value =
                duration::likeness(text) >= 0.8 || host::likeness(text) >= 1.0 || name::cell_likeness(cell) >= 0.9;
            truth(value, -0.8, truth(words >= 4, 0.8, 0.2))
        }
        Field::Extra => 0.1,
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
    let usual = larger * 5 >= gaps.len();
    if usual { smallest + 1 } else { smallest }
}

impl Row<'_> {
    /// True where its name can be one.
    fn is_named(&self, name: usize) -> bool {
        let own = self.columns.iter().position(|column| *column == name).map(|at| &self.cells[at].text);
        own.is_some_and(|text| {
            text.text.split_whitespace().nth(8).is_none() && name::cell_likeness(text) >= LEAST_IN_RHYTHM
        })
    }

    fn record(&self, header: &Header, leads: &Leads) -> Record {
        let span = self.cells.iter().map(|cell| cell.span).reduce(Span::join).expect("a row has a name");
        let mut record = Record::new(span, FoundIn::Lines, leads);
        for (index, column) in header.columns.iter().enumerate() {
            let own = self.cells.iter().zip(&self.columns).filter(|(_, at)| **at == index).map(|(cell, _)| &cell.text);
            let Some(text) = own.cloned().reduce(joined) else { continue };
            if column.field == Field::Extra {
                record.extra.push(ExtraCell { header: column.header.clone(), value: collapse(&text.text) });
            } else {
                let (field, _) = column.meant_by(&text);
                record.fields.push(FieldText { field, also: column.also, text });
            }
        }
        record
    }
}

fn joined(mut above: Rich, below: Rich) -> Rich {
    above.push(" ", &below);
    above
}

fn starts_with_length(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && duration::parse(text).kind != crate::document::DurationKind::Unknown
}
