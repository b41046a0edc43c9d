//! Terms and what describes them, as entries of a list: a name alone, and below or beside it sentences that end in how long it lives.

use std::borrow::Cow;

use super::from_list::{is_whole_entry, lines_apart};
use crate::block::{Block, Content, Rich, Row, Table};
use crate::text::{SENTENCE_ENDS, Span, word_count};
use crate::value::duration;

/// What parts a term from its description in an entry.
const PARTING: &str = " – ";
/// A single row may be anything.
const LEAST_ROWS: usize = 2;

/// The blocks, those that print terms and their descriptions as entries.
pub(super) fn terms_apart(blocks: Cow<'_, [Block]>) -> Cow<'_, [Block]> {
    let entries: Vec<Option<Vec<Block>>> = blocks.iter().map(in_paragraph).collect();
    if entries.iter().all(Option::is_none) {
        return blocks;
    }
    let apart = blocks.iter().zip(entries).flat_map(|(block, entries)| entries.unwrap_or_else(|| vec![block.clone()]));
    Cow::Owned(apart.collect())
}

/// The entries of a paragraph that prints each term on a line of its own and its description on those below.
fn in_paragraph(block: &Block) -> Option<Vec<Block>> {
    let lines = lines_apart(block)?;
    let texts: Vec<&Rich> = lines.iter().filter_map(Block::rich).collect();
    let starts: Vec<usize> = (0..texts.len()).filter(|at| is_term(&texts, *at)).collect();
    if starts.first() != Some(&0) {
        return None;
    }
    // Lines that say one thing each are a card's.
    let ended = |at: usize| texts[at].text.trim_end().ends_with(SENTENCE_ENDS);
    let is_card = |at: usize| !ended(at) && duration::likeness(&texts[at].text) >= 0.8;
    let ends = starts.iter().skip(1).copied().chain([texts.len()]);
    if !ends.clone().all(|end| ended(end - 1)) || (0..texts.len()).any(is_card) {
        return None;
    }
    let entry = |(start, end): (usize, usize)| {
        let span = lines[start..end].iter().map(|line| line.span).reduce(Span::join)?;
        whole(texts[start], &Rich::joined(" ", texts[start + 1..end].iter().copied()), span)
    };
    starts.iter().copied().zip(ends).map(entry).collect()
}

/// The entries of a list of terms that a reader took for a table of two columns.
pub(super) fn in_table(table: &Table) -> Option<Vec<Block>> {
    if table.by_line || table.rows.len() < LEAST_ROWS {
        return None;
    }
    let entry = |row: &Row| match row.cells.as_slice() {
        [term, description] if !row.head && is_word(&term.text) => whole(&term.text, &description.text, row.span),
        _ => None,
    };
    table.rows.iter().map(entry).collect()
}

fn whole(term: &Rich, description: &Rich, span: Span) -> Option<Block> {
    let mut text = term.clone();
    text.push(PARTING, description);
    let block = Block { content: Content::ListItem { depth: 0, text }, span };
    is_whole_entry(&block).then_some(block)
}

/// One word above a line of several, behind the end of what is said of the term before.
fn is_term(lines: &[&Rich], at: usize) -> bool {
    let described = lines.get(at + 1).is_some_and(|next| word_count(&next.text) > 1);
    let begins = at == 0 || lines[at - 1].text.trim_end().ends_with(SENTENCE_ENDS);
    described && begins && is_word(lines[at])
}

fn is_word(text: &Rich) -> bool {
    let printed = text.text.trim();
    !printed.is_empty()
        && !printed.contains(char::is_whitespace)
        && printed.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '*'))
}
