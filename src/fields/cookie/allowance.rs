//! How much the rows of a document may repeat: a long text that many rows share is said again in each of them, so that a document of no
//! great size could ask for more than a machine holds.

use crate::block::{Block, Content};
use crate::text::Span;

/// The long texts of all rows together take at most so many times the bytes of the document, and this much beside.
const TIMES: usize = 8;
const BESIDE: usize = 4 << 20;
/// The cells that names are read from take at most so many times the bytes of the document, and this much beside: each of them once, and
/// some again in the rows that they reach over.
const TIMES_NAMES: usize = 2;
const BESIDE_NAMES: usize = 64 << 10;
/// A text of no more bytes than this may be said in every row.
pub(super) const SHORT: usize = 64;

/// What is left.
#[derive(Debug)]
pub struct Allowance {
    texts: usize,
    names: usize,
    /// Where the first row stands that was not granted what it says.
    exceeded: Option<Span>,
}

impl Allowance {
    /// For a document.
    pub fn of(blocks: &[Block]) -> Self {
        let bytes: usize = blocks.iter().map(bytes).sum();
        let texts = bytes.saturating_mul(TIMES).saturating_add(BESIDE);
        let names = bytes.saturating_mul(TIMES_NAMES).saturating_add(BESIDE_NAMES);
        Self { texts, names, exceeded: None }
    }

    /// Whether names are read from a cell of so many bytes.
    pub fn grants_names(&mut self, bytes: usize, place: Span) -> bool {
        let granted = bytes <= self.names;
        match granted {
            true => self.names -= bytes,
            false => self.exceed(place),
        }
        granted
    }

    /// How many of some rows may say long texts of so many bytes each. Where not all of them may, no row behind them does.
    pub fn grants_rows(&mut self, rows: usize, texts: impl IntoIterator<Item = usize>, place: Span) -> usize {
        let left = self.texts;
        // What is left may be no more than the first of many.
        let bytes = texts.into_iter().try_fold(0, |sum, bytes| Some(sum + bytes).filter(|sum| *sum <= left));
        let granted = bytes.map_or(0, |bytes| left.checked_div(bytes).map_or(rows, |most| most.min(rows)));
        self.texts -= granted * bytes.unwrap_or(0);
        if granted < rows {
            self.texts = 0;
            self.exceed(place);
        }
        granted
    }

    /// Where the first row stands that was not granted what it says.
    pub fn exceeded(&self) -> Option<Span> {
        self.exceeded
    }

    fn exceed(&mut self, place: Span) {
        self.exceeded.get_or_insert(place);
    }
}

fn bytes(block: &Block) -> usize {
    match &block.content {
        Content::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.text.len()).sum(),
        _ => block.rich().map_or(0, |rich| rich.text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_granted_long_texts_as_far_as_they_go() {
        let mut allowance = Allowance::of(&[Block::paragraph("x".repeat(1 << 20), Span::line(1))]);
        let all = TIMES * (1 << 20) + BESIDE;
        let mut granted = |rows, texts: [usize; 2], line| allowance.grants_rows(rows, texts, Span::line(line));
        assert_eq!(granted(1_000_000, [0, 0], 2), 1_000_000);
        assert_eq!(granted(3, [all / 4, 0], 3), 3);
        assert_eq!(granted(3, [0, all / 8], 4), 2);
        assert_eq!((granted(1, [1, 0], 5), granted(9, [0, 0], 6)), (0, 9), "what is short is always said");
        assert_eq!(allowance.exceeded(), Some(Span::line(4)));
    }
}
