//! Lines and positions to blocks, where a format carries no structure of its own. Nothing here knows what a cookie is.

mod column_table;
mod definition_list;
mod delimited_table;
mod drawn_table;
mod fenced_table;
pub mod glyph;
pub mod gutter_table;
mod head_columns;
mod headed_table;
mod line_cells;
mod line_marks;
mod lines;
mod link_numbers;
pub mod open_table;
pub mod page_furniture;
pub mod page_joins;
pub mod paragraphs;
mod pipe_table;
pub mod placed_table;
mod property_drawer;
mod prose;
mod row_cuts;
pub mod ruled_table;
mod running_lines;
mod spanning_cells;
mod tab_table;
mod wide_columns;
mod wiki_markup;
mod wiki_table;
mod word_columns;
pub mod word_joins;
pub mod word_lines;

pub use lines::{Line, Lines};
pub use pipe_table::{is_piped, pipe_table, wrapped_table};
