//! The platforms of a report: each with its documents, their rows, evidence, flags and warnings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::name_order::NameOrder;
use super::word_marks::parted;
use super::{Report, page};
use crate::corpus::{Field, WordChange, platform_key, stated_columns, word, word_changes};
use crate::document::{CookieRow, Place, PolicyDocument, Warning};
use crate::flags::{Flag, Severity};
use crate::text::caseless;

/// All platforms, by label.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Platforms {
    pub list: Vec<PlatformView>,
    #[serde(skip)]
    places: HashMap<String, DocumentPlace>,
}

/// Where a document stands in the page.
#[derive(Debug)]
struct DocumentPlace {
    /// Its number among all documents, in the order of the page.
    place: usize,
    anchor: String,
    label: String,
    date: Option<String>,
}

/// A platform.
#[derive(Debug, Serialize)]
pub(super) struct PlatformView {
    pub anchor: String,
    pub label: String,
    pub documents: Vec<DocumentView>,
    pub cookies: usize,
    pub flags: Severities,
    /// The date of its last document.
    pub date: Option<String>,
}

/// Number of flags of each severity.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct Severities {
    pub major: usize,
    pub minor: usize,
    pub info: usize,
}

/// A document of a platform.
#[derive(Debug, Serialize)]
pub(super) struct DocumentView {
    /// Its place among the report's documents.
    pub index: usize,
    pub anchor: String,
    /// The platform's label, with the path where the platform has several documents.
    pub label: String,
    path: String,
    kind: String,
    title: Option<String>,
    language: Option<String>,
    name: Option<String>,
    address: Option<String>,
    href: Option<String>,
    date: Option<String>,
    date_said: Option<String>,
    pub family: Option<String>,
    flags: Vec<FlagView>,
    warnings: Vec<WarningView>,
    heads: Vec<String>,
    /// Characters of the longest name of a row.
    longest_name: usize,
    rows: Vec<RowView>,
}

/// A flag.
#[derive(Debug, Serialize)]
pub(super) struct FlagView {
    severity: String,
    rule: String,
    message: String,
    /// What the message ends with, where that is the way from one text to another.
    changes: Vec<WordChange>,
    place: Option<String>,
    /// From what the family says to what the document says, where both are sentences.
    words: Vec<WordChange>,
}

#[derive(Debug, Serialize)]
struct WarningView {
    code: String,
    message: String,
    remedy: String,
    place: Option<String>,
}

/// A cookie row; a cell for each head.
#[derive(Debug, Serialize)]
struct RowView {
    name: String,
    /// As in the class of its colour.
    category: String,
    category_raw: Option<String>,
    cells: Vec<String>,
    links: Vec<LinkView>,
    place: Option<String>,
}

#[derive(Debug, Serialize)]
struct LinkView {
    text: String,
    href: Option<String>,
}

/// The columns in the order of reading; the category has a place of its own.
const COLUMNS: [Field; 8] = [
    Field::Provider,
    Field::Domain,
    Field::Party,
    Field::Storage,
    Field::Function,
    Field::Location,
    Field::Purpose,
    Field::Duration,
];

/// Texts of more words than this are shown word by word.
const SHORT: usize = 4;

/// The platforms of a report.
pub(super) fn of(report: &Report) -> Platforms {
    let mut groups: BTreeMap<(NameOrder, String), Vec<usize>> = BTreeMap::new();
    let mut labels: HashMap<String, String> = HashMap::new();
    for (index, document) in report.documents.iter().enumerate() {
        let key = platform_key(document);
        let label = labels.entry(key.clone()).or_insert_with(|| label(document)).clone();
        groups.entry((NameOrder::of(&label), key)).or_default().push(index);
    }
    for indices in groups.values_mut() {
        indices.sort_by_cached_key(|&index| NameOrder::of(&report.documents[index].source.path));
    }
    let mut flags: HashMap<&str, Vec<&Flag>> = HashMap::new();
    report.flags.iter().for_each(|flag| flags.entry(&flag.document).or_default().push(flag));
    let groups = groups.into_iter().enumerate();
    let list: Vec<_> =
        groups.map(|(place, ((_, key), indices))| platform(report, &flags, place, &labels[&key], &indices)).collect();
    let documents = list.iter().flat_map(|platform| &platform.documents);
    let places = documents.enumerate().map(|(place, document)| {
        let (anchor, label, date) = (document.anchor.clone(), document.label.clone(), document.date.clone());
        let place = DocumentPlace { place, anchor, label, date };
        (document.path.clone(), place)
    });
    Platforms { places: places.collect(), list }
}

