//! What a sentence says of the cookies that it names: purpose, lifetime, and whose they are. Precision first: what is not clear is not said.

use std::ops::Range;

use crate::block::Rich;
use crate::fields::cookie::heard::Named;
use crate::fields::cookie::record::Record;
use crate::lexicon::{DurationWord, Field, NameWord, lexicon};
use crate::text::{COLONS, SENTENCE_ENDS, Text, collapse, ends_wide_sentence, goes_on, is_figure, opening, word_count};
use crate::value::duration;

/// A sentence that says only how long the cookies of the one before it last has at most this many words.
const MOST_WORDS: usize = 10;
/// A purpose has at least this many words.
const LEAST_WORDS: usize = 3;
/// Words of an aside beyond those that a purpose has at least: "set by Acme Web Services".
const LONGEST_ASIDE: usize = 2;
/// A bracket about a cookie has at most this many characters.
const LONGEST_BRACKET: usize = 400;
/// A relative pronoun has at most this many letters.
const LONGEST_PRONOUN: usize = 5;

/// What is said of one name.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Statement {
    purpose: Option<Text>,
    lifetime: Option<Text>,
    provider: Option<Text>,
}

impl Statement {
    /// Adds what is said to the record of the name.
    pub fn into_fields(self, record: &mut Record) {
        for (field, said) in
            [(Field::Purpose, self.purpose), (Field::Duration, self.lifetime), (Field::Provider, self.provider)]
        {
            if let Some(said) = said {
                record.set(field, Rich::plain(said));
            }
        }
    }
}

/// Words before the names that a sentence speaks of: "The cookie …", "Das Cookie namens …".
const MOST_BEFORE_SUBJECT: usize = 3;

/// What a text says of each of the names in it, in their order.
pub fn statements(text: &str, names: &[Named]) -> Vec<Statement> {
    let sentences: Vec<Range<usize>> =
        sentences(text).into_iter().flat_map(|sentence| clauses_of_names(text, sentence, names)).collect();
    let mut statements = vec![Statement::default(); names.len()];
    for (index, sentence) in sentences.iter().enumerate() {
        let first = names.partition_point(|name| name.start < sentence.start);
        let last = names.partition_point(|name| name.start < sentence.end);
        if first < last {
            let named = names
                .partition_point(|name| name.start < sentences.get(index + 1).map_or(sentence.end, |next| next.end));
            let next = sentences.get(index + 1).filter(|_| named == last).map(|next| &text[next.clone()]);
            let said = Sentence { text, place: sentence.clone(), names: &names[first..last], next };
            statements[first..last].clone_from_slice(&said.statements());
        }
    }
    statements
}

/// The sentences of a text, in bytes: a full stop inside a name or a number ends none.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let marks = |c: char| SENTENCE_ENDS.contains(&c) || c == '\n';
    for (at, mark) in text.match_indices(marks) {
        let end = at + mark.len();
        let ended = |text: &str| text.trim_end().ends_with(SENTENCE_ENDS) || text.trim_end().ends_with(COLONS);
        let ends = mark == "\n" && ended(&text[..at])
            || mark.starts_with(ends_wide_sentence)
            || mark != "\n" && text[end..].trim_start_matches(['"', '”', '»', ')']).starts_with(char::is_whitespace);
        let goes_on = text[end..].trim_start().starts_with(|c: char| c.is_lowercase());
        let counts_on = || text[end..].trim_start().starts_with(is_figure) && abbreviates_and(&text[..at]);
        if ends && !goes_on && !(mark == "." && counts_on()) {
            sentences.push(start..end);
            start = end;
        }
    }
    sentences.push(start..text.len());
    sentences
}

/// "_a counts visits and lasts 1 year; _b shows advertisements": what a semicolon parts, where each part has names; what a comma parts, where
/// each part ends with a lifetime in brackets besides.
fn clauses_of_names(text: &str, sentence: Range<usize>, names: &[Named]) -> Vec<Range<usize>> {
    let named = |place: &Range<usize>| {
        let first = names.partition_point(|name| name.start < place.start);
        names.get(first).is_some_and(|name| name.start < place.end)
    };
    let lasting = |place: &Range<usize>| bracketed_lifetime(&text[place.clone()]).is_some();
    let by_semicolon = parted_by(text, &sentence, "; ");
    let by_comma = || {
        Some(parted_by(text, &sentence, "), ")).filter(|parts| parts.iter().all(|part| named(part) && lasting(part)))
    };
    match by_semicolon.iter().all(named) && by_semicolon.len() > 1 {
        true => by_semicolon,
        false => by_comma().unwrap_or_else(|| vec![sentence]),
    }
}

