//! Names that a second place of the document bears out: the rows, which say who sets cookies, or a line on which the name stands alone.

use memchr::memmem;

use super::heard::{self, is_own_name, opens_name, speaks_of_cookies};
use super::{FoundName, OPENING, is_word, uses};
use crate::block::Block;
use crate::document::CookieRow;
use crate::lexicon::lexicon;
use crate::text::{Asked, Span, Text, fits, goes_on, is_unparted, opens_words, word_count};

/// Texts at the front in which the platform is looked for.
pub(super) const FRONT: usize = 40;

/// Providers of rows that are looked for in the whole text.
const MOST_PROVIDERS: usize = 12;

/// Sentences whose first words are looked for in the whole text.
const MOST_SENTENCES: usize = 8;

/// Words of the longest name.
const MOST_WORDS: usize = 8;

/// Characters of the longest name where no blank parts words.
const MOST_LETTERS: usize = 24;

/// Who sets cookies by the rows, where the text speaks of him as it opens, beside the platform's host, or around the page.
pub(super) fn provider(blocks: &[Block], host: Option<&str>, rows: &[CookieRow]) -> Option<FoundName> {
    let mut providers: Vec<&str> = Vec::new();
    for name in rows.iter().filter_map(|row| row.provider.as_deref()) {
        if !providers.contains(&name) && providers.len() < MOST_PROVIDERS && is_somebody(name) {
            providers.push(name);
        }
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

/// The first words of a sentence that prints the host or opens the document, where they stand alone elsewhere: on a line, in a title,
/// before the comma of an address. Whatever the language, what does both is a name.
pub(super) fn standing_alone(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| !block.is_furniture()).take(FRONT);
    let texts = prose.enumerate().filter_map(|(order, block)| Some((order, block, &block.rich()?.text)));
    let told = texts.filter(|(order, _, text)| {
        host.is_some_and(|host| prints(text, host)) || *order < 2 * OPENING && speaks_of_cookies(*text)
    });
    let sentences = told.flat_map(|(_, block, text)| heard::sentences(text).take(3).map(move |said| (block, said)));
    let mut sentences = sentences.filter(|(_, said)| said.starts_with(opens)).take(MOST_SENTENCES);
    sentences.find_map(|(block, said)| {
        let name = without_article(said).into_iter().find_map(|said| borne_out(blocks, block, said))?;
        Some(FoundName { text: name.to_owned(), span: block.span })
    })
}

/// What stands first on the page and again in a sentence that prints the host or speaks of cookies, or before an address.
pub(super) fn heading_the_page(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let heads = blocks.iter().take(3).filter_map(|block| Some((block, piece(block.rich()?.text.trim_start()))));
    let mut heads = heads.filter(|(_, name)| is_somebody(name) && is_more_than_a_word(name) && !is_word(blocks, name));
    let (block, name) = heads.find(|(head, name)| {
        let finder = memmem::Finder::new(*name);
        let others = blocks.iter().filter(|block| !std::ptr::eq(*block, *head));
        others.filter_map(|block| Some(&block.rich()?.text)).any(|text| {
            let told = || speaks_of_cookies(text) || host.is_some_and(|host| prints(text, host));
            let mut places = finder.find_iter(text.as_bytes()).filter(|at| is_spoken_of(text, *at, name));
            places.any(|at| stands_before_address(&text[at + name.len()..]) || in_sentence(text, at, name) && told())
        })
    })?;
    Some(FoundName { text: name.to_owned(), span: block.span })
}

/// Who opens the sentence that prints the host: the words before a bracket, or as far as its last capital before small words.
pub(super) fn subject(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| !block.is_furniture()).take(FRONT);
    let told = prose.filter_map(|block| Some((block, &block.rich()?.text)));
    told.filter(|(_, text)| host.is_some_and(|host| prints(text, host))).find_map(|(block, text)| {
        let opening = heard::sentences(text).filter(|said| said.find(host.unwrap_or("")).is_some_and(|at| at < 160));
        let name = opening.filter_map(|said| before_bracket(said).or_else(|| to_last_capital(said)));
        let name = name.take(3).find(|name| is_somebody(name) && !is_word(blocks, name) && !names_a_law(name))?;
        Some(FoundName { text: name.to_owned(), span: block.span })
    })
}

