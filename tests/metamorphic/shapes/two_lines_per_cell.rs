//! One cell per paragraph, long cells broken over lines.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "two-lines-per-cell",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let widest = 30 + rng.usize(..20);
    let wrapped = |cell: &String| spaced_text::wrap(cell, widest).join("\n");
    spaced_text::sections(policy, |rows| {
        policy.below_header(rows).concat().iter().map(wrapped).collect::<Vec<_>>().join("\n\n") + "\n"
    })
}
