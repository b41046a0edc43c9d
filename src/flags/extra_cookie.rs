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

use super::examined;
use super::{Examined, Flag, Rule, Severity};

/// The rule.
pub(super) struct ExtraCookie;

impl Rule for ExtraCookie {
    fn id(&self) -> &'static str {
        "extra-cookie"
    }

    fn source(&self) -> &'static str {
        include_str!("extra_cookie.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        examined.extra.iter().map(|cookie| self.flag(examined, cookie, of)).collect()
    }
}

impl ExtraCookie {
    fn flag(&self, examined: &Examined, cookie: &examined::ExtraCookie, of: u64) -> Flag {
        let (name, with) = (&cookie.row.name, cookie.with);
        let without = of.saturating_sub(with);
        let message = match with {
            1 => format!(
                "Cookie {name} is declared here alone: none of the other {without} policies of the family names it."
            ),
            _ => {
                let more = with - 1;
                let policies = if more == 1 { "policy" } else { "policies" };
                format!(
                    "Cookie {name} is declared here and in {more} more {policies} of the family, but not in the other {without}."
                )
            }
        };
        let flag = Flag::new(self, Severity::Major, examined.document, message).about(name).found(Some(name.clone()));
        flag.expected(None, without, of).at(&cookie.row.evidence)
    }
}
