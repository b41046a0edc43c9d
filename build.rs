//! Lays out the words of the lexicon's files and the normal forms of characters once, as tables of Rust source: a run parses no file,
//! folds no word of the lexicon, and builds no index and no table.
//!
//! `src/lexicon/laid_out.rs` and `src/text/fold.rs` include what is written here; the types of the tables stand beside them or in them.

#![allow(clippy::print_stdout)] // That is how a build script speaks to Cargo.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

#[path = "src/lexicon/cyrillic.rs"]
mod cyrillic;
#[path = "src/lexicon/data.rs"]
mod data;
#[path = "build/forms.rs"]
mod forms;
#[path = "build/lists.rs"]
mod lists;
#[allow(dead_code)]
#[path = "src/text/rules.rs"]
mod rules;
#[allow(dead_code)]
#[path = "src/text/scripts.rs"]
mod scripts;
#[allow(dead_code)]
#[path = "src/lexicon/slots.rs"]
mod slots;
#[path = "build/source.rs"]
mod source;

use cyrillic::in_cyrillic;
use data::{FunctionWordsFile, LanguageFile, ServicesFile};
use lists::{Phrases, Vocabulary};
use rules::loose;
use source::{Keyed, variant};

fn main() {
    let folder = Path::new("src/lexicon");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/text/rules.rs");
    println!("cargo::rerun-if-changed=src/text/scripts.rs");
    println!("cargo::rerun-if-changed=build");
    let mut lexicon = Lexicon::default();
    for file in language_files(folder) {
        let language = read(&file, &mut lexicon.hasher);
        lexicon.language(&toml::from_str(&language).unwrap_or_else(|error| panic!("{file}: {error}")));
    }
    let file = format!("{}/services.toml", folder.display());
    let services = read(&file, &mut lexicon.hasher);
    lexicon.services(&toml::from_str(&services).unwrap_or_else(|error| panic!("{file}: {error}")));
    let file = format!("{}/function_words.toml", folder.display());
    let words = read(&file, &mut lexicon.hasher);
    lexicon.function_words(&toml::from_str(&words).unwrap_or_else(|error| panic!("{file}: {error}")));
    write("lexicon.rs", &lexicon.source());
    write("forms.rs", &forms::source());
}

fn write(name: &str, source: &str) {
    let folder = env::var_os("OUT_DIR").expect("set for every build script");
    fs::write(Path::new(&folder).join(name), source).expect("the folder of the build can be written");
}

/// Files named by a language's code, in the order of the codes.
fn language_files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder of the lexicon is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let is_language = |path: &std::path::PathBuf| {
        path.extension().is_some_and(|kind| kind == "toml")
            && path.with_extension("").file_name().is_some_and(|stem| stem.len() == 2)
    };
    let mut files: Vec<String> =
        paths.filter(is_language).map(|path| path.to_str().expect("named in ASCII").to_owned()).collect();
    files.sort();
    files
}

fn read(file: &str, hasher: &mut blake3::Hasher) -> String {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    hasher.update(text.as_bytes());
    text
}

/// All lists, as far as they are read.
#[derive(Default)]
struct Lexicon {
    hasher: blake3::Hasher,
    vocabulary: Vocabulary,
    phrases: BTreeMap<&'static str, Phrases>,
    date_orders: Keyed<String>,
    units: Keyed<Vec<Meaning>>,
    leading_units: Keyed<()>,
    months: Keyed<Vec<Meaning>>,
    numbers: Keyed<f64>,
    date_marks: Keyed<String>,
    eras: Vec<(String, i16)>,
    domains: Keyed<()>,
    laws: Keyed<()>,
    cookies: Keyed<()>,
    doubtful_cookies: Keyed<()>,
    companies: Vec<String>,
    company_ends: Keyed<()>,
    function_words: Keyed<String>,
}

/// How a word of a language is spelt; nothing where it cannot be.
type Spelling = fn(&str, &str) -> Option<String>;

/// What a word means in one language.
struct Meaning {
    language: String,
    value: String,
}

