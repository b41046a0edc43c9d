//! Tables without ruling lines: columns by the white space that runs down between them, rows by their distance.

use std::ops::Range;

use super::definition_list::definitions;
use super::drawn_table::drawn_region;
use super::glyph::Area;
use super::headed_table::{Headed, headed, is_label, is_strong, next_head};
use super::open_table::OpenTable;
use super::paragraphs::bullets;
use super::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use super::row_cuts;
use super::spanning_cells::span_rows;
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
pub(super) const SEED_GAP: f32 = 0.8;

/// Narrowest gap between two stretches that were drawn apart, in heights of the font.
const APART_GAP: f32 = 0.2;

/// White space that a column keeps around itself, in heights of the font.
const MARGIN: f32 = 0.1;

/// Widest distance of two lines of a table, in heights of the font.
const MAX_DISTANCE: f32 = 4.5;

/// Widest distance of two rows that begin at the same places, in heights of the font.
const FAR: f32 = 9.0;
/// Farthest that stretches which begin at one place lie apart, in points.
const NEAR: f32 = 1.0;
/// Farthest that the baselines of two lines lie apart of which one stands beside the other, in heights of the font.
const BESIDE: f32 = 0.8;

/// Farthest that lines of one cell usually lie apart, in heights of the font.
const MOST_PITCH: f32 = 1.3;

/// Most pairs of words that are compared for two lines.
const MAX_PAIRS: usize = 10_000;

/// Most lines of a region, so that a page of nothing but odd lines costs no more than its length times this.
pub(super) const MAX_LINES: usize = 2000;

/// The regions among the lines of a page, from top to bottom. `levels` are those of its free horizontal rules, in order:
/// where they lie between most rows, they part them.
pub fn regions<'w>(lines: &[TextLine<'w>], levels: &[f32]) -> Vec<Region<'w>> {
    let beside: Vec<TextLine<'w>> = (0..lines.len()).map(|index| with_neighbours(lines, index)).collect();
    let lines = Lines { printed: lines, beside: &beside };
    let right = area(lines.printed).x1;
    let mut regions = Vec::new();
    let mut index = 0;
    while index < lines.printed.len() {
        let above = regions.last().map_or(0, |region: &Region<'_>| region.lines.end);
        if let Some(region) = drawn_region(&lines.printed[index..], index) {
            index = region.lines.end;
            regions.push(region);
            continue;
        }
        let headed = headed_region(&lines.printed[index..], index, levels);
        let below = headed.as_ref().and_then(|headed| below_groups(&lines, headed, levels));
        match below.or(headed).or_else(|| region_at(&lines, above, index, levels)) {
            Some(mut region) => {
                if let Columns::Table(table) = &mut region.content {
                    span_rows(table, 1);
                    OpenTable::of(table).take_parts_below_labels(&mut region, lines.printed, levels);
                }
                index = region.lines.end;
                regions.push(region);
            }
            None => match definitions(&lines.printed[index..], index, right) {
                Some(list) => {
                    index = list.lines.end;
                    regions.push(list);
                }
                None => index += 1,
            },
        }
    }
    regions
}

/// The area that lines cover.
pub(super) fn area(lines: &[TextLine<'_>]) -> Area {
    lines.iter().flatten().map(|word| word.area()).reduce(Area::join).unwrap_or_default()
}

/// The table whose head is the first of these lines, which begin at `start`.
fn headed_region<'w>(lines: &[TextLine<'w>], start: usize, levels: &[f32]) -> Option<Region<'w>> {
    let Headed { head, lines: count, cover } = headed(lines)?;
    let count = if heads_what_follows(lines, count, 0, &cover) { count - 1 } else { count };
    let (head, body) = lines[..count].split_at(head);
    let mut table = one_row(head, &cover);
    for part in body.chunk_by(|a, b| !stands_over(a, &cover) && !stands_over(b, &cover)) {
        match &part[0] {
            label if stands_over(label, &cover) => table.rows.push(label_row(label, cover.spans.len())),
            _ => table.rows.extend(self::table(part, &cover, levels).rows),
        }
    }
    table.area = area(&lines[..count]);
    Some(Region { lines: start..start + count, content: Columns::Table(table) })
}

