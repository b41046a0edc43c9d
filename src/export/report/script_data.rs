//! What the script of the page works on: the matrix, and rows and texts to lay any two documents side by side. Printed texts are
//! held once, and what decides whether two of them say the same is held as numbers made here, so that the script folds no text.

use std::collections::HashMap;

use serde::Serialize;

use super::Report;
use super::name_order::NameOrder;
use super::platforms::Platforms;
use crate::corpus::{Field, Mask, cookie_key, own_blocks, promised_kind, word};
use crate::document::{Category, CookieRow, Duration, DurationKind, PolicyDocument, TextBlock};
use crate::text::caseless;

/// The data of the script.
#[derive(Debug, Default, Serialize)]
pub(super) struct ScriptData {
    /// Codes of categories; `-1` stands for none.
    categories: Vec<String>,
    /// Names of cookies, or their patterns, in order.
    cookies: Vec<String>,
    /// Names of fields, of columns without a field too.
    fields: Vec<String>,
    /// Printed texts.
    strings: Vec<String>,
    /// Durations: two say the same when their kinds are one and their lengths, if they have any, within two per cent.
    durations: Vec<DurationData>,
    platforms: Vec<PlatformData>,
    documents: Vec<DocumentData>,
}

#[derive(Debug, Default, PartialEq, Eq, Hash, Clone, Serialize)]
struct DurationData {
    kind: String,
    seconds: Option<u64>,
    /// What is said where there is no length.
    said: Option<String>,
}

#[derive(Debug, Serialize)]
struct PlatformData {
    label: String,
    anchor: String,
    family: Option<String>,
    /// `[cookie, category]` for each row.
    cells: Vec<[i64; 2]>,
}

#[derive(Debug, Serialize)]
struct DocumentData {
    label: String,
    anchor: String,
    date: Option<String>,
    rows: Vec<RowData>,
    /// `[template, comparable, text, line]` for each block that is compared.
    blocks: Vec<[i64; 4]>,
}

#[derive(Debug, Serialize)]
struct RowData {
    /// Number of the cookie.
    c: i64,
    /// `[field, printed, comparable]` for each field that the row states; of a duration its number is the comparable.
    f: Vec<[i64; 3]>,
}

/// Numbers for values, given out in the order in which they come.
#[derive(Default)]
struct Numbers<T> {
    numbers: HashMap<T, i64>,
    values: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbers<T> {
    fn of(&mut self, value: T) -> i64 {
        let next = self.numbers.len() as i64;
        match self.numbers.get(&value) {
            Some(number) => *number,
            None => {
                self.values.push(value.clone());
                self.numbers.insert(value, next);
                next
            }
        }
    }
}

const CATEGORIES: [Category; 7] = [
    Category::Necessary,
    Category::Functional,
    Category::Analytics,
    Category::Marketing,
    Category::Social,
    Category::Security,
    Category::Other,
];

#[derive(Default)]
struct Builder {
    cookies: HashMap<String, i64>,
    fields: Numbers<String>,
    strings: Numbers<String>,
    comparables: Numbers<String>,
    templates: Numbers<String>,
    durations: Numbers<DurationData>,
}

pub(super) fn of(report: &Report, platforms: &Platforms) -> ScriptData {
    let mut names: Vec<_> = report.documents.iter().flat_map(|document| &document.cookies).map(cookie_key).collect();
    names.sort_unstable();
    names.dedup();
    names.sort_by_cached_key(|name| NameOrder::of(name));
    let cookies: HashMap<_, _> = names.iter().map(|name| (*name).to_owned()).zip(0..).collect();
    let mut builder = Builder { cookies, ..Builder::default() };
    let mut data = ScriptData {
        categories: CATEGORIES.map(word).into(),
        cookies: names.into_iter().map(str::to_owned).collect(),
        ..ScriptData::default()
    };
    for platform in &platforms.list {
        let documents = platform.documents.iter().map(|view| &report.documents[view.index]);
        data.platforms.push(PlatformData {
            label: platform.label.clone(),
            anchor: platform.anchor.clone(),
            family: platform.documents.iter().find_map(|view| view.family.clone()),
            cells: documents.flat_map(|document| &document.cookies).map(|row| builder.cell(row)).collect(),
        });
        for view in &platform.documents {
            let document = &report.documents[view.index];
            data.documents.push(builder.document(document, view.label.clone(), view.anchor.clone()));
        }
    }
    data.fields = builder.fields.values;
    data.strings = builder.strings.values;
    data.durations = builder.durations.values;
    data
}

impl Builder {
    fn cell(&self, row: &CookieRow) -> [i64; 2] {
        let category = row.category.and_then(|category| CATEGORIES.iter().position(|other| *other == category));
        [self.cookies[cookie_key(row)], category.map_or(-1, |place| place as i64)]
    }

    fn document(&mut self, document: &PolicyDocument, label: String, anchor: String) -> DocumentData {
        let mask = Mask::of(document);
        DocumentData {
            label,
            anchor,
            date: document.date.as_ref().map(|date| date.value.clone()),
            rows: document.cookies.iter().map(|row| self.row(row, &mask)).collect(),
            blocks: own_blocks(document).into_iter().map(|block| self.block(block, &mask)).collect(),
        }
    }

    fn row(&mut self, row: &CookieRow, mask: &Mask) -> RowData {
        let stated = Field::ALL.into_iter().filter_map(|field| Some((field, field.value(row)?)));
        let mut fields: Vec<_> = stated.map(|(field, value)| self.field(row, field, value, mask)).collect();
        for cell in row.extra.iter().filter(|cell| !cell.value.trim().is_empty()) {
            let number = self.fields.of(caseless(&cell.header));
            let comparable = self.comparables.of(mask.comparable(&cell.value));
            fields.push([number, self.strings.of(cell.value.clone()), comparable]);
        }
        RowData { c: self.cookies[cookie_key(row)], f: fields }
    }

    fn field(&mut self, row: &CookieRow, field: Field, value: String, mask: &Mask) -> [i64; 3] {
        let printed = match field {
            Field::Category => row.category_raw.clone().unwrap_or(value),
            _ => value,
        };
        let comparable = match (&row.duration, field) {
            (Some(duration), Field::Duration) => self.durations.of(duration_data(duration)),
            _ => self.comparables.of(field.comparable(row, mask).unwrap_or_default()),
        };
        [self.fields.of(field.as_str().to_owned()), self.strings.of(printed), comparable]
    }

    fn block(&mut self, block: &TextBlock, mask: &Mask) -> [i64; 4] {
        let text = block.text.clone().unwrap_or_default();
        let comparable = self.comparables.of(mask.comparable(&text));
        let line = block.evidence.line.map_or(-1, i64::from);
        [self.templates.of(block.id.to_string()), comparable, self.strings.of(text), line]
    }
}

/// A duration by what it promises, in the words of [`same_duration`](crate::corpus::same_duration).
fn duration_data(duration: &Duration) -> DurationData {
    let kind = promised_kind(duration.kind);
    let is_plain = matches!(kind, DurationKind::Session | DurationKind::Persistent);
    let said = (duration.seconds.is_none() && !is_plain).then(|| caseless(&duration.raw));
    DurationData { kind: word(kind), seconds: duration.seconds, said }
}
