//! Sentences that name cookies in quotes, and say no more of them.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "prose",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::names,
    body,
};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let language = policy.language;
    let quoted = |row: &Vec<String>| language.quotes.replace('~', &row[0]);
    let sentence = |rows: &[Vec<String>]| {
        let names: Vec<String> = rows.iter().map(quoted).collect();
        language.mention.replace("{names}", &policy.listed(&names))
    };
    let most = 1 + rng.usize(..3);
    spaced_text::sections(policy, |rows| rows.chunks(most).map(sentence).collect::<Vec<_>>().join("\n\n"))
}
