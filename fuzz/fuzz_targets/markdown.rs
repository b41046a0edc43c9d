//! Markdown: no word of its text and its code is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use polinorm::source::Source;
use polinorm_fuzz::{document, holds_words};
use pulldown_cmark::{Event, Options, Parser};

fuzz_target!(|text: &str| {
    let Some(document) = document("fuzz.md", text.as_bytes()) else { return };
    if document.source.media_type != "text/markdown" {
        return;
    }
    // Bytes of another charset are valid UTF-8 now and then.
    let source = Source::new("fuzz.md", text.as_bytes().to_vec()).expect("it was read before");
    let text = source.decode().text.replace("\r\n", "\n").replace('\r', "\n");
    let words = Parser::new_ext(&text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) => Some(words),
        _ => None,
    });
    holds_words(&document, &words.collect::<Vec<_>>().join(" "));
});
