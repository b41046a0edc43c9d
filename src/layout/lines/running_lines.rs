//! The lines that run along the printed pages of a text: its headers and footers, told by where they stand and that they come again.

use std::collections::BTreeMap;

use super::line::{Line, segments};

/// Printed lines at each end of a page that may run along.
const OUTERMOST: usize = 3;
/// Blank lines that set what runs along apart from the text.
const APART: usize = 2;

/// The indices of lines that run along the pages, in order; none in a text that has no page breaks.
pub(super) fn running_lines(lines: &[Line]) -> Vec<usize> {
    let ends: Vec<usize> = pages(lines).into_iter().flat_map(|page| outer(&lines[page.clone()], page.start)).collect();
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in ends {
        places.entry(without_figures(lines[index].text())).or_default().push(index);
    }
    let mut running: Vec<usize> = places.into_values().filter(|places| places.len() > 1).flatten().collect();
    running.sort_unstable();
    running
}

/// The lines of each page, where there are two or more.
fn pages(lines: &[Line]) -> Vec<std::ops::Range<usize>> {
    let breaks: Vec<usize> = (1..lines.len()).filter(|index| lines[*index].opens_page()).collect();
    if breaks.is_empty() {
        return Vec::new();
    }
    let starts = std::iter::once(0).chain(breaks.iter().copied());
    starts.zip(breaks.iter().copied().chain([lines.len()])).map(|(start, end)| start..end).collect()
}

/// The outermost lines of a page that blank lines set apart from its text, and its first and last whatever stands beside them, by their
/// place in the whole. A head of three columns or more is a table's, which comes again on each page too.
fn outer(page: &[Line], first: usize) -> Vec<usize> {
    let printed = || (0..page.len()).filter(|index| !page[*index].is_blank());
    let above = apart(printed());
    let below = apart(printed().rev());
    let head = above.iter().any(|index| segments(page[*index].text()) >= 3);
    let above = above.into_iter().filter(|_| !head);
    let edges = printed().next().into_iter().chain(printed().next_back());
    let edges = edges.filter(|index| may_run_along(page[*index].text()));
    let mut outer: Vec<usize> = above.chain(below).chain(edges).map(|index| first + index).collect();
    outer.sort_unstable();
    outer.dedup();
    outer
}

/// Several words or a figure, in fewer columns than a table has: the end of a cell may come again by chance.
fn may_run_along(text: &str) -> bool {
    let worded = text.split_whitespace().nth(2).is_some() || text.contains(|c: char| c.is_ascii_digit());
    worded && segments(text) < 3
}

/// The first of some printed lines, up to a gap of blank ones; none where no such gap comes soon.
fn apart(printed: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut lines: Vec<usize> = Vec::new();
    for index in printed.take(OUTERMOST + 1) {
        match lines.last() {
            Some(last) if last.abs_diff(index) > APART => return lines,
            _ => lines.push(index),
        }
    }
    Vec::new()
}

/// The words of a line with each figure as one sign: page numbers differ.
fn without_figures(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.replace(|c: char| c.is_numeric(), "0"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::layout::Lines;

    #[test]
    fn headers_and_footers_of_pages_run_along_and_heads_of_tables_do_not() {
        let page = |number: usize| {
            format!(
                "Acme     Policy\n\n\n\nName     Use\n_id{number}     counts\n_a{number}      keeps\n\n\nPage {number} of 2\n"
            )
        };
        let text = format!("{}\u{c}{}", page(1), page(2));
        let blocks = Lines::of(&text).into_blocks();
        let furniture: Vec<&str> = blocks
            .iter()
            .filter(|block| block.is_furniture())
            .map(|block| block.rich().unwrap().text.as_str())
            .collect();
        assert_eq!(furniture, ["Acme     Policy", "Page 1 of 2", "Acme     Policy", "Page 2 of 2"]);
    }

    #[test]
    fn the_first_and_the_last_line_of_pages_run_along_without_a_blank_line_too() {
        let page = |number: usize| {
            format!("2/6/25, 9:14 AM    Policy\n\n_id{number}    counts    1 day\nhttps://acme.example    {number}/2\n")
        };
        let text = format!("{}\u{c}{}", page(1), page(2));
        let blocks = Lines::of(&text).into_blocks();
        assert_eq!(blocks.iter().filter(|block| block.is_furniture()).count(), 4);
    }
}
