//! Finds the slots of a text: the document's own platform, dates, addresses. Knows nothing of ids or counts.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Platform, PolicyDocument, TextBlock};
use crate::text::{collapse, loose, plain, squeeze};

/// What a slot stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlotKind {
    /// The platform that the document speaks for: its URL, its host or its name.
    Platform,
    /// A calendar date.
    Date,
    /// The address of another site.
    Url,
    /// An e-mail address.
    Email,
}

/// A stretch of text, in bytes, that another document would print otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What stands there.
    pub kind: SlotKind,
}

/// What is known of a document before its text is masked: how it prints its own platform and its own date.
///
/// The name of the platform is masked only when something proves it to be the name: it has two words or more, or it is a
/// label (not the last one) of the host with at least three letters or digits. Then it is masked where it stands alone and in
/// exactly its printed case, so that a company called Orange does not shred a sentence about oranges.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    host: Option<String>,
    url: Option<String>,
    name: Option<String>,
    date: Option<String>,
}

impl SlotKind {
    /// All of them, in the order of the schema.
    pub const ALL: [SlotKind; 4] = [Self::Platform, Self::Date, Self::Url, Self::Email];

    /// How the slot is written in a template.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "{platform}",
            Self::Date => "{date}",
            Self::Url => "{url}",
            Self::Email => "{email}",
        }
    }
}

impl Mask {
    /// The mask of a document.
    pub fn of(document: &PolicyDocument) -> Self {
        let date = document.date.as_ref().map(|date| date.raw.as_str());
        Self::new(document.platform.as_ref(), date)
    }

    /// The mask for a platform and the printed form of the document's own date.
    pub fn new(platform: Option<&Platform>, date: Option<&str>) -> Self {
        let host = platform.and_then(|p| p.host.as_deref()).map(bare_host).filter(|host| host.contains('.'));
        let url = platform.and_then(|p| p.url.as_deref()).map(|url| url.trim().to_ascii_lowercase());
        let name = platform.and_then(|p| p.name.as_deref()).map(str::trim);
        Self {
            name: name.filter(|name| is_proven_name(name, host.as_deref())).map(str::to_owned),
            host,
            url: url.filter(|url| url.contains("://")),
            // A year alone is too short to be told from other numbers.
            date: date.map(str::trim).filter(|date| date.chars().count() > 4).map(str::to_owned),
        }
    }

    /// The slots of a text, in order and apart from each other.
    pub fn slots(&self, text: &str) -> Vec<Slot> {
        let mut found = self.own_addresses(text);
        found.sort_by_key(|slot| (slot.start, slot.end));
        found.extend(other_addresses(text, &found));
        found.extend(self.own_words(text));
        found.extend(dates(text));
        found.sort_by_key(|slot| (slot.start, usize::MAX - slot.end, slot.kind));
        let mut end = 0;
        found.retain(|slot| {
            let free = slot.start >= end;
            end = if free { slot.end } else { end };
            free
        });
        found
    }

    /// The text as it is compared with another document's: [`plain`], with the own platform and the own date masked, the hosts of
    /// addresses in lower case and without heading marks, bullets and emphasis.
    pub fn comparable(&self, text: &str) -> String {
        plain(&without_markup(&self.replaced(text, |slot, printed| match slot.kind {
            SlotKind::Platform => slot.kind.as_str().to_owned(),
            SlotKind::Date if self.date.as_deref() == Some(printed) => slot.kind.as_str().to_owned(),
            SlotKind::Date => printed.to_owned(),
            SlotKind::Url | SlotKind::Email => with_plain_host(printed),
        })))
    }

    /// The text as printed, but with a slot where the own platform stands: how a value reads in a consensus.
    pub fn shown(&self, text: &str) -> String {
        collapse(&self.replaced(text, |slot, printed| match slot.kind {
            SlotKind::Platform => slot.kind.as_str().to_owned(),
            _ => printed.to_owned(),
        }))
    }

    fn replaced(&self, text: &str, replacement: impl Fn(&Slot, &str) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        for slot in self.slots(text) {
            out.push_str(&text[end..slot.start]);
            out.push_str(&replacement(&slot, &text[slot.start..slot.end]));
            end = slot.end;
        }
        out.push_str(&text[end..]);
        out
    }

