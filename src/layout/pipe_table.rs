//! Tables whose cells are set off by `|`, also where Markdown's delimiter row is missing or the text is not Markdown at all.

use super::lines::{Line, Run};
use super::tab_table::table_block;
use crate::block::{Cell, Content, Row, Table};

/// The table that the lines are; none where fewer than two are rows.
pub fn pipe_table(lines: &[Line]) -> Option<Table> {
    let rows: Vec<Row> = lines.iter().filter(|line| is_row(line)).filter_map(row).collect();
    (rows.len() >= 2).then_some(Table { rows, ..Table::default() })
}

/// The table that begins with the first line, if it does.
pub(super) fn pipe_run(lines: &[Line]) -> Option<Run> {
    let taken = lines.iter().take_while(|line| is_row(line)).count();
    let table = pipe_table(&lines[..taken])?;
    let mut block = table_block(table.rows);
    if let Content::Table(table) = &mut block.content {
        table.caption = None;
    }
    Some(Run { block, lines: taken })
}

fn is_row(line: &Line) -> bool {
    let text = line.text().trim();
    let bars = text.matches('|').count();
    bars >= 2 || (bars == 1 && is_delimiter(text))
}

fn is_delimiter(text: &str) -> bool {
    text.contains("--") && text.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | ' '))
}

fn row(line: &Line) -> Option<Row> {
    let text = line.text().trim();
    if is_delimiter(text) {
        return None;
    }
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    let cells = split_at_bars(inner).into_iter().map(|cell| Cell::plain(cell.trim())).collect();
    Some(Row::new(cells, line.span()))
}

/// Splits at bars that are not escaped.
fn split_at_bars(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let last = cells.last_mut().expect("there is always one cell");
        match c {
            '\\' if characters.peek() == Some(&'|') => last.extend(characters.next()),
            '|' => cells.push(String::new()),
            other => last.push(other),
        }
    }
    cells
}
