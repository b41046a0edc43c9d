//! Who is told what the finder decides, as it decides it. A witness decides nothing.

use super::from_table::TableRecords;
use crate::block::Table;

/// Is told of decisions.
pub trait Witness {
    /// The table that is the block of this index was read.
    fn table(&mut self, block: usize, table: &Table, found: &TableRecords);
}

/// Nobody.
impl Witness for () {
    fn table(&mut self, _: usize, _: &Table, _: &TableRecords) {}
}
