//! A row per line, its cells joined by one blank.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "joined-by-blanks",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::name_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    spaced_text::sections(policy, |rows| policy.below_header(rows).iter().map(|cells| cells.join(" ") + "\n").collect())
}
