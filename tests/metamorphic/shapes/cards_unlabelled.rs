//! Cards without labels below the names of groups: a line for each field, the name first.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "cards-unlabelled",
    ending: "txt",
    borders: Borders::Destroyed,
    special: Special::Nothing,
    layout: layout::name_first_by_group,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    spaced_text::sections(policy, |rows| rows.concat().join("\n") + "\n")
}
