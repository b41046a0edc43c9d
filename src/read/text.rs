//! Text without markup.
use super::{ReadOptions, Reader, Reading};
use crate::error::Result;
use crate::source::{MediaType, Source};
/// Plain text.
pub struct Text;
impl Reader for Text {
    fn name(&self) -> &'static str {
        "text"
    }
    fn media_type(&self) -> MediaType {
        MediaType::Text
    }
    fn read(&self, _source: &Source, _options: &ReadOptions) -> Result<Reading> {
        Ok(Reading::default())
    }
}
