//! Calendar dates in text, in the words of every language of the lexicon. Which of them is the document's own is not asked here.

use std::ops::Range;

use jiff::civil::Date;

use super::Looks;
use crate::lexicon::{DateMark, lexicon};
use crate::text::{
    Asked, answer, answer_list, is_figure, is_foreign_figure, is_hangul, is_invisible, is_unparted, loose, number,
    place_before, place_behind,
};

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
    if !text.is_at_hand() {
        return if may_hold_date(text.as_ref()) { dates_in(text.as_ref(), language) } else { Vec::new() };
    }
    let known = text.known();
    let looks = known.answers::<Looks>();
    match *answer(&looks.dated, || may_hold_date(text.as_ref())) {
        true => kept_dates(text.as_ref(), language, looks),
        false => Vec::new(),
    }
}

/// The dates of a text in no language and in the one that is asked for first are kept with it.
fn kept_dates(text: &str, language: Option<&str>, looks: &Looks) -> Vec<FoundDate> {
    let Some(asked) = language else { return answer_list(&looks.dates, || dates_in(text, None)).to_vec() };
    let find = || Box::new(DatesIn { language: asked.into(), dates: dates_in(text, language).into() });
    let kept = answer(&looks.dates_in, find);
    if *kept.language == *asked { kept.dates.to_vec() } else { dates_in(text, language) }
}

/// The dates of a text in a language.
#[derive(Debug)]
pub(super) struct DatesIn {
    language: Box<str>,
    dates: Box<[FoundDate]>,
}

fn dates_in(text: &str, language: Option<&str>) -> Vec<FoundDate> {
    let tokens = tokens(text, language);
    let scan = Scan { text, tokens: &tokens };
    let mut found = Vec::new();
    let mut next = 0;
    while next < tokens.len() {
        match scan.date_at(next) {
            Some(end) => {
                let start = tokens[next].start;
                let start = era_before(&text[..start]).map_or(start, |(era, _)| era);
                let last = tokens[end.tokens - 1].end;
                found.push(FoundDate { start, end: last, reading: end.reading });
                next = end.tokens;
            }
            None => next += 1,
        }
    }
    found
}

/// False where no year of four figures stands, no figures joined as those of 30.3.21 are, and none of another script: a look at the
/// bytes.
fn may_hold_date(text: &str) -> bool {
    holds_years(text) || !text.is_ascii() && holds_foreign_years(text)
}

/// European letters have none of the bytes that begin a figure of another script or the character for years, so that their texts are
/// looked at no closer.
fn holds_foreign_years(text: &str) -> bool {
    let bytes = text.as_bytes();
    let may = memchr::memchr3(0xd9, 0xdb, 0xef, bytes).is_some() || memchr::memchr3(0xe0, 0xe1, 0xe5, bytes).is_some();
    may && text.contains(|c| c == '年' || is_foreign_figure(c))
}

fn holds_years(text: &str) -> bool {
    let bytes = text.as_bytes();
    let figure = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let year = |at: usize| {
        matches!(&bytes[at..], [b'1', b'9', ..] | [b'2', b'0' | b'5' | b'6', ..]) && figure(at + 2) && figure(at + 3)
    };
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
    /// What the figures beside it count.
    Mark(DateMark),
    Word,
}

/// What a word that is not of figures is in a date.
#[derive(Debug, Clone, Copy)]
pub(super) enum DatedWord {
    /// A month; 0 where it may be several.
    Month(u8),
    Mark(DateMark),
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
    let mut next = 0;
    while let Some(at) = text[next..].find(char::is_alphanumeric) {
        let start = next + at;
        if let Some((length, number)) = han_number(&text[start..]) {
            next = start + length;
            tokens.push(Token { start, end: next, kind: Kind::Number(number, number.to_string().len()) });
            continue;
        }
        next = start
            + token_length(&text[start..], tokens.last().is_some_and(|last| counts_right_before(last, &text[..start])));
        let word = &text[start..next];
        let kind = kind(word, word.starts_with(is_figure), language);
        push(&mut tokens, text, Token { start, end: next, kind: of_our_era(kind, text, start..next, language) });
    }
    tokens
}

