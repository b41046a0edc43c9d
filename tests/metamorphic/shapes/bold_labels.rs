//! A paragraph per cookie in Markdown: a line per field, its label in bold.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "bold-labels",
    ending: "md",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let header = policy.header_row();
    let block = |cells: &Vec<String>| {
        let lines = header.iter().zip(cells).map(|(label, text)| format!("**{label}:** {text}"));
        lines.collect::<Vec<_>>().join("  \n") + "\n"
    };
    markdown::sections(policy, markdown::escaped, |rows| rows.iter().map(block).collect::<Vec<_>>().join("\n"))
}