/// The parts of a sentence that end with a mark.
fn parted_by(text: &str, sentence: &Range<usize>, mark: &str) -> Vec<Range<usize>> {
    let marks = text[sentence.clone()].match_indices(mark).map(|(at, mark)| sentence.start + at + mark.len());
    let starts: Vec<usize> = std::iter::once(sentence.start).chain(marks).collect();
    let ends = starts.iter().skip(1).copied().chain([sentence.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// "… to count visitors (2 years)": where the one lifetime stands that fills a bracket.
fn bracketed_lifetime(text: &str) -> Option<Range<usize>> {
    const LEAST: f32 = 0.9;
    const LONGEST: usize = 40;
    let opened = text.match_indices('(').filter_map(|(at, _)| {
        let inside = opening(&text[at + 1..], LONGEST);
        let end = inside.find([')', '('])?;
        (inside[end..].starts_with(')') && duration::likeness(&inside[..end]) >= LEAST).then_some(at + 1..at + 1 + end)
    });
    let mut found = opened.into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// "2 Jahre bzw. 24 Stunden": its full stop ends no sentence.
fn abbreviates_and(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    word.len() > 1 && lexicon().names.whole(word).contains(&NameWord::And)
}

/// A sentence with names in it.
struct Sentence<'a> {
    text: &'a str,
    place: Range<usize>,
    names: &'a [Named],
    /// The sentence behind it, where it has no names.
    next: Option<&'a str>,
}

impl Sentence<'_> {
    fn statements(&self) -> Vec<Statement> {
        let before = &self.text[self.place.start..self.names[0].start];
        let named = || self.service_behind().or_else(|| service_in(self.aside()?));
        let provider = service_in(before).or_else(named).map(Text::from);
        let brackets: Vec<Option<Statement>> = self.names.iter().map(|name| self.bracket(name)).collect();
        let said = if brackets.iter().any(Option::is_some) { Vec::new() } else { self.said_of_all() };
        let each = brackets
            .into_iter()
            .enumerate()
            .map(|(index, bracket)| bracket.or_else(|| said.get(index).cloned()).unwrap_or_default());
        each.map(|statement| Statement { provider: provider.clone(), ..statement }).collect()
    }

    /// "_a, set by Acme, which counts visits": the few words behind the names that are no clause.
    fn aside(&self) -> Option<&str> {
        let last = self.names.last().filter(|_| self.names.len() == 1)?;
        let rest = &self.text[last.end.min(self.place.end)..self.place.end];
        aside(rest.trim_start_matches(['"', '”', '»', '’', '\'']).strip_prefix(',')?)
    }

    /// "_a and _b of Acme": the service behind the names and a small word.
    fn service_behind(&self) -> Option<String> {
        const MOST_WORDS: usize = 4;
        let last = self.names.last()?;
        let rest =
            self.text[last.end.min(self.place.end)..self.place.end].trim_start_matches(['"', '”', '»', '’', '\'']);
        let (small, service) = rest.strip_prefix(' ')?.split_once(' ')?;
        let joins = small.chars().count() <= MOST_WORDS && small.chars().all(char::is_lowercase);
        let service = service.split(['.', ',', ';', '(']).next().filter(|_| joins)?;
        let words: Vec<&str> = service.split_whitespace().take(MOST_WORDS).collect();
        let runs = (1..=words.len()).rev().map(|length| words[..length].join(" "));
        runs.into_iter().find(|run| run.starts_with(char::is_uppercase) && lexicon().services.is_name(run))
    }

    /// "_a (counts visits, expires after 2 years)".
    fn bracket(&self, name: &Named) -> Option<Statement> {
        // A sentence may end within a name that is set as code.
        let after = self.text[name.end.min(self.place.end)..self.place.end]
            .trim_start_matches(['"', '”', '»', '’', '\'', '」'])
            .trim_start();
        let inside = after.strip_prefix(['(', '（']).and_then(until_closed)?;
        let lifetimes = duration::stated(inside);
        let bare = || (duration::likeness(inside) >= 0.8).then(|| inside.into());
        let lifetime = lifetimes.first().map(|at| inside[at.clone()].into()).or_else(bare)?;
        let purpose = lifetimes.first().and_then(|at| before_lifetime(inside, at.start)).and_then(purpose);
        Some(Statement { purpose, lifetime: Some(lifetime), provider: None })
    }

    /// True where the names are what the sentence speaks of: "The a_b cookie …", and not "We may place cookies such as a_b …".
    fn opens_with_names(&self) -> bool {
        let before = &self.text[self.place.start..self.names[0].start.max(self.place.start)];
        let example = lexicon().names.says(before, NameWord::SuchAs);
        // "Where you agree, Acme sets a_b …": the clause that has the names.
        let clause = before.rsplit([',', '，', '،']).next().unwrap_or(before);
        !example
            && clause.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
                <= MOST_BEFORE_SUBJECT
    }

    /// The lifetimes that a text states; where they could be one or several, as many as there are names.
    fn lifetimes_in<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let count = self.names.len();
        let from = text.as_ptr() as usize - self.text.as_ptr() as usize;
        // The end of `a_27_s` is no lifetime.
        let within_name = |at: &Range<usize>| {
            let begun = self.names.partition_point(|name| name.start <= from + at.start);
            begun > 0 && from + at.start < self.names[begun - 1].end
        };
        let mut stated = duration::stated(text);
        stated.retain(|at| !within_name(at));
        let each = || duration::stated_of_each(text, count).filter(|_| count > 1);
        let places = if stated.len() == count { stated } else { each().unwrap_or(stated) };
        places.into_iter().map(|at| &text[at]).collect()
    }

    /// What follows the last name holds for all of them; as many lifetimes as names are one for each.
    fn said_of_all(&self) -> Vec<Statement> {
        let sentence = &self.text[self.place.clone()];
        let last = &self.names[self.names.len() - 1];
        let rest = &self.text[last.end.min(self.place.end)..self.place.end];
        let mut lifetimes = self.lifetimes_in(sentence);
        let mut within = duration::stated(rest).first().map(|at| at.start);
        if let Some(place) = bracketed_lifetime(rest).filter(|_| lifetimes.is_empty()) {
            within = Some(place.start);
            lifetimes.push(&rest[place]);
        }
        if let Some(next) = self.next.filter(|next| lifetimes.is_empty() && word_count(next) <= MOST_WORDS) {
            lifetimes = self.lifetimes_in(next);
        }
        let clause = within.map_or(Some(rest), |at| before_lifetime(rest, at));
        let purpose = clause.and_then(|clause| said_behind_names(clause, self.opens_with_names())).and_then(purpose);
        let lifetime = |index: usize| match lifetimes.len() {
            1 => lifetimes.first(),
            count if count == self.names.len() => lifetimes.get(index),
            _ => None,
        };
        (0..self.names.len())
            .map(|index| Statement {
                purpose: purpose.clone(),
                lifetime: lifetime(index).map(|said| (*said).into()),
                provider: None,
            })
            .collect()
    }
}

/// What stands in a bracket that is closed soon.
fn until_closed(text: &str) -> Option<&str> {
    let (close, _) = text.char_indices().take(LONGEST_BRACKET).find(|(_, c)| matches!(c, ')' | '）'))?;
    Some(&text[..close])
}

/// What stands before the clause that states the lifetime.
fn before_lifetime(text: &str, lifetime: usize) -> Option<&str> {
    let mark = text[..lifetime].rfind([',', ';', '–', '(', '，', '；', '、', '،', '؛', '（']);
    mark.max(joined_clause(text, lifetime)).map(|at| without_lasting_clause(&text[..at]))
}

/// "… signs you in; it is deleted" less the clause whose verb speaks of the lifetime behind it.
fn without_lasting_clause(text: &str) -> &str {
    const MOST_WORDS: usize = 5;
    let lasts =
        |clause: &str| word_count(clause) <= MOST_WORDS && lexicon().durations.says(clause, DurationWord::Lasts);
    let clause = text.rfind([';', '；', '؛']).filter(|at| lasts(&text[*at..]));
    clause.map_or(text, |at| &text[..at])
}

/// Where the clause begins that "and" joins to what a cookie does, and that says that it lasts: "… and is kept for", with the verb before
/// the lifetime or behind it.
fn joined_clause(text: &str, lifetime: usize) -> Option<usize> {
    const MOST_WORDS: usize = 5;
    let (before, behind) = text.split_at(lifetime);
    let behind = behind.split([',', ';', '.', '(']).next().filter(|behind| word_count(behind) <= MOST_WORDS);
    let says = |words: &str| lexicon().durations.says(words, DurationWord::Lasts);
    let words = before.split_whitespace().rev().take(MOST_WORDS);
    let joins = |word: &&str| lexicon().names.whole(word).contains(&NameWord::And);
    let word = words.into_iter().find(joins)?;
    let at = word.as_ptr() as usize - before.as_ptr() as usize;
    let lasts = says(&before[at + word.len()..]) || behind.is_some_and(says);
    lasts.then(|| before[..at].trim_end().len())
}

/// What is said of names behind them: "… cookie counts visits", "…, which count visits"; other clauses speak of something else.
fn said_behind_names(rest: &str, subject: bool) -> Option<&str> {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != ',');
    let word = rest.split_whitespace().next()?;
    let is_cookie = lexicon().names.whole(word.trim_end_matches(',')).contains(&NameWord::Cookie);
    let rest = if is_cookie { &rest[word.trim_end_matches(',').len()..] } else { rest };
    let rest = rest.trim_start();
    let Some(clause) = rest.strip_prefix(',') else { return Some(rest).filter(|_| subject) };
    let behind = aside(clause).map(|aside| clause[aside.len() + 1..].trim_start());
    let small = |clause: &&str| clause.split_whitespace().next().is_some_and(is_function_word);
    let clause = behind.filter(small).unwrap_or(clause.trim_start());
    let pronoun = clause.split_whitespace().next()?;
    let example = joins_names(clause);
    (!example && pronoun.chars().count() <= LONGEST_PRONOUN && pronoun.chars().all(char::is_lowercase))
        .then(|| clause[pronoun.len()..].trim_start())
}

