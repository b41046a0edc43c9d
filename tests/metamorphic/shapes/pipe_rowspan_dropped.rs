//! A pipe table made from one with spans: the cells below the first of a run are gone and the others have moved left.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-rowspan-dropped",
    ending: "md",
    borders: Borders::Kept,
    special: Special::SettersInRuns,
    layout: layout::provider_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let row = |above: Option<&Vec<String>>, cells: &Vec<String>| match above {
        Some(above) if above[0] == cells[0] => cells[1..].to_vec(),
        _ => cells.clone(),
    };
    markdown::sections(policy, markdown::escaped, |rows| {
        let above = std::iter::once(None).chain(rows.iter().map(Some));
        let rows: Vec<Vec<String>> = above.zip(rows).map(|(above, cells)| row(above, cells)).collect();
        markdown::table(&policy.header_row(), &rows)
    })
}
