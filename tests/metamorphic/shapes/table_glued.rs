//! Cells glued together without anything between them, a row per line.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-glued",
    ending: "txt",
    borders: Borders::Destroyed,
    special: Special::Nothing,
    layout: layout::name_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    spaced_text::sections(policy, |rows| policy.below_header(rows).iter().map(|cells| cells.concat() + "\n").collect())
}
