//! Lifetimes: "2 years", "bis zu 13 Monate", "Session", "until you log out".

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::Looks;
use crate::document::{Duration, DurationKind};
use crate::lexicon::{DurationWord, Field, Hit, NameWord, Unit, lexicon};
use crate::text::{
    Asked, Text, answer, caseless, collapse, fits, is_figure, is_letter_mark, is_unparted, loose, word_count,
};

/// What a printed lifetime says; a text that says nothing about time is of kind `Unknown`.
///
/// A label before it is no part of it: "Duration: 1 year" is "1 year".
pub fn parse(text: &(impl Asked + ?Sized)) -> Duration {
    parse_in(text, None)
}

/// [`parse`] in a document of a known language (ISO 639-1), where words mean what they mean in it.
pub fn parse_in(text: &(impl Asked + ?Sized), language: Option<&str>) -> Duration {
    let text = text.known();
    match language.filter(|_| names_ambiguous_unit(&text)) {
        None => answer(&text.answers::<Looks>().duration, || parsed(&text, None)).clone(),
        language => parsed(&text, language),
    }
}

/// True where a word may be another unit in another language.
fn names_ambiguous_unit(text: &Text) -> bool {
    let ambiguous = |word: &String| lexicon().ambiguous_units.get(loose(word)).is_some();
    *answer(&text.answers::<Looks>().ambiguous, || tokens(text).iter().any(ambiguous))
}

fn parsed(text: &str, language: Option<&str>) -> Duration {
    let raw = without_label(collapse(text));
    let statement = Statement::of(&Text::from(&raw), language);
    let kind = statement.kind();
    let length = statement.length(kind);
    Duration {
        raw,
        kind,
        iso8601: length.as_ref().map(Length::iso8601),
        seconds: length.as_ref().map(|length| length.seconds().round() as u64),
    }
}

/// Without a word for lifetimes before a colon, or before a number.
fn without_label(raw: String) -> String {
    let labels = |text: &str| fits(text, 40) && lexicon().headers.whole(text).contains(&Field::Duration);
    if let Some((_, rest)) =
        raw.split_once([':', '：']).filter(|(label, rest)| labels(label) && !rest.trim().is_empty())
    {
        return rest.trim().to_owned();
    }
    match raw.find(is_figure).filter(|at| *at > 0 && labels(raw[..*at].trim())) {
        Some(at) if !raw[..at].trim().contains(char::is_whitespace) => raw[at..].to_owned(),
        _ => raw,
    }
}

/// Without the label or the verb that states a lifetime before it: "lifetime 7 days" and "is kept 7 days" are "7 days".
pub fn without_lead(text: &str) -> &str {
    const MOST_WORDS: usize = 4;
    let leads = |before: &str| {
        lexicon().headers.whole(before).contains(&Field::Duration)
            || lexicon().durations.whole(before).contains(&DurationWord::Lasts)
    };
    let ends = text.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
    let end = ends.filter(|at| leads(&text[..*at])).max();
    end.map_or_else(|| without_unparted_lead(text, leads), |at| text[at..].trim_start())
}

/// "有效期为7天" is "7天": the lead of a script without blanks, and the word for "is" behind it.
fn without_unparted_lead(text: &str, leads: impl Fn(&str) -> bool) -> &str {
    const LONGEST: usize = 10;
    if !text.starts_with(is_unparted) {
        return text;
    }
    let ends = text.char_indices().map(|(at, _)| at).skip(1).take(LONGEST);
    let end = ends.filter(|at| leads(&text[..*at])).max();
    end.map_or(text, |at| text[at..].trim_start_matches(['为', '為', '是', 'は', '：', ':', ' ']))
}

/// How much a cell looks like a lifetime and nothing else, 0 to 1.
pub fn likeness(text: &(impl Asked + ?Sized)) -> f32 {
    if !fits(text.as_ref(), 160) {
        return 0.0;
    }
    let text = text.known();
    *answer(&text.answers::<Looks>().lifetime, || likeness_of(&text))
}

fn likeness_of(text: &Text) -> f32 {
    let statement = Statement::of(text, None);
    if statement.kind() == DurationKind::Unknown {
        return 0.0;
    }
    let said = statement.characters as f32 / loose(text).chars().count().max(1) as f32;
    (said * 1.25).min(1.0)
}

