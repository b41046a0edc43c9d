//! One cell per paragraph below one header per paragraph.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "paragraph-per-cell",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    spaced_text::sections(policy, |rows| policy.below_header(rows).concat().join("\n\n") + "\n")
}
