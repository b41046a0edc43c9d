//! Calendar dates in text, in the words of every language of the lexicon. Which of them is the document's own is not asked here.

use jiff::civil::Date;

use super::Looks;
use crate::lexicon::lexicon;
use crate::text::{Asked, answer, loose};

/// A date printed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it can mean.
    pub reading: Reading,
}

/// What a printed date can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A day.
    Day(Date),
    /// A day whose day and month can be exchanged.
    Ambiguous {
        /// Read with the day first.
        day_first: Date,
        /// Read with the month first.
        month_first: Date,
    },
    /// A month.
    Month {
        /// Year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
}

impl FoundDate {
    /// True where a day is given, not only a month.
    pub fn is_precise(&self) -> bool {
        !matches!(self.reading, Reading::Month { .. })
    }
}

/// Every date of a text, in order, none overlapping another.
pub fn find(text: &(impl Asked + ?Sized)) -> Vec<FoundDate> {
    find_in(text, None)
}

/// [`find`] where the language is known: it settles a month's name that means another month in another language.
pub fn find_in(text: &(impl Asked + ?Sized), language: Option<&str>) -> Vec<FoundDate> {
    let may_hold = || may_hold_date(text.as_ref());
    let may = if text.is_at_hand() { *answer(&text.known().answers::<Looks>().dated, may_hold) } else { may_hold() };
    if may { dates_in(text.as_ref(), language) } else { Vec::new() }
}

fn dates_in(text: &str, language: Option<&str>) -> Vec<FoundDate> {
    let tokens = tokens(text, language);
    let scan = Scan { text, tokens: &tokens };
    let mut found = Vec::new();
    let mut next = 0;
    while next < tokens.len() {
        match scan.date_at(next) {
            Some(end) => {
                let (start, last) = (tokens[next].start, tokens[end.tokens - 1].end);
                found.push(FoundDate { start, end: last, reading: end.reading });
                next = end.tokens;
            }
            None => next += 1,
        }
    }
    found
}

/// False where no year of four figures stands, and no figures joined as those of 30.3.21 are: a look at the bytes.
fn may_hold_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let figure = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let year =
        |at: usize| matches!(&bytes[at..], [b'1', b'9', ..] | [b'2', b'0', ..]) && figure(at + 2) && figure(at + 3);
    let is_figure = |c: char| c.is_ascii_digit();
    let follows = |text: &str| text.trim_start_matches(['-', '/', '.']).trim_start().starts_with(is_figure);
    let joins = |at: usize| text[..at].trim_end().ends_with(is_figure) && follows(&text[at + 1..]);
    let years = memchr::memchr2_iter(b'1', b'2', bytes).any(year);
    years || memchr::memchr3_iter(b'-', b'/', b'.', bytes).any(joins)
}

#[derive(Debug)]
struct Token {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A number of this many digits.
    Number(u32, usize),
    /// A month's name; 0 where it may be several.
    Month(u8),
    Word,
}

struct Match {
    /// Index after the last token.
    tokens: usize,
    reading: Reading,
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

fn tokens(text: &str, language: Option<&str>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let digits = c.is_ascii_digit();
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = characters.peek().copied() {
            let joins = next.is_alphanumeric() || !digits && unicode_normalization::char::is_combining_mark(next);
            if !joins || next.is_ascii_digit() != digits {
                break;
            }
            end = at + next.len_utf8();
            characters.next();
        }
        push(&mut tokens, text, Token { start, end, kind: kind(&text[start..end], digits, language) });
    }
    tokens
}

/// Adds a word; one that completes a month's name of two words ("Meán Fómhair") is one token with the word before.
fn push(tokens: &mut Vec<Token>, text: &str, token: Token) {
    let first = tokens.last().filter(|last| matches!((&last.kind, &token.kind), (Kind::Word, Kind::Word)));
    let joined = first.filter(|first| text[first.end..token.start] == *" ").map(|first| first.start);
    let month = joined.and_then(|start| Some((start, lexicon().months.get(loose(&text[start..token.end]))?)));
    match month {
        Some((start, months)) if months.len() == 1 => {
            tokens.pop();
            tokens.push(Token { start, end: token.end, kind: Kind::Month(months[0]) });
        }
        _ => tokens.push(token),
    }
}

