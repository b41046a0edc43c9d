//! Rows of pipes without the delimiter row that Markdown asks for.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-no-delimiter",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    markdown::sections(policy, markdown::escaped, |rows| {
        policy.below_header(rows).iter().map(|row| markdown::row(row)).collect()
    })
}
