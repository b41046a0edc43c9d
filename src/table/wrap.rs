//! Rows that a page or a narrow column broke into several lines, joined again; labels repeated inside cells, taken out.

use super::columns::{Columns, key_of};
use super::grid::GridRow;
use crate::block::{Joining, Rich};
use crate::lexicon::{Field, Words};
use crate::text::{COLONS, Text, is_blank, sets_off, split_at_colon, word_count};
use crate::value::{host, name};

/// Joins each row that continues the one above.
///
/// A row without a name is the rest of the row above it. Where blank lines part the rows, all lines between two of them are one.
pub(super) fn joined_rows(columns: &Columns, rows: Vec<GridRow>) -> Vec<GridRow> {
    let Some(name_column) = columns.column(Field::Name) else { return rows };
    let parted = parted_by_blank_lines(&rows, name_column);
    let names = NameColumn::of(&rows, name_column);
    let mut joined: Vec<GridRow> = Vec::new();
    let mut open: Option<JoinedRow> = None;
    for row in rows {
        match &mut open {
            Some(above) if continues(above, &row, name_column, parted) => above.push(&row, Some(names)),
            _ => joined.extend(open.replace(row.into()).map(JoinedRow::finish)),
        }
    }
    joined.extend(open.map(JoinedRow::finish));
    joined
}

/// Takes a column's label out of its cells where most of them begin with it.
pub(super) fn strip_labels(headers: &[Rich], rows: &mut [GridRow]) {
    let few_rows_labelled = are_labelled(headers, rows);
    for (column, header) in headers.iter().enumerate() {
        let label = header.text.trim();
        if label.is_empty() {
            continue;
        }
        let count =
            |parted: bool| rows.iter().filter(|row| after_label(&row.cells[column], label, parted).is_some()).count();
        // Set off from its value by a blank alone it is believed where every cell has it.
        let everywhere = (rows.len() >= 3 || few_rows_labelled) && count(false) == rows.len();
        if count(true) * 5 >= rows.len() * 3 || everywhere {
            for row in rows.iter_mut() {
                if let Some(start) = after_label(&row.cells[column], label, !everywhere) {
                    let cell = &row.cells[column];
                    row.cells[column] = cell.slice(start, cell.text.len());
                }
            }
        }
    }
}

/// True where every cell of every row, of two columns or more, begins with its column's label.
fn are_labelled(headers: &[Rich], rows: &[GridRow]) -> bool {
    let labelled = |row: &GridRow| {
        let mut cells = row.cells.iter().zip(headers);
        cells.all(|(cell, header)| after_label(cell, header.text.trim(), false).is_some())
    };
    headers.len() >= 2 && headers.iter().all(|header| !header.is_blank()) && rows.iter().all(labelled)
}

/// Where a cell goes on after its column's label; parted, the label stands on a line of its own or before a colon.
fn after_label(cell: &Rich, label: &str, parted: bool) -> Option<usize> {
    let rest = cell.text.strip_prefix(label)?;
    let value = rest.trim_start_matches([' ', ':', '：']).trim_start_matches('\n').trim_start();
    let set_off = rest.starts_with('\n') || rest.trim_start().starts_with(COLONS) || (!parted && rest.starts_with(' '));
    (set_off && !value.is_empty()).then(|| cell.text.len() - value.len())
}

/// The labels that most cells of a column begin with, before a colon: the header of a table that has none. The labels are taken
/// out of the cells.
pub(super) fn take_labels(rows: &mut [GridRow]) -> Option<Vec<Rich>> {
    let width = rows.first()?.cells.len();
    let mut headers = vec![Rich::default(); width];
    for (column, header) in headers.iter_mut().enumerate() {
        let Some(label) = rows.iter().find_map(|row| label_of(&row.cells[column])) else { continue };
        let labelled = rows.iter().filter(|row| label_of(&row.cells[column]) == Some(label)).count();
        let known = key_of(label).is_some() && labelled >= 2 && labelled * 5 >= rows.len() * 3;
        // What no lexicon knows is a label where no cell goes without.
        if known || labelled >= 3 && labelled == rows.len() {
            *header = Rich::plain(label);
        }
    }
    let found = headers.iter().any(|header| !header.is_blank());
    if found {
        strip_labels(&headers, rows);
    }
    found.then_some(headers)
}

