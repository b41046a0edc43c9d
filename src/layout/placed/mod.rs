//! Letters at places on a page to words, lines, tables and paragraphs, for formats that only draw.

mod cover;
pub mod definition_list;
mod drawn_table;
pub mod glyph;
pub mod gutter_table;
mod headed_table;
pub mod leading;
mod line_rows;
pub mod open_table;
pub mod page_furniture;
pub mod page_joins;
pub mod paragraphs;
pub mod placed_table;
pub mod region;
mod row_cuts;
pub mod ruled_table;
mod spanning_cells;
pub mod text_line;
pub mod word_joins;
pub mod word_lines;
