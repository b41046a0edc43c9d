//! Which words changed between two texts. Bounded: long or unlike texts are shown as one replaced by the other.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use xxhash_rust::xxh3::xxh3_64;

/// A run of words that both texts have or one of them alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WordChange {
    /// Which text has it.
    pub op: WordOp,
    /// The words, set apart by one blank.
    pub text: String,
}

/// What happened to a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WordOp {
    /// Both texts have it.
    Equal,
    /// The first text alone has it.
    Delete,
    /// The second text alone has it.
    Insert,
}

/// Beyond this many words left after the common beginning and end, two texts are not compared word by word.
const MAX_WORDS: usize = 2_000;

/// The words of a text as they are printed, each with the form in which it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PrintedWords {
    printed: Vec<String>,
    compared: Vec<String>,
}

impl PrintedWords {
    /// Of words as printed and as compared.
    pub(super) fn of(words: impl Iterator<Item = (String, String)>) -> Self {
        let (printed, compared) = words.unzip();
        Self { printed, compared }
    }

    fn all(&self) -> Words<'_> {
        let printed = self.printed.iter().map(String::as_str).collect();
        Words { printed, compared: self.compared.iter().map(String::as_str).collect() }
    }
}

/// The words of a text, which are compared in another form than they are shown in.
struct Words<'t> {
    printed: Vec<&'t str>,
    compared: Vec<&'t str>,
}

impl<'t> Words<'t> {
    /// Those that are compared as they are.
    fn of(text: &'t str) -> Self {
        let words: Vec<_> = text.split_whitespace().collect();
        Self { printed: words.clone(), compared: words }
    }

    fn len(&self) -> usize {
        self.compared.len()
    }
}

/// The way from one text to the other, word by word. Equal and deleted runs are the first text, equal and inserted ones the second.
pub fn word_changes(a: &str, b: &str) -> Vec<WordChange> {
    changes(&Words::of(a), &Words::of(b))
}

/// The way from one text to the other in their printed words. What both say is shown as the second prints it.
pub(super) fn printed_changes(a: &PrintedWords, b: &PrintedWords) -> Vec<WordChange> {
    changes(&a.all(), &b.all())
}

fn changes(a: &Words, b: &Words) -> Vec<WordChange> {
    let head = a.compared.iter().zip(&b.compared).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a.compared[head..], &b.compared[head..]);
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let mut changes = Vec::new();
    push(&mut changes, WordOp::Equal, &b.printed[..head]);
    push_middle(&mut changes, [a, b], [head..a.len() - tail, head..b.len() - tail]);
    push(&mut changes, WordOp::Equal, &b.printed[b.len() - tail..]);
    changes
}

fn push_middle(changes: &mut Vec<WordChange>, [a, b]: [&Words; 2], [own, other]: [Range<usize>; 2]) {
    let (old, new) = (&a.compared[own.clone()], &b.compared[other.clone()]);
    let (printed_old, printed_new) = (&a.printed[own], &b.printed[other]);
    if old.len() + new.len() > MAX_WORDS || similarity(old, new) < 0.25 {
        push(changes, WordOp::Delete, printed_old);
        push(changes, WordOp::Insert, printed_new);
        return;
    }
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        if let DiffOp::Equal { .. } = op {
            push(changes, WordOp::Equal, &printed_new[op.new_range()]);
        } else {
            push(changes, WordOp::Delete, &printed_old[op.old_range()]);
            push(changes, WordOp::Insert, &printed_new[op.new_range()]);
        }
    }
}

fn push(changes: &mut Vec<WordChange>, op: WordOp, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    match changes.last_mut().filter(|last| last.op == op) {
        Some(last) => last.text = format!("{} {}", last.text, words.join(" ")),
        None => changes.push(WordChange { op, text: words.join(" ") }),
    }
}

/// Words of both that stand far from any change are cut to `near` on each side of one.
pub(crate) fn elided(changes: &[WordChange], near: usize) -> Vec<WordChange> {
    let last = changes.len().saturating_sub(1);
    let cut = |(index, change): (usize, &WordChange)| match change.op {
        WordOp::Equal => {
            let text = cut_between(&change.text, near * usize::from(index > 0), near * usize::from(index < last));
            WordChange { text, ..change.clone() }
        }
        _ => change.clone(),
    };
    changes.iter().enumerate().map(cut).collect()
}

/// The first and the last words of a text, with an ellipsis for the others.
fn cut_between(text: &str, head: usize, tail: usize) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let (head, tail) = (&words[..head], &words[words.len() - tail..]);
    [head, &["…"], tail].concat().join(" ")
}

/// Share of the words that two texts have in common, however ordered: 0 to 1 (Dice's coefficient of the bags of words).
pub(crate) fn similarity(a: &[&str], b: &[&str]) -> f64 {
    Bag::of(a.iter().copied()).likeness(&Bag::of(b.iter().copied()))
}

/// The words of a text without their order, to be likened to many others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bag(Vec<u64>);

impl Bag {
    /// Of words in any order, each by its hash.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut words: Vec<_> = words.map(|word| xxh3_64(word.as_bytes())).collect();
        words.sort_unstable();
        Self(words)
    }

    /// Dice's coefficient of two bags, 0 to 1. The cost grows with the larger one.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let (x, y) = (&self.0, &other.0);
        let (mut i, mut j, mut common) = (0, 0, 0);
        while i < x.len() && j < y.len() {
            match x[i].cmp(&y[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
            }
        }
        2.0 * f64::from(common) / (x.len() + y.len()).max(1) as f64
    }

    /// The most that [`Bag::likeness`] can be, by the numbers of words alone.
    pub(crate) fn most_likeness(&self, other: &Self) -> f64 {
        let (x, y) = (self.0.len(), other.0.len());
        2.0 * x.min(y) as f64 / (x + y).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(changes: &[WordChange], without: WordOp) -> String {
        let kept = changes.iter().filter(|change| change.op != without);
        kept.map(|change| change.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn both_texts_can_be_read_from_the_changes() {
        let pairs = [
            ("", ""),
            ("a b c", "a x c"),
            ("one two three four", "zero two three four five"),
            ("a b", "c d"),
            ("a a a", "a a"),
        ];
        for (a, b) in pairs {
            let changes = word_changes(a, b);
            assert_eq!(side(&changes, WordOp::Insert), a);
            assert_eq!(side(&changes, WordOp::Delete), b);
        }
        assert_eq!(word_changes("we keep it for one year", "we keep it for two years").len(), 3);
    }

    #[test]
    fn words_far_from_a_change_are_cut() {
        let change = |op, text: &str| WordChange { op, text: text.to_owned() };
        let changes = [
            change(WordOp::Equal, "a b c d"),
            change(WordOp::Delete, "x"),
            change(WordOp::Equal, "e f g h i j"),
            change(WordOp::Insert, "y"),
            change(WordOp::Equal, "k l"),
        ];
        let texts: Vec<_> = elided(&changes, 2).into_iter().map(|change| change.text).collect();
        assert_eq!(texts, ["… c d", "x", "e f … i j", "y", "k l"]);
    }
}
