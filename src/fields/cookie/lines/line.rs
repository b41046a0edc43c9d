//! The printed lines of blocks: what shapes without a table are read from.

use crate::block::{Block, Content, Rich};
use crate::fields::cookie::labelled::labelled_line::{OPENING_BRACKET, is_pair};
use crate::fields::cookie::labelled::labels::Labels;
use crate::fields::cookie::lead::Leads;
use crate::lexicon::lexicon;
use crate::text::{Span, colons};
use crate::value::{category, duration, host, name, term};

/// One line of a block.
#[derive(Debug, Clone)]
pub struct Line {
    /// Index of its block.
    pub block: usize,
    /// Its words.
    pub text: Rich,
    /// Where it stands.
    pub span: Span,
    /// True for a line of a heading.
    pub heading: bool,
}

/// So many numbers of rows are an order.
const LEAST_NUMBERED: u32 = 3;

/// The name of a category alone on its line, and a sentence about it below: as consent tools head their groups.
fn heads_a_group(line: &Line, next: Option<&Line>) -> bool {
    let long = |line: &Line| line.text.text.word_count() > 6;
    let said = |line: &Line| category::likeness(&line.text.text) >= 0.9 && !term::is_filler(&line.text.text);
    !line.heading && !long(line) && said(line) && next.is_some_and(long)
}

/// The line that says something next: "Always active" below the name of a group does not.
pub fn next_said<'l>(below: impl Iterator<Item = &'l Line>) -> Option<&'l Line> {
    const NEAR: usize = 2;
    below.take(NEAR).find(|line| !term::is_filler(&line.text.text))
}

/// Takes lines that stand before the rows to come into account: a paragraph of several lines line by line, any other block once.
pub fn pass_lines(leads: &mut Leads, blocks: &[Block], lines: &[Line]) {
    (0..lines.len()).for_each(|index| pass_one(leads, blocks, lines, index));
}

fn pass_one(leads: &mut Leads, blocks: &[Block], lines: &[Line], index: usize) {
    let line = &lines[index];
    let begins = index == 0 || lines[index - 1].block != line.block;
    if begins || is_in_lines(&blocks[line.block]) {
        pass_line(leads, blocks, line, next_said(lines[index + 1..].iter()));
    }
}

/// Takes lines that stand before the rows to come into account, and the name of a group alone on its line as what heads all of it.
pub fn pass_grouped(leads: &mut Leads, blocks: &[Block], lines: &[Line]) {
    const MOST_WORDS: usize = 6;
    let heads = |line: &Line| {
        let text = &line.text.text;
        let service = || lexicon().services.is_mentioned(text);
        !line.heading && text.word_count() <= MOST_WORDS && category::likeness(text) >= 0.9 && !service()
    };
    let mut above: Option<&Line> = None;
    for (index, line) in lines.iter().enumerate() {
        // "Always active" below the name of a group says that it is necessary, and is no group.
        let said = |above: &Line| category::classify(&above.text.text) == category::classify(&line.text.text);
        if heads(line) && above.replace(line).is_some_and(said) {
            continue;
        }
        match heads(line) {
            true => leads.pass_group(&line.text, line.span),
            false => pass_one(leads, blocks, lines, index),
        }
    }
}

/// Takes a line, or the block that begins with it, into account.
pub fn pass_line(leads: &mut Leads, blocks: &[Block], line: &Line, next: Option<&Line>) {
    let block = &blocks[line.block];
    let text = || line.text.clone();
    if heads_a_group(line, next) {
        leads.pass_group(&line.text, line.span);
    } else if is_in_lines(block) {
        // The first line of an item is the item, the others are what it says.
        let first = line.span.line == block.span.line;
        let content = match &block.content {
            Content::ListItem { depth, .. } if first => Content::ListItem { depth: *depth, text: text() },
            _ => Content::Paragraph(text()),
        };
        leads.pass(&Block { content, span: line.span });
    } else {
        leads.pass(block);
    }
}

fn is_in_lines(block: &Block) -> bool {
    matches!(&block.content, Content::Paragraph(text) | Content::ListItem { text, .. } if text.text.has_lines())
}

/// The lines of all blocks but tables and furniture.
pub fn lines(blocks: &[Block], labels: &Labels) -> Vec<Line> {
    let mut lines = Vec::with_capacity(blocks.len());
    let printed = blocks.iter().enumerate().filter(|(_, block)| !block.is_furniture());
    printed.for_each(|(index, block)| push_lines(index, block, labels, &mut lines));
    leave_out_numbers(&mut lines);
    lines
}

/// The numbers of rows say nothing: those that stand alone on their lines and count up from one.
fn leave_out_numbers(lines: &mut Vec<Line>) {
    let mut last = 0;
    let counts = |line: &Line| {
        let next = row_number(&line.text.text) == Some(last + 1);
        last += u32::from(next);
        next
    };
    let numbers: Vec<bool> = lines.iter().map(counts).collect();
    let mut numbers = numbers.into_iter();
    if last >= LEAST_NUMBERED {
        lines.retain(|_| !numbers.next().unwrap_or(false));
    }
}

