//! Marks that stand in the lines of a text and are no part of what they say: those of a quoted mail, a backslash before a sign that
//! would else be markup, bars between all pieces of a page.

use super::line::Line;

/// A quotation has at least so many lines.
const LEAST_QUOTED: usize = 3;
/// A quotation that holds others is looked into so deep.
const DEEPEST: usize = 4;
/// More bars than any table has columns: a page whose pieces were all joined by them.
const BARS_OF_A_PAGE: usize = 32;

/// Takes the marks out of the lines.
pub(super) fn without_marks(lines: Vec<Line>) -> Vec<Line> {
    // A look at the bytes, for hardly a line has one of these.
    let marked = |line: &Line| memchr::memchr3(b'|', b'\\', b'#', line.text().as_bytes()).is_some();
    let marked = lines.iter().any(marked);
    let mut lines = if marked { parted_at_bars(lines) } else { lines };
    let mut start = 0;
    while start < lines.len() {
        let quoted = lines[start..].iter().take_while(|line| is_quoted(line)).count();
        unquote(&mut lines[start..start + quoted]);
        start += quoted.max(1);
    }
    lines.iter_mut().filter(|line| marked && is_escaped(line.text())).for_each(unescape);
    lines
        .iter_mut()
        .filter(|line| memchr::memmem::find(line.text().as_bytes(), BOLD.as_bytes()).is_some())
        .for_each(take_bold);
    lines
}

/// What stands around bold words in Markdown, which scrapers leave in texts that are said to be none.
const BOLD: &str = "**";

/// `**a_b** (1 year)`: the marks are in pairs, each right beside the words that it sets.
fn take_bold(line: &mut Line) {
    let pieces: Vec<&str> = line.text().split(BOLD).collect();
    let set = |piece: &&str| !piece.is_empty() && piece.trim().len() == piece.len() && !piece.contains('*');
    if pieces.len() % 2 == 1 && pieces.iter().skip(1).step_by(2).all(set) {
        line.keep(&pieces.concat());
    }
}

fn is_quoted(line: &Line) -> bool {
    line.text().starts_with('>') && !line.text().starts_with(">=")
}

/// A blank line among the quoted ones shows that the mark is no bullet. A quotation may hold another one.
fn unquote(lines: &mut [Line]) {
    for _ in 0..DEEPEST {
        let parted = lines.iter().any(|line| line.text().trim_matches(['>', ' ']).is_empty());
        if lines.len() < LEAST_QUOTED || !parted || !lines.iter().all(is_quoted) {
            return;
        }
        lines.iter_mut().for_each(take_mark);
    }
}

fn take_mark(line: &mut Line) {
    let text = &line.text()[1..];
    let text = text.strip_prefix(' ').unwrap_or(text).to_owned();
    line.keep(&text);
}

/// Ways to write a sign that would be markup by itself.
const ESCAPED: [(&str, &str); 6] =
    [(r"\_", "_"), (r"\*", "*"), ("++_++", "_"), ("&#95;", "_"), ("&#42;", "*"), ("&#45;", "-")];

fn is_escaped(text: &str) -> bool {
    ESCAPED.iter().any(|(written, _)| text.contains(written))
}

fn unescape(line: &mut Line) {
    let text = ESCAPED.iter().fold(line.text().to_owned(), |text, (written, sign)| text.replace(written, sign));
    line.keep(&text);
}

/// A line with more bars than a table has is a page, with a bar between any two pieces of its text.
fn parted_at_bars(lines: Vec<Line>) -> Vec<Line> {
    let joined = |line: &Line| memchr::memchr_iter(b'|', line.text().as_bytes()).count() > BARS_OF_A_PAGE;
    if !lines.iter().any(joined) {
        return lines;
    }
    let parts = |line: Line| if joined(&line) { line.parts('|') } else { vec![line] };
    lines.into_iter().flat_map(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let lines = (1..).zip(text.lines()).map(|(number, line)| Line::new(number, line)).collect();
        without_marks(lines).iter().map(|line| line.text().to_owned()).collect()
    }

    #[test]
    fn a_quotation_loses_its_marks_and_a_list_keeps_them() {
        assert_eq!(texts("> One\n>\n> two"), ["One", "", "two"]);
        assert_eq!(texts("> > One\n> >\n> > two"), ["One", "", "two"]);
        assert_eq!(texts("> Home\n> Shop\n> Cookies"), ["> Home", "> Shop", "> Cookies"]);
    }

    #[test]
    fn a_page_is_parted_at_its_bars_and_a_row_is_not() {
        let page = vec!["piece"; BARS_OF_A_PAGE + 2].join(" | ");
        assert_eq!(texts(&page).len(), BARS_OF_A_PAGE + 2);
        assert_eq!(texts("| a | b |"), ["| a | b |"]);
    }

    #[test]
    fn bold_words_lose_their_marks_and_wildcards_keep_theirs() {
        assert_eq!(texts("**_a_*** keeps **b**: 1 year"), ["_a_* keeps b: 1 year"]);
        assert_eq!(texts("** Heading **\n_a_** and _b_**"), ["** Heading **", "_a_** and _b_**"]);
    }

    #[test]
    fn what_is_escaped_is_printed() {
        assert_eq!(texts(r"\_ab and \*cd\*"), ["_ab and *cd*"]);
        assert_eq!(texts("|++_++ab |c&#95;d"), ["|_ab |c_d"]);
    }
}
