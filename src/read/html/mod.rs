//! HTML: pages, fragments and saved dialogs. Reads structure only: no word of any language is looked at.
//!
//! `tree` parses, `outline` sums up what lies below each node, `grid` finds tables (real ones and those built of `div`), `flow` walks
//! the tree and yields blocks. Nothing recurses, so nesting costs nothing but its length.

mod attributes;
mod elements;
mod flow;
mod grid;
mod inline;
mod outline;
mod run;
#[cfg(test)]
mod tests;
mod tree;

use elements::{Key, Name};

use tree::NodeId;

use super::{ReadOptions, Reader, Reading};
use crate::block::Block;
use crate::document::Warning;
use crate::error::{Code, Result};
use crate::source::{MediaType, Source};
use crate::text::{Span, collapse};

/// HTML as browsers save it and as scrapers leave it.
pub struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn media_type(&self) -> MediaType {
        MediaType::Html
    }

    fn read(&self, source: &Source, _options: &ReadOptions) -> Result<Reading> {
        let decoded = source.decode();
        let mut reading = read_text(&decoded.text);
        reading.charset = Some(decoded.charset.to_owned());
        reading.warnings.extend(super::charset_warnings(&decoded));
        Ok(reading)
    }
}

fn read_text(text: &str) -> Reading {
    let tree = tree::parse(&attributes::cut_attributes(text));
    let outline = outline::Outline::of(&tree);
    Reading {
        blocks: flow::blocks(&tree, &outline),
        title: outline.title.map(|title| collapse(&tree.text_below(title))).filter(|title| !title.is_empty()),
        address: address(&tree),
        warnings: tree.cut_at.map(depth_cut).into_iter().collect(),
        language: tree.language.filter(|language| !language.is_empty()),
        ..Reading::default()
    }
}

/// The blocks of a piece of HTML that stands within another text, with their places counted from a line.
pub(super) fn fragment(text: &str, line: u32) -> Vec<Block> {
    let mut blocks = read_text(text).blocks;
    blocks.iter_mut().for_each(|block| block.move_down(line - 1));
    blocks
}

fn depth_cut(line: u32) -> Warning {
    let message = format!("elements nested deeper than {} were flattened", tree::MAX_DEPTH);
    Warning::new(Code::DepthCut, message, Span::line(line).into())
}

/// The canonical link, else the address given to social networks.
fn address(tree: &tree::Tree) -> Option<String> {
    let value = |element: Name, key: Key, name: &str, value: Key| {
        let named = |id: &NodeId| {
            tree.name(*id) == element && tree.attribute(*id, key).is_some_and(|v| v.eq_ignore_ascii_case(name))
        };
        let found = tree.nodes().filter(named).find_map(|id| tree.attribute(id, value));
        found.filter(|value| !value.is_empty()).map(str::to_owned)
    };
    value(Name::Link, Key::Rel, "canonical", Key::Href)
        .or_else(|| value(Name::Meta, Key::Property, "og:url", Key::Content))
}
