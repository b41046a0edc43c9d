//! Cookie names with open parts: which other names a pattern covers.

/// True where the anchored, case-sensitive pattern covers the name: each `*` stands for any characters, or for none.
///
/// The name may be a pattern too; a `*` in it is covered by a `*` alone.
pub fn covers(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let (middle, last) = rest.rsplit_once('*').map_or(("", rest), |(middle, last)| (middle, last));
    let Some(open) = name.strip_prefix(first).and_then(|open| open.strip_suffix(last)) else { return false };
    let mut rest = open;
    middle.split('*').all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything_and_all_else_for_itself() {
        for (pattern, name) in [
            ("_ga", "_ga"),
            ("_ga*", "_ga"),
            ("_ga*", "_gat"),
            ("_ga*", "_ga_*"),
            ("_pk_*.*", "_pk_id.1"),
            ("*", "x"),
            ("a*b*c", "abc"),
        ] {
            assert!(covers(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("_ga", "_gat"), ("_ga_*", "_ga"), ("_GA*", "_ga"), ("_pk_*.*", "_pk_id"), ("a*a", "a"), ("_ga_*", "_ga*")]
        {
            assert!(!covers(pattern, name), "{pattern} {name}");
        }
    }
}
