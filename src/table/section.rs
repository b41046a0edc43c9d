//! A table's sections: rows under one header, with the label that stands over them.

use std::borrow::Cow;

use super::Seen;
use super::columns::{Columns, key_of};
use super::grid::{Grid, GridRow};
use super::marked_columns::name_marks;
use super::middle_cells::{fill_groups, put_into_rows};
use super::printed_rows::printed_rows;
use super::wrap::{join_lines, joined_rows, same_words, strip_labels, take_labels};
use crate::block::Rich;
use crate::lexicon::{Field, NameWord, lexicon};
use crate::text::{Asked, Span, Text, answer};
use crate::value::{category, duration, host, name};

/// A header of printed lines has at most this many.
const MOST_HEAD_LINES: usize = 4;

/// A header that tables below go on under has at most so many bytes.
const LONGEST_INHERITED: usize = 1_000;

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
    /// Where cells had moved to the left, because a cell above that covered them was left out, and were put back.
    pub shifted: Vec<Span>,
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
pub fn sections(mut grid: Grid, inherited: Option<&Columns>) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut labels: Vec<Label> = Vec::new();
    let mut header: Option<Vec<Rich>> = None;
    let mut header_rows: Vec<Vec<Rich>> = Vec::new();
    let mut rows: Vec<GridRow> = Vec::new();
    let mut all = std::mem::take(&mut grid.rows);
    let head = if grid.by_line { head_lines(&all) } else { 0 };
    if head > 1 {
        header_rows = all[..head].iter().map(|row| row.cells.clone()).collect();
        header = Some(join_lines(&all[..head], None).cells);
        all.drain(..head);
    } else if let Some((first, below)) = all.split_first_mut() {
        strip_labels(&first.cells, below);
    }
    if head < 2
        && !grid.by_line
        && let Some(labels) = take_labels(&mut all)
    {
        header = Some(labels);
    }
    if let Some(first) = all.first().filter(|_| grid.by_line && head < 2).cloned()
        && is_header(&first, &all[1..], Place { at_top: true, unheaded: true, by_line: true })
    {
        let mut below = all.split_off(1);
        put_into_rows(&first.cells, &mut below);
        all.append(&mut below);
    } else if let Some(header) = header.as_ref().filter(|_| grid.by_line) {
        put_into_rows(header, &mut all);
    }
    for index in 0..all.len() {
        let row = &all[index];
        let place = Place { at_top: rows.is_empty(), unheaded: header.is_none(), by_line: grid.by_line };
        if header_rows.iter().any(|known| same_header(known, row)) {
            continue;
        }
        if is_header(row, &all[index + 1..], place) {
            match header.as_mut().filter(|_| rows.is_empty()) {
                Some(above) => {
                    above.iter_mut().zip(&row.cells).for_each(|(above, cell)| above.push(" ", cell));
                    header_rows.push(row.cells.clone());
                }
                None => {
                    close(&grid, &labels, header.as_deref(), &mut rows, inherited, &mut sections);
                    header = Some(row.cells.clone());
                    header_rows = vec![row.cells.clone()];
                }
            }
        } else if let Some(text) = label(row, grid.by_line) {
            close(&grid, &labels, header.as_deref(), &mut rows, inherited, &mut sections);
            labels = vec![Label { text: text.into_owned(), span: row.span }];
        } else {
            let cells = std::mem::take(&mut all[index].cells);
            rows.push(GridRow { cells, ..all[index].clone() });
        }
    }
    close(&grid, &labels, header.as_deref(), &mut rows, inherited, &mut sections);
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
    let may_go_on = |columns: &&Columns| {
        columns.roles.len() == grid.width && columns.headers.iter().all(|header| header.len() <= LONGEST_INHERITED)
    };
    let taken_over = inherited.filter(|_| header.is_none()).filter(may_go_on);
    let mut headers = header.map(<[Rich]>::to_vec).or_else(|| taken_over.map(headers_of)).unwrap_or_default();
    let lacking = !grid.by_line && rows.iter().any(|row| row.missing > 0);
    let (mut rows, shifted) = if lacking { unshifted(rows, &headers, grid.width) } else { (rows, Vec::new()) };
    name_marks(&mut headers, &mut rows);
    let rough = Columns::assign(&headers, &rows, grid.width);
    let printed = rows.len();
    let rows = if grid.by_line { printed_rows(&rough, rows) } else { joined_rows(&rough, rows) };
    // Joining changes rows only by making them fewer.
    let columns = if rows.len() == printed { rough } else { Columns::assign(&headers, &rows, grid.width) };
    let (mut rows, moved) = if grid.by_line { moved_back(rows, &headers) } else { (rows, Vec::new()) };
    let columns = if moved.is_empty() { columns } else { Columns::assign(&headers, &rows, grid.width) };
    let shifted = shifted.into_iter().chain(moved).collect();
    fill_groups(&columns, &mut rows);
    sections.push(Section { labels: labels.to_vec(), columns, rows, has_header: header.is_some(), shifted });
}

