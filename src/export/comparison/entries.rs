//! What there is to tell of a comparison, part by part and in order: the same story for every format. Knows no format.

use serde::Serialize;

use crate::corpus::{
    BlockSide, ChangedBlock, ChangedCookie, Comparison, FieldDifference, MovedBlock, TrivialDifference, TrivialKind,
    WordChange, opening_of, word,
};
use crate::document::{CookieRow, Place};
use crate::text::collapse;

/// A part of the story: what differs in the documents themselves, in cookies, in the text, in nothing that matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Part {
    /// Its name, in lower case.
    pub title: &'static str,
    /// How much it holds: `1 added, 2 changed`.
    pub summary: String,
    /// What it holds; those of one subject stand together.
    pub entries: Vec<Entry>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Entry {
    /// What happened.
    pub mark: Mark,
    /// What it happened to: a cookie, a field, a place.
    pub subject: String,
    /// The field of the subject that it happened to.
    pub field: Option<String>,
    /// Which document the subject is a place in, where it is one in one of them alone: `first`, `second`.
    pub side: Option<&'static str>,
    /// What was and is said.
    pub says: Says,
}

/// What happened to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mark {
    Added,
    Removed,
    Changed,
    Moved,
}

/// What was and is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Says {
    /// A text that stands on one side alone.
    Text(String),
    /// A short value on either side.
    Values {
        /// What the first says.
        a: Option<String>,
        /// What the second says.
        b: Option<String>,
    },
    /// A text of both, word by word.
    Words(Vec<WordChange>),
}

impl Mark {
    /// All of them, in the order of a summary.
    pub(super) const ALL: [Self; 4] = [Self::Added, Self::Removed, Self::Changed, Self::Moved];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }
}

/// Values of no more words than this are shown side by side, longer ones word by word.
const SHORT: usize = 4;

/// The parts that hold something.
pub(super) fn parts(comparison: &Comparison) -> Vec<Part> {
    let parts = [document(comparison), cookies(comparison), text(comparison), trivial(comparison)];
    parts.into_iter().filter(|part| !part.entries.is_empty()).collect()
}

/// How it ends: whether they are the same, and what the same policy has of its own in each document.
pub(super) fn verdict(comparison: &Comparison) -> &'static str {
    let differs = |name: &str| comparison.fields.iter().any(|field| field.field == name);
    match (comparison.same, differs("date"), differs("platform_name")) {
        (false, ..) => "the policies differ",
        (true, false, false) => "the same policy",
        (true, true, false) => "the same policy, of another date",
        (true, false, true) => "the same policy, under another name",
        (true, true, true) => "the same policy, of another date and under another name",
    }
}

/// How much was left out, if anything was.
pub(super) fn left_out(comparison: &Comparison) -> Option<String> {
    let count = comparison.trivial;
    let differences = if count == 1 { "difference" } else { "differences" };
    let is_left_out = count > 0 && comparison.trivial_differences.is_empty();
    is_left_out.then(|| format!("{count} trivial {differences} left out"))
}

/// A text on one line, without what a terminal would obey: control characters are shown as a replacement.
pub(super) fn on_one_line(text: &str) -> String {
    collapse(text).chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn part(title: &'static str, entries: Vec<Entry>) -> Part {
    let count = |mark: Mark| subjects(entries.iter().filter(|entry| entry.mark == mark));
    let counts = Mark::ALL.into_iter().map(|mark| (count(mark), mark.as_str())).filter(|(count, _)| *count > 0);
    let summary = counts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ");
    Part { title, summary, entries }
}

/// How many things entries are about: several fields of one row are about that row.
fn subjects<'a>(entries: impl Iterator<Item = &'a Entry>) -> usize {
    let mut about: Vec<_> = entries.map(|entry| (&entry.subject, entry.field.is_some())).collect();
    about.dedup_by(|a, b| a.1 && a == b);
    about.len()
}

fn document(comparison: &Comparison) -> Part {
    let entry = |field: &FieldDifference| {
        let says = Says::Values { a: one_line(&field.a), b: one_line(&field.b) };
        Entry { mark: Mark::Changed, subject: field.field.replace('_', " "), field: None, side: None, says }
    };
    let entries: Vec<_> = comparison.fields.iter().map(entry).collect();
    let summary = format!("{} {}", entries.len(), if entries.len() == 1 { "differs" } else { "differ" });
    Part { title: "document", summary, entries }
}

