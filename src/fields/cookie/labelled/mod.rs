//! Labels: those that a lexicon knows and those that a document teaches, with a colon or without.

pub mod bare_labels;
pub mod labelled_cells;
pub mod labelled_line;
pub mod labels;
