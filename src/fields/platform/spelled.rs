//! Names that spell the label of a host: `My Shop` for `my-shop.example`, in whatever alphabet and with whatever marks.

use std::collections::HashSet;

use super::heard::{self, opens_name};
use super::{FRONT, FoundName, Titles};
use crate::block::Block;
use crate::document::CookieRow;
use crate::lexicon::lexicon;
use crate::text::{Asked, Span, Text, begins_romanised, caseless, fits, is_romanised, loose, opens_words};
use crate::value::host;

/// Domains of e-mail addresses that are looked for in the text.
const MOST_DOMAINS: usize = 3;

/// Words of the text that spell the host's label: `My Shop` for `my-shop.example`.
pub(super) fn by_label(blocks: &[Block], titles: Titles, rows: &[CookieRow], label: &str) -> Option<FoundName> {
    let wanted = letters_of(label);
    if wanted.len() < 3 {
        return None;
    }
    let span = blocks.first().map_or(Span::line(1), |block| block.span);
    let in_title = |title: &str| spelled(&title.into(), &wanted).map(|text| FoundName { text, span });
    let in_row = |row: &CookieRow| {
        let text = spelled(&row.provider.as_deref()?.into(), &wanted)?;
        Some(FoundName { text, span: row.evidence.span()? })
    };
    let in_block = |block: &Block| {
        let text = spelled(&block.rich()?.text, &wanted)?;
        Some(FoundName { text, span: block.span })
    };
    // A logo and a page's title spell the name in their own way: the text is asked first.
    let in_text = || blocks.iter().filter(|block| !block.is_furniture()).take(60).find_map(in_block);
    let in_page = || titles.page.and_then(in_title).or_else(|| blocks.iter().take(60).find_map(in_block));
    titles.document.and_then(in_title).or_else(in_text).or_else(in_page).or_else(|| rows.iter().find_map(in_row))
}

/// Words that spell the domain of an e-mail address, where that is another than the host that was `tried`.
pub(super) fn by_mail(blocks: &[Block], titles: Titles, rows: &[CookieRow], tried: Option<&str>) -> Option<FoundName> {
    let texts = blocks.iter().filter_map(Block::rich).filter(|rich| rich.text.contains('@'));
    let domains = texts.flat_map(|rich| heard::mail_domains(&rich.text.known()).to_vec());
    let own = domains.filter(|domain| !lexicon().services.is_domain(domain));
    let labels = own.filter_map(|domain| host::label(&domain)).filter(|label| Some(label.as_str()) != tried);
    // Each is looked for in the whole text: once, and no more of them than a company has.
    let mut asked = HashSet::new();
    let mut labels = labels.filter(|label| asked.insert(label.clone())).take(MOST_DOMAINS);
    labels.find_map(|label| by_label(blocks, titles, rows, &label))
}

/// The label in capitals, where it is too short to be looked for otherwise: `VR` of `vr.example`.
pub(super) fn in_capitals(blocks: &[Block], domain: &str) -> Option<FoundName> {
    let text = host::label(domain).filter(|label| label.len() == 2)?.to_uppercase();
    let named = |block: &&Block| {
        let mut words = block.rich().into_iter().flat_map(|rich| rich.text.split(|c: char| !c.is_alphanumeric()));
        words.any(|word| word == text)
    };
    let span = blocks.iter().filter(|block| !block.is_furniture()).take(FRONT).find(named)?.span;
    Some(FoundName { text, span })
}

/// One to four words in a row, the first a capitalised one, that spell the label.
pub(super) fn spelled(text: &Text, wanted: &str) -> Option<String> {
    let text = &*text.known();
    let trimmed = |word| match word {
        "&" => word,
        _ => str::trim_matches(word, |c: char| !c.is_alphanumeric()),
    };
    let words = |start: usize| text[start..].split_whitespace().map(trimmed);
    // A look at the first byte settles most of them.
    let may_begin = |start: &usize| {
        let first = text.as_bytes()[*start];
        !first.is_ascii() || first.to_ascii_lowercase() == wanted.as_bytes()[0]
    };
    let is_start = |start: &usize| words(*start).next().is_some_and(|word| begins(word, wanted));
    let starts: Vec<usize> = heard::capitals(text).filter(may_begin).filter(is_start).collect();
    let runs = (1..=4).flat_map(|length| starts.iter().map(move |start| (*start, length)));
    let mut runs = runs.map(|(start, length)| (length, words(start).take(length).collect::<Vec<&str>>()));
    runs.find(|(length, run)| run.len() == *length && spells(run, wanted)).map(|(_, run)| run.join(" "))
}

/// A word that opens a name, with the letters that the label begins with.
fn begins(word: &str, wanted: &str) -> bool {
    let begun = |letters: String| match letters.is_ascii() {
        true => wanted.starts_with(&letters),
        false => begins_romanised(&letters, wanted),
    };
    let marked = || !word.is_ascii() && begun(marked_letters(word));
    let first = |word: &str| word.starts_with(|c| opens_name(c) || opens_words(c));
    first(word) && (begun(letters_of(word)) || marked())
}

/// The letters of a word with their marks, without case and what parts them.
fn marked_letters(word: &str) -> String {
    caseless(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A word folded, without what parts it: `My-Shop` is `myshop`.
pub(super) fn letters_of(word: &str) -> String {
    loose(word).replace(' ', "")
}

/// The letters of the words are the label's, where `&` stands for "and" in any tongue, and the small words between and elided ones may be
/// left out.
fn spells(run: &[&str], wanted: &str) -> bool {
    const AND: [&str; 7] = ["", "and", "und", "et", "y", "e", "en"];
    let small = |word: &str| word == "&" || word.chars().all(char::is_lowercase);
    let spelt = |letters: &str| letters == wanted || !letters.is_ascii() && is_romanised(letters, wanted);
    let letters = |and: &str| -> String {
        run.iter().map(|word| if *word == "&" { and.to_owned() } else { letters_of(word) }).collect()
    };
    let ands = if run.contains(&"&") { &AND[..] } else { &AND[..1] };
    if ands.iter().any(|and| spelt(&letters(and))) {
        return true;
    }
    let marked = || spelt(&run.iter().map(|word| marked_letters(word)).collect::<String>());
    if run.iter().any(|word| !word.is_ascii()) && marked() {
        return true;
    }
    let large: Vec<&str> = run.iter().copied().filter(|word| !small(word)).collect();
    let without = |elided: fn(&str) -> &str| large.iter().map(|word| letters_of(elided(word))).collect::<String>();
    let between = large.len() < run.len() && run.last().is_some_and(|word| !small(word));
    between && (spelt(&without(|word| word)) || spelt(&without(without_elision)))
}

/// "l’Aubrac" is Aubrac.
fn without_elision(word: &str) -> &str {
    let elided = word.split_once(['’', '\'']).filter(|(elided, rest)| fits(elided, 2) && rest.chars().count() > 2);
    elided.map_or(word, |(_, rest)| rest)
}
