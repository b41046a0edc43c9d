//! A generated declaration: over each HTML table the category with the number of its cookies, and a sentence about it.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::html;
use crate::layout;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "generated-declaration",
    ending: "html",
    borders: Borders::Kept,
    special: Special::Nothing,
    layout: layout::by_group,
    body,
};

fn body(policy: &Policy, _: &mut Rng) -> String {
    let language = policy.language;
    let part = |(index, section): (usize, crate::policy::Section)| {
        let heading = section.heading.unwrap_or_else(|| language.question.clone());
        let heading = html::element("h3", &format!("{heading} ({})", section.rows.len()));
        let sentence = html::element("p", &language.purposes[index]);
        [heading, sentence, html::table(&policy.header_row(), &section.rows)].join("\n")
    };
    policy.sections().into_iter().enumerate().map(part).collect()
}
