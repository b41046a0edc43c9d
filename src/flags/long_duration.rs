//! # long-duration
//!
//! A cookie is said to last longer than thirteen months. Where its family agrees on another lifetime, `duration-differs` speaks of it.
//!
//! ## Why
//! Supervisory authorities hold that a choice is to be asked for again and a visitor measured anew after thirteen months at most.
//! Browsers keep no cookie for more than 400 days, so that a longer lifetime is not even true.
//!
//! ## Example
//! `_ga` with a lifetime of "2 years".
//!
//! ## Source
//! Commission nationale de l'informatique et des libertés, guidelines of 17 September 2020 (2020-091), article 5: thirteen months for
//! audience measurement. RFC 6265bis (draft-ietf-httpbis-rfc6265bis-20), section 5.5: a limit of 400 days.

use super::{Examined, Flag, Rule, Severity};
use crate::document::{CookieRow, Duration, Storage};

/// The rule.
pub(super) struct LongDuration;

impl Rule for LongDuration {
    fn id(&self) -> &'static str {
        "long-duration"
    }

    fn source(&self) -> &'static str {
        include_str!("long_duration.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let alike = examined.cookies.values().filter(|rows| !rows.differs_in_duration());
        let long = |row: &&&CookieRow| row.duration.as_ref().is_some_and(is_long);
        let rows = alike.filter_map(|rows| rows.iter().find(long));
        rows.map(|row| self.flag(examined, row)).collect()
    }
}

/// Thirteen months have 397 days at most.
const THIRTEEN_MONTHS: u64 = 397 * 86_400;
const BROWSERS_KEEP: u64 = 400 * 86_400;

fn is_long(duration: &Duration) -> bool {
    duration.seconds.is_some_and(|seconds| seconds > THIRTEEN_MONTHS)
}

impl LongDuration {
    fn flag(&self, examined: &Examined, row: &CookieRow) -> Flag {
        let duration = row.duration.as_ref();
        let raw = duration.map(|duration| duration.raw.clone()).unwrap_or_default();
        let is_cookie = matches!(row.storage, None | Some(Storage::Cookie));
        let cut = is_cookie && duration.and_then(|duration| duration.seconds).is_some_and(|s| s > BROWSERS_KEEP);
        let why = if cut { ", and longer than the 400 days that browsers keep one" } else { "" };
        let message = format!("Cookie {} lasts “{raw}”: longer than thirteen months{why}.", row.name);
        let flag = Flag::new(self, Severity::Minor, examined.document, message).about(&row.name);
        flag.found(Some(raw)).at(&row.evidence)
    }
}
