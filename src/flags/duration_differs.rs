//! # duration-differs
//!
//! At least two thirds of the family's documents that declare a cookie (three or more) give it one lifetime, and this document
//! another or none. Durations that say the same (12 months, 1 year, 365 days) do not differ.
//!
//! ## Why
//! A visitor must be told how long a cookie lasts; two lifetimes for one cookie of one system cannot both be true.
//!
//! ## Example
//! Four of five portals keep `lang` for "1 year"; the fifth says "2 years".
//!
//! ## Source
//! Court of Justice of the European Union, C-673/17 (Planet49), paragraph 81: how long cookies last is to be told.

use super::field_differs::check_field;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::Field;

/// The rule.
pub(super) struct DurationDiffers;

impl Rule for DurationDiffers {
    fn id(&self) -> &'static str {
        "duration-differs"
    }

    fn source(&self) -> &'static str {
        include_str!("duration_differs.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        check_field(self, Severity::Minor, Field::Duration, examined)
    }
}
