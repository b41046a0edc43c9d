//! What every PDF engine has to yield, and the trait that they stand behind. Knows no engine.

use crate::error::Code;
use crate::layout::placed::glyph::{Glyph, LinkArea, Rule};

/// A program that interprets the bytes of a PDF.
pub trait Engine {
    /// Interprets a whole document.
    ///
    /// # Errors
    /// Where nothing can be read at all: encrypted, damaged.
    fn interpret(&self, bytes: &[u8], passwords: &[String]) -> Result<Printed, Failure>;
}

/// Why an engine could read nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which of the known failures it is.
    pub code: Code,
    /// The cause in words.
    pub message: String,
}

/// A document as it is printed.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// Its pages in order.
    pub pages: Vec<Page>,
    /// Root of its structure tree, where it is tagged.
    pub structure: Option<Element>,
    /// Title of its metadata.
    pub title: Option<String>,
    /// Language of its catalogue.
    pub language: Option<String>,
    /// True where the budget of work ran out before the end.
    pub cut: bool,
}

/// One page as it is printed.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Height in points.
    pub height: f32,
    /// Characters in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// Characters of text that runs neither along nor across the page, as watermarks do, in the order in which they are drawn.
    pub slanted: Vec<Glyph>,
    /// Lines parallel to the edges.
    pub rules: Vec<Rule>,
    /// Links.
    pub links: Vec<LinkArea>,
    /// Number of glyphs whose character is not known.
    pub unmapped: usize,
    /// Number of pictures.
    pub pictures: usize,
}

/// An element of the structure tree.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Element {
    /// Its standard role, or its own where that maps to none: `Table`, `TR`, `P`, …
    pub role: String,
    /// What it holds, in reading order.
    pub kids: Vec<Kid>,
    /// Rows that a cell covers.
    pub row_span: u16,
    /// Columns that a cell covers.
    pub column_span: u16,
}

/// What an element of the structure tree holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kid {
    /// Another element.
    Element(Element),
    /// Marked content of a page.
    Content(MarkedContent),
}

/// A stretch of a page's content that the structure tree can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MarkedContent {
    /// Index of the page, from 0.
    pub page: u32,
    /// Its number on the page.
    pub mark: u32,
}

/// A text string: UTF-16 with a byte order mark, UTF-8 with one, else Latin-1, which differs little from PDFDocEncoding.
pub fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
