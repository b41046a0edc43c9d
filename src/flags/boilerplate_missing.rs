//! # boilerplate-missing
//!
//! At least two thirds of the family (three documents or more) hold a text that this document does not; texts that follow one another
//! and are all missing are one flag. Tables of cookies, the line with the date and furniture are not counted: other rules speak of
//! them. A text that is here in other words is a `boilerplate-variant`.
//!
//! ## Why
//! The standard text of a group is what its lawyers approved. A policy without a part of it was either changed by hand or made before
//! the part was written. Where text of the document's own stands in its place, the flag shows it.
//!
//! ## Example
//! Four of five portals open with the same introduction; the fifth opens with another.
//!
//! ## Source
//! Regulation (EU) 2016/679, articles 12 to 14: what a visitor must be told, wherever she meets the controller.

use super::wording::MissingText;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::opening_of;
use crate::document::Place;

/// The rule.
pub(super) struct BoilerplateMissing;

impl Rule for BoilerplateMissing {
    fn id(&self) -> &'static str {
        "boilerplate-missing"
    }

    fn source(&self) -> &'static str {
        include_str!("boilerplate_missing.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        examined.wording.missing.iter().map(|text| self.flag(examined, text, of)).collect()
    }
}

impl BoilerplateMissing {
    fn flag(&self, examined: &Examined, text: &MissingText, of: u64) -> Flag {
        let block = text.blocks[0];
        let (opening, count) = (&block.opening, block.documents);
        let own = text.instead.and_then(|block| block.text.as_deref()).map(opening_of);
        let place = own.as_ref().map_or_else(String::new, |own| format!("; in its place stands “{own}”"));
        let (more, is) = match text.blocks.len() - 1 {
            0 => (String::new(), "is"),
            1 => (" and the one after it".to_owned(), "are"),
            more => (format!(" and the {more} after it"), "are"),
        };
        let message = format!(
            "The text “{opening}”{more}, which {count} of the {of} policies of the family hold, {is} not here{place}."
        );
        let flag = Flag::new(self, Severity::Minor, examined.document, message).about(&block.id).found(own);
        let flag = flag.expected(Some(opening.clone()), count, of);
        Flag { evidence: text.instead.map_or_else(Place::default, |block| block.evidence), ..flag }
    }
}
