//! How a document was understood: which words spoke, which column was taken for which field and how surely, what was mended, and
//! where each value was read. Mirrors `schema/explanation.schema.json`; knows no stage.
//!
//! Its cookie rows are those of the document, and its decisions are those that made them: nothing here is decided anew.

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::{CookieRow, DocumentDate, DocumentKind, Place, Platform, SourceInfo, TextBlockKind, Warning};

/// A document as the program understood it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Explanation {
    /// Semantic version of this schema.
    pub schema_version: String,
    /// The bytes that it was read from.
    pub source: SourceInfo,
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// Its title.
    pub title: Option<String>,
    /// Language of the prose, BCP 47.
    pub language: Option<String>,
    /// The platform, and the words that gave it.
    pub platform: Option<Platform>,
    /// The date, and the words that gave it.
    pub date: Option<DocumentDate>,
    /// All blocks, in order.
    pub blocks: Vec<ExplainedBlock>,
    /// The cookie rows of the document, in its order, each with where it was read.
    pub rows: Vec<ExplainedRow>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

/// A block and what was made of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedBlock {
    /// What it is.
    pub kind: TextBlockKind,
    /// Level of a heading (1 to 6) or depth of a list item (from 0).
    pub level: Option<u8>,
    /// Where it stands.
    pub place: Place,
    /// Its text; null for a table.
    pub text: Option<String>,
    /// Words of the lexicon in it.
    pub words: Vec<LexiconWord>,
    /// What was read from it.
    pub gives: Vec<Given>,
    /// Its cells and columns, for a table.
    pub table: Option<ExplainedTable>,
}

/// A phrase that the lexicon knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LexiconWord {
    /// The phrase, folded as it is compared.
    pub phrase: String,
    /// The list that holds it, as the files of the lexicon name it.
    pub list: String,
    /// What it means there.
    pub meaning: String,
}

/// Something that was read from a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Given {
    /// What it is.
    pub what: GivenKind,
    /// Its value in the document.
    pub value: String,
}

/// What a block may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GivenKind {
    /// The platform's host, else its name.
    Platform,
    /// The date.
    Date,
    /// The category of rows below it.
    Category,
    /// A cookie.
    Cookie,
}

/// A table: its cells as printed, and its sections as understood.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedTable {
    /// How it was read.
    pub read_as: TableReading,
    /// Its caption.
    pub caption: Option<String>,
    /// Its rows as a rectangle: spans spread, blank rows and columns left out.
    pub grid: Vec<PrintedRow>,
    /// Rows under one header and one label.
    pub sections: Vec<ExplainedSection>,
}

/// Ways to read a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableReading {
    /// A row is a declaration; at least one section declares cookies.
    Rows,
    /// Its first column labels its second.
    KeysAndValues,
    /// It declares no cookies.
    NoDeclaration,
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PrintedRow {
    /// Where it stands.
    pub place: Place,
    /// What it was taken for.
    pub role: RowRole,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What a row of a grid may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowRole {
    /// It names the columns, perhaps once more.
    Header,
    /// It stands over rows and is none.
    Label,
    /// It is a row, or a part of one.
    Body,
    /// It is a label and its value.
    Pair,
}

/// Rows under one header.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedSection {
    /// Labels inside the table that stand over the rows.
    pub labels: Vec<String>,
    /// True where the columns convince that it declares cookies.
    pub declares_cookies: bool,
    /// Its columns, from the left.
    pub columns: Vec<ExplainedColumn>,
    /// What was put right.
    pub mends: Vec<Mend>,
    /// Number of rows, after mending.
    pub rows: usize,
}

/// A column, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedColumn {
    /// Its header as printed, empty where there is none.
    pub header: String,
    /// Words of the lexicon in its header.
    pub words: Vec<LexiconWord>,
    /// What it was taken for; null where no field fits.
    pub field: Option<ColumnField>,
    /// A second field that its header names too.
    pub also: Option<ColumnField>,
    /// Score of the field, by header and cells.
    pub score: f32,
    /// The next best field.
    pub runner_up: Option<ColumnField>,
    /// Score of the next best field.
    pub runner_up_score: f32,
    /// How much the header alone speaks for the field, 0 to 1.
    pub header_score: f32,
    /// How much the cells alone look like names of cookies, 0 to 1.
    pub name_likeness: f32,
}

/// Fields that a column may be taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnField {
    /// The name of the cookie.
    Name,
    /// Who sets it.
    Provider,
    /// Its host.
    Domain,
    /// First or third party.
    Party,
    /// Its function.
    Function,
    /// Where on the site it is used.
    Location,
    /// What it is for.
    Purpose,
    /// Its category.
    Category,
    /// How long it lives.
    Duration,
    /// How it is stored.
    Storage,
    /// Known, and without a field of its own.
    Extra,
}

/// Something that was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mend {
    /// What was done.
    pub kind: MendKind,
    /// Where the row stands.
    pub place: Place,
    /// The words concerned.
    pub text: String,
}

/// What may be put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MendKind {
    /// A row that the format does not call a head was taken for the header.
    HeaderPromoted,
    /// The columns are those of the table above.
    ColumnsTakenOver,
    /// Several printed rows are one.
    RowsJoined,
    /// Cells stand in another column than they were printed in.
    CellsShifted,
    /// The label of the column was taken out of a cell.
    LabelTakenOut,
    /// A cell that is printed once holds for the row below it too.
    FilledDown,
    /// A cell names several cookies.
    NamesSplit,
}

/// A cookie row, and where it was read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedRow {
    /// Index of its block; null where several blocks of one line hold its name.
    pub block: Option<usize>,
    /// The row as in the document.
    pub row: CookieRow,
}
