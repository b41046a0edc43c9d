//! Finding phrases of a word list inside a text: whole runs of words, longest first, open endings allowed.
//!
//! A text is folded into words once, and each word is looked up once for all lists: a word that begins no phrase of a list costs
//! that list nothing.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::vocabulary::{Vocabulary, Word};
use crate::text::{Store, loose, remembered};

/// A list of phrases with what they mean. A phrase may have several meanings ("type").
#[derive(Debug)]
pub struct Phrases<M> {
    /// The list's bit among those of the vocabulary's words.
    list: u16,
    /// Runs of words that phrases begin with; the first is the empty one.
    runs: Vec<Run<M>>,
    /// From a run and one more word to the longer run.
    longer: FxHashMap<(u32, u32), u32>,
}

/// Runs of words that room is made for.
const EXPECTED: usize = 4_000;

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

/// What a run of words means, by itself and with an open ending.
#[derive(Debug)]
struct Run<M> {
    meanings: Vec<M>,
    stems: Vec<(u32, Vec<M>)>,
}

impl<M> Default for Run<M> {
    fn default() -> Self {
        Self { meanings: Vec::new(), stems: Vec::new() }
    }
}

impl<M: Copy + PartialEq> Phrases<M> {
    /// An empty list, the so manyth of the lexicon.
    pub(super) fn numbered(number: u16) -> Self {
        // Growing step by step would cost more than the phrases themselves.
        let longer = FxHashMap::with_capacity_and_hasher(EXPECTED, FxBuildHasher);
        let mut runs = Vec::with_capacity(EXPECTED);
        runs.push(Run::default());
        Self { list: 1 << number, runs, longer }
    }

    /// Adds folded phrases of one meaning; one that ends with `*` matches any ending of its last word.
    pub(super) fn add_all(
        &mut self,
        vocabulary: &mut Vocabulary,
        meaning: M,
        phrases: impl Iterator<Item = &'static str>,
    ) {
        phrases.for_each(|phrase| self.add(vocabulary, meaning, phrase));
    }

    fn add(&mut self, vocabulary: &mut Vocabulary, meaning: M, phrase: &'static str) {
        let stem = phrase.strip_suffix('*');
        let (before, last) = stem.unwrap_or(phrase).rsplit_once(' ').unwrap_or(("", stem.unwrap_or(phrase)));
        let first = if before.is_empty() { 0 } else { self.list };
        let run = before.split(' ').filter(|word| !word.is_empty()).enumerate().fold(0, |run, (at, word)| {
            let word = vocabulary.word(word, if at == 0 { first } else { 0 });
            self.longer_run(run, word)
        });
        let list = if run == 0 { self.list } else { 0 };
        let meanings = if stem.is_some() {
            self.with_stem(run, vocabulary.stem(last, list))
        } else {
            let run = self.longer_run(run, vocabulary.word(last, list));
            &mut self.runs[run as usize].meanings
        };
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }

    fn longer_run(&mut self, run: u32, word: u32) -> u32 {
        let next = self.runs.len() as u32;
        let longer = *self.longer.entry((run, word)).or_insert(next);
        if longer == next {
            self.runs.push(Run::default());
        }
        longer
    }

    fn with_stem(&mut self, run: u32, stem: u32) -> &mut Vec<M> {
        let stems = &mut self.runs[run as usize].stems;
        let at = stems.iter().position(|(known, _)| *known == stem).unwrap_or_else(|| {
            stems.push((stem, Vec::new()));
            stems.len() - 1
        });
        &mut stems[at].1
    }

    /// The meanings of a text that is nothing but one phrase.
    pub fn whole(&self, text: &str) -> &[M] {
        let words = Words::of(text);
        if words.lists & self.list == 0 {
            return &[];
        }
        let mut found: &[M] = &[];
        self.each_from(&words, 0, |length, meanings| {
            if length == words.len() {
                found = meanings;
            }
        });
        found
    }

    /// Every phrase of the text that no longer one contains, in order.
    pub fn all(&self, text: &str) -> Vec<Hit<M>> {
        self.all_in(&Words::of(text))
    }

