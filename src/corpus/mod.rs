//! The set of documents as one: boilerplate stored once, families with their consensus, any two documents compared.
//!
//! Everything here is a function of the set and never of the order or the number of parts in which documents arrive: the counts
//! ([`Templates`], [`Tally`]) are sums that can be split and merged. No file is touched and nothing is kept between calls.

mod align;
mod boilerplate;
mod columns;
mod compare;
mod families;
mod glob;
mod manifest;
mod mask;
mod resemblance;
mod restore;
mod tally;
mod template;
mod variants;
mod words;

#[cfg(test)]
pub(crate) mod sample;

pub(crate) use align::{Piece, align};
pub(crate) use boilerplate::opening_of;
pub use boilerplate::{Boilerplate, Form, Templates, platform_key};
pub(crate) use columns::word;
pub use columns::{Field, cookie_key, holds_cookie_rows, row_columns, same_duration, stated_columns};
pub use compare::{
    BlockDifferences, BlockSide, ChangedBlock, ChangedCookie, Comparison, CookieDifferences, FieldDifference,
    MovedBlock, Side, TrivialDifference, TrivialKind, compare,
};
pub use families::{Family, Outline, families, outline};
pub use glob::covers;
pub use manifest::{Counts, ErrorRecord, FlagCounts, Manifest};
pub use mask::{Mask, Slot, SlotKind, bare_host, is_date_line};
pub(crate) use restore::check_version;
pub use restore::{Restorer, read_documents, read_lines};
pub(crate) use tally::own_blocks;
pub use tally::{
    BlockCount, ColumnCount, Consensus, CookieConsensus, DurationCount, FieldValues, Tally, ValueCount, is_most,
};
pub use template::{Template, fill, label_blocks, template, words};
pub(crate) use words::similarity;
pub use words::{WordChange, WordOp, word_changes};

use std::collections::{BTreeMap, HashSet};

use crate::document::PolicyDocument;

/// Documents on how many platforms make a template boilerplate, unless the caller says otherwise.
pub const MIN_DOCUMENTS: u64 = 2;

/// A set of documents with what they have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Corpus {
    /// The documents by path; the text of boilerplate is taken out and their family is set.
    pub documents: Vec<PolicyDocument>,
    /// Templates of two or more platforms and near-duplicates of them, by id.
    pub boilerplate: Vec<Boilerplate>,
    /// Families, by id.
    pub families: Vec<Family>,
    /// Words of all blocks.
    pub words: u64,
    /// Words of blocks that platforms share, counted wherever they stand.
    pub shared_words: u64,
}

impl Corpus {
    /// Gathers self-contained documents; `min_documents` (at least 2) documents of different platforms make boilerplate.
    pub fn gather(mut documents: Vec<PolicyDocument>, min_documents: u64) -> Self {
        documents.sort_by(|a, b| (&a.source.path, &a.id).cmp(&(&b.source.path, &b.id)));
        let mut templates = Templates::default();
        documents.iter().for_each(|document| templates.add(document));
        let boilerplate = templates.boilerplate(min_documents);
        let families = families(&documents, &templates);
        let mut corpus = Self { documents, boilerplate, families, words: 0, shared_words: 0 };
        corpus.set_families();
        corpus.store_once(&templates, min_documents);
        corpus
    }

    fn set_families(&mut self) {
        let members =
            self.families.iter().flat_map(|family| family.documents.iter().map(move |path| (path, &family.id)));
        let by_path: BTreeMap<&String, &String> = members.collect();
        for document in &mut self.documents {
            document.family = by_path.get(&document.source.path).map(|id| (*id).clone());
        }
    }

    fn store_once(&mut self, templates: &Templates, min_documents: u64) {
        let stored: HashSet<&str> = self.boilerplate.iter().map(|line| line.id.as_str()).collect();
        for block in self.documents.iter_mut().flat_map(|document| &mut document.blocks) {
            let words = templates.words(&block.id);
            self.words += words;
            self.shared_words += if templates.is_boilerplate(&block.id, min_documents) { words } else { 0 };
            if stored.contains(block.id.as_str()) {
                block.text = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sample::family_of_five;
    use super::*;

    #[test]
    fn the_order_of_documents_changes_nothing() {
        let documents = family_of_five();
        let mut turned = documents.clone();
        turned.reverse();
        turned.swap(0, 2);
        assert_eq!(Corpus::gather(documents, 2), Corpus::gather(turned, 2));
    }

    #[test]
    fn restoring_gives_back_every_document() {
        let documents = family_of_five();
        let mut corpus = Corpus::gather(documents.clone(), 2);
        assert!(corpus.documents.iter().any(|document| document.blocks.iter().any(|block| block.text.is_none())));
        let restorer = Restorer::new(&corpus.boilerplate);
        for (document, before) in corpus.documents.iter_mut().zip(&documents) {
            restorer.restore(document).unwrap();
            document.family = None;
            assert_eq!(document, before);
        }
    }

    #[test]
    fn gathering_restored_halves_is_gathering_all() {
        let documents = family_of_five();
        for cut in 0..=documents.len() {
            let halves = [&documents[cut..], &documents[..cut]].map(|half| Corpus::gather(half.to_vec(), 2));
            let restored = halves.into_iter().flat_map(|half| {
                let restorer = Restorer::new(&half.boilerplate);
                let mut documents = half.documents.clone();
                documents.iter_mut().for_each(|document| restorer.restore(document).unwrap());
                documents
            });
            assert_eq!(Corpus::gather(restored.collect(), 2), Corpus::gather(documents.clone(), 2));
        }
    }
}
