//! The metamorphic test: the same facts, written in every shape that policies are found in and in every language of the lexicon
//! (and in a made-up one), come back as the same rows.
//!
//! A shape is one file of `shapes/` and its two lines in `shapes/mod.rs`; a language is one file of `languages/`. Everything is
//! made from seeds, so that a run says the same on every machine. `metamorphic-floors.toml` holds what each shape and language
//! reaches: `POLINORM_ACCEPT=1 cargo test --test metamorphic` raises floors, only `POLINORM_LOWER_FLOORS=1` lowers them.
//! `POLINORM_KEEP=DIR` writes every document there with the rows expected of it, and a list of what failed.
//! `POLINORM_ONLY=WORD` takes one shape in all languages, or one language in all shapes, and holds no floor; else each shape meets half
//! of the languages. `POLINORM_DOCUMENTS=N` writes N documents of each, to look harder, and holds no floor.
#![allow(clippy::unwrap_used)]

mod facts;
mod floors;
#[path = "../given/mod.rs"]
mod given;
mod html;
mod keep;
mod language;
mod layout;
mod markdown;
mod names;
mod page;
mod policy;
mod score;
mod shapes;
mod spaced_text;
mod tally;

use std::collections::BTreeSet;
use std::fs;

use polinorm::ExtractOptions;
use polinorm::source::Source;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use language::Language;
use policy::Policy;
use score::Verdict;
use shapes::{SHAPES, Shape};
use tally::Tallies;

/// Documents of each shape in each language.
const DOCUMENTS: u64 = 1;

/// A written policy, what was expected of it and what came back.
struct Trial {
    shape: &'static Shape,
    language: &'static Language,
    number: u64,
    text: String,
    verdict: Verdict,
}

#[test]
fn the_same_rows_come_back_from_every_shape_in_every_language() {
    let only = std::env::var("POLINORM_ONLY").ok();
    let asked = |name: &str| only.as_ref().is_some_and(|word| word == name);
    let cases = SHAPES.iter().flat_map(|shape| language::all().iter().map(move |language| (*shape, language)));
    let cases: Vec<_> = match &only {
        Some(_) => cases.filter(|(shape, language)| asked(shape.name) || asked(&language.code)).collect(),
        None => cases.filter(|(shape, language)| is_paired(shape, language)).collect(),
    };
    let more = std::env::var("POLINORM_DOCUMENTS").ok().map(|count| count.parse().unwrap());
    let numbered =
        cases.into_par_iter().flat_map_iter(|case| (0..more.unwrap_or(DOCUMENTS)).map(move |number| (case, number)));
    let trials: Vec<Trial> = numbered.map(|((shape, language), number)| attempt(shape, language, number)).collect();
    assert!(!trials.is_empty(), "no shape and no language is called {only:?}");
    keep::keep(&trials);
    let tallies = Tallies::of(&trials);
    println!("{tallies}");
    if only.is_none() && more.is_none() {
        floors::hold(&tallies);
    }
}

/// Half of all pairs, so that a run stays short; always with English and with the made-up language.
fn is_paired(shape: &Shape, language: &Language) -> bool {
    let half = || xxh3_64(format!("{} {}", shape.name, language.code).as_bytes()).is_multiple_of(2);
    ["en", language::MADE_UP].contains(&language.code.as_str()) || half()
}

fn attempt(shape: &'static Shape, language: &'static Language, number: u64) -> Trial {
    let policy = Policy::new(shape, language, number);
    let text = policy.text();
    let source = Source::new(format!("{}.{}", language.code, shape.ending), text.clone().into_bytes()).unwrap();
    let document = polinorm::extract(&source, &ExtractOptions::default()).unwrap();
    let verdict = Verdict::of(&policy, &document);
    Trial { shape, language, number, text, verdict }
}

#[test]
fn every_file_of_a_shape_is_registered() {
    let files = fs::read_dir(given::here("tests/metamorphic/shapes")).unwrap();
    let files = files.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().replace('_', "-"));
    let files: BTreeSet<String> = files.filter(|name| name != "mod").collect();
    let registered: BTreeSet<String> = SHAPES.iter().map(|shape| shape.name.to_owned()).collect();
    assert_eq!(files, registered);
    assert_eq!(SHAPES.len(), registered.len(), "a shape is registered twice");
}

#[test]
fn every_language_of_the_lexicon_is_written() {
    let written: BTreeSet<&str> = language::all().iter().map(|language| language.code.as_str()).collect();
    let known: BTreeSet<&str> = polinorm::lexicon::LANGUAGES.iter().copied().chain([language::MADE_UP]).collect();
    assert_eq!(written, known);
}
