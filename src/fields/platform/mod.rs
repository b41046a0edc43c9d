//! The site or service that a document speaks for: its host and name, from the document's own words alone.

mod heard;
mod introduced;
mod spelled;
mod widened;
mod witnessed;

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::kind;
use crate::block::{Block, Content, Table};
use crate::document::{CookieRow, Evidence, Platform};
use crate::lexicon::{Field, lexicon};
use crate::table::key_of;
use crate::text::{Asked, COLONS, Span, Text};
use crate::value::host;
use heard::{PrintedHost, capitalised, is_own_name, speaks_of_cookies};

/// What a platform map says of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// Host of the platform.
    pub host: Option<String>,
    /// Name of the platform.
    pub name: Option<String>,
    /// Date of the document, ISO 8601.
    pub date: Option<String>,
}

/// A host that the text calls a site or puts into a heading must have this much evidence to be the platform's.
const LEAST_SCORE_OWN: f32 = 1.2;

/// A host that it only mentions, where it prints no other.
const LEAST_SCORE_ALONE: f32 = 1.5;

/// A host that is no more than a value of something, in a list or behind a label, stands beside no other.
const LEAST_SCORE_BESIDE: f32 = 0.25;

/// The same among others.
const LEAST_SCORE: f32 = 2.0;

/// An entry of a list of the platform's own sites.
const LISTED: f32 = 1.5;

/// Subjects of sentences that are looked for in the whole text.
const MOST_SUBJECTS: usize = 40;

/// What heads a document.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Titles<'a> {
    /// Its own title.
    pub document: Option<&'a str>,
    /// That of the page, which the format carries beside the text.
    pub page: Option<&'a str>,
}

impl<'a> Titles<'a> {
    fn each(self) -> impl Iterator<Item = &'a str> {
        self.document.into_iter().chain(self.page)
    }
}

/// The platform, where the text or a map says which it is. The address of a link is text only where the format prints it.
pub(super) fn find(
    blocks: &[Block],
    titles: Titles,
    printed_links: bool,
    rows: &[CookieRow],
    given: Option<&Given>,
) -> Option<Platform> {
    let known = evidence(blocks, titles.document, printed_links);
    let host = best_host(&known);
    let named = host.as_ref().map(|found| found.host.as_str()).or_else(|| likely_domain(&known));
    let domain_label = named.and_then(host::label);
    let by_label = domain_label.as_deref().and_then(|label| spelled::by_label(blocks, titles, rows, label));
    let host_name = host.as_ref().map(|found| found.host.as_str());
    let by_host = || near_host(blocks, host_name?);
    let name = by_label
        .or_else(|| witnessed::provider(blocks, host_name, rows))
        .or_else(|| witnessed::provider_of_host(host_name?, rows))
        .or_else(by_host)
        .or_else(|| introduced::above_host(blocks, host_name))
        .or_else(|| titled(blocks))
        .or_else(|| introduced::titled(blocks, titles))
        .or_else(|| subject(blocks, host_name))
        .or_else(|| copyright(blocks))
        .or_else(|| witnessed::standing_alone(blocks, host_name))
        .or_else(|| witnessed::heading_the_page(blocks, host_name))
        .or_else(|| introduced::quoted(blocks, host_name))
        .or_else(|| introduced::defined(blocks, host_name))
        .or_else(|| spelled::by_mail(blocks, titles, rows, domain_label.as_deref()))
        .or_else(|| introduced::beside_site(blocks, host_name))
        .or_else(|| introduced::subject(blocks, host_name))
        .or_else(|| opening_subject(blocks))
        .or_else(|| company(blocks))
        .or_else(|| witnessed::registered(blocks))
        .or_else(|| introduced::page_named(blocks, titles.page?))
        .or_else(|| spelled::in_capitals(blocks, named?))
        .map(|name| FoundName { text: widened::widened(blocks, name.text), span: name.span });
    let mut platform = match (host, name.clone()) {
        (Some(found), _) => Platform {
            domain: host::registrable(&found.host),
            host: Some(found.host),
            url: found.url,
            name: name.map(|name| name.text),
            raw: Some(found.raw),
            evidence: Evidence::from(found.span),
        },
        (None, Some(name)) => Platform {
            host: None,
            domain: None,
            url: None,
            raw: Some(name.text.clone()),
            name: Some(name.text),
            evidence: Evidence::from(name.span),
        },
        (None, None) if given.is_some_and(|given| given.host.is_some() || given.name.is_some()) => {
            Platform { host: None, domain: None, url: None, name: None, raw: None, evidence: Evidence::default() }
        }
        (None, None) => return None,
    };
    if let Some(given) = given {
        apply(given, &mut platform);
    }
    Some(platform)
}

