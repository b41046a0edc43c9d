//! How far apart the lines of running text are set. Pages of the web set them wider than print does, and all that is told by distances
//! is told by those of text that is set as in print: wide pages are read as if they were.

use super::glyph::Rule;
use super::text_line::{SEED_GAP, parts};
use super::word_lines::Word;

/// Distance of two lines of text that is set as in print, in heights of the font.
const USUAL: f32 = 1.25;
/// What is no wider than this is left as it is, and what is wider than the second is not running text.
const WIDE: std::ops::Range<f32> = 1.32..2.4;
/// Fewest words of a line of running text.
const WORDS: usize = 5;
/// Farthest that two lines of a paragraph begin apart, in points.
const NEAR: f32 = 0.6;
/// How far the distances of two paragraphs of one setting differ.
const EVEN: f32 = 1.04;
/// Share of the lines that must be set so, in percent, and their least number: a line above a small mark tells nothing.
const SHARE: usize = 8;
const ENOUGH: usize = 3;

/// By how much the distances of a document's lines must be multiplied to be those of print; none where they are.
pub fn to_print(pages: &[Vec<Word>]) -> Option<f32> {
    let mut leads: Vec<f32> = pages.iter().flat_map(|page| leads(page)).collect();
    leads.sort_by(f32::total_cmp);
    let least = ENOUGH.max(leads.len() * SHARE / 100);
    let even = |from: &usize| leads.get(from + least - 1).is_some_and(|last| *last <= leads[*from] * EVEN);
    let lead = leads[(0..leads.len()).find(even)?];
    WIDE.contains(&lead).then_some(USUAL / lead)
}

/// Moves the words and rules of a page up, so that its distances are multiplied; the height of letters stays.
pub fn multiply(factor: f32, words: &mut [Word], rules: &mut [Rule]) {
    for word in words {
        let middle = word.middle().1;
        word.y += middle * (factor - 1.0);
    }
    for rule in rules {
        rule.y0 *= factor;
        rule.y1 *= factor;
    }
}

/// Distances of lines that follow one another in running text or a cell, in heights of the font.
fn leads(page: &[Word]) -> Vec<f32> {
    let mut above: Vec<&[Word]> = Vec::new();
    let mut leads = Vec::new();
    for line in page.chunk_by(|a, b| a.line == b.line) {
        let stretches: Vec<&[Word]> = line.chunk_by(|a, b| !parts(a, b, SEED_GAP)).collect();
        let right_above = |stretch: &&[Word]| {
            let first = above.partition_point(|above| above[0].x <= stretch[0].x - NEAR);
            above.get(first).and_then(|above| lead(above, stretch))
        };
        leads.extend(stretches.iter().filter_map(right_above));
        above = stretches;
    }
    leads
}

/// The distance of two stretches of words where the lower one goes on the upper one.
fn lead(above: &[Word], below: &[Word]) -> Option<f32> {
    let (first, next) = (&above[0], &below[0]);
    let like = (first.x - next.x).abs() < NEAR && (first.size - next.size).abs() < first.size * 0.05;
    (like && above.len() >= WORDS).then(|| (next.y - first.y) / first.size)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three paragraphs of three lines each, of letters ten points high, and below them a table of single lines, twenty points apart.
    fn page(distance: f32) -> Vec<Word> {
        let place =
            |line: u32, y: f32, x: f32| Word { x, end: x + 20.0, y, size: 10.0, line, page: 1, ..Word::default() };
        let text = |line: u32| {
            let y = 50.0 + line as f32 * distance + (line / 3) as f32 * 30.0;
            (0..8).map(move |word| place(line, y, 50.0 + word as f32 * 23.0))
        };
        let row = |line: u32| [50.0, 150.0].map(|x| place(line, 400.0 + line as f32 * 20.0, x));
        (0..9).flat_map(text).chain((9..20).flat_map(row)).collect()
    }

    #[test]
    fn wide_text_is_set_as_in_print_and_other_text_stays() {
        let factor = to_print(&[page(16.0)]).unwrap();
        assert!((factor - USUAL / 1.6).abs() < 0.001, "{factor}");
        assert_eq!(to_print(&[page(12.0)]), None);
        assert_eq!(to_print(&[page(30.0)]), None);
        assert_eq!(to_print(&[page(16.0)[72..].to_vec()]), None, "rows are no running text");
    }

    #[test]
    fn letters_keep_their_height_and_their_place_between_rules() {
        let mut words = page(16.0);
        let mut rules = vec![Rule { x0: 0.0, y0: 45.0, x1: 100.0, y1: 45.0 }];
        let above = |words: &[Word], rules: &[Rule]| words[0].middle().1 - rules[0].y0;
        let before = above(&words, &rules);
        multiply(0.75, &mut words, &mut rules);
        assert_eq!(words[0].size, 10.0);
        assert!((above(&words, &rules) - before * 0.75).abs() < 0.001);
    }
}
