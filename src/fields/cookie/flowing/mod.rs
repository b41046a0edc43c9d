//! Text that flows on: a whole page on one line, as scrapers leave it that put a blank, or nothing, between all its pieces.

mod glued_heads;
mod labels;
mod parts;
mod tables;

use std::borrow::Cow;

use crate::block::{Block, Rich};
use crate::fields::cookie::heard::Heard;
use crate::lexicon::{Words, lexicon};
use crate::text::{Asked, Span, Text};
use parts::Parts;

/// A line of fewer words holds no table whose cells a blank parts.
const LEAST_WORDS: usize = 14;
/// Where a bar parts so many words on the average, or fewer, it parts cells; the title of a page and that of its site are parted by one too.
const MOST_WORDS_OF_A_CELL: usize = 20;
/// A line of fewer bytes holds no headers beside something else.
const LEAST_BYTES: usize = 24;

/// The blocks, those in their parts that flow on with tables or records in them.
pub fn parted(blocks: &[Block]) -> Cow<'_, [Block]> {
    let found = blocks.iter().enumerate().find_map(|(at, block)| Some((at, parts(block)?)));
    let Some((first, parts_of_first)) = found else { return Cow::Borrowed(blocks) };
    let mut parted = [&blocks[..first], &parts_of_first].concat();
    for block in &blocks[first + 1..] {
        match parts(block) {
            Some(parts) => parted.extend(parts),
            None => parted.push(block.clone()),
        }
    }
    Cow::Owned(parted)
}

/// The parts of a block, where it has some.
fn parts(block: &Block) -> Option<Vec<Block>> {
    let text = block.rich().filter(|_| !block.is_furniture())?;
    if text.text.len() < LEAST_BYTES {
        return None;
    }
    let known = text.text.known();
    let whole = &known.answers::<Heard>().whole;
    let parts = if whole.get().is_some() { None } else { parts_of(text, block.span) };
    if parts.is_none() {
        whole.get_or_init(|| ());
    }
    parts
}

fn parts_of(text: &Rich, span: Span) -> Option<Vec<Block>> {
    let mut parts = Parts::new(span);
    let mut found = false;
    for line in text.lines() {
        let text = line.text.as_str();
        match part(&line.text, &mut parts) || glued_heads::part(text, &mut parts) {
            true => found = true,
            false => parts.push_text(text),
        }
    }
    found.then(|| parts.into_blocks())
}

/// Parts a line whose cells a blank parts; false for nearly all lines, which are short or whose cells bars part.
fn part(line: &Text, parts: &mut Parts) -> bool {
    let words = line.word_count();
    let bars = line.bytes().filter(|byte| *byte == b'|').count();
    if words < LEAST_WORDS || bars * MOST_WORDS_OF_A_CELL >= words {
        return false;
    }
    let headers = lexicon().headers.all_in(&Words::of(line));
    tables::may_head(&headers) && tables::part(line, parts) || labels::may_label(&headers) && labels::part(line, parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Content;

    /// The parts of a line: tables by their rows, with a bar between cells.
    fn parts(text: &str) -> Vec<String> {
        let block = Block::paragraph(text, Span::lines(1, 1));
        let printed = |block: &Block| match &block.content {
            Content::Table(table) => {
                let row = |row: &crate::block::Row| {
                    row.cells.iter().map(|cell| cell.text.text.to_string()).collect::<Vec<_>>().join("|")
                };
                table.rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            _ => block.rich().map(|rich| rich.text.to_string()).unwrap_or_default(),
        };
        parted(&[block]).iter().map(printed).collect()
    }

    #[test]
    fn a_table_is_found_among_the_words_of_a_page() {
        let page = "We use some. Statistics cookies They count. Name Provider Purpose Expiry _ga Google Counts visitors of the site. \
                    2 years _pk_id Matomo Tells visitors apart. 13 months Write to us.";
        let table = "Name|Provider|Purpose|Expiry\n_ga|Google|Counts visitors of the site.|2 years\n_pk_id|Matomo|Tells visitors apart.|13 months";
        assert_eq!(parts(page), ["We use some.", "Statistics cookies", "They count.", table, "Write to us."]);
    }

    #[test]
    fn records_are_found_by_the_labels_that_come_again() {
        let page = "We use some. Marketing cookies Name: _fbp Provider: Meta Expiry: 3 months Name: _ttp Provider: TikTok Expiry: 13 months \
                    Write to us whenever you like.";
        let records =
            ["Name: _fbp\nProvider: Meta\nExpiry: 3 months", "Name: _ttp\nProvider: TikTok\nExpiry: 13 months"];
        let found = parts(page);
        assert!(records.iter().all(|record| found.iter().any(|part| part == record)), "{found:?}");
        assert!(found.iter().any(|part| part == "Marketing cookies"), "{found:?}");
    }

    #[test]
    fn rows_are_found_where_nothing_parts_them() {
        let page = "Own cookiesNamePurposeExpirycart_idKeeps your basket.2 daysPHPSESSIDKeeps you signed in.Session";
        let rows = [
            "Own cookies",
            "NamePurposeExpiry",
            "cart_idKeeps your basket.2 days",
            "PHPSESSIDKeeps you signed in.Session",
        ];
        assert_eq!(parts(page), rows);
    }

    #[test]
    fn prose_is_left() {
        for text in [
            "The name of a cookie, its provider and its purpose stand in the table that we show you when you ask for it.",
            "Type Purpose Legal basis Necessary cookies Keep the site working. KVKK m. 5/2-c Marketing cookies Show you adverts. Consent",
        ] {
            assert_eq!(parts(text), [text]);
        }
    }
}
