//! What a bracket behind a name says: whose the cookie is, or all of it: `_a (Acme; counts visits; 2 years)`, `_b (Acme): counts`.

use crate::block::Rich;
use crate::lexicon::{Field, lexicon};
use crate::table::key_of;
use crate::value::{category, duration, host, term};

/// The name of a company has at most this many words.
const MOST_WORDS: usize = 5;

/// A bracket has at most so many bytes.
const LONGEST: usize = 1_000;

/// What a bracket says of one field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    pub field: Field,
    pub text: Rich,
}

/// What the bracket that a text opens with says, and the text that is left for purpose and lifetime.
#[derive(Debug)]
pub(super) struct Bracketed {
    pub said: Vec<Said>,
    pub rest: Rich,
}

/// Reads the bracket that stands right behind a name, where it is one that says whose the cookie is.
pub(super) fn bracketed(rest: Rich) -> Bracketed {
    let read = parted(&rest).or_else(|| owner_before_text(&rest));
    read.unwrap_or(Bracketed { said: Vec::new(), rest })
}

/// The bytes inside the bracket that a text opens with, with the brackets that stand in it.
fn inside(text: &str) -> Option<(usize, usize)> {
    let open = text.len() - text.trim_start().len();
    let inner = text[open..].strip_prefix('(')?;
    let mut depth = 1;
    let close = inner.bytes().take(LONGEST).position(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth == 0
    })?;
    Some((open + 1, open + 1 + close))
}

/// "(Acme; counts visits; 2 years)" and nothing behind it: the parts, each by what it looks like.
fn parted(rest: &Rich) -> Option<Bracketed> {
    let (start, end) = inside(&rest.text)?;
    let alone = rest.text[end + 1..].trim().trim_end_matches(['.', ';', ',']).is_empty();
    let parts: Vec<&str> = rest.text[start..end].split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    let lifetime = parts.iter().rposition(|part| duration::likeness(duration::without_lead(part)) >= 0.6)?;
    if !alone || parts.len() < 2 {
        return None;
    }
    let mut said = vec![Said { field: Field::Duration, text: Rich::plain(duration::without_lead(parts[lifetime])) }];
    let mut others: Vec<&str> = parts.iter().enumerate().filter(|(at, _)| *at != lifetime).map(|(_, p)| *p).collect();
    if let Some(field) = owner_field(others[0]).filter(|field| others.len() > 1 || *field != Field::Provider) {
        said.push(Said { field, text: Rich::plain(others.remove(0)) });
    }
    if !others.is_empty() {
        said.push(Said { field: Field::Purpose, text: Rich::plain(others.join("; ")) });
    }
    Some(Bracketed { said, rest: Rich::default() })
}

/// "(Acme): counts visits": whose it is, and the text behind the colon or the dash.
fn owner_before_text(rest: &Rich) -> Option<Bracketed> {
    let (start, end) = inside(&rest.text)?;
    let behind = rest.text[end + 1..].trim_start();
    let text = behind.strip_prefix([':', '–', '—', '-']).filter(|text| !text.trim().is_empty())?;
    let inside = rest.slice(start, end);
    let said = labelled_owner(&inside).or_else(|| {
        let field = owner_field(inside.text.trim())?;
        Some(Said { field, text: inside })
    })?;
    Some(Bracketed { said: vec![said], rest: rest.slice(rest.text.len() - text.len(), rest.text.len()) })
}

/// "set by Acme": a label of whose a cookie is, and the name behind it.
fn labelled_owner(inside: &Rich) -> Option<Said> {
    const LONGEST_LABEL: usize = 3;
    let printed = inside.text.as_str();
    let ends = printed.match_indices(' ').map(|(at, _)| at).take(LONGEST_LABEL);
    let end = ends.filter(|at| key_of(printed[..*at].trim()) == Some(Field::Provider)).last()?;
    let text = inside.slice(end + 1, printed.len());
    let few = text.text.word_count() <= MOST_WORDS && text.text.starts_with(|c: char| c.is_uppercase());
    few.then_some(Said { field: Field::Provider, text })
}

/// The field of words in a bracket that say whose a cookie is, or how it is stored.
pub(super) fn owner_field(text: &str) -> Option<Field> {
    let services = &lexicon().services;
    let few = text.split_whitespace().count() <= MOST_WORDS;
    let proper = few && text.starts_with(char::is_uppercase) && category::likeness(text) < 0.7;
    match () {
        () if duration::likeness(text) >= 0.4 || lexicon().services.is_law(&text.to_lowercase()) => None,
        () if term::party(text).is_some() => Some(Field::Party),
        () if term::storage(text).is_some() => Some(Field::Storage),
        () if host::likeness(text) >= 1.0 => Some(Field::Domain),
        () if services.is_name(text) || services.is_company(text) || proper => Some(Field::Provider),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(text: &str, expected: &[(Field, &str)], rest: &str) {
        let read = bracketed(Rich::plain(text));
        let said: Vec<(Field, &str)> = read.said.iter().map(|said| (said.field, said.text.text.as_str())).collect();
        assert_eq!((said.as_slice(), read.rest.text.trim()), (expected, rest), "{text}");
    }

    #[test]
    fn a_bracket_says_whose_a_cookie_is() {
        says(
            " (Acme; counts visits; 2 years)",
            &[(Field::Duration, "2 years"), (Field::Provider, "Acme"), (Field::Purpose, "counts visits")],
            "",
        );
        says(" (Acme Labs): counts visits", &[(Field::Provider, "Acme Labs")], "counts visits");
        says(" (X (Zeta)): counts visits", &[(Field::Provider, "X (Zeta)")], "counts visits");
        says(" (set by Acme) – counts visits", &[(Field::Provider, "Acme")], "counts visits");
        says(" (first party): counts visits", &[(Field::Party, "first party")], "counts visits");
    }

    #[test]
    fn other_brackets_are_left() {
        for text in [" (2 years): counts visits", " (counts visits)", " (see below) for more", ": counts (Acme) visits"]
        {
            says(text, &[], text.trim());
        }
    }
}
