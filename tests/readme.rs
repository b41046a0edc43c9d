//! The README's list of codes is the list of the code: each with its remedy, in order, and no other.
#![allow(clippy::unwrap_used)]

use polinorm::Code;

#[test]
fn the_readme_explains_every_code() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let table = readme.split("## Errors and warnings").nth(1).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let explained: Vec<_> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            assert!(cells.len() == 3 && !cells[1].is_empty(), "{row}");
            (cells[0].trim_matches('`').to_owned(), cells[2].to_owned())
        })
        .collect();
    let known: Vec<_> = Code::all().map(|code| (code.as_str().to_owned(), code.remedy().to_owned())).collect();
    assert_eq!(explained, known);
}
