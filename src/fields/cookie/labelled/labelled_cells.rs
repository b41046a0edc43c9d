//! Tables whose cells repeat their headers: `Name _a | Lifetime 2 years` in every row, as cards of labels and values and tables for
//! small screens print them.

use super::bare_labels::opening;
use crate::block::Rich;
use crate::lexicon::Field;
use crate::table::{Grid, GridRow, key_of};
use crate::text::{Text, split_at_colon};

/// What parts a label from its value.
const BEHIND_LABEL: [char; 3] = [' ', '\n', ':'];

/// The table with the labels that the cells of its columns begin with as its headers.
pub(in crate::fields::cookie) fn with_labels_as_headers(grid: Grid) -> Grid {
    let Some(labels) = labels(&grid) else { return grid };
    let headed = grid.rows.first().is_some_and(|row| is_header(row, &labels));
    let (head, body) = grid.rows.split_at(usize::from(headed));
    let header = head.first().cloned().unwrap_or_else(|| header(&body[0], &labels));
    let rows = std::iter::once(header).chain(body.iter().map(|row| without_labels(row, &labels)));
    Grid { rows: rows.collect(), ..grid }
}

/// The label of each column, where those of a name and of another field stand in every row. The last row is asked first, for it is no
/// header.
fn labels(grid: &Grid) -> Option<Vec<Option<String>>> {
    let last = grid.rows.last().filter(|row| row.cells.len() > 1)?;
    let openings: Vec<_> =
        last.cells.iter().map(|cell| opening(&cell.text).or_else(|| label_before_colon(&cell.text))).collect();
    let labelled: Vec<Field> = openings.iter().flatten().map(|(_, field)| *field).collect();
    if !labelled.contains(&Field::Name) || labelled.iter().all(|field| *field == Field::Name) {
        return None;
    }
    let labels: Vec<Option<String>> = openings
        .into_iter()
        .map(|opening| opening.map(|(label, _)| label.trim_end_matches(BEHIND_LABEL).to_owned()))
        .collect();
    let all =
        grid.rows.iter().enumerate().all(|(at, row)| is_labelled(row, &labels) || at == 0 && is_header(row, &labels));
    all.then_some(labels)
}

/// "Name:_a": bold words beside their value, with no blank between them.
fn label_before_colon(cell: &Text) -> Option<(&str, Field)> {
    let (label, _) = split_at_colon(cell).filter(|(_, value)| !value.trim().is_empty())?;
    Some((label, key_of(label)?))
}

fn is_labelled(row: &GridRow, labels: &[Option<String>]) -> bool {
    let opens = |(cell, label): (&Rich, &Option<String>)| label.as_ref().is_none_or(|label| opens_with(cell, label));
    row.cells.iter().zip(labels).all(opens)
}

fn opens_with(cell: &Rich, label: &str) -> bool {
    let rest = cell.text.strip_prefix(label);
    cell.is_blank() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(BEHIND_LABEL))
}

fn is_header(row: &GridRow, labels: &[Option<String>]) -> bool {
    let heads = |(cell, label): (&Rich, &Option<String>)| label.as_ref().is_none_or(|label| cell.text.trim() == label);
    row.cells.iter().zip(labels).all(heads)
}

fn header(first: &GridRow, labels: &[Option<String>]) -> GridRow {
    let cells = labels.iter().map(|label| Rich::plain(label.clone().unwrap_or_default())).collect();
    GridRow { cells, head: true, spanning: false, ..first.clone() }
}

fn without_labels(row: &GridRow, labels: &[Option<String>]) -> GridRow {
    let bare = |(cell, label): (&Rich, &Option<String>)| match label.as_ref().filter(|_| !cell.is_blank()) {
        Some(label) => cell.slice(value_start(cell, label.len()), cell.text.len()),
        None => cell.clone(),
    };
    GridRow { cells: row.cells.iter().zip(labels).map(bare).collect(), ..row.clone() }
}

fn value_start(cell: &Rich, label: usize) -> usize {
    cell.text.len() - cell.text[label..].trim_start_matches(BEHIND_LABEL).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Cell, Row, Table};
    use crate::text::Span;

    fn rows(table: &[&[&str]]) -> Vec<Vec<String>> {
        let row = |cells: &&[&str]| Row::new(cells.iter().map(|cell| Cell::plain(*cell)).collect(), Span::line(1));
        let grid = Grid::of(&Table { rows: table.iter().map(row).collect(), ..Table::default() });
        let cells = |row: &GridRow| row.cells.iter().map(|cell| cell.text.to_string()).collect();
        with_labels_as_headers(grid).rows.iter().map(cells).collect()
    }

    #[test]
    fn labels_in_each_cell_are_its_header() {
        let cards: &[&[&str]] = &[&["Name a_b", "Lifetime 2 years", "ours"], &["Name c_d", "Lifetime: 1 day", "x"]];
        let expected = [["Name", "Lifetime", ""], ["a_b", "2 years", "ours"], ["c_d", "1 day", "x"]];
        assert_eq!(rows(cards), expected);
        let below_header: &[&[&str]] = &[&["Name", "Lifetime"], &["Name a_b", "Lifetime 2 years"]];
        assert_eq!(rows(below_header), [["Name", "Lifetime"], ["a_b", "2 years"]]);
    }

    #[test]
    fn words_that_some_cells_begin_with_are_no_labels() {
        let table: &[&[&str]] = &[&["Name", "Lifetime"], &["a_b", "2 years"], &["Name c_d", "Lifetime 1 day"]];
        assert_eq!(rows(table).len(), 3);
        assert_eq!(rows(table)[2], ["Name c_d", "Lifetime 1 day"]);
    }
}
