//! Markdown: no word of its text and its code is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use polinorm_fuzz::{document, holds_words};
use pulldown_cmark::{Event, Options, Parser};

fuzz_target!(|text: &str| {
    let Some(document) = document("fuzz.md", text.as_bytes()) else { return };
    if document.source.media_type != "text/markdown" {
        return;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let words = Parser::new_ext(&text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) => Some(words),
        _ => None,
    });
    holds_words(&document, &words.collect::<Vec<_>>().join(" "));
});
