//! A table without ruling lines that may go on where it ended: below a label over its rows, or on the next page with its head or without.

use std::ops::Range;

use super::cover::Cover;
use super::line_rows::{label_row, table};
use super::placed_table::{PlacedRow, PlacedTable};
use super::region::{Columns, MAX_LINES, Region, without_heading};
use super::spanning_cells::span_rows;
use super::text_line::{SEED_GAP, TextLine, area, follows, is_strong, line_size, parts};
use super::word_lines::Word;

/// How far the columns of a table may wander from one page to the next, in points.
const CARRIED: f32 = 2.0;

/// Most words of a line that stands over the rows below it.
const LABEL_WORDS: usize = 8;

/// A table that ends its page and may go on with the next.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenTable {
    /// Left edges of its columns.
    columns: Vec<f32>,
    /// The printed lines of its head: the words, and where each begins.
    head: Vec<Vec<(String, f32)>>,
}

impl OpenTable {
    /// A table as the next page may go on with it. Its head are its first lines in bold, else its first row.
    pub fn of(table: &PlacedTable<'_>) -> Self {
        let strong = |row: &&PlacedRow<'_>| words_of(row).iter().all(|word| word.style.strong);
        let rows = table.rows.iter().take_while(strong).count().clamp(1, table.rows.len().max(1));
        let mut head: TextLine<'_> = table.rows.iter().take(rows).flat_map(words_of).collect();
        head.sort_by(|a, b| a.line.cmp(&b.line).then(a.x.total_cmp(&b.x)));
        let line = |words: &[&Word]| words.iter().map(|word| (word.text.clone(), word.x)).collect();
        let head = head.chunk_by(|a, b| a.line == b.line).map(line).collect();
        Self { columns: table.columns.clone(), head }
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// Number of the first of these lines that print the head again.
    pub fn head_again(&self, lines: &[TextLine<'_>]) -> usize {
        let same = |line: &TextLine<'_>, head: &[(String, f32)]| {
            line.len() == head.len() && line.iter().zip(head).all(|(own, (text, _))| own.text == *text)
        };
        let all = lines.len() >= self.head.len() && lines.iter().zip(&self.head).all(|(line, head)| same(line, head));
        if all { self.head.len() } else { 0 }
    }

    /// True where the lines of a head that is printed again stand where the head did.
    pub fn keeps_columns(&self, again: &[TextLine<'_>]) -> bool {
        let places = |(line, head): (&TextLine<'_>, &Vec<(String, f32)>)| {
            line.iter().zip(head).all(|(word, (_, x))| (word.x - x).abs() <= CARRIED)
        };
        again.iter().zip(&self.head).all(places)
    }

    /// Takes a table of the next page, which has other edges, for a part of this one.
    pub fn go_on(&self, table: &mut PlacedTable<'_>) {
        table.columns.clone_from(&self.columns);
    }

    /// The first lines of the next page, where they stand in the columns of the table: it goes on without its head.
    pub fn carried_on<'w>(&self, lines: &[TextLine<'w>], levels: &[f32]) -> Option<Region<'w>> {
        let first = self.part(lines, levels)?;
        let page = lines.first().and_then(|line| line.first()).map_or(1, |word| word.page);
        let table = PlacedTable { columns: self.columns.clone(), page, rows: first.rows, ..PlacedTable::default() };
        let mut region = Region { lines: first.lines, content: Columns::Table(table) };
        self.take_parts_below_labels(&mut region, lines, levels);
        Some(region)
    }

    /// Appends what stands below labels behind a table that ended before one.
    pub(super) fn take_parts_below_labels<'w>(&self, region: &mut Region<'w>, lines: &[TextLine<'w>], levels: &[f32]) {
        let Columns::Table(table) = &mut region.content else { return };
        while let Some(below) = self.below_label(lines, region.lines.end, levels) {
            table.rows.extend(below.rows);
            region.lines.end = below.lines.end;
        }
        table.area = area(&lines[region.lines.clone()]);
    }

    fn cover(&self) -> Cover {
        let inner: Vec<f32> = self.columns.iter().skip(1).map(|edge| edge - CARRIED).collect();
        Cover::between(&inner)
    }

    /// The rows that the first of these lines make.
    fn part<'w>(&self, lines: &[TextLine<'w>], levels: &[f32]) -> Option<Part<'w>> {
        let cover = self.cover();
        let fits = |line: &TextLine<'_>| stands_in_columns(line, &cover);
        let goes_on =
            |index: &usize| fits(&lines[*index]) && (*index == 0 || follows(&lines[index - 1], &lines[*index]));
        let count = (0..lines.len().min(MAX_LINES)).take_while(goes_on).count();
        let lines = &lines[..count];
        let lines = &lines[..without_heading(lines, &cover)];
        let parted = lines.iter().filter(|line| cover.find(line[0].x) != cover.find(line[line.len() - 1].x)).count();
        if parted == 0 || parted * 4 < lines.len() || self.columns.len() < 2 {
            return None;
        }
        let mut table = table(lines, &cover, levels);
        span_rows(&mut table, 0);
        Some(Part { lines: 0..lines.len(), rows: table.rows })
    }

    /// The rows below a line of one stretch that stands over them, with that line as a row of its own. A heading in larger letters, and one
    /// with a head below it, stand over another table.
    fn below_label<'w>(&self, lines: &[TextLine<'w>], label: usize, levels: &[f32]) -> Option<Part<'w>> {
        let line = lines.get(label).filter(|_| self.columns.len() > 2)?;
        let (last, below) = (lines.get(label.checked_sub(1)?)?, &lines[label + 1..]);
        let one_stretch = line.len() <= LABEL_WORDS && !line.windows(2).any(|pair| parts(pair[0], pair[1], SEED_GAP));
        let size = line_size(last);
        let near = follows(last, line) && follows(line, below.first()?) && (line_size(line) - size).abs() < size * 0.08;
        if !one_stretch || !near || line[0].x > self.columns[1] || is_strong(&below[0]) || self.head_again(below) > 0 {
            return None;
        }
        let part = self.part(below, levels)?;
        let rows = [label_row(line, self.columns.len())].into_iter().chain(part.rows).collect();
        Some(Part { lines: label..label + 1 + part.lines.end, rows })
    }
}

fn words_of<'w>(row: &PlacedRow<'w>) -> TextLine<'w> {
    row.cells.iter().flat_map(|cell| cell.words.iter().copied()).collect()
}

/// Lines, and the rows that they make.
struct Part<'w> {
    lines: Range<usize>,
    rows: Vec<PlacedRow<'w>>,
}

/// True where no word reaches over the edge of a column, and each that is the first one behind an edge opens that column.
fn stands_in_columns(line: &TextLine<'_>, cover: &Cover) -> bool {
    let whole = |word: &&Word| cover.find(word.x) == cover.find(word.end - CARRIED);
    let parted = |pair: &[&Word]| {
        cover.find(pair[0].x) == cover.find(pair[1].x) || cover.opens(pair[1]) || parts(pair[0], pair[1], SEED_GAP)
    };
    line.iter().all(whole) && line.windows(2).all(parted)
}
