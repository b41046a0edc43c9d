//! Columns held by spaces, so narrow that names are broken without a hyphen.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::policy::Policy;
use crate::spaced_text;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "layout-columns-broken-names",
    ending: "txt",
    borders: Borders::Flattened,
    special: Special::Nothing,
    layout: layout::any,
    body,
};

use crate::layout::Field;
use crate::spaced_text::{Placed, Spaced};

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let widest = 14 + rng.usize(..4);
    let spaced = Spaced { widest: 30, placed: Placed::Top, blank: 1, indent: 0 };
    let name = policy.column(Field::Name).unwrap();
    spaced_text::sections(policy, |rows| {
        let mut rows = rows.to_vec();
        rows.iter_mut().for_each(|cells| cells[name] = broken(&cells[name], widest));
        spaced.write(&policy.below_header(&rows))
    })
}

/// The name in lines of at most so many characters.
fn broken(name: &str, widest: usize) -> String {
    let characters: Vec<char> = name.chars().collect();
    characters.chunks(widest).map(String::from_iter).collect::<Vec<_>>().join("\n")
}
