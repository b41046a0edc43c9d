//! An HTML table whose first cell spans all rows of whoever sets the cookies.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-rowspan",
    ending: "html",
    borders: Borders::Kept,
    special: Special::SettersInRuns,
    layout: layout::provider_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    html::sections(policy, |rows| {
        let header = html::row("th", &policy.header_row());
        let runs = rows.chunk_by(|above, below| above[0] == below[0]);
        html::around("table", &(header + &runs.map(run).collect::<String>())) + "\n"
    })
}

/// Rows with the same first cell.
fn run(rows: &[Vec<String>]) -> String {
    let spanning = html::around(&format!("td rowspan=\"{}\"", rows.len()), &html::escaped(&rows[0][0]));
    let rest = |row: &Vec<String>| row[1..].iter().map(|cell| html::element("td", cell)).collect::<String>();
    let line =
        |(index, row)| html::around("tr", &(if index == 0 { spanning.clone() + &rest(row) } else { rest(row) })) + "\n";
    rows.iter().enumerate().map(line).collect()
}
