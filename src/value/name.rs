//! Cookie names: what looks like one, several in a cell, wildcards and placeholders.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Looks;
use crate::block::{MarkKind, Rich};
use crate::lexicon::{NameWord, lexicon};
use crate::text::{Asked, Text, answer, answer_list, collapse, is_invisible, is_unparted};

/// A name of at least this likeness needs no header to be believed.
pub const CONVINCING: f32 = 0.6;
/// A name of less than this likeness is not believed under any header.
pub const POSSIBLE: f32 = 0.15;
/// A name of at least this likeness is one among words too.
const SURE: f32 = 0.8;
/// RFC 6265bis lets a name and its value have 4,096 bytes; printed names stay far below.
const LONGEST: usize = 160;

/// How much one token looks like the name of a cookie, 0 to 1; its header is not asked.
pub fn likeness(token: &(impl Asked + ?Sized)) -> f32 {
    let token = token.known();
    *answer(&token.answers::<Looks>().name, || likeness_of(&token))
}

fn likeness_of(token: &Text) -> f32 {
    /// Of a name that services have made known, and of one that stands for other things too.
    const KNOWN: f32 = 0.9;
    const DOUBTFUL: f32 = 0.62;
    if lexicon().services.is_cookie(token) {
        return KNOWN;
    }
    if lexicon().services.is_doubtful_cookie(token) {
        return DOUBTFUL;
    }
    let shape = Shape::of(token);
    if !shape.possible {
        return 0.0;
    }
    let wordy = token.chars().all(|c| c.is_alphabetic() || c == '-');
    let known = if wordy { term_penalty(token) } else { 0.0 };
    (shape.likeness() - known).max(0.0)
}

/// How much a cell looks like cookie names and nothing else, 0 to 1: the mean over the names in it.
pub fn cell_likeness(cell: &Rich) -> f32 {
    let coded = cell.marks.iter().any(|mark| mark.kind == MarkKind::Code) || bold_words(cell).is_some();
    if coded { likeness_of_all(&split(cell)) } else { text_likeness(&cell.text) }
}

/// [`cell_likeness`] of a cell without marks.
pub fn text_likeness(text: &(impl Asked + ?Sized)) -> f32 {
    let text = text.known();
    *answer(&text.answers::<Looks>().names, || likeness_of_all(names_of(&text)))
}

fn likeness_of_all(names: &[Name]) -> f32 {
    if names.is_empty() {
        return 0.0;
    }
    names.iter().map(|name| likeness(&name.text)).sum::<f32>() / names.len() as f32
}

/// A name read from a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Name {
    /// As printed, less markup, quotes and footnote marks.
    pub text: String,
    /// What stands behind it in brackets and is no part of it: a provider, a lifetime, a remark.
    pub note: Option<String>,
    /// Words before it that are no name: "Analytics e.g. _a, _b", "Tool cookie (_t)".
    pub owner: Option<String>,
}

/// The names of a cell, in order.
///
/// Separators are line ends, commas, semicolons, spaced slashes and the words for "and"; none of them splits inside brackets.
/// Code spans are names by themselves where they make up most of the cell, bold words where they are all of it. A cell such as `Analytics (_a, _b)` names what is in
/// its bracket.
pub fn split(cell: &Rich) -> Vec<Name> {
    if let Some(at) = note_start(&cell.text).filter(|at| is_example(&cell.text[..*at], &cell.text[*at..])) {
        return single(&cell.text[..at]).into_iter().collect();
    }
    let code: Vec<&str> = cell.marked(|kind| *kind == MarkKind::Code).collect();
    let coded: usize = code.iter().map(|piece| piece.len()).sum();
    if code.len() > 1 && coded * 2 >= cell.text.len() {
        return code.iter().flat_map(|piece| pieces(piece)).filter_map(|piece| single(&piece)).collect();
    }
    if let Some(words) = bold_words(cell) {
        return words.into_iter().filter_map(single).collect();
    }
    names_of(&cell.text.known()).to_vec()
}

/// Words of a cell that is of nothing but bold words, each by itself.
fn bold_words(cell: &Rich) -> Option<Vec<&str>> {
    if cell.marks.len() < 2 {
        return None;
    }
    let bold: Vec<&str> = cell.marked(|kind| *kind == MarkKind::Strong).map(str::trim).collect();
    let words = bold.iter().all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
    let printed = |text: &str| text.split_whitespace().map(str::len).sum::<usize>();
    let all = bold.iter().map(|word| word.len()).sum::<usize>() == printed(&cell.text);
    (bold.len() > 1 && words && all).then_some(bold)
}

