//! Cookie rows from text whose cells are joined by single blanks under a line of headers, as plain `pdftotext` and text browsers leave
//! narrow tables: the words of a row are divided among its columns by what the columns' values look like.

use super::from_table::from_table;
use super::lead::Leads;
use super::line::{Line, lines, pass_lines};
use super::record::Record;
use crate::block::{Block, Cell, Row, Table};
use crate::lexicon::{Field, NameWord, lexicon};
use crate::text::Span;
use crate::value::{category, duration, host, name, term};

/// A line of headers has at most this many words, and a header at most [`LONGEST_HEADER`].
const MOST_HEADER_WORDS: usize = 16;
const LONGEST_HEADER: usize = 5;
/// More ways to divide a line among headers are not tried.
const MOST_READINGS: usize = 8;
/// Fewer columns are headed by many sentences.
const LEAST_COLUMNS: usize = 3;
/// A row takes at most this many lines, and this many words.
const MOST_LINES: usize = 8;
const MOST_WORDS: usize = 160;
/// A cell that is no text takes at most this many words.
const LONGEST_VALUE: usize = 7;
/// How much the first word of a line must look like a name to begin a row.
const LEAST_LIKENESS: f32 = 0.4;
/// The same within a line.
const LEAST_WITHIN: f32 = 0.8;
/// The mean fitness of a row's cells that makes it a row.
const LEAST_FITNESS: f32 = 0.62;

/// Reads every such table among some blocks; their blocks are marked as taken.
pub(super) fn records(blocks: &[Block], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let lines = lines(blocks, taken);
    let mut leads = leads.clone();
    let mut records = Vec::new();
    let mut passed = 0;
    let mut next = 0;
    while next < lines.len() {
        let Some((header, rows)) = read(&lines[next..]).filter(|(_, rows)| rows.len() >= 2) else {
            next += 1;
            continue;
        };
        pass_lines(&mut leads, blocks, &lines[passed..next]);
        let end = next + 1 + rows.last().map_or(0, |row| row.end);
        lines[next..end].iter().for_each(|line| taken[line.block] = true);
        let table = header.table(&lines[next], rows);
        records.extend(from_table(&table, &leads, None).records);
        (next, passed) = (end, end);
    }
    records
}

/// The header that the first line is and the rows below it, read as the rows fit best: "cookie domain" may be one header or two.
fn read(lines: &[Line]) -> Option<(Header, Vec<JoinedRow>)> {
    let fitness = |rows: &[JoinedRow]| rows.iter().map(|row| row.fitness).sum::<f32>();
    let read = Header::readings(&lines[0]).into_iter().map(|header| {
        let rows = header.rows(&lines[1..]);
        (header, rows)
    });
    read.reduce(|best, other| if fitness(&other.1) > fitness(&best.1) { other } else { best })
}

/// The columns that a line of headers names, in order.
struct Header {
    columns: Vec<Column>,
}

#[derive(Clone)]
struct Column {
    /// As printed.
    header: String,
    /// The fields that it may mean.
    fields: Vec<Field>,
}

/// The lines that make up a row, divided into its cells.
struct JoinedRow {
    cells: Vec<String>,
    /// The mean over its cells.
    fitness: f32,
    span: Span,
    /// Index after its last line.
    end: usize,
}

impl Header {
    /// What a line can be that is headers from its first word to its last, a name's first among them.
    fn readings(line: &Line) -> Vec<Self> {
        let words: Vec<&str> = line.text.text.split_whitespace().collect();
        let fits =
            (LEAST_COLUMNS..=MOST_HEADER_WORDS).contains(&words.len()) && !line.text.text.ends_with(['.', ':', '?']);
        let readings = if fits { headers(&words) } else { Vec::new() };
        let told = |columns: &[Column], field: Field| columns.iter().any(|column| column.fields.contains(&field));
        let heads_cookies = |columns: &Vec<Column>| {
            let named = columns.first().is_some_and(|column| column.fields.contains(&Field::Name));
            let said = told(columns, Field::Purpose) || told(columns, Field::Duration);
            columns.len() >= LEAST_COLUMNS && named && said
        };
        readings.into_iter().filter(heads_cookies).map(|columns| Self { columns }).collect()
    }

    /// The rows that follow, up to the first word that begins none.
    fn rows(&self, lines: &[Line]) -> Vec<JoinedRow> {
        let words = words_of(lines);
        let mut rows: Vec<JoinedRow> = Vec::new();
        let mut next = 0;
        while let Some((row, end)) = self.row(&words[next..], lines, &rows) {
            next += end;
            rows.push(row);
        }
        rows
    }

