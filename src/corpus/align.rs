//! Pairs the paragraphs of two documents: by template, then by their words, then by their place. Never all with all.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::resemblance::pairs_with_last;
use super::words::Bag;
use crate::document::{Digest, TextBlockKind};

/// A paragraph to be paired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// Id of its template.
    pub id: Digest<16>,
    /// What it is.
    pub kind: TextBlockKind,
    /// Its comparable text.
    pub text: Cow<'a, str>,
}

/// Which paragraph of the first document is which of the second, by index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// Same template, in the same order.
    pub kept: Vec<(usize, usize)>,
    /// Same template, elsewhere.
    pub moved: Vec<(usize, usize)>,
    /// Like words, or one in the place of the other.
    pub changed: Vec<(usize, usize)>,
    /// Only in the first.
    pub removed: Vec<usize>,
    /// Only in the second.
    pub added: Vec<usize>,
}

/// Two paragraphs are one that was changed from this share of common words on.
const LIKE: f64 = 0.5;
/// A pair of words that more paragraphs than this hold tells none of them apart.
const MAX_POSTINGS: usize = 32;
/// How many paragraphs are looked at for each that lost its template.
const MAX_CANDIDATES: usize = 4;

/// Pairs two sequences of paragraphs; every index is in exactly one list of the result.
pub(crate) fn align(a: &[Piece], b: &[Piece]) -> Alignment {
    align_paired(a, b, same_templates(a, b))
}

/// [`align`], where it is known which paragraphs are of one template, in the order of the first sequence.
pub(crate) fn align_paired(a: &[Piece], b: &[Piece], pairs: Vec<(usize, usize)>) -> Alignment {
    let mut alignment = Alignment::of(pairs, a.len(), b.len());
    alignment.changed = by_words(a, b, &alignment.removed, &alignment.added);
    alignment.forget_changed();
    let replaced = by_place(a, b, &alignment);
    alignment.changed.extend(replaced);
    alignment.changed.sort_unstable();
    alignment.forget_changed();
    alignment
}

impl Piece<'_> {
    fn bag(&self) -> Bag {
        Bag::of(self.text.split_whitespace())
    }
}

impl Alignment {
    /// The longest run of pairs in order is kept, the rest moved.
    fn of(pairs: Vec<(usize, usize)>, old: usize, new: usize) -> Self {
        let mut alignment = Self::default();
        let (mut in_old, mut in_new) = (vec![false; old], vec![false; new]);
        for (pair, kept) in pairs.iter().zip(longest_rise(&pairs)) {
            (in_old[pair.0], in_new[pair.1]) = (true, true);
            if kept { alignment.kept.push(*pair) } else { alignment.moved.push(*pair) }
        }
        alignment.removed = (0..old).filter(|index| !in_old[*index]).collect();
        alignment.added = (0..new).filter(|index| !in_new[*index]).collect();
        alignment
    }

    fn forget_changed(&mut self) {
        let (old, new): (Vec<_>, Vec<_>) = self.changed.iter().copied().unzip();
        let (old, new) = (sorted(old), sorted(new));
        self.removed.retain(|index| old.binary_search(index).is_err());
        self.added.retain(|index| new.binary_search(index).is_err());
    }
}

fn sorted(mut indices: Vec<usize>) -> Vec<usize> {
    indices.sort_unstable();
    indices
}

/// The n-th paragraph of a template is paired with the n-th of the same.
fn same_templates(a: &[Piece], b: &[Piece]) -> Vec<(usize, usize)> {
    let places: FxHashMap<(Digest<16>, usize), usize> = numbered(b).into_iter().zip(0..).collect();
    numbered(a).iter().enumerate().filter_map(|(index, key)| Some((index, *places.get(key)?))).collect()
}

/// Each template with how many of the same came before it.
fn numbered(pieces: &[Piece]) -> Vec<(Digest<16>, usize)> {
    let mut seen: FxHashMap<Digest<16>, usize> = FxHashMap::default();
    let number = |piece: &Piece| {
        let count = seen.entry(piece.id).or_default();
        *count += 1;
        (piece.id, *count)
    };
    pieces.iter().map(number).collect()
}

/// Marks a longest subsequence whose second members rise (patience sorting, n log n).
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<bool> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(_, place)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].1 < place);
        before.push(pile.checked_sub(1).map(|below| tops[below]));
        if pile == tops.len() { tops.push(index) } else { tops[pile] = index }
    }
    let mut marks = vec![false; pairs.len()];
    let mut next = tops.last().copied();
    while let Some(index) = next {
        marks[index] = true;
        next = before[index];
    }
    marks
}

