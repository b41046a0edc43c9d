//! Laws of the PDF reader, for any bytes: the same bytes give the same reading, nothing that a page prints is lost, and nothing is
//! made up. `fuzz/run` builds it and runs it.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use polinorm::block::{Block, Content};
use polinorm::read::{ReadOptions, pdf_characters, read};
use polinorm::source::{MediaType, Source};

fuzz_target!(|bytes: &[u8]| {
    let source = Source { path: "fuzz.pdf".into(), media_type: MediaType::Pdf, bytes: bytes.to_vec() };
    let options = ReadOptions::default();
    let reading = read(&source, &options);
    match (&reading, read(&source, &options)) {
        (Ok(once), Ok(again)) => assert_eq!(*once, again, "the same bytes read differently"),
        (Err(once), Err(again)) => assert_eq!(once.code, again.code),
        _ => panic!("the same bytes are readable and unreadable"),
    }
    let Ok(reading) = reading else { return };
    let printed = counted(&pdf_characters(bytes, &options).expect("what can be read has characters").concat());
    let kept = counted(&reading.blocks.iter().map(text).collect::<String>());
    for (character, count) in &kept {
        assert!(printed.get(character) >= Some(count), "{character:?} is made up");
    }
    for character in printed.keys().filter(|character| character.is_alphanumeric()) {
        assert!(kept.contains_key(character), "{character:?} is lost");
    }
});

/// How often each character that prints occurs.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

fn text(block: &Block) -> String {
    match &block.content {
        Content::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.map(|cell| cell.text.text.as_str()).collect()
        }
        _ => block.rich().map(|rich| rich.text.clone()).unwrap_or_default(),
    }
}
