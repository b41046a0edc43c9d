//! The document's own date: next to a phrase such as "last updated", never a law's or a cookie's.

use jiff::civil::Date;

use super::platform::Given;
use crate::block::{Block, Content};
use crate::document::{DateKind, DocumentDate, Evidence};
use crate::lexicon::{DateOrder, lexicon};
use crate::text::{Span, collapse};
use crate::value::date::{FoundDate, Reading, find as find_dates};

/// A phrase and its date stand at most this many characters apart.
const NEAR: usize = 40;
/// Texts at the beginning, and at the end, where a document states its own date.
const OPENING: usize = 12;
const CLOSING: usize = 8;
/// In a longer text a phrase must stand right before its date.
const SHORT_TEXT: usize = 160;

/// The date that the document gives itself: the strongest kind, the latest of that kind.
pub(super) fn find(
    blocks: &[Block],
    language: Option<&str>,
    host: Option<&str>,
    given: Option<&Given>,
) -> Option<DocumentDate> {
    if let Some(value) = given.and_then(|given| given.date.clone()) {
        let evidence = Evidence { given: true, ..Evidence::default() };
        return Some(DocumentDate { raw: value.clone(), value, kind: DateKind::Updated, ambiguous: false, evidence });
    }
    let order = Order::of(blocks, language, host);
    let mut candidates = candidates(blocks);
    if candidates.is_empty() {
        candidates = signatures(blocks);
    }
    let best = candidates.iter().min_by_key(|candidate| {
        (candidate.deep, candidate.kind, std::cmp::Reverse(order.settle(candidate.reading).value))
    })?;
    let settled = order.settle(best.reading);
    Some(DocumentDate {
        value: settled.value,
        kind: best.kind,
        raw: best.raw.clone(),
        ambiguous: settled.ambiguous,
        evidence: Evidence::from(best.span),
    })
}

struct Candidate {
    reading: Reading,
    kind: DateKind,
    raw: String,
    span: Span,
    /// True for a date that stands neither at the beginning nor at the end of the document: it may be a list's.
    deep: bool,
}

fn candidates(blocks: &[Block]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let texts: Vec<(String, Span)> = blocks.iter().flat_map(texts).collect();
    for (index, (text, span)) in texts.iter().enumerate() {
        let deep = index >= OPENING && index + CLOSING < texts.len();
        candidates.extend(in_text(text, *span, deep));
        // "Last updated" and its date on lines of their own.
        if let Some((next, next_span)) = texts.get(index + 1).filter(|(next, _)| text.len() <= 60 && next.len() <= 40) {
            let joined = format!("{text}\n{next}");
            if find_dates(text).is_empty() && in_text(next, *next_span, deep).is_empty() {
                candidates.extend(in_text(&joined, next_span.join(*span), deep));
            }
        }
    }
    candidates
}

/// Dates that stand alone, or behind a place, at the beginning or the end: as a letter or a resolution is signed.
fn signatures(blocks: &[Block]) -> Vec<Candidate> {
    let texts: Vec<(String, Span)> = blocks
        .iter()
        .filter(|block| !block.is_furniture())
        .flat_map(texts)
        .filter(|(text, _)| !text.trim().is_empty())
        .collect();
    let outer = |index: usize| index < 4 || index + CLOSING >= texts.len();
    let signed = texts.iter().enumerate().filter(|(index, _)| outer(*index)).filter_map(|(_, (text, span))| {
        let dates = find_dates(text);
        let [date] = dates.as_slice() else { return None };
        let place = text[..date.start].trim();
        let alone = text[date.end..].chars().filter(|c| c.is_alphanumeric()).count() <= 2;
        let placed = place.is_empty() || (place.ends_with(',') && place.split_whitespace().count() <= 4);
        let raw = collapse(&text[date.start..date.end]);
        (alone && placed).then_some(Candidate {
            reading: date.reading,
            kind: DateKind::Published,
            raw,
            span: *span,
            deep: false,
        })
    });
    signed.collect()
}

/// The texts that may hold the date: those of blocks, and the cells of small tables.
fn texts(block: &Block) -> Vec<(String, Span)> {
    match &block.content {
        Content::Table(table) if table.rows.len() <= 4 => table
            .rows
            .iter()
            .map(|row| {
                let cells: Vec<String> = row.cells.iter().map(|cell| collapse(&cell.text.text)).collect();
                (cells.join(" "), row.span)
            })
            .collect(),
        Content::Table(_) => Vec::new(),
        _ => block.rich().map(|rich| vec![(rich.text.clone(), block.span)]).unwrap_or_default(),
    }
}

fn in_text(text: &str, span: Span, deep: bool) -> Vec<Candidate> {
    let dates = find_dates(text);
    let candidate = |(index, date): (usize, &FoundDate)| {
        let start = index.checked_sub(1).map_or(0, |above| dates[above].end);
        let phrase = phrase_for(text, start, date)?;
        let raw = collapse(&text[date.start..date.end]);
        let deep = deep && !says_right_before(text, date, phrase);
        Some(Candidate { reading: date.reading, kind: phrase, raw, span, deep })
    };
    dates.iter().enumerate().filter_map(candidate).collect()
}

/// The phrase that makes a date the document's own: before it and near, or, in a short text, after it.
fn phrase_for(text: &str, start: usize, date: &FoundDate) -> Option<DateKind> {
    let before = &text[start..date.start];
    let tail_start = before.char_indices().rev().nth(NEAR + 60).map_or(0, |(at, _)| at);
    let tail = before[tail_start..]
        .rsplit(['.', '?', '!'])
        .next()
        .filter(|tail| tail.chars().count() > 2)
        .unwrap_or(&before[tail_start..]);
    let short = text.chars().count() <= SHORT_TEXT;
    let words = crate::lexicon::Words::of(tail);
    let hits = lexicon().dates.all_in(&words);
    let last = hits.iter().rev().find(|hit| {
        let behind = words.len() - hit.start - hit.words;
        behind <= if short { 6 } else { 4 } && (hit.characters >= 5 || behind == 0)
    });
    let own = |kind: &DateKind| *kind == DateKind::Updated || (!names_a_law(tail) && (short || speaks_of_itself(text)));
    let last = last.filter(|hit| own(&hit.meaning));
    let strongest = last.map(|last| {
        hits.iter().filter(|hit| hit.start == last.start).map(|hit| hit.meaning).min().unwrap_or(last.meaning)
    });
    strongest.or_else(|| {
        let after = &text[date.end..];
        let near: String = after.chars().take(NEAR).collect();
        let hit =
            lexicon().dates.all(&near).into_iter().find(|hit| hit.start <= 1 && hit.meaning == DateKind::Updated)?;
        (short || hit.start == 0 && speaks_of_itself(before)).then_some(hit.meaning)
    })
}

/// A line that is nothing but "last updated" and the date leaves no doubt, wherever it stands.
fn says_right_before(text: &str, date: &FoundDate, kind: DateKind) -> bool {
    let before = &text[..date.start];
    let words = crate::lexicon::Words::of(before);
    let hits = lexicon().dates.all_in(&words);
    let last = hits.iter().rev().find(|hit| hit.meaning == kind);
    kind == DateKind::Updated && last.is_some_and(|hit| hit.start == 0 && hit.start + hit.words == words.len())
}

/// In a longer text a law "enters into force" as well: the sentence must name the policy.
fn speaks_of_itself(text: &str) -> bool {
    !lexicon().documents.all(text).is_empty()
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
        let shown = blocks.iter().filter_map(Block::rich).find_map(|rich| shown_order(&rich.text));
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
fn shown_order(text: &str) -> Option<DateOrder> {
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
