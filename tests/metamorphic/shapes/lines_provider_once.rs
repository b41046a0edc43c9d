//! One cell per line, whoever sets the cookies once before all rows of theirs: a cell that reached down over them.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "lines-provider-once",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::SettersInRuns,
    layout: layout::provider_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    spaced_text::sections(policy, |rows| {
        let runs = rows.chunk_by(|above, below| above[0] == below[0]);
        let cells = |run: &[Vec<String>]| {
            let own = run.iter().flat_map(|row| row[1..].to_vec());
            std::iter::once(run[0][0].clone()).chain(own).collect::<Vec<_>>()
        };
        let lines: Vec<String> = policy.header_row().into_iter().chain(runs.flat_map(cells)).collect();
        lines.join("\n") + "\n"
    })
}
