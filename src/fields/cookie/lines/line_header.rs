//! Headers of columns that stand on lines of their own, one below the other, above cells that do so too.

use super::cells_within::{CellsWithin, owner_end};
use super::fitness::fitness;
use super::line::Line;
use super::line_cells::{Cell, LEAST_NAME, cell_gap};
use super::line_cuts;
use crate::block::Rich;
use crate::fields::cookie::heard::Heard;
use crate::lexicon::{Field, NameWord, Words, lexicon};
use crate::table::{header_fields, key_of};
use crate::text::{Asked, Text, answer, fits};
use crate::value::{category, duration, host, name};

/// A run of headers takes at most this many lines.
const MOST_HEADER_LINES: usize = 10;
/// The name of a group has at most this many words.
const MOST_GROUP_WORDS: usize = 6;
/// A header line has at most this many characters.
const LONGEST_HEADER: usize = 70;

/// The columns that the headers name, in order.
pub struct Header {
    pub columns: Vec<Column>,
    /// How many lines it takes.
    pub lines: usize,
    /// True where each column has a line of its own that names it.
    pub keyed: bool,
}

/// A column that a header names.
pub struct Column {
    pub field: Field,
    /// A second field in the same cells: whose the cookie is, behind its name.
    pub also: Option<Field>,
    /// Other fields that its header may mean: "Type".
    others: Vec<Field>,
    /// As printed, for a column without a field.
    pub header: String,
}

impl Header {
    /// Short lines that name columns, the name first or second, right above a convincing name.
    pub fn at(lines: &[Line]) -> Option<Self> {
        let first = &lines.first()?.text.text;
        if !*answer(&first.known().answers::<Heard>().heads_column, || begins_with_header(first)) {
            return None;
        }
        let head = || lines.iter().take(MOST_HEADER_LINES);
        let count = columns_in_a_row(lines)
            .or_else(|| head().position(begins_with_name))
            .or_else(|| named_columns_above(lines))?;
        let headers = &lines[..count];
        if count == 0 || !headers.iter().all(is_header_like) {
            return None;
        }
        if lines.get(count + 1).is_some_and(is_label) {
            return None;
        }
        let texts: Vec<&str> = headers.iter().map(|line| line.text.text.as_str()).collect();
        let apart = cells_apart(headers);
        let columns =
            one_column_each(&texts).or_else(|| columns_apart(&apart)).or_else(|| columns(&texts.join(" ")))?;
        let keyed = columns_in_a_row(lines) == Some(count);
        Some(Self { columns, lines: count, keyed })
    }

    pub fn name_index(&self) -> usize {
        self.columns.iter().position(|column| column.field == Field::Name).unwrap_or(0)
    }

    /// True where the first of some lines below names a group of the rows that follow, and no column does.
    pub fn is_group(&self, lines: &[Line]) -> bool {
        let [label, below @ ..] = lines else { return false };
        let text = &label.text.text;
        let short = fits(text, LONGEST_HEADER) && text.word_count() <= MOST_GROUP_WORDS && key_of(text).is_none();
        let headed = || below.first().is_some_and(|line| key_of(&line.text.text) == Some(self.columns[0].field));
        let near = || below.iter().take(self.name_index() + 1);
        // The place makes a name of a word that could be any.
        let could_name =
            |line: &Line| line.text.text.word_count() == 1 && name::cell_likeness(&line.text) >= LEAST_NAME;
        let is_name = |line: &Line| name::cell_likeness(&line.text) >= name::CONVINCING || could_name(line);
        let named = || near().any(is_name) || headed();
        let grouped = self.keyed && !self.columns.iter().any(Column::may_hold_categories);
        grouped && short && names_a_group(text) && named()
    }

    /// Gives columns whose headers nobody knows the fields that the values of their cells show.
    pub fn learn<'r>(&mut self, rows: impl Iterator<Item = &'r [Cell]> + Clone) {
        for at in 0..self.columns.len() {
            let column = &self.columns[at];
            if column.field != Field::Extra || key_of(&column.header).is_some() {
                continue;
            }
            let cells = rows.clone().flatten().filter(|cell| cell.column == at).map(|cell| &cell.text);
            let field = field_of(cells).filter(|field| self.columns.iter().all(|column| column.field != *field));
            self.columns[at].field = field.unwrap_or(Field::Extra);
        }
    }
}

