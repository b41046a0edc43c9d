//! # boilerplate-order
//!
//! A text that at least two thirds of the family (three documents or more) hold stands elsewhere among the others than it does in
//! most of them. Texts that were moved together are one flag.
//!
//! ## Why
//! Headings give sentences their meaning: a paragraph that moved to another section may speak of other cookies than it did.
//!
//! ## Example
//! Four of five portals explain how to refuse cookies before they list them, the fifth does so at the end.
//!
//! ## Source
//! WP260 rev.01 (guidelines on transparency), paragraphs 8 and 35: what matters most is to come first, in one order for all.

use super::wording::MovedText;
use super::{Examined, Flag, Rule, Severity};

/// The rule.
pub(super) struct BoilerplateOrder;

impl Rule for BoilerplateOrder {
    fn id(&self) -> &'static str {
        "boilerplate-order"
    }

    fn source(&self) -> &'static str {
        include_str!("boilerplate_order.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        examined.wording.moved.iter().map(|text| self.flag(examined, text, of)).collect()
    }
}

impl BoilerplateOrder {
    fn flag(&self, examined: &Examined, text: &MovedText, of: u64) -> Flag {
        let block = text.blocks[0];
        let opening = &block.opening;
        let more = match text.blocks.len() - 1 {
            0 => String::new(),
            1 => " and the one after it".to_owned(),
            more => format!(" and the {more} after it"),
        };
        let message = format!("The text “{opening}”{more} stands elsewhere than in most policies of the family.");
        let flag = Flag::new(self, Severity::Info, examined.document, message).about(&block.id);
        let flag = flag.expected(Some(opening.clone()), block.documents, of);
        Flag { evidence: text.here.evidence, ..flag }
    }
}