fn apply(given: &Given, platform: &mut Platform) {
    if let Some(host) = &given.host {
        platform.host = Some(host.clone());
        platform.domain = host::registrable(host);
        platform.url = None;
        platform.evidence = Evidence { given: true, ..Evidence::default() };
    }
    if let Some(name) = &given.name {
        platform.name = Some(name.clone());
        platform.evidence.given = true;
    }
}

/// Texts at the front in which the platform is looked for.
const FRONT: usize = 40;

/// The first texts, in which a document says what it is about.
const OPENING: usize = 6;

struct FoundPlatform {
    host: String,
    url: Option<String>,
    raw: String,
    span: Span,
}

/// Evidence for one registrable domain.
#[derive(Default)]
struct Evidenced {
    score: f32,
    /// True where the text says somewhere that it is a site: "our website example.com".
    own: bool,
    /// True where the text prints an e-mail address of it.
    has_mail: bool,
    hosts: BTreeMap<String, u32>,
    /// The place that speaks most for it.
    best: Option<Sighting>,
}

/// A host in a text.
#[derive(Clone)]
struct Sighting {
    weight: f32,
    own: bool,
    /// True in the first texts.
    opening: bool,
    url: Option<String>,
    raw: String,
    span: Span,
}

/// The domains that the text prints, and what speaks for each. Hosts in tables are cookies' hosts and do not count.
fn evidence(blocks: &[Block], title: Option<&str>, printed_links: bool) -> BTreeMap<String, Evidenced> {
    let mut known: BTreeMap<String, Evidenced> = BTreeMap::new();
    let mut introduced = false;
    let prose = || blocks.iter().filter(|block| !block.is_furniture()).filter_map(|block| Some((block, block.rich()?)));
    let prose = || prose().filter(|(_, rich)| !heard::is_record(&rich.text));
    let titled = kind::title_block(blocks, title);
    let begins = titled.and_then(|titled| prose().position(|(block, _)| std::ptr::eq(block, titled))).unwrap_or(0);
    for (order, (block, rich)) in prose().enumerate() {
        let opening = order < OPENING || (begins..begins + OPENING).contains(&order);
        let listed = introduced && host::likeness(&rich.text) >= 1.0;
        introduced = listed || heard::introduces_own_hosts(&rich.text);
        for found in heard::hosts(&rich.text.known()) {
            let raw: String = rich.text[found.place.clone()].split_whitespace().collect();
            let url = found.explicit.then(|| raw.clone());
            // A heading that is nothing but a host, deep in the text, heads what is said of that host.
            let heading = matches!(block.content, Content::Heading { .. }) && (opening || !found.is_value);
            let own = heading || found.named_a_site || opening && found.behind_cookies || listed;
            let early = if opening { 1.0 } else { 0.0 };
            let weight = weight(heading, found, early).max(if listed { LISTED } else { 0.0 });
            see(&mut known, &found.host, Sighting { weight, own, opening, url, raw, span: block.span });
        }
        for link in rich.links().filter(|_| printed_links) {
            if let Some(host) = host::whole(link).filter(|_| link.contains("://")) {
                let weight = if order < 12 { 0.7 } else { 0.4 };
                let (url, raw) = (Some(link.to_owned()), link.to_owned());
                see(&mut known, &host, Sighting { weight, own: false, opening, url, raw, span: block.span });
            }
        }
    }
    for (span, text, found) in labelled_hosts(blocks) {
        let raw = text.trim().to_owned();
        let sighting = Sighting { weight: LISTED, own: true, opening: true, url: None, raw, span };
        see(&mut known, &found, sighting);
    }
    for (_, rich) in prose() {
        for domain in heard::mail_domains(&rich.text.known()) {
            if let Some(entry) = known.get_mut(domain) {
                entry.score += 1.5;
                entry.has_mail = true;
            }
        }
    }
    // Of several sites of one company the one that the title names comes first.
    for (domain, found) in known.iter_mut().filter(|(_, found)| found.own) {
        let label = host::label(domain).map(|label| spelled::letters_of(&label));
        let titled = label.filter(|label| label.len() >= 3).and_then(|label| spelled::spelled(&title?.into(), &label));
        found.score += if titled.is_some() { 0.3 } else { 0.0 };
    }
    known
}

