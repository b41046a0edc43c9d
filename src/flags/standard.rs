//! What a family agrees on, made ready once to have each of its documents held against it. Raises no flag.

use rustc_hash::FxHashMap;

use crate::corpus::{BlockCount, Consensus};

/// The consensus of a family as the rules look at it.
pub struct Standard<'a> {
    pub(super) consensus: &'a Consensus,
    /// Texts that most of the family hold, in their usual order.
    pub(super) texts: Vec<&'a BlockCount>,
    /// Where each stands among them, by the id of its template.
    places: FxHashMap<&'a str, usize>,
}

impl<'a> Standard<'a> {
    /// Of a consensus.
    pub fn of(consensus: &'a Consensus) -> Self {
        let mut texts: Vec<&BlockCount> = consensus.blocks.iter().take_while(|block| block.text.is_some()).collect();
        texts.sort_by_key(|block| (block.place.unwrap_or(u64::MAX), &block.id));
        let places = texts.iter().enumerate().map(|(place, block)| (block.id.as_str(), place)).collect();
        Self { consensus, texts, places }
    }

    /// Where a template stands among the texts that most hold, if it is one of them.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }
}