/// The lifetimes, in bytes, that a sentence states of what it speaks of: lengths of time and phrases such as "until you close
/// the browser". A sentence without a word for lasting states none: "counts the visits of 30 days".
pub fn stated(sentence: &str) -> Vec<Range<usize>> {
    if !speaks_of_lasting(sentence) {
        return Vec::new();
    }
    let stated = lengths_in(sentence);
    if stated.is_empty() { phrases(sentence, LEAST_WORDS) } else { stated }
}

/// "15 minutes after the last action": true for a length of time and a few words that say from when it counts.
pub fn opens(text: &str) -> bool {
    const MOST_BEHIND: usize = 6;
    let text = text.trim();
    let first = lengths_in(text).into_iter().next().filter(|length| length.start == 0);
    first.is_some_and(|length| text[length.end..].split_whitespace().count() <= MOST_BEHIND)
}

/// The lengths of time, in bytes, that a text prints, whatever it says of them.
fn lengths_in(text: &str) -> Vec<Range<usize>> {
    let Words { places, folded } = Words::of(text);
    let lengths = lengths(&amounts(&folded), &folded);
    let places = lengths.iter().map(|length| places[length.start()].start..places[length.end() - 1].end);
    outside_dates(text, places.collect())
}

/// The lengths that are no part of a date.
fn outside_dates(text: &str, mut lengths: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if lengths.iter().any(|place| may_date(text[place.clone()].trim_start_matches(|c| is_figure(c) || c == ' '))) {
        let dates = super::date::find(text);
        lengths.retain(|place| !dates.iter().any(|date| date.start < place.end && place.start < date.end));
    }
    lengths
}

/// The lifetimes, in bytes, that a sentence states of so many things, one of each: "2 years and 24 hours, respectively".
pub fn stated_of_each(sentence: &str, count: usize) -> Option<Vec<Range<usize>>> {
    let beside = || lengths_and_events(sentence).filter(|places| places.len() == count);
    if speaks_of_lasting(sentence) { places_of(sentence, count).or_else(beside) } else { None }
}

/// "2 years and until the session ends": the lengths of time and the events that end a lifetime, where a sentence has both.
fn lengths_and_events(sentence: &str) -> Option<Vec<Range<usize>>> {
    let mut places = lengths_in(sentence);
    let cookie = |place: &Range<usize>| lexicon().names.says(&sentence[place.clone()], NameWord::Cookie);
    let events = if places.is_empty() { Vec::new() } else { phrases(sentence, LEAST_WORDS_BESIDE) };
    let lengths = places.len();
    places.extend(events.into_iter().filter(|place| !cookie(place)));
    places.sort_by_key(|place| place.start);
    (places.len() > lengths).then_some(places)
}

/// The lengths of time of a text that prints so many, whatever parts them: where one of them is followed by a greater one, "2 years 1 day"
/// may be two of the list.
pub fn list_of(text: &str, count: usize) -> Option<Vec<&str>> {
    Some(places_of(text, count)?.into_iter().map(|place| &text[place]).collect())
}

fn places_of(text: &str, count: usize) -> Option<Vec<Range<usize>>> {
    let lengths = lengths_in(text);
    let apart = lengths.len() != count && (lengths.len() > 1 || lengths.len() == 1 && are_several(text));
    let listed = if apart { amounts_in(text) } else { lengths };
    (listed.len() == count).then_some(listed)
}

/// Nobody counts one lifetime in months and in hours; of other lengths a word says that they are several.
fn are_several(text: &str) -> bool {
    let amounts = amounts(&Words::of(text).folded);
    let far = |pair: &[Amount]| {
        unit_seconds(pair[0].unit) >= unit_seconds(Unit::Month)
            && unit_seconds(pair[1].unit) <= unit_seconds(Unit::Hour)
    };
    amounts.windows(2).any(far) || lexicon().durations.says(text, DurationWord::Respectively)
}

fn amounts_in(text: &str) -> Vec<Range<usize>> {
    let Words { places, folded } = Words::of(text);
    amounts(&folded).iter().map(|amount| places[amount.start].start..places[amount.end - 1].end).collect()
}

/// The words of a text as amounts are read from them, and their places.
struct Words {
    places: Vec<Range<usize>>,
    folded: Vec<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let places: Vec<Range<usize>> = token_places(text).collect();
        let folded = places.iter().map(|place| caseless(&text[place.clone()]).replace(',', ".")).collect();
        Self { places, folded }
    }
}

