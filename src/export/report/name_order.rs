//! The order in which a person looks names up: by the numbers within them (portal2 before portal10) and without regard to case.

use crate::text::caseless;

/// What a name is ordered by. Names that differ in case or in leading zeros alone are told apart by what they print.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameOrder {
    stretches: Vec<Stretch>,
    printed: String,
}

/// A stretch of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Stretch {
    /// Figures, without zeros before them: of those the longer ones are more.
    Number { length: usize, figures: String },
    /// What stands between figures.
    Word(String),
}

impl NameOrder {
    pub(super) fn of(name: &str) -> Self {
        let folded = caseless(name);
        let stretches = folded.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
        Self { stretches: stretches.map(Stretch::of).collect(), printed: name.to_owned() }
    }
}

impl Stretch {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        match bytes.first().is_some_and(u8::is_ascii_digit) {
            true => {
                let figures = text.trim_start_matches('0').to_owned();
                Self::Number { length: figures.len(), figures }
            }
            false => Self::Word(text.into_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_a_person_looks_for_them() {
        let ordered = [
            "",
            "2",
            "10",
            "_ga",
            "_GA",
            "Alder",
            "birch",
            "portal1.a",
            "Portal2.a",
            "portal02.a",
            "portal10.a",
            "Ünder",
        ];
        let mut names = ordered;
        names.reverse();
        names.sort_by_key(|name| NameOrder::of(name));
        let is_before =
            |a: &str, b: &str| names.iter().position(|name| *name == a) < names.iter().position(|name| *name == b);
        assert!(
            is_before("portal1.a", "Portal2.a")
                && is_before("portal02.a", "portal10.a")
                && is_before("Portal2.a", "portal10.a")
        );
        assert!(is_before("Alder", "birch") && is_before("birch", "portal1.a") && is_before("2", "10"), "{names:?}");
        let huge = format!("n{}", "9".repeat(60));
        assert!(NameOrder::of("n1") < NameOrder::of(&huge) && NameOrder::of(&huge) == NameOrder::of(&huge));
    }
}
