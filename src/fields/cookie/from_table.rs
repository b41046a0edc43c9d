//! Cookie rows from tables: one record for each row under a header, or for each run of keys and values.

use std::borrow::Cow;
use std::sync::Arc;

use super::labelled::labelled_cells::with_labels_as_headers;
use super::labelled::labels::Labels;
use super::lead::{Leads, without_policy};
use super::record::{Extra, FieldText, Record};
use crate::block::{Rich, Table};
use crate::document::FoundIn;
use crate::lexicon::{Field, NameWord, lexicon};
use crate::table::{Columns, Grid, GridRow, Section, header_fields, key_of, sections};
use crate::text::{Span, collapse};
use crate::value::{category, duration, host, name, term};

/// What a table gave.
#[derive(Debug, Default)]
pub struct TableRecords {
    /// Its sections; none where its first column labels its second.
    pub sections: Vec<Section>,
    /// Its records, in order.
    pub records: Vec<Record>,
    /// The columns of its last section, for a table that continues it.
    pub columns: Option<Columns>,
    /// Headers of columns that fit no field.
    pub unmapped: Vec<String>,
    /// Rows whose cells had moved and were put back.
    pub shifted: Vec<Span>,
    /// Constants and codes of other things, in sections that declare no cookies.
    pub codes: Vec<String>,
    /// True where rows had to be left out.
    pub cut: bool,
}

/// Reads a table that stands under some leads. `above` are the columns of the table before it.
pub(super) fn from_table(table: &Table, leads: &Leads, labels: &Labels, above: Option<&Columns>) -> TableRecords {
    let grid = Grid::of(table);
    let captioned =
        grid.caption.as_ref().zip(grid.rows.first()).map(|(caption, row)| leads.with_label(caption, row.span));
    let leads = captioned.as_ref().unwrap_or(leads);
    if let Some(records) = key_value_records(&grid, leads, labels) {
        return TableRecords { records, cut: grid.cut, ..TableRecords::default() };
    }
    let grid = with_labels_as_headers(grid);
    let grid = if lies_on_its_side(&grid, labels) { grid.turned() } else { grid };
    let grid = match columns_of_one(&grid) {
        Some(width) => grid.unfolded(width),
        None => grid,
    };
    let grid = grid.with_rows_below();
    let mut found = TableRecords { cut: grid.cut, ..TableRecords::default() };
    let sections = sections(grid, above);
    let of_codes =
        |section: &Section| holds_settings(section) || holds_constants(section) && leads.head_something_else();
    let declares = |section: &&Section| {
        let goes_on = |above: &Columns| section.columns.go_on(above, &section.rows);
        let of_data = || section.columns.is_doubtful() && leads.speak_of_personal_data();
        section.columns.declares_cookies() && !of_data() && !of_codes(section) || above.is_some_and(goes_on)
    };
    for section in &sections {
        match declares(&section) {
            true => found.add_section(section, leads),
            false if of_codes(section) => found.codes.extend(names_of(section).map(|code| code.text.trim().to_owned())),
            false => {}
        }
    }
    TableRecords { sections, ..found }
}

impl TableRecords {
    fn add_section(&mut self, section: &Section, leads: &Leads) {
        let labelled =
            section.labels.iter().fold(leads.clone(), |leads, label| leads.with_label(&label.text, label.span));
        let rows = with_openings_put_back(section, filled_down(section));
        let hosts = hosts_are_few(section);
        let headers: Vec<Arc<str>> = section.columns.headers.iter().map(|header| header.as_str().into()).collect();
        let record = |row: &GridRow| Record {
            hosts_are_names: hosts && has_lifetime(section, row),
            ..record(section, &headers, row, &labelled)
        };
        self.records.extend(rows.iter().filter(|row| !sums_up(section, row)).map(record));
        self.shifted.extend(&section.shifted);
        let unmapped = section.columns.roles.iter().zip(&section.columns.headers);
        let unmapped = unmapped.filter(|(role, header)| role.field.is_none() && !header.is_empty());
        self.unmapped.extend(unmapped.map(|(_, header)| header.clone()));
        self.columns = Some(section.columns.clone());
    }
}

/// How many columns a row has, where a table prints several rows side by side, each below the same headers.
fn columns_of_one(grid: &Grid) -> Option<usize> {
    let header = &grid.rows.first()?.cells;
    if grid.by_line || header.iter().any(Rich::is_blank) {
        return None;
    }
    let again = |width: &usize| (*width..header.len()).all(|at| header[at].text == header[at % width].text);
    let width = (2..=header.len() / 2).filter(|width| header.len() % width == 0).find(again)?;
    let column = |at: usize| grid.rows[1..].iter().map(move |row| &row.cells[at]).filter(|cell| !cell.is_blank());
    let likeness = |at: usize| column(at).map(name::cell_likeness).sum::<f32>() / column(at).count().max(1) as f32;
    let names = |at: usize| key_of(&header[at].text) == Some(Field::Name) || likeness(at) >= name::CONVINCING;
    (0..width).any(names).then_some(width)
}

