//! The consensus of a family: what its documents state, value by value, with counts. Knows no rule.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::{Templates, opening_of};
use super::columns::same_duration;
use super::mask::Mask;
use super::sketch::platform_hash;
use super::statements::{
    CookieWitness, FIELDS, Statement, Subject, TALLIED, Witness, own_blocks, read_duration, state,
};
use super::template_id::TemplateId;
use crate::document::{Duration, PolicyDocument, TextBlockKind};
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
pub(super) struct Tally {
    documents: u64,
    platforms: FxHashSet<u64>,
    fields: BTreeMap<&'static str, Values>,
    columns: BTreeMap<String, u64>,
    cookies: FxHashMap<String, CookieTally>,
    /// By the place of their template.
    blocks: FxHashMap<u32, BlockTally>,
}

/// How many documents state a value, and how many none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Values {
    stated: FxHashMap<String, u64>,
    nothing: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct BlockTally {
    documents: u64,
    /// By the place of the template before it, where there is one.
    after: FxHashMap<Option<u32>, u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CookieTally {
    documents: u64,
    fields: [Values; TALLIED.len()],
    durations: FxHashMap<Option<Duration>, u64>,
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

impl Values {
    fn add(&mut self, value: Option<Cow<str>>) {
        match value {
            None => self.nothing += 1,
            Some(value) => match self.stated.get_mut(value.as_ref()) {
                Some(count) => *count += 1,
                None => drop(self.stated.insert(value.into_owned(), 1)),
            },
        }
    }

    fn add_counted(&mut self, value: Option<String>, documents: u64) {
        match value {
            None => self.nothing += documents,
            Some(value) => *self.stated.entry(value).or_default() += documents,
        }
    }

    fn merge(&mut self, other: Self) {
        self.nothing += other.nothing;
        add_all(&mut self.stated, other.stated);
    }

    /// The most frequent first, ties by value.
    fn counts(self) -> Vec<ValueCount> {
        let stated = self.stated.into_iter().map(|(value, count)| (Some(value), count));
        let nothing = (self.nothing > 0).then_some((None, self.nothing));
        let values = by_count(stated.chain(nothing)).into_iter();
        values.map(|(value, documents)| ValueCount { value, documents }).collect()
    }
}

impl Tally {
    /// Counts a document, which must have all its text. What `templates` does not know stands between no two texts.
    pub(super) fn add(&mut self, document: &PolicyDocument, templates: &Templates) {
        self.documents += 1;
        self.platforms.insert(platform_hash(document));
        state(document, &Mask::of(document), self);
        let mut before = None;
        let mut seen = FxHashSet::default();
        let shared = own_blocks(document).into_iter().filter_map(|block| templates.place(TemplateId::of(block.id)?));
        for place in shared.filter(|place| seen.insert(*place)) {
            let block = self.blocks.entry(place).or_default();
            block.documents += 1;
            *block.after.entry(before.replace(place)).or_default() += 1;
        }
    }

    /// Of so many documents, of which nothing else is counted yet.
    pub(super) fn of(documents: u64) -> Self {
        Self { documents, ..Self::default() }
    }

    /// Counts a statement that so many of the documents make.
    ///
    /// # Errors
    /// What is wrong with a statement that no document makes.
    pub(super) fn add_statement(&mut self, statement: Statement, documents: u64) -> Result<(), String> {
        let Statement { subject, name, field, value } = statement;
        match subject {
            Subject::Field => {
                let known = FIELDS.into_iter().find(|known| *known == name);
                let known = known.ok_or_else(|| format!("a document has no field {name:?}"))?;
                self.fields.entry(known).or_default().add_counted(value, documents);
            }
            Subject::Column => *self.columns.entry(name).or_default() += documents,
            Subject::Cookie => self.cookies.entry(name).or_default().documents += documents,
            Subject::Value => {
                let place = TALLIED.iter().position(|known| field.as_deref() == Some(known.as_str()));
                let place = place.ok_or_else(|| format!("a cookie has no field {field:?} whose values are counted"))?;
                self.cookies.entry(name).or_default().fields[place].add_counted(value, documents);
            }
            Subject::Duration => {
                let duration = value.as_deref().map(read_duration).transpose();
                let duration = duration.map_err(|error| format!("the duration {value:?} is none: {error}"))?;
                *self.cookies.entry(name).or_default().durations.entry(duration).or_default() += documents;
            }
        }
        Ok(())
    }

    /// Counts a template that so many of the documents hold.
    pub(super) fn add_block(&mut self, place: u32, documents: u64) {
        self.blocks.entry(place).or_default().documents += documents;
    }

    /// Counts so many documents that hold a template after another, or as their first.
    pub(super) fn add_order(&mut self, before: Option<u32>, place: u32, documents: u64) {
        *self.blocks.entry(place).or_default().after.entry(before).or_default() += documents;
    }

    /// Adds the counts of other documents.
    pub(super) fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.platforms.extend(other.platforms);
        for (field, values) in other.fields {
            self.fields.entry(field).or_default().merge(values);
        }
        other.columns.into_iter().for_each(|(column, count)| *self.columns.entry(column).or_default() += count);
        for (place, theirs) in other.blocks {
            let ours = self.blocks.entry(place).or_default();
            ours.documents += theirs.documents;
            add_all(&mut ours.after, theirs.after);
        }
        for (name, theirs) in other.cookies {
            self.cookies.entry(name).or_default().merge(theirs);
        }
    }

    /// Number of platforms.
    pub(super) fn platforms(&self) -> u64 {
        self.platforms.len() as u64
    }

    /// The consensus; the opening words of its blocks come from the templates.
    pub(super) fn consensus(self, templates: &Templates) -> Consensus {
        let of = self.documents;
        let columns = self.columns.into_iter();
        let usual_date = self.fields.get("date").and_then(median);
        let mut cookies: Vec<_> = self.cookies.into_iter().map(|(name, tally)| tally.consensus(name)).collect();
        cookies.sort_unstable_by(|a, b| a.name.cmp(&b.name));
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

impl Witness for Tally {
    type OfCookie = CookieTally;

    fn field(&mut self, name: &'static str, value: Option<Cow<str>>) {
        self.fields.entry(name).or_default().add(value);
    }

    fn column(&mut self, name: String) {
        *self.columns.entry(name).or_default() += 1;
    }

    fn cookie(&mut self, name: &str, state: impl FnOnce(&mut CookieTally)) {
        let declare = |cookie: &mut CookieTally| {
            cookie.documents += 1;
            state(cookie);
        };
        match self.cookies.get_mut(name) {
            Some(cookie) => declare(cookie),
            None => declare(self.cookies.entry(name.to_owned()).or_default()),
        }
    }
}

impl CookieWitness for CookieTally {
    fn value(&mut self, place: usize, value: Option<Cow<str>>) {
        self.fields[place].add(value);
    }

    fn duration(&mut self, duration: &Option<Duration>) {
        match self.durations.get_mut(duration) {
            Some(count) => *count += 1,
            None => drop(self.durations.insert(duration.clone(), 1)),
        }
    }
}

impl CookieTally {
    fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        add_all(&mut self.durations, other.durations);
        self.fields.iter_mut().zip(other.fields).for_each(|(ours, theirs)| ours.merge(theirs));
    }

    fn consensus(self, name: String) -> CookieConsensus {
        let of = self.documents;
        let durations = by_count(self.durations).into_iter();
        let durations: Vec<_> = durations.map(|(value, documents)| DurationCount { value, documents }).collect();
        let fields = TALLIED.iter().zip(self.fields);
        CookieConsensus {
            name,
            documents: of,
            fields: fields.map(|(field, values)| field_values(field.as_str(), values, of)).collect(),
            agreed_duration: agreed_duration(&durations, of),
            durations,
        }
    }
}

fn block_counts(blocks: FxHashMap<u32, BlockTally>, of: u64, templates: &Templates) -> Vec<BlockCount> {
    let shared = blocks.into_iter().filter(|(_, tally)| tally.documents > 1);
    let count = |(place, tally): (u32, BlockTally)| {
        let shown = &templates.at(place).shown;
        // The places of templates have the order of their ids.
        let before = by_count(tally.after).into_iter().next().and_then(|(before, _)| before);
        BlockCount {
            id: templates.at(place).id.text(),
            kind: shown.kind,
            opening: opening_of(&shown.text),
            text: is_most(tally.documents, of).then(|| shown.text.clone()),
            documents: tally.documents,
            after: before.map(|before| templates.at(before).id.text()),
            place: None,
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
fn median(values: &Values) -> Option<ValueCount> {
    let mut stated: Vec<_> = values.stated.iter().collect();
    stated.sort_unstable();
    let all: u64 = values.stated.values().sum();
    let mut below = 0;
    let middle = stated.into_iter().find(|(_, count)| {
        below += **count;
        below * 2 >= all
    });
    let count = |(value, documents): (&String, &u64)| ValueCount { value: Some(value.clone()), documents: *documents };
    middle.filter(|_| all >= 3).map(count)
}

fn field_values(field: &str, values: Values, of: u64) -> FieldValues {
    let values = values.counts();
    FieldValues { field: field.to_owned(), agreed: agreed_value(&values, of), values }
}

/// The values come the most frequent first, so that the first of a group is the one to show.
fn agreed_value(values: &[ValueCount], of: u64) -> Option<ValueCount> {
    let mut groups: BTreeMap<String, ValueCount> = BTreeMap::new();
    let stated = values.iter().filter_map(|count| count.value.as_ref());
    // One value alone needs no folding.
    if stated.clone().nth(1).is_none() {
        let only = values.iter().find(|count| count.value.is_some())?;
        let documents = only.documents.min(of);
        return is_most(documents, of).then(|| ValueCount { documents, ..only.clone() });
    }
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
fn by_count<T: Ord>(values: impl IntoIterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values
}

fn add_all<K: Eq + Hash>(ours: &mut FxHashMap<K, u64>, theirs: FxHashMap<K, u64>) {
    for (key, count) in theirs {
        *ours.entry(key).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::super::gathering::tests::templates_of;
    use super::super::sample::family_of_five;
    use super::*;

    #[test]
    fn merging_partial_counts_is_counting_all() {
        let documents = family_of_five();
        let templates = templates_of(&documents);
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
