//! Cookie rows from blocks, whatever their shape: tables, keys and values, lists, sentences.

mod allowance;
mod bracket;
mod flowing;
mod from_table;
mod headers;
mod heard;
mod key_value;
mod labelled;
mod lead;
mod legend;
mod lines;
mod lists;
mod named_lifetimes;
mod names_above;
mod other_parts;
mod prose;
mod record;
mod witness;

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use super::revisions;
use crate::block::{Block, Content, Table};
use crate::document::{CookieRow, FoundIn, Place, RowEvidence, Warning};
use crate::error::Code;
use crate::lexicon::{Field, NameWord, lexicon};
use crate::table::Columns;
use crate::text::Span;
use crate::value::name::Name;
use headers::Headers;
use labelled::bare_labels::BareLabels;
use labelled::labelled_line;
use labelled::labels::Labels;
use lead::Leads;
use lines::{cards, even_rows, from_lines, glued_cells, joined_cells, line};
use lists::{from_headings, from_list, terms};
use record::Record;

pub(super) use allowance::Allowance;
pub use from_table::TableRecords;
pub use witness::Witness;

/// The cookies of a document and what should be known about them.
#[derive(Debug, Default)]
pub struct Found {
    /// Rows in document order.
    pub cookies: Vec<CookieRow>,
    /// Unmapped columns, repeated rows, cut tables.
    pub warnings: Vec<Warning>,
}

/// Finds the cookies that the blocks of a document declare, and tells the witness how.
pub fn find(blocks: &[Block], witness: &mut dyn Witness) -> Found {
    if !speaks_of_cookies(blocks) {
        return Found::default();
    }
    let mut finder = Finder::new(Leads::of(blocks), Labels::of(blocks), witness);
    let mut start = 0;
    for (index, block) in blocks.iter().enumerate() {
        if let Content::Table(table) = &block.content {
            finder.run(&blocks[start..index]);
            finder.table(index, block.span, &names_above::with_names_above(table, &blocks[..index]));
            start = index + 1;
        }
    }
    finder.run(&blocks[start..]);
    finder.finish(blocks)
}

/// Nothing is a cookie's name in a text that has no word for cookies.
fn speaks_of_cookies(blocks: &[Block]) -> bool {
    let speaks = |text: &str| lexicon().names.says(text, NameWord::Cookie);
    blocks.iter().any(|block| match &block.content {
        Content::Table(table) => table.rows.iter().flat_map(|row| &row.cells).any(|cell| speaks(&cell.text.text)),
        _ => block.rich().is_some_and(|rich| speaks(&rich.text)),
    })
}

struct Finder<'a> {
    leads: Leads,
    labels: Labels,
    columns: Option<Columns>,
    headers: Headers,
    /// What tables of other things list in the place of names.
    codes: HashSet<String>,
    records: Vec<Record>,
    warnings: Vec<Warning>,
    /// Headers that fit no field, each with its warning's place among the others.
    unmapped: Vec<Unmapped>,
    witness: &'a mut dyn Witness,
}

impl<'a> Finder<'a> {
    fn new(leads: Leads, labels: Labels, witness: &'a mut dyn Witness) -> Self {
        Self {
            leads,
            labels,
            columns: None,
            headers: Headers::default(),
            codes: HashSet::new(),
            records: Vec::new(),
            warnings: Vec::new(),
            unmapped: Vec::new(),
            witness,
        }
    }

    fn table(&mut self, index: usize, span: Span, table: &Table) {
        let found = from_table::from_table(table, &self.leads, &self.labels, self.columns.as_ref());
        let entries = if found.records.is_empty() { terms::in_table(table) } else { None };
        entries.into_iter().for_each(|entries| self.run(&entries));
        self.leads.pass_rows();
        self.witness.table(index, table, &found);
        let place = Place::from(span);
        self.headers.learn(&found.sections);
        for header in found.unmapped {
            let message = format!("the column {header:?} fits no field");
            self.unmapped.push(Unmapped { header, warning: self.warnings.len() });
            self.warnings.push(Warning::new(Code::UnmappedColumn, message, place));
        }
        for span in &found.shifted {
            let message = "the cells of the row had moved to the left of their columns";
            self.warnings.push(Warning::new(Code::ShiftedCells, message, Place::from(*span)));
        }
        if found.cut {
            self.warnings.push(Warning::new(Code::TableCut, "a table has more cells than are read as a table", place));
        }
        self.columns = found.columns;
        self.codes.extend(found.codes);
        self.records.extend(found.records);
    }

