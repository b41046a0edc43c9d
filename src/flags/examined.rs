//! A document beside what its family agrees on, as the rules look at it: what several of them ask is found once. Raises no flag.
//!
//! What one rule speaks of is no business of the others (one cause, one flag): a cookie that is merely misspelt is neither
//! missing nor one too many.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use super::Standard;
use super::standard::{AgreedValue, KnownCookie};
use super::wording::Wording;
use crate::corpus::{Consensus, Field, Mask, cookie_key, covers, is_most, same_duration, stated_columns};
use crate::document::{CookieRow, PolicyDocument};
use crate::text::loose;

/// A document, which must have all its text, and the consensus of its family.
pub struct Examined<'a> {
    pub(super) document: &'a PolicyDocument,
    pub(super) consensus: Option<&'a Consensus>,
    pub(super) mask: Mask,
    /// Rows by what a cookie is known by in other documents.
    pub(super) cookies: BTreeMap<&'a str, Declared<'a>>,
    /// What the document states of its cookies.
    pub(super) stated: BTreeSet<String>,
    /// Cookies that most of the family do not declare.
    pub(super) extra: Vec<ExtraCookie<'a>>,
    /// Cookies that most of the family declare and this document does not.
    pub(super) missing: Vec<&'a KnownCookie>,
    /// Cookies that are one of the family's under a slightly different name; they are neither extra nor missing.
    pub(super) near_misses: Vec<NearMiss<'a>>,
    /// How the text stands to that of the family.
    pub(super) wording: Wording<'a>,
}

/// A cookie that the document declares, used like its rows: one at least, in document order.
#[derive(Debug, Default)]
pub(super) struct Declared<'a> {
    rows: Vec<&'a CookieRow>,
    /// What the family says of it.
    known: Option<&'a KnownCookie>,
}

/// A cookie that most of a family do not declare.
#[derive(Debug, Clone, Copy)]
pub(super) struct ExtraCookie<'a> {
    pub key: &'a str,
    /// Its first row.
    pub row: &'a CookieRow,
    /// Number of documents of the family that declare it.
    pub with: u64,
}

/// A cookie of the document and the cookie of the family that it seems to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct NearMiss<'a> {
    pub row: &'a CookieRow,
    pub meant: &'a KnownCookie,
    /// True where one of the two names is a pattern that covers the other: no slip of the pen.
    pub covered: bool,
}

/// Beyond this many pairs of names a document and its family have too little in common for slips of the pen.
const MAX_PAIRS: usize = 10_000;

impl<'a> Examined<'a> {
    /// Looks at a document.
    pub fn new(document: &'a PolicyDocument, standard: Option<&'a Standard<'a>>) -> Self {
        let (consensus, mask) = (standard.map(|standard| standard.consensus.as_ref()), Mask::of(document));
        let mut cookies: BTreeMap<&str, Declared> = BTreeMap::new();
        for row in &document.cookies {
            cookies.entry(cookie_key(row)).or_default().rows.push(row);
        }
        if let Some(standard) = standard {
            cookies.iter_mut().for_each(|(key, cookie)| cookie.known = standard.cookie(key));
        }
        let mut examined = Self {
            document,
            consensus,
            cookies,
            stated: stated_columns(document),
            extra: Vec::new(),
            missing: Vec::new(),
            near_misses: Vec::new(),
            wording: standard.map(|standard| Wording::of(document, standard, &mask)).unwrap_or_default(),
            mask,
        };
        standard.into_iter().for_each(|standard| examined.look_for_cookies(standard));
        examined
    }

    fn look_for_cookies(&mut self, standard: &'a Standard<'a>) {
        let of = standard.consensus.documents;
        let with = |cookie: &Declared| cookie.known.map_or(1, |known| known.documents);
        let cookies =
            self.cookies.iter().map(|(key, cookie)| ExtraCookie { key, row: cookie.rows[0], with: with(cookie) });
        self.extra = cookies.filter(|cookie| is_most(of.saturating_sub(cookie.with), of)).collect();
        let known: Vec<_> = self.cookies.values().filter_map(|cookie| cookie.known).collect();
        let is_here = |expected: &KnownCookie| known.iter().any(|known| std::ptr::eq(*known, expected));
        self.missing = standard.expected().filter(|cookie| !is_here(cookie)).collect();
        if self.extra.len() * self.missing.len() <= MAX_PAIRS {
            self.pair_near_misses();
        }
    }

