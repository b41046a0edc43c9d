//! Names that a browser's copy of a table left on lines of their own: a cell of several lines ends one line of text and begins the next.

use std::borrow::Cow;

use crate::block::{Block, Content, Rich, Table};
use crate::value::name;

/// A row prints at most so many names on lines above it.
const MOST_NAMES: usize = 20;

/// The table that goes on another one, with the names between both put into the first cell of its first row.
pub(super) fn with_names_above<'t>(table: &'t Table, above: &[Block]) -> Cow<'t, Table> {
    let [.., first, between] = above else { return Cow::Borrowed(table) };
    let (Content::Table(_), Content::Paragraph(names)) = (&first.content, &between.content) else {
        return Cow::Borrowed(table);
    };
    let near = table
        .rows
        .first()
        .is_some_and(|row| between.span.line == first.span.end_line + 1 && row.span.line == between.span.end_line + 1);
    if !near
        || !are_names(names)
        || !table.rows.iter().take(1).all(|row| row.cells.first().is_some_and(|cell| are_names(&cell.text)))
    {
        return Cow::Borrowed(table);
    }
    let mut table = table.clone();
    let cell = &mut table.rows[0].cells[0].text;
    let mut joined = names.clone();
    joined.push("\n", cell);
    *cell = joined;
    Cow::Owned(table)
}

/// True where each line is a name beyond doubt.
fn are_names(text: &Rich) -> bool {
    const SURE: f32 = 0.8;
    let lines = || text.text.split('\n');
    lines().count() <= MOST_NAMES
        && lines().all(|line| !line.trim().contains(char::is_whitespace) && name::likeness(line.trim()) >= SURE)
}
