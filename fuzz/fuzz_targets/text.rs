//! Plain text: no word is lost, whatever the bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use polinorm::source::Source;
use polinorm_fuzz::{document, holds_words};

fuzz_target!(|bytes: &[u8]| {
    let Some(document) = document("fuzz.txt", bytes) else { return };
    if document.source.media_type == "text/plain" {
        let source = Source::new("fuzz.txt", bytes.to_vec()).expect("it was read before");
        holds_words(&document, &source.decode().text);
    }
});
