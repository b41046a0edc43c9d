//! Tables without ruling lines: columns by the white space that runs down between them, rows by their distance.

use std::ops::Range;

use super::cover::Cover;
use super::definition_list::definitions;
use super::drawn_table::drawn_region;
use super::headed_table::{Headed, headed, next_head};
use super::line_rows::{MOST_PITCH, blank_row, label_row, one_row, prints, table};
use super::open_table::OpenTable;
use super::placed_table::{PlacedRow, PlacedTable};
use super::region::{Columns, MAX_LINES, Region, without_heading};
use super::spanning_cells::span_rows;
use super::text_line::{
    SEED_GAP, TextLine, area, bullets, follows, gap, is_enumerator, is_label, is_strong, line_size, parts, segments,
};
use super::word_lines::Word;

/// Widest distance of two rows that begin at the same places, in heights of the font.
const FAR: f32 = 9.0;
/// Farthest that stretches which begin at one place lie apart, in points.
const NEAR: f32 = 1.0;
/// Farthest that the baselines of two lines lie apart of which one stands beside the other, in heights of the font.
const BESIDE: f32 = 0.8;

/// Most pairs of words that are compared for two lines.
const MAX_PAIRS: usize = 10_000;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::placed::glyph::{Glyph, Style};
    use crate::layout::placed::word_lines::{lines, words};

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