/// The few words before a colon that a cell begins with.
fn label_of(cell: &Rich) -> Option<&str> {
    const MOST_WORDS: usize = 5;
    const LONGEST: usize = 200;
    let (label, value) = split_at_colon(&cell.text[..cell.text.floor_char_boundary(LONGEST)])?;
    let parts = sets_off(&cell.text, label.len()) && !value.trim().is_empty();
    (parts && word_count(label) <= MOST_WORDS).then(|| label.trim())
}

/// True where most names that begin a row stand after a blank line, and rows of several lines exist.
fn parted_by_blank_lines(rows: &[GridRow], name_column: usize) -> bool {
    let gaps = rows.windows(2).filter(|pair| is_parted(&pair[0], &pair[1])).count();
    let groups = gaps + 1;
    let unnamed = rows.iter().filter(|row| row.cells[name_column].is_blank()).count();
    let single_line = rows.iter().all(|row| row.span.line == row.span.end_line);
    single_line && gaps >= 2 && rows.len() >= groups * 3 / 2 && unnamed > 0 && gaps * 3 >= rows.len() - unnamed - 1
}

fn is_parted(above: &GridRow, row: &GridRow) -> bool {
    row.span.line > above.span.end_line + 1
}

fn continues(above: &JoinedRow, row: &GridRow, name_column: usize, parted: bool) -> bool {
    if parted {
        return !is_parted(&above.row, row);
    }
    let named = !row.cells[name_column].is_blank();
    let broken_name = named && row.lone_cell().is_some() && is_rest_of_name(&row.cells[name_column]);
    !named && row.cells[0].is_blank() || broken_name || (!named && row.filled() < above.filled())
}

/// "(Vendor)" or "_identifier" alone on a line.
fn is_rest_of_name(cell: &Rich) -> bool {
    let text = cell.text.trim();
    text.starts_with(['(', '_', '-', '.']) && !text.contains(' ')
}

/// The column of names, whose words are broken where they do not fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameColumn {
    column: usize,
    /// Characters of its longest word: for a whole name of so many there was room.
    pub longest: usize,
}

impl NameColumn {
    pub fn of(rows: &[GridRow], column: usize) -> Self {
        // A cell that reaches over rows stands in each of them.
        let mut above: Option<&Text> = None;
        let texts = rows.iter().map(|row| &row.cells[column].text).filter(|text| above.replace(text) != Some(*text));
        let words = texts.flat_map(|text| text.split_whitespace());
        Self { column, longest: words.map(|word| word.chars().count()).max().unwrap_or(0) }
    }
}

/// The lines of one row as one row.
pub(super) fn join_lines(lines: &[GridRow], names: Option<NameColumn>) -> GridRow {
    let mut row = JoinedRow::from(lines[0].clone());
    lines[1..].iter().for_each(|line| row.push(line, names));
    row.finish()
}

/// A row whose lines are put together.
struct JoinedRow {
    /// The first line, and where all of them stand.
    row: GridRow,
    /// Its cells, from the second line on.
    cells: Vec<JoinedCell>,
}

/// A cell whose lines are put together.
struct JoinedCell {
    text: Joining,
    /// How many characters it has.
    width: usize,
}

impl From<GridRow> for JoinedRow {
    fn from(row: GridRow) -> Self {
        Self { row, cells: Vec::new() }
    }
}

