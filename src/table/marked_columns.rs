//! Columns that are categories, with a mark in the one that a row belongs to: they say what one column of categories says.

use crate::block::Rich;
use crate::value::category;

use super::grid::GridRow;

/// So many columns of marks are a choice among them.
const LEAST_COLUMNS: usize = 2;

/// The headers and the rows with the name of each row's category in the first of such columns, and nothing in the others.
pub(super) fn name_marks(headers: &mut [Rich], rows: &mut [GridRow]) {
    let columns: Vec<usize> = (0..headers.len()).filter(|at| may_mark(&headers[*at], rows, *at)).collect();
    let chosen = |row: &GridRow| columns.iter().copied().filter(|at| is_mark(&row.cells[*at])).collect::<Vec<usize>>();
    let marked = rows.iter().filter(|row| !chosen(row).is_empty()).count();
    if columns.len() < LEAST_COLUMNS || marked * 5 < rows.len() * 4 {
        return;
    }
    for row in rows {
        let named = Rich::joined(", ", chosen(row).iter().map(|at| &headers[*at]));
        columns.iter().for_each(|at| row.cells[*at] = Rich::default());
        row.cells[columns[0]] = named;
    }
    columns.iter().for_each(|at| headers[*at] = Rich::default());
}

/// A category over nothing but marks, crosses and blanks.
fn may_mark(header: &Rich, rows: &[GridRow], column: usize) -> bool {
    const SURE: f32 = 0.6;
    let cells = || rows.iter().map(|row| &row.cells[column]);
    category::likeness(&header.text) >= SURE && cells().all(|cell| is_mark(cell) || is_unmarked(cell))
}

fn is_mark(cell: &Rich) -> bool {
    let text = cell.text.trim();
    matches!(text.trim_end_matches('\u{fe0f}'), "✓" | "✔" | "☑" | "✅" | "🗸" | "●" | "•" | "x" | "X" | "×")
}

/// Blank, a cross beside check marks, a dash.
fn is_unmarked(cell: &Rich) -> bool {
    let text = cell.text.trim();
    text.is_empty() || matches!(text.trim_end_matches('\u{fe0f}'), "✗" | "✘" | "❌" | "☐" | "○" | "–" | "-" | "—")
}
