//! Cookie rows from lines whose cells stand right behind one another, without even a blank: what is left of a table where a scraper puts
//! nothing between them.
//!
//! The headers are glued as well, and a capital behind a small letter shows where the next begins. In the rows a cell ends at such a seam too,
//! or where a lifetime in small letters begins; each row is cut where the sum of how well its cells fit their columns is highest.

use std::collections::BTreeSet;
use std::ops::Range;

use super::best_cut::{Cuts, Flow, best_cut, best_rows};
use super::fitness::{FITTING, SHOWN, SKIPPED, fitness};
use super::joined_cells::is_cut_lifetime;
use super::line::{Line, pass_grouped};
use super::line_header::names_a_group;
use crate::block::{Block, Cell, Rich, Row, Table};
use crate::document::FoundIn;
use crate::fields::cookie::from_table::from_table;
use crate::fields::cookie::heard::Heard;
use crate::fields::cookie::labelled::labels::Labels;
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::Record;
use crate::lexicon::{Field, lexicon};
use crate::table::{header_fields, key_of};
use crate::text::{Asked, Text, answer, fits};
use crate::value::{duration, host, name};

/// A line of headers has at most this many characters, and so many columns.
const LONGEST_HEADER: usize = 160;
const MOST_COLUMNS: usize = 10;
/// Headers of so many columns that are all known are no name.
const LEAST_WRITTEN_AS_NAME: usize = 3;
/// Of ten columns so many have a header that a lexicon knows.
const LEAST_KNOWN: usize = 6;
/// A row has at most this many bytes, and places where it could be cut.
const LONGEST_ROW: usize = 1_200;
const MOST_SEAMS: usize = 48;
/// A cell of anything but sentences and names holds at most so many seams within.
const MOST_WITHIN: usize = 5;
/// Rows in which nothing is parted are looked for in so many bytes and seams.
const LONGEST_FLOW: usize = 20_000;
const MOST_FLOWING: usize = 1_500;
/// Seams within a cell of such a row, and what a word that could be any must be worth more to be its name.
const MOST_FLOWING_WITHIN: usize = 14;
const DOUBTED: f32 = 0.8;
/// The name of a group has at most this many words.
const MOST_GROUP_WORDS: usize = 6;
/// A lifetime in small letters has at most and at least this many bytes.
const LONGEST_LIFETIME: usize = 48;
const LEAST_LIFETIME: usize = 4;
/// The part of a known host before its first dot has at most this many letters.
const LONGEST_HOST: usize = 24;
/// A seam within a cell costs this much.
const WITHIN: f32 = 0.1;
const WITHIN_NAME: f32 = 0.02;

/// Reads every such table among some lines; their blocks are marked as taken.
pub fn records(blocks: &[Block], lines: &[Line], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let mut leads = leads.clone();
    let mut passed = 0;
    let mut records = Vec::new();
    let mut hosts = BTreeSet::new();
    let mut heard = 0;
    let mut head = 0;
    while head < lines.len() {
        let Some(header) = Header::of(&lines[head].text.text) else {
            head += 1;
            continue;
        };
        hosts.extend(hosts_in(&lines[heard..head]));
        heard = head;
        let mut next = head + 1;
        loop {
            let first = next + usize::from(lines.get(next).is_some_and(is_group));
            let rows = header.rows(&lines[first..], &hosts);
            if !header.believes(&rows) {
                break;
            }
            pass_grouped(&mut leads, blocks, &lines[passed..first]);
            taken[lines[head].block] = true;
            lines[next..first + rows.len()].iter().for_each(|line| taken[line.block] = true);
            next = first + rows.len();
            (passed, heard) = (next, next);
            let found = from_table(&header.table(&lines[head], &rows), &leads, &Labels::default(), None).records;
            records.extend(found.into_iter().map(|record| Record { found_in: FoundIn::Lines, ..record }));
        }
        head = next;
    }
    records
}

/// Hosts that lines print as words of their own, with and without `www`.
fn hosts_in(lines: &[Line]) -> impl Iterator<Item = &str> {
    let words =
        lines.iter().flat_map(|line| line.text.text.split_whitespace()).map(|word| word.trim_matches(PUNCTUATION));
    let hosts = words.filter(|word| word.contains('.') && host::likeness(*word) >= 1.0);
    hosts.flat_map(|host| [host, host.strip_prefix("www.").unwrap_or(host)])
}

