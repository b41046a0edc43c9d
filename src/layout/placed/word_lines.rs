//! Glyphs to words, words to printed lines.

use std::collections::HashMap;

use super::glyph::{Area, Glyph, LinkArea, Style};
use crate::text::is_set_apart;

/// A word: glyphs that stand together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// Left edge.
    pub x: f32,
    /// Right edge.
    pub end: f32,
    /// Baseline.
    pub y: f32,
    /// Height of its font.
    pub size: f32,
    /// How its first glyph looks.
    pub style: Style,
    /// Marked content that it belongs to.
    pub mark: Option<u32>,
    /// Index into the links of its page.
    pub link: Option<u16>,
    /// Page, from 1.
    pub page: u32,
    /// Printed line, counted through the whole document from 1.
    pub line: u32,
    /// True where no white space parts it from the word before it on its line.
    pub glued: bool,
    /// True where it opens a stretch of its own: no blank was drawn before it, on a page that draws blanks between its words.
    pub apart: bool,
    /// True where it was drawn as a stretch of its own right behind the word before it, with nothing between them.
    pub joint: bool,
    /// True where a blank was drawn before it.
    pub spaced: bool,
}

/// Narrowest gap that parts words where blanks are not drawn, in heights of the font.
const GAP: f32 = 0.15;

/// Narrowest gap that parts words where blanks are drawn as well.
const GAP_BESIDE_BLANKS: f32 = 0.3;

/// Farthest from a blank that what it parts from the word before begins, in heights of the font.
const REACHED: f32 = 0.05;

/// A page draws blanks if one stands before one word in so many; the first words of lines and cells have none.
const DRAWS_BLANKS: usize = 5;

/// Letters that a stretch has on average, where it is drawn at once.
const AT_ONCE: usize = 2;

/// Farthest that a stretch begins from the end of the one that it is drawn behind, in heights of the font.
const JOINT: f32 = 0.012;

/// So many labels, on so many lines each, are labels.
const LABELLED: usize = 2;

/// Longest label, in bytes.
const LONGEST_LABEL: usize = 48;

/// Widest gap between two words that belong together, such as a word and the comma after it.
const GLUE: f32 = 0.1;

impl Word {
    /// Its middle, where it counts as standing.
    pub fn middle(&self) -> (f32, f32) {
        ((self.x + self.end) / 2.0, self.y - self.size * 0.3)
    }

    /// True for the first word of a value that was drawn right behind its label.
    pub fn opens_value(&self) -> bool {
        self.joint && !self.glued
    }

    /// Its width.
    pub fn width(&self) -> f32 {
        self.end - self.x
    }

    /// The area that it covers.
    pub fn area(&self) -> Area {
        Area { x0: self.x, y0: self.y - self.size * 0.8, x1: self.end, y1: self.y + self.size * 0.2 }
    }
}

/// The words of a page in reading order of its printed lines, which are numbered on from `first_line`.
pub fn words(glyphs: &[Glyph], links: &[LinkArea], page: u32, first_line: u32) -> Vec<Word> {
    let mut words = Vec::new();
    let mut drawn = DrawnRuns::default();
    let mut start = 0;
    for index in 1..=glyphs.len() {
        if index == glyphs.len() || !continues(&glyphs[index - 1], &glyphs[index]) {
            let run = &glyphs[start..index];
            if drawn.is_new(run) {
                split_run(run, page, &mut words);
            }
            start = index;
        }
    }
    number_lines(&mut words, first_line);
    mark_apart(&mut words);
    part_labels(&mut words);
    for word in &mut words {
        let (x, y) = word.middle();
        let link = links.iter().position(|link| link.area.holds(x, y));
        word.link = link.and_then(|index| u16::try_from(index).ok());
    }
    words
}

/// The printed lines of a page: stretches of words in order of their line and place.
pub fn lines(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    words.chunk_by(|a, b| a.line == b.line)
}

/// Marks the words that no blank parts from the one before, where blanks are drawn before a good part of all words.
fn mark_apart(words: &mut [Word]) {
    let spaced = words.iter().filter(|word| word.spaced).count();
    if spaced * DRAWS_BLANKS >= words.len() {
        words.iter_mut().for_each(|word| word.apart = !word.spaced && !word.glued);
    }
}

/// Parts values from the labels that they were drawn right behind: what opens several lines up to such a joint labels what follows it.
fn part_labels(words: &mut [Word]) {
    let mut lines: HashMap<String, usize> = HashMap::new();
    for line in words.chunk_by(|a, b| a.line == b.line) {
        for (label, _) in
            drawn_labels(line).into_iter().filter(|(_, value)| parts_words(&line[*value - 1], &line[*value]))
        {
            *lines.entry(label).or_default() += 1;
        }
    }
    lines.retain(|_, lines| *lines >= LABELLED);
    if lines.len() < LABELLED {
        return;
    }
    for line in words.chunk_by_mut(|a, b| a.line == b.line) {
        // Letters that are drawn apart within a label open more lines, but are fewer.
        let opens = |(label, value): (String, usize)| Some((lines.get(&label)? * label.len(), value));
        if let Some((_, value)) = drawn_labels(line).into_iter().filter_map(opens).max() {
            line[value].glued = false;
        }
    }
}

