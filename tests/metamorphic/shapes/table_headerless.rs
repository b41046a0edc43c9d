//! An HTML table without a header.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-headerless",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let rows = |rows: &[Vec<String>]| rows.iter().map(|row| html::row("td", row)).collect::<String>();
    html::sections(policy, |all| html::around("table", &rows(all)) + "\n")
}