/// The lists of phrases and the types of what they mean, in the order of their bits.
const PHRASES: [(&str, &str); 13] = [
    ("headers", "Field"),
    ("categories", "Category"),
    ("documents", "DocumentKind"),
    ("durations", "DurationWord"),
    ("dates", "DateKind"),
    ("parties", "Party"),
    ("storages", "Storage"),
    ("names", "NameWord"),
    ("consent", ""),
    ("sites", ""),
    ("itself", ""),
    ("uses", ""),
    ("services", ""),
];

impl Lexicon {
    fn language(&mut self, file: &LanguageFile) {
        self.date_orders.set(&file.language, variant("DateOrder", &file.date_order));
        self.words(file, |_, word| Some(word.to_owned()));
        if file.cyrillic {
            self.words(file, in_cyrillic);
        }
    }

    /// The words of a language as they are spelt; those that the spelling does not know are left out.
    fn words(&mut self, file: &LanguageFile, spelt: Spelling) {
        let all = |words: &[String]| words.iter().filter_map(|word| spelt(&file.language, word)).collect::<Vec<_>>();
        file.headers.each(|meaning, words| self.phrases("headers", meaning, &all(words)));
        file.categories.each(|meaning, words| self.phrases("categories", meaning, &all(words)));
        file.documents.each(|meaning, words| self.phrases("documents", meaning, &all(words)));
        file.durations.each(|meaning, words| self.phrases("durations", meaning, &all(words)));
        file.dates.each(|meaning, words| self.phrases("dates", meaning, &all(words)));
        file.party.each(|meaning, words| self.phrases("parties", meaning, &all(words)));
        file.storage.each(|meaning, words| self.phrases("storages", meaning, &all(words)));
        file.names.each(|meaning, words| self.phrases("names", meaning, &all(words)));
        self.phrases("consent", "", &all(&file.consent.words));
        self.phrases("sites", "", &all(&file.sites.words));
        self.phrases("itself", "", &all(&file.itself.words));
        self.phrases("uses", "", &all(&file.uses.words));
        self.counted(file, spelt);
    }

    /// Units of time, numbers and months.
    fn counted(&mut self, file: &LanguageFile, spelt: Spelling) {
        let folded = |word: &String| spelt(&file.language, word).map(|word| loose(&word));
        let meaning = |value: String| Meaning { language: file.language.clone(), value };
        file.durations.units.each(|unit, words| {
            let words = words.iter().filter_map(folded);
            words.for_each(|word| self.units.of(word).push(meaning(variant("Unit", unit))));
        });
        if file.durations.units_lead {
            let mut lead = |word: String| self.leading_units.set(word, ());
            file.durations.units.each(|_, words| words.iter().filter_map(folded).for_each(&mut lead));
        }
        let numbers = file.durations.numbers.iter();
        numbers.for_each(|(word, number)| folded(word).into_iter().for_each(|word| self.numbers.set(word, *number)));
        for (index, names) in file.dates.months.iter().enumerate() {
            let names = names.iter().filter_map(folded);
            names.for_each(|name| self.months.of(name).push(meaning((index + 1).to_string())));
        }
        file.dates.marks.each(|mark, words| {
            let words = words.iter().filter_map(folded);
            words.for_each(|word| self.date_marks.set(word, variant("DateMark", mark)));
        });
        self.eras.extend(file.dates.eras.iter().map(|(word, zero)| (word.clone(), *zero)));
    }

    fn services(&mut self, file: &ServicesFile) {
        file.services.iter().for_each(|service| self.phrases("services", "", &service.names));
        let domains = file.services.iter().flat_map(|service| &service.domains).chain(&file.public_domains);
        domains.for_each(|domain| self.domains.set(domain, ()));
        file.laws.iter().for_each(|word| self.laws.set(loose(word), ()));
        file.cookies.iter().for_each(|name| self.cookies.set(name, ()));
        file.doubtful_cookies.iter().for_each(|name| self.doubtful_cookies.set(name, ()));
        self.companies.clone_from(&file.companies);
        file.companies.iter().filter_map(|form| form.rsplit(' ').next()).for_each(|end| self.company_ends.set(end, ()));
    }

