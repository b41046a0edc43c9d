//! An HTML table with one row per host that lists many names, parted by commas.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-hosts",
    ending: "html",
    borders: Borders::Kept,
    special: Special::SeveralNames,
    layout: layout::host_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    html::sections(policy, |rows| {
        let listed = |row: &Vec<String>| row.iter().map(|cell| cell.replace('\n', ", ")).collect();
        html::table(&policy.header_row(), &rows.iter().map(listed).collect::<Vec<_>>())
    })
}
