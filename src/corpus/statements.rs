//! What a document states for the consensus of its family: one enumeration, for those who count it and for those who write it down. Counts
//! nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::columns::{Field, cookie_key, cookie_names, holds_cookie_rows, keyword, stated_columns};
use super::mask::{DateLines, Mask};
use crate::document::{CookieRow, Duration, PolicyDocument, TextBlock, TextBlockKind};

/// Something that a document states, however often it does so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// What it is about.
    pub subject: Subject,
    /// Name of the document's field, of the column or of the cookie.
    pub name: String,
    /// For a value, the field of the cookie; else null.
    pub field: Option<String>,
    /// The value as a consensus shows it; of a lifetime the duration as JSON; null where nothing is stated.
    pub value: Option<String>,
}

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A field of the document: `title`, `kind`, `language`, `date`.
    Field,
    /// A column of its cookie rows.
    Column,
    /// A cookie that it declares.
    Cookie,
    /// A field of such a cookie.
    Value,
    /// The lifetime of such a cookie.
    Duration,
}

impl Statement {
    /// Without a field and a value.
    fn new(subject: Subject, name: impl Into<String>) -> Self {
        Self { subject, name: name.into(), field: None, value: None }
    }
}

/// The fields of the document itself.
pub(super) const FIELDS: [&str; 4] = ["title", "kind", "language", "date"];

/// The fields of a cookie whose values are counted as they are printed.
pub(super) const TALLIED: [Field; 8] = [
    Field::Storage,
    Field::Provider,
    Field::Domain,
    Field::Party,
    Field::Function,
    Field::Location,
    Field::Purpose,
    Field::Category,
];

/// Takes the statements of a document, each once.
pub(super) trait Witness {
    /// Takes what is stated of a cookie.
    type OfCookie: CookieWitness;

    /// The value of one of [`FIELDS`].
    fn field(&mut self, name: &'static str, value: Option<Cow<str>>);

    /// A column of the cookie rows.
    fn column(&mut self, name: String);

    /// A cookie is declared; `state` hands on what else is stated of it.
    fn cookie(&mut self, name: &str, state: impl FnOnce(&mut Self::OfCookie));
}

/// Takes what a document states of a cookie, each once.
pub(super) trait CookieWitness {
    /// A value of the field at a place of [`TALLIED`]; several rows may state several.
    fn value(&mut self, place: usize, value: Option<Cow<str>>);

    /// A lifetime.
    fn duration(&mut self, duration: &Option<Duration>);
}

/// Hands on what a document states.
pub(super) fn state(document: &PolicyDocument, mask: &Mask, witness: &mut impl Witness) {
    for (name, value) in FIELDS.into_iter().zip(own_fields(document, mask)) {
        witness.field(name, value);
    }
    for column in stated_columns(document) {
        witness.column(column);
    }
    let mut rows: BTreeMap<&str, Vec<&CookieRow>> = BTreeMap::new();
    for row in &document.cookies {
        rows.entry(cookie_key(row)).or_default().push(row);
    }
    for (name, rows) in rows {
        witness.cookie(name, |witness| state_cookie(&rows, mask, witness));
    }
}

/// The values of [`FIELDS`].
fn own_fields<'a>(document: &'a PolicyDocument, mask: &Mask) -> [Option<Cow<'a, str>>; FIELDS.len()] {
    [
        document.title.as_deref().map(|title| mask.shown(title)),
        Some(Cow::Borrowed(keyword(document.kind))),
        document.language.as_deref().map(Cow::Borrowed),
        document.date.as_ref().map(|date| Cow::Borrowed(date.value.as_str())),
    ]
}

/// What the rows of a cookie state, each once.
fn state_cookie(rows: &[&CookieRow], mask: &Mask, witness: &mut impl CookieWitness) {
    for (place, field) in TALLIED.iter().enumerate() {
        match rows {
            [row] => witness.value(place, field.shown(row, mask)),
            rows => each_once(rows.iter().map(|row| field.shown(row, mask)), |value| witness.value(place, value)),
        }
    }
    match rows {
        [row] => witness.duration(&row.duration),
        rows => each_once(rows.iter().map(|row| &row.duration), |duration| witness.duration(duration)),
    }
}

fn each_once<T: Ord>(values: impl Iterator<Item = T>, take: impl FnMut(T)) {
    values.collect::<BTreeSet<_>>().into_iter().for_each(take);
}

/// The statements of a document, written down.
#[derive(Debug, Default)]
pub(super) struct Statements {
    pub(super) list: Vec<Statement>,
    /// Of which cookie they are.
    cookie: String,
}

impl Witness for Statements {
    type OfCookie = Self;

    fn field(&mut self, name: &'static str, value: Option<Cow<str>>) {
        let value = value.map(Cow::into_owned);
        self.list.push(Statement { value, ..Statement::new(Subject::Field, name) });
    }

    fn column(&mut self, name: String) {
        self.list.push(Statement::new(Subject::Column, name));
    }

    fn cookie(&mut self, name: &str, state: impl FnOnce(&mut Self)) {
        self.list.push(Statement::new(Subject::Cookie, name));
        name.clone_into(&mut self.cookie);
        state(self);
    }
}

impl CookieWitness for Statements {
    fn value(&mut self, place: usize, value: Option<Cow<str>>) {
        let (field, value) = (Some(TALLIED[place].as_str().to_owned()), value.map(Cow::into_owned));
        self.list.push(Statement { field, value, ..Statement::new(Subject::Value, &self.cookie) });
    }

    fn duration(&mut self, duration: &Option<Duration>) {
        let value = duration.as_ref().map(duration_text);
        self.list.push(Statement { value, ..Statement::new(Subject::Duration, &self.cookie) });
    }
}

/// A duration as the value of a statement: as JSON.
fn duration_text(duration: &Duration) -> String {
    serde_json::to_string(duration).expect("a duration is JSON")
}

/// Reads [`duration_text`].
pub(super) fn read_duration(text: &str) -> serde_json::Result<Duration> {
    serde_json::from_str(text)
}

/// Tells the blocks that a document may be said to lack or to share: all but furniture, tables of cookies and the line with the date.
pub(super) struct OwnBlocks<'d> {
    cookie_names: FxHashSet<&'d str>,
    date_lines: DateLines,
}

impl<'d> OwnBlocks<'d> {
    /// Those of a document.
    pub(super) fn of(document: &'d PolicyDocument) -> Self {
        Self { cookie_names: cookie_names(document), date_lines: DateLines::of(document) }
    }

    /// True where a block is one of them.
    pub(super) fn hold(&self, block: &TextBlock) -> bool {
        block.kind != TextBlockKind::Furniture
            && !block.id.is_empty()
            && !holds_cookie_rows(block, &self.cookie_names)
            && !self.date_lines.hold(block)
    }
}

/// The blocks that a document may be said to lack or to share, in order.
pub(crate) fn own_blocks(document: &PolicyDocument) -> Vec<&TextBlock> {
    let own = OwnBlocks::of(document);
    document.blocks.iter().filter(|block| own.hold(block)).collect()
}