fn speaks_of_lasting(sentence: &str) -> bool {
    let lasts = |hit: &Hit<DurationWord>| hit.meaning == DurationWord::Lasts;
    let heads = |hit: &Hit<Field>| hit.meaning == Field::Duration && hit.characters >= 5;
    lexicon().durations.every(sentence).iter().any(lasts) || lexicon().headers.all(sentence).iter().any(heads)
}

/// A phrase alone that ends a lifetime has at least so many words, and beside a length of time so many.
const LEAST_WORDS: usize = 3;
const LEAST_WORDS_BESIDE: usize = 2;

/// Where phrases of some words or more stand that end a lifetime with an event.
fn phrases(sentence: &str, least: usize) -> Vec<Range<usize>> {
    let printed = printed_words(sentence).map(|word| {
        let start = word.as_ptr() as usize - sentence.as_ptr() as usize;
        let inner = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        (start..start + inner.len(), loose(word).split(' ').filter(|part| !part.is_empty()).count())
    });
    let places: Vec<Range<usize>> = printed.flat_map(|(place, parts)| std::iter::repeat_n(place, parts)).collect();
    let event = |hit: &Hit<DurationWord>| {
        let ends = matches!(hit.meaning, DurationWord::Session | DurationWord::UntilEvent);
        let printed = || Some(places.get(hit.start)?.start..places.get(hit.start + hit.words - 1)?.end);
        ends && hit.words >= least && printed().is_some_and(|place| word_count(&sentence[place]) >= least)
    };
    let hits = lexicon().durations.all(sentence).into_iter().filter(event);
    hits.filter_map(|hit| Some(places.get(hit.start)?.start..places.get(hit.start + hit.words - 1)?.end)).collect()
}

/// What white space parts, and each character where a script puts none between words, as the lexicon takes words apart.
fn printed_words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split_whitespace().flat_map(|stretch| {
        let starts = word_starts(stretch);
        let ends = starts.iter().skip(1).copied().chain([stretch.len()]);
        starts.iter().zip(ends).map(|(start, end)| &stretch[*start..end]).collect::<Vec<_>>()
    })
}

fn word_starts(stretch: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut alone = false;
    for (at, c) in stretch.char_indices().filter(|(_, c)| !is_letter_mark(*c)) {
        let next = is_unparted(c);
        if at > 0 && (alone || next) {
            starts.push(at);
        }
        alone = next;
    }
    starts
}

/// Seconds of a length of time: year = 365 days, month = year / 12.
fn unit_seconds(unit: Unit) -> f64 {
    match unit {
        Unit::Second => 1.0,
        Unit::Minute => 60.0,
        Unit::Hour => 3_600.0,
        Unit::Day => 86_400.0,
        Unit::Week => 604_800.0,
        Unit::Month => 2_628_000.0,
        Unit::Year => 31_536_000.0,
    }
}

/// A number and a unit, and where they stand among the words.
#[derive(Debug, Clone, Copy)]
struct Amount {
    number: f64,
    unit: Unit,
    start: usize,
    end: usize,
}

/// One or more amounts that add up.
#[derive(Debug, Clone)]
struct Length(Vec<Amount>);

/// What the words of a text say about time.
struct Statement {
    lengths: Vec<Length>,
    hits: Vec<Hit<DurationWord>>,
    /// Signs that words are not: `<`, `~`.
    sign: Option<DurationWord>,
    between: Vec<Separator>,
    has_date: bool,
    /// Characters of the words that say something about time.
    characters: usize,
}

/// True for a unit that stands beside the figures of dates too.
fn may_date(unit: &str) -> bool {
    !unit.is_ascii() && lexicon().date_marks.contains(loose(unit))
}

