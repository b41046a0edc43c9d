//! How a document's text stands to that of its family: what is missing, what reads otherwise, what stands elsewhere.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::Standard;
use crate::corpus::{
    BlockCount, Mask, Piece, WordChange, WordOp, align_paired, elided, own_blocks, similarity, word_changes,
};
use crate::document::{Digest, PolicyDocument, TextBlock};

/// The text of a document beside what most of its family hold.
#[derive(Default)]
pub(super) struct Wording<'a> {
    /// Runs of the family's texts that the document lacks.
    pub missing: Vec<MissingText<'a>>,
    /// Texts of the family that read otherwise here.
    pub variants: Vec<Variant<'a>>,
    /// Runs of the family's texts that stand elsewhere among the others.
    pub moved: Vec<MovedText<'a>>,
}

/// Texts of a family that follow one another and are not in the document.
pub(super) struct MissingText<'a> {
    /// In the family's order; never empty.
    pub blocks: Vec<&'a BlockCount>,
    /// The document's own text in the place of a single one.
    pub instead: Option<&'a TextBlock>,
}

/// A text of a family that reads otherwise in the document.
pub(super) struct Variant<'a> {
    pub usual: &'a BlockCount,
    pub here: &'a TextBlock,
    /// From the family's text to the document's, platforms and dates masked in both.
    pub words: Vec<WordChange>,
}

/// Texts that follow one another in the family and in the document, but elsewhere.
pub(super) struct MovedText<'a> {
    /// In the family's order; never empty.
    pub blocks: Vec<&'a BlockCount>,
    /// The first of them.
    pub here: &'a TextBlock,
}

/// From this share of common words on a text is another's variant, below it a text of its own.
const LIKE: f64 = 0.5;

impl<'a> Wording<'a> {
    /// Compares the text of a document with what most of its family hold.
    pub fn of(document: &'a PolicyDocument, standard: &'a Standard<'a>, mask: &Mask) -> Self {
        let usual: Vec<_> = standard.texts().collect();
        if usual.is_empty() {
            return Self::default();
        }
        let here = first_of_each(own_blocks(document));
        let places: Vec<_> = here.iter().map(|block| standard.place(block.id)).collect();
        let known = places.iter().copied().flatten();
        if known.clone().count() == usual.len() && known.is_sorted() {
            return Self::default();
        }
        let sides = Sides { usual, here, places };
        let (expected, found) = sides.pieces(mask);
        let alignment = align_paired(&expected, &found, sides.pairs());
        let likeness = |pair: &(usize, usize)| words_in_common(&expected[pair.0].text, &found[pair.1].text);
        let (like, unlike): (Vec<_>, Vec<_>) =
            alignment.changed.iter().copied().partition(|pair| likeness(pair) >= LIKE);
        Self {
            missing: sides.missing(&unlike, &alignment.removed),
            variants: like
                .iter()
                .map(|&(i, j)| Variant {
                    usual: sides.usual[i],
                    here: sides.here[j],
                    words: word_changes(&expected[i].text, &found[j].text),
                })
                .collect(),
            moved: sides.moved(&alignment.moved),
        }
    }
}

/// A text that stands twice in a document is compared where it stands first, as the consensus counts it.
fn first_of_each(blocks: Vec<&TextBlock>) -> Vec<&TextBlock> {
    let mut seen = FxHashSet::default();
    blocks.into_iter().filter(|block| seen.insert(block.id)).collect()
}

fn words_in_common(a: &str, b: &str) -> f64 {
    similarity(&a.split_whitespace().collect::<Vec<_>>(), &b.split_whitespace().collect::<Vec<_>>())
}

struct Sides<'a> {
    usual: Vec<&'a BlockCount>,
    here: Vec<&'a TextBlock>,
    /// Of each text that is here, its place among the usual ones.
    places: Vec<Option<usize>>,
}

impl<'a> Sides<'a> {
    /// Where both hold a template: its place among the usual texts and that among those here.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let known = self.places.iter().enumerate().filter_map(|(here, place)| Some(((*place)?, here)));
        let mut pairs: Vec<_> = known.collect();
        pairs.sort_unstable();
        pairs
    }

    /// Both texts as they are aligned. Where both hold a template its words are not asked for; where nothing is missing, none are.
    fn pieces(&self, mask: &Mask) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
        let mut is_here = vec![false; self.usual.len()];
        self.places.iter().flatten().for_each(|place| is_here[*place] = true);
        let complete = is_here.iter().all(|is_here| *is_here);
        let expected = self.usual.iter().zip(is_here).map(|(block, is_here)| Piece {
            id: Digest::read(&block.id).unwrap_or_default(),
            kind: block.kind,
            text: Cow::Borrowed(block.text.as_deref().filter(|_| !is_here).unwrap_or_default()),
        });
        let found = self.here.iter().zip(&self.places).map(|(block, place)| Piece {
            id: block.id,
            kind: block.kind,
            text: match &block.text {
                Some(text) if !complete && place.is_none() => mask.form_of(text, &block.values),
                _ => Cow::default(),
            },
        });
        (expected.collect(), found.collect())
    }

    /// What is missing: each text in whose place another stands by itself, the others in runs.
    fn missing(&self, replaced: &[(usize, usize)], removed: &[usize]) -> Vec<MissingText<'a>> {
        let alone =
            replaced.iter().map(|&(i, j)| MissingText { blocks: vec![self.usual[i]], instead: Some(self.here[j]) });
        let runs = runs(removed.to_vec(), |a, b| b == a + 1);
        let runs = runs
            .into_iter()
            .map(|run| MissingText { blocks: run.into_iter().map(|index| self.usual[index]).collect(), instead: None });
        alone.chain(runs).collect()
    }

    fn moved(&self, moved: &[(usize, usize)]) -> Vec<MovedText<'a>> {
        let placed = moved.iter().copied().filter(|pair| self.usual[pair.0].place.is_some()).collect();
        let runs = runs(placed, |a: (usize, usize), b| b == (a.0 + 1, a.1 + 1));
        let text = |run: Vec<(usize, usize)>| MovedText {
            here: self.here[run[0].1],
            blocks: run.into_iter().map(|pair| self.usual[pair.0]).collect(),
        };
        runs.into_iter().map(text).collect()
    }
}

/// Cuts a sequence between neighbours of which the second does not follow the first.
fn runs<T: Copy>(items: Vec<T>, follows: impl Fn(T, T) -> bool) -> Vec<Vec<T>> {
    let mut runs: Vec<Vec<T>> = Vec::new();
    for item in items {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| follows(*last, item)) => run.push(item),
            _ => runs.push(vec![item]),
        }
    }
    runs
}

/// The changed words with a few of those around them, as `git diff --word-diff` writes, cut where it gets long.
pub(super) fn shown(changes: &[WordChange]) -> String {
    const MAX: usize = 240;
    const NEAR: usize = 3;
    let pieces = elided(changes, NEAR).into_iter().map(|change| match change.op {
        WordOp::Equal => change.text,
        WordOp::Delete => format!("[-{}-]", change.text),
        WordOp::Insert => format!("{{+{}+}}", change.text),
    });
    let whole = pieces.collect::<Vec<_>>().join(" ");
    match whole.char_indices().nth(MAX) {
        Some((cut, _)) => format!("{}…", &whole[..cut]),
        None => whole,
    }
}
