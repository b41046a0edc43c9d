//! An HTML table with two cookies side by side in each row, each below the same headers.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-side-by-side",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::three,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let header = [policy.header_row(), policy.header_row()].concat();
    html::sections(policy, |rows| {
        let pairs: Vec<Vec<String>> = rows.chunks(2).map(|pair| beside(pair, header.len())).collect();
        html::table(&header, &pairs)
    })
}

/// The cells of one row or two, and blank ones up to a width.
fn beside(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let mut cells = rows.concat();
    cells.resize(width, String::new());
    cells
}
