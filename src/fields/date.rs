//! The document's own date: next to a phrase such as "last updated", never a law's or a cookie's.

use jiff::civil::Date;

use super::kind;
use super::platform::Given;
use super::revisions::{Revision, is_version, is_version_and_date, revisions};
use crate::block::{Block, Content, Rich, Row};
use crate::document::{DateKind, DocumentDate, Evidence};
use crate::lexicon::{DateOrder, Hit, lexicon};
use crate::text::{
    COLONS, SENTENCE_ENDS, Span, Text, collapse, ends_wide_sentence, fits, opening, place_before, word_count,
};
use crate::value::date::{FoundDate, Reading, find as find_dates, find_in as find_dates_in};

/// A phrase and its date stand at most this many characters apart.
const NEAR: usize = 40;
/// Texts at the beginning, and at the end, where a document states its own date.
const OPENING: usize = 12;
const CLOSING: usize = 8;
/// In a longer text a phrase must stand right before its date.
const SHORT_TEXT: usize = 160;

/// Characters behind a date that are looked at for the rest of its sentence.
const LONGEST_SENTENCE: usize = 600;

/// The date that the document gives itself: the strongest kind, the latest of that kind.
pub(super) fn find(
    blocks: &[Block],
    title: Option<&str>,
    language: Option<&str>,
    host: Option<&str>,
    given: Option<&Given>,
) -> Option<DocumentDate> {
    if let Some(value) = given.and_then(|given| given.date.clone()) {
        let evidence = Evidence { given: true, ..Evidence::default() };
        return Some(DocumentDate { raw: value.clone(), value, kind: DateKind::Updated, ambiguous: false, evidence });
    }
    let order = Order::of(blocks, language, host);
    let mut candidates = candidates(blocks, title, language);
    if candidates.is_empty() {
        candidates = signatures(blocks, language);
    }
    let best = candidates
        .iter()
        .min_by_key(|candidate| (candidate.strength(), std::cmp::Reverse(order.settle(candidate.reading).value)))?;
    let settled = order.settle(best.reading);
    Some(DocumentDate {
        value: settled.value,
        kind: best.kind,
        raw: best.raw.clone(),
        ambiguous: settled.ambiguous,
        evidence: Evidence::from(best.span),
    })
}

/// Where a date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// At the beginning or the end of the document's own text.
    Outer,
    /// In a line of its own within the text: it may be a list's, so that a later date of the document's own outweighs it.
    Apart,
    /// In what the page prints around it: it may be the site's.
    Around,
    /// Within the text.
    Deep,
}

struct Candidate {
    reading: Reading,
    kind: DateKind,
    raw: String,
    span: Span,
    standing: Standing,
}

impl From<Revision> for Candidate {
    /// A document that lists its versions leaves no doubt, wherever the list stands.
    fn from(Revision { reading, raw, span }: Revision) -> Self {
        Self { reading, kind: DateKind::Version, raw, span, standing: Standing::Outer }
    }
}

impl Candidate {
    /// The strongest first. A version and the day from which it holds are one fact: of several, the latest stands.
    fn strength(&self) -> (u8, u8) {
        let kind = match self.kind {
            DateKind::Updated => 0,
            DateKind::Version | DateKind::Effective => 1,
            DateKind::Published => 2,
        };
        match self.standing {
            Standing::Outer => (0, kind),
            Standing::Apart => (0, kind.max(1)),
            Standing::Around => (1, kind),
            Standing::Deep => (2, kind),
        }
    }
}

