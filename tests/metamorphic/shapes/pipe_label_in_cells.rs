//! A pipe table that repeats the label of the column in every cell, as tables for small screens do.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-label-in-cells",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let header = policy.header_row();
    let colon = if rng.bool() { ":" } else { "" };
    let labelled = |(label, cell): (&String, &String)| format!("{label}{colon} {cell}");
    markdown::sections(policy, markdown::escaped, |rows| {
        let rows: Vec<Vec<String>> = rows.iter().map(|row| header.iter().zip(row).map(labelled).collect()).collect();
        markdown::table(&header, &rows)
    })
}
