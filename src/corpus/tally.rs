//! The consensus of a family: what its documents state, value by value, with counts. Knows no rule.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::{Templates, opening_of};
use super::columns::{Field, cookie_key, holds_cookie_rows, same_duration, stated_columns, word};
use super::mask::{Mask, is_date_line};
use crate::document::{CookieRow, Duration, PolicyDocument, TextBlock, TextBlockKind};
use crate::text::caseless;

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
    /// Names of the cookies that most documents declare.
    pub expected_cookies: Vec<String>,
    /// Templates that two documents or more hold, furniture, tables of cookies and the line with the date left out, the most frequent first.
    pub blocks: Vec<BlockCount>,
    /// The median of the documents' dates (of two in the middle the earlier), where three documents or more state one.
    pub usual_date: Option<ValueCount>,
}

/// The values of a field, the most frequent first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldValues {
    /// Name of the field.
    pub field: String,
    /// The value that most documents agree on when case is left out, as the most frequent of them print it.
    pub agreed: Option<ValueCount>,
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
    /// The duration that most documents agree on, whatever words they say it in.
    pub agreed_duration: Option<DurationCount>,
    /// Its durations, the most frequent first.
    pub durations: Vec<DurationCount>,
}

/// A template and how many documents of the family hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockCount {
    /// Id of the template.
    pub id: String,
    /// What it is printed as.
    pub kind: TextBlockKind,
    /// Its opening words.
    pub opening: String,
    /// Its text with slots, where most documents hold it.
    pub text: Option<String>,
    /// Number of documents.
    pub documents: u64,
    /// The template that it most often comes after; null where it opens the document.
    pub after: Option<String>,
    /// Where it stands in the usual order of the texts that most documents hold, from 0; null for other texts.
    pub place: Option<u64>,
}

/// The counts under a [`Consensus`]: a sum over documents, in any order and in any number of parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    documents: u64,
    fields: BTreeMap<&'static str, Values<String>>,
    columns: BTreeMap<String, u64>,
    cookies: BTreeMap<String, CookieTally>,
    blocks: BTreeMap<String, BlockTally>,
}

type Values<T> = BTreeMap<Option<T>, u64>;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct BlockTally {
    documents: u64,
    after: Values<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct CookieTally {
    documents: u64,
    fields: BTreeMap<Field, Values<String>>,
    durations: Values<Duration>,
}

/// True where `count` of `of` documents are enough to speak for all: of at least three documents two thirds.
pub fn is_most(count: u64, of: u64) -> bool {
    of >= 3 && count * 3 >= of * 2
}

impl Consensus {
    /// What the family says of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&CookieConsensus> {
        let found = self.cookies.binary_search_by(|cookie| cookie.name.as_str().cmp(name));
        found.ok().map(|index| &self.cookies[index])
    }
}

