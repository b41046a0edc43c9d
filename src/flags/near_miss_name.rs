//! # near-miss-name
//!
//! The document declares a cookie whose name is nearly that of one which at least two thirds of its family (three documents or more)
//! declare and this document does not: one letter more, less, other or swapped (two in names of ten letters or more), or other
//! hyphens, underscores and capitals. Names are case-sensitive. Where one of the two names is a pattern that covers the other, it is
//! `info`.
//!
//! ## Why
//! A misspelt name declares a cookie that does not exist and leaves the real one undeclared.
//!
//! ## Example
//! Four of five portals declare `_gid`; the fifth declares `_gic` in its place.
//!
//! ## Source
//! RFC 6265bis (draft-ietf-httpbis-rfc6265bis-20), section 5.7: a user agent compares the names of cookies byte by byte.

use super::examined::NearMiss;
use super::{Examined, Flag, Rule, Severity};

/// The rule.
pub(super) struct NearMissName;

impl Rule for NearMissName {
    fn id(&self) -> &'static str {
        "near-miss-name"
    }

    fn source(&self) -> &'static str {
        include_str!("near_miss_name.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        examined.near_misses.iter().map(|near| self.flag(examined, near, of)).collect()
    }
}

impl NearMissName {
    fn flag(&self, examined: &Examined, near: &NearMiss, of: u64) -> Flag {
        let (name, meant, count) = (&near.row.name, near.meant.name(), near.meant.documents);
        let said = if near.covered { "declare it as" } else { "declare no such cookie but" };
        let message =
            format!("Cookie {name} is declared here, while {count} of the {of} policies of the family {said} {meant}.");
        let severity = if near.covered { Severity::Info } else { Severity::Minor };
        let flag = Flag::new(self, severity, examined.document, message).about(meant).found(Some(name.clone()));
        flag.expected(Some(meant.to_owned()), count, of).at(&near.row.evidence)
    }
}
