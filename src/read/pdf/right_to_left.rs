//! Text that runs from right to left is drawn glyph by glyph as it looks; here it gets the order in which it is read. A page of it
//! becomes its own mirror image, so that its lines, columns and tables run from left to right like any other's. Knows no engine.
//!
//! What is undone is the reordering of the Unicode Bidirectional Algorithm (UAX #9, rule L2), as far as the looks of a line tell it.

use std::cmp::Ordering;
use std::ops::Range;

use super::engine::Page;
use crate::layout::placed::glyph::{Area, Glyph, Rule};
use crate::text::is_figure;

/// Widest gap between two words of one phrase, in heights of the font; what stands farther apart is in another cell.
const PHRASE_GAP: f32 = 0.6;

/// Words of a phrase that is a sentence.
const SENTENCE: usize = 4;

/// Widest gap between two glyphs of one word, or a blank and what it parts.
const WORD_GAP: f32 = 0.2;

/// Farthest that the ends of two lines lie apart that are flush, in points.
const FLUSH: f32 = 2.0;

/// Farthest that two drawings of one glyph lie apart, in heights of the font.
const DRAWN_TWICE: f32 = 0.12;

/// Lines of a page on a sheet of this width in the order in which they are read. Pages without a letter of a script that runs from right
/// to left stay as they are.
pub(super) fn set_in_reading_order(page: &mut Page, width: f32) {
    if !page.glyphs.iter().any(|glyph| runs_left(glyph.ch)) {
        return;
    }
    let mut lines = lines(&page.glyphs);
    let mirrored = is_mirrored(&lines);
    for line in &mut lines {
        match mirrored {
            true => read_mirrored(line, width),
            false => read_plain(line),
        }
    }
    page.glyphs = lines.concat();
    if mirrored {
        page.rules.iter_mut().for_each(|rule| *rule = mirrored_rule(*rule, width));
        page.links.iter_mut().for_each(|link| link.area = mirrored_area(link.area, width));
    }
}

/// True for a letter of a script that runs from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, and their presentation forms.
pub(super) fn runs_left(c: char) -> bool {
    let is_figure_of_it = |c: char| matches!(c, '\u{660}'..='\u{66c}' | '\u{6f0}'..='\u{6f9}');
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && !is_figure_of_it(c)
}

/// How a glyph takes part in the order of its line (the classes of UAX #9 that matter here).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Runs {
    /// A letter of a script that runs from right to left: R, AL.
    Left,
    /// A letter of any other: L.
    Right,
    /// A figure of ASCII: EN. Figures run to the right and are no bar to what runs left around them.
    Figure,
    /// A figure of Arabic or Persian, which stands in text that runs left: AN.
    ForeignFigure,
    /// A blank or a mark, which runs with what is around it.
    Along,
}

/// Which way the phrases run that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Left,
    Right,
}

fn runs(glyph: &Glyph) -> Runs {
    match glyph.ch {
        c if runs_left(c) => Runs::Left,
        c if c.is_ascii_digit() => Runs::Figure,
        c if is_figure(c) => Runs::ForeignFigure,
        c if c.is_alphabetic() => Runs::Right,
        _ => Runs::Along,
    }
}

impl Runs {
    /// True for what begins and ends a phrase.
    fn holds(self, way: Way) -> bool {
        match way {
            Way::Left => matches!(self, Self::Left | Self::ForeignFigure),
            Way::Right => matches!(self, Self::Right | Self::Figure | Self::ForeignFigure),
        }
    }

    /// True for what may stand within a phrase.
    fn passes(self, way: Way) -> bool {
        self.holds(way) || self == Self::Along || (self == Self::Figure && way == Way::Left)
    }
}

