//! Cookie names in sentences: `the "a" and "b" cookies`, `cookies such as 'c'`, `the d_e cookie`. Precision first.

mod sentence;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::block::{Block, Content, MarkKind, Rich};
use crate::document::FoundIn;
use crate::fields::cookie::heard::{Heard, Named};
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::Record;
use crate::lexicon::{Field, Hit, NameWord, Words, lexicon};
use crate::table::key_of;
use crate::text::{
    Asked, COLONS, SENTENCE_ENDS, Span, Text, answer_list, caseless, is_set_apart, is_unparted, lines, opening,
    place_before, place_behind,
};
use crate::value::name;
use sentence::statements;

/// A quoted token must look like a name at least this much.
const LEAST_QUOTED: f32 = 0.38;
/// Words joined by capitals look at least so much like a name.
const CAMEL: f32 = 0.75;
/// The word cookie stands at most this many characters from a name.
const NEAR: usize = 60;

/// The same for a name that could be any abbreviation.
const CLOSE: usize = 26;

/// Records of names that stand in sentences and nowhere else in the document, with what the sentence says of them. `read` are the places
/// of rows in lines, in order: a part of a name that a column broke is no other name.
pub fn records(blocks: &[Block], known: &HashSet<String>, read: &[Span]) -> Vec<Record> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut leads: Option<Leads> = None;
    let mut passed = 0;
    let mut records = Vec::new();
    let mut headed = false;
    let mut listed = List::None;
    for (index, block) in blocks.iter().enumerate() {
        let Some(text) = block.rich().filter(|_| !block.is_furniture()) else { continue };
        if let Content::Heading { .. } = &block.content {
            headed = lexicon().names.says(&text.text, NameWord::Cookie);
        }
        let row = read[..read.partition_point(|row| row.line <= block.span.line)].last();
        if row.is_some_and(|row| block.span.end_line <= row.end_line) {
            continue;
        }
        listed = listed.on(block, text);
        let mut found = names(text);
        if found.is_empty() {
            found.extend(listed.entry(&text.text));
        }
        if headed && found.is_empty() {
            found.extend(opening_names(&text.text));
        }
        if headed && found.is_empty() {
            found.extend(names_below_heading(&text.text, known));
        }
        found.retain(|found| !is_glued(&found.text, known));
        if found.is_empty() {
            continue;
        }
        let statements = statements(&text.text, &found);
        for (name, statement) in found.into_iter().zip(statements) {
            if !known.contains(&name.text) && seen.insert(name.text.clone()) {
                let leads = leads.get_or_insert_with(|| Leads::of(blocks));
                blocks[passed..=index].iter().for_each(|block| leads.pass(block));
                passed = index + 1;
                let mut record = Record::new(block.span, FoundIn::Prose, leads);
                record.set(Field::Name, Rich::plain(name.text));
                statement.into_fields(&mut record);
                records.push(record);
            }
        }
    }
    records
}

/// A list below words that lead into one of cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    None,
    /// Nothing in it says yet whether it is one of names or of kinds.
    OfSomething,
    /// An entry of it is no word of any language.
    OfNames,
}

impl List {
    /// The list that a block stands in.
    fn on(self, block: &Block, text: &Rich) -> Self {
        match self {
            _ if leads_into_list(text) => Self::OfSomething,
            _ if is_entry(block, text) => self,
            _ => Self::None,
        }
    }

    /// The name that an entry opens with: a plain word is one where another entry has proved the list to be of names, for else it is a
    /// kind of cookies.
    fn entry(&mut self, text: &str) -> Option<Named> {
        let entry = if *self == Self::None { None } else { entry_name(text) }?;
        let plain = entry.text.chars().all(|c| c.is_alphabetic() || c == '-') && name::likeness(&entry.text) < CAMEL;
        if !plain {
            *self = Self::OfNames;
        }
        (*self == Self::OfNames).then_some(entry)
    }
}

/// "The following cookies are used:", after which a list of them comes.
fn leads_into_list(text: &Rich) -> bool {
    text.text.trim_end().ends_with(':') && lexicon().names.says(&text.text, NameWord::Cookie)
}

