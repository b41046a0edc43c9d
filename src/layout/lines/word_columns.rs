//! The columns of a table held by blanks, word by word: each line is cut by itself at the least cost.
//!
//! A text made from a page has characters of one width where the page had not. So a row may stand some blanks beside the others, a full
//! cell may leave one blank before the next, and a head may be centred over its column. What holds is the order of the columns and
//! about where each begins; which word begins a cell is decided for the line as a whole, with the lines beside it as witnesses.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::line::{Line, stretches};
use crate::block::{Cell, Row};

/// Columns that are told apart; a head of more is no head.
const MOST_COLUMNS: usize = 12;
/// Lines above and below that show where a column begins in a row.
const BESIDE: usize = 3;
/// A row stands at most this far beside the others.
const REACH: usize = 12;

/// What each deviation costs; a line that is cut without any costs nothing. A column is worth 1, so that it may cost 2 to find it.
mod cost {
    /// A cell that begins some blanks behind where its column does, for each; before it, which is what narrow letters make of a row.
    /// Where a cell of a line near by begins costs nothing.
    pub const BEHIND: f32 = 0.3;
    pub const BEFORE: f32 = 0.15;
    /// The most that the place of a cell costs.
    pub const FAR: f32 = 1.0;
    /// A cell that begins elsewhere than between the middle of the heads beside it.
    pub const OUTSIDE: f32 = 2.0;
    /// A cell that one blank parts from the one before.
    pub const ONE_BLANK: f32 = 1.0;
    /// The same behind the value of a column of kinds.
    pub const BEHIND_KIND: f32 = 0.3;
    /// Two blanks may stand behind a full stop.
    pub const TWO_BLANKS: f32 = 0.3;
    /// A number is hardly ever parted from its unit.
    pub const BEHIND_NUMBER: f32 = 1.5;
    /// Blanks inside a cell: two, three, more.
    pub const GAP: [f32; 3] = [0.7, 1.5, 4.0];
    /// A character of a cell that stands where the next column is.
    pub const OVERHANG: f32 = 0.8;
    /// A column that a line begins behind.
    pub const BEGUN_LATER: f32 = 0.2;
    /// A column that the line in which a row begins ends before.
    pub const ENDS_EARLY: f32 = 0.2;
    /// A column that is left out between two others: by the line in which a row begins, by any other.
    pub const LEFT_OUT: [f32; 2] = [1.5, 0.2];
}

/// Columns as a head shows them, in characters of the line.
#[derive(Debug, Clone)]
pub(super) struct WordColumns {
    /// Where cells of a column usually begin.
    starts: Vec<usize>,
    /// Where they may begin.
    windows: Vec<Range<usize>>,
}

/// A line cut into cells.
#[derive(Debug)]
pub(super) struct CutLine {
    /// One for each column.
    pub cells: Vec<Range<usize>>,
    /// What the cut costs.
    pub cost: f32,
    /// True where the line begins where the first column usually does.
    pub from_margin: bool,
}

impl CutLine {
    /// Cells that print something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// Cells between two others that print nothing.
    fn left_out(&self) -> usize {
        let filled = |cell: &Range<usize>| !cell.is_empty();
        match (self.cells.iter().position(filled), self.cells.iter().rposition(filled)) {
            (Some(first), Some(last)) => last + 1 - first - self.filled(),
            _ => 0,
        }
    }
}

impl WordColumns {
    /// The columns that some lines have below a head of these stretches.
    pub fn of(head: &[Range<usize>], lines: &[&Line]) -> Option<Self> {
        if !(2..=MOST_COLUMNS).contains(&head.len()) {
            return None;
        }
        let middle = |stretch: &Range<usize>| (stretch.start + stretch.end) / 2;
        let from = |column: usize| if column == 0 { 0 } else { middle(&head[column - 1]) + 1 };
        let windows: Vec<Range<usize>> = (0..head.len()).map(|column| from(column)..head[column].end).collect();
        let words: Vec<Vec<Word>> = lines.iter().map(|line| words(line.text())).collect();
        let starts = windows.iter().zip(head).map(|(window, head)| usual_start(window, head, &words)).collect();
        Some(Self { starts, windows })
    }

    /// Each line cut.
    pub fn cut(&self, lines: &[&Line]) -> Vec<CutLine> {
        let shown: Vec<Vec<usize>> = lines
            .iter()
            .map(|line| stretches(line.text()).into_iter().map(|stretch| stretch.start).collect())
            .collect();
        let beside = |index: usize| {
            let near = index.saturating_sub(BESIDE)..(index + BESIDE + 1).min(lines.len());
            near.filter(|near| *near != index).flat_map(|near| shown[near].iter().copied()).collect::<Vec<usize>>()
        };
        let mut words: Vec<Vec<Word>> = lines.iter().map(|line| words(line.text())).collect();
        mark_behind_kinds(lines, &mut words);
        words.iter().enumerate().map(|(index, words)| self.cut_line(words, &beside(index))).collect()
    }

