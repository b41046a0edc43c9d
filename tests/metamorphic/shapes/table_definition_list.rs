//! An HTML definition list: the name is the term; the other fields are labelled definitions.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-definition-list",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, _: &mut Rng) -> String {
    html::sections(policy, |rows| {
        html::around("dl", &rows.iter().map(|row| entry(policy, row)).collect::<String>()) + "\n"
    })
}

fn entry(policy: &Policy, row: &[String]) -> String {
    let fields = policy.layout.fields.iter().zip(row);
    let name: String =
        fields.clone().filter(|(field, _)| **field == Field::Name).map(|(_, name)| html::element("dt", name)).collect();
    let others = fields.filter(|(field, _)| **field != Field::Name);
    let others = others.map(|(field, text)| html::element("dd", &format!("{}: {text}", policy.header(*field))) + "\n");
    name + "\n" + &others.collect::<String>()
}
