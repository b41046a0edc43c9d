//! Cookie rows from lines: each of them a cell, several of them a row, or cells within one of them.

pub mod best_cut;
pub mod cards;
pub mod cells_within;
pub mod even_rows;
pub mod fitness;
pub mod from_lines;
pub mod glued_cells;
pub mod joined_cells;
pub mod line;
pub mod line_cells;
pub mod line_cuts;
pub mod line_header;