/// The name of a category, and neither a lifetime nor the name of a cookie that begins with the same word.
pub fn names_a_group(text: &Text) -> bool {
    let other = || duration::likeness(text) >= 0.8 || name::likeness(text.trim()) >= name::CONVINCING;
    category::likeness(text) >= 0.9 && !other()
}

/// Whose cookies they are, or what they are for, where most values of a column show it.
fn field_of<'c>(cells: impl Iterator<Item = &'c Rich> + Clone) -> Option<Field> {
    let count = cells.clone().count();
    let most = |shows: fn(&str) -> bool| cells.clone().filter(|cell| shows(cell.text.trim())).count() * 2 > count;
    let host = |text: &str| host::likeness(text) >= 1.0;
    let sentence = |text: &str| text.split_whitespace().nth(2).is_some();
    if count == 0 {
        None
    } else if most(host) {
        Some(Field::Domain)
    } else if most(|text| names_somebody(text) || host::likeness(text) >= 1.0) {
        Some(Field::Provider)
    } else {
        most(sentence).then_some(Field::Purpose)
    }
}

fn begins_with_header(text: &Text) -> bool {
    let short = text.chars().nth(LONGEST_HEADER).is_none();
    short && lexicon().headers.all(text).first().is_some_and(|hit| hit.start == 0)
}

impl Column {
    fn of(field: Field) -> Self {
        Self { field, also: None, others: Vec::new(), header: String::new() }
    }

    /// The column that a header by itself names.
    fn headed(field: Field, header: &str) -> Self {
        let fields = header_fields(header);
        let others =
            fields.into_iter().filter(|(other, weight)| *other != field && *weight >= 0.75).map(|(other, _)| other);
        Self { others: others.collect(), header: header.to_owned(), ..Self::of(field) }
    }

    fn may_hold_categories(&self) -> bool {
        self.field == Field::Category || self.others.contains(&Field::Category)
    }

    pub fn holds_owned_name(&self, cell: &Rich) -> bool {
        let text = cell.text.trim();
        let owned = self.field == Field::Name && self.also == Some(Field::Provider);
        owned && !text.starts_with('(') && text.ends_with(')') && owner_end(text) == Some(text.len())
    }

    /// What its header means for a cell, and how well the cell fits it.
    pub fn meant_by(&self, cell: &Rich) -> (Field, f32) {
        let fits = std::iter::once(&self.field).chain(&self.others).map(|field| (*field, fitness(*field, cell)));
        fits.reduce(|best, other| if other.1 > best.1 { other } else { best }).expect("a column has a field")
    }
}

impl line_cuts::Column for Column {
    /// Where names stand before whose they are, a word before a bracket is one.
    fn fits(&self, cell: &Rich) -> f32 {
        if self.holds_owned_name(cell) { 1.8 } else { self.meant_by(cell).1 }
    }

    /// A sentence begins one.
    fn shows(&self, part: &Rich) -> f32 {
        let text = part.text.as_str();
        let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let words = text.split_whitespace().count();
        match self.field {
            Field::Purpose | Field::Function | Field::Extra if words < 2 || !begins => -1.0,
            Field::Name if words > 1 => -1.0,
            Field::Provider | Field::Location if !names_somebody(text) => -1.0,
            Field::Duration if duration::likeness(text) < 0.95 || is_bare_unit(text) => -1.0,
            // A cell that begins within a line begins as cells do, where the line can be cut before another word too.
            Field::Duration if !begins => self.fits(part) - 0.2,
            _ => self.fits(part),
        }
    }

    fn is_text(&self) -> bool {
        matches!(self.field, Field::Purpose | Field::Function)
    }

    fn is_of_names(&self) -> bool {
        self.field == Field::Name && self.also.is_none()
    }
}

fn names_somebody(text: &str) -> bool {
    let services = &lexicon().services;
    services.is_name(text) || services.is_company(text)
}

/// A word of few letters may be a unit in some language, and is any word in another.
fn is_bare_unit(text: &str) -> bool {
    const LONGEST: usize = 3;
    fits(text, LONGEST) && text.chars().all(char::is_alphabetic)
}

