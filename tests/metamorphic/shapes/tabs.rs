//! Cells parted by tabs, as browsers copy a table.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape =
    Shape { name: "tabs", ending: "txt", borders: Borders::Kept, special: Special::Nothing, layout: layout::any, body };

fn body(policy: &Policy, _: &mut Rng) -> String {
    spaced_text::sections(policy, |rows| {
        policy.below_header(rows).iter().map(|cells| cells.join("\t") + "\n").collect()
    })
}
