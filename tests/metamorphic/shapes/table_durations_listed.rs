//! An HTML table with a list of lifetimes beside a list of names.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-durations-listed",
    ending: "html",
    borders: Borders::Kept,
    special: Special::SeveralLifetimes,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let separator = *rng.choice(&["\n", ", ", "; "]).unwrap();
    html::sections(policy, |rows| {
        let listed = |row: &Vec<String>| row.iter().map(|cell| cell.replace('\n', separator)).collect();
        html::table(&policy.header_row(), &rows.iter().map(listed).collect::<Vec<_>>())
    })
}
