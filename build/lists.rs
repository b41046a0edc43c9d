//! The words and the phrases of the lexicon, numbered and indexed as `src/lexicon/vocabulary.rs` and `phrases.rs` look them up.

use std::collections::{BTreeMap, HashMap};

use super::slots::{hash_of_run, laid_out};
use super::source::{Keyed, keys, list, slots, stretch, structure};

/// All words and stems of all lists; their numbers count both, from 1.
#[derive(Default)]
pub struct Vocabulary {
    words: Keyed<Known>,
    stems: Keyed<Known>,
    stem_texts: Vec<String>,
    count: u16,
}

#[derive(Default, Clone, Copy)]
struct Known {
    number: u16,
    lists: u16,
}

/// Bytes of a stem that it is found by.
const OPENING: usize = 3;

impl Vocabulary {
    /// The number of a word that begins phrases of these lists.
    fn word(&mut self, word: &str, lists: u16) -> u16 {
        self.words.of(word).begin(lists, &mut self.count)
    }

    /// The number of a stem that begins phrases of these lists.
    fn stem(&mut self, stem: &str, lists: u16) -> u16 {
        let number = self.stems.of(stem).begin(lists, &mut self.count);
        if self.stems.values().len() > self.stem_texts.len() {
            self.stem_texts.push(stem.to_owned());
        }
        number
    }

    /// `Vocabulary`.
    pub fn source(&self) -> String {
        let mut by_opening: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for (place, stem) in self.stem_texts.iter().enumerate() {
            by_opening.entry(stem.as_bytes().get(..OPENING).unwrap_or_default()).or_default().push(place);
        }
        let mut openings = Keyed::default();
        let mut order: Vec<usize> = Vec::new();
        let mut short = stretch(0, 0);
        for (opening, mut places) in by_opening {
            // Of two stems of a length no word begins with both.
            places.sort_by_key(|place| std::cmp::Reverse(self.stem_texts[*place].len()));
            order.extend(&places);
            let own = stretch(places.len(), order.len());
            if opening.is_empty() { short = own } else { openings.set(opening, own) }
        }
        let texts: Vec<Vec<u8>> = order.iter().map(|place| self.stem_texts[*place].clone().into_bytes()).collect();
        let fields = [
            ("words", self.words.source(Known::source)),
            ("openings", openings.source(String::clone)),
            ("short", short),
            ("stems", keys(&texts)),
            ("known", list(order.iter().map(|place| self.stems.values()[*place].source()))),
        ];
        structure("Vocabulary", fields)
    }
}

impl Known {
    fn begin(&mut self, lists: u16, count: &mut u16) -> u16 {
        if self.number == 0 {
            *count = count.checked_add(1).expect("the lexicon has fewer words");
            self.number = *count;
        }
        self.lists |= lists;
        self.number
    }

    fn source(&self) -> String {
        format!("Known {{ number: {}, lists: {} }}", self.number, self.lists)
    }
}

/// A list of phrases.
pub struct Phrases {
    list: u16,
    /// The first is the empty one.
    runs: Vec<Run>,
    longer: HashMap<(u16, u16), u16>,
}

#[derive(Default)]
struct Run {
    before: u16,
    word: u16,
    meanings: Vec<String>,
    endings: Vec<Ending>,
}

/// Meanings with any word behind the run that begins with a stem.
struct Ending {
    stem: u16,
    meanings: Vec<String>,
}

impl Phrases {
    /// An empty list, the so manyth of the lexicon.
    pub fn numbered(number: usize) -> Self {
        Self { list: 1 << number, runs: vec![Run::default()], longer: HashMap::new() }
    }

    /// Adds a folded phrase; with an open ending, it matches any ending of its last word.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, meaning: &str, phrase: &str, open: bool) {
        let words: Vec<&str> = phrase.split(' ').collect();
        let (last, before) = words.split_last().expect("a phrase has a word");
        // Only the word that begins a phrase leads to its list.
        let lists = |at: usize| if at == 0 { self.list } else { 0 };
        let begun = lists(before.len());
        let numbers: Vec<u16> = before.iter().enumerate().map(|(at, word)| vocabulary.word(word, lists(at))).collect();
        let run = numbers.into_iter().fold(0, |run, word| self.longer_run(run, word));
        let meanings = if open {
            self.ending(run, vocabulary.stem(last, begun))
        } else {
            let run = self.longer_run(run, vocabulary.word(last, begun));
            &mut self.runs[usize::from(run)].meanings
        };
        if !meanings.iter().any(|known| known == meaning) {
            meanings.push(meaning.to_owned());
        }
    }

    fn longer_run(&mut self, before: u16, word: u16) -> u16 {
        let next = u16::try_from(self.runs.len()).expect("a list of the lexicon is shorter");
        let longer = *self.longer.entry((before, word)).or_insert(next);
        if longer == next {
            self.runs.push(Run { before, word, ..Run::default() });
        }
        longer
    }

    fn ending(&mut self, run: u16, stem: u16) -> &mut Vec<String> {
        let endings = &mut self.runs[usize::from(run)].endings;
        let at = endings.iter().position(|ending| ending.stem == stem).unwrap_or_else(|| {
            endings.push(Ending { stem, meanings: Vec::new() });
            endings.len() - 1
        });
        &mut endings[at].meanings
    }

    /// `Phrases`.
    pub fn source(&self) -> String {
        let (mut runs, mut endings, mut meanings) = (Vec::new(), Vec::new(), Vec::new());
        for run in &self.runs {
            meanings.extend_from_slice(&run.meanings);
            let own = stretch(run.meanings.len(), meanings.len());
            for ending in &run.endings {
                meanings.extend_from_slice(&ending.meanings);
                let own = stretch(ending.meanings.len(), meanings.len());
                endings.push(structure("Ending", [("stem", ending.stem.to_string()), ("meanings", own)]));
            }
            let open = stretch(run.endings.len(), endings.len());
            let place = [("before", run.before.to_string()), ("word", run.word.to_string())];
            runs.push(structure("Run", place.into_iter().chain([("meanings", own), ("endings", open)])));
        }
        let places = laid_out(self.runs[1..].iter().map(|run| hash_of_run(run.before, run.word)));
        let fields = [
            ("list", self.list.to_string()),
            ("runs", list(runs)),
            ("longer", slots(&places)),
            ("endings", list(endings)),
            ("meanings", list(meanings)),
        ];
        structure("Phrases", fields)
    }
}
