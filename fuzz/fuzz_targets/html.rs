//! HTML: no word of its text is lost, all but scripts, styles and what is no content of the page.
#![no_main]

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use libfuzzer_sys::fuzz_target;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use polinorm_fuzz::{document, holds_words};

/// Elements whose text is none of the page's.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "head", "title", "iframe", "noembed", "noframes", "svg", "math",
    "object",
];

fuzz_target!(|text: &str| {
    // A frame set has no text, and deep nesting takes the reference parser its stack.
    if text.matches('<').count() > 400 || text.contains("frameset") {
        return;
    }
    let page = format!("<!DOCTYPE html><body>{text}");
    let Some(document) = document("fuzz.html", page.as_bytes()) else { return };
    let page = page.replace("\r\n", "\n").replace('\r', "\n");
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let mut words = String::new();
    collect(&dom.document, &mut words);
    holds_words(&document, &words);
});

fn collect(node: &Handle, words: &mut String) {
    let children = node.children.borrow();
    let tables = children.iter().rposition(is_table).unwrap_or_default();
    for (index, child) in children.iter().enumerate() {
        match &child.data {
            NodeData::Text { contents } if index < tables => spell(&contents.borrow(), words),
            NodeData::Text { contents } => words.push_str(&contents.borrow()),
            NodeData::Element { name, .. } if SILENT.contains(&&*name.local) => words.push(' '),
            NodeData::Element { .. } => {
                words.push(' ');
                collect(child, words);
            }
            _ => collect(child, words),
        }
    }
}

/// Text that stands between the rows of a table is put before it, at the end of the text that is there already: `a<table><tr>b` gives
/// "ab". The reader leaves each where it was written, so that there is no such word, though there is each of its letters.
fn spell(text: &str, words: &mut String) {
    text.chars().for_each(|letter| words.extend([' ', letter]));
    words.push(' ');
}

fn is_table(node: &Handle) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == "table")
}
