//! Words to running text: what stands between two words, and which words a line break cut in two. Knows no format.

use std::collections::{HashMap, HashSet};

use super::glyph::LinkArea;
use super::word_lines::Word;
use crate::block::{Draft, Mark, MarkKind, Rich};
use crate::text::is_set_apart;

/// Of this many stretches of marked content one at least has several lines, where lines are not marked one by one.
const RUNNING: usize = 50;

/// What joining needs to know about the document and the column that the words stand in.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// Every word of the document, by which a word cut in two is recognised.
    pub vocabulary: &'a HashSet<String>,
    /// Links of each page, page 1 first.
    pub links: &'a [Vec<LinkArea>],
    /// True where stretches of marked content run on over line breaks, as [`marks_run_on`] tells: then a line break between two
    /// of them was meant.
    pub marks_run_on: bool,
    /// True where no blank parts letters of scripts that put none between words from those of others, as [`mixes_scripts`] tells.
    pub mixes_scripts: bool,
}

/// How the lines of a column are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineRoom {
    /// Width of its widest line: a line as wide as this was broken for want of room.
    pub width: f32,
    /// Which of its line breaks are kept.
    pub breaks: Breaks,
}

/// Which line breaks are kept as line feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Breaks {
    /// None, as in a heading.
    #[default]
    None,
    /// Those after lines that end early, as in a paragraph.
    Early,
    /// Also those between two stretches of marked content, as in a cell, where they part values.
    Stretches,
}

impl LineRoom {
    /// The column that these words fill; `lines` are stretches of words.
    pub fn of<'w>(lines: impl Iterator<Item = &'w [&'w Word]>) -> Self {
        let width = |line: &[&Word]| match (line.first(), line.last()) {
            (Some(first), Some(last)) => last.end - first.x,
            _ => 0.0,
        };
        Self { width: lines.map(width).fold(0.0, f32::max), breaks: Breaks::None }
    }
}