/// What stands around a word of a sentence.
const PUNCTUATION: [char; 8] = ['.', ',', ';', ':', '(', ')', '"', '/'];

/// The name of a category, alone on its line between rows.
fn is_group(line: &Line) -> bool {
    let text = &line.text.text;
    text.word_count() <= MOST_GROUP_WORDS && names_a_group(text)
}

/// A line that is nothing but headers, the one glued to the other.
pub struct Header {
    columns: Vec<Column>,
    name: usize,
}

struct Column {
    /// As printed.
    header: String,
    /// What it may hold; nothing where no lexicon knows its header.
    fields: Vec<Field>,
}

/// A row cut into cells.
struct CutRow {
    cells: Vec<String>,
    fits: Vec<f32>,
}

impl Header {
    pub fn of(text: &Text) -> Option<Self> {
        let heads = *answer(&text.known().answers::<Heard>().glued_headers, || Self::cut(text).is_some());
        heads.then(|| Self::cut(text)).flatten()
    }

    fn cut(text: &str) -> Option<Self> {
        let text = text.trim();
        if !fits(text, LONGEST_HEADER) || text.contains([':', '_']) || text.ends_with('.') {
            return None;
        }
        let parts = header_parts(text);
        if !(2..=MOST_COLUMNS).contains(&parts.len()) {
            return None;
        }
        let columns: Vec<Column> = parts.into_iter().map(|part| Column::headed(&text[part])).collect();
        // "NamePurposeDuration" is written as names are, and each of its words is a header.
        let all_known =
            columns.len() >= LEAST_WRITTEN_AS_NAME && columns.iter().all(|column| !column.fields.is_empty());
        if !all_known && name::likeness(text) >= name::CONVINCING {
            return None;
        }
        let known: Vec<Field> = columns.iter().filter_map(|column| column.fields.first().copied()).collect();
        let distinct = known.iter().collect::<BTreeSet<_>>().len() == known.len();
        let name = columns.iter().take(3).position(|column| column.fields.first() == Some(&Field::Name))?;
        let known = || known.iter().filter(|field| **field != Field::Extra).count();
        let most = known() >= 2 && known() * 10 >= columns.len() * LEAST_KNOWN;
        (distinct && most).then_some(Self { columns, name })
    }

    /// The lines that are rows, up to the first that is none.
    fn rows(&self, lines: &[Line], hosts: &BTreeSet<&str>) -> Vec<(CutRow, Line)> {
        let row = |line: &Line| {
            let is_row = !line.heading && !is_group(line) && Self::of(&line.text.text).is_none();
            let row = is_row.then(|| self.row(line.text.text.trim(), hosts)).flatten()?;
            Some((row, line.clone()))
        };
        lines.iter().map_while(row).collect()
    }

    /// Where the rows stand in a text that begins with one and in which nothing parts them.
    pub fn rows_in(&self, text: &str) -> Vec<Range<usize>> {
        let text = &text[..text.floor_char_boundary(LONGEST_FLOW)];
        let mut seams = seams(text, &BTreeSet::new());
        seams.truncate(MOST_FLOWING);
        let cuts = FlowingSeams { cuts: SeamCuts { columns: &self.columns, text, seams: &seams }, name: self.name };
        let rows = best_rows(seams.len() - 1, &cuts);
        let row = |cells: Vec<Range<usize>>| seams[cells[0].start]..seams[cells[cells.len() - 1].end];
        rows.into_iter().map(row).collect()
    }

    /// Names beyond doubt are names, and a single one needs to be.
    fn believes(&self, rows: &[(CutRow, Line)]) -> bool {
        let sure = rows.iter().filter(|(row, _)| name::likeness(&row.cells[self.name]) >= name::CONVINCING).count();
        let full = rows.iter().filter(|(row, _)| row.cells.iter().all(|cell| !cell.is_empty())).count();
        sure * 2 >= rows.len() && sure > 0 || rows.len() > 1 && full == rows.len()
    }

    fn table(&self, line: &Line, rows: &[(CutRow, Line)]) -> Table {
        let cells = self.columns.iter().map(|column| Cell::plain(column.header.as_str())).collect();
        let head = Row { head: true, ..Row::new(cells, line.span) };
        let body = rows.iter().map(|(row, line)| Row::new(row.cells.iter().map(Cell::plain).collect(), line.span));
        Table { rows: std::iter::once(head).chain(body).collect(), ..Table::default() }
    }

