//! The words of the field, one data file per language: what headers, categories, durations and dates are called.
//!
//! All languages are asked at once, since real documents mix them; a word's language is kept only where it decides something
//! (the order of day and month). To add a language: one `xx.toml` here and its code in [`LANGUAGES`].

#[cfg(test)]
mod data;
mod phrases;
mod services;
mod vocabulary;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::document::{Category, DateKind, DocumentKind, Party, Storage};
pub use phrases::{Hit, Phrases, Words};
pub use services::Services;
use vocabulary::Vocabulary;

/// The code of each language file, in order.
pub const LANGUAGES: &[&str] = &[
    "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt",
    "nl", "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk",
];

/// What a column or label says about a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Its name.
    Name,
    /// Who sets it.
    Provider,
    /// Its host.
    Domain,
    /// First or third party.
    Party,
    /// Its function.
    Function,
    /// Where on the site it is used.
    Location,
    /// What it is for.
    Purpose,
    /// Its category.
    Category,
    /// How long it lives.
    Duration,
    /// How it is stored.
    Storage,
    /// Something without a field of its own.
    Extra,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 1 s.
    Second,
    /// 60 s.
    Minute,
    /// 3,600 s.
    Hour,
    /// 86,400 s.
    Day,
    /// 7 days.
    Week,
    /// A twelfth of a year.
    Month,
    /// 365 days.
    Year,
}

/// What a phrase about a lifetime says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DurationWord {
    /// Until the browser is closed.
    Session,
    /// Kept.
    Persistent,
    /// Until something happens.
    UntilEvent,
    /// A limit follows or stands before.
    AtMost,
    /// About.
    Approximate,
    /// Between two lengths.
    Range,
    /// It depends.
    Varies,
    /// Says in a sentence that a lifetime is stated: "expires", "is kept".
    Lasts,
}

/// Words around names in sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameWord {
    /// The word cookie itself.
    Cookie,
    /// A prefix follows.
    StartingWith,
    /// Examples follow.
    SuchAs,
    /// Joins two names.
    And,
}

/// Order of day, month and year in dates of digits only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 30/03/2021.
    DayFirst,
    /// 03/30/2021.
    MonthFirst,
    /// 2021/03/30.
    YearFirst,
}

/// All words of all languages, indexed.
#[derive(Debug)]
pub struct Lexicon {
    /// Column headings and labels.
    pub headers: Phrases<Field>,
    /// Category words.
    pub categories: Phrases<Category>,
    /// Titles.
    pub documents: Phrases<DocumentKind>,
    /// Phrases about lifetimes, without units and numbers.
    pub durations: Phrases<DurationWord>,
    /// Units of time: whole words.
    pub units: FxHashMap<&'static str, Unit>,
    /// Units by language, of words that mean another unit in another language: "години" are years or hours.
    pub ambiguous_units: FxHashMap<&'static str, Vec<(&'static str, Unit)>>,
    /// Number words.
    pub numbers: FxHashMap<&'static str, f64>,
    /// Month names: whole words, with the months (1 to 12) that they may mean.
    pub months: FxHashMap<&'static str, Vec<u8>>,
    /// Months by language, of the same words: "listopada" is October or November.
    pub months_of: FxHashMap<&'static str, Vec<(&'static str, u8)>>,
    /// Phrases next to a document's date.
    pub dates: Phrases<DateKind>,
    /// First and third party.
    pub parties: Phrases<Party>,
    /// Storage technologies.
    pub storages: Phrases<Storage>,
    /// Words around names.
    pub names: Phrases<NameWord>,
    /// Words of consent dialogs that are never a value.
    pub consent: Phrases<()>,
    /// What a host is the address of: "our website www.example.com".
    pub sites: Phrases<()>,
    /// Services that set cookies on other companies' sites.
    pub services: Services,
    /// Order of dates in digits, by language.
    pub date_orders: FxHashMap<String, DateOrder>,
    /// The language of small words that no other language of Europe writes.
    pub function_words: FxHashMap<&'static str, &'static str>,
    /// Hash of all language files, in hex.
    pub digest: String,
    vocabulary: Vocabulary,
}

/// The lexicon; it is read at the first call.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::load)
}

/// The language files and the file of services as the build has folded them; `build.rs` says how it is written.
const TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.tsv"));

