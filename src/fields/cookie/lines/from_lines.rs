//! Cookie rows from cells that stand one below the other, each of one line or several, under a run of headers.
//!
//! What values look like tells which cell stands in which column, for all cells together.

use std::collections::BTreeSet;

use super::cells_within::CellsWithin;
use super::fitness::fitness;
use super::line::{Line, pass_grouped};
use super::line_cells::{Cell, LEAST_NAME, Piece, begins_with_name, cell_gap, cells_of, end_by_distance, pieces};
use super::line_header::Header;
use crate::block::{Block, Rich};
use crate::document::FoundIn;
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::{Extra, FieldText, Record};
use crate::lexicon::{Field, lexicon};
use crate::table::key_of;
use crate::text::Span;
use crate::value::{category, name};

/// Rows without a cookie's name that a table holds one after the other.
const MOST_PASSED_OVER: usize = 2;

/// Reads every run of cells among some blocks; their blocks are marked as taken.
pub fn records(blocks: &[Block], lines: &[Line], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let mut leads = leads.clone();
    let mut passed = 0;
    let mut records = Vec::new();
    let mut next = 0;
    while next < lines.len() {
        let Some(mut header) = Header::at(&lines[next..]) else {
            next += 1;
            continue;
        };
        pass_grouped(&mut leads, blocks, &lines[passed.min(next)..next]);
        let first = next + header.lines;
        let read = Groups::of(&lines[first..], &header);
        header.learn(read.groups.iter().flat_map(|group| &group.rows).map(|row| &row.cells[..]));
        let used = first + read.lines;
        lines[next..used].iter().for_each(|line| taken[line.block] = true);
        for Group { rows, label } in read.groups {
            label.into_iter().for_each(|at| pass_grouped(&mut leads, blocks, &lines[first + at..=first + at]));
            records.extend(rows.iter().map(|row| row.record(&header, &leads)));
        }
        next = used.max(first + 1);
        passed = next;
    }
    records
}

/// The rows below a header, by the names of groups that stand between them.
struct Groups {
    groups: Vec<Group>,
    /// How many lines they take.
    lines: usize,
}

struct Group {
    rows: Vec<Row>,
    /// The line that names it.
    label: Option<usize>,
}

impl Groups {
    fn of(lines: &[Line], header: &Header) -> Self {
        let mut found = Self { groups: Vec::new(), lines: 0 };
        let mut label = None;
        loop {
            let first = found.lines + usize::from(label.is_some());
            let below = &lines[first..];
            // Behind the end of the table there is no group of it to be looked for.
            let last = below.len().min(end_of_body(below) + 1);
            let group = (0..last).find(|at| header.is_group(&below[*at..]));
            let end = group.unwrap_or(below.len());
            let mut rows = Body::new(&below[..end], header).rows();
            fill_groups(&mut rows, header, Field::Category);
            fill_groups(&mut rows, header, Field::Provider);
            let Some(used) = rows.last().map(|row| row.end) else { return found };
            found.groups.push(Group { rows, label });
            found.lines = first + used;
            if used < end || group.is_none() {
                return found;
            }
            label = Some(found.lines);
        }
    }
}

/// The lines below a header.
struct Body<'a> {
    pieces: Vec<Piece>,
    header: &'a Header,
}

/// The cells of one cookie.
struct Row {
    cells: Vec<Cell>,
    end: usize,
}

/// Where the rows below a header end: at the next header, or at the heading of another group.
fn end_of_body(lines: &[Line]) -> usize {
    let ends = |at: &usize| {
        is_next_header(&lines[*at]) && !goes_on(lines, *at, cell_gap(lines)) || heads_next_group(&lines[*at..])
    };
    (0..lines.len()).find(ends).unwrap_or(lines.len())
}

impl<'a> Body<'a> {
    fn new(lines: &[Line], header: &'a Header) -> Self {
        let lines = &lines[..end_of_body(lines)];
        let owned =
            header.columns.iter().any(|column| column.field == Field::Name && column.also == Some(Field::Provider));
        let within = if owned { CellsWithin::of(lines) } else { CellsWithin::default() };
        let parts = |line: &Line| if owned { within.cells(line) } else { vec![line.clone()] };
        let mut pieces = pieces(lines.iter().map(parts), cell_gap(lines));
        pieces.truncate(end_by_distance(&pieces, header.name_index()).unwrap_or(pieces.len()));
        Self { pieces, header }
    }

    /// Each cell to its column, by what the columns' values look like: the best reading of all lines together, so that a missing
    /// or a broken cell costs one row and not all that follow. The table ends where no row begins with a name any more.
    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for cell in cells_of(&self.pieces, &self.header.columns, self.header.keyed) {
            if rows.last().is_none_or(|row| row.ends_before(&cell)) {
                rows.push(Row { cells: Vec::new(), end: 0 });
            }
            let row = rows.last_mut().expect("pushed");
            row.end = cell.end;
            row.cells.push(cell);
        }
        let is_row = |row: &Row| row.is_named(self.header) && row.cells.len() <= self.header.columns.len() + 3;
        // What says how long it lasts and has no name of a cookie (a kit of tools) is passed over where a cookie's row follows.
        let followed = |at: usize| rows[at + 1..].iter().take(MOST_PASSED_OVER).any(is_row);
        let goes_on = |at: usize| is_row(&rows[at]) || rows[at].lasts(self.header) && followed(at);
        let ended = (0..rows.len()).find(|at| !goes_on(*at)).unwrap_or(rows.len());
        rows.truncate(ended);
        rows.retain(is_row);
        // Below two headers any word and a sentence are a full row: the last of them has a name's look.
        let looks = |row: &Row| self.header.columns.len() > 2 || row.has_likely_name(self.header);
        rows.truncate(rows.iter().rposition(looks).map_or(0, |last| last + 1));
        rows
    }
}

