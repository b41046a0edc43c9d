//! What is kept of each sketch until all templates are counted, a few bytes a block, and the outlines that are then made of it.

use std::io;

use super::families::{Outline, Outlines, Stretch};
use super::scratch::{Scratch, Spool};
use super::sketch::Sketch;
use super::stored_once::Candidates;
use super::template_id::TemplateId;
use super::totals::Totals;
use crate::document::TextBlockKind;

/// What is kept of a sketch: all its blocks, and rows of tables.
pub(super) fn written(sketch: &Sketch) -> Vec<u8> {
    let mut out = Vec::with_capacity(sketch.blocks.len() * 21);
    for block in &sketch.blocks {
        let marks = u8::from(block.kind == TextBlockKind::Furniture) | u8::from(block.cookie_table) << 1;
        out.push(block.row_of.map_or(marks, |_| ROW));
        out.extend_from_slice(&block.id.0.to_le_bytes());
        match block.row_of {
            Some(table) => out.extend_from_slice(&table.0.to_le_bytes()),
            None => out.extend_from_slice(&block.words.to_le_bytes()),
        }
    }
    out
}

/// The outlines of all documents, whose words are added up on the way; rows that stand in tables of their own are noted.
pub(super) fn outlines(
    mut sketches: Spool,
    scratch: &dyn Scratch,
    candidates: &mut Candidates,
    totals: &mut Totals,
) -> io::Result<Outlines> {
    let (mut outlines, mut record) = (Outlines::new(scratch)?, Vec::new());
    let mut records = sketches.records()?;
    while records.next(&mut record)? {
        let (mut outline, mut bytes) = (Outlining::default(), record.as_slice());
        while let Some(mention) = Mention::read(&mut bytes) {
            match mention {
                Mention::Row { id, table } => totals.shared_words += candidates.words_of_row(id, table),
                Mention::Block(block) => {
                    let template = candidates.templates.get(block.id);
                    let words = template.map_or(u64::from(block.words), |template| template.words);
                    let is_stored = template.is_some_and(|template| candidates.is_stored(template));
                    totals.words += words;
                    totals.shared_words += if is_stored { words } else { 0 };
                    outline.add(&block, candidates.templates.place(block.id), words);
                }
            }
        }
        outlines.push(&Outline::new(outline.shared, outline.prose, &candidates.templates))?;
    }
    Ok(outlines)
}

/// What is kept of a sketch until all templates are counted.
enum Mention {
    Block(BlockMention),
    /// A row of a table, with that table.
    Row {
        id: TemplateId,
        table: TemplateId,
    },
}

/// What the outline of a document needs to know of a block.
struct BlockMention {
    id: TemplateId,
    words: u32,
    furniture: bool,
    cookie_table: bool,
}

/// Marks a row of a table.
const ROW: u8 = 4;

impl Mention {
    /// Takes the first of what was written.
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (marks, rest) = bytes.split_first()?;
        let (id, rest) = rest.split_first_chunk()?;
        let id = TemplateId(u128::from_le_bytes(*id));
        if *marks == ROW {
            let (table, rest) = rest.split_first_chunk()?;
            *bytes = rest;
            return Some(Self::Row { id, table: TemplateId(u128::from_le_bytes(*table)) });
        }
        let (words, rest) = rest.split_first_chunk()?;
        *bytes = rest;
        let words = u32::from_le_bytes(*words);
        Some(Self::Block(BlockMention { id, words, furniture: marks & 1 != 0, cookie_table: marks & 2 != 0 }))
    }
}

/// What of a document becomes its outline.
#[derive(Default)]
struct Outlining {
    shared: Vec<Stretch>,
    prose: u64,
}

impl Outlining {
    fn add(&mut self, block: &BlockMention, place: Option<u32>, words: u64) {
        if !block.furniture {
            self.prose += if block.cookie_table { 0 } else { words };
            self.shared.extend(place.map(|place| Stretch { place, cookie_table: block.cookie_table }));
        }
    }
}
