//! Words to running text: what stands between two words, and which words a line break cut in two. Knows no format.

use std::collections::HashSet;

use super::glyph::LinkArea;
use super::word_lines::Word;
use crate::block::{Mark, MarkKind, Rich};

/// What joining needs to know about the document and the column that the words stand in.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// Every word of the document, by which a word cut in two is recognised.
    pub vocabulary: &'a HashSet<String>,
    /// Links of each page, page 1 first.
    pub links: &'a [Vec<LinkArea>],
}

/// How the lines of a column are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Column {
    /// Width of its widest line: a line as wide as this was broken for want of room.
    pub width: f32,
    /// True where a line that ends early ends on purpose.
    pub keep_breaks: bool,
}

impl Column {
    /// The column that these words fill; `lines` are stretches of words.
    pub fn of<'w>(lines: impl Iterator<Item = &'w [&'w Word]>) -> Self {
        let width = |line: &[&Word]| match (line.first(), line.last()) {
            (Some(first), Some(last)) => last.end - first.x,
            _ => 0.0,
        };
        Self { width: lines.map(width).fold(0.0, f32::max), keep_breaks: false }
    }
}

impl Joining<'_> {
    /// Running text of words in reading order.
    pub fn rich(&self, words: &[&Word], column: Column) -> Rich {
        let mut rich = Rich::default();
        let mut line_start = 0;
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                let last = words[index - 1];
                if last.line == word.line && last.page == word.page {
                    push_separator(&mut rich, if word.glued { "" } else { " " });
                } else {
                    self.cross_break(&mut rich, &words[line_start..index], word, column);
                    line_start = index;
                }
            }
            let start = rich.text.len();
            rich.text.push_str(&word.text);
            self.mark(&mut rich, word, start);
        }
        rich
    }

    /// Puts between the last word of a line and the first of the next what belongs there.
    fn cross_break(&self, rich: &mut Rich, line: &[&Word], next: &Word, column: Column) {
        let Some(last) = line.last() else { return };
        let first = line.first().map_or(last.x, |first| first.x);
        if last.text.ends_with('\u{ad}') {
            rich.text.pop();
            return clamp_marks(rich);
        }
        if opens_address(&next.text) {
            return push_separator(rich, " ");
        }
        let token = token_at_end(&rich.text).to_owned();
        if is_hyphenated(&token) {
            if self.knows_without_hyphen(&token, &next.text) {
                rich.text.pop();
                clamp_marks(rich);
            }
            return;
        }
        let room = column.width - (last.end - first);
        let letter = next.width() / next.text.chars().count().max(1) as f32;
        let alone = token.len() + 1 >= line.iter().map(|word| word.text.len()).sum::<usize>();
        if room < letter * 1.2 && alone && self.is_cut(&token, &next.text) {
            return;
        }
        if room < next.width() + letter && (is_address_cut(&token, &next.text) || is_cut_at_slash(&token)) {
            return;
        }
        let would_fit = room > next.width() + last.size * 0.6;
        push_separator(rich, if column.keep_breaks && would_fit { "\n" } else { " " });
    }

    /// True where two pieces read as one word: an identifier, or a word that the document has elsewhere.
    fn is_cut(&self, left: &str, right: &str) -> bool {
        let ends = left.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let starts = right.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !ends || !starts {
            return false;
        }
        let bare = right.trim_end_matches(|c: char| !c.is_alphanumeric());
        let whole = format!("{left}{bare}").to_lowercase();
        self.vocabulary.contains(&whole) || is_identifier(left) || (is_identifier(bare) && starts_low(right))
    }

    fn knows_without_hyphen(&self, left: &str, right: &str) -> bool {
        let bare = right.trim_end_matches(|c: char| !c.is_alphanumeric());
        let whole = format!("{}{bare}", left.trim_end_matches(['-', '\u{2010}'])).to_lowercase();
        self.vocabulary.contains(&whole)
    }

    fn mark(&self, rich: &mut Rich, word: &Word, start: usize) {
        let end = rich.text.len();
        let mut push = |kind: MarkKind| {
            let last = rich.marks.iter_mut().rev().find(|mark| mark.kind == kind);
            match last {
                // The same mark over the next word too: they are one stretch.
                Some(mark) if start <= mark.end + 1 => mark.end = end,
                _ => rich.marks.push(Mark { start, end, kind }),
            }
        };
        if word.style.strong {
            push(MarkKind::Strong);
        }
        if word.style.emphasis {
            push(MarkKind::Emphasis);
        }
        let page = (word.page as usize).checked_sub(1).and_then(|page| self.links.get(page));
        let link = page.zip(word.link).and_then(|(links, index)| links.get(usize::from(index)));
        if let Some(link) = link {
            push(MarkKind::Link(link.address.clone()));
        }
    }
}

