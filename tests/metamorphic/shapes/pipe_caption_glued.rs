//! A pipe table whose caption stands on the line of the delimiter row, as converters leave it; its header is the first row.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-caption-glued",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let header = policy.header_row();
    let caption = &policy.language.question;
    markdown::sections(policy, markdown::escaped, |rows| {
        let rows: String = policy.below_header(rows).iter().map(|row| markdown::row(row)).collect();
        format!("{caption}{}{rows}", markdown::delimiter(header.len()))
    })
}