    /// The cut of a line that costs least: for each word, the column that it stands in.
    fn cut_line(&self, words: &[Word], beside: &[usize]) -> CutLine {
        let begins_row = words.first().is_some_and(|word| word.place.start < self.windows[1].start);
        let left_out = cost::LEFT_OUT[usize::from(!begins_row)];
        // The least cost of the words so far with the last of them in a column, and the column of the word before it.
        let mut costs: Vec<Vec<(f32, usize)>> = Vec::with_capacity(words.len());
        for word in words {
            let before = costs.last();
            let reached = |column: usize| {
                let overhang = self.overhang(word, column);
                let begun = self.begin(word, column, beside) + overhang;
                let Some(before) = before else { return (begun + cost::BEGUN_LATER * column as f32, column) };
                let stays = (before[column].0 + word.gap_inside() + overhang, column);
                let moved = |from: usize| (before[from].0 + begun + left_out * (column - from - 1) as f32, from);
                (0..column).map(moved).fold(stays, |best, other| if other.0 < best.0 { other } else { best })
            };
            costs.push((0..self.starts.len()).map(reached).collect());
        }
        if begins_row && let Some(last) = costs.last_mut() {
            let columns = last.len();
            let lacking = |column: usize| cost::ENDS_EARLY * (columns - 1 - column) as f32;
            last.iter_mut().enumerate().for_each(|(column, reached)| reached.0 += lacking(column));
        }
        let mut cut = self.traced(words, &costs);
        // What decides between two cuts says nothing against the line.
        cut.cost -= left_out * cut.left_out() as f32;
        cut
    }

    fn traced(&self, words: &[Word], costs: &[Vec<(f32, usize)>]) -> CutLine {
        let mut cells = vec![0..0; self.starts.len()];
        let from_margin = words.first().is_some_and(|word| word.place.start == self.starts[0]);
        let Some(last) = costs.last() else { return CutLine { cells, cost: 0.0, from_margin } };
        let best = (0..last.len()).min_by(|a, b| last[*a].0.total_cmp(&last[*b].0)).expect("there are columns");
        let mut column = best;
        for (word, reached) in words.iter().zip(costs).rev() {
            let cell: &mut Range<usize> = &mut cells[column];
            *cell = word.place.start..cell.end.max(word.place.end);
            column = reached[column].1;
        }
        CutLine { cells, cost: last[best].0, from_margin }
    }

    /// What it costs that a word begins the cell of a column.
    fn begin(&self, word: &Word, column: usize, beside: &[usize]) -> f32 {
        let at = word.place.start;
        let usual = self.starts[column];
        let own = if at < usual { (usual - at) as f32 * cost::BEFORE } else { (at - usual) as f32 * cost::BEHIND };
        let near = beside.iter().filter(|start| start.abs_diff(self.starts[column]) <= REACH);
        let shifted = near.map(|start| start.abs_diff(at) as f32 * cost::BEHIND);
        let place = shifted.fold(own.min(cost::FAR), f32::min);
        let outside = if self.windows[column].contains(&at) { 0.0 } else { cost::OUTSIDE };
        place + outside + word.gap_before()
    }

    /// What it costs that a word of a column stands where the next one is.
    fn overhang(&self, word: &Word, column: usize) -> f32 {
        let next = self.starts.get(column + 1).copied().unwrap_or(usize::MAX);
        word.place.end.saturating_sub(next.max(word.place.start)) as f32 * cost::OVERHANG
    }
}

/// A word of a line.
#[derive(Debug, Clone)]
struct Word {
    /// Its characters in the line.
    place: Range<usize>,
    /// Blanks before it; many for the first one.
    gap: usize,
    /// True for figures alone.
    numeric: bool,
    /// What the word before it is.
    behind: Behind,
}

/// What a word that one blank parts from the one before stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    Word,
    Number,
    /// A first word that several lines begin with and go on differently: the value of a column of kinds.
    Kind,
}

impl Word {
    /// What its distance from the word before costs, where both stand in one cell.
    fn gap_inside(&self) -> f32 {
        match self.gap {
            0 | 1 => 0.0,
            2 => cost::GAP[0],
            3 => cost::GAP[1],
            _ => cost::GAP[2],
        }
    }