/// Up to six words before a bracket.
fn before_bracket(sentence: &str) -> Option<&str> {
    let named = sentence[..sentence.find(['(', '（'])?].trim_end();
    let plain = sentence.starts_with(opens) && !named.contains([',', '\n', '.']) && word_count(named) <= 6;
    (plain && is_more_than_a_word(named)).then_some(named)
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

/// ", High Street 7", or below it.
fn stands_before_address(behind: &str) -> bool {
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

/// Who is given a short name in brackets as the document opens: `Acme of Au ("Acme", "we") uses cookies`.
pub(super) fn defined(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| !block.is_furniture() && block.as_table().is_none()).take(2 * OPENING);
    prose.filter_map(|block| Some((block, &block.rich()?.text))).find_map(|(block, text)| {
        if !host.is_some_and(|host| prints(text, host)) && !speaks_of_cookies(text) && !lexicon().sites.may_be_in(text)
        {
            return None;
        }
        let name = heard::sentences(text).take(3).find_map(defined_in)?;
        (!is_word(blocks, name)).then(|| FoundName { text: name.to_owned(), span: block.span })
    })
}

fn prints(text: &Text, host: &str) -> bool {
    heard::hosts(&text.known()).iter().any(|found| found.host == host)
}

/// A name opens with a capital, or in a script that has none.
fn opens(c: char) -> bool {
    opens_name(c) || opens_words(c) || is_unparted(c) || matches!(c, '„' | '«' | '"' | '“')
}

/// A name that is nobody's of the trade, and no word of the field.
fn is_somebody(name: &str) -> bool {
    let length = 4 <= name.len() && name.chars().count() <= 70 && word_count(name) <= MOST_WORDS;
    length
        && name.starts_with(opens)
        && is_own_name(name)
        && !lexicon().services.is_mentioned(name)
        && lexicon().sites.all(name).is_empty()
        && lexicon().parties.all(name).is_empty()
        && lexicon().categories.whole(name).is_empty()
        && lexicon().headers.whole(name).is_empty()
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

/// The sentence, and what is behind a short word that opens it: "Die Stadtbücherei Au".
fn without_article(sentence: &str) -> impl IntoIterator<Item = &str> {
    let short = sentence.split_once(' ').filter(|(word, rest)| {
        word.chars().count() <= 4 && word.chars().all(char::is_alphabetic) && rest.starts_with(opens_name)
    });
    std::iter::once(sentence).chain(short.map(|(_, rest)| rest))
}

/// What parts a name from other words on its line.
const EDGES: [char; 18] =
    ['\n', '|', ',', '•', '·', '–', '—', '(', ')', '（', '）', ':', '：', ';', '。', '、', '©', '\t'];

/// The first words of the sentence that stand between edges elsewhere.
fn borne_out<'a>(blocks: &[Block], told: &Block, sentence: &'a str) -> Option<&'a str> {
    let first = first_of(sentence)?;
    let finder = memmem::Finder::new(first);
    let others = blocks.iter().filter(|block| !std::ptr::eq(*block, told)).filter_map(Block::rich);
    let pieces = others.flat_map(|rich| {
        let text = &*rich.text;
        finder.find_iter(text.as_bytes()).filter(move |at| is_edge(&text[..*at])).map(move |at| piece(&text[at..]))
    });
    let mut names = pieces.filter(|piece| goes_on_behind(sentence, piece));
    let name = names.find(|piece| is_somebody(piece) && !is_word(blocks, piece) && is_more_than_a_word(piece))?;
    Some(&sentence[..name.len()])
}

/// What is looked for in the other texts: the first word, or the first letters where no blank parts words.
fn first_of(sentence: &str) -> Option<&str> {
    let unparted = sentence.chars().next().is_some_and(is_unparted);
    let end = match unparted {
        true => sentence.char_indices().nth(3)?.0,
        false => sentence.find(' ')?,
    };
    (end >= 3).then(|| &sentence[..end])
}