fn kind(word: &str, digits: bool, language: Option<&str>) -> Kind {
    if digits {
        return word.parse().map_or(Kind::Word, |value| Kind::Number(value, word.len()));
    }
    let known = word.known();
    match *answer(&known.answers::<Looks>().month, || month(word)) {
        Some(0) => Kind::Month(language.and_then(|language| month_in(&loose(word), language)).unwrap_or(0)),
        month => month.map_or(Kind::Word, Kind::Month),
    }
}

/// The month that a word names; 0 where it may be several.
fn month(word: &str) -> Option<u8> {
    match lexicon().months.get(loose(word))? {
        [month] => Some(*month),
        _ => Some(0),
    }
}

fn month_in(word: &str, language: &str) -> Option<u8> {
    let meanings = lexicon().months_of.get(word)?;
    meanings.iter().find(|(code, _)| *code == language).map(|(_, month)| *month)
}

impl Scan<'_> {
    fn date_at(&self, at: usize) -> Option<Match> {
        match self.tokens[at].kind {
            Kind::Number(year, 4) => self.year_first(at, year),
            Kind::Number(number, 1 | 2) => self.digits(at, number).or_else(|| self.day_month_year(at, number)),
            Kind::Month(month) if month > 0 => self.month_first(at, month),
            _ => None,
        }
    }

    /// 2021-03-30, 2021/3, 2021. március 30., 2021 m. kovo 30 d., 2021. gada 30. marts.
    fn year_first(&self, at: usize, year: u32) -> Option<Match> {
        if let Some((month, _)) = self.short_number(at + 1).filter(|_| self.joined(at, "-/.")) {
            return match self.short_number(at + 2).filter(|_| self.joined(at + 1, "-/.")) {
                Some((day, _)) => Some(Match { tokens: at + 3, reading: day_reading(year, month, day)? }),
                None if self.gap(at) == "-" => Some(Match { tokens: at + 2, reading: month_reading(year, month)? }),
                None => None,
            };
        }
        let next = self.after_fillers(at + 1);
        if let Some((day, after)) = self.short_number(next).map(|(day, _)| (day, self.after_fillers(next + 1))) {
            let month = self.month(after)?;
            return Some(Match { tokens: after + 1, reading: day_reading(year, month.into(), day)? });
        }
        let month = self.month(next)?;
        match self.short_number(next + 1) {
            Some((day, _)) => Some(Match { tokens: next + 2, reading: day_reading(year, month.into(), day)? }),
            None => Some(Match { tokens: next + 1, reading: month_reading(year, month.into())? }),
        }
    }

    /// 30/03/2021, 30.3.2021, 03-30-21.
    fn digits(&self, at: usize, first: u32) -> Option<Match> {
        let (second, _) = self.short_number(at + 1).filter(|_| self.joined(at, "-/."))?;
        let year = match self.tokens.get(at + 2)?.kind {
            Kind::Number(year, 4) => year,
            Kind::Number(year, 2) if self.gap(at) == self.gap(at + 1) => 2000 + year,
            _ => return None,
        };
        if !self.joined(at + 1, "-/.") {
            return None;
        }
        let day_first = day(year, second, first);
        let month_first = day(year, first, second);
        let dotted = self.gap(at).contains('.');
        let reading = match (day_first, month_first) {
            // Nobody who parts with full stops has the month first.
            (Some(date), _) if dotted => Reading::Day(date),
            (Some(a), Some(b)) if a != b => Reading::Ambiguous { day_first: a, month_first: b },
            (Some(date), _) | (None, Some(date)) => Reading::Day(date),
            (None, None) => return None,
        };
        Some(Match { tokens: at + 3, reading })
    }

    /// 30 March 2021, 30. marts 2021, 1er mars 2021, 30 de marzo de 2021.
    fn day_month_year(&self, at: usize, number: u32) -> Option<Match> {
        if self.gap(at).contains(',') {
            return None;
        }
        if let Some((month, year)) = self.roman_month(at + 1).zip(self.year(at + 2)) {
            return Some(Match { tokens: at + 3, reading: day_reading(year, month, number)? });
        }
        let month_at = self.after_fillers(at + 1);
        let month = self.month(month_at)?;
        let year_at = self.after_fillers(month_at + 1);
        let year = self.year(year_at)?;
        Some(Match { tokens: year_at + 1, reading: day_reading(year, month.into(), number)? })
    }

    /// 12.IV.2023, 12 IV 2023: the month in Roman numerals.
    fn roman_month(&self, at: usize) -> Option<u32> {
        const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        let token = self.tokens.get(at)?;
        let month = MONTHS.iter().position(|month| *month == &self.text[token.start..token.end])?;
        let parted = [at - 1, at].into_iter().all(|gap| matches!(self.gap(gap), "." | ". " | " " | "/" | "-"));
        parted.then_some(month as u32 + 1)
    }

    /// March 30, 2021; March 2021.
    fn month_first(&self, at: usize, month: u8) -> Option<Match> {
        if let Some((number, _)) = self.short_number(at + 1) {
            let year_at = self.after_fillers(at + 2);
            let year = self.year(year_at)?;
            return Some(Match { tokens: year_at + 1, reading: day_reading(year, month.into(), number)? });
        }
        let year_at = self.after_fillers(at + 1);
        let year = self.year(year_at)?;
        Some(Match { tokens: year_at + 1, reading: month_reading(year, month.into())? })
    }

    /// The index after at most two short words ("de", "th", "gada") and their punctuation, without crossing a line or sentence.
    fn after_fillers(&self, at: usize) -> usize {
        let short =
            |token: &Token| matches!(token.kind, Kind::Word) && self.text[token.start..token.end].chars().count() <= 4;
        let fillers = self.tokens.iter().skip(at).take(2).take_while(|token| short(token)).count();
        at + fillers
    }

    fn short_number(&self, at: usize) -> Option<(u32, usize)> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, digits @ (1 | 2)) if self.near(at) => Some((value, digits)),
            _ => None,
        }
    }

    fn year(&self, at: usize) -> Option<u32> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, 4) if self.near(at) => Some(value),
            _ => None,
        }
    }

    fn month(&self, at: usize) -> Option<u8> {
        match self.tokens.get(at)?.kind {
            Kind::Month(month) if month > 0 && self.near(at) => Some(month),
            _ => None,
        }
    }

    /// True where at most a few characters part the token from the one before.
    fn near(&self, at: usize) -> bool {
        at == 0 || self.gap(at - 1).chars().count() <= 3
    }

    /// True where one of the characters, blanks aside, is all that stands between a token and the next.
    fn joined(&self, at: usize, separators: &str) -> bool {
        let mut marks = self.gap(at).trim().chars();
        let first = marks.next();
        // A separator typed twice is one.
        first.is_some_and(|mark| separators.contains(mark))
            && matches!((marks.next(), marks.next()), (second, None) if second.is_none() || second == first)
    }

    fn gap(&self, at: usize) -> &str {
        self.tokens.get(at + 1).map_or("", |next| &self.text[self.tokens[at].end..next.start])
    }
}

fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    let plausible = (1990..2100).contains(&year);
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok();
    date.filter(|_| plausible)
}

fn day_reading(year: u32, month: u32, number: u32) -> Option<Reading> {
    day(year, month, number).map(Reading::Day)
}

fn month_reading(year: u32, month: u32) -> Option<Reading> {
    let first = day(year, month, 1)?;
    Some(Reading::Month { year: first.year(), month: first.month() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_day() {
        for text in
            ["2021-03-30", "30/03//2021", "03/30/2021", "30.3.2021", "30 March 2021", "March 30th, 2021", "2021/03/30"]
        {
            let found = find(&format!("Last update: {text}."));
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].reading, Reading::Day(Date::constant(2021, 3, 30)), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_settled_stays_open() {
        assert!(matches!(find("01/08/2024")[0].reading, Reading::Ambiguous { .. }));
        assert_eq!(find("April 2024")[0].reading, Reading::Month { year: 2024, month: 4 });
        let november = find_in("5 listopada 2020", Some("pl"));
        assert_eq!(november[0].reading, Reading::Day(Date::constant(2020, 11, 5)));
        assert!(find("5 listopada 2020").is_empty());
        assert_eq!(find("23 Meán Fómhair 2021")[0].reading, Reading::Day(Date::constant(2021, 9, 23)));
        assert_eq!(find("23.IX.2021")[0].reading, Reading::Day(Date::constant(2021, 9, 23)));
        assert!(find("1.2.3, 2016/679, 13 months").is_empty());
    }
}
