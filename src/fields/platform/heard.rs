//! What a text says of a platform, whatever else the document says; kept with the text. Sees no document.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use crate::document::{DocumentKind, Party};
use crate::lexicon::{Field, Hit, NameWord, Words, lexicon};
use crate::text::{
    Answers, Asked, COLONS, QUESTION_MARKS, Room, Text, answer, answer_list, colons, ends_wide_sentence, fits,
    is_unparted, opening, opens_words, place_before, within, word_count,
};
use crate::value::host::{self, FoundHost};

/// The answers; each is told by the function of its name.
#[derive(Default)]
struct Heard {
    is_record: OnceLock<bool>,
    introduces_own_hosts: OnceLock<bool>,
    hosts: OnceLock<Box<[PrintedHost]>>,
    mail_domains: OnceLock<Box<[String]>>,
    user_of_cookies: OnceLock<Option<Range<usize>>>,
    subjects: OnceLock<Box<[Range<usize>]>>,
    company: OnceLock<Option<String>>,
    claims_rights: OnceLock<bool>,
    capitals: OnceLock<Box<[u32]>>,
    is_own_name: OnceLock<bool>,
    speaks_of_cookies: OnceLock<bool>,
}

impl Answers for Heard {
    const ROOM: Room = Room::Platform;
}

/// Characters before a host, a bracket or a quote in which the subject of its sentence stands.
const LONGEST_OPENING: usize = 160;

/// Words of the longest name, and bytes, and characters where no blank parts words.
const MOST_WORDS: usize = 8;
const MOST_BYTES: usize = 140;
const MOST_LETTERS: usize = 24;

/// A host that a text prints, and what the text says of it.
#[derive(Debug)]
pub(super) struct PrintedHost {
    /// Lower case, without scheme, user, port, path or trailing dot.
    pub host: String,
    /// Where it is printed, with scheme and path.
    pub place: Range<usize>,
    /// True where a scheme or `www.` makes it an address beyond doubt.
    pub explicit: bool,
    /// "the website X", "X platform", "sur le site X", "el sitio web X".
    pub named_a_site: bool,
    /// "Acme uses cookies on its planning service at https://…": the word cookie stands before it in the same sentence.
    pub behind_cookies: bool,
    /// Alone on its line, or behind a label: an entry of a list of hosts or a cookie's, for it ends no sentence.
    pub is_value: bool,
    /// True for a page deep within the site.
    pub deep: bool,
}

/// "Cookie: … Lifetime: … Domain: …": the host in it is a cookie's.
pub(super) fn is_record(text: &Text) -> bool {
    *answer(&text.known().answers::<Heard>().is_record, || {
        colons(text).nth(2).is_some() && {
            let labels = lexicon().headers.all(text);
            let named = labels.iter().any(|hit| hit.start == 0);
            let fields: BTreeSet<Field> = labels.iter().map(|hit| hit.meaning).collect();
            named && [Field::Name, Field::Purpose, Field::Duration].iter().all(|field| fields.contains(field))
        }
    })
}

/// "This cookie policy applies to our websites:", before a list of them.
pub(super) fn introduces_own_hosts(text: &Text) -> bool {
    *answer(&text.known().answers::<Heard>().introduces_own_hosts, || {
        text.trim_end().ends_with(COLONS) && lists_own_sites(text)
    })
}

/// The hosts that a known text prints, in order.
pub(super) fn hosts(text: &Text) -> &[PrintedHost] {
    let printed = || {
        let found = host::find(text);
        if found.is_empty() {
            return Vec::new();
        }
        let speaks = Speaks { of_sites: lexicon().sites.may_be_in(text), of_cookies: speaks_of_cookies(text) };
        found.into_iter().map(|found| PrintedHost::of(text, found, speaks)).collect()
    };
    answer_list(&text.answers::<Heard>().hosts, printed)
}

/// Registrable domains behind the @ of e-mail addresses in a known text.
pub(super) fn mail_domains(text: &Text) -> &[String] {
    let printed = || if text.contains('@') { domains_of_mail(text) } else { Vec::new() };
    answer_list(&text.answers::<Heard>().mail_domains, printed)
}

