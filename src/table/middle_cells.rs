//! Cells over several rows that stand in the middle of them, where only position tells: put into each of their rows.
//!
//! A table by printed lines has a group's name on one line, half way down the group. Only where all names of a column stand in the
//! middle of groups that follow one another without a gap, from the first row to the last, are they taken for such.

use std::ops::Range;

use super::columns::{Columns, key_of};
use super::grid::GridRow;
use crate::block::Rich;
use crate::lexicon::Field;
use crate::value::{category, name};

/// A column names at least so many groups.
const LEAST_GROUPS: usize = 2;
/// Lines by which a name may stand above or below the middle.
const BESIDE: usize = 1;

/// Puts the groups' names of one column into their rows, which begin below the header.
pub(super) fn put_into_rows(header: &[Rich], lines: &mut Vec<GridRow>) {
    let Some(column) = header.iter().position(|header| key_of(&header.text) == Some(Field::Category)) else { return };
    let name = Columns::assign(header, lines, header.len()).column(Field::Name);
    let Some(name) = name.filter(|name| *name != column) else { return };
    let Some(groups) = groups(lines, column, name) else { return };
    for group in groups {
        let text = std::mem::take(&mut lines[group.named].cells[column]);
        let rows = lines[group.lines].iter_mut().filter(|line| is_name(&line.cells[name]));
        rows.for_each(|line| line.cells[column] = text.clone());
    }
    lines.retain(|line| !line.cells.iter().all(Rich::is_blank));
}

/// Puts the names of groups into all rows of theirs, where a column of categories prints each once: on its first row, or half way down.
pub(super) fn fill_groups(columns: &Columns, rows: &mut [GridRow]) {
    let Some(column) = columns.column(Field::Category) else { return };
    let named: Vec<usize> = (0..rows.len()).filter(|at| !rows[*at].cells[column].is_blank()).collect();
    let once = named.len() >= LEAST_GROUPS && named.len() < rows.len() && {
        let groups = named.iter().all(|at| is_group(&rows[*at].cells[column]));
        groups && named.windows(2).all(|pair| rows[pair[0]].cells[column].text != rows[pair[1]].cells[column].text)
    };
    if !once {
        return;
    }
    let starts = if named[0] == 0 { Some(named.clone()) } else { starts_around(&named, rows.len()) };
    let Some(starts) = starts else { return };
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    // A single blank is of a row that has no category.
    let shared = starts.iter().zip(ends.clone()).filter(|(start, end)| end - *start > 1).count();
    if shared * 2 < named.len() {
        return;
    }
    for ((start, end), named) in starts.iter().copied().zip(ends).zip(named) {
        let text = rows[named].cells[column].clone();
        rows[start..end].iter_mut().for_each(|row| row.cells[column] = text.clone());
    }
}

/// Where groups begin that fill so many rows, each with its name in the middle: the ways that are left after each group, by where it ends.
fn starts_around(named: &[usize], rows: usize) -> Option<Vec<usize>> {
    let mut ways = vec![Way { end: 0, cost: 0, starts: Vec::new() }];
    for (index, at) in named.iter().copied().enumerate() {
        let last = index + 1 == named.len();
        let limit = named.get(index + 1).copied().unwrap_or(rows);
        let ends = |way: &Way| {
            let wanted = (2 * at + 1).saturating_sub(way.end);
            let near = wanted.saturating_sub(BESIDE)..=wanted + BESIDE;
            let fits = move |end: &usize| *end > at && *end <= limit && (!last || *end == rows);
            near.filter(fits).map(|end| way.with(end, end.abs_diff(wanted))).collect::<Vec<_>>()
        };
        let mut next: Vec<Way> = ways.iter().flat_map(ends).collect();
        next.sort_by_key(|way| (way.end, way.cost));
        next.dedup_by_key(|way| way.end);
        ways = next;
    }
    ways.into_iter().next().map(|way| way.starts)
}

/// Groups that reach down to a row, one below the other.
struct Way {
    end: usize,
    /// By how much their names stand beside their middles.
    cost: usize,
    starts: Vec<usize>,
}

impl Way {
    fn with(&self, end: usize, beside: usize) -> Self {
        let starts = self.starts.iter().copied().chain([self.end]).collect();
        Self { end, cost: self.cost + beside, starts }
    }
}