/// The glyphs of each printed line from left to right, what was drawn twice once. Runs stay whole where one was drawn over another.
fn lines(glyphs: &[Glyph]) -> Vec<Vec<Glyph>> {
    let (blanks, printed): (Vec<Glyph>, Vec<Glyph>) = glyphs.iter().partition(|glyph| glyph.ch.is_whitespace());
    let mut runs: Vec<Vec<Glyph>> = printed.chunk_by(goes_on).map(from_left).collect();
    runs.extend(blanks.into_iter().map(|blank| vec![blank]));
    runs.sort_by(|a, b| a[0].y.total_cmp(&b[0].y));
    let mut lines: Vec<Vec<Vec<Glyph>>> = Vec::new();
    for run in runs {
        match lines.last_mut().filter(|line| run[0].y - line[0][0].y <= line[0][0].size * 0.35) {
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }
    lines.into_iter().map(beside).collect()
}

/// True where a glyph was drawn right behind or right before the last one.
fn goes_on(last: &Glyph, next: &Glyph) -> bool {
    let near = last.size.max(next.size) * PHRASE_GAP;
    let beside = (next.x - last.end).abs() <= near || (last.x - next.end).abs() <= near;
    beside && (next.y - last.y).abs() <= near / 3.0
}

/// The glyphs of a run from left to right. The first opens a stretch, and so does each that is not beside the one before.
fn from_left(run: &[Glyph]) -> Vec<Glyph> {
    let mut run = run.to_vec();
    run.sort_by(|a, b| (a.x + a.end).total_cmp(&(b.x + b.end)));
    for index in 0..run.len() {
        run[index].opens = index == 0 || run[index].x - run[index - 1].end > run[index].size * PHRASE_GAP;
    }
    run
}

/// The runs of a line from left to right, and between their glyphs the blanks, which some programs draw by themselves.
fn beside(runs: Vec<Vec<Glyph>>) -> Vec<Glyph> {
    let (blanks, mut runs): (Vec<_>, Vec<_>) = runs.into_iter().partition(|run| run[0].ch.is_whitespace());
    let middle = |run: &[Glyph]| run[0].x + run[run.len() - 1].end;
    runs.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    runs.dedup_by(|next, last| is_drawn_twice(last, next));
    let (line, blanks) = (runs.concat(), blanks.concat());
    // The first glyph that stands farther right than a blank, wherever runs overlap.
    let mut farthest = f32::MIN;
    let reached: Vec<f32> = line
        .iter()
        .map(|glyph| {
            farthest = farthest.max(glyph.x + glyph.end);
            farthest
        })
        .collect();
    let behind = |blank: &Glyph| reached.partition_point(|reached| *reached <= blank.x + blank.end);
    let mut placed: Vec<(usize, Glyph)> = blanks.iter().map(|blank| (behind(blank), *blank)).collect();
    placed.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.x.total_cmp(&other.x)));
    let mut blanks = placed.into_iter().peekable();
    let mut out = Vec::with_capacity(line.len() + blanks.len());
    for (index, glyph) in line.iter().enumerate() {
        while let Some((_, blank)) = blanks.next_if(|(before, _)| *before <= index) {
            out.push(blank);
        }
        out.push(*glyph);
    }
    out.extend(blanks.map(|(_, blank)| blank));
    out
}

fn is_drawn_twice(a: &[Glyph], b: &[Glyph]) -> bool {
    let near = a[0].size * DRAWN_TWICE;
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.ch == b.ch && (a.x - b.x).abs() < near)
}

/// True for a page whose first columns stand at the right: the stops of its sentences stand at their left. Where there are none, its
/// lines end flush at the right at least as often as they begin flush at the left.
fn is_mirrored(lines: &[Vec<Glyph>]) -> bool {
    let printed =
        |line: &&Vec<Glyph>| line.iter().filter(|glyph| !glyph.ch.is_whitespace()).copied().collect::<Vec<_>>();
    let spoken = lines.iter().filter(|line| line.iter().any(|glyph| runs_left(glyph.ch)));
    let spoken: Vec<Vec<Glyph>> = spoken.map(|line| printed(&line)).collect();
    let ends = |at: Option<&Glyph>| at.is_some_and(|glyph| matches!(glyph.ch, '.' | ':' | '،' | ','));
    let at_left = spoken.iter().filter(|line| ends(line.first())).count();
    let at_right = spoken.iter().filter(|line| ends(line.last())).count();
    match at_left.cmp(&at_right) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => {
            let starts = spoken.iter().map(|line| line[0].x).collect();
            let ends = spoken.iter().map(|line| line[line.len() - 1].end).collect();
            flush(ends) >= flush(starts)
        }
    }
}

/// How many of the places are one, give or take.
fn flush(mut places: Vec<f32>) -> usize {
    places.sort_by(f32::total_cmp);
    let mut first = 0;
    let near = |last: usize| {
        while places[last] - places[first] > FLUSH {
            first += 1;
        }
        last + 1 - first
    };
    (0..places.len()).map(near).max().unwrap_or(0)
}

/// A line of a page that runs from right to left: mirrored, and the phrases of other scripts in it as they were.
fn read_mirrored(line: &mut [Glyph], width: f32) {
    mend_brackets(line);
    let phrases = phrases(line, Way::Right);
    let whole: Vec<Range<usize>> = phrases.into_iter().map(|phrase| with_marks(line, phrase)).collect();
    let length = line.len();
    mirror(line, 0.0, width);
    for phrase in whole {
        turn_back(&mut line[length - phrase.end..length - phrase.start]);
    }
}

