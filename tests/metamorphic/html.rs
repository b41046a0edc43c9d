//! Pieces of HTML.

use crate::policy::{Policy, Section};

/// Text whose marks mean nothing; line feeds are `<br>`.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

/// An element of plain text.
pub fn element(name: &str, text: &str) -> String {
    around(name, &escaped(text))
}

/// An element of what is markup already. Attributes may follow the name.
pub fn around(name: &str, inside: &str) -> String {
    let end = name.split(' ').next().unwrap();
    format!("<{name}>{inside}</{end}>")
}

/// A row whose cells are elements of a name.
pub fn row(cell: &str, cells: &[String]) -> String {
    let cells: String = cells.iter().map(|text| element(cell, text)).collect();
    around("tr", &cells) + "\n"
}

/// A table with its header.
pub fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let body: String = rows.iter().map(|cells| row("td", cells)).collect();
    format!("<table>\n<thead>\n{}</thead>\n<tbody>\n{body}</tbody>\n</table>\n", row("th", header))
}

/// Each section under its heading.
pub fn sections(policy: &Policy, body: impl Fn(&[Vec<String>]) -> String) -> String {
    let write = |section: Section| {
        let heading = section.heading.map_or_else(String::new, |heading| element("h3", &heading) + "\n");
        heading + &body(&section.rows)
    };
    policy.sections().into_iter().map(write).collect()
}
