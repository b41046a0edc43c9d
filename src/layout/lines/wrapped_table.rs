//! Pipe tables without outer bars whose rows a converter wrapped like text: a row has as many bars as the rule below the head, on however
//! many lines. Where two blanks end the rule they end each row, and each line of a cell.

use std::ops::Range;

use super::bars::{BARS, bars, cells, is_delimiter};
use super::line::Line;
use crate::block::{Cell, Row, Table};
use crate::text::Span;

/// A head takes at most so many lines.
const MOST_HEAD_LINES: usize = 12;
/// An address has at most so many bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// The table that begins with the first line, where rows of it were wrapped or cells of it are several lines.
pub fn wrapped_table(lines: &[Line]) -> Option<Table> {
    let (head, parts) = head_above_rule(lines)?;
    let [rule, body @ ..] = &lines[parts..] else { return None };
    let body = &body[..rows_end(body, head.bars)];
    let rows = if rule.is_parted() { parted_rows(body, head.bars) } else { joined_rows(body, head.bars)? };
    let is_wrapped = parts > 1 || rows.len() < body.len();
    let wrapped = is_wrapped && rows.iter().any(|row| row.bars == head.bars);
    let width = head.bars + 1;
    wrapped.then(|| {
        let rows = std::iter::once(head).chain(rows).map(|text| text.row(width)).collect();
        Table { rows, ..Table::default() }
    })
}

/// How many lines stand below a rule up to a blank one, or to the head above another rule with as many bars.
fn rows_end(body: &[Line], bars: usize) -> usize {
    let again = |line: &Line| is_rule(line) && self::bars(line.text()) == bars;
    let end = body.iter().position(|line| line.is_blank() || again(line)).unwrap_or(body.len());
    if body.get(end).is_some_and(again) { end.saturating_sub(1) } else { end }
}

fn is_rule(line: &Line) -> bool {
    is_delimiter(line.text().trim())
}

/// One line or several as one.
#[derive(Clone)]
struct Joined {
    text: String,
    span: Span,
    bars: usize,
}

impl Joined {
    fn of(lines: &[Line]) -> Option<Self> {
        let (first, rest) = lines.split_first()?;
        let mut joined = Self::line(first);
        rest.iter().for_each(|line| joined.go_on(line));
        Some(joined)
    }

    fn line(line: &Line) -> Self {
        Self { text: line.text().trim().to_owned(), span: line.span(), bars: bars(line.text()) }
    }

    /// Goes on in a line below; an address that was broken behind a hyphen is one word.
    fn go_on(&mut self, line: &Line) {
        let last = &self.text[self.text.floor_char_boundary(self.text.len().saturating_sub(LONGEST_ADDRESS))..];
        let in_address = last.ends_with('-') && last.rsplit(' ').next().is_some_and(|word| word.contains("]("));
        self.push(if in_address { "" } else { " " }, &Self::line(line));
    }

    fn push(&mut self, between: &str, below: &Self) {
        self.text.push_str(between);
        self.text.push_str(&below.text);
        self.span = self.span.join(below.span);
        self.bars += below.bars;
    }

    fn over(mut self, below: Self) -> Self {
        self.push("\n", &below);
        self
    }

    /// True for what is no word of small letters, and for one that the text below begins with.
    fn is_sign_or_alike(&self, below: &str) -> bool {
        self.text.contains(|c: char| !c.is_lowercase()) || below.starts_with(&self.text)
    }

    /// Words that begin with a small letter or a figure: a line more of the cell above.
    fn goes_on_above(&self) -> bool {
        let code = self.is_code() && self.text.contains(|c: char| !c.is_lowercase());
        self.text.starts_with(|c: char| c.is_lowercase() || c.is_numeric()) && !code
    }

    /// One word without a bar that is none of a language: a label is a word with a capital, or several words.
    fn is_code(&self) -> bool {
        let text = self.text.trim_end_matches([',', ';']);
        let titled = || text.starts_with(char::is_uppercase) && text.chars().skip(1).all(char::is_lowercase);
        !text.contains(char::is_whitespace) && !titled() && self.bars == 0
    }

