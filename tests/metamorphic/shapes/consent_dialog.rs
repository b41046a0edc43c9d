//! A consent dialog: an item per cookie, and in it a label and a value in `span` elements for every field.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "consent-dialog",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let list = html::sections(policy, |rows| {
        html::around("ul class=\"vendors\"", &rows.iter().map(|row| item(policy, row)).collect::<String>()) + "\n"
    });
    html::around("div id=\"consent\" style=\"display:none\"", &list)
}

fn item(policy: &Policy, row: &[String]) -> String {
    let pair = |(label, value): (String, &String)| {
        let inside = html::element("span class=\"label\"", &label) + &html::element("span class=\"value\"", value);
        html::around("div", &inside) + "\n"
    };
    html::around("li", &policy.header_row().into_iter().zip(row).map(pair).collect::<String>()) + "\n"
}
