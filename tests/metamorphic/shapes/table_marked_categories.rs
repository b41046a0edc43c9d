//! An HTML table with a column for each category, and a mark in that of the cookie.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout::{self, Field};
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-marked-categories",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_field,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let Some(column) = policy.column(Field::Category) else {
        return html::sections(policy, |rows| html::table(&policy.header_row(), rows));
    };
    let (mark, other) = *rng.choice(&[("✓", ""), ("✓", "✗"), ("X", ""), ("●", "–")]).unwrap();
    html::sections(policy, |rows| {
        let mut groups: Vec<&str> =
            rows.iter().map(|row| row[column].as_str()).filter(|group| !group.is_empty()).collect();
        groups.dedup();
        let spread = |cells: &[String], marks: Vec<String>| [&cells[..column], &marks, &cells[column + 1..]].concat();
        let header = spread(&policy.header_row(), groups.iter().map(|group| (*group).to_owned()).collect());
        let marks =
            |own: &String| groups.iter().map(|group| if *group == own { mark } else { other }.to_owned()).collect();
        let marked: Vec<Vec<String>> = rows.iter().map(|row| spread(row, marks(&row[column]))).collect();
        html::table(&header, &marked)
    })
}
