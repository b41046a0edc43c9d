//! What a structure tree divides the words of a document into, before they become blocks.

use crate::layout::placed::placed_table::PlacedTable;
use crate::layout::placed::word_lines::Word;

/// What a stretch of inline content becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text of which the tree only says that it stands apart.
    Division,
    Paragraph,
    /// With its level.
    Heading(u8),
    /// With its depth.
    Item(u8),
}

/// A stretch of inline content, or a table.
pub enum Piece<'w> {
    Text(Kind, Vec<&'w Word>),
    Table(PlacedTable<'w>),
}

impl<'w> Piece<'w> {
    /// Its words, in its order.
    pub fn into_words(self) -> Vec<&'w Word> {
        match self {
            Self::Text(_, words) => words,
            Self::Table(table) => {
                table.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.words).collect()
            }
        }
    }
}
