//! HTML tables inside tables that only place things on the page.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "table-in-layout-tables",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let declared = html::sections(policy, |rows| html::table(&policy.header_row(), rows));
    let around = |inside: &str| {
        let side = html::around("td width=\"20\"", "");
        html::around("table border=\"0\"", &html::around("tr", &(side.clone() + &html::around("td", inside) + &side)))
    };
    around(&around(&declared))
}