fn names_of(text: &Text) -> &[Name] {
    answer_list(&text.answers::<Looks>().split, || split_text(text))
}

fn split_text(text: &str) -> Vec<Name> {
    // "_a (2 years), _b (1 day).": the full stop is the list's.
    let listed = text.trim_end().strip_suffix('.').filter(|text| text.ends_with(')'));
    let text = &*with_phrases_whole(listed.unwrap_or(text));
    let text = &*with_wildcards_joined(text);
    let mut names: Vec<Name> = pieces(text).iter().flat_map(|piece| named(piece)).collect();
    let mut owner: Option<String> = None;
    for name in &mut names {
        owner = name.owner.clone().or(owner);
        name.owner.clone_from(&owner);
    }
    attribute(&mut names);
    names
}

/// "Acme Metrics\nEvents": a capitalised word below several words that are no name is the rest of a phrase, and no name by itself.
fn with_phrases_whole(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for line in text.split('\n') {
        let above = || whole.rsplit('\n').next().unwrap_or("").trim();
        let phrase =
            || above().contains(' ') && above().ends_with(char::is_alphabetic) && text_likeness(above()) == 0.0;
        let rest = is_capitalised(line.trim()) && phrase();
        if !whole.is_empty() {
            whole.push(if rest { ' ' } else { '\n' });
        }
        whole.push_str(line);
    }
    Cow::Owned(whole)
}

/// ".a.b. *": a wildcard that a narrow column set on a line of its own ends the name before it.
fn with_wildcards_joined(text: &str) -> Cow<'_, str> {
    static PARTED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"([\w][._-])\s+\*(\s|,|$)").expect("a constant pattern"));
    match text.contains(" *") || text.contains("\n*") {
        true => PARTED.replace_all(text, "$1*$2"),
        false => Cow::Borrowed(text),
    }
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && !letters.as_str().is_empty() && letters.all(char::is_lowercase)
}

/// "_a, _b (Acme Inc.)": the service or company in brackets owns the names of the group before it.
fn attribute(names: &mut [Name]) {
    let mut owner: Option<String> = None;
    for name in names.iter_mut().rev() {
        match &name.note {
            Some(note) => owner = Some(note.clone()).filter(|note| is_owner(note)),
            None if name.owner.is_some() => owner = None,
            None => {}
        }
        if owner.is_some() {
            name.note = None;
            name.owner.clone_from(&owner);
        }
    }
}

/// Whose names are has at most so many bytes: it is said of each of them.
const LONGEST_OWNER: usize = 200;

/// A service of the lexicon among few words, or a company by its legal form.
fn is_owner(text: &str) -> bool {
    let services = &lexicon().services;
    text.len() <= LONGEST_OWNER
        && super::host::whole(text).is_none()
        && (services.is_company(text) || text.split_whitespace().count() <= 3 && services.is_mentioned(text))
}

/// The anchored, case-sensitive glob of a name with open parts: one `*` for each; none for an exact name.
pub fn pattern(name: &str) -> Option<String> {
    let (first, _) = name.char_indices().find(|(at, c)| open_part(&name[*at..], *c).is_some())?;
    let (before, mut rest) = name.split_at(first);
    let mut glob = before.to_owned();
    while let Some(c) = rest.chars().next() {
        let length = open_part(rest, c);
        let (part, behind) = rest.split_at(length.unwrap_or(c.len_utf8()));
        match length {
            Some(_) if glob.ends_with('*') => {}
            Some(_) => glob.push('*'),
            None => glob.push_str(part),
        }
        rest = behind;
    }
    glob.retain(|c| !c.is_whitespace());
    Some(glob)
}

/// The bytes of the open part that a text begins with: `*`, `{id}`, `[id]`, `<id>`, `(id)`, `%id%`, `#`, `…`, `xxx`, `nnnn`, `$id`.
fn open_part(text: &str, first: char) -> Option<usize> {
    let run = |of: &[char], least: usize| {
        let length = text.len() - text.trim_start_matches(of).len();
        (length >= least).then_some(length)
    };
    match first {
        '*' | '#' => run(&[first], 1),
        '{' => text.find('}').map(|close| close + 1),
        '[' => text.find(']').map(|close| close + 1),
        '<' => text.find('>').map(|close| close + 1),
        '(' => text.find(')').map(|close| close + 1),
        '%' => text[1..]
            .find(|c: char| !c.is_ascii_alphabetic() && c != '_')
            .and_then(|length| between_percents(text, length)),
        '…' => Some(first.len_utf8()),
        '.' => run(&['.'], 3),
        'x' | 'X' => run(&['x', 'X'], 3),
        'n' | 'N' => run(&['n', 'N'], 4),
        '$' => WORD.find(&text[1..]).map(|word| 1 + word.end()),
        _ => None,
    }
}

