//! A grid of HTML `div` elements with classes.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "div-grid",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    html::sections(policy, |rows| {
        let header = row("head", &policy.header_row());
        let rows: String = rows.iter().map(|cells| row("row", cells)).collect();
        html::around("div class=\"cookies\"", &(header + &rows)) + "\n"
    })
}

fn row(class: &str, cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| html::element("div class=\"cell\"", cell) + "\n").collect();
    html::around(&format!("div class=\"{class}\""), &cells) + "\n"
}
