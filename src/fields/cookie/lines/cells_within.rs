//! Cells that begin within a line: behind the bracket that says whose a name is, or with words that many cells begin with.

use std::collections::{BTreeMap, BTreeSet};

use super::line::Line;
use crate::block::Rich;
use crate::table::key_of;
use crate::text::fits;
use crate::value::name;

/// What a bracket says of whose a name is has at most this many bytes.
const LONGEST_OWNER: usize = 40;
/// What a bracket on a line of its own says of whose a name is has at most this many words.
const MOST_OWNER_WORDS: usize = 4;
/// What stands before a cell in its line has at most this many words.
const MOST_NAME_WORDS: usize = 3;

/// What the lines below a header that names an owner too show of cells that begin within a line.
#[derive(Default)]
pub struct CellsWithin<'a> {
    /// Words that many lines begin with, behind a bracket or alone.
    openings: BTreeSet<&'a str>,
    /// What brackets hold that are closed.
    owners: BTreeSet<&'a str>,
}

/// Lines that begin alike, of which there must be so many.
const LEAST_ALIKE: usize = 3;

impl<'a> CellsWithin<'a> {
    pub fn of(lines: &'a [Line]) -> Self {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        let mut owners = BTreeSet::new();
        for text in lines.iter().map(|line| line.text.text.as_str()) {
            let end = owner_end(text);
            owners.extend(end.and_then(|end| text[..end - 1].rsplit_once('(')).map(|(_, owner)| owner));
            let rest = end.map_or(text, |end| text[end..].trim_start());
            opening(rest).into_iter().for_each(|words| *times.entry(words).or_default() += 1);
        }
        let openings = times.into_iter().filter(|(_, times)| *times >= LEAST_ALIKE).map(|(words, _)| words).collect();
        Self { openings, owners }
    }

    /// The cells that a line holds parts of: `a_b (Acme) Counts visits` is two cells, and so is `(Acme) Counts visits` below a name, and
    /// `Ab Counts visits` where many cells begin with these words. A bracket that was never closed is.
    pub fn cells(&self, line: &Line) -> Vec<Line> {
        let text = &line.text;
        if is_unclosed_owner(&text.text) {
            return vec![Line { text: Rich::plain(format!("{})", text.text.trim_end())), ..line.clone() }];
        }
        let cut = |before: Rich, from: usize| {
            let next = text.text.len() - text.text[from..].trim_start().len();
            vec![
                Line { text: before, ..line.clone() },
                Line { text: text.slice(next, text.text.len()), ..line.clone() },
            ]
        };
        let closed = owner_end(&text.text).filter(|end| text.text[*end..].trim_start().starts_with(char::is_uppercase));
        if let Some(end) = closed {
            return cut(text.slice(0, end), end);
        }
        if let Some(end) = self.unclosed_end(&text.text) {
            return cut(Rich::plain(format!("{})", &text.text[..end])), end);
        }
        match self.opening_within(&text.text) {
            Some(at) => cut(text.slice(0, text.text[..at].trim_end().len()), at),
            None => vec![line.clone()],
        }
    }

    /// Where a known owner ends behind a bracket that is not closed before the next cell begins.
    fn unclosed_end(&self, text: &str) -> Option<usize> {
        let (name, rest) = text.split_once(" (").filter(|(name, _)| !name.contains(' '))?;
        let owner =
            self.owners.iter().find(|owner| rest.strip_prefix(**owner).is_some_and(|rest| rest.starts_with(' ')))?;
        Some(name.len() + 2 + owner.len())
    }

    /// Where an opening stands behind one to three words.
    fn opening_within(&self, text: &str) -> Option<usize> {
        let starts = text.match_indices(' ').map(|(at, _)| at + 1).take(MOST_NAME_WORDS);
        starts.into_iter().find(|at| opening(&text[*at..]).is_some_and(|words| self.openings.contains(words)))
    }
}

/// The two words that a text begins with, the first with a capital.
fn opening(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(' ').filter(|(first, _)| first.starts_with(char::is_uppercase))?;
    let (second, _) = rest.split_once(' ')?;
    (!second.starts_with('(')).then(|| &text[..first.len() + 1 + second.len()])
}

/// Where the bracket ends that says whose the name before it is, or the name on the line above. The bracket makes a name of words that
/// could be any, but of no label.
pub fn owner_end(text: &str) -> Option<usize> {
    let (name, rest) = text.split_once('(').filter(|(name, _)| name.is_empty() || name.ends_with(' '))?;
    let close = rest.find(')').filter(|close| (2..=LONGEST_OWNER).contains(close))?;
    let named = name.trim_end();
    let single = || !named.contains(char::is_whitespace) && name::likeness(named) >= name::POSSIBLE;
    let label = || !named.contains(['_', '.']) && key_of(named).is_some();
    let is_name = name.is_empty() || single() && !label();
    (is_name && rest.starts_with(char::is_uppercase)).then_some(name.len() + 1 + close + 1)
}

/// `(Acme` on a line of its own: a bracket that was never closed.
fn is_unclosed_owner(text: &str) -> bool {
    let inner = text.trim().strip_prefix('(').filter(|inner| fits(inner, LONGEST_OWNER) && !inner.contains(')'));
    inner.is_some_and(|inner| {
        inner.starts_with(char::is_uppercase) && inner.split_whitespace().nth(MOST_OWNER_WORDS).is_none()
    })
}
