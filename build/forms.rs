//! The normal forms of text as `src/text/fold.rs` looks them up: what each makes of each character that has a step.

use super::rules::{GAP, LETTERS, PUNCTUATION, SKIP, Step, caseless, loose, plain};
use super::source::structure;

/// The forms, by the names that `fold` knows them by.
pub fn source() -> String {
    form("PLAIN", "plain", plain) + &form("CASELESS", "caseless", caseless) + &form("LOOSE", "loose", loose)
}

/// A `Form`.
fn form(name: &str, rule: &str, fold: fn(&str) -> String) -> String {
    let character = |code: usize| char::from_u32(code as u32).expect("no surrogate is among them");
    let step = |code: usize| Step::by_rule(character(code), fold);
    let ascii: Vec<u8> = (0..128).map(|code| byte(step(code))).collect();
    let steps: Vec<String> = (0..LETTERS).chain(PUNCTUATION).map(|code| format!("Step::{:?}", step(code))).collect();
    let fields = [
        ("rule", format!("super::rules::{rule}")),
        ("ascii", format!("{ascii:?}")),
        ("steps", format!("[{}]", steps.join(", "))),
    ];
    format!("static {name}: Form = {};\n", structure("Form", fields))
}

/// A step of an ASCII character in one byte.
fn byte(step: Step) -> u8 {
    match step {
        Step::Skip => SKIP,
        Step::Gap => GAP,
        Step::One(c) => u8::try_from(c).expect("ASCII stays ASCII"),
        Step::Several(..) | Step::Rule => {
            unreachable!("no character of ASCII is folded to several or depends on others")
        }
    }
}