/// The rows, those that lack cells at their front with the cells of the row above: a cell over several rows was printed once.
///
/// What the values look like decides: a name stands in the column of the names then, and did not before.
fn unshifted(rows: Vec<GridRow>, headers: &[Rich], width: usize) -> (Vec<GridRow>, Vec<Span>) {
    let whole: Vec<GridRow> = rows.iter().filter(|row| row.missing == 0).cloned().collect();
    let columns = Columns::assign(headers, if whole.is_empty() { &rows } else { &whole }, width);
    let Some(name) = columns.column(Field::Name).filter(|column| *column > 0) else { return (rows, Vec::new()) };
    let duration = columns.column(Field::Duration);
    let mut mended: Vec<GridRow> = Vec::with_capacity(rows.len());
    let mut shifted = Vec::new();
    for mut row in rows {
        let moved = if row.is_of_numbers() { 0 } else { row.missing.min(name) };
        if let Some(above) = mended.last().filter(|_| moved > 0 && fits_moved(&row, moved, name, duration)) {
            let mut cells: Vec<Rich> = above.cells[..moved].to_vec();
            cells.extend(row.cells[..row.cells.len() - moved].iter().cloned());
            row.cells = cells;
            shifted.push(row.span);
        }
        mended.push(row);
    }
    (mended, shifted)
}

/// The same for rows that were printed lines, whose cells at the end are blank then.
fn moved_back(mut rows: Vec<GridRow>, headers: &[Rich]) -> (Vec<GridRow>, Vec<Span>) {
    let blank = |row: &GridRow| row.cells.iter().rev().take_while(|cell| cell.is_blank()).count();
    for row in &mut rows {
        row.missing = blank(row);
    }
    if rows.iter().all(|row| row.missing == 0) {
        return (rows, Vec::new());
    }
    let (mut rows, shifted) = unshifted(rows, headers, headers.len());
    rows.iter_mut().for_each(|row| row.missing = 0);
    (rows, shifted)
}

fn fits_moved(row: &GridRow, moved: usize, name: usize, duration: Option<usize>) -> bool {
    let lives = |column: Option<usize>| {
        column.and_then(|at| row.cells.get(at)).map_or(0.0, |cell| duration::likeness(&cell.text))
    };
    let named = |column: usize| name::cell_likeness(&row.cells[column]);
    let before = named(name) + lives(duration);
    let after = named(name - moved) + lives(duration.and_then(|column| column.checked_sub(moved)));
    after > before + 0.2
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
    /// It is a printed line, which may hold any words of a cell that goes on.
    by_line: bool,
}

/// How many of the first printed lines are the header: those that together name the most columns, and small words that go on
/// below them.
fn head_lines(rows: &[GridRow]) -> usize {
    let mut best = (0, 0);
    let mut joined: Vec<Rich> = rows.first().map(|row| vec![Rich::default(); row.cells.len()]).unwrap_or_default();
    for (index, row) in rows.iter().enumerate().take(MOST_HEAD_LINES) {
        let gap = index > 0 && row.span.line > rows[index - 1].span.end_line + 1;
        if gap || row.cells.iter().any(is_value) {
            break;
        }
        joined.iter_mut().zip(&row.cells).for_each(|(above, cell)| above.push(" ", cell));
        let named = joined.iter().filter(|cell| names_a_field(&cell.text)).count();
        let goes_on = index > 0 && row.cells.iter().filter(|cell| !cell.is_blank()).all(starts_small);
        if named > best.1 || (goes_on && best.0 == index) {
            best = (index + 1, named.max(best.1));
        }
    }
    if best.1 >= 2 { best.0 } else { 0 }
}