/// 2024年6月6日 is a date and counts no years.
fn without_dates(text: &str) -> String {
    let mut rest = text.to_owned();
    super::date::find(text).iter().rev().for_each(|date| rest.replace_range(date.start..date.end, " "));
    rest
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Separator {
    Range,
    Other,
}

impl Statement {
    fn of(text: &Text, language: Option<&str>) -> Self {
        let mut words = tokens(text);
        let mut amounts = amounts(&words);
        if amounts.iter().any(|amount| may_date(&words[amount.end - 1])) {
            words = tokens(&without_dates(text));
            amounts = self::amounts(&words);
        }
        if let Some(language) = language {
            amounts.iter_mut().for_each(|amount| amount.unit = unit_in(&words[amount.end - 1], language, amount.unit));
        }
        let mut lengths = lengths(&amounts, &words);
        let mut hits = lexicon().durations.all(text);
        hits.retain(|hit| hit.meaning != DurationWord::Lasts);
        // Words of a phrase that says all of it are no amount: "à la" is no day in "jusqu'à la fermeture".
        if hits.iter().any(|hit| hit.words > 2 && hit.coverage >= 0.99) {
            lengths.clear();
        }
        let between = lengths.windows(2).map(|pair| separator(&words[pair[0].end()..pair[1].start()])).collect();
        let counted: usize =
            amounts.iter().flat_map(|a| &words[a.start..a.end]).map(|word| word.chars().count() + 1).sum();
        let phrases: usize = hits.iter().map(|hit| hit.characters + 1).sum();
        let dates = if amounts.is_empty() && fits(text, 59) { super::date::find(text) } else { Vec::new() };
        Self {
            lengths,
            sign: sign(text),
            hits,
            between,
            has_date: dates.iter().any(|date| date.is_precise()),
            characters: counted + phrases + dates.iter().map(|date| date.end - date.start).sum::<usize>(),
        }
    }

    fn kind(&self) -> DurationKind {
        match self.lengths.len() {
            0 => self.kind_without_length(),
            1 if self.says(DurationWord::Session) && !self.says(DurationWord::AtMost) => DurationKind::Varies,
            1 => self.kind_of_one(),
            2 if self.between[0] == Separator::Range => DurationKind::Range,
            _ => DurationKind::Varies,
        }
    }

    fn kind_without_length(&self) -> DurationKind {
        let order = [
            (DurationWord::Varies, DurationKind::Varies),
            (DurationWord::UntilEvent, DurationKind::UntilEvent),
            (DurationWord::Session, DurationKind::Session),
            (DurationWord::Persistent, DurationKind::Persistent),
        ];
        let said = order.iter().find(|(word, _)| self.says(*word)).map(|(_, kind)| *kind);
        said.unwrap_or(if self.has_date { DurationKind::UntilDate } else { DurationKind::Unknown })
    }

    fn kind_of_one(&self) -> DurationKind {
        if self.says(DurationWord::AtMost) || self.sign == Some(DurationWord::AtMost) {
            DurationKind::AtMost
        } else if self.says(DurationWord::Approximate) || self.sign == Some(DurationWord::Approximate) {
            DurationKind::Approximate
        } else {
            DurationKind::Fixed
        }
    }

    fn says(&self, word: DurationWord) -> bool {
        self.hits.iter().any(|hit| hit.meaning == word)
    }

    fn length(&self, kind: DurationKind) -> Option<Length> {
        match kind {
            DurationKind::Fixed | DurationKind::AtMost | DurationKind::Approximate | DurationKind::Range => {
                let longer = |a: &&Length, b: &&Length| a.seconds().total_cmp(&b.seconds());
                self.lengths.iter().max_by(longer).cloned()
            }
            _ => None,
        }
    }
}

impl Length {
    fn start(&self) -> usize {
        self.0[0].start
    }

    fn end(&self) -> usize {
        self.0[self.0.len() - 1].end
    }

    fn seconds(&self) -> f64 {
        self.0.iter().map(|amount| amount.number * unit_seconds(amount.unit)).sum()
    }

    fn iso8601(&self) -> String {
        let mut date = String::new();
        let mut time = String::new();
        for amount in &self.0 {
            let (part, letter) = match amount.unit {
                Unit::Year => (&mut date, 'Y'),
                Unit::Month => (&mut date, 'M'),
                Unit::Week => (&mut date, 'W'),
                Unit::Day => (&mut date, 'D'),
                Unit::Hour => (&mut time, 'H'),
                Unit::Minute => (&mut time, 'M'),
                Unit::Second => (&mut time, 'S'),
            };
            part.push_str(&format!("{}{letter}", amount.number));
        }
        let separator = if time.is_empty() { "" } else { "T" };
        format!("P{date}{separator}{time}")
    }
}

/// Words and numbers; a unit glued to its number is set apart, a decimal stays one token, signs that join are tokens.
fn tokens(text: &str) -> Vec<String> {
    let folded = caseless(text);
    token_places(&folded).map(|place| folded[place].replace(',', ".")).collect()
}

/// Where the tokens of a text stand, in bytes.
fn token_places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        while let Some(first) = text[next..].chars().next() {
            let start = next;
            let length = token_length(&text[start..], first);
            next += length.max(first.len_utf8());
            if length > 0 {
                return Some(start..start + length);
            }
        }
        None
    })
}

