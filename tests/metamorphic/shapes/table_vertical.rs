//! An HTML table for each cookie, with a row per field: its label, then its value.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-vertical",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    html::sections(policy, |rows| rows.iter().map(|row| cookie(policy, row)).collect())
}

fn cookie(policy: &Policy, row: &[String]) -> String {
    let header = policy.header_row();
    let rows = header.iter().zip(row).map(|(label, value)| html::row("td", &[label.clone(), value.clone()]));
    html::around("table", &rows.collect::<String>()) + "\n"
}