impl JoinedRow {
    fn push(&mut self, line: &GridRow, names: Option<NameColumn>) {
        if self.cells.is_empty() {
            self.cells = std::mem::take(&mut self.row.cells).into_iter().map(JoinedCell::from).collect();
        }
        for (column, (cell, below)) in self.cells.iter_mut().zip(&line.cells).enumerate() {
            cell.push(below, names.filter(|names| names.column == column));
        }
        self.row.span = self.row.span.join(line.span);
        self.row.printed.end = line.printed.end;
    }

    /// Number of cells that print something.
    fn filled(&self) -> usize {
        match self.cells.is_empty() {
            true => self.row.filled(),
            false => self.cells.iter().filter(|cell| !is_blank(cell.text.text())).count(),
        }
    }

    fn finish(self) -> GridRow {
        match self.cells.is_empty() {
            true => self.row,
            false => GridRow { cells: self.cells.into_iter().map(|cell| cell.text.finish()).collect(), ..self.row },
        }
    }
}

impl From<Rich> for JoinedCell {
    fn from(first: Rich) -> Self {
        Self { width: first.text.chars().count(), text: first.into() }
    }
}

impl JoinedCell {
    fn push(&mut self, below: &Rich, names: Option<NameColumn>) {
        let above = self.text.text();
        let length = above.len();
        let broken = names.is_some_and(|names| is_broken_name(above, self.width, &below.text, names.longest))
            || is_broken_token(above, &below.text);
        self.text.push(if broken { "" } else { " " }, below);
        self.width += self.text.text()[length..].chars().count();
    }
}

/// A name that filled its column and goes on below without a blank: `session_iden` / `tifier`, `AUTH` / `_ID`.
///
/// In a font whose letters differ in width, a full line has anything from four fifths of the longest word's characters. `width` is that of
/// the text above.
pub(super) fn is_broken_name(above: &str, width: usize, below: &str, longest: usize) -> bool {
    let last = above.split_whitespace().next_back().unwrap_or("");
    let next = below.split_whitespace().next().unwrap_or("");
    let fills = width * 5 >= longest * 4 && longest >= 8;
    let dotted = last.ends_with('.') && last.contains('_') && next.starts_with(|c: char| c.is_ascii_alphanumeric());
    let open = (last.ends_with(['-', '_']) || dotted) && last.len() > 2;
    let tail = next.starts_with('_') && last.contains('_') && !last.starts_with('_');
    let joint = format!("{last}{next}");
    let two = begin_alike(last, next) || is_plain(last) && is_title(next);
    !two && (fills || open || tail)
        && !next.starts_with('(')
        && !last.ends_with([',', ';', ')'])
        && name::likeness(&joint) >= name::CONVINCING
}

/// "Advertising": a word from a capital.
fn is_title(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && is_plain(word)
}

/// A word in small letters, but perhaps the first.
fn is_plain(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.chars().skip(1).all(char::is_lowercase)
}

/// `ab_session` and `ab_csrf`: two names of one site.
fn begin_alike(above: &str, below: &str) -> bool {
    let site = |name: &str| name.find('_').filter(|at| *at >= 2).map(|at| name[..=at].to_owned());
    site(above).is_some_and(|prefix| below.starts_with(&prefix) && below.len() > prefix.len())
}

/// A host or a name that its column broke behind a hyphen of its own: `my-` / `site.example`, `__Secure-` / `3PSID`.
fn is_broken_token(above: &str, below: &str) -> bool {
    let last = above.split_whitespace().next_back().unwrap_or("");
    let next = below.split_whitespace().next().unwrap_or("");
    let open = last.ends_with('-') && last.len() > 1 && next.starts_with(|c: char| c.is_ascii_alphanumeric());
    let joint = || format!("{last}{next}");
    open && (host::likeness(&joint()) >= 1.0 || last.starts_with('_') && name::likeness(name::clean(&joint())) >= 0.9)
}

/// True where two headers are the same words.
pub(super) fn same_words(a: &Text, b: &Text) -> bool {
    a == b || Words::of(a).folded() == Words::of(b).folded()
}