fn between_percents(text: &str, length: usize) -> Option<usize> {
    (length > 0 && text[1 + length..].starts_with('%')).then_some(length + 2)
}

static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\w+").expect("a constant pattern"));

/// What the characters of a token show.
struct Shape {
    possible: bool,
    underscore: bool,
    open_part: bool,
    digits_in_letters: bool,
    camel: bool,
    punctuated: bool,
    capitals: bool,
    capitals_within: bool,
    capitalised: bool,
    lowercase_word: bool,
    host: bool,
    worded_host: bool,
}

impl Shape {
    fn of(token: &str) -> Self {
        let letters = || token.chars().filter(|c| c.is_alphabetic());
        let length = token.chars().count();
        let bare = without_open_parts(token);
        let ascii = bare.chars().all(|c| c.is_ascii_graphic());
        let ends = !bare.ends_with([':', '?', '!', ',', ';']) && !bare.starts_with([',', ';', '?', '!', '(', ')']);
        // A template's placeholder that nothing was put in is no name: `[#TITLE#]`.
        let speaks = bare.chars().any(char::is_alphanumeric) || token.contains('*');
        let possible = length <= LONGEST
            && length > 0
            && ascii
            && ends
            && speaks
            && !bare.contains(['"', '\''])
            && !has_encoded_separator(&bare)
            && !is_of_a_header(&bare)
            && !is_mail_like(&bare);
        let lower = letters().filter(|c| c.is_lowercase()).count();
        let upper = letters().filter(|c| c.is_uppercase()).count();
        let digits = token.chars().filter(char::is_ascii_digit).count();
        let alphabetic = token.chars().all(char::is_alphabetic);
        Self {
            possible: possible && (lower + upper > 0 || token.contains('*')),
            underscore: bare.contains('_') && !is_titled(&bare),
            open_part: bare.len() < token.len() || token.contains('*'),
            digits_in_letters: digits > 0 && lower + upper >= 2 && length > 2,
            camel: is_camel(token),
            punctuated: bare.contains(['-', '.', ':', '~', '|', '%', '&', '$']) && !bare.ends_with('.'),
            capitals: upper >= 2 && lower == 0,
            capitals_within: upper >= 2 && lower > 0,
            capitalised: alphabetic && upper == 1 && lower > 0,
            lowercase_word: alphabetic && upper == 0,
            host: !bare.contains('_') && bare.contains('.') && crate::value::host::whole(token).is_some(),
            worded_host: is_worded_host(token),
        }
    }

    fn likeness(&self) -> f32 {
        if self.host {
            if self.worded_host { 0.35 } else { 0.15 }
        } else if self.underscore || (self.open_part && !self.capitalised) {
            0.97
        } else if self.camel || self.digits_in_letters {
            0.8
        } else if self.punctuated {
            0.62
        } else if self.capitals {
            0.5
        } else if self.capitals_within {
            0.45
        } else if self.lowercase_word {
            0.4
        } else if self.capitalised {
            0.28
        } else {
            0.3
        }
    }
}

/// `cart.page`: two words, of which the second happens to be a domain too. Hosts end so far less often than names do.
pub fn is_worded_host(token: &str) -> bool {
    const SHORTEST: usize = 4;
    const DOMAINS: [&str; 6] = ["aero", "arpa", "coop", "info", "mobi", "name"];
    let word = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let (first, last) = token.split_once('.').unwrap_or_default();
    word(first) && word(last) && last.len() >= SHORTEST && !DOMAINS.contains(&last)
}

/// An `@` stands in names of tag managers too, but never before a host there: `AMCV_1234@SomeOrg`.
fn is_mail_like(token: &str) -> bool {
    token.split_once('@').is_some_and(|(before, after)| after.contains('.') || !before.contains(['_', '#', '%']))
}

/// `Path=/`, `HttpOnly`: what a header `Set-Cookie` says of a cookie. A name is a token, which holds no `=` (RFC 6265, 4.1.1).
fn is_of_a_header(token: &str) -> bool {
    token.contains('=') || ["HttpOnly", "SameSite", "Max-Age"].contains(&token)
}

/// `18711%7CMID%7C90021`: what parts a value is encoded in it, and stands in no name.
fn has_encoded_separator(token: &str) -> bool {
    const SEPARATORS: [&str; 6] = ["%7C", "%3D", "%3B", "%26", "%2C", "%22"];
    token.contains('%') && SEPARATORS.iter().any(|separator| token.contains(separator))
}