    /// Every printed form of the own host: `h`, `www.h`, `https://h`, `https://h/`, `<https://h>`; and the own URL.
    fn own_addresses(&self, text: &str) -> Vec<Slot> {
        if self.host.is_none() && self.url.is_none() {
            return Vec::new();
        }
        // ASCII alone changes case, so that offsets stay.
        let lower = text.to_ascii_lowercase();
        let hosts = self.host.iter().flat_map(|host| {
            lower.match_indices(host.as_str()).filter_map(|(at, _)| whole_host(&lower, at, at + host.len()))
        });
        let urls = self.url.iter().flat_map(|url| {
            let ends = lower.match_indices(url.as_str()).map(|(at, _)| (at, at + url.len()));
            ends.filter(|&(_, end)| is_address_end(&lower[end..]))
        });
        hosts.chain(urls).map(|(start, end)| bracketed(text, start, end, SlotKind::Platform)).collect()
    }

    fn own_words(&self, text: &str) -> Vec<Slot> {
        let named = |word: &Option<String>, kind| {
            let words = word.iter().flat_map(|word| text.match_indices(word.as_str()));
            let spans = words.map(|(at, word)| Slot { start: at, end: at + word.len(), kind });
            spans.filter(|slot| stands_alone(text, slot)).collect::<Vec<_>>()
        };
        let mut found = named(&self.name, SlotKind::Platform);
        found.extend(named(&self.date, SlotKind::Date));
        found
    }
}

/// Lower case and without `www.`: two sites that differ in nothing else are one.
pub fn bare_host(host: &str) -> String {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
}

/// True for a block that says little more than the document's own date.
pub fn is_date_line(block: &TextBlock, document: &PolicyDocument) -> bool {
    const MAX_OTHER_WORDS: usize = 8;
    let (Some(date), Some(text)) = (&document.date, &block.text) else { return false };
    let raw = date.raw.trim();
    !raw.is_empty() && text.contains(raw) && text.replacen(raw, "", 1).split_whitespace().count() <= MAX_OTHER_WORDS
}

/// The text without what formats add to it: heading marks, bullets, emphasis, escapes.
pub fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(without_lead(line));
    }
    if out.contains("**") {
        out = out.replace("**", "");
    }
    if out.contains("\\_") {
        out = out.replace("\\_", "_");
    }
    out
}

fn without_lead(line: &str) -> &str {
    let bare = line.trim_start();
    let rest = bare.trim_start_matches('#');
    let marks = bare.len() - rest.len();
    let rest = if marks > 0 && marks <= 6 { rest } else { bare.strip_prefix(BULLETS).unwrap_or(bare) };
    match rest.strip_prefix([' ', '\t', '\u{a0}']) {
        Some(words) if rest.len() < bare.len() && !words.trim().is_empty() => words,
        _ => line,
    }
}

const BULLETS: [char; 10] = ['-', '*', '•', '·', '▪', '◦', '‣', '–', '●', '○'];

fn is_proven_name(name: &str, host: Option<&str>) -> bool {
    if name.split_whitespace().nth(1).is_some() {
        return true;
    }
    let folded = squeeze(&loose(name));
    let labels = host.and_then(|host| host.rsplit_once('.')).map_or("", |(labels, _)| labels);
    folded.chars().count() >= 3 && labels.split('.').any(|label| label.replace('-', "") == folded)
}

/// The whole printed address around a host found at `start..end` of a lower-case text, if it is that host and no other.
fn whole_host(lower: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let start = if lower[..start].ends_with("www.") { start - 4 } else { start };
    let before = lower[..start].chars().next_back();
    let after = &lower[end..];
    let mut next = after.chars();
    let joined = match next.next() {
        Some('.') => next.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric() || matches!(c, '-' | '_' | '@'),
        None => false,
    };
    if joined || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@')) {
        return None;
    }
    let scheme = ["https://", "http://"].iter().find(|scheme| lower[..start].ends_with(**scheme));
    let start = start - scheme.map_or(0, |scheme| scheme.len());
    let port = after.strip_prefix(':').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let end = if port > 0 { end + 1 + port } else { end };
    let slash = lower[end..].starts_with('/') && is_address_end(&lower[end + 1..]);
    Some((start, end + usize::from(slash)))
}