impl Tally {
    /// Counts a document, which must have all its text. What `templates` knows of one platform alone stands between no two texts.
    pub fn add(&mut self, document: &PolicyDocument, templates: &Templates) {
        self.documents += 1;
        let mask = Mask::of(document);
        for (field, value) in own_fields(document, &mask) {
            *self.fields.entry(field).or_default().entry(value).or_default() += 1;
        }
        for column in stated_columns(document) {
            *self.columns.entry(column).or_default() += 1;
        }
        let mut before = None;
        let mut seen = BTreeSet::new();
        let shared = own_blocks(document).into_iter().map(|block| block.id.as_str());
        let shared = shared.filter(|id| templates.platforms(id) > 1);
        for id in shared.filter(|id| seen.insert(*id)) {
            let block = self.blocks.entry(id.to_owned()).or_default();
            block.documents += 1;
            *block.after.entry(before.replace(id.to_owned())).or_default() += 1;
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
        for (id, theirs) in other.blocks {
            let ours = self.blocks.entry(id).or_default();
            ours.documents += theirs.documents;
            add_all(&mut ours.after, theirs.after);
        }
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
        let of = self.documents;
        let columns = self.columns.into_iter();
        let usual_date = self.fields.get("date").and_then(median);
        let cookies: Vec<_> = self.cookies.into_iter().map(|(name, tally)| tally.consensus(name)).collect();
        let expected = cookies.iter().filter(|cookie| is_most(cookie.documents, of));
        Consensus {
            documents: of,
            fields: self.fields.into_iter().map(|(field, values)| field_values(field, values, of)).collect(),
            columns: columns.map(|(column, documents)| ColumnCount { column, documents }).collect(),
            expected_cookies: expected.map(|cookie| cookie.name.clone()).collect(),
            cookies,
            blocks: block_counts(self.blocks, of, templates),
            usual_date,
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
        let of = self.documents;
        let durations = by_count(self.durations).into_iter();
        let durations: Vec<_> = durations.map(|(value, documents)| DurationCount { value, documents }).collect();
        let fields = self.fields.into_iter();
        CookieConsensus {
            name,
            documents: of,
            fields: fields.map(|(field, values)| field_values(field.as_str(), values, of)).collect(),
            agreed_duration: agreed_duration(&durations, of),
            durations,
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

/// The blocks that a document may be said to lack or to share, in order: all but furniture, tables of cookies and the line
/// with the date.
pub(crate) fn own_blocks(document: &PolicyDocument) -> Vec<&TextBlock> {
    let names: HashSet<&str> = document.cookies.iter().map(|row| row.name.as_str()).collect();
    let blocks = document.blocks.iter().filter(|block| block.kind != TextBlockKind::Furniture && !block.id.is_empty());
    blocks.filter(|block| !holds_cookie_rows(block, &names) && !is_date_line(block, document)).collect()
}

fn block_counts(blocks: BTreeMap<String, BlockTally>, of: u64, templates: &Templates) -> Vec<BlockCount> {
    let shared = blocks.into_iter().filter(|(_, tally)| tally.documents > 1);
    let count = |(id, tally): (String, BlockTally)| {
        let shown = templates.shown(&id);
        BlockCount {
            kind: shown.as_ref().map_or(TextBlockKind::Paragraph, |form| form.kind),
            opening: shown.as_ref().map(|form| opening_of(&form.text)).unwrap_or_default(),
            text: shown.map(|form| form.text).filter(|_| is_most(tally.documents, of)),
            documents: tally.documents,
            after: by_count(tally.after).into_iter().next().and_then(|(before, _)| before),
            place: None,
            id,
        }
    };
    let mut counts: Vec<_> = shared.map(count).collect();
    counts.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.id.cmp(&b.id)));
    set_places(&mut counts);
    counts
}

/// Each block comes after the one that it most often comes after; of several after the same one the most frequent comes first.
fn set_places(counts: &mut [BlockCount]) {
    let mut followers: HashMap<Option<String>, Vec<usize>> = HashMap::new();
    for (index, block) in counts.iter().enumerate().rev() {
        followers.entry(block.after.clone()).or_default().push(index);
    }
    let mut waiting = followers.remove(&None).unwrap_or_default();
    let mut place = 0;
    while let Some(index) = waiting.pop() {
        if counts[index].text.is_some() {
            counts[index].place = Some(place);
            place += 1;
        }
        waiting.extend(followers.remove(&Some(counts[index].id.clone())).unwrap_or_default());
    }
}

/// The median of the stated values in their order, of two in the middle the lesser; none of fewer than three.
fn median(values: &Values<String>) -> Option<ValueCount> {
    let stated = || values.iter().filter_map(|(value, count)| Some((value.as_ref()?, *count)));
    let all: u64 = stated().map(|(_, count)| count).sum();
    let mut below = 0;
    let middle = stated().find(|(_, count)| {
        below += count;
        below * 2 >= all
    });
    middle.filter(|_| all >= 3).map(|(value, documents)| ValueCount { value: Some(value.clone()), documents })
}

fn field_values(field: &str, values: Values<String>, of: u64) -> FieldValues {
    let values = by_count(values).into_iter();
    let values: Vec<_> = values.map(|(value, documents)| ValueCount { value, documents }).collect();
    FieldValues { field: field.to_owned(), agreed: agreed_value(&values, of), values }
}

/// The values come the most frequent first, so that the first of a group is the one to show.
fn agreed_value(values: &[ValueCount], of: u64) -> Option<ValueCount> {
    let mut groups: BTreeMap<String, ValueCount> = BTreeMap::new();
    for count in values {
        let Some(value) = &count.value else { continue };
        let group = groups.entry(caseless(value));
        group.and_modify(|group| group.documents += count.documents).or_insert_with(|| count.clone());
    }
    let most = groups.into_values().max_by_key(|group| group.documents)?;
    let documents = most.documents.min(of);
    is_most(documents, of).then_some(ValueCount { documents, ..most })
}

/// Each of the most frequent printed durations is tried as the standard: what is printed in more ways than that is none.
fn agreed_duration(durations: &[DurationCount], of: u64) -> Option<DurationCount> {
    const TRIED: usize = 8;
    let stated: Vec<(&Duration, u64)> =
        durations.iter().filter_map(|count| Some((count.value.as_ref()?, count.documents))).collect();
    let alike =
        |value: &Duration| stated.iter().filter(|(other, _)| same_duration(value, other)).map(|other| other.1).sum();
    let tried = stated.iter().take(TRIED).map(|(value, _)| (*value, alike(value)));
    let (value, documents): (&Duration, u64) = tried.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let documents = documents.min(of);
    is_most(documents, of).then(|| DurationCount { value: Some(value.clone()), documents })
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
        let mut templates = Templates::default();
        documents.iter().for_each(|document| templates.add(document));
        let counted = |documents: &[PolicyDocument]| {
            let mut tally = Tally::default();
            documents.iter().for_each(|document| tally.add(document, &templates));
            tally
        };
        let mut parts = counted(&documents[3..]);
        parts.merge(counted(&documents[..3]));
        assert_eq!(parts, counted(&documents));
    }
}
