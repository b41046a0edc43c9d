//! The matrix of cookies and platforms as it stands in the page without its script: all cells where they fit a page, else each
//! cookie with the platforms that declare it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Report;
use super::name_order::NameOrder;
use super::platforms::Platforms;
use crate::corpus::{cookie_key, word};
use crate::document::Category;

/// The matrix.
#[derive(Debug, Serialize)]
pub(super) struct MatrixView {
    /// True where every platform has a column.
    whole: bool,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
}

/// A platform.
#[derive(Debug, Clone, Serialize)]
struct ColumnView {
    label: String,
    anchor: String,
}

/// A cookie.
#[derive(Debug, Serialize)]
struct RowView {
    name: String,
    categories: Vec<String>,
    count: usize,
    /// The category's code for each column, where the platform declares the cookie; nothing where the matrix is not whole.
    cells: Vec<Option<String>>,
    /// The first platforms that declare it, or the only ones that do not.
    listed: Vec<ColumnView>,
    /// True where those are listed that do not declare it.
    all_but: bool,
    more: usize,
}

/// Columns that fit a printed page.
const MAX_COLUMNS: usize = 16;
/// Platforms that are listed with a cookie.
const MAX_LISTED: usize = 12;

type Declared<'a> = BTreeMap<&'a str, BTreeMap<usize, Option<Category>>>;

pub(super) fn of(report: &Report, platforms: &Platforms) -> MatrixView {
    let columns: Vec<_> = platforms
        .list
        .iter()
        .map(|platform| ColumnView { label: platform.label.clone(), anchor: platform.anchor.clone() })
        .collect();
    let whole = columns.len() <= MAX_COLUMNS;
    let mut rows: Vec<_> = declared(report, platforms).into_iter().collect();
    rows.sort_by_cached_key(|(name, _)| NameOrder::of(name));
    let rows = rows.into_iter().map(|(name, by)| row(name, &by, &columns, whole)).collect();
    MatrixView { whole, columns: if whole { columns } else { Vec::new() }, rows }
}

/// Which platforms declare a cookie, and in which category first.
fn declared<'a>(report: &Report<'a>, platforms: &Platforms) -> Declared<'a> {
    let mut declared = Declared::new();
    for (place, platform) in platforms.list.iter().enumerate() {
        for row in platform.documents.iter().flat_map(|document| &report.documents[document.index].cookies) {
            declared.entry(cookie_key(row)).or_default().entry(place).or_insert(row.category);
        }
    }
    declared
}

fn row(name: &str, by: &BTreeMap<usize, Option<Category>>, columns: &[ColumnView], whole: bool) -> RowView {
    let code = |category: &Option<Category>| category.map_or_else(|| "none".to_owned(), word);
    let categories: BTreeSet<_> = by.values().collect();
    let others = columns.len() - by.len();
    let all_but = others * 2 < columns.len() && others <= MAX_LISTED;
    let is_listed = |place: &usize| by.contains_key(place) != all_but;
    let listed = (0..columns.len()).filter(is_listed).take(if whole { 0 } else { MAX_LISTED });
    let listed: Vec<_> = listed.map(|place| columns[place].clone()).collect();
    RowView {
        name: name.to_owned(),
        categories: categories.into_iter().map(code).collect(),
        count: by.len(),
        cells: if whole { (0..columns.len()).map(|place| by.get(&place).map(code)).collect() } else { Vec::new() },
        more: if all_but || whole { 0 } else { by.len() - listed.len() },
        listed,
        all_but,
    }
}