/// `Internet_Explorer`: words of a title whose blanks were written as underscores.
fn is_titled(token: &str) -> bool {
    let parts: Vec<&str> = token.split('_').collect();
    let words = parts.iter().all(|part| part.len() >= 2 && part.chars().all(char::is_alphabetic));
    let capital = |part: &&&str| part.starts_with(char::is_uppercase) && part.chars().any(char::is_lowercase);
    parts.len() > 1 && words && parts.iter().filter(capital).count() * 5 >= parts.len() * 3
}

/// `sessionId`, `OptanonConsent`, `NSC_x`: a capital after a small letter; not `McDonald` or `iPhone` alone, which are rarer.
fn is_camel(token: &str) -> bool {
    token.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// Words of the field itself are seldom names: "session", "analytics", "Duration".
fn term_penalty(token: &(impl Asked + ?Sized)) -> f32 {
    let token = &*token.known();
    let words = lexicon();
    let header = !words.headers.whole(token).is_empty();
    let category = !words.categories.whole(token).is_empty();
    let cookie = words.names.whole(token).iter().any(|meaning| *meaning != NameWord::File);
    let party = !words.parties.whole(token).is_empty();
    let filler = super::term::is_filler(token);
    let category_share: f32 = words.categories.all(token).iter().map(|hit| hit.coverage).sum();
    let hyphenated = token.contains('-') && category_share >= 0.5;
    let lifetime =
        !words.durations.whole(token).is_empty() || !words.storages.whole(&format!("{token} cookie")).is_empty();
    match () {
        () if party || hyphenated => 0.5,
        () if lifetime || filler || header || category || cookie => 0.2,
        // Services name cookies after themselves, in small letters.
        () if words.services.is_name(token) => {
            if token.chars().all(char::is_lowercase) {
                0.1
            } else {
                0.2
            }
        }
        () => 0.0,
    }
}

fn without_open_parts(token: &str) -> String {
    let mut bare = String::with_capacity(token.len());
    let mut depth = 0;
    for c in token.chars() {
        match c {
            '{' | '[' | '<' => depth += 1,
            '}' | ']' | '>' => depth = (depth - 1).max(0),
            '*' | '#' | '…' => {}
            other if depth == 0 => bare.push(other),
            _ => {}
        }
    }
    bare
}

/// Splits at separators outside brackets.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0usize;
    let mut previous = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let spaced = previous.is_whitespace() && characters.peek().is_none_or(|next| next.is_whitespace());
        let splits = matches!(c, ',' | ';' | '、' | '，' | '；' | '،' | '؛')
            || c == '\n'
            || (matches!(c, '/' | '|' | '&' | '+' | '•' | '·') && spaced);
        if depth == 0 && splits {
            pieces.push(String::new());
        } else {
            pieces.last_mut().expect("never empty").push(c);
        }
        previous = c;
    }
    let pieces = pieces.iter().flat_map(|piece| at_and(piece));
    pieces.map(|piece| collapse(&piece)).filter(|piece| !piece.is_empty()).collect()
}

/// Splits at the words for "and" between two tokens.
fn at_and(piece: &str) -> Vec<String> {
    let words = words(piece);
    if words.len() < 3 {
        return vec![piece.to_owned()];
    }
    let is_and = |word: &&str| lexicon().names.whole(word).contains(&NameWord::And);
    words.split(is_and).map(|run| run.join(" ")).filter(|run| !run.is_empty()).collect()
}

/// The names of a piece between separators.
fn named(piece: &str) -> Vec<Name> {
    let rejoined = rejoined(without_and_so_on(without_count(piece)));
    let piece = &*without_value(&rejoined);
    if let Some(inside) = piece.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let names: Vec<Name> = pieces(inside).iter().flat_map(|piece| named(piece)).collect();
        let good = names.iter().all(|name| likeness(&name.text) >= CONVINCING);
        return if good { names } else { single(piece).into_iter().collect() };
    }
    if let Some(at) = note_start(piece) {
        if is_example(&piece[..at], &piece[at..]) {
            return single(piece).into_iter().collect();
        }
        let inner: Vec<Name> =
            pieces(piece[at..].trim_matches(['(', ')'])).iter().flat_map(|piece| named(piece)).collect();
        let owner = lexicon().services.is_name(&piece[at..]);
        if !owner && !inner.is_empty() && inner.iter().all(|name| likeness(&name.text) >= CONVINCING) {
            return before_bracket(&piece[..at], inner);
        }
    }
    let words = words(piece);
    if words.len() > 1 && words.iter().all(|word| likeness(clean(word)) >= CONVINCING) {
        return words.iter().filter_map(|word| single(word)).collect();
    }
    // Most cells are sentences: their first words tell.
    let listed = words.len() > 1 && words.iter().all(|word| may_stand_beside(word));
    if listed && words.iter().any(|word| likeness(clean(word)) >= SURE) {
        return words.iter().filter_map(|word| single(word)).collect();
    }
    let name = beginning(&words)
        .or_else(|| trailing(piece, &words))
        .or_else(|| behind_letters(piece))
        .or_else(|| beside_cookie(piece, &words));
    name.or_else(|| single(piece)).into_iter().collect()
}

