//! Finds e-mail addresses and URLs as texts print them.
//!
//! Regular expressions would say the same, and a test holds this to them; but building them takes as long as reading a document.

use std::ops::Range;

use memchr::{memchr_iter, memchr2_iter};

/// The e-mail addresses of a text: a name, `@`, and a host of two labels or more.
pub(super) fn emails(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr_iter(b'@', text.as_bytes()) {
        let free = found.last().map_or(0, |last| last.end);
        let before = text.get(free..at).unwrap_or_default();
        let start = at - before.len() + before.trim_end_matches(is_of_name).len();
        if let Some(host) = host_length(&text[at + 1..]).filter(|_| start < at) {
            found.push(start..at + 1 + host);
        }
    }
    found
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

/// Bytes of the host that a text begins with; no label but the first ends with a hyphen.
fn host_length(text: &str) -> Option<usize> {
    let is_of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let mut labels = text[..text.find(|c| !is_of_host(c)).unwrap_or(text.len())].split('.');
    let first = labels.next().filter(|first| !first.is_empty())?;
    let mut length = first.len();
    for label in labels {
        let bare = label.trim_end_matches('-');
        length += if bare.is_empty() { 0 } else { 1 + bare.len() };
        if bare.is_empty() || bare.len() < label.len() {
            break;
        }
    }
    (length > first.len()).then_some(length)
}

/// The URLs of a text, and hosts that begin with `www.`, each up to the next blank, quote or angle bracket.
pub(super) fn urls(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for mark in memchr2_iter(b':', b'.', text.as_bytes()) {
        let free = found.last().map_or(0, |last| last.end);
        let Some(opening) = opening(text, mark).filter(|opening| opening.start >= free) else { continue };
        let end = text[opening.end..].find(ends_url).map_or(text.len(), |length| opening.end + length);
        if end > opening.end {
            found.push(opening.start..end);
        }
    }
    found
}

/// The `http://`, `https://` or `www.` whose colon or dot this is.
fn opening(text: &str, mark: usize) -> Option<Range<usize>> {
    let (before, behind) = text.split_at(mark);
    let is_scheme = behind.starts_with("://");
    let end = mark + if is_scheme { 3 } else { 1 };
    let words: &[&str] = match behind.as_bytes()[0] {
        _ if is_scheme => &["https", "http"],
        b'.' => &["www"],
        _ => &[],
    };
    let starts = words.iter().filter_map(|word| {
        let start = mark.checked_sub(word.len())?;
        before.get(start..)?.eq_ignore_ascii_case(word).then_some(start)
    });
    let stands_alone = |start: &usize| !before[..*start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    starts.filter(stands_alone).map(|start| start..end).next()
}

fn ends_url(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '“' | '”' | '«' | '»' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    const PARTS: &[&str] = &[
        "http", "HTTPS", "https", "://", "://", ":", "www", "WWW", ".", ".", ".", "a", "b9", "-", "_", "@", "@", "%",
        "+", "/", "?q=", " ", "é", "«", "”", "'", ">", "<", "\n", ",", ")",
    ];

    #[test]
    fn addresses_are_those_of_the_rules() {
        let email = Regex::new(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]*[A-Za-z0-9])+").unwrap();
        let url = Regex::new(r#"(?i-u:\b(?:https?://|www\.))[^\s<>"'“”«»‘’]+"#).unwrap();
        let places = |rule: &Regex, text: &str| rule.find_iter(text).map(|found| found.range()).collect::<Vec<_>>();
        let mut random = fastrand::Rng::with_seed(5);
        let mut count = 0;
        for _ in 0..200_000 {
            let text: String = (0..random.usize(1..14)).map(|_| *random.choice(PARTS).unwrap()).collect();
            assert_eq!(emails(&text), places(&email, &text), "{text:?}");
            assert_eq!(urls(&text), places(&url, &text), "{text:?}");
            count += emails(&text).len().min(1) + urls(&text).len().min(1);
        }
        assert!(count > 5_000, "{count}");
    }

    #[test]
    fn addresses_end_where_their_text_does() {
        let text =
            "Ask <dpo@mail.example.org>, see https://example.org/a?b=(c) or \"WWW.example.org\", not xwww.example.org.";
        let printed = |places: Vec<Range<usize>>| places.into_iter().map(|place| &text[place]).collect::<Vec<_>>();
        assert_eq!(printed(emails(text)), ["dpo@mail.example.org"]);
        assert_eq!(printed(urls(text)), ["https://example.org/a?b=(c)", "WWW.example.org"]);
    }
}
