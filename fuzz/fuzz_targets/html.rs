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
    match &node.data {
        NodeData::Text { contents } => words.push_str(&contents.borrow()),
        NodeData::Element { name, .. } if SILENT.contains(&&*name.local) => return,
        NodeData::Element { .. } => words.push(' '),
        _ => {}
    }
    node.children.borrow().iter().for_each(|child| collect(child, words));
}