/// An item of a list, or what a number or a letter opens like one.
fn is_entry(block: &Block, text: &Rich) -> bool {
    let text = text.text.trim_start();
    matches!(block.content, Content::ListItem { .. }) || name::without_enumerator(text).len() < text.len()
}

/// `(a) "a_b", which counts visits`: the token in quotes that opens an entry, before a comma.
fn entry_name(text: &str) -> Option<Named> {
    let start = text.len() - name::without_enumerator(text.trim_start()).len();
    let end = text[start..].starts_with(opens_quote).then(|| closed_at(text, start)).flatten()?;
    let token = name::clean(&text[start..end]);
    let named = text[end..].starts_with(',') && name::likeness(token) >= LEAST_QUOTED && !is_address(token);
    named.then(|| Named { start, end, text: token.to_owned() })
}

/// A known name with the first word of its description glued to it, or its label: `_abCounts`, `Name_ab`.
fn is_glued(token: &str, known: &HashSet<String>) -> bool {
    let mut capitals = token.char_indices().filter(|(at, c)| *at > 2 && c.is_uppercase());
    let first = token.split(',').next().unwrap_or(token);
    let mut labels = first.char_indices().filter(|(at, _)| *at > 2 && known.contains(&first[*at..]));
    capitals.any(|(at, _)| known.contains(&token[..at])) || labels.any(|(at, _)| key_of(&first[..at]).is_some())
}

/// Names that a sentence sets in quotes or code near the word cookie, or that can be nothing else.
fn names(text: &Rich) -> Vec<Named> {
    match text.marks.is_empty() {
        true => answer_list(&text.text.known().answers::<Heard>().names, || names_set_apart(text)).to_vec(),
        false => names_set_apart(text),
    }
}

fn names_set_apart(text: &Rich) -> Vec<Named> {
    if !sets_something_apart(text) {
        return Vec::new();
    }
    let Anchors { cookies, files } = Anchors::of(&text.text);
    if cookies.is_empty() && files.is_empty() {
        return Vec::new();
    }
    let around =
        |start: usize, end: usize| place_before(&text.text, start, NEAR)..place_behind(&text.text, end, NEAR) + 1;
    let near = |start: usize, end: usize| has_one_in(&cookies, around(start, end));
    let mut found: Vec<Named> = Vec::new();
    for run in runs(&text.text, tokens_set_apart(text)) {
        let whole = run[0].place.start..run[run.len() - 1].place.end;
        if !near(whole.start, whole.end) {
            continue;
        }
        let alone: Vec<bool> =
            run.iter().map(|token| token.is_name(&text.text, run.len() == 1, &cookies, &near)).collect();
        let certain = |(token, named): (&SetApart, &bool)| *named && name::likeness(token.text) >= name::CONVINCING;
        let least = match () {
            () if run.iter().zip(&alone).any(certain) => name::POSSIBLE,
            () if ends_with(&text.text[..whole.start], NameWord::SuchAs) => LEAST_QUOTED,
            () if begins_with(&text.text[whole.end..], NameWord::SuchAs) => LEAST_QUOTED,
            () => f32::MAX,
        };
        let named = run
            .iter()
            .zip(alone)
            .filter(|(token, named)| *named || token.is_listed(least, &text.text[token.place.end..]));
        let begins = ends_with(&text.text[..whole.start], NameWord::StartingWith);
        found.extend(named.map(|(token, _)| if begins { token.beginning() } else { token.named() }));
    }
    let behind_file = |start: usize| has_one_in(&files, place_before(&text.text, start, CLOSE)..start);
    found.extend(bare_names(&text.text, &|start, end| near(start, end) || behind_file(start)));
    found.sort();
    // Quotes around code are one name.
    found.dedup_by(|next, name| next.text == name.text && next.start < name.end);
    found
}

/// "HttpOnly", "SameSite": what a column of cookies may be called.
fn is_attribute(text: &str) -> bool {
    lexicon().headers.whole(text).contains(&Field::Extra)
}

/// A token that a sentence sets in quotes or in code.
#[derive(Debug, Clone)]
struct SetApart<'a> {
    place: Range<usize>,
    text: &'a str,
    coded: bool,
}

