//! A table that some lines make, as each notation hands it on.

use crate::block::{Block, Row, Table};

/// A table found at the start of some lines.
pub(super) struct Run {
    /// What it is.
    pub block: Block,
    /// Words of its markup, which are no text.
    pub markup: Option<Block>,
    /// How many lines it takes.
    pub lines: usize,
}

impl Run {
    /// A table all words of which are text.
    pub fn new(block: Block, lines: usize) -> Self {
        Self { block, markup: None, lines }
    }
}

/// The table of some rows, at their place.
pub(super) fn table_block(rows: Vec<Row>) -> Block {
    let span = rows.iter().map(|row| row.span).reduce(|a, b| a.join(b)).expect("a table has a row");
    Block::table(Table { rows, ..Table::default() }, span)
}