/// Every word of a document in lower case, without the punctuation around it.
pub fn vocabulary<'w>(words: impl Iterator<Item = &'w Word>) -> HashSet<String> {
    let bare = |word: &Word| word.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.map(bare).filter(|word| word.chars().count() > 3).collect()
}

fn push_separator(rich: &mut Rich, separator: &str) {
    if !rich.text.is_empty() {
        rich.text.push_str(separator);
    }
}

fn clamp_marks(rich: &mut Rich) {
    let length = rich.text.len();
    for mark in &mut rich.marks {
        mark.end = mark.end.min(length);
    }
}

fn token_at_end(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// A hyphen that a line ends with, not a dash that stands alone.
fn is_hyphenated(token: &str) -> bool {
    let mut chars = token.chars().rev();
    matches!(chars.next(), Some('-' | '\u{2010}')) && chars.next().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// The look of a technical name: an underscore, a digit beside a letter, a capital after a small letter.
fn is_identifier(token: &str) -> bool {
    let chars: Vec<char> = token.chars().collect();
    let joint = |pair: &[char]| {
        (pair[0].is_alphabetic() && pair[1].is_ascii_digit())
            || (pair[0].is_ascii_digit() && pair[1].is_alphabetic())
            || (pair[0].is_lowercase() && pair[1].is_uppercase())
    };
    token.contains('_') || token.matches('-').count() > 1 || chars.windows(2).any(joint)
}

fn starts_low(token: &str) -> bool {
    token.chars().next().is_some_and(|c| !c.is_uppercase())
}

fn opens_address(token: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| token.starts_with(start))
}

/// A slash between two words is set without blanks, so a line that ends with one goes on without one.
fn is_cut_at_slash(left: &str) -> bool {
    let bare = left.strip_suffix('/').unwrap_or_default();
    let words = bare.ends_with(|c: char| c.is_alphanumeric() || c == '.');
    words && !left.contains("://") && !left.starts_with("www.")
}

/// True where an address runs on in the next line.
fn is_address_cut(left: &str, right: &str) -> bool {
    let address = left.contains("://") || left.starts_with("www.");
    let open = left.ends_with(['/', '?', '&', '=', '_', '%', '#']);
    let goes_on = right.contains(['/', '-', '_', '.', '?', '=', '&', '%']) || right.chars().any(|c| c.is_ascii_digit());
    address && open && goes_on
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::glyph::{Glyph, Style};
    use crate::layout::word_lines::words;

    /// Sets lines of text in a fixed pitch of 5 points.
    fn set(lines: &[&str]) -> Vec<Word> {
        let mut glyphs = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            for (column, ch) in line.chars().enumerate() {
                let x = 5.0 * column as f32;
                let y = 20.0 + 12.0 * row as f32;
                glyphs.push(Glyph {
                    ch,
                    x,
                    end: x + 5.0,
                    y,
                    size: 10.0,
                    style: Style::default(),
                    mark: None,
                    opens: false,
                });
            }
        }
        words(&glyphs, &[], 1, 1)
    }

    fn joined(lines: &[&str], keep_breaks: bool) -> String {
        let words = set(lines);
        let vocabulary = ["information".to_owned()].into();
        let joining = Joining { vocabulary: &vocabulary, links: &[] };
        let all: Vec<&Word> = words.iter().collect();
        let width = lines.iter().map(|line| line.len()).max().unwrap_or(0) as f32 * 5.0;
        joining.rich(&all, Column { width, keep_breaks }).text
    }

    #[test]
    fn a_name_cut_by_the_width_of_its_cell_is_whole_again() {
        assert_eq!(joined(&["anonymous_appoi", "ntment_id"], false), "anonymous_appointment_id");
        assert_eq!(joined(&["openedMessa", "geIdent"], false), "openedMessageIdent");
    }

    #[test]
    fn words_that_only_stand_on_two_lines_stay_two() {
        assert_eq!(joined(&["necessary", "cookies"], false), "necessary cookies");
        assert_eq!(joined(&["session_id", "(Example)"], false), "session_id (Example)");
        assert_eq!(joined(&["routing -", "first"], false), "routing - first");
        assert_eq!(joined(&["necessary/", "technical"], false), "necessary/technical");
    }

    #[test]
    fn hyphens_at_a_break_go_only_where_the_document_has_the_word_without() {
        assert_eq!(joined(&["some infor-", "mation here"], false), "some information here");
        assert_eq!(joined(&["__Secure-", "3PSID"], false), "__Secure-3PSID");
    }

    #[test]
    fn breaks_are_kept_where_the_next_word_would_have_fitted() {
        assert_eq!(joined(&["Name: x", "Purpose of the whole"], true), "Name: x\nPurpose of the whole");
    }
}