fn cookies(comparison: &Comparison) -> Part {
    let whole = |mark: Mark, row: &CookieRow| Entry {
        mark,
        subject: on_one_line(&row.name),
        field: None,
        side: None,
        says: Says::Text(row_in_short(row)),
    };
    let cookies = &comparison.cookies;
    let removed = cookies.removed.iter().map(|row| whole(Mark::Removed, row));
    let added = cookies.added.iter().map(|row| whole(Mark::Added, row));
    part("cookies", removed.chain(added).chain(cookies.changed.iter().map(changed_cookie)).collect())
}

/// What a row says, for a reader who has not seen it: category, duration, provider, purpose.
fn row_in_short(row: &CookieRow) -> String {
    let category = row.category.map(word).or_else(|| row.category_raw.as_deref().map(on_one_line));
    let duration = row.duration.as_ref().map(|duration| on_one_line(&duration.raw));
    let purpose = row.purpose.as_deref().map(|purpose| format!("“{}”", on_one_line(purpose)));
    let said = [category, duration, row.provider.as_deref().map(on_one_line), purpose];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn changed_cookie(change: &ChangedCookie) -> Entry {
    let (a, b) = (one_line(&change.a), one_line(&change.b));
    let long = |value: &Option<String>| value.as_ref().is_some_and(|value| value.split(' ').nth(SHORT).is_some());
    let both = a.is_some() && b.is_some() && (long(&a) || long(&b));
    let says = if both { Says::Words(words(&change.words)) } else { Says::Values { a, b } };
    Entry {
        mark: Mark::Changed,
        subject: on_one_line(&change.name),
        field: Some(change.field.clone()),
        side: None,
        says,
    }
}

fn text(comparison: &Comparison) -> Part {
    let blocks = &comparison.blocks;
    let mut entries: Vec<_> =
        blocks.removed.iter().map(|block| (block.evidence, whole(Mark::Removed, block))).collect();
    entries.extend(blocks.added.iter().map(|block| (block.evidence, whole(Mark::Added, block))));
    entries.extend(blocks.changed.iter().map(|change| (change.b.evidence, changed_block(change))));
    entries.extend(blocks.moved.iter().map(|moved| (moved.b.evidence, moved_block(moved))));
    // As a reader of the second document meets them; what is gone stands where it stood in the first.
    entries.sort_by_key(|(place, entry)| (place.line, entry.mark));
    part("text", entries.into_iter().map(|(_, entry)| entry).collect())
}

fn whole(mark: Mark, block: &BlockSide) -> Entry {
    let says = Says::Text(on_one_line(&block.text));
    let side = Some(if mark == Mark::Removed { "first" } else { "second" });
    Entry { mark, subject: place(&block.evidence), field: None, side, says }
}

fn changed_block(change: &ChangedBlock) -> Entry {
    let says = Says::Words(words(&change.words));
    let subject = both_places(&change.a.evidence, &change.b.evidence);
    Entry { mark: Mark::Changed, subject, field: None, side: None, says }
}

fn moved_block(moved: &MovedBlock) -> Entry {
    let subject = both_places(&moved.a.evidence, &moved.b.evidence);
    let says = Says::Text(on_one_line(&opening_of(&moved.b.text)));
    Entry { mark: Mark::Moved, subject, field: None, side: None, says }
}

/// From where it stands in the first to where it stands in the second; once where that is the same.
fn both_places(a: &Place, b: &Place) -> String {
    let (a, b) = (place(a), place(b));
    if a == b { a } else { format!("{a} → {b}") }
}

fn place(place: &Place) -> String {
    match (place.page, place.line) {
        (Some(page), _) => format!("page {page}"),
        (None, Some(line)) => format!("line {line}"),
        (None, None) => "text".to_owned(),
    }
}

fn trivial(comparison: &Comparison) -> Part {
    let entry = |difference: &TrivialDifference| {
        let kind = match difference.kind {
            TrivialKind::Cookie => difference.name.as_deref().unwrap_or_default(),
            TrivialKind::Block => difference.name.as_deref().unwrap_or("text"),
            TrivialKind::Furniture => "furniture",
        };
        let mark = match (&difference.a, &difference.b) {
            (None, Some(_)) => Mark::Added,
            (Some(_), None) => Mark::Removed,
            _ => Mark::Changed,
        };
        let says = Says::Values { a: one_line(&difference.a), b: one_line(&difference.b) };
        Entry { mark, subject: on_one_line(kind), field: difference.field.clone(), side: None, says }
    };
    let mut part = part("trivial", comparison.trivial_differences.iter().map(entry).collect());
    part.summary = format!("{} printed otherwise", comparison.trivial_differences.len());
    part
}

fn one_line(value: &Option<String>) -> Option<String> {
    value.as_deref().map(on_one_line)
}

fn words(changes: &[WordChange]) -> Vec<WordChange> {
    changes.iter().map(|change| WordChange { op: change.op, text: on_one_line(&change.text) }).collect()
}
