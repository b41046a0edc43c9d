//! Tables without ruling lines below a head in bold: the head shows how many columns there are, the edges at which cells begin show where.
//!
//! Cells may stand so close that no white space runs down between them, and a head may be centred over its column. What holds is that
//! no word of a cell reaches over the edge at which the next column begins, and that cells begin at their edge.

use super::cover::Cover;
use super::text_line::{HEAD_GAP, TextLine, follows, is_enumerator, is_label, is_strong, line_size, parts};
use super::word_lines::Word;

/// A head has at most this many lines.
const HEAD_LINES: usize = 7;
/// Most columns of a head.
const MOST_COLUMNS: usize = 12;
/// Farthest that two lines of one head lie apart, in heights of the font.
const HEAD_PITCH: f32 = 1.35;
/// Farthest that cells of a column begin apart, in points.
const NEAR: f32 = 0.8;
/// Most lines of a table on one page.
const MOST_LINES: usize = 500;
/// Lines that show alone that there is a table.
const ENOUGH: usize = 3;
/// What is farther from the line above than any two lines before, by this factor, stands below the table.
const FARTHER: f32 = 1.5;

/// Lines that stand in the columns of a head.
#[derive(Debug)]
pub(super) struct Headed {
    /// Lines of the head.
    pub head: usize,
    /// Lines of the whole table.
    pub lines: usize,
    /// Its columns.
    pub cover: Cover,
}

/// A stretch of the page from left to right.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: f32,
    to: f32,
}