/// Years counted from the death of the Buddha, as in 2533 to 2642, where the era, the language or the script says so.
fn of_our_era(kind: Kind, text: &str, place: Range<usize>, language: Option<&str>) -> Kind {
    let Kind::Number(year @ 2533..2643, 4) = kind else { return kind };
    let is_thai = |c: char| matches!(c, '\u{e01}'..='\u{e5b}');
    let near = &text[place_before(text, place.start, NEAR_SCRIPT)..place_behind(text, place.end, NEAR_SCRIPT)];
    let era = || era_before(&text[..place.start]).is_some_and(|(_, zero)| zero == BUDDHIST);
    let counted = language == Some("th") || near.contains(is_thai) || era();
    if counted { Kind::Number(year.saturating_add_signed(BUDDHIST.into()), 4) } else { kind }
}

/// The year before the first of the Buddhist era, as the lexicon has it.
const BUDDHIST: i16 = -543;

/// So many characters around a year say by their script how it is counted.
const NEAR_SCRIPT: usize = 24;

/// Bytes and value of the Han numerals before a mark of a date that a text begins with: 二〇二四年, 十二月, 元年.
fn han_number(text: &str) -> Option<(usize, u32)> {
    const MARKS: [char; 5] = ['年', '月', '日', '號', '号'];
    let first = text.chars().next().filter(|c| han_digit(*c).is_some() || matches!(c, '十' | '百' | '元'))?;
    let length = text.find(|c| han_digit(c).is_none() && !matches!(c, '十' | '百')).unwrap_or(text.len());
    let length = if first == '元' { first.len_utf8() } else { length };
    let marked = text[length..].starts_with(MARKS) && (first != '元' || text[length..].starts_with('年'));
    let number = if first == '元' { Some(1) } else { han_value(&text[..length]) };
    number.filter(|_| marked).map(|number| (length, number))
}

fn han_digit(c: char) -> Option<u32> {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let plain = if matches!(c, '零' | '○' | '◯') { '〇' } else { c };
    DIGITS.iter().position(|digit| *digit == plain).map(|value| value as u32)
}

/// 二〇二四 digit by digit, 二十一 and 一百一十三 by tens.
fn han_value(numerals: &str) -> Option<u32> {
    const MOST_NUMERALS: usize = 6;
    if numerals.chars().nth(MOST_NUMERALS).is_some() {
        return None;
    }
    let (mut sum, mut digits) = (0, None);
    for c in numerals.chars() {
        match han_digit(c) {
            Some(digit) => digits = Some(digits.unwrap_or(0) * 10 + digit),
            None => sum += digits.take().unwrap_or(1) * if c == '百' { 100 } else { 10 },
        }
    }
    Some(sum + digits.unwrap_or(0))
}

/// Where the Han numerals of the first year begin in a run of letters: the words before them are others.
fn han_year_in(run: &str) -> Option<usize> {
    let year = run.find('年')?;
    let numerals = run[..year].trim_end_matches(|c| han_digit(c).is_some() || matches!(c, '十' | '百' | '元'));
    (!numerals.is_empty() && numerals.len() < year).then_some(numerals.len())
}

fn counts_right_before(token: &Token, text: &str) -> bool {
    matches!(token.kind, Kind::Number(..)) && text[token.end..].chars().all(char::is_whitespace)
}

/// Bytes of the run of figures or letters that a text begins with. Behind figures a word of Asia ends where the lexicon's does: of
/// 日まで and 일부터 the first character is for days.
fn token_length(text: &str, counted: bool) -> usize {
    let mut characters = text.chars();
    let figures = characters.next().is_some_and(is_figure);
    let goes_on = |c: char| {
        let joins = c.is_alphanumeric() || !figures && unicode_normalization::char::is_combining_mark(c);
        joins && is_figure(c) == figures
    };
    let run = text.find(|c| !goes_on(c)).unwrap_or(text.len());
    let glued = !figures && text.starts_with(|c: char| is_unparted(c) || is_hangul(c));
    let run = if glued { han_year_in(&text[..run]).unwrap_or(run) } else { run };
    if glued { counted.then(|| dated_length(&text[..run])).flatten().unwrap_or(run) } else { run }
}

