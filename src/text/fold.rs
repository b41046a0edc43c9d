//! Every normal form of text that the program compares by, each with its name. A form is never shown to a user.
//!
//! | form | what it forgets | used for |
//! | --- | --- | --- |
//! | [`collapse`] | runs of white space, invisible characters | printed values |
//! | [`plain`] | also: which quote, dash or ligature was printed | templates, comparison |
//! | [`caseless`] | also: case | words of the lexicon |
//! | [`loose`] | also: accents and punctuation | headers whose accents were lost |
//! | [`squeeze`] | all white space and invisible characters | "is every word still there" |
//!
//! Each is idempotent: folding twice is folding once.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// True for characters that print nothing and separate nothing: zero-width and directional marks, soft hyphen, BOM.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{0}')
}

/// White space runs as one blank, none at the ends, no invisible characters.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    collapse_into(&mut out, text);
    out
}

/// [`collapse`], appended to a buffer; the text is set off by one blank from what the buffer already ends with.
pub fn collapse_into(out: &mut String, text: &str) {
    let mut gap = !out.is_empty() && !out.ends_with(' ');
    let start = out.len();
    for c in text.chars() {
        // Asked first, for nearly all text is of it.
        let printing = c.is_ascii_graphic();
        if !printing && is_invisible(c) {
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

/// [`collapse`] in compatibility form (NFKC) with straight quotes, plain hyphens and `...` for the ellipsis.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() && !text.contains('`') {
        collapse_into(&mut out, text);
        return out;
    }
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

/// [`caseless`] with accents removed and every run of other than letters and digits as one blank.
pub fn loose(text: &str) -> String {
    let folded = caseless(text);
    let spaced = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let bare: String = if folded.is_ascii() {
        folded.chars().map(spaced).collect()
    } else {
        folded.nfd().filter(|c| !is_combining_mark(*c)).map(unaccented).map(spaced).collect()
    };
    collapse(&bare)
}

/// The text without any white space or invisible character.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}

fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' | '‟' | '″' => '"',
        '‘' | '’' | '‚' | '´' | '‛' | '′' | '`' | '‹' | '›' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' => '-',
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
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: &[&str] = &[
        "",
        " a\u{a0} b\t\nc ",
        "“Curly” ‘single’ – dash — … ﬁne",
        "Service provider's name",
        "a\u{ad}\u{301} ´e `f`",
        "Düşük İSTANBUL ıssız",
        "Durée de conservation\u{200b}",
        "e\u{301}te\u{301} Ångström ŁÓDŹ",
    ];

    #[test]
    fn folding_twice_is_folding_once() {
        for form in [collapse, plain, caseless, loose, squeeze] {
            for sample in SAMPLES {
                let once = form(sample);
                assert_eq!(form(&once), once, "{sample:?}");
            }
        }
    }

    #[test]
    fn forms_forget_what_they_say() {
        assert_eq!(collapse(" a\u{a0} b\t\nc "), "a b c");
        assert_eq!(plain("“x” – ﬁne…"), "\"x\" - fine...");
        assert_eq!(caseless("DURÉE"), "durée");
        assert_eq!(loose("Durée (max.)"), "duree max");
        assert_eq!(squeeze("a b\u{200b}c"), "abc");
    }
}
