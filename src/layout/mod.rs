//! Lines of text to blocks, where the format carries no structure of its own. Knows positions, no words.

mod column_table;
mod lines;
mod paragraphs;
mod pipe_table;
mod tab_table;

pub use lines::{Line, Lines};
pub use pipe_table::pipe_table;