/// Bytes of the token that a text begins with; 0 where it begins with none.
fn token_length(text: &str, first: char) -> usize {
    let run = |text: &str, of: fn(char) -> bool| text.find(|c| !of(c)).unwrap_or(text.len());
    match first {
        '-' | '/' | '&' | '+' => 1,
        digit if is_figure(digit) => {
            let whole = run(text, is_figure);
            let decimals = text[whole..].strip_prefix(['.', ',']).map_or(0, |decimals| run(decimals, is_figure));
            whole + if decimals > 0 { decimals + 1 } else { 0 }
        }
        letter if is_unparted(letter) => counter_length(text).unwrap_or(letter.len_utf8()),
        letter if letter.is_alphabetic() => run(text, is_in_word),
        _ => 0,
    }
}

/// Letters and their marks, up to those of a script that parts no words.
fn is_in_word(c: char) -> bool {
    c.is_alphabetic() && !is_unparted(c) || !c.is_ascii() && is_combining_mark(c)
}

/// Bytes of the longest unit or number that a text begins with, in a script that parts no words: "個月", "三十".
fn counter_length(text: &str) -> Option<usize> {
    const LONGEST: usize = 8;
    let ends = text.char_indices().take_while(|(_, c)| is_unparted(*c)).take(LONGEST).map(|(at, c)| at + c.len_utf8());
    let counts = |end: &usize| {
        let word = loose(&text[..*end]);
        lexicon().units.contains(&word) || lexicon().numbers.contains(&word)
    };
    ends.filter(counts).last()
}

fn amounts(words: &[String]) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut next = 0;
    while next < words.len() {
        match amount_at(words, next) {
            Some(amount) => {
                next = amount.end;
                found.push(amount);
            }
            None => next += 1,
        }
    }
    found
}

fn amount_at(words: &[String], start: usize) -> Option<Amount> {
    // A dual says its number itself; a unit that is all that is said is one of them.
    if let Some(unit) =
        unit(&words[start]).filter(|_| words.len() == 1 || number(&words[start]).is_some_and(|n| n == 2.0))
    {
        let number = number(&words[start]).unwrap_or(1.0);
        return Some(Amount { number, unit, start, end: start + 1 });
    }
    if let Some(unit) = one_behind_unit(words).filter(|_| start == 0) {
        return Some(Amount { number: 1.0, unit, start, end: 2 });
    }
    if let Some(number) = counted_behind(words, start) {
        return Some(Amount { number, unit: unit(&words[start])?, start, end: start + 2 });
    }
    let number = number(&words[start])?;
    // "two (2) years", "1-year", "6 na buwan"; "an" is a number to the English and a unit to the French
    let mut at = start + 1;
    // An article to the Maltese and years to the Azerbaijani, with whom nothing follows.
    let article = |word: &String| word == "il" && words.get(start + 2).is_some();
    let goes_on = |word: &String| {
        matches!(word.as_str(), "-" | "de" | "na")
            || article(word)
            || (self::number(word).is_some() && self::unit(word).is_none())
    };
    while words.get(at).is_some_and(goes_on) && at < start + 3 {
        at += 1;
    }
    let word = words.get(at)?;
    let number = if at > start + 1 { words[at - 1].parse().unwrap_or(number) } else { number };
    let unit = if counts_minutes(word, number) { Unit::Minute } else { unit(word)? };
    Some(Amount { number, unit, start, end: at + 1 })
}

/// "30m": the letter stands for months as for minutes, and so many of it are what a session or a limit of requests lasts.
fn counts_minutes(word: &str, number: f64) -> bool {
    const USUAL: [f64; 7] = [5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 90.0];
    word == "m" && USUAL.contains(&number)
}

/// The unit before the word for one, as Arabic and Hebrew count: "يوم واحد".
fn one_behind_unit(words: &[String]) -> Option<Unit> {
    let [counted, one] = words else { return None };
    let named = number(one).is_some_and(|number| number == 1.0) && !one.starts_with(|c: char| c.is_ascii_digit());
    unit(counted).filter(|_| named && number(counted).is_none())
}

