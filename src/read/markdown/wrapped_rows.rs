//! Pipe tables whose rows a converter wrapped like text, or broke where cells have lines: a parser of CommonMark takes each of their lines
//! for a row.

use std::borrow::Cow;

use super::{Taken, inline};
use crate::block::{Block, Rich, Table};
use crate::layout::{Line, broken_table, wrapped_table};

/// Takes the tables with wrapped rows out of a text.
pub(super) fn take(text: &str) -> Taken<'_> {
    if !text.contains("--") || !text.contains('|') {
        return Taken { text: Cow::Borrowed(text), tables: Vec::new() };
    }
    let numbered = text.split('\n').enumerate();
    let lines: Vec<Line> = numbered.map(|(index, line)| Line::new(index as u32 + 1, line)).collect();
    let mut left: Vec<&str> = text.split('\n').collect();
    let mut tables = Vec::new();
    for head in 0..lines.len() {
        let is_free = !left[head].trim().is_empty();
        let Some(table) = is_free.then(|| table_at(&lines[head..])).flatten() else { continue };
        let block = with_marks(table);
        left[head..block.span.end_line as usize].fill("");
        tables.push(block);
    }
    let text = if tables.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(left.join("\n")) };
    Taken { text, tables }
}

/// The table that begins with the first line, where it was wrapped or broken.
fn table_at(lines: &[Line]) -> Option<Table> {
    wrapped_table(lines).or_else(|| broken_table(lines))
}

/// The table with its first row as head, its cells read as Markdown.
fn with_marks(mut table: Table) -> Block {
    table.rows[0].head = true;
    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
    cells.for_each(|cell| cell.text = read(&cell.text));
    let (first, last) = (table.rows[0].span, table.rows[table.rows.len() - 1].span);
    Block::table(table, first.join(last))
}

/// A cell read as Markdown, where that costs no word: the addresses behind links are none.
fn read(cell: &Rich) -> Rich {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let read = inline(&cell.text);
    if letters(&read.text) >= letters(&without_addresses(&cell.text)) { read } else { cell.clone() }
}

/// `[Acme](https://acme.example)` without what stands behind `](`.
fn without_addresses(text: &str) -> String {
    let mut pieces = text.split("](");
    let first = pieces.next().unwrap_or("").to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once(')').map_or(piece, |(_, behind)| behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn rows_go_on_below_until_they_have_the_bars_of_their_head() {
        let text = "Before\n\n**Name**| Use| Time  \n---|---|---  \nsid| Keeps your basket while you\nshop.| 2\ndays  \nlang| Language| 1 year  \n  \nAfter";
        let taken = take(text);
        assert_eq!(
            taken.text.split('\n').filter(|line| !line.trim().is_empty()).collect::<Vec<_>>(),
            ["Before", "After"]
        );
        let table = taken.tables[0].as_table().expect("a table was taken");
        let texts = |row: usize| table.rows[row].cells.iter().map(|cell| cell.text.text.as_str()).collect::<Vec<_>>();
        assert_eq!(texts(0), ["Name", "Use", "Time"]);
        assert_eq!(texts(1), ["sid", "Keeps your basket while you shop.", "2 days"]);
        assert_eq!(texts(2), ["lang", "Language", "1 year"]);
        assert_eq!(taken.tables[0].span.line, 3);
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        let taken = take(text);
        let table = taken.tables[0].as_table().expect("a table was taken");
        let texts = |row: &crate::block::Row| row.cells.iter().map(|cell| cell.text.text.to_string()).collect();
        table.rows.iter().map(texts).collect()
    }

    #[test]
    fn a_head_goes_on_until_it_has_the_bars_of_its_rule() {
        let text =
            "Our cookies Name| Used\nfor| Time  \n---|---|---  \nsid| Basket| 2 days  \nlang| Language|\n1 year  \n";
        assert_eq!(
            rows(text),
            [["Our cookies Name", "Used for", "Time"], ["sid", "Basket", "2 days"], ["lang", "Language", "1 year"]]
        );
    }

    #[test]
    fn two_blanks_end_rows_and_lines_of_cells() {
        let head = "Name| Host| Time  \n---|---|---  \n";
        let labelled = format!("{head}Keeps the shop\nrunning  \ncart  \ncart_sig| shop.example| 2\ndays  \n");
        assert_eq!(
            rows(&labelled)[1..],
            [["Keeps the shop running", "", ""], ["cart\ncart_sig", "shop.example", "2 days"]]
        );
        let hosts = format!("{head}a_b| shop.example  \nmap.example| 2 days  \n1 day  \nc_d| shop.example| 1 year  \n");
        assert_eq!(
            rows(&hosts)[1..],
            [["a_b", "shop.example\nmap.example", "2 days\n1 day"], ["c_d", "shop.example", "1 year"]]
        );
    }

    #[test]
    fn links_that_were_broken_are_links() {
        let text = "Name| Who  \n---|---  \na_b| [Acme\nLtd](https://acme.example/en-\nUS/privacy)  \n";
        assert_eq!(rows(text)[1], ["a_b", "Acme Ltd"]);
    }

    #[test]
    fn a_head_above_another_rule_begins_another_table() {
        let table = "Name| Use\n---|---\na_b| counts\nvisits\n";
        let taken = take(&table.repeat(2)).tables.iter().map(|block| block.span).collect::<Vec<_>>();
        assert_eq!(taken, [Span::lines(1, 4), Span::lines(5, 8)]);
    }

    #[test]
    fn rows_of_one_line_each_are_left_to_the_parser() {
        let text = "a| b\n---|---\nx| y\nz| w";
        assert!(take(text).tables.is_empty());
    }
}
