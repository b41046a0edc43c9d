//! A block per cookie, with a line per field: its label, a colon and its value.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "labelled-blocks",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let header = policy.header_row();
    let separator = if rng.bool() { "\n" } else { " " };
    let block = |row: &Vec<String>| {
        let pairs = header.iter().zip(row).map(|(label, value)| format!("{label}: {value}"));
        pairs.collect::<Vec<_>>().join(separator) + "\n"
    };
    spaced_text::sections(policy, |rows| rows.iter().map(block).collect::<Vec<_>>().join("\n"))
}
