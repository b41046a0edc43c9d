//! Names that a second place of the document bears out: the rows, which say who sets cookies, or a line on which the name stands alone.

use memchr::memmem;

use super::heard::{self, is_more_than_a_word, is_somebody, is_told, opens, prints, without_article};
use super::spelled::letters_of;
use super::{FoundName, OPENING, capital_words, is_word};
use crate::block::Block;
use crate::document::CookieRow;
use crate::lexicon::lexicon;
use crate::text::{Asked, Text, begins_romanised, fits, goes_on, is_unparted, opening};
use crate::value::host;

/// Providers of rows that are looked for in the whole text.
const MOST_PROVIDERS: usize = 12;

/// Blocks that a page begins with: before them stands at most what scrapers leave of a dialog.
const FIRST: usize = 3;

/// Blocks that a document ends with.
const LAST: usize = 6;

/// Sentences whose first words are looked for in the whole text.
const MOST_SENTENCES: usize = 6;

/// Characters of the longest line that is a name.
const LONGEST_NAME: usize = 60;

/// Bytes of the longest line on which a name stands alone, and how many such lines are looked at.
const LONGEST_LINE: usize = 160;
const MOST_LINES: usize = 5;

/// Who sets cookies by the rows, where the text speaks of him as it opens, beside the platform's host, or around the page.
pub(super) fn provider(blocks: &[Block], host: Option<&str>, rows: &[CookieRow]) -> Option<FoundName> {
    let providers = providers(rows);
    if providers.is_empty() {
        return None;
    }
    let finders: Vec<_> = providers.iter().map(|name| (*name, memmem::Finder::new(*name))).collect();
    let prose = blocks.iter().filter_map(|block| Some((block, &block.rich()?.text))).enumerate();
    let mut prose = prose.filter(|(order, (block, text))| {
        *order < OPENING || block.is_furniture() || host.is_some_and(|host| prints(text, host))
    });
    prose.find_map(|(_, (block, text))| {
        let (name, _) = finders.iter().find(|(name, finder)| {
            text.trim() != *name && finder.find_iter(text.as_bytes()).any(|at| is_spoken_of(text, at, name))
        })?;
        Some(FoundName { text: (*name).to_owned(), span: block.span })
    })
}

/// Who sets several cookies by the rows and has a word of the platform's host in his name.
pub(super) fn provider_of_host(host: &str, rows: &[CookieRow]) -> Option<FoundName> {
    const SHORTEST: usize = 4;
    let label = letters_of(&host::label(host)?);
    let of_host = |word: &str| {
        let letters = letters_of(word);
        letters.chars().count() >= SHORTEST && (label.contains(&letters) || begins_romanised(&letters, &label))
    };
    let again = |name: &str| rows.iter().filter(|row| row.provider.as_deref() == Some(name)).count() > 1;
    let name = providers(rows).into_iter().find(|name| again(name) && name.split_whitespace().any(of_host))?;
    let row = rows.iter().find(|row| row.provider.as_deref() == Some(name))?;
    Some(FoundName { text: name.to_owned(), span: row.evidence.span()? })
}

/// Who opens a line with an address or the number of a register behind his name, as the document opens or where it ends.
pub(super) fn registered(blocks: &[Block]) -> Option<FoundName> {
    let last = blocks.len().saturating_sub(LAST);
    let near = |index: usize, block: &Block| index < OPENING || index >= last || block.is_furniture();
    let texts = blocks.iter().enumerate().filter(|(index, block)| near(*index, block));
    let mut lines = texts.filter_map(|(_, block)| Some((block, block.rich()?.text.split('\n').next()?)));
    let (block, name) = lines.find_map(|(block, line)| Some((block, before_number(line.trim())?)))?;
    Some(FoundName { text: name.to_owned(), span: block.span })
}

