//! What a text says as a lead, wherever it stands: its words less number and marks, its category, whose it is.

use std::sync::Arc;

use super::group::{is_bare_category, is_of_others, labels_cookies, labels_lifetimes, names_group, opening_term};
use super::number::without_number;
use super::owner::{names_service, owner, service_of_party, without_policy};
use crate::block::{MarkKind, Rich};
use crate::document::Category;
use crate::fields::cookie::heard::{Heard, Owner, Said};
use crate::lexicon::{NameWord, lexicon};
use crate::text::{Asked, COLONS, QUESTION_MARKS, SENTENCE_ENDS, Text, answer, collapse, opens_words, word_count};
use crate::value::{category, duration};

/// A lead-in has at most this many words; a longer text explains and does not head.
pub(super) const MOST_WORDS: usize = 14;

/// None for a text that labels what follows.
pub(super) fn said(text: &str) -> Option<Said> {
    let raw = without_number(&collapse(text));
    let short = raw.split_whitespace().count() <= MOST_WORDS;
    if short && (labels_cookies(&raw) || labels_lifetimes(&raw)) {
        return None;
    }
    let owner = owner(&raw).filter(|_| short);
    let grouping = lexicon().services.without_names(&raw);
    let grouped = short && owner.is_none() && names_group(&grouping);
    let category = category::classify(&grouping)
        .filter(|found| grouped && !(*found == Category::Other && is_of_others(&grouping)));
    let raw = match owner {
        Some(Owner::Service) => service_of_party(&raw).map_or_else(|| without_policy(&raw), str::to_owned),
        _ => raw,
    };
    Some(Said { raw, category, owner })
}

/// The lifetime that a heading states, and hardly anything else: "Kept for 30 days", "Deleted when you close the browser".
pub(super) fn lifetime_of(heading: &str) -> Option<Arc<str>> {
    const MOST_WORDS: usize = 8;
    let short = heading.split_whitespace().nth(MOST_WORDS).is_none();
    match short.then(|| duration::stated(heading))?.as_slice() {
        [place] if category::classify(heading).is_none() => Some(heading[place.clone()].into()),
        _ => None,
    }
}

/// True for a text without marks that leads into nothing.
pub(super) fn is_silent(text: &Rich) -> bool {
    let printed = &text.text;
    let leads =
        owner(printed).is_some() || ends_as_lead(text) || is_bare_category(printed) || opening_term(printed).is_some();
    !leads && !is_emphasised(text)
}

/// True for a text that ends as sentences do, or is too long to head anything.
pub(super) fn is_sentence(text: &Text) -> bool {
    let sentence = || text.trim_end().ends_with(SENTENCE_ENDS) || text.word_count() > MOST_WORDS;
    *answer(&text.known().answers::<Heard>().sentence, sentence)
}

pub(super) fn ends_as_lead(text: &Rich) -> bool {
    text.text.trim_end().ends_with(COLONS)
}

pub(super) fn is_emphasised(text: &Rich) -> bool {
    let marked: usize = text.marked(is_emphasis).map(str::len).sum();
    marked * 10 >= text.text.trim().len() * 9 && !text.is_blank()
}

fn is_emphasis(kind: &MarkKind) -> bool {
    matches!(kind, MarkKind::Strong | MarkKind::Emphasis)
}

/// "Cookies of **Acme**:", "**Acme** sets these cookies:": the name of a service that a lead-in sets off.
pub(super) fn emphasised_owner(text: &Rich) -> Option<String> {
    let words = text.text.word_count();
    let cookies = lexicon().names.says(&text.text, NameWord::Cookie);
    let mut marked = text.marked(is_emphasis);
    let name = marked.next().map(collapse).filter(|_| marked.next().is_none())?;
    let lead = ends_as_lead(text) && words <= 8 && cookies && name.split_whitespace().count() < words;
    (lead && names_service(&name)).then_some(name)
}

/// The emphasised words that a paragraph opens with.
pub(super) fn emphasised_opening(text: &Rich) -> Option<String> {
    let mark = text.marks.iter().find(|mark| is_emphasis(&mark.kind))?;
    (text.text[..mark.start].trim().is_empty()).then(|| text.text[mark.start..mark.end].to_owned())
}

/// The short question that a text begins with.
pub(super) fn opening_question(text: &str) -> Option<&str> {
    let at = text.find(QUESTION_MARKS)?;
    let question = text[..at].trim();
    let short = word_count(question) <= MOST_WORDS && !question.contains(['.', '!', '。']);
    (short && question.starts_with(opens_words)).then_some(question)
}
