//! Cookie rows from entries: items of lists, terms and what describes them, headings over what they say.

pub mod from_headings;
pub mod from_list;
pub mod labelled_tail;
pub mod terms;
