//! A pipe table as it should be, names escaped.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-table",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    markdown::sections(policy, markdown::escaped, |rows| markdown::table(&policy.header_row(), rows))
}
