//! Rows of the lines that stand in columns: by ruling lines, by their distance, by what they print in the first column.

use super::cover::Cover;
use super::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use super::row_cuts;
use super::text_line::{TextLine, area, line_size};

/// Farthest that lines of one cell usually lie apart, in heights of the font.
pub(super) const MOST_PITCH: f32 = 1.3;

pub(super) fn table<'w>(lines: &[TextLine<'w>], cover: &Cover, levels: &[f32]) -> PlacedTable<'w> {
    table_of_rows(lines, cover, &row_starts(lines, cover, levels))
}

/// All lines as one row.
pub(super) fn one_row<'w>(lines: &[TextLine<'w>], cover: &Cover) -> PlacedTable<'w> {
    let starts: Vec<bool> = (0..lines.len()).map(|index| index == 0).collect();
    table_of_rows(lines, cover, &starts)
}

/// A table of which some lines open a row.
pub(super) fn table_of_rows<'w>(lines: &[TextLine<'w>], cover: &Cover, starts: &[bool]) -> PlacedTable<'w> {
    let columns = cover.spans.len();
    let mut rows: Vec<PlacedRow<'w>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if starts[index] {
            rows.push(blank_row(columns));
        }
        let Some(row) = rows.last_mut() else { continue };
        for word in line {
            if let Some(column) = cover.find(word.x) {
                row.cells[column].words.push(word);
            }
        }
    }
    let area = area(lines);
    let page = lines.first().and_then(|line| line.first()).map_or(1, |word| word.page);
    PlacedTable { area, columns: left_edges(lines, cover), page, rows }
}

pub(super) fn label_row<'w>(line: &TextLine<'w>, columns: usize) -> PlacedRow<'w> {
    PlacedRow { cells: vec![PlacedCell { columns, rows: 1, words: line.clone(), ..PlacedCell::default() }] }
}

