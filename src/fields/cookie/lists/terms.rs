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
pub fn terms_apart(blocks: Cow<'_, [Block]>) -> Cow<'_, [Block]> {
    let Some((first, entries)) = blocks.iter().enumerate().find_map(|(at, block)| Some((at, in_paragraph(block)?)))
    else {
        return blocks;
    };
    let mut apart = [&blocks[..first], &entries].concat();
    for block in &blocks[first + 1..] {
        match in_paragraph(block) {
            Some(entries) => apart.extend(entries),
            None => apart.push(block.clone()),
        }
    }
    Cow::Owned(apart)
}

/// The entries of a paragraph that prints each term on a line of its own and its description on those below.
fn in_paragraph(block: &Block) -> Option<Vec<Block>> {
    // Most paragraphs open with several words, and a look at the first line tells.
    let opening = block.rich()?.text.split('\n').next()?.trim();
    if opening.contains(char::is_whitespace) {
        return None;
    }
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
pub fn in_table(table: &Table) -> Option<Vec<Block>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<String> {
        let blocks = [Block::paragraph(text, Span::lines(1, 1 + text.matches('\n').count() as u32))];
        let apart = terms_apart(Cow::Borrowed(&blocks));
        apart.iter().filter_map(Block::rich).map(|rich| rich.text.to_string()).collect()
    }

    #[test]
    fn each_term_and_what_is_said_below_it_is_an_entry() {
        let printed = "a_sid\nKeeps you signed in. Expires: end of the\nsession.\nbasket\nRemembers what you chose. Expires: 7 days.";
        let expected = [
            "a_sid – Keeps you signed in. Expires: end of the session.",
            "basket – Remembers what you chose. Expires: 7 days.",
        ];
        assert_eq!(entries(printed), expected);
    }

    #[test]
    fn cards_and_prose_are_left() {
        for text in [
            "a_sid\nKeeps you signed in\n7 days\nb_sid\nCounts visits\n1 year",
            "Cookies\nWe use some cookies.",
            "a_sid",
        ] {
            assert_eq!(entries(text), [text]);
        }
    }
}
