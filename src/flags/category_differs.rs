//! # category-differs
//!
//! At least two thirds of the family's documents that declare a cookie (three or more) put it in one category, and this document in
//! another or in none. Categories are compared in the common scheme: "Statistics" and "Audience measurement" are one.
//!
//! ## Why
//! The category decides whether a cookie waits for consent: a cookie that is necessary on one portal and marketing on the next is
//! set without consent on one of them.
//!
//! ## Example
//! Four of five portals list `_ga` as analytics; the fifth lists it as necessary.
//!
//! ## Source
//! Directive 2002/58/EC, article 5(3): only what is strictly necessary needs no consent.

use super::field_differs::check_field;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::Field;

/// The rule.
pub(super) struct CategoryDiffers;

impl Rule for CategoryDiffers {
    fn id(&self) -> &'static str {
        "category-differs"
    }

    fn source(&self) -> &'static str {
        include_str!("category_differs.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        check_field(self, Severity::Major, Field::Category, examined)
    }
}
