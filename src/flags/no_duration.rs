//! # no-duration
//!
//! The document gives no lifetime for a cookie that it declares. Where that holds for half of its cookies or more, it is one flag. What
//! its family does state is the business of `missing-column` and `duration-differs`.
//!
//! ## Why
//! How long a cookie lasts belongs to what must be told before consent; without it the consent is not an informed one.
//!
//! ## Example
//! A table with the columns "Name" and "Purpose" and nothing else.
//!
//! ## Source
//! Court of Justice of the European Union, C-673/17 (Planet49), paragraph 81: how long cookies last is to be told.

use super::unsaid::check_unsaid;
use super::{Examined, Flag, Rule};
use crate::corpus::Field;

/// The rule.
pub(super) struct NoDuration;

impl Rule for NoDuration {
    fn id(&self) -> &'static str {
        "no-duration"
    }

    fn source(&self) -> &'static str {
        include_str!("no_duration.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        check_unsaid(self, Field::Duration, examined)
    }
}
