//! Tables whose cells semicolons or commas part, with quotes around a cell that holds one: rows of a spreadsheet, written down as text.

use super::line::Line;
use super::run::{Run, table_block};
use crate::block::{Cell, Row};
use crate::text::fits;

/// What parts cells, and how many of them a line must have at least: commas stand in sentences too.
const MARKS: [(char, usize); 2] = [(';', 3), (',', 4)];
/// Rows, the head among them.
const LEAST_ROWS: usize = 3;
/// Characters of a cell of the head.
const LONGEST_HEADER: usize = 40;

/// The table that begins with the first line, if it does: a head of short cells, and lines of as many cells right below it.
pub(super) fn delimited_run(lines: &[Line]) -> Option<Run> {
    let goes_on = lines.get(1).is_some_and(|next| !next.is_blank());
    MARKS.iter().filter(|_| goes_on).find_map(|(mark, least)| run(lines, *mark, *least))
}

fn run(lines: &[Line], mark: char, least: usize) -> Option<Run> {
    let head = lines[0].text();
    if !is_parted_closely(head, mark, least - 1) {
        return None;
    }
    let head = cells(head, mark)?;
    let short = |cell: &String| !cell.is_empty() && fits(cell, LONGEST_HEADER) && !cell.ends_with('.');
    if head.len() < least || !head.iter().all(short) {
        return None;
    }
    let row = |line: &Line| {
        let cells = cells(line.text(), mark).filter(|cells| cells.len() == head.len())?;
        Some(Row::new(cells.into_iter().map(Cell::plain).collect(), line.span()))
    };
    let rows: Vec<Row> = lines.iter().map_while(row).collect();
    let taken = rows.len();
    (taken >= LEAST_ROWS).then(|| Run::new(table_block(rows), taken))
}

/// True for a line with so many marks, none of which has a blank behind it, as they have in sentences.
fn is_parted_closely(text: &str, mark: char, least: usize) -> bool {
    let byte = u8::try_from(mark).expect("marks are ASCII");
    let text = text.trim().as_bytes();
    let closely = |at: usize| text.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace());
    let mut marks = 0;
    memchr::memchr_iter(byte, text).inspect(|_| marks += 1).all(closely) && marks >= least
}

/// The cells of a line; none where a quote is left open.
fn cells(text: &str, mark: char) -> Option<Vec<String>> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = text.trim().chars().peekable();
    while let Some(c) = characters.next() {
        let cell = cells.last_mut().expect("the first is there");
        match c {
            // A quote inside quotes is written twice.
            '"' if quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            c if c == mark && !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells.iter_mut().for_each(|cell| *cell = cell.trim().to_owned());
    (!quoted).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<(usize, Vec<String>)> {
        let lines: Vec<Line> = (1..).zip(text.lines()).map(|(number, line)| Line::new(number, line)).collect();
        let run = delimited_run(&lines)?;
        let table = run.block.as_table().unwrap();
        let last = table.rows.last().unwrap().cells.iter().map(|cell| cell.text.text.to_string()).collect();
        Some((run.lines, last))
    }

    #[test]
    fn cells_are_parted_at_marks_outside_of_quotes() {
        let found = rows("Name;Owner;Purpose\n_a;Acme;Counts\n_b;\"Acme; Ltd\";\"Says \"\"yes\"\"\"\nbelow").unwrap();
        assert_eq!(found, (3, vec!["_b".to_owned(), "Acme; Ltd".to_owned(), "Says \"yes\"".to_owned()]));
        assert_eq!(
            rows("Name,Owner,Purpose,Expiry\n_a,Acme,Counts,1 day\n_b,Acme,\"Counts, too\",1 day").unwrap().0,
            3
        );
    }

    #[test]
    fn a_list_in_a_sentence_is_no_table() {
        assert!(rows("We count; we sort; we keep\nand count; and sort; and keep\nand so; and on; and on").is_none());
        assert!(rows("Name;Owner;Purpose\n_a;Acme;Counts").is_none());
        assert!(rows("Name,Owner,Purpose\n_a,Acme,Counts\n_b,Acme,Counts").is_none());
    }
}
