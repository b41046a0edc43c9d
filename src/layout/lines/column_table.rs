//! Tables whose columns are held by blanks, as `pdftotext -layout` and text browsers print them.
//!
//! A gutter is a column of the page that is blank in every line of the table; lines are added while the gutters stay. Where
//! letters are set closer than the page was (a full cell leaves one blank), the head shows the columns: see `head_columns`.

use super::column_region::{CutTable, LEAST_LINES, MOST_LINES, ends_region, heads_text, is_head_again, place, reach};
use super::head_columns::shown_table;
use super::line::{Line, segments};
use super::line_cells::line_cells;
use super::run::{Run, table_block};
use crate::block::{Block, Content, Row};

/// A first line of so many stretches heads the columns.
const LEAST_HEADS: usize = 3;
/// A line with one stretch of text this far from the margin may be the first of a head.
const HEAD_INDENT: usize = 24;

/// A table held by blanks, and what it is worth beside another one of the same lines.
pub(super) struct Held {
    pub run: Run,
    pub worth: f32,
}

/// False where the first line begins no table.
pub(super) fn may_open(lines: &[Line]) -> bool {
    let next_is_wide = || lines.get(1).is_some_and(|next| segments(next.text()) >= 2);
    segments(lines[0].text()) >= 2 || (lines[0].indent() >= HEAD_INDENT && next_is_wide())
}

/// The table that begins with the first line, if it does.
pub(super) fn column_table(lines: &[Line]) -> Option<Held> {
    if !may_open(lines) {
        return None;
    }
    let strict = strict_table(lines);
    let shown = shown_table(lines, strict.as_ref().map_or(&[], |strict| &strict.starts));
    let CutTable { mut rows, lines: mut taken, columns, worth, .. } = match (strict, shown) {
        (Some(strict), Some(shown)) if shown.worth < strict.worth => strict,
        (_, Some(shown)) => shown,
        (strict, None) => strict?,
    };
    if heads_text(lines, taken - 1) {
        rows.pop();
        taken -= 1;
    }
    let full = rows.iter().filter(|row| row.cells.iter().filter(|cell| !cell.text.is_blank()).count() >= 2).count();
    // A cell of several lines leaves most lines with one cell; with two columns that would be any text with a margin.
    let tallest = if columns >= 3 { 12 } else { 3 };
    let several =
        || full >= LEAST_LINES || full + 1 == LEAST_LINES && columns >= LEAST_HEADS && is_head_of_several(lines);
    let convincing = columns >= 2 && full * tallest >= rows.len() && several();
    convincing.then(|| Held { run: Run::new(by_line(table_block(rows)), taken), worth })
}

/// True where the first line is a head that comes again further down: of two lines the second is a row.
fn is_head_of_several(lines: &[Line]) -> bool {
    const NEAR: usize = 120;
    let (head, below) = (&lines[0], &lines[1..lines.len().min(NEAR)]);
    segments(head.text()) >= LEAST_HEADS && below.iter().any(|line| line.same_words(head))
}

fn by_line(mut block: Block) -> Block {
    if let Content::Table(table) = &mut block.content {
        table.by_line = true;
    }
    block
}

/// The table whose gutters are blank in every line.
fn strict_table(lines: &[Line]) -> Option<CutTable> {
    let mut region = region(lines);
    let best = best_prefix(&region)?;
    region.truncate(best.lines);
    region.pop_if(|last| heads_text(lines, place(lines, last)));
    let starts = without_word_gaps(&region, &best.starts);
    let last = region.last().filter(|_| !starts.is_empty())?;
    let rows = line_cells(&region, &starts);
    let beside = |row: &Row| row.cells.iter().filter(|cell| !cell.text.is_blank()).count().saturating_sub(1);
    let narrow = |line: &&Line| narrow_cuts(line.text(), &starts) as f32;
    let gaps = |row: &Row| row.cells.iter().filter(|cell| has_wide_gap(&cell.text.text)).count() as f32;
    let costs = region.iter().map(narrow).sum::<f32>() + rows.iter().map(gaps).sum::<f32>();
    let worth = rows.iter().map(beside).sum::<usize>() as f32 - costs;
    Some(CutTable { rows, lines: reach(lines, last), columns: starts.len(), worth, starts })
}

/// Three blanks in a cell part two.
fn has_wide_gap(cell: &str) -> bool {
    cell.contains("   ")
}

/// Columns of a line that one blank parts from the word before, as it parts the words of a cell.
fn narrow_cuts(text: &str, starts: &[usize]) -> usize {
    let blank: Vec<bool> = text.chars().map(char::is_whitespace).collect();
    let is_narrow = |start: &&usize| **start >= 2 && blank.get(**start - 2..=**start) == Some(&[false, true, false]);
    starts.iter().filter(is_narrow).count()
}

