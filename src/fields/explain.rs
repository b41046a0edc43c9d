//! From what the stages decided to the explanation: tells, and decides nothing anew.

use super::cookie::{Allowance, TableRecords, Witness};
use crate::block::{Block, Rich, Table};
use crate::document::{CookieRow, Evidence, Place, PolicyDocument, TextBlock, TextBlockKind};
use crate::explanation::{
    ColumnField, ExplainedBlock, ExplainedColumn, ExplainedRow, ExplainedSection, ExplainedTable, Explanation, Given,
    GivenKind, LexiconWord, Mend, MendKind, PrintedRow, RowRole, TableReading,
};
use crate::lexicon::{Field, Phrases, Words, lexicon};
use crate::table::{Columns, Grid, GridRow, Section};
use crate::text::collapse;

/// The tables that were read, with the rows that each of them gave.
pub(super) struct Tables {
    read: Vec<ReadTable>,
    /// What their rows may repeat, as the finder counts it.
    allowance: Allowance,
}

impl Tables {
    /// None as yet of the tables among some blocks.
    pub(super) fn among(blocks: &[Block]) -> Self {
        Self { read: Vec::new(), allowance: Allowance::of(blocks) }
    }
}

struct ReadTable {
    block: usize,
    told: ExplainedTable,
    rows: Vec<CookieRow>,
}

impl Witness for Tables {
    fn table(&mut self, block: usize, printed: &Table, found: &TableRecords) {
        let rows: Vec<Vec<CookieRow>> = found.records.iter().map(|record| record.rows(&mut self.allowance)).collect();
        let told = table(&Grid::of(printed), found, &rows);
        self.read.push(ReadTable { block, told, rows: rows.into_iter().flatten().collect() });
    }
}

/// The explanation of a document whose tables were witnessed.
pub(super) fn explanation(document: PolicyDocument, tables: Tables) -> Explanation {
    let rows: Vec<ExplainedRow> = document.cookies.iter().map(|row| explained_row(row, &document, &tables)).collect();
    let mut told: Vec<ExplainedBlock> = document.blocks.iter().map(|block| block_of(block, &document)).collect();
    for table in tables.read {
        told[table.block].table = Some(table.told);
    }
    for row in &rows {
        if let Some(block) = row.block {
            told[block].gives.push(Given { what: GivenKind::Cookie, value: row.row.name.clone() });
        }
    }
    Explanation {
        schema_version: document.schema_version,
        source: document.source,
        kind: document.kind,
        title: document.title,
        language: document.language,
        platform: document.platform,
        date: document.date,
        blocks: told,
        rows,
        warnings: document.warnings,
    }
}

/// A row of a table is found by the table that gave it, any other by its place and its name. What the rest of the document settled of the
/// row, its table did not know.
fn explained_row(row: &CookieRow, document: &PolicyDocument, tables: &Tables) -> ExplainedRow {
    let place = |row: &CookieRow| (row.found_in, row.evidence.line, row.evidence.end_line, row.evidence.page);
    let settled = |own: &CookieRow| own.name == row.name && place(own) == place(row);
    let whole = tables.read.iter().find(|table| table.rows.contains(row));
    let table = whole.or_else(|| tables.read.iter().find(|table| table.rows.iter().any(settled)));
    let table = table.map(|table| table.block);
    let named = |block: &TextBlock| {
        block.kind != TextBlockKind::Table
            && covers(&block.evidence, row.evidence.line, row.evidence.end_line)
            && block.text.as_ref().is_some_and(|text| text.contains(&row.name))
    };
    let mut texts = document.blocks.iter().enumerate().filter(|(_, block)| named(block)).map(|(index, _)| index);
    let text = texts.next().filter(|_| texts.next().is_none());
    ExplainedRow { block: table.or(text), row: row.clone() }
}

/// True where a block and a value share a line.
fn covers(place: &Place, line: Option<u32>, end_line: Option<u32>) -> bool {
    let (Some(first), Some(last), Some(line)) = (place.line, place.end_line, line) else { return false };
    first <= end_line.unwrap_or(line) && line <= last
}

fn block_of(block: &TextBlock, document: &PolicyDocument) -> ExplainedBlock {
    let is_table = block.kind == TextBlockKind::Table;
    let text = block.text.clone().filter(|_| !is_table);
    ExplainedBlock {
        kind: block.kind,
        level: block.level,
        place: block.evidence,
        words: text.as_deref().map(words).unwrap_or_default(),
        text,
        gives: gives(block, document),
        table: None,
    }
}