/// `a-[id] (e.g. a-1x)`, `_a_* (_a_12)`: what stands in the bracket is no name of its own, but how the one before it may be printed, as
/// the words before it say or as it fits the pattern.
fn is_example(before: &str, bracket: &str) -> bool {
    let Some(glob) = pattern(before.trim()) else { return false };
    let inside = bracket.trim_start_matches('(');
    let says = || lexicon().names.all(inside).iter().any(|hit| hit.start == 0 && hit.meaning == NameWord::SuchAs);
    fits_alone(&glob, bracket) || likeness(clean(before)) >= CONVINCING && says()
}

/// `_a etc.`
fn without_and_so_on(piece: &str) -> &str {
    let last = piece.strip_suffix('.').and_then(|piece| piece.rsplit_once(' '));
    last.filter(|(_, word)| super::term::is_filler(word)).map_or(piece, |(names, _)| names)
}

/// Some print the value of a cookie behind its name.
fn without_value(piece: &str) -> Cow<'_, str> {
    match piece.contains('%') && words(piece).len() > 1 {
        true => Cow::Owned(piece.split(' ').filter(|word| !has_encoded_separator(word)).collect::<Vec<_>>().join(" ")),
        false => Cow::Borrowed(piece),
    }
}

/// A sure name, or capitals that are no word of the field and no company's: `ABCID a_b`.
fn may_stand_beside(word: &str) -> bool {
    const SHORTEST: usize = 4;
    let word = clean(word);
    let capitals = word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let unknown = || {
        term_penalty(word) == 0.0 && !lexicon().services.is_mentioned(word) && lexicon().documents.all(word).is_empty()
    };
    likeness(word) >= SURE || capitals && unknown()
}

/// A phrase takes at most this many words.
const LONGEST_PHRASE: usize = 6;

/// `Any cookie starting with "_ab"`, `_ab family`: the beginning of a name, and the rest of it open.
fn beginning(words: &[&str]) -> Option<Name> {
    let phrase = starting_words(words)?;
    let behind = words.get(phrase.end).filter(|word| likeness(clean(word)) >= LEAST_BEGINNING);
    let before = phrase.start.checked_sub(1).map(|at| &words[at]);
    let before = || before.filter(|word| likeness(clean(word)) >= CONVINCING);
    let word = behind.or_else(before)?;
    let others = words.iter().filter(|other| !std::ptr::eq(*other, word));
    let single = others.into_iter().all(|other| likeness(clean(other)) < CONVINCING);
    single.then(|| Name { text: open_ended(clean(word)), ..Name::default() })
}

/// What the words for "starting with" stand before may be a word of any kind.
const LEAST_BEGINNING: f32 = 0.3;

/// The longest run of words for "starting with".
fn starting_words(words: &[&str]) -> Option<Range<usize>> {
    const MOST_WORDS: usize = 10;
    // Few texts have what is quoted or no word, and folding them all costs more than a look.
    let odd = |word: &&str| word.contains(['_', '*', '-', '"', '\'', '“', '„', '«', '‘']);
    let may = (2..=MOST_WORDS).contains(&words.len()) && words.iter().any(odd);
    if !may || !lexicon().names.says(&words.join(" "), NameWord::StartingWith) {
        return None;
    }
    let runs = (0..words.len()).flat_map(|start| {
        let ends = start + 1..=words.len().min(start + LONGEST_PHRASE);
        ends.map(move |end| start..end)
    });
    let starts = |run: &Range<usize>| says_starting(&words[run.clone()].join(" "));
    runs.filter(starts).max_by_key(|run| (run.len(), Reverse(run.start)))
}

/// True for nothing but words for "starting with".
pub fn says_starting(text: &str) -> bool {
    lexicon().names.whole(text).contains(&NameWord::StartingWith)
}

