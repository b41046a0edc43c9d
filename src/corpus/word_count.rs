//! How many words a form has. Every text of every document is counted, so nearly all are counted eight bytes at a time.

use super::slot::SlotKind;
use crate::text::{any_less, letters, marked, within};

/// Number of words of a form, slots not counted.
pub fn words(form: &str) -> u64 {
    if form.is_ascii() {
        return ascii_words(form.as_bytes()) - slots_alone(form);
    }
    let has_slots = memchr::memchr(b'{', form.as_bytes()).is_some();
    let count = |word: &&str| word.chars().any(char::is_alphanumeric) && !(has_slots && is_slots_alone(word));
    form.split_whitespace().filter(count).count() as u64
}

/// Words that white space parts and that have a letter or a figure.
///
/// Of eight bytes each is made all ones, but for white space, which is made zero. Then one is added where a letter or a figure stands: it
/// is carried to the end of the word, and a second one with it. So a one is left in the gap behind each word that has any.
fn ascii_words(text: &[u8]) -> u64 {
    let (mut count, mut carried) = (0, false);
    let (eights, rest) = text.as_chunks();
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    for bytes in eights.iter().chain([&last]) {
        let bytes = u64::from_le_bytes(*bytes);
        let figures_and_letters = within(bytes, b'0', b'9') | letters(bytes);
        let gaps = 0xff * gaps(bytes);
        let (sum, over) = (!gaps).overflowing_add(figures_and_letters);
        let (sum, over_again) = sum.overflowing_add(u64::from(carried));
        count += marked(sum & gaps);
        carried = over || over_again;
    }
    count + u64::from(carried)
}

/// A one in each byte that is white space; nearly always a blank is the only one, and the only byte before those that print.
fn gaps(bytes: u64) -> u64 {
    let blanks = within(bytes, 0, b' ');
    if any_less(bytes, b' ') == 0 { blanks } else { within(bytes, b'\t', b'\r') | within(bytes, b' ', b' ') }
}

/// Words of an ASCII form that are nothing but slots.
fn slots_alone(form: &str) -> u64 {
    let (mut count, mut end) = (0, 0);
    for brace in memchr::memchr_iter(b'{', form.as_bytes()) {
        if brace < end {
            continue;
        }
        let start = form[end..brace].rfind(char::is_whitespace).map_or(end, |gap| end + gap + 1);
        end = form[brace..].find(char::is_whitespace).map_or(form.len(), |length| brace + length);
        let word = &form[start..end];
        count += u64::from(is_slots_alone(word) && word.bytes().any(|byte| byte.is_ascii_alphanumeric()));
    }
    count
}

/// True where slots hold all letters and figures of a word.
fn is_slots_alone(word: &str) -> bool {
    let Some(at) = word.find('{') else { return false };
    let says_nothing = |text: &str| !text.chars().any(char::is_alphanumeric);
    let behind = SlotKind::ALL.iter().find_map(|kind| word[at..].strip_prefix(kind.as_str()));
    match behind.filter(|behind| !behind.contains('{')) {
        Some(behind) => says_nothing(&word[..at]) && says_nothing(behind),
        None => says_nothing(&SlotKind::ALL.iter().fold(word.to_owned(), |rest, kind| rest.replace(kind.as_str(), ""))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slots_are_no_words() {
        assert_eq!(words("What is on the {platform}, {date}? {{x}}"), 5);
        assert_eq!(words("{platform} 3. {url}{date} – x"), 2);
    }

    proptest! {
        #[test]
        fn words_are_those_that_have_a_letter_or_a_figure(form in r"([a-z@\[`{/:0A9Z_.é–\x7f\x0b\x1c]|\PC|[ \n\t]{1,3}|\{platform\}|\{date\}){0,60}") {
            let has_any = |word: &&str| word.chars().any(char::is_alphanumeric) && !is_slots_alone(word);
            prop_assert_eq!(words(&form), form.split_whitespace().filter(has_any).count() as u64);
        }
    }
}
