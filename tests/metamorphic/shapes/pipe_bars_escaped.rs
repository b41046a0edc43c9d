//! A pipe table with bars in its cells, escaped.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-bars-escaped",
    ending: "md",
    borders: Borders::Kept,
    special: Special::BarsInPurposes,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    markdown::sections(policy, markdown::escaped, |rows| markdown::table(&policy.header_row(), rows))
}
