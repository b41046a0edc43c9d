//! Text without markup, as scrapers, text browsers and `pdftotext` leave it.

use super::{ReadOptions, Reader, Reading, dashed_tables, put_back};
use crate::error::Result;
use crate::layout::Lines;
use crate::source::{MediaType, Source};

/// Reads `.txt`.
pub struct Text;

impl Reader for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn media_type(&self) -> MediaType {
        MediaType::Text
    }

    fn read(&self, source: &Source, _options: &ReadOptions) -> Result<Reading> {
        let decoded = source.decode();
        let dashed = dashed_tables::take(&decoded.text, dashed_tables::plain);
        let mut blocks = Lines::of(&dashed.text).into_blocks();
        put_back(&mut blocks, dashed.tables);
        let warnings = super::charset_warnings(&decoded);
        Ok(Reading { blocks, charset: Some(decoded.charset.to_owned()), warnings, ..Reading::default() })
    }
}
