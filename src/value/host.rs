//! Hosts and addresses in text.

use super::Looks;
use crate::text::{Asked, answer, is_direction, is_invisible, is_letter_mark, is_set_apart};

/// A host or address printed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundHost<'a> {
    /// As printed, with scheme and path where it has them.
    pub raw: &'a str,
    /// Lower case, without scheme, user, port, path or trailing dot.
    pub host: String,
    /// Byte offset of `raw`.
    pub start: usize,
    /// True where a scheme or `www.` makes it an address beyond doubt.
    pub explicit: bool,
}

/// The host that a text is, if it is nothing but one: `www.example.com`, `.example.com`, `*.example.com`, `https://example.com/x`.
pub fn whole(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | ',' | ';') || is_invisible(c));
    if text.contains(char::is_whitespace) {
        return None;
    }
    host_of(text)
}

/// How much a cell looks like hosts and nothing else, 0 to 1: the share of its entries that are hosts.
pub fn likeness(text: &(impl Asked + ?Sized)) -> f32 {
    if !text.as_ref().contains('.') {
        return 0.0;
    }
    let text = text.known();
    *answer(&text.answers::<Looks>().host, || share_of_hosts(&text))
}

fn share_of_hosts(text: &str) -> f32 {
    let entries = entries(text);
    let hosts = entries.iter().filter(|entry| whole(entry).is_some()).count();
    if entries.is_empty() { 0.0 } else { hosts as f32 / entries.len() as f32 }
}

/// The entries of a host cell, as printed: split at commas, semicolons, line ends and between hosts that a blank parts.
pub fn entries(text: &str) -> Vec<String> {
    let pieces = text.split([',', ';', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    let split = |piece: &str| -> Vec<String> {
        let piece = without_glued_words(piece).unwrap_or(piece);
        let words: Vec<&str> = piece.split_whitespace().filter(|word| *word != "/").collect();
        if words.len() > 1 && words.iter().all(|word| whole(word).is_some()) {
            words.into_iter().map(str::to_owned).collect()
        } else {
            vec![crate::text::collapse(piece)]
        }
    };
    let mut entries: Vec<String> = pieces.flat_map(split).collect();
    if entries.first().is_some_and(|first| whole(first).is_some()) {
        entries.retain(|entry| !entry.contains(' '));
    }
    entries
}

/// `shop.example` of "shop.exampleOpens in a new tab": what is said to those who do not see the page is glued to the host.
fn without_glued_words(piece: &str) -> Option<&str> {
    const MOST_SEAMS: usize = 3;
    let (word, _) = piece.split_once(' ')?;
    let capitals = word.char_indices().filter(|(at, c)| c.is_uppercase() && word[..*at].ends_with(char::is_lowercase));
    let hosts = capitals.map(|(at, _)| &word[..at]).filter(|host| host.contains('.'));
    hosts.take(MOST_SEAMS).find(|host| whole(host).is_some())
}

/// Every host and address in a text, in order; e-mail addresses are none. A host that a line's end parts behind a hyphen is one.
pub fn find(text: &str) -> Vec<FoundHost<'_>> {
    let mut found = Vec::new();
    let mut next = 0;
    while let Some((start, token)) = dotted_token_from(text, next) {
        next = start + token.len();
        let wrapped = wrapped(text, start, token);
        if let Some(host) = wrapped.and_then(|joined| host_in(joined, start)) {
            next = host.start + host.raw.len();
            found.push(host);
        } else if let Some(host) = host_in(token, start) {
            found.push(host);
        }
    }
    found
}

/// The next token with a dot inside, without which there is no host, and its first byte.
fn dotted_token_from(text: &str, from: usize) -> Option<(usize, &str)> {
    let goes_on = |dot: &usize| text.as_bytes().get(dot + 1).is_some_and(|next| !next.is_ascii_whitespace());
    let dot = memchr::memchr_iter(b'.', &text.as_bytes()[from..]).map(|at| from + at).find(goes_on)?;
    let parted = text[from..dot].char_indices().rev().find(|(_, c)| parts_hosts(*c));
    token_from(text, parted.map_or(from, |(at, c)| from + at + c.len_utf8()))
}

fn parts_hosts(c: char) -> bool {
    let around = matches!(c, '<' | '>' | '(' | ')' | '"' | '“' | '”' | '«' | '»' | ',' | ';' | '[' | ']' | '|');
    around || c.is_whitespace() || c >= '\u{600}' && (is_set_apart(c) || is_direction(c) || matches!(c, '،' | '؛'))
}

/// The next token and its first byte.
fn token_from(text: &str, from: usize) -> Option<(usize, &str)> {
    let start = from + text[from..].find(|c: char| !parts_hosts(c))?;
    let end = text[start..].find(parts_hosts).map_or(text.len(), |length| start + length);
    Some((start, &text[start..end]))
}

/// The token with the one that opens the next line, where it ends as a cut address would: `www.opera-` before `example.org`.
fn wrapped<'a>(text: &'a str, start: usize, token: &str) -> Option<&'a str> {
    let end = start + token.len();
    let cut = token.ends_with('-') && token.contains('.') && text[end..].starts_with('\n');
    let (next, rest) = token_from(text, end).filter(|(next, _)| cut && *next == end + 1)?;
    Some(&text[start..next + rest.len()])
}

