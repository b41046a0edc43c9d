//! # boilerplate-missing
//!
//! At least two thirds of the family (three documents or more) hold a block of text that this document does not. Tables of cookies
//! and furniture are not counted: other rules speak of them.
//!
//! ## Why
//! The standard text of a group is what its lawyers approved. A policy without a part of it, or with another wording, was either
//! changed by hand or made before the part was written.
//!
//! ## Example
//! Four of five portals open with the same introduction; the fifth opens with another.
//!
//! ## Source
//! Regulation (EU) 2016/679, articles 12 to 14: what a visitor must be told, wherever she meets the controller.

use std::collections::HashSet;

use super::{Flag, Rule, Severity, is_most};
use crate::corpus::{BlockCount, Consensus};
use crate::document::PolicyDocument;

/// The rule.
pub(super) struct BoilerplateMissing;

impl Rule for BoilerplateMissing {
    fn id(&self) -> &'static str {
        "boilerplate-missing"
    }

    fn source(&self) -> &'static str {
        include_str!("boilerplate_missing.rs")
    }

    fn check(&self, document: &PolicyDocument, consensus: Option<&Consensus>) -> Vec<Flag> {
        let Some(consensus) = consensus else { return Vec::new() };
        let here: HashSet<&str> = document.blocks.iter().map(|block| block.id.as_str()).collect();
        let expected = consensus.blocks.iter().filter(|block| is_most(block.documents, consensus.documents));
        let missing = expected.filter(|block| !here.contains(block.id.as_str()));
        missing.map(|block| self.flag(document, block, consensus.documents)).collect()
    }
}

impl BoilerplateMissing {
    fn flag(&self, document: &PolicyDocument, block: &BlockCount, of: u64) -> Flag {
        let (opening, count) = (&block.opening, block.documents);
        let message =
            format!("The text “{opening}”, which {count} of the {of} policies of the family hold, is not here.");
        let flag = Flag::new(self, Severity::Minor, document, message).about(&block.id);
        flag.expected(Some(opening.clone()), count, of)
    }
}