/// True for a joint that is none within a word: small letters of one script stand on no more than one side of it.
pub(super) fn parts_words(last: &Word, next: &Word) -> bool {
    let (last, next) = (last.text.chars().next_back(), next.text.chars().next());
    let small = [last, next].map(|c| c.is_some_and(char::is_lowercase));
    let script = [last, next].map(|c| c.is_some_and(|c| c.is_ascii()));
    small != [true, true] || script[0] != script[1]
}

/// What stands before each joint of a line, and where what follows begins.
fn drawn_labels(line: &[Word]) -> Vec<(String, usize)> {
    let mut labels = Vec::new();
    let mut label = String::new();
    for (index, word) in line.iter().enumerate() {
        if label.len() > LONGEST_LABEL {
            break;
        }
        if index > 0 && word.joint {
            labels.push((label.clone(), index));
        }
        label.push_str(if word.glued || index == 0 { "" } else { " " });
        label.push_str(&word.text);
    }
    labels
}

/// True where `next` was drawn on the line of `last`, to its right.
fn continues(last: &Glyph, next: &Glyph) -> bool {
    let size = last.size.max(next.size);
    let gap = next.x - last.end;
    (next.y - last.y).abs() <= size * 0.2 && (-0.5..3.0).contains(&(gap / size)) && next.size > last.size * 0.5
}

/// Text that was drawn twice, a hair apart, to look bold, and the shadows of text.
#[derive(Default)]
struct DrawnRuns {
    seen: HashMap<String, Vec<(f32, f32)>>,
}

impl DrawnRuns {
    fn is_new(&mut self, run: &[Glyph]) -> bool {
        let Some(first) = run.first() else { return false };
        let text: String = run.iter().map(|glyph| glyph.ch).filter(|ch| !ch.is_whitespace()).collect();
        if text.is_empty() {
            return true;
        }
        let near = first.size * 0.12;
        let places = self.seen.entry(text).or_default();
        let drawn = places.iter().rev().take(32).any(|(x, y)| (x - first.x).abs() < near && (y - first.y).abs() < near);
        if !drawn {
            places.push((first.x, first.y));
        }
        !drawn
    }
}

/// Splits a run at its blanks and gaps; letter-spaced text raises what counts as a gap.
fn split_run(run: &[Glyph], page: u32, words: &mut Vec<Word>) {
    let usual = usual_gap(run);
    let at_once = is_drawn_at_once(run);
    let blanks = run.iter().any(|glyph| glyph.ch.is_whitespace());
    let widest = usual + if blanks { GAP_BESIDE_BLANKS } else { GAP };
    let mut blank: Option<&Glyph> = None;
    let mut last: Option<&Glyph> = None;
    for glyph in run {
        if glyph.ch.is_whitespace() {
            blank = Some(glyph);
            last = None;
            continue;
        }
        // The blank at the end of a line that was broken does not reach to what stands beside it.
        let spaced = blank.take().is_some_and(|blank| !glyph.opens || glyph.x - blank.end < glyph.size * REACHED);
        let fits = |last: &Glyph| {
            let gap = (glyph.x - last.end) / glyph.size;
            let widest = if glyph.opens { widest.min(usual + GAP) } else { widest };
            let level = (last.y - glyph.y).abs() <= glyph.size * 0.1;
            gap <= widest && gap > -0.5 && last.mark == glyph.mark && level && !changes_weight(last, glyph)
        };
        match words.last_mut().filter(|_| last.is_some_and(fits)) {
            Some(_) if at_once && last.is_some_and(|last| is_joint(last, glyph)) => {
                words.push(Word { joint: true, ..word_of(glyph, page, spaced) });
            }
            Some(word) => {
                word.text.push(glyph.ch);
                word.end = word.end.max(glyph.end);
            }
            None => words.push(word_of(glyph, page, spaced)),
        }
        last = Some(glyph);
    }
}

/// True for a run in which what looks alike is drawn at once, and not letter by letter.
fn is_drawn_at_once(run: &[Glyph]) -> bool {
    let printed = || run.iter().filter(|glyph| !glyph.ch.is_whitespace());
    printed().count() > printed().filter(|glyph| glyph.opens).count() * AT_ONCE
}

