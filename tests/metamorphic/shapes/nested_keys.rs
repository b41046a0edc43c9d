//! A list in Markdown: an item per cookie, in it an item per field with its label in bold.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "nested-keys",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, _: &mut Rng) -> String {
    let name = policy.column(Field::Name).unwrap();
    let item = |cells: &Vec<String>| {
        let others = policy.layout.fields.iter().zip(cells).filter(|(field, _)| **field != Field::Name);
        let others = others.map(|(field, text)| format!("  - **{}:** {text}\n", policy.header(*field)));
        format!("- **{}**\n{}", cells[name], others.collect::<String>())
    };
    markdown::sections(policy, markdown::escaped, |rows| rows.iter().map(item).collect())
}
