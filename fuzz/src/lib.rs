//! Laws that hold for every input. Whoever breaks one panics, which the fuzzer finds.

use std::collections::BTreeMap;

use polinorm::document::PolicyDocument;
use polinorm::source::{MediaType, Source};
use polinorm::text::squeeze;
use polinorm::{ExtractOptions, Result};

/// Most bytes of JSON for a byte of text, and what a document takes that holds next to nothing. A one-letter heading is a block of 250
/// bytes, and a cookie row one of 500.
const BYTES_PER_BYTE: usize = 400;
const BYTES_OF_NOTHING: usize = 4096;

/// Reads bytes as a file of this name, unless they are a PDF, which has a target of its own; none where a file like this is an error.
/// Checks all of [`extracted`] and [`is_bounded`].
pub fn document(name: &str, bytes: &[u8]) -> Option<PolicyDocument> {
    let source = Source::new(name, bytes.to_vec()).ok().filter(|source| source.media_type != MediaType::Pdf)?;
    let document = extracted(&source).expect("text, Markdown and HTML are always read");
    is_bounded(&document, bytes.len());
    Some(document)
}

/// The document of a source. Checks that it is the same twice and that its JSON says all of it.
///
/// # Errors
/// Those of [`polinorm::extract`].
pub fn extracted(source: &Source) -> Result<PolicyDocument> {
    let extract = || polinorm::extract(source, &ExtractOptions::default());
    let document = match (extract(), extract()) {
        (Ok(once), Ok(again)) => {
            assert_eq!(json(&once), json(&again), "the same bytes give other bytes");
            once
        }
        (Err(once), Err(again)) => {
            assert_eq!((once.code, &once.message), (again.code, &again.message), "the same bytes fail otherwise");
            return Err(once);
        }
        _ => panic!("the same bytes can be read and cannot"),
    };
    let back: PolicyDocument = serde_json::from_str(&json(&document)).expect("the JSON is read back");
    assert_eq!(back, document, "the JSON says something else");
    Ok(document)
}

/// Checks that a document is no larger than so many bytes of text can make it.
pub fn is_bounded(document: &PolicyDocument, text: usize) {
    let (size, most) = (json(document).len(), BYTES_OF_NOTHING + text * BYTES_PER_BYTE);
    assert!(size <= most, "{size} bytes of JSON of {text} bytes of text");
}

/// Checks that every word of a text is in some block of a document, and every letter as often as in the text.
pub fn holds_words(document: &PolicyDocument, text: &str) {
    let blocks = document.blocks.iter().filter_map(|block| block.text.as_deref());
    let held = squeeze(&blocks.collect::<Vec<_>>().join("\n"));
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    for word in words {
        assert!(held.contains(&squeeze(word)), "the word {word:?} is lost");
    }
    let held = letters(&held);
    for (letter, count) in letters(text) {
        let found = held.get(&letter).copied().unwrap_or_default();
        assert!(found >= count, "{letter:?} stands {count} times in the text and {found} times in the blocks");
    }
}

/// How often each letter stands in a text.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    text.chars().filter(|c| c.is_alphabetic()).for_each(|c| *counts.entry(c).or_default() += 1);
    counts
}

fn json(document: &PolicyDocument) -> String {
    serde_json::to_string(document).expect("a document is JSON")
}
