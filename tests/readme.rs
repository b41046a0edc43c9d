//! The README's lists of codes and rules are those of the code: each code with its remedy, in order, and no other.
#![allow(clippy::unwrap_used)]

use polinorm::Code;
use polinorm::flags::RULES;

/// The rows of the first table under a heading of the README, cell by cell.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let part = readme.split(&format!("## {heading}\n")).nth(1).unwrap();
    let lines = part.lines().take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| `"));
    lines.map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn the_readme_explains_every_code() {
    let explained: Vec<_> = rows("Errors and warnings")
        .iter()
        .map(|cells| {
            assert!(cells.len() == 3 && !cells[1].is_empty(), "{cells:?}");
            (cells[0].trim_matches('`').to_owned(), cells[2].clone())
        })
        .collect();
    let known: Vec<_> = Code::all().map(|code| (code.as_str().to_owned(), code.remedy().to_owned())).collect();
    assert_eq!(explained, known);
}

#[test]
fn the_readme_lists_every_rule() {
    let listed: Vec<_> = rows("Flags").iter().map(|cells| cells[0].trim_matches('`').to_owned()).collect();
    assert_eq!(listed, RULES.iter().map(|rule| rule.id()).collect::<Vec<_>>());
}
