//! Laws that hold for every input. Whoever breaks one panics, which the fuzzer finds.

use polinorm::ExtractOptions;
use polinorm::document::PolicyDocument;
use polinorm::source::{MediaType, Source};
use polinorm::text::squeeze;

/// Most bytes of JSON for a byte of the input, and what a document takes that holds next to nothing. A one-letter heading is a block of
/// 250 bytes, and a cookie row one of 500.
const BYTES_PER_BYTE: usize = 400;
const BYTES_OF_NOTHING: usize = 4096;

/// Reads bytes as a file of a name would be, unless they are a PDF: that reader has a target of its own. Checks that it gives the same
/// twice, that its JSON is read back as it was, and that it is bounded.
pub fn document(name: &str, bytes: &[u8]) -> Option<PolicyDocument> {
    let source = Source::new(name, bytes.to_vec()).ok().filter(|source| source.media_type != MediaType::Pdf)?;
    let document = extract(&source);
    let json = serde_json::to_string(&document).expect("a document is JSON");
    let again = serde_json::to_string(&extract(&source)).expect("a document is JSON");
    assert_eq!(json, again, "two readings differ");
    let back: PolicyDocument = serde_json::from_str(&json).expect("the JSON is read back");
    assert_eq!(back, document, "the JSON says something else");
    let most = BYTES_OF_NOTHING + bytes.len() * BYTES_PER_BYTE;
    assert!(json.len() <= most, "{} bytes of JSON of an input of {}", json.len(), bytes.len());
    Some(document)
}

fn extract(source: &Source) -> PolicyDocument {
    polinorm::extract(source, &ExtractOptions::default()).expect("text, Markdown and HTML are always read")
}

/// Checks that every word of a text is in some block of a document.
pub fn holds_words(document: &PolicyDocument, text: &str) {
    let blocks = document.blocks.iter().filter_map(|block| block.text.as_deref());
    let held = squeeze(&blocks.collect::<Vec<_>>().join("\n"));
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    for word in words {
        assert!(held.contains(&squeeze(word)), "the word {word:?} is lost");
    }
}
