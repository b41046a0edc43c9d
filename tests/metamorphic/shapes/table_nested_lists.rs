//! HTML lists in lists: an item per cookie, and in it an item per field with its label in bold.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-nested-lists",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, _: &mut Rng) -> String {
    html::sections(policy, |rows| {
        html::around("ul", &rows.iter().map(|row| item(policy, row)).collect::<String>()) + "\n"
    })
}

fn item(policy: &Policy, row: &[String]) -> String {
    let fields = policy.layout.fields.iter().zip(row);
    let name: String =
        fields.clone().filter(|(field, _)| **field == Field::Name).map(|(_, name)| html::element("b", name)).collect();
    let others = fields.filter(|(field, _)| **field != Field::Name);
    let others = others
        .map(|(field, text)| html::element("b", &format!("{}:", policy.header(*field))) + " " + &html::escaped(text));
    let others: String = others.map(|inside| html::around("li", &inside) + "\n").collect();
    html::around("li", &(name + &html::around("ul", &others))) + "\n"
}