    fn function_words(&mut self, file: &FunctionWordsFile) {
        let words = file.words.iter().flat_map(|(language, words)| words.iter().map(move |word| (word, language)));
        words.for_each(|(word, language)| self.function_words.set(word, format!("{language:?}")));
    }

    /// Phrases of one meaning; one that ends with `*` matches any ending of its last word.
    fn phrases(&mut self, list: &'static str, meaning: &str, words: &[String]) {
        let place = PHRASES.iter().position(|(name, _)| *name == list).expect("every list has its bit");
        let meaning = if meaning.is_empty() { "()".to_owned() } else { variant(PHRASES[place].1, meaning) };
        let phrases = self.phrases.entry(list).or_insert_with(|| Phrases::numbered(place));
        words.iter().for_each(|word| phrases.add(&mut self.vocabulary, &meaning, &loose(word), word.ends_with('*')));
    }

    /// The static table of `src/lexicon/laid_out.rs`.
    fn source(&self) -> String {
        let pair = |meaning: &Meaning| format!("({:?}, {})", meaning.language, meaning.value);
        let pairs = |meanings: &[Meaning]| source::list(meanings.iter().map(pair));
        let ambiguous = self.units.those(|meanings| distinct(meanings).len() > 1);
        let phrases = PHRASES.map(|(list, _)| (list, self.phrases[list].source()));
        let (services, lists): (Vec<_>, Vec<_>) = phrases.into_iter().partition(|(list, _)| *list == "services");
        let services = [
            ("names", services.into_iter().map(|(_, source)| source).collect()),
            ("domains", self.domains.source(unit)),
            ("laws", self.laws.source(unit)),
            ("cookies", self.cookies.source(unit)),
            ("doubtful_cookies", self.doubtful_cookies.source(unit)),
            ("companies", source::list(self.companies.iter().map(|form| format!("{form:?}")))),
            ("company_ends", self.company_ends.source(unit)),
        ];
        let fields = [
            ("units", self.units.source(|meanings| usual_unit(meanings))),
            ("ambiguous_units", ambiguous.source(|meanings| pairs(meanings))),
            ("leading_units", self.leading_units.source(unit)),
            ("numbers", self.numbers.source(|number| format!("{number:?}"))),
            ("months", self.months.source(|meanings| source::list(distinct(meanings)))),
            ("months_of", self.months.source(|meanings| pairs(meanings))),
            ("date_marks", self.date_marks.source(String::clone)),
            ("eras", source::list(self.eras.iter().map(|era| format!("{era:?}")))),
            ("services", source::structure("Services", services)),
            ("date_orders", self.date_orders.source(String::clone)),
            ("function_words", self.function_words.source(String::clone)),
            ("digest", format!("{:?}", &self.hasher.finalize().to_hex()[..32])),
            ("vocabulary", self.vocabulary.source()),
        ];
        let lexicon = source::structure("Lexicon", lists.into_iter().chain(fields));
        format!("/// All lists of all languages.\npub(super) static LEXICON: Lexicon = {lexicon};\n")
    }
}

fn unit((): &()) -> String {
    "()".to_owned()
}

/// What most languages mean by a word; of several the shortest unit, since a lifetime that is taken for too long is a fault of the site.
fn usual_unit(meanings: &[Meaning]) -> String {
    const UNITS: [&str; 7] = ["Second", "Minute", "Hour", "Day", "Week", "Month", "Year"];
    let languages = |value: &String| meanings.iter().filter(|meaning| meaning.value == *value).count();
    let length =
        |value: &String| UNITS.iter().position(|unit| value.ends_with(unit)).expect("each unit is one of these");
    let usual = distinct(meanings).into_iter().min_by_key(|value| (Reverse(languages(value)), length(value)));
    usual.expect("a word has a meaning")
}

/// The meanings, each once, in order.
fn distinct(meanings: &[Meaning]) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for meaning in meanings {
        if !values.contains(&meaning.value) {
            values.push(meaning.value.clone());
        }
    }
    values
}
