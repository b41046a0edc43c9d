//! Columns that are categories, with a mark in the one that a row belongs to: they say what one column of categories says.

use crate::block::Rich;
use crate::value::category;

use super::grid::GridRow;

/// So many columns of marks are a choice among them.
const LEAST_COLUMNS: usize = 2;

/// Columns in which each row has one word and all others another: so many show which of the two is the mark.
const LEAST_WORDED: usize = 3;
const LONGEST_WORD: usize = 12;

/// The headers and the rows with the name of each row's category in the first of such columns, and nothing in the others.
pub(super) fn name_marks(headers: &mut [Rich], rows: &mut [GridRow]) {
    let Some(Marked { columns, by }) = Marked::of(headers, rows) else { return };
    for row in rows {
        let chosen = columns.iter().copied().filter(|at| by.marks(&row.cells[*at]));
        let named = Rich::joined(", ", chosen.map(|at| &headers[at]));
        columns.iter().for_each(|at| row.cells[*at] = Rich::default());
        row.cells[columns[0]] = named;
    }
    columns.iter().for_each(|at| headers[*at] = Rich::default());
}

/// Columns of categories with marks.
struct Marked {
    columns: Vec<usize>,
    by: Mark,
}

/// What marks a column.
enum Mark {
    /// A check mark, a cross, a dot.
    Sign,
    /// "Yes", in any language.
    Word(String),
}

impl Mark {
    fn marks(&self, cell: &Rich) -> bool {
        match self {
            Self::Sign => is_mark(cell),
            Self::Word(word) => cell.text.trim() == word,
        }
    }
}

impl Marked {
    fn of(headers: &[Rich], rows: &[GridRow]) -> Option<Self> {
        let groups: Vec<usize> = (0..headers.len()).filter(|at| is_group(&headers[*at])).collect();
        if groups.len() < LEAST_COLUMNS || rows.is_empty() {
            return None;
        }
        Self::by_signs(&groups, rows).or_else(|| Self::by_words(groups, rows))
    }

    /// Nothing but signs, of which nearly every row has one.
    fn by_signs(groups: &[usize], rows: &[GridRow]) -> Option<Self> {
        let signs = |at: &usize| rows.iter().all(|row| is_mark(&row.cells[*at]) || is_unmarked(&row.cells[*at]));
        let columns: Vec<usize> = groups.iter().copied().filter(signs).collect();
        let is_marked = |row: &&GridRow| columns.iter().any(|at| is_mark(&row.cells[*at]));
        let marked = rows.iter().filter(is_marked).count();
        (columns.len() >= LEAST_COLUMNS && marked * 5 >= rows.len() * 4).then_some(Self { columns, by: Mark::Sign })
    }

    /// Two words in all, of which each row has one once.
    fn by_words(columns: Vec<usize>, rows: &[GridRow]) -> Option<Self> {
        let words = |row: &GridRow| columns.iter().map(|at| row.cells[*at].text.trim().to_owned()).collect::<Vec<_>>();
        let first = words(rows.first()?);
        let is_rare = |word: &&String| first.iter().filter(|other| other == word).count() == 1;
        let mark = first.iter().find(is_rare).filter(|_| columns.len() >= LEAST_WORDED && rows.len() > 1)?.clone();
        let other = first.iter().find(|word| **word != mark)?;
        let one = |row: &GridRow| {
            let words = words(row);
            let marks = words.iter().filter(|word| **word == mark).count();
            marks == 1 && words.iter().filter(|word| *word == other).count() == words.len() - 1
        };
        let short = mark.len() <= LONGEST_WORD && other.len() <= LONGEST_WORD;
        (short && rows.iter().all(one)).then_some(Self { columns, by: Mark::Word(mark) })
    }
}

/// A header that names a category.
fn is_group(header: &Rich) -> bool {
    const SURE: f32 = 0.6;
    category::likeness(&header.text) >= SURE
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
