//! Tables in text whose columns are held by spaces, and the sections of text documents.

use crate::policy::{Policy, Section};

/// Blanks between columns.
const GAP: usize = 3;

/// Where the lines of a cell stand in a row that has more lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    Top,
    Middle,
}

/// How columns are held.
#[derive(Debug, Clone, Copy)]
pub struct Spaced {
    /// Cells wider than this are wrapped.
    pub widest: usize,
    /// Where short cells stand.
    pub placed: Placed,
    /// Lines left blank between rows.
    pub blank: usize,
    /// Blanks before each line.
    pub indent: usize,
}

impl Spaced {
    /// The rows as lines.
    pub fn write(self, rows: &[Vec<String>]) -> String {
        let wrapped: Vec<Vec<Vec<String>>> =
            rows.iter().map(|row| row.iter().map(|cell| wrap(cell, self.widest)).collect()).collect();
        let columns = rows.first().map_or(0, Vec::len);
        let width_of = |column: usize| wrapped.iter().flat_map(|row| &row[column]).map(|line| length(line)).max();
        let widths: Vec<usize> = (0..columns).map(|column| width_of(column).unwrap_or(0) + GAP).collect();
        let rows = wrapped.iter().map(|row| self.row(row, &widths));
        rows.collect::<Vec<_>>().join(&"\n".repeat(self.blank))
    }

    fn row(self, cells: &[Vec<String>], widths: &[usize]) -> String {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let line = |index: usize| {
            let text = |cell: &Vec<String>| self.line_of(cell, height, index).to_owned();
            let padded = cells.iter().zip(widths).map(|(cell, width)| pad(&text(cell), *width));
            let line = " ".repeat(self.indent) + &padded.collect::<String>();
            line.trim_end().to_owned() + "\n"
        };
        (0..height).map(line).collect()
    }

    fn line_of(self, cell: &[String], height: usize, index: usize) -> &str {
        let above = if self.placed == Placed::Middle { (height - cell.len()) / 2 } else { 0 };
        index.checked_sub(above).and_then(|index| cell.get(index)).map_or("", String::as_str)
    }
}

/// Each section under its heading; headings are lines of their own.
pub fn sections(policy: &Policy, body: impl Fn(&[Vec<String>]) -> String) -> String {
    let write = |section: Section| {
        let heading = section.heading.map_or_else(String::new, |heading| heading + "\n\n");
        heading + &body(&section.rows)
    };
    policy.sections().into_iter().map(write).collect::<Vec<_>>().join("\n")
}

/// The lines of a cell, broken between words; a longer word stands alone.
pub fn wrap(text: &str, widest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && length(&line) + 1 + length(word) > widest {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn pad(text: &str, width: usize) -> String {
    text.to_owned() + &" ".repeat(width.saturating_sub(length(text)))
}