/// "Domain | www.acme.example", in a table of labels and values at the front that says nothing of one cookie: what a report or an export is
/// about.
fn labelled_hosts(blocks: &[Block]) -> impl Iterator<Item = (Span, &Text, String)> {
    let pairs = |table: &Table| table.rows.iter().all(|row| row.cells.len() == 2);
    let of_cookies = |field: Option<Field>| matches!(field, Some(Field::Name | Field::Duration | Field::Purpose));
    let of_document =
        move |table: &&Table| pairs(table) && !table.rows.iter().any(|row| of_cookies(key_of(&row.cells[0].text.text)));
    let labels_site = |label: &Text| {
        key_of(label) == Some(Field::Domain) || !lexicon().sites.whole(label.trim_end_matches(COLONS)).is_empty()
    };
    let tables = blocks.iter().take(OPENING).filter_map(Block::as_table).filter(of_document);
    tables.flat_map(|table| &table.rows).filter_map(move |row| {
        let (label, value) = (&row.cells[0].text.text, &row.cells[1].text.text);
        let host = host::whole(value.trim()).filter(|_| labels_site(label))?;
        Some((row.span, value, host))
    })
}

/// The host that the text speaks of as its own: printed early, in a heading, next to words such as "website", again and again,
/// linked from its own pages, or behind the @ of its addresses.
fn best_host(known: &BTreeMap<String, Evidenced>) -> Option<FoundPlatform> {
    let alone = known.values().filter(|found| found.score >= LEAST_SCORE_BESIDE).count() == 1;
    let convincing = known.iter().filter(|(domain, found)| found.convinces(domain, alone));
    let (domain, found) = convincing.max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.0.cmp(a.0)))?;
    let host = found.main_host(domain);
    let best = found.best.clone()?;
    Some(FoundPlatform { host, url: best.url, raw: best.raw, span: best.span })
}

/// The domain that the text prints again and again, alone, or with an e-mail address: it does not say whose it is, but its words may
/// spell a name.
fn likely_domain(known: &BTreeMap<String, Evidenced>) -> Option<&str> {
    const AGAIN_AND_AGAIN: u32 = 3;
    let seen = |found: &Evidenced| found.hosts.values().sum::<u32>();
    let (domain, found) = known.iter().max_by_key(|(_, found)| seen(found))?;
    let mailed = || known.iter().find(|(_, found)| found.has_mail).map(|(domain, _)| domain.as_str());
    if known.len() == 1 || seen(found) >= AGAIN_AND_AGAIN { Some(domain.as_str()) } else { mailed() }
}

/// A service's domain counts only where the document opens by calling it a site: then it is the service's own.
fn see(known: &mut BTreeMap<String, Evidenced>, host: &str, sighting: Sighting) {
    let Some(domain) = host::registrable(host) else { return };
    let opens_with_it = sighting.own && sighting.opening;
    if lexicon().services.is_domain(&domain) && !opens_with_it && !known.contains_key(&domain) {
        return;
    }
    let entry = known.entry(domain).or_default();
    entry.score += sighting.weight;
    entry.own |= sighting.own;
    *entry.hosts.entry(host.to_owned()).or_default() += 1;
    if entry.best.as_ref().is_none_or(|best| sighting.weight > best.weight) {
        entry.best = Some(sighting);
    }
}

impl Evidenced {
    /// True for enough evidence; a part of a site that is only mentioned (its help centre) does not name the site.
    fn convinces(&self, domain: &str, alone: bool) -> bool {
        let least = match (self.own, alone) {
            (true, _) => LEAST_SCORE_OWN,
            (false, true) => LEAST_SCORE_ALONE,
            (false, false) => LEAST_SCORE,
        };
        let itself = self.hosts.keys().any(|host| host.trim_start_matches("www.") == domain);
        self.score >= least && (self.own || itself)
    }

    /// The site itself where it is seen, with or without `www.`; else the host seen most.
    fn main_host(&self, domain: &str) -> String {
        let www = format!("www.{domain}");
        let seen = |host: &str| self.hosts.get(host).copied().unwrap_or(0);
        if seen(&www) >= seen(domain) && seen(&www) > 0 {
            www
        } else if seen(domain) > 0 {
            domain.to_owned()
        } else {
            let most = self.hosts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            most.map_or_else(|| domain.to_owned(), |(host, _)| host.clone())
        }
    }
}