    /// The cells of a line whose sum of fitness is highest, where they are a row.
    fn row(&self, text: &str, hosts: &BTreeSet<&str>) -> Option<CutRow> {
        let seams = (text.len() <= LONGEST_ROW).then(|| seams(text, hosts)).filter(|at| at.len() <= MOST_SEAMS + 2)?;
        let cuts = SeamCuts { columns: &self.columns, text, seams: &seams };
        Some(self.cells(&cuts)).filter(|row| self.is_row(row))
    }

    fn cells(&self, cuts: &SeamCuts) -> CutRow {
        let mut row = CutRow { cells: Vec::new(), fits: Vec::new() };
        for (column, cell) in self.columns.iter().zip(best_cut(cuts.seams.len() - 1, cuts)) {
            let cell = cuts.cell(&cell);
            row.fits.push(if cell.is_empty() { -SKIPPED } else { column.fit(cell) });
            row.cells.push(cell.trim().to_owned());
        }
        row
    }

    /// A name, two cells at least, and a value that shows its look where a column has one.
    fn is_row(&self, row: &CutRow) -> bool {
        let looks = || self.columns.iter().zip(&row.fits).filter(|(column, _)| column.has_look());
        let shown = looks().next().is_none() || looks().any(|(_, fit)| *fit >= SHOWN);
        let named = name::cell_likeness(&Rich::plain(row.cells[self.name].as_str())) >= FITTING;
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        named && shown && filled >= 2 && filled * 2 >= row.cells.len()
    }
}

/// A row that can be cut at its seams.
struct SeamCuts<'a> {
    columns: &'a [Column],
    text: &'a str,
    seams: &'a [usize],
}

impl<'a> SeamCuts<'a> {
    fn cell(&self, cell: &Range<usize>) -> &'a str {
        &self.text[self.seams[cell.start]..self.seams[cell.end]]
    }
}

impl Cuts for SeamCuts<'_> {
    fn columns(&self) -> usize {
        self.columns.len()
    }

    fn furthest(&self, column: usize, start: usize) -> usize {
        start + self.columns[column].most_within() + 1
    }

    /// What a seam within costs is taken off.
    fn fit(&self, column: usize, cell: &Range<usize>) -> f32 {
        let column = &self.columns[column];
        column.fit(self.cell(cell)) - column.within() * (cell.len() - 1) as f32
    }
}

/// Seams between which row follows on row.
struct FlowingSeams<'a> {
    cuts: SeamCuts<'a>,
    name: usize,
}

impl Cuts for FlowingSeams<'_> {
    fn columns(&self) -> usize {
        self.cuts.columns()
    }

    fn furthest(&self, column: usize, start: usize) -> usize {
        self.cuts.furthest(column, start).min(start + MOST_FLOWING_WITHIN)
    }

    fn fit(&self, column: usize, cell: &Range<usize>) -> f32 {
        let sure = || name::text_likeness(self.cuts.cell(cell)) >= name::CONVINCING;
        self.cuts.fit(column, cell) - if column == self.name && !sure() { DOUBTED } else { 0.0 }
    }
}

impl Flow for FlowingSeams<'_> {
    fn may_begin(&self, _: usize, _: usize) -> bool {
        true
    }

    fn must_have(&self, column: usize) -> bool {
        column == self.name
    }

    fn parts_groups(&self, words: &Range<usize>) -> bool {
        let text = self.cuts.cell(words);
        text.split_whitespace().nth(MOST_GROUP_WORDS).is_none() && names_a_group(&Text::from(text))
    }

    fn row_cost(&self) -> f32 {
        FITTING * self.columns() as f32
    }
}

impl Column {
    fn headed(header: &str) -> Self {
        let key = key_of(header);
        let others = header_fields(header).into_iter().filter(|(field, weight)| Some(*field) != key && *weight >= 0.75);
        let fields = key.into_iter().chain(others.map(|(field, _)| field).filter(|_| key.is_some())).collect();
        Self { header: header.to_owned(), fields }
    }

    /// How well a cell fits it, about -1 to 2.
    fn fit(&self, text: &str) -> f32 {
        let fit = |field: &Field| field_fit(*field, text);
        let unknown = || 0.8 * f32::max(field_fit(Field::Purpose, text), field_fit(Field::Provider, text));
        self.fields.iter().map(fit).reduce(f32::max).unwrap_or_else(unknown)
    }

