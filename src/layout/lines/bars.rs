//! The bars that set the cells of a line off, and the cells between them.

use crate::block::Cell;

/// What sets cells off: the bar, and the upright lines of the box-drawing characters.
pub(super) const BARS: [char; 4] = ['|', '│', '┃', '║'];

pub(super) fn is_delimiter(text: &str) -> bool {
    text.contains("--") && text.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | ' '))
}

/// How many bars part cells.
pub(super) fn bars(text: &str) -> usize {
    if !may_be_piped(text) {
        return 0;
    }
    let escaped = |(at, bar): &(usize, &str)| *bar == "|" && text[..*at].ends_with('\\');
    text.match_indices(BARS).filter(|bar| !escaped(bar)).count()
}

/// False where no byte is one of a bar or of a drawn line.
pub(super) fn may_be_piped(text: &str) -> bool {
    const BOX_DRAWING: u8 = 0xe2;
    memchr::memchr3(b'|', b'+', BOX_DRAWING, text.as_bytes()).is_some() || is_headed_by_carets(text.trim_start())
}

/// `^Name ^Purpose ^`: carets instead of bars are DokuWiki's around headers.
pub(super) fn is_headed_by_carets(text: &str) -> bool {
    text.starts_with('^') && text.trim_end().ends_with(['^', '|']) && text.matches('^').count() >= 3
}

/// The cells of a row without its outer bars.
pub(super) fn cells(text: &str) -> Vec<Cell> {
    split_at_bars(text).into_iter().map(|cell| Cell::plain(cell.trim())).collect()
}

/// Splits at bars that are not escaped.
fn split_at_bars(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let last = cells.last_mut().expect("there is always one cell");
        match c {
            '\\' if characters.peek() == Some(&'|') => last.extend(characters.next()),
            bar if BARS.contains(&bar) => cells.push(String::new()),
            other => last.push(other),
        }
    }
    cells
}
