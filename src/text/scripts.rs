//! What differs from script to script: which puts no blank between its words, whose marks are letters, how figures are written.

use unicode_normalization::char::is_combining_mark;

/// True for a character of a script that puts no blank between words: Han, kana, Thai, Lao, Burmese, Khmer.
pub fn is_unparted(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && !matches!(c, '\u{e50}'..='\u{e59}' | '\u{17e0}'..='\u{17e9}' | '\u{30fb}')
}

/// True for a mark that is a part of its letter: a vowel of Thai or Hindi, a voiced kana. All other marks are accents.
pub fn is_letter_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{1aaf}' | '\u{3099}' | '\u{309a}') && is_combining_mark(c)
}

/// True for a decimal figure of a script that has its own: Arabic, Persian, Devanagari, Bengali, Tamil, Thai, Khmer, and those of full width.
pub fn is_foreign_figure(c: char) -> bool {
    c >= '\u{660}' && value(c).is_some()
}

/// True for a decimal figure of any of the scripts.
pub fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || is_foreign_figure(c)
}

/// What a figure counts.
pub fn value(c: char) -> Option<u32> {
    const ZEROS: [char; 9] =
        ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{be6}', '\u{e50}', '\u{17e0}', '\u{ff10}'];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|value| *value < 10))
}

/// The number that a run of figures writes.
pub fn number(figures: &str) -> Option<u32> {
    figures.chars().try_fold(0u32, |number, c| number.checked_mul(10)?.checked_add(value(c)?))
}

/// True for a letter that words of their own may begin with, as a label or a heading: a capital, or one of a script that has none.
pub fn opens_words(c: char) -> bool {
    c.is_uppercase() || is_caseless(c)
}

/// True for a syllable of Korean, in whose words particles are glued to what they mark.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// True for a letter that goes on a sentence: a small one, or one of a script that has no capitals.
pub fn goes_on(c: char) -> bool {
    c.is_lowercase() || is_caseless(c)
}

fn is_caseless(c: char) -> bool {
    // Georgian has capitals that are in no use.
    let georgian = matches!(c, '\u{10d0}'..='\u{10ff}');
    !c.is_ascii() && c.is_alphabetic() && (georgian || !c.is_lowercase() && !c.is_uppercase())
}

/// True for a character that is no part of a name or an address that stands beside it without a blank: of Han, kana, Hangul, Thai and
/// their neighbours, and punctuation of full width.
pub fn is_set_apart(c: char) -> bool {
    c >= '\u{e00}' && (is_wide(c) || is_unparted(c) || matches!(c, '\u{ff61}'..='\u{ffdf}'))
}

/// True for a character that takes two columns where letters take one.
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that only say in which direction text runs.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many words a text has: what white space parts, and where a script puts no blank between words, so many characters for each.
pub fn word_count(text: &str) -> usize {
    if text.is_ascii() {
        return ascii_words(text.as_bytes());
    }
    match may_hold_unparted(text) {
        false => text.split_whitespace().count(),
        true => text.split_whitespace().map(words_within).sum(),
    }
}

/// How many words the white space of ASCII parts: nearly all texts are of nothing else.
fn ascii_words(text: &[u8]) -> usize {
    let is_blank = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let mut blank = true;
    let begins = |byte: &u8| {
        let begins = blank & !is_blank(*byte);
        blank = is_blank(*byte);
        usize::from(begins)
    };
    text.iter().map(begins).sum()
}

/// European letters have two bytes at most, and their punctuation begins with one byte. Without an early end many bytes are looked at at
/// a time.
fn may_hold_unparted(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | (byte >= 0xe0) & (byte != 0xe2))
}

/// False where no byte begins a character of Han, kana or Hangul, nor one beyond them.
pub fn may_hold_wide(text: &str) -> bool {
    !text.is_ascii() && text.bytes().fold(false, |found, byte| found | (byte >= 0xe3))
}

/// The words of a stretch without white space.
fn words_within(stretch: &str) -> usize {
    /// Of Thai and its neighbours, which spell words out.
    const LETTERS_OF_A_WORD: usize = 4;
    const CHARACTERS_OF_A_WORD: usize = 2;
    let count = |of: fn(char) -> bool| stretch.chars().filter(|c| is_unparted(*c) && of(*c)).count();
    let (spelt, written) = (count(is_spelt), count(|c| !is_spelt(c)));
    let others = spelt + written == 0 || stretch.chars().any(|c| c.is_alphanumeric() && !is_unparted(c));
    spelt.div_ceil(LETTERS_OF_A_WORD) + written.div_ceil(CHARACTERS_OF_A_WORD) + usize::from(others)
}

/// True for the letters, and their marks, of the alphabets among the scripts that put no blank between words.
fn is_spelt(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_count_the_same_in_all_scripts() {
        for figures in ["2024", "٢٠٢٤", "۲۰۲۴", "२०२४", "২০২৪", "๒๐๒๔", "２０２４"]
        {
            assert_eq!(number(figures), Some(2024), "{figures}");
            assert!(figures.is_ascii() || figures.chars().all(is_foreign_figure), "{figures}");
        }
        assert_eq!((number("2x"), number("99999999999")), (None, None));
    }

    #[test]
    fn words_are_counted_where_no_blank_parts_them() {
        assert_eq!((word_count("two words"), word_count("Cookie名称"), word_count("")), (2, 2, 0));
        for text in [" two\twords\n", "a\u{b}b\u{c}c", "deux mots là", "\r\n", "x"] {
            assert_eq!(word_count(text), text.split_whitespace().count(), "{text:?}");
        }
        assert_eq!((word_count("保存期間"), word_count("ログイン状態を維持するため")), (2, 7));
        assert_eq!((word_count("คุกกี้"), word_count("คุกกี้เพื่อการวิเคราะห์")), (2, 6));
    }

    #[test]
    fn a_letter_without_case_may_open_a_label() {
        assert!(opens_words('Д') && opens_words('字') && opens_words('ا') && !opens_words('д') && !opens_words('7'));
        assert!(goes_on('字') && goes_on('д') && !goes_on('Д'));
    }

    #[test]
    fn a_mark_of_thai_is_a_letters_and_an_accent_is_none() {
        assert!(is_letter_mark('\u{e31}') && is_letter_mark('\u{94d}') && !is_letter_mark('\u{301}'));
        assert!(!is_letter_mark('\u{64b}') && is_unparted('字') && is_unparted('ク') && !is_unparted('쿠'));
    }
}