fn candidates(blocks: &[Block], title: Option<&str>, language: Option<&str>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut texts: Vec<PrintedText> = Vec::with_capacity(blocks.len());
    for block in blocks.iter().filter(|block| !is_stamp(block)) {
        let listed = block.as_table().map(|table| revisions(table, language)).unwrap_or_default();
        if listed.is_empty() {
            push_texts(block, language, &mut texts);
        }
        candidates.extend(listed.into_iter().map(Candidate::from));
    }
    let titled = kind::title_block(blocks, title).and_then(Block::rich);
    let begins = texts.iter().position(|printed| titled.is_some_and(|title| printed.text == title.text)).unwrap_or(0);
    let mut change: Option<Change> = None;
    for (index, printed) in texts.iter().enumerate() {
        let opening = index < OPENING || (begins..begins + OPENING).contains(&index);
        let outer = opening || index + CLOSING >= texts.len();
        let standing = match (outer, printed.furniture) {
            (false, _) => Standing::Deep,
            (true, true) => Standing::Around,
            (true, false) => Standing::Outer,
        };
        let mut own = in_text(printed, standing, language);
        if let Some(above) = change.filter(|_| own.is_empty()) {
            own.extend(logged(printed, above, language));
        }
        let told = own.first().filter(|_| tells_of_a_change(printed, language));
        change = told.map(|own| Change { kind: own.kind, standing: own.standing });
        candidates.extend(own);
        // "Last updated" and its date on lines of their own.
        let next = texts.get(index + 1).filter(|next| fits(&printed.text, 60) && fits(&next.text, 40));
        let lonely = |next: &&PrintedText| {
            find_dates_in(&printed.text, language).is_empty() && in_text(next, standing, language).is_empty()
        };
        if let Some(next) = next.filter(lonely) {
            let text = format!("{}\n{}", printed.text, next.text);
            let joined =
                PrintedText { text: text.into(), span: next.span.join(printed.span), furniture: next.furniture };
            candidates.extend(in_text(&joined, standing, language));
        }
    }
    candidates
}

/// What the text above says of the date of a change.
#[derive(Debug, Clone, Copy)]
struct Change {
    kind: DateKind,
    standing: Standing,
}

/// "Page updated 3 May 2021. Acme added.": a date and what changed on it, in a text of its own.
fn tells_of_a_change(printed: &PrintedText, language: Option<&str>) -> bool {
    const LEAST_WORDS: usize = 2;
    let text = &printed.text;
    let dates = find_dates_in(text, language);
    let [date] = dates.as_slice() else { return false };
    let told = text[date.end..].split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    told >= LEAST_WORDS && text.chars().nth(SHORT_TEXT).is_none()
}

/// The next change of the same log may be told without the words for it: "4 June 2021 Acme removed.".
fn logged(printed: &PrintedText, above: Change, language: Option<&str>) -> Option<Candidate> {
    let dates = find_dates_in(&printed.text, language);
    let date = dates.first().filter(|date| printed.text[..date.start].trim().is_empty())?;
    let raw = collapse(&printed.text[date.start..date.end]);
    let told = tells_of_a_change(printed, language);
    let Change { kind, standing } = above;
    told.then_some(Candidate { reading: date.reading, kind, raw, span: printed.span, standing })
}

/// Dates that stand alone, or beside a place, an office or the words for the document, at the beginning or the end: as a letter or a
/// resolution is signed, and as a title ends.
fn signatures(blocks: &[Block], language: Option<&str>) -> Vec<Candidate> {
    let mut texts: Vec<PrintedText> = Vec::with_capacity(blocks.len());
    blocks.iter().filter(|block| !block.is_furniture()).for_each(|block| push_texts(block, language, &mut texts));
    texts.retain(|printed| !printed.text.trim().is_empty());
    let outer = |index: usize| index < 4 || index + CLOSING >= texts.len();
    let signed = texts.iter().enumerate().filter(|(index, _)| outer(*index));
    let lines = signed.flat_map(|(_, printed)| printed.text.split('\n').map(|line| (line, printed.span)));
    lines.filter_map(|(line, span)| signature(line, span, language)).collect()
}

fn signature(line: &str, span: Span, language: Option<&str>) -> Option<Candidate> {
    let dates = find_dates_in(line, language);
    let [date] = dates.as_slice() else { return None };
    let (before, after) = (line[..date.start].trim(), line[date.end..].trim());
    let words = |text: &str| text.split_whitespace().count();
    let alone = after.chars().filter(|c| c.is_alphanumeric()).count() <= 2;
    let placed = before.is_empty() || (before.ends_with(',') && words(before) <= 4);
    let offices = before.is_empty() && after.starts_with(['–', '—', '-', ',']) && words(after) <= 5;
    let raw = collapse(&line[date.start..date.end]);
    let titled = || before.ends_with(['(', '–', '—', '-', '|', ',']) && words(before) <= 8 && speaks_of_itself(before);
    ((alone && (placed || titled())) || offices || is_timestamp(after)).then_some(Candidate {
        reading: date.reading,
        kind: DateKind::Published,
        raw,
        span,
        standing: Standing::Outer,
    })
}

/// `T09:00:24+00:00` behind a date: when the page was published (RFC 3339).
fn is_timestamp(after: &str) -> bool {
    let time = after.strip_prefix('T').and_then(|time| time.get(..5)).unwrap_or("");
    time.char_indices().all(|(at, c)| if at == 2 { c == ':' } else { c.is_ascii_digit() }) && time.len() == 5
}