    /// The row that it is, as wide as the head.
    fn row(self, width: usize) -> Row {
        let mut cells = cells(&self.text);
        cells.resize(cells.len().max(width), Cell::default());
        Row::new(cells, self.span)
    }
}

/// The lines up to a rule with as many bars as they have together, as one, and their number.
fn head_above_rule(lines: &[Line]) -> Option<(Joined, usize)> {
    let first = lines.first()?.text().trim();
    if first.starts_with(BARS) || bars(first) == 0 || is_delimiter(first) {
        return None;
    }
    let ends = |line: &Line| line.is_blank() || is_rule(line);
    let parts = lines.iter().take(MOST_HEAD_LINES + 1).position(ends)?;
    let rule = &lines[parts];
    let open = is_rule(rule) && !rule.text().trim().starts_with(BARS);
    let head = Joined::of(&lines[..parts]).filter(|head| open && head.bars == bars(rule.text()))?;
    Some((head, parts))
}

/// The rows where nothing but their bars tells where they end: what has no bar goes on the last cell.
fn joined_rows(body: &[Line], bars: usize) -> Option<Vec<Joined>> {
    let mut rows: Vec<Joined> = Vec::new();
    for line in body {
        let more = self::bars(line.text());
        let goes_on = |row: &Joined| {
            let whole = row.bars == bars;
            !is_label(&row.text) && if whole { more == 0 && !is_label(line.text()) } else { row.bars + more <= bars }
        };
        match rows.last_mut().filter(|row| goes_on(row)) {
            Some(row) => row.go_on(line),
            None => rows.push(Joined::line(line)),
        }
    }
    rows.iter().all(|row| row.bars == bars || is_label(&row.text)).then_some(rows)
}

/// `**Statistics**`: a row that is one cell, in bold.
fn is_label(text: &str) -> bool {
    let inner = text.trim().strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(['*', '|']))
}

/// The rows where two blanks end each of them, and each line of a cell.
fn parted_rows(body: &[Line], bars: usize) -> Vec<Joined> {
    let parts = body.split_inclusive(|line| line.is_parted()).filter_map(Joined::of);
    let parts = with_codes_together(parts, bars);
    if parts.iter().all(|part| part.bars == bars) {
        return parts;
    }
    let joined = |row: Range<usize>| parts[row].iter().cloned().reduce(Joined::over);
    match even_parts(&parts, bars) {
        Some(rows) => rows.into_iter().filter_map(joined).collect(),
        None => parts,
    }
}

/// The parts, with names above the rest of their row put together with it.
fn with_codes_together(parts: impl Iterator<Item = Joined>, bars: usize) -> Vec<Joined> {
    let mut rows: Vec<Joined> = Vec::new();
    for part in parts {
        let pairs = rows.iter().rev().zip(std::iter::once(&part).chain(rows.iter().rev()));
        let begins = |(row, below): &(&Joined, &Joined)| row.is_code() && row.is_sign_or_alike(&below.text);
        let above = if part.bars == bars { pairs.take_while(begins).count() } else { 0 };
        let first = rows.len() - above;
        rows.push(part);
        let lines = rows.split_off(first);
        rows.extend(lines.into_iter().reduce(Joined::over));
    }
    rows
}

/// The parts of each row, where all rows come to the bars of the head: one that lacks a cell, which reaches over it, does not.
fn even_parts(parts: &[Joined], bars: usize) -> Option<Vec<Range<usize>>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut open = 0;
    for (at, part) in parts.iter().enumerate() {
        let more = part.bars;
        match rows.last_mut() {
            Some(row) if open > 0 && more <= open || open == 0 && more == 0 && part.goes_on_above() => row.end = at + 1,
            _ if open == 0 => rows.push(at..at + 1),
            _ => return None,
        }
        open = if open > 0 {
            open - more
        } else if more > 0 {
            bars.checked_sub(more)?
        } else {
            0
        };
    }
    (open == 0).then_some(rows)
}