    /// Each missing cookie is paired with the likest of the extra ones, and each of these at most once.
    fn pair_near_misses(&mut self) {
        let mut pairs: Vec<(usize, &str, &str)> = Vec::new();
        for missing in &self.missing {
            let near = self.extra.iter().filter_map(|extra| Some((distance(extra.key, missing.name())?, extra.key)));
            pairs.extend(near.map(|(distance, key)| (distance, key, missing.name())));
        }
        pairs.sort_unstable();
        for (distance, key, name) in pairs {
            let extra = self.extra.iter().position(|extra| extra.key == key);
            let missing = self.missing.iter().position(|missing| missing.name() == name);
            if let (Some(extra), Some(missing)) = (extra, missing) {
                let (extra, meant) = (self.extra.remove(extra), self.missing.remove(missing));
                self.near_misses.push(NearMiss { row: extra.row, meant, covered: distance == 0 });
            }
        }
    }

    /// True where most of the family state something of their cookies, such as the provider, that this document does not.
    pub(super) fn lacks_column(&self, column: &str) -> bool {
        let expected = |consensus: &Consensus| {
            let found = consensus.columns.iter().find(|count| count.column == column);
            found.is_some_and(|count| is_most(count.documents, consensus.documents))
        };
        !self.stated.contains(column) && self.consensus.is_some_and(expected)
    }
}

impl<'a> Declared<'a> {
    /// What the family agrees on for a field of it, and how many of those that declare it.
    pub(super) fn agreed(&self, field: Field) -> Option<Agreed<'a>> {
        let cookie = self.known?;
        let AgreedValue { value, count } = cookie.agreed(field)?;
        Some(Agreed { value, count, of: cookie.documents, cookie })
    }

    /// True where the family agrees on a lifetime of it and no row here states that.
    pub(super) fn differs_in_duration(&self) -> bool {
        let agreed = self.known.and_then(|cookie| cookie.duration.as_ref());
        let mut here = self.rows.iter().filter_map(|row| row.duration.as_ref());
        agreed.is_some_and(|agreed| !here.any(|duration| same_duration(duration, agreed)))
    }
}

impl<'a> Deref for Declared<'a> {
    type Target = [&'a CookieRow];

    fn deref(&self) -> &Self::Target {
        &self.rows
    }
}

/// What a family agrees on for a field of a cookie.
pub(super) struct Agreed<'a> {
    pub value: &'a str,
    pub count: u64,
    pub of: u64,
    pub cookie: &'a KnownCookie,
}

/// How far two names are from each other, where they may be one: 0 where one covers the other, else the edits that lead from
/// one to the other, case, hyphens and underscores counting as one edit in all.
fn distance(a: &str, b: &str) -> Option<usize> {
    const LONG: usize = 10;
    if covers(a, b) || covers(b, a) {
        return Some(0);
    }
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let shorter = x.len().min(y.len());
    let allowed = if shorter < LONG { 1 } else { 2 };
    if shorter < 4 || x.len().abs_diff(y.len()) > allowed {
        return None;
    }
    if same_letters(a, b) {
        return Some(1);
    }
    Some(edits(&x, &y)).filter(|edits| *edits <= allowed)
}

/// True where names have the same letters and digits, some at least, and differ in case and marks alone.
fn same_letters(a: &str, b: &str) -> bool {
    let letters_of_a = letters(a);
    !letters_of_a.is_empty() && letters_of_a == letters(b)
}

/// Letters and digits of a name, without case and accents.
fn letters(name: &str) -> String {
    let bare = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(loose(name)) };
    bare.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// Letters added, dropped, changed or swapped with their neighbour (Damerau 1964, optimal string alignment).
fn edits(a: &[char], b: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_one() {
        for (a, b, steps) in [
            ("_gic", "_gid", 1),
            ("sessionid", "SessionID", 1),
            ("csrf-token", "csrf_token", 1),
            ("sesionid", "sessionid", 1),
            ("PHPSESSDI", "PHPSESSID", 1),
            ("cookies_prefrence", "cookies_preferences", 2),
            ("_ga_*", "_ga_AB12", 0),
        ] {
            assert_eq!(distance(a, b), Some(steps), "{a} {b}");
            assert_eq!(distance(b, a), Some(steps), "{b} {a}");
        }
        for (a, b) in [("_ga", "_gb"), ("lang", "theme"), ("_gid", "_gat"), ("fr", "IDE"), ("sessionid", "session")] {
            assert_eq!(distance(a, b), None, "{a} {b}");
        }
    }
}
