//! Two versions of one policy: the comparison names exactly the rows that the labels of both say were added, removed or changed,
//! in both directions. The labelled documents are no part of this repository; without them it is skipped and says so.
//!
//! What is expected is made from the labels alone, by the plainest reading of them: rows of one name are paired so that most of
//! their fields agree, what is left over was added or removed, and a field that says something else was changed. It is held
//! against what [`compare`] says of documents made of the labels' rows, and of the documents as they are read; there a cookie may be
//! told otherwise only if its rows were not read as they are labelled, which is the business of `gold.rs`.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use polinorm::corpus::{Comparison, compare, label_blocks, same_duration};
use polinorm::document::{
    Category, CookieRow, DocumentKind, Duration, ExtraCell, FoundIn, PolicyDocument, RowEvidence, SCHEMA_VERSION,
    SourceInfo,
};
use polinorm::text::plain;
use polinorm::value::{duration, name};
use serde::Deserialize;

/// An earlier and a later version of one policy each.
const PAIRS: [(&str, &str); 3] =
    [("grok-2025-12", "grok"), ("boursobank-2025-10", "boursobank-fr"), ("doctolib-fr", "doctolib-2-fr")];

/// The label of a document, as far as it speaks of cookies.
#[derive(Debug, Deserialize)]
struct Label {
    cookies: Vec<LabelledRow>,
    /// Names that may be given as cookies or not.
    #[serde(default)]
    optional_names: BTreeSet<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct LabelledRow {
    name: String,
    provider: Option<String>,
    domain: Option<String>,
    purpose: Option<String>,
    duration: Option<String>,
    category: Option<Category>,
    /// A column that no field of ours has.
    sites: Option<String>,
}

/// What became of the rows from one version to the next.
#[derive(Debug, Default, PartialEq, Eq)]
struct Story {
    /// Names, each as often as it was added.
    added: Vec<String>,
    removed: Vec<String>,
    /// By name, the fields that say something else.
    changed: BTreeMap<String, BTreeSet<String>>,
}

const FIELDS: [&str; 6] = ["provider", "domain", "purpose", "duration", "category", "sites"];

impl LabelledRow {
    fn value(&self, field: &str) -> Option<String> {
        let value = match field {
            "provider" => self.provider.clone(),
            "domain" => self.domain.clone(),
            "purpose" => self.purpose.clone(),
            "duration" => self.duration.clone(),
            "category" => self.category.map(|category| format!("{category:?}")),
            _ => self.sites.clone(),
        };
        value.map(|value| plain(&value))
    }

    fn says_the_same(&self, other: &Self, field: &str) -> bool {
        let (a, b) = (self.value(field), other.value(field));
        let length = |value: &Option<String>| value.as_deref().map(duration::parse);
        let same_length = || match (length(&a), length(&b)) {
            (Some(a), Some(b)) => same_duration(&a, &b),
            _ => false,
        };
        a == b || (field == "duration" && same_length())
    }

    /// A row as it was read, as a label would have it.
    fn read(row: &CookieRow) -> Self {
        Self {
            name: row.name.clone(),
            provider: row.provider.clone(),
            domain: (!row.domain.is_empty()).then(|| row.domain.join(", ")),
            purpose: row.purpose.clone(),
            duration: row.duration.as_ref().map(|duration| duration.raw.clone()),
            category: row.category,
            sites: row.extra.first().map(|cell| cell.value.clone()),
        }
    }

    fn row(&self) -> CookieRow {
        let sites = self.sites.iter().map(|value| ExtraCell { header: "sites".to_owned(), value: value.clone() });
        CookieRow {
            name: self.name.clone(),
            pattern: name::pattern(&self.name),
            storage: None,
            provider: self.provider.clone(),
            domain: self.domain.iter().cloned().collect(),
            found_in: FoundIn::Table,
            party: None,
            function: None,
            location: None,
            purpose: self.purpose.clone(),
            category: self.category,
            category_raw: None,
            duration: self.duration.as_deref().map(duration::parse),
            links: Vec::new(),
            extra: sites.collect(),
            evidence: RowEvidence::default(),
        }
    }
}

impl Story {
    /// The plainest reading of two labels.
    fn told_by_labels(a: &Label, b: &Label) -> Self {
        // A column that one version lacks altogether differs once, and not in each row.
        let states = |label: &Label, field: &str| label.cookies.iter().any(|row| row.value(field).is_some());
        let fields: Vec<_> = FIELDS.into_iter().filter(|field| states(a, field) && states(b, field)).collect();
        let mut story = Self::default();
        let mut left = b.cookies.clone();
        for old in &a.cookies {
            let agreement = |new: &LabelledRow| fields.iter().filter(|field| old.says_the_same(new, field)).count();
            let candidates = left.iter().enumerate().filter(|(_, new)| new.name == old.name);
            let Some((best, _)) = candidates.rev().max_by_key(|(_, new)| agreement(new)) else {
                story.removed.push(old.name.clone());
                continue;
            };
            let new = left.remove(best);
            let differing = fields.iter().filter(|field| !old.says_the_same(&new, field));
            let differing: BTreeSet<_> = differing.map(|field| (*field).to_owned()).collect();
            if !differing.is_empty() {
                story.changed.entry(old.name.clone()).or_default().extend(differing);
            }
        }
        story.added = left.into_iter().map(|row| row.name).collect();
        story.without(&a.optional_names)
    }

