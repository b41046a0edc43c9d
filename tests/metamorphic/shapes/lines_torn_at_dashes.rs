//! A name per line, and on the next a dash and what it is for, its lifetime in brackets: items whose names were bold.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "lines-torn-at-dashes",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::three,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let item = |row: &Vec<String>| format!("{}\n– {} ({})\n", row[0].replace('\n', ", "), row[1], row[2]);
    spaced_text::sections(policy, |rows| rows.iter().map(item).collect())
}