impl Joining<'_> {
    /// Running text of words in reading order.
    pub fn rich(&self, words: &[&Word], column: LineRoom) -> Rich {
        let mut rich = Draft::default();
        let mut line_start = 0;
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                let last = words[index - 1];
                if last.line == word.line && last.page == word.page {
                    push_separator(&mut rich, within_line(word));
                } else {
                    self.cross_break(&mut rich, &words[line_start..index], word, column);
                    line_start = index;
                }
            }
            let start = rich.text.len();
            rich.text.push_str(&word.text);
            self.mark(&mut rich, word, start);
        }
        rich.finish()
    }

    /// Puts between the last word of a line and the first of the next what belongs there.
    fn cross_break(&self, rich: &mut Draft, line: &[&Word], next: &Word, column: LineRoom) {
        let Some(last) = line.last() else { return };
        let first = line.first().map_or(last.x, |first| first.x);
        if last.text.ends_with('\u{ad}') {
            rich.text.pop();
            return clamp_marks(rich);
        }
        // Where a page ends, a line may end early for want of a page.
        let would_fit = last.page == next.page && column.width - (last.end - first) > next.width() + last.size * 0.6;
        if self.is_meant(last, next) {
            let kept = column.breaks == Breaks::Stretches || (column.breaks == Breaks::Early && would_fit);
            return push_separator(rich, if kept { "\n" } else { self.blank(last, next) });
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
        push_separator(rich, if column.breaks != Breaks::None && would_fit { "\n" } else { self.blank(last, next) });
    }

    /// What stands in the place of a line break: nothing in scripts that put no blank between words.
    fn blank(&self, last: &Word, next: &Word) -> &'static str {
        let ends = [last.text.chars().next_back(), next.text.chars().next()].map(|end| end.is_some_and(is_set_apart));
        match ends {
            [false, false] => " ",
            [true, true] => "",
            // Names of other scripts stand with blanks around them or without, in all of a document.
            _ if self.mixes_scripts => "",
            _ => " ",
        }
    }

    /// True where the file itself says that one stretch of content ends with the line and another begins below it.
    fn is_meant(&self, last: &Word, next: &Word) -> bool {
        let both = last.mark.is_some() && next.mark.is_some();
        self.marks_run_on && both && last.page == next.page && last.mark != next.mark
    }

    /// True where two pieces read as one word: an identifier, or a word that the document has elsewhere.
    fn is_cut(&self, left: &str, right: &str) -> bool {
        let ends = left.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let starts = right.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !ends || !starts || opens_name(left, right) {
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

    fn mark(&self, rich: &mut Draft, word: &Word, start: usize) {
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

/// True where the marked content of a document runs on over line breaks: a program that marks each line by itself tells nothing
/// by where a mark ends.
pub fn marks_run_on(pages: &[Vec<Word>]) -> bool {
    let mut first_lines: HashMap<(u32, u32), u32> = HashMap::new();
    let mut running = HashSet::new();
    for word in pages.iter().flatten() {
        let Some(mark) = word.mark else { continue };
        if *first_lines.entry((word.page, mark)).or_insert(word.line) != word.line {
            running.insert((word.page, mark));
        }
    }
    running.len() * RUNNING > first_lines.len()
}

/// True where words of a document mix letters of scripts that put no blank between words with those of others, more often than such words
/// stand side by side with a blank between them.
pub fn mixes_scripts<'w>(words: impl Iterator<Item = &'w Word>) -> bool {
    let (mut mixed, mut parted) = (0_usize, 0_usize);
    let mut last: Option<&Word> = None;
    for word in words {
        let apart: Vec<bool> = word.text.chars().filter(|c| c.is_alphanumeric()).map(is_set_apart).collect();
        mixed += usize::from(apart.windows(2).any(|pair| pair[0] != pair[1]));
        let ended = last.filter(|last| last.line == word.line).and_then(|last| last.text.chars().next_back());
        parted +=
            usize::from(ended.is_some_and(|end| Some(&is_set_apart(end)) != apart.first() && end.is_alphanumeric()));
        last = Some(word);
    }
    mixed > parted
}

/// What stands between a word and the one before it on its line. A value that was drawn right behind its label has a line of its own.
fn within_line(word: &Word) -> &'static str {
    if word.opens_value() {
        "\n"
    } else if word.glued {
        ""
    } else {
        " "
    }
}

fn push_separator(rich: &mut Draft, separator: &str) {
    if !rich.text.is_empty() {
        rich.text.push_str(separator);
    }
}

fn clamp_marks(rich: &mut Draft) {
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

/// True where the second piece cannot be the rest of the first: it opens with the same stem, with the two underscores of a name of
/// its own, with capitals after a small letter, or with an underscore as the first one does.
fn opens_name(left: &str, right: &str) -> bool {
    let stem = left.find(char::is_alphanumeric).and_then(|start| {
        let end = left[start..].find(['_', '-', '.'])?;
        left.get(..=start + end)
    });
    let again = stem.is_some_and(|stem| stem.len() > 2 && right.starts_with(stem));
    let start = || right.chars().take(3);
    let capitals = start().count() == 3
        && start().take(2).all(char::is_uppercase)
        && start().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let both = left.starts_with('_') && !left.ends_with('_') && right.starts_with('_');
    again || both || right.starts_with("__") || (capitals && left.ends_with(char::is_lowercase))
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
    use crate::layout::placed::glyph::{Glyph, Style};
    use crate::layout::placed::word_lines::words;

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

    fn joined(lines: &[&str], breaks: Breaks) -> String {
        let words = set(lines);
        let vocabulary = ["information".to_owned()].into();
        let joining = Joining { vocabulary: &vocabulary, links: &[], marks_run_on: false, mixes_scripts: false };
        let all: Vec<&Word> = words.iter().collect();
        let width = lines.iter().map(|line| line.len()).max().unwrap_or(0) as f32 * 5.0;
        joining.rich(&all, LineRoom { width, breaks }).text.into()
    }

    #[test]
    fn a_name_cut_by_the_width_of_its_cell_is_whole_again() {
        assert_eq!(joined(&["anonymous_appoi", "ntment_id"], Breaks::None), "anonymous_appointment_id");
        assert_eq!(joined(&["openedMessa", "geIdent"], Breaks::None), "openedMessageIdent");
    }

    #[test]
    fn words_that_only_stand_on_two_lines_stay_two() {
        assert_eq!(joined(&["necessary", "cookies"], Breaks::None), "necessary cookies");
        assert_eq!(joined(&["session_id", "(Example)"], Breaks::None), "session_id (Example)");
        assert_eq!(joined(&["routing -", "first"], Breaks::None), "routing - first");
        assert_eq!(joined(&["necessary/", "technical"], Breaks::None), "necessary/technical");
    }

    #[test]
    fn names_below_one_another_stay_apart_where_the_second_opens_as_one() {
        assert_eq!(joined(&["__Secure-3PAPISID", "__Secure-3PSID"], Breaks::None), "__Secure-3PAPISID __Secure-3PSID");
        assert_eq!(joined(&["shop_prospect", "shop_cookies"], Breaks::None), "shop_prospect shop_cookies");
        assert_eq!(joined(&["shop_privacy", "AMP-ASKED"], Breaks::None), "shop_privacy AMP-ASKED");
    }

    #[test]
    fn stretches_of_marked_content_are_never_joined_across_a_break() {
        let mut words = set(&["visitor_iden", "session_id", "and more of"]);
        for (word, mark) in words.iter_mut().zip([1, 2, 2, 2, 2]) {
            word.mark = Some(mark);
        }
        let pages = [words];
        let marks_run_on = marks_run_on(&pages);
        let joining = Joining { vocabulary: &HashSet::new(), links: &[], marks_run_on, mixes_scripts: false };
        let all: Vec<&Word> = pages[0].iter().collect();
        let text = joining.rich(&all, LineRoom { width: 60.0, breaks: Breaks::Stretches }).text;
        assert_eq!(text, "visitor_iden\nsession_id and more of");
    }

    #[test]
    fn hyphens_at_a_break_go_only_where_the_document_has_the_word_without() {
        assert_eq!(joined(&["some infor-", "mation here"], Breaks::None), "some information here");
        assert_eq!(joined(&["__Secure-", "3PSID"], Breaks::None), "__Secure-3PSID");
    }

    #[test]
    fn breaks_are_kept_where_the_next_word_would_have_fitted() {
        assert_eq!(joined(&["Name: x", "Purpose of the whole"], Breaks::Early), "Name: x\nPurpose of the whole");
    }
}