    /// Blocks without a table, but for those that flow on in a line.
    fn run(&mut self, blocks: &[Block]) {
        let blocks = &flowing::parted(blocks)[..];
        let is_table = |block: &Block| matches!(block.content, Content::Table(_));
        for blocks in blocks.chunk_by(|above, below| is_table(above) == is_table(below)) {
            match is_table(&blocks[0]) {
                true => blocks.iter().for_each(|block| self.flowing_table(block)),
                false => self.run_of_lines(blocks),
            }
        }
    }

    fn flowing_table(&mut self, block: &Block) {
        let Content::Table(table) = &block.content else { return };
        let found = from_table::from_table(table, &self.leads, &self.labels, None).records;
        self.leads.pass_rows();
        self.records.extend(found.into_iter().map(|record| Record { found_in: FoundIn::Lines, ..record }));
    }

    /// Blocks without a table: rows of joined cells first, cells in a rhythm, cards, then keys and values, then lists; what is left leads
    /// into what follows.
    fn run_of_lines(&mut self, blocks: &[Block]) {
        let blocks = &terms::terms_apart(from_list::entries_apart(blocks))[..];
        let mut taken = vec![false; blocks.len()];
        self.records.extend(from_headings::records(blocks, &self.leads, &mut taken));
        let mut lines = line::lines(blocks, &self.labels);
        lines.retain(|line| !taken[line.block]);
        self.records.extend(glued_cells::records(blocks, &lines, &self.leads, &mut taken));
        lines.retain(|line| !taken[line.block]);
        self.records.extend(joined_cells::records(blocks, &lines, &self.leads, &mut taken));
        lines.retain(|line| !taken[line.block]);
        self.records.extend(even_rows::records(blocks, &lines, &self.leads, &mut taken));
        lines.retain(|line| !taken[line.block]);
        let unlabelled = lines.iter().filter(|line| !line.heading && labelled_line::is_text(&line.text));
        let labels = BareLabels::of(&unlabelled.map(|line| &line.text.text).collect::<Vec<_>>());
        if labels.is_empty() {
            self.records.extend(from_lines::records(blocks, &lines, &self.leads, &mut taken));
            lines.retain(|line| !taken[line.block]);
            self.records.extend(cards::records(blocks, &lines, &self.leads, &mut taken));
        }
        let alone = lines.iter().filter(|line| !line.heading).map(|line| &line.text.text);
        let labels = labels.with_alone(alone.filter_map(|line| Some((line.trim(), labelled_line::label_alone(line)?))));
        self.records.extend(key_value::records(blocks, lines, &labels, &self.leads, &self.labels, &mut taken));
        let mut lists = from_list::Runs::of(blocks, &taken);
        let mut next = 0;
        while next < blocks.len() {
            let listed = lists.take(blocks, next, &self.leads);
            match listed.taken {
                0 => self.leads.pass(&blocks[next]),
                _ => self.leads.pass_rows(),
            }
            next += listed.taken.max(1);
            self.records.extend(listed.records);
        }
    }

    /// What another table told of a header holds for all cells below it.
    fn settle_headers(&mut self) {
        for unmapped in self.unmapped.drain(..).rev() {
            if self.headers.field(&unmapped.header).is_some() {
                self.warnings.remove(unmapped.warning);
            }
        }
        self.records.iter_mut().for_each(|record| self.headers.settle(record));
    }

    /// Where a bracket behind one name is a service or a company, and all others behind names could be one, they are.
    fn settle_notes(&mut self) {
        let noted = |record: &Record| record.has_note();
        let names: Vec<Name> =
            self.records.iter().filter(|record| noted(record)).flat_map(Record::printed_names).collect();
        let notes = || names.iter().filter_map(|name| name.note.as_deref());
        let known = names.iter().any(|name| name.owner.is_some());
        if known && notes().all(|note| bracket::owner_field(note) == Some(Field::Provider)) {
            self.records.iter_mut().filter(|record| noted(record)).for_each(Record::take_notes_for_provider);
        }
    }

