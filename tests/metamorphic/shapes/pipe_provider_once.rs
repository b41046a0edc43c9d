//! A pipe table that prints who sets the cookies once and leaves the cells below empty.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-provider-once",
    ending: "md",
    borders: Borders::Kept,
    special: Special::SettersInRuns,
    layout: layout::provider_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let once = |rows: &[Vec<String>]| {
        let mut above = "";
        let mut out = Vec::new();
        for row in rows {
            let mut cells = row.clone();
            if row[0] == above {
                cells[0].clear();
            }
            above = &row[0];
            out.push(cells);
        }
        markdown::table(&policy.header_row(), &out)
    };
    markdown::sections(policy, markdown::escaped, once)
}
