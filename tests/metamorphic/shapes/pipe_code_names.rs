//! A pipe table with names in code spans and links around who sets them.

use fastrand::Rng;

use super::{Borders, Shape};
use crate::facts::Special;
use crate::layout;
use crate::markdown;
use crate::policy::Policy;

/// See above.
pub const SHAPE: Shape = Shape {
    name: "pipe-code-names",
    ending: "md",
    borders: Borders::Kept,
    special: Special::SeveralNames,
    layout: layout::any,
    body,
};

use crate::layout::Field;

fn body(policy: &Policy, rng: &mut Rng) -> String {
    let separator = *rng.choice(&[", ", "<br>", " / "]).unwrap();
    let cell = |field: Field, text: &str| match field {
        Field::Name => text.split('\n').map(markdown::code).collect::<Vec<_>>().join(separator),
        Field::Provider => format!("[{}](https://policies.example/privacy)", markdown::escaped(text)),
        _ => markdown::escaped(text),
    };
    let row =
        |cells: &Vec<String>| policy.layout.fields.iter().zip(cells).map(|(field, text)| cell(*field, text)).collect();
    let table = |rows: &[Vec<String>]| markdown::table(&policy.header_row(), &rows.iter().map(row).collect::<Vec<_>>());
    markdown::sections(policy, str::to_owned, table)
}