/// Bytes of the longest word of dates that a run of letters begins with.
fn dated_length(run: &str) -> Option<usize> {
    const LONGEST: usize = 12;
    let ends = run.char_indices().skip(1).map(|(at, _)| at).chain([run.len()]).take(LONGEST);
    ends.filter(|end| dated_word(&run[..*end]).is_some()).last()
}

/// Adds a word; one that completes a month's name of two words ("Meán Fómhair") or a mark of two ("4 дүгээр сарын") is one token with
/// the word before.
fn push(tokens: &mut Vec<Token>, text: &str, token: Token) {
    let joined = tokens.last().filter(|last| text[last.end..token.start] == *" ").and_then(|last| {
        let kind = kind_of_two(&last.kind, &token.kind, &text[last.start..token.end])?;
        Some(Token { start: last.start, end: token.end, kind })
    });
    if joined.is_some() {
        tokens.pop();
    }
    tokens.push(joined.unwrap_or(token));
}

/// What two words are together in a date.
fn kind_of_two(first: &Kind, second: &Kind, both: &str) -> Option<Kind> {
    match (first, second) {
        (Kind::Word, Kind::Word) => match lexicon().months.get(loose(both))? {
            [month] => Some(Kind::Month(*month)),
            _ => None,
        },
        (Kind::Word, Kind::Mark(_)) => Some(Kind::Mark(*lexicon().date_marks.get(loose(both))?)),
        _ => None,
    }
}

fn kind(word: &str, digits: bool, language: Option<&str>) -> Kind {
    if digits {
        return number(word).map_or(Kind::Word, |value| Kind::Number(value, word.chars().count()));
    }
    let known = word.known();
    match *answer(&known.answers::<Looks>().dated_word, || dated_word(word)) {
        Some(DatedWord::Month(0)) => {
            Kind::Month(language.and_then(|language| month_in(&loose(word), language)).unwrap_or(0))
        }
        Some(DatedWord::Month(month)) => Kind::Month(month),
        Some(DatedWord::Mark(mark)) => Kind::Mark(mark),
        None => Kind::Word,
    }
}

/// What a word is in a date. Without its accents "năm" is a word of many languages.
fn dated_word(word: &str) -> Option<DatedWord> {
    let mark = || lexicon().date_marks.get(loose(word)).filter(|_| !word.is_ascii());
    month(word).map(DatedWord::Month).or_else(|| Some(DatedWord::Mark(*mark()?)))
}

