//! A pipe table that prints who sets the cookies once, and leaves the cells below empty or drops them, so that the others shift.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Sharing;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-provider-once",
    ending: "md",
    borders: Borders::Kept,
    sharing: Sharing::Setter,
    layout: layout::provider_first,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let dropped = rng.bool();
    let once = |rows: &[Vec<String>]| {
        let mut above = "";
        let mut out = Vec::new();
        for row in rows {
            let mut cells = row.clone();
            if row[0] == above {
                cells[0].clear();
                if dropped {
                    cells.remove(0);
                }
            }
            above = &row[0];
            out.push(cells);
        }
        markdown::table(&policy.header_row(), &out)
    };
    markdown::sections(policy, markdown::escaped, once)
}
