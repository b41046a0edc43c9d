//! Tables whose columns are held by blanks, as `pdftotext -layout` and text browsers print them.
//!
//! A gutter is a column of the page that is blank in every line of the table; lines are added while the gutters stay. Where
//! letters are set closer than the page was (a full cell leaves one blank, or none where the next begins), the line with the
//! most stretches of text shows how many columns there are, and each gutter is where the fewest lines print something.

use std::ops::Range;

use super::lines::{Line, Run};
use super::tab_table::table_block;
use crate::block::{Block, Cell, Content, Row};

/// Lines with fewer rows than this show no gutter that could not be chance.
const LEAST_LINES: usize = 3;
/// Blank lines in a row that a table may hold between its rows.
const MOST_BLANK: usize = 4;
/// Lines of a table among which the one that shows its columns is looked for.
const HEAD_LINES: usize = 3;
/// One line in so many may print across a gutter.
const CROSSING: usize = 12;
/// A word may reach this far over a gutter and still belong to the side on which it began.
const OVERHANG: usize = 4;

/// A region that is cut into more prefixes than this is tried at fewer of them.
const MOST_LINES: usize = 4_000;

/// The table that begins with the first line, if it does.
pub(super) fn column_table(lines: &[Line]) -> Option<Run> {
    if segments(lines[0].text()) < 2 {
        return None;
    }
    let strict = strict_table(lines);
    let shown = shown_table(lines);
    let best = match (strict, shown) {
        (Some(strict), Some(shown)) if shown.size() <= strict.size() => strict,
        (_, Some(shown)) => shown,
        (strict, None) => strict?,
    };
    let taken = (best.lines[best.lines.len() - 1].number() - lines[0].number()) as usize + 1;
    let rows: Vec<Row> = best.lines.iter().map(|line| row(line, &best.starts)).collect();
    let full = rows.iter().filter(|row| row.cells.iter().filter(|cell| !cell.text.is_blank()).count() >= 2).count();
    // A cell of several lines leaves most lines with one cell; with two columns that would be any text with a margin.
    let tallest = if best.columns() >= 3 { 12 } else { 3 };
    let convincing = best.columns() >= 2 && full >= LEAST_LINES && full * tallest >= rows.len();
    convincing.then(|| Run { block: by_line(table_block(rows)), lines: taken })
}

fn by_line(mut block: Block) -> Block {
    if let Content::Table(table) = &mut block.content {
        table.by_line = true;
    }
    block
}

/// Printed lines and where their columns start.
struct Ruled<'a> {
    lines: Vec<&'a Line>,
    starts: Vec<usize>,
}

impl Ruled<'_> {
    fn columns(&self) -> usize {
        self.starts.len()
    }

    fn size(&self) -> usize {
        self.lines.len() * (self.columns() - 1).min(12)
    }
}

/// The table whose gutters are blank in every line.
fn strict_table(lines: &[Line]) -> Option<Ruled<'_>> {
    let mut region = region(lines);
    let best = best_prefix(&region)?;
    region.truncate(best.lines);
    let starts = without_word_gaps(&region, &best.starts);
    (!starts.is_empty()).then_some(Ruled { lines: region, starts })
}

/// The table whose columns one of its first lines shows.
fn shown_table(lines: &[Line]) -> Option<Ruled<'_>> {
    let heads = (0..HEAD_LINES.min(lines.len())).filter(|index| !lines[*index].is_blank());
    let shown = heads.filter_map(|head| shown_by(lines, &stretches(lines[head].text())));
    shown.max_by_key(|table| (table.size(), table.columns()))
}

