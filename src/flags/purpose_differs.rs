//! # purpose-differs
//!
//! At least two thirds of the family's documents that declare a cookie (three or more) give one purpose for it, and this document
//! gives another or none. A difference in case and punctuation alone, such as a final full stop, is `info`.
//!
//! ## Why
//! Consent is given for a purpose: two portals that set one cookie for two purposes need two consents, or one of them is wrong.
//!
//! ## Example
//! Four of five portals say that `lang` is there "To keep your language"; the fifth says "To show offers in your language".
//!
//! ## Source
//! Regulation (EU) 2016/679, article 6(1)(a): consent is given for one or more specific purposes.

use super::field_differs::check_field;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::Field;

/// The rule.
pub(super) struct PurposeDiffers;

impl Rule for PurposeDiffers {
    fn id(&self) -> &'static str {
        "purpose-differs"
    }

    fn source(&self) -> &'static str {
        include_str!("purpose_differs.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        check_field(self, Severity::Minor, Field::Purpose, examined)
    }
}
