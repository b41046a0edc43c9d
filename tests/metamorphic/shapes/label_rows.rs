//! An HTML table with a row over its whole width above the rows of each category.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "label-rows",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_group,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let width = policy.layout.fields.len();
    let cell = *rng.choice(&["td", "th"]).unwrap();
    let mut rows = html::row("th", &policy.header_row());
    for section in policy.sections() {
        if let Some(heading) = &section.heading {
            rows += &html::around("tr", &html::around(&format!("{cell} colspan=\"{width}\""), &html::escaped(heading)));
        }
        rows.extend(section.rows.iter().map(|row| html::row("td", row)));
    }
    html::around("table", &rows)
}