fn starts_small(cell: &Rich) -> bool {
    cell.text.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(')
}

/// True for a row that names columns: by the lexicon, or, of the first row, by being unlike the rows below it.
fn is_header(row: &GridRow, below: &[GridRow], place: Place) -> bool {
    let printed: Vec<&Rich> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
    if printed.len() < 2 || printed.iter().any(|cell| is_value(cell)) || repeated_over_columns(row).is_some() {
        return false;
    }
    let named = printed.iter().filter(|cell| names_a_field(&cell.text)).count();
    let names_cookies = printed.iter().any(|cell| key_of(&cell.text) == Some(Field::Name));
    let most = if place.by_line && !place.unheaded { named == printed.len() } else { named * 2 >= printed.len() };
    if named >= 2 && most && (place.at_top || row.head || names_cookies) {
        return true;
    }
    place.at_top
        && place.unheaded
        && !below.is_empty()
        && (row.head || (named * 2 >= printed.len() && named > 0) || unlike(row, below))
}

/// A cell that only a body row has. A label with a footnote's star is no wildcard.
fn is_value(cell: &Rich) -> bool {
    *answer(&cell.text.known().answers::<Seen>().value, || is_value_of_rows(&cell.text))
}

fn is_value_of_rows(text: &Text) -> bool {
    let text = text.trim();
    let amount = text.chars().any(|c| c.is_ascii_digit()) && duration::likeness(text) >= 0.8;
    let single = !text.contains(char::is_whitespace);
    let named = || name::likeness(text) >= 0.9 && !(text.ends_with('*') && names_a_field(text));
    amount || (single && (named() || host::whole(text).is_some()))
}

fn names_a_field(text: &(impl Asked + ?Sized)) -> bool {
    key_of(text).is_some()
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
    known.iter().zip(&row.cells).all(|(a, b)| same_words(&a.text, &b.text))
}

/// The words of a row that labels the rows below it: one cell over the whole width, or alone in its row and no name.
///
/// Where a row is a printed line, a cell alone in it may be the rest of the one above.
fn label(row: &GridRow, by_line: bool) -> Option<Cow<'_, Rich>> {
    if let Some(repeated) = repeated_over_columns(row) {
        return Some(Cow::Borrowed(repeated));
    }
    let Some(lone) = row.lone_cell() else { return cut_group(row).filter(|_| by_line).map(Cow::Owned) };
    let first = !row.cells[0].is_blank();
    let named = !lone.text.trim().contains(char::is_whitespace) && name::likeness(lone.text.trim()) >= 0.35;
    let continues = lone.text.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(');
    let heads = if by_line { heads_lines(lone, first) } else { first && !named && !continues };
    (row.spanning || heads).then_some(Cow::Borrowed(lone))
}

/// "Marketing | cookies": the name of a group that a printed line has at its front, cut where a column happens to begin.
fn cut_group(row: &GridRow) -> Option<Rich> {
    const MOST_CELLS: usize = 3;
    let blank = row.cells.iter().rev().take_while(|cell| cell.is_blank()).count();
    let printed = &row.cells[..row.cells.len() - blank];
    let cut = blank > 0 && (2..=MOST_CELLS).contains(&printed.len()) && !printed.iter().any(Rich::is_blank);
    if !cut || !printed.iter().any(|cell| lexicon().names.says(&cell.text, NameWord::Cookie)) {
        return None;
    }
    let mut group = printed[0].clone();
    printed[1..].iter().for_each(|cell| group.push(" ", cell));
    heads_lines(&group, true).then_some(group)
}

/// The words that every cell of a row prints: one cell over all columns, in formats that have no such cell.
fn repeated_over_columns(row: &GridRow) -> Option<&Rich> {
    let first = row.cells.first().filter(|first| row.cells.len() > 2 && !first.is_blank())?;
    let words = first.text.contains(char::is_whitespace) || category::classify(&first.text).is_some();
    (words && row.cells.iter().all(|cell| cell.text == first.text)).then_some(first)
}

/// A printed line with nothing but a category: in the column of the names, or with the word cookie.
fn heads_lines(lone: &Rich, first: bool) -> bool {
    const LEAST_WORDS: usize = 4;
    let says_cookie = || lexicon().names.says(&lone.text, NameWord::Cookie);
    let names = || category::likeness(&lone.text) >= 0.9 || category::likeness(without_remark(&lone.text)) >= 0.9;
    // "Cookies for statistics and the performance of the site": so many words go on with no name.
    let speaks = || first && says_cookie() && category::likeness(&lone.text) >= 0.5;
    let named = names() && (first || says_cookie());
    (named || lone.text.word_count() >= LEAST_WORDS && speaks()) && !starts_small(lone)
}

/// "Necessary cookies (need no consent)": without the bracket that explains a group.
fn without_remark(text: &str) -> &str {
    let remark = text.trim_end().strip_suffix(')').and_then(|text| text.split_once(" ("));
    remark.map_or(text, |(group, _)| group)
}
