//! A pipe table with several names in a cell, whose lifetimes are told name by name in theirs.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "durations-by-name",
    ending: "md",
    borders: Borders::Kept,
    special: Special::SeveralLifetimes,
    layout: layout::any,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, _: &mut Rng) -> String {
    let (name, duration) = (policy.column(Field::Name).unwrap(), policy.column(Field::Duration).unwrap());
    let row = |cells: &Vec<String>| {
        let mut out: Vec<String> = cells.iter().map(|cell| cell.replace('\n', ", ")).collect();
        let pairs = cells[name].split('\n').zip(cells[duration].split('\n'));
        if cells[name].contains('\n') {
            out[duration] = pairs.map(|(name, lifetime)| format!("{name}: {lifetime}.")).collect::<Vec<_>>().join(" ");
        }
        out
    };
    let table = |rows: &[Vec<String>]| markdown::table(&policy.header_row(), &rows.iter().map(row).collect::<Vec<_>>());
    markdown::sections(policy, markdown::escaped, table)
}
