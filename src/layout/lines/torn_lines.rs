//! Lines that were torn where a link or bold words begin or end: what a scraper leaves that puts each piece of a page on a line of its own.

use super::line::Line;

/// So many pairs of a term and what a dash parts from it are no chance.
const LEAST_PAIRS: usize = 3;
/// A term has at most so many characters.
const LONGEST_TERM: usize = 60;

/// Marks that end or part sentences.
const SENTENCE_MARKS: [char; 6] = ['.', ':', ',', ';', '!', '?'];

/// Puts the pieces of torn lines together, and takes out the blanks that such pieces left before commas in a line.
pub(super) fn with_torn_lines_joined(mut lines: Vec<Line>) -> Vec<Line> {
    lines.iter_mut().filter(|line| has_open_commas(line.text())).for_each(close_commas);
    if !lines.iter().any(|line| may_go_on(line.text())) {
        return lines;
    }
    let dashed = are_pairs(&lines);
    let bracketed = are_bracketed_pairs(&lines);
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    // True below a comma that stood alone: what follows it goes on, too.
    let mut open = false;
    for line in lines {
        let below_term = |above: &Line| bracketed && is_bracketed_pair(above.text(), line.text());
        let goes_on = open
            || goes_on_above(line.text())
            || dashed && is_dashed(line.text())
            || joined.last().is_some_and(below_term);
        let alone = is_mark(line.text());
        match joined.last_mut().filter(|above| goes_on && !above.is_blank() && !line.is_blank()) {
            Some(above) => {
                let glued = !open && goes_on_above(line.text());
                above.join(&line, if glued { "" } else { " " });
                open = alone;
            }
            None => {
                joined.push(line);
                open = false;
            }
        }
    }
    joined
}

/// In columns that white space parts, each blank has its place.
fn has_open_commas(text: &str) -> bool {
    let text = text.trim_start();
    memchr::memmem::find(text.as_bytes(), b" , ").is_some() && !text.contains("  ") && !text.contains('\t')
}

/// `_a , _b`: each name was a link.
fn close_commas(line: &mut Line) {
    let indent = line.text().len() - line.text().trim_start().len();
    let (before, text) = line.text().split_at(indent);
    let closed = format!("{before}{}", text.replace(" , ", ", "));
    line.keep(&closed);
}

/// A look at the first byte, for hardly a line begins with one of these.
fn may_go_on(text: &str) -> bool {
    let first = text.trim_start().bytes().next();
    first.is_some_and(|byte| matches!(byte, b',' | b'.' | b';' | b')' | b'(' | b'-' | 0xe2))
}

/// A mark that ends or parts pieces of a sentence, and begins none.
fn goes_on_above(text: &str) -> bool {
    let text = text.trim();
    let Some(rest) = text.strip_prefix([',', ';', '.', ')']) else { return false };
    rest.is_empty()
        || rest.starts_with(char::is_whitespace)
        || text.starts_with(')') && rest.starts_with(['.', ',', ';'])
}

/// A comma or a semicolon, and nothing else.
fn is_mark(text: &str) -> bool {
    matches!(text.trim(), "," | ";")
}

/// `– keeps you signed in (session)`
fn is_dashed(text: &str) -> bool {
    behind_dash(text).is_some()
}

/// What stands behind the dash that a line begins with.
fn behind_dash(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix(['–', '—', '-']).filter(|rest| rest.starts_with(' '))
}

/// Terms, each with a dash and more on the line below: in a list, items stand below items, or below words that lead into it.
fn are_pairs(lines: &[Line]) -> bool {
    let dashes = lines.iter().filter(|line| is_dashed(line.text())).count();
    let pairs = lines.windows(2).filter(|pair| is_pair(pair[0].text().trim(), pair[1].text())).count();
    pairs >= LEAST_PAIRS && pairs == dashes
}

/// Terms, each with a bracket and more on the line below.
fn are_bracketed_pairs(lines: &[Line]) -> bool {
    let pairs = lines.windows(2).filter(|pair| is_bracketed_pair(pair[0].text(), pair[1].text()));
    pairs.take(LEAST_PAIRS).count() == LEAST_PAIRS
}

/// `a_b` above `(Acme): counts visits`: a word that no sentence ends with, and behind the bracket what describes it. `(2)` numbers a
/// paragraph.
fn is_bracketed_pair(term: &str, below: &str) -> bool {
    let Some((inside, rest)) = below.trim_start().strip_prefix('(').and_then(|below| below.split_once("):")) else {
        return false;
    };
    let term = term.trim();
    let word = !term.is_empty() && !term.contains(char::is_whitespace) && !term.ends_with(SENTENCE_MARKS);
    word && rest.starts_with(' ') && inside.chars().nth(1).is_some() && inside.contains(char::is_alphabetic)
}

fn is_pair(term: &str, below: &str) -> bool {
    let Some(rest) = behind_dash(below) else { return false };
    let word = !term.contains(char::is_whitespace);
    let goes_on = word || rest.trim_start().starts_with(char::is_lowercase);
    let ends = term.ends_with(SENTENCE_MARKS);
    !term.is_empty() && !is_dashed(term) && goes_on && !ends && term.chars().nth(LONGEST_TERM).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let lines = (1..).zip(text.lines()).map(|(number, line)| Line::new(number, line)).collect();
        with_torn_lines_joined(lines).iter().map(|line| line.text().to_owned()).collect()
    }

    #[test]
    fn what_a_mark_begins_goes_on_in_the_line_above() {
        assert_eq!(texts("a_b\n,\nc_d\n, e_f\nFirst party"), ["a_b, c_d, e_f", "First party"]);
        assert_eq!(texts("See\nour notice\n. It says more."), ["See", "our notice. It says more."]);
        assert_eq!(texts("  a_b , c_d"), ["  a_b, c_d"]);
        assert_eq!(texts(".shop.example\n...\n,\n\n, b"), [".shop.example", "...,", "", ", b"]);
    }

    #[test]
    fn a_bracket_below_a_term_says_more_of_it_and_a_number_does_not() {
        assert_eq!(
            texts("a_b\n(Acme): counts visits\nlang\n(X (Zeta)): language\nsid\n(Acme): session"),
            ["a_b (Acme): counts visits", "lang (X (Zeta)): language", "sid (Acme): session"]
        );
        let numbered = "Cookies\n(1): These\nData\n(2): Those\nRights\n(3): All\n(4): None";
        assert_eq!(texts(numbered), numbered.lines().collect::<Vec<_>>());
    }

    #[test]
    fn what_a_dash_parts_from_its_term_goes_on_and_an_item_does_not() {
        assert_eq!(
            texts("sid\n– session\nlang\n– language\na_b\n– counts"),
            ["sid – session", "lang – language", "a_b – counts"]
        );
        assert_eq!(texts("sid\n– Session\nlang\n– Language\na_b\n– Counts").len(), 3);
        assert_eq!(texts("For you\n– Session\nFor us\n– Language\nFor all\n– Counts").len(), 6);
        let list = "We use\n- this\n- that\nand\n- more";
        assert_eq!(texts(list), list.lines().collect::<Vec<_>>());
    }
}