impl SetApart<'_> {
    /// True for a name by itself, whatever stands beside it.
    fn is_name(&self, text: &str, single: bool, cookie_words: &[usize], near: &dyn Fn(usize, usize) -> bool) -> bool {
        let Range { start, end } = self.place;
        if self.coded {
            let convinces = name::likeness(self.text) >= name::CONVINCING && !is_path(self.text);
            return near(start, end) && convinces && !is_attribute(self.text);
        }
        let close = || has_one_in(cookie_words, place_before(text, start, CLOSE)..start);
        let plain = is_quoted_name(self.text) && (!is_word(self.text) || precedes_cookie(&text[end..], single));
        near(start, end) && (plain || (is_capitals(self.text) || is_joined_words(self.text)) && close())
    }

    /// True for a name among others, or behind "such as", which look at least so much like one; no titled word: "Flash".
    fn is_listed(&self, least: f32, behind: &str) -> bool {
        let titled = is_word(self.text)
            && self.text.starts_with(char::is_uppercase)
            && self.text.chars().skip(1).all(char::is_lowercase);
        let law = lexicon().services.is_law(&self.text.to_lowercase());
        // `"provider": …` is a key among values.
        let key = self.text.chars().all(char::is_alphabetic) && behind.starts_with(':');
        name::likeness(self.text) >= least && !titled && !law && !key && !is_address(self.text)
    }

    fn named(&self) -> Named {
        Named { start: self.place.start, end: self.place.end, text: self.text.to_owned() }
    }

    /// What stands behind "starting with" is the beginning of names.
    fn beginning(&self) -> Named {
        Named { text: name::open_ended(self.text), ..self.named() }
    }
}

/// All tokens in quotes and in code, in order.
fn tokens_set_apart(text: &Rich) -> Vec<SetApart<'_>> {
    let bare =
        |place: Range<usize>| name::clean(text.text[place].trim_matches(|c: char| is_quote(c) || c.is_whitespace()));
    let quoted =
        quoted(&text.text).into_iter().map(|place| SetApart { text: bare(place.clone()), place, coded: false });
    let code = text.marks.iter().filter(|mark| mark.kind == MarkKind::Code);
    let coded = code.map(|mark| SetApart {
        place: mark.start..mark.end,
        text: name::clean(&text.text[mark.start..mark.end]),
        coded: true,
    });
    let mut tokens: Vec<SetApart> = quoted.chain(coded).collect();
    tokens.sort_by_key(|token| (token.place.start, token.place.end));
    tokens
}

/// Tokens that follow one another in a list: with nothing between them but commas, blanks and a word for "and".
fn runs<'a>(text: &str, tokens: Vec<SetApart<'a>>) -> Vec<Vec<SetApart<'a>>> {
    let mut runs: Vec<Vec<SetApart>> = Vec::new();
    for token in tokens {
        let above = runs.last().and_then(|run| run.last()).map(|last| last.place.end);
        let joins = above.is_some_and(|end| end <= token.place.start && joins_list(&text[end..token.place.start]));
        match runs.last_mut().filter(|_| joins) {
            Some(run) => run.push(token),
            None => runs.push(vec![token]),
        }
    }
    runs
}

fn joins_list(between: &str) -> bool {
    const LONGEST: usize = 16;
    let between = behind_bracket(between);
    let word = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'));
    between.len() <= LONGEST && (word.is_empty() || lexicon().names.whole(word).contains(&NameWord::And))
}

/// What stands behind a bracket that tells of the name before it: "`_a` (13 months), `_b` (30 minutes)".
fn behind_bracket(between: &str) -> &str {
    const LONGEST: usize = 80;
    let opened = between.trim_start_matches(is_quote).trim_start().strip_prefix('(');
    let near = opened.map(|inside| opening(inside, LONGEST));
    let close =
        near.and_then(|near| near.find([')', '('])).filter(|at| opened.is_some_and(|all| all[*at..].starts_with(')')));
    opened.zip(close).map_or(between, |(inside, close)| &inside[close + 1..])
}