/// The beginning of a name with a wildcard for what follows, where it does not end with an open part by itself.
pub fn open_ended(beginning: &str) -> String {
    let open = beginning.ends_with(['*', ']', '}', '>', ')', '#', '…', '%']) || beginning.ends_with("...");
    if open { beginning.to_owned() } else { format!("{beginning}*") }
}

/// "The _ab cookie": among a few words, of which one is that for cookies, the one that is a name.
fn beside_cookie(piece: &str, words: &[&str]) -> Option<Name> {
    const MOST_WORDS: usize = 5;
    // Words joined by capitals are companies' too.
    const WRITTEN_FOR_MACHINES: f32 = 0.9;
    let sure = |word: &&&str| likeness(clean(word)) >= WRITTEN_FOR_MACHINES;
    let mut names = words.iter().filter(sure);
    let name = names.next().filter(|_| words.len() > 1 && words.len() <= MOST_WORDS && names.next().is_none())?;
    let is_cookie = |word: &&str| lexicon().names.whole(word).contains(&NameWord::Cookie);
    let plain = |word: &&str| word.chars().all(char::is_alphabetic);
    let others = || words.iter().filter(|word| !std::ptr::eq(*word, name));
    if !others().all(plain) || !others().any(is_cookie) {
        return None;
    }
    let before = &piece[..name.as_ptr() as usize - piece.as_ptr() as usize];
    Some(Name { owner: owner(before), ..single(name)? })
}

/// True where the last of a few words in a bracket, and no other, fits a pattern.
fn fits_alone(glob: &str, bracket: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let (Some((head, _)), Some((_, tail))) = (glob.split_once('*'), glob.rsplit_once('*')) else { return false };
    let fits =
        |word: &&str| clean(word).strip_prefix(head).is_some_and(|rest| !rest.is_empty() && rest.ends_with(tail));
    let words: Vec<&str> = bracket.split_whitespace().map(|word| word.trim_matches(['(', ')'])).collect();
    let fitting = words.iter().filter(|word| fits(word)).count();
    !head.is_empty() && words.len() <= MOST_WORDS && fitting == 1 && words.last().is_some_and(fits)
}

/// `X (a, b)`: X is a name like the others, or whose they are.
fn before_bracket(before: &str, mut inner: Vec<Name>) -> Vec<Name> {
    let mut outer: Vec<Name> = single(before).into_iter().filter(|name| likeness(&name.text) >= CONVINCING).collect();
    if outer.is_empty() {
        inner[0].owner = owner(before);
    }
    outer.append(&mut inner);
    outer
}

/// The last word of a piece, where it alone is a convincing name: what stands before it says whose it is.
fn trailing(piece: &str, words: &[&str]) -> Option<Name> {
    let last = words.last().filter(|_| words.len() > 1 && words.len() <= 8)?;
    let abbreviation = |word: &str| word.len() <= 6 && word.ends_with('.');
    let plain = |word: &&str| likeness(clean(word)) < CONVINCING && word.chars().any(char::is_alphabetic);
    let others = words[..words.len() - 1].iter().all(|word| abbreviation(word) || plain(word));
    if likeness(clean(last)) < SURE || !others || clean(last).contains(' ') {
        return None;
    }
    let name = single(last)?;
    let before = &piece[..piece.len() - last.len()];
    Some(Name { owner: owner(before), ..name })
}

/// "由Acme设置的_a": the name that ends a piece of a script without blanks between words.
fn behind_letters(piece: &str) -> Option<Name> {
    if piece.is_ascii() {
        return None;
    }
    let letter = piece.char_indices().rev().find(|(_, c)| !c.is_ascii()).filter(|(_, c)| is_unparted(*c));
    let name = letter.map(|(at, c)| &piece[at + c.len_utf8()..]).filter(|name| likeness(clean(name)) >= SURE)?;
    single(name)
}

/// Whose the names are: the words before them, less "e.g.", "cookies" and punctuation.
fn owner(before: &str) -> Option<String> {
    static AROUND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(\b(e\.\s?g\.?|i\.\s?e\.?|z\.\s?b\.?|p\.\s?ex\.?|such as|like)\s*$)|[:,;(–-]+\s*$")
            .expect("a constant pattern")
    });
    let text = AROUND.replace(before.trim(), "").trim().to_owned();
    let own: Vec<&str> = text
        .split(' ')
        .filter(|word| !lexicon().names.whole(word).contains(&NameWord::Cookie) && !word.is_empty())
        .collect();
    let capital = own.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    // "Acme sets _a": the verb is none of the name.
    let verb = |word: &&str| word.chars().all(char::is_lowercase);
    let verbs = own.iter().skip(1).rev().take_while(|word| verb(word)).count();
    let own = own[..own.len() - verbs].join(" ");
    let words = own.split(' ').count();
    let article = || lexicon().function_words.contains(own.to_lowercase());
    let label = || !lexicon().headers.whole(&own).is_empty();
    (capital && words <= 5 && own.len() <= LONGEST_OWNER && !article() && !label()).then_some(own)
}