/// The table below the head of another one, where that head only names groups of its columns: the line below it parts more of them,
/// and most of the other lines do.
fn below_groups<'w>(lines: &Lines<'_, 'w>, headed: &Region<'w>, levels: &[f32]) -> Option<Region<'w>> {
    let columns = |region: &Region<'_>| match &region.content {
        Columns::Table(table) => table.columns.len(),
        Columns::Prose(_) => 0,
    };
    let printed = &lines.printed[headed.lines.clone()];
    let head = printed.iter().take_while(|line| is_strong(line)).count();
    let first = headed.lines.start + head;
    let own = segments(lines.beside.get(first)?).len();
    if head == 0 || own <= columns(headed) {
        return None;
    }
    let mut below = region_at(lines, first, first, levels)?;
    let most = below.lines.len() * 3 >= (headed.lines.len() - head) * 2;
    if columns(&below) != own || !most {
        return None;
    }
    if let Columns::Table(table) = &mut below.content
        && let Some(row) = head_of_all(&printed[..head], table)
    {
        table.rows.insert(0, row);
        below.lines.start = headed.lines.start;
    }
    Some(below)
}

/// The row that a head makes which prints something over each column of a table.
fn head_of_all<'w>(head: &[TextLine<'w>], table: &PlacedTable<'w>) -> Option<PlacedRow<'w>> {
    let mut row = blank_row(table.columns.len());
    for word in head.iter().flatten() {
        let column = table.columns.partition_point(|edge| *edge <= word.x + NEAR).checked_sub(1)?;
        row.cells[column].words.push(word);
    }
    (row.filled() == row.cells.len()).then_some(row)
}

/// True for a heading of the rows below it that reaches over a column.
fn stands_over(line: &TextLine<'_>, cover: &Cover) -> bool {
    is_label(line) && line.iter().any(|word| cover.find(word.end) != cover.find(line[0].x))
}

pub(super) fn label_row<'w>(line: &TextLine<'w>, columns: usize) -> PlacedRow<'w> {
    PlacedRow { cells: vec![PlacedCell { columns, rows: 1, words: line.clone(), ..PlacedCell::default() }] }
}

/// The lines of a page, each also together with those beside it.
struct Lines<'l, 'w> {
    printed: &'l [TextLine<'w>],
    /// As [`with_neighbours`] makes them.
    beside: &'l [TextLine<'w>],
}

impl Lines<'_, '_> {
    fn part(&self, range: Range<usize>) -> Self {
        Self { printed: &self.printed[range.clone()], beside: &self.beside[range] }
    }
}

/// A line with the words that stand beside it a little higher or lower, as in tables whose cells are set in the middle of their row.
fn with_neighbours<'w>(lines: &[TextLine<'w>], index: usize) -> TextLine<'w> {
    let line = &lines[index];
    let mut words = line.clone();
    for other in [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|index| lines.get(index)) {
        let distance = (other[0].y - line[0].y).abs();
        let near = distance < line_size(line).min(line_size(other)) * BESIDE && words.len() * other.len() < MAX_PAIRS;
        let apart = |word: &&Word| words.iter().all(|own| word.x > own.end || word.end < own.x);
        if near && other.iter().all(apart) {
            words.extend(other);
        }
    }
    words.sort_by(|a, b| a.x.total_cmp(&b.x));
    words
}

/// The region that the line at `start` shows to be one; it may begin farther up, but not before `above`.
fn region_at<'w>(all: &Lines<'_, 'w>, above: usize, start: usize, levels: &[f32]) -> Option<Region<'w>> {
    let lines = all.printed;
    let seed = segments(&all.beside[start]);
    let bullets = bullets(&lines[start]);
    if seed.len() < 2 || (seed.len() == 2 && is_enumerator(&lines[start])) || (bullets > 0 && seed.len() <= bullets + 1)
    {
        return None;
    }
    let mut cover = Cover::default();
    all.beside[start].iter().for_each(|word| cover.add(word));
    let mut end = start + 1;
    while end < lines.len().min(start + MAX_LINES)
        && (follows(&lines[end - 1], &lines[end]) || follows_far(&lines[end - 1], &all.beside[end], &seed))
    {
        let mut wider = cover.clone();
        lines[end].iter().for_each(|word| wider.add(word));
        let joined = seed.windows(2).any(|pair| wider.find(pair[0]) == wider.find(pair[1]));
        if joined || runs_across(&lines[end], &seed, &cover, &wider) {
            break;
        }
        cover = wider;
        end += 1;
    }
    cover.keep_columns(&seed, &all.beside[start..end]);
    let end = without_heading(&lines[start..end], &cover) + start;
    let end = without_next_table(&lines[start..end], &cover) + start;
    let end = if is_strong(&lines[start]) {
        next_head(&lines[start + 1..end]).map_or(end, |next| start + 1 + next)
    } else {
        end
    };
    let end = if heads_what_follows(lines, end, start, &cover) { end - 1 } else { end };
    let start = (above..start).rev().take_while(|&line| stands_in(lines, line, &cover)).last().unwrap_or(start);
    let start = if start > above && labels_a_row(lines, start - 1, end, &cover) { start - 1 } else { start };
    let content = content(&all.part(start..end), &cover, levels)?;
    Some(Region { lines: start..end, content })
}

