//! Labels with their values, all of them on one line: cards of a page whose pieces a scraper joins with blanks.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "flowing-labels",
    ending: "txt",
    borders: Borders::Destroyed,
    special: Special::Nothing,
    layout: layout::name_first,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let headers = policy.header_row();
    let pair = |(label, value): (&String, &String)| format!("{label}: {value}\n");
    let card = |cells: &Vec<String>| headers.iter().zip(cells).map(pair).collect::<String>();
    let pieces = spaced_text::sections(policy, |rows| rows.iter().map(card).collect());
    pieces.split_whitespace().collect::<Vec<_>>().join(" ")
}
