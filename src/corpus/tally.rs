//! The consensus of a family: what its documents state, value by value, with counts. Knows no rule.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::Templates;
use super::columns::{Field, cookie_key, holds_cookie_rows, stated_columns, word};
use super::mask::Mask;
use crate::document::{CookieRow, Duration, PolicyDocument, TextBlockKind};

/// What the documents of a family state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Consensus {
    /// Number of documents.
    pub documents: u64,
    /// Values of the documents' own fields: title, kind, language, date.
    pub fields: Vec<FieldValues>,
    /// Columns of their cookie rows.
    pub columns: Vec<ColumnCount>,
    /// Cookies, by name.
    pub cookies: Vec<CookieConsensus>,
    /// Templates of their blocks, furniture and tables of cookies left out, by id.
    pub blocks: Vec<BlockCount>,
}

/// The values of a field, the most frequent first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldValues {
    /// Name of the field.
    pub field: String,
    /// Its values; a document with several rows for a cookie may count for several.
    pub values: Vec<ValueCount>,
}

/// A value and how many documents state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ValueCount {
    /// As printed, with `{platform}` where a document prints its own platform; null where nothing is stated.
    pub value: Option<String>,
    /// Number of documents.
    pub documents: u64,
}

/// A duration and how many documents state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DurationCount {
    /// As printed and understood; null where nothing is stated.
    pub value: Option<Duration>,
    /// Number of documents.
    pub documents: u64,
}

/// A column and how many documents have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ColumnCount {
    /// Name of the field, or `extra: ` and the header.
    pub column: String,
    /// Number of documents.
    pub documents: u64,
}

/// What a family says of a cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CookieConsensus {
    /// Its name, or its pattern where the name has open parts.
    pub name: String,
    /// Number of documents that declare it.
    pub documents: u64,
    /// Values of its fields.
    pub fields: Vec<FieldValues>,
    /// Its durations, the most frequent first.
    pub durations: Vec<DurationCount>,
}

/// A template and how many documents of the family hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockCount {
    /// Id of the template.
    pub id: String,
    /// Its opening words.
    pub opening: String,
    /// Number of documents.
    pub documents: u64,
}

/// The counts under a [`Consensus`]: a sum over documents, in any order and in any number of parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    documents: u64,
    fields: BTreeMap<&'static str, Values<String>>,
    columns: BTreeMap<String, u64>,
    cookies: BTreeMap<String, CookieTally>,
    blocks: BTreeMap<String, u64>,
}

type Values<T> = BTreeMap<Option<T>, u64>;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct CookieTally {
    documents: u64,
    fields: BTreeMap<Field, Values<String>>,
    durations: Values<Duration>,
}

impl Consensus {
    /// What the family says of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&CookieConsensus> {
        let found = self.cookies.binary_search_by(|cookie| cookie.name.as_str().cmp(name));
        found.ok().map(|index| &self.cookies[index])
    }
}

impl Tally {
    /// Counts a document, which must have all its text.
    pub fn add(&mut self, document: &PolicyDocument) {
        self.documents += 1;
        let mask = Mask::of(document);
        for (field, value) in own_fields(document, &mask) {
            *self.fields.entry(field).or_default().entry(value).or_default() += 1;
        }
        for column in stated_columns(document) {
            *self.columns.entry(column).or_default() += 1;
        }
        for id in own_templates(document) {
            *self.blocks.entry(id.to_owned()).or_default() += 1;
        }
        let mut rows: BTreeMap<&str, Vec<&CookieRow>> = BTreeMap::new();
        for row in &document.cookies {
            rows.entry(cookie_key(row)).or_default().push(row);
        }
        for (name, rows) in rows {
            self.cookies.entry(name.to_owned()).or_default().add(&rows, &mask);
        }
    }