/// True for a row of sums below the others, where its words are no name.
fn sums_up(section: &Section, row: &GridRow) -> bool {
    let name = section.columns.column(Field::Name).map(|column| name::cell_likeness(&row.cells[column]));
    row.is_of_numbers() && name.is_some_and(|likeness| likeness < name::CONVINCING)
}

/// True where nothing but capitals and figures makes the names of a table names: they may be constants and codes of any kind.
fn holds_constants(section: &Section) -> bool {
    let constant = |cell: &Rich| !cell.text.contains(|c: char| c.is_lowercase() || c == '*');
    let unheaded = |column: usize| section.columns.roles[column].header <= 0.0;
    let told = || section.columns.column(Field::Duration).is_some() || section.columns.column(Field::Domain).is_some();
    let known = || names_of(section).any(|cell| lexicon().services.is_cookie(cell.text.trim()));
    let of_anything = |column: usize| unheaded(column) || !told() && !known();
    section.columns.column(Field::Name).is_some_and(of_anything) && names_of(section).all(constant)
}

/// True for keys of a tool's settings or texts beside what they are set to, and nothing that only cookies have: `banner.title`,
/// `banner.text`.
fn holds_settings(section: &Section) -> bool {
    const LEAST: usize = 3;
    let told = [Field::Duration, Field::Provider, Field::Domain, Field::Party, Field::Category, Field::Storage];
    let is_key = |cell: &Rich| {
        let word =
            |part: &str| part.starts_with(char::is_lowercase) && part.chars().all(|c| c.is_lowercase() || c == '_');
        cell.text.trim().contains('.') && cell.text.trim().split('.').all(word)
    };
    section.rows.len() >= LEAST
        && told.iter().all(|field| section.columns.column(*field).is_none())
        && names_of(section).all(is_key)
        && names_of(section).next().is_some()
}

fn names_of(section: &Section) -> impl Iterator<Item = &Rich> {
    let column = section.columns.column(Field::Name);
    column.into_iter().flat_map(|column| section.rows.iter().map(move |row| &row.cells[column]))
}

/// Where most names are none, a host among them is what a tool calls its entry; a list of hosts is no list of cookies.
fn hosts_are_few(section: &Section) -> bool {
    let Some(column) = section.columns.column(Field::Name) else { return false };
    let names = || section.rows.iter().map(|row| &row.cells[column]).filter(|cell| !cell.is_blank());
    let hosts = names().filter(|cell| host::likeness(&cell.text) >= 1.0).count();
    let sure = names().filter(|cell| name::cell_likeness(cell) >= name::CONVINCING).count();
    hosts > 0 && hosts * 2 <= sure
}

fn has_lifetime(section: &Section, row: &GridRow) -> bool {
    let column = section.columns.column(Field::Duration);
    column.is_some_and(|column| duration::likeness(&row.cells[column].text) >= 0.8)
}

/// The rows, with a provider that is printed once and left out below put where it is left out.
///
/// That is the custom of a table where no two neighbouring rows print the same provider, and no row without one another host.
fn filled_down(section: &Section) -> Cow<'_, [GridRow]> {
    let rows = &section.rows;
    let Some(column) = section.columns.column(Field::Provider) else { return Cow::Borrowed(rows) };
    let printed = |row: &GridRow| !row.cells[column].is_blank();
    let blank = rows.iter().filter(|row| !printed(row)).count();
    let repeats =
        rows.windows(2).any(|pair| printed(&pair[0]) && pair[0].cells[column].text == pair[1].cells[column].text);
    let domain = section.columns.column(Field::Domain);
    let elsewhere = |pair: &[GridRow]| {
        !printed(&pair[1]) && domain.is_some_and(|at| pair[0].cells[at].text != pair[1].cells[at].text)
    };
    let repeats = repeats || rows.windows(2).any(elsewhere);
    if blank == 0 || repeats || !rows.first().is_some_and(printed) || blank * 5 > rows.len() * 4 {
        return Cow::Borrowed(rows);
    }
    let mut rows = rows.clone();
    for index in 1..rows.len() {
        if rows[index].cells[column].is_blank() {
            rows[index].cells[column] = rows[index - 1].cells[column].clone();
        }
    }
    Cow::Owned(rows)
}

