//! The words of the field, one data file per language: what headers, categories, durations and dates are called.
//!
//! All languages are asked at once, since real documents mix them; a word's language is kept only where it decides something
//! (the order of day and month). To add a language: one `xx.toml` here and its line in [`LANGUAGES`].

mod data;
mod phrases;
mod services;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::document::{Category, DateKind, DocumentKind, Party, Storage};
use data::LanguageFile;
pub use phrases::{Hit, Phrases, Words};
pub use services::Services;

/// Code and text of each language file, in the order of the codes.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("bg", include_str!("bg.toml")),
    ("ca", include_str!("ca.toml")),
    ("cs", include_str!("cs.toml")),
    ("da", include_str!("da.toml")),
    ("de", include_str!("de.toml")),
    ("el", include_str!("el.toml")),
    ("en", include_str!("en.toml")),
    ("es", include_str!("es.toml")),
    ("et", include_str!("et.toml")),
    ("fi", include_str!("fi.toml")),
    ("fr", include_str!("fr.toml")),
    ("ga", include_str!("ga.toml")),
    ("hr", include_str!("hr.toml")),
    ("hu", include_str!("hu.toml")),
    ("is", include_str!("is.toml")),
    ("it", include_str!("it.toml")),
    ("lt", include_str!("lt.toml")),
    ("lv", include_str!("lv.toml")),
    ("mt", include_str!("mt.toml")),
    ("nl", include_str!("nl.toml")),
    ("no", include_str!("no.toml")),
    ("pl", include_str!("pl.toml")),
    ("pt", include_str!("pt.toml")),
    ("ro", include_str!("ro.toml")),
    ("sk", include_str!("sk.toml")),
    ("sl", include_str!("sl.toml")),
    ("sv", include_str!("sv.toml")),
    ("tr", include_str!("tr.toml")),
    ("uk", include_str!("uk.toml")),
];

/// What a column or label says about a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
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
    pub units: HashMap<String, Unit>,
    /// Units by language, of words that mean another unit in another language: "години" are years or hours.
    pub ambiguous_units: HashMap<String, Vec<(String, Unit)>>,
    /// Number words.
    pub numbers: HashMap<String, f64>,
    /// Month names: whole words, with the months (1 to 12) that they may mean.
    pub months: HashMap<String, Vec<u8>>,
    /// Months by language, of the same words: "listopada" is October or November.
    pub months_of: HashMap<String, Vec<(String, u8)>>,
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
    pub date_orders: HashMap<String, DateOrder>,
    /// Hash of all language files, in hex.
    pub digest: String,
}

/// The lexicon; its files are read at the first call.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::load)
}

impl Lexicon {
    fn load() -> Self {
        let mut lexicon = Self::empty();
        let mut hasher = blake3::Hasher::new();
        for (_, text) in LANGUAGES {
            hasher.update(text.as_bytes());
            let file: LanguageFile = toml::from_str(text).expect("a test reads every language file");
            lexicon.date_orders.insert(file.language.clone(), file.date_order);
            lexicon.add(&file);
        }
        lexicon.ambiguous_units.retain(|_, meanings| meanings.iter().any(|(_, unit)| *unit != meanings[0].1));
        hasher.update(services::TEXT.as_bytes());
        lexicon.digest = hasher.finalize().to_hex()[..32].to_owned();
        lexicon
    }

    fn empty() -> Self {
        Self {
            headers: Phrases::default(),
            categories: Phrases::default(),
            documents: Phrases::default(),
            durations: Phrases::default(),
            units: HashMap::new(),
            ambiguous_units: HashMap::new(),

            numbers: HashMap::new(),
            months: HashMap::new(),
            months_of: HashMap::new(),
            dates: Phrases::default(),
            parties: Phrases::default(),
            storages: Phrases::default(),
            names: Phrases::default(),
            consent: Phrases::default(),
            sites: Phrases::default(),
            services: Services::load(),
            date_orders: HashMap::new(),
            digest: String::new(),
        }
    }

    fn add_unit(&mut self, language: &str, word: String, unit: Unit) {
        // Every language's meaning is kept; those that agree are dropped when all are known.
        self.ambiguous_units.entry(word.clone()).or_default().push((language.to_owned(), unit));
        self.units.entry(word).or_insert(unit);
    }

    fn add(&mut self, file: &LanguageFile) {
        file.headers.each(|field, words| self.headers.add(field, words));
        file.categories.each(|category, words| self.categories.add(category, words));
        file.documents.each(|kind, words| self.documents.add(kind, words));
        file.durations.each(|word, words| self.durations.add(word, words));
        file.dates.each(|kind, words| self.dates.add(kind, words));
        file.party.each(|party, words| self.parties.add(party, words));
        file.storage.each(|storage, words| self.storages.add(storage, words));
        file.names.each(|word, words| self.names.add(word, words));
        self.consent.add((), &file.consent.words);
        self.sites.add((), &file.sites.words);
        file.durations.units.each(|unit, words| {
            words.iter().for_each(|word| self.add_unit(&file.language, crate::text::loose(word), unit));
        });
        let numbers = file.durations.numbers.iter();
        self.numbers.extend(numbers.map(|(word, value)| (crate::text::loose(word), *value)));
        for (index, names) in file.dates.months.iter().enumerate() {
            for name in names {
                let name = crate::text::loose(name);
                self.months_of.entry(name.clone()).or_default().push((file.language.clone(), index as u8 + 1));
                let months = self.months.entry(name).or_default();
                if !months.contains(&(index as u8 + 1)) {
                    months.push(index as u8 + 1);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(codes, LANGUAGES.iter().map(|(code, _)| *code).collect::<Vec<_>>());
        for (code, text) in LANGUAGES {
            let file: LanguageFile = toml::from_str(text).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(file.language, *code);
            file.check().unwrap_or_else(|problem| panic!("{code}.toml: {problem}"));
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let found = lexicon().headers.longest("Service provider's name").unwrap();
        assert_eq!(found.meaning, Field::Provider);
    }
}