/// Pairs paragraphs that have half of their words in common, the likest first; candidates share a rare pair of words. Words are
/// compared only where the lengths allow that likeness, so that one long paragraph does not meet each short one.
fn by_words(a: &[Piece], b: &[Piece], removed: &[usize], added: &[usize]) -> Vec<(usize, usize)> {
    let index = index(a, b, removed, added);
    let mut bags: FxHashMap<usize, Bag> = FxHashMap::default();
    let mut found = Vec::new();
    for &old in removed {
        let candidates = candidates(&a[old].text, &index);
        let bag = if candidates.is_empty() { continue } else { a[old].bag() };
        for new in candidates {
            let other = bags.entry(new).or_insert_with(|| b[new].bag());
            let likeness = if bag.most_likeness(other) < LIKE { 0.0 } else { bag.likeness(other) };
            if likeness >= LIKE {
                found.push((likeness, old, new));
            }
        }
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    each_once(found.into_iter().map(|(_, old, new)| (old, new)))
}

/// Where the pairs of words of lost paragraphs stand among the new ones.
fn index(a: &[Piece], b: &[Piece], removed: &[usize], added: &[usize]) -> Index {
    let lost = removed.iter().flat_map(|&old| pairs_with_last(&a[old].text));
    let mut index: Index = lost.map(|pair| (pair, Vec::new())).collect();
    for &place in added.iter().filter(|_| !removed.is_empty()) {
        for pair in pairs_with_last(&b[place].text) {
            if let Some(places) = index.get_mut(&pair).filter(|places| places.last() != Some(&place)) {
                places.push(place);
            }
        }
    }
    index
}

/// Paragraphs by the pairs of words that they hold.
type Index = FxHashMap<u64, Vec<usize>>;

fn candidates(text: &str, index: &Index) -> Vec<usize> {
    let mut hits: FxHashMap<usize, usize> = FxHashMap::default();
    for pair in pairs_with_last(text) {
        if let Some(places) = index.get(&pair).filter(|places| places.len() <= MAX_POSTINGS) {
            places.iter().for_each(|place| *hits.entry(*place).or_default() += 1);
        }
    }
    let mut hits: Vec<_> = hits.into_iter().map(|(place, count)| (usize::MAX - count, place)).collect();
    hits.sort_unstable();
    hits.into_iter().take(MAX_CANDIDATES).map(|(_, place)| place).collect()
}

fn each_once(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let (mut old, mut new) = (FxHashSet::default(), FxHashSet::default());
    let mut kept = Vec::new();
    for (a, b) in pairs {
        if !old.contains(&a) && !new.contains(&b) {
            old.insert(a);
            new.insert(b);
            kept.push((a, b));
        }
    }
    kept
}

/// Where equally many paragraphs were lost and won between two that stayed, one stands in the place of the other. Where none
/// stayed there is no place to speak of.
fn by_place(a: &[Piece], b: &[Piece], alignment: &Alignment) -> Vec<(usize, usize)> {
    if alignment.kept.is_empty() {
        return Vec::new();
    }
    let old_gap = |index: usize| alignment.kept.partition_point(|pair| pair.0 < index);
    let new_gap = |index: usize| alignment.kept.partition_point(|pair| pair.1 < index);
    let mut gaps: FxHashMap<usize, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    alignment.removed.iter().for_each(|&index| gaps.entry(old_gap(index)).or_default().0.push(index));
    alignment.added.iter().for_each(|&index| gaps.entry(new_gap(index)).or_default().1.push(index));
    let even = gaps.into_values().filter(|(old, new)| old.len() == new.len());
    let pairs = even.flat_map(|(old, new)| old.into_iter().zip(new));
    pairs.filter(|&(old, new)| a[old].kind == b[new].kind).collect()
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_128;

    use super::*;

    fn pieces<'a>(texts: &[&'a str]) -> Vec<Piece<'a>> {
        let id = |text: &str| xxh3_128(text.as_bytes()).to_be_bytes().into();
        let piece = |text: &&'a str| Piece { id: id(text), kind: TextBlockKind::Paragraph, text: Cow::Borrowed(*text) };
        texts.iter().map(piece).collect()
    }

    #[test]
    fn every_paragraph_is_in_one_list() {
        let a = pieces(&["t", "intro of one", "x", "what we keep for a year", "gone", "y", "y"]);
        let b = pieces(&["y", "t", "hello two", "x", "what we keep for two years", "y", "new", "newer"]);
        let found = align(&a, &b);
        assert_eq!(found.kept, [(0, 1), (2, 3), (5, 0)].map(|pair| if pair == (5, 0) { (6, 5) } else { pair }));
        assert_eq!(found.moved, [(5, 0)]);
        assert_eq!(found.changed, [(1, 2), (3, 4)]);
        assert_eq!((found.removed, found.added), (vec![4], vec![6, 7]));
    }
}
