//! Tables whose cells are set off by `|` or drawn lines, also where Markdown's delimiter row is missing or the text is not
//! Markdown at all. Where drawn lines part the rows, all lines between two of them are one row.

use std::borrow::Cow;

use super::bars::{BARS, cells, is_delimiter, is_headed_by_carets, may_be_piped};
use super::broken_cells::broken_table;
use super::line::Line;
use super::run::{Run, table_block};
use super::wrapped_table::wrapped_table;
use crate::block::{Cell, Content, Joining, Mark, MarkKind, Rich, Row, Table};
use crate::text::Span;

/// The table that the lines are; none where fewer than two are rows.
pub fn pipe_table(lines: &[Line]) -> Option<Table> {
    // Below the first line it is a row: no word may be lost.
    let caption = lines.first().and_then(|line| glued_caption(line.text())).map(Rich::plain);
    let lines = &lines[usize::from(caption.is_some())..];
    let rules = lines.iter().filter(|line| is_drawn_rule(line.text())).count();
    let rows: Vec<Row> = match rules {
        0..=2 => lines.iter().filter(|line| is_piped(line)).filter_map(row).collect(),
        _ => lines.split(|line| is_drawn_rule(line.text())).filter_map(ruled_row).collect(),
    };
    (rows.len() >= 2).then_some(Table { caption, rows, ..Table::default() })
}

/// The table that begins with the first line, if it does.
pub(super) fn pipe_run(lines: &[Line]) -> Option<Run> {
    if !may_be_piped(lines[0].text()) {
        return None;
    }
    if let Some(table) = wrapped_table(lines).or_else(|| broken_table(lines)) {
        let end = table.rows.last()?.span.end_line;
        let taken = lines.iter().take_while(|line| line.number() <= end).count();
        return Some(Run::new(table_block(table.rows), taken));
    }
    let taken = lines.iter().take_while(|line| is_piped(line)).count();
    let mut table = pipe_table(&lines[..taken])?;
    table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(read_marks);
    let mut block = table_block(table.rows);
    if let Content::Table(inner) = &mut block.content {
        inner.caption = table.caption;
    }
    Some(Run::new(block, taken))
}

/// True for a line of a table with bars: a row, or what stands between rows.
pub fn is_piped(line: &Line) -> bool {
    let text = line.text().trim();
    let bars = text.matches(BARS).count();
    bars >= 2 || (bars == 1 && is_delimiter(text)) || is_drawn_rule(text) || is_headed_by_carets(text)
}

/// `+-----+-----+` or a line of box-drawing characters.
fn is_drawn_rule(text: &str) -> bool {
    let text = text.trim();
    let drawn = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) && !BARS.contains(&c);
    let boxed = text.chars().count() >= 3
        && text.chars().all(|c| drawn(c) || c == ' ' || BARS.contains(&c))
        && text.contains(drawn);
    let ascii = text.starts_with('+') && text.ends_with('+') && text.len() >= 5;
    boxed || (ascii && text.chars().all(|c| matches!(c, '+' | '-' | '=')) && text.contains(['-', '=']))
}

/// The lines between two drawn rules as one row: cells go on below.
fn ruled_row(lines: &[Line]) -> Option<Row> {
    let parts: Vec<Row> = lines.iter().filter(|line| is_piped(line)).filter_map(row).collect();
    let span = parts.iter().map(|part| part.span).reduce(Span::join)?;
    // A cell goes on below in the lines that have one in its column.
    let column =
        |at: usize| with_items_apart(parts.iter().filter_map(|part| part.cells.get(at)).map(|cell| &cell.text));
    let columns = parts.iter().map(|part| part.cells.len()).max()?;
    Some(Row::new((0..columns).map(|at| Cell::new(column(at))).collect(), span))
}

/// The lines of a cell as one text; the items of a list in it are lines of their own.
fn with_items_apart<'a>(lines: impl Iterator<Item = &'a Rich>) -> Rich {
    let mut cell = Joining::default();
    for line in lines {
        match line.text.strip_prefix("- ") {
            Some(item) => cell.push("\n", &Rich::plain(item.trim())),
            None => cell.push(" ", line),
        }
    }
    cell.finish()
}

/// Marks around all of a cell, as markup without tags sets code and bold.
fn read_marks(cell: &mut Cell) {
    const MARKS: [(&str, MarkKind); 6] = [
        ("``", MarkKind::Code),
        ("`", MarkKind::Code),
        ("=", MarkKind::Code),
        ("~", MarkKind::Code),
        ("**", MarkKind::Strong),
        ("*", MarkKind::Strong),
    ];
    // Textile's mark of a header.
    if let Some(header) = cell.text.text.strip_prefix("_. ") {
        cell.text = Rich::plain(header.trim());
    }
    let text = &cell.text.text;
    let inside = |mark: &str| {
        let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
        // A star is a wildcard too.
        let open = mark == "*" && (!inner.starts_with(char::is_uppercase) || inner.contains('_'));
        (!inner.is_empty() && inner.trim() == inner && !inner.contains(mark) && !open).then_some(inner)
    };
    let found = MARKS.iter().find_map(|(mark, kind)| Some((inside(mark)?, kind)));
    if let Some((inner, kind)) = found.filter(|_| cell.text.marks.is_empty()) {
        let mark = Mark { start: 0, end: inner.len(), kind: kind.clone() };
        cell.text = Rich { text: inner.into(), marks: vec![mark].into() };
    }
}

/// `Our cookies| --- | --- |`: a caption that was glued to the delimiter row.
fn glued_caption(text: &str) -> Option<&str> {
    let (caption, rest) = text.trim().split_once('|')?;
    (!caption.trim().is_empty() && is_delimiter(rest.trim())).then(|| caption.trim())
}

fn row(line: &Line) -> Option<Row> {
    let text = line.text().trim();
    if is_delimiter(text) || is_drawn_rule(text) {
        return None;
    }
    let text = with_single_bars(text);
    let inner = text.strip_prefix(BARS).unwrap_or(&text);
    let inner = inner.strip_suffix(BARS).filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    Some(Row::new(cells(inner), line.span()))
}

/// Wiki markup doubles all bars around headers: `||Name||Purpose||`. In `||Acme|Counts||` the first cell and the last are empty.
fn with_single_bars(text: &str) -> Cow<'_, str> {
    if is_headed_by_carets(text) {
        return Cow::Owned(text.replace('^', "|"));
    }
    let framed = text.starts_with("||") && text.ends_with("||");
    let doubled = framed && text.matches("||").nth(2).is_some() && !text.replace("||", "").contains('|');
    if doubled { Cow::Owned(text.replace("||", "|")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_doubled_where_all_of_them_are() {
        let cells = |text: &str| {
            let row = row(&Line::new(1, text)).unwrap();
            row.cells.iter().map(|cell| cell.text.text.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(cells("||Name||Purpose||"), ["Name", "Purpose"]);
        assert_eq!(cells("||Acme|Counts||"), ["", "Acme", "Counts", ""]);
        assert_eq!(cells("||goes on||"), ["", "goes on", ""]);
        assert_eq!(cells("^Name ^ Purpose ^"), ["Name", "Purpose"]);
    }
}
