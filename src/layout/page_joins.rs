//! Tables that run over several pages: one table, one head, rows that the page break cut in two made whole.

use super::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use super::word_lines::Word;

/// How far the columns of two pages may lie apart, in points.
const WANDER: f32 = 5.0;

/// Most rows of a head.
const MAX_HEAD: usize = 3;

/// True where `next`, the first thing on its page, goes on with `table`, the last thing on its own.
pub fn continues(table: &PlacedTable<'_>, next: &PlacedTable<'_>) -> bool {
    let edges = || table.columns.iter().zip(&next.columns).all(|(a, b)| (a - b).abs() < WANDER);
    next.page == table.page + 1
        && table.columns.len() == next.columns.len()
        && (repeated_head(table, &next.rows) > 0 || edges())
}

/// A head that was left alone at the end of the page before the table: words that open each of its columns.
pub fn stranded_head<'w>(words: &[&'w Word], table: &PlacedTable<'_>) -> Option<PlacedRow<'w>> {
    let columns = &table.columns;
    if words.last().is_none_or(|word| word.page + 1 != table.page) || columns.len() < 3 {
        return None;
    }
    let cell = |column| PlacedCell { column, columns: 1, rows: 1, ..PlacedCell::default() };
    let mut row = PlacedRow { cells: (0..columns.len()).map(cell).collect() };
    for word in words {
        let column = columns.partition_point(|start| *start <= word.x + WANDER).checked_sub(1)?;
        let opens = row.cells[column].words.is_empty();
        if opens && (word.x - columns[column]).abs() > WANDER {
            return None;
        }
        row.cells[column].words.push(word);
    }
    (row.filled() == columns.len()).then_some(row)
}

/// True for words that repeat the first row of a table on the page after it.
pub fn is_head_again(table: &PlacedTable<'_>, words: &[&Word]) -> bool {
    let text: String = words.iter().map(|word| word.text.as_str()).collect();
    let head = table.rows.first().map(|row| row.text().replace('\t', ""));
    words.first().is_some_and(|word| word.page == table.page + 1) && head.is_some_and(|head| head == text)
}

/// Puts words that open the page after the table into its last row, where they fill one of its later columns and nothing else.
pub fn take_rest<'w>(table: &mut PlacedTable<'w>, words: &[&'w Word]) -> bool {
    let (Some(first), Some(last)) = (words.first(), table.rows.last_mut()) else { return false };
    let left = words.iter().map(|word| word.x).fold(f32::MAX, f32::min);
    let right = words.iter().map(|word| word.end).fold(0.0, f32::max);
    let column = table.columns.iter().rposition(|start| (start - left).abs() < WANDER).unwrap_or(0);
    let edge = table.columns.get(column + 1).copied().unwrap_or(table.area.x1 + WANDER);
    let cell = last.cells.iter_mut().find(|cell| cell.column == column);
    match cell.filter(|_| column > 0 && first.page == table.page + 1 && right < edge) {
        Some(cell) => {
            cell.words.extend(words);
            true
        }
        None => false,
    }
}

/// Puts the rows of `next` after those of `table`, and gives back the words of the head that `next` repeats: they are no rows,
/// but they are printed.
#[must_use]
pub fn join<'w>(table: &mut PlacedTable<'w>, next: PlacedTable<'w>) -> Vec<&'w Word> {
    let mut head = next.rows;
    let repeated = repeated_head(table, &head);
    let mut rows = head.split_off(repeated);
    if let Some(first) = rows.first()
        && is_rest(table, first)
    {
        let first = rows.remove(0);
        append(table, first);
    }
    table.rows.extend(rows);
    table.area = next.area;
    table.page = next.page;
    table.columns = next.columns;
    head.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.words).collect()
}

/// Number of rows with which `next` repeats the head of the table.
fn repeated_head(table: &PlacedTable<'_>, next: &[PlacedRow<'_>]) -> usize {
    let same = table.rows.iter().zip(next).take(MAX_HEAD);
    same.take_while(|(a, b)| a.text() == b.text()).count()
}

/// True where a row is the rest of the last row of the page before: it is blank in a column that is filled nearly always.
fn is_rest(table: &PlacedTable<'_>, row: &PlacedRow<'_>) -> bool {
    let Some(last) = table.rows.last() else { return false };
    if row.cells.len() != last.cells.len() || row.cells.iter().any(|cell| cell.rows > 1) {
        return false;
    }
    let body = &table.rows[1.min(table.rows.len() - 1)..];
    let always = |column: usize| {
        let filled = body.iter().filter(|row| row.prints(column)).count();
        filled * 10 >= body.len() * 9
    };
    (0..table.columns.len()).any(|column| last.prints(column) && !row.prints(column) && always(column))
}

fn append<'w>(table: &mut PlacedTable<'w>, rest: PlacedRow<'w>) {
    let Some(last) = table.rows.last_mut() else { return };
    for cell in rest.cells {
        match last.cells.iter_mut().find(|own| own.column == cell.column) {
            Some(own) => {
                let shift = own.words.len();
                own.breaks.extend(cell.breaks.iter().map(|at| at + shift));
                own.words.extend(cell.words);
            }
            None => last.cells.push(cell),
        }
    }
}