/// True for running text that only happens to have a blank where two columns part.
///
/// `cover` is that of the lines above, `wider` holds this line too.
fn runs_across(line: &TextLine<'_>, seed: &[f32], cover: &Cover, wider: &Cover) -> bool {
    let starts: Vec<f32> = seed.iter().filter_map(|x| wider.find(*x)).map(|column| wider.spans[column].0).collect();
    let column = |word: &Word| starts.partition_point(|start| *start <= word.x);
    let across =
        |pair: &[&Word]| gap(pair[0], pair[1]) < 0.6 && column(pair[0]) != column(pair[1]) && !cover.opens(pair[1]);
    line.windows(2).any(across)
}

/// True for a line whose words fill the columns below it so far that no wide gap shows where these part.
fn stands_in(lines: &[TextLine<'_>], index: usize, cover: &Cover) -> bool {
    let line = &lines[index];
    let mut wider = cover.clone();
    line.iter().for_each(|word| wider.add(word));
    let column = |word: &Word| wider.find(word.x + 0.1).unwrap_or_default();
    let opens = |word: &Word| (word.x - cover.spans[column(word)].0).abs() < word.size * 0.3;
    let parted = || line.windows(2).filter(|pair| column(pair[0]) != column(pair[1]));
    let whole = wider.spans.len() == cover.spans.len() && follows(line, &lines[index + 1]);
    whole && parted().count() > 0 && parted().all(|pair| opens(pair[1]))
}

/// True for a label in bold right above a table whose first column is one of labels in bold: its own row, which prints no value.
fn labels_a_row(lines: &[TextLine<'_>], index: usize, end: usize, cover: &Cover) -> bool {
    let (line, rows) = (&lines[index], &lines[index + 1..end]);
    let label = |line: &TextLine<'_>| {
        line.iter().take_while(|word| cover.find(word.x) == Some(0)).all(|word| word.style.strong)
    };
    let value = |line: &TextLine<'_>| line.iter().any(|word| cover.find(word.x) != Some(0) && !word.style.strong);
    let within = line.iter().all(|word| cover.find(word.x) == Some(0) && cover.find(word.end) == Some(0));
    let level = |pair: &[TextLine<'_>]| pair[1][0].y - pair[0][0].y;
    let near = rows.windows(2).map(level).fold(0.0, f32::max) * 1.05 >= rows[0][0].y - line[0].y;
    let same = (line_size(line) - line_size(&rows[0])).abs() < 0.5;
    is_strong(line) && within && near && same && rows.iter().all(label) && rows.iter().all(value)
}

/// White space between two words, in heights of the font.
fn gap(left: &Word, right: &Word) -> f32 {
    (right.x - left.end) / left.size.max(right.size)
}

/// True where two words are parted: by a gap of this width at least, or by one that no blank was drawn into.
pub(super) fn parts(left: &Word, right: &Word, widest: f32) -> bool {
    let gap = gap(left, right);
    gap > widest || (right.apart && gap > APART_GAP)
}

pub(super) fn follows(last: &TextLine<'_>, next: &TextLine<'_>) -> bool {
    let (Some(last), Some(next)) = (last.first(), next.first()) else { return false };
    let distance = next.y - last.y;
    distance > 0.0 && distance < last.size.max(next.size) * MAX_DISTANCE
}

/// True for a line far below another whose stretches begin where those of the line do that showed the columns: rows with much room around
/// them.
fn follows_far(last: &TextLine<'_>, next: &TextLine<'_>, seed: &[f32]) -> bool {
    let (Some(last), Some(first)) = (last.first(), next.first()) else { return false };
    let distance = first.y - last.y;
    let starts = segments(next);
    let opens = |x: &&f32| seed.iter().any(|start| (*x - start).abs() < NEAR);
    let level = starts.iter().filter(opens).count();
    distance > 0.0
        && distance < last.size.max(first.size) * FAR
        && level > 1
        && level == starts.len()
        && level * 2 > seed.len()
}

/// A heading that follows a table has no words but in the first column, and another look: it is no row.
pub(super) fn without_heading(lines: &[TextLine<'_>], cover: &Cover) -> usize {
    let body = lines.iter().map(|line| line_size(line)).fold(f32::MAX, f32::min);
    let mut rows = 0..lines.len();
    rows.find(|&index| {
        let line = &lines[index];
        let alone = cover.find(line[0].x) == Some(0) && !line.windows(2).any(|pair| parts(pair[0], pair[1], 0.6));
        let outdented = line[0].x < cover.inner_start(lines) - 2.0;
        index > 0 && alone && (line_size(line) > body * 1.08 || outdented || changes_look(lines, index))
    })
    .unwrap_or(lines.len())
}

/// A table ends before a line that stands over its own head printed again: that is the next one, with its caption.
fn without_next_table(lines: &[TextLine<'_>], cover: &Cover) -> usize {
    let same = |line: &TextLine<'_>| {
        line.len() == lines[0].len() && line.iter().zip(&lines[0]).all(|(word, head)| word.text == head.text)
    };
    let again = |index: &usize| same(&lines[index + 1]) && is_alone(&lines[*index], cover);
    (2..lines.len().saturating_sub(1)).find(again).unwrap_or(lines.len())
}

/// True where the last line stands over running text that begins right below it: its heading, and no row.
fn heads_what_follows(lines: &[TextLine<'_>], end: usize, start: usize, cover: &Cover) -> bool {
    let Some((last, above)) = lines[start..end].split_last() else { return false };
    let Some(next) = lines.get(end) else { return false };
    // The last line of a cell stands near the line above it in its column.
    let above = above.iter().rfind(|line| prints(line, 0, cover));
    let own_row = above.is_some_and(|above| last[0].y - above[0].y > line_size(last) * MOST_PITCH);
    let runs_on =
        next.windows(2).any(|pair| cover.find(pair[0].x) != cover.find(pair[1].x) && gap(pair[0], pair[1]) < 0.6);
    end - start > 2 && own_row && is_alone(last, cover) && follows(last, next) && runs_on
}

/// True for a line of one stretch in the first column.
fn is_alone(line: &TextLine<'_>, cover: &Cover) -> bool {
    let first = line.iter().all(|word| cover.find(word.x) == Some(0));
    first && !line.windows(2).any(|pair| parts(pair[0], pair[1], 0.6))
}

fn changes_look(lines: &[TextLine<'_>], index: usize) -> bool {
    let strong = |line: &TextLine<'_>| line.iter().all(|word| word.style.strong);
    let after_body = lines[1..index].iter().any(|line| !strong(line));
    after_body && strong(&lines[index]) && !lines[1..index].iter().any(|line| line[0].style.strong)
}

pub(super) fn line_size(line: &TextLine<'_>) -> f32 {
    line.iter().map(|word| word.size).fold(0.0, f32::max)
}

fn content<'w>(all: &Lines<'_, 'w>, cover: &Cover, levels: &[f32]) -> Option<Columns<'w>> {
    let lines = all.printed;
    let columns = cover.spans.len();
    let changes = |line: &TextLine<'w>| -> Vec<[&'w Word; 2]> {
        let pairs = line.windows(2).map(|pair| [pair[0], pair[1]]);
        pairs.filter(|pair| cover.find(pair[0].x) != cover.find(pair[1].x)).collect()
    };
    let opens = |pair: &[&Word; 2]| cover.opens(pair[1]);
    let parted = |line: &&TextLine<'w>| {
        let changes = changes(line);
        // Cells that fill their columns leave no wide gap, but each begins where its column does.
        let aligned = changes.len() > 1 && changes.iter().all(opens);
        aligned || changes.iter().any(|pair| parts(pair[0], pair[1], SEED_GAP))
    };
    let several = |line: &&TextLine<'w>| line.iter().any(|word| cover.find(word.x) != cover.find(line[0].x));
    // Two lines that stand beside one another are one sign of columns and not two.
    let count = |sign: &dyn Fn(&&TextLine<'w>) -> bool| {
        let beside = all.beside.iter().filter(sign).count();
        let own = lines.iter().filter(sign).count().min(beside);
        own + (beside - own) / 2
    };
    let (parted, several) = (count(&parted), count(&several));
    if columns < 2 || parted * 2 < several || parted < if columns == 2 { 3 } else { 2 } {
        return None;
    }
    if columns == 2 && lines.iter().all(|line| cover.find(line[0].x) != Some(0) || is_enumerator(line)) {
        return None;
    }
    if is_prose(all, cover) {
        return Some(Columns::Prose(column_by_column(lines, cover)));
    }
    let table = table(lines, cover, levels);
    table.is_table().then_some(Columns::Table(table))
}

/// Running text fills each of its columns on nearly every line, from edge to edge.
fn is_prose(all: &Lines<'_, '_>, cover: &Cover) -> bool {
    let lines = all.printed;
    let uneven = lines.iter().zip(all.beside).filter(|(line, beside)| line.len() < beside.len()).count();
    // Two columns whose lines are not level with one another share them out.
    let shared = cover.spans.len() == 2 && uneven * 2 > lines.len();
    let most = if shared { lines.len() / 2 } else { lines.len() };
    let full = |column: usize| {
        let (left, right) = cover.spans[column];
        let width = |line: &TextLine<'_>| {
            let mut own = line.iter().filter(|word| cover.find(word.x) == Some(column));
            let first = own.next()?;
            Some(own.next_back().unwrap_or(first).end - first.x)
        };
        let widths: Vec<f32> = lines.iter().filter_map(width).collect();
        let wide = widths.iter().filter(|width| **width > (right - left) * 0.75).count();
        wide * 10 > most * 6
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

pub(super) fn table<'w>(lines: &[TextLine<'w>], cover: &Cover, levels: &[f32]) -> PlacedTable<'w> {
    table_of_rows(lines, cover, &row_starts(lines, cover, levels))
}

/// All lines as one row.
fn one_row<'w>(lines: &[TextLine<'w>], cover: &Cover) -> PlacedTable<'w> {
    let starts: Vec<bool> = (0..lines.len()).map(|index| index == 0).collect();
    table_of_rows(lines, cover, &starts)
}

