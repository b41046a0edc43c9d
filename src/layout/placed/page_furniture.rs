//! Running headers, footers and page numbers: lines at the edge of a page that come back at the same place on others, and what the print
//! dialog of a browser adds to a single page too.

use std::collections::{BTreeMap, HashSet};

use super::placed_table::span;
use super::text_line::TextLine;
use super::word_joins::{Joining, LineRoom};
use super::word_lines::{Word, lines};
use crate::block::{Block, Rich};

/// Lines looked at from each edge of a page.
const DEPTH: usize = 3;

/// Farthest that a line may wander from page to page, in points.
const WANDER: f32 = 4.0;

/// Lines nearer than this, in heights of the font, stand beside one another in cells of one row.
const BESIDE: f32 = 0.8;

/// Part of a page's height, from each edge, that furniture may stand in.
const OUTER: f32 = 0.2;

/// A line near the edge of a page.
struct Candidate {
    page: usize,
    line: u32,
    y: f32,
    /// Left edges of the stretches that wide gaps part.
    starts: Vec<f32>,
    text: String,
}

/// Numbers of the printed lines that are furniture. Lines of ruled tables (`tabular`) never are.
///
/// `heights` are those of the pages, in points.
pub fn furniture(pages: &[Vec<Word>], heights: &[f32], tabular: &HashSet<u32>) -> HashSet<u32> {
    let mut found = HashSet::new();
    if pages.len() > 1 {
        found.extend(at_edge(pages, tabular, false));
        found.extend(at_edge(pages, tabular, true));
    }
    found.extend(of_browsers(pages, tabular));
    for (words, height) in pages.iter().zip(heights) {
        let inside = |word: &&Word| (height * OUTER..height * (1.0 - OUTER)).contains(&word.y);
        words.iter().filter(inside).for_each(|word| {
            found.remove(&word.line);
        });
    }
    found
}

/// Words in any order as the lines that they were printed in, from top to bottom.
pub fn printed_lines(mut words: Vec<&Word>) -> Vec<TextLine<'_>> {
    words.sort_by(|a, b| a.line.cmp(&b.line).then(a.x.total_cmp(&b.x)));
    words.chunk_by(|a, b| a.line == b.line).map(<[_]>::to_vec).collect()
}

/// The block of a line that is furniture.
pub fn block(line: &[&Word], joining: &Joining<'_>) -> Option<Block> {
    let Rich { text, .. } = joining.rich(line, LineRoom::default());
    Some(Block::furniture(text, span(line.iter().copied())?))
}

/// What the print dialog of a browser adds to each page, and to a single one: the address and the clock time in two lines, one above and
/// one below the text, and in the lower one the number of the page and that of all pages.
fn of_browsers(pages: &[Vec<Word>], tabular: &HashSet<u32>) -> Vec<u32> {
    let mut found = Vec::new();
    for (index, words) in pages.iter().enumerate() {
        let outer = lines(words).next().zip(lines(words).last());
        let Some((top, bottom)) = outer.filter(|(top, bottom)| top[0].line < bottom[0].line) else { continue };
        let parted = [top, bottom].iter().all(|line| !tabular.contains(&line[0].line));
        let told = |tells: fn(&Word) -> bool| [top, bottom].map(|line| line.iter().any(tells));
        let (clocks, addresses) = (told(tells_time), told(is_address));
        let opposite = clocks[0] && addresses[1] || clocks[1] && addresses[0];
        if parted && opposite && counts_pages(bottom, index + 1, pages.len()) {
            found.extend([top[0].line, bottom[0].line]);
        }
    }
    found
}

/// "8:36", "20.36".
fn tells_time(word: &Word) -> bool {
    let text = word.text.trim_end_matches(',');
    let parts = text.split_once([':', '.']);
    let is_number =
        |part: &str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(hours, minutes)| is_number(hours, &[1, 2]) && is_number(minutes, &[2]))
}

fn is_address(word: &Word) -> bool {
    word.text.contains("://")
}

/// "2/3", "2 of 3".
fn counts_pages(line: &[Word], page: usize, pages: usize) -> bool {
    let words = line.iter().flat_map(|word| word.text.split('/'));
    let numbers: Vec<usize> = words.filter_map(|part| part.parse().ok()).collect();
    numbers.windows(2).any(|pair| pair == [page, pages])
}

fn at_edge(pages: &[Vec<Word>], tabular: &HashSet<u32>, bottom: bool) -> Vec<u32> {
    let mut groups: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    let mut outermost = Vec::new();
    for (page, words) in pages.iter().enumerate() {
        let mut edge: Vec<&[Word]> = lines(words).collect();
        if bottom {
            edge.reverse();
        }
        edge.truncate(DEPTH);
        outermost.push(edge.iter().map(|line| (line[0].line, outer_edge(line, bottom))).collect::<Vec<_>>());
        for line in edge.into_iter().filter(|line| !tabular.contains(&line[0].line)) {
            let starts = stretches(line);
            let candidate = Candidate { page, line: line[0].line, y: line[0].y, starts, text: template(line) };
            groups.entry(candidate.text.clone()).or_default().push(candidate);
        }
    }
    let mut repeated = HashSet::new();
    for group in groups.values().filter(|group| !group[0].text.is_empty()) {
        repeated.extend(repeats(group, pages.len()));
    }
    let kept = kept_from_the_edge(&outermost, &repeated);
    let kept = set_apart(kept, &groups, pages, bottom);
    let body = body_edge(&outermost, &kept, bottom);
    let outside = |y: f32| if bottom { y > body + WANDER } else { y < body - WANDER };
    let all = outermost.iter().flatten();
    all.filter(|(line, y)| kept.contains(line) && outside(*y)).map(|(line, _)| *line).collect()
}

