//! Lines and positions to blocks, where a format carries no structure of its own. Nothing here knows what a cookie is.

mod lines;
pub mod placed;

pub use lines::{Line, Lines, broken_table, is_piped, pipe_table, wrapped_table};
