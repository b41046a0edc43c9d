//! Finding phrases of a word list inside a text: whole runs of words, longest first, open endings allowed.
//!
//! A text is folded into words once, and each word is looked up once for all lists: a word that begins no phrase of a list costs
//! that list nothing.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::recent_words::RecentWords;
use super::slots::{Slots, hash_of_run};
use super::table::Stretch;
use super::vocabulary::Word;
use crate::text::{Answers, Asked, Room, Text, answer, loose};

/// A list of phrases with what they mean. A phrase may have several meanings ("type").
#[derive(Debug)]
pub struct Phrases<M: 'static> {
    /// The list's bit among those of the vocabulary's words.
    pub(super) list: u16,
    /// Runs of words that phrases begin with; the first is the empty one.
    pub(super) runs: &'static [Run],
    /// Each run by the run before its last word and that word.
    pub(super) longer: Slots,
    /// Open endings, run after run.
    pub(super) endings: &'static [Ending],
    /// Meanings, run after run and ending after ending.
    pub(super) meanings: &'static [M],
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<M> {
    /// What it means.
    pub meaning: M,
    /// Index of its first word in the folded text.
    pub start: usize,
    /// Number of its words.
    pub words: usize,
    /// Number of its characters, folded.
    pub characters: usize,
    /// Share of the text's characters that it covers, 0 to 1.
    pub coverage: f32,
}

/// A run of words: the run before its last word, that word's number, and what it means by itself and with an open ending.
#[derive(Debug)]
pub(super) struct Run {
    pub before: u16,
    pub word: u16,
    pub meanings: Stretch,
    pub endings: Stretch,
}

/// What a run means with any word behind it that begins with a stem.
#[derive(Debug)]
pub(super) struct Ending {
    pub stem: u16,
    pub meanings: Stretch,
}

impl<M: Copy + PartialEq> Phrases<M> {
    /// The meanings of a text that is nothing but one phrase.
    pub fn whole(&self, text: &(impl Asked + ?Sized)) -> &'static [M] {
        match text.is_at_hand() || self.may_open(text.as_ref()) {
            true => self.whole_of(Words::known(&text.known())),
            false => &[],
        }
    }

    /// False where the first word of some begins no phrase of the list.
    pub fn may_begin(&self, words: &Words) -> bool {
        words.words.first().is_some_and(|first| first.lists & self.list != 0)
    }

    /// False where a text opens with a plain word that begins no phrase of the list.
    fn may_open(&self, text: &str) -> bool {
        const LONGEST: usize = 40;
        let first = text.split_ascii_whitespace().next().unwrap_or("");
        let plain = first.len() <= LONGEST && first.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut folded = [0; LONGEST];
        if !plain || first.is_empty() {
            return true;
        }
        let folded = &mut folded[..first.len()];
        folded.copy_from_slice(first.as_bytes());
        folded.make_ascii_lowercase();
        RecentWords::of_thread(|recent| recent.lists_of(&super::lexicon().vocabulary, folded)) & self.list != 0
    }

    fn whole_of(&self, words: &Words) -> &'static [M] {
        if words.lists & self.list == 0 {
            return &[];
        }
        let mut found: &'static [M] = &[];
        self.each_from(words, 0, |length, meanings| {
            if length == words.len() {
                found = meanings;
            }
        });
        found
    }

    /// False where no word of a text begins a phrase of the list.
    pub fn may_be_in(&self, text: &(impl Asked + ?Sized)) -> bool {
        Words::known(&text.known()).lists & self.list != 0
    }

    /// Every phrase of the text that no longer one contains, in order.
    pub fn all(&self, text: &(impl Asked + ?Sized)) -> Vec<Hit<M>> {
        self.all_in(Words::known(&text.known()))
    }

    /// [`Phrases::all`] for words that are folded already.
    pub fn all_in(&self, words: &Words) -> Vec<Hit<M>> {
        let mut hits = Vec::new();
        self.each_longest(words, |start, length, meanings| hits.extend(words.hits(start, length, meanings)));
        hits
    }

    /// True where one of the phrases that [`Phrases::all`] finds means this.
    pub fn says(&self, text: &(impl Asked + ?Sized), meaning: M) -> bool {
        self.says_in(Words::known(&text.known()), meaning)
    }

    /// [`Phrases::says`] for words that are folded already.
    pub fn says_in(&self, words: &Words, meaning: M) -> bool {
        let mut says = false;
        self.each_longest(words, |_, _, meanings| says |= meanings.contains(&meaning));
        says
    }

    /// Every phrase of the text, those inside longer ones too.
    pub fn every(&self, text: &(impl Asked + ?Sized)) -> Vec<Hit<M>> {
        let known = text.known();
        let words = Words::known(&known);
        let mut hits = Vec::new();
        for start in 0..words.len() {
            self.each_from(words, start, |length, meanings| hits.extend(words.hits(start, length, meanings)));
        }
        hits
    }

    /// The longest phrase of the text; of equals the first.
    pub fn longest(&self, text: &(impl Asked + ?Sized)) -> Option<Hit<M>> {
        self.all(text).into_iter().reduce(|best, hit| if hit.characters > best.characters { hit } else { best })
    }

    /// Calls back with the first word, the length and the meanings of each phrase that no longer one contains, in order.
    fn each_longest(&self, words: &Words, mut visit: impl FnMut(usize, usize, &'static [M])) {
        if words.lists & self.list == 0 {
            return;
        }
        let mut next = 0;
        while next < words.len() {
            let mut longest: Option<(usize, &[M])> = None;
            self.each_from(words, next, |length, meanings| longest = Some((length, meanings)));
            if let Some((length, meanings)) = longest {
                visit(next, length, meanings);
            }
            next += longest.map_or(1, |(length, _)| length);
        }
    }

    /// Calls back with the length and the meanings of each phrase that begins at a word, shorter ones first.
    fn each_from(&self, words: &Words, start: usize, mut visit: impl FnMut(usize, &'static [M])) {
        if words.words.get(start).is_none_or(|word| word.lists & self.list == 0) {
            return;
        }
        let mut run = 0;
        for (index, word) in words.words[start..].iter().enumerate() {
            let longer = self.longer(run, word.number);
            let meanings = self.meanings(run, longer, words.stems_of(start + index));
            if !meanings.is_empty() {
                visit(index + 1, meanings);
            }
            match longer {
                Some(longer) => run = longer,
                None => return,
            }
        }
    }

    /// A run with one more word.
    fn longer(&self, run: usize, word: u16) -> Option<usize> {
        let before = run as u16;
        let is_it = |run: usize| (self.runs[run].before, self.runs[run].word) == (before, word);
        // The empty run is no longer than any, so that the places are those of the runs behind it.
        let found = self.longer.find(hash_of_run(before, word), |place| is_it(place + 1));
        found.map(|place| place + 1).filter(|_| word != 0)
    }

    /// What a run means with one more word: by the word itself, else by the longest stem that it begins with.
    fn meanings(&self, run: usize, longer: Option<usize>, stems: &[u16]) -> &'static [M] {
        let exact = longer.map(|longer| self.runs[longer].meanings.of(self.meanings));
        if let Some(exact) = exact.filter(|exact| !exact.is_empty()) {
            return exact;
        }
        let endings = self.runs[run].endings.of(self.endings);
        let found = stems.iter().find_map(|stem| endings.iter().find(|ending| ending.stem == *stem));
        found.map_or(&[], |ending| ending.meanings.of(self.meanings))
    }
}

