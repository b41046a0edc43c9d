//! Which words changed between two texts. Bounded: long or unlike texts are shown as one replaced by the other.

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

/// The way from one text to the other, word by word. Equal and deleted runs are the first text, equal and inserted ones the second.
pub fn word_changes(a: &str, b: &str) -> Vec<WordChange> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (mid_a, end) = rest_a.split_at(rest_a.len() - tail);
    let mid_b = &rest_b[..rest_b.len() - tail];
    let mut changes = Vec::new();
    push(&mut changes, WordOp::Equal, &a[..head]);
    push_middle(&mut changes, mid_a, mid_b);
    push(&mut changes, WordOp::Equal, end);
    changes
}

fn push_middle(changes: &mut Vec<WordChange>, a: &[&str], b: &[&str]) {
    if a.len() + b.len() > MAX_WORDS || similarity(a, b) < 0.25 {
        push(changes, WordOp::Delete, a);
        push(changes, WordOp::Insert, b);
        return;
    }
    for op in capture_diff_slices(Algorithm::Patience, a, b) {
        let (old, new) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { .. } = op {
            push(changes, WordOp::Equal, &a[old]);
        } else {
            push(changes, WordOp::Delete, &a[old]);
            push(changes, WordOp::Insert, &b[new]);
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