/// "Acme uses cookies", "Acme Ltd and its affiliates use": who does, in the first sentence that says so.
pub(super) fn user_of_cookies(text: &Text) -> Option<&str> {
    let user = || {
        // Most texts name none.
        let may = lexicon().uses.may_be_in(text) && speaks_of_cookies(text);
        let users = || sentence_starts(text).filter_map(|start| user_in_sentence(&text[start..]));
        may.then(|| users().find(|user| is_somebody(user)).map(|user| place_in(text, user))).flatten()
    };
    let place = answer(&text.known().answers::<Heard>().user_of_cookies, user).clone()?;
    Some(&text[place])
}

/// Who opens a sentence about cookies, sentence by sentence.
pub(super) fn subjects(text: &Text) -> impl Iterator<Item = &str> {
    let places = answer_list(&text.known().answers::<Heard>().subjects, || subjects_of_sentences(text)).to_vec();
    places.into_iter().map(|place| &text[place])
}

/// The first company that a text names by its legal form and that is no service.
pub(super) fn company(text: &Text) -> Option<String> {
    answer(&text.known().answers::<Heard>().company, || company_named(text)).clone()
}

/// "© 2024".
pub(super) fn claims_rights(text: &Text) -> bool {
    let signs = ["©", "(c)", "opyright"];
    *answer(&text.known().answers::<Heard>().claims_rights, || signs.iter().any(|sign| text.contains(sign)))
}

/// Where the words of a known text begin that a name could open with: with a capital, a letter of a script without any, or a figure, less the
/// marks before it.
pub(super) fn capitals(text: &Text) -> impl Iterator<Item = usize> {
    answer_list(&text.answers::<Heard>().capitals, || words_that_open_names(text)).iter().map(|start| *start as usize)
}

/// A name, and none of a service, a document or the cookies.
pub(super) fn is_own_name(name: &(impl Asked + ?Sized)) -> bool {
    let name = name.known();
    *answer(&name.answers::<Heard>().is_own_name, || may_be_own(&name))
}

/// True for the character that a name begins with.
pub(super) fn opens_name(c: char) -> bool {
    c.is_uppercase() || c.is_numeric()
}

/// How many words at the front, at most so many, begin with a capital, and where the word behind them begins.
pub(super) fn capitalised(text: &str, most: usize) -> (usize, usize) {
    let inner = |c: char| c.is_alphabetic() || c.is_numeric() || matches!(c, '&' | '.' | '\'' | '’' | '-');
    let (mut words, mut end) = (0, 0);
    for word in text.split_inclusive(char::is_whitespace).take(most) {
        let bare = word.trim_end();
        if !word.starts_with(char::is_uppercase) || bare.len() == word.len() || !bare.chars().all(inner) {
            break;
        }
        words += 1;
        end += word.len();
    }
    (words, end)
}

/// The sentence that a place lies in, as far as the place; nothing where it begins too far back for the place to be near its subject.
pub(super) fn sentence_before(text: &str, at: usize) -> &str {
    &text[sentence_start(text, at).unwrap_or(at)..at]
}

/// Where the sentence begins that a place lies in, less the number of its section.
pub(super) fn sentence_start(text: &str, at: usize) -> Option<usize> {
    let near = place_before(text, at, LONGEST_OPENING);
    let before = &text[near..at];
    let from = sentence_starts_in(before).last().unwrap_or(0);
    (near == 0 || from > 0).then(|| at - without_number(before[from..].trim_start()).len())
}

/// The first lines of a text, less the numbers of their sections, each with all that follows.
pub(super) fn first_lines(text: &str) -> impl Iterator<Item = &str> {
    const MOST_LINES: usize = 3;
    let near = opening(text, LONGEST_OPENING);
    let ends = memchr::memchr_iter(b'\n', near.as_bytes()).map(|end| end + 1);
    std::iter::once(0).chain(ends).take(MOST_LINES).map(|start| without_number(text[start..].trim_start()))
}

/// The text prints the host, or speaks of cookies.
pub(super) fn is_told(text: &Text, host: Option<&str>) -> bool {
    host.is_some_and(|host| prints(text, host)) || speaks_of_cookies(text)
}

pub(super) fn prints(text: &Text, host: &str) -> bool {
    hosts(&text.known()).iter().any(|found| found.host == host)
}

/// A name opens with a capital, or in a script that has none.
pub(super) fn opens(c: char) -> bool {
    opens_name(c) || opens_words(c) || is_unparted(c) || matches!(c, '„' | '«' | '"' | '“')
}

