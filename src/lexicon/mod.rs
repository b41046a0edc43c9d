//! The words of the field, one data file per language: what headers, categories, durations and dates are called.
//!
//! All languages are asked at once, since real documents mix them; a word's language is kept only where it decides something
//! (the order of day and month). To add a language: one `xx.toml` here and its code in [`LANGUAGES`].

#[cfg(test)]
mod cyrillic;
#[cfg(test)]
mod data;
mod laid_out;
mod phrases;
mod recent_words;
mod services;
#[cfg_attr(not(test), expect(dead_code, reason = "the build lays out what a run looks up"))]
mod slots;
mod table;
mod vocabulary;

use crate::document::{Category, DateKind, DocumentKind, Party, Storage};
pub use phrases::{Hit, Phrases, Words};
pub use services::Services;
pub use table::Table;
use vocabulary::Vocabulary;

/// The code of each language file, in order.
pub const LANGUAGES: &[&str] = &[
    "af", "am", "ar", "az", "be", "bg", "bn", "br", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu",
    "fa", "fi", "fo", "fr", "fy", "ga", "gd", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk",
    "km", "ko", "ku", "lb", "lt", "lv", "mk", "mn", "ms", "mt", "ne", "nl", "no", "oc", "pl", "pt", "rm", "ro", "ru",
    "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh",
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
    /// Several lengths are one for each of several things: "respectively".
    Respectively,
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
    /// A file, which a cookie is.
    File,
}

/// Order of day, month and year in dates of digits only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 30/03/2021.
    DayFirst,
    /// 03/30/2021.
    MonthFirst,
    /// 2021/03/30.
    YearFirst,
}

/// What the figures of a date count, where a word beside them says so: 2024年6月6日, ngày 6 tháng 6 năm 2024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateMark {
    /// Years.
    Year,
    /// Months.
    Month,
    /// Days.
    Day,
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
    pub units: Table<Unit>,
    /// Units by language, of words that mean another unit in another language: "години" are years or hours.
    pub ambiguous_units: Table<&'static [(&'static str, Unit)]>,
    /// Units of languages that print the number behind: "miaka 2".
    pub leading_units: Table<()>,
    /// Number words.
    pub numbers: Table<f64>,
    /// Month names: whole words, with the months (1 to 12) that they may mean.
    pub months: Table<&'static [u8]>,
    /// Months by language, of the same words: "listopada" is October or November.
    pub months_of: Table<&'static [(&'static str, u8)]>,
    /// Words beside the figures of a date.
    pub date_marks: Table<DateMark>,
    /// Eras and the year before their first: 令和6年 is 2018 + 6.
    pub eras: &'static [(&'static str, i16)],
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
    /// How a document speaks of itself: "this policy".
    pub itself: Phrases<()>,
    /// Verbs by which a text says whose cookies it speaks of: "uses".
    pub uses: Phrases<()>,
    /// Services that set cookies on other companies' sites.
    pub services: Services,
    /// Order of dates in digits, by language.
    pub date_orders: Table<DateOrder>,
    /// The language of small words that no other language of the lexicon writes.
    pub function_words: Table<&'static str>,
    /// Hash of all language files, in hex.
    pub digest: &'static str,
    vocabulary: Vocabulary,
}

