//! What the words of one line make it among keys and values: a label and its value, a label alone, or a text.

use super::bare_labels::BareLabels;
use super::labels::Labels;
use crate::block::Rich;
use crate::fields::cookie::heard::{Heard, TextKind};
use crate::lexicon::{Field, NameWord, lexicon};
use crate::table::key_of;
use crate::text::{Asked, COLONS, Text, answer, fits, is_blank, opening, opens_words, split_at_colon, word_count};
use crate::value::{category, name};

/// A label has at most this many characters.
const LONGEST_LABEL: usize = 60;

/// The brackets of a label.
pub const OPENING_BRACKET: char = '【';
const CLOSING_BRACKET: char = '】';

/// What a line is, with its parts.
pub enum LineKind {
    /// `Label: value`.
    Pair { key: Option<Field>, label: Rich, value: Rich },
    /// A label alone.
    Label { key: Field },
    /// Anything else.
    Text,
}

/// A label that the lexicon knows, and its value.
pub struct Labelled {
    pub key: Option<Field>,
    pub label: Rich,
    pub value: Rich,
}

/// What a line is in a document that teaches labels.
pub fn kind_among(text: &Rich, bare: &BareLabels, labels: &Labels) -> LineKind {
    match learned_kind(text, labels) {
        pair @ LineKind::Pair { .. } => pair,
        kind => bare_pair(text, bare).unwrap_or(kind),
    }
}

/// The label and the value that a line is made of.
pub fn pair_of(text: &Rich) -> Option<Labelled> {
    match line_kind(text) {
        LineKind::Pair { key: key @ Some(_), label, value } => Some(Labelled { key, label, value }),
        _ => None,
    }
}

/// True for a label and its value on one line.
pub fn is_pair(text: &Rich) -> bool {
    matches!(kind_of(&text.text), TextKind::Pair { key: Some(_), .. })
}

/// What a line that is a label alone labels.
pub fn label_alone(text: &Text) -> Option<Field> {
    match kind_of(text) {
        TextKind::Label { key } => Some(key),
        _ => None,
    }
}

/// True for a line that is neither a label nor a pair by itself.
pub fn is_text(text: &Rich) -> bool {
    matches!(kind_of(&text.text), TextKind::Text)
}

/// A label and a value that nothing parts.
fn bare_pair(text: &Rich, labels: &BareLabels) -> Option<LineKind> {
    let (key, end) = labels.at(&text.text)?;
    let value = without_quotes(text.slice(end, text.text.len()));
    Some(LineKind::Pair { key, label: text.slice(0, end), value })
}

/// [`line_kind`], where the document teaches labels that no lexicon knows.
fn learned_kind(text: &Rich, labels: &Labels) -> LineKind {
    match line_kind(text) {
        LineKind::Pair { key: None, label, value } => LineKind::Pair { key: labels.learned(&label.text), label, value },
        kind @ (LineKind::Label { key: Field::Extra } | LineKind::Text) => {
            let label = || labels.learned(&text.text).map(|key| LineKind::Label { key });
            label().or_else(|| learned_pair(text, labels)).unwrap_or(kind)
        }
        known => known,
    }
}

/// A label in small letters that the document has taught, and its value.
fn learned_pair(text: &Rich, labels: &Labels) -> Option<LineKind> {
    if labels.is_empty() {
        return None;
    }
    let (label, value) = split_at_colon(&text.text)?;
    let key = labels.learned(label).filter(|_| !is_blank(value));
    let value = text.slice(text.text.len() - value.len(), text.text.len());
    key.map(|key| LineKind::Pair { key: Some(key), label: text.slice(0, label.len()), value: without_quotes(value) })
}

fn line_kind(text: &Rich) -> LineKind {
    match kind_of(&text.text) {
        TextKind::Pair { key, label, value } => {
            let value = without_quotes(text.slice(value, text.text.len()));
            LineKind::Pair { key, label: text.slice(0, label), value }
        }
        TextKind::Label { key } => LineKind::Label { key },
        TextKind::Text => LineKind::Text,
    }
}