/// A table of which some lines open a row.
fn table_of_rows<'w>(lines: &[TextLine<'w>], cover: &Cover, starts: &[bool]) -> PlacedTable<'w> {
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

/// Where the columns begin; the first one, which may reach to the edge of the page, at its first word.
fn left_edges(lines: &[TextLine<'_>], cover: &Cover) -> Vec<f32> {
    let left = lines.iter().filter_map(|line| line.first()).map(|word| word.x).fold(f32::MAX, f32::min);
    cover.spans.iter().map(|span| span.0.max(left)).collect()
}

fn blank_row<'w>(columns: usize) -> PlacedRow<'w> {
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

fn prints(line: &TextLine<'_>, column: usize, cover: &Cover) -> bool {
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

/// Left edges of the stretches that gaps part.
fn segments(line: &TextLine<'_>) -> Vec<f32> {
    line.chunk_by(|a, b| !parts(a, b, SEED_GAP)).map(|stretch| stretch[0].x).collect()
}

/// A line that opens with a number, a letter with a bracket or a bullet.
pub(super) fn is_enumerator(line: &TextLine<'_>) -> bool {
    let Some(text) = line.first().map(|word| word.text.as_str()) else { return false };
    let short = text.chars().count() <= 8;
    let numbered = text.ends_with(['.', ')', ':']) || text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let symbol = text.chars().count() == 1 && !text.chars().all(char::is_alphanumeric);
    symbol || (short && numbered && text.trim_end_matches(['.', ')', ':']).chars().count() <= 6 && !text.contains('_'))
}

/// What words cover of the width of the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Cover {
    /// Covered stretches from left to right, with white space between them.
    spans: Vec<(f32, f32)>,
}

impl Cover {
    /// Columns of which each but the first begins at one of these places, with no white space between them.
    pub fn between(edges: &[f32]) -> Self {
        let starts = [f32::MIN].into_iter().chain(edges.iter().copied());
        let ends = edges.iter().map(|edge| edge.next_down()).chain([f32::MAX]);
        Self { spans: starts.zip(ends).collect() }
    }

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

    /// Joins stretches in which no column opens to the one on their left, unless some line parts them by a wide gap.
    fn keep_columns(&mut self, seed: &[f32], lines: &[TextLine<'_>]) {
        let mut parted = vec![false; self.spans.len()];
        for pair in lines.iter().flat_map(|line| line.windows(2)) {
            if let Some(index) = self.find(pair[1].x).filter(|_| parts(pair[0], pair[1], SEED_GAP)) {
                parted[index] |= self.find(pair[0].x) != Some(index);
            }
        }
        let mut kept: Vec<(f32, f32)> = Vec::with_capacity(self.spans.len());
        for (span, parted) in self.spans.iter().zip(parted) {
            let opens = parted || seed.iter().any(|x| span.0 <= *x && *x <= span.1);
            match kept.last_mut().filter(|_| !opens) {
                Some(last) => last.1 = span.1,
                None => kept.push(*span),
            }
        }
        self.spans = kept;
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.spans.len()
    }

    pub fn find(&self, x: f32) -> Option<usize> {
        let index = self.spans.partition_point(|span| span.1 < x);
        self.spans.get(index).filter(|span| span.0 <= x).map(|_| index)
    }

    /// True for a word that stands at the left edge of its column.
    pub fn opens(&self, word: &Word) -> bool {
        let edge = self.find(word.x + 0.1).map(|column| self.spans[column].0);
        edge.is_some_and(|edge| word.x - edge < word.size * 0.3)
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
                glyphs.push(Glyph {
                    ch,
                    x,
                    end: x + 5.0,
                    y: *y,
                    size: 10.0,
                    style: Style::default(),
                    mark: None,
                    opens: false,
                });
            }
        }
        words(&glyphs, &[], 1, 1)
    }

    fn rows(texts: &[(f32, &str)]) -> Vec<String> {
        let words = set(texts);
        let lines: Vec<TextLine<'_>> = lines(&words).map(|line| line.iter().collect()).collect();
        let regions = regions(&lines, &[]);
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
    fn a_line_that_fills_its_columns_belongs_to_those_below() {
        let mut texts: Vec<(f32, String)> =
            vec![(20.0, "All that is written in the left ".to_owned() + "and in the right one")];
        let rows = [
            "column goes on below in it,",
            "and what is in the right is",
            "read only when the left one",
            "has come to its end, and no",
        ];
        texts.extend(
            rows.iter()
                .cycle()
                .take(8)
                .enumerate()
                .map(|(row, left)| (32.0 + 12.0 * row as f32, format!("{left:<32}another {row} of its lines"))),
        );
        let texts: Vec<(f32, &str)> = texts.iter().map(|(y, text)| (*y, text.as_str())).collect();
        let words = set(&texts);
        let lines: Vec<TextLine<'_>> = lines(&words).map(|line| line.iter().collect()).collect();
        assert_eq!(regions(&lines, &[]).first().map(|region| region.lines.clone()), Some(0..9));
    }

    #[test]
    fn cells_in_the_middle_of_their_row_stand_in_it() {
        let found = rows(&[
            (20.0, "Name        Purpose of it"),
            (38.0, "            Keeps the page"),
            (44.0, "alpha"),
            (50.0, "            as it was"),
            (68.0, "beta        Counts"),
            (86.0, "            Remembers where"),
            (92.0, "gamma"),
            (98.0, "            the visit began"),
        ]);
        let rows =
            ["Name\tPurposeofit", "alpha\tKeepsthepageasitwas", "beta\tCounts", "gamma\tRememberswherethevisitbegan"];
        assert_eq!(found, rows);
    }

    #[test]
    fn numbered_paragraphs_are_no_table() {
        let found =
            rows(&[(20.0, "1.1.    Some words of a"), (32.0, "        paragraph"), (50.0, "1.2.    And another")]);
        assert!(found.is_empty());
    }
}
