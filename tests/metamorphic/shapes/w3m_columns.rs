//! Columns held by spaces, as a browser for terminals prints a table without borders: no blank line between rows.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "w3m-columns",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::spaced_text::{Placed, Spaced};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let spaced = Spaced { widest: 30 + rng.usize(..30), placed: Placed::Middle, blank: 0, indent: 0 };
    spaced_text::sections(policy, |rows| spaced.write(&policy.below_header(rows)))
}