impl Platforms {
    /// How the document of a path is called.
    pub(super) fn label_of(&self, path: &str) -> String {
        self.places.get(path).map_or_else(|| path.to_owned(), |place| place.label.clone())
    }

    /// What orders documents as the page does; one that is not there comes last.
    pub(super) fn place_of(&self, path: &str) -> usize {
        self.places.get(path).map_or(usize::MAX, |place| place.place)
    }

    /// The date that the document of a path states.
    pub(super) fn date_of(&self, path: &str) -> Option<String> {
        self.places.get(path)?.date.clone()
    }

    /// Where the document of a path stands.
    pub(super) fn anchor_of(&self, path: &str) -> String {
        self.places.get(path).map(|place| place.anchor.clone()).unwrap_or_default()
    }
}

fn label(document: &PolicyDocument) -> String {
    let platform = document.platform.as_ref();
    let said = platform.and_then(|platform| platform.host.as_deref().or(platform.name.as_deref()));
    said.unwrap_or(&document.source.path).to_owned()
}

fn platform(
    report: &Report,
    flags: &HashMap<&str, Vec<&Flag>>,
    place: usize,
    label: &str,
    indices: &[usize],
) -> PlatformView {
    let documents: Vec<_> = indices.iter().map(|&index| &report.documents[index]).collect();
    let of = |document: &PolicyDocument| flags.get(document.source.path.as_str()).map_or(&[][..], Vec::as_slice);
    let mut severities = Severities::default();
    documents.iter().flat_map(|document| of(document)).for_each(|flag| severities.add(flag.severity));
    let views = indices.iter().map(|&index| {
        let document = &report.documents[index];
        let label = if indices.len() > 1 { format!("{label}, {}", document.source.path) } else { label.to_owned() };
        document_view(document, index, label, of(document))
    });
    PlatformView {
        anchor: format!("p{place}"),
        label: label.to_owned(),
        documents: views.collect(),
        cookies: documents.iter().map(|document| document.cookies.len()).sum(),
        flags: severities,
        date: documents.iter().filter_map(|document| Some(document.date.as_ref()?.value.clone())).max(),
    }
}

impl Severities {
    /// What orders documents: one that is graver outweighs any number of those that are not.
    pub(super) fn weight(&self) -> (usize, usize, usize) {
        (self.major, self.minor, self.info)
    }

    pub(super) fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Info => self.info += 1,
            Severity::Minor => self.minor += 1,
            Severity::Major => self.major += 1,
        }
    }
}

fn document_view(document: &PolicyDocument, index: usize, label: String, flags: &[&Flag]) -> DocumentView {
    let platform = document.platform.as_ref();
    let address = platform.and_then(|platform| platform.url.clone());
    let mut flags = flags.to_vec();
    flags.sort_by_key(|flag| std::cmp::Reverse(flag.severity));
    let columns = columns(document);
    DocumentView {
        index,
        anchor: format!("d{index}"),
        label,
        path: document.source.path.clone(),
        kind: word(document.kind).replace('_', " "),
        title: document.title.clone(),
        language: document.language.clone(),
        name: platform.and_then(|platform| platform.name.clone()),
        href: address.as_deref().and_then(page::href),
        address,
        date: document.date.as_ref().map(|date| date.value.clone()),
        date_said: document.date.as_ref().map(|date| {
            let doubt = if date.ambiguous { ", day and month may be the other way round" } else { "" };
            format!("{}, printed “{}”{doubt}", word(date.kind), date.raw)
        }),
        family: document.family.clone(),
        flags: flags.into_iter().map(flag_view).collect(),
        warnings: document.warnings.iter().map(warning_view).collect(),
        longest_name: document.cookies.iter().map(|row| row.name.chars().count()).max().unwrap_or_default(),
        heads: columns.iter().map(Column::head).collect(),
        rows: document.cookies.iter().map(|row| row_view(row, &columns)).collect(),
    }
}