/// The number behind its unit, as Swahili counts: "miaka 2". "Mwaka 2024" is a year and counts none.
fn counted_behind(words: &[String], unit: usize) -> Option<f64> {
    const LEAST_YEAR: f64 = 1000.0;
    let number = number(words.get(unit + 1)?).filter(|number| *number < LEAST_YEAR)?;
    lexicon().leading_units.contains(loose(&words[unit])).then_some(number)
}

fn number(word: &str) -> Option<f64> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.parse().ok();
    }
    lexicon().numbers.get(loose(word)).copied()
}

fn unit(word: &str) -> Option<Unit> {
    lexicon().units.get(loose(word)).copied()
}

/// What a unit's word means in a language.
fn unit_in(word: &str, language: &str, unit: Unit) -> Unit {
    let meanings = lexicon().ambiguous_units.get(loose(word));
    let own = meanings.and_then(|meanings| meanings.iter().find(|(code, _)| *code == language)).map(|(_, own)| *own);
    // What the number made minutes is no month, though the letter may be.
    own.filter(|own| (*own, unit) != (Unit::Month, Unit::Minute)).unwrap_or(unit)
}

/// Amounts of falling unit with at most one word between them add up: "1 year and 1 month".
fn lengths(amounts: &[Amount], words: &[String]) -> Vec<Length> {
    let mut lengths: Vec<Length> = Vec::new();
    for amount in amounts {
        match lengths.last_mut() {
            Some(length) if adds_up(length.0[length.0.len() - 1], *amount, words) => length.0.push(*amount),
            _ => lengths.push(Length(vec![*amount])),
        }
    }
    lengths
}

fn adds_up(above: Amount, amount: Amount, words: &[String]) -> bool {
    let between = &words[above.end..amount.start];
    let joined = between.is_empty()
        || (between.len() == 1 && !matches!(between[0].as_str(), "-" | "/") && between[0].len() <= 3);
    unit_seconds(amount.unit) < unit_seconds(above.unit) && joined && separator(between) != Separator::Range
}

fn separator(between: &[String]) -> Separator {
    let text = between.join(" ");
    let ranged = between == ["-"] || lexicon().durations.whole(&text).contains(&DurationWord::Range);
    if ranged { Separator::Range } else { Separator::Other }
}