/// The longest table with one column for each stretch, where only few lines print across its gutters.
fn shown_by<'a>(lines: &'a [Line], stretches: &[Stretch]) -> Option<Ruled<'a>> {
    if stretches.len() < 3 {
        return None;
    }
    let between: Vec<Range<usize>> = stretches.windows(2).map(|pair| pair[0].middle()..pair[1].middle()).collect();
    let mut region: Vec<&Line> = Vec::new();
    let mut ink: Vec<usize> = Vec::new();
    let mut blank = 0;
    let mut longest = 0;
    for (index, line) in lines.iter().enumerate().take(MOST_LINES) {
        if line.is_blank() {
            blank += 1;
            continue;
        }
        if ends_region(lines, index, blank, region.is_empty()) {
            break;
        }
        blank = 0;
        region.push(line);
        count_ink(&mut ink, line.text());
        let crossed = between.iter().map(|columns| least_ink(&ink, columns)).max().unwrap_or(0);
        if crossed <= most_crossing(region.len()) && region.len() >= LEAST_LINES {
            longest = region.len();
        } else if crossed > most_crossing(region.len()) + 2 {
            break;
        }
    }
    region.truncate(longest);
    (longest > 0).then(|| Ruled { starts: starts_between(&region, &between), lines: region })
}

/// Lines of so many that may print across a gutter.
fn most_crossing(lines: usize) -> usize {
    if lines < 6 { 0 } else { (lines / CROSSING).max(1) }
}

fn least_ink(ink: &[usize], columns: &Range<usize>) -> usize {
    columns.clone().map(|column| ink.get(column).copied().unwrap_or(0)).min().unwrap_or(0)
}

/// Where the columns start: behind the gutter that the fewest lines cross, of equals the widest; but no column is left empty.
fn starts_between(region: &[&Line], between: &[Range<usize>]) -> Vec<usize> {
    let mut ink = Vec::new();
    region.iter().for_each(|line| count_ink(&mut ink, line.text()));
    let texts: Vec<Vec<char>> = region.iter().map(|line| line.text().chars().collect()).collect();
    let printed = |start: usize, end: usize| {
        let prints = |text: &&Vec<char>| text.iter().take(end).skip(start).any(|c| !c.is_whitespace());
        texts.iter().filter(prints).count() * 12 >= texts.len().max(24)
    };
    let mut starts = vec![usize::MAX];
    for columns in between.iter().rev() {
        let next = starts[starts.len() - 1];
        let gutters = gutters(&ink, columns, most_crossing(region.len()));
        let filled = gutters.iter().find(|end| printed(**end, next)).or(gutters.first());
        starts.push(filled.copied().unwrap_or(columns.end));
    }
    starts.reverse();
    starts.pop();
    starts.insert(0, 0);
    starts
}

/// The ends of the gutters among some columns of the page, the best first.
fn gutters(ink: &[usize], columns: &Range<usize>, most: usize) -> Vec<usize> {
    let printed = |column: usize| ink.get(column).copied().unwrap_or(0);
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for crossed in 0..=most {
        let mut run = 0;
        for column in columns.clone() {
            let blank = printed(column) <= crossed;
            run = if blank { run + 1 } else { 0 };
            let ends = column + 1 == columns.end || printed(column + 1) > crossed;
            if run > 0 && ends && !found.iter().any(|known| known.2 == column + 1) {
                found.push((crossed, usize::MAX - run, column + 1));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, _, end)| end).collect()
}

/// A stretch of text that two or more blanks set apart.
struct Stretch {
    start: usize,
    end: usize,
}

impl Stretch {
    fn middle(&self) -> usize {
        (self.start + self.end) / 2
    }
}

fn stretches(text: &str) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for (column, _) in text.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        match found.last_mut().filter(|last| column <= last.end + 1) {
            Some(last) => last.end = column + 1,
            None => found.push(Stretch { start: column, end: column + 1 }),
        }
    }
    found
}

