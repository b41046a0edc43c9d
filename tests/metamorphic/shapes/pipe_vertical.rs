//! A pipe table for each cookie, with an empty header and a row per field: its label, then its value.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-vertical",
    ending: "md",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let bold = rng.bool();
    let label = |text: String| if bold { format!("**{text}**") } else { text };
    let header = policy.header_row();
    let cookie = |cells: &Vec<String>| {
        let rows: Vec<Vec<String>> =
            header.iter().zip(cells).map(|(text, value)| vec![label(text.clone()), value.clone()]).collect();
        markdown::table(&[String::new(), String::new()], &rows)
    };
    markdown::sections(policy, markdown::escaped, |rows| rows.iter().map(cookie).collect::<Vec<_>>().join("\n"))
}
