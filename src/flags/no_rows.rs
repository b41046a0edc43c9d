//! # no-rows
//!
//! The document calls itself a cookie policy and declares no cookie that could be found.
//!
//! ## Why
//! Either the list is missing, or it stands in a picture, in a consent tool or on another page, where no visitor with this document in
//! hand will find it.
//!
//! ## Example
//! A page "Cookie policy" that explains what cookies are and names none.
//!
//! ## Source
//! Court of Justice of the European Union, C-673/17 (Planet49), paragraphs 78 to 81: what is told must let a visitor know which cookies
//! work how, for how long and for whom.

use super::{Examined, Flag, Rule, Severity};
use crate::document::DocumentKind;

/// The rule.
pub(super) struct NoRows;

impl Rule for NoRows {
    fn id(&self) -> &'static str {
        "no-rows"
    }

    fn source(&self) -> &'static str {
        include_str!("no_rows.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let document = examined.document;
        if document.kind != DocumentKind::CookiePolicy || !document.cookies.is_empty() {
            return Vec::new();
        }
        let message = "The document calls itself a cookie policy and declares no cookie that could be found";
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        let flag = |severity, message| Flag::new(self, severity, document, message).about("cookies");
        vec![match examined.missing.as_slice() {
            [] => flag(Severity::Minor, format!("{message}.")),
            [first, ..] => {
                let message = format!("{message}, while its family of {of} agrees on {}.", examined.missing.len());
                flag(Severity::Major, message).expected(Some(first.name().to_owned()), first.documents, of)
            }
        }]
    }
}