/// "eShop", "iLernen", "aBC": a word that begins small and goes on with a capital is a brand.
fn is_brand(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_some_and(char::is_uppercase)
}

/// A name that is nobody's of the trade, and no word of the field.
pub(super) fn is_somebody(name: &str) -> bool {
    let shortest = if is_brand(name) { 3 } else { 4 };
    let length = (shortest..=MOST_BYTES).contains(&name.len()) && word_count(name) <= MOST_WORDS;
    length
        && (name.starts_with(opens) || is_brand(name))
        && is_own_name(name)
        && !lexicon().services.is_mentioned(name)
        && lexicon().sites.all(name).is_empty()
        && lexicon().parties.all(name).is_empty()
        && lexicon().categories.whole(name).is_empty()
        && lexicon().headers.whole(name).is_empty()
}

/// Two words, or as many letters as two have.
pub(super) fn is_more_than_a_word(name: &str) -> bool {
    let letters = name.chars().count();
    match name.chars().all(is_unparted) {
        true => (3..=MOST_LETTERS).contains(&letters),
        false => name.contains(' ') || name.contains('-'),
    }
}

/// The sentence, and what is behind a short word that opens it: "Die Stadtbücherei Au".
pub(super) fn without_article(sentence: &str) -> impl IntoIterator<Item = &str> {
    let short = sentence.split_once(' ').filter(|(word, rest)| {
        word.chars().count() <= 4 && word.chars().all(char::is_alphabetic) && rest.starts_with(opens_name)
    });
    std::iter::once(sentence).chain(short.map(|(_, rest)| rest))
}

/// True for a text with the word cookie.
pub(super) fn speaks_of_cookies(text: &(impl Asked + ?Sized)) -> bool {
    let text = text.known();
    *answer(&text.answers::<Heard>().speaks_of_cookies, || lexicon().names.says(&*text, NameWord::Cookie))
}

/// Where a sentence or a line begins within a text. Behind an abbreviation or a number a sentence goes on in small letters.
fn sentence_starts_in(text: &str) -> impl Iterator<Item = usize> {
    let ends = |rest: &str| rest.starts_with(char::is_whitespace) && !rest.trim_start().starts_with(char::is_lowercase);
    text.char_indices().filter_map(move |(at, c)| {
        let rest = &text[at + c.len_utf8()..];
        let begins = c == '\n' || ends_wide_sentence(c) || c == '.' && ends(rest);
        begins.then(|| text.len() - rest.trim_start().len())
    })
}

/// "1.1. Acme uses" less its number.
fn without_number(sentence: &str) -> &str {
    let end = sentence.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(0);
    let numbered = sentence[..end].contains('.') && sentence[end..].starts_with(char::is_whitespace);
    if numbered { sentence[end..].trim_start() } else { sentence }
}

fn words_that_open_names(text: &str) -> Vec<u32> {
    if text.is_ascii() { ascii_openings(text.as_bytes()) } else { openings(text) }
}

fn openings(text: &str) -> Vec<u32> {
    let mut in_word = false;
    let opens = |(at, c): (usize, char)| {
        let begins = !in_word && c.is_alphanumeric();
        in_word = (in_word || begins) && !c.is_whitespace();
        (begins && (opens_name(c) || opens_words(c))).then_some(at as u32)
    };
    text.char_indices().filter_map(opens).collect()
}

/// Nearly all bytes are small letters, which are passed over eight at a time.
fn ascii_openings(text: &[u8]) -> Vec<u32> {
    let opens = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    // Between the white space before it and itself stand marks alone.
    let begins = |at: &usize| {
        let before = text[..*at].iter().rev().take_while(|byte| !char::from(**byte).is_whitespace());
        !before.into_iter().any(u8::is_ascii_alphanumeric)
    };
    let (eights, rest) = text.as_chunks::<8>();
    let mut found = Vec::new();
    for (chunk, bytes) in eights.iter().enumerate() {
        let bytes = u64::from_le_bytes(*bytes);
        let mut opening = within(bytes, b'A', b'Z') | within(bytes, b'0', b'9');
        while opening != 0 {
            found.push(8 * chunk + opening.trailing_zeros() as usize / 8);
            opening &= opening - 1;
        }
    }
    found.extend((text.len() - rest.len()..text.len()).filter(|at| opens(&text[*at])));
    found.into_iter().filter(begins).map(|at| at as u32).collect()
}