impl Lexicon {
    fn load() -> Self {
        let (digest, lists) = TABLE.split_once("\n[").expect("the build writes the hash, then lists");
        let mut lexicon = Self::empty();
        digest.clone_into(&mut lexicon.digest);
        for list in lists.split("\n[") {
            let (title, lines) = list.split_once(']').expect("the build writes a title in brackets");
            let (list, meaning) = title.split_once(' ').expect("a title has two words");
            lexicon.add(list, meaning, lines.lines().filter(|line| !line.is_empty()));
        }
        lexicon.ambiguous_units.retain(|_, meanings| meanings.iter().any(|(_, unit)| *unit != meanings[0].1));
        lexicon
    }

    fn empty() -> Self {
        Self {
            headers: Phrases::numbered(0),
            categories: Phrases::numbered(1),
            documents: Phrases::numbered(2),
            durations: Phrases::numbered(3),
            dates: Phrases::numbered(4),
            parties: Phrases::numbered(5),
            storages: Phrases::numbered(6),
            names: Phrases::numbered(7),
            consent: Phrases::numbered(8),
            sites: Phrases::numbered(9),
            services: Services::numbered(10),
            units: FxHashMap::default(),
            ambiguous_units: FxHashMap::default(),
            numbers: FxHashMap::default(),
            months: FxHashMap::default(),
            months_of: FxHashMap::default(),
            date_orders: FxHashMap::default(),
            function_words: FxHashMap::default(),
            digest: String::new(),
            vocabulary: Vocabulary::default(),
        }
    }

    fn add(&mut self, list: &str, meaning: &'static str, lines: impl Iterator<Item = &'static str>) {
        let vocabulary = &mut self.vocabulary;
        match list {
            "headers" => self.headers.add_all(vocabulary, named(meaning), lines),
            "categories" => self.categories.add_all(vocabulary, named(meaning), lines),
            "documents" => self.documents.add_all(vocabulary, named(meaning), lines),
            "durations" => self.durations.add_all(vocabulary, named(meaning), lines),
            "dates" => self.dates.add_all(vocabulary, named(meaning), lines),
            "party" => self.parties.add_all(vocabulary, named(meaning), lines),
            "storage" => self.storages.add_all(vocabulary, named(meaning), lines),
            "names" => self.names.add_all(vocabulary, named(meaning), lines),
            "consent" => self.consent.add_all(vocabulary, (), lines),
            "sites" => self.sites.add_all(vocabulary, (), lines),
            "services" => self.services.add(vocabulary, meaning, lines),
            "units" => lines.for_each(|line| self.add_unit(named(meaning), line)),
            "numbers" => self.numbers.extend(lines.map(number)),
            "months" => lines.for_each(|name| self.add_month(name, meaning)),
            "date_order" => self.date_orders.extend(lines.map(|order| (meaning.to_owned(), named(order)))),
            "function_words" => self.function_words.extend(lines.map(|word| (word, meaning))),
            other => unreachable!("the build writes no list {other}"),
        }
    }

    /// A line is a word and the code of its language; every language's meaning is kept until all are known.
    fn add_unit(&mut self, unit: Unit, line: &'static str) {
        let (word, language) = line.split_once('\t').expect("a unit has its language");
        self.ambiguous_units.entry(word).or_default().push((language, unit));
        self.units.entry(word).or_insert(unit);
    }

    /// A line is a name and the code of its language.
    fn add_month(&mut self, line: &'static str, month: &str) {
        let (name, language) = line.split_once('\t').expect("a month has its language");
        let month = month.parse().expect("months have numbers");
        self.months_of.entry(name).or_default().push((language, month));
        let months = self.months.entry(name).or_default();
        if !months.contains(&month) {
            months.push(month);
        }
    }
}

/// The meaning of a name that the language files use, which is how the meaning is written in JSON too.
fn named<M: DeserializeOwned>(name: &str) -> M {
    M::deserialize(StrDeserializer::<ValueError>::new(name)).expect("the files name the meanings that there are")
}

