//! Lifetimes in a cell that says of which names each is: "_a: 1 year, _b: session", "2 years for _a, 1 day for _b", "1 year (_a)".

use std::ops::Range;

use crate::document::Duration;
use crate::lexicon::{NameWord, lexicon};
use crate::value::duration;
use crate::value::name::Name;

/// Each name is looked for in all of the cell, so that they may not be too many.
const MOST_NAMES: usize = 1_000;

/// The lifetimes by name, in the order of the names, where the cell says nothing else.
pub(super) fn lifetimes_by_name(text: &str, names: &[Name]) -> Option<Vec<Duration>> {
    if names.len() > MOST_NAMES {
        return None;
    }
    let mut mentions: Vec<Mention> = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let place = mention(text, &name.text).or_else(|| mention(text, stem(&name.text)))?;
        mentions.push(Mention { index, place });
    }
    mentions.sort_by_key(|mention| mention.place.start);
    if mentions.windows(2).any(|pair| pair[1].place.start < pair[0].place.end) {
        return None;
    }
    let said = Gaps::of(text, &mentions).lifetimes()?;
    let mut ordered: Vec<(usize, &str)> = mentions.iter().map(|mention| mention.index).zip(said).collect();
    ordered.sort_by_key(|(index, _)| *index);
    Some(ordered.into_iter().map(|(_, said)| duration::parse(said)).collect())
}

/// Where the cell speaks of a name.
struct Mention {
    /// Which of the names it is.
    index: usize,
    place: Range<usize>,
}

/// A name as a word of its own.
fn mention(text: &str, name: &str) -> Option<Range<usize>> {
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '*' | '[' | '<' | '{');
    let apart = |at: &usize| {
        !text[..*at].ends_with(of_name) && !text[at + name.len()..].starts_with(|c: char| of_name(c) || c == '-')
    };
    let at = text.match_indices(name).map(|(at, _)| at).find(|at| !name.is_empty() && apart(at))?;
    Some(at..at + name.len())
}

/// What a name is called by for short: `a_b` of `a_b_[site]` and `a_b_*`.
fn stem(name: &str) -> &str {
    const LEAST: usize = 3;
    let stem = name.find(['*', '[', '<', '{', '#']).map_or("", |at| name[..at].trim_end_matches(['_', '-', '.']));
    if stem.len() >= LEAST { stem } else { "" }
}

/// What stands before, between and behind the names of a cell.
struct Gaps<'t>(Vec<&'t str>);

impl<'t> Gaps<'t> {
    fn of(text: &'t str, mentions: &[Mention]) -> Self {
        let starts = std::iter::once(0).chain(mentions.iter().map(|mention| mention.place.end));
        let ends = mentions.iter().map(|mention| mention.place.start).chain(std::iter::once(text.len()));
        Self(starts.zip(ends).map(|(start, end)| without_marks(&text[start..end])).collect())
    }

    /// A lifetime for each name: behind it, or before it, and shared by names that nothing but a joint parts.
    fn lifetimes(&self) -> Option<Vec<&'t str>> {
        let (first, last) = (self.0.first()?, self.0.last()?);
        let said: Vec<Option<&str>> = match (first.is_empty(), last.is_empty()) {
            (true, false) => self.0[1..].iter().rev().map(|gap| behind_name(gap)).scan("", shared).collect(),
            (false, true) => self.0[..self.0.len() - 1].iter().map(|gap| before_name(gap)).scan("", shared).collect(),
            _ => return None,
        };
        let mut said: Vec<&str> = said.into_iter().collect::<Option<_>>()?;
        if first.is_empty() {
            said.reverse();
        }
        Some(said)
    }
}

/// The lifetime that a gap says, or the one before it where it says none; none where it says something else.
fn shared<'t>(above: &mut &'t str, gap: &'t str) -> Option<Option<&'t str>> {
    if !gap.is_empty() {
        *above = gap;
    }
    Some(Some(*above).filter(|said| duration::likeness(*said) >= 0.5))
}

/// Without the marks that part one from the next.
fn without_marks(gap: &str) -> &str {
    gap.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '–' | '=' | ',' | ';' | '.' | '/' | '(' | ')' | '、' | '：' | '；')
    })
}

fn is_and(word: &str) -> bool {
    lexicon().names.whole(word).contains(&NameWord::And)
}

/// "2 years and" behind a name is "2 years".
fn behind_name(gap: &str) -> &str {
    let last = gap.split_whitespace().next_back().filter(|word| is_and(word));
    likelier(gap, without_marks(&gap[..gap.len() - last.map_or(0, str::len)]))
}

/// "and 2 years for" before a name is "2 years".
fn before_name(gap: &str) -> &str {
    let first = gap.split_whitespace().next().filter(|word| is_and(word));
    let gap = likelier(gap, without_marks(&gap[first.map_or(0, str::len)..]));
    likelier(gap, gap.rsplit_once(' ').map_or(gap, |(before, _)| before))
}

/// What is left of a lifetime without a word, where it looks more like one: words for "and" in one language mean others in the next.
fn likelier<'t>(gap: &'t str, without: &'t str) -> &'t str {
    if without.is_empty() || duration::likeness(without) >= duration::likeness(gap) { without } else { gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, names: &[&str]) -> Option<Vec<String>> {
        let names: Vec<Name> = names.iter().map(|name| Name { text: (*name).to_owned(), ..Name::default() }).collect();
        Some(lifetimes_by_name(text, &names)?.into_iter().map(|lifetime| lifetime.raw).collect())
    }

    #[test]
    fn lifetimes_stand_behind_their_names_or_before_them() {
        let names = ["_a", "_b_*"];
        assert_eq!(said("_a: 1 year, _b_*: session", &names).unwrap(), ["1 year", "session"]);
        assert_eq!(said("_a: 1 hour and _b_*: 1 day", &names).unwrap(), ["1 hour", "1 day"]);
        assert_eq!(said("_b_* – 1 day; _a – 2 years", &names).unwrap(), ["2 years", "1 day"]);
        assert_eq!(said("2 ans pour _aa, 24 h pour b_b", &["_aa", "b_b_[id]"]).unwrap(), ["2 ans", "24 h"]);
        assert_eq!(said("13 meses (_a) e 30 minutos (_b_*)", &names).unwrap(), ["13 meses", "30 minutos"]);
    }

    #[test]
    fn names_that_a_joint_parts_share_a_lifetime() {
        let names = ["a_ses_[id]", "a_vis_[id]", "nlbi_[id]"];
        let shared = "a_ses et nlbi : session ; a_vis : 1 an";
        assert_eq!(said(shared, &names).unwrap(), ["session", "1 an", "session"]);
    }

    #[test]
    fn other_words_say_nothing_of_each() {
        assert_eq!(said("_a counts visits, _b lasts", &["_a", "_b"]), None);
        assert_eq!(said("1 year", &["_a", "_b"]), None);
    }
}