/// Where the columns begin; the first one, which may reach to the edge of the page, at its first word.
fn left_edges(lines: &[TextLine<'_>], cover: &Cover) -> Vec<f32> {
    let left = lines.iter().filter_map(|line| line.first()).map(|word| word.x).fold(f32::MAX, f32::min);
    cover.spans.iter().map(|span| span.0.max(left)).collect()
}

pub(super) fn blank_row<'w>(columns: usize) -> PlacedRow<'w> {
    let cell = |column| PlacedCell { column, columns: 1, rows: 1, ..PlacedCell::default() };
    PlacedRow { cells: (0..columns).map(cell).collect() }
}

/// Which lines open a row: those that a rule parts from the line above, if rules part the rows, else by distance.
fn row_starts(lines: &[TextLine<'_>], cover: &Cover, levels: &[f32]) -> Vec<bool> {
    let by_distance = row_starts_by_distance(lines, cover);
    let ruled = |index: usize| {
        let (above, below) = (&lines[index - 1], &lines[index]);
        let from = above.iter().map(|word| word.y + word.size * 0.25).fold(f32::MIN, f32::max);
        let to = below.iter().map(|word| word.area().y0).fold(f32::MAX, f32::min).max(from);
        let first = levels.partition_point(|level| *level < from);
        levels.get(first).is_some_and(|level| *level <= to + line_size(below) * 0.3)
    };
    let by_rules: Vec<bool> = (0..lines.len()).map(|index| index == 0 || ruled(index)).collect();
    let count = |starts: &[bool]| starts.iter().filter(|start| **start).count();
    if count(&by_rules) > 3 && count(&by_rules) * 2 > count(&by_distance) {
        return by_rules;
    }
    by_distance
}

/// Which lines open a row: those that no column runs across at the distance of its own lines.
///
/// Where the rows keep no distance at all, each line with something in the first column opens one.
fn row_starts_by_distance(lines: &[TextLine<'_>], cover: &Cover) -> Vec<bool> {
    let steps = steps(lines, cover);
    let smallest = steps.iter().map(|step| step.distance).fold(f32::MAX, f32::min);
    let largest = steps.iter().map(|step| step.distance).fold(0.0, f32::max);
    let threshold = smallest * 1.12 + 0.4;
    let size = lines.iter().map(|line| line_size(line)).fold(0.0, f32::max);
    let even = largest <= threshold && !(smallest < size * MOST_PITCH && has_lines_between(lines, smallest));
    if even || smallest > size * 1.6 {
        // Where lines stand so near that some may go on a cell, only the first column tells.
        let key = if smallest > size * 1.6 { key_column(lines, cover) } else { 0 };
        return keyed(lines, key, cover);
    }
    let mut starts = vec![true; lines.len()];
    if are_rows(&steps, threshold, lines, cover) {
        starts = keyed(lines, 0, cover);
    } else {
        for step in steps.iter().filter(|step| step.distance <= threshold) {
            starts[step.from + 1..=step.to].fill(false);
        }
    }
    row_cuts::row_starts(lines, cover, &starts).unwrap_or(starts)
}

/// Rows that the lines open which print something in the first column or the key.
fn keyed(lines: &[TextLine<'_>], key: usize, cover: &Cover) -> Vec<bool> {
    let opens = |line: &TextLine<'_>| prints(line, 0, cover) || prints(line, key, cover);
    lines.iter().enumerate().map(|(index, line)| index == 0 || opens(line)).collect()
}

/// The first column that most rows print: what is printed once for several rows stands before it.
fn key_column(lines: &[TextLine<'_>], cover: &Cover) -> usize {
    let filled =
        |line: &&TextLine<'_>| (0..cover.spans.len()).filter(|column| prints(line, *column, cover)).count() > 1;
    let rows: Vec<&TextLine<'_>> = lines.iter().filter(filled).collect();
    let most = |column: &usize| rows.iter().filter(|line| prints(line, *column, cover)).count() * 10 >= rows.len() * 6;
    (0..cover.spans.len()).find(most).unwrap_or(0)
}

pub(super) fn prints(line: &TextLine<'_>, column: usize, cover: &Cover) -> bool {
    line.iter().any(|word| cover.find(word.x) == Some(column))
}

/// True where lines stand between those of other columns, as cells in the middle of their rows do.
fn has_lines_between(lines: &[TextLine<'_>], pitch: f32) -> bool {
    lines.windows(2).any(|pair| (pair[1][0].y - pair[0][0].y) < pitch * 0.7)
}

/// True where the nearest lines are rows of one line each: most of them print what the lines above them do, the first column included.
fn are_rows(steps: &[Step], threshold: f32, lines: &[TextLine<'_>], cover: &Cover) -> bool {
    let printed = |line: &TextLine<'_>| {
        let mut columns: Vec<usize> = line.iter().filter_map(|word| cover.find(word.x)).collect();
        columns.dedup();
        columns
    };
    let mut near: Vec<(usize, usize)> =
        steps.iter().filter(|step| step.distance <= threshold).map(|step| (step.from, step.to)).collect();
    near.sort_unstable();
    near.dedup();
    let alike = near.iter().filter(|(from, to)| {
        let below = printed(&lines[*to]);
        below.first() == Some(&0) && below.len() == cover.spans.len() && below == printed(&lines[*from])
    });
    alike.count() * 10 > near.len() * 6
}

/// Two lines that follow one another in a column.
struct Step {
    from: usize,
    to: usize,
    distance: f32,
}

fn steps(lines: &[TextLine<'_>], cover: &Cover) -> Vec<Step> {
    let mut last_seen: Vec<Option<(usize, f32)>> = vec![None; cover.spans.len()];
    let mut steps = Vec::new();
    for (to, line) in lines.iter().enumerate() {
        let mut seen: Vec<(usize, f32)> = line.iter().filter_map(|word| Some((cover.find(word.x)?, word.y))).collect();
        seen.dedup_by_key(|(column, _)| *column);
        for (column, y) in seen {
            if let Some((from, above)) = last_seen[column].replace((to, y)).filter(|(from, _)| *from < to) {
                steps.push(Step { from, to, distance: y - above });
            }
        }
    }
    steps
}
