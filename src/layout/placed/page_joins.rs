//! Tables that run over several pages: one table, one head, rows that the page break cut in two made whole.

use std::ops::Range;

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
    let before = table.rows.len();
    table.rows.extend(rows);
    span_cut_cell(table, before);
    table.area = next.area;
    table.page = next.page;
    table.columns = next.columns;
    head.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.words).collect()
}

/// A cell of the first column that is set in the middle of rows on both sides of a page break, of which the second side begins at a row:
/// it gets those rows where as many of them print nothing there above it as below it, give or take one.
fn span_cut_cell(table: &mut PlacedTable<'_>, second: usize) {
    let Some((named, rows)) = cut_cell(&table.rows, second) else { return };
    let words = std::mem::take(&mut table.rows[named].cells[0].words);
    table.rows[rows.clone()].iter_mut().for_each(|row| drop(row.cells.remove(0)));
    let cell = PlacedCell { columns: 1, rows: rows.len(), words, ..PlacedCell::default() };
    table.rows[rows.start].cells.insert(0, cell);
    table.drop_blank_rows();
}

/// The row that prints such a cell, on either side of the break, and all of its rows.
fn cut_cell(rows: &[PlacedRow<'_>], second: usize) -> Option<(usize, Range<usize>)> {
    let single = |row: &PlacedRow<'_>| {
        row.cells.first().filter(|cell| cell.column == 0 && cell.rows == 1 && cell.columns == 1).is_some()
    };
    let says = |cell: &&PlacedCell<'_>| cell.words.iter().any(|word| word.text.contains(char::is_alphanumeric));
    let said = |row: &PlacedRow<'_>| row.cells.iter().filter(says).count();
    let blank = |row: &PlacedRow<'_>| single(row) && row.cells[0].words.is_empty() && said(row) > 1;
    let above = |row: usize| rows[..row].iter().rev().take_while(|row| blank(row)).count();
    let below = |row: usize| rows[row..].iter().take_while(|row| blank(row)).count();
    let named = [second.checked_sub(above(second) + 1), Some(second + below(second))];
    let middle = |named: &usize| {
        let (before, behind) = (above(*named), below(named + 1));
        let rows = named - before..named + 1 + behind;
        let cut = rows.start < second && second < rows.end;
        (before > 0 && behind > 0 && before.abs_diff(behind) <= 1 && cut).then_some((*named, rows))
    };
    named.iter().flatten().filter(|named| rows.get(**named).is_some_and(single)).find_map(middle)
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
