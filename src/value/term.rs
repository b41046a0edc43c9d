//! Cells that are one term of a short list: first or third party, storage technologies, words of consent dialogs.

use super::Looks;
use crate::document::{Party, Storage};
use crate::lexicon::{Phrases, lexicon};
use crate::text::{Asked, Text, answer, fits};

/// The party that a cell names, where party words make up most of it.
pub fn party(text: &(impl Asked + ?Sized)) -> Option<Party> {
    let text = text.known();
    *answer(&text.answers::<Looks>().party, || dominant(&lexicon().parties, &text))
}

/// The storage technology that a cell names, where storage words make up most of it.
pub fn storage(text: &(impl Asked + ?Sized)) -> Option<Storage> {
    let text = text.known();
    *answer(&text.answers::<Looks>().storage, || dominant(&lexicon().storages, &text))
}

/// True for what consent dialogs print among their rows: "Learn more", "Always active", "n/a".
pub fn is_filler(text: &(impl Asked + ?Sized)) -> bool {
    let text = text.known();
    *answer(&text.answers::<Looks>().filler, || fills(&text))
}

fn fills(text: &Text) -> bool {
    let blank = !text.chars().any(char::is_alphanumeric);
    blank || fits(text, 60) && !lexicon().consent.whole(text).is_empty()
}

fn dominant<M: Copy + PartialEq>(phrases: &Phrases<M>, text: &Text) -> Option<M> {
    if !fits(text, 60) {
        return None;
    }
    let hits = phrases.all(text);
    let covered: f32 = hits.iter().map(|hit| hit.coverage).sum();
    let best = hits.iter().max_by(|a, b| a.characters.cmp(&b.characters).then(b.start.cmp(&a.start)))?;
    (covered >= 0.7).then_some(best.meaning)
}
