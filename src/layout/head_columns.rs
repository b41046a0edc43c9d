//! The columns of a table held by blanks, as its head shows them: how many there are, and between which the gutters lie.
//!
//! A text made from a page has characters of one width where the page had not. So a row may stand some blanks further left than
//! the others, and a full cell may leave one blank before the next. A gutter is where the fewest lines cannot be cut near by.

use std::ops::Range;

use super::column_table::{LEAST_LINES, MOST_LINES, Ruled, ends_region, segments};
use super::line_cells::{REACH, stretches};
use super::lines::Line;

/// A head has at most this many lines.
const HEAD_LINES: usize = 4;
/// One line in so many may print across a gutter.
const CROSSING: usize = 12;
/// Columns that less than one line in so many prints in are none.
const SPARSE: usize = 20;

/// The table that a head among the first lines shows, if it has three columns or more.
pub(super) fn shown_table(lines: &[Line]) -> Option<Ruled<'_>> {
    let largest = |reach: usize| {
        let shown = heads(lines).into_iter().filter_map(|head| shown_by(lines, &head, reach));
        shown.max_by_key(|table| (table.size(), table.columns()))
    };
    // Lines that stand beside the others are believed where the table would end without them.
    match (largest(0), largest(REACH)) {
        (Some(strict), Some(loose)) if loose.size() * 4 > strict.size() * 5 => Some(loose),
        (strict, loose) => strict.or(loose),
    }
}

/// What may be the head: one of the first lines, or the first ones together. As stretches of the page that it covers.
fn heads(lines: &[Line]) -> Vec<Vec<Range<usize>>> {
    let printed = lines.iter().take(HEAD_LINES).take_while(|line| !line.is_blank());
    let lines: Vec<Vec<Range<usize>>> = printed.map(|line| stretches(line.text())).collect();
    let together = (2..=lines.len()).map(|count| joined(&lines[..count]));
    let mut heads: Vec<Vec<Range<usize>>> =
        lines.iter().cloned().chain(together).filter(|head| head.len() >= 3).collect();
    heads.dedup();
    heads
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

/// The longest table with one column for each stretch of its head, where only few lines print across its gutters.
fn shown_by<'a>(lines: &'a [Line], head: &[Range<usize>], reach: usize) -> Option<Ruled<'a>> {
    let middle = |stretch: &Range<usize>| (stretch.start + stretch.end) / 2;
    let between: Vec<Range<usize>> = head.windows(2).map(|pair| middle(&pair[0])..middle(&pair[1])).collect();
    let mut region: Vec<&Line> = Vec::new();
    let mut ink = Ink::new(reach);
    let mut blank = 0;
    let mut longest = 0;
    for (index, line) in lines.iter().enumerate().take(MOST_LINES) {
        if line.is_blank() {
            blank += 1;
            continue;
        }
        // A cell may go on over the end of a page, where no heading or running line comes first.
        let goes_on = line.opens_page() && line.indent() >= 8 && segments(line.text()) == 1;
        if ends_region(lines, index, blank, region.is_empty()) && !goes_on {
            break;
        }
        blank = 0;
        region.push(line);
        ink.add(line.text());
        let crossed = between.iter().map(|columns| ink.least_crossed(columns)).max().unwrap_or(0);
        if crossed <= most_crossing(region.len()) && region.len() >= LEAST_LINES {
            longest = region.len();
        } else if crossed > most_crossing(region.len()) + 2 {
            break;
        }
    }
    region.truncate(longest);
    let starts = (longest > 0).then(|| starts(&region, &between, reach)).flatten()?;
    Some(Ruled { starts, lines: region })
}

/// Lines of so many that may print across a gutter.
fn most_crossing(lines: usize) -> usize {
    if lines < 6 { 0 } else { (lines / CROSSING).max(1) }
}

/// What the lines print in each column of the page.
struct Ink {
    /// How far beside a place a line may be cut for it.
    reach: usize,
    /// Lines that print something there.
    printed: Vec<usize>,
    /// Lines that cannot be cut there or near by.
    crossed: Vec<usize>,
}

impl Ink {
    fn new(reach: usize) -> Self {
        Self { reach, printed: Vec::new(), crossed: Vec::new() }
    }

