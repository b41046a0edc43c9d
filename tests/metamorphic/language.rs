//! The words that policies are written with: one file per language, in what a policy of that language would print. They are not
//! taken from the lexicon, so that they test it too.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use polinorm::document::Category;
use serde::Deserialize;

use crate::given;

/// Code of the made-up language (of the range that ISO 639-3 leaves to private use): no lexicon knows its headers and prose; its
/// lifetimes are in the international abbreviations that consent tools print.
pub const MADE_UP: &str = "qaa";

/// What a policy prints in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Code of ISO 639-1, from the name of the file.
    #[serde(skip)]
    pub code: String,
    /// Top-level domain of its sites.
    pub domain: String,
    /// Titles of cookie policies.
    pub titles: Vec<String>,
    /// Sentences that state the `{date}`.
    pub updated: Vec<String>,
    /// How a day is written: `{day}`, `{month}` (its name), `{year}`, `{mm}`, `{dd}`.
    pub dates: Vec<String>,
    /// Names of the months as they stand in a date, from January; empty where dates are written in digits.
    pub months: Vec<String>,
    /// Says that the site `{host}` is run by `{company}` and uses cookies.
    pub intro: String,
    /// Heading over the declaration.
    pub question: String,
    /// What stands below it.
    pub closing: String,
    /// A sentence that names the cookies `{names}`, each in quotes, and does nothing else.
    pub mention: String,
    /// A word between the last two of a list.
    pub and: String,
    /// The quotation marks around a name, which `~` stands for.
    pub quotes: String,
    /// Headers of columns, several natural ones for each.
    pub headers: Headers,
    /// Categories; none in the made-up language.
    pub categories: BTreeMap<Category, CategoryWords>,
    /// Lengths of time and their seconds.
    pub lifetimes: BTreeMap<String, u64>,
    /// Lifetimes that end with the session.
    pub session: Vec<String>,
    /// What cookies are for.
    pub purposes: Vec<String>,
    /// A table that declares no cookie: kinds of personal data, under two headers.
    pub data_headers: [String; 2],
    /// Kinds of personal data.
    pub data: Vec<String>,
}

/// Headers of columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headers {
    pub name: Vec<String>,
    pub provider: Vec<String>,
    pub domain: Vec<String>,
    pub purpose: Vec<String>,
    pub duration: Vec<String>,
    pub category: Vec<String>,
}

/// How a category is printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryWords {
    /// Over rows.
    pub headings: Vec<String>,
    /// In a cell.
    pub cells: Vec<String>,
}

/// All languages, in the order of their codes.
pub fn all() -> &'static [Language] {
    static ALL: OnceLock<Vec<Language>> = OnceLock::new();
    ALL.get_or_init(|| {
        let files = fs::read_dir(given::here("tests/metamorphic/languages")).unwrap();
        let mut languages: Vec<Language> = files.map(|entry| read(&entry.unwrap().path())).collect();
        languages.sort_by(|a, b| a.code.cmp(&b.code));
        languages
    })
}

fn read(path: &std::path::Path) -> Language {
    let text = fs::read_to_string(path).unwrap();
    let mut language: Language = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    language.code = path.file_stem().unwrap().to_str().unwrap().to_owned();
    language
}
