//! Marks that part a text, in half width and in full width, and in the scripts that have their own.

/// What stands behind a label; the last is the mark that Armenian sets there.
pub const COLONS: [char; 3] = [':', '：', '՝'];
/// What ends a sentence.
pub const SENTENCE_ENDS: [char; 9] = ['.', '!', '?', '。', '！', '？', '।', '؟', '۔'];

/// What ends a question; the third is that of Arabic, the last that of Greek.
pub const QUESTION_MARKS: [char; 4] = ['?', '？', '؟', '\u{37e}'];

/// True for what ends a sentence whether a blank follows it or not.
pub fn ends_wide_sentence(c: char) -> bool {
    !c.is_ascii() && SENTENCE_ENDS.contains(&c)
}

/// Where the colons of a text stand, by a look at many bytes at a time.
pub fn colons(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr3_iter(b':', 0xef, 0xd5, text.as_bytes()).filter(|at| text[*at..].starts_with(COLONS))
}

/// What stands before the first colon of a text, and what behind it.
pub fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let at = colons(text).next()?;
    Some((&text[..at], text[at..].strip_prefix(COLONS)?))
}

/// True where a colon at a place sets off a value: one of half width before a blank.
pub fn sets_off(text: &str, colon: usize) -> bool {
    text[colon..].strip_prefix(':').is_none_or(|value| value.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_is_one_in_either_width_and_in_armenian() {
        let text = "名称：a:b ﬁ: c";
        let places: Vec<(usize, bool)> = colons(text).map(|at| (at, sets_off(text, at))).collect();
        assert_eq!(places, [(6, true), (10, false), (16, true)]);
        assert_eq!(split_at_colon(text), Some(("名称", "a:b ﬁ: c")));
        assert_eq!(split_at_colon("ﬁ"), None);
        assert_eq!(split_at_colon("Ժամկետը՝ 1 տարի"), Some(("Ժամկետը", " 1 տարի")));
    }
}
