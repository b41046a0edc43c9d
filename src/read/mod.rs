//! Readers: bytes of one format in, blocks out. A reader knows its format and no word of the field: it never interprets.
//!
//! To add a format: one file here with a unit type that implements [`Reader`], and its two lines below.

mod dashed_tables;
mod html;
mod markdown;
mod pdf;
mod rich;
mod text;

pub use pdf::characters as pdf_characters;
pub use rich::RichBuilder;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::block::Block;
use crate::document::{Place, Warning};
use crate::error::{Code, Result};
use crate::source::{Decoded, MediaType, Source};

/// The readers, one per media type; a test checks that each file of this folder is here.
pub const READERS: &[&dyn Reader] = &[&text::Text, &markdown::Markdown, &html::Html, &pdf::Pdf];

/// One format.
pub trait Reader: Sync {
    /// Name of its file.
    fn name(&self) -> &'static str;
    /// What it reads.
    fn media_type(&self) -> MediaType;
    /// Reads one document. A damaged document gives what could be read, with warnings.
    ///
    /// # Errors
    /// Only where nothing can be read at all: [`Encrypted`](crate::Code::Encrypted), [`DamagedPdf`](crate::Code::DamagedPdf).
    fn read(&self, source: &Source, options: &ReadOptions) -> Result<Reading>;
}

/// What a caller may choose about reading.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReadOptions {
    /// Which engine reads PDF.
    pub pdf_engine: PdfEngine,
    /// Passwords to try on an encrypted PDF, in order.
    pub pdf_passwords: Vec<String>,
}

/// The engines that can yield the glyphs of a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum PdfEngine {
    /// hayro.
    #[default]
    Hayro,
    /// pdf-extract.
    PdfExtract,
}

/// What a reader yields.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// All text, in reading order.
    pub blocks: Vec<Block>,
    /// Title that the format itself carries (`<title>`, PDF metadata): only a hint.
    pub title: Option<String>,
    /// Language that the format itself declares (`<html lang>`): only a hint.
    pub language: Option<String>,
    /// Canonical address that the format itself declares (`<link rel=canonical>`): only a hint.
    pub address: Option<String>,
    /// Charset decoded from, for text formats.
    pub charset: Option<String>,
    /// Number of pages, for paged formats.
    pub pages: Option<u32>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Reads a source with the reader of its media type.
///
/// # Errors
/// Those of [`Reader::read`].
pub fn read(source: &Source, options: &ReadOptions) -> Result<Reading> {
    let reader = READERS.iter().find(|reader| reader.media_type() == source.media_type);
    reader.expect("every media type has a reader, as a test checks").read(source, options)
}

/// What a reader of the document should know of the charset of a text.
fn charset_warnings(decoded: &Decoded) -> Vec<Warning> {
    let lossy = decoded.lossy.then(|| format!("bytes that are no character of {} were replaced", decoded.charset));
    let lossy = lossy.map(|message| (Code::LossyCharset, message));
    let garbled = decoded.taken_for.map(|name| format!("UTF-8 had been read as {name}; it was put right"));
    let garbled = garbled.map(|message| (Code::GarbledText, message));
    let told = lossy.into_iter().chain(garbled);
    told.map(|(code, message)| Warning::new(code, message, Place::default())).collect()
}

/// A text without the tables that its format's own reading would not see, no line moved, and these tables.
struct Taken<'a> {
    text: Cow<'a, str>,
    tables: Vec<Block>,
}

/// Puts tables back between the blocks of the other lines.
fn put_back(blocks: &mut Vec<Block>, tables: Vec<Block>) {
    if !tables.is_empty() {
        blocks.extend(tables);
        blocks.sort_by_key(|block| block.span.line);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_is_a_reader_and_every_media_type_has_one() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/read")).unwrap();
        let names = folder.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
        // What readers share is no reader.
        let files: BTreeSet<_> =
            names.filter(|name| !["mod", "rich", "dashed_tables"].contains(&name.as_str())).collect();
        assert_eq!(files, READERS.iter().map(|reader| reader.name().to_owned()).collect());
        for media_type in MediaType::ALL {
            assert_eq!(READERS.iter().filter(|reader| reader.media_type() == media_type).count(), 1, "{media_type:?}");
        }
    }
}
