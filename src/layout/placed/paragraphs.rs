//! Printed lines to headings, list items and paragraphs, by distance, size and weight. Knows no format.

use std::collections::BTreeMap;

use super::placed_table::span;
use super::text_line::{TextLine, bullets, is_bullet, line_size};
use super::word_joins::{Breaks, Joining, LineRoom};
use super::word_lines::Word;
use crate::block::{Block, Content, Rich};

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph<'w> {
    /// Its words in reading order.
    pub words: Vec<&'w Word>,
    /// Number of its lines.
    pub lines: usize,
    /// Right edge of the column that it stands in.
    pub right: f32,
    /// Left edge of its text, past a bullet.
    pub left: f32,
    /// True for an item of a list. A bullet that opens it is no longer among its words; a number is, for it may be referred to.
    pub item: bool,
    /// Lists around that of the item.
    pub depth: u8,
    /// Number that opens it: `3.` or `3)`.
    number: Option<u32>,
}

/// What the sizes of a document's letters mean.
#[derive(Debug, Clone, Default)]
pub struct Typography {
    /// Size of most of the text.
    pub body: f32,
    /// Usual distance of two lines of the same paragraph, in heights of the font.
    pub leading: f32,
    /// Looks of headings, the highest first.
    headings: Vec<Look>,
}

/// Size in half points, and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    size: u32,
    strong: bool,
}

/// Longest heading, in bytes: what is longer is a paragraph in the dress of one.
pub const MAX_HEADING: usize = 200;

/// How far an inner list is indented at least, in heights of the font.
const NESTED: f32 = 0.8;

impl Typography {
    /// Reads what is usual from the lines of a document.
    pub fn of<'w, 'l>(lines: impl Iterator<Item = &'l TextLine<'w>>) -> Self
    where
        'w: 'l,
    {
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        let mut distances: BTreeMap<u32, usize> = BTreeMap::new();
        let mut last: Option<&Word> = None;
        for line in lines {
            for word in line {
                *sizes.entry(half_points(word.size)).or_default() += word.text.len();
            }
            let first = line.first().copied();
            if let (Some(last), Some(first)) = (last, first)
                && last.page == first.page
                && half_points(last.size) == half_points(first.size)
            {
                let distance = (first.y - last.y) / first.size;
                if (0.9..2.0).contains(&distance) {
                    *distances.entry((distance * 20.0).round() as u32).or_default() += 1;
                }
            }
            last = first;
        }
        let most = |counts: &BTreeMap<u32, usize>| counts.iter().max_by_key(|(_, count)| **count).map(|(key, _)| *key);
        let body = most(&sizes).map_or(10.0, |size| size as f32 / 2.0);
        let leading = most(&distances).map_or(1.2, |distance| distance as f32 / 20.0);
        Self { body, leading, headings: Vec::new() }
    }

    /// Learns the looks of the headings, so that levels can be given.
    pub fn learn_headings(&mut self, paragraphs: &[Paragraph<'_>]) {
        let mut looks: Vec<Look> =
            paragraphs.iter().filter(|p| self.is_heading(p)).filter_map(|p| p.words.first().map(|w| look(w))).collect();
        looks.sort_by(|a, b| b.cmp(a));
        looks.dedup();
        self.headings = looks;
    }

    fn is_heading(&self, paragraph: &Paragraph<'_>) -> bool {
        let length: usize = paragraph.words.iter().map(|word| word.text.len() + 1).sum();
        if paragraph.item || paragraph.lines > 3 || length > MAX_HEADING {
            return false;
        }
        let large = paragraph.words.iter().all(|word| word.size > self.body * 1.1);
        let strong = paragraph.words.iter().all(|word| word.style.strong);
        let lettered = paragraph.words.iter().any(|word| word.text.chars().any(char::is_alphabetic));
        let sentence = paragraph.words.last().is_some_and(|word| word.text.ends_with(['.', ',', ';']));
        lettered && (large || (strong && !sentence))
    }

    fn level(&self, paragraph: &Paragraph<'_>) -> u8 {
        let look = paragraph.words.first().map(|word| look(word));
        let rank = self.headings.iter().position(|known| Some(*known) == look).unwrap_or(5);
        (rank + 1).min(6) as u8
    }
}

/// Groups lines of one flow of text, from top to bottom, into paragraphs.
pub fn paragraphs<'w>(lines: &[TextLine<'w>], typography: &Typography, found: &mut Vec<Paragraph<'w>>) {
    let right = lines.iter().filter_map(|line| line.last()).map(|word| word.end).fold(0.0, f32::max);
    let first = found.len();
    let mut last: Option<&TextLine<'w>> = None;
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let goes_on = last.is_some_and(|last| found.last().is_some_and(|p| belongs(p, last, line, typography)));
        match found.last_mut().filter(|_| goes_on) {
            Some(paragraph) => {
                if paragraph.lines == 1 && !paragraph.item {
                    paragraph.left = line[0].x;
                }
                paragraph.words.extend(line);
                paragraph.lines += 1;
            }
            None => found.push(open(line, right)),
        }
        last = Some(line);
    }
    let numbered = numbered_items(&found[first..]);
    found[first..].iter_mut().zip(numbered).for_each(|(paragraph, item)| paragraph.item |= item);
}

