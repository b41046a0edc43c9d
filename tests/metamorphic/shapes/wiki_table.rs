//! Tables of MediaWiki: a line per cell, or all cells of a row on one.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "wiki-table",
    ending: "txt",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let on_one_line = rng.bool();
    spaced_text::sections(policy, |rows| {
        let row = |(index, cells): (usize, Vec<String>)| {
            let (mark, between) = if index == 0 { ("!", " !! ") } else { ("|", " || ") };
            let between = if on_one_line { between.to_owned() } else { format!("\n{mark} ") };
            format!("|-\n{mark} {}\n", cells.join(&between))
        };
        let rows: String = policy.below_header(rows).into_iter().enumerate().map(row).collect();
        format!("{{| class=\"wikitable\"\n{rows}|}}\n")
    })
}
