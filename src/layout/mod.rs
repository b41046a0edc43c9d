//! Lines and positions to blocks, where a format carries no structure of its own. Nothing here knows what a cookie is.

pub mod glyph;
pub mod gutter_table;
pub mod page_furniture;
pub mod page_joins;
pub mod paragraphs;
pub mod placed_table;
pub mod ruled_table;
pub mod word_joins;
pub mod word_lines;
