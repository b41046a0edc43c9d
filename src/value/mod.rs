//! What a printed value looks like and means: names, durations, hosts, categories, parties. Knows values, no tables.
//!
//! The table stage asks how much a cell looks like a field's values; the field stage asks what it says. Both answers live here,
//! so that they cannot disagree.

pub mod category;
pub mod date;
pub mod duration;
pub mod host;
pub mod name;
pub mod term;
