//! Names that a sentence or a title introduces: before a bracket with a short name, in quotes, beside or behind the words for the document.

use super::heard::{
    self, is_more_than_a_word, is_somebody, is_told, opens, opens_name, place_in, speaks_of_cookies, without_article,
};
use super::{FRONT, FoundName, OPENING, Titles, capital_words, is_word, uses};
use crate::block::{Block, Content};
use crate::lexicon::{NameWord, lexicon};
use crate::text::{Asked, Span, Text, fits, is_hangul, is_unparted, opening, opens_words, word_count};
use crate::value::host;

/// Characters of the longest name.
const LONGEST_NAME: usize = 60;

/// Characters of the longest bracket that gives a short name.
const LONGEST_DEFINITION: usize = 80;

/// Sentences with the host whose subjects are looked at.
const MOST_SENTENCES: usize = 4;

/// Words of the longest name.
const MOST_WORDS: usize = 8;

/// Characters of the longest title.
const LONGEST_TITLE: usize = 120;

/// A title in parts, or one that says what it is before whose it is: "Acme | Cookie policy", "Cookie policy of Acme".
pub(super) fn titled(blocks: &[Block], titles: Titles) -> Option<FoundName> {
    let span = blocks.first().map_or(Span::line(1), |block| block.span);
    let short = blocks.iter().take(2 * OPENING).filter_map(|block| Some((block.span, &block.rich()?.text)));
    let short =
        short.filter(|(_, text)| fits(text, LONGEST_TITLE) && lexicon().documents.may_be_in(*text)).take(OPENING);
    let mut titles = titles.each().map(|title| (span, title)).chain(short.map(|(span, text)| (span, &**text)));
    titles.find_map(|(span, title)| {
        let mut lines = title.split('\n');
        let name = lines.find_map(|line| name_beside(blocks, line).or_else(|| name_behind(blocks, line)))?;
        Some(FoundName { text: name.to_owned(), span })
    })
}

/// The title of the page, which says nothing of the document, where the page prints it alone on a line.
pub(super) fn page_named(blocks: &[Block], title: &str) -> Option<FoundName> {
    let says = speaks_of_cookies(title) || !lexicon().documents.all(title).is_empty();
    let headed = |block: &Block| matches!(&block.content, Content::Heading { text, .. } if text.text.trim() == title);
    if says || !is_somebody(title) || blocks.iter().any(headed) {
        return None;
    }
    let alone =
        |block: &&Block| block.rich().is_some_and(|rich| rich.text.split('\n').any(|line| line.trim() == title));
    let block = blocks.iter().find(alone)?;
    Some(FoundName { text: title.to_owned(), span: block.span })
}

/// "АО «Берег» uses cookies on www.берег.example": a name in quotes, with a word or two before it or a legal form behind it, that
/// opens a sentence which prints the host or speaks of cookies.
pub(super) fn quoted(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| block.as_table().is_none()).take(2 * OPENING);
    let named = prose.filter_map(|block| Some((block, &block.rich()?.text, quoted_in(&block.rich()?.text)?)));
    let mut named =
        named.filter(|(_, text, name)| is_told(text, host) && is_somebody(name) && is_somebody(inside_quotes(name)));
    named.next().map(|(block, _, name)| FoundName { text: name.to_owned(), span: block.span })
}

/// Who is given a short name in brackets as the document opens: `Acme of Au ("Acme", "we") uses cookies`.
pub(super) fn defined(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| !block.is_furniture() && block.as_table().is_none()).take(2 * OPENING);
    let named = prose.filter_map(|block| Some((block, &block.rich()?.text, defined_in(&block.rich()?.text)?)));
    let mut named = named.filter(|(_, text, name)| {
        let told = is_told(text, host) || lexicon().sites.may_be_in(*text);
        told && is_somebody(name) && !names_a_law(name) && !is_word(blocks, name)
    });
    named.next().map(|(block, _, name)| FoundName { text: name.to_owned(), span: block.span })
}

/// The line right above one that is nothing but the host, as the document opens: a letterhead.
pub(super) fn above_host(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let host = host?;
    let prose = blocks.iter().filter(|block| !block.is_furniture()).take(2 * OPENING);
    let told = prose.filter_map(|block| Some((block.span, &block.rich()?.text)));
    let mut above: Option<&str> = None;
    told.flat_map(|(span, text)| text.split('\n').map(move |line| (span, line.trim()))).find_map(|(span, line)| {
        let name = above.replace(line).filter(|_| host::whole(line).is_some_and(|found| found == host))?;
        let letters = !name.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '@' | '.' | '?'));
        let plain =
            letters && name.contains(' ') && fits(name, LONGEST_NAME) && 2 * capital_words(name) > word_count(name);
        let label =
            speaks_of_cookies(name) || lexicon().sites.may_be_in(name) || !lexicon().documents.all(name).is_empty();
        (plain && !label && is_somebody(name)).then(|| FoundName { text: name.to_owned(), span })
    })
}