/// A column of a document's table: a field, or a head that has none.
enum Column {
    Of(Field),
    Extra(String),
}

impl Column {
    fn head(&self) -> String {
        match self {
            Self::Of(field) => field.as_str().to_owned(),
            Self::Extra(header) => header.clone(),
        }
    }

    fn cell(&self, row: &CookieRow) -> String {
        match self {
            Self::Of(field) => field.value(row).unwrap_or_default(),
            Self::Extra(header) => {
                let cells = row.extra.iter().filter(|cell| caseless(&cell.header) == *header);
                cells.map(|cell| cell.value.as_str()).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// The columns that the rows of a document have.
fn columns(document: &PolicyDocument) -> Vec<Column> {
    let stated: BTreeSet<String> = stated_columns(document);
    let fields = COLUMNS.into_iter().filter(|field| stated.contains(field.as_str())).map(Column::Of);
    let extra = stated.iter().filter_map(|column| column.strip_prefix("extra: "));
    fields.chain(extra.map(|header| Column::Extra(header.to_owned()))).collect()
}

fn row_view(row: &CookieRow, columns: &[Column]) -> RowView {
    let place = Place::from(row.evidence);
    RowView {
        name: row.name.clone(),
        category: row.category.map_or_else(|| "none".to_owned(), word),
        category_raw: row.category_raw.clone(),
        cells: columns.iter().map(|column| column.cell(row)).collect(),
        links: row.links.iter().map(|link| LinkView { href: page::href(link), text: link.clone() }).collect(),
        place: said(&place),
    }
}

/// A flag as it is shown.
pub(super) fn flag_view(flag: &Flag) -> FlagView {
    let (message, changes) = parted(flag);
    let expected = flag.expected.as_ref().and_then(|expected| expected.value.as_deref());
    let is_long = |text: &&str| text.split_whitespace().nth(SHORT).is_some();
    let words = match (expected.filter(is_long), flag.found.as_deref().filter(is_long)) {
        (Some(expected), Some(found)) if changes.is_empty() => word_changes(expected, found),
        _ => Vec::new(),
    };
    FlagView {
        severity: word(flag.severity),
        rule: flag.rule.clone(),
        message: message.to_owned(),
        changes,
        place: said(&flag.evidence),
        words,
    }
}

impl FlagView {
    #[cfg(test)]
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// A flag of several documents, in words that are true of each.
    pub(super) fn of_all(flag: &Flag, message: String) -> Self {
        Self { message, changes: Vec::new(), words: Vec::new(), ..flag_view(flag) }
    }
}

fn warning_view(warning: &Warning) -> WarningView {
    WarningView {
        code: warning.code.to_string(),
        message: warning.message.clone(),
        remedy: warning.remedy.clone(),
        place: said(&warning.evidence),
    }
}

/// A place in words: the page of a PDF, else the lines.
fn said(place: &Place) -> Option<String> {
    match (place.page, place.line, place.end_line) {
        (Some(page), _, _) => Some(format!("page {page}")),
        (None, Some(line), Some(end)) if end > line => Some(format!("lines {line}–{end}")),
        (None, Some(line), _) => Some(format!("line {line}")),
        (None, None, _) => None,
    }
}