    /// [`Phrases::all`] for words that are folded already.
    pub fn all_in(&self, words: &Words) -> Vec<Hit<M>> {
        let mut hits = Vec::new();
        if words.lists & self.list == 0 {
            return hits;
        }
        let mut next = 0;
        while next < words.len() {
            let mut longest: Option<(usize, &[M])> = None;
            self.each_from(words, next, |length, meanings| longest = Some((length, meanings)));
            if let Some((length, meanings)) = longest {
                hits.extend(words.hits(next, length, meanings));
            }
            next += longest.map_or(1, |(length, _)| length);
        }
        hits
    }

    /// True where one of the phrases that [`Phrases::all`] finds means this.
    pub fn says(&self, text: &str, meaning: M) -> bool {
        self.all(text).iter().any(|hit| hit.meaning == meaning)
    }

    /// Every phrase of the text, those inside longer ones too.
    pub fn every(&self, text: &str) -> Vec<Hit<M>> {
        let words = Words::of(text);
        let mut hits = Vec::new();
        for start in 0..words.len() {
            self.each_from(&words, start, |length, meanings| hits.extend(words.hits(start, length, meanings)));
        }
        hits
    }

    /// The longest phrase of the text; of equals the first.
    pub fn longest(&self, text: &str) -> Option<Hit<M>> {
        self.all(text).into_iter().reduce(|best, hit| if hit.characters > best.characters { hit } else { best })
    }

    /// Calls back with the length and the meanings of each phrase that begins at a word, shorter ones first.
    fn each_from<'a>(&'a self, words: &Words, start: usize, mut visit: impl FnMut(usize, &'a [M])) {
        if words.words.get(start).is_none_or(|word| word.lists & self.list == 0) {
            return;
        }
        let mut run = 0;
        for (index, word) in words.words[start..].iter().enumerate() {
            let longer = self.longer.get(&(run, word.number)).copied().filter(|_| word.number != 0);
            let meanings = self.meanings(run, longer, &words.stems[word.stems.clone()]);
            if !meanings.is_empty() {
                visit(index + 1, meanings);
            }
            match longer {
                Some(longer) => run = longer,
                None => return,
            }
        }
    }

    /// What a run means with one more word: by the word itself, else by the longest stem that it begins with.
    fn meanings(&self, run: u32, longer: Option<u32>, stems: &[u32]) -> &[M] {
        if let Some(exact) = longer.map(|longer| &self.runs[longer as usize].meanings).filter(|exact| !exact.is_empty())
        {
            return exact;
        }
        let open = &self.runs[run as usize].stems;
        let found = stems.iter().find_map(|stem| open.iter().find(|(known, _)| known == stem));
        found.map_or(&[], |(_, meanings)| meanings)
    }
}

/// A text folded into words, each looked up in the vocabulary.
#[derive(Debug)]
pub struct Words {
    folded: String,
    words: Vec<Word>,
    /// The stems that each word begins with, word after word, longer ones first.
    stems: Vec<u32>,
    /// Which lists have a phrase that begins with one of the words.
    lists: u16,
    characters: usize,
}

impl Words {
    /// Folds a text.
    pub fn of(text: &str) -> Rc<Self> {
        thread_local! {
            static FOLDED: Store<Rc<Words>> = RefCell::default();
        }
        remembered(&FOLDED, text, |text| Rc::new(Self::folded(loose(text), &super::lexicon().vocabulary)))
    }

    fn folded(folded: String, vocabulary: &Vocabulary) -> Self {
        let mut stems = Vec::new();
        let mut start = 0;
        let looked_up = |word: &str| {
            let found = vocabulary.look_up(word, start, &mut stems);
            start += word.len() + 1;
            found
        };
        let words: Vec<Word> = folded.split(' ').filter(|word| !word.is_empty()).map(looked_up).collect();
        let lists = words.iter().fold(0, |lists, word| lists | word.lists);
        let characters = folded.chars().count();
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

    /// The folded text of a run of words.
    pub fn run(&self, start: usize, length: usize) -> &str {
        &self.folded[self.words[start].start..self.words[start + length - 1].end]
    }

    fn hits<M: Copy>(&self, start: usize, words: usize, meanings: &[M]) -> impl Iterator<Item = Hit<M>> {
        let characters = self.run(start, words).chars().count();
        let coverage = characters as f32 / self.characters.max(1) as f32;
        meanings.iter().map(move |meaning| Hit { meaning: *meaning, start, words, characters, coverage })
    }
}
