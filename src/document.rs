//! The canonical document: the product, field by field as `schema/document.schema.json` has it. Knows no stage.
//!
//! Every field is always written; what the document does not say is `null`, a list that holds nothing is empty. Keys come in
//! the order of declaration. No clock, host name of the machine or absolute path is anywhere in it.

mod digest;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Code;
use crate::text::Span;

pub use digest::Digest;

/// Version of everything under `schema/`: readers refuse another major number.
pub const SCHEMA_VERSION: &str = "1.2.0";

/// One policy document as the program understood it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyDocument {
    /// Semantic version of this schema.
    pub schema_version: String,
    /// Hash of the source bytes, 128 bits in hex: the same bytes have the same id anywhere.
    pub id: String,
    /// The bytes that it was read from; `source.path` is the key of a document.
    pub source: SourceInfo,
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// Its title: the first heading.
    pub title: Option<String>,
    /// Language of the prose, BCP 47.
    pub language: Option<String>,
    /// The site or service that it speaks for.
    pub platform: Option<Platform>,
    /// Its date.
    pub date: Option<DocumentDate>,
    /// Cookie rows in document order.
    pub cookies: Vec<CookieRow>,
    /// All visible text, in order.
    pub blocks: Vec<TextBlock>,
    /// Id of its family; only in a dataset.
    pub family: Option<String>,
    /// All that a reader should know.
    pub warnings: Vec<Warning>,
}

/// The input of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceInfo {
    /// Path relative to the given root, with `/`.
    pub path: String,
    /// `text/plain`, `text/markdown`, `text/html` or `application/pdf`: as it was read.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Charset that the text was decoded from; null for a PDF.
    pub charset: Option<String>,
    /// Number of pages of a PDF.
    pub pages: Option<u32>,
}

/// What kind of policy it is, by its title and text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A cookie policy or cookie declaration.
    CookiePolicy,
    /// A privacy policy.
    PrivacyPolicy,
    /// Terms of use or sale, legal notices.
    Terms,
    /// Anything else.
    Other,
}

/// The site or service that the document speaks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Platform {
    /// Host, lower case, without scheme, port or trailing dot.
    pub host: Option<String>,
    /// Registrable domain of the host by the Public Suffix List.
    pub domain: Option<String>,
    /// Address as printed.
    pub url: Option<String>,
    /// Name of the company or service.
    pub name: Option<String>,
    /// The words that it was read from.
    pub raw: Option<String>,
    /// Where they stand.
    pub evidence: Evidence,
}

/// The date of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentDate {
    /// ISO 8601: `2021-03-30`, `2021-03` or `2021`.
    pub value: String,
    /// What the date is said to be.
    pub kind: DateKind,
    /// As printed.
    pub raw: String,
    /// True for 01/08/2024 where nothing settles the order of day and month; the value has the day first.
    pub ambiguous: bool,
    /// Where it stands.
    pub evidence: Evidence,
}

/// What a document says of its own date, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// Last update.
    Updated,
    /// Date of a version.
    Version,
    /// Date from which it holds.
    Effective,
    /// First publication.
    Published,
}

/// One cookie or similar technology declared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CookieRow {
    /// Name as printed, less markup, quotes and footnote marks.
    pub name: String,
    /// Anchored, case-sensitive glob with one `*` per open part; null for an exact name.
    pub pattern: Option<String>,
    /// How it is stored, where that is printed.
    pub storage: Option<Storage>,
    /// Who sets it, as printed.
    pub provider: Option<String>,
    /// Entries of its host column, as printed.
    pub domain: Vec<String>,
    /// From what kind of text the row was read.
    pub found_in: FoundIn,
    /// First or third party, only where printed.
    pub party: Option<Party>,
    /// Function, where a column is headed so.
    pub function: Option<String>,
    /// Location: the last bracket of a function cell whose column is headed as both.
    pub location: Option<String>,
    /// Purpose or description, white space collapsed.
    pub purpose: Option<String>,
    /// Category by the common scheme.
    pub category: Option<Category>,
    /// Category as printed.
    pub category_raw: Option<String>,
    /// How long it lives.
    pub duration: Option<Duration>,
    /// Addresses linked or printed in the row.
    pub links: Vec<String>,
    /// Cells of columns that have no field of their own.
    pub extra: Vec<ExtraCell>,
    /// Where the row stands.
    pub evidence: RowEvidence,
}

/// Storage technologies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// An HTTP cookie.
    Cookie,
    /// Web Storage, kept.
    LocalStorage,
    /// Web Storage of a tab.
    SessionStorage,
    /// IndexedDB.
    IndexedDb,
    /// A tracking pixel or beacon.
    Pixel,
    /// Something else that is named.
    Other,
}

/// From what kind of text a row was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
    /// A table with cell borders.
    Table,
    /// List items or paragraphs that open with a name.
    List,
    /// `Name: … Purpose: …` blocks.
    KeyValue,
    /// One cell per line or paragraph.
    Lines,
    /// A sentence.
    Prose,
}

