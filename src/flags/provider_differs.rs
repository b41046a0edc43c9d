//! # provider-differs
//!
//! At least two thirds of the family's documents that declare a cookie (three or more) name one provider for it, and this document
//! names another or none. A difference in case and punctuation alone is `info`. A document that names no provider for any cookie has
//! one `missing-column` instead.
//!
//! ## Why
//! The provider is who answers for the cookie and may receive its data: a visitor must be told the right one.
//!
//! ## Example
//! Four of five portals say that `sessionid` is set by "Portal Works"; the fifth says "Old Works".
//!
//! ## Source
//! Court of Justice of the European Union, C-673/17 (Planet49), paragraph 81: whether third parties can reach the cookies is to be told.

use super::field_differs::check_field;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::Field;

/// The rule.
pub(super) struct ProviderDiffers;

impl Rule for ProviderDiffers {
    fn id(&self) -> &'static str {
        "provider-differs"
    }

    fn source(&self) -> &'static str {
        include_str!("provider_differs.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        check_field(self, Severity::Minor, Field::Provider, examined)
    }
}
