//! Tables that a page break cut in two: closed again, with the footer and header between their halves kept as furniture.

use super::columns::key_of;
use super::wrap::same_words;
use crate::block::{Block, Content, Row, Table};
use crate::lexicon::lexicon;
use crate::value::{category, host, name};

/// At most this many short blocks stand between the halves of a table.
const MOST_BETWEEN: usize = 4;
/// Furniture has at most this many words.
const MOST_WORDS: usize = 6;

/// Joins tables of printed pages that only furniture parts; the furniture follows them, labelled.
///
/// Formats without pages break no table: there a short text between two tables heads the second.
pub fn close_page_breaks(blocks: Vec<Block>) -> Vec<Block> {
    let mut closed: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match half_above(&closed, &block) {
            Some(at) => join(&mut closed, at, block),
            None => closed.push(block),
        }
    }
    closed
}

/// Index of the table of which this one is the second half.
fn half_above(closed: &[Block], block: &Block) -> Option<usize> {
    let below = block.as_table()?;
    let at = closed.iter().rposition(|block| block.as_table().is_some())?;
    let above = closed[at].as_table()?;
    let between = &closed[at + 1..];
    let parted = !between.is_empty() && between.len() <= MOST_BETWEEN && between.iter().all(is_furniture_like);
    // A company's name alone above the same header again heads another table.
    let headed = || matches!(between, [company] if names_a_company(company)) && repeats_header(above, below);
    let next_page = between.is_empty() && above.by_line && below.by_line;
    let told_apart = !between.iter().all(Block::is_furniture) && on_one_page(above, below);
    ((parted && !headed() && !told_apart || next_page)
        && width(above) == width(below)
        && width(below) >= 2
        && !has_own_header(above, below))
    .then_some(at)
}

fn join(closed: &mut [Block], at: usize, block: Block) {
    let Content::Table(below) = block.content else { return };
    for between in &mut closed[at + 1..] {
        if let Content::Paragraph(text) | Content::Heading { text, .. } | Content::ListItem { text, .. } =
            &mut between.content
        {
            between.content = Content::Furniture(std::mem::take(text));
        }
    }
    let target = &mut closed[at];
    target.span = target.span.join(block.span);
    if let Content::Table(above) = &mut target.content {
        // A header that is repeated stays: no word is lost, and the sections of the table pass over it.
        above.rows.extend(below.rows);
    }
}

/// True where the format knows pages and no page ends between the two: what stands there heads the second.
fn on_one_page(above: &Table, below: &Table) -> bool {
    let page = |row: Option<&Row>| row.and_then(|row| row.span.page);
    page(above.rows.last()).is_some_and(|above| page(below.rows.first()) == Some(above))
}

/// Short, names no category and no cookie, and does not lead into anything.
fn is_furniture_like(block: &Block) -> bool {
    let Some(text) = block.rich().map(|rich| rich.text.trim()) else { return false };
    let words = text.split_whitespace().count();
    let service = lexicon().services.is_name(text) || host::whole(text).is_some();
    let speaks = category::classify(text).is_some() || text.ends_with(':') || key_of(text).is_some() || service;
    let names = text.split_whitespace().any(|word| name::likeness(word) >= name::CONVINCING && !word.contains('*'));
    block.is_furniture() || (words <= MOST_WORDS && !speaks && !names)
}

/// The second half of a table begins with a row, or with the header of the first, and has no caption.
fn has_own_header(above: &Table, below: &Table) -> bool {
    if below.caption.is_some() {
        return true;
    }
    let (Some(head), Some(first)) = (above.rows.first(), below.rows.first()) else { return true };
    let repeated = has_words_of(head, first);
    let named = first.cells.iter().filter(|cell| key_of(&cell.text.text).is_some()).count();
    !repeated && (first.head || named * 2 >= first.cells.len().max(1))
}

fn repeats_header(above: &Table, below: &Table) -> bool {
    above.rows.first().zip(below.rows.first()).is_some_and(|(head, first)| has_words_of(head, first))
}

fn has_words_of(head: &Row, first: &Row) -> bool {
    head.cells.iter().zip(&first.cells).all(|(a, b)| same_words(&a.text.text, &b.text.text))
}

fn names_a_company(block: &Block) -> bool {
    !block.is_furniture() && block.rich().is_some_and(|rich| lexicon().services.is_company(rich.text.trim()))
}

fn width(table: &Table) -> usize {
    table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Cell;
    use crate::text::Span;

    fn table(line: u32, page: u32, rows: &[[&str; 2]]) -> Block {
        let span = |line| Span { page: Some(page), ..Span::line(line) };
        let row = |(cells, line): (&[&str; 2], u32)| Row::new(cells.map(Cell::plain).to_vec(), span(line));
        let rows: Vec<Row> = rows.iter().zip(line..).map(row).collect();
        Block::table(Table { rows, ..Table::default() }, span(line))
    }

    fn tables_after(page_of_second: u32) -> usize {
        let head = ["Cookie", "Lifetime"];
        let above = table(1, 1, &[head, ["acme_id", "1 year"]]);
        let label = Block::paragraph("Acme Shop", Span { page: Some(1), ..Span::line(3) });
        let below = table(4, page_of_second, &[head, ["acme_cart", "1 day"]]);
        close_page_breaks(vec![above, label, below]).iter().filter(|block| block.as_table().is_some()).count()
    }

    #[test]
    fn what_stands_between_two_tables_of_one_page_heads_the_second() {
        assert_eq!([tables_after(1), tables_after(2)], [2, 1]);
    }
}