/// True where a text ends with words of one meaning: "such as", "starting with".
fn ends_with(before: &str, meaning: NameWord) -> bool {
    const LONGEST: usize = 5;
    // Where no blank parts words, all of the text could be one.
    const FARTHEST: usize = 100;
    let before = &before[place_before(before, before.len(), FARTHEST)..];
    if before.ends_with(is_unparted) {
        let words = Words::of(before);
        return lexicon()
            .names
            .all_in(&words)
            .iter()
            .any(|hit| hit.meaning == meaning && hit.start + hit.words == words.len());
    }
    let words: Vec<&str> = before.split_whitespace().rev().take(LONGEST).collect();
    let mut ends = (1..=words.len()).map(|count| words[..count].iter().rev().copied().collect::<Vec<_>>().join(" "));
    ends.any(|end| lexicon().names.whole(&end).contains(&meaning))
}

/// True where a text begins with words of one meaning: Turkish, Korean and Japanese put "such as" behind what it speaks of.
fn begins_with(behind: &str, meaning: NameWord) -> bool {
    const LONGEST: usize = 24;
    lexicon().names.all(opening(behind, LONGEST)).iter().any(|hit| hit.start == 0 && hit.meaning == meaning)
}

/// True where anything stands in quotes, in code or with an underscore: else no name is set apart from the words around it.
fn sets_something_apart(text: &Rich) -> bool {
    // All quotes but those of ASCII begin with one of three bytes.
    let bytes = text.text.as_bytes();
    let may_open =
        memchr::memchr3(b'_', b'"', b'\'', bytes).is_some() || memchr::memchr3(b'`', 0xc2, 0xe2, bytes).is_some();
    let may_open = may_open || memchr::memchr(0xe3, bytes).is_some();
    may_open && text.text.contains(|c: char| c == '_' || opens_quote(c))
        || text.marks.iter().any(|mark| mark.kind == MarkKind::Code)
}

fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '\'' | '‘' | '`' | '「' | '『')
}

fn is_quote(c: char) -> bool {
    opens_quote(c) || matches!(c, '»' | '’' | '」' | '』')
}

/// The longest token in quotes that is looked at, in characters.
const LONGEST_QUOTED: usize = 80;

/// Tokens without a blank in quotes of any kind, with their quotes; a blank may stand next to either.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(open) = text[next..].find(opens_quote).map(|at| next + at) {
        next = match closed_at(text, open) {
            Some(end) => {
                found.push(open..end);
                end
            }
            None => open + text[open..].chars().next().map_or(1, char::len_utf8),
        };
    }
    found
}

/// Where the quotation that opens at a place ends, if it holds one token.
fn closed_at(text: &str, open: usize) -> Option<usize> {
    let mut rest = text[open..].char_indices().skip(1).peekable();
    rest.next_if(|(_, c)| c.is_whitespace());
    let mut length = 0;
    while rest.next_if(|(_, c)| !c.is_whitespace() && !is_quote(*c)).is_some() {
        length += 1;
    }
    rest.next_if(|(_, c)| c.is_whitespace());
    let (at, close) = rest.next()?;
    let closes = is_quote(close) && !matches!(close, '„' | '«' | '‘' | '「' | '『');
    (closes && (1..=LONGEST_QUOTED).contains(&length)).then_some(open + at + close.len_utf8())
}

/// Tokens with an underscore in small letters, in sentences below a heading about cookies: "Acme sets a_b", which says no more that it is
/// one. A known name with something glued to it is none.
fn names_below_heading(text: &Text, known: &HashSet<String>) -> Vec<Named> {
    let glued = |token: &str| (1..token.len()).any(|end| token.get(..end).is_some_and(|head| known.contains(head)));
    let text = text.known();
    let found = answer_list(&text.answers::<Heard>().underscored, || underscored_names(&text));
    found.iter().filter(|found| !glued(&found.text)).cloned().collect()
}