/// A column of words beside lifetimes that one blank parts from them may be cut too late: "1 day Counts | visits". Where most rows are
/// cut so, the first words go back to the text that they open.
fn with_openings_put_back<'a>(section: &Section, rows: Cow<'a, [GridRow]>) -> Cow<'a, [GridRow]> {
    let Some(column) = section.columns.column(Field::Duration) else { return rows };
    let text = section.columns.roles.get(column + 1).and_then(|role| role.field);
    if !matches!(text, Some(Field::Purpose | Field::Function)) {
        return rows;
    }
    let ends: Vec<Option<usize>> = rows.iter().map(|row| lifetime_end(row, column)).collect();
    let late = ends.iter().flatten().count();
    if late < 2 || late * 2 < rows.len() {
        return rows;
    }
    let mut rows = rows.into_owned();
    for (row, end) in rows.iter_mut().zip(ends) {
        let Some(end) = end else { continue };
        let cell = &row.cells[column];
        let mut opening = cell.slice(end + 1, cell.text.len());
        opening.push(" ", &row.cells[column + 1]);
        row.cells[column] = cell.slice(0, end);
        row.cells[column + 1] = opening;
    }
    Cow::Owned(rows)
}

/// Where the lifetime ends in a cell that goes on with the first words of a text, the rest of which stands in the next cell.
fn lifetime_end(row: &GridRow, column: usize) -> Option<usize> {
    const MOST_WORDS: usize = 4;
    let (text, next) = (row.cells[column].text.as_str(), row.cells.get(column + 1)?.text.trim_start());
    let opens = |at: &usize| text[at + 1..].starts_with(char::is_uppercase);
    let mut blanks = text.match_indices(' ').map(|(at, _)| at).filter(opens).take(MOST_WORDS);
    let end = blanks.find(|at| duration::likeness(&text[..*at]) >= 0.95)?;
    next.starts_with(char::is_lowercase).then_some(end)
}

fn record(section: &Section, headers: &[Arc<str>], row: &GridRow, leads: &Leads) -> Record {
    let mut record = Record::new(row.span, FoundIn::Table, leads);
    for (column, role) in section.columns.roles.iter().enumerate() {
        let text = row.cells[column].clone();
        match role.field {
            Some(Field::Extra) | None => {
                if !text.is_blank() {
                    record.extra.push(Extra::new(headers[column].clone(), &text.text));
                }
            }
            Some(field) => record.fields.push(FieldText { field, also: role.also, text }),
        }
    }
    record
}

/// True where the headers stand one below the other and each cookie has a column: the first column holds keys, the others hardly
/// any, and what stands beside the key of the name are names.
fn lies_on_its_side(grid: &Grid, labels: &Labels) -> bool {
    const MOST_KEYS: usize = 20;
    if grid.width < 3 || grid.by_line || !(2..=MOST_KEYS).contains(&grid.rows.len()) {
        return false;
    }
    let keys: Vec<Option<Field>> = grid.rows.iter().map(|row| labels.key_of(&row.cells[0].text)).collect();
    let mut named = (0..keys.len()).filter(|at| keys[*at] == Some(Field::Name));
    let (Some(name), None) = (named.next(), named.next()) else { return false };
    let headed = |column: usize| grid.rows.iter().filter(|row| key_of(&row.cells[column].text).is_some()).count();
    let names = &grid.rows[name].cells[1..];
    let likeness = names.iter().map(name::cell_likeness).sum::<f32>() / names.len() as f32;
    keys.iter().flatten().count() * 5 >= keys.len() * 4
        && likeness >= name::CONVINCING
        && (1..grid.width).all(|column| headed(column) * 2 < keys.len())
}

