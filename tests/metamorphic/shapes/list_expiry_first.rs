//! A list in Markdown: the name in a code span, the lifetime in brackets, then the purpose.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "list-expiry-first",
    ending: "md",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::three,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let colon = *rng.choice(&[": ", " – "]).unwrap();
    let item = |cells: &Vec<String>| {
        format!("- {} ({}){colon}{}\n", markdown::code(&cells[0]), cells[2], markdown::escaped(&cells[1]))
    };
    markdown::sections(policy, str::to_owned, |rows| rows.iter().map(item).collect())
}
