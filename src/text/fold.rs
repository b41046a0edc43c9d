//! Every normal form of text that the program compares by, each with its name. A form is never shown to a user.
//!
//! | form | what it forgets | used for |
//! | --- | --- | --- |
//! | [`collapse`](super::collapse) | runs of white space, invisible characters | printed values |
//! | [`plain`] | also: which quote, dash or ligature was printed | templates, comparison |
//! | [`caseless`] | also: case | words of the lexicon |
//! | [`loose`] | also: accents and punctuation | headers whose accents were lost |
//! | [`squeeze`] | all white space and invisible characters | "is every word still there" |
//!
//! Each is idempotent: folding twice is folding once.

use super::rules::{GAP, LETTERS, PUNCTUATION, SKIP, STEPS, Step, is_invisible};

// The three forms: `build.rs` says how.
include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// [`collapse`](super::collapse) in compatibility form (NFKC) with straight quotes, plain hyphens and `...` for the ellipsis.
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
            folded.push_ascii(plain.as_bytes(), &self.ascii);
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
    /// Each byte is put down, and the next one over it where it does not count: nothing has to be foretold.
    fn push_ascii(&mut self, text: &[u8], forms: &[u8; 128]) {
        let mut last = self.0.last().copied().unwrap_or(GAP);
        let mut at = self.0.len();
        self.0.resize(at + text.len(), 0);
        for byte in text {
            let folded = forms[usize::from(byte & 127)];
            self.0[at] = folded;
            let counts = (folded != SKIP) & !((folded == GAP) & (last == GAP));
            at += usize::from(counts);
            last = if counts { folded } else { last };
        }
        self.0.truncate(at);
    }

    fn gap(&mut self) {
        if self.0.last().is_some_and(|last| *last != b' ') {
            self.0.push(b' ');
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

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;
    use crate::text::collapse;

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
        let made: Vec<String> = made.chain(SAMPLES.iter().map(|sample| (*sample).to_owned())).collect();
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
        assert_eq!(squeeze("a b\u{200b}c"), "abc");
    }
}