    /// The row that the words begin with, over as many of them as divide best, and how many these are.
    fn row(&self, words: &[Word], lines: &[Line], above: &[JoinedRow]) -> Option<(JoinedRow, usize)> {
        words.first().filter(|word| word.begins_row())?;
        let texts: Vec<&str> = words.iter().take(MOST_WORDS).map(|word| word.text).collect();
        let mut best: Option<(f32, Vec<String>, usize)> = None;
        for end in ends(words) {
            let Some((fitness, cells)) = self.divide(&texts[..end], above) else { continue };
            if best.as_ref().is_none_or(|(known, ..)| fitness > *known) {
                best = Some((fitness, cells, end));
            }
        }
        let (fitness, cells, end) = best.filter(|(fitness, ..)| *fitness >= LEAST_FITNESS)?;
        let last = words[end - 1].line;
        let span = lines[words[0].line].span.join(lines[last].span);
        Some((JoinedRow { cells, fitness, span, end: last + 1 }, end))
    }

    /// The division of words among the columns with the highest mean fitness; a column may stay empty, but for the name's.
    fn divide(&self, words: &[&str], above: &[JoinedRow]) -> Option<(f32, Vec<String>)> {
        let (columns, count) = (self.columns.len(), words.len());
        let mut best = vec![vec![f32::NEG_INFINITY; count + 1]; columns + 1];
        let mut from = vec![vec![0; count + 1]; columns + 1];
        best[0][0] = 0.0;
        for (index, column) in self.columns.iter().enumerate() {
            let known: Vec<&str> = above.iter().map(|row| row.cells[index].as_str()).collect();
            for start in (0..=count).filter(|start| best[index][*start].is_finite()).collect::<Vec<_>>() {
                for end in start..=column.reach(start, count) {
                    let fitness = best[index][start] + column.fitness(&words[start..end], &known);
                    if fitness > best[index + 1][end] {
                        best[index + 1][end] = fitness;
                        from[index + 1][end] = start;
                    }
                }
            }
        }
        let sum = best[columns][count];
        sum.is_finite().then(|| (sum / columns as f32, cells(words, &from)))
    }

    /// The header and its rows as a table.
    fn table(&self, line: &Line, rows: Vec<JoinedRow>) -> Table {
        let cell = |text: &String| Cell::plain(text.clone());
        let head =
            Row { head: true, ..Row::new(self.columns.iter().map(|column| cell(&column.header)).collect(), line.span) };
        let body = rows.iter().map(|row| Row::new(row.cells.iter().map(cell).collect(), row.span));
        Table { rows: std::iter::once(head).chain(body).collect(), ..Table::default() }
    }
}

impl Column {
    fn is_text(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Purpose | Field::Extra | Field::Function))
    }

    fn reach(&self, start: usize, count: usize) -> usize {
        if self.is_text() { count } else { count.min(start + LONGEST_VALUE) }
    }

    /// How well some words fit as its cell, below 1 and a little; none fit where the cell may be empty.
    fn fitness(&self, words: &[&str], above: &[&str]) -> f32 {
        if words.is_empty() {
            return if self.fields.contains(&Field::Name) { f32::NEG_INFINITY } else { 0.0 };
        }
        let best = self.fields.iter().map(|field| fitness(*field, words)).fold(f32::NEG_INFINITY, f32::max);
        let again = !self.is_text() && above.contains(&words.join(" ").as_str());
        if again { best.max(0.9) } else { best }
    }
}

/// Every way to divide a line among headers, those of the longest headers first: every word belongs to one, and none names only the
/// field of another.
fn headers(words: &[&str]) -> Vec<Vec<Column>> {
    let mut complete = Vec::new();
    let mut open: Vec<(usize, Vec<Column>)> = vec![(0, Vec::new())];
    while let Some((next, columns)) = open.pop() {
        if next == words.len() {
            complete.push(columns);
            if complete.len() == MOST_READINGS {
                break;
            }
            continue;
        }
        // The last that is put aside is the first to be gone on with.
        for length in 1..=LONGEST_HEADER.min(words.len() - next) {
            let header = words[next..next + length].join(" ");
            let mut fields = lexicon().headers.whole(&header);
            fields.retain(|field| *field == Field::Extra || columns.iter().all(|column| column.fields[0] != *field));
            if !fields.is_empty() {
                let column = Column { header, fields };
                open.push((next + length, columns.iter().cloned().chain([column]).collect()));
            }
        }
    }
    complete
}

/// A word of the lines below a header.
struct Word<'a> {
    text: &'a str,
    /// Index of its line.
    line: usize,
    /// Index of its block.
    block: usize,
    /// True for the first of its line.
    first: bool,
}

impl Word<'_> {
    /// A row begins with its name; one within a line with a name beyond doubt.
    fn begins_row(&self) -> bool {
        let least = if self.first { LEAST_LIKENESS } else { LEAST_WITHIN };
        !self.text.ends_with('.') && name::likeness(name::clean(self.text)) >= least
    }
}

/// The words of the lines up to a heading.
fn words_of(lines: &[Line]) -> Vec<Word<'_>> {
    let table = lines.iter().enumerate().take_while(|(_, line)| !line.heading);
    let words = table.flat_map(|(line, printed)| {
        printed.text.text.split_whitespace().enumerate().map(move |(at, text)| Word {
            text,
            line,
            block: printed.block,
            first: at == 0,
        })
    });
    words.collect()
}

