//! PDF: nothing that a page prints is lost, and nothing is made up. An engine may give up on a file; what is made of its glyphs may not.
#![no_main]

use std::collections::BTreeMap;
use std::panic;

use libfuzzer_sys::fuzz_target;
use polinorm::block::{Block, Content};
use polinorm::read::{ReadOptions, pdf_characters, read};
use polinorm::source::{MediaType, Source};
use polinorm_fuzz::{extracted, is_bounded};

fuzz_target!(
    init: let_engines_give_up(),
    |bytes: &[u8]| {
        let source = Source { path: "fuzz.pdf".into(), media_type: MediaType::Pdf, bytes: bytes.to_vec() };
        let Ok(document) = extracted(&source) else { return };
        let options = ReadOptions::default();
        let printed = pdf_characters(bytes, &options).expect("what can be read has characters").concat();
        is_bounded(&document, printed.len() + bytes.len());
        let reading = read(&source, &options).expect("it was read before");
        let (printed, kept) = (counted(&printed), counted(&reading.blocks.iter().map(text).collect::<String>()));
        for (character, count) in &kept {
            assert!(printed.get(character) >= Some(count), "{character:?} is made up");
        }
        for character in printed.keys().filter(|character| character.is_alphanumeric()) {
            assert!(kept.contains_key(character), "{character:?} is lost");
        }
    }
);

/// A panic in a crate from the registry is an error of its document, as in the program; any other one still ends the run.
fn let_engines_give_up() {
    let end = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|place| place.file().contains("/registry/")) {
            end(panic);
        }
    }));
}

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
        _ => block.rich().map(|rich| rich.text.to_string()).unwrap_or_default(),
    }
}
