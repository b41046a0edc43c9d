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

use super::eight_bytes::{any_is, any_less, each, letters, within};
use super::rules::{self, GAP, LETTERS, PUNCTUATION, SKIP, STEPS, Step, is_invisible};

// The three forms: `build.rs` says how.
include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// White space runs as one blank, none at the ends, no invisible characters.
pub fn collapse(text: &str) -> String {
    if is_collapsed(text) { text.to_owned() } else { rules::collapse(text) }
}

/// True for text that [`collapse`] leaves as it is; false also where finding out would take as long.
pub fn is_collapsed(text: &str) -> bool {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [b'x'; 8];
    last[..rest.len()].copy_from_slice(rest);
    let (mut after_gap, mut odd) = (1, 0);
    for bytes in eights.iter().chain([&last]).map(|eight| u64::from_le_bytes(*eight)) {
        odd |= odd_bytes(bytes, &mut after_gap);
    }
    odd == 0 && !text.ends_with(' ')
}

/// Bytes that a text begins with of ASCII that prints and single blanks, as many as can be told eight at a time.
pub(crate) fn single_blanks(text: &str) -> usize {
    let (eights, _) = text.as_bytes().as_chunks::<8>();
    let mut after_gap = 1;
    let is_plain = |eight: &&[u8; 8]| {
        let odd = odd_bytes(u64::from_le_bytes(**eight), &mut after_gap);
        odd == 0
    };
    8 * eights.iter().take_while(is_plain).count()
}

