//! Finds dates with a year, in figures or with the month in words. The word is not looked up: between a day and a year of four figures
//! stands a month in any language.
//!
//! A regular expression would say the same, and a test holds this to one; but building it takes longer than reading a document.

use std::ops::Range;

use memchr::memchr2_iter;
use unicode_normalization::char::is_combining_mark;

/// The dates of a text, in order and apart from each other.
pub(super) fn calendar_dates(text: &str) -> Vec<Range<usize>> {
    let mut dates: Vec<Range<usize>> = Vec::new();
    if !may_hold_year(text.as_bytes()) {
        return dates;
    }
    let mut in_word = false;
    for (start, c) in text.char_indices() {
        let begins = !in_word && (c.is_ascii_digit() || is_letter(c));
        in_word = is_of_word(c);
        if begins
            && dates.last().is_none_or(|last| last.end <= start)
            && let Some(rest) = Rest(&text[start..]).date()
        {
            dates.push(start..text.len() - rest.0.len());
        }
    }
    dates
}

/// True where `19` or `20` stands before two more figures, as in all years of the dates that are looked for.
fn may_hold_year(text: &[u8]) -> bool {
    let is_figure = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    memchr2_iter(b'1', b'2', text).any(|at| {
        let century = matches!(text.get(at..at + 2), Some(b"19" | b"20"));
        century && is_figure(at + 2) && is_figure(at + 3)
    })
}

/// What of a text is still to be read: each step reads something and gives the rest, or none where it does not stand there.
#[derive(Debug, Clone, Copy)]
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    fn date(self) -> Option<Self> {
        match self.count(|c| c.is_ascii_digit()) {
            0 => self.month_day_year(),
            1 | 2 => self.day_month_year(),
            _ => self.year_month_day(),
        }
    }

    /// `2024-05-31`, `2024年5月31日`.
    fn year_month_day(self) -> Option<Self> {
        let rest = self.year()?;
        let plain = || rest.one_of(&['-', '.', '/'])?.figures()?.one_of(&['-', '.', '/'])?.figures()?.end_of_word();
        let unit = |rest: Self, names: &[char]| rest.blank().one_of(names);
        let with_units = || {
            let month = unit(rest, &['年', '년'])?.blank().figures()?;
            let day = unit(month, &['月', '월'])?.blank().figures()?;
            unit(day, &['日', '일'])
        };
        plain().or_else(with_units)
    }

    /// `31/5/2024`, `31. 5. 2024`, `31st May 2024`, `31 de mayo de 2024`.
    fn day_month_year(self) -> Option<Self> {
        let rest = self.day()?;
        let plain = || rest.one_of(&['-', '/'])?.figures()?.one_of(&['-', '/'])?.year()?.end_of_word();
        let dotted = || rest.read(".")?.blank().figures()?.read(".")?.blank().year()?.end_of_word();
        let ordinal = rest.any_of(&["st", "nd", "rd", "th", "er", ".", "º", "ª", "°"]);
        let with_word = || ordinal.into_iter().chain([rest]).find_map(Self::word_and_year);
        plain().or_else(dotted).or_else(with_word)
    }

    /// `May 31st, 2024`.
    fn month_day_year(self) -> Option<Self> {
        let rest = self.word()?.blanks()?.day()?;
        let rest = rest.any_of(&["st", "nd", "rd", "th"]).unwrap_or(rest);
        rest.read(",").unwrap_or(rest).blanks()?.year()?.end_of_word()
    }

    /// What follows a day: ` May 2024`, ` de mayo de 2024`, `-May-2024`.
    fn word_and_year(self) -> Option<Self> {
        let linked = ["del", "de", "d'", "d’"].into_iter().filter_map(|link| self.blanks()?.read(link));
        linked.chain([self]).find_map(|rest| {
            let rest = rest.gap().word()?;
            let rest = rest.read(",").unwrap_or(rest);
            let linked = rest.blanks().and_then(|rest| rest.any_of(&["del", "de"]));
            let rest = linked.unwrap_or(rest);
            let year = rest.gap();
            (year.0.len() < rest.0.len()).then(|| year.year()?.end_of_word())?
        })
    }

    /// Three letters or more, and the dot of an abbreviation.
    fn word(self) -> Option<Self> {
        let letters = self.count(|c| is_letter(c) || is_combining_mark(c));
        let rest = self.0.starts_with(is_letter).then(|| self.behind(letters))?;
        (letters > 2).then(|| rest.read(".").unwrap_or(rest))
    }

    /// 1900 to 2099.
    fn year(self) -> Option<Self> {
        let rest = self.any_of(&["19", "20"])?;
        (rest.count(|c| c.is_ascii_digit()) == 2).then(|| rest.behind(2))
    }

    fn day(self) -> Option<Self> {
        let rest = self.figures()?;
        (self.0.len() - rest.0.len() == 1 || self.0.starts_with(['0', '1', '2', '3'])).then_some(rest)
    }

    /// One or two figures.
    fn figures(self) -> Option<Self> {
        let figures = self.count(|c| c.is_ascii_digit());
        matches!(figures, 1 | 2).then(|| self.behind(figures))
    }

    fn end_of_word(self) -> Option<Self> {
        (!self.0.starts_with(is_of_word)).then_some(self)
    }

    /// White space and hyphens, if any.
    fn gap(self) -> Self {
        Self(self.0.trim_start_matches(|c: char| c.is_whitespace() || c == '-'))
    }

    /// White space.
    fn blanks(self) -> Option<Self> {
        self.0.starts_with(char::is_whitespace).then(|| Self(self.0.trim_start()))
    }

    /// One blank, if there is one.
    fn blank(self) -> Self {
        Self(self.0.strip_prefix(char::is_whitespace).unwrap_or(self.0))
    }

    fn one_of(self, characters: &[char]) -> Option<Self> {
        self.0.strip_prefix(characters).map(Self)
    }

    fn any_of(self, words: &[&str]) -> Option<Self> {
        words.iter().find_map(|word| self.read(word))
    }

    fn read(self, word: &str) -> Option<Self> {
        self.0.strip_prefix(word).map(Self)
    }

    /// How many characters of a kind stand here.
    fn count(self, of_kind: impl Fn(char) -> bool) -> usize {
        self.0.chars().take_while(|c| of_kind(*c)).count()
    }

    fn behind(self, characters: usize) -> Self {
        let place = self.0.char_indices().nth(characters);
        Self(place.map_or("", |(at, _)| &self.0[at..]))
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && (c.is_ascii() || !is_combining_mark(c))
}

