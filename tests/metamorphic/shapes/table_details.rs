//! HTML tables folded away in `<details>`, whose summary names the category.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-details",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_group,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let folded = |section: crate::policy::Section| {
        let summary = section.heading.unwrap_or_else(|| policy.language.question.clone());
        let table = html::table(&policy.header_row(), &section.rows);
        html::around("details", &(html::element("summary", &summary) + &table)) + "\n"
    };
    policy.sections().into_iter().map(folded).collect()
}
