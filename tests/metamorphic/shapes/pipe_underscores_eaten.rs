//! A pipe table written by hand: names begin and end with underscores that Markdown takes for emphasis.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-underscores-eaten",
    ending: "md",
    borders: Borders::Kept,
    special: Special::NamesInUnderscores,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let row = |cells: &Vec<String>| cells.iter().map(|text| by_hand(text)).collect();
    let table = |rows: &[Vec<String>]| markdown::table(&policy.header_row(), &rows.iter().map(row).collect::<Vec<_>>());
    markdown::sections(policy, str::to_owned, table)
}

/// Escaped only where it would break the table or vanish as a tag.
fn by_hand(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "\\<")
}