/// Whose cookie it is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The site's own.
    First,
    /// Somebody else's.
    Third,
}

/// The common scheme of categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Strictly necessary, technical, essential.
    Necessary,
    /// Preferences, comfort.
    Functional,
    /// Statistics, audience, performance.
    Analytics,
    /// Advertising, targeting.
    Marketing,
    /// Social networks.
    Social,
    /// Security.
    Security,
    /// Printed, and none of these.
    Other,
}

/// How long a cookie lives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Duration {
    /// As printed.
    pub raw: String,
    /// What kind of statement it is.
    pub kind: DurationKind,
    /// ISO 8601 duration; of a range the upper end; null where there is no number.
    pub iso8601: Option<String>,
    /// Seconds, with a year of 365 days and a month of a twelfth of it.
    pub seconds: Option<u64>,
}

/// Kinds of statement about a lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DurationKind {
    /// A length of time.
    Fixed,
    /// Until the browser or tab is closed.
    Session,
    /// Kept, without a length.
    Persistent,
    /// No longer than.
    AtMost,
    /// Between two lengths.
    Range,
    /// About.
    Approximate,
    /// Until something happens: consent withdrawn, log-out.
    UntilEvent,
    /// Until a calendar date.
    UntilDate,
    /// More than one lifetime, or a sentence that says it depends.
    Varies,
    /// Printed, but of no kind that is known.
    Unknown,
}

/// A cell of a column without a field of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExtraCell {
    /// The column's header as printed, empty where it has none.
    pub header: String,
    /// The cell as printed.
    pub value: String,
}

/// A piece of the document's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TextBlock {
    /// What it is.
    pub kind: TextBlockKind,
    /// Level of a heading (1 to 6) or depth of a list item (from 0). A table of which some rows are stored once stands in a dataset
    /// as several blocks, and all but the first of them have level 1: they go on with the table before.
    pub level: Option<u8>,
    /// Id of its template; empty for rows of a table's own between rows that are stored once.
    pub id: Digest<16>,
    /// Which printed form of the template it is; empty where the id is.
    pub form: Digest<8>,
    /// The text; a table's rows by line feeds and cells by tabs; null where it is stored once as boilerplate.
    pub text: Option<String>,
    /// What stands in the template's slots, in order.
    pub values: Vec<String>,
    /// Where it stands.
    pub evidence: Place,
}

/// Kinds of [`TextBlock`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextBlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A table.
    Table,
    /// Running headers, page numbers, logos, navigation.
    Furniture,
}

/// Something that a reader of the document should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Which of the known conditions it is.
    pub code: Code,
    /// What was seen.
    pub message: String,
    /// What can be done about it.
    pub remedy: String,
    /// Where.
    pub evidence: Place,
}

/// A place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// First line, from 1.
    pub line: Option<u32>,
    /// Last line.
    pub end_line: Option<u32>,
    /// Page of a PDF, from 1.
    pub page: Option<u32>,
}

/// Where a value was read, or that it was given from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// First line, from 1.
    pub line: Option<u32>,
    /// Last line.
    pub end_line: Option<u32>,
    /// Page of a PDF, from 1.
    pub page: Option<u32>,
    /// True where a platform map says it and not the text.
    pub given: bool,
}

/// Where a cookie row was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RowEvidence {
    /// First line, from 1.
    pub line: Option<u32>,
    /// Last line.
    pub end_line: Option<u32>,
    /// Page of a PDF, from 1.
    pub page: Option<u32>,
    /// Line of the heading, lead-in or caption that gives the category; null when it stands in the row itself.
    pub category_line: Option<u32>,
}

impl RowEvidence {
    /// The lines, where they are known.
    pub(crate) fn span(&self) -> Option<Span> {
        let line = self.line?;
        Some(Span { line, end_line: self.end_line.unwrap_or(line), page: self.page })
    }
}

impl Warning {
    /// A warning with the remedy of its code.
    pub fn new(code: Code, message: impl Into<String>, place: Place) -> Self {
        Self { code, message: message.into(), remedy: code.remedy().to_owned(), evidence: place }
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self { line: Some(span.line), end_line: Some(span.end_line), page: span.page }
    }
}

impl From<Evidence> for Place {
    fn from(Evidence { line, end_line, page, .. }: Evidence) -> Self {
        Self { line, end_line, page }
    }
}

impl From<RowEvidence> for Place {
    fn from(RowEvidence { line, end_line, page, .. }: RowEvidence) -> Self {
        Self { line, end_line, page }
    }
}

impl From<Span> for Evidence {
    fn from(span: Span) -> Self {
        Self { line: Some(span.line), end_line: Some(span.end_line), page: span.page, given: false }
    }
}

impl From<Span> for RowEvidence {
    fn from(span: Span) -> Self {
        Self { line: Some(span.line), end_line: Some(span.end_line), page: span.page, category_line: None }
    }
}
