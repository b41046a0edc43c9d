//! Tables to records: the grid, its mending, and which column is which field. Knows words and values, no document.
//!
//! One mechanism for every format: a [`Grid`] from the reader's table, its [`Section`]s under one header each, the
//! [`Columns`] of a section by the evidence of header and cells together.

mod columns;
mod grid;
mod marked_columns;
mod middle_cells;
mod page_break;
mod printed_rows;
mod rows_below;
mod section;
mod wrap;

use std::sync::OnceLock;

use crate::lexicon::Field;
use crate::text::{Answers, Room};

pub use columns::{Columns, Role, header_fields, key_of};
pub use grid::{Grid, GridRow, MAX_CELLS};
pub use page_break::close_page_breaks;
pub use section::{Label, Section, sections};

/// What is kept with a text of what it is in a table.
#[derive(Default)]
struct Seen {
    /// [`header_fields`] and [`key_of`].
    fields: OnceLock<Box<[(Field, f32)]>>,
    key: OnceLock<Option<Field>>,
    /// Whether only a body row has it.
    value: OnceLock<bool>,
    /// What it looks like as a cell.
    look: OnceLock<columns::Look>,
}

impl Answers for Seen {
    const ROOM: Room = Room::Table;
}
