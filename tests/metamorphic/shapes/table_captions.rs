//! HTML tables whose captions name the category of their rows.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-captions",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_group,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let table = |section: crate::policy::Section| {
        let caption = section.heading.map_or_else(String::new, |heading| html::element("caption", &heading));
        let header = html::row("th", &policy.header_row());
        let rows: String = section.rows.iter().map(|row| html::row("td", row)).collect();
        html::around("table", &(caption + &header + &rows)) + "\n"
    };
    policy.sections().into_iter().map(table).collect()
}