/// A word and its number.
fn number(line: &'static str) -> (&'static str, f64) {
    let (word, number) = line.split_once('\t').expect("a number word has its number");
    (word, number.parse().expect("the build writes a number"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::loose;

    fn file(name: &str) -> String {
        std::fs::read_to_string(format!("{}/src/lexicon/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn every_language_file_is_registered_and_canonical() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lexicon");
        let mut codes: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
            .filter(|code| code.len() == 2)
            .collect();
        codes.sort();
        assert_eq!(codes, LANGUAGES);
        for code in LANGUAGES {
            let file: data::LanguageFile =
                toml::from_str(&file(code)).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(file.language, *code);
            file.check().unwrap_or_else(|problem| panic!("{code}.toml: {problem}"));
        }
    }

    #[test]
    fn the_file_of_services_is_sorted_and_lower_case() {
        let file: data::ServicesFile = toml::from_str(&file("services")).unwrap();
        let firsts: Vec<&String> = file.services.iter().map(|service| &service.names[0]).collect();
        assert!(firsts.windows(2).all(|pair| pair[0] < pair[1]), "services in order of their first name");
        let words = file.services.iter().flat_map(|service| service.names.iter().chain(&service.domains));
        for word in words.chain(&file.public_domains) {
            assert_eq!(*word, word.to_lowercase());
        }
        file.laws.iter().for_each(|law| assert!(lexicon().services.is_law(&loose(law)), "{law}"));
        file.companies
            .iter()
            .for_each(|form| assert!(lexicon().services.is_company(&format!("Acme {form}")), "{form}"));
    }

    #[test]
    fn function_words_are_sorted_and_belong_to_one_language_each() {
        let file: data::FunctionWordsFile = toml::from_str(&file("function_words")).unwrap();
        let mut seen = std::collections::HashSet::new();
        for (language, words) in &file.words {
            assert!(LANGUAGES.contains(&language.as_str()) && words.is_sorted(), "{language}");
            words.iter().for_each(|word| assert!(seen.insert(word) && *word == word.to_lowercase(), "{word}"));
        }
        assert_eq!(lexicon().function_words.len(), seen.len());
    }

    /// The table that the build wrote holds each word of each file, with its meaning.
    #[test]
    fn every_phrase_of_every_file_is_found_with_its_meaning() {
        let lexicon = lexicon();
        for code in LANGUAGES {
            let file: data::LanguageFile = toml::from_str(&file(code)).unwrap();
            file.headers.each(|meaning, words| has(&lexicon.headers, named(meaning), words));
            file.categories.each(|meaning, words| has(&lexicon.categories, named(meaning), words));
            file.documents.each(|meaning, words| has(&lexicon.documents, named(meaning), words));
            file.durations.each(|meaning, words| has(&lexicon.durations, named(meaning), words));
            file.dates.each(|meaning, words| has(&lexicon.dates, named(meaning), words));
            file.party.each(|meaning, words| has(&lexicon.parties, named(meaning), words));
            file.storage.each(|meaning, words| has(&lexicon.storages, named(meaning), words));
            file.names.each(|meaning, words| has(&lexicon.names, named(meaning), words));
            has(&lexicon.consent, (), &file.consent.words);
            has(&lexicon.sites, (), &file.sites.words);
            assert_eq!(lexicon.date_orders[*code], named(&file.date_order), "{code}");
            let units =
                |meaning: &str, words: &[String]| words.iter().for_each(|word| has_unit(named(meaning), word, code));
            file.durations.units.each(units);
            file.durations
                .numbers
                .keys()
                .for_each(|word| assert!(lexicon.numbers.contains_key(&*loose(word)), "{word}"));
            file.dates
                .months
                .iter()
                .flatten()
                .for_each(|name| assert!(lexicon.months.contains_key(&*loose(name)), "{name}"));
        }
    }

    fn has_unit(unit: Unit, word: &str, language: &str) {
        let word = loose(word);
        let own = lexicon().ambiguous_units.get(&*word).map(|all| all.contains(&(language, unit)));
        assert!(own.unwrap_or(lexicon().units[&*word] == unit), "{word} is {unit:?} in {language}");
    }

    fn has<M: Copy + PartialEq + std::fmt::Debug>(phrases: &Phrases<M>, meaning: M, words: &[String]) {
        for word in words {
            let ending = if word.ends_with('*') { "xyz" } else { "" };
            let text = format!("{}{ending}", word.trim_end_matches('*'));
            assert!(phrases.whole(&text).contains(&meaning), "{text:?} is {meaning:?}");
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let found = lexicon().headers.longest("Service provider's name").unwrap();
        assert_eq!(found.meaning, Field::Provider);
    }
}
