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

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// True for characters that print nothing and separate nothing: zero-width and directional marks, soft hyphen, BOM.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{0}')
}

/// True for a text that prints nothing.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| !c.is_ascii_graphic() && (c.is_whitespace() || is_invisible(c)))
}

/// White space runs as one blank, none at the ends, no invisible characters.
pub fn collapse(text: &str) -> String {
    if is_collapsed(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    collapse_into(&mut out, text);
    out
}

/// True for text that [`collapse`] leaves as it is; false also where finding out would take as long.
pub fn is_collapsed(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !byte.is_ascii_graphic() && (byte != b' ' || before == b' ') {
            return false;
        }
        before = byte;
    }
    text.is_empty() || before != b' '
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
    PLAIN.of(text)
}

/// [`plain`] without case.
pub fn caseless(text: &str) -> String {
    CASELESS.of(text)
}

/// [`caseless`] with accents removed and every run of other than letters and digits as one blank.
pub fn loose(text: &str) -> String {
    LOOSE.of(text)
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

fn plain_by_rule(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Before: an invisible character would keep a letter from its accent, and ´ would become a blank with an accent.
    let visible = text.chars().filter(|c| !is_invisible(*c)).map(straight);
    let folded: String = visible.nfkc().map(straight).collect();
    collapse_into(&mut out, &folded);
    out
}

fn caseless_by_rule(text: &str) -> String {
    let folded = plain_by_rule(text);
    if folded.is_ascii() {
        return folded.to_ascii_lowercase();
    }
    // Lower-casing may leave a combining dot (Turkish İ): compose again, so that the form stays idempotent.
    plain_by_rule(&folded.to_lowercase().replace('\u{307}', ""))
}

fn loose_by_rule(text: &str) -> String {
    let folded = caseless_by_rule(text);
    let spaced = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let bare: String = if folded.is_ascii() {
        folded.chars().map(spaced).collect()
    } else {
        folded.nfd().filter(|c| !is_combining_mark(*c)).map(unaccented).map(spaced).collect()
    };
    collapse(&bare)
}

/// What a form makes of one character, whatever stands around it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
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

/// A form: its rule, and its steps for the characters that nearly all text is made of, found by the rule where they are needed.
struct Form {
    rule: fn(&str) -> String,
    ascii: OnceLock<[Step; ASCII]>,
    pages: [OnceLock<[Step; PAGE]>; PAGES],
}

const ASCII: usize = 128;
const PAGE: usize = 64;
const PAGES: usize = (LETTERS + PUNCTUATION.end - PUNCTUATION.start) / PAGE;
/// Latin, Greek, Cyrillic: everything below.
const LETTERS: usize = 0x500;
/// General punctuation and currency signs.
const PUNCTUATION: std::ops::Range<usize> = 0x2000..0x20c0;

static PLAIN: Form = Form::by(plain_by_rule);
static CASELESS: Form = Form::by(caseless_by_rule);
static LOOSE: Form = Form::by(loose_by_rule);

impl Form {
    const fn by(rule: fn(&str) -> String) -> Self {
        Self { rule, ascii: OnceLock::new(), pages: [const { OnceLock::new() }; PAGES] }
    }

    fn of(&self, text: &str) -> String {
        self.single_pass(text).unwrap_or_else(|| (self.rule)(text))
    }

    /// The folded text; none where a character's form depends on its neighbours.
    fn single_pass(&self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut gap = false;
        let ascii = self.ascii.get_or_init(|| self.steps(0));
        for c in text.chars() {
            let step = ascii.get(c as usize).copied().unwrap_or_else(|| self.step(c));
            match step {
                Step::Skip => {}
                Step::Gap => gap = true,
                Step::Rule => return None,
                Step::One(c) => {
                    close_gap(&mut out, &mut gap);
                    out.push(c);
                }
                Step::Several(bytes, length) => {
                    close_gap(&mut out, &mut gap);
                    out.push_str(std::str::from_utf8(&bytes[..length as usize]).expect("taken from a text"));
                }
            }
        }
        Some(out)
    }

    fn step(&self, c: char) -> Step {
        let code = c as usize;
        let (first, offset) = if code < LETTERS {
            (0, code)
        } else if PUNCTUATION.contains(&code) {
            (PUNCTUATION.start - LETTERS, code - PUNCTUATION.start + LETTERS)
        } else {
            return Step::Rule;
        };
        let page = offset / PAGE;
        self.pages[page].get_or_init(|| self.steps(first + page * PAGE))[offset % PAGE]
    }

    /// The steps of neighbouring characters.
    fn steps<const COUNT: usize>(&self, first: usize) -> [Step; COUNT] {
        let character = |at: usize| char::from_u32((first + at) as u32).expect("no surrogate is among them");
        std::array::from_fn(|at| Step::by_rule(character(at), self.rule))
    }
}

fn close_gap(out: &mut String, gap: &mut bool) {
    if *gap && !out.is_empty() {
        out.push(' ');
    }
    *gap = false;
}

impl Step {
    fn by_rule(c: char, rule: fn(&str) -> String) -> Self {
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
    fn folding_in_one_pass_is_folding_by_the_rule() {
        let alphabet: Vec<char> =
            (0..LETTERS + 64).chain(PUNCTUATION).filter_map(|code| char::from_u32(code as u32)).collect();
        let mut random = fastrand::Rng::with_seed(7);
        let made = (0..20_000)
            .map(|_| (0..random.usize(0..9)).map(|_| *random.choice(&alphabet).unwrap()).collect::<String>());
        let made: Vec<String> = made.chain(SAMPLES.iter().map(|sample| (*sample).to_owned())).collect();
        for text in &made {
            assert_eq!(plain(text), plain_by_rule(text), "{text:?}");
            assert_eq!(caseless(text), caseless_by_rule(text), "{text:?}");
            assert_eq!(loose(text), loose_by_rule(text), "{text:?}");
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