    /// Names have capitals and figures within; where any other cell has some, two cells may be one.
    fn within(&self) -> f32 {
        if self.fields.contains(&Field::Name) { WITHIN_NAME } else { WITHIN }
    }

    fn most_within(&self) -> usize {
        let text = |field: &Field| matches!(field, Field::Purpose | Field::Function | Field::Extra | Field::Name);
        if self.fields.is_empty() || self.fields.iter().any(text) { MOST_SEAMS } else { MOST_WITHIN }
    }

    /// True where its values are told from any other words.
    fn has_look(&self) -> bool {
        let look = |field: &Field| {
            matches!(field, Field::Duration | Field::Category | Field::Party | Field::Storage | Field::Domain)
        };
        self.fields.iter().any(look)
    }
}

fn field_fit(field: Field, text: &str) -> f32 {
    let words = || text.split_whitespace().take(6).count();
    let fit = || fitness(field, &Rich::plain(text));
    let opens = text.starts_with(char::is_uppercase);
    match field {
        // A sentence that begins with a capital and ends with a full stop is whole.
        Field::Purpose | Field::Function => {
            let valued = words() <= 5 && fit() < 0.0;
            let whole = 0.25 * (f32::from(opens) + f32::from(text.ends_with('.')));
            0.15 * words().min(5) as f32 + whole - if valued { 1.0 } else { 0.0 }
        }
        // Where a sentence begins, the name is over.
        Field::Name if text.contains(' ') && !text.contains(',') => fit() - 0.6,
        Field::Provider => {
            let services = &lexicon().services;
            let known = services.is_name(text) || services.is_company(text) || host::likeness(text) >= 1.0;
            let worded = !known && text.split(' ').any(|word| word.starts_with(char::is_lowercase));
            fit() + if known { 0.8 } else { 0.0 } - if worded { 0.6 } else { 0.0 }
        }
        // "2 years" right behind a name: the figure is no part of the name.
        Field::Duration => fit() - if is_cut_lifetime(text) { 0.3 } else { 0.0 },
        _ => fit(),
    }
}

/// Where the cells of a row may begin and end: at both ends of the text, at its seams, and where a lifetime or a host begins in small
/// letters.
fn seams(text: &str, hosts: &BTreeSet<&str>) -> Vec<usize> {
    let mut seams: BTreeSet<usize> = inner_seams(text, is_seam).collect();
    let ends: Vec<usize> = seams.iter().copied().chain([text.len()]).collect();
    seams.extend(ends.iter().filter_map(|end| lifetime_before(text, *end)));
    let bounds = ends.windows(2).map(|pair| (pair[0], pair[1]));
    seams.extend(bounds.filter_map(|(start, end)| lifetime_behind(text, start, end)));
    seams.extend(hosts_within(text, hosts));
    std::iter::once(0).chain(seams).chain([text.len()]).collect()
}

