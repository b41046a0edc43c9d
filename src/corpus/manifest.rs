//! The manifest of a dataset and the records of inputs that gave no document. No clock, host or absolute path.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::totals::Totals;
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

impl FlagCounts {
    /// Adds other counts.
    pub(crate) fn add(&mut self, other: &Self) {
        self.info += other.info;
        self.minor += other.minor;
        self.major += other.major;
    }
}

impl Manifest {
    /// The manifest of a dataset whose digest of inputs and counts are known. `lexicon` is the digest of the lexicon.
    pub fn new(inputs: String, counts: Counts, lexicon: &str, min_documents: u64) -> Self {
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            lexicon: lexicon.to_owned(),
            inputs,
            min_documents,
            counts,
        }
    }
}

impl Counts {
    /// The counts of documents that were gathered; the rest is to be filled in.
    pub fn of(totals: &Totals) -> Self {
        let share = totals.shared_words as f64 / totals.words.max(1) as f64;
        Self {
            documents: totals.documents,
            platforms: totals.platforms,
            blocks: totals.blocks,
            words: totals.words,
            shared_words: totals.shared_words,
            shared: (share * 10_000.0).round() / 10_000.0,
            boilerplate: totals.boilerplate,
            variants: totals.variants,
            ..Self::default()
        }
    }
}

/// The digest of inputs: paths and contents, those that could not be read among them.
#[derive(Debug)]
pub struct InputsDigest {
    hasher: blake3::Hasher,
    /// Lines of what could not be read, the last first.
    failed: Vec<String>,
}

impl InputsDigest {
    /// Of what could not be read so far.
    pub fn new(errors: &[ErrorRecord]) -> Self {
        let mut failed: Vec<_> = errors.iter().map(|error| format!("{}\0{}\n", error.path, error.code)).collect();
        failed.sort_unstable_by(|a, b| b.cmp(a));
        Self { hasher: blake3::Hasher::new(), failed }
    }

    /// Adds a document; they are to come by path.
    pub fn add(&mut self, path: &str, id: &str) {
        let line = format!("{path}\0{id}\n");
        while let Some(failed) = self.failed.pop_if(|failed| *failed < line) {
            self.hasher.update(failed.as_bytes());
        }
        self.hasher.update(line.as_bytes());
    }

    /// 128 bits in hex.
    pub fn finish(mut self) -> String {
        for failed in self.failed.iter().rev() {
            self.hasher.update(failed.as_bytes());
        }
        self.hasher.finalize().to_hex()[..32].to_owned()
    }
}
