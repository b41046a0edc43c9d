//! A list in Markdown: the name in bold, a dash, the purpose, and the lifetime in brackets.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "bold-list",
    ending: "md",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::three,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let dash = *rng.choice(&[" – ", ": ", " - "]).unwrap();
    let item = |row: &Vec<String>| {
        let purpose = row[1].trim_end_matches('.');
        format!("- **{}**{dash}{purpose} ({})\n", row[0], row[2])
    };
    markdown::sections(policy, markdown::escaped, |rows| rows.iter().map(item).collect())
}