/// Where hosts begin that have a letter right before them: those that begin as hosts of pages do, with a dot, or that are known.
fn hosts_within(text: &str, hosts: &BTreeSet<&str>) -> Vec<usize> {
    let in_host = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    let mut found = Vec::new();
    let mut end = 0;
    for (dot, _) in
        text.match_indices('.').filter(|(dot, _)| text[dot + 1..].starts_with(|c: char| c.is_ascii_lowercase()))
    {
        if dot < end {
            continue;
        }
        let start =
            text[..dot].rfind(|c| !in_host(c)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        end = text[dot..].find(|c| !in_host(c)).map_or(text.len(), |length| dot + length);
        let is_host = |at: &usize| {
            let host = text[*at..end].trim_end_matches(|c: char| c.is_ascii_digit());
            let of_pages = host.starts_with("www.") || host.starts_with('.') && host[1..].contains('.');
            hosts.contains(host) || lexicon().services.is_domain(host) || of_pages && host::likeness(host) >= 1.0
        };
        let least = start.max(dot.saturating_sub(LONGEST_HOST));
        let places = (least..=dot).filter(|at| *at > 0 && !text[..*at].ends_with(char::is_whitespace));
        found.extend(places.into_iter().find(is_host));
    }
    found
}

/// Where a lifetime in small letters begins that ends at a place and has a letter right before it.
fn lifetime_before(text: &str, end: usize) -> Option<usize> {
    let small = |at: &Around| at.before.is_lowercase() && at.c.is_lowercase();
    let first = text.floor_char_boundary(end.saturating_sub(LONGEST_LIFETIME));
    let places = inner_seams(&text[first..end], small).map(|at| first + at);
    let mut places = places.filter(|at| at + LEAST_LIFETIME <= end);
    let lasts = |text: &str| !lexicon().durations.whole(text).is_empty() && duration::likeness(text) >= 0.8;
    places.find(|at| lasts(&text[*at..end]))
}

/// Where a lifetime ends that begins at a seam and has a small letter right behind it: the longest that does, where the text up to the next
/// seam is none.
fn lifetime_behind(text: &str, start: usize, next: usize) -> Option<usize> {
    let rest = &text[start..next.min(text.ceil_char_boundary(start + LONGEST_LIFETIME))];
    let counted = rest.starts_with(|c: char| c.is_numeric());
    let named = |text: &str| !lexicon().durations.whole(text).is_empty();
    let lasts = |text: &str| if counted { duration::likeness(text) >= 0.95 } else { named(text) };
    if lasts(rest) {
        return None;
    }
    let ends = inner_seams(rest, |at| at.before.is_lowercase() && (at.c.is_lowercase() || at.c == '_'));
    let whole = |end: &usize| *end >= LEAST_LIFETIME && !rest[..*end].contains('_') && lasts(&rest[..*end]);
    let end = ends.filter(whole).last()?;
    Some(start + end)
}

/// The characters around a place in a text.
struct Around {
    above: Option<char>,
    before: char,
    c: char,
    after: Option<char>,
}

/// True between two letters or signs of which the second may begin a cell.
fn is_seam(at: &Around) -> bool {
    let Around { above, before, c, after } = *at;
    if before.is_whitespace() || c.is_whitespace() {
        return false;
    }
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let large = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let begins_word = c.is_uppercase() && (!before.is_uppercase() || small(after));
    // "SIDshop.example": capitals end.
    let ends_capitals = c.is_lowercase() && before.is_uppercase() && large(above);
    let figures = before.is_numeric() != c.is_numeric() && before.is_alphanumeric() && c.is_alphanumeric();
    let closed = matches!(before, ')' | ']' | '*' | '}' | '!' | '?') && (c.is_alphanumeric() || c == '_');
    let stopped =
        before == '.' && (c.is_numeric() || c == '_') || before.is_lowercase() && c == '_' && after == Some('_');
    let script = |c: char| c > '\u{370}' && c.is_alphabetic();
    let scripts = script(before) != script(c) && before.is_alphanumeric() && c.is_alphanumeric();
    begins_word || ends_capitals || figures || closed || stopped || scripts
}

fn inner_seams(text: &str, is_seam: impl Fn(&Around) -> bool) -> impl Iterator<Item = usize> {
    let mut characters = text.char_indices().peekable();
    let mut last: [Option<char>; 2] = [None; 2];
    std::iter::from_fn(move || {
        while let Some((place, c)) = characters.next() {
            let after = characters.peek().map(|(_, after)| *after);
            let [above, before] = last;
            last = [before, Some(c)];
            if before.is_some_and(|before| is_seam(&Around { above, before, c, after })) {
                return Some(place);
            }
        }
        None
    })
}

/// True where what stands before one of the first seams of a text is a name beyond doubt.
pub fn begins_with_name(text: &str) -> bool {
    const MOST_SEAMS: usize = 6;
    let word = text.split_whitespace().next().unwrap_or("");
    let ends = inner_seams(word, is_seam).take(MOST_SEAMS).chain([word.len()]);
    let sure = |end: usize| name::likeness(&word[..end]) >= name::CONVINCING;
    text.starts_with(|c: char| !c.is_whitespace()) && ends.into_iter().any(sure)
}

/// Where the parts of a text stand each of which a capital begins behind a small letter.
pub fn header_parts(text: &str) -> Vec<Range<usize>> {
    let ends = |c: char| c.is_lowercase() || matches!(c, ')' | '?' | '.');
    let mut start = 0;
    let part = |end| {
        let part = start..end;
        start = end;
        part
    };
    let ends = inner_seams(text, |at| at.c.is_uppercase() && ends(at.before));
    ends.chain([text.len()]).map(part).collect()
}
