//! Tables held by blanks whose head shows the columns: how many there are, and about where.
//!
//! Which lines belong to the table is what they are worth: a line that prints in several columns and is cut without much cost adds to
//! it, any other takes from it.

use std::ops::Range;

use super::column_region::{CutTable, LEAST_LINES, MOST_LINES, ends_region, is_head_again, reach};
use super::line::{Line, segments, stretches};
use super::line_cells::label_row;
use super::word_columns::{CutLine, WordColumns, row};
use crate::block::Row;

/// A head has at most this many lines.
const HEAD_LINES: usize = 4;
/// Columns that less than one line in so many prints in are none.
const SPARSE: usize = 20;
/// A line that is cut at more cost than this runs over its columns.
const CROSSING: f32 = 2.0;

/// The table that a head among the first lines shows, if it has three columns or more. Where cells begin in every line may part two heads
/// that one blank does.
pub(super) fn shown_table(lines: &[Line], starts: &[usize]) -> Option<CutTable> {
    let shown = heads(lines, starts).into_iter().filter_map(|head| shown_by(lines, &head));
    shown.max_by(|a, b| a.worth.total_cmp(&b.worth))
}

/// What may be the head: one of the first lines, or the first ones together. As stretches of the page that it covers.
fn heads(lines: &[Line], starts: &[usize]) -> Vec<Vec<Range<usize>>> {
    let printed = || lines.iter().take(HEAD_LINES).take_while(|line| !line.is_blank());
    let parted = printed().next().map(|line| parted_at(line.text(), starts));
    let lines: Vec<Vec<Range<usize>>> = printed().map(|line| stretches(line.text())).collect();
    let together = (2..=lines.len()).map(|count| joined(&lines[..count]));
    let mut heads: Vec<Vec<Range<usize>>> =
        lines.iter().cloned().chain(together).chain(parted).filter(|head| head.len() >= 3 && is_spread(head)).collect();
    heads.dedup();
    heads
}

/// The stretches of a line, those taken apart in which a column begins behind a blank. The starts are in order.
fn parted_at(text: &str, starts: &[usize]) -> Vec<Range<usize>> {
    let blank: Vec<bool> = text.chars().map(char::is_whitespace).collect();
    let parts = |stretch: Range<usize>| {
        let within = starts.partition_point(|start| *start <= stretch.start)..starts.len();
        let cuts = starts[within].iter().copied().take_while(|start| *start < stretch.end);
        let cuts: Vec<usize> = cuts.filter(|start| blank[*start - 1] && !blank[*start]).collect();
        let from = std::iter::once(stretch.start).chain(cuts.iter().copied());
        let to = cuts.iter().map(|cut| cut - 1).chain([stretch.end]);
        from.zip(to).map(|(from, to)| from..to).collect::<Vec<_>>()
    };
    stretches(text).into_iter().flat_map(parts).collect()
}

/// Two blanks may stand between sentences; a head has room somewhere.
fn is_spread(head: &[Range<usize>]) -> bool {
    head.windows(2).any(|pair| pair[1].start >= pair[0].end + 3)
}

/// The stretches of several lines; what stands above or below each other is one.
fn joined(lines: &[Vec<Range<usize>>]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = lines.iter().flatten().cloned().collect();
    all.sort_by_key(|stretch| stretch.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in all {
        match joined.last_mut().filter(|last| stretch.start < last.end) {
            Some(last) => last.end = last.end.max(stretch.end),
            None => joined.push(stretch),
        }
    }
    joined
}

/// The table below a head, as far as its lines are worth it.
fn shown_by(lines: &[Line], head: &[Range<usize>]) -> Option<CutTable> {
    let region = region(lines);
    let columns = WordColumns::of(head, &region)?;
    let cuts = columns.cut(&region);
    let mut sum = 0.0;
    let sums: Vec<f32> = region
        .iter()
        .zip(&cuts)
        .map(|(line, cut)| {
            sum += worth(line, cut);
            sum
        })
        .collect();
    let last = (0..sums.len()).rev().max_by(|a, b| sums[*a].total_cmp(&sums[*b]))?;
    let told = (1..head.len()).all(|column| {
        let beside = |cut: &&CutLine| !cut.cells[column].is_empty() && cut.filled() >= 2;
        cuts[..=last].iter().filter(beside).count() * SPARSE >= (last + 1).max(2 * SPARSE)
    });
    let last = last + rest_of_row(&region[last..], &cuts[last..]);
    if last + 1 < LEAST_LINES || !told {
        return None;
    }
    let rows = region.iter().zip(&cuts).take(last + 1).map(|(line, cut)| cut_row(line, cut)).collect();
    Some(CutTable {
        rows,
        lines: reach(lines, region[last]),
        columns: head.len(),
        worth: sums[last],
        starts: Vec::new(),
    })
}

/// The printed lines that could belong to a table: of one page, without a long blank, none of them running text, up to where its head
/// is printed again.
fn region(lines: &[Line]) -> Vec<&Line> {
    let mut region: Vec<&Line> = Vec::new();
    let mut blank = 0;
    for (index, line) in lines.iter().enumerate().take(MOST_LINES) {
        if line.is_blank() {
            blank += 1;
            continue;
        }
        // A cell may go on over the end of a page, where no heading or running line comes first.
        let goes_on = line.opens_page() && line.indent() >= 8 && segments(line.text()) == 1;
        let ends = ends_region(lines, index, blank, region.is_empty()) && !goes_on;
        if ends || is_head_again(line, &region) {
            break;
        }
        blank = 0;
        region.push(line);
    }
    region
}

/// How many lines right below the last one worth it go on with its row: one cell each, with no blank line before.
fn rest_of_row(lines: &[&Line], cuts: &[CutLine]) -> usize {
    let adjoins = |index: &usize| lines[*index].number() == lines[index - 1].number() + 1;
    let goes_on = |index: &usize| cuts[*index].filled() == 1 && cuts[*index].cost < CROSSING;
    (1..lines.len()).take_while(|index| adjoins(index) && goes_on(index)).count()
}

fn cut_row(line: &Line, cut: &CutLine) -> Row {
    if is_label(line, cut) { label_row(line, cut.cells.len()) } else { row(line, cut) }
}

/// What a line adds to a table: its cells beside the first, less what it costs to cut it.
fn worth(line: &Line, cut: &CutLine) -> f32 {
    let continues = cut.cells[0].is_empty() && cut.cost < CROSSING;
    match cut.filled() {
        1 if continues && !is_label(line, cut) => 0.01,
        1 => 0.0,
        _ if is_label(line, cut) => 0.0,
        // Nothing but the columns parts its cells: it could be a text that runs over them.
        filled if segments(line.text()) == 1 => filled as f32 - 2.0 - cut.cost / 2.0,
        filled => filled as f32 - 1.0 - cut.cost / 2.0,
    }
}

/// One stretch of text from the first column over others: a heading of the rows below.
fn is_label(line: &Line, cut: &CutLine) -> bool {
    let over_others = if cut.cells[0].is_empty() { cut.from_margin && cut.filled() == 1 } else { cut.cost > CROSSING };
    over_others && segments(line.text()) == 1
}