fn count_ink(ink: &mut Vec<usize>, text: &str) {
    for (column, c) in text.chars().enumerate() {
        if column >= ink.len() {
            ink.push(0);
        }
        ink[column] += usize::from(!c.is_whitespace());
    }
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
        } else if ends_region(lines, index, blank, region.is_empty()) {
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

fn ends_region(lines: &[Line], index: usize, blank: usize, first: bool) -> bool {
    let line = &lines[index];
    let parted = line.opens_page() || blank > MOST_BLANK || stands_alone(lines, index);
    (parted && !first) || is_running_text(line)
}

/// A long line from the margin without a gap in it.
fn is_running_text(line: &Line) -> bool {
    segments(line.text()) < 2 && line.indent() < 8 && line.text().trim().chars().count() > 60
}

/// Words from the margin between two blank lines: a heading, not a row.
fn stands_alone(lines: &[Line], index: usize) -> bool {
    let text = lines[index].text();
    let blank = |index: Option<usize>| index.and_then(|index| lines.get(index)).is_none_or(Line::is_blank);
    let words = segments(text) == 1 && text.trim().contains(' ') && lines[index].indent() < 4;
    words && blank(index.checked_sub(1)) && blank(Some(index + 1))
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
    let is_gutter = |index: usize, start: usize| {
        let next = starts.get(index + 1).copied().unwrap_or(usize::MAX);
        let filled = |text: &&Vec<char>| (start..text.len().min(next)).any(|column| printed(text, column));
        let mut with_text = texts.iter().filter(filled).peekable();
        with_text.peek().is_some()
            && with_text
                .any(|text| !(printed(text, start) && start >= 2 && text[start - 1] == ' ' && printed(text, start - 2)))
    };
    starts
        .iter()
        .enumerate()
        .filter(|(index, start)| *index == 0 || is_gutter(*index, **start))
        .map(|(_, start)| *start)
        .collect()
}

/// Number of [`stretches`].
fn segments(text: &str) -> usize {
    text.trim().split("  ").filter(|piece| !piece.trim().is_empty()).count()
}

fn row(line: &Line, starts: &[usize]) -> Row {
    let characters: Vec<char> = line.text().chars().collect();
    if is_label(&characters, starts) {
        let label = Cell { columns: starts.len() as u16, ..Cell::plain(line.text().trim()) };
        return Row::new(vec![label], line.span());
    }
    let mut cells = Vec::with_capacity(starts.len());
    let mut from = 0;
    for start in starts[1..].iter().copied() {
        let cut = cut(&characters, start).max(from);
        cells.push(characters[from.min(characters.len())..cut.min(characters.len())].iter().collect::<String>());
        from = cut;
    }
    cells.push(characters[from.min(characters.len())..].iter().collect());
    Row::new(cells.iter().map(|cell| Cell::plain(cell.trim())).collect(), line.span())
}

/// Where a line is cut for a column that starts there: at the nearest end of a word, where one reaches over.
fn cut(characters: &[char], start: usize) -> usize {
    let inside = |column: usize| column > 0 && [column - 1, column].iter().all(|at| characters.get(*at).is_some_and(|c| !c.is_whitespace()));
    if !inside(start) {
        return start;
    }
    let before = (1..=start).take_while(|back| inside(start - back + 1)).count();
    let after = (0..).take_while(|ahead| inside(start + ahead)).count();
    if after * 2 <= before && after <= OVERHANG { start + after } else { start - before }
}

/// One stretch of text from the first column over others, cut by them within its words: a heading of the rows below.
fn is_label(characters: &[char], starts: &[usize]) -> bool {
    let Some(first) = characters.iter().position(|c| !c.is_whitespace()) else { return false };
    let text: String = characters.iter().collect();
    let blank = |column: usize| characters.get(column).is_none_or(|c| c.is_whitespace());
    let crossed = |start: usize| start < characters.len() && (start.saturating_sub(2)..=start + 1).all(|at| !blank(at));
    let opens = starts.get(1).is_some_and(|second| first < *second);
    opens && segments(&text) == 1 && starts[1..].iter().any(|start| crossed(*start))
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