/// 0 where eight bytes are of ASCII that prints and of blanks, none of which follows another.
#[inline]
fn odd_bytes(bytes: u64, after_gap: &mut u64) -> u64 {
    let gaps = within(bytes & each(0x7f), GAP, GAP);
    let doubled = gaps & (gaps << 8 | *after_gap);
    *after_gap = gaps >> 56;
    bytes & each(0x80) | any_less(bytes, GAP) | any_is(bytes, 0x7f) | doubled
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

/// A form: its rule, and what it makes of the characters that nearly all text is of, as the build asked the rule.
struct Form {
    rule: fn(&str) -> String,
    /// One byte for each: [`GAP`], [`SKIP`] or what is printed.
    ascii: [u8; 128],
    /// Letters, then punctuation.
    steps: [Step; STEPS],
}

impl Form {
    fn of(&self, text: &str) -> String {
        self.single_pass(text).unwrap_or_else(|| (self.rule)(text))
    }

    /// The folded text; none where a character's form depends on its neighbours.
    fn single_pass(&self, text: &str) -> Option<String> {
        let mut folded = Folded(Vec::with_capacity(text.len() + 1));
        let mut rest = text;
        loop {
            let (plain, behind) = rest.split_at(ascii_length(rest));
            folded.push_ascii(plain.as_bytes(), self);
            let mut characters = behind.chars();
            let Some(c) = characters.next() else { return Some(folded.finish()) };
            folded.step(self.step(c))?;
            rest = characters.as_str();
        }
    }

    fn step(&self, c: char) -> Step {
        let code = c as usize;
        if code < LETTERS {
            self.steps[code]
        } else if PUNCTUATION.contains(&code) {
            self.steps[LETTERS + code - PUNCTUATION.start]
        } else {
            Step::Rule
        }
    }
}

/// Bytes of the ASCII that a text begins with.
fn ascii_length(text: &str) -> usize {
    // Most texts are of nothing else, which is found out for many bytes at a time.
    if text.is_ascii() { text.len() } else { text.bytes().position(|byte| !byte.is_ascii()).unwrap_or(text.len()) }
}

/// A folded text that begins with no blank and has no two in a row.
struct Folded(Vec<u8>);

impl Folded {
    /// Eight bytes at a time, as far as they are such that each is put down.
    fn push_ascii(&mut self, text: &[u8], form: &Form) {
        let eights = Eights::of(form);
        let (chunks, rest) = text.as_chunks::<8>();
        for chunk in chunks {
            match eights.folded(u64::from_le_bytes(*chunk), self.ends_in_gap()) {
                Some(folded) => self.0.extend_from_slice(&folded.to_le_bytes()),
                None => self.push_each(chunk, &form.ascii),
            }
        }
        self.push_each(rest, &form.ascii);
    }

    fn push_each(&mut self, text: &[u8], forms: &[u8; 128]) {
        for byte in text {
            match forms[usize::from(byte & 127)] {
                SKIP => {}
                GAP if self.ends_in_gap() => {}
                folded => self.0.push(folded),
            }
        }
    }

    /// True where a blank more would be one too many.
    fn ends_in_gap(&self) -> bool {
        self.0.last().is_none_or(|last| *last == GAP)
    }

    fn gap(&mut self) {
        if !self.ends_in_gap() {
            self.0.push(GAP);
        }
    }

    /// Takes a step, if it can be taken alone.
    fn step(&mut self, step: Step) -> Option<()> {
        match step {
            Step::Skip => {}
            Step::Gap => self.gap(),
            Step::Rule => return None,
            Step::One(c) => self.0.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Step::Several(bytes, length) => self.0.extend_from_slice(&bytes[..usize::from(length)]),
        }
        Some(())
    }

    fn finish(mut self) -> String {
        self.0.pop_if(|last| *last == b' ');
        String::from_utf8(self.0).expect("whole characters were put into it")
    }
}

/// What a form makes of eight bytes of ASCII at once.
#[derive(Clone, Copy)]
struct Eights {
    /// All but letters and figures are gaps.
    words_alone: bool,
    /// The bit by which letters of one case are told from those of the other, if case is forgotten.
    case: u8,
}

impl Eights {
    fn of(form: &Form) -> Self {
        let form_of = |byte: u8| form.ascii[usize::from(byte)];
        Self { words_alone: form_of(b'!') == GAP, case: b'A' ^ form_of(b'A') }
    }

    /// The folded bytes; none where one of them must be looked up, or is not put down.
    fn folded(self, bytes: u64, after_gap: bool) -> Option<u64> {
        let gaps = if self.words_alone {
            each(1) & !(letters(bytes) | within(bytes, b'0', b'9'))
        } else {
            within(bytes, b'\t', b'\r') | within(bytes, b' ', b' ')
        };
        let doubled = gaps & (gaps << 8 | u64::from(after_gap));
        let looked_up = within(bytes, 0, 0) | within(bytes, b'`', b'`');
        let blanks = gaps * 0xff;
        let lower = bytes | (within(bytes, b'A', b'Z') * u64::from(self.case));
        (doubled | looked_up == 0).then_some(lower & !blanks | each(GAP) & blanks)
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
        "クッキー名：ガ行 第三者Cookie",
        "쿠키 이름（２０２４년）",
        "ชื่อคุกกี้ ๒๕๖๗",
        "कुकीज़ की अवधि",
        "مُدَّة الصلاحيـــة ی ک ى",
        "שָׁנָה",
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
    fn what_is_called_collapsed_is_left_as_it_is() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut called = 0;
        for length in (0..20_000).map(|number| number % 40) {
            let drawn = |_| {
                if random.u8(0..40) == 0 {
                    random.u8(0..=255) as char
                } else {
                    *random.choice(&['a', 'B', ' ', '.']).unwrap()
                }
            };
            let text: String = (0..length).map(drawn).collect();
            let text = text.replace("  ", "x");
            called += usize::from(is_collapsed(&text));
            assert!(!is_collapsed(&text) || rules::collapse(&text) == text, "{text:?}");
        }
        assert!(called > 2_000);
        assert!(is_collapsed("") && is_collapsed("one two") && is_collapsed("eight of them, and more"));
        assert!(["a  b", " a", "a ", "seven s  x", "1234567  9", "a\tb", "é"].iter().all(|text| !is_collapsed(text)));
    }

    #[test]
    fn the_build_asked_the_rule_for_each_step() {
        for form in [&PLAIN, &CASELESS, &LOOSE] {
            for c in (0..LETTERS).chain(PUNCTUATION).filter_map(|code| char::from_u32(code as u32)) {
                assert_eq!(form.step(c), Step::by_rule(c, form.rule), "{c:?}");
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
        let made: Vec<String> = made.collect();
        // Most are of plain words, so that many bytes are folded at once.
        let mut prose = |_| match random.u8(0..9) {
            0 => random.u8(0..128) as char,
            1 => ' ',
            _ => random.alphabetic(),
        };
        let ascii = (0..20_000).map(|length| (0..length % 40).map(&mut prose).collect::<String>());
        let made: Vec<String> =
            made.into_iter().chain(ascii).chain(SAMPLES.iter().map(|sample| (*sample).to_owned())).collect();
        for text in &made {
            assert_eq!(plain(text), rules::plain(text), "{text:?}");
            assert_eq!(caseless(text), rules::caseless(text), "{text:?}");
            assert_eq!(loose(text), rules::loose(text), "{text:?}");
        }
    }

    #[test]
    fn forms_forget_what_they_say() {
        assert_eq!(collapse(" a\u{a0} b\t\nc "), "a b c");
        assert_eq!(plain("“x” – ﬁne…"), "\"x\" - fine...");
        assert_eq!(caseless("DURÉE"), "durée");
        assert_eq!(loose("Durée (max.)"), "duree max");
        assert_eq!(loose("Cookie名称"), "cookie 名 称");
        assert_eq!(loose("サード パーティ"), loose("サードパーティ"));
        assert_eq!(loose("คุกกี้"), "คุ ก กี้");
        assert_eq!(loose("آخر تحديثٌ: ٢٠٢٤"), "اخر تحديث 2024");
        assert_eq!(collapse("به\u{200c}روز\u{200c} a\u{200c}b"), "به\u{200c}روز\u{200c} ab");
        assert_eq!(squeeze("a b\u{200b}c"), "abc");
    }
}