/// `name: "a_b"`, `"name": "a_b",`: quotes around all of a value are the notation's, and so is the comma behind them.
fn without_quotes(value: Rich) -> Rich {
    let text = value.text.trim();
    let text = text.strip_suffix(',').filter(|text| text.len() > 1 && text.ends_with('"')).unwrap_or(text);
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let quoted = inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('"'));
    let start = value.text.len() - value.text.trim_start().len();
    if quoted { value.slice(start + 1, start + text.len() - 1) } else { value }
}

fn kind_of(text: &Text) -> TextKind {
    *answer(&text.known().answers::<Heard>().kind, || kind_by_words(text))
}

fn kind_by_words(text: &Text) -> TextKind {
    let printed = text.trim();
    if let Some(pair) = bracketed_pair(text) {
        return pair;
    }
    let opening = opening(text, LONGEST_LABEL + LONGEST_SEPARATOR);
    // Each separator has one of these, or begins as a dash does.
    let may_part = opening.bytes().any(|byte| matches!(byte, b':' | b'-' | 0xd5 | 0xe2 | 0xef));
    let pair = |separator: &&str| pair_at(text, opening.find(*separator)?, separator);
    if let Some(pair) = SEPARATORS.iter().filter(|_| may_part).find_map(pair) {
        return pair;
    }
    let few = fits(printed, LONGEST_LABEL) && word_count(printed) <= 6;
    // `test_cookie` is a name, whatever its parts mean.
    let name = || printed.contains('_') && !printed.contains(char::is_whitespace);
    let label = printed.trim_end_matches(COLONS);
    let named = (few && !name() && !heads_a_group(label) && !is_button(label)).then(|| key_of(label.trim())).flatten();
    // "necessary:" heads what follows.
    let group = || heads_a_group(label) || category::likeness(label) >= 0.95 && key_of(label).is_none();
    let closed = || few && label.len() < printed.len() && !name() && is_label_like(label) && !group();
    let label = named.or_else(|| closed().then_some(Field::Extra));
    label.map_or(TextKind::Text, |key| TextKind::Label { key })
}

/// `【名称】a_b`: a label in the brackets that Chinese and Japanese texts set labels in, and its value.
fn bracketed_pair(text: &Text) -> Option<TextKind> {
    let close = text.starts_with(OPENING_BRACKET).then(|| opening(text, LONGEST_LABEL).find(CLOSING_BRACKET))??;
    let key = key_of(&text[OPENING_BRACKET.len_utf8()..close])?;
    let value = close + CLOSING_BRACKET.len_utf8();
    (!is_blank(&text[value..])).then_some(TextKind::Pair { key: Some(key), label: close, value })
}

/// "Essential cookies" and "Essential cookies:", alone on their line, label no value.
fn heads_a_group(text: &str) -> bool {
    let cookies = || lexicon().names.says(text, NameWord::Cookie) && lexicon().headers.whole(text).is_empty();
    category::classify(text).is_some() && category::named_share(text) >= 0.6 && cookies()
}

/// "View cookies": a button of a dialog, although a word of it may label names.
fn is_button(text: &str) -> bool {
    !lexicon().consent.whole(text).is_empty() && lexicon().headers.whole(text).is_empty()
}

/// What parts a label and its value.
const SEPARATORS: [&str; 8] = [": ", ":\u{a0}", "：", "՝ ", " – ", " - ", "- ", ":"];
const LONGEST_SEPARATOR: usize = " – ".len();

/// The pair that a separator at some place parts.
fn pair_at(text: &Text, at: usize, separator: &str) -> Option<TextKind> {
    let label = Some(&text[..at]).filter(|label| !label.is_empty() && fits(label, LONGEST_LABEL))?;
    let key = key_of(label);
    let labelled = key.is_some() || (separator.starts_with([':', '：', '՝', ' ']) && is_label_like(label));
    if !labelled {
        return None;
    }
    let value = at + separator.len();
    (!is_blank(&text[value..])).then_some(TextKind::Pair { key, label: at, value })
}

/// A few words that could be a label in words that the lexicon does not know.
fn is_label_like(text: &str) -> bool {
    text.starts_with(opens_words) && word_count(text) <= 4 && name::likeness(text) < name::CONVINCING
}
