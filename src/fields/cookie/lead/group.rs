//! Which words of a text name a group of cookies: all of it, its first sentence, or what stands before a colon.

use memchr::memmem;

use super::number::{behind_number, without_number};
use crate::lexicon::{Field, Hit, NameWord, Words, lexicon};
use crate::table::key_of;
use crate::text::{Text, collapse, is_letter_mark, is_unparted, opens_words, split_at_colon, word_count};
use crate::value::{category, term};

/// The name of a group that ends with a full stop has at most this many.
const MOST_WORDS_CLOSED: usize = 4;

/// "Statistics cookies", without a sentence that explains them.
pub(super) fn is_bare_category(text: &Text) -> bool {
    let words = text.word_count();
    // "These cookies are strictly necessary." explains.
    let explains = || words > MOST_WORDS_CLOSED && text.trim_end().ends_with(['.', '。', '।']);
    words <= 8 && (category::named_share(text) >= 0.6 || heads_cookies(text)) && !explains() && !labels_a_value(text)
}

/// "Technical": the name of a group and nothing else; "Always active" says of one that it cannot be refused.
fn is_group_alone(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && category::likeness(text) >= 0.9 && !term::is_filler(text)
}

/// Most of it is category words, or it speaks of cookies.
pub(super) fn names_group(text: &str) -> bool {
    category::named_share(text) >= 0.3 || lexicon().names.says(text, NameWord::Cookie)
}

/// "Technical cookie information": it labels what follows, in whatever group, and closes none.
pub(super) fn labels_cookies(text: &str) -> bool {
    let headers = lexicon().headers.whole(text);
    headers.contains(&Field::Extra) && lexicon().names.says(text, NameWord::Cookie)
}

/// "Duration of the trackers:", above a list of them.
pub(super) fn labels_lifetimes(text: &str) -> bool {
    let headers = lexicon().headers.all(text);
    headers.first().is_some_and(|hit| hit.start == 0 && hit.meaning == Field::Duration)
}

/// "Cookies of others", and "Other services", where most of it is no word for a group and none for cookies.
pub(super) fn is_of_others(text: &str) -> bool {
    let bare = || category::named_share(text) < 0.5 && !lexicon().names.says(text, NameWord::Cookie);
    says_whose(text) || bare()
}

/// "Cookies of others": a word for what fits no group is part of the words for third parties.
fn says_whose(text: &str) -> bool {
    let words = Words::of(text);
    let parties = lexicon().parties.all_in(&words);
    let groups = lexicon().categories.all_in(&words);
    groups.iter().all(|group| {
        let end = group.start + group.words;
        parties.iter().any(|party| party.start <= group.start && end <= party.start + party.words)
    })
}

/// "Purpose: statistics": a line of a record.
fn labels_a_value(text: &str) -> bool {
    let label = split_at_colon(text).filter(|(_, value)| !value.trim().is_empty()).map(|(label, _)| label);
    label.and_then(key_of).is_some_and(|field| !matches!(field, Field::Category | Field::Name | Field::Extra))
}

/// "Cookies for measuring our campaigns": a few words that begin with the word for cookies, and are no sentence.
fn heads_cookies(text: &Text) -> bool {
    let text = text.trim();
    let phrase = text.starts_with(opens_words) && text.ends_with(|c: char| c.is_alphabetic() || is_letter_mark(c));
    let first =
        || text.split_whitespace().next().is_some_and(|word| lexicon().names.whole(word).contains(&NameWord::Cookie));
    let opens = |word: &Hit<NameWord>| word.start == 0 && word.meaning == NameWord::Cookie;
    let cookies = || first() || text.starts_with(is_unparted) && lexicon().names.all(text).iter().any(opens);
    phrase && cookies() && category::classify(text).is_some()
}

/// "Technical cookies: these are …": the words before the colon, where they name a group of cookies.
pub(super) fn opening_term(text: &str) -> Option<String> {
    let parted = split_at(text, ": ").or_else(|| split_at(text, "：")).or_else(|| split_at(text, " – "));
    let (opening, _) = parted.or_else(|| opening_group(text)).or_else(|| glued_group(text))?;
    let raw = without_number(&collapse(opening));
    let short = word_count(&raw) <= 7;
    (short && category::named_share(&raw) >= 0.5).then_some(raw)
}

/// "Technical cookies. They …": a first sentence of few words that are a group and the word cookie.
fn opening_group(text: &str) -> Option<(&str, &str)> {
    let (opening, rest) = split_at(behind_number(text), ". ")?;
    // A word with a letter or a figure stays at least one when it is folded.
    let worded = |word: &&str| word.contains(|c: char| c.is_ascii_alphanumeric());
    let many = opening.split_whitespace().filter(worded).nth(4).is_some();
    let few = !many && (2..=4).contains(&Words::of(opening).len());
    (few && lexicon().names.says(opening, NameWord::Cookie) || !many && is_group_alone(opening))
        .then_some((opening, rest))
}

/// "StatisticsThese cookies count visits.": the name of a group, and right behind it, without even a blank, a sentence.
fn glued_group(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 80;
    let mut before = ' ';
    let near = text.char_indices().take_while(|(at, _)| *at <= LONGEST);
    let seam = near.into_iter().find(|(_, c)| {
        let above = std::mem::replace(&mut before, *c);
        c.is_uppercase() && (above.is_lowercase() || above == ')')
    });
    let (opening, rest) = text.split_at(seam?.0);
    let sentence = || rest.trim_end().ends_with('.') && word_count(rest) > LEAST_WORDS_GLUED;
    (sentence() && category::likeness(opening) >= 0.9).then_some((opening, rest))
}

/// A sentence that stands right behind the name of a group has more words than this.
const LEAST_WORDS_GLUED: usize = 3;

/// [`str::split_once`], by a look at many bytes at a time.
fn split_at<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = memmem::find(text.as_bytes(), mark.as_bytes())?;
    Some((&text[..at], &text[at + mark.len()..]))
}

/// The words of a group of cookies that a longer text begins with.
pub fn group_that_opens(text: &str) -> Option<&str> {
    const MOST_WORDS: usize = 6;
    const LONGEST: usize = 14;
    let unparted = text.starts_with(is_unparted);
    let ends = text.char_indices().skip(1).filter(|(_, c)| unparted || c.is_whitespace()).map(|(at, _)| at);
    let group = |end: &usize| {
        let opening = &text[..*end];
        lexicon().names.says(opening, NameWord::Cookie) && category::likeness(opening) >= 0.9
    };
    let end = ends.take(if unparted { LONGEST } else { MOST_WORDS }).filter(group).last()?;
    Some(&text[..end])
}