/// "11/26/26, 8:36 PM", around the text of a page: when it was printed, in the form of whoever printed it.
fn is_stamp(block: &Block) -> bool {
    let Some(rich) = block.rich().filter(|_| block.is_furniture()) else { return false };
    let dates = find_dates(&rich.text);
    dates.iter().any(|date| begins_with_time(rich.text[date.end..].trim_start_matches([',', ' '])))
}

fn begins_with_time(text: &str) -> bool {
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    let minutes = text.get(hours + 1..hours + 3).unwrap_or("");
    let parted = text[hours..].starts_with([':', '.']);
    (1..=2).contains(&hours) && parted && minutes.bytes().filter(u8::is_ascii_digit).count() == 2
}

/// A text that may hold the date.
struct PrintedText {
    text: Text,
    span: Span,
    furniture: bool,
}

/// The texts that may hold the date: those of blocks, the rows of small tables, and those of others that are a label and a date.
fn push_texts(block: &Block, language: Option<&str>, texts: &mut Vec<PrintedText>) {
    let furniture = block.is_furniture();
    match &block.content {
        Content::Table(table) => {
            let small = table.rows.len() <= 4;
            let rows = table.rows.iter().filter(|row| small || dates_itself(row, language));
            texts.extend(rows.map(|row| {
                let cells: Vec<String> = row.cells.iter().map(|cell| collapse(&cell.text.text)).collect();
                PrintedText { text: cells.join(" ").into(), span: row.span, furniture }
            }));
        }
        _ => {
            let printed = |rich: &Rich| PrintedText { text: rich.text.clone(), span: block.span, furniture };
            texts.extend(block.rich().map(printed));
        }
    }
}

/// Two cells, of which the second is a date and nothing else.
fn dates_itself(row: &Row, language: Option<&str>) -> bool {
    let [_, value] = row.cells.as_slice() else { return false };
    let text = &value.text.text;
    let dates = find_dates_in(text, language);
    dates.first().is_some_and(|date| text[..date.start].trim().is_empty() && text[date.end..].trim().is_empty())
}