/// What stands between the word for a site and its host: "the website of Acme (www.acme.example)", "موقع أجنحة www…".
pub(super) fn beside_site(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let host = host?;
    let prose = blocks.iter().filter(|block| !block.is_furniture()).take(FRONT);
    let told = prose.filter_map(|block| Some((block, &block.rich()?.text)));
    told.filter(|(_, text)| lexicon().sites.may_be_in(*text)).find_map(|(block, text)| {
        let known = text.known();
        let place = heard::hosts(&known).iter().find(|found| found.host == host)?.place.start;
        let name = heard::behind_site(heard::sentence_before(text, place))?;
        (is_somebody(name) && !names_a_law(name)).then(|| FoundName { text: name.to_owned(), span: block.span })
    })
}

/// Who opens the sentence that prints the host: the words before a bracket, or as far as its last capital before small words.
pub(super) fn subject(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let host = host?;
    let prose = blocks.iter().filter(|block| !block.is_furniture()).take(FRONT);
    let told = prose.filter_map(|block| Some((block, &block.rich()?.text)));
    let place = |text: &Text| {
        heard::hosts(&text.known()).iter().find(|found| found.host == host).map(|found| found.place.start)
    };
    let mut told = told.filter_map(|(block, text)| Some((block, text, place(text)?))).take(MOST_SENTENCES);
    told.find_map(|(block, text, place)| {
        let said = heard::sentence_before(text, place);
        let name = before_bracket(said).or_else(|| to_last_capital(said)).or_else(|| before_particle(said))?;
        let named = is_somebody(name) && !is_word(blocks, name) && !names_a_law(name);
        named.then(|| FoundName { text: name.to_owned(), span: block.span })
    })
}

/// The part of a title that says nothing of the document, where another part does.
fn name_beside<'t>(blocks: &[Block], title: &'t str) -> Option<&'t str> {
    memchr::memchr3(b'|', b'-', 0xe2, title.as_bytes()).or_else(|| memchr::memchr(0xc2, title.as_bytes()))?;
    let parts: Vec<&str> = [" | ", " – ", " — ", " - ", " · ", " • "].iter().find_map(|mark| {
        let parts: Vec<&str> = title.split(mark).map(str::trim).collect();
        (parts.len() >= 2).then_some(parts)
    })?;
    let says = |part: &&str| speaks_of_cookies(*part) || !lexicon().documents.all(*part).is_empty();
    let named = |part: &&str| !says(part) && is_title_of(blocks, part);
    parts.iter().any(says).then(|| parts.iter().copied().rev().find(|part| named(part))).flatten()
}

/// What follows the words for the document in a title, and a small word.
fn name_behind<'t>(blocks: &[Block], title: &'t str) -> Option<&'t str> {
    if !lexicon().documents.may_be_in(title) {
        return None;
    }
    let ends = lexicon().documents.all(title).into_iter().map(|hit| hit.start + hit.words);
    let cookies = lexicon().names.all(title).into_iter().filter(|hit| hit.meaning == NameWord::Cookie);
    let cookies = cookies.map(|hit| hit.start + hit.words);
    let said = ends.max()?.max(cookies.max().unwrap_or(0));
    let mut words = title.split_whitespace().skip(said).peekable();
    let small = |word: &&str| word.chars().count() <= 4 && word.chars().all(char::is_lowercase);
    words.next_if(small)?;
    words.next_if(small);
    let first = words.next()?;
    let name = title[place_in(title, first).start..].trim_end();
    (first.starts_with(opens_name) && is_title_of(blocks, name)).then_some(name)
}

/// Capitalised words, with small ones between them, that the text prints again, or two of them at least.
fn is_title_of(blocks: &[Block], name: &str) -> bool {
    let capital = |word: &&str| word.starts_with(|c: char| opens_name(c) || opens_words(c));
    let words = name.split_whitespace();
    let (large, all) = (words.clone().filter(capital).count(), words.count());
    is_somebody(name) && 2 * large > all && !is_word(blocks, name) && (large >= 2 || uses(blocks, name) >= 2)
}

/// From the front of its sentence to the closing quote of the first words in quotes, and a form in capitals behind it.
fn quoted_in(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 6] = [('«', '»'), ('„', '“'), ('„', '”'), ('“', '”'), ('"', '"'), ('„', '"')];
    let opens_quote = |c: char| PAIRS.iter().any(|(open, _)| *open == c);
    // All opening quotes but that of ASCII begin with one of two bytes.
    let at = memchr::memchr3_iter(b'"', 0xc2, 0xe2, text.as_bytes()).find(|at| text[*at..].starts_with(opens_quote))?;
    let mark = text[at..].chars().next()?;
    let before = heard::sentence_before(text, at);
    let words = before.split_whitespace().count();
    if words > 2 || !text[at - before.len()..].starts_with(opens) || before.contains([',', ':', '(']) {
        return None;
    }
    let inside = opening(&text[at + mark.len_utf8()..], LONGEST_NAME);
    let closes = |c: char| PAIRS.iter().any(|(open, close)| *open == mark && *close == c);
    let (length, close) = inside.char_indices().find(|(_, c)| closes(*c))?;
    let end = at + mark.len_utf8() + length + close.len_utf8();
    let form = text[end..].strip_prefix(' ').and_then(|rest| opening(rest, 8).split([' ', ',', '\n']).next());
    let form = form.filter(|form| form.chars().count() >= 2 && form.chars().all(char::is_uppercase));
    let named = inside.starts_with(opens_name) && (words > 0 || form.is_some());
    named.then(|| &text[at - before.len()..end + form.map_or(0, |form| form.len() + 1)])
}

