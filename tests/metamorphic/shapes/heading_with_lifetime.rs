//! A heading per cookie in Markdown, with its name and in brackets its lifetime; the purpose as a paragraph below.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "heading-with-lifetime",
    ending: "md",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::three,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let part = |cells: &Vec<String>| format!("#### {} ({})\n\n{}\n", cells[0], cells[2], cells[1]);
    markdown::sections(policy, markdown::escaped, |rows| rows.iter().map(part).collect::<Vec<_>>().join("\n"))
}
