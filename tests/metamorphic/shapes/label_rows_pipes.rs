//! A pipe table with a row above those of each category that holds its name alone, or in every cell.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "label-rows-pipes",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_group,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let width = policy.layout.fields.len();
    let repeated = rng.bool();
    let mut rows = Vec::new();
    for section in policy.sections() {
        if let Some(heading) = section.heading {
            let rest = if repeated { heading.clone() } else { String::new() };
            rows.push([vec![heading], vec![rest; width - 1]].concat());
        }
        rows.extend(section.rows.iter().map(|row| row.iter().map(|cell| markdown::escaped(cell)).collect::<Vec<_>>()));
    }
    markdown::table(&policy.header_row(), &rows)
}
