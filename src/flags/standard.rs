//! What a family agrees on, made ready once to have each of its documents held against it. Raises no flag itself.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Examined, Flag, check_examined};
use crate::corpus::{BlockCount, Consensus, CookieConsensus};
use crate::document::PolicyDocument;

/// The consensus of a family as the rules look at it.
pub struct Standard<'a> {
    pub(super) consensus: Cow<'a, Consensus>,
    /// Where the texts that most of the family hold stand among the blocks of the consensus, in their usual order.
    order: Vec<usize>,
    /// Where each of them stands in that order, by the id of its template.
    places: FxHashMap<Box<str>, usize>,
}

impl<'a> Standard<'a> {
    /// Of a consensus, of which nothing is kept that no rule asks for.
    pub fn of(mut consensus: Consensus) -> Standard<'static> {
        consensus.fields = Vec::new();
        consensus.blocks.truncate(usual_texts(&consensus).count());
        consensus.blocks.shrink_to_fit();
        // One document alone is what is taken for granted of a cookie that is in no consensus.
        consensus.cookies.retain(|cookie| cookie.documents > 1);
        consensus.cookies.iter_mut().for_each(forget_counts);
        consensus.cookies.shrink_to_fit();
        Standard::new(Cow::Owned(consensus))
    }

    /// Of a consensus that is kept elsewhere.
    pub fn borrowed(consensus: &'a Consensus) -> Self {
        Self::new(Cow::Borrowed(consensus))
    }

    fn new(consensus: Cow<'a, Consensus>) -> Self {
        let texts: Vec<_> = usual_texts(&consensus).collect();
        let mut order: Vec<_> = (0..texts.len()).collect();
        order.sort_by_key(|index| (texts[*index].place.unwrap_or(u64::MAX), &texts[*index].id));
        let places = order.iter().enumerate().map(|(place, index)| (texts[*index].id.as_str().into(), place)).collect();
        Self { order, places, consensus }
    }

    /// The flags of a document of the family, which must have all its text, by rule, place and subject.
    pub fn check(&self, document: &PolicyDocument) -> Vec<Flag> {
        check_examined(&Examined::new(document, Some(self)))
    }

    /// About how many bytes of memory it takes.
    pub fn bytes(&self) -> usize {
        /// What a value takes beside its text.
        const VALUE: usize = 128;
        let said = |cookie: &CookieConsensus| {
            let agreed = cookie.fields.iter().filter_map(|values| values.agreed.as_ref()?.value.as_ref());
            cookie.name.len() + agreed.map(|value| VALUE + value.len()).sum::<usize>() + 2 * VALUE
        };
        let texts = usual_texts(&self.consensus).map(|block| 3 * VALUE + block.text.as_ref().map_or(0, String::len));
        texts.sum::<usize>() + self.consensus.cookies.iter().map(said).sum::<usize>()
    }

    /// Texts that most of the family hold, in their usual order.
    pub(super) fn texts(&self) -> impl ExactSizeIterator<Item = &BlockCount> {
        self.order.iter().map(|index| &self.consensus.blocks[*index])
    }

    /// Where a template stands among the texts that most hold, if it is one of them.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }
}

/// The texts that most of a family hold come first.
fn usual_texts(consensus: &Consensus) -> impl Iterator<Item = &BlockCount> {
    consensus.blocks.iter().take_while(|block| block.text.is_some())
}

/// Keeps of a cookie what the family agrees on.
fn forget_counts(cookie: &mut CookieConsensus) {
    cookie.durations = Vec::new();
    cookie.fields.retain(|values| values.agreed.is_some());
    cookie.fields.iter_mut().for_each(|values| values.values = Vec::new());
    cookie.fields.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::corpus::sample::family_of_five;

    #[test]
    fn what_is_forgotten_changes_no_flag() {
        let documents = family_of_five();
        let corpus = Corpus::gather(documents.clone(), 2);
        let consensus = &corpus.families[0].consensus;
        let (whole, pruned) = (Standard::borrowed(consensus), Standard::of(consensus.clone()));
        assert!(pruned.consensus.cookies.len() < consensus.cookies.len() && pruned.bytes() > 0);
        for document in &documents {
            assert_eq!(whole.check(document), pruned.check(document));
        }
    }
}