fn in_text(printed: &PrintedText, standing: Standing, language: Option<&str>) -> Vec<Candidate> {
    let (text, span) = (&printed.text, printed.span);
    let dates = find_dates_in(text, language);
    let candidate = |(index, date): (usize, &FoundDate)| {
        let start = index.checked_sub(1).map_or(0, |above| dates[above].end);
        let phrase = phrase_for(text, start, date)?;
        let raw = collapse(&text[date.start..date.end]);
        let standing = match standing {
            Standing::Deep if says_right_before(text, date, phrase) || is_version_and_date(text, date) => {
                Standing::Apart
            }
            Standing::Around if says_right_before(text, date, phrase) => Standing::Outer,
            Standing::Outer if names_a_site_last(&text[start..date.start]) => Standing::Around,
            // What wrote the page down knows when, and not whether its text has changed since.
            Standing::Outer if phrase == DateKind::Published && is_timestamp(&text[date.end..]) => Standing::Deep,
            other => other,
        };
        Some(Candidate { reading: date.reading, kind: phrase, raw, span, standing })
    };
    let mut own: Vec<(usize, Candidate)> =
        dates.iter().enumerate().filter_map(|(index, date)| Some((index, candidate((index, date))?))).collect();
    if let Some((at, since)) = own.first().map(|(at, first)| (*at, month_of(first.reading))) {
        let earlier = |index: usize, date: &Candidate| {
            is_in_bracket(text, dates[index - 1].end, dates[index].start) && month_of(date.reading) <= since
        };
        own.retain(|(index, date)| *index == at || !earlier(*index, date));
    }
    own.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The year and the month of a date, the first that it can be.
fn month_of(reading: Reading) -> (i16, i8) {
    match reading {
        Reading::Day(day) => (day.year(), day.month()),
        Reading::Ambiguous { day_first, month_first } => (day_first.year(), day_first.month().min(month_first.month())),
        Reading::Month { year, month } => (year, month),
    }
}

/// "Version 3 of 3 May 2024 (previous version of 1 June 2021)": an earlier date in a bracket behind the document's own is another's.
fn is_in_bracket(text: &str, from: usize, date: usize) -> bool {
    const OPEN: [char; 2] = ['(', '（'];
    const CLOSE: [char; 2] = [')', '）'];
    let between = &text[from..date];
    between.rfind(OPEN).is_some_and(|open| !between[open..].contains(CLOSE))
}

/// The phrase that makes a date the document's own: before it and near, or, in a short text, after it.
fn phrase_for(text: &str, start: usize, date: &FoundDate) -> Option<DateKind> {
    let before = &text[start..date.start];
    let tail_start = before.char_indices().rev().nth(NEAR + 60).map_or(0, |(at, _)| at);
    let tail = last_sentence(&before[tail_start..]);
    let short = is_in_short_line(text, date.start);
    let words = crate::lexicon::Words::of(tail);
    let hits = lexicon().dates.all_in(&words);
    let last = hits.iter().rev().find(|hit| {
        let behind = words.len() - hit.start - hit.words;
        let near = behind <= if short { 6 } else { 4 } || short && hit.start == 0 && behind <= 9;
        near && (hit.characters >= 5 || behind == 0)
    });
    let sentence = || last_sentence(&before[place_before(before, before.len(), LONGEST_SENTENCE)..]);
    // Behind an abbreviation ("Art. 5 applicable from …") a sentence goes on in small letters.
    let begins = |hit: &Hit<DateKind>| hit.start == 0 && !tail.trim_start().starts_with(char::is_lowercase);
    let own = |hit: &&Hit<DateKind>| match hit.meaning {
        DateKind::Updated => short || is_of_the_document(tail, &text[date.end..]) || says_itself(sentence()),
        _ => !names_a_law(tail) && (short || begins(hit) || speaks_of_itself(text) || says_itself(sentence())),
    };
    let last = last.filter(own);
    let strongest = last.map(|last| {
        hits.iter().filter(|hit| hit.start == last.start).map(|hit| hit.meaning).min().unwrap_or(last.meaning)
    });
    strongest.or_else(|| phrase_behind(text, before, date)).or_else(|| version_before(tail).filter(|_| short))
}

/// "v3.2 – April 2024", "[v14] – 2025-04-02", "Cookie policy v2 (May 2024)": a version that opens the line, or stands behind the words
/// for the document.
fn version_before(before: &str) -> Option<DateKind> {
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let number = before.rsplit(char::is_whitespace).next()?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let told = before[..before.len() - number.len()].trim_end_matches(|c: char| !c.is_alphanumeric());
    let numbered = number.starts_with(['v', 'V']) && is_version(number);
    (numbered && (told.is_empty() || speaks_of_itself(told))).then_some(DateKind::Version)
}

/// The phrase right behind a date; where a language puts the verb last, also one further behind, in a short text that names the document:
/// "The cookie declaration of 3 May by Acme updated is".
fn phrase_behind(text: &str, before: &str, date: &FoundDate) -> Option<DateKind> {
    let hits = lexicon().dates.all(opening(&text[date.end..], NEAR));
    if hits.is_empty() {
        return None;
    }
    let short = is_in_short_line(text, date.start);
    let sentence = last_sentence(&before[place_before(before, before.len(), LONGEST_SENTENCE)..]);
    let own = || speaks_of_itself(before) || says_itself(sentence);
    let holds = |hit: &&Hit<DateKind>| match hit.meaning {
        DateKind::Updated => true,
        DateKind::Effective => !names_a_law(sentence),
        _ => false,
    };
    let right_behind = hits.iter().filter(|hit| hit.start <= 1).find(holds);
    let right_behind = right_behind.filter(|hit| short || hit.start == 0 && own());
    let at_the_end = || {
        let updated = hits.iter().find(|hit| hit.meaning == DateKind::Updated);
        updated.filter(|_| short && own())
    };
    right_behind.or_else(at_the_end).map(|hit| hit.meaning)
}

/// True where the line that a place lies in is short. No more is looked at than that takes: one line may hold all of a text, and many dates.
fn is_in_short_line(text: &str, at: usize) -> bool {
    let before = &text[place_before(text, at, SHORT_TEXT + 1)..at];
    let behind = opening(&text[at..], SHORT_TEXT + 1);
    let line = |part: &str| part.chars().count();
    let before = before.rsplit('\n').next().map_or(0, line);
    let behind = behind.split('\n').next().map_or(0, line);
    before + behind <= SHORT_TEXT
}

/// "Site updated: …" is the date of the site.
fn names_a_site_last(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or("");
    !lexicon().sites.whole(last.trim_end_matches(COLONS)).is_empty()
}

/// What stands behind the last end of a sentence: the full stop of "Version 3.2" is none.
fn last_sentence(text: &str) -> &str {
    let mut ends = text.rmatch_indices(SENTENCE_ENDS).filter(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let ends = rest.starts_with(char::is_whitespace) || mark.starts_with(ends_wide_sentence);
        ends && rest.chars().filter(|c| c.is_alphanumeric()).count() > 1
    });
    ends.next().map_or(text, |(at, mark)| &text[at + mark.len()..])
}

