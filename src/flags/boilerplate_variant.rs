//! # boilerplate-variant
//!
//! At least two thirds of the family (three documents or more) hold a text that this document has in other words: half of the words
//! or more are the same. The platform's own name and address, dates, addresses of other sites, quotes and white space are no words.
//! A difference in punctuation alone is `info`.
//!
//! ## Why
//! A word changed by hand in an approved text may change what is promised ("for one year", "not", "partners"), and nobody looks for
//! it in three hundred policies.
//!
//! ## Example
//! Four of five portals say "we keep them for one year", the fifth says "we keep them for two years".
//!
//! ## Source
//! Regulation (EU) 2016/679, article 12(1): what is told has to be told consistently, in plain language. A. Broder, "On the
//! resemblance and containment of documents" (1997): texts that are roughly the same.

use super::wording::{Variant, shown};
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::WordOp;
use crate::text::loose;

/// The rule.
pub(super) struct BoilerplateVariant;

impl Rule for BoilerplateVariant {
    fn id(&self) -> &'static str {
        "boilerplate-variant"
    }

    fn source(&self) -> &'static str {
        include_str!("boilerplate_variant.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        examined.wording.variants.iter().map(|variant| self.flag(examined, variant, of)).collect()
    }
}

impl BoilerplateVariant {
    fn flag(&self, examined: &Examined, variant: &Variant, of: u64) -> Flag {
        let (opening, count) = (&variant.usual.opening, variant.usual.documents);
        let changes = shown(&variant.words);
        let message = format!(
            "The text “{opening}”, which {count} of the {of} policies of the family hold, reads otherwise here: {changes}"
        );
        let severity = if variant.is_punctuation() { Severity::Info } else { Severity::Minor };
        let flag = Flag::new(self, severity, examined.document, message).about(&variant.usual.id).found(Some(changes));
        let flag = flag.expected(Some(opening.clone()), count, of);
        Flag { evidence: variant.here.evidence, ..flag }
    }
}

impl Variant<'_> {
    fn is_punctuation(&self) -> bool {
        let side = |without: WordOp| {
            let kept = self.words.iter().filter(|change| change.op != without);
            loose(&kept.map(|change| change.text.as_str()).collect::<Vec<_>>().join(" "))
        };
        side(WordOp::Insert) == side(WordOp::Delete)
    }
}
