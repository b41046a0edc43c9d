//! Near-duplicates among templates: which are another one with a word changed or a sentence added. Never merged, only linked.
//!
//! Shared templates are taken by rank: those of more platforms first, then those of more documents, ties by id. Each is linked to
//! the one that it resembles most among those before it which are no variants themselves, if that is at least by one half.
//! Templates of one platform alone are linked likewise, but nothing is ever a variant of them. So the links are a function of the
//! set, and no chain of variants leads away from a text. Candidates come from signatures, never from all pairs.

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::Boilerplate;
use super::mask::without_markup;
use super::resemblance::{BANDS, WordPairs};
use super::word_count::words;
use super::words::{WordChange, word_changes};
use crate::text::caseless;

/// Two templates are near-duplicates from this resemblance on.
const LIKE: f64 = 0.5;
/// Shorter templates (headings, labels) resemble each other by chance.
const MIN_WORDS: u64 = 5;
/// How many templates of one band are looked at, by rank.
const MAX_IN_BAND: usize = 16;

/// How much a text resembles another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Resemblance {
    /// The share of their pairs of words in common, 0 to 1. `boilerplate.ndjson` has it to four places.
    pub similarity: f64,
    /// What changed, word by word, if the text is a near-duplicate; else null.
    pub changes: Option<Vec<WordChange>>,
}

/// The bands of the signature of a template, given any printed form of it: near-duplicates have one in common. None if it is too short to be one.
pub fn signature(form: &str) -> Vec<String> {
    let bands = Query::pairs_of(form).map(|pairs| pairs.bands());
    let named = |(number, band): (usize, &u64)| format!("{number:02x}{band:016x}");
    bands.iter().flatten().enumerate().map(named).collect()
}

impl Resemblance {
    /// That of a template to another one, each given as its most frequent form.
    pub fn of(original: &str, template: &str) -> Self {
        let similarity = compared(original).resemblance(&compared(template));
        let long = [original, template].iter().all(|form| is_long(form));
        let changes = (long && similarity >= LIKE).then(|| word_changes(original, template));
        Self { similarity, changes }
    }
}

/// Templates that are no variants, to be found by what resembles them.
#[derive(Default)]
pub(super) struct Originals {
    known: Vec<Original>,
    bands: FxHashMap<(usize, u64), Vec<usize>>,
    /// The pairs of words of all of them.
    pairs: FxHashSet<u64>,
}

struct Original {
    id: String,
    template: String,
    pairs: WordPairs,
}

/// A text made ready to be looked up.
struct Query {
    pairs: WordPairs,
    bands: [u64; BANDS],
}

impl Originals {
    /// Links the near-duplicates among shared templates, which come in any order, and keeps those that are none.
    pub(super) fn link(shared: &mut [Boilerplate]) -> Self {
        shared
            .sort_by(|a, b| (b.platforms, b.documents).cmp(&(a.platforms, a.documents)).then_with(|| a.id.cmp(&b.id)));
        let mut originals = Self::default();
        for line in shared.iter_mut() {
            let Some(query) = Query::pairs_of(&line.template).map(Query::of) else { continue };
            match originals.likest(&query) {
                Some(found) => found.link(line),
                None => originals.add(line, query),
            }
        }
        originals
    }

    /// The line of a template of one platform alone, given any printed form of it, if it resembles a shared one.
    pub(super) fn variant(&self, form: &str, line: impl FnOnce() -> Boilerplate) -> Option<Boilerplate> {
        let pairs = Query::pairs_of(form)?;
        let found = self.likest(&Query::of(self.may_be_like(&pairs).then_some(pairs)?))?;
        let mut line = line();
        found.link(&mut line);
        Some(line)
    }

    fn add(&mut self, line: &Boilerplate, query: Query) {
        for band in query.numbered_bands() {
            let places = self.bands.entry(band).or_default();
            if places.len() < MAX_IN_BAND {
                places.push(self.known.len());
            }
        }
        self.pairs.extend(query.pairs.each());
        let (id, template) = (line.id.clone(), line.template.clone());
        self.known.push(Original { id, template, pairs: query.pairs });
    }

    /// False where nothing known can resemble a text by one half: then at least half of its pairs would be known.
    fn may_be_like(&self, pairs: &WordPairs) -> bool {
        let unknown = pairs.each().filter(|pair| !self.pairs.contains(pair));
        unknown.take(pairs.each().len() / 2 + 1).count() * 2 <= pairs.each().len()
    }

    /// The one that resembles a text most, if any does; of equally like ones that of the highest rank.
    fn likest(&self, query: &Query) -> Option<Likest<'_>> {
        let places = query.numbered_bands().filter_map(|band| self.bands.get(&band)).flatten();
        let candidates: FxHashSet<usize> = places.copied().collect();
        let likeness = |place: usize| (self.known[place].pairs.resemblance(&query.pairs), place);
        let like = candidates.into_iter().map(likeness).filter(|(likeness, _)| *likeness >= LIKE);
        let best = like.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.map(|(likeness, place)| Likest { original: &self.known[place], likeness })
    }
}

