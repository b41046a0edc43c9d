//! Cells parted by tabs, long ones broken: the rest stands on the next line below its own column.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "tabs-wrapped",
    ending: "txt",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let widest = 30 + rng.usize(..20);
    let row = |cells: &Vec<String>| {
        let cells: Vec<Vec<String>> = cells.iter().map(|cell| spaced_text::wrap(cell, widest)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let line = |index: usize| {
            let texts = cells.iter().map(|lines| lines.get(index).map_or("", String::as_str));
            texts.collect::<Vec<_>>().join("\t").trim_end().to_owned() + "\n"
        };
        (0..height).map(line).collect::<String>()
    };
    spaced_text::sections(policy, |rows| policy.below_header(rows).iter().map(row).collect())
}