/// The words before the first comma or dot between words, where the long number of a register or a town follows soon.
fn before_number(line: &str) -> Option<&str> {
    const LEAST_FIGURES: usize = 4;
    const NEAR: usize = 90;
    let (name, behind) = line.split_once([',', '·'])?;
    let name = Some(name.trim_end()).filter(|name| name.starts_with(opens) && fits(name, LONGEST_NAME))?;
    let near = opening(behind, NEAR).trim_start();
    let numbered = near.split(|c: char| !c.is_ascii_digit()).any(|figures| figures.len() >= LEAST_FIGURES);
    // A house's number is that of a street.
    let addressed = numbered && !near.starts_with(|c: char| c.is_ascii_digit());
    let plain = !name.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '©'));
    let capital = 2 * capital_words(name) > name.split_whitespace().count() && name.contains(' ');
    (addressed && plain && capital && is_somebody(name)).then_some(name)
}

/// The first words of a sentence that prints the host or opens the document, where they stand alone elsewhere: on a line, in a title,
/// before the comma of an address. Whatever the language, what does both is a name.
pub(super) fn standing_alone(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| !block.is_furniture()).take(2 * OPENING);
    let told = prose.filter_map(|block| Some((block, &block.rich()?.text))).filter(|(_, text)| is_told(text, host));
    let sentences = told.flat_map(|(block, text)| {
        let known = text.known();
        let beside = heard::hosts(&known).iter().find(|found| host.is_some_and(|host| found.host == host));
        let begins =
            beside.and_then(|found| heard::sentence_start(text, found.place.start)).map(|start| &text[start..]);
        heard::first_lines(text).chain(begins).map(move |said| (block, said))
    });
    let mut sentences = sentences.filter(|(_, said)| said.starts_with(opens)).take(MOST_SENTENCES);
    let pieces = pieces(blocks);
    sentences.find_map(|(block, said)| {
        let name = without_article(said).into_iter().find_map(|said| borne_out(blocks, &pieces, block, said))?;
        Some(FoundName { text: name.to_owned(), span: block.span })
    })
}

/// What stands first on the page and again in a sentence that prints the host or speaks of cookies, or before an address.
pub(super) fn heading_the_page(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let above = blocks.iter().skip(FIRST).find(|block| block.is_furniture());
    let heads = blocks.iter().take(FIRST).chain(above);
    let heads = heads.filter_map(|block| Some((block, heading_line(&block.rich()?.text)?)));
    let mut heads = heads.filter(|(_, name)| is_somebody(name) && (capital_words(name) > 1 || !is_word(blocks, name)));
    let (block, name) = heads.find(|(head, name)| {
        let finder = memmem::Finder::new(*name);
        let others = blocks.iter().filter(|block| !std::ptr::eq(*block, *head));
        others.filter_map(|block| Some(&block.rich()?.text)).any(|text| {
            let mut places = finder.find_iter(text.as_bytes()).filter(|at| is_spoken_of(text, *at, name));
            places.any(|at| {
                stands_before_address(&text[at + name.len()..]) || in_sentence(text, at, name) && is_told(text, host)
            })
        })
    })?;
    Some(FoundName { text: name.to_owned(), span: block.span })
}

/// The first providers of rows, each once, less those that are nobody.
fn providers(rows: &[CookieRow]) -> Vec<&str> {
    let mut providers: Vec<&str> = Vec::new();
    for name in rows.iter().filter_map(|row| row.provider.as_deref()) {
        if providers.len() < MOST_PROVIDERS && !providers.contains(&name) {
            providers.push(name);
        }
    }
    providers.retain(|name| is_somebody(name));
    providers
}

/// It stands there as a word of its own, and behind no label.
fn is_spoken_of(text: &str, at: usize, name: &str) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + name.len()..].chars().next();
    let parted = |side: Option<char>, inner: Option<char>| {
        side.is_none_or(|c| !c.is_alphanumeric()) || inner.is_some_and(is_unparted) || side.is_some_and(is_unparted)
    };
    let labelled = text[..at].trim_end().ends_with([':', '：']);
    !labelled && parted(before, name.chars().next()) && parted(after, name.chars().next_back())
}

