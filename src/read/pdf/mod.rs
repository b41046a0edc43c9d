//! PDF: an engine yields what is printed where; lines, paragraphs and tables are rebuilt from that. Never from text order alone.

mod engine;
mod hayro;
mod structure;
mod tagged;
mod untagged;

use std::thread;

use super::{ReadOptions, Reader, Reading};
use crate::block::Block;
use crate::document::{Place, Warning};
use crate::error::{Code, Error, Result};
use crate::layout::glyph::LinkArea;
use crate::layout::word_joins::{Joining, vocabulary};
use crate::layout::word_lines::{Word, words};
use crate::source::{MediaType, Source};

use engine::{Engine, Failure, Printed};

/// The reader of PDF.
pub struct Pdf;

/// Stack of the thread that interprets a document: forms nest, and each level takes several frames.
const STACK: usize = 64 * 1024 * 1024;

/// Share of glyphs without a character above which a warning is given, in percent.
const UNMAPPED: usize = 5;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn media_type(&self) -> MediaType {
        MediaType::Pdf
    }

    fn read(&self, source: &Source, options: &ReadOptions) -> Result<Reading> {
        let read = || read(&source.bytes, options);
        let outcome = thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
            thread.map(|thread| thread.join())
        });
        match outcome {
            Ok(Ok(Ok(reading))) => Ok(reading),
            Ok(Ok(Err(failure))) => Err(Error::new(&source.path, failure.code, failure.message)),
            Ok(Err(_)) => Err(Error::new(&source.path, Code::ReaderFailed, "the engine that reads PDF gave up on it")),
            Err(error) => Err(Error::io(&source.path, error)),
        }
    }
}

fn read(bytes: &[u8], options: &ReadOptions) -> std::result::Result<Reading, Failure> {
    let mut printed = hayro::Hayro.interpret(bytes, &options.pdf_passwords)?;
    let pages = words_of(&printed);
    let links: Vec<Vec<LinkArea>> = printed.pages.iter_mut().map(|page| std::mem::take(&mut page.links)).collect();
    let vocabulary = vocabulary(pages.iter().flatten());
    let joining = Joining { vocabulary: &vocabulary, links: &links };
    let blocks = blocks(&printed, &pages, &joining);
    let trimmed = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    Ok(Reading {
        blocks,
        title: trimmed(&printed.title),
        language: trimmed(&printed.language),
        pages: u32::try_from(printed.pages.len()).ok(),
        warnings: warnings(&printed),
        ..Reading::default()
    })
}

/// The structure tree decides where it covers the text; else positions do.
fn blocks(printed: &Printed, pages: &[Vec<Word>], joining: &Joining<'_>) -> Vec<Block> {
    let tagged = printed.structure.as_ref().and_then(|root| tagged::blocks(root, pages, joining));
    match tagged {
        Some(blocks) if has_table(&blocks) => blocks,
        Some(blocks) => {
            // A tree without a table may have been made by a program that tags none.
            let placed = untagged::blocks(printed, pages, joining);
            if has_table(&placed) { placed } else { blocks }
        }
        None => untagged::blocks(printed, pages, joining),
    }
}

fn has_table(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.as_table().is_some())
}

fn words_of(printed: &Printed) -> Vec<Vec<Word>> {
    let mut line = 1;
    let mut pages = Vec::with_capacity(printed.pages.len());
    for (index, page) in printed.pages.iter().enumerate() {
        let words = words(&page.glyphs, &page.links, index as u32 + 1, line);
        line = words.last().map_or(line, |word| word.line + 1);
        pages.push(words);
    }
    pages
}

fn warnings(printed: &Printed) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, message: String| warnings.push(Warning::new(code, message, Place::default()));
    let printing = |c: char| !c.is_whitespace();
    let glyphs = printed.pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| printing(glyph.ch)).count();
    let unmapped: usize = printed.pages.iter().map(|page| page.unmapped).sum();
    let pictures: usize = printed.pages.iter().map(|page| page.pictures).sum();
    if printed.pages.is_empty() {
        warn(Code::NoPages, "it has no page".to_owned());
    } else if glyphs == 0 {
        warn(Code::NoTextLayer, format!("{} pages with {pictures} pictures and no text", printed.pages.len()));
    } else if unmapped * 100 > glyphs * UNMAPPED {
        warn(Code::UnmappedGlyphs, format!("{unmapped} of {glyphs} glyphs stand for no known character"));
    }
    if printed.cut {
        warn(Code::Truncated, format!("reading ended after {} pages with {glyphs} glyphs", printed.pages.len()));
    }
    warnings
}