fn weight(heading: bool, found: &PrintedHost, early: f32) -> f32 {
    if !heading && !found.named_a_site && found.is_value {
        return 0.1;
    }
    let own_words = if found.named_a_site { 1.2 } else { 0.0 };
    let path = if found.deep { -0.4 } else { 0.3 };
    let headed = if heading { 2.0 } else { 0.0 };
    f32::max(0.3 + headed + early + own_words + path, 0.1)
}

#[derive(Debug, Clone)]
struct FoundName {
    text: String,
    span: Span,
}

/// Two or more capitalised words that open a sentence which prints the platform's host: "Stadtbücherei Au setzt auf au.example …".
fn near_host(blocks: &[Block], host: &str) -> Option<FoundName> {
    let place = |text: &Text| {
        let known = text.known();
        heard::hosts(&known).iter().find(|found| found.host == host).map(|found| found.place.start)
    };
    blocks.iter().filter(|block| !block.is_furniture()).take(40).find_map(|block| {
        let text = &block.rich()?.text;
        let at = place(text)?;
        let starts = text[..at].rfind(". ").map_or(0, |end| end + 2);
        let sentence = text[starts..].split(". ").next()?;
        let name = opening_name(sentence.trim_start())?;
        let own = lexicon().documents.all(name).is_empty() && !speaks_of_cookies(name);
        let long = name.split(' ').count() > 2 && lexicon().sites.all(name).is_empty();
        if !own || !long && !is_used_as_name(blocks, name) {
            return None;
        }
        Some(FoundName { text: name.to_owned(), span: block.span })
    })
}

/// Two to five capitalised words at the front, less a short one before them: "Die Stadtbücherei Au".
fn opening_name(sentence: &str) -> Option<&str> {
    let named = |from: usize| {
        let (words, end) = capitalised(&sentence[from..], 5);
        let goes_on = sentence[from + end..].starts_with(|c: char| c.is_lowercase() || c == '&');
        (words >= 2 && goes_on).then(|| sentence[from..from + end].trim())
    };
    let short = sentence.split_inclusive(char::is_whitespace).next().filter(|word| word.chars().count() <= 4);
    let short =
        short.filter(|word| word.starts_with(char::is_uppercase) && word.trim_end().chars().all(char::is_alphabetic));
    short.and_then(|word| named(word.len())).or_else(|| named(0))
}

/// A name stands inside sentences or alone in a cell too; "This Policy" only opens sentences.
fn is_used_as_name(blocks: &[Block], name: &str) -> bool {
    let finder = memmem::Finder::new(name);
    let inside = |text: &str| {
        let mut places = finder.find_iter(text.as_bytes());
        places.any(|at| text[..at].trim_end().ends_with(|c: char| c.is_lowercase() || c == ','))
    };
    blocks.iter().any(|block| match &block.content {
        Content::Table(table) => table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.text.text.trim() == name),
        _ => block.rich().is_some_and(|rich| inside(&rich.text)),
    })
}

/// "© 2020–2024 Acme": who claims the rights in the page, where the text speaks of him too.
fn copyright(blocks: &[Block]) -> Option<FoundName> {
    static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?u)(?:©|\(c\)(?:\s*\d{4})|[Cc]opyright)[\s©]*(?:\d{4}(?:\s*[-–—]\s*\d{4})?[\s,]*)?(?:(?:by|von|par|de)\s)?([\p{Lu}\p{Lo}\d][^|•·\n,;:©–—]{1,60})")
            .expect("a constant pattern")
    });
    let claims = blocks
        .iter()
        .filter(|block| block.rich().is_some_and(|rich| heard::claims_rights(&rich.text)))
        .filter_map(|block| Some((block, CLAIM.captures(&block.rich()?.text)?.get(1)?.as_str().to_owned())));
    claims
        .filter_map(|(block, claim)| {
            let words: Vec<&str> =
                claim.split_whitespace().take_while(|word| !is_year(word) && !word.ends_with('.')).collect();
            let lengths = (1..=words.len().min(6)).rev();
            let name = lengths
                .map(|length| words[..length].join(" "))
                .find(|name| is_own_name(name) && uses(blocks, name) >= 2)?;
            Some(FoundName { text: name, span: block.span })
        })
        .next()
}

fn is_year(word: &str) -> bool {
    let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
    digits.len() == 4 && word.starts_with(['1', '2', '('])
}

/// A title says whose policy it is before it says what it is: "Acme Cookie Policy".
const LONGEST_TITLED: usize = 4;