    fn finish(mut self, blocks: &[Block]) -> Found {
        self.settle_headers();
        self.settle_notes();
        legend::settle(&mut self.records, blocks);
        self.records.sort_by_key(|record| record.span);
        // Nearly every record is one row, and rows are large: room is made for them once.
        let mut rows: Vec<CookieRow> = Vec::with_capacity(self.records.len());
        let mut allowance = Allowance::of(blocks);
        self.records.iter().for_each(|record| rows.extend(record.rows(&mut allowance)));
        let known: HashSet<String> = rows.iter().map(|row| row.name.clone()).collect();
        let in_lines = self.records.iter().filter(|record| record.found_in == FoundIn::Lines);
        let read: Vec<Span> = in_lines.map(|record| record.span).collect();
        let in_prose = prose::records(blocks, &known, &read);
        let said = in_prose.iter().flat_map(|record| record.rows(&mut allowance));
        rows.extend(said.filter(|row| !self.codes.contains(&row.name)));
        leave_out_logged(&mut rows, blocks);
        other_parts::leave_out_others(&mut rows, blocks);
        rows.sort_by_key(|row| row.evidence.line);
        self.warnings.extend(allowance.exceeded().map(shared_left_out));
        let cookies = self.without_repetitions(rows);
        Found { cookies, warnings: self.warnings }
    }

    /// Rows that are the same in every field but their place are one.
    fn without_repetitions(&mut self, rows: Vec<CookieRow>) -> Vec<CookieRow> {
        let mut by_name: FxHashMap<String, Namesakes> = FxHashMap::default();
        let mut kept: Vec<CookieRow> = Vec::with_capacity(rows.len());
        for row in rows {
            let is_new = match by_name.entry(row.name.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert(Namesakes { first: kept.len(), said: FxHashSet::default() });
                    true
                }
                Entry::Occupied(entry) => entry.into_mut().add(&row, &kept),
            };
            if is_new {
                kept.push(row);
            } else {
                let message = format!("the row of {:?} stands here once more", row.name);
                self.warnings.push(Warning::new(Code::RepeatedRows, message, row.evidence.into()));
            }
        }
        kept
    }
}

/// What the log of a document says of cookies that were added or removed is no declaration, where more of them stand outside of it: a
/// document that is all one version has its declaration below the number of that.
fn leave_out_logged(rows: &mut Vec<CookieRow>, blocks: &[Block]) {
    let logs = revisions::logs(blocks);
    let logged = |row: &CookieRow| {
        let line = row.evidence.line.unwrap_or(0);
        logs.get(logs.partition_point(|log| log.end <= line)).is_some_and(|log| log.contains(&line))
    };
    let inside = if logs.is_empty() { 0 } else { rows.iter().filter(|row| logged(row)).count() };
    if inside * 2 < rows.len() {
        rows.retain(|row| !logged(row));
    }
}

/// A header that fits no field, as far as its own table tells.
struct Unmapped {
    header: String,
    /// Index of its warning.
    warning: usize,
}

fn shared_left_out(first: Span) -> Warning {
    let message = "rows repeat more than a document may: from here on long texts that they share are left out, and names in cells that reach over many rows";
    Warning::new(Code::TableCut, message, Place::from(first))
}

/// The rows of one name.
struct Namesakes {
    /// The place of the first of them.
    first: usize,
    /// What they say, where there are several.
    said: FxHashSet<Vec<u8>>,
}

impl Namesakes {
    /// Adds one more row; false if another one says the same.
    fn add(&mut self, row: &CookieRow, kept: &[CookieRow]) -> bool {
        if self.said.is_empty() {
            self.said.insert(said(&kept[self.first]));
        }
        self.said.insert(said(row))
    }
}

/// All that a row says, less where it stands and in what kind of text: a page and its consent dialog print one declaration.
fn said(row: &CookieRow) -> Vec<u8> {
    let placeless = CookieRow { evidence: RowEvidence::default(), found_in: FoundIn::Table, ..row.clone() };
    postcard::to_stdvec(&placeless).expect("a row is made of texts and numbers alone")
}