/// Platform, date and categories that stand in the lines of a block and in its words.
fn gives(block: &TextBlock, document: &PolicyDocument) -> Vec<Given> {
    let text = collapse(block.text.as_deref().unwrap_or_default());
    let stands = |evidence: &Evidence, raw: &str| {
        !evidence.given && covers(&block.evidence, evidence.line, evidence.end_line) && text.contains(raw)
    };
    let platform = document.platform.as_ref().filter(|it| stands(&it.evidence, it.raw.as_deref().unwrap_or_default()));
    let platform = platform.and_then(|it| it.host.clone().or_else(|| it.name.clone()));
    let date = document.date.as_ref().filter(|it| stands(&it.evidence, &it.raw)).map(|it| it.value.clone());
    let given = |what: GivenKind| move |value: String| Given { what, value };
    let mut gives: Vec<Given> = platform.map(given(GivenKind::Platform)).into_iter().collect();
    gives.extend(date.map(given(GivenKind::Date)));
    for row in &document.cookies {
        let raw = row.category_raw.clone().filter(|raw| text.contains(raw.as_str()));
        let stands = covers(&block.evidence, row.evidence.category_line, None);
        gives.extend(raw.filter(|_| stands).map(given(GivenKind::Category)));
    }
    gives.dedup();
    gives
}

/// The phrases of a text that the lexicon knows, list by list: in prose those that titles, dates and leads are read by, in a short
/// text those of labels and cells too.
fn words(text: &str) -> Vec<LexiconWord> {
    /// Longer texts are no label and no cell.
    const LONGEST_LABEL: usize = 10;
    let lexicon = lexicon();
    let words = Words::of(text);
    let mut found = Vec::new();
    add(&mut found, "documents", &lexicon.documents, &words);
    add(&mut found, "dates", &lexicon.dates, &words);
    add(&mut found, "categories", &lexicon.categories, &words);
    if words.len() <= LONGEST_LABEL {
        add(&mut found, "headers", &lexicon.headers, &words);
        add(&mut found, "durations", &lexicon.durations, &words);
        add(&mut found, "party", &lexicon.parties, &words);
        add(&mut found, "storage", &lexicon.storages, &words);
    }
    found
}

fn header_words(text: &str) -> Vec<LexiconWord> {
    let mut found = Vec::new();
    add(&mut found, "headers", &lexicon().headers, &Words::of(text));
    found
}

fn add<M: Copy + PartialEq + std::fmt::Debug>(
    found: &mut Vec<LexiconWord>,
    list: &str,
    phrases: &Phrases<M>,
    words: &Words,
) {
    let word = |hit: crate::lexicon::Hit<M>| LexiconWord {
        phrase: words.run(hit.start, hit.words).to_owned(),
        list: list.to_owned(),
        meaning: snake_case(&format!("{:?}", hit.meaning)),
    };
    found.extend(phrases.all_in(words).into_iter().map(word));
}

/// `SuchAs` as the files of the lexicon write it: `such_as`.
fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn table(grid: &Grid, found: &TableRecords, rows: &[Vec<CookieRow>]) -> ExplainedTable {
    let read_as = match found.records.is_empty() {
        true => TableReading::NoDeclaration,
        false if found.sections.is_empty() => TableReading::KeysAndValues,
        false => TableReading::Rows,
    };
    let mut records = found.records.iter().zip(rows);
    let mut sections = Vec::new();
    for section in &found.sections {
        let declares = section.columns.declares_cookies();
        let own = records.by_ref().take(if declares { section.rows.len() } else { 0 });
        let mut told = explained_section(section, grid);
        for (row, (record, given)) in section.rows.iter().zip(own) {
            told.mends.extend(filled(section, row, record.fields.iter().map(|field| (field.field, &field.text))));
            told.mends.extend(split(row, given));
        }
        sections.push(told);
    }
    let caption = grid.caption.as_ref().map(|caption| collapse(&caption.text));
    let rows = grid.rows.iter().map(|row| printed(row, found)).collect();
    ExplainedTable { read_as, caption, grid: rows, sections }
}

fn printed(row: &GridRow, found: &TableRecords) -> PrintedRow {
    PrintedRow { place: row.span.into(), role: role(row, found), cells: texts(row) }
}

/// A row is part of a section's rows, or one of its labels, or else names columns.
fn role(row: &GridRow, found: &TableRecords) -> RowRole {
    if found.sections.is_empty() {
        return RowRole::Pair;
    }
    let inside = |part: &GridRow| part.printed.contains(&row.printed.start);
    if found.sections.iter().any(|section| section.rows.iter().any(inside)) {
        return RowRole::Body;
    }
    let is_label = |text: &Rich| row.cells.iter().any(|cell| cell.text == text.text);
    let labelled = found.sections.iter().flat_map(|section| &section.labels).any(|label| is_label(&label.text));
    if labelled && (row.spanning || row.lone_cell().is_some()) { RowRole::Label } else { RowRole::Header }
}