/// The lines of a group that come back at the same place on enough pages.
fn repeats(group: &[Candidate], pages: usize) -> Vec<u32> {
    let enough = (pages * 2).div_ceil(5).max(2);
    let same_place = |one: &Candidate| {
        let near = group.iter().filter(|other| (other.y - one.y).abs() < WANDER);
        near.map(|other| other.page).collect::<HashSet<_>>().len()
    };
    if group.len() > 2000 {
        return group.iter().map(|one| one.line).collect();
    }
    group.iter().filter(|one| same_place(one) >= enough).map(|one| one.line).collect()
}

/// Only a line with nothing but furniture between itself and the edge of the page is furniture.
fn kept_from_the_edge(outermost: &[Vec<(u32, f32)>], repeated: &HashSet<u32>) -> HashSet<u32> {
    let page = |lines: &Vec<(u32, f32)>| {
        lines.iter().map(|(line, _)| *line).take_while(|line| repeated.contains(line)).collect::<Vec<_>>()
    };
    outermost.iter().flat_map(page).collect()
}

/// Leaves out lines whose stretches stand over those of the text next to them: the head of a table that each page repeats.
fn set_apart(
    kept: HashSet<u32>,
    groups: &BTreeMap<String, Vec<Candidate>>,
    pages: &[Vec<Word>],
    bottom: bool,
) -> HashSet<u32> {
    let touches = |one: &Candidate| {
        let inner = |line: &&[Word]| if bottom { line[0].line < one.line } else { line[0].line > one.line };
        let near = |line: &&[Word]| (line[0].y - one.y).abs() < line[0].size * 6.0 && !kept.contains(&line[0].line);
        let below: Vec<f32> = lines(&pages[one.page]).filter(inner).filter(near).flat_map(stretches).collect();
        let aligned = one.starts.iter().filter(|start| below.iter().any(|x| (x - **start).abs() < 2.0)).count();
        aligned > 1 && aligned + 1 >= one.starts.len()
    };
    let near = |group: &&Vec<Candidate>| {
        let own: Vec<&Candidate> = group.iter().filter(|one| kept.contains(&one.line)).collect();
        !own.is_empty() && own.iter().filter(|one| touches(one)).count() * 2 >= own.len()
    };
    let text: HashSet<u32> = groups.values().filter(near).flatten().map(|one| one.line).collect();
    let kept: HashSet<u32> = kept.difference(&text).copied().collect();
    let beside: HashSet<u32> = pages.iter().filter_map(|page| beside_text(page, &kept, bottom)).collect();
    kept.difference(&beside).copied().collect()
}

/// The innermost line that is kept, where it stands beside text: words of the head whose other cells have fewer lines.
fn beside_text(page: &[Word], kept: &HashSet<u32>, bottom: bool) -> Option<u32> {
    let mut edge: Vec<&[Word]> = lines(page).collect();
    if bottom {
        edge.reverse();
    }
    let inner = edge.iter().take(DEPTH).take_while(|line| kept.contains(&line[0].line)).count();
    let (last, text) = (edge.get(inner.checked_sub(1)?)?, edge.get(inner)?);
    ((last[0].y - text[0].y).abs() < last[0].size * BESIDE).then_some(last[0].line)
}

/// How near to the edge the text itself comes on any page: the head of a table that is repeated lies inside.
fn body_edge(outermost: &[Vec<(u32, f32)>], kept: &HashSet<u32>, bottom: bool) -> f32 {
    let body = outermost.iter().filter_map(|lines| lines.iter().find(|(line, _)| !kept.contains(line)));
    let places = body.map(|(_, y)| *y);
    if bottom { places.fold(f32::MIN, f32::max) } else { places.fold(f32::MAX, f32::min) }
}

/// Left edges of the stretches of a line that wide gaps part.
fn stretches(line: &[Word]) -> Vec<f32> {
    let wide = line.windows(2).filter(|pair| pair[1].x - pair[0].end > pair[0].size);
    std::iter::once(line[0].x).chain(wide.map(|pair| pair[1].x)).collect()
}

/// Where a line ends towards the edge of the page; large letters reach farther than their baseline tells.
fn outer_edge(line: &[Word], bottom: bool) -> f32 {
    let areas = line.iter().map(Word::area);
    if bottom { areas.map(|a| a.y1).fold(f32::MIN, f32::max) } else { areas.map(|a| a.y0).fold(f32::MAX, f32::min) }
}

/// The words of a line, every number alike.
fn template(line: &[Word]) -> String {
    let mut text = String::new();
    for c in line.iter().flat_map(|word| word.text.chars()) {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if !(c == '0' && text.ends_with('0')) {
            text.push(c);
        }
    }
    text
}
