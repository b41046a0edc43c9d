//! # no-purpose
//!
//! The document gives no purpose for a cookie that it declares. Where that holds for half of its cookies or more, it is one flag. What
//! its family does state is the business of `missing-column` and `purpose-differs`.
//!
//! ## Why
//! A visitor who is not told what a cookie is for cannot agree to it; a consent to an unknown purpose is none.
//!
//! ## Example
//! A table with the columns "Name" and "Provider" and nothing else.
//!
//! ## Source
//! Regulation (EU) 2016/679, article 6(1)(a) and article 13(1)(c): the purposes of the processing are to be told.

use super::unsaid::check_unsaid;
use super::{Examined, Flag, Rule};
use crate::corpus::Field;

/// The rule.
pub(super) struct NoPurpose;

impl Rule for NoPurpose {
    fn id(&self) -> &'static str {
        "no-purpose"
    }

    fn source(&self) -> &'static str {
        include_str!("no_purpose.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        check_unsaid(self, Field::Purpose, examined)
    }
}
