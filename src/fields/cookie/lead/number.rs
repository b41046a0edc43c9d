//! What numbers a heading, counts what it holds or marks it in a notation: all that stands around a lead and is no part of it.

use crate::text::is_figure;
use crate::value::category;

/// The figures that number parts in Chinese and Japanese.
const HAN_FIGURES: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// How many numbers parted by full stops a text begins with, before a blank: 2 for "4.1", 1 for "8.".
pub(super) fn parts_of_number(text: &str) -> usize {
    let number = text.split_whitespace().next().unwrap_or("");
    let bare = number.trim_end_matches(['.', ')']);
    let numbered = (bare.len() < number.len() || bare.contains('.')) && bare.split('.').all(is_part);
    if numbered { bare.split('.').count() } else { 0 }
}

/// How many parts the number of a heading has: 1 for "3.", "Art. IV" and 二、, 2 for "3.1", none without one.
pub fn numbers(heading: &str) -> usize {
    const MOST_WORDS: usize = 2;
    heading.split_whitespace().take(MOST_WORDS).map(parts_of_numeral).find(|parts| *parts > 0).unwrap_or(0)
}

/// The same of the word that is the number, with a mark behind it or without.
pub fn parts_of_numeral(word: &str) -> usize {
    let bare = word.trim_matches(['.', ')', '(', ':']);
    match () {
        () if bare.split('.').all(is_part) => bare.split('.').count(),
        () if is_roman(bare) => 1,
        () => usize::from(word.trim_start_matches(HAN_FIGURES).starts_with('、') && !word.starts_with('、')),
    }
}

/// "IV"
pub(super) fn is_roman(number: &str) -> bool {
    !number.is_empty() && number.bytes().all(|byte| b"IVXLCM".contains(&byte))
}

/// One of the figures that full stops part in a number.
fn is_part(part: &str) -> bool {
    (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// "2.1. Technical. They …" behind its number.
pub(super) fn behind_number(text: &str) -> &str {
    match text.split_once(' ') {
        Some((number, rest)) if parts_of_number(number) > 0 => rest.trim_start(),
        _ => text,
    }
}

/// Without "3.2" or "a)" before it, a colon or a count of rows after it, and the marks of a notation around it.
pub(super) fn without_number(text: &str) -> String {
    let text = without_notation(text);
    let text = text.trim_start_matches(|c: char| {
        is_figure(c)
            || matches!(c, '.' | ')' | '(' | ' ' | '-' | '–' | '•' | '■' | '□' | '◆' | '●' | '・' | '【' | '（' | '）')
    });
    let text = without_han_number(text).trim_end_matches('】');
    let text = crate::value::name::without_enumerator(text);
    let text = text.trim_end_matches([':', '：', ' ']);
    // Dialogs count what a group holds: "Statistics 17".
    let text = without_count(text);
    let bracketed = text
        .strip_suffix([')', '）'])
        .and_then(|inside| inside.rsplit_once(['(', '（']))
        .filter(|(_, count)| (1..=4).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit()));
    bracketed.map_or(text, |(group, _)| group.trim_end()).to_owned()
}

/// "Statistics 17", and "Statistics17" where the count is set beside it by its style alone.
fn without_count(text: &str) -> &str {
    let group = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let counted = (1..=3).contains(&(text.len() - group.len())) && category::likeness(group.trim_end()) >= 0.9;
    if counted { group.trim_end() } else { text }
}

/// `"statistics": [` and `[[statistics]]`: the key of a group in JSON and in TOML.
fn without_notation(text: &str) -> &str {
    let text = text.trim();
    let table = text.strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
    if let Some(table) = table.filter(|table| !table.contains(' ')) {
        return table.trim_matches(['[', ']']);
    }
    let key = text.strip_suffix(['[', '{']).and_then(|key| key.trim_end().strip_suffix(':'));
    key.map_or(text, |key| key.trim_matches(['"', '\'', ' ']))
}

/// Without the figures that number parts in Chinese and Japanese: 一、 and （一）, whose bracket is open already.
fn without_han_number(text: &str) -> &str {
    let rest = text.trim_start_matches(HAN_FIGURES);
    let numbered = rest.len() < text.len() && rest.starts_with(['、', '）', ')', '．', '.']);
    if numbered { rest.trim_start_matches(['、', '）', ')', '．', '.', ' ']) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_in_figures_of_several_kinds() {
        let numbered = ["3. Cookies", "Art. IV – Cookies", "二、Cookie", "3.1 Cookies", "Cookies", "2024 Cookies"];
        assert_eq!(numbered.map(numbers), [1, 1, 1, 2, 0, 0]);
    }
}