fn host_in(token: &str, start: usize) -> Option<FoundHost<'_>> {
    let raw = token
        .trim_end_matches(['.', ':', '!', '?', '\'', '’', '…', '*', '_'])
        .trim_start_matches(['\'', '‘', '*', '_']);
    if !raw.contains('.') || raw.contains('@') {
        return None;
    }
    let whole = host_of(&raw.replace('\n', "")).map(|host| (raw, host));
    let (raw, host) = whole.or_else(|| without_ending(raw))?;
    let explicit = raw.contains("://") || raw.to_ascii_lowercase().starts_with("www.");
    Some(FoundHost { raw, host, start: start + (raw.as_ptr() as usize - token.as_ptr() as usize), explicit })
}

/// The address and its host before the ending of case that some languages join to it: `example.az-da`, `example.com-এ`.
fn without_ending(raw: &str) -> Option<(&str, String)> {
    let (address, ending) = raw.rsplit_once('-')?;
    let is_ending = !ending.is_empty() && ending.chars().all(|c| c.is_alphabetic() || is_letter_mark(c));
    host_of(address).filter(|_| is_ending).map(|host| (address, host))
}

/// The registrable domain by the Public Suffix List.
pub fn registrable(host: &str) -> Option<String> {
    psl::domain_str(host.trim_start_matches('.')).map(str::to_owned)
}

/// The part of a registrable domain before its public suffix: `example` of `www.example.co.uk`.
pub fn label(host: &str) -> Option<String> {
    let domain = registrable(host)?;
    domain.split('.').next().map(str::to_owned)
}

fn host_of(text: &str) -> Option<String> {
    if !text.contains('.') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.split(':').next()?.trim_start_matches("*.").trim_matches('.');
    is_host(host).then(|| host.to_owned())
}

/// Labels of letters, digits and hyphens under a public suffix that the list knows.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    host.len() <= 253 && host.contains('.') && host.split('.').all(label) && has_known_suffix(host)
}

fn has_known_suffix(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or("");
    // File endings that are also public suffixes: in a policy they are files, but for those of countries with sites of their own
    // (`.md`, `.rs`).
    let file = matches!(last, "js" | "zip" | "py" | "sh") && !host.starts_with("www.");
    // RFC 2606 keeps these for examples and tests.
    let reserved = matches!(last, "example" | "test" | "invalid" | "localhost");
    !file
        && (reserved || psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known()))
        && psl::domain_str(host).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_glued_to_a_host_are_no_part_of_it() {
        assert_eq!(entries("map.example.comOpens in a new tab"), ["map.example.com"]);
        assert_eq!(entries("map.example.com\nOpens in a new tab"), ["map.example.com"]);
        assert_eq!(entries("www.Example.com"), ["www.Example.com"]);
        assert_eq!(entries("Our shop, a.example"), ["Our shop", "a.example"]);
    }

    #[test]
    fn hosts_are_told_from_words() {
        assert_eq!(whole("https://www.Example.com/a?b"), Some("www.example.com".to_owned()));
        assert_eq!(whole(".example.com"), Some("example.com".to_owned()));
        assert_eq!(whole("shop.beograd.rs"), Some("shop.beograd.rs".to_owned()));
        assert_eq!(whole("*.example.co.uk"), Some("example.co.uk".to_owned()));
        for none in ["e.g.", "Inc.", "doc.editor", "a b.com", "1.2.3", "com", "co.uk"] {
            assert_eq!(whole(none), None, "{none}");
        }
        for glued in [
            "当社（www.b.example.net）は",
            "サイトwww.b.example.netおよび",
            "www.b.example.net에서",
            "\u{200e}www.b.example.net\u{200f}",
            "www.b.example.net-এ কুকি",
            "www.b.example.net-də kukilər",
        ] {
            assert_eq!(find(glued).first().map(|found| found.host.as_str()), Some("www.b.example.net"), "{glued}");
        }
        let found = find("see <https://a.example.org/x>, www.b.example.net. Mail: c@d.example.com");
        assert_eq!(found.iter().map(|f| f.host.as_str()).collect::<Vec<_>>(), ["a.example.org", "www.b.example.net"]);
        let found = find("our site www.opera-\nnorth.example. See a-\nb.example");
        assert_eq!(found.iter().map(|f| f.host.as_str()).collect::<Vec<_>>(), ["www.opera-north.example", "b.example"]);
    }
}
