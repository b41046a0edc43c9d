//! Finds the slots of a text: the document's own platform, dates, addresses. Knows nothing of ids or counts.

use std::borrow::Cow;
use std::sync::OnceLock;

use memchr::memmem;

use super::addresses::{emails, urls};
use super::calendar_dates::calendar_dates;
use super::printed::Printed;
use super::slot::{Slot, SlotKind};
use super::words::PrintedWords;
use crate::document::{Platform, PolicyDocument, TextBlock};
use crate::text::{Text, answer, answer_list, collapse, is_collapsed, lines, loose, plain, squeeze};

/// Stands for the blanks within a slot while words are told apart: a noncharacter (Unicode, 23.7), which is in no text that is exchanged.
const JOINED: &str = "\u{10ffff}";

/// What is known of a document before its text is masked: how it prints its own platform and its own date.
///
/// The name of the platform is masked only when something proves it to be the name: it has two words or more, or it is a
/// label (not the last one) of the host with at least three letters or digits. Then it is masked where it stands alone and in
/// exactly its printed case, so that a company called Orange does not shred a sentence about oranges.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    host: Option<Needle>,
    url: Option<Needle>,
    name: Option<Needle>,
    date: Option<Needle>,
}

/// A text that is made ready when it is looked for first: many masks have texts that none asks for.
#[derive(Debug, Clone)]
struct Needle {
    text: String,
    finder: OnceLock<memmem::Finder<'static>>,
}

