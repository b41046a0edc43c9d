//! Pipes in plain text, cells padded to columns.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipes-in-text",
    ending: "txt",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let width = policy.layout.fields.len();
    spaced_text::sections(policy, |rows| {
        let rows = policy.below_header(rows);
        let widest = |column: usize| rows.iter().map(|cells| cells[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..width).map(widest).collect();
        let line = |cells: &Vec<String>| {
            let padded: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            format!("| {} |\n", padded.join(" | "))
        };
        rows.iter().map(line).collect()
    })
}
