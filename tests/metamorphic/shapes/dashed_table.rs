//! The simple table of pandoc as plain text: a rule of dashes below the header sets the columns.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "dashed-table",
    ending: "txt",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::name_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    spaced_text::sections(policy, |rows| {
        let printed = policy.below_header(rows);
        let width = |column: usize| printed.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..printed[0].len()).map(|column| width(column).max(3)).collect();
        let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(" ");
        let mut lines: Vec<String> = printed.iter().map(|row| padded(row, &widths)).collect();
        lines.insert(1, rule);
        lines.join("\n") + "\n"
    })
}

fn padded(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
    cells.collect::<Vec<_>>().join(" ").trim_end().to_owned()
}