/// "7.", alone.
fn row_number(text: &str) -> Option<u32> {
    let digits = text.trim().strip_suffix(['.', ')'])?;
    (digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

fn push_lines(index: usize, block: &Block, labels: &Labels, lines: &mut Vec<Line>) {
    let Some(rich) = block.rich() else { return };
    let heading = matches!(block.content, Content::Heading { .. });
    let pieces = rich.lines();
    let height = block.span.end_line - block.span.line + 1;
    // Where the format wraps as it likes, lines of text and lines of the source do not correspond: each may be anywhere.
    let corresponds = pieces.len() as u32 <= height;
    // A wrapped paragraph is one line, from its first to its last.
    let whole = pieces.len() == 1;
    let place = |number: u32| {
        let line = block.span.line + number;
        if corresponds && !whole { Span { line, end_line: line, page: block.span.page } } else { block.span }
    };
    for (number, text) in (0..).zip(pieces) {
        let line = |text| Line { block: index, text, span: place(number), heading };
        if let Some(above) = lines.last_mut().filter(|above| above.block == index && is_note_of(above, &text)) {
            above.text.push(" ", &text);
            above.span = above.span.join(place(number));
            continue;
        }
        match pairs_apart(&text, labels) {
            Some(parts) => lines.extend(parts.into_iter().map(line)),
            None => lines.push(line(text)),
        }
    }
}

/// What has a host in brackets behind it looks like a name at least this much.
const LEAST_NOTED: f32 = 0.3;

/// "(shop.example)" below a name: scrapers leave what was set in code and what follows it on lines of their own.
fn is_note_of(above: &Line, text: &Rich) -> bool {
    let note = text.text.trim();
    let whole = note.starts_with('(') && note.find(')') == Some(note.len() - 1) && note.len() > 2;
    // A host behind it makes a name of a word that could be any.
    let least = || if host::likeness(&note[1..note.len() - 1]) >= 1.0 { LEAST_NOTED } else { name::CONVINCING };
    whole && name::likeness(above.text.text.trim()) >= least()
}

/// A line of several labels and values, one behind the other, taken apart: "Name: a_b Duration: 1 year", also where the label is
/// glued to the value before it; none where the line is no more than one pair.
fn pairs_apart(text: &Rich, labels: &Labels) -> Option<Vec<Rich>> {
    let printed = text.text.as_str();
    if printed.len() > LONGEST_PAIRS {
        return None;
    }
    let mut starts = bracketed_labels(printed);
    if starts.is_empty() && colons(printed).nth(1).is_none() {
        return None;
    }
    if starts.is_empty() {
        starts = colons(printed).filter_map(|colon| label_start(printed, colon, labels)).collect();
    }
    starts.dedup();
    if starts.len() < 2 {
        return None;
    }
    if starts[0] != 0 {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([printed.len()]);
    let part = |(start, end): (usize, usize)| {
        let trimmed = printed[start..end].trim_end().len();
        text.slice(start, start + trimmed)
    };
    Some(starts.iter().copied().zip(ends).map(part).filter(|part| !part.is_blank()).collect())
}

/// Where the labels begin that stand in brackets of their own: `【名称】a_b　【有効期間】2年`.
fn bracketed_labels(text: &str) -> Vec<usize> {
    let places = if text.starts_with(OPENING_BRACKET) {
        text.match_indices(OPENING_BRACKET)
    } else {
        "".match_indices(OPENING_BRACKET)
    };
    places.map(|(at, _)| at).filter(|at| is_pair(&Rich::plain(&text[*at..]))).collect()
}

/// A line of pairs has at most this many bytes.
const LONGEST_PAIRS: usize = 1_500;

/// Where the label that ends before a colon begins: the longest run of up to five words that names a field.
fn label_start(text: &str, colon: usize, labels: &Labels) -> Option<usize> {
    let before = &text[..colon];
    let words = before.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    let starts: Vec<usize> = words.take(5).chain((before.split_whitespace().count() <= 5).then_some(0)).collect();
    let whole = starts.iter().rev().copied().find(|start| {
        let label = &before[*start..];
        names_field(label) || labels.learned(label).is_some()
    });
    whole.or_else(|| glued_label(before, *starts.first()?))
}

/// `2 yearsType`: a capital letter behind a small one begins the label, where the line does not open with a name.
fn glued_label(before: &str, word: usize) -> Option<usize> {
    let token = &before[word..];
    if word == 0 && name::likeness(token) >= name::CONVINCING && !is_glued_value(token) {
        return None;
    }
    let mut previous = ' ';
    let mut found = None;
    for (at, c) in token.char_indices() {
        if c.is_uppercase() && (previous.is_lowercase() || previous.is_ascii_digit()) && names_field(&token[at..]) {
            found = Some(word + at);
        }
        previous = c;
    }
    found
}

/// `SessionType`: the words before the last capital are a value by themselves.
fn is_glued_value(token: &str) -> bool {
    let value = token.rfind(char::is_uppercase).map_or("", |at| &token[..at]);
    duration::likeness(value) >= 0.8 || term::party(value).is_some() || category::likeness(value) >= 0.8
}

fn names_field(label: &str) -> bool {
    !label.trim().is_empty() && !lexicon().headers.whole(label).is_empty()
}
