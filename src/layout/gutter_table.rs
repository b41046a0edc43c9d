//! Tables without ruling lines: columns by the white space that runs down between them, rows by their distance.

use std::ops::Range;

use super::glyph::Area;
use super::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use super::word_lines::Word;

/// Words of one printed line, from left to right.
pub type TextLine<'w> = Vec<&'w Word>;

/// Lines that stand in columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Region<'w> {
    /// Which lines.
    pub lines: Range<usize>,
    /// What they make.
    pub content: Columns<'w>,
}

/// What lines in columns make.
#[derive(Debug, Clone, PartialEq)]
pub enum Columns<'w> {
    /// A table.
    Table(PlacedTable<'w>),
    /// Running text in columns: the lines in reading order.
    Prose(Vec<TextLine<'w>>),
}

/// Narrowest gap that suggests a column, in heights of the font.
const SEED_GAP: f32 = 0.8;

/// White space that a column keeps around itself, in heights of the font.
const MARGIN: f32 = 0.25;

/// Widest distance of two lines of a table, in heights of the font.
const MAX_DISTANCE: f32 = 4.5;

/// The regions among the lines of a page, from top to bottom.
pub fn regions<'w>(lines: &[TextLine<'w>]) -> Vec<Region<'w>> {
    let mut regions = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        match region_at(lines, index) {
            Some(region) => {
                index = region.lines.end;
                regions.push(region);
            }
            None => index += 1,
        }
    }
    regions
}

fn region_at<'w>(lines: &[TextLine<'w>], start: usize) -> Option<Region<'w>> {
    let seed = segments(&lines[start]);
    if seed.len() < 2 || (seed.len() == 2 && is_enumerator(&lines[start])) {
        return None;
    }
    let mut cover = Cover::default();
    lines[start].iter().for_each(|word| cover.add(word));
    let mut end = start + 1;
    while end < lines.len() && follows(&lines[end - 1], &lines[end]) {
        let mut wider = cover.clone();
        lines[end].iter().for_each(|word| wider.add(word));
        if seed.windows(2).any(|pair| wider.find(pair[0]) == wider.find(pair[1])) {
            break;
        }
        cover = wider;
        end += 1;
    }
    let end = without_heading(&lines[start..end], &cover) + start;
    let content = content(&lines[start..end], &cover)?;
    Some(Region { lines: start..end, content })
}

fn follows(last: &TextLine<'_>, next: &TextLine<'_>) -> bool {
    let (Some(last), Some(next)) = (last.first(), next.first()) else { return false };
    let distance = next.y - last.y;
    distance > 0.0 && distance < last.size.max(next.size) * MAX_DISTANCE
}

/// A heading that follows a table has no words but in the first column, and another look: it is no row.
fn without_heading(lines: &[TextLine<'_>], cover: &Cover) -> usize {
    let body = lines.iter().map(|line| line_size(line)).fold(f32::MAX, f32::min);
    let mut rows = 0..lines.len();
    rows.find(|&index| {
        let line = &lines[index];
        let alone = line.iter().all(|word| cover.find(word.x) == Some(0));
        let outdented = line[0].x < cover.inner_start(lines) - 2.0;
        index > 0 && alone && (line_size(line) > body * 1.08 || outdented || changes_look(lines, index))
    })
    .unwrap_or(lines.len())
}

fn changes_look(lines: &[TextLine<'_>], index: usize) -> bool {
    let strong = |line: &TextLine<'_>| line.iter().all(|word| word.style.strong);
    let after_body = lines[1..index].iter().any(|line| !strong(line));
    after_body && strong(&lines[index]) && !lines[1..index].iter().any(|line| line[0].style.strong)
}

fn line_size(line: &TextLine<'_>) -> f32 {
    line.iter().map(|word| word.size).fold(0.0, f32::max)
}

fn content<'w>(lines: &[TextLine<'w>], cover: &Cover) -> Option<Columns<'w>> {
    let columns = cover.spans.len();
    let filled = |line: &TextLine<'_>| {
        let mut found: Vec<_> = line.iter().filter_map(|word| cover.find(word.x)).collect();
        found.dedup();
        found.len()
    };
    let several = lines.iter().filter(|line| filled(line) > 1).count();
    if columns < 2 || several < if columns == 2 { 3 } else { 2 } {
        return None;
    }
    if columns == 2 && lines.iter().all(|line| cover.find(line[0].x) != Some(0) || is_enumerator(line)) {
        return None;
    }
    if is_prose(lines, cover) {
        return Some(Columns::Prose(column_by_column(lines, cover)));
    }
    let table = table(lines, cover);
    table.is_table().then_some(Columns::Table(table))
}

