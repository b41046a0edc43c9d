//! Lists of terms and their descriptions: each term at the edge of the text, what describes it indented right below.

use super::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use super::region::{Columns, Region};
use super::text_line::{SEED_GAP, TextLine, area, parts};

/// Fewest terms of a list.
pub const TERMS: usize = 2;
/// Most words of a term.
const TERM_WORDS: usize = 6;
/// Farthest that two lines of a list lie apart, in heights of the font.
const PITCH: f32 = 1.75;
/// How far descriptions are indented, in heights of the font.
pub const INDENT: std::ops::Range<f32> = 1.5..4.5;
/// Most that letters of term and description differ, in heights of the font: terms are often set like code.
const SIZES: f32 = 0.35;
/// Farthest that lines of one edge begin apart, in points.
pub const NEAR: f32 = 0.6;

/// The list that begins with the first of these lines, which begin at `start`, as a table of two columns.
/// `right` is where the text of the page ends: where a line ends well before that, several texts stand below one term, and it is no list.
pub(super) fn definitions<'w>(lines: &[TextLine<'w>], start: usize, right: f32) -> Option<Region<'w>> {
    let indent = indent(lines)?;
    let (mut rows, mut end) = (Vec::new(), 0);
    while let Some(count) =
        entry(&lines[end..], lines[0][0].x, indent, right).filter(|_| end == 0 || is_near(lines, end))
    {
        rows.push(row(&lines[end..end + count]));
        end += count;
    }
    let area = area(&lines[..end]);
    let table = PlacedTable { area, columns: vec![area.x0, area.x0 + indent], page: lines[0][0].page, rows };
    (table.rows.len() >= TERMS).then(|| Region { lines: start..start + end, content: Columns::Table(table) })
}

/// How far the second line is indented, where it may describe the first one.
fn indent(lines: &[TextLine<'_>]) -> Option<f32> {
    let [term, description, ..] = lines else { return None };
    let indent = description[0].x - term[0].x;
    INDENT.contains(&(indent / term[0].size)).then_some(indent)
}

/// Number of the first lines that are a term and its one description.
fn entry(lines: &[TextLine<'_>], edge: f32, indent: f32, right: f32) -> Option<usize> {
    let term = lines.first().filter(|term| (term[0].x - edge).abs() < NEAR && is_term(term))?;
    let described = |index: &usize| {
        let line = &lines[*index];
        let level =
            (line[0].x - edge - indent).abs() < NEAR && (line[0].size - term[0].size).abs() < term[0].size * SIZES;
        level && is_near(lines, *index) && !is_bullet(line)
    };
    let count = (1..lines.len()).take_while(described).count();
    let ends_early = |pair: &[TextLine<'_>]| {
        let (last, next) = (pair[0][pair[0].len() - 1], pair[1][0]);
        right - last.end > next.width() + last.size
    };
    let several = lines[1..=count].windows(2).any(ends_early);
    (count > 0 && !several).then_some(1 + count)
}

fn is_term(line: &TextLine<'_>) -> bool {
    let ends = |c: char| matches!(c, '.' | ',' | ';' | '!' | '?' | '。');
    let stretch = !line.windows(2).any(|pair| parts(pair[0], pair[1], SEED_GAP));
    let sentence = line.last().is_some_and(|word| word.text.ends_with(ends));
    line.len() <= TERM_WORDS && stretch && !sentence && !is_bullet(line)
}

fn is_bullet(line: &TextLine<'_>) -> bool {
    let mut first = line[0].text.chars();
    matches!((first.next(), first.next()), (Some(c), None) if !c.is_alphanumeric())
}

/// True for a line right below the one before it.
fn is_near(lines: &[TextLine<'_>], index: usize) -> bool {
    let (above, line) = (&lines[index - 1][0], &lines[index][0]);
    line.y > above.y && line.y - above.y < line.size.max(above.size) * PITCH
}

fn row<'w>(lines: &[TextLine<'w>]) -> PlacedRow<'w> {
    let cell = |column, lines: &[TextLine<'w>]| PlacedCell {
        column,
        columns: 1,
        rows: 1,
        words: lines.concat(),
        flows: true,
        ..PlacedCell::default()
    };
    PlacedRow { cells: vec![cell(0, &lines[..1]), cell(1, &lines[1..])] }
}
