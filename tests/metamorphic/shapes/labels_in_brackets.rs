//! Labels in the brackets of Chinese and Japanese texts, each before its value, two on a line.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "labels-in-brackets",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let header = policy.header_row();
    let block = |row: &Vec<String>| {
        let pairs: Vec<String> = header.iter().zip(row).map(|(label, value)| format!("【{label}】{value}")).collect();
        let lines: Vec<String> = pairs.chunks(2).map(|pair| pair.join("\u{3000}")).collect();
        lines.join("\n") + "\n"
    };
    spaced_text::sections(policy, |rows| rows.iter().map(block).collect::<Vec<_>>().join("\n"))
}