fn sign(text: &str) -> Option<DurationWord> {
    let text = text.trim_start();
    if text.starts_with(['<', '≤']) {
        Some(DurationWord::AtMost)
    } else if text.starts_with(['~', '≈', '±']) {
        Some(DurationWord::Approximate)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(text: &str, kind: DurationKind, iso: Option<&str>, seconds: Option<u64>) {
        let parsed = parse(text);
        assert_eq!((parsed.kind, parsed.iso8601.as_deref(), parsed.seconds), (kind, iso, seconds), "{text}");
    }

    #[test]
    fn sentences_state_lifetimes() {
        let said = |sentence: &'static str| stated(sentence).into_iter().map(|at| &sentence[at]).collect::<Vec<_>>();
        assert_eq!(said("which expires after 2 years, unless"), ["2 years"]);
        assert_eq!(said("Caduquen al cap de 13 mesos i de 30 minuts, respectivament."), ["13 mesos", "30 minuts"]);
        assert_eq!(said("Den slettes, når du lukker browseren."), ["når du lukker browseren"]);
        assert!(said("counts the visits of the last 30 days").is_empty());
    }

    #[test]
    fn a_label_or_a_verb_leads_into_a_lifetime() {
        assert_eq!(without_lead("термін дії 7 днів"), "7 днів");
        assert_eq!(without_lead("kept 2 years"), "2 years");
        assert_eq!(without_lead("counts 2 years"), "counts 2 years");
    }

    #[test]
    fn lengths_and_kinds() {
        says("2 years", DurationKind::Fixed, Some("P2Y"), Some(63_072_000));
        says("13 months", DurationKind::Fixed, Some("P13M"), Some(34_164_000));
        says("1 an", DurationKind::Fixed, Some("P1Y"), Some(31_536_000));
        says("an hour", DurationKind::Fixed, Some("PT1H"), Some(3_600));
        says("1year", DurationKind::Fixed, Some("P1Y"), Some(31_536_000));
        says("30m", DurationKind::Fixed, Some("PT30M"), Some(1_800));
        says("13m", DurationKind::Fixed, Some("P13M"), Some(34_164_000));
        says("24h", DurationKind::Fixed, Some("PT24H"), Some(86_400));
        says("1 year 1 month 4 days", DurationKind::Fixed, Some("P1Y1M4D"), Some(34_509_600));
        says("1.5 years", DurationKind::Fixed, Some("P1.5Y"), Some(47_304_000));
        says("up to 30 minutes", DurationKind::AtMost, Some("PT30M"), Some(1_800));
        says("~30 minutes", DurationKind::Approximate, Some("PT30M"), Some(1_800));
        says("6 - 12 months", DurationKind::Fixed, Some("P12M"), Some(31_536_000));
        says("6 months - 2 years", DurationKind::Range, Some("P2Y"), Some(63_072_000));
        says("Miaka 2", DurationKind::Fixed, Some("P2Y"), Some(63_072_000));
        says("6 na buwan", DurationKind::Fixed, Some("P6M"), Some(15_768_000));
        says("2 il", DurationKind::Fixed, Some("P2Y"), Some(63_072_000));
        says("២ ឆ្នាំ", DurationKind::Fixed, Some("P2Y"), Some(63_072_000));
        says("Session", DurationKind::Session, None, None);
        says("Jusqu’à la fermeture du navigateur", DurationKind::Session, None, None);
        says("Used to count visits", DurationKind::Unknown, None, None);
    }

    #[test]
    fn abbreviations_mean_what_they_mean_in_their_language() {
        let seconds = |text: &str, language| parse_in(text, language).seconds;
        let day = 86_400;
        assert_eq!([seconds("2 J.", Some("de")), seconds("2 j", Some("fr"))], [Some(730 * day), Some(2 * day)]);
        assert_eq!([seconds("30 T.", Some("de")), seconds("30 t.", Some("da"))], [Some(30 * day), Some(30 * 3_600)]);
        assert_eq!([seconds("2 j", None), seconds("30m", Some("en"))], [Some(2 * day), Some(1_800)]);
        assert_eq!(
            [seconds("5 m.", Some("lt")), seconds("6 m", Some("de"))],
            [Some(5 * 365 * day), Some(182 * day + day / 2)]
        );
    }

    #[test]
    fn lengths_in_scripts_that_part_no_words_or_have_their_own_figures() {
        for text in
            ["2年", "２年間", "两年", "2 년간", "2 năm", "2 tahun", "سنتان", "٢ سنة", "שנתיים", "۲ سال", "2 ปี", "२ वर्ष"]
        {
            says(text, DurationKind::Fixed, Some("P2Y"), Some(63_072_000));
        }
        for text in [
            "13か月",
            "13ヶ月",
            "十三个月",
            "13 個月",
            "13개월",
            "13 tháng",
            "13 bulan",
            "١٣ شهرًا",
            "13 חודשים",
            "13 เดือน",
        ] {
            says(text, DurationKind::Fixed, Some("P13M"), Some(34_164_000));
        }
        for text in ["يوم واحد", "יום אחד", "1日", "1天", "1일", "sehari"] {
            says(text, DurationKind::Fixed, Some("P1D"), Some(86_400));
        }
        says("最長30日間", DurationKind::AtMost, Some("P30D"), Some(2_592_000));
        says("1年1个月4天", DurationKind::Fixed, Some("P1Y1M4D"), Some(34_509_600));
        says("ブラウザを閉じるまで", DurationKind::Session, None, None);
        says("2024年6月6日", DurationKind::UntilDate, None, None);
        says("ngày 6 tháng 6 năm 2024", DurationKind::UntilDate, None, None);
    }

    #[test]
    fn a_sentence_without_blanks_states_its_lifetime_and_no_more() {
        let said = |sentence: &'static str| stated(sentence).into_iter().map(|at| &sentence[at]).collect::<Vec<_>>();
        assert_eq!(said("このCookieの有効期間は2年です。"), ["2年"]);
        assert_eq!(said("Cookieはブラウザを閉じるまで保存されます。"), ["ブラウザを閉じるまで"]);
        assert_eq!(said("有效期为30天，2024年6月6日更新"), ["30天"]);
    }
}