/// Where a part of a text stands in it.
pub(super) fn place_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

fn lists_own_sites(text: &str) -> bool {
    let words = Words::of(text.rsplit(". ").next().unwrap_or(text));
    let sites = lexicon().sites.all_in(&words);
    let parties = lexicon().parties.all_in(&words);
    let third = parties.iter().any(|hit| hit.meaning == Party::Third);
    let ours = || parties.iter().filter(|hit| hit.meaning == Party::First);
    let beside = |a: &Hit<Party>, b: &Hit<()>| a.start <= b.start + b.words && b.start <= a.start + a.words;
    let documents = lexicon().documents.all_in(&words);
    let subject = documents.iter().any(|hit| hit.start <= 1 && hit.meaning == DocumentKind::CookiePolicy);
    !third && sites.iter().any(|site| subject || ours().any(|ours| beside(ours, site)))
}

/// What a text may say of its hosts, by a look at all of its words.
#[derive(Clone, Copy)]
struct Speaks {
    of_sites: bool,
    of_cookies: bool,
}

impl PrintedHost {
    fn of(text: &str, found: FoundHost, speaks: Speaks) -> Self {
        let slashes = found.raw.trim_end_matches('/').matches('/').count();
        Self {
            place: found.start..found.start + found.raw.len(),
            explicit: found.explicit,
            named_a_site: speaks.of_sites && names_a_site(text, &found),
            behind_cookies: speaks.of_cookies && says_where_cookies_are(text, &found),
            is_value: is_value(text, &found),
            deep: slashes > if found.raw.contains("://") { 2 } else { 0 },
            host: found.host,
        }
    }
}

fn is_value(text: &str, found: &FoundHost) -> bool {
    // The next character of the line on either side, for the line may be the whole document.
    let of_line = |c: &char| *c == '\n' || !c.is_whitespace();
    let before = text[..found.start].chars().rev().find(of_line);
    let after = text[found.start + found.raw.len()..].chars().find(of_line);
    matches!(after, None | Some('\n')) && matches!(before, None | Some('\n' | ':' | '：'))
}

fn names_a_site(text: &str, found: &FoundHost) -> bool {
    let before_start = text[..found.start].char_indices().rev().nth(50).map_or(0, |(at, _)| at);
    let after = &text[found.start + found.raw.len()..];
    let after = &after[..after.char_indices().nth(25).map_or(after.len(), |(at, _)| at)];
    let says = |text: &str| !lexicon().sites.all_in(&Words::unknown(text)).is_empty();
    let before = &text[before_start..found.start];
    // A line that is nothing but a host goes on a sentence at most: what stands below it speaks of something else.
    match is_value(text, found) {
        true => before.ends_with('\n') && !before.trim_end().ends_with(['.', ':']) && says(before),
        false => says(before) || says(after),
    }
}

/// Characters before an address that are looked at for the beginning of its sentence.
const LONGEST_SENTENCE: usize = 200;

fn says_where_cookies_are(text: &str, found: &FoundHost) -> bool {
    let near = text[..found.start].char_indices().rev().nth(LONGEST_SENTENCE).map_or(0, |(at, _)| at);
    let before = &text[near..found.start];
    // A small letter behind a full stop goes on the sentence: "Acme d.o.o. uses".
    let ends = |at: &usize| !before[at + 2..].trim_start().starts_with(char::is_lowercase);
    let stop = before.rmatch_indices(". ").map(|(at, _)| at).find(ends).map_or(0, |at| at + 2);
    let sentence = before[stop..].rsplit(ends_wide_sentence).next().unwrap_or("");
    found.explicit && lexicon().names.says_in(&Words::unknown(sentence), NameWord::Cookie)
}

fn domains_of_mail(text: &str) -> Vec<String> {
    let parts_words = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | ',' | ';' | '"');
    let mut behind = text.split('@').skip(1).peekable();
    let mut domains = Vec::new();
    while let Some(stretch) = behind.next() {
        // Of several signs in a word, the last one has the domain behind it.
        let end = stretch.find(parts_words).or_else(|| behind.peek().is_none().then_some(stretch.len()));
        let bare = end.map(|end| stretch[..end].trim_matches(|c: char| !c.is_alphanumeric()));
        domains.extend(bare.and_then(|bare| host::registrable(&bare.to_ascii_lowercase())));
    }
    domains
}