/// Whose name stands in a heading right before the words for a policy, where the text speaks of him too.
fn titled(blocks: &[Block]) -> Option<FoundName> {
    let headings = blocks.iter().filter(|block| matches!(block.content, Content::Heading { .. })).take(OPENING);
    headings.into_iter().find_map(|block| {
        let text = &block.rich()?.text;
        let start = lexicon().documents.all(text).first()?.start;
        let words: Vec<&str> = text.split_whitespace().take(start).collect();
        let plain = words.iter().all(|word| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '&' | '-')));
        let name = words.join(" ");
        let own = (1..=LONGEST_TITLED).contains(&start) && plain && name.contains(char::is_uppercase);
        let own = own && is_own_name(&name) && uses(blocks, &name) >= 3 && !is_word(blocks, &name);
        own.then_some(FoundName { text: name, span: block.span })
    })
}

/// How many texts say it.
fn uses(blocks: &[Block], name: &str) -> usize {
    let name = memmem::Finder::new(name);
    blocks.iter().filter_map(Block::rich).filter(|rich| name.find(rich.text.as_bytes()).is_some()).count()
}

/// Who opens a sentence about cookies and is named inside others: the subject, in whatever language.
fn opening_subject(blocks: &[Block]) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| matches!(block.content, Content::Paragraph(_))).take(40);
    let texts = prose.filter_map(|block| Some((block, &block.rich()?.text)));
    let named = texts.flat_map(|(block, text)| heard::subjects(text).map(move |name| (block, name)));
    // Each subject is looked for in the whole text: once, and no more of them than a policy has.
    let mut tried = HashSet::new();
    let subjects = named.filter(|(_, name)| tried.insert(*name));
    subjects.take(MOST_SUBJECTS).find_map(|(block, name)| {
        let least = if name.contains(' ') { 2 } else { 3 };
        let own = uses(blocks, name) >= least && is_used_as_name(blocks, name) && !is_word(blocks, name);
        own.then(|| FoundName { text: name.to_owned(), span: block.span })
    })
}

/// True where the first word is printed in small letters too, or is too short to tell: then it is a word of the language. A word without
/// capitals says nothing.
fn is_word(blocks: &[Block], name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or("");
    let small = first.to_lowercase();
    let is_one = small.chars().all(char::is_alphanumeric);
    let finder = memmem::Finder::new(&small);
    let printed = |rich: &crate::block::Rich| {
        let mut places = finder.find_iter(rich.text.as_bytes()).map(|at| rich.text.split_at(at));
        places.any(|(before, from)| stands_as_word(before, &from[small.len()..]))
    };
    first.chars().count() < 3 || small != first && is_one && blocks.iter().filter_map(Block::rich).any(printed)
}

/// True between the text before a word and the text behind it, where it is no part of another word or of an address.
fn stands_as_word(before: &str, behind: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '@' | '/' | '_' | '-');
    let in_address =
        |mut side: std::str::Chars| side.next() == Some('.') && side.next().is_some_and(char::is_alphanumeric);
    let address = before.ends_with('.') && !before.ends_with("..") || in_address(behind.chars());
    !address && !before.ends_with(joins) && !behind.starts_with(joins)
}

/// The first company that the text names by its legal form and that is no service.
fn company(blocks: &[Block]) -> Option<FoundName> {
    let mut prose = blocks.iter().filter(|block| !block.is_furniture() && block.as_table().is_none()).take(10);
    prose.find_map(|block| {
        let name = heard::company(&block.rich()?.text)?;
        Some(FoundName { text: name, span: block.span })
    })
}

/// "Acme uses cookies", "Acme Ltd and its affiliates use": whom the text speaks of again, or beside its own host, or by a name of several
/// words.
fn subject(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    blocks.iter().filter(|block| !block.is_furniture()).take(FRONT).find_map(|block| {
        let text = &block.rich()?.text;
        let name = heard::user_of_cookies(text)?;
        let told = || host.is_some_and(|host| heard::prints(text, host)) || uses(blocks, name) >= 2;
        let own = is_used_as_name(blocks, name) || told();
        let named = if capital_words(name) > 1 { own || !is_word(blocks, name) } else { own && !is_word(blocks, name) };
        named.then(|| FoundName { text: name.to_owned(), span: block.span })
    })
}

/// How many words of a name begin with a capital, or in a script that has none.
fn capital_words(name: &str) -> usize {
    name.split_whitespace().filter(|word| word.starts_with(heard::opens)).count()
}