    fn told_by_comparison(comparison: &Comparison, optional: &BTreeSet<String>) -> Self {
        let names = |rows: &[CookieRow]| rows.iter().map(|row| row.name.clone()).collect();
        let cookies = &comparison.cookies;
        let mut story = Self { added: names(&cookies.added), removed: names(&cookies.removed), ..Self::default() };
        for change in &cookies.changed {
            let field = if change.field.starts_with("extra: ") { "sites" } else { &change.field };
            story.changed.entry(change.name.clone()).or_default().insert(field.to_owned());
        }
        story.without(optional)
    }

    /// What it tells of one cookie.
    fn of(&self, name: &str) -> (usize, usize, Option<&BTreeSet<String>>) {
        let count = |names: &[String]| names.iter().filter(|other| *other == name).count();
        (count(&self.added), count(&self.removed), self.changed.get(name))
    }

    /// Cookies of which two stories tell something else.
    fn disputed(&self, other: &Self) -> BTreeSet<String> {
        let names = |story: &Self| {
            let lists = [story.added.clone(), story.removed.clone(), story.changed.keys().cloned().collect()];
            lists.concat()
        };
        let all: BTreeSet<_> = names(self).into_iter().chain(names(other)).collect();
        all.into_iter().filter(|name| self.of(name) != other.of(name)).collect()
    }

    fn without(mut self, optional: &BTreeSet<String>) -> Self {
        for names in [&mut self.added, &mut self.removed] {
            names.retain(|name| !optional.contains(name));
            names.sort();
        }
        self.changed.retain(|name, _| !optional.contains(name));
        self
    }
}

/// A document that holds the rows of a label and nothing else.
fn document(label: &Label, path: &str) -> PolicyDocument {
    let mut document = PolicyDocument {
        schema_version: SCHEMA_VERSION.to_owned(),
        id: path.to_owned(),
        source: SourceInfo {
            path: path.to_owned(),
            media_type: "text/markdown".into(),
            bytes: 0,
            charset: None,
            pages: None,
        },
        kind: DocumentKind::CookiePolicy,
        title: None,
        language: None,
        platform: None,
        date: None,
        cookies: label.cookies.iter().map(LabelledRow::row).collect(),
        blocks: Vec::new(),
        family: None,
        warnings: Vec::new(),
    };
    label_blocks(&mut document);
    document
}

/// A labelled document in both of its forms.
struct Version {
    label: Label,
    of_label: PolicyDocument,
    as_read: PolicyDocument,
}

impl Version {
    fn load(folder: &Path, name: &str) -> Self {
        let path: PathBuf = folder.join(format!("{name}.md"));
        let label: Label = serde_json::from_slice(&fs::read(path.with_extension("gold.json")).unwrap()).unwrap();
        let as_read = given::documents(&given::sources(&path)).pop().unwrap();
        Self { of_label: document(&label, name), label, as_read }
    }

    /// True where the rows of a cookie were read as they are labelled.
    fn reads_right(&self, name: &str) -> bool {
        let labelled: Vec<_> = self.label.cookies.iter().filter(|row| row.name == name).collect();
        let read: Vec<_> = self.as_read.cookies.iter().filter(|row| row.name == name).map(LabelledRow::read).collect();
        let is_read = |row: &&LabelledRow| {
            read.iter().any(|other| FIELDS.into_iter().all(|field| row.says_the_same(other, field)))
        };
        labelled.len() == read.len() && labelled.iter().all(is_read)
    }
}

#[test]
fn the_rows_that_labels_say_differ_are_the_rows_that_are_named() {
    let Some(folder) = given::labelled("two versions of real policies") else { return };
    for (earlier, later) in PAIRS {
        let [a, b] = [earlier, later].map(|name| Version::load(&folder.join("dev/markdown"), name));
        for (a, b, way) in [(&a, &b, "to"), (&b, &a, "back from")] {
            let expected = Story::told_by_labels(&a.label, &b.label);
            assert!(expected != Story::default(), "{earlier} and {later} have the same labels");
            let optional = &a.label.optional_names;
            let rows = Story::told_by_comparison(&compare(&a.of_label, &b.of_label), optional);
            assert_eq!(rows, expected, "{earlier} {way} {later}, by the rows of the labels");
            let read = Story::told_by_comparison(&compare(&a.as_read, &b.as_read), optional);
            let disputed = read.disputed(&expected);
            let unexcused: Vec<_> = disputed.iter().filter(|name| a.reads_right(name) && b.reads_right(name)).collect();
            assert!(unexcused.is_empty(), "{earlier} {way} {later}, as they are read: {unexcused:?}\n{read:#?}");
            assert!(disputed.is_empty(), "{earlier} {way} {later}: rows misread: {disputed:?}");
        }
    }
}

#[test]
fn a_story_is_told_of_what_differs_alone() {
    let label = |rows: &str| serde_json::from_str::<Label>(&format!("{{\"cookies\": [{rows}]}}")).unwrap();
    let a = label(r#"{"name": "x", "duration": "1 year"}, {"name": "y", "purpose": "“Why”"}, {"name": "z"}"#);
    let b = label(
        r#"{"name": "x", "duration": "12 months", "provider": "P"}, {"name": "y", "purpose": "How"}, {"name": "x"}"#,
    );
    let story = Story::told_by_labels(&a, &b);
    assert_eq!((story.added, story.removed), (vec!["x".to_owned()], vec!["z".to_owned()]));
    assert_eq!(story.changed, BTreeMap::from([("y".to_owned(), BTreeSet::from(["purpose".to_owned()]))]));
    let lasts: Duration = duration::parse("1 year");
    assert!(same_duration(&lasts, &duration::parse("365 days")));
}