fn inside_quotes(name: &str) -> &str {
    let quote = |c: char| matches!(c, '«' | '»' | '„' | '“' | '”' | '"');
    name.split(quote).nth(1).unwrap_or(name)
}

/// The words before the first bracket with something in quotes, if it follows them at once or behind a legal form.
fn defined_in(text: &str) -> Option<&str> {
    const QUOTES: [char; 10] = ['"', '“', '”', '„', '«', '»', '「', '『', '‘', '\''];
    let open = memchr::memchr2_iter(b'(', 0xef, text.as_bytes()).find(|at| text[*at..].starts_with(['(', '（']))?;
    let inside = opening(&text[open..], LONGEST_DEFINITION).split([')', '）']).next()?;
    // "Acme Sign (UAB „Acme“)": a company stands behind its product.
    let company = !inside.contains(',') && lexicon().services.is_company(inside.trim_start_matches(['(', '（']));
    let sentence = (inside.contains(QUOTES) && !company).then(|| heard::sentence_before(text, open))?;
    if !sentence.starts_with(opens) {
        return None;
    }
    let before = sentence.split(',').next()?.trim_end();
    let named = without_article(before).into_iter().last()?;
    let small = |word: &&str| word.starts_with(char::is_lowercase) && word.chars().count() > 3;
    let short = !named.split_whitespace().any(|word| small(&word)) && fits(named, LONGEST_NAME);
    if short { Some(named) } else { last_name(before) }
}

/// "This policy explains how Acme of Au": the words from the first capital behind the last small word that no name has within it.
fn last_name(words: &str) -> Option<&str> {
    let small = |word: &str| word.starts_with(char::is_lowercase) && word.chars().count() > 3;
    let start = words.split_whitespace().rfind(|word| small(word))?;
    let behind = &words[place_in(words, start).end..];
    let name = behind.split_whitespace().find(|word| word.starts_with(opens_name))?;
    let name = &words[place_in(words, name).start..];
    fits(name, LONGEST_NAME).then_some(name)
}

/// Up to six words before a bracket.
fn before_bracket(sentence: &str) -> Option<&str> {
    let named = sentence[..sentence.find(['(', '（'])?].trim_end();
    let plain = sentence.starts_with(opens) && !named.contains([',', '\n', '.']) && word_count(named) <= 6;
    (plain && is_more_than_a_word(named)).then_some(named)
}

/// "青空書店は", "云山书店的", "하늘서점은": the first word of a tongue that marks by a particle who does what.
fn before_particle(sentence: &str) -> Option<&str> {
    const SHORTEST: usize = 3;
    const LONGEST: usize = 14;
    // "This shop", "we"; words with 当 or 我 are nobody's anyway.
    const PRONOUNS: [char; 3] = ['本', '私', '본'];
    let name = if sentence.starts_with(is_hangul) {
        let particles = ['은', '는', '이', '가', '의'];
        sentence.split_whitespace().next()?.strip_suffix(particles)?
    } else {
        let end =
            ["公式", "官方", "的", "の", "は", "が"].iter().filter_map(|particle| sentence.find(particle)).min()?;
        &sentence[..end]
    };
    let letters = name.chars().count();
    let plain = name.chars().all(|c| is_unparted(c) || is_hangul(c));
    let named = plain && (SHORTEST..=LONGEST).contains(&letters) && !name.starts_with(PRONOUNS);
    named.then_some(name)
}

/// "Gradski muzej Stari Au uses": three capitalised words or more, with a small one between them at most.
fn to_last_capital(sentence: &str) -> Option<&str> {
    let (mut end, mut at, mut small) = (0, 0, 0);
    for word in sentence.split_inclusive(char::is_whitespace).take(MOST_WORDS) {
        let bare = word.trim_end();
        if !bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '&')) || word.ends_with('\n') {
            return None;
        }
        let capital = word.starts_with(char::is_uppercase);
        small = if capital { 0 } else { small + 1 };
        if small > 1 {
            break;
        }
        at += word.len();
        end = if capital { at } else { end };
    }
    let name = sentence[..end].trim_end();
    let words = name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    (words >= 3 && small > 0 && sentence.starts_with(char::is_uppercase)).then_some(name)
}

fn names_a_law(name: &str) -> bool {
    name.split_whitespace().any(|word| lexicon().services.is_law(&crate::text::loose(word)))
}
