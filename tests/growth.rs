//! The cost of a comparison grows with the size of two documents and not with their product, whatever shape they have; so does that
//! of the flags of one beside its family.
#![allow(clippy::unwrap_used)]

mod given;
mod hostile;

use std::time::Duration;

use polinorm::ExtractOptions;
use polinorm::corpus::{Corpus, MIN_DOCUMENTS, compare};
use polinorm::document::PolicyDocument;
use polinorm::flags::check;
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

/// Processor time of this thread, which other work on the machine hardly changes.
fn now() -> Duration {
    Duration::from_secs_f64(hostile::processor_time().expect("asked for only where it can be told"))
}

/// True, and said, where the system does not tell the time of a thread.
fn cannot_tell() -> bool {
    let cannot = hostile::processor_time().is_none();
    if cannot {
        given::skip("growth: this system does not tell the time of a thread");
    }
    cannot
}

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

/// What the rows of a policy are, by their number of how many.
type Rows = fn(usize, usize) -> String;

const POLICIES: [(&str, Rows); 5] = [
    ("rows given twice", |row, of| format!("_id{}\tcounts\t2 years\n", row % (of / 2))),
    ("rows of one name", |row, _| format!("_id\tcounts visit {row}\t2 years\n")),
    ("names that nobody else has", |row, _| format!("_x{row}\tcounts visits\t2 years\n")),
    ("names a letter off", |row, _| format!("_ids{row}\tcounts visits\t2 years\n")),
    ("open names", |row, _| format!("_id{row}*\tcounts visits\t2 years\n")),
];

/// The policy of a host with so many rows, in a family whose text is the same.
fn policy(host: &str, rows: Rows, count: usize) -> PolicyDocument {
    let text =
        "Every portal of this group says in these same words what it keeps, why it keeps it and for how long it does.";
    let rows: String = (0..count).map(|row| rows(row, count)).collect();
    let head = format!("Cookie policy of https://{host}/\n\n{text}\n\nCookies we use\n\nName\tPurpose\tDuration\n");
    let source = Source::new(format!("{host}.txt"), format!("{head}{rows}").into_bytes()).unwrap();
    polinorm::extract(&source, &ExtractOptions::default()).unwrap()
}

/// What the flags of a policy cost beside a family that declares other cookies: the shortest of some runs.
fn cost_of_flags(rows: Rows, count: usize) -> Duration {
    let usual = |row, _| format!("_id{row}\tcounts visits\t2 years\n");
    let family = ["a", "b", "c"].map(|name| policy(&format!("{name}.example.com"), usual, count));
    let corpus = Corpus::gather(family.into(), MIN_DOCUMENTS);
    let document = policy("d.example.com", rows, count);
    let run = |_| {
        let start = now();
        assert!(!check(&document, Some(&corpus.families[0].consensus)).is_empty());
        now() - start
    };
    (0..3).map(run).min().unwrap()
}

#[test]
fn the_flags_of_larger_documents_cost_in_proportion() {
    if cannot_tell() {
        return;
    }
    const ROWS: usize = 1_000;
    for (name, rows) in POLICIES {
        let (small, large) = (cost_of_flags(rows, ROWS), cost_of_flags(rows, TIMES * ROWS));
        let most = small.max(Duration::from_millis(5)) * (2 * TIMES) as u32;
        println!("{name}: {small:?}, {large:?}");
        assert!(large < most, "{name}: {small:?} of {ROWS} rows, {large:?} of {TIMES} times as many");
    }
}

/// The shortest of some runs.
fn cost(shape: Shape, size: usize, runs: usize) -> Duration {
    let [a, b] = shape(size).map(|text| document(&text));
    let run = |_| {
        let start = now();
        let comparison = compare(&a, &b);
        assert!(!comparison.same);
        now() - start
    };
    (0..runs).map(run).min().unwrap()
}

#[test]
fn a_comparison_of_larger_documents_costs_in_proportion() {
    if cannot_tell() {
        return;
    }
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
    if cannot_tell() {
        return;
    }
    for (name, shape) in SHAPES {
        let took = cost(shape, 1_000_000, 1);
        println!("{name}: {took:?}");
        // A fifth of a second in a release build; the tests are not optimised.
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    }
}
