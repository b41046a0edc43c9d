//! All words of the declaration on one line, a blank between any two pieces: what is left where a scraper joins the texts of a page so.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "flowing-table",
    ending: "txt",
    borders: Borders::Destroyed,
    special: Special::Nothing,
    layout: layout::name_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let pieces = spaced_text::sections(policy, |rows| policy.below_header(rows).concat().join("\n") + "\n");
    pieces.split_whitespace().collect::<Vec<_>>().join(" ")
}
