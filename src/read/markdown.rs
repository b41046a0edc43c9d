//! Markdown without markup.
use super::{ReadOptions, Reader, Reading};
use crate::error::Result;
use crate::source::{MediaType, Source};
/// Plain text.
pub struct Markdown;
impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }
    fn media_type(&self) -> MediaType {
        MediaType::Markdown
    }
    fn read(&self, _source: &Source, _options: &ReadOptions) -> Result<Reading> {
        Ok(Reading::default())
    }
}
