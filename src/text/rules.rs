//! The rules of the normal forms, asked of a whole text: right for all of Unicode and slow. The build asks them for the steps of
//! single characters, `fold` for the few texts that take more.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::scripts::{is_letter_mark, is_unparted, value};

/// Latin, Greek, Cyrillic: everything below this code has a step.
pub const LETTERS: usize = 0x500;
/// General punctuation and currency signs have one too.
pub const PUNCTUATION: Range<usize> = 0x2000..0x20c0;
/// Characters that have a step, the letters before the punctuation.
pub const STEPS: usize = LETTERS + PUNCTUATION.end - PUNCTUATION.start;

/// [`Step::Gap`] of a character of ASCII in one byte.
pub const GAP: u8 = b' ';
/// [`Step::Skip`] of a character of ASCII in one byte.
pub const SKIP: u8 = 0;

/// What a form makes of one character, whatever stands around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Nothing.
    Skip,
    /// A blank, however many follow each other.
    Gap,
    /// One character.
    One(char),
    /// Several: these bytes, of which the first so many count.
    Several([u8; 6], u8),
    /// It depends on its neighbours: the text is folded by the rule.
    Rule,
}

/// True for characters that print nothing and separate nothing: zero-width and directional marks, soft hyphen, BOM.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{0}')
}

/// True for a text that prints nothing.
#[inline]
pub fn is_blank(text: &str) -> bool {
    // Nearly every text begins with something printed.
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && prints_nothing(text)
}

fn prints_nothing(text: &str) -> bool {
    text.chars().all(|c| !c.is_ascii_graphic() && (c.is_whitespace() || is_invisible(c)))
}

/// White space runs as one blank, none at the ends, no invisible characters.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    collapse_into(&mut out, text);
    out
}

/// White space runs as one blank, appended to a buffer; the text is set off by one blank from what the buffer already ends with.
pub fn collapse_into(out: &mut String, text: &str) {
    let mut gap = !out.is_empty() && !out.ends_with(' ');
    let start = out.len();
    for c in text.chars() {
        // Asked first, for nearly all text is of it.
        let printing = c.is_ascii_graphic();
        if !printing && is_invisible(c) {
            if is_spelling(c, out) {
                out.push(c);
            }
            continue;
        }
        if !printing && c.is_whitespace() {
            gap |= out.len() > start;
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        out.push(c);
    }
}

/// The joiners of Persian and Hindi print nothing, and a word is misspelt without them.
pub fn is_spelling(c: char, before: &str) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
        && before.ends_with(|c: char| matches!(c, '\u{620}'..='\u{6ff}' | '\u{900}'..='\u{dff}'))
}

/// [`collapse`] in compatibility form with plain quotes, hyphens and dots.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Before: an invisible character would keep a letter from its accent, and ´ would become a blank with an accent.
    let visible = text.chars().filter(|c| !is_invisible(*c)).map(straight);
    let folded: String = visible.nfkc().map(straight).collect();
    collapse_into(&mut out, &folded);
    out
}

/// [`plain`] without case.
pub fn caseless(text: &str) -> String {
    let folded = plain(text);
    if folded.is_ascii() {
        return folded.to_ascii_lowercase();
    }
    // Lower-casing may leave a combining dot (Turkish İ): compose again, so that the form stays idempotent.
    plain(&folded.to_lowercase().replace('\u{307}', ""))
}

/// [`caseless`] without accents and with letters and digits alone; ß is the ss that Switzerland writes. Where a script puts no blank
/// between words, each character is one.
pub fn loose(text: &str) -> String {
    let folded = caseless(text);
    let spaced = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let bare: String = if folded.is_ascii() {
        folded.chars().map(spaced).collect()
    } else {
        let letters = folded.replace('ß', "ss");
        let letters = letters.nfd().filter(|c| !is_accent(*c)).map(unaccented);
        parted(letters.map(|c| if is_letter_mark(c) { c } else { spaced(c) }))
    };
    collapse(&bare)
}

/// Marks that are no part of a letter, and the stroke that only makes an Arabic word longer.
fn is_accent(c: char) -> bool {
    c == '\u{640}' || is_combining_mark(c) && !is_letter_mark(c)
}

/// With blanks around each character of a script that has none.
fn parted(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut alone = false;
    for c in letters {
        let joins = is_letter_mark(c);
        let next = is_unparted(c);
        if (alone || next) && !joins {
            out.push(' ');
        }
        out.push(c);
        alone = next || alone && joins;
    }
    out
}

fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' | '‟' | '″' => '"',
        // The last two are letters that Uzbek types in one way or the other: oʻ, o‘, o'.
        '‘' | '’' | '‚' | '´' | '‛' | '′' | '`' | '‹' | '›' | '\u{2bb}' | '\u{2bc}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' => '-',
        // Figures of Arabic, Hindi, Thai or Khmer count like ours; NFKC knows those of full width only.
        '\u{660}'..='\u{17e9}' => value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c),
        other => other,
    }
}

/// Letters that carry no separable mark but are written without one where accents are lost.
fn unaccented(c: char) -> char {
    match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        'ŧ' => 't',
        // Persian and Arabic keyboards write one letter in two ways.
        'ی' | 'ى' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        other => other,
    }
}

impl Step {
    /// What a form makes of a character, by the form's rule.
    pub fn by_rule(c: char, rule: fn(&str) -> String) -> Self {
        let decomposed = |c: char| c.nfkd().any(|part| is_combining_mark(part) || part.is_whitespace());
        let alone = c.nfkc().all(|part| !is_combining_mark(part) && (part == c || !part.is_whitespace()));
        if is_invisible(c) {
            return Self::Skip;
        }
        if c.is_whitespace() {
            return Self::Gap;
        }
        // A capital sigma is written in two ways, and what decomposes into a blank or a bare mark touches its neighbours.
        if c.nfkc().any(|part| part == 'Σ') || !alone || (!c.is_alphabetic() && decomposed(c)) {
            return Self::Rule;
        }
        let folded = rule(&format!("a{c}a"));
        match folded.strip_prefix('a').and_then(|rest| rest.strip_suffix('a')) {
            Some(" ") => Self::Gap,
            Some(inner) if inner.len() <= 6 && !inner.contains(' ') => Self::text(inner),
            _ => Self::Rule,
        }
    }

    fn text(inner: &str) -> Self {
        let mut characters = inner.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Self::Skip,
            (Some(only), None) => Self::One(only),
            _ => {
                let mut bytes = [0; 6];
                bytes[..inner.len()].copy_from_slice(inner.as_bytes());
                Self::Several(bytes, inner.len() as u8)
            }
        }
    }
}
