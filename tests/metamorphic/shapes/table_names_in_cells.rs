//! An HTML table with several names in a cell, parted by breaks, commas, semicolons, slashes or a word.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-names-in-cells",
    ending: "html",
    borders: Borders::Kept,
    special: Special::SeveralNames,
    layout: layout::any,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let separator = *rng.choice(&["\n", ", ", "; ", " / "]).unwrap();
    let last =
        if rng.bool() && separator == ", " { format!(" {} ", policy.language.and) } else { separator.to_owned() };
    let column = policy.column(Field::Name).unwrap();
    html::sections(policy, |rows| {
        let mut rows = rows.to_vec();
        rows.iter_mut().for_each(|row| row[column] = joined(&row[column], separator, &last));
        html::table(&policy.header_row(), &rows)
    })
}

fn joined(names: &str, separator: &str, last: &str) -> String {
    match names.rsplit_once('\n') {
        Some((before, name)) => before.replace('\n', separator) + last + name,
        None => names.to_owned(),
    }
}