/// True for what words are made of: where one of these stands beside another, no word begins or ends.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii() && regex_syntax::is_word_character(c)
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    fn by_rule() -> Regex {
        let year = r"(?:19|20)[0-9]{2}";
        let day = r"[0-3]?[0-9]";
        let word = r"\p{L}[\p{L}\p{M}]{2,}\.?";
        let forms = [
            format!(r"\b{year}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}\b"),
            format!(r"\b{day}[-/][0-9]{{1,2}}[-/]{year}\b"),
            format!(r"\b{day}\.\s?[0-9]{{1,2}}\.\s?{year}\b"),
            format!(
                r"\b{day}(?:st|nd|rd|th|er|\.|º|ª|°)?(?:\s+del?|\s+d['’])?[\s-]*{word},?(?:\s+del?)?[\s-]+{year}\b"
            ),
            format!(r"\b{word}\s+{day}(?:st|nd|rd|th)?,?\s+{year}\b"),
            format!(r"\b{year}\s?[年년]\s?[0-9]{{1,2}}\s?[月월]\s?[0-9]{{1,2}}\s?[日일]"),
        ];
        Regex::new(&forms.join("|")).unwrap()
    }

    const DATES: &[&str] = &[
        "2024-05-31",
        "2024/5/31",
        "31/5/2024",
        "31. 5. 2024",
        "31st May 2024",
        "31 de mayo de 2024",
        "1er mai 2024",
        "1. Mai 2024",
        "31-May-2024",
        "12 d'abril del 2024",
        "May 31st, 2024",
        "Sept. 1, 2024",
        "2024年5月31日",
        "2024년 5월 31일",
    ];

    const PARTS: &[&str] = &[
        "", "2", "19", "45", "3", "st", "th", ".", "º", " ", "  ", "\u{a0}", "-", "/", ",", " de ", "del", "d’", "May",
        "l", "é", "\u{301}", "²", "_", "年", "일", "\n", "(",
    ];

    /// A date in which something else was put in places.
    fn garbled(random: &mut fastrand::Rng) -> String {
        let mut text: Vec<String> = random.choice(DATES).unwrap().chars().map(String::from).collect();
        for _ in 0..random.usize(0..4) {
            let (from, to) = (random.usize(0..text.len()), random.usize(0..2));
            let part = (*random.choice(PARTS).unwrap()).to_owned();
            text.splice(from..text.len().min(from + to), [part]);
        }
        text.concat()
    }

    #[test]
    fn dates_are_those_of_the_rule() {
        let rule = by_rule();
        let mut random = fastrand::Rng::with_seed(11);
        let mut count = 0;
        for _ in 0..100_000 {
            let text: String = (0..random.usize(1..4)).map(|_| garbled(&mut random)).collect();
            let found = calendar_dates(&text);
            assert_eq!(found, rule.find_iter(&text).map(|date| date.range()).collect::<Vec<_>>(), "{text:?}");
            count += found.len();
        }
        assert!(count > 10_000, "{count}");
    }

    #[test]
    fn dates_of_every_form_are_found() {
        for date in DATES {
            let text = format!("Since {date}.");
            let found: Vec<_> = calendar_dates(&text).into_iter().map(|place| &text[place]).collect();
            assert_eq!(found, [*date]);
        }
        for other in ["45/5/2024", "in 2024", "version 2024-1", "5 Mb 2024", "12 2024", "May 2024", "31 May 2124"] {
            assert!(calendar_dates(other).is_empty(), "{other}");
        }
    }
}