/// A line of a page that runs from left to right: the phrases in it that run the other way are turned, and figures in those turned back.
fn read_plain(line: &mut [Glyph]) {
    for phrase in phrases(line, Way::Left) {
        let phrase = with_last_figure(line, phrase);
        let phrase = &mut line[phrase];
        mend_brackets(phrase);
        let figures = phrases(phrase, Way::Right);
        let length = phrase.len();
        turn_back(phrase);
        figures.into_iter().for_each(|run| turn_back(&mut phrase[length - run.end..length - run.start]));
    }
}

/// Stretches from a glyph that runs this way to the last one before a glyph that runs the other way, or before another cell.
fn phrases(line: &[Glyph], way: Way) -> Vec<Range<usize>> {
    let blanks = line.iter().any(|glyph| glyph.ch.is_whitespace());
    let mut phrases: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (index, glyph) in line.iter().enumerate() {
        let last = index.checked_sub(1).map(|before| &line[before]);
        let runs = runs(glyph);
        open &= runs.passes(way) && last.is_none_or(|last| is_beside(last, glyph, blanks));
        match phrases.last_mut().filter(|_| open) {
            Some(phrase) if runs.holds(way) => phrase.end = index + 1,
            None if runs.holds(way) => phrases.push(index..index + 1),
            _ => {}
        }
        open |= runs.holds(way);
    }
    phrases
}

/// True for two glyphs of one cell. Where blanks are drawn, what no blank parts is one word, or two cells.
fn is_beside(last: &Glyph, next: &Glyph, blanks: bool) -> bool {
    let gap = if blanks { WORD_GAP } else { PHRASE_GAP };
    next.x - last.end <= next.size * gap
}

/// The figure that a sentence ends with looks like one that it begins with, "in June 2022" like "90 days"; what begins with a figure is short.
fn with_last_figure(line: &[Glyph], phrase: Range<usize>) -> Range<usize> {
    let words = line[phrase.clone()].iter().filter(|glyph| glyph.ch.is_whitespace()).count() + 1;
    let before = line[..phrase.start].iter().rposition(|glyph| !glyph.ch.is_whitespace()).map_or(0, |at| at + 1);
    let figure = line[..before].iter().rev().take_while(|glyph| runs(glyph) == Runs::Figure).count();
    let start = before - figure;
    let alone = start == 0 || line[start - 1].ch.is_whitespace();
    match figure > 0 && alone && before < phrase.start && words >= SENTENCE {
        true => start..phrase.end,
        false => phrase,
    }
}

/// A phrase with the marks at its ends that are a part of it, however it was set.
///
/// Names begin with an underscore and seldom end with one: `_ga` that is set apart from the text around it keeps its looks, where
/// without that it looks like `ga_`. And a hyphen at the end of a line goes on a word.
fn with_marks(line: &[Glyph], phrase: Range<usize>) -> Range<usize> {
    let is = |at: Option<usize>, mark: char| at.and_then(|at| line.get(at)).is_some_and(|glyph| glyph.ch == mark);
    let (before, behind) = (phrase.start.checked_sub(1), Some(phrase.end));
    let underscore = is(before, '_') && !is(behind, '_');
    let hyphen = is(behind, '-') && line.get(phrase.end + 1).is_none_or(|next| next.opens);
    phrase.start - usize::from(underscore)..phrase.end + usize::from(hyphen)
}

/// The looks of brackets depend on the way that a line runs, and some programs write down the looks and others the character.
fn mend_brackets(line: &mut [Glyph]) {
    let mut inner = vec![false; line.len()];
    phrases(line, Way::Right).into_iter().for_each(|phrase| inner[phrase].fill(true));
    let outside = |at: &usize| !inner[*at] && other_side(line[*at].ch).is_some();
    let brackets: Vec<usize> = (0..line.len()).filter(outside).collect();
    // Read from the right, the first of them opens.
    if brackets.last().is_some_and(|first| matches!(line[*first].ch, ')' | ']' | '}' | '»')) {
        for at in brackets {
            line[at].ch = other_side(line[at].ch).expect("it is a bracket");
        }
    }
}

fn other_side(bracket: char) -> Option<char> {
    const SIDES: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»')];
    SIDES.iter().find_map(|(left, right)| match bracket {
        c if c == *left => Some(*right),
        c if c == *right => Some(*left),
        _ => None,
    })
}

/// Turns glyphs between two places, first ones last.
fn mirror(glyphs: &mut [Glyph], from: f32, to: f32) {
    let opens: Vec<bool> = glyphs.iter().skip(1).map(|glyph| glyph.opens).chain([true]).collect();
    for (glyph, opens) in glyphs.iter_mut().zip(opens) {
        (glyph.x, glyph.end) = (from + (to - glyph.end), from + (to - glyph.x));
        glyph.opens = opens;
    }
    glyphs.reverse();
}

