//! Finding phrases of a word list inside a text: whole runs of words, longest first, open endings allowed.

use std::collections::HashMap;

use crate::text::loose;

/// An index from phrases to what they mean. A phrase may have several meanings ("type").
#[derive(Debug)]
pub struct Phrases<M> {
    exact: HashMap<String, Vec<M>>,
    stems: HashMap<String, Vec<M>>,
    longest: usize,
    shortest_stem: usize,
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

impl<M> Default for Phrases<M> {
    fn default() -> Self {
        Self { exact: HashMap::new(), stems: HashMap::new(), longest: 0, shortest_stem: usize::MAX }
    }
}

impl<M: Copy + PartialEq> Phrases<M> {
    /// Adds phrases of one meaning; an entry that ends with `*` matches any ending of its last word.
    pub fn add(&mut self, meaning: M, entries: &[String]) {
        for entry in entries {
            let folded = loose(entry);
            self.longest = self.longest.max(folded.split(' ').count());
            let index = if entry.ends_with('*') { &mut self.stems } else { &mut self.exact };
            if entry.ends_with('*') {
                self.shortest_stem = self.shortest_stem.min(folded.len());
            }
            let meanings = index.entry(folded).or_default();
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        }
    }

    /// The meanings of a text that is nothing but one phrase.
    pub fn whole(&self, text: &str) -> Vec<M> {
        self.meanings(&loose(text)).cloned().unwrap_or_default()
    }

    /// Every phrase of the text that no longer one contains, in order.
    pub fn all(&self, text: &str) -> Vec<Hit<M>> {
        self.all_in(&Words::of(text))
    }

    /// [`Phrases::all`] for words that are folded already.
    pub fn all_in(&self, words: &Words) -> Vec<Hit<M>> {
        let mut hits = Vec::new();
        let mut next = 0;
        while next < words.len() {
            match self.longest_at(words, next) {
                Some(length) => {
                    self.push_hits(words, next, length, &mut hits);
                    next += length;
                }
                None => next += 1,
            }
        }
        hits
    }

    /// Every phrase of the text, those inside longer ones too.
    pub fn every(&self, text: &str) -> Vec<Hit<M>> {
        let words = Words::of(text);
        let mut hits = Vec::new();
        for start in 0..words.len() {
            for length in 1..=self.longest.min(words.len() - start) {
                self.push_hits(&words, start, length, &mut hits);
            }
        }
        hits
    }

    /// The longest phrase of the text; of equals the first.
    pub fn longest(&self, text: &str) -> Option<Hit<M>> {
        self.all(text).into_iter().reduce(|best, hit| if hit.characters > best.characters { hit } else { best })
    }

    fn longest_at(&self, words: &Words, start: usize) -> Option<usize> {
        let most = self.longest.min(words.len() - start);
        (1..=most).rev().find(|length| self.meanings(words.run(start, *length)).is_some())
    }

    fn push_hits(&self, words: &Words, start: usize, length: usize, hits: &mut Vec<Hit<M>>) {
        let run = words.run(start, length);
        let characters = run.chars().count();
        let coverage = characters as f32 / words.characters.max(1) as f32;
        for meaning in self.meanings(run).into_iter().flatten() {
            hits.push(Hit { meaning: *meaning, start, words: length, characters, coverage });
        }
    }

    fn meanings(&self, run: &str) -> Option<&Vec<M>> {
        self.exact.get(run).or_else(|| self.stem(run))
    }

    /// The longest stem that the run begins with and that ends inside its last word.
    fn stem(&self, run: &str) -> Option<&Vec<M>> {
        let last_word = run.rfind(' ').map_or(0, |blank| blank + 1);
        let least = self.shortest_stem.max(last_word + 1);
        (least..=run.len()).rev().filter(|end| run.is_char_boundary(*end)).find_map(|end| self.stems.get(&run[..end]))
    }
}

/// A text folded into words.
#[derive(Debug)]
pub struct Words {
    folded: String,
    ends: Vec<usize>,
    starts: Vec<usize>,
    characters: usize,
}

impl Words {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let folded = loose(text);
        let mut starts = Vec::new();
        let mut ends = Vec::new();
        let mut position = 0;
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            starts.push(position);
            position += word.len();
            ends.push(position);
            position += 1;
        }
        let characters = folded.chars().count();
        Self { folded, ends, starts, characters }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// True where there is no word.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The folded text of a run of words.
    pub fn run(&self, start: usize, length: usize) -> &str {
        &self.folded[self.starts[start]..self.ends[start + length - 1]]
    }
}
