//! Records: each line has one answer of one line, which carries the id of its line and either what was asked for or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use polinorm::record::{self, Line, read_line};
use polinorm::source::{MediaType, Source};
use polinorm::{Code, Error, ExtractOptions};
use serde::Serialize;
use serde_json::{Map, Value};

/// Shorter than the program's, so that the fuzzer meets it.
const LIMIT: u64 = 4096;

fuzz_target!(|bytes: &[u8]| {
    let mut input = bytes;
    let lines: Vec<_> = std::iter::from_fn(|| read_line(&mut input, LIMIT).expect("memory can be read")).collect();
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(lines.len(), feeds + usize::from(!bytes.is_empty() && bytes.last() != Some(&b'\n')));
    for line in &lines {
        let sketched = record::sketch(line, extract);
        check(line, &sketched, "document");
        check(line, &sketched, "sketch");
        check(line, &record::consensus(line), "consensus");
        check(line, &record::flags(line), "flags");
    }
});

/// A PDF has a target of its own.
fn extract(source: Source) -> polinorm::Result<polinorm::document::PolicyDocument> {
    if source.media_type == MediaType::Pdf {
        return Err(Error::new("", Code::DamagedPdf, "not read here"));
    }
    polinorm::extract(&source, &ExtractOptions::default())
}

fn check(line: &Line, answer: &impl Serialize, made: &str) {
    let written = serde_json::to_string(answer).expect("an answer is JSON");
    assert!(!written.contains(['\n', '\r']), "an answer is one line");
    let answer: Map<String, Value> = serde_json::from_str(&written).expect("an answer is an object");
    assert_ne!(answer[made].is_null(), answer["error"].is_null(), "one of the two");
    if line.is_cut() {
        assert_eq!(answer["error"]["code"], "too-large");
    } else if let Ok(asked) = serde_json::from_slice::<Map<String, Value>>(&line.bytes)
        && written_once(&line.bytes)
    {
        assert_eq!(answer["id"], asked.get("id").cloned().unwrap_or_default());
    }
}

/// True where `"id"` stands in the line once at most, so that it cannot be there twice.
fn written_once(line: &[u8]) -> bool {
    line.windows(2).filter(|pair| pair == b"id").count() <= 1 && !line.contains(&b'\\')
}