/// The lines of a group, and the one that names it.
struct Group {
    lines: Range<usize>,
    named: usize,
}

/// The groups of a table by the lines of their names, one below the other; none where they do not fill it so.
fn groups(lines: &[GridRow], column: usize, name: usize) -> Option<Vec<Group>> {
    let named: Vec<usize> = (0..lines.len()).filter(|at| is_group(&lines[*at].cells[column])).collect();
    // What stands on the first line of its row was set at the top.
    if named.len() < LEAST_GROUPS || named[0] == 0 || !is_name(&lines[0].cells[name]) {
        return None;
    }
    let (last, others) = named.split_last()?;
    let end = end_of_rows(lines, column, *last);
    if lines[..end].iter().filter(|line| !line.cells[column].is_blank()).count() > named.len() {
        return None;
    }
    let mut groups: Vec<Group> = Vec::with_capacity(named.len());
    let start = |groups: &[Group]| groups.last().map_or(0, |group| group.lines.end);
    for named in others.iter().copied() {
        let (start, wanted) = (start(&groups), (2 * named + 1).checked_sub(start(&groups))?);
        let begins = |at: &usize| (start + 1..end).contains(at) && is_name(&lines[*at].cells[name]);
        let near = wanted.saturating_sub(BESIDE)..=wanted + BESIDE;
        let next = near.filter(begins).min_by_key(|at| at.abs_diff(wanted))?;
        groups.push(Group { lines: start..next, named });
    }
    let start = start(&groups);
    let middle = (2 * last + 1).checked_sub(start)?.abs_diff(end) <= BESIDE;
    groups.push(Group { lines: start..end, named: *last });
    middle.then_some(groups)
}

/// The rows end before a line that prints something else in the column of the groups.
fn end_of_rows(lines: &[GridRow], column: usize, last: usize) -> usize {
    let other = |at: &usize| !lines[*at].cells[column].is_blank();
    (last + 1..lines.len()).find(other).unwrap_or(lines.len())
}

fn is_group(cell: &Rich) -> bool {
    !cell.is_blank() && category::likeness(&cell.text) >= 0.9
}

fn is_name(cell: &Rich) -> bool {
    !cell.is_blank() && name::cell_likeness(cell) >= name::POSSIBLE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn lines(rows: &[[&str; 3]]) -> Vec<GridRow> {
        let row = |(number, cells): (u32, &[&str; 3])| GridRow {
            cells: cells.iter().map(|cell| Rich::plain(*cell)).collect(),
            span: Span::line(number),
            printed: 0..0,
            head: false,
            spanning: false,
            missing: 0,
        };
        (1..).zip(rows).map(row).collect()
    }

    fn groups(rows: &[[&str; 3]]) -> Vec<String> {
        let header = ["Category", "Cookie", "Purpose"].map(Rich::plain);
        let mut lines = lines(rows);
        put_into_rows(&header, &mut lines);
        lines.iter().map(|line| line.cells[0].text.to_string()).collect()
    }

    #[test]
    fn names_of_groups_in_the_middle_are_put_into_their_rows() {
        let rows = [
            ["", "_ab", "counts"],
            ["Necessary", "_cd", "sorts"],
            ["", "ef_gh", "keeps"],
            ["", "_ij", "shows"],
            ["Marketing", "", ""],
            ["", "_kl", "sells"],
        ];
        assert_eq!(groups(&rows), ["Necessary", "Necessary", "Necessary", "Marketing", "Marketing"]);
    }

    #[test]
    fn names_that_stand_in_no_middle_stay_where_they_are() {
        let rows = [
            ["", "_ab", "counts"],
            ["Necessary", "_cd", "sorts"],
            ["", "ef_gh", "keeps"],
            ["", "_ij", "shows"],
            ["", "_mn", "shows"],
            ["Marketing", "_kl", "sells"],
        ];
        assert_eq!(groups(&rows), ["", "Necessary", "", "", "", "Marketing"]);
        assert_eq!(groups(&[["Necessary", "_ab", ""], ["", "_cd", ""], ["Marketing", "_ef", ""]])[1], "");
    }
}
