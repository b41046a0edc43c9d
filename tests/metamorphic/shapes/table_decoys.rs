//! HTML tables of kinds of cookies, of providers and of personal data around the one that declares cookies: they give no row.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-decoys",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, _: &mut Rng) -> String {
    let declared = html::sections(policy, |rows| html::table(&policy.header_row(), rows));
    [kinds(policy), providers(policy), declared, data(policy)].concat()
}

fn kinds(policy: &Policy) -> String {
    let language = policy.language;
    let words = language.categories.values().map(|words| words.headings[0].clone());
    let rows: Vec<Vec<String>> =
        words.zip(&language.purposes).map(|(kind, purpose)| vec![kind, purpose.clone()]).collect();
    html::table(&[policy.header(Field::Category).to_owned(), policy.header(Field::Purpose).to_owned()], &rows)
}

fn providers(policy: &Policy) -> String {
    let entries = policy.facts.groups.iter().flat_map(|group| &group.entries);
    let rows: Vec<Vec<String>> =
        entries.map(|entry| vec![entry.setter.provider.clone(), entry.purpose.clone()]).collect();
    html::table(&[policy.header(Field::Provider).to_owned(), policy.header(Field::Purpose).to_owned()], &rows)
}

fn data(policy: &Policy) -> String {
    let language = policy.language;
    let pairs = language.data.iter().zip(&language.purposes);
    let rows: Vec<Vec<String>> = pairs.map(|(kind, purpose)| vec![kind.clone(), purpose.clone()]).collect();
    html::table(&language.data_headers, &rows)
}
