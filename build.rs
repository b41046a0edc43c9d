//! Folds the words of the lexicon's files once, into one table, so that no run has to parse a file or fold a word of it.
//!
//! The table is text. A line `[list meaning]` opens a list; each line below it is one folded phrase, with `*` behind it where any
//! ending may follow, and a value after a tab where the list has values. The first line is the hash of all the files.

#![allow(clippy::print_stdout)] // That is how a build script speaks to Cargo.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[path = "src/lexicon/data.rs"]
mod data;
#[allow(dead_code, unused_imports)]
#[path = "src/text/fold.rs"]
mod fold;

use data::{FunctionWordsFile, LanguageFile, ServicesFile};
use fold::loose;

fn main() {
    let folder = Path::new("src/lexicon");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/text/fold.rs");
    let mut table = Table::default();
    for file in language_files(folder) {
        let language = read(&file, &mut table);
        table.language(&toml::from_str(&language).unwrap_or_else(|error| panic!("{file}: {error}")));
    }
    let file = format!("{}/services.toml", folder.display());
    let services = read(&file, &mut table);
    table.services(&toml::from_str(&services).unwrap_or_else(|error| panic!("{file}: {error}")));
    let file = format!("{}/function_words.toml", folder.display());
    let words = read(&file, &mut table);
    table.function_words(&toml::from_str(&words).unwrap_or_else(|error| panic!("{file}: {error}")));
    let digest = &table.hasher.finalize().to_hex()[..32];
    let path = Path::new(&env::var_os("OUT_DIR").expect("set for every build script")).join("lexicon.tsv");
    fs::write(&path, format!("{digest}\n{}", table.lines)).expect("the folder of the build can be written");
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

fn read(file: &str, table: &mut Table) -> String {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    table.hasher.update(text.as_bytes());
    text
}

#[derive(Default)]
struct Table {
    lines: String,
    hasher: blake3::Hasher,
}

impl Table {
    fn language(&mut self, file: &LanguageFile) {
        self.list("date_order", &file.language, [file.date_order.clone()]);
        file.headers.each(|meaning, words| self.phrases("headers", meaning, words));
        file.categories.each(|meaning, words| self.phrases("categories", meaning, words));
        file.documents.each(|meaning, words| self.phrases("documents", meaning, words));
        file.durations.each(|meaning, words| self.phrases("durations", meaning, words));
        file.dates.each(|meaning, words| self.phrases("dates", meaning, words));
        file.party.each(|meaning, words| self.phrases("party", meaning, words));
        file.storage.each(|meaning, words| self.phrases("storage", meaning, words));
        file.names.each(|meaning, words| self.phrases("names", meaning, words));
        self.phrases("consent", "words", &file.consent.words);
        self.phrases("sites", "words", &file.sites.words);
        let in_language = |word: &String| format!("{}\t{}", loose(word), file.language);
        file.durations.units.each(|meaning, words| self.list("units", meaning, words.iter().map(in_language)));
        let number = |(word, value): (&String, &f64)| format!("{}\t{value}", loose(word));
        self.list("numbers", "words", file.durations.numbers.iter().map(number));
        for (index, names) in file.dates.months.iter().enumerate() {
            self.list("months", &(index + 1).to_string(), names.iter().map(in_language));
        }
    }

    fn services(&mut self, file: &ServicesFile) {
        file.services.iter().for_each(|service| self.phrases("services", "names", &service.names));
        let domains = file.services.iter().flat_map(|service| &service.domains).chain(&file.public_domains);
        self.list("services", "domains", domains.cloned());
        self.list("services", "laws", file.laws.iter().map(|word| loose(word)));
        self.list("services", "companies", file.companies.iter().cloned());
    }

    fn function_words(&mut self, file: &FunctionWordsFile) {
        file.words.iter().for_each(|(language, words)| self.list("function_words", language, words.iter().cloned()));
    }

    fn phrases(&mut self, list: &str, meaning: &str, words: &[String]) {
        let open = |word: &String| if word.ends_with('*') { "*" } else { "" };
        self.list(list, meaning, words.iter().map(|word| format!("{}{}", loose(word), open(word))));
    }

    fn list(&mut self, list: &str, meaning: &str, lines: impl IntoIterator<Item = String>) {
        writeln!(self.lines, "[{list} {meaning}]").expect("a string takes it");
        lines.into_iter().for_each(|line| writeln!(self.lines, "{line}").expect("a string takes it"));
    }
}