/// Labels and values in turn are another shape. "Mandatory" heads a column or is the kind of a cookie.
fn is_label(line: &Line) -> bool {
    let text = line.text.text.as_str();
    key_of(text).is_some() && category::likeness(text) < 0.9 && !text.contains(['_', '.'])
}

/// How many of the first lines name a column each, or as cells that wider gaps part, where a name stands below them in its place.
fn columns_in_a_row(lines: &[Line]) -> Option<usize> {
    lines_in_a_row(lines).or_else(|| cells_in_a_row(lines))
}

/// The same for cells of several lines.
fn cells_in_a_row(lines: &[Line]) -> Option<usize> {
    let near = &lines[..lines.len().min(4 * MOST_HEADER_LINES)];
    let cells = with_cells_joined(near);
    let count = lines_in_a_row(&cells).filter(|_| cells.len() < near.len())?;
    near.iter().position(|line| line.span.line > cells[count - 1].span.end_line)
}

/// The lines, those of one cell as one.
fn with_cells_joined(lines: &[Line]) -> Vec<Line> {
    let gap = cell_gap(lines);
    let mut cells: Vec<Line> = Vec::new();
    for line in lines {
        match cells.last_mut().filter(|cell| line.span.line.saturating_sub(cell.span.end_line) < gap) {
            Some(cell) => {
                cell.text.push(" ", &line.text);
                cell.span = cell.span.join(line.span);
            }
            None => cells.push(line.clone()),
        }
    }
    cells
}

fn lines_in_a_row(lines: &[Line]) -> Option<usize> {
    let mut fields: Vec<Field> = Vec::new();
    for line in lines.iter().take(MOST_HEADER_LINES).filter(|line| is_header_like(line)) {
        match key_of(&line.text.text).filter(|field| !fields.contains(field)) {
            Some(field) => fields.push(field),
            None => break,
        }
    }
    let name = fields.iter().position(|field| *field == Field::Name).filter(|_| fields.len() >= 3)?;
    let first = lines.get(fields.len() + name)?;
    let few = first.text.text.word_count() <= 4;
    let named = few && name::cell_likeness(&first.text) >= LEAST_NAME;
    named.then_some(fields.len())
}

/// How many lines name columns, where a name that could be any word stands below them.
fn named_columns_above(lines: &[Line]) -> Option<usize> {
    let keyed = |line: &Line| key_of(&line.text.text).is_some();
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
    if cells.iter().any(|cell| goes_on_below(cell)) {
        return None;
    }
    let fields: Vec<Option<Field>> = cells.iter().map(key_of).collect();
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
    let of_cookies = || lexicon().names.says(text, NameWord::Cookie);
    let says_what_for = || matches!(key_of(text), Some(Field::Purpose | Field::Function)) && !of_cookies();
    let group = category::classify(text).is_some() && category::named_share(text) >= 0.6 && !says_what_for();
    text.chars().count() <= LONGEST_HEADER && !pair && !group
}

fn begins_with_name(line: &Line) -> bool {
    match line.text.marks.is_empty() {
        true => *answer(&line.text.text.known().answers::<Heard>().named_first, || opens_with_name(line)),
        false => opens_with_name(line),
    }
}

fn opens_with_name(line: &Line) -> bool {
    let text = line.text.text.trim();
    if text.contains(": ") {
        return false;
    }
    if !text.starts_with('(') && CellsWithin::default().cells(line).len() > 1 {
        return true;
    }
    text.split(' ').nth(3).is_none() && name::cell_likeness(&line.text) >= name::CONVINCING
}

/// The columns where each line is a header by itself; one that ends with "and" goes on in the next.
fn one_column_each(texts: &[&str]) -> Option<Vec<Column>> {
    if texts.iter().any(|text| goes_on_below(text)) {
        return None;
    }
    let fields: Option<Vec<Field>> = texts.iter().map(key_of).collect();
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

/// A header that stops at words for "and" or "of the" goes on in the next line.
fn goes_on_below(text: &str) -> bool {
    let small = |word: &str| lexicon().function_words.contains(word.to_lowercase());
    let mut last = text.trim().rsplit(' ').take(2);
    text.trim().contains(' ')
        && (last.next().is_some_and(|word| is_and(word) || small(word)) || last.next().is_some_and(is_and))
}

fn is_and(word: &str) -> bool {
    lexicon().names.whole(word).contains(&NameWord::And)
}