    /// The same, where it begins a cell.
    fn gap_before(&self) -> f32 {
        match (self.gap, self.behind) {
            (1, Behind::Kind) => cost::BEHIND_KIND,
            (1, Behind::Number) => cost::ONE_BLANK + cost::BEHIND_NUMBER,
            (1, Behind::Word) => cost::ONE_BLANK,
            (2, _) => cost::TWO_BLANKS,
            _ => 0.0,
        }
    }
}

/// Marks second words behind a first word that several lines begin with, most of them going on differently.
fn mark_behind_kinds(lines: &[&Line], words: &mut [Vec<Word>]) {
    let opening = |line: &&Line| -> Option<(String, String)> {
        let mut words = line.text().split_whitespace().map(str::to_owned);
        Some((words.next()?, words.next()?))
    };
    let openings: Vec<Option<(String, String)>> = lines.iter().map(opening).collect();
    let mut followers: HashMap<&str, Vec<&str>> = HashMap::new();
    for (first, second) in openings.iter().flatten() {
        followers.entry(first).or_default().push(second);
    }
    let is_kind = |first: &str| {
        let all = &followers[first];
        let different = all.iter().collect::<HashSet<_>>().len();
        different >= 3 && different * 3 >= all.len() * 2
    };
    for (opening, words) in openings.iter().zip(words) {
        if opening.as_ref().is_some_and(|(first, _)| is_kind(first)) {
            words[1].behind = Behind::Kind;
        }
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut gap = usize::MAX;
    for (at, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            gap = gap.saturating_add(1);
            continue;
        }
        match words.last_mut().filter(|_| gap == 0) {
            Some(word) => {
                word.place.end = at + 1;
                word.numeric &= c.is_numeric();
            }
            None => {
                let behind = if words.last().is_some_and(|word| word.numeric) { Behind::Number } else { Behind::Word };
                words.push(Word { place: at..at + 1, gap, numeric: c.is_numeric(), behind });
            }
        }
        gap = 0;
    }
    words
}

/// Where most lines begin a cell among some characters; where hardly any does, at the head.
fn usual_start(window: &Range<usize>, head: &Range<usize>, lines: &[Vec<Word>]) -> usize {
    let mut begun = vec![0.0_f32; window.len()];
    for word in lines.iter().flatten().filter(|word| window.contains(&word.place.start)) {
        begun[word.place.start - window.start] += if word.gap >= 2 { 1.0 } else { 0.4 };
    }
    let best = (0..begun.len()).max_by(|a, b| {
        let near = |at: &usize| std::cmp::Reverse((window.start + at).abs_diff(head.start));
        begun[*a].total_cmp(&begun[*b]).then(near(a).cmp(&near(b)))
    });
    best.filter(|best| begun[*best] >= 1.0).map_or(head.start, |best| window.start + best)
}

/// The cells of a cut line as a row of a table.
pub(super) fn row(line: &Line, cut: &CutLine) -> Row {
    let characters: Vec<char> = line.text().chars().collect();
    let cell = |place: &Range<usize>| Cell::plain(characters[place.clone()].iter().collect::<String>());
    Row::new(cut.cells.iter().map(cell).collect(), line.span())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(lines: &[&str]) -> Vec<Vec<String>> {
        let lines: Vec<Line> = lines.iter().zip(1..).map(|(text, number)| Line::new(number, text)).collect();
        let lines: Vec<&Line> = lines.iter().collect();
        let columns = WordColumns::of(&stretches(lines[0].text()), &lines).unwrap();
        let rows = lines.iter().zip(columns.cut(&lines)).map(|(line, cut)| row(line, &cut));
        rows.map(|row| row.cells.iter().map(|cell| cell.text.text.to_string()).collect()).collect()
    }

    #[test]
    fn a_row_may_stand_beside_the_others_and_its_cells_close_together() {
        let rows = cut(&[
            " Name                   What it is for         Kept for             Party",
            " a_b                    Counts                 Session              First",
            " shop.long_session_name Holds together the     Until you            First",
            "                        visit to the           close it",
            " other.very_long Says who                      6 months             First",
            "                 has said yes",
        ]);
        assert_eq!(rows[2], ["shop.long_session_name", "Holds together the", "Until you", "First"]);
        assert_eq!(rows[4], ["other.very_long", "Says who", "6 months", "First"]);
    }

    #[test]
    fn a_column_of_few_values_is_told_from_what_follows() {
        let rows = cut(&[
            "Kind        Cookie         Used for           Kept",
            "Necessary   session        Staying signed in  1 day",
            "Statistics _ga             Counting           2 years",
            "Statistics _gid            Counting           1 day",
            "Statistics plan            Testing            90 days",
        ]);
        assert_eq!(rows[4], ["Statistics", "plan", "Testing", "90 days"]);
    }
}
