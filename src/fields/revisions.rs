//! Tables that list the versions of a document, a row each with its date: the latest of them is the document's.

use std::ops::Range;

use crate::block::{Block, Content, Row, Table};
use crate::document::DateKind;
use crate::lexicon::lexicon;
use crate::text::{Span, Text, collapse, is_blank};
use crate::value::date::{FoundDate, Reading, find_in};

/// A version and its date.
pub(super) struct Revision {
    pub reading: Reading,
    /// The date as printed.
    pub raw: String,
    pub span: Span,
}

/// A version says what changed in it, beside its number and date.
const LEAST_ROWS: usize = 2;

/// The versions that a table lists: a column of dates alone, beside one of numbers, under words for versions.
pub(super) fn revisions(table: &Table, language: Option<&str>) -> Vec<Revision> {
    let Some((head, body)) = table.rows.split_first().filter(|(_, body)| body.len() >= LEAST_ROWS) else {
        return Vec::new();
    };
    let columns = 0..head.cells.len();
    if !columns.clone().any(|column| numbers_versions(head, body, column)) {
        return Vec::new();
    }
    let listed = columns.map(|column| body.iter().map(|row| revision(row, column, language)).collect());
    listed.into_iter().find_map(|dates: Option<Vec<Revision>>| dates).unwrap_or_default()
}

/// "Version" above nothing but numbers such as 3, 2.1 and v4.
fn numbers_versions(head: &Row, body: &[Row], column: usize) -> bool {
    let headed = lexicon().dates.says(&head.cells[column].text.text, DateKind::Version);
    headed && body.iter().all(|row| row.cells.get(column).is_some_and(|cell| is_version(cell.text.text.trim())))
}

/// "3", "2.1", "v4", "Version 1.0".
pub(super) fn is_version(printed: &str) -> bool {
    let number = printed.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = printed[..printed.len() - number.len()].trim();
    let number = number.strip_prefix(['v', 'V']).unwrap_or(number);
    let number = number.strip_prefix('.').unwrap_or(number);
    let figures =
        number.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    figures
        && (word.is_empty() || matches!(word, "v" | "V" | "v." | "V.") || lexicon().dates.says(word, DateKind::Version))
}

/// The lines below headings that are nothing but the number of a version and its date: what they speak of has changed, and is told
/// elsewhere as it is.
pub(super) fn logs(blocks: &[Block]) -> Vec<Range<u32>> {
    let mut logs: Vec<Range<u32>> = Vec::new();
    let mut open: Option<(u8, u32)> = None;
    for block in blocks {
        let Content::Heading { level, text } = &block.content else { continue };
        if let Some((_, start)) = open.take_if(|(above, _)| *level <= *above) {
            logs.push(start..block.span.line);
        }
        if open.is_none() && heads_version(&text.text) {
            open = Some((*level, block.span.end_line));
        }
    }
    logs.extend(open.map(|(_, start)| start..u32::MAX));
    logs.extend(dated_lists(blocks));
    logs.sort_by_key(|log| log.start);
    // Those that stand within another one add nothing to it.
    logs.dedup_by(|log, above| log.start < above.end);
    logs
}

/// The lines of lists whose items begin with a date each: what changed then.
fn dated_lists(blocks: &[Block]) -> impl Iterator<Item = Range<u32>> {
    let dated = |block: &Block| matches!(&block.content, Content::ListItem { text, .. } if opens_with_date(&text.text));
    let lists = blocks.chunk_by(move |above, below| dated(above) && dated(below));
    let logs = lists.filter(move |list| list.len() >= LEAST_ROWS && dated(&list[0]));
    logs.map(|list| list[0].span.line..list[list.len() - 1].span.end_line + 1)
}

/// "2024-05-01: removed a_b". Hardly an item begins with a figure.
fn opens_with_date(text: &Text) -> bool {
    const MOST_BEFORE: usize = 2;
    let figure = text.bytes().take(MOST_BEFORE).any(|byte| byte.is_ascii_digit());
    figure
        && find_in(text, None).first().is_some_and(|date| date.start < MOST_BEFORE && date.end < text.trim_end().len())
}

