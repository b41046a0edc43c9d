//! # boilerplate-missing
//!
//! At least two thirds of the family (three documents or more) hold a block of text that this document does not. Tables of
//! cookies, the line with the date and furniture are not counted: other rules speak of them.
//!
//! ## Why
//! The standard text of a group is what its lawyers approved. A policy without a part of it, or with another wording, was either
//! changed by hand or made before the part was written. Where text of the document's own stands in its place, the flag shows it.
//!
//! ## Example
//! Four of five portals open with the same introduction; the fifth opens with another.
//!
//! ## Source
//! Regulation (EU) 2016/679, articles 12 to 14: what a visitor must be told, wherever she meets the controller.

use std::collections::{HashMap, HashSet};

use super::{Flag, Rule, Severity};
use crate::corpus::{BlockCount, Consensus, is_date_line, is_most, opening_of};
use crate::document::{Place, PolicyDocument, TextBlock, TextBlockKind};

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
        let here: HashMap<&str, usize> =
            document.blocks.iter().enumerate().rev().map(|(index, block)| (block.id.as_str(), index)).collect();
        let expected = consensus.blocks.iter().take_while(|block| is_most(block.documents, consensus.documents));
        let missing: Vec<_> = expected.clone().filter(|block| !here.contains_key(block.id.as_str())).collect();
        let known: HashSet<&str> = expected.map(|block| block.id.as_str()).collect();
        let instead = |block: &BlockCount| {
            let start = block.after.as_deref().map_or(Some(0), |before| here.get(before).map(|index| index + 1))?;
            own_text(&document.blocks[start..], &known, document)
        };
        missing.into_iter().map(|block| self.flag(document, block, instead(block), consensus.documents)).collect()
    }
}

/// The text that stands before the next known block, the line with the date passed over.
fn own_text<'a>(blocks: &'a [TextBlock], known: &HashSet<&str>, document: &PolicyDocument) -> Option<&'a TextBlock> {
    let own = blocks.iter().filter(|block| block.kind != TextBlockKind::Furniture);
    let own = own.take_while(|block| !known.contains(block.id.as_str()));
    let mut texts = own.filter(|block| block.kind == TextBlockKind::Paragraph);
    texts.find(|block| !is_date_line(block, document))
}

impl BoilerplateMissing {
    fn flag(&self, document: &PolicyDocument, block: &BlockCount, instead: Option<&TextBlock>, of: u64) -> Flag {
        let (opening, count) = (&block.opening, block.documents);
        let own = instead.and_then(|block| block.text.as_deref()).map(opening_of);
        let place = own.as_ref().map_or_else(String::new, |own| format!("; in its place stands “{own}”"));
        let message =
            format!("The text “{opening}”, which {count} of the {of} policies of the family hold, is not here{place}.");
        let flag = Flag::new(self, Severity::Minor, document, message).about(&block.id).found(own);
        let flag = flag.expected(Some(opening.clone()), count, of);
        Flag { evidence: instead.map_or_else(Place::default, |block| block.evidence), ..flag }
    }
}