/// A category, or whose the cookies are, that stands once before the rows of its group is that of all of them: the custom where no two
/// neighbours print the same.
fn fill_groups(rows: &mut [Row], header: &Header, field: Field) {
    let before_names = |column: &usize| field == Field::Category || *column < header.name_index();
    let column = header.columns.iter().position(|column| column.field == field).filter(before_names);
    let Some(column) = column else { return };
    let said: Vec<Option<Rich>> = rows.iter().map(|row| row.said(column)).collect();
    let repeats = said.windows(2).any(|pair| pair[0].is_some() && pair[0] == pair[1]);
    let named = field != Field::Category || said.iter().flatten().all(|text| category::likeness(&text.text) >= 0.9);
    if repeats || !named || said.first().is_none_or(Option::is_none) || said.iter().all(Option::is_some) {
        return;
    }
    let mut last: Option<Cell> = None;
    for row in rows {
        match row.cells.iter().find(|cell| cell.column == column) {
            Some(cell) => last = Some(cell.clone()),
            None => row.cells.extend(last.clone().map(|cell| Cell { span: row.cells[0].span, ..cell })),
        }
    }
}

/// A heading that is a group's, and a sentence about the group below.
fn heads_next_group(lines: &[Line]) -> bool {
    let [heading, below, ..] = lines else { return false };
    let text = heading.text.text.as_str();
    let explained = below.text.text.trim_end().ends_with('.') && below.text.text.word_count() > 2;
    let explained = explained && !begins_with_name(&below.text);
    heading.heading && category::named_share(text) >= 0.6 && category::classify(text).is_some() && explained
}

/// A word close below another line is the rest of its sentence, where no other header follows.
fn goes_on(lines: &[Line], at: usize, gap: u32) -> bool {
    let Some(above) = at.checked_sub(1).map(|above| &lines[above]) else { return false };
    let line = &lines[at];
    let near = line.span.line.saturating_sub(above.span.end_line) < gap;
    let headed = || lines.get(at + 1).is_some_and(|next| key_of(&next.text.text).is_some());
    near && (line.text.text.starts_with(char::is_lowercase) || line.text.text.word_count() == 1 && !headed())
}

/// A line that names the cookie column again.
fn is_next_header(line: &Line) -> bool {
    !line.text.text.contains(['_', '.']) && key_of(&line.text.text) == Some(Field::Name)
}

impl Row {
    fn said(&self, column: usize) -> Option<Rich> {
        self.cells.iter().find(|cell| cell.column == column).map(|cell| cell.text.clone())
    }

    /// True where a cell is the first one of the next row: it stands in an earlier column than the one before.
    fn ends_before(&self, cell: &Cell) -> bool {
        !cell.rest && self.cells.last().is_some_and(|last| last.rest || cell.column < last.column)
    }

    /// True where its name looks like one.
    fn has_likely_name(&self, header: &Header) -> bool {
        self.said(header.name_index()).is_some_and(|text| name::cell_likeness(&text) >= LEAST_NAME)
    }

    /// True where its name can be one.
    fn is_named(&self, header: &Header) -> bool {
        let name = header.name_index();
        let own = self.cells.iter().find(|cell| cell.column == name).map(|cell| &cell.text);
        own.is_some_and(|text| {
            let few = text.text.word_count() <= 8;
            let likely = || name::cell_likeness(text) >= LEAST_NAME;
            few && (likely() || header.columns[name].holds_owned_name(text) || self.is_full(header) && may_name(text))
        })
    }

    /// True where each column has its cell: then the place makes a name of a word that could be any.
    fn is_full(&self, header: &Header) -> bool {
        self.cells.iter().map(|cell| cell.column).collect::<BTreeSet<_>>().len() == header.columns.len()
    }

    /// True where one of its cells is a lifetime.
    fn lasts(&self, header: &Header) -> bool {
        let lasts = |cell: &Cell| header.columns[cell.column].field == Field::Duration;
        self.cells.iter().any(|cell| lasts(cell) && fitness(Field::Duration, &cell.text) >= 0.6)
    }

    fn record(&self, header: &Header, leads: &Leads) -> Record {
        let span = self.cells.iter().map(|cell| cell.span).reduce(Span::join).expect("a row has a name");
        let mut record = Record::new(span, FoundIn::Lines, leads);
        let owned = |cell: &Cell| header.columns[cell.column].holds_owned_name(&cell.text);
        if self.is_full(header) || self.cells.iter().any(owned) {
            record.least_likeness = 0.0;
        }
        for (index, column) in header.columns.iter().enumerate() {
            let own = self.cells.iter().filter(|cell| cell.column == index).map(|cell| &cell.text);
            let Some(text) = own.cloned().reduce(joined) else { continue };
            if column.field == Field::Extra {
                record.extra.push(Extra::new(column.header.as_str(), &text.text));
            } else {
                let (field, _) = column.meant_by(&text);
                record.fields.push(FieldText { field, also: column.also, text });
            }
        }
        record
    }
}

/// One word that is no service's.
fn may_name(text: &Rich) -> bool {
    let text = text.text.trim();
    !text.contains(char::is_whitespace) && text.starts_with(char::is_alphabetic) && !lexicon().services.is_name(text)
}

fn joined(mut above: Rich, below: Rich) -> Rich {
    above.push(" ", &below);
    above
}
