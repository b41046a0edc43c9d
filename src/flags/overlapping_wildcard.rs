//! # overlapping-wildcard
//!
//! A row with an open name (`_ga*`) also covers a cookie that has a row of its own (`_gat`). Where the two rows say different
//! categories or lifetimes it is `minor`, else `info`.
//!
//! ## Why
//! Nobody can tell which of the two rows holds for the cookie, and a pattern that is too wide declares cookies that do not exist.
//!
//! ## Example
//! A table with `_ga*` under "Statistics, 2 years" and `_gat` under "Necessary, 1 minute".
//!
//! ## Source
//! Regulation (EU) 2016/679, article 12(1): what is told has to be clear.

use super::contradicting_rows::contradict_each_other;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::covers;
use crate::document::CookieRow;

/// The rule.
pub(super) struct OverlappingWildcard;

impl Rule for OverlappingWildcard {
    fn id(&self) -> &'static str {
        "overlapping-wildcard"
    }

    fn source(&self) -> &'static str {
        include_str!("overlapping_wildcard.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let open = examined.cookies.iter().filter(|(key, _)| is_telling(key));
        open.filter_map(|(pattern, rows)| self.flag(examined, pattern, rows[0])).collect()
    }
}

/// A pattern of stars and one character tells nothing apart.
fn is_telling(pattern: &str) -> bool {
    pattern.contains('*') && pattern.chars().filter(|c| *c != '*').nth(1).is_some()
}

impl OverlappingWildcard {
    fn flag(&self, examined: &Examined, pattern: &str, row: &CookieRow) -> Option<Flag> {
        let covered = covered(examined, pattern);
        let contradicts = covered.iter().any(|other| contradict_each_other(row, other));
        let names: Vec<_> = covered.iter().map(|row| row.name.as_str()).collect();
        let names = Some(names.join(", ")).filter(|names| !names.is_empty())?;
        let more = if contradicts { ", and says something else" } else { "" };
        let message = format!("Cookie {} also covers what has a row of its own{more}: {names}.", row.name);
        let severity = if contradicts { Severity::Minor } else { Severity::Info };
        let flag = Flag::new(self, severity, examined.document, message).about(&row.name);
        Some(flag.found(Some(names)).at(&row.evidence))
    }
}

/// The first rows of the other cookies that a pattern covers. Names that open alike stand together, so that few are looked at.
fn covered<'a>(examined: &Examined<'a>, pattern: &str) -> Vec<&'a CookieRow> {
    let opening = pattern.split('*').next().unwrap_or_default();
    let near = examined.cookies.range(opening..).take_while(|(key, _)| key.starts_with(opening));
    near.filter(|(key, _)| **key != pattern && covers(pattern, key)).map(|(_, rows)| rows[0]).collect()
}
