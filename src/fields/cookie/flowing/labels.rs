//! Labels and values in text that flows on: each record begins with the label of its name, and the same labels follow in it every time.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::parts::Parts;
use super::tables::{NamedWords, named_words};
use crate::fields::cookie::lines::joined_cells::{printed, word_places};
use crate::lexicon::{Field, Hit};
use crate::text::{COLONS, SENTENCE_ENDS, collapse};
use crate::value::{duration, host, name};

/// Records that print the same labels are no chance.
const LEAST_RECORDS: usize = 2;
/// A label that no lexicon knows has at most so many words.
const MOST_LABEL_WORDS: usize = 4;
/// The longest lifetime, in words.
const LONGEST_LIFETIME: usize = 9;
/// The last value of all has at most so many words.
const LONGEST_LAST: usize = 40;

/// True where the headers of a line could be the labels of records: those of names, and one of a lifetime.
pub fn may_label(headers: &[Hit<Field>]) -> bool {
    let count = |field| headers.iter().filter(|header| header.meaning == field).count();
    count(Field::Name) >= LEAST_RECORDS && count(Field::Duration) > 0
}

/// Parts a line into its records and what stands around them; false where there is none.
pub fn part(text: &str, parts: &mut Parts) -> bool {
    let text = collapse(text);
    let Some(labelled) = Labelled::of(&text) else { return false };
    labelled.part(parts);
    true
}

/// A line with its records.
struct Labelled<'a> {
    text: &'a str,
    words: Vec<Range<usize>>,
    /// The labels that each record has, in order.
    records: Vec<Vec<Label>>,
}

/// A label: its words, and the word behind its value.
struct Label {
    words: Range<usize>,
    field: Field,
    end: usize,
}

impl<'a> Labelled<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let words = word_places(text);
        let labels = labels(text, &words);
        let starts = name_labels(text, &words, &labels)?;
        let mut found = Self { text, words, records: Vec::new() };
        found.records = found.records_at(&labels, &starts);
        let lasting =
            found.records.iter().filter(|record| record.iter().any(|label| label.field == Field::Duration)).count();
        (found.records.len() >= LEAST_RECORDS && lasting * 2 >= found.records.len()).then_some(found)
    }

    /// The records that begin with some labels, with those of the others that most of them have.
    fn records_at(&self, labels: &[NamedWords], starts: &[usize]) -> Vec<Vec<Label>> {
        let end = |at: usize| starts.get(at + 1).map_or(labels.len(), |next| *next);
        let printed = |label: &NamedWords| self.printed(&label.words);
        let mut having: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, start) in starts.iter().enumerate() {
            let own: BTreeSet<&str> = labels[*start..end(at)].iter().map(printed).collect();
            own.into_iter().for_each(|label| *having.entry(label).or_default() += 1);
        }
        let usual = |label: &&NamedWords| having[printed(label)] * 2 > starts.len();
        let record = |(at, start): (usize, &usize)| {
            let mut seen = BTreeSet::new();
            let own = labels[*start..end(at)].iter().filter(usual).filter(|label| seen.insert(printed(label)));
            let label = |label: &NamedWords| Label { words: label.words.clone(), field: label.fields[0], end: 0 };
            let mut record: Vec<Label> = own.map(label).collect();
            let last = labels.get(end(at)).map_or(self.words.len(), |next| next.words.start);
            let ends: Vec<usize> = record.iter().skip(1).map(|label| label.words.start).chain([last]).collect();
            record.iter_mut().zip(ends).for_each(|(label, end)| label.end = end);
            record
        };
        let mut records: Vec<Vec<Label>> = starts.iter().enumerate().map(record).collect();
        self.close(&mut records);
        records.retain(|record| record.len() > 1);
        records
    }

    /// The last value of a record ends where values of its label do: what follows is no part of it.
    fn close(&self, records: &mut [Vec<Label>]) {
        let values: Vec<&str> =
            records.iter().filter_map(|record| record.last()).map(|label| self.value(label)).collect();
        let shortest = values.iter().min_by_key(|value| value.len()).copied().unwrap_or("");
        let common = values.iter().filter(|value| value.starts_with(shortest)).count() * 2 > values.len();
        let words = shortest.split_whitespace().count();
        let ends: Vec<Option<usize>> = records
            .iter()
            .map(|record| {
                let label = record.last()?;
                let starts = common && self.value(label).starts_with(shortest);
                Some(if starts { label.words.end + words } else { self.end_of_value(label) })
            })
            .collect();
        for (record, end) in records.iter_mut().zip(ends) {
            if let (Some(label), Some(end)) = (record.last_mut(), end) {
                label.end = end.min(label.end);
            }
        }
    }

    /// Where a value ends by its look: a lifetime, a host, or else a sentence.
    fn end_of_value(&self, label: &Label) -> usize {
        let first = label.words.end;
        let most = label.end.min(first + LONGEST_LAST);
        let text = |end: usize| self.printed(&(first..end));
        let lasts = |end: &usize| duration::likeness(text(*end)) >= 0.95;
        let lifetime = || (first + 1..=most.min(first + LONGEST_LIFETIME)).rev().find(lasts);
        let hosts = || (first..most).take_while(|at| host::likeness(self.printed(&(*at..at + 1))) >= 1.0).count();
        let sentence = || (first + 1..=most).find(|end| text(*end).ends_with(SENTENCE_ENDS));
        let found = match label.field {
            Field::Duration => lifetime(),
            Field::Domain | Field::Provider => Some(first + hosts()).filter(|end| *end > first),
            _ => None,
        };
        found.or_else(sentence).unwrap_or(most)
    }

    fn printed(&self, words: &Range<usize>) -> &'a str {
        printed(self.text, &self.words, words)
    }

    fn value(&self, label: &Label) -> &'a str {
        self.printed(&(label.words.end..label.end))
    }

    fn part(&self, parts: &mut Parts) {
        let mut passed = 0;
        for record in &self.records {
            let (Some(first), Some(last)) = (record.first(), record.last()) else { continue };
            parts.push_between(self.printed(&(passed..first.words.start)));
            let pair = |label: &Label| {
                let printed = self.printed(&label.words).trim_end_matches(COLONS);
                format!("{printed}: {}", self.value(label).trim_start_matches(COLONS).trim_start())
            };
            parts.push_text(&record.iter().map(pair).collect::<Vec<_>>().join("\n"));
            passed = last.end;
        }
        parts.push_between(self.printed(&(passed..self.words.len())));
    }
}

