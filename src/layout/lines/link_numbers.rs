//! The numbers that text browsers print before links, and the list of their addresses that ends the text.

use super::line::Line;
use crate::block::{Block, Content, Rich};
use crate::text::Span;

/// A heading over the list has at most so many words: "References", "Visible links".
const LONGEST_HEADING: usize = 3;

/// Takes the numbers out of the lines, and the list from their end. Nothing is done where the two do not go together.
///
/// The list is what proves that `[3]` is a link's number and no footnote: it counts from one, line by line, and ends the text.
pub(super) fn take_link_numbers(lines: &mut Vec<Line>) -> Option<Block> {
    let list = List::at_end_of(lines)?;
    let mut last = 0;
    let bare: Vec<(String, usize)> =
        lines[..list.start].iter().map(|line| without_numbers(line.text(), &mut last, list.links)).collect();
    if bare.iter().map(|(_, numbers)| numbers).sum::<usize>() * 2 < list.links {
        return None;
    }
    for (line, (text, _)) in lines.iter_mut().zip(bare).filter(|(_, (_, numbers))| *numbers > 0) {
        line.keep(&text);
    }
    Some(furniture(&lines.split_off(list.start)))
}

struct List {
    /// Index of its first line, its heading included.
    start: usize,
    links: usize,
}

impl List {
    fn at_end_of(lines: &[Line]) -> Option<Self> {
        let mut links = None;
        let mut awaited = None;
        for (index, line) in lines.iter().enumerate().rev().filter(|(_, line)| !line.is_blank()) {
            match numbered_address(line.text()) {
                Some(number) if awaited.is_none_or(|awaited| number == awaited) => {
                    links = links.or(Some(number));
                    awaited = Some(number - 1);
                }
                // "Hidden links" stands between two parts of the list.
                None if links.is_some() && is_heading(line.text()) => {}
                _ => return None,
            }
            if awaited == Some(0) {
                return links.map(|links| Self { start: with_headings(lines, index), links });
            }
        }
        None
    }
}

/// Where the headings right over the list begin: "References", and "Visible links" in the next line.
fn with_headings(lines: &[Line], first: usize) -> usize {
    let heading = |before: usize| {
        let (index, line) = lines[..before].iter().enumerate().rev().find(|(_, line)| !line.is_blank())?;
        is_heading(line.text()).then_some(index)
    };
    match heading(first) {
        Some(over) if over + 1 == first => heading(over).unwrap_or(over),
        over => over.unwrap_or(first),
    }
}

/// The number of `12. https://a.example/` or `[12] https://a.example/`.
fn numbered_address(line: &str) -> Option<usize> {
    let (number, address) = line.trim().split_once(' ')?;
    let number = number.strip_suffix('.').or_else(|| number.strip_prefix('[')?.strip_suffix(']'))?;
    let address = address.trim_start();
    let scheme = address.split_once(':')?.0;
    let is_address = !address.contains(' ') && !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
    number.parse().ok().filter(|number| *number > 0 && is_address)
}

fn is_heading(line: &str) -> bool {
    !line.contains('[') && line.split_whitespace().count() <= LONGEST_HEADING
}

/// The text without the numbers that go on counting from the last one, and how many they are.
fn without_numbers(text: &str, last: &mut usize, links: usize) -> (String, usize) {
    let mut bare = String::with_capacity(text.len());
    let (mut rest, mut numbers) = (text, 0);
    while let Some((before, behind)) = rest.split_once('[') {
        bare.push_str(before);
        let number = behind.split_once(']').and_then(|(inside, after)| Some((inside.parse::<usize>().ok()?, after)));
        match number.filter(|(number, _)| *number > *last && *number <= links) {
            Some((number, after)) => {
                (*last, numbers, rest) = (number, numbers + 1, after);
                if bare.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric) {
                    bare.push(' ');
                }
            }
            None => {
                bare.push('[');
                rest = behind;
            }
        }
    }
    bare.push_str(rest);
    (bare, numbers)
}

fn furniture(lines: &[Line]) -> Block {
    let text: Vec<&str> = lines.iter().map(|line| line.text().trim()).filter(|text| !text.is_empty()).collect();
    let ends = lines.iter().rfind(|line| !line.is_blank());
    let span = Span::lines(lines[0].number(), ends.unwrap_or(&lines[0]).number());
    Block { content: Content::Furniture(Rich::plain(text.join("\n"))), span }
}

#[cfg(test)]
mod tests {
    use super::super::Lines;
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Lines::of(text).into_blocks().iter().filter_map(|block| Some(block.rich()?.text.to_string())).collect()
    }

    #[test]
    fn numbers_go_where_a_list_of_addresses_explains_them() {
        let text = concat!(
            "We [1]use cookies[2]Terms of shops.\n\n   [3]Back to top\n\n",
            "References\n\n   Visible links\n   1. https://a.example/\n   2. file:///terms\n   3. mailto:a@a.example\n",
        );
        let list = "References\nVisible links\n1. https://a.example/\n2. file:///terms\n3. mailto:a@a.example";
        assert_eq!(texts(text), ["We use cookies Terms of shops.", "Back to top", list]);
    }

    #[test]
    fn footnotes_and_placeholders_stay() {
        let footnotes = "Cookies [1] are small files.\n\n[1] See the law of 2002.\n";
        assert_eq!(texts(footnotes)[0], "Cookies [1] are small files.");
        let mut last = 0;
        assert_eq!(
            without_numbers("[1]Shop sets id_[id] and [1]", &mut last, 1),
            ("Shop sets id_[id] and [1]".into(), 1)
        );
    }

    #[test]
    fn a_list_without_its_numbers_is_a_list() {
        let text = "Read more here:\n\n1. https://a.example/\n2. https://b.example/\n";
        assert!(Lines::of(text).into_blocks().iter().all(|block| !block.is_furniture()));
    }
}
