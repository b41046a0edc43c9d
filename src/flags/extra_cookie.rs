//! # extra-cookie
//!
//! The document declares a cookie that at least two thirds of its family (three documents or more) do not.
//!
//! ## Why
//! A cookie on one portal alone is most often a tool that was added there without the others knowing, or left over from one.
//!
//! ## Example
//! Four of five portals declare `sessionid` and `lang`; the fifth also declares `_BELL*`.
//!
//! ## Source
//! Directive 2002/58/EC, article 5(3): every access to a visitor's device needs to be told, and most need consent.

use std::collections::BTreeMap;

use super::{Flag, Rule, Severity};
use crate::corpus::{Consensus, cookie_key, is_most};
use crate::document::{CookieRow, PolicyDocument};

/// The rule.
pub(super) struct ExtraCookie;

impl Rule for ExtraCookie {
    fn id(&self) -> &'static str {
        "extra-cookie"
    }

    fn source(&self) -> &'static str {
        include_str!("extra_cookie.rs")
    }

    fn check(&self, document: &PolicyDocument, consensus: Option<&Consensus>) -> Vec<Flag> {
        let Some(consensus) = consensus else { return Vec::new() };
        let mut first_rows: BTreeMap<&str, &CookieRow> = BTreeMap::new();
        for row in &document.cookies {
            first_rows.entry(cookie_key(row)).or_insert(row);
        }
        first_rows.into_iter().filter_map(|(key, row)| self.flag(document, consensus, key, row)).collect()
    }
}

impl ExtraCookie {
    fn flag(&self, document: &PolicyDocument, consensus: &Consensus, key: &str, row: &CookieRow) -> Option<Flag> {
        let (with, of) = (consensus.cookie(key).map_or(1, |cookie| cookie.documents), consensus.documents);
        let without = of.saturating_sub(with);
        if !is_most(without, of) {
            return None;
        }
        let name = &row.name;
        let message = match with {
            1 => format!(
                "Cookie {name} is declared here alone: none of the other {without} policies of the family names it."
            ),
            _ => format!(
                "Cookie {name} is declared here and in {} more policies of the family, but not in the other {without}.",
                with - 1
            ),
        };
        let flag = Flag::new(self, Severity::Major, document, message).about(name).found(Some(name.clone()));
        Some(flag.expected(None, without, of).at(&row.evidence))
    }
}
