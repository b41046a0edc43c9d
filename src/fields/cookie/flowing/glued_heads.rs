//! Headers, one glued to the other, that stand on one line with what comes before them or with the first row: what is left of a page
//! whose source has no line feed there.

use std::ops::Range;

use super::parts::Parts;
use crate::fields::cookie::lines::glued_cells::{Header, begins_with_name, header_parts};
use crate::lexicon::lexicon;
use crate::table::key_of;

/// A longer line is no page that a scraper left.
const LONGEST_LINE: usize = 40_000;
/// Headers, and the first name below them.
const MOST_PARTS: usize = 12;
/// Headers are looked for at so many places.
const MOST_STARTS: usize = 200;
/// A header that a name is glued to ends within so many bytes.
const LONGEST_GLUED: usize = 60;
/// Columns that a run of headers names at least.
const LEAST_COLUMNS: usize = 3;

/// Parts a line into its headers, the rows behind them, and what stands around them; false where it has no headers, or nothing else.
pub fn part(text: &str, parts: &mut Parts) -> bool {
    let heads = heads(text);
    let mut passed = 0;
    for (at, head) in heads.iter().enumerate() {
        // What stands right before the headers is a caption or the name of a group.
        let before = &text[passed..head.start];
        let caption = header_parts(before).last().map_or(0, |caption| caption.start);
        parts.push_text(&before[..caption]);
        parts.push_text(&before[caption..]);
        parts.push_text(&text[head.clone()]);
        let next = heads.get(at + 1).map_or(text.len(), |next| next.start);
        passed = head.end + push_rows(&text[head.clone()], &text[head.end..next], parts);
    }
    if !heads.is_empty() {
        parts.push_text(&text[passed..]);
    }
    !heads.is_empty()
}

/// The rows behind headers on the same line, each by itself. Returns where they end.
fn push_rows(head: &str, text: &str, parts: &mut Parts) -> usize {
    let rows = Header::of(&head.into()).map(|header| header.rows_in(text)).unwrap_or_default();
    let mut end = 0;
    for row in rows {
        parts.push_text(&text[end..row.start]);
        parts.push_text(&text[row.clone()]);
        end = row.end;
    }
    end
}

/// Where headers stand on a line that holds more than those.
fn heads(text: &str) -> Vec<Range<usize>> {
    let mut heads: Vec<Range<usize>> = Vec::new();
    if text.len() > LONGEST_LINE || !may_be_glued(text) {
        return heads;
    }
    let parts = header_parts(text);
    if parts.len() < 2 || Header::of(&text.into()).is_some() {
        return heads;
    }
    let known: Vec<bool> = parts.iter().map(|part| is_header(&text[part.clone()])).collect();
    let beside = |at: usize| known.get(at).copied().unwrap_or(false);
    let starts = (0..parts.len()).filter(|at| known[*at] && (beside(at + 1) || beside(at + 2)));
    for start in starts.take(MOST_STARTS) {
        let first = parts[start].start;
        let head = end_of_head(text, &parts[start..]).map(|end| first..end);
        let apart = heads.last().is_none_or(|last| last.end <= first);
        heads.extend(head.filter(|head| apart && Header::of(&text[head.clone()].into()).is_some()));
    }
    heads
}

/// False for nearly all lines: no capital stands right behind what a header ends with. Letters beyond ASCII are looked at no closer.
fn may_be_glued(text: &str) -> bool {
    let ends = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b')' | b'?' | b'.') || !byte.is_ascii();
    let begins = |byte: u8| byte.is_ascii_uppercase() || !byte.is_ascii();
    text.as_bytes().windows(2).any(|pair| ends(pair[0]) && begins(pair[1]))
}

/// "Expiry_ab" is a header and the name that is glued to it.
fn is_header(text: &str) -> bool {
    !text.contains('_') && key_of(text.trim()).is_some()
}

/// Where headers end: before a name, within a part that a name is glued to, or where the line does.
fn end_of_head(text: &str, parts: &[Range<usize>]) -> Option<usize> {
    for (at, part) in parts.iter().enumerate().take(MOST_PARTS) {
        let printed = &text[part.clone()];
        if is_header(printed) {
            continue;
        }
        if let Some(end) = end_of_glued(printed) {
            return (at + 1 >= LEAST_COLUMNS).then_some(part.start + end);
        }
        if begins_with_name(printed) {
            return (at >= LEAST_COLUMNS).then_some(part.start);
        }
    }
    (parts.len() <= MOST_PARTS).then_some(text.len())
}

/// "Typebasket_id": where the longest header ends that a name is glued to.
fn end_of_glued(text: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, _)| at).skip(2).take_while(|end| *end <= LONGEST_GLUED);
    let heads = |end: &usize| !lexicon().headers.whole(&text[..*end]).is_empty() && begins_with_name(&text[*end..]);
    ends.collect::<Vec<_>>().into_iter().rev().find(heads)
}