/// True for words that lead from one name to the next, or back to cookies: "such as", "and".
fn joins_names(clause: &str) -> bool {
    lexicon().names.all(clause).iter().any(|hit| hit.start == 0 && hit.meaning != NameWord::File)
}

fn is_function_word(word: &str) -> bool {
    lexicon().function_words.contains(word.to_lowercase())
}

/// The words up to the next comma, where they are too few to say what for: "set by Acme".
fn aside(clause: &str) -> Option<&str> {
    let aside = &clause[..clause.find(',')?];
    (aside.split_whitespace().count() <= LEAST_WORDS + LONGEST_ASIDE).then_some(aside)
}

fn purpose(clause: &str) -> Option<Text> {
    let clause = collapse(without_label(clause).trim().trim_end_matches(['.', ',', ';', '。', '，', '；', '、']));
    // Words that only say how the name stands in its sentence.
    const PARTICLES: [char; 9] = ['を', 'は', 'が', 'に', 'で', 'も', 'と', 'の', 'へ'];
    let opens = clause.starts_with(goes_on) && !clause.starts_with(PARTICLES);
    // A word in quotes among them is one more name, if of an odd look.
    let names = clause.contains(['“', '„', '«', '"']);
    (opens && !joins_names(&clause) && !names && word_count(&clause) >= LEAST_WORDS).then(|| clause.into())
}

/// "purpose is counting visits", in languages that say it in one word: what the purpose is.
fn without_label(clause: &str) -> &str {
    let clause = clause.trim_start();
    let word = clause.split_whitespace().next().unwrap_or("");
    let labels = word.chars().count() >= 4 && lexicon().headers.whole(word).contains(&Field::Purpose);
    if labels { clause[word.len()..].trim_start_matches([':', ' ']) } else { clause }
}

/// The service that is named last: the longest run of words that is one.
fn service_in(text: &str) -> Option<String> {
    const LONGEST: usize = 3;
    let trimmed = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = text.split_whitespace().map(trimmed).collect();
    let run = |end: usize, length: usize| words.get(end.checked_sub(length)?..end).map(|run| run.join(" "));
    let ends = (1..=words.len()).rev();
    let named = |name: &String| name.starts_with(char::is_uppercase) && lexicon().services.is_name(name);
    ends.flat_map(|end| (1..=LONGEST).rev().filter_map(move |length| run(end, length)).collect::<Vec<_>>()).find(named)
}
