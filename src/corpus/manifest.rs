//! The manifest of a dataset and the records of inputs that gave no document. No clock, host or absolute path.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::platform_key;
use super::{Corpus, template};
use crate::document::SCHEMA_VERSION;
use crate::error::{Code, Error};

/// What a dataset was made from and what it holds: `manifest.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// Semantic version of the schema.
    pub schema_version: String,
    /// Version of the program.
    pub program_version: String,
    /// Digest of the lexicon that the documents were understood with.
    pub lexicon: String,
    /// Digest of the inputs: paths and contents, those that could not be read among them.
    pub inputs: String,
    /// Documents on how many platforms make a template boilerplate.
    pub min_documents: u64,
    /// What the dataset holds.
    pub counts: Counts,
}

/// The figures of a dataset.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Platforms.
    pub platforms: u64,
    /// Cookie rows.
    pub cookies: u64,
    /// Blocks of text.
    pub blocks: u64,
    /// Words of all blocks, slots not counted.
    pub words: u64,
    /// Words of the boilerplate, counted wherever they stand.
    pub shared_words: u64,
    /// Share of the words that is boilerplate, to four places.
    pub shared: f64,
    /// Templates that platforms share.
    pub boilerplate: u64,
    /// Templates that are a near-duplicate of another, those of one platform alone among them.
    pub variants: u64,
    /// Families.
    pub families: u64,
    /// Flags by severity.
    pub flags: FlagCounts,
    /// Inputs that gave no document.
    pub errors: u64,
}

/// Number of flags of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FlagCounts {
    /// Worth knowing.
    pub info: u64,
    /// To be looked at.
    pub minor: u64,
    /// To be acted on.
    pub major: u64,
}

/// An input that gave no document: a line of `errors.ndjson`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ErrorRecord {
    /// Path of the input, as the documents' paths are.
    pub path: String,
    /// What kind of failure it is.
    pub code: Code,
    /// The cause.
    pub message: String,
    /// What can be done about it.
    pub remedy: String,
}

impl ErrorRecord {
    /// The record of an error; `path` is relative as the documents' paths are.
    pub fn new(path: impl Into<String>, error: &Error) -> Self {
        let remedy = error.code.remedy().to_owned();
        Self { path: path.into(), code: error.code, message: error.message.clone(), remedy }
    }
}

impl Manifest {
    /// The manifest of a corpus and what could not be read (sorted). `lexicon` is the digest of the lexicon.
    pub fn new(corpus: &Corpus, errors: &[ErrorRecord], flags: FlagCounts, lexicon: &str, min_documents: u64) -> Self {
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            lexicon: lexicon.to_owned(),
            inputs: digest(corpus, errors),
            min_documents,
            counts: counts(corpus, errors, flags, min_documents),
        }
    }
}

fn digest(corpus: &Corpus, errors: &[ErrorRecord]) -> String {
    let read = corpus.documents.iter().map(|document| format!("{}\0{}\n", document.source.path, document.id));
    let failed = errors.iter().map(|error| format!("{}\0{}\n", error.path, error.code));
    let mut lines: Vec<_> = read.chain(failed).collect();
    lines.sort();
    template::hash(lines.concat().as_bytes(), 16)
}

fn counts(corpus: &Corpus, errors: &[ErrorRecord], flags: FlagCounts, min_documents: u64) -> Counts {
    let documents = &corpus.documents;
    let platforms: HashSet<_> = documents.iter().map(platform_key).collect();
    let share = corpus.shared_words as f64 / corpus.words.max(1) as f64;
    Counts {
        documents: documents.len() as u64,
        platforms: platforms.len() as u64,
        cookies: documents.iter().map(|document| document.cookies.len() as u64).sum(),
        blocks: documents.iter().map(|document| document.blocks.len() as u64).sum(),
        words: corpus.words,
        shared_words: corpus.shared_words,
        shared: (share * 10_000.0).round() / 10_000.0,
        boilerplate: corpus.boilerplate.iter().filter(|line| line.platforms >= min_documents.max(2)).count() as u64,
        variants: corpus.boilerplate.iter().filter(|line| line.variant_of.is_some()).count() as u64,
        families: corpus.families.len() as u64,
        flags,
        errors: errors.len() as u64,
    }
}
