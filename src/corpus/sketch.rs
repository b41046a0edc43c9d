//! What a corpus must know of a document to tell what it shares with others: a sketch, made of one document alone. Counts nothing.

use xxhash_rust::xxh3::xxh3_64;

use super::columns::{cookie_names, holds_cookie_rows};
use super::mask::{Mask, bare_host};
use super::printed::Printed;
use super::template_id::{RowTemplate, TemplateId};
use super::word_count::words;
use crate::document::{PolicyDocument, TextBlock, TextBlockKind};
use crate::text::{Asked, answer, lines};

/// What is counted of a document: its platform and the templates of its blocks.
///
/// It can be made on any thread; [`Gathering::add`](super::Gathering::add) takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// Hash of what tells its platform from others.
    pub(super) platform: u64,
    /// Its labelled blocks and the rows of tables among them, by template, form and kind.
    pub(super) blocks: Vec<BlockSketch>,
    /// Number of all its blocks.
    pub(super) all_blocks: u64,
    /// Their forms, one after the other.
    forms: String,
}

/// A block of a [`Sketch`], or a row of a table that is long enough to be stored once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BlockSketch {
    pub(super) id: TemplateId,
    pub(super) form: u64,
    pub(super) kind: TextBlockKind,
    /// Words of the form, slots not counted.
    pub(super) words: u32,
    /// True for a table that cookie rows were read from.
    pub(super) cookie_table: bool,
    /// For a row of a table, that table.
    pub(super) row_of: Option<TemplateId>,
    start: u32,
    end: u32,
}

/// What tells platforms apart: the host less `www.`, else the name, else the document itself.
pub fn platform_key(document: &PolicyDocument) -> String {
    let platform = document.platform.as_ref();
    if let Some(host) = platform.and_then(|p| p.host.as_deref()) {
        return format!("host {}", bare_host(host));
    }
    match platform.and_then(|p| p.name.as_deref()) {
        Some(name) => format!("name {}", crate::text::caseless(name)),
        None => format!("path {}", document.source.path),
    }
}

/// The hash of the key: what is counted where keys would take too much room.
pub(super) fn platform_hash(document: &PolicyDocument) -> u64 {
    xxh3_64(platform_key(document).as_bytes())
}

/// The blocks of a document that are sketched: those with a template, and with their text.
pub(super) fn labelled(document: &PolicyDocument) -> impl Iterator<Item = &TextBlock> {
    document.blocks.iter().filter(|block| !block.id.is_empty() && block.text.is_some())
}

impl Sketch {
    /// The sketch of a document, which must have all its text and its blocks labelled.
    pub fn of(document: &PolicyDocument) -> Self {
        let mut sketch = Self::in_order(document);
        sketch.blocks.sort_by_key(|block| (block.id, block.form, block.kind));
        sketch
    }

    /// [`Sketch::of`] with its blocks in the order of the document, each table before its rows.
    pub(super) fn in_order(document: &PolicyDocument) -> Self {
        let names = cookie_names(document);
        let mask = Mask::of(document);
        let bytes = document.blocks.iter().filter_map(|block| block.text.as_ref()).map(String::len).sum();
        let (mut forms, mut blocks) = (String::with_capacity(bytes), Vec::with_capacity(2 * document.blocks.len()));
        for block in labelled(document) {
            let (Some(id), Some(text)) = (TemplateId::of(block.id), block.text.as_deref()) else { continue };
            let start = forms.len();
            mask.push_form_of(text, &block.values, &mut forms);
            let sketch = BlockSketch {
                id,
                form: block.form.bytes().map_or(0, u64::from_be_bytes),
                kind: block.kind,
                words: word_count(block.kind, &forms[start..]),
                cookie_table: holds_cookie_rows(block, &names),
                row_of: None,
                start: place(start),
                end: place(forms.len()),
            };
            blocks.push(sketch);
            if block.kind == TextBlockKind::Table {
                sketch.push_rows(&forms[start..], &mut blocks);
            }
        }
        Self { platform: platform_hash(document), blocks, all_blocks: document.blocks.len() as u64, forms }
    }

    /// The printed text, with slots, of one of its blocks.
    pub(super) fn form(&self, block: &BlockSketch) -> &str {
        self.forms.get(block.start as usize..block.end as usize).unwrap_or_default()
    }
}

impl BlockSketch {
    /// Adds the rows of a table of a form. Their words are not counted: they are words of the table.
    fn push_rows(&self, form: &str, out: &mut Vec<Self>) {
        let mut start = self.start as usize;
        for row in lines(form) {
            let end = start + row.len();
            if let Some(RowTemplate { id, form }) = RowTemplate::of(row) {
                let (start, end) = (place(start), place(end));
                out.push(Self { id, form, words: 0, cookie_table: false, row_of: Some(self.id), start, end, ..*self });
            }
            start = end + 1;
        }
    }
}

/// Words of the form of a block. Whole tables are seldom the same.
fn word_count(kind: TextBlockKind, form: &str) -> u32 {
    let count = || u32::try_from(words(form)).unwrap_or(u32::MAX);
    if kind == TextBlockKind::Table { count() } else { *answer(&form.known().answers::<Printed>().words, count) }
}

/// A place in the forms of a document; what lies farther behind has none.
fn place(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
