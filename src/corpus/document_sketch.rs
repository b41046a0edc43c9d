//! What a set must know of a document, written down: for data engines, which count templates, find families and add up what they state.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mask::Mask;
use super::sketch::{BlockSketch, Sketch, labelled, platform_key};
use super::statements::{OwnBlocks, Statement, Statements, state};
use crate::document::{PolicyDocument, TextBlockKind};

/// What a set of documents must know of one of them: no more is asked for boilerplate, families and consensus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentSketch {
    /// What tells its platform from others.
    pub platform: String,
    /// Its blocks in order, each table before those of its rows that are long enough to be stored once.
    pub blocks: Vec<SketchedBlock>,
    /// What it states for the consensus of its family, each once.
    pub statements: Vec<Statement>,
}

/// A block of text, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SketchedBlock {
    /// Id of its template.
    pub id: String,
    /// Hash of its form.
    pub form: String,
    /// Its kind; of a row that of its table.
    pub kind: TextBlockKind,
    /// Words of the form, slots not counted; 0 for a row, whose words are those of its table.
    pub words: u32,
    /// True for a table that cookie rows were read from.
    pub cookie_table: bool,
    /// True where the document may be said to lack or to share it: no furniture, no table of cookies, not the line with the date, no row.
    pub own: bool,
    /// The printed text with slots: its form.
    pub text: String,
    /// For a row, the id of its table; else null.
    pub row_of: Option<String>,
}

impl DocumentSketch {
    /// Of a document, which must have all its text and its blocks labelled.
    pub fn of(document: &PolicyDocument) -> Self {
        let mut statements = Statements::default();
        state(document, &Mask::of(document), &mut statements);
        Self { platform: platform_key(document), blocks: blocks(document), statements: statements.list }
    }
}

fn blocks(document: &PolicyDocument) -> Vec<SketchedBlock> {
    let (sketch, own_blocks) = (Sketch::in_order(document), OwnBlocks::of(document));
    let mut are_own = labelled(document).map(|block| own_blocks.hold(block));
    let block = |block: &BlockSketch| SketchedBlock {
        id: block.id.text(),
        form: format!("{:016x}", block.form),
        kind: block.kind,
        words: block.words,
        cookie_table: block.cookie_table,
        own: block.row_of.is_none() && are_own.next().expect("each block that is no row is labelled"),
        text: sketch.form(block).to_owned(),
        row_of: block.row_of.map(|table| table.text()),
    };
    sketch.blocks.iter().map(block).collect()
}
