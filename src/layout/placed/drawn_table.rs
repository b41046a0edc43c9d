//! Tables whose cells stand one right behind the other, with no white space between them: told by the stretches that were drawn at once.
//! So programs print parts of a line that a style sheet would have set as columns.

use super::placed_table::{PlacedCell, PlacedRow, PlacedTable};
use super::region::{Columns, Region};
use super::text_line::{TextLine, area, follows};
use super::word_lines::parts_words;

/// Fewest cells of a row that need no other sign.
const CELLS: usize = 3;
/// Fewest rows.
const ROWS: usize = 2;
/// Most lines of a row.
const MAX_LINES: usize = 12;

/// The table that begins with the first of these lines, which begin at `start`.
pub(super) fn drawn_region<'w>(lines: &[TextLine<'w>], start: usize) -> Option<Region<'w>> {
    let columns = joints(lines.first()?) + 1;
    if columns < CELLS {
        return None;
    }
    let (mut rows, mut end) = (Vec::new(), 0);
    while let Some(count) =
        row_lines(&lines[end..], columns).filter(|_| end == 0 || follows(&lines[end - 1], &lines[end]))
    {
        rows.push(row(&lines[end..end + count], columns));
        end += count;
    }
    let inner = |line: &TextLine<'_>| {
        let joints = (1..line.len()).filter(|at| line[*at].joint);
        let (words, letters): (Vec<usize>, Vec<usize>) = joints.partition(|at| parts_words(line[*at - 1], line[*at]));
        (words.len(), letters.len())
    };
    let (words, letters) = lines[..end].iter().map(inner).fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    (rows.len() >= ROWS && words >= letters).then(|| region(start, &lines[..end], columns, rows))
}

/// True where a word was drawn right behind the one before it, as a stretch of its own.
fn joints(line: &TextLine<'_>) -> usize {
    line.iter().skip(1).filter(|word| word.joint).count()
}

/// Number of the first lines that make a row of so many cells.
fn row_lines(lines: &[TextLine<'_>], columns: usize) -> Option<usize> {
    let mut joined = 0;
    for (index, line) in lines.iter().enumerate().take(MAX_LINES) {
        if index > 0 && !runs_on(lines, index) {
            return None;
        }
        joined += joints(line);
        if joined + 1 >= columns {
            let rest = lines[index + 1..]
                .iter()
                .enumerate()
                .take_while(|(at, line)| joints(line) == 0 && runs_on(lines, index + 1 + at));
            return (joined + 1 == columns).then(|| index + 1 + rest.count());
        }
    }
    None
}

/// True for a line that goes on with the one above it: that one was broken for want of room.
fn runs_on(lines: &[TextLine<'_>], index: usize) -> bool {
    let (above, line) = (&lines[index - 1], &lines[index]);
    let right = lines.iter().take(MAX_LINES).flatten().map(|word| word.end).fold(0.0, f32::max);
    let (Some(last), Some(first)) = (above.last(), line.first()) else { return false };
    let near = first.y - last.y < first.size.max(last.size) * 1.5 && (first.x - above[0].x).abs() < 1.0;
    near && last.end + first.width() + last.size * 0.2 > right
}

fn row<'w>(lines: &[TextLine<'w>], columns: usize) -> PlacedRow<'w> {
    let cell = |column| PlacedCell { column, columns: 1, rows: 1, flows: true, ..PlacedCell::default() };
    let mut cells: Vec<PlacedCell<'w>> = (0..columns).map(cell).collect();
    let mut column = 0;
    for line in lines {
        for (index, word) in line.iter().enumerate() {
            column += usize::from(index > 0 && word.joint);
            cells[column].words.push(word);
        }
    }
    PlacedRow { cells }
}

fn region<'w>(start: usize, lines: &[TextLine<'w>], columns: usize, rows: Vec<PlacedRow<'w>>) -> Region<'w> {
    let area = area(lines);
    let page = lines[0][0].page;
    // No place but the first is that of a column.
    let mut edges = vec![f32::MAX; columns];
    edges[0] = area.x0;
    let table = PlacedTable { area, columns: edges, page, rows };
    Region { lines: start..start + lines.len(), content: Columns::Table(table) }
}