/// The table of which the first lines are the head.
pub(super) fn headed(lines: &[TextLine<'_>]) -> Option<Headed> {
    let head = head_lines(lines)?;
    let stretches = joined(&lines[..head]);
    if !(2..=MOST_COLUMNS).contains(&stretches.len()) {
        return None;
    }
    let body = body(&lines[head - 1..]);
    let body = &body[..next_head(body).unwrap_or(body.len())];
    let edges: Vec<Edge> = stretches.windows(2).map(|pair| edge(pair[0], pair[1], body)).collect::<Option<_>>()?;
    let reach = edges.iter().map(|edge| edge.reach).min()?;
    let cut_short = reach < body.len();
    let body = &body[..reach];
    let cover = Cover::between(&edges.iter().map(|edge| edge.at - NEAR).collect::<Vec<_>>());
    let several = body.iter().filter(|line| !is_label(line) && stands_in_several(line, &cover)).count();
    let parted = body.iter().filter(|line| is_parted(line, &cover)).count();
    // Running text that goes on right below crosses the edges soon, or has nothing but blanks there.
    let shown = parted * 2 >= several && (parted >= ENOUGH || (parted > 0 && !cut_short));
    let last = body.iter().rposition(|line| !is_label(line))?;
    shown.then_some(Headed { head, lines: head + last + 1, cover })
}

/// How many of the first lines are a head in bold of something that is not.
fn head_lines(lines: &[TextLine<'_>]) -> Option<usize> {
    let first = lines.first().filter(|line| is_strong(line) && !is_enumerator(line))?;
    let goes_on = |index: &usize| {
        let (above, line) = (&lines[index - 1], &lines[*index]);
        let distance = line[0].y - above[0].y;
        is_strong(line) && (line_size(line) - line_size(first)).abs() < 0.5 && distance < line_size(line) * HEAD_PITCH
    };
    let head = 1 + (1..lines.len().min(HEAD_LINES)).take_while(goes_on).count();
    let below = lines.get(head)?;
    (follows(&lines[head - 1], below) && line_size(below) <= line_size(first) * 1.1).then_some(head)
}

/// Where another table begins among the lines below a head: at a head of its own in bold, or at the caption over that.
pub(super) fn next_head(body: &[TextLine<'_>]) -> Option<usize> {
    let heads = |index: &usize| {
        let (above, line) = (&body[index - 1], &body[*index]);
        let lines = body[*index..].iter().take(HEAD_LINES).take_while(|line| is_strong(line));
        is_strong(line) && !is_strong(above) && lines.filter(|line| !is_label(line)).count() > 0
    };
    let head = (1..body.len()).find(heads)?;
    let caption = &body[head - 1];
    let stretch = !caption.windows(2).any(|pair| parts(pair[0], pair[1], HEAD_GAP));
    let over_none = body[..head - 1].iter().all(|line| line.iter().all(|word| (word.x - caption[0].x).abs() > NEAR));
    Some(if stretch && over_none && head > 1 { head - 1 } else { head })
}

fn stands_in_several(line: &TextLine<'_>, cover: &Cover) -> bool {
    line.iter().any(|word| cover.find(word.x) != cover.find(line[0].x))
}

/// True for a line with a gap where two of its columns part.
fn is_parted(line: &TextLine<'_>, cover: &Cover) -> bool {
    let parted = |pair: &[&Word]| cover.find(pair[0].x) != cover.find(pair[1].x) && parts(pair[0], pair[1], HEAD_GAP);
    line.windows(2).any(parted)
}

/// The stretches of a head; what stands above or below each other is one.
fn joined(lines: &[TextLine<'_>]) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = lines.iter().flat_map(stretches).collect();
    all.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in all {
        match joined.last_mut().filter(|last| stretch.from < last.to) {
            Some(last) => last.to = last.to.max(stretch.to),
            None => joined.push(stretch),
        }
    }
    joined
}

fn stretches(line: &TextLine<'_>) -> Vec<Stretch> {
    let parts = line.chunk_by(|a, b| !parts(a, b, HEAD_GAP));
    let stretch = |words: &[&Word]| Stretch { from: words[0].x, to: words[words.len() - 1].end };
    parts.map(stretch).collect()
}

/// The lines below the first one that could belong to its table, without any look at columns.
fn body<'l, 'w>(lines: &'l [TextLine<'w>]) -> &'l [TextLine<'w>] {
    let size = line_size(&lines[0]);
    let mut widest = f32::MAX;
    let mut end = 1;
    while end < lines.len().min(MOST_LINES) {
        let (above, line) = (&lines[end - 1], &lines[end]);
        let distance = line[0].y - above[0].y;
        if !follows(above, line) || line_size(line) > size * 1.1 || distance > widest * FARTHER {
            break;
        }
        // The first step leads out of the head, whose rows may be higher than the others.
        widest = if end == 1 { distance.max(size * 1.5) } else { widest.max(distance) };
        end += 1;
    }
    &lines[1..end]
}

/// Where a column begins.
#[derive(Debug, Clone, Copy)]
struct Edge {
    at: f32,
    /// Lines down to the first one that reaches over it.
    reach: usize,
}

/// The edge between two heads at which most lines are parted before a word reaches over it.
fn edge(left: Stretch, right: Stretch, body: &[TextLine<'_>]) -> Option<Edge> {
    // Cells in the middle of their column or at its right edge may begin before a short head.
    let within = |x: &f32| left.to - NEAR <= *x && *x <= right.from + NEAR;
    let starts = body.iter().flatten().map(|word| word.x).filter(within);
    let mut places: Vec<f32> = starts.chain([right.from]).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| *a - *b < NEAR / 2.0);
    let rated = places.into_iter().map(|at| {
        let reach = body.iter().position(|line| !is_label(line) && reaches_over(line, at)).unwrap_or(body.len());
        (body[..reach].iter().map(|line| parted_at(line, at)).sum::<isize>() + reach as isize, Edge { at, reach })
    });
    rated.max_by(|a, b| a.0.cmp(&b.0).then(b.1.at.total_cmp(&a.1.at))).map(|(_, edge)| edge)
}

/// How well a line shows that a column begins at an edge: by a gap there, and by a word that begins there. A blank that was drawn there
/// speaks against it.
fn parted_at(line: &TextLine<'_>, at: f32) -> isize {
    let first = line.partition_point(|word| word.x < at - NEAR);
    let Some(word) = line.get(first) else { return 0 };
    let begins = isize::from(word.x - at < NEAR);
    match first.checked_sub(1).map(|last| line[last]) {
        Some(last) if parts(last, word, HEAD_GAP) => 6 + 2 * begins,
        Some(_) if word.spaced => -4,
        Some(_) => begins,
        None => 2 + 6 * begins,
    }
}

fn reaches_over(line: &TextLine<'_>, at: f32) -> bool {
    line.iter().any(|word| word.x < at - NEAR && word.end > at + NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::placed::glyph::{Glyph, Style};
    use crate::layout::placed::word_lines::{lines, words};

    /// Text by left edge and baseline, letters 5 points wide; the first lines are bold.
    fn set(texts: &[(f32, f32, &str)], strong_above: f32) -> Vec<Word> {
        let glyphs = texts.iter().flat_map(|(left, y, text)| {
            text.chars().enumerate().map(move |(index, ch)| {
                let x = left + 5.0 * index as f32;
                let style = Style { strong: *y < strong_above, ..Style::default() };
                Glyph { ch, x, end: x + 5.0, y: *y, size: 10.0, style, mark: None, opens: index == 0 }
            })
        });
        words(&glyphs.collect::<Vec<_>>(), &[], 1, 1)
    }

    fn columns(texts: &[(f32, f32, &str)]) -> Option<(usize, Vec<usize>)> {
        let words = set(texts, 25.0);
        let lines: Vec<TextLine<'_>> = lines(&words).map(|line| line.iter().collect()).collect();
        let table = headed(&lines)?;
        let column = |word: &&Word| table.cover.find(word.x).unwrap();
        Some((table.lines, lines[1].iter().map(column).collect()))
    }

    #[test]
    fn a_head_in_the_middle_of_its_columns_shows_them_where_cells_stand_close() {
        let found = columns(&[
            (30.0, 20.0, "Name"),
            (160.0, 20.0, "What for"),
            (10.0, 34.0, "a_very_long_one"),
            (88.0, 34.0, "Counts the visits of a day"),
            (10.0, 48.0, "b"),
            (88.0, 48.0, "Remembers the language"),
        ]);
        assert_eq!(found, Some((3, vec![0, 1, 1, 1, 1, 1, 1])));
    }

    #[test]
    fn running_text_below_two_words_in_bold_is_no_table() {
        let found = columns(&[
            (10.0, 20.0, "Name"),
            (80.0, 20.0, "Place"),
            (10.0, 32.0, "What is told here goes on over the whole line"),
            (10.0, 44.0, "and does not care for what stands above it at all"),
        ]);
        assert_eq!(found, None);
    }
}