impl Query {
    /// Of a template that is long enough.
    fn pairs_of(form: &str) -> Option<WordPairs> {
        is_long(form).then(|| compared(form))
    }

    fn of(pairs: WordPairs) -> Self {
        let bands = pairs.bands();
        Self { pairs, bands }
    }

    fn numbered_bands(&self) -> impl Iterator<Item = (usize, u64)> {
        self.bands.iter().copied().enumerate()
    }
}

fn is_long(form: &str) -> bool {
    words(form) >= MIN_WORDS
}

/// All forms of a template are one text here, since they differ in what a template forgets.
fn compared(form: &str) -> WordPairs {
    WordPairs::of(&caseless(&without_markup(form)))
}

/// What a template is a variant of.
struct Likest<'a> {
    original: &'a Original,
    likeness: f64,
}

impl Likest<'_> {
    fn link(&self, line: &mut Boilerplate) {
        line.changes = word_changes(&self.original.template, &line.template);
        line.variant_of = Some(self.original.id.clone());
        line.similarity = Some((self.likeness * 10_000.0).round() / 10_000.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::super::{Boilerplate, Corpus, WordOp};
    use super::{Resemblance, signature};

    const USUAL: &str = "We keep what you chose for one year, and then we ask you the same question once more.";

    fn gathered(texts: &[&str]) -> Vec<Boilerplate> {
        let document = |(number, text): (usize, &&str)| {
            Sample::new(&format!("{number}.txt"), &format!("n{number}.example")).text(text).build()
        };
        Corpus::gather(texts.iter().enumerate().map(document).collect(), 2).boilerplate
    }

    #[test]
    fn a_changed_word_and_an_added_sentence_are_linked_with_what_changed() {
        let changed = USUAL.replace("one year", "two years");
        let added = format!("{USUAL} You may also write to us.");
        let other = "Nobody but the two librarians reads what the counter of visits writes down at night.";
        let lines = gathered(&[USUAL, USUAL, USUAL, &changed, &added, &added, other]);
        let usual = lines.iter().find(|line| line.documents == 3).unwrap();
        assert!(usual.variant_of.is_none() && usual.changes.is_empty());
        assert_eq!(lines.len(), 3, "{lines:#?}");
        for line in lines.iter().filter(|line| line.documents < 3) {
            assert_eq!(line.variant_of.as_deref(), Some(usual.id.as_str()));
            assert!(line.similarity.is_some_and(|similarity| (0.5..1.0).contains(&similarity)));
            let inserted = line.changes.iter().filter(|change| change.op == WordOp::Insert);
            let inserted: Vec<_> = inserted.map(|change| change.text.as_str()).collect();
            assert_eq!(inserted, if line.platforms == 1 { ["two years,"] } else { ["You may also write to us."] });
        }
    }

    #[test]
    fn a_variant_of_a_variant_leads_to_the_text_itself() {
        let first = USUAL.replace("one year", "two years");
        let second = first.replace("once more", "again and again");
        let lines = gathered(&[USUAL, USUAL, USUAL, &first, &first, &second]);
        let usual = lines.iter().find(|line| line.documents == 3).unwrap();
        let links: Vec<_> = lines.iter().filter_map(|line| line.variant_of.as_ref()).collect();
        assert_eq!(links, [&usual.id, &usual.id]);
    }

    #[test]
    fn texts_of_one_platform_each_are_nobodys_variants() {
        assert!(gathered(&[USUAL, &USUAL.replace("one", "two")]).is_empty());
    }

    #[test]
    fn signatures_and_resemblances_tell_what_is_linked() {
        let changed = USUAL.replace("one year", "two years");
        let other = "Nobody but the two librarians reads what the counter of visits writes down at night.";
        let lines = gathered(&[USUAL, USUAL, USUAL, &changed, other]);
        let linked = lines.iter().find(|line| line.variant_of.is_some()).unwrap();
        let resemblance = Resemblance::of(USUAL, &changed);
        assert_eq!(linked.similarity, Some((resemblance.similarity * 10_000.0).round() / 10_000.0));
        assert_eq!(Some(&linked.changes), resemblance.changes.as_ref());
        let bands = |text: &str| signature(text).into_iter().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(bands(USUAL).len(), 32);
        assert!(!bands(USUAL).is_disjoint(&bands(&changed)) && bands(USUAL).is_disjoint(&bands(other)));
        assert_eq!(bands(USUAL), bands(&USUAL.to_uppercase()));
        assert_eq!(Resemblance::of(USUAL, other).changes, None);
    }

    #[test]
    fn what_is_too_short_is_like_nothing() {
        assert_eq!(signature("Cookies that we use"), [""; 0]);
        assert_eq!(Resemblance::of("We use cookies", "We use cookies"), Resemblance { similarity: 1.0, changes: None });
    }
}