/// The lexicon, as the build has laid it out.
pub fn lexicon() -> &'static Lexicon {
    &laid_out::LEXICON
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
        let (cookies, doubtful) = (&file.cookies, &file.doubtful_cookies);
        assert!(cookies.is_sorted() && cookies.iter().all(|name| lexicon().services.is_cookie(name)));
        assert!(doubtful.is_sorted() && doubtful.iter().all(|name| lexicon().services.is_doubtful_cookie(name)));
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
            file.headers.each(|meaning, words| has(&lexicon.headers, meaning, words));
            file.categories.each(|meaning, words| has(&lexicon.categories, meaning, words));
            file.documents.each(|meaning, words| has(&lexicon.documents, meaning, words));
            file.durations.each(|meaning, words| has(&lexicon.durations, meaning, words));
            file.dates.each(|meaning, words| has(&lexicon.dates, meaning, words));
            file.party.each(|meaning, words| has(&lexicon.parties, meaning, words));
            file.storage.each(|meaning, words| has(&lexicon.storages, meaning, words));
            file.names.each(|meaning, words| has(&lexicon.names, meaning, words));
            has(&lexicon.consent, "()", &file.consent.words);
            has(&lexicon.sites, "()", &file.sites.words);
            has(&lexicon.itself, "()", &file.itself.words);
            has(&lexicon.uses, "()", &file.uses.words);
            assert_eq!(lexicon.date_orders.get(code).map(written), Some(file.date_order), "{code}");
            let units = |meaning: &str, words: &[String]| words.iter().for_each(|word| has_unit(meaning, word, code));
            file.durations.units.each(units);
            let leads = |word: &String| lexicon.leading_units.contains(loose(word));
            file.durations
                .units
                .each(|_, words| assert!(!file.durations.units_lead || words.iter().all(leads), "{code}"));
            file.durations.numbers.keys().for_each(|word| assert!(lexicon.numbers.contains(loose(word)), "{word}"));
            file.dates.months.iter().flatten().for_each(|name| assert!(lexicon.months.contains(loose(name)), "{name}"));
            file.dates.marks.each(|mark, words| words.iter().for_each(|word| has_mark(mark, word)));
            file.dates.eras.iter().for_each(|(era, zero)| assert!(lexicon.eras.contains(&(era, *zero)), "{era}"));
        }
    }

    #[test]
    fn a_language_of_two_alphabets_is_known_in_both() {
        let lexicon = lexicon();
        let files = LANGUAGES.iter().map(|code| toml::from_str::<data::LanguageFile>(&file(code)).unwrap());
        let files: Vec<data::LanguageFile> = files.filter(|file| file.cyrillic).collect();
        for file in &files {
            let spelt = |words: &[String]| {
                let spelt = words.iter().filter_map(|word| cyrillic::in_cyrillic(&file.language, word));
                spelt.collect::<Vec<_>>()
            };
            file.headers.each(|meaning, words| has(&lexicon.headers, meaning, &spelt(words)));
            file.categories.each(|meaning, words| has(&lexicon.categories, meaning, &spelt(words)));
            file.durations.each(|meaning, words| has(&lexicon.durations, meaning, &spelt(words)));
            file.durations.units.each(|unit, words| {
                spelt(words).iter().for_each(|word| has_unit(unit, word, &file.language));
            });
            let months = file.dates.months.iter().flat_map(|names| spelt(names));
            months.for_each(|name| assert!(lexicon.months.contains(loose(&name)), "{name}"));
        }
        assert!(!files.is_empty());
        let spelt = |language, phrase| cyrillic::in_cyrillic(language, phrase);
        assert_eq!(spelt("sr", "ljubitelji, njih 2 đaka").as_deref(), Some("љубитељи, њих 2 ђака"));
        assert_eq!(spelt("sr", "web stranica"), None);
        assert_eq!(spelt("uz", "eng ko'pi yo'q, ma'lumot").as_deref(), Some("энг кўпи йўқ, маълумот"));
    }

    fn has_mark(mark: &str, word: &str) {
        assert_eq!(lexicon().date_marks.get(loose(word)).map(written).as_deref(), Some(mark), "{word}");
    }

    fn has_unit(unit: &str, word: &str, language: &str) {
        let word = loose(word);
        let own = lexicon()
            .ambiguous_units
            .get(&word)
            .map(|all| all.iter().any(|(of, own)| *of == language && written(own) == unit));
        let only = || lexicon().units.get(&word).is_some_and(|known| written(known) == unit);
        assert!(own.unwrap_or_else(only), "{word} is {unit} in {language}");
    }

    fn has<M: Copy + PartialEq + std::fmt::Debug>(phrases: &Phrases<M>, meaning: &str, words: &[String]) {
        for word in words {
            let ending = if word.ends_with('*') { "xyz" } else { "" };
            let text = format!("{}{ending}", word.trim_end_matches('*'));
            assert!(phrases.whole(&text).iter().any(|found| written(found) == meaning), "{text:?} is {meaning}");
        }
    }

    /// A meaning as the files name it: `StartingWith` is `starting_with`.
    fn written(meaning: impl std::fmt::Debug) -> String {
        let name = format!("{meaning:?}");
        let words = name
            .char_indices()
            .map(|(at, c)| format!("{}{}", if at > 0 && c.is_uppercase() { "_" } else { "" }, c.to_lowercase()));
        words.collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        let found = lexicon().headers.longest("Service provider's name").unwrap();
        assert_eq!(found.meaning, Field::Provider);
    }
}
