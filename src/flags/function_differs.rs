//! # function-differs
//!
//! At least two thirds of the family's documents that declare a cookie (three or more) name one function for it, and this document
//! names another or none. A difference in case and punctuation alone is `info`. Where the function is all that the table says of the
//! purpose, `purpose-differs` speaks of it.
//!
//! ## Why
//! The function tells which part of a site needs the cookie; it is what a visitor loses who refuses it.
//!
//! ## Example
//! Four of five portals say that `csrftoken` is there for "API (CSRF)"; the fifth says "Advertising".
//!
//! ## Source
//! Regulation (EU) 2016/679, article 13(1)(c): what data are processed for is to be told.

use super::field_differs::check_field;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::Field;

/// The rule.
pub(super) struct FunctionDiffers;

impl Rule for FunctionDiffers {
    fn id(&self) -> &'static str {
        "function-differs"
    }

    fn source(&self) -> &'static str {
        include_str!("function_differs.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        check_field(self, Severity::Minor, Field::Function, examined)
    }
}
