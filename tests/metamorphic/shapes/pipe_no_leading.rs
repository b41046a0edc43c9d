//! A pipe table without pipes at the ends of its lines.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-no-leading",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let bare = |line: &str| line.trim_start_matches("| ").trim_end_matches(" |").to_owned() + "\n";
    markdown::sections(policy, markdown::escaped, |rows| {
        markdown::table(&policy.header_row(), rows).lines().map(bare).collect()
    })
}
