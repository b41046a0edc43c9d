//! Columns held by spaces, as a text export of a page with its layout has them; long cells are wrapped.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "layout-columns",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::spaced_text::{Placed, Spaced};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let spaced =
        Spaced { widest: 24 + rng.usize(..20), placed: Placed::Top, blank: rng.usize(..2), indent: rng.usize(..5) };
    spaced_text::sections(policy, |rows| spaced.write(&policy.below_header(rows)))
}