fn underscored_names(text: &str) -> Vec<Named> {
    if memchr::memchr(b'_', text.as_bytes()).is_none() || !text.trim_end().ends_with(SENTENCE_ENDS) {
        return Vec::new();
    }
    let small = |token: &str| token.trim_start_matches(['_', '.']).starts_with(char::is_lowercase);
    let goes_on = |token: &str| {
        token.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
    };
    let mut found = bare_names(text, &|_, _| true);
    found.retain(|found| small(&found.text) && !goes_on(&found.text));
    found
}

/// `SXID` in quotes right behind the word cookie, and no law.
fn is_capitals(token: &str) -> bool {
    let capitals = token.len() >= 3 && token.chars().all(|c| c.is_ascii_uppercase());
    capitals && !lexicon().services.is_law(&token.to_lowercase())
}

/// `visitorId` in quotes right behind the word cookie: words written as one, and no company's.
fn is_joined_words(token: &str) -> bool {
    token.starts_with(char::is_lowercase) && name::likeness(token) >= CAMEL
}

fn is_quoted_name(token: &str) -> bool {
    let word = token.chars().all(char::is_alphabetic);
    let lower = token == token.to_lowercase();
    name::likeness(token) >= LEAST_QUOTED && (!word || lower) && !is_address(token) && !is_group(token)
}

/// `data/cookies.yaml`: a file.
fn is_path(token: &str) -> bool {
    token.rsplit_once('/').is_some_and(|(_, file)| file.contains('.'))
}

fn is_address(token: &str) -> bool {
    token.contains("://") || crate::value::host::whole(token).is_some()
}

/// "Targeting/Advertising": names of groups, however they are joined.
fn is_group(token: &str) -> bool {
    token.contains('/') && !token.contains('_') && crate::value::category::named_share(&token.replace('/', " ")) >= 0.8
}

fn is_word(token: &str) -> bool {
    token.chars().all(char::is_alphabetic)
}

/// A quoted word is a name where "cookie" follows it, or another quoted name that "cookie" follows; a single one before "cookies" is a
/// kind of them.
fn precedes_cookie(after: &str, single: bool) -> bool {
    static COOKIE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)^[.,]?\s*(?:(?:and|or|et|ou|und|oder|y|e|o|,)?\s*["“”„«'‘][^\s"“”„«»'‘’]{1,40}["“”»'’][,.]?\s*)*cookies?\b"#).expect("a constant pattern")
    });
    let many = || opening(after.trim_start(), "cookies".len()).eq_ignore_ascii_case("cookies");
    COOKIE.is_match(after) && !(single && many())
}

/// Tokens with an underscore, or with a dot before it and within, next to the word cookie.
fn bare_names(text: &str, near: &dyn Fn(usize, usize) -> bool) -> Vec<Named> {
    let mut found = Vec::new();
    let parts = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_set_apart(c);
    for token in text.split(parts) {
        let token = name::clean(token);
        let at = token.as_ptr() as usize - text.as_ptr() as usize;
        let plain = (is_underscored(token) || is_dotted(token)) && !is_value(text, at) && near(at, at + token.len());
        let begins = plain && ends_with(&text[..at], NameWord::StartingWith);
        if begins || plain && !token.ends_with('_') || is_explained(text, at, token) {
            let name = if begins { name::open_ended(token) } else { token.to_owned() };
            found.push(Named { start: at, end: at + token.len(), text: name });
        }
    }
    found
}

/// Names that the sentences of a text under a heading about cookies open with, each on a line of its own: "a_b keeps you signed in".
fn opening_names(text: &str) -> Vec<Named> {
    let opened = |line: &str| {
        let blank = memchr::memchr(b' ', line.as_bytes())?;
        let (token, rest) = (&line[..blank], &line[blank + 1..]);
        let says = rest.starts_with(char::is_lowercase) && rest.trim_end().ends_with('.');
        let at = line.as_ptr() as usize - text.as_ptr() as usize;
        let named = says && is_underscored(token) && !token.ends_with('_') && name::clean(token) == token;
        named.then(|| Named { start: at, end: at + token.len(), text: token.to_owned() })
    };
    lines(text).filter_map(opened).collect()
}

