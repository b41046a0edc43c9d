//! Columns held by spaces, with the lines of short cells in the middle of their row.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "layout-columns-centred",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::spaced_text::{Placed, Spaced};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let spaced = Spaced { widest: 24 + rng.usize(..20), placed: Placed::Middle, blank: 1, indent: rng.usize(..5) };
    spaced_text::sections(policy, |rows| spaced.write(&policy.below_header(rows)))
}