/// "[v14] – 2025-04-02", "1.2.0 (2024-05-01)".
fn heads_version(text: &Text) -> bool {
    let dates = find_in(text, None);
    let [date] = dates.as_slice() else { return false };
    is_version_and_date(text, date)
}

/// True where a text is nothing but the number of a version and its date.
pub(super) fn is_version_and_date(text: &str, date: &FoundDate) -> bool {
    let mark = |c: char| !c.is_alphanumeric();
    text[date.end..].chars().all(mark) && is_version(text[..date.start].trim_matches(mark))
}

/// The date that is all of a cell.
fn revision(row: &Row, column: usize, language: Option<&str>) -> Option<Revision> {
    let text = &row.cells.get(column)?.text.text;
    let dates = find_in(text, language);
    let [date] = dates.as_slice() else { return None };
    let ends = text[date.end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let whole = is_blank(&text[..date.start]) && ends.chars().count() <= 2;
    whole.then(|| Revision { reading: date.reading, raw: collapse(&text[date.start..date.end]), span: row.span })
}

#[cfg(test)]
mod tests {
    use crate::block::Cell;

    use super::*;

    fn table(rows: &[[&str; 3]]) -> Table {
        let row = |cells: &[&str; 3]| Row::new(cells.iter().map(|cell| Cell::plain(*cell)).collect(), Span::line(1));
        Table { rows: rows.iter().map(row).collect(), ..Table::default() }
    }

    #[test]
    fn items_that_begin_with_dates_are_a_log() {
        let item = |text: &str, line| Block {
            content: Content::ListItem { depth: 0, text: crate::block::Rich::plain(text) },
            span: Span::line(line),
        };
        let dated =
            [item("_a", 1), item("2021-05-01: removed a_b", 3), item("14.02.2024 – added c_d", 4), item("_e", 5)];
        assert_eq!(logs(&dated), vec![3..5]);
        assert_eq!(logs(&[item("2021-05-01: removed a_b", 1), item("7 days", 2)]), []);
    }

    #[test]
    fn numbers_and_dates_below_the_words_for_them_are_versions() {
        let head = ["Version", "Date", "What changed"];
        let listed = table(&[head, ["1.0", "2021-08-10", "First"], ["v2", "5 November 2022", "New table"]]);
        let raw: Vec<String> = revisions(&listed, Some("en")).into_iter().map(|revision| revision.raw).collect();
        assert_eq!(raw, ["2021-08-10", "5 November 2022"]);
        for other in [
            table(&[["Plugin", "Date", "What changed"], ["1.0", "2021-08-10", "First"], ["2", "2022-11-05", "New"]]),
            table(&[head, ["Acme", "2021-08-10", "First"], ["Zeta", "2022-11-05", "New"]]),
            table(&[head, ["1.0", "in spring", "First"], ["2.0", "2022-11-05", "New"]]),
        ] {
            assert!(revisions(&other, Some("en")).is_empty());
        }
    }

    #[test]
    fn a_version_is_a_number_with_few_parts() {
        assert!(["3", "2.1", "v4", "v. 4", "Version 1.0"].into_iter().all(is_version));
        assert!(!["", "Acme 2", "2021", "1a", "v"].into_iter().any(is_version));
    }

    #[test]
    fn logs_reach_from_the_first_version_to_the_next_part() {
        let heading = |level, text: &str, line| Block::heading(level, text.to_owned(), Span::line(line));
        let blocks = [
            heading(2, "Cookies", 1),
            heading(3, "[v2] – 2025-04-02", 5),
            heading(4, "Added", 6),
            heading(3, "[v1] – 2024-04-02", 9),
            heading(2, "Contact", 14),
        ];
        assert_eq!(logs(&blocks), [5..9, 9..14]);
    }
}
