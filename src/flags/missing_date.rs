//! # missing-date
//!
//! The document states no date of its own: neither a last update nor the day from which it holds.
//!
//! ## Why
//! Without a date nobody can tell whether the policy still describes the site, nor which version a visitor agreed to.
//!
//! ## Example
//! A policy that opens with "Cookie policy" and goes on without "Last updated: 30 March 2021" anywhere.
//!
//! ## Source
//! Regulation (EU) 2016/679, articles 5(2) and 7(1): the controller must be able to show what was said when consent was given.
//! WP260 rev.01 (guidelines on transparency), paragraph 29: changes to a notice are to be made plain.

use super::{Examined, Flag, Rule, Severity};

/// The rule.
pub(super) struct MissingDate;

impl Rule for MissingDate {
    fn id(&self) -> &'static str {
        "missing-date"
    }

    fn source(&self) -> &'static str {
        include_str!("missing_date.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        if examined.document.date.is_some() {
            return Vec::new();
        }
        let message = "The policy states no date, neither of its last update nor from when it holds.".to_owned();
        vec![Flag::new(self, Severity::Minor, examined.document, message).about("date")]
    }
}