/// Where sentences begin: at the front, and behind a full stop or a colon.
fn sentence_starts(text: &str) -> impl Iterator<Item = usize> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b':' | b'!' | b'?'));
    let behind = ends.filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let trimmed = rest.trim_start();
        (trimmed.len() < rest.len()).then_some(text.len() - trimmed.len())
    });
    std::iter::once(0).chain(behind)
}

/// Who stands before the verb: "Acme uses cookies", "The Acme site uses", "The website of Acme uses". Where the verb comes last, he
/// stands before the cookies.
fn user_in_sentence(sentence: &str) -> Option<&str> {
    let sentence = without_number(opening(sentence, LONGEST_OPENING).split('\n').next()?);
    let asks = sentence.split(". ").next().is_some_and(|sentence| sentence.contains(QUESTION_MARKS));
    if sentence.starts_with(is_unparted) || asks {
        return None;
    }
    let words = Words::unknown(sentence);
    let end = end_of_user(&words)?;
    let sites = lexicon().sites.all_in(&words);
    let opening_site = sites.iter().find(|hit| hit.start <= 1).map_or(0, |hit| hit.start + hit.words);
    let site = sites.iter().map(|hit| hit.start).find(|start| *start > 1).unwrap_or(end);
    let user = printed_words(sentence, opening_site..end.min(site))?;
    let bare = if opening_site > 0 { without_small_words(user) } else { without_small_word(user) };
    let bare = without_preposition(bare.split([',', '(']).next()?.trim_end());
    (lexicon().itself.all(user).is_empty() && may_be_user(bare)).then_some(bare)
}

/// How many words stand before the verb of using and the cookies, if there are both.
fn end_of_user(words: &Words) -> Option<usize> {
    const MOST_BETWEEN: usize = 1;
    let verb = lexicon().uses.all_in(words).first()?.start;
    let cookie = lexicon().names.all_in(words).into_iter().find(|hit| hit.meaning == NameWord::Cookie)?;
    // "While the cookies that we use": the verb belongs to others.
    let apart = cookie.start < verb && cookie.start + cookie.words + MOST_BETWEEN < verb;
    (!apart).then_some(verb.min(cookie.start))
}

/// A few words, not most of them small.
fn may_be_user(name: &str) -> bool {
    let words = word_count(name);
    let small = name.split_whitespace().filter(|word| word.chars().all(char::is_lowercase)).count();
    words <= MOST_WORDS && 2 * small <= words + 1 && !name.contains([':', '|'])
}

/// The words behind the last word for a site in the beginning of a sentence, less the small ones and the marks around them.
pub(super) fn behind_site(said: &str) -> Option<&str> {
    let words = Words::unknown(said);
    let site = lexicon().sites.all_in(&words).into_iter().last()?;
    let behind = printed_words(said, site.start + site.words..words.len())?;
    let name =
        without_small_words(behind).trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '»' | '“' | '”'));
    (!name.is_empty() && !name.contains([',', ':', ';', '('])).then_some(name)
}

/// The words of a text that are so and so many when it is folded.
fn printed_words(text: &str, folded: Range<usize>) -> Option<&str> {
    let mut count = 0;
    let (mut start, mut end) = (None, None);
    for word in text.split_whitespace() {
        let place = place_in(text, word);
        if count == folded.start {
            start = Some(place.start);
        }
        count += Words::unknown(word).len();
        if count == folded.end {
            end = Some(place.end);
        }
        if count >= folded.end {
            break;
        }
    }
    text.get(start?..end?)
}

/// "of the Acme" less the small words before the name.
fn without_small_words(words: &str) -> &str {
    words.trim_start_matches(|c: char| c.is_lowercase() || c.is_whitespace())
}

/// "The Acme" less the article; a short word that is none is the name's.
fn without_small_word(words: &str) -> &str {
    const LONGEST_ARTICLE: usize = 3;
    let (first, rest) = words.split_once(' ').unwrap_or(("", words));
    let article = fits(first, LONGEST_ARTICLE) && first.chars().skip(1).all(char::is_lowercase);
    let article = article && rest.starts_with(opens_name) && first.chars().nth(1).is_some();
    if article || lexicon().function_words.contains(first.to_lowercase()) { rest } else { words }
}

