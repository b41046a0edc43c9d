//! Sentences in Markdown that name cookies in code spans, and say no more of them.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "prose-code",
    ending: "md",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::names,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let most = 1 + rng.usize(..3);
    let sentence = |rows: &[Vec<String>]| {
        let names: Vec<String> = rows.iter().map(|cells| markdown::code(&cells[0])).collect();
        policy.language.mention.replace("{names}", &policy.listed(&names))
    };
    markdown::sections(policy, str::to_owned, |rows| rows.chunks(most).map(sentence).collect::<Vec<_>>().join("\n\n"))
}
