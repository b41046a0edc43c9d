//! polinorm turns policy documents into one canonical dataset.
#![warn(rustdoc::broken_intra_doc_links)]

pub mod block;
pub mod corpus;
pub mod document;
pub mod error;
pub mod explanation;
pub mod export;
pub mod fields;
pub mod flags;
pub mod layout;
pub mod lexicon;
pub mod read;
pub mod record;
pub mod source;
pub mod table;
pub mod text;
pub mod value;

pub use error::{Code, Error, Result};

use document::PolicyDocument;
use explanation::Explanation;
use fields::Given;
use read::{ReadOptions, Reading};
use source::Source;

/// What a caller may choose about the extraction of one document.
#[derive(Debug, Clone, Default)]
pub struct ExtractOptions {
    /// How it is read.
    pub read: ReadOptions,
    /// What is known of documents that their texts do not say, by key.
    pub platforms: std::collections::HashMap<String, Given>,
}

/// One source to one canonical document.
///
/// # Errors
/// Those of [`read::read`]: a document that is merely odd comes back with warnings.
pub fn extract(source: &Source, options: &ExtractOptions) -> Result<PolicyDocument> {
    let reading = read::read(source, &options.read)?;
    Ok(understand(source, reading, options))
}

/// The second half of [`extract`]: what was read of a source, perhaps elsewhere, to its canonical document.
pub fn understand(source: &Source, reading: Reading, options: &ExtractOptions) -> PolicyDocument {
    let mut document = fields::understand(source, reading, options.platforms.get(&source.path));
    corpus::label_blocks(&mut document);
    document
}

/// How [`understand`] comes to its document: the same decisions, told.
pub fn explain(source: &Source, reading: Reading, options: &ExtractOptions) -> Explanation {
    fields::explain(source, reading, options.platforms.get(&source.path))
}
