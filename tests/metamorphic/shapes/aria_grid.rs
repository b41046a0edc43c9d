//! A grid of HTML `div` elements that say by their roles what they are.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "aria-grid",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    html::sections(policy, |rows| {
        let header = row("columnheader", &policy.header_row());
        let rows: String = rows.iter().map(|cells| row("cell", cells)).collect();
        html::around("div role=\"table\"", &(header + &rows)) + "\n"
    })
}

fn row(role: &str, cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| html::element(&format!("div role=\"{role}\""), cell)).collect();
    html::around("div role=\"row\"", &cells) + "\n"
}
