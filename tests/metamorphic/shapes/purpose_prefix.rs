//! A pipe table whose purposes open with the category in capitals.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "purpose-prefix",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_group,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, _: &mut Rng) -> String {
    let column = policy.column(Field::Purpose).unwrap();
    let prefixed = |section: &crate::policy::Section, row: &Vec<String>| {
        let mut cells: Vec<String> = row.iter().map(|cell| markdown::escaped(cell)).collect();
        if let Some(heading) = &section.heading {
            cells[column] = format!("{}: {}", heading.to_uppercase(), cells[column]);
        }
        cells
    };
    let sections = policy.sections();
    let rows = sections.iter().flat_map(|section| section.rows.iter().map(move |row| prefixed(section, row)));
    markdown::table(&policy.header_row(), &rows.collect::<Vec<_>>())
}