    /// Adds the counts of other documents.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        for (field, values) in other.fields {
            add_all(self.fields.entry(field).or_default(), values);
        }
        add_all(&mut self.columns, other.columns);
        add_all(&mut self.blocks, other.blocks);
        for (name, theirs) in other.cookies {
            let ours = self.cookies.entry(name).or_default();
            ours.documents += theirs.documents;
            add_all(&mut ours.durations, theirs.durations);
            for (field, values) in theirs.fields {
                add_all(ours.fields.entry(field).or_default(), values);
            }
        }
    }

    /// The consensus; the opening words of its blocks come from the templates.
    pub fn consensus(self, templates: &Templates) -> Consensus {
        let opening = |id: &str| templates.opening(id).unwrap_or_default();
        let blocks = self.blocks.into_iter();
        let cookies = self.cookies.into_iter();
        let columns = self.columns.into_iter();
        Consensus {
            documents: self.documents,
            fields: self.fields.into_iter().map(|(field, values)| field_values(field, values)).collect(),
            columns: columns.map(|(column, documents)| ColumnCount { column, documents }).collect(),
            cookies: cookies.map(|(name, tally)| tally.consensus(name)).collect(),
            blocks: blocks.map(|(id, documents)| BlockCount { opening: opening(&id), id, documents }).collect(),
        }
    }
}

impl CookieTally {
    fn add(&mut self, rows: &[&CookieRow], mask: &Mask) {
        self.documents += 1;
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Duration) {
            let values: BTreeSet<_> = rows.iter().map(|row| field.value(row).map(|value| mask.shown(&value))).collect();
            let counts = self.fields.entry(field).or_default();
            values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        let durations: BTreeSet<_> = rows.iter().map(|row| row.duration.clone()).collect();
        durations.into_iter().for_each(|duration| *self.durations.entry(duration).or_default() += 1);
    }

    fn consensus(self, name: String) -> CookieConsensus {
        let durations = by_count(self.durations).into_iter();
        CookieConsensus {
            name,
            documents: self.documents,
            fields: self.fields.into_iter().map(|(field, values)| field_values(field.as_str(), values)).collect(),
            durations: durations.map(|(value, documents)| DurationCount { value, documents }).collect(),
        }
    }
}

fn own_fields(document: &PolicyDocument, mask: &Mask) -> [(&'static str, Option<String>); 4] {
    [
        ("title", document.title.as_deref().map(|title| mask.shown(title))),
        ("kind", Some(word(document.kind))),
        ("language", document.language.clone()),
        ("date", document.date.as_ref().map(|date| date.value.clone())),
    ]
}

/// The templates that a document may be said to lack or to share: all but furniture and tables of cookies.
fn own_templates(document: &PolicyDocument) -> BTreeSet<&str> {
    let names: HashSet<&str> = document.cookies.iter().map(|row| row.name.as_str()).collect();
    let blocks = document.blocks.iter().filter(|block| block.kind != TextBlockKind::Furniture && !block.id.is_empty());
    blocks.filter(|block| !holds_cookie_rows(block, &names)).map(|block| block.id.as_str()).collect()
}

fn field_values(field: &str, values: Values<String>) -> FieldValues {
    let values = by_count(values).into_iter();
    FieldValues {
        field: field.to_owned(),
        values: values.map(|(value, documents)| ValueCount { value, documents }).collect(),
    }
}

/// The most frequent first, ties by value.
fn by_count<T: Ord>(values: Values<T>) -> Vec<(Option<T>, u64)> {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values
}

fn add_all<K: Ord>(ours: &mut BTreeMap<K, u64>, theirs: BTreeMap<K, u64>) {
    for (key, count) in theirs {
        *ours.entry(key).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::family_of_five;
    use super::*;

    #[test]
    fn merging_partial_counts_is_counting_all() {
        let documents = family_of_five();
        let counted = |documents: &[PolicyDocument]| {
            let mut tally = Tally::default();
            documents.iter().for_each(|document| tally.add(document));
            tally
        };
        let mut parts = counted(&documents[3..]);
        parts.merge(counted(&documents[..3]));
        assert_eq!(parts, counted(&documents));
    }
}
