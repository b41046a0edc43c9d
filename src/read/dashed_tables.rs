//! The simple and multiline tables of pandoc, in its Markdown and in its plain text: their columns are where the dashes of a rule
//! stand. CommonMark has none, and takes their lines for paragraphs and headings.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::Taken;
use crate::block::{Block, Cell, Rich, Row, Table};
use crate::text::Span;

/// A rule has at most this many columns.
const MOST_COLUMNS: usize = 32;
/// A head has at most this many lines.
const MOST_HEAD_LINES: usize = 4;

/// What the words of a cell are, with their marks where the format has any.
pub(super) type CellReader = fn(&str) -> Rich;

/// The words of a cell in a format without marks.
pub(super) fn plain(cell: &str) -> Rich {
    Rich::plain(cell)
}

/// Takes the dashed tables out of a text.
pub(super) fn take(text: &str, cell: CellReader) -> Taken<'_> {
    if memmem::find(text.as_bytes(), b"---").is_none() {
        return Taken { text: Cow::Borrowed(text), tables: Vec::new() };
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut left = lines.clone();
    let mut tables = Vec::new();
    let mut free = 0;
    for rule in 1..lines.len() {
        let Some(found) = Found::at(&lines, rule, free) else { continue };
        free = found.place.end;
        left[found.place.clone()].fill("");
        tables.push(found.table(&lines, cell));
    }
    let text = if tables.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(left.join("\n")) };
    Taken { text, tables }
}

/// Where a table stands.
struct Found {
    /// All its lines, rules and all.
    place: Range<usize>,
    head: Range<usize>,
    body: Range<usize>,
    /// The character at which each column begins.
    columns: Vec<usize>,
    /// True where blank lines part its rows, which may be several lines high.
    multiline: bool,
}

impl Found {
    /// The table whose columns the rule at a line sets; no line before `free` is one of it.
    fn at(lines: &[&str], rule: usize, free: usize) -> Option<Self> {
        let columns = columns(lines[rule])?;
        let head = head(lines, rule, free);
        let multiline = head.start > free && is_line(lines[head.start - 1]);
        // A table holds no second rule.
        let ends = |line: &str| is_line(line) || self::columns(line).is_some() || !multiline && line.trim().is_empty();
        let end = (rule + 1..lines.len()).find(|at| ends(lines[*at]));
        let body = rule + 1..end.unwrap_or(lines.len());
        let closed = end.is_some_and(|end| is_line(lines[end]) || self::columns(lines[end]).as_ref() == Some(&columns));
        let filled = !head.is_empty() && lines[body.clone()].iter().any(|line| !line.trim().is_empty());
        let fits = || fits(&lines[head.clone()], &columns) && fits(&lines[body.clone()], &columns);
        let whole = (closed || !multiline) && filled && fits();
        let place = head.start - usize::from(multiline)..body.end + usize::from(closed);
        whole.then_some(Self { place, head, body, columns, multiline })
    }

    fn table(&self, lines: &[&str], cell: CellReader) -> Block {
        let mut rows = vec![self.row(lines, self.head.clone(), true, cell)];
        let mut start = self.body.start;
        for at in self.body.clone() {
            let last = at + 1 == self.body.end || !self.multiline || lines[at + 1].trim().is_empty();
            if last && !lines[start..=at].concat().trim().is_empty() {
                rows.push(self.row(lines, start..at + 1, false, cell));
            }
            start = if last { at + 1 } else { start };
        }
        Block::table(Table { rows, ..Table::default() }, span(&self.place))
    }

    fn row(&self, lines: &[&str], printed: Range<usize>, head: bool, cell: CellReader) -> Row {
        let ends = self.columns.iter().skip(1).copied().chain([usize::MAX]);
        let cells = self.columns.iter().zip(ends).enumerate().map(|(at, (start, end))| {
            let start = if at == 0 { 0 } else { *start };
            let parts = lines[printed.clone()].iter().map(|line| part(line, start, end).trim());
            Cell::new(cell(&parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")))
        });
        Row { cells: cells.collect(), head, span: span(&printed) }
    }
}

fn span(lines: &Range<usize>) -> Span {
    let first = lines.clone().next().unwrap_or(lines.end) as u32 + 1;
    Span::lines(first, lines.end as u32)
}

/// The lines right above a rule.
fn head(lines: &[&str], rule: usize, free: usize) -> Range<usize> {
    let blank = |at: &usize| lines[*at].trim().is_empty() || is_line(lines[*at]);
    let start = (free..rule).rev().take(MOST_HEAD_LINES + 1).find(blank).map(|at| at + 1);
    start.unwrap_or(if rule - free <= MOST_HEAD_LINES { free } else { rule })..rule
}

/// Dashes from end to end: the line above and below a multiline table.
fn is_line(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && line.bytes().all(|byte| byte == b'-')
}

/// Where each run of dashes begins, in a line of two runs or more and nothing else.
fn columns(line: &str) -> Option<Vec<usize>> {
    let dashed = line.trim_start().starts_with("---") && line.bytes().all(|byte| matches!(byte, b'-' | b' ' | b'\r'));
    let bytes = line.as_bytes();
    let begins = |at: &usize| bytes[*at] == b'-' && (*at == 0 || bytes[*at - 1] == b' ');
    let starts: Vec<usize> = if dashed { (0..bytes.len()).filter(begins).collect() } else { Vec::new() };
    let runs = line.split_ascii_whitespace().all(|run| run.len() >= 3);
    (runs && (2..=MOST_COLUMNS).contains(&starts.len())).then_some(starts)
}

/// True where nothing is printed across the left edge of a column.
fn fits(lines: &[&str], columns: &[usize]) -> bool {
    let gaps = || columns[1..].iter();
    lines.iter().all(|line| gaps().all(|start| part(line, start - 1, *start).trim().is_empty()))
}

/// The characters of a line from one to before another.
fn part(line: &str, start: usize, end: usize) -> &str {
    let at = |character: usize| line.char_indices().nth(character).map_or(line.len(), |(at, _)| at);
    &line[at(start)..at(end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let taken = take(text, plain);
        let rows = taken.tables.iter().filter_map(Block::as_table).flat_map(|table| &table.rows);
        rows.map(|row| row.cells.iter().map(|cell| cell.text.text.to_string()).collect()).collect()
    }

    #[test]
    fn a_rule_sets_the_columns() {
        let simple = "Before.\n\nName  For\n----- -------\na_b   counts\nc_d   keeps\n\nBehind.";
        assert_eq!(cells(simple), [["Name", "For"], ["a_b", "counts"], ["c_d", "keeps"]]);
        assert_eq!(take(simple, plain).text, "Before.\n\n\n\n\n\n\nBehind.");
        let line = "------------------";
        let high = format!(
            "{line}\n Name   For\n------ -----------\n a_b    counts\n        visits\n\n c      keeps\n{line}\n"
        );
        assert_eq!(cells(&high), [["Name", "For"], ["a_b", "counts visits"], ["c", "keeps"]]);
    }

    #[test]
    fn other_dashes_are_left() {
        for text in
            ["Title\n-----\n\ntext", "a\n\n--- ---\n\nb", "Name  For\n----- -------\nacross columns here\n", "---\n---"]
        {
            assert_eq!(take(text, plain).tables, [], "{text}");
        }
    }
}
