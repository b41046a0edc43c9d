//! A pipe table below a paragraph in bold that names the category of its rows.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-bold-lead-ins",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_group,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let mark = *rng.choice(&["**", "*"]).unwrap();
    let section = |section: crate::policy::Section| {
        let rows: Vec<Vec<String>> =
            section.rows.iter().map(|row| row.iter().map(|cell| markdown::escaped(cell)).collect()).collect();
        let lead = section.heading.map_or_else(String::new, |heading| format!("{mark}{heading}{mark}\n\n"));
        lead + &markdown::table(&policy.header_row(), &rows)
    };
    policy.sections().into_iter().map(section).collect::<Vec<_>>().join("\n")
}
