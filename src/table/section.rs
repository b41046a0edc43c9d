//! A table's sections: rows under one header, with the label that stands over them.

use super::columns::{Columns, header_fields};
use super::grid::{Grid, GridRow};
use super::wrap::{joined_rows, strip_labels};
use crate::block::Rich;
use crate::lexicon::Field;
use crate::text::{Span, loose};
use crate::value::{duration, host, name};

/// Rows under one header and one label.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Labels that stand over the rows inside the table, outermost first.
    pub labels: Vec<Label>,
    /// What the columns are.
    pub columns: Columns,
    /// The rows, wrapped ones joined.
    pub rows: Vec<GridRow>,
    /// True where a header row was found; else the columns were read by their cells or taken over.
    pub has_header: bool,
}

/// A row that is no row but a heading of the rows below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its words.
    pub text: Rich,
    /// Where it stands.
    pub span: Span,
}

/// The sections of a grid. `inherited` are the columns of a table above of which this one may be the continuation.
pub fn sections(grid: &Grid, inherited: Option<&Columns>) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut labels: Vec<Label> = Vec::new();
    let mut header: Option<Vec<Rich>> = None;
    let mut rows: Vec<GridRow> = Vec::new();
    let mut all = grid.rows.clone();
    if let Some((first, below)) = all.split_first_mut() {
        strip_labels(&first.cells, below);
    }
    for (index, row) in all.iter().enumerate() {
        let place = Place { at_top: rows.is_empty(), unheaded: header.is_none() };
        if is_header(row, &all[index + 1..], place) {
            let repeated = header.as_ref().is_some_and(|known| same_header(known, row));
            match header.as_mut().filter(|_| rows.is_empty() && !repeated) {
                Some(above) => above.iter_mut().zip(&row.cells).for_each(|(above, cell)| above.push(" ", cell)),
                None if repeated => {}
                None => {
                    close(grid, &labels, header.as_deref(), &mut rows, inherited, &mut sections);
                    header = Some(row.cells.clone());
                }
            }
        } else if let Some(text) = label(row) {
            close(grid, &labels, header.as_deref(), &mut rows, inherited, &mut sections);
            labels = vec![Label { text: text.clone(), span: row.span }];
        } else {
            rows.push(row.clone());
        }
    }
    close(grid, &labels, header.as_deref(), &mut rows, inherited, &mut sections);
    sections
}

fn close(
    grid: &Grid,
    labels: &[Label],
    header: Option<&[Rich]>,
    rows: &mut Vec<GridRow>,
    inherited: Option<&Columns>,
    sections: &mut Vec<Section>,
) {
    let rows = std::mem::take(rows);
    if rows.is_empty() {
        return;
    }
    let taken_over = inherited.filter(|columns| header.is_none() && columns.roles.len() == grid.width);
    let headers = header.map(<[Rich]>::to_vec).or_else(|| taken_over.map(headers_of)).unwrap_or_default();
    let rough = Columns::assign(&headers, &rows, grid.width);
    let printed = rows.len();
    let rows = joined_rows(&rough, rows);
    // Joining changes rows only by making them fewer.
    let columns = if rows.len() == printed { rough } else { Columns::assign(&headers, &rows, grid.width) };
    sections.push(Section { labels: labels.to_vec(), columns, rows, has_header: header.is_some() });
}

fn headers_of(columns: &Columns) -> Vec<Rich> {
    columns.headers.iter().map(|header| Rich::plain(header.clone())).collect()
}

/// Where a row stands in its table.
#[derive(Clone, Copy)]
struct Place {
    /// No body row stands above it in its section.
    at_top: bool,
    /// No header stands above it.
    unheaded: bool,
}

/// True for a row that names columns: by the lexicon, or, of the first row, by being unlike the rows below it.
fn is_header(row: &GridRow, below: &[GridRow], place: Place) -> bool {
    let printed: Vec<&Rich> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
    if printed.len() < 2 || printed.iter().any(|cell| is_value(cell)) {
        return false;
    }
    let named = printed.iter().filter(|cell| names_a_field(&cell.text)).count();
    let names_cookies = printed.iter().any(|cell| key_of(&cell.text) == Some(Field::Name));
    if named >= 2 && named * 2 >= printed.len() && (place.at_top || row.head || names_cookies) {
        return true;
    }
    place.at_top
        && place.unheaded
        && !below.is_empty()
        && (row.head || (named * 2 >= printed.len() && named > 0) || unlike(row, below))
}

/// A cell that only a body row has.
fn is_value(cell: &Rich) -> bool {
    let text = cell.text.trim();
    let amount = text.chars().any(|c| c.is_ascii_digit()) && duration::likeness(text) >= 0.8;
    let single = !text.contains(char::is_whitespace);
    amount || (single && (name::likeness(text) >= 0.9 || host::whole(text).is_some()))
}

fn names_a_field(text: &str) -> bool {
    header_fields(text).iter().any(|(_, weight)| *weight >= 0.75)
}

/// The columns below hold names or lifetimes, and the row above them does not.
fn unlike(row: &GridRow, below: &[GridRow]) -> bool {
    let telling = (0..row.cells.len()).filter(|column| {
        let cells = || below.iter().take(12).map(|row| &row.cells[*column]).filter(|cell| !cell.is_blank());
        let count = cells().count() as f32;
        let names = cells().map(name::cell_likeness).sum::<f32>() / count.max(1.0);
        let durations = cells().map(|cell| duration::likeness(&cell.text)).sum::<f32>() / count.max(1.0);
        let own = &row.cells[*column];
        (names >= 0.7 && name::cell_likeness(own) < 0.5) || (durations >= 0.7 && duration::likeness(&own.text) < 0.3)
    });
    telling.count() > 0
}

fn same_header(known: &[Rich], row: &GridRow) -> bool {
    known.iter().zip(&row.cells).all(|(a, b)| loose(&a.text) == loose(&b.text))
}

/// The words of a row that labels the rows below it: one cell over the whole width, or alone in its row and no name.
fn label(row: &GridRow) -> Option<&Rich> {
    let lone = row.lone_cell()?;
    let first = !row.cells[0].is_blank();
    let named = !lone.text.trim().contains(char::is_whitespace) && name::likeness(lone.text.trim()) >= 0.35;
    let continues = lone.text.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(');
    (row.spanning || (first && !named && !continues)).then_some(lone)
}

/// The field that a text names as a label, and nothing else: "Name", "Expires".
pub fn key_of(text: &str) -> Option<Field> {
    header_fields(text)
        .into_iter()
        .filter(|(_, weight)| *weight >= 0.75)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(field, _)| field)
}