/// A text folded into words, each looked up in the vocabulary.
#[derive(Debug)]
pub struct Words {
    folded: String,
    words: Vec<Word>,
    /// The stems that each word begins with, word after word, longer ones first.
    stems: Vec<u16>,
    /// Which lists have a phrase that begins with one of the words.
    lists: u16,
    characters: usize,
}

/// What the lexicon keeps with a text.
#[derive(Default)]
struct Folded {
    words: OnceLock<Arc<Words>>,
}

impl Answers for Folded {
    const ROOM: Room = Room::Lexicon;
}

/// Bytes of a short word and its blank: of so many, hardly a text has more words.
const SHORT_WORD: usize = 6;

/// Where the words of a folded text stand. They are so short that the next blank is found soonest byte by byte.
fn parted(folded: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let rest = folded.as_bytes().get(next..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
        let word = next..next + length;
        next = word.end + 1;
        Some(word)
    })
}

impl Words {
    /// The words of a text.
    pub fn of(text: &(impl Asked + ?Sized)) -> Arc<Self> {
        Self::known(&text.known()).clone()
    }

    /// The words of a text that is not likely to be met again.
    pub fn unknown(text: &str) -> Self {
        Self::looked_up(loose(text))
    }

    fn known(text: &Text) -> &Arc<Self> {
        answer(&text.answers::<Folded>().words, || Arc::new(Self::unknown(text)))
    }

    fn looked_up(folded: String) -> Self {
        let vocabulary = &super::lexicon().vocabulary;
        let mut stems = Vec::new();
        let mut words: Vec<Word> = Vec::with_capacity(folded.len() / SHORT_WORD + 1);
        RecentWords::of_thread(|recent| {
            words.extend(parted(&folded).map(|word| recent.look_up(vocabulary, &folded, word, &mut stems)));
        });
        let lists = words.iter().fold(0, |lists, word| lists | word.lists);
        let characters = if folded.is_ascii() { folded.len() } else { folded.chars().count() };
        Self { folded, words, stems, lists, characters }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True where there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The folded text.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The folded text of a run of words.
    pub fn run(&self, start: usize, length: usize) -> &str {
        &self.folded[self.words[start].start as usize..self.words[start + length - 1].end as usize]
    }

    /// The stems that a word begins with.
    fn stems_of(&self, word: usize) -> &[u16] {
        let end = |word: usize| self.words[word].stems_end as usize;
        &self.stems[word.checked_sub(1).map_or(0, end)..end(word)]
    }

    fn hits<M: Copy>(&self, start: usize, words: usize, meanings: &[M]) -> impl Iterator<Item = Hit<M>> {
        let characters = self.run(start, words).chars().count();
        let coverage = characters as f32 / self.characters.max(1) as f32;
        meanings.iter().map(move |meaning| Hit { meaning: *meaning, start, words, characters, coverage })
    }
}
