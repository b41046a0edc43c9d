//! Lengths in characters: a limit in bytes would be half as long in Cyrillic letters, and a third in Georgian ones.

/// True for a text of at most so many characters, in whatever alphabet.
#[inline]
pub fn fits(text: &str, characters: usize) -> bool {
    let few = || text.len() <= 4 * characters && !text.is_ascii() && text.chars().nth(characters).is_none();
    text.len() <= characters || few()
}

/// The place at most so many characters before another.
pub fn place_before(text: &str, at: usize, characters: usize) -> usize {
    let start = text.floor_char_boundary(at.saturating_sub(characters));
    match text[start..at].is_ascii() {
        true => start,
        false => text[..at].char_indices().rev().take(characters).last().map_or(at, |(place, _)| place),
    }
}

/// The place at most so many characters behind another.
pub fn place_behind(text: &str, at: usize, characters: usize) -> usize {
    let end = text.ceil_char_boundary(at + characters);
    match text[at..end].is_ascii() {
        true => end,
        false => text[at..].char_indices().nth(characters).map_or(text.len(), |(length, _)| at + length),
    }
}

/// The first so many characters of a text, in whatever alphabet.
pub fn opening(text: &str, characters: usize) -> &str {
    let bytes = &text[..text.floor_char_boundary(characters)];
    match bytes.is_ascii() {
        true => bytes,
        false => text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_alphabet_count_as_one() {
        assert!(fits("four", 4) && fits("пять", 4) && fits("ოთხი", 4));
        assert!(!fits("fifth", 4) && !fits("шесть", 4) && !fits("ექვსი", 4));
        assert_eq!((opening("fifth", 4), opening("шесть", 4), opening("ოთ", 4)), ("fift", "шест", "ოთ"));
        let text = "срок a_b тут";
        let at = text.find("a_b").unwrap();
        assert_eq!(&text[place_before(text, at, 3)..at], "ок ");
        assert_eq!(&text[at..place_behind(text, at, 5)], "a_b т");
        assert_eq!((place_before(text, at, 99), place_behind(text, at, 99)), (0, text.len()));
    }
}
