//! Pipe tables with outer bars of which a converter broke cells over lines, where the page that it read has a line break, a paragraph
//! or a list in a cell: a row ends with the bar that is its last, blank lines or not.

use super::bars::{bars, cells, is_delimiter};
use super::line::Line;
use crate::block::{Cell, Row, Table};

/// A row takes at most so many lines.
const MOST_LINES: usize = 40;

/// The table that begins with the first line, where cells of it were broken over lines.
pub fn broken_table(lines: &[Line]) -> Option<Table> {
    let [head, rule, body @ ..] = lines else { return None };
    let bars = bars(head.text());
    let headed = bars >= 3 && ends_row(head.text()) && head.text().trim_start().starts_with('|');
    if !headed || !is_rule(rule) || self::bars(rule.text()) != bars {
        return None;
    }
    let mut rows = vec![&lines[..1]];
    let mut next = 0;
    while let Some(length) = row_length(&body[next..], bars) {
        rows.push(&body[next..next + length]);
        next += length;
    }
    let broken = rows.iter().any(|row| row.len() > 1);
    broken
        .then(|| Table { rows: rows.into_iter().filter_map(|row| self::row(row, bars)).collect(), ..Table::default() })
}

fn is_rule(line: &Line) -> bool {
    is_delimiter(line.text().trim())
}

fn ends_row(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('|') && !text.ends_with("\\|")
}

/// How many lines the row takes that begins with the first of them: up to the last of as many bars as the head has.
fn row_length(lines: &[Line], bars: usize) -> Option<usize> {
    let again = lines.get(1).is_some_and(is_rule);
    if again || !lines.first()?.text().trim_start().starts_with('|') {
        return None;
    }
    let mut found = 0;
    for (at, line) in lines.iter().take(MOST_LINES).enumerate() {
        found += self::bars(line.text());
        match found >= bars {
            true => return (found == bars && ends_row(line.text())).then_some(at + 1),
            // What begins a row anew leaves this one without its end.
            false if at > 0 && line.text().trim_start().starts_with("| ") && !ends_row(line.text()) => return None,
            false => {}
        }
    }
    None
}

/// The row that some lines are, without its outer bars.
fn row(lines: &[Line], bars: usize) -> Option<Row> {
    let printed: Vec<&str> = lines.iter().map(|line| line.text().trim()).filter(|text| !text.is_empty()).collect();
    let text = printed.join("\n");
    let inner = text.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = cells(inner);
    cells.resize(bars - 1, Cell::default());
    Some(Row::new(cells, lines.first()?.span().join(lines.last()?.span())))
}

#[cfg(test)]
mod tests {
    use super::super::Lines;
    use super::*;

    fn rows(text: &str) -> Option<Vec<Vec<String>>> {
        let table = broken_table(&Lines::of(text).lines)?;
        let texts = |row: &Row| row.cells.iter().map(|cell| cell.text.text.to_string()).collect();
        Some(table.rows.iter().map(texts).collect())
    }

    #[test]
    fn rows_end_with_their_last_bar() {
        let head = "| Name | Who | Time |\n| --- | --- | --- |\n";
        let broken = format!(
            "{head}| a_b | [Acme](https://acme.example)  \n.shop.example | 1 year |\n| c_d | shop.example | 2 days |\n\nText"
        );
        let read = [
            vec!["Name", "Who", "Time"],
            vec!["a_b", "[Acme](https://acme.example)\n.shop.example", "1 year"],
            vec!["c_d", "shop.example", "2 days"],
        ];
        assert_eq!(rows(&broken).expect("a table"), read);
        let paragraphs = format!("{head}| \n\na_b\n\n | \n\nAcme\n\n | 1 year |\n");
        assert_eq!(rows(&paragraphs).expect("a table")[1], ["a_b", "Acme", "1 year"]);
    }

    #[test]
    fn whole_rows_are_left_to_others() {
        assert_eq!(rows("| A | B |\n| --- | --- |\n| x | y |\n| z | w |\n"), None);
        assert_eq!(rows("| A | B |\n| --- | --- |\n| x\ny\n"), None);
    }
}
