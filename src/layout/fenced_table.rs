//! Tables of AsciiDoc: between two fences, a bar before each cell, a row on one line or on several.

use super::lines::{Line, Run};
use super::tab_table::table_block;
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
    let rows: Vec<Row> = cells(inner)?.chunks(width).map(row).collect();
    (rows.len() >= 2).then(|| Run::new(table_block(rows), end + 1))
}

/// A cell and the lines that it stands on.
struct Placed {
    text: String,
    span: Span,
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
        let mut parts = line.text().split('|');
        let before = parts.next().map(str::trim).unwrap_or_default();
        if !before.is_empty() {
            let above = cells.last_mut()?;
            above.text = format!("{} {before}", above.text).trim().to_owned();
            above.span = above.span.join(line.span());
        }
        cells.extend(parts.map(|part| Placed { text: part.trim().to_owned(), span: line.span() }));
    }
    Some(cells)
}

fn row(cells: &[Placed]) -> Row {
    let span = cells.iter().map(|cell| cell.span).reduce(Span::join).expect("a chunk has a cell");
    Row::new(cells.iter().map(|cell| Cell::plain(cell.text.as_str())).collect(), span)
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
}
