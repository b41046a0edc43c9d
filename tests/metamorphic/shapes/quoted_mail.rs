//! A line per cell, quoted in a mail: a mark before every line, blank ones too.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "quoted-mail",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let text = spaced_text::sections(policy, |rows| policy.below_header(rows).concat().join("\n") + "\n");
    text.lines().map(|line| format!("> {line}").trim_end().to_owned() + "\n").chain([">\n".to_owned()]).collect()
}
