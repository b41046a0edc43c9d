//! The cost of a comparison grows with the size of two documents and not with their product, whatever shape they have.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use polinorm::ExtractOptions;
use polinorm::corpus::compare;
use polinorm::document::PolicyDocument;
use polinorm::source::Source;

/// Documents are compared at a size and at so many times that size.
const TIMES: usize = 4;

/// Two documents of a shape, at a size in bytes.
type Shape = fn(usize) -> [String; 2];

const SHAPES: [(&str, Shape); 5] = [
    ("unrelated", |size| [paragraphs(size, 40, 1), paragraphs(size, 40, 2)]),
    ("the same words in another order", |size| [paragraphs(size, 40, 1), turned(&paragraphs(size, 40, 1))]),
    ("one long paragraph against many short", |size| [paragraphs(size, usize::MAX, 1), paragraphs(size, 12, 1)]),
    ("one sentence over and over", |size| ["We keep it for a year.\n\n".repeat(size / 24), paragraphs(size, 6, 1)]),
    ("each paragraph a little changed", |size| [paragraphs(size, 40, 1), paragraphs(size, 40, 1).replace("ka", "ko")]),
];

/// Words that nobody has made up before, the same for the same seed.
fn words(seed: u64) -> impl Iterator<Item = String> {
    const SYLLABLES: [&str; 16] =
        ["ka", "re", "mi", "so", "lu", "ta", "ne", "vo", "di", "pa", "ru", "be", "chi", "fo", "gu", "za"];
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (0..3).map(|place| SYLLABLES[(state >> (40 + 4 * place)) as usize % 16]).collect()
    })
}

/// A text of about `size` bytes in paragraphs of so many words.
fn paragraphs(size: usize, length: usize, seed: u64) -> String {
    let mut text = String::with_capacity(size + 64);
    for (index, word) in words(seed).enumerate() {
        if text.len() >= size {
            break;
        }
        text.push_str(&word);
        text.push_str(if (index + 1) % length == 0 { ".\n\n" } else { " " });
    }
    text
}

fn turned(text: &str) -> String {
    text.split("\n\n").collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n\n")
}

fn document(text: &str) -> PolicyDocument {
    let source = Source::new("policy.txt", text.as_bytes().to_vec()).unwrap();
    polinorm::extract(&source, &ExtractOptions::default()).unwrap()
}

/// The shortest of some runs: what other work on the machine adds is no part of the cost.
fn cost(shape: Shape, size: usize, runs: usize) -> Duration {
    let [a, b] = shape(size).map(|text| document(&text));
    let run = |_| {
        let start = Instant::now();
        let comparison = compare(&a, &b);
        assert!(!comparison.same);
        start.elapsed()
    };
    (0..runs).map(run).min().unwrap()
}

#[test]
fn a_comparison_of_larger_documents_costs_in_proportion() {
    const SIZE: usize = 50_000;
    for (name, shape) in SHAPES {
        let (small, large) = (cost(shape, SIZE, 3), cost(shape, TIMES * SIZE, 3));
        // A product would cost sixteen times as much.
        let most = small.max(Duration::from_millis(5)) * (2 * TIMES) as u32;
        assert!(large < most, "{name}: {small:?} at {SIZE} bytes, {large:?} at {TIMES} times that");
    }
}

#[test]
fn two_texts_of_a_megabyte_are_soon_compared() {
    for (name, shape) in SHAPES {
        let took = cost(shape, 1_000_000, 1);
        println!("{name}: {took:?}");
        // About a second in a release build; the tests are not optimised, and share the machine.
        assert!(took < Duration::from_secs(30), "{name}: {took:?}");
    }
}
