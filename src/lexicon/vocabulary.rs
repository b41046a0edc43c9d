//! The words that the lexicon's phrases are made of, each with a number; nothing here knows what a phrase means.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// All words and stems of all lists.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: FxHashMap<&'static str, Known>,
    /// Stems by their first bytes, longer stems first.
    stems: FxHashMap<[u8; OPENING], Vec<(&'static str, Known)>>,
    short_stems: Vec<(&'static str, Known)>,
    count: u32,
}

/// Words that room is made for.
const EXPECTED: usize = 14_000;

impl Default for Vocabulary {
    fn default() -> Self {
        let words = FxHashMap::with_capacity_and_hasher(EXPECTED, FxBuildHasher);
        Self { words, stems: FxHashMap::default(), short_stems: Vec::new(), count: 0 }
    }
}

/// Bytes of a stem that it is found by.
const OPENING: usize = 3;

/// A word's number, from 1, and the lists that have a phrase which begins with it.
#[derive(Debug, Clone, Copy)]
struct Known {
    number: u32,
    lists: u16,
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Byte offset in the folded text.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
    /// Its number in the vocabulary; 0 where no phrase has it.
    pub number: u32,
    /// The stems that it begins with, by their place among those of the text.
    pub stems: Range<usize>,
    /// The lists that have a phrase which begins with it.
    pub lists: u16,
}

impl Vocabulary {
    /// The number of a word that begins phrases of these lists.
    pub fn word(&mut self, word: &'static str, lists: u16) -> u32 {
        let known = self.words.entry(word).or_insert_with(|| Known::next(&mut self.count));
        known.lists |= lists;
        known.number
    }

    /// The number of a stem that begins phrases of these lists.
    pub fn stem(&mut self, stem: &'static str, lists: u16) -> u32 {
        let stems = match opening(stem) {
            Some(opening) => self.stems.entry(opening).or_default(),
            None => &mut self.short_stems,
        };
        let at = stems.iter().position(|(known, _)| *known == stem).unwrap_or_else(|| {
            let at = stems.partition_point(|(known, _)| known.len() >= stem.len());
            stems.insert(at, (stem, Known::next(&mut self.count)));
            at
        });
        stems[at].1.lists |= lists;
        stems[at].1.number
    }

    /// A word of a text that begins at an offset; the stems that it begins with are appended to those of the text.
    pub fn look_up(&self, word: &str, start: usize, stems: &mut Vec<u32>) -> Word {
        let own = self.words.get(word);
        let first = stems.len();
        let mut lists = own.map_or(0, |own| own.lists);
        let longer = opening(word).and_then(|opening| self.stems.get(&opening)).into_iter().flatten();
        for (_, known) in longer.chain(&self.short_stems).filter(|(stem, _)| word.starts_with(stem)) {
            lists |= known.lists;
            stems.push(known.number);
        }
        let number = own.map_or(0, |own| own.number);
        Word { start, end: start + word.len(), number, stems: first..stems.len(), lists }
    }
}

impl Known {
    fn next(count: &mut u32) -> Self {
        *count += 1;
        Self { number: *count, lists: 0 }
    }
}

fn opening(word: &str) -> Option<[u8; OPENING]> {
    word.as_bytes().first_chunk().copied()
}