/// The records of a table whose first column holds keys: one for each time that the key of the name comes.
fn key_value_records(grid: &Grid, leads: &Leads, labels: &Labels) -> Option<Vec<Record>> {
    let keys: Vec<Option<Field>> = grid.rows.iter().map(|row| labels.key_of(&row.cells[0].text)).collect();
    let keyed = keys.iter().flatten().count();
    let cookie_named = |row: &GridRow| says_cookie(&row.cells[0].text);
    let is_name = |key: &Option<Field>| *key == Some(Field::Name);
    let names = keys.iter().filter(|key| is_name(key)).count();
    let opening = opening_keys(&keys);
    // "Name: Acme Analytics … Cookie name: _acme": the first is the service's.
    let both =
        (0..keys.len()).filter(|at| is_name(&keys[*at])).partition::<Vec<usize>, _>(|at| cookie_named(&grid.rows[*at]));
    let services = !both.0.is_empty() && !both.1.is_empty();
    let tall = grid.width == 2 && keyed >= 2 && names > 0 && keyed * 10 >= grid.rows.len() * 6;
    if !tall || heads_two_columns(grid, &keys) {
        return None;
    }
    let mut records: Vec<Record> = Vec::new();
    for (at, (row, key)) in grid.rows.iter().zip(&keys).enumerate() {
        let service = services && is_name(key) && !cookie_named(row);
        let begins = service || (!services && begins_record(&keys, at, opening)) || records.is_empty();
        if begins {
            records.push(Record::new(row.span, FoundIn::KeyValue, leads));
        }
        let record = records.last_mut().expect("pushed");
        record.span = record.span.join(row.span);
        add_pair(record, key.filter(|_| !service), &row.cells[0], &row.cells[1]);
    }
    records.iter_mut().for_each(Record::read_by_looks);
    Some(records)
}

/// What a label with several meanings ("Type") means before a value.
pub(super) fn meant_by(key: Field, label: &str, value: &Rich) -> Field {
    let may_mean = |field: Field| header_fields(label).iter().any(|(meant, weight)| *meant == field && *weight >= 0.6);
    let text = value.text.trim();
    let looks = |field: &Field| match field {
        Field::Party => term::party(text).is_some(),
        Field::Storage => term::storage(text).is_some(),
        Field::Category => category::likeness(text) >= 0.6,
        Field::Domain => host::likeness(text) >= 1.0,
        _ => false,
    };
    let fields = [Field::Party, Field::Storage, Field::Category, Field::Domain];
    let unlike = matches!(key, Field::Party | Field::Storage) && !looks(&key) && category::likeness(text) >= 0.9;
    let meant = fields.into_iter().find(|field| may_mean(*field) && looks(field));
    meant.unwrap_or(if unlike { Field::Category } else { key })
}

/// How many keys stand before the first name: each record opens with them.
fn opening_keys(keys: &[Option<Field>]) -> usize {
    keys.iter().position(|key| *key == Some(Field::Name)).unwrap_or(0)
}

/// True for the first key of a record: the name, or the key as many places before it as in the first record.
fn begins_record(keys: &[Option<Field>], at: usize, opening: usize) -> bool {
    let named = |at: usize| keys.get(at) == Some(&Some(Field::Name));
    let opens = |at: usize| named(at + opening) && keys[at..at + opening] == keys[..opening];
    opens(at) || (named(at) && !at.checked_sub(opening).is_some_and(opens))
}

fn says_cookie(text: &str) -> bool {
    lexicon().names.says(text, NameWord::Cookie)
}

/// Adds a key and its value to a record.
///
/// A key with several meanings ("Type") means what the value looks like.
pub(super) fn add_pair(record: &mut Record, key: Option<Field>, label: &Rich, value: &Rich) {
    let key = key.map(|key| meant_by(key, &label.text, value));
    if let Some(service) = service_below_host(record, key, value) {
        record.take_provider_for_domain();
        record.set(Field::Provider, Rich::plain(service));
        return;
    }
    match key.filter(|field| *field != Field::Extra) {
        Some(field) if !record.fields.iter().any(|known| known.field == field) => record.set(field, value.clone()),
        // Consent tools print the host as provider and name the company below it.
        Some(Field::Provider) if record.provider_is_host() && host::whole(value.text.trim()).is_none() => {
            record.take_provider_for_domain();
            record.set(Field::Provider, value.clone());
        }
        _ => {
            let header = collapse(label.text.trim().trim_end_matches(':'));
            record.extra.push(Extra::new(header, &value.text));
        }
    }
}

/// The service that is named below a host, before a link to its policy: "Provider: .acme.example", "Service: Acme View Policy".
fn service_below_host(record: &Record, key: Option<Field>, value: &Rich) -> Option<String> {
    let below = matches!(key, Some(Field::Function | Field::Provider)) && record.provider_is_host();
    let service = without_policy(&value.text);
    let named = service.len() < collapse(&value.text).len() || lexicon().services.is_name(&service);
    (below && named).then_some(service)
}

/// "Name | Purpose" over two columns is a header and no pair: its second cell names a field too, and no name.
fn heads_two_columns(grid: &Grid, keys: &[Option<Field>]) -> bool {
    let first = &grid.rows[0];
    let second_is_key = key_of(&first.cells[1].text).is_some();
    let others = keys.iter().skip(1).flatten().count();
    second_is_key && (name::cell_likeness(&first.cells[1]) < name::CONVINCING) && others * 2 < grid.rows.len()
}
