//! One cell per line below one header for all groups, whose names stand between the rows.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "lines-below-groups",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::name_first_by_group,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let rows =
        policy.sections().into_iter().flat_map(|section| section.heading.into_iter().chain(section.rows.concat()));
    let lines: Vec<String> = policy.header_row().into_iter().chain(rows).collect();
    lines.join("\n") + "\n"
}