/// Running text fills each of its columns on nearly every line, from edge to edge.
fn is_prose(lines: &[TextLine<'_>], cover: &Cover) -> bool {
    let full = |column: usize| {
        let (left, right) = cover.spans[column];
        let width = |line: &TextLine<'_>| {
            let mut own = line.iter().filter(|word| cover.find(word.x) == Some(column));
            let first = own.next()?;
            Some(own.next_back().unwrap_or(first).end - first.x)
        };
        let widths: Vec<f32> = lines.iter().filter_map(width).collect();
        let wide = widths.iter().filter(|width| **width > (right - left) * 0.75).count();
        wide * 10 > lines.len() * 6
    };
    lines.len() > 5 && (0..cover.spans.len()).all(full)
}

fn column_by_column<'w>(lines: &[TextLine<'w>], cover: &Cover) -> Vec<TextLine<'w>> {
    let part = |column: usize| {
        lines.iter().filter_map(move |line| {
            let own: TextLine<'w> = line.iter().filter(|word| cover.find(word.x) == Some(column)).copied().collect();
            (!own.is_empty()).then_some(own)
        })
    };
    (0..cover.spans.len()).flat_map(part).collect()
}

fn table<'w>(lines: &[TextLine<'w>], cover: &Cover) -> PlacedTable<'w> {
    let columns = cover.spans.len();
    let starts = row_starts(lines, cover);
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
    let area = lines.iter().flatten().map(|word| word.area()).reduce(Area::join).unwrap_or_default();
    let page = lines.first().and_then(|line| line.first()).map_or(1, |word| word.page);
    PlacedTable { area, columns: cover.spans.iter().map(|span| span.0).collect(), page, rows }
}

fn blank_row<'w>(columns: usize) -> PlacedRow<'w> {
    let cell = |column| PlacedCell { column, columns: 1, rows: 1, ..PlacedCell::default() };
    PlacedRow { cells: (0..columns).map(cell).collect() }
}

/// A table whose rows are the bands between horizontal lines and whose columns are known by their gutters.
///
/// `bands` are the levels of the lines from top to bottom; none where the words do not stand in columns.
pub fn banded<'w>(bands: &[f32], words: &[&'w Word], area: Area) -> Option<PlacedTable<'w>> {
    let mut cover = Cover::default();
    words.iter().for_each(|word| cover.add(word));
    let columns = cover.spans.len();
    if columns < 2 {
        return None;
    }
    let mut rows: Vec<PlacedRow<'w>> = (1..bands.len()).map(|_| blank_row(columns)).collect();
    for word in words {
        let band = bands.partition_point(|level| *level <= word.middle().1);
        let row = band.checked_sub(1).and_then(|row| rows.get_mut(row))?;
        row.cells[cover.find(word.x)?].words.push(word);
    }
    let page = words.first().map_or(1, |word| word.page);
    let mut table = PlacedTable { area, columns: cover.spans.iter().map(|span| span.0).collect(), page, rows };
    table.drop_blank_rows();
    let several = table.rows.iter().filter(|row| row.filled() > 1).count();
    (table.is_table() && several * 2 > table.rows.len()).then_some(table)
}