/// "Acme on" less the small word behind the name.
fn without_preposition(words: &str) -> &str {
    const LONGEST_PREPOSITION: usize = 3;
    let last = words
        .rsplit_once(' ')
        .filter(|(_, last)| fits(last, LONGEST_PREPOSITION) && last.chars().all(char::is_lowercase));
    last.map_or(words, |(rest, _)| rest)
}

fn subjects_of_sentences(text: &Text) -> Vec<Range<usize>> {
    let sentences = text.split(". ").map(str::trim_start);
    let named = sentences.filter_map(|sentence| Some((sentence, subject_of(sentence)?)));
    let mut named = named.filter(|(_, name)| is_own_name(name)).peekable();
    // Asked of a text only where a sentence in it may name someone.
    if named.peek().is_none() || !speaks_of_cookies(text) {
        return Vec::new();
    }
    let subject = |(sentence, name): (&str, &str)| {
        let words = Words::unknown(sentence);
        let spoken = !opens_a_label(&words, name) && lexicon().names.says_in(&words, NameWord::Cookie);
        spoken.then(|| place_in(text, name))
    };
    named.filter_map(subject).collect()
}

/// "Maximum storage duration: …" names nobody.
fn opens_a_label(sentence: &Words, name: &str) -> bool {
    let words = name.split_whitespace().count();
    lexicon().headers.all_in(sentence).iter().any(|hit| hit.start == 0 && hit.words > words)
}

/// The capitalised words that a sentence opens with, before its verb or a bracket.
fn subject_of(sentence: &str) -> Option<&str> {
    let (words, end) = capitalised(sentence, 5);
    let rest = &sentence[end..];
    let behind = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(_, rest)| rest);
    let bracketed = behind.and_then(|rest| rest.strip_prefix(char::is_whitespace)).unwrap_or(rest);
    (words > 0 && bracketed.starts_with(char::is_lowercase)).then(|| sentence[..end].trim())
}

/// "This", "our", "we" in front of a word of Chinese or Japanese: 当社, 此网站.
const THIS: [char; 10] = ['当', '當', '弊', '貴', '我', '这', '這', '此', '该', '該'];

fn may_be_own(name: &Text) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && !name.starts_with(THIS)
        && !lexicon().function_words.contains(name.to_lowercase())
        && !lexicon().services.is_name(name)
        && lexicon().documents.all(name).is_empty()
        && lexicon().categories.whole(name).is_empty()
        && !speaks_of_cookies(name)
}

fn company_named(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = (1..words.len()).filter(|end| lexicon().services.ends_a_company(words[*end]));
    let mut ends = ends.filter(|end| lexicon().services.is_company(&words[end - 1..=*end].join(" ")));
    ends.find_map(|end| {
        let capital =
            |word: &&str| word.starts_with(|c: char| c.is_uppercase()) && !word.ends_with(['.', ',', ':', ';']);
        let before = words[..end].iter().rev().take(5);
        let mut start = end - before.take_while(|word| capital(word)).count();
        // "(Acme Ireland Limited)": the bracket opens with the name.
        if start > 0 && end - start < 5 && words[start - 1].strip_prefix('(').is_some_and(|word| capital(&word)) {
            start -= 1;
        }
        let name = words[start..=end].join(" ");
        let name = name.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | '„' | '“' | '"' | '”'));
        let own = start < end && is_own_name(name) && !lexicon().services.is_mentioned(name);
        own.then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn eight_bytes_at_a_time_name_the_same_words(text in r"([a-z]{0,3}|[A-Z]|[0-9]|[ \n\x0b\x1c]|[(\x22/._-]){0,40}") {
            prop_assert_eq!(ascii_openings(text.as_bytes()), openings(&text));
        }

        #[test]
        fn each_word_has_the_domain_behind_its_last_sign(text in r"(@|[a-c]{1,2}|\.(com|org)|[ ,<>()]|é){0,30}") {
            let words = text.split(|c: char| c.is_whitespace() || "()<>,;\"".contains(c));
            let domains = words.filter_map(|word| word.rsplit_once('@')).map(|(_, domain)| domain.trim_matches(|c: char| !c.is_alphanumeric()));
            let registrable = domains.filter_map(|domain| host::registrable(&domain.to_ascii_lowercase()));
            prop_assert_eq!(domains_of_mail(&text), registrable.collect::<Vec<_>>());
        }
    }
}