fn is_underscored(token: &str) -> bool {
    let titled =
        token.split('_').all(|part| part.starts_with(char::is_uppercase) && part.chars().any(char::is_lowercase));
    token.contains('_')
        && !titled
        && !token.contains(['/', '=', '@', '[', '|', '<', '{'])
        && name::likeness(token) >= 0.9
        && token.len() >= 3
}

/// `.AspNetCore.Session`: a dot before words that dots and capitals part.
fn is_dotted(token: &str) -> bool {
    let parts = token.strip_prefix('.').map(|rest| rest.split('.').collect::<Vec<_>>());
    parts.is_some_and(|parts| {
        let titled = |part: &&str| part.starts_with(char::is_uppercase) && part.chars().all(char::is_alphanumeric);
        parts.len() >= 2 && parts.iter().all(titled)
    })
}

/// "the cookie ABSESSION (keeps the session)": capitals between the word cookie and a bracket.
fn is_explained(text: &str, at: usize, token: &str) -> bool {
    const LEAST: usize = 6;
    let behind_cookie = || {
        let parted = text[..at].ends_with(char::is_whitespace);
        let word = text[..at].split_whitespace().next_back().filter(|_| parted).unwrap_or("");
        word.contains(char::is_lowercase) && lexicon().names.whole(word).contains(&NameWord::Cookie)
    };
    let bracket = text[at + token.len()..].trim_start().starts_with('(');
    token.len() >= LEAST && is_capitals(token) && bracket && behind_cookie()
}

/// "Type: http_cookie": what a label says, where the label is no name's.
fn is_value(text: &str, at: usize) -> bool {
    let near = text[..at].char_indices().rev().nth(NEAR).map_or(0, |(start, _)| start);
    let line = text[near..at].rfind('\n').map_or(near, |end| near + end + 1);
    let label = text[line..at].trim_end().strip_suffix(COLONS);
    label.and_then(crate::table::key_of).is_some_and(|field| field != Field::Name)
}

/// True where one of some places, which are in order, lies in a range.
fn has_one_in(places: &[usize], range: Range<usize>) -> bool {
    places.get(places.partition_point(|at| *at < range.start)).is_some_and(|at| *at < range.end)
}

/// The runs of up to so many characters in a word whose script puts no blank between words, and those of Latin letters within it.
fn parts_of(word: &str) -> impl Iterator<Item = (usize, &str)> {
    const LONGEST: usize = 6;
    let latin = word.split(is_set_apart).map(move |part| (part.as_ptr() as usize - word.as_ptr() as usize, part));
    let ends = |at: usize| word[at..].char_indices().map(move |(end, c)| at + end + c.len_utf8()).take(LONGEST);
    let starts = word.char_indices().filter(|(_, c)| is_set_apart(*c)).map(|(at, _)| at);
    latin.chain(starts.flat_map(move |at| ends(at).skip(1).map(move |end| (at, &word[at..end]))))
}

/// Where the words stand in a text that names of cookies stand near, in bytes.
struct Anchors {
    /// The words for cookie.
    cookies: Vec<usize>,
    /// Those for a file, which some languages call a cookie: "the file a_b keeps you signed in".
    files: Vec<usize>,
}

impl Anchors {
    fn of(text: &str) -> Self {
        let mut anchors = Self { cookies: Vec::new(), files: Vec::new() };
        let anchor = |hit: &Hit<NameWord>| matches!(hit.meaning, NameWord::Cookie | NameWord::File);
        if caseless(text).contains("cookie") || lexicon().names.all(text).iter().any(anchor) {
            anchors.find(text);
        }
        anchors
    }

    fn find(&mut self, text: &str) {
        let meanings = |word: &str| lexicon().names.whole(word);
        let is_cookie = |word: &str| meanings(word).contains(&NameWord::Cookie);
        let mut start = 0;
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if is_cookie(word) {
                self.cookies.push(start);
            } else if word.contains(is_set_apart) {
                self.cookies.extend(parts_of(word).filter(|(_, part)| is_cookie(part)).map(|(at, _)| start + at));
            } else if meanings(word).contains(&NameWord::File) {
                self.files.push(start);
            }
            start += word.len();
            start += text[start..].chars().next().map_or(0, char::len_utf8);
        }
    }
}