/// The words that could be labels: headers that a lexicon knows and words before a colon, less those in small letters that nothing parts from
/// what follows.
fn labels(text: &str, words: &[Range<usize>]) -> Vec<NamedWords> {
    let printed = |place: &Range<usize>| printed(text, words, place);
    let mut known = named_words(text, words);
    known.retain(|label| {
        !printed(&label.words).starts_with(char::is_lowercase) || printed(&label.words).ends_with(COLONS)
    });
    let mut of_word: Vec<bool> = vec![false; words.len()];
    known.iter().for_each(|label| of_word[label.words.clone()].fill(true));
    let opening = |at: usize, of_word: &[bool]| {
        let before = (at.saturating_sub(MOST_LABEL_WORDS - 1)..at).rev().take_while(|start| !of_word[*start]);
        let mut starts = std::iter::once(at).chain(before);
        starts.find(|start| printed(&(*start..start + 1)).starts_with(char::is_uppercase))
    };
    // "Processor's privacy policy:" begins with its capital.
    for label in &mut known {
        label.words.start = opening(label.words.start, &of_word).unwrap_or(label.words.start);
    }
    let unknown = (0..words.len()).filter(|at| !of_word[*at] && printed(&(*at..at + 1)).ends_with(COLONS));
    let label = |at: usize| Some(NamedWords { words: opening(at, &of_word)?..at + 1, fields: vec![Field::Extra] });
    known.extend(unknown.filter_map(label).collect::<Vec<_>>());
    known.sort_by_key(|label| label.words.start);
    known
}

/// Which labels are that of the name: the words that most often stand right before a name beyond doubt.
fn name_labels(text: &str, words: &[Range<usize>], labels: &[NamedWords]) -> Option<Vec<usize>> {
    let printed = |label: &NamedWords| printed(text, words, &label.words);
    let named = |label: &&NamedWords| {
        let next = words.get(label.words.end).map_or("", |word| &text[word.clone()]);
        label.fields.contains(&Field::Name) && name::likeness(name::clean(next)) >= name::CONVINCING
    };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    labels.iter().filter(named).for_each(|label| *times.entry(printed(label)).or_default() += 1);
    let (label, times) = times.into_iter().max_by_key(|(_, times)| *times)?;
    let all: Vec<usize> = (0..labels.len()).filter(|at| printed(&labels[*at]) == label).collect();
    (times >= LEAST_RECORDS && times * 2 >= all.len()).then_some(all)
}