impl Needle {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), finder: OnceLock::new() }
    }

    fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Where it stands in a text, from byte to byte.
    fn places(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let finder = answer(&self.finder, || memmem::Finder::new(&self.text).into_owned());
        finder.find_iter(text.as_bytes()).map(|at| (at, at + self.text.len()))
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
            name: name.filter(|name| is_proven_name(name, host.as_deref())).map(Needle::new),
            host: host.as_deref().map(Needle::new),
            url: url.filter(|url| url.contains("://")).as_deref().map(Needle::new),
            // A year alone is too short to be told from other numbers.
            date: date.map(str::trim).filter(|date| date.chars().count() > 4).map(Needle::new),
        }
    }

    /// The slots of a text, in order and apart from each other.
    pub fn slots(&self, text: &str) -> Vec<Slot> {
        let may_hold_address = may_hold_address(text.as_bytes());
        self.slots_among(text, AnySlots { may_hold_address, addresses: &addresses(text), dates: &dates(text) })
    }

    /// [`Mask::slots`] of a text that other documents print too.
    pub(super) fn slots_of(&self, text: &Text) -> Vec<Slot> {
        self.slots_among(text, AnySlots::of(text))
    }

    fn slots_among(&self, text: &str, any: AnySlots) -> Vec<Slot> {
        let mut found = if any.may_hold_address { self.own_addresses(text) } else { Vec::new() };
        found.sort_by_key(|slot| (slot.start, slot.end));
        let inner = |slot: &Slot| slot.start + usize::from(text.as_bytes()[slot.start] == b'<');
        let is_other = |slot: &&Slot| slot.kind == SlotKind::Email || !is_in(&found, inner(slot));
        let others: Vec<Slot> = any.addresses.iter().filter(is_other).copied().collect();
        found.extend(others);
        self.push_own_words(text, &mut found);
        found.extend(any.dates);
        if found.len() > 1 {
            found.sort_by_key(|slot| (slot.start, usize::MAX - slot.end, slot.kind));
            let mut end = 0;
            found.retain(|slot| {
                let free = slot.start >= end;
                end = if free { slot.end } else { end };
                free
            });
        }
        found
    }

    /// The text as it is compared with another document's: [`plain`], with the own platform and the own date masked, the hosts of
    /// addresses in lower case and without heading marks, bullets and emphasis.
    pub fn comparable(&self, text: &str) -> String {
        plain(&without_markup(&self.replaced(text, |slot, printed| self.compared(slot, printed))))
    }

    /// The words of a text as printed, each with what [`Mask::comparable`] makes of it: the own platform and the own date are a word.
    pub(super) fn printed_words(&self, text: &str) -> PrintedWords {
        let masked = self.replaced(text, |slot, printed| self.compared(slot, printed));
        let joined = self.replaced(text, |slot, printed| match self.is_own(slot, printed) {
            true => Cow::Owned(printed.split_whitespace().collect::<Vec<_>>().join(JOINED)),
            false => Cow::Borrowed(printed),
        });
        let (masked, joined) = (without_markup(&masked), without_markup(&joined));
        let (masked, joined): (Vec<_>, Vec<_>) =
            (masked.split_whitespace().collect(), joined.split_whitespace().collect());
        // A slot whose own marks were taken for markup: shown as it is compared.
        let joined = if joined.len() == masked.len() { joined } else { masked.clone() };
        let printed = joined.into_iter().map(|word| word.replace(JOINED, " "));
        PrintedWords::of(printed.zip(masked.into_iter().map(plain)).filter(|(_, compared)| !compared.is_empty()))
    }

    /// A slot as it is compared.
    fn compared<'a>(&self, slot: &Slot, printed: &'a str) -> Cow<'a, str> {
        match slot.kind {
            _ if self.is_own(slot, printed) => Cow::Borrowed(slot.kind.as_str()),
            SlotKind::Url | SlotKind::Email => Cow::Owned(with_plain_host(printed)),
            _ => Cow::Borrowed(printed),
        }
    }

    /// True for the own platform and the own date: two documents that differ in them alone say the same.
    fn is_own(&self, slot: &Slot, printed: &str) -> bool {
        match slot.kind {
            SlotKind::Platform => true,
            SlotKind::Date => self.date.as_ref().is_some_and(|date| date.is(printed)),
            SlotKind::Url | SlotKind::Email => false,
        }
    }

    /// The text as printed, but with a slot where the own platform stands: how a value reads in a consensus.
    pub fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let replaced = if self.may_name_platform(text) {
            self.replaced(text, |slot, printed| match slot.kind {
                SlotKind::Platform => Cow::Borrowed(slot.kind.as_str()),
                _ => Cow::Borrowed(printed),
            })
        } else {
            Cow::Borrowed(text)
        };
        if is_collapsed(&replaced) { replaced } else { Cow::Owned(collapse(&replaced)) }
    }

    fn replaced<'a>(&self, text: &'a str, replacement: impl Fn(&Slot, &'a str) -> Cow<'a, str>) -> Cow<'a, str> {
        let slots = self.slots(text);
        if slots.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        for slot in slots {
            out.push_str(&text[end..slot.start]);
            out.push_str(&replacement(&slot, &text[slot.start..slot.end]));
            end = slot.end;
        }
        out.push_str(&text[end..]);
        Cow::Owned(out)
    }

    /// Every printed form of the own host: `h`, `www.h`, `https://h`, `https://h/`, `<https://h>`; and the own URL.
    fn own_addresses(&self, text: &str) -> Vec<Slot> {
        if self.host.is_none() && self.url.is_none() {
            return Vec::new();
        }
        // ASCII alone changes case, so that offsets stay.
        let lower = text.to_ascii_lowercase();
        let hosts = self.host.iter().flat_map(|host| host.places(&lower));
        let hosts = hosts.filter_map(|(start, end)| whole_host(&lower, start, end));
        let urls = self.url.iter().flat_map(|url| url.places(&lower));
        let urls = urls.filter(|&(_, end)| is_address_end(&lower[end..]));
        hosts.chain(urls).map(|(start, end)| bracketed(text, start, end, SlotKind::Platform)).collect()
    }

    /// False where none of what is printed for the own platform stands in a text.
    fn may_name_platform(&self, text: &str) -> bool {
        let has_address = self.host.is_some() || self.url.is_some();
        has_address && may_hold_address(text.as_bytes())
            || self.name.as_ref().is_some_and(|name| name.places(text).next().is_some())
    }

    fn push_own_words(&self, text: &str, slots: &mut Vec<Slot>) {
        for (needle, kind) in [(&self.name, SlotKind::Platform), (&self.date, SlotKind::Date)] {
            let places = needle.iter().flat_map(|needle| needle.places(text));
            let found = places.map(|(start, end)| Slot { start, end, kind });
            slots.extend(found.filter(|slot| stands_alone(text, slot)));
        }
    }
}