/// The words before the first edge of a text, where a line ends there or a bar stands.
fn heading_line(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let line = text.split('\n').next()?;
    let name = piece(line);
    let parted =
        line[name.len()..].trim_start().chars().next().is_none_or(|c| matches!(c, '|' | '·' | '–' | '—' | '-'));
    (parted && fits(name, LONGEST_NAME) && !name.ends_with('.') && is_more_than_a_word(name)).then_some(name)
}

/// ", High Street 7", or below it.
fn stands_before_address(behind: &str) -> bool {
    let behind = behind.trim_start_matches(['»', '“', '”', '"']);
    let Some(rest) = behind.strip_prefix([',', '\n', '·']).or_else(|| behind.strip_prefix(" ·")) else {
        return false;
    };
    let end = rest.char_indices().nth(60).map_or(rest.len(), |(at, _)| at);
    let rest = rest[..end].trim_start();
    let rest = rest.split('\n').next().unwrap_or(rest);
    !rest.contains('©') && rest.contains(|c: char| c.is_ascii_digit()) && rest.starts_with(char::is_alphabetic)
}

/// Words stand before it or behind it on the same line.
fn in_sentence(text: &str, at: usize, name: &str) -> bool {
    let small = |c: char| goes_on(c) || is_unparted(c);
    let behind = text[at + name.len()..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(small));
    let before = text[..at].trim_end_matches(' ').ends_with(small);
    behind || before
}

/// What parts a name from other words on its line.
const EDGES: [char; 18] =
    ['\n', '|', ',', '•', '·', '–', '—', '(', ')', '（', '）', ':', '：', ';', '。', '、', '©', '\t'];

/// A piece of a text between two edges, and the text that it is of.
type Piece<'a> = (&'a Block, &'a str);

/// What stands between edges in short texts, in short lines, and in what runs along the page.
fn pieces(blocks: &[Block]) -> Vec<Piece<'_>> {
    let short = |text: &Text| text.len() <= LONGEST_LINE || text.len() <= MOST_LINES * LONGEST_LINE && text.has_lines();
    let may = |block: &&Block| block.is_furniture() || block.rich().is_some_and(|rich| short(&rich.text));
    let texts = blocks.iter().filter(may).filter_map(|block| Some((block, &*block.rich()?.text)));
    let parted = texts.flat_map(|(block, text)| text.split(EDGES).map(move |part| (block, part)));
    let parted = parted.flat_map(|(block, part)| part.split(" - ").map(move |part| (block, part.trim())));
    parted.filter(|(_, part)| is_more_than_a_word(part)).collect()
}

/// The first words of the sentence that stand between edges elsewhere.
fn borne_out<'a>(blocks: &[Block], pieces: &[Piece], told: &Block, sentence: &'a str) -> Option<&'a str> {
    if !opens_like_a_name(sentence) {
        return None;
    }
    let others = pieces.iter().filter(|(block, piece)| !std::ptr::eq(*block, told) && goes_on_behind(sentence, piece));
    let name = others.map(|(_, piece)| *piece).find(|piece| is_somebody(piece) && !is_word(blocks, piece))?;
    Some(&sentence[..name.len()])
}

/// It opens with no word that any sentence may open with.
fn opens_like_a_name(sentence: &str) -> bool {
    let unparted = sentence.starts_with(is_unparted);
    let end = if unparted { None } else { sentence.find(' ') };
    unparted || end.is_some_and(|end| end >= 3 && !lexicon().function_words.contains(sentence[..end].to_lowercase()))
}

/// From here to the next edge.
fn piece(text: &str) -> &str {
    let end = text.find(EDGES).unwrap_or(text.len());
    let end = text[..end].find(" - ").unwrap_or(end);
    text[..end].trim_end()
}

/// The sentence opens with it and goes on.
fn goes_on_behind(sentence: &str, name: &str) -> bool {
    let behind = |rest: &str| {
        let mut rest = rest.chars();
        let next = rest.next();
        let parted = next.is_some_and(|c| !c.is_alphanumeric() || is_unparted(c));
        parted && !matches!(next, Some(':' | '.' | '\n')) && rest.next() != Some('\n')
    };
    sentence.strip_prefix(name).is_some_and(behind)
}