/// Which lines open a row: those that no column runs across at the distance of its own lines.
///
/// Where the rows keep no distance at all, each line with something in the first column opens one.
fn row_starts(lines: &[TextLine<'_>], cover: &Cover) -> Vec<bool> {
    let columns = cover.spans.len();
    let mut last_seen: Vec<Option<f32>> = vec![None; columns];
    let mut distances: Vec<f32> = Vec::with_capacity(lines.len());
    for line in lines {
        let mut nearest = f32::MAX;
        for word in line {
            let Some(column) = cover.find(word.x) else { continue };
            if let Some(last) = last_seen[column].filter(|last| *last < word.y - 1.0) {
                nearest = nearest.min(word.y - last);
            }
        }
        line.iter().filter_map(|word| Some((cover.find(word.x)?, word.y))).for_each(|(c, y)| last_seen[c] = Some(y));
        distances.push(nearest);
    }
    let smallest = distances.iter().copied().fold(f32::MAX, f32::min);
    let size = lines.iter().map(|line| line_size(line)).fold(0.0, f32::max);
    let largest = distances.iter().copied().filter(|d| *d < f32::MAX).fold(0.0, f32::max);
    let threshold = smallest * 1.15 + 0.5;
    let keyed = |line: &TextLine<'_>| line.iter().any(|word| cover.find(word.x) == Some(0));
    let uniform = largest <= threshold || smallest > size * 1.6;
    let opens = |(index, line): (usize, &TextLine<'_>)| {
        index == 0 || if uniform { keyed(line) } else { distances[index] > threshold }
    };
    lines.iter().enumerate().map(opens).collect()
}

/// Left edges of the stretches that wide gaps part.
fn segments(line: &TextLine<'_>) -> Vec<f32> {
    let mut starts = Vec::new();
    let mut end = f32::MIN;
    for word in line {
        if word.x - end > word.size * SEED_GAP {
            starts.push(word.x);
        }
        end = word.end;
    }
    starts
}

/// A line that opens with a number, a letter with a bracket or a bullet.
fn is_enumerator(line: &TextLine<'_>) -> bool {
    let Some(text) = line.first().map(|word| word.text.as_str()) else { return false };
    let short = text.chars().count() <= 8;
    let numbered = text.ends_with(['.', ')', ':']) || text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let symbol = text.chars().count() == 1 && !text.chars().all(char::is_alphanumeric);
    symbol || (short && numbered && text.trim_end_matches(['.', ')', ':']).chars().count() <= 6 && !text.contains('_'))
}

/// What words cover of the width of the page.
#[derive(Debug, Clone, Default)]
struct Cover {
    /// Covered stretches from left to right, with white space between them.
    spans: Vec<(f32, f32)>,
}

impl Cover {
    fn add(&mut self, word: &Word) {
        let margin = word.size * MARGIN;
        let (mut from, mut to) = (word.x - margin, word.end + margin);
        let first = self.spans.partition_point(|span| span.1 < from);
        let mut last = first;
        while last < self.spans.len() && self.spans[last].0 <= to {
            from = from.min(self.spans[last].0);
            to = to.max(self.spans[last].1);
            last += 1;
        }
        self.spans.splice(first..last, [(from, to)]);
    }

    fn find(&self, x: f32) -> Option<usize> {
        let index = self.spans.partition_point(|span| span.1 < x);
        self.spans.get(index).filter(|span| span.0 <= x).map(|_| index)
    }

    /// Where the words of the first column start on most lines.
    fn inner_start(&self, lines: &[TextLine<'_>]) -> f32 {
        let mut starts: Vec<f32> = lines.iter().map(|line| line[0].x).filter(|x| self.find(*x) == Some(0)).collect();
        starts.sort_by(f32::total_cmp);
        starts.get(starts.len() / 2).copied().unwrap_or(f32::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::glyph::{Glyph, Style};
    use crate::layout::word_lines::{lines, words};

    fn set(texts: &[(f32, &str)]) -> Vec<Word> {
        let mut glyphs = Vec::new();
        for (y, text) in texts {
            for (column, ch) in text.chars().enumerate() {
                let x = 5.0 * column as f32;
                glyphs.push(Glyph { ch, x, end: x + 5.0, y: *y, size: 10.0, style: Style::default(), mark: None });
            }
        }
        words(&glyphs, &[], 1, 1)
    }

    fn rows(texts: &[(f32, &str)]) -> Vec<String> {
        let words = set(texts);
        let lines: Vec<TextLine<'_>> = lines(&words).map(|line| line.iter().collect()).collect();
        let regions = regions(&lines);
        match regions.first().map(|region| &region.content) {
            Some(Columns::Table(table)) => table.rows.iter().map(PlacedRow::text).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn wrapped_cells_stay_in_their_row() {
        let found = rows(&[
            (20.0, "Name        Purpose of it     Time"),
            (38.0, "alpha       Keeps the page    one day"),
            (50.0, "            as it was"),
            (68.0, "beta        Counts            two days"),
            (90.0, "After the table stands a line that runs across all of its columns."),
        ]);
        assert_eq!(found, ["Name\tPurposeofit\tTime", "alpha\tKeepsthepageasitwas\toneday", "beta\tCounts\ttwodays"]);
    }

    #[test]
    fn numbered_paragraphs_are_no_table() {
        let found =
            rows(&[(20.0, "1.1.    Some words of a"), (32.0, "        paragraph"), (50.0, "1.2.    And another")]);
        assert!(found.is_empty());
    }
}