/// Where the era begins that a text ends with, and the year before its first.
fn era_before(text: &str) -> Option<(usize, i16)> {
    let text = text.trim_end();
    lexicon().eras.iter().find_map(|(era, zero)| Some((text.strip_suffix(era)?.len(), *zero)))
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
            Kind::Number(year, 4) => self.marked(at, year).or_else(|| self.year_first(at, year)),
            Kind::Number(number, digits) => {
                let day = || self.digits(at, number).or_else(|| self.day_month_year(at, number));
                let plain = || day().or_else(|| self.month_and_year(at, number));
                let short = Some(number).filter(|_| digits <= 2);
                self.marked(at, self.year_of_era(at, number)).or_else(|| short.and_then(|_| plain()))
            }
            Kind::Month(month) if month > 0 => self.month_first(at, month),
            Kind::Mark(DateMark::Month) => self.mark_first(at),
            // ngày 30 tháng 3 năm 2021
            Kind::Mark(DateMark::Day) => self.short_number(at + 1).and_then(|_| self.date_at(at + 1)),
            _ => None,
        }
    }

    /// The year that a number is in the era before it; else the number.
    fn year_of_era(&self, at: usize, number: u32) -> u32 {
        let era = era_before(&self.text[..self.tokens[at].start]);
        era.and_then(|(_, zero)| u32::try_from(zero).ok()).map_or(number, |zero| number.saturating_add(zero))
    }

    /// 2024年6月6日, 2024년 6월, 令和6年4月1日: a mark behind each number.
    fn marked(&self, at: usize, year: u32) -> Option<Match> {
        self.mark(at + 1, DateMark::Year)?;
        let (month, _) = self.short_number(at + 2)?;
        self.mark(at + 3, DateMark::Month)?;
        match self.short_number(at + 4).zip(self.behind_marked_day(at + 4)) {
            Some(((day, _), tokens)) => Some(Match { tokens, reading: day_reading(year, month, day)? }),
            None => Some(Match { tokens: at + 4, reading: month_reading(year, month)? }),
        }
    }

    /// The index behind a day and its mark, which is left out only where blanks part the words: 2021 оны 3 сарын 30.
    fn behind_marked_day(&self, at: usize) -> Option<usize> {
        let is_glued = |c: char| is_unparted(c) || is_hangul(c);
        let month = &self.tokens[at - 1];
        let marked = self.mark(at + 1, DateMark::Day).map(|()| at + 2);
        marked.or_else(|| (!self.text[month.start..month.end].contains(is_glued)).then_some(at + 1))
    }

    /// tháng 6 năm 2024.
    fn mark_first(&self, at: usize) -> Option<Match> {
        let (month, _) = self.short_number(at + 1)?;
        let year_at = self.behind_mark(at + 2, DateMark::Year);
        Some(Match { tokens: year_at + 1, reading: month_reading(self.year(year_at)?, month)? })
    }

    fn behind_mark(&self, at: usize, mark: DateMark) -> usize {
        at + usize::from(self.mark(at, mark).is_some())
    }

    fn mark(&self, at: usize, wanted: DateMark) -> Option<()> {
        let token = self.tokens.get(at).filter(|_| self.near(at))?;
        matches!(token.kind, Kind::Mark(mark) if mark == wanted).then_some(())
    }

    /// 2021-03-30, 2021/3, 2021. március 30., 2021 m. kovo 30 d., 2021. gada 30. marts, 2021 թվականի մարտի 30.
    fn year_first(&self, at: usize, year: u32) -> Option<Match> {
        if let Some((month, _)) = self.short_number(at + 1).filter(|_| self.joined(at, "-/.")) {
            return match self.short_number(at + 2).filter(|_| self.joined(at + 1, "-/.")) {
                Some((day, _)) => Some(Match { tokens: at + 3, reading: day_reading(year, month, day)? }),
                None if self.gap(at) == "-" || self.is_month_alone(at, at + 1) => {
                    Some(Match { tokens: at + 2, reading: month_reading(year, month)? })
                }
                None => None,
            };
        }
        let next = self.after_fillers(self.behind_mark(at + 1, DateMark::Year));
        if let Some((day, after)) = self.short_number(next).map(|(day, _)| (day, self.after_fillers(next + 1))) {
            let month = self.month(after)?;
            return Some(Match { tokens: after + 1, reading: day_reading(year, month.into(), day)? });
        }
        let month = self.month(next)?;
        let day_at = self.behind_mark(next + 1, DateMark::Month);
        match self.short_number(day_at) {
            Some((day, _)) => Some(Match { tokens: day_at + 1, reading: day_reading(year, month.into(), day)? }),
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

    /// 03/2021, 03.2021: two figures and a year, and nothing joined to them.
    fn month_and_year(&self, at: usize, month: u32) -> Option<Match> {
        let year = self.year(at + 1).filter(|_| self.joined(at, "-/.") && self.is_month_alone(at + 1, at))?;
        Some(Match { tokens: at + 2, reading: month_reading(year, month)? })
    }

    /// The month has two figures, nothing but one mark stands between it and its year, and no figures are joined to either.
    fn is_month_alone(&self, year: usize, month: usize) -> bool {
        let (first, last) = (year.min(month), year.max(month));
        let two = matches!(self.tokens[month].kind, Kind::Number(_, 2));
        let (start, end) = (self.tokens[first].start, self.tokens[last].end);
        let figure = |c: Option<char>| c.is_some_and(is_figure);
        let joins = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '/' | '.'));
        let mut before = self.text[..start].chars().rev();
        let mut behind = self.text[end..].chars();
        let joined_before = joins(before.next()) && figure(before.next());
        let joined_behind = joins(behind.next()) && figure(behind.next());
        two && self.gap(first).len() == 1 && !joined_before && !joined_behind
    }

    /// 30 March 2021, 30. marts 2021, 1er mars 2021, 30 de marzo de 2021, 30 tháng 3 năm 2021.
    fn day_month_year(&self, at: usize, number: u32) -> Option<Match> {
        // "Version 3.2 (March 2021)" has no day.
        let part = at > 0 && self.gap(at - 1) == "." && matches!(self.tokens[at - 1].kind, Kind::Number(..));
        if self.gap(at).contains([',', '(']) || part {
            return None;
        }
        if let Some((month, _)) = self.mark(at + 1, DateMark::Month).and_then(|()| self.short_number(at + 2)) {
            let year_at = self.behind_mark(at + 3, DateMark::Year);
            return Some(Match { tokens: year_at + 1, reading: day_reading(self.year(year_at)?, month, number)? });
        }
        if let Some((month, year)) = self.roman_month(at + 1).zip(self.year(at + 2)) {
            return Some(Match { tokens: at + 3, reading: day_reading(year, month, number)? });
        }
        let month_at = self.after_fillers(self.behind_mark(at + 1, DateMark::Month));
        let month = self.month(month_at)?;
        let year_at = self.after_fillers(self.behind_mark(month_at + 1, DateMark::Year));
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
        let mut marks = self.gap(at).trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).chars();
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
        for text in [
            "2021-03-30",
            "30/03//2021",
            "03/30/2021",
            "30.3.2021",
            "30 March 2021",
            "March 30th, 2021",
            "2021/03/30",
            "2021 жылғы 30 наурыз",
            "2021-yil 30-mart",
        ] {
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
        assert!(find("1.2.3, 2016/679, 13 months, 30 March 2564, 3/2018").is_empty());
        for text in ["03/2024", "03.2024", "2024/03", "Version 3.2 (March 2024)", "Version 3.2 (03/2024)"] {
            assert_eq!(
                find(text).first().map(|date| date.reading),
                Some(Reading::Month { year: 2024, month: 3 }),
                "{text}"
            );
        }
        assert_eq!(find("令和元年五月一日")[0].reading, Reading::Day(Date::constant(2019, 5, 1)));
        assert_eq!(find("二〇二四年十二月")[0].reading, Reading::Month { year: 2024, month: 12 });
    }

    #[test]
    fn a_day_is_one_in_any_script() {
        for text in [
            "2021年3月30日",
            "２０２１年３月３０日",
            "2021 年 3 月 30 日",
            "令和3年3月30日",
            "民國 110 年 3 月 30 日",
            "2021년 3월 30일",
            "2021. 3. 30.",
            "30 tháng 3 năm 2021",
            "٣٠ مارس ٢٠٢١",
            "30\u{200f}/3\u{200f}/2021",
            "۳۰ مارس ۲۰۲۱",
            "30 במרץ 2021",
            "30 มีนาคม 2564",
            "30 March B.E. 2564",
            "二〇二一年三月三十日",
            "二零二一年三月三十日",
            "民國一百一十年三月三十日",
            "民國一一〇年三月三〇日",
            "令和三年三月三十日",
            "30 मार्च 2021",
            "30 Maret 2021",
            "2021 оны 3 сарын 30",
            "2021 оны 3 дугаар сарын 30",
            "2021 оны гуравдугаар сарын 30",
            "ថ្ងៃទី៣០ ខែមីនា ឆ្នាំ២០២១",
            "30 மார்ச் 2021",
            "30 a viz Meurzh 2021",
        ] {
            let found = find(&format!("({text}から適用"));
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].reading, Reading::Day(Date::constant(2021, 3, 30)), "{text}");
        }
        let raw = "最終改定日：令和3年3月30日に改定";
        assert_eq!(&raw[find(raw)[0].start..find(raw)[0].end], "令和3年3月30日");
        assert_eq!(find("tháng 1 năm 2024")[0].reading, Reading::Month { year: 2024, month: 1 });
        assert_eq!(find("2024年1月")[0].reading, Reading::Month { year: 2024, month: 1 });
        assert!(find("保存期間は2年、年間30日").is_empty());
    }
}