/// The printed lines that could belong to a table: of one page, without a long blank, none of them running text, and with a
/// gutter left. It ends where no gutter is left, so that a text without tables costs a few lines for each line.
fn region(lines: &[Line]) -> Vec<&Line> {
    let mut region: Vec<&Line> = Vec::new();
    let mut inked = Vec::new();
    let mut blank = 0;
    for (index, line) in lines.iter().enumerate().take(MOST_LINES) {
        if line.is_blank() {
            blank += 1;
        } else if ends_region(lines, index, blank, region.is_empty()) || is_head_again(line, &region) {
            break;
        } else {
            blank = 0;
            region.push(line);
            ink(&mut inked, line.text());
            if starts(&inked).len() < 2 {
                break;
            }
        }
    }
    region
}

struct Prefix {
    lines: usize,
    starts: Vec<usize>,
}

/// The first lines of a region that make up the largest table: lines times gutters.
fn best_prefix(region: &[&Line]) -> Option<Prefix> {
    let mut inked = Vec::new();
    let mut best: Option<(usize, Prefix)> = None;
    for (index, line) in region.iter().enumerate() {
        ink(&mut inked, line.text());
        let starts = starts(&inked);
        if starts.len() < 2 {
            break;
        }
        let size = (index + 1) * (starts.len() - 1).min(12);
        if index + 1 >= LEAST_LINES && best.as_ref().is_none_or(|(largest, _)| size >= *largest) {
            best = Some((size, Prefix { lines: index + 1, starts }));
        }
    }
    best.map(|(_, prefix)| prefix)
}

fn ink(inked: &mut Vec<bool>, text: &str) {
    for (column, c) in text.chars().enumerate() {
        if column >= inked.len() {
            inked.push(false);
        }
        inked[column] |= !c.is_whitespace();
    }
}

/// Starts of the text columns: where ink begins after a blank column of the page.
fn starts(inked: &[bool]) -> Vec<usize> {
    let begins = |column: usize| inked[column] && (column == 0 || !inked[column - 1]);
    (0..inked.len()).filter(|column| begins(*column)).collect()
}

/// A gutter that is never wider than one blank where both sides print is the gap between two words of one cell.
fn without_word_gaps(lines: &[&Line], starts: &[usize]) -> Vec<usize> {
    let texts: Vec<Vec<char>> = lines.iter().map(|line| line.text().chars().collect()).collect();
    let printed = |text: &Vec<char>, column: usize| text.get(column).is_some_and(|c| !c.is_whitespace());
    // What the first line prints over two columns heads one, where single blanks part them in all that begins there.
    let headed = segments(lines[0].text()) >= LEAST_HEADS;
    let printed_above = |index: usize| (starts[index - 1]..starts[index]).any(|at| printed(&texts[0], at));
    let is_unheaded = |index: usize| headed && index > 1 && !printed_above(index);
    let is_narrow = |start: usize| {
        let begun = || texts.iter().skip(1).filter(|text| printed(text, start));
        begun().all(|text| text[start - 1] == ' ' && printed(text, start - 2)) && begun().next().is_some()
    };
    let is_gutter = |index: usize, start: usize| {
        let next = starts.get(index + 1).copied().unwrap_or(usize::MAX);
        let filled = |text: &&Vec<char>| (start..text.len().min(next)).any(|column| printed(text, column));
        let mut with_text = texts.iter().filter(filled).peekable();
        with_text.peek().is_some()
            && with_text
                .any(|text| !(printed(text, start) && start >= 2 && text[start - 1] == ' ' && printed(text, start - 2)))
            && !(is_unheaded(index) && is_narrow(start))
    };
    starts
        .iter()
        .enumerate()
        .filter(|(index, start)| *index == 0 || is_gutter(*index, **start))
        .map(|(_, start)| *start)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::layout::Lines;

    #[test]
    fn gutters_hold_where_a_cell_fills_its_column() {
        let text = "Name       Use         Kept\n\
                    session_id Remembers   1 hour\n\
                    \u{20}          the visitor\n\
                    theme      Colours     1 year\n";
        let blocks = Lines::of(text).into_blocks();
        let table = blocks[0].as_table().unwrap();
        assert_eq!(table.rows.len(), 4);
        assert_eq!(
            table.rows[1].cells.iter().map(|c| c.text.text.as_str()).collect::<Vec<_>>(),
            ["session_id", "Remembers", "1 hour"]
        );
        assert_eq!(table.rows[2].cells[1].text.text, "the visitor");
    }

    #[test]
    fn prose_is_no_table() {
        let text = "One sentence ends.  Another begins and goes on\nfor a while.  A third one follows the second, as\nthey do.  Then all is said  and done.\n";
        assert!(Lines::of(text).into_blocks().iter().all(|block| block.as_table().is_none()));
    }
}