/// A line that is nothing but "last updated" and the date leaves no doubt, wherever it stands.
fn says_right_before(text: &str, date: &FoundDate, kind: DateKind) -> bool {
    const LONGEST: usize = 80;
    let before = &text[place_before(text, date.start, LONGEST)..date.start];
    let line = before.rsplit('\n').next().unwrap_or(before);
    let words = crate::lexicon::Words::of(line);
    let hits = lexicon().dates.all_in(&words);
    let last = hits.iter().rev().find(|hit| hit.meaning == kind);
    kind == DateKind::Updated && last.is_some_and(|hit| hit.start == 0 && hit.start + hit.words == words.len())
}

/// A sentence that names the document, or says hardly more than the date: "As of 3 May, you may find …" speaks of other things.
fn is_of_the_document(before: &str, after: &str) -> bool {
    let near = after.char_indices().nth(LONGEST_SENTENCE).map_or(after, |(at, _)| &after[..at]);
    let rest = near.split_inclusive(|c: char| SENTENCE_ENDS.contains(&c) || c == '\n').next().unwrap_or("");
    speaks_of_itself(before) || speaks_of_itself(rest) || word_count(before) + word_count(rest) <= 14
}

/// In a longer text a law "enters into force" as well: the sentence must name the policy, or its version.
fn speaks_of_itself(text: &str) -> bool {
    let versions = || lexicon().dates.says(text, DateKind::Version);
    !lexicon().documents.all(text).is_empty() || versions()
}

/// "this policy": no other document and no site does something in the sentence.
fn says_itself(sentence: &str) -> bool {
    !lexicon().itself.all(sentence).is_empty()
}

/// "the regulation (GDPR) that entered into force on …".
fn names_a_law(text: &str) -> bool {
    crate::text::loose(text).split(' ').any(|word| lexicon().services.is_law(word))
}

/// What decides whether the day or the month stands first.
struct Order {
    decided: Option<DateOrder>,
}

struct Settled {
    value: String,
    ambiguous: bool,
}

impl Order {
    /// The document's other dates decide, then its language and top-level domain; English alone decides nothing.
    fn of(blocks: &[Block], language: Option<&str>, host: Option<&str>) -> Self {
        let own = blocks.iter().filter(|block| !is_stamp(block));
        let shown = own.filter_map(Block::rich).find_map(|rich| shown_order(&rich.text));
        let by_host = host.and_then(|host| match host.rsplit('.').next() {
            Some("us" | "gov" | "mil") => Some(DateOrder::MonthFirst),
            // Two letters are a country; these are sold as words.
            Some("io" | "co" | "ai" | "eu" | "me" | "tv" | "cc") => None,
            Some(last) if last.len() == 2 => Some(DateOrder::DayFirst),
            _ => None,
        });
        let by_language =
            language.filter(|code| *code != "en").and_then(|code| lexicon().date_orders.get(code)).copied();
        Self { decided: shown.or(by_language).or(by_host) }
    }

    fn settle(&self, reading: Reading) -> Settled {
        match reading {
            Reading::Day(date) => Settled { value: date.to_string(), ambiguous: false },
            Reading::Month { year, month } => Settled { value: format!("{year:04}-{month:02}"), ambiguous: false },
            Reading::Ambiguous { day_first, month_first } => {
                let month = self.decided == Some(DateOrder::MonthFirst);
                let date = if month { month_first } else { day_first };
                Settled { value: date.to_string(), ambiguous: self.decided.is_none() }
            }
        }
    }
}

/// A date in digits whose day is above twelve shows the order of all others.
fn shown_order(text: &Text) -> Option<DateOrder> {
    find_dates(text).iter().find_map(|date| {
        let Reading::Day(day) = date.reading else { return None };
        let raw = &text[date.start..date.end];
        let digits = raw.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-'));
        (digits && day.day() > 12).then(|| order_shown_by(raw, day)).flatten()
    })
}

fn order_shown_by(raw: &str, day: Date) -> Option<DateOrder> {
    let first: i16 = raw.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    if first == i16::from(day.day()) {
        Some(DateOrder::DayFirst)
    } else {
        (first == i16::from(day.month())).then_some(DateOrder::MonthFirst)
    }
}
