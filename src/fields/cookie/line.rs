//! The printed lines of blocks: what shapes without a table are read from.

use crate::block::{Block, Content, Rich};
use crate::text::Span;

/// One line of a block.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Index of its block.
    pub block: usize,
    /// Its words.
    pub text: Rich,
    /// Where it stands.
    pub span: Span,
    /// True for a line of a heading.
    pub heading: bool,
}

/// The lines of all blocks but tables, furniture and those that are taken already.
pub(super) fn lines(blocks: &[Block], taken: &[bool]) -> Vec<Line> {
    let free = blocks.iter().enumerate().filter(|(index, block)| !taken[*index] && !block.is_furniture());
    free.flat_map(|(index, block)| lines_of(index, block)).collect()
}

fn lines_of(index: usize, block: &Block) -> Vec<Line> {
    let Some(rich) = block.rich() else { return Vec::new() };
    let heading = matches!(block.content, Content::Heading { .. });
    let pieces = rich.lines();
    let height = block.span.end_line - block.span.line + 1;
    // Where the format wraps as it likes, lines of text and lines of the source do not correspond: each may be anywhere.
    let corresponds = pieces.len() as u32 <= height;
    let place = |number: u32| {
        let line = block.span.line + number;
        if corresponds { Span { line, end_line: line, page: block.span.page } } else { block.span }
    };
    let line = |(number, text)| Line { block: index, text, span: place(number), heading };
    (0..).zip(pieces).map(line).collect()
}