/// Words outside brackets.
fn words(piece: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, c) in piece.char_indices() {
        match c {
            '[' | '{' | '<' | '(' => depth += 1,
            ']' | '}' | '>' | ')' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                words.push(&piece[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(&piece[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// One name, its note taken off.
fn single(piece: &str) -> Option<Name> {
    let piece = without_enumerator(piece.trim());
    let (text, note) = match note_start(piece) {
        Some(at) => (piece[..at].trim_end(), Some(piece[at..].trim_matches(['(', ')', ' ']).to_owned())),
        None => (piece, None),
    };
    let text = clean(text);
    if text.is_empty() {
        return None;
    }
    // `ab_ (prefix)`
    if note.as_deref().is_some_and(says_starting) {
        return Some(Name { text: open_ended(text), ..Name::default() });
    }
    Some(Name { text: text.to_owned(), note, owner: None })
}

/// Without `[x2]` behind it, as consent dialogs count a name, or `[1]` of a footnote, and without `[48]` before it, as text browsers number
/// links.
pub fn without_count(piece: &str) -> &str {
    let uncounted = || {
        let (before, count) = piece.strip_suffix(']')?.rsplit_once('[')?;
        let counts = is_number(count.strip_prefix('x').unwrap_or(count)) && before.ends_with(char::is_whitespace);
        counts.then(|| before.trim_end())
    };
    let piece = uncounted().unwrap_or(piece);
    let unlinked = || {
        let (link, rest) = piece.strip_prefix('[')?.split_once(']')?;
        (is_number(link) && rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')).then_some(rest)
    };
    unlinked().unwrap_or(piece)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where a bracketed note begins that is set off by a blank.
fn note_start(piece: &str) -> Option<usize> {
    let at = piece.find(" (")?;
    (at > 0 && piece.ends_with(')')).then_some(at + 1)
}

/// `_pk_ *` is `_pk_*`: a blank before an open part is no part of a name.
fn rejoined(text: &str) -> Cow<'_, str> {
    if !text.contains("_ ") && !text.contains("- ") {
        return Cow::Borrowed(text);
    }
    let mut out = text.to_owned();
    for mark in ["*", "{", "[", "<", "#"] {
        out = out.replace(&format!("_ {mark}"), &format!("_{mark}")).replace(&format!("- {mark}"), &format!("-{mark}"));
    }
    Cow::Owned(out)
}

/// Without quotes, code marks, invisible characters and punctuation around.
pub fn clean(token: &str) -> &str {
    let around = |c: char| {
        c.is_whitespace()
            || is_invisible(c)
            || matches!(c, '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '`' | '´' | '‚')
            || matches!(c, '「' | '」' | '『' | '』' | '【' | '】' | '《' | '》')
    };
    let token = token.trim_matches(around);
    let token = token.trim_end_matches([',', ';', ':', '，', '；', '：', '、', '。', '،', '¹', '²', '³', '†', '‡']);
    let token = token.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(token);
    token.trim_matches(around)
}

/// Without "1.", "a)", "•" or "-" before it.
pub fn without_enumerator(text: &str) -> &str {
    let behind = |rest: &str| rest.len() - rest.trim_start().len() > 0;
    let bullet = text.strip_prefix(['-', '–', '—', '•', '·', '*', '▪', '●', '○', '◦', '□']);
    if let Some(rest) = bullet.filter(|rest| behind(rest)) {
        return rest.trim_start();
    }
    if let Some(rest) = without_wide_number(text) {
        return rest;
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let digits = inner.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let letter = usize::from(inner.starts_with(|c: char| c.is_ascii_alphabetic()));
    let counted = inner.get(digits.max(letter)..).filter(|_| digits + letter > 0);
    let rest = counted.and_then(|rest| rest.strip_prefix(['.', ')'])).filter(|rest| behind(rest));
    rest.map_or(text, str::trim_start)
}

/// What stands behind `（3）`.
fn without_wide_number(text: &str) -> Option<&str> {
    let (number, rest) = text.strip_prefix('（')?.split_once('）')?;
    ((1..=2).contains(&number.len()) && is_number(number)).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        split(&Rich::plain(text)).into_iter().map(|name| name.text).collect()
    }

    #[test]
    fn several_names_in_a_cell() {
        assert_eq!(names("_ga, _gid; _gat"), ["_ga", "_gid", "_gat"]);
        assert_eq!(names("ps_l / ps_n"), ["ps_l", "ps_n"]);
        assert_eq!(names("_ga and _gid"), ["_ga", "_gid"]);
        assert_eq!(names("one_a\none_b"), ["one_a", "one_b"]);
        assert_eq!(names("wp-settings-{time, date}-[UID]"), ["wp-settings-{time, date}-[UID]"]);
        assert_eq!(names("Tool cookie (_pk* and tool_*)"), ["_pk*", "tool_*"]);
        assert_eq!(names("session_id (Vendor)"), ["session_id"]);
        assert_eq!(names("_ga, uid etc."), ["_ga", "uid"]);
        assert_eq!(split(&Rich::plain("Acme Metrics sets _ab, _cd"))[0].owner.as_deref(), Some("Acme Metrics"));
        assert_eq!(names("_pk_ *"), ["_pk_*"]);
        assert_eq!(names("ABCID _ab"), ["ABCID", "_ab"]);
        assert_eq!(names("AB_12%40Org 871%7CMID%7C90"), ["AB_12%40Org"]);
        assert_eq!(names("Acme Metrics\nEvents"), ["Acme Metrics Events"]);
        assert_eq!(names("The _ab cookie"), ["_ab"]);
        assert_eq!(names("_ab, _cd cookies"), ["_ab", "_cd"]);
    }

    #[test]
    fn an_example_of_a_pattern_is_no_name_of_its_own() {
        assert_eq!(names("TS01* (e.g. TS01a3f2c4)"), ["TS01*"]);
        assert_eq!(names("_ab_* (_ab_x12)"), ["_ab_*"]);
        assert_eq!(names("_ab_* (_ab_one, _ab_two)"), ["_ab_*", "_ab_one", "_ab_two"]);
    }

    #[test]
    fn beginnings_of_names() {
        assert_eq!(names("Any cookie starting with \"_ab\""), ["_ab*"]);
        assert_eq!(names("Tout traceur commençant par « wp-ab- »"), ["wp-ab-*"]);
        assert_eq!(names("_ab kezdetű sütik"), ["_ab*"]);
        assert_eq!(names("_ab family"), ["_ab*"]);
        assert_eq!(names("ab_ (prefix)"), ["ab_*"]);
        assert_eq!(names("cookies beginning with ab_[id]"), ["ab_[id]"]);
    }

    #[test]
    fn globs() {
        for (name, glob) in [
            ("_pk_id.*", "_pk_id.*"),
            ("wp-settings-[UID]", "wp-settings-*"),
            ("_ga_<id>", "_ga_*"),
            ("a_XXXX", "a_*"),
            ("a-{b}-[C]", "a-*-*"),
        ] {
            assert_eq!(pattern(name).as_deref(), Some(glob), "{name}");
        }
        assert_eq!(pattern("sessionid"), None);
    }

    #[test]
    fn open_parts_are_those_of_their_patterns() {
        let forms = [
            r"\*+",
            r"\{[^}]*\}",
            r"\[[^\]]*\]",
            r"<[^>]*>",
            r"\([^)]*\)",
            r"%[A-Za-z_]+%",
            r"#+",
            r"…|\.{3,}",
            r"[xX]{3,}",
            r"[nN]{4,}",
            r"\$\w+",
        ];
        let (open, several) = (Regex::new(&forms.join("|")).unwrap(), Regex::new("\u{1}+").unwrap());
        let alphabet: Vec<char> = "**{}[]<>()%%a_##….. .xxXnnN$é٣,-".chars().collect();
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..50_000 {
            let name: String = (0..random.usize(0..12)).map(|_| *random.choice(&alphabet).unwrap()).collect();
            let starred = several.replace_all(&open.replace_all(&name, "\u{1}"), "*").replace(char::is_whitespace, "");
            assert_eq!(pattern(&name), open.is_match(&name).then_some(starred), "{name:?}");
        }
    }

    #[test]
    fn names_are_told_from_words() {
        for name in ["_ga", "csrftoken2", "sessionId", "wp-settings-*", "__cf_bm", "rc::a"] {
            assert!(likeness(name) >= CONVINCING, "{name} {}", likeness(name));
        }
        for word in
            ["Google", "analytics", "www.example.com", "Session", "naïve", "e-mail@example.com", "a_b=c1", "HttpOnly"]
        {
            assert!(likeness(word) < CONVINCING, "{word} {}", likeness(word));
        }
    }
}
