//! What several tests are given: the samples of `corpus/`, the labelled documents where they are at hand, a folder to write to,
//! and the choice to accept what a run gives.
#![allow(dead_code, clippy::unwrap_used, reason = "each test uses a part of it, and may fail")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use polinorm::ExtractOptions;
use polinorm::document::PolicyDocument;
use polinorm::explanation::Explanation;
use polinorm::read::read;
use polinorm::source::{Source, walk};
use rayon::prelude::*;

/// A path of this repository.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// True where a run is to write what it gives in the place of what was expected.
pub fn accepts() -> bool {
    is_set("POLINORM_ACCEPT")
}

/// True where a variable of the environment says yes.
pub fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| value == "1")
}

/// The folder of real documents with labels, which are no part of this repository: `POLINORM_EVAL`, else beside it.
/// Says so where they are not there.
pub fn labelled(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("POLINORM_EVAL").map_or_else(|| here("../shared/eval"), PathBuf::from);
    if folder.join("score.py").is_file() {
        return Some(folder);
    }
    let folder = folder.display();
    skip(&format!("{test}: no labelled documents in {folder} (name their folder in POLINORM_EVAL)"));
    None
}

/// Says that something was not tested, past the capture of what tests print: a run that skips must not look like one that holds.
pub fn skip(what: &str) {
    // `eprintln!` would be captured with the output of a test that passes, and nobody would see it.
    let mut visible = std::io::stderr();
    writeln!(visible, "skipped: {what}").unwrap();
}

/// The documents that can be read under a folder, in the order of their keys.
pub fn sources(folder: &Path) -> Vec<Source> {
    let found = walk(&[folder.to_owned()]);
    assert!(found.errors.is_empty(), "{:?}", found.errors);
    found.files.iter().filter_map(|file| file.load().ok()).collect()
}

/// What extraction makes of the sources; those that give no document (an encrypted PDF) are left out.
pub fn documents(sources: &[Source]) -> Vec<PolicyDocument> {
    let options = ExtractOptions::default();
    sources.par_iter().filter_map(|source| polinorm::extract(source, &options).ok()).collect()
}

/// How the documents of the sources are understood, in their order.
pub fn explanations(sources: &[Source]) -> Vec<Explanation> {
    let options = ExtractOptions::default();
    let explain = |source: &Source| Some(polinorm::explain(source, read(source, &options.read).ok()?, &options));
    sources.par_iter().filter_map(explain).collect()
}

/// A run of the program in a folder.
pub fn polinorm<S: AsRef<std::ffi::OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Output {
    Command::new(cargo_bin!("polinorm")).args(args).current_dir(folder).output().unwrap()
}