    fn add(&mut self, text: &str) {
        let blank: Vec<bool> = text.chars().map(char::is_whitespace).collect();
        if self.printed.len() < blank.len() {
            self.printed.resize(blank.len(), 0);
            self.crossed.resize(blank.len(), 0);
        }
        let first = blank.iter().position(|blank| !blank).unwrap_or(0);
        let mut last_gap: Option<usize> = Some(first);
        let mut next_gap = 0;
        for column in 0..blank.len() {
            self.printed[column] += usize::from(!blank[column]);
            if gap_at(&blank, column) || column <= first {
                last_gap = Some(column);
            }
            next_gap = next_gap.max(column);
            while next_gap < blank.len() && !gap_at(&blank, next_gap) {
                next_gap += 1;
            }
            let near = last_gap.is_some_and(|gap| column <= gap + self.reach) || next_gap <= column + self.reach;
            let near = near && self.reach > 0;
            self.crossed[column] += usize::from(!blank[column] && !near);
        }
    }

    fn least_crossed(&self, columns: &Range<usize>) -> usize {
        columns.clone().map(|column| self.crossed.get(column).copied().unwrap_or(0)).min().unwrap_or(0)
    }

    /// The ends of the gutters among some columns of the page, the best first: crossed by few, printed in by few, wide.
    fn gutters(&self, columns: &Range<usize>, most: usize) -> Vec<usize> {
        let crossed = |column: usize| self.crossed.get(column).copied().unwrap_or(0);
        let printed = |column: usize| self.printed.get(column).copied().unwrap_or(0);
        let mut levels: Vec<usize> = columns.clone().filter(|column| crossed(*column) <= most).map(printed).collect();
        levels.sort_unstable();
        levels.dedup();
        let mut found: Vec<usize> = Vec::new();
        for level in levels.into_iter().take(8) {
            let open = |column: usize| crossed(column) <= most && printed(column) <= level;
            let ends =
                columns.clone().filter(|column| open(*column) && (column + 1 == columns.end || !open(column + 1)));
            let mut runs: Vec<(usize, usize)> =
                ends.map(|end| (run_length(&open, end, columns.start), end + 1)).collect();
            runs.sort_by(|a, b| b.cmp(a));
            found.extend(runs.into_iter().map(|(_, end)| end).filter(|end| !found.contains(end)).collect::<Vec<_>>());
        }
        found
    }
}

fn run_length(open: &impl Fn(usize) -> bool, end: usize, start: usize) -> usize {
    (start..=end).rev().take_while(|column| open(*column)).count()
}

/// Two blanks in a row, of which one is here.
fn gap_at(blank: &[bool], column: usize) -> bool {
    let is_blank = |column: Option<usize>| column.and_then(|column| blank.get(column)).copied().unwrap_or(true);
    is_blank(Some(column)) && (is_blank(column.checked_sub(1)) || is_blank(Some(column + 1)))
}

/// Where the columns start: each behind its best gutter of those that most lines print on both sides of. None where a column
/// has hardly any line in which it stands beside others.
fn starts(region: &[&Line], between: &[Range<usize>], reach: usize) -> Option<Vec<usize>> {
    let mut ink = Ink::new(reach);
    region.iter().for_each(|line| ink.add(line.text()));
    let shown: Vec<Vec<Range<usize>>> = region.iter().map(|line| stretches(line.text())).collect();
    let mut starts: Vec<usize> = Vec::new();
    for columns in between.iter().rev() {
        let next = starts.last().copied().unwrap_or(usize::MAX);
        let gutters = ink.gutters(columns, most_crossing(region.len()));
        let beside: Vec<usize> = gutters.iter().map(|end| lines_with_both(&shown, *end, next)).collect();
        let most = beside.iter().copied().max()?;
        if most * SPARSE < region.len().max(2 * SPARSE) {
            return None;
        }
        let best = gutters.iter().zip(&beside).find(|(_, count)| **count * 10 >= most * 7)?;
        starts.push(*best.0);
    }
    starts.push(0);
    starts.reverse();
    Some(starts)
}

/// Lines in which a stretch of text ends before a place and another begins there, before the next column.
fn lines_with_both(shown: &[Vec<Range<usize>>], start: usize, next: usize) -> usize {
    let both = |line: &&Vec<Range<usize>>| {
        let begins = |stretch: &Range<usize>| (start.saturating_sub(1)..next).contains(&stretch.start);
        line.windows(2).any(|pair| pair[0].start < start && pair[0].end <= start + 1 && begins(&pair[1]))
    };
    shown.iter().filter(both).count()
}
