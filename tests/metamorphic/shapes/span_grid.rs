//! Rows of HTML `div` elements, each a run of `span` elements.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "span-grid",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let row = |cells: &Vec<String>| {
        let cells: String = cells.iter().map(|cell| html::element("span class=\"cell\"", cell) + "\n").collect();
        html::around("div class=\"row\"", &cells) + "\n"
    };
    html::sections(policy, |rows| {
        html::around("div class=\"rows\"", &policy.below_header(rows).iter().map(row).collect::<String>()) + "\n"
    })
}