fn is_edge(before: &str) -> bool {
    let line = before.trim_end_matches(' ');
    line.is_empty() || line.ends_with(EDGES) || line.ends_with(" -")
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

/// Two words, or as many letters as two have.
fn is_more_than_a_word(name: &str) -> bool {
    let letters = name.chars().count();
    match name.chars().all(|c| is_unparted(c)) {
        true => (3..=MOST_LETTERS).contains(&letters),
        false => name.contains(' ') || name.contains('-'),
    }
}

/// The words before the first bracket with something in quotes, if it follows them at once or behind a legal form.
fn defined_in(sentence: &str) -> Option<&str> {
    const QUOTES: [char; 10] = ['"', '“', '”', '„', '«', '»', '「', '『', '‘', '\''];
    let open = sentence.find(['(', '（'])?;
    let inside = sentence[open..].split([')', '）']).next()?;
    if !sentence.starts_with(opens) || !inside.contains(QUOTES) || inside.chars().count() > 80 {
        return None;
    }
    let before = sentence[..open].split(',').next()?.trim_end();
    let named = without_article(before).into_iter().last()?;
    let small = |word: &&str| word.starts_with(char::is_lowercase) && word.chars().count() > 3;
    let short = !named.split_whitespace().any(|word| small(&word)) && named.chars().count() <= 60;
    (short && is_somebody(named) && !names_a_law(named)).then_some(named)
}

/// "АО «Берег» uses cookies on www.берег.example": a name in quotes, with at most three words before it and a legal form behind it, that
/// opens a sentence which prints the host or speaks of cookies.
pub(super) fn quoted(blocks: &[Block], host: Option<&str>) -> Option<FoundName> {
    let prose = blocks.iter().filter(|block| block.as_table().is_none()).take(FRONT);
    let told = prose.filter_map(|block| Some((block, &block.rich()?.text)));
    let mut told = told.filter(|(_, text)| host.is_some_and(|host| prints(text, host)) || speaks_of_cookies(*text));
    told.find_map(|(block, text)| {
        let name = heard::sentences(text).take(3).find_map(quoted_in)?;
        Some(FoundName { text: name.to_owned(), span: block.span })
    })
}

/// A title in parts, or one that says what it is before whose it is: "Acme | Cookie policy", "Cookie policy of Acme".
pub(super) fn titled(blocks: &[Block], title: Option<&str>) -> Option<FoundName> {
    let span = blocks.first().map_or(Span::line(1), |block| block.span);
    let short = |block: &&Block| block.rich().is_some_and(|rich| fits(&rich.text, LONGEST_TITLE));
    let first = blocks.iter().filter(short).take(OPENING).filter_map(|block| Some((block.span, &*block.rich()?.text)));
    let mut titles = title.map(|title| (span, title)).into_iter().chain(first);
    titles.find_map(|(span, title)| {
        let name =
            title.split('\n').find_map(|line| name_beside(blocks, line).or_else(|| name_behind(blocks, line)))?;
        Some(FoundName { text: name.to_owned(), span })
    })
}

/// Characters of the longest title.
const LONGEST_TITLE: usize = 120;

/// The part of a title that says nothing of the document, where another part does.
fn name_beside<'t>(blocks: &[Block], title: &'t str) -> Option<&'t str> {
    let parts: Vec<&str> = [" | ", " – ", " — ", " - ", " · ", " • "].iter().find_map(|mark| {
        let parts: Vec<&str> = title.split(mark).map(str::trim).collect();
        (parts.len() >= 2).then_some(parts)
    })?;
    let says = |part: &&str| speaks_of_cookies(*part) || !lexicon().documents.all(*part).is_empty();
    let named = |part: &&str| !says(part) && is_title_of(blocks, part);
    parts.iter().any(says).then(|| parts.iter().copied().rev().find(|part| named(&part))).flatten()
}

/// What follows the words for the document in a title, and a small word.
fn name_behind<'t>(blocks: &[Block], title: &'t str) -> Option<&'t str> {
    let ends = lexicon().documents.all(title).into_iter().map(|hit| hit.start + hit.words);
    let cookies = lexicon().names.all(title).into_iter().map(|hit| hit.start + hit.words);
    let said = ends.max()?.max(cookies.max().unwrap_or(0));
    let mut words = title.split_whitespace().skip(said).peekable();
    let small = |word: &&str| word.chars().count() <= 4 && word.chars().all(char::is_lowercase);
    words.next_if(small)?;
    words.next_if(small);
    let first = words.next()?;
    let name = title[first.as_ptr() as usize - title.as_ptr() as usize..].trim_end();
    (first.starts_with(opens_name) && is_title_of(blocks, name)).then_some(name)
}

/// Capitalised words, with small ones between them, that the text prints again, or two of them at least.
fn is_title_of(blocks: &[Block], name: &str) -> bool {
    let capital = |word: &&str| word.starts_with(|c: char| opens_name(c) || opens_words(c));
    let words = name.split_whitespace();
    let (large, all) = (words.clone().filter(capital).count(), words.count());
    is_somebody(name) && 2 * large > all && !is_word(blocks, name) && (large >= 2 || uses(blocks, name) >= 2)
}

/// From the front to the closing quote and a form in capitals behind it.
fn quoted_in(sentence: &str) -> Option<&str> {
    const PAIRS: [(char, char); 6] = [('«', '»'), ('„', '“'), ('„', '”'), ('“', '”'), ('"', '"'), ('„', '"')];
    let (at, mark) = sentence.char_indices().find(|(_, c)| PAIRS.iter().any(|(open, _)| open == c))?;
    let inside = &sentence[at + mark.len_utf8()..];
    let closes = |c: char| PAIRS.iter().any(|(open, close)| *open == mark && *close == c);
    let (length, close) = inside.char_indices().find(|(_, c)| closes(*c))?;
    let quoted = &inside[..length];
    let end = at + mark.len_utf8() + length + close.len_utf8();
    let form = sentence[end..].strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '\n']).next());
    let form = form.filter(|form| form.chars().count() >= 2 && form.chars().all(char::is_uppercase));
    let before = sentence[..at].split_whitespace();
    let whole = sentence.starts_with(opens) && before.count() <= 3 && !sentence[..at].contains([',', ':', '(']);
    let named = whole && quoted.starts_with(opens_name) && is_somebody(quoted) && is_somebody(&sentence[..end]);
    named.then(|| &sentence[..end + form.map_or(0, |form| form.len() + 1)])
}

fn names_a_law(name: &str) -> bool {
    name.split_whitespace().any(|word| lexicon().services.is_law(&crate::text::loose(word)))
}
