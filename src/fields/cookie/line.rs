//! The printed lines of blocks: what shapes without a table are read from.

use super::lead::Leads;
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

/// Takes lines that stand before the rows to come into account: a paragraph of several lines line by line, any other block once.
pub(super) fn pass_lines(leads: &mut Leads, blocks: &[Block], lines: &[Line]) {
    for (index, line) in lines.iter().enumerate() {
        let block = &blocks[line.block];
        match &block.content {
            Content::Paragraph(text) if text.text.contains('\n') => {
                leads.pass(&Block { content: Content::Paragraph(line.text.clone()), span: line.span });
            }
            _ if index == 0 || lines[index - 1].block != line.block => leads.pass(block),
            _ => {}
        }
    }
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
