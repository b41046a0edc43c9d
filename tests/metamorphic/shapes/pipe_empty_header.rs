//! A pipe table with an empty header row: the first row of the body is the header.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-empty-header",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let header = policy.header_row();
    let bold = rng.bool();
    let first: Vec<String> =
        header.iter().map(|text| if bold { format!("**{text}**") } else { text.clone() }).collect();
    let empty = vec![String::new(); header.len()];
    markdown::sections(policy, markdown::escaped, |rows| {
        markdown::table(&empty, &[std::slice::from_ref(&first), rows].concat())
    })
}