/// Turns glyphs in the place that they have.
fn turn_back(glyphs: &mut [Glyph]) {
    let from = glyphs.iter().map(|glyph| glyph.x).fold(f32::MAX, f32::min);
    let to = glyphs.iter().map(|glyph| glyph.end).fold(f32::MIN, f32::max);
    let opens = glyphs.first().is_some_and(|glyph| glyph.opens);
    mirror(glyphs, from, to);
    if let Some(first) = glyphs.first_mut() {
        first.opens = opens;
    }
}

fn mirrored_rule(rule: Rule, width: f32) -> Rule {
    Rule { x0: width - rule.x1, x1: width - rule.x0, ..rule }
}

fn mirrored_area(area: Area, width: f32) -> Area {
    Area { x0: width - area.x1, x1: width - area.x0, ..area }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glyphs of lines that look like these, each at its place and six points a glyph.
    fn page(lines: &[(&str, f32)]) -> Page {
        let glyphs = lines.iter().enumerate().flat_map(|(row, (text, x))| {
            let glyph = move |(index, ch): (usize, char)| {
                let x = x + 6.0 * index as f32;
                let (y, style) = (20.0 * (row + 1) as f32, Default::default());
                Glyph { ch, x, end: x + 6.0, y, size: 10.0, style, mark: None, opens: index == 0 }
            };
            text.chars().enumerate().map(glyph)
        });
        Page { glyphs: glyphs.collect(), ..Page::default() }
    }

    fn read(lines: &[(&str, f32)]) -> Vec<String> {
        let mut page = page(lines);
        set_in_reading_order(&mut page, 600.0);
        let runs_on = |a: &Glyph, b: &Glyph| a.y == b.y && a.x <= b.x;
        page.glyphs.chunk_by(runs_on).map(|line| line.iter().map(|glyph| glyph.ch).collect()).collect()
    }

    /// As it looks: `looks`, flush at the right.
    fn right(looks: &str) -> (&str, f32) {
        (looks, 500.0 - 6.0 * looks.chars().count() as f32)
    }

    #[test]
    fn phrases_of_other_scripts_keep_their_order() {
        let lines = [right("תונחה Google Analytics םע"), right("םימי 365 ףקות")];
        assert_eq!(read(&lines), ["עם Google Analytics החנות", "תוקף 365 ימים"]);
    }

    #[test]
    fn names_begin_with_their_underscore_however_they_were_set() {
        let lines = [right("הנש ga_"), right("הנש _ga"), right("הנש *_ga_")];
        assert_eq!(read(&lines), ["_ga שנה", "_ga שנה", "_ga_* שנה"]);
    }

    #[test]
    fn brackets_open_before_they_close() {
        assert_eq!(read(&[right("(הנש) ףקות"), right(")הנש( ףקות")]), ["תוקף (שנה)", "תוקף (שנה)"]);
    }

    #[test]
    fn on_a_page_that_runs_from_left_to_right_only_the_phrases_turn() {
        let lines = [("the word םולש means peace", 50.0), ("and so on to the end of it", 50.0), ("םולש again", 50.0)];
        assert_eq!(read(&lines), ["the word שלום means peace", "and so on to the end of it", "שלום again"]);
    }

    #[test]
    fn cells_are_read_from_the_right() {
        let mut page = page(&[("הנש", 100.0)]);
        page.glyphs.extend(self::page(&[("הרטמ", 300.0)]).glyphs);
        page.glyphs.extend(self::page(&[("ga_", 482.0)]).glyphs);
        set_in_reading_order(&mut page, 600.0);
        let text: String = page.glyphs.iter().map(|glyph| glyph.ch).collect();
        assert_eq!(text, "_gaמטרהשנה");
        assert!(page.glyphs.windows(2).all(|pair| pair[0].end <= pair[1].x));
    }

    #[test]
    fn figures_stand_where_they_are_read() {
        let lines = [("name: הנש 90 ףקות", 50.0), ("and so on to the end", 50.0), ("name: ٢٠٢٢ ربوتكأ ١٨", 50.0)];
        assert_eq!(read(&lines), ["name: תוקף 90 שנה", "and so on to the end", "name: ١٨ أكتوبر ٢٠٢٢"]);
    }

    #[test]
    fn a_hyphen_that_breaks_an_address_stands_at_its_end() {
        assert_eq!(read(&[right("www.ajniha-")]), ["www.ajniha-"]);
        assert_eq!(read(&[right("הנש"), right("www.ajniha-")]), ["שנה", "www.ajniha-"]);
        assert_eq!(read(&[right("הנש"), right("-www.ajniha")]), ["שנה", "www.ajniha-"]);
    }

    #[test]
    fn other_pages_stay_as_they_are() {
        let mut twice = page(&[("we use cookies", 50.0)]);
        let before = twice.glyphs.clone();
        set_in_reading_order(&mut twice, 600.0);
        assert_eq!(twice.glyphs, before);
    }
}
