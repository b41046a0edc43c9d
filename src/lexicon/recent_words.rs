//! The words that a thread looked up lately, with what the vocabulary said of them: a few hundred make up most of every text. What is
//! kept here changes no answer.

use std::cell::RefCell;
use std::ops::Range;

use super::vocabulary::{Vocabulary, Word};

/// Words of the one vocabulary that there is, each in the slot that its bytes lead to; a word takes the place of the one before it.
pub(super) struct RecentWords(Vec<Recent>);

/// A power of two: at 32 bytes each they fit into the second cache of a processor.
const SLOTS: usize = 1 << 11;
/// Bytes of a word that is kept; all but a few have no more.
const LONGEST: usize = 15;
/// Stems of such a word.
const MOST_STEMS: usize = 5;

#[derive(Clone, Copy, Default)]
struct Recent {
    /// The bytes of the word and how many they are; 0 where there is none.
    word: u128,
    number: u16,
    lists: u16,
    /// The stems that it begins with, and 0 behind them, which is no stem's number.
    stems: [u16; MOST_STEMS],
}

thread_local! {
    static RECENT: RefCell<RecentWords> = RefCell::new(RecentWords(vec![Recent::default(); SLOTS]));
}

impl RecentWords {
    /// Hands the words of the thread to one who looks up those of a text.
    pub(super) fn of_thread<T>(look_up: impl FnOnce(&mut Self) -> T) -> T {
        RECENT.with_borrow_mut(look_up)
    }

    /// [`Vocabulary::look_up`] of a word of a text.
    pub(super) fn look_up(
        &mut self,
        vocabulary: &Vocabulary,
        text: &str,
        place: Range<usize>,
        stems: &mut Vec<u16>,
    ) -> Word {
        let Some(word) = packed(&text.as_bytes()[place.start..], place.len()) else {
            return vocabulary.look_up(text, place, stems);
        };
        let recent = &mut self.0[slot(word)];
        if recent.word == word {
            stems.extend(recent.stems.iter().take_while(|stem| **stem != 0));
            return Word::new(place, recent.number, recent.lists, stems);
        }
        let before = stems.len();
        let found = vocabulary.look_up(text, place, stems);
        if let Some(stems) = padded(&stems[before..]) {
            *recent = Recent { word, number: found.number, lists: found.lists, stems };
        }
        found
    }

    /// The lists that have a phrase which begins with a word.
    pub(super) fn lists_of(&self, vocabulary: &Vocabulary, word: &[u8]) -> u16 {
        let met = packed(word, word.len()).map(|word| (word, self.0[slot(word)]));
        let known = met.filter(|(word, recent)| recent.word == *word);
        known.map_or_else(|| vocabulary.lists_of(word), |(_, recent)| recent.lists)
    }
}

/// The first bytes of a text, and how many they are; none where they are too many.
fn packed(text: &[u8], length: usize) -> Option<u128> {
    if length > LONGEST {
        return None;
    }
    let bytes = text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; LONGEST + 1];
        bytes[..text.len()].copy_from_slice(text);
        bytes
    });
    let own = (1 << (8 * length)) - 1;
    Some(u128::from_le_bytes(bytes) & own | (length as u128) << (8 * LONGEST))
}

fn slot(word: u128) -> usize {
    const UNUSED: u32 = u64::BITS - SLOTS.trailing_zeros();
    let folded = word as u64 ^ (word >> 64) as u64;
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> UNUSED) as usize
}

fn padded(stems: &[u16]) -> Option<[u16; MOST_STEMS]> {
    let mut padded = [0; MOST_STEMS];
    padded.get_mut(..stems.len())?.copy_from_slice(stems);
    Some(padded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::lexicon;
    use crate::text::loose;

    proptest! {
        #[test]
        fn a_word_that_was_met_is_what_the_vocabulary_says(text in r"((cookies?|durée|speicherdauer|nombre|name|\w{1,3}|\w{14,17}) ){1,40}") {
            let (text, vocabulary) = (loose(&text), &lexicon().vocabulary);
            let mut recent = RecentWords(vec![Recent::default(); SLOTS]);
            let mut start = 0;
            for word in text.split(' ') {
                let place = start..start + word.len();
                start = place.end + 1;
                let (mut stems, mut own_stems) = (vec![7], vec![7]);
                let found = recent.look_up(vocabulary, &text, place.clone(), &mut stems);
                let own = vocabulary.look_up(&text, place, &mut own_stems);
                prop_assert_eq!((found, stems), (own, own_stems));
            }
        }
    }
}