/// The slots that a text has in any document.
#[derive(Debug, Clone, Copy)]
struct AnySlots<'t> {
    /// False where no address of the own platform can stand in it.
    may_hold_address: bool,
    /// Addresses of mail and of sites, the own among them.
    addresses: &'t [Slot],
    /// Dates.
    dates: &'t [Slot],
}

impl<'t> AnySlots<'t> {
    /// Those of a text.
    fn of(text: &'t Text) -> Self {
        let kept = text.answers::<Printed>();
        Self {
            may_hold_address: *answer(&kept.may_hold_address, || may_hold_address(text.as_bytes())),
            addresses: answer_list(&kept.addresses, || addresses(text)),
            dates: answer_list(&kept.dates, || dates(text)),
        }
    }
}

/// Lower case and without `www.`: two sites that differ in nothing else are one.
pub fn bare_host(host: &str) -> String {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
}

/// Tells the blocks that say little more than the document's own date.
pub(super) struct DateLines(Option<Needle>);

impl DateLines {
    pub(super) fn of(document: &PolicyDocument) -> Self {
        let date = document.date.as_ref().map(|date| date.raw.trim());
        Self(date.filter(|date| !date.is_empty()).map(Needle::new))
    }

    pub(super) fn hold(&self, block: &TextBlock) -> bool {
        const MAX_OTHER_WORDS: usize = 8;
        let (Some(date), Some(text)) = (&self.0, &block.text) else { return false };
        date.places(text).next().is_some_and(|(start, end)| {
            let others = [&text[..start], &text[end..]].concat();
            others.split_whitespace().nth(MAX_OTHER_WORDS).is_none()
        })
    }
}

/// The text without what formats add to it: heading marks, bullets, emphasis, escapes.
pub fn without_markup(text: &str) -> Cow<'_, str> {
    if lines(text).all(|line| without_lead(line).len() == line.len()) && !has_marks(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (index, line) in lines(text).enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(without_lead(line));
    }
    if has_marks(&out) {
        out = out.replace("**", "").replace("\\_", "_");
    }
    Cow::Owned(out)
}

/// True where emphasis or an escape may stand.
fn has_marks(text: &str) -> bool {
    memchr::memchr2_iter(b'*', b'\\', text.as_bytes())
        .any(|at| matches!(text.as_bytes().get(at..at + 2), Some(b"**" | b"\\_")))
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

/// The addresses of a text, of mail and of sites.
pub(super) fn addresses(text: &str) -> Vec<Slot> {
    let mails = emails(text).into_iter().map(|mail| bracketed(text, mail.start, mail.end, SlotKind::Email));
    let urls = urls(text).into_iter().map(|url| url.start..url.start + trimmed_url(&text[url]).len());
    mails.chain(urls.map(|url| bracketed(text, url.start, url.end, SlotKind::Url))).collect()
}

/// True where a dot stands within a word, as in every host, or a colon before a slash, as in every URL.
pub(super) fn may_hold_address(text: &[u8]) -> bool {
    let within = |at: usize| match text[at] {
        b':' => text.get(at + 1) == Some(&b'/'),
        _ => text.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace()),
    };
    memchr::memchr2_iter(b':', b'.', text).any(within)
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

/// The dates of a text.
pub(super) fn dates(text: &str) -> Vec<Slot> {
    // Regulation (EU) 2016/679 is a number and no year.
    let is_number =
        |rest: &str| rest.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let dates = calendar_dates(text).into_iter().filter(|date| !is_number(&text[date.end..]));
    dates.map(|date| Slot { start: date.start, end: date.end, kind: SlotKind::Date }).collect()
}
