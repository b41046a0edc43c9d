//! The words that the lexicon's phrases are made of, each with a number; nothing here knows what a phrase means.

use std::ops::Range;

use super::table::{Keys, Stretch, Table};

/// All words and stems of all lists.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub words: Table<Known>,
    /// Stems by their first bytes, longer stems first.
    pub openings: Table<Stretch>,
    /// The stems that have no more bytes than an opening, longer ones first.
    pub short: Stretch,
    pub stems: Keys,
    /// What is known of each stem.
    pub known: &'static [Known],
}

/// Bytes of a stem that it is found by.
pub(super) const OPENING: usize = 3;

/// A word's number, from 1, and the lists that have a phrase which begins with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub number: u16,
    pub lists: u16,
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Byte offset in the folded text.
    pub start: usize,
    /// Byte offset behind it.
    pub end: usize,
    /// Its number in the vocabulary; 0 where no phrase has it.
    pub number: u16,
    /// The stems that it begins with, by their place among those of the text.
    pub stems: Range<usize>,
    /// The lists that have a phrase which begins with it.
    pub lists: u16,
}

impl Vocabulary {
    /// A word of a text that begins at an offset; the stems that it begins with are appended to those of the text.
    pub fn look_up(&self, word: &str, start: usize, stems: &mut Vec<u16>) -> Word {
        let own = self.words.get(word);
        let first = stems.len();
        let mut lists = own.map_or(0, |own| own.lists);
        let longer = word.as_bytes().get(..OPENING).and_then(|opening| self.openings.get(opening));
        let places = longer.into_iter().chain([&self.short]).flat_map(|stretch| stretch.places());
        for place in places.filter(|place| word.as_bytes().starts_with(self.stems.at(*place))) {
            lists |= self.known[place].lists;
            stems.push(self.known[place].number);
        }
        let number = own.map_or(0, |own| own.number);
        Word { start, end: start + word.len(), number, stems: first..stems.len(), lists }
    }
}
