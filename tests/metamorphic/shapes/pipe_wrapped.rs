//! A pipe table without outer bars whose rows, and whose head, are wrapped like text: two blanks end each of them.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;
use crate::spaced_text::wrap;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-wrapped",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

/// Characters of a line.
const WIDTH: usize = 60;

fn body(policy: &Policy, _: &mut Rng) -> String {
    markdown::sections(policy, markdown::escaped, |rows| {
        let row = |cells: &Vec<String>| wrap(&cells.join("| ").replace('\n', ", "), WIDTH).join("\n") + "  \n";
        let rule = vec!["---"; policy.header_row().len()].join("|") + "  \n";
        row(&policy.header_row()) + &rule + &rows.iter().map(row).collect::<String>() + "  \n"
    })
}