/// Where a row may end: before a word that begins a line or another row, at most before the first line that begins a row.
fn ends(words: &[Word]) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, word) in words.iter().enumerate().skip(1).take(MOST_WORDS - 1) {
        if word.line >= words[0].line + MOST_LINES {
            return ends;
        }
        if word.first || word.begins_row() {
            ends.push(at);
        }
        if word.first && (word.begins_row() || word.block != words[0].block) {
            return ends;
        }
    }
    if words.len() <= MOST_WORDS {
        ends.push(words.len());
    }
    ends
}

fn cells(words: &[&str], from: &[Vec<usize>]) -> Vec<String> {
    let mut end = words.len();
    let mut cells: Vec<String> = Vec::new();
    for starts in from[1..].iter().rev() {
        cells.push(words[starts[end]..end].join(" "));
        end = starts[end];
    }
    cells.reverse();
    cells
}

fn fitness(field: Field, words: &[&str]) -> f32 {
    let text = || words.join(" ");
    let is = |known: bool| if known { 1.0 } else { 0.0 };
    match field {
        Field::Name => names_fitness(words),
        Field::Provider => provider_fitness(words, &text()),
        Field::Purpose => text_fitness(words),
        Field::Duration => value_fitness(duration::likeness(&text()), words),
        Field::Category => value_fitness(category::likeness(&text()), words),
        Field::Party => value_fitness(is(term::party(&text()).is_some()), words),
        Field::Storage => value_fitness(is(term::storage(&text()).is_some()), words),
        Field::Domain => value_fitness(host::likeness(&text()), words),
        Field::Function | Field::Location | Field::Extra => 0.4,
    }
}

/// What looks like the field's values and nothing else; of two that do, the longer.
fn value_fitness(likeness: f32, words: &[&str]) -> f32 {
    if likeness >= 0.6 { likeness + 0.01 * words.len() as f32 } else { 0.05 }
}

/// One name, or several with a comma or a word for "and" between them.
fn names_fitness(words: &[&str]) -> f32 {
    let is_and = |word: &str| lexicon().names.whole(word).contains(&NameWord::And);
    let joined = words.windows(2).all(|pair| pair[0].ends_with([',', ';']) || is_and(pair[0]) || is_and(pair[1]));
    let named = words.iter().filter(|word| !is_and(word)).map(|word| name::likeness(name::clean(word)));
    let least = named.fold(1.0, f32::min);
    if joined && least >= 0.3 && !words.last().is_some_and(|word| is_and(word) || word.ends_with(',')) {
        0.5 + least / 2.0
    } else {
        0.0
    }
}

/// A service, a company, a host, a party; else few words, the first a capitalised one.
fn provider_fitness(words: &[&str], text: &str) -> f32 {
    let services = &lexicon().services;
    if services.is_name(text) || services.is_company(text) || term::party(text).is_some() {
        return 1.0 + 0.06 * words.len() as f32;
    }
    if host::likeness(text) >= 1.0 {
        return 0.95;
    }
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let capitals = words.iter().filter(|word| capital(word)).count();
    let plain = !text.ends_with(['.', ',', ':', ';']);
    if !plain || !capital(&words[0]) {
        return 0.05;
    }
    0.62 + 0.04 * capitals as f32 - 0.1 * (words.len() - capitals) as f32 - 0.06 * words.len().saturating_sub(2) as f32
}

/// A text opens with a capital letter and has some words; a full stop closes it.
fn text_fitness(words: &[&str]) -> f32 {
    let length: f32 = match words.len() {
        1 => 0.4,
        2 => 0.7,
        _ => 0.75,
    };
    let opens = words[0].starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let closes = words[words.len() - 1].ends_with(['.', '!', '…']);
    // The number of a lifetime that was cut from its unit.
    let cut = words[words.len() - 1].chars().all(|c| c.is_ascii_digit());
    length + if opens { 0.15 } else { 0.0 } + if closes { 0.1 } else { 0.0 } - if cut { 0.3 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Rich;

    fn line(number: u32, text: &str) -> Line {
        Line { block: 0, text: Rich::plain(text), span: Span::line(number), heading: false }
    }

    #[test]
    fn words_are_divided_by_what_values_look_like() {
        let mut lines = vec![line(1, "Name Provider Purpose Expires in Type")];
        let body = [
            "sess_id Acme Keeps the visitor signed in while he orders",
            "tickets. 2 days Necessary",
            "_ga Google LLC Counts visits. 13 months Statistics",
            "How long we keep orders is another matter.",
        ];
        lines.extend((2..).zip(body).map(|(number, text)| line(number, text)));
        let (_, rows) = read(&lines).expect("the first line is headers and nothing else");
        let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
        assert_eq!(
            rows,
            [
                ["sess_id", "Acme", "Keeps the visitor signed in while he orders tickets.", "2 days", "Necessary"],
                ["_ga", "Google LLC", "Counts visits.", "13 months", "Statistics"],
            ]
        );
    }

    #[test]
    fn sentences_are_no_headers() {
        for text in ["We use cookies for the purpose of statistics", "Name, address and purpose", "Cookies and purpose"]
        {
            assert!(Header::readings(&line(1, text)).is_empty(), "{text}");
        }
    }
}
