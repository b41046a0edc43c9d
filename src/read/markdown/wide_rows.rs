//! Pipe tables of Markdown with rows wider than their head: the head is widened, since a parser of CommonMark drops what stands
//! beyond it (GitHub Flavored Markdown, section 4.10), and no word may be lost.

use std::borrow::Cow;

/// A head is widened by at most so many cells: a row wider still is no row of its table.
const MOST_CELLS: usize = 32;

/// The text with each head as wide as the widest of its rows; no line moves.
pub(super) fn with_wide_heads(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut widened: Vec<Cow<str>> = lines.iter().map(|line| Cow::Borrowed(*line)).collect();
    let mut next = 1;
    while next < lines.len() {
        let rule = next;
        next += 1;
        let head = lines[rule - 1];
        // A rule under a line without a bar is text: a head of it would make a table where there is none, of which a code span loses its words.
        if !head.contains('|') || !is_rule(lines[rule]) || cells(head) != cells(lines[rule]) {
            continue;
        }
        let rows = lines[next..].iter().take_while(|row| goes_on(row)).map(|row| cells(row));
        let (count, widest) = rows.fold((0, 0), |(count, widest), cells| (count + 1, usize::max(widest, cells)));
        let lacking = widest.saturating_sub(cells(lines[rule]));
        if (1..=MOST_CELLS).contains(&lacking) {
            widened[rule - 1] = Cow::Owned(wider(lines[rule - 1], " |", lacking));
            widened[rule] = Cow::Owned(wider(lines[rule], "---|", lacking));
        }
        // A rule among the rows is one of them.
        next += count;
    }
    match widened.iter().any(|line| matches!(line, Cow::Owned(_))) {
        true => Cow::Owned(widened.join("\n")),
        false => Cow::Borrowed(text),
    }
}

/// A line below a row is a row, bars or not, until a blank line or the beginning of another block.
fn goes_on(line: &str) -> bool {
    let opens = |c: char| matches!(c, '#' | '>' | '-' | '*' | '+' | '`' | '~' | '<') || c.is_ascii_digit();
    let text = line.trim();
    text.contains('|') || !text.is_empty() && !text.starts_with(opens)
}

/// A line of dashes, colons and bars between a head and its rows.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ' | '\t' | '\r'))
}

/// Number of cells of a row; a bar at either end and an escaped one part none.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let bars = row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\'));
    let last = row.ends_with('|') && !row.ends_with("\\|");
    bars.count() + usize::from(!last)
}

fn wider(line: &str, cell: &str, lacking: usize) -> String {
    let bare = line.trim_end();
    let closed = if bare.ends_with('|') && !bare.ends_with("\\|") { "" } else { "|" };
    format!("{bare}{closed}{}", cell.repeat(lacking))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_as_wide_as_its_widest_row() {
        let table = "| A | B |\n|---|:-:|\n| x | y \\| z | 6 months |\n| x |\n\n| C |\n|---|\n| q |";
        let wide = "| A | B | |\n|---|:-:|---|\n| x | y \\| z | 6 months |\n| x |\n\n| C |\n|---|\n| q |";
        assert_eq!(with_wide_heads(table), wide);
        assert_eq!(with_wide_heads("A | B\n--|--\nx | y | z"), "A | B| |\n--|--|---|\nx | y | z");
        assert_eq!(with_wide_heads("A | B\n--|--\nx\ny | z | w"), "A | B| |\n--|--|---|\nx\ny | z | w");
        for same in ["| A | B |\n|---|---|\n| x | y |", "a | b\n\n---|---\nx | y | z", "no table", "\n-|\nx | y"] {
            assert_eq!(with_wide_heads(same), same);
        }
    }
}
