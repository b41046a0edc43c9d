//! Categories: "Strictly necessary", "Statistik", "Cookies publicitaires".

use super::Looks;
use crate::document::Category;
use crate::lexicon::{Hit, NameWord, lexicon};
use crate::text::{Asked, Text, answer, fits};

/// The category that a printed text names, whatever else it says: a necessary one first, else the first named.
///
/// "Functional (necessary)" is necessary, and so is "necessary … / functionality cookies".
pub fn classify(text: &(impl Asked + ?Sized)) -> Option<Category> {
    let text = text.known();
    *answer(&text.answers::<Looks>().category, || named(&text))
}

fn named(text: &Text) -> Option<Category> {
    let hits = lexicon().categories.all(text);
    let necessary = hits.iter().any(|hit| hit.meaning == Category::Necessary);
    if necessary { Some(Category::Necessary) } else { hits.first().map(|hit| hit.meaning) }
}

/// How much a cell looks like a category and nothing else, 0 to 1.
pub fn likeness(text: &(impl Asked + ?Sized)) -> f32 {
    let text = &*text.known();
    if !fits(text, 100) || classify(text).is_none() {
        return 0.0;
    }
    (named_share(text) * 1.5).min(1.0)
}

/// Share of the text's characters that category words and the word cookie make up, 0 to 1.
pub fn named_share(text: &(impl Asked + ?Sized)) -> f32 {
    let text = text.known();
    *answer(&text.answers::<Looks>().category_share, || share_named(&text))
}

fn share_named(text: &Text) -> f32 {
    let share = |hits: f32| hits.min(1.0);
    let categories: f32 = coverage(&lexicon().categories.all(text));
    let cookie: f32 =
        lexicon().names.all(text).iter().filter(|hit| hit.meaning == NameWord::Cookie).map(|hit| hit.coverage).sum();
    share(categories + cookie)
}

fn coverage<M: Copy>(hits: &[Hit<M>]) -> f32 {
    let mut next = 0;
    let mut sum = 0.0;
    for hit in hits.iter() {
        if hit.start >= next {
            sum += hit.coverage;
            next = hit.start + hit.words;
        }
    }
    sum
}