fn texts(row: &GridRow) -> Vec<String> {
    row.cells.iter().map(|cell| collapse(&cell.text)).collect()
}

fn explained_section(section: &Section, grid: &Grid) -> ExplainedSection {
    ExplainedSection {
        labels: section.labels.iter().map(|label| collapse(&label.text.text)).collect(),
        declares_cookies: section.columns.declares_cookies(),
        columns: (0..section.columns.roles.len()).map(|index| column(&section.columns, index)).collect(),
        mends: header_mend(section, grid).into_iter().chain(row_mends(section, grid)).collect(),
        rows: section.rows.len(),
    }
}

fn column(columns: &Columns, index: usize) -> ExplainedColumn {
    let (header, role) = (&columns.headers[index], &columns.roles[index]);
    ExplainedColumn {
        header: header.clone(),
        words: header_words(header),
        field: role.field.map(column_field),
        also: role.also.map(column_field),
        score: rounded(role.score),
        runner_up: role.runner_up.map(column_field),
        runner_up_score: rounded(role.runner_up_score),
        header_score: rounded(role.header),
        name_likeness: rounded(role.name_likeness),
    }
}

/// To two places: more would only seem exact.
fn rounded(score: f32) -> f32 {
    (score * 100.0).round() / 100.0
}

fn column_field(field: Field) -> ColumnField {
    match field {
        Field::Name => ColumnField::Name,
        Field::Provider => ColumnField::Provider,
        Field::Domain => ColumnField::Domain,
        Field::Party => ColumnField::Party,
        Field::Function => ColumnField::Function,
        Field::Location => ColumnField::Location,
        Field::Purpose => ColumnField::Purpose,
        Field::Category => ColumnField::Category,
        Field::Duration => ColumnField::Duration,
        Field::Storage => ColumnField::Storage,
        Field::Extra => ColumnField::Extra,
    }
}

/// Where the header of a section comes from, if not from a row that the format calls a head.
fn header_mend(section: &Section, grid: &Grid) -> Option<Mend> {
    let text = section.columns.headers.join(" | ");
    let place = section.rows.first()?.span;
    if !section.has_header {
        let taken_over = section.columns.headers.iter().any(|header| !header.is_empty());
        return taken_over.then(|| Mend { kind: MendKind::ColumnsTakenOver, place: place.into(), text });
    }
    let first = section.rows.first()?.printed.start;
    let heads = |row: &&GridRow| texts(row).first().is_some_and(|text| section.columns.headers.contains(text));
    let header = grid.rows[..first].iter().rev().find(heads)?;
    (!header.head).then(|| Mend { kind: MendKind::HeaderPromoted, place: header.span.into(), text })
}

fn row_mends(section: &Section, grid: &Grid) -> Vec<Mend> {
    section.rows.iter().filter_map(|row| row_mend(row, grid)).collect()
}

/// What parts a row from its printed form.
fn row_mend(row: &GridRow, grid: &Grid) -> Option<Mend> {
    let mend = |kind: MendKind| Mend { kind, place: row.span.into(), text: texts(row).join(" | ") };
    if row.printed.len() > 1 {
        return Some(mend(MendKind::RowsJoined));
    }
    let (printed, read) = (texts(grid.rows.get(row.printed.start)?), texts(row));
    if printed == read {
        return None;
    }
    let shortened = printed.iter().zip(&read).all(|(printed, read)| printed.ends_with(read.as_str()));
    Some(mend(if shortened { MendKind::LabelTakenOut } else { MendKind::CellsShifted }))
}

/// Cells that a record has although its row prints none.
fn filled<'a>(section: &Section, row: &GridRow, fields: impl Iterator<Item = (Field, &'a Rich)>) -> Vec<Mend> {
    let blank = |field: Field| section.columns.column(field).is_some_and(|column| row.cells[column].is_blank());
    let filled = fields.filter(|(field, text)| blank(*field) && !text.is_blank());
    let mend = |text: &Rich| Mend { kind: MendKind::FilledDown, place: row.span.into(), text: collapse(&text.text) };
    filled.map(|(_, text)| mend(text)).collect()
}

/// The names of a row that gave several cookies.
fn split(row: &GridRow, cookies: &[CookieRow]) -> Option<Mend> {
    let names: Vec<&str> = cookies.iter().map(|cookie| cookie.name.as_str()).collect();
    (names.len() > 1).then(|| Mend { kind: MendKind::NamesSplit, place: row.span.into(), text: names.join(" | ") })
}
