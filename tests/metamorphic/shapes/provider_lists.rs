//! A list in Markdown of whose cookies there are: "Acme: _a, _b (2 years)".

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "provider-lists",
    ending: "md",
    borders: Borders::Flattened,
    special: Special::SettersInRuns,
    layout: layout::owned,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let same = |above: &Vec<String>, row: &Vec<String>| above[0] == row[0] && above[2] == row[2];
    let item = |rows: &[Vec<String>]| {
        let names: Vec<&str> = rows.iter().map(|row| &*row[1]).collect();
        format!("- {}: {} ({})\n", rows[0][0], names.join(", "), rows[0][2])
    };
    markdown::sections(policy, markdown::escaped, |rows| rows.chunk_by(same).map(item).collect())
}
