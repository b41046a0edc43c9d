//! An HTML table that repeats its header every few rows.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-repeated-header",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let every = 2 + rng.usize(..2);
    let part = |rows: &[Vec<String>]| {
        html::row("td", &policy.header_row()) + &rows.iter().map(|cells| html::row("td", cells)).collect::<String>()
    };
    html::sections(policy, |rows| html::around("table", &rows.chunks(every).map(part).collect::<String>()) + "\n")
}