/// True where nothing of an address follows: only closing punctuation up to the next blank.
fn is_address_end(rest: &str) -> bool {
    let tail = rest.split(char::is_whitespace).next().unwrap_or_default();
    tail.starts_with('>') || tail.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '/' | '?' | '#' | '&' | '='))
}

/// Angle brackets around an address belong to it.
fn bracketed(text: &str, start: usize, end: usize, kind: SlotKind) -> Slot {
    if text[..start].ends_with('<') && text[end..].starts_with('>') {
        return Slot { start: start - 1, end: end + 1, kind };
    }
    Slot { start, end, kind }
}

fn stands_alone(text: &str, slot: &Slot) -> bool {
    let before = text[..slot.start].chars().next_back();
    let after = text[slot.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

fn other_addresses(text: &str, own: &[Slot]) -> Vec<Slot> {
    let mut found = Vec::new();
    if text.contains('@') {
        let mails = EMAIL.find_iter(text);
        found.extend(mails.map(|m| bracketed(text, m.start(), m.end(), SlotKind::Email)));
    }
    if text.contains("://") || text.contains("www.") || text.contains("WWW.") {
        let urls = URL.find_iter(text).map(|m| (m.start(), m.start() + trimmed_url(m.as_str()).len()));
        let others = urls.filter(|&(start, _)| !is_in(own, start));
        found.extend(others.map(|(start, end)| bracketed(text, start, end, SlotKind::Url)));
    }
    found
}

/// True where a slot of a sorted list covers the byte.
fn is_in(slots: &[Slot], byte: usize) -> bool {
    let after = slots.partition_point(|slot| slot.start <= byte);
    after > 0 && byte < slots[after - 1].end
}

/// Closing punctuation after an address belongs to the sentence.
fn trimmed_url(url: &str) -> &str {
    let closing =
        |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '*' | ']') || (c == ')' && !url.contains('('));
    url.trim_end_matches(closing)
}

fn with_plain_host(address: &str) -> String {
    let from = address.find("://").map_or_else(|| address.find('@').unwrap_or(0), |at| at + 3);
    let to = address[from..].find(['/', '?', '#']).map_or(address.len(), |at| from + at);
    let (head, tail) = address.split_at(to);
    let (user, host) = head.split_at(if head.contains("://") { 0 } else { from });
    format!("{user}{}{tail}", host.to_ascii_lowercase())
}

fn dates(text: &str) -> Vec<Slot> {
    if !text.contains("19") && !text.contains("20") {
        return Vec::new();
    }
    // Regulation (EU) 2016/679 is a number and no year.
    let is_number =
        |rest: &str| rest.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let found = DATE.find_iter(text).filter(|found| !is_number(&text[found.end()..]));
    found.map(|found| Slot { start: found.start(), end: found.end(), kind: SlotKind::Date }).collect()
}

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]*[A-Za-z0-9])+").expect("a valid pattern")
});

static URL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i-u:\b(?:https?://|www\.))[^\s<>"'“”«»‘’]+"#).expect("a valid pattern"));

/// Dates with a year, in figures or with the month in words. The word is not looked up: between a day and a year of four figures
/// stands a month in any language.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"(?:19|20)[0-9]{2}";
    let day = r"[0-3]?[0-9]";
    let word = r"\p{L}[\p{L}\p{M}]{2,}\.?";
    let forms = [
        format!(r"\b{year}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}\b"),
        format!(r"\b{day}[-/][0-9]{{1,2}}[-/]{year}\b"),
        format!(r"\b{day}\.\s?[0-9]{{1,2}}\.\s?{year}\b"),
        format!(r"\b{day}(?:st|nd|rd|th|er|\.|º|ª|°)?(?:\s+del?|\s+d['’])?[\s-]*{word},?(?:\s+del?)?[\s-]+{year}\b"),
        format!(r"\b{word}\s+{day}(?:st|nd|rd|th)?,?\s+{year}\b"),
        format!(r"\b{year}\s?[年년]\s?[0-9]{{1,2}}\s?[月월]\s?[0-9]{{1,2}}\s?[日일]"),
    ];
    Regex::new(&forms.join("|")).expect("a valid pattern")
});
