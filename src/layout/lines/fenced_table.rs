//! Tables of AsciiDoc: between two fences, a bar before each cell, a row on one line or on several.

use super::line::Line;
use super::run::{Run, table_block};
use crate::block::{Cell, Row};
use crate::text::Span;

const FENCE: &str = "|===";

/// The table that begins with the first line, if that is a fence and another one closes it.
pub(super) fn fenced_run(lines: &[Line]) -> Option<Run> {
    if lines[0].text().trim() != FENCE {
        return None;
    }
    let end = lines[1..].iter().position(|line| line.text().trim() == FENCE)? + 1;
    let inner = &lines[1..end];
    let width = width(inner)?;
    let rows = rows(cells(inner)?, width);
    (rows.len() >= 2).then(|| Run::new(table_block(rows), end + 1))
}

/// A cell and the lines that it stands on.
struct Placed {
    text: String,
    span: Span,
    reach: Reach,
}

/// How many columns and rows a cell covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    columns: u16,
    rows: u16,
}

/// Columns that a cell may cover.
const MOST_COLUMNS: u16 = 12;

impl Reach {
    const ONE: Self = Self { columns: 1, rows: 1 };

    /// `4+`, `.3+`, `2.3+`: what stands before the bar of a cell.
    fn of(text: &str) -> Option<Self> {
        let counts = text.strip_suffix('+')?;
        let (columns, rows) = counts.split_once('.').unwrap_or((counts, ""));
        let count = |digits: &str| if digits.is_empty() { Some(1) } else { digits.parse().ok() };
        let reach = Self { columns: count(columns)?, rows: count(rows)? };
        // "for 18+" is an age.
        (!counts.is_empty() && (1..=MOST_COLUMNS).contains(&reach.columns) && reach.rows > 0).then_some(reach)
    }
}

/// How many cells a row has: as many as the first line, or else as the first lines up to a blank one.
fn width(lines: &[Line]) -> Option<usize> {
    let mut printed = lines.iter().skip_while(|line| line.is_blank());
    let bars = |line: &Line| line.text().matches('|').count();
    let first = bars(printed.next()?);
    let below = printed.take_while(|line| !line.is_blank()).map(bars).sum::<usize>();
    let width = if first > 1 { first } else { first + below };
    (width >= 2).then_some(width)
}

/// The cells, a line without a bar going on the cell above; none where the first line has no bar at its front.
fn cells(lines: &[Line]) -> Option<Vec<Placed>> {
    let mut cells: Vec<Placed> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let mut parts = line.text().split('|').peekable();
        let before = parts.next().map(str::trim).unwrap_or_default();
        let barred = parts.peek().is_some();
        let (before, mut reach) = match Reach::of(before).filter(|_| barred) {
            Some(reach) => ("", reach),
            None => (before, Reach::ONE),
        };
        if !before.is_empty() {
            let above = cells.last_mut()?;
            above.text = format!("{} {before}", above.text).trim().to_owned();
            above.span = above.span.join(line.span());
        }
        while let Some(part) = parts.next() {
            // What the next cell covers stands at the end of this one, behind a blank.
            let last = part.rsplit_once(' ').map_or(part, |(_, last)| last);
            let next = Reach::of(last).filter(|_| parts.peek().is_some());
            let text = if next.is_some() { &part[..part.len() - last.len()] } else { part };
            cells.push(Placed { text: text.trim().to_owned(), span: line.span(), reach });
            reach = next.unwrap_or(Reach::ONE);
        }
    }
    Some(cells)
}

/// The cells in rows, each as wide as the table; a cell that reaches down takes its place in the rows below.
fn rows(cells: Vec<Placed>, width: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut hanging: Vec<u16> = vec![0; width];
    let mut cells = cells.into_iter().peekable();
    while cells.peek().is_some() {
        let mut row: Vec<Placed> = Vec::new();
        let mut column = 0;
        while column < width {
            if hanging[column] > 0 {
                hanging[column] -= 1;
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let end = (column + usize::from(cell.reach.columns)).min(width);
            hanging[column..end].fill(cell.reach.rows - 1);
            column = end;
            row.push(cell);
        }
        if row.is_empty() {
            // Nothing is left to stand beside cells that reach down over all columns.
            hanging.fill(0);
        }
        rows.extend(row_of(&row));
    }
    rows
}

fn row_of(cells: &[Placed]) -> Option<Row> {
    let span = cells.iter().map(|cell| cell.span).reduce(Span::join)?;
    let cell = |placed: &Placed| Cell {
        columns: placed.reach.columns,
        rows: placed.reach.rows,
        ..Cell::plain(placed.text.as_str())
    };
    Some(Row::new(cells.iter().map(cell).collect(), span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stands_on_one_line_or_on_several() {
        let text = "|===\n|Name |Purpose\n\n|_a\n|Counts\nvisits\n\n|_b |Keeps\n|===\nbelow";
        let lines: Vec<Line> = (1..).zip(text.lines()).map(|(number, line)| Line::new(number, line)).collect();
        let run = fenced_run(&lines).unwrap();
        let rows = &run.block.as_table().unwrap().rows;
        let printed =
            |row: &Row| row.cells.iter().map(|cell| cell.text.text.to_string()).collect::<Vec<_>>().join("; ");
        assert_eq!(run.lines, 9);
        assert_eq!(rows.iter().map(printed).collect::<Vec<_>>(), ["Name; Purpose", "_a; Counts visits", "_b; Keeps"]);
        assert!(fenced_run(&lines[..5]).is_none());
    }

    #[test]
    fn cells_cover_others_as_is_said_before_their_bars() {
        let text = "|===\n|Group |Name |Purpose\n.2+|Ours |_a |Counts\n|_b |Keeps\n3+|Theirs\n|x |_c |Sells\n|===";
        let lines: Vec<Line> = (1..).zip(text.lines()).map(|(number, line)| Line::new(number, line)).collect();
        let run = fenced_run(&lines).unwrap();
        let rows = &run.block.as_table().unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>(), [3, 3, 2, 1, 3]);
        assert_eq!((rows[1].cells[0].rows, rows[3].cells[0].columns), (2, 3));
    }
}