/// True where another stretch begins right behind the last one, and neither ends nor begins with a mark that belongs to the other.
fn is_joint(last: &Glyph, next: &Glyph) -> bool {
    // Letters that are kerned are drawn apart too, but stand nearer or farther than they are wide.
    let near = (next.x - last.end).abs() < next.size * JOINT;
    // What a font lacks is drawn with another one, and letters that change by what stands beside them are drawn in pieces.
    let both = [last.ch, next.ch];
    let lacks = next.ch.is_lowercase() && last.ch.is_alphabetic() && both.into_iter().any(is_accented);
    let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    let lacks = lacks || both.into_iter().all(caseless);
    let ends = last.ch.is_alphanumeric() || matches!(last.ch, '.' | ')' | '*' | '_' | '?' | '…');
    let begins = next.ch.is_alphanumeric() || matches!(next.ch, '.' | '_' | '«' | '„' | '“');
    next.opens && near && !lacks && ends && begins && next.mark.is_none()
}

/// True where bold ends or begins within letters that no blank parts, as in Han.
fn changes_weight(last: &Glyph, next: &Glyph) -> bool {
    last.style.strong != next.style.strong && [last.ch, next.ch].into_iter().any(|c| is_set_apart(c) || c == '：')
}

/// A Latin letter with a mark on it.
fn is_accented(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn word_of(glyph: &Glyph, page: u32, spaced: bool) -> Word {
    Word {
        text: glyph.ch.to_string(),
        x: glyph.x,
        end: glyph.end,
        y: glyph.y,
        size: glyph.size,
        style: glyph.style,
        mark: glyph.mark,
        link: None,
        page,
        line: 0,
        glued: false,
        apart: false,
        joint: false,
        spaced,
    }
}

/// Gap that the letters of a run usually keep, in heights of the font: none but in letter-spaced text.
fn usual_gap(run: &[Glyph]) -> f32 {
    let mut gaps: Vec<f32> = run
        .windows(2)
        .filter(|pair| !pair[0].ch.is_whitespace() && !pair[1].ch.is_whitespace())
        .map(|pair| (pair[1].x - pair[0].end) / pair[1].size)
        .collect();
    match gaps.len() {
        0..4 => 0.0,
        length => gaps.select_nth_unstable_by(length / 2, f32::total_cmp).1.max(0.0),
    }
}

/// Sorts words into printed lines, by baseline and then from left to right, and glues what stands together.
fn number_lines(words: &mut [Word], first_line: u32) {
    words.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut line = first_line;
    let mut start = 0;
    for index in 1..=words.len() {
        // A line takes in raised and lowered words, but never runs on to the next line of small print.
        let ends = index == words.len() || {
            let (first, next) = (&words[start], &words[index]);
            next.y - first.y > first.size.min(next.size).max(4.0) * 0.35
        };
        if ends {
            finish_line(&mut words[start..index], line);
            line += 1;
            start = index;
        }
    }
}

fn finish_line(line: &mut [Word], number: u32) {
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    for index in 0..line.len() {
        line[index].line = number;
        if index > 0 {
            let gap = line[index].x - line[index - 1].end;
            let size = line[index].size.max(line[index - 1].size);
            line[index].glued = gap.abs() <= size * GLUE && !line[index].spaced;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, x: f32, y: f32, step: f32) -> Vec<Glyph> {
        let glyph = |(index, ch): (usize, char)| {
            let x = x + step * index as f32;
            Glyph { ch, x, end: x + 5.0, y, size: 10.0, style: Style::default(), mark: None, opens: index == 0 }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn texts(words: &[Word]) -> Vec<&str> {
        words.iter().map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn blanks_and_gaps_part_words() {
        let mut glyphs = drawn("one two", 0.0, 20.0, 5.0);
        glyphs.extend(drawn("far", 60.0, 20.0, 5.0));
        assert_eq!(texts(&words(&glyphs, &[], 1, 1)), ["one", "two", "far"]);
    }

    #[test]
    fn letter_spaced_words_stay_whole() {
        let glyphs = drawn("spaced out", 0.0, 20.0, 7.0);
        assert_eq!(texts(&words(&glyphs, &[], 1, 1)), ["spaced", "out"]);
    }

    #[test]
    fn text_drawn_twice_counts_once() {
        let mut glyphs = drawn("bold", 0.0, 20.0, 5.0);
        glyphs.extend(drawn("bold", 0.3, 20.0, 5.0));
        assert_eq!(texts(&words(&glyphs, &[], 1, 1)), ["bold"]);
    }

    #[test]
    fn lines_are_numbered_from_the_top_whatever_the_order_of_drawing() {
        let mut glyphs = drawn("low", 0.0, 40.0, 5.0);
        glyphs.extend(drawn("top", 0.0, 20.0, 5.0));
        let words = words(&glyphs, &[], 1, 7);
        assert_eq!(texts(&words), ["top", "low"]);
        assert_eq!(words.iter().map(|word| word.line).collect::<Vec<_>>(), [7, 8]);
    }
}
