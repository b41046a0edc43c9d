//! A pipe table indented in a list item, which names the category where one is named.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-in-list",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::policy::Section;

fn body(policy: &Policy, _: &mut Rng) -> String {
    policy.sections().iter().map(|section| item(policy, section)).collect()
}

fn item(policy: &Policy, section: &Section) -> String {
    let rows: Vec<Vec<String>> =
        section.rows.iter().map(|row| row.iter().map(|cell| markdown::escaped(cell)).collect()).collect();
    let lead = section.heading.as_deref().unwrap_or(&policy.language.question);
    let table = markdown::table(&policy.header_row(), &rows);
    format!(
        "- {}\n\n{}\n",
        markdown::escaped(lead),
        table.lines().map(|line| format!("    {line}\n")).collect::<String>()
    )
}