/// Which paragraphs follow one another by number with nothing between them.
fn numbered_items(paragraphs: &[Paragraph<'_>]) -> Vec<bool> {
    let follows = |pair: &[Paragraph<'_>]| follows_by_number(&pair[0], pair[1].number, pair[1].words[0]);
    let follows: Vec<bool> = paragraphs.windows(2).map(follows).collect();
    let at = |index: usize| follows.get(index).copied().unwrap_or(false);
    (0..paragraphs.len()).map(|index| at(index) || index.checked_sub(1).is_some_and(at)).collect()
}

/// True where a line that opens with this number is the item after the paragraph.
fn follows_by_number(paragraph: &Paragraph<'_>, number: Option<u32>, opens: &Word) -> bool {
    let next = paragraph.number.and_then(|own| own.checked_add(1));
    // Two digits may begin farther to the left than one.
    number.is_some() && number == next && (paragraph.words[0].x - opens.x).abs() < opens.size
}

fn number(line: &TextLine<'_>) -> Option<u32> {
    let text = line.first().filter(|_| line.len() > 1)?.text.as_str();
    text.strip_suffix(['.', ')']).filter(|digits| digits.len() < 4)?.parse().ok()
}

/// A paragraph's block.
pub fn block(paragraph: &Paragraph<'_>, typography: &Typography, joining: &Joining<'_>) -> Option<Block> {
    let span = span(paragraph.words.iter().copied())?;
    let heading = typography.is_heading(paragraph);
    let column = LineRoom {
        width: paragraph.right - paragraph.left,
        breaks: if heading { Breaks::None } else { Breaks::Early },
    };
    let text: Rich = joining.rich(&paragraph.words, column);
    let content = match (heading, paragraph.item) {
        (true, _) => Content::Heading { level: typography.level(paragraph), text },
        (_, true) => Content::ListItem { depth: paragraph.depth, text },
        _ => Content::Paragraph(text),
    };
    Some(Block { content, span })
}

fn open<'w>(line: &TextLine<'w>, right: f32) -> Paragraph<'w> {
    let bullets = bullets(line);
    let (bullet, words) = (bullets > 0, line[bullets..].to_vec());
    let left = words.first().map_or(0.0, |word| word.x);
    Paragraph { words, lines: 1, right, left, item: bullet, depth: 0, number: number(line) }
}

/// Tells by the left edges of items which list is within which; a heading ends them all, and so does text to the left of them.
pub fn nest<'p, 'w: 'p>(paragraphs: impl Iterator<Item = &'p mut Paragraph<'w>>, typography: &Typography) {
    let mut lists: Vec<f32> = Vec::new();
    for paragraph in paragraphs {
        let Some(size) = paragraph.words.first().map(|word| word.size) else { continue };
        if typography.is_heading(paragraph) || lists.first().is_some_and(|left| paragraph.left < left - size) {
            lists.clear();
        }
        if paragraph.item {
            lists.retain(|left| *left < paragraph.left - size * NESTED);
            lists.push(paragraph.left);
            paragraph.depth = u8::try_from(lists.len() - 1).unwrap_or(u8::MAX);
        }
    }
}

fn belongs(paragraph: &Paragraph<'_>, last: &TextLine<'_>, line: &TextLine<'_>, typography: &Typography) -> bool {
    let (above, first) = (last[0], line[0]);
    let size = line_size(line);
    let distance = first.y - above.y;
    let near = distance > 0.0 && distance <= size.max(line_size(last)) * (typography.leading * 1.22 + 0.05);
    let same_look = half_points(line_size(last)) == half_points(size) && all_strong(last) == all_strong(line);
    let opens = line.len() > 1 && is_bullet(&first.text);
    let labelled = [last, line].into_iter().flatten().any(|word| word.opens_value());
    if above.page != first.page
        || labelled
        || !near
        || !same_look
        || opens
        || follows_by_number(paragraph, number(line), first)
    {
        return false;
    }
    let hanging = paragraph.words.iter().take(4).any(|word| (word.x - first.x).abs() < 2.5);
    let centred = (middle(last) - middle(line)).abs() < size * 0.5;
    let aligned = (first.x - paragraph.left).abs() < size * 1.5;
    if paragraph.item { first.x > paragraph.left - size * 0.5 } else { hanging || centred || aligned }
}

fn all_strong(line: &TextLine<'_>) -> bool {
    line[bullets(line)..].iter().all(|word| word.style.strong)
}

fn middle(line: &TextLine<'_>) -> f32 {
    let right = line.last().map_or(0.0, |word| word.end);
    (line[0].x + right) / 2.0
}

fn look(word: &Word) -> Look {
    Look { size: half_points(word.size), strong: word.style.strong }
}

fn half_points(size: f32) -> u32 {
    (size * 2.0).round().max(0.0) as u32
}
