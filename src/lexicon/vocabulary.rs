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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Byte offset in the folded text.
    pub start: u32,
    /// Byte offset behind it.
    pub end: u32,
    /// Where the stems that it begins with end among those of the text; they begin behind those of the word before.
    pub stems_end: u32,
    /// Its number in the vocabulary; 0 where no phrase has it.
    pub number: u16,
    /// The lists that have a phrase which begins with it.
    pub lists: u16,
}

impl Vocabulary {
    /// The lists that have a phrase which begins with a word.
    pub fn lists_of(&self, word: &[u8]) -> u16 {
        let own = self.words.get(word).map_or(0, |own| own.lists);
        self.stems_of(word).fold(own, |lists, place| lists | self.known[place].lists)
    }

    /// The places of the stems that a word begins with, longer ones first.
    fn stems_of(&self, word: &[u8]) -> impl Iterator<Item = usize> {
        let longer = word.get(..OPENING).and_then(|opening| self.openings.get(opening));
        let places = longer.into_iter().chain([&self.short]).flat_map(|stretch| stretch.places());
        places.filter(move |place| word.starts_with(self.stems.at(*place)))
    }

    /// A word of a text; the stems that it begins with are appended to those of the text.
    pub fn look_up(&self, text: &str, place: Range<usize>, stems: &mut Vec<u16>) -> Word {
        let word = &text[place.clone()];
        let own = self.words.get(word);
        let mut lists = own.map_or(0, |own| own.lists);
        for place in self.stems_of(word.as_bytes()) {
            lists |= self.known[place].lists;
            stems.push(self.known[place].number);
        }
        Word::new(place, own.map_or(0, |own| own.number), lists, stems)
    }
}

impl Word {
    /// A word whose stems are the last ones of those of its text.
    pub fn new(place: Range<usize>, number: u16, lists: u16, stems: &[u16]) -> Self {
        let offset = |place: usize| u32::try_from(place).expect("a source has fewer bytes");
        Self { start: offset(place.start), end: offset(place.end), stems_end: offset(stems.len()), number, lists }
    }
}
