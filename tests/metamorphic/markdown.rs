//! Pieces of Markdown.

use crate::policy::{Policy, Section};

/// Text whose marks mean nothing.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A code span.
pub fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// A row of a pipe table; line feeds in cells are `<br>`.
pub fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('\n', "<br>")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The row below the header.
pub fn delimiter(width: usize) -> String {
    row(&vec!["---".to_owned(); width])
}

/// A table with its header.
pub fn table(header: &[String], rows: &[Vec<String>]) -> String {
    row(header) + &delimiter(header.len()) + &rows.iter().map(|cells| row(cells)).collect::<String>()
}

/// Each section under its heading, written by `body` from cells that `cell` has escaped.
pub fn sections(policy: &Policy, cell: fn(&str) -> String, body: impl Fn(&[Vec<String>]) -> String) -> String {
    let write = |section: Section| {
        let rows: Vec<Vec<String>> =
            section.rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        heading(section.heading.as_deref()) + &body(&rows)
    };
    policy.sections().into_iter().map(write).collect::<Vec<_>>().join("\n")
}

/// A heading of the third level, where there is one.
pub fn heading(text: Option<&str>) -> String {
    text.map_or_else(String::new, |text| format!("### {}\n\n", escaped(text)))
}
