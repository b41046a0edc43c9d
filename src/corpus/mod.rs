//! The set of documents as one: boilerplate stored once, families with their consensus, any two documents compared.
//!
//! Everything here is a function of the set and never of the order or the number of parts in which documents arrive: the counts
//! are sums that can be split and merged. No file is touched and nothing is kept between calls. [`Gathering`] takes documents one by
//! one and holds none; [`Corpus::gather`] does the same for documents that are in memory.

mod addresses;
mod align;
mod alongside;
mod boilerplate;
mod calendar_dates;
mod columns;
mod compare;
mod document_sketch;
mod families;
mod family_counts;
mod gathering;
mod glob;
mod manifest;
mod mask;
mod mentions;
mod printed;
mod resemblance;
mod restore;
mod sameness;
mod scratch;
mod sketch;
mod slot;
mod statements;
mod stored_once;
mod table_rows;
mod tally;
mod template;
mod template_id;
mod templates;
mod totals;
mod variants;
mod word_count;
mod words;

#[cfg(test)]
pub(crate) mod sample;

pub(crate) use align::{Piece, align_paired};
pub(crate) use alongside::alongside;
pub(crate) use boilerplate::opening_of;
pub use boilerplate::{Boilerplate, Form};
pub use columns::{Field, cookie_key, row_columns, same_duration, stated_columns};
pub(crate) use columns::{keyword, promised_kind, word};
pub use compare::{
    BlockDifferences, BlockSide, ChangedBlock, ChangedCookie, Comparison, CookieDifferences, FieldDifference,
    MovedBlock, Side, TrivialDifference, TrivialKind, compare,
};
pub use document_sketch::{DocumentSketch, SketchedBlock};
pub use families::{Family, Members};
pub use family_counts::{BlockMention, FamilyCounts, OrderCount, StatementCount};
pub use gathering::{Documents, Gathered, Gathering, Limits};
pub use glob::covers;
pub use manifest::{Counts, ErrorRecord, FlagCounts, InputsDigest, Manifest};
pub use mask::{Mask, bare_host};
pub(crate) use restore::check_version;
pub use restore::{Restorer, read_documents, read_lines};
pub(crate) use sameness::{same_but_for_case, same_words};
pub use scratch::{InMemory, Scratch, ScratchFile, Shelf};
pub use sketch::{Sketch, platform_key};
pub use slot::{Slot, SlotKind};
pub(crate) use statements::own_blocks;
pub use statements::{Statement, Subject};
pub use tally::{BlockCount, ColumnCount, Consensus, CookieConsensus, DurationCount, FieldValues, ValueCount, is_most};
pub(crate) use template::{FormPiece, FormPieces};
pub use template::{Template, fill, label_blocks, template};
pub use totals::Totals;
pub use variants::{Resemblance, signature};
pub use word_count::words;
pub use words::{WordChange, WordOp, word_changes};
pub(crate) use words::{elided, similarity};

use std::io;

use rayon::prelude::*;

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
    /// Figures of all documents.
    pub totals: Totals,
}

impl Corpus {
    /// Gathers self-contained documents; `min_documents` (at least 2) documents of different platforms make boilerplate.
    pub fn gather(mut documents: Vec<PolicyDocument>, min_documents: u64) -> Self {
        documents.sort_by(|a, b| (&a.source.path, &a.id).cmp(&(&b.source.path, &b.id)));
        Self::try_gather(documents, min_documents)
            .expect("a buffer in memory takes all that is written to it and gives it back")
    }

    fn try_gather(mut documents: Vec<PolicyDocument>, min_documents: u64) -> io::Result<Self> {
        let mut gathering = Gathering::new(&InMemory, Limits { min_documents, memory: usize::MAX })?;
        let sketches: Vec<_> = documents.par_iter().map(Sketch::of).collect();
        sketches.iter().try_for_each(|sketch| gathering.add(sketch))?;
        let mut boilerplate = Vec::new();
        let gathered = gathering.finish(|line| {
            boilerplate.push(line);
            Ok(())
        })?;
        let families = gathered.families.iter().map(|members| gathered.family(members, documents.as_slice()));
        let families = families.collect::<io::Result<_>>()?;
        for (number, document) in documents.iter_mut().enumerate() {
            gathered.set_family(number, document);
            gathered.store_once(document);
        }
        Ok(Self { documents, boilerplate, families, totals: gathered.totals })
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
