//! A pipe table with empty rows and columns between the full ones.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-spacers",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let every = 1 + rng.usize(..2);
    let spread =
        |cells: &[String]| -> Vec<String> { cells.iter().flat_map(|cell| [cell.clone(), String::new()]).collect() };
    let header = spread(&policy.header_row());
    let empty = vec![String::new(); header.len()];
    markdown::sections(policy, markdown::escaped, |rows| {
        let spaced = rows.chunks(every).flat_map(|rows| rows.iter().map(|row| spread(row)).chain([empty.clone()]));
        markdown::table(&header, &spaced.collect::<Vec<_>>())
    })
}
