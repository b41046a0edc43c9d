//! # missing-column
//!
//! At least two thirds of the family (three documents or more) state something of their cookies, such as the provider, that this
//! document states of none of its cookies.
//!
//! ## Why
//! What a table does not have at all cannot be right or wrong row by row: it is one gap, and often the sign of an older template.
//!
//! ## Example
//! Four of five portals have a column "Provider"; the fifth has not.
//!
//! ## Source
//! Court of Justice of the European Union, C-673/17 (Planet49), paragraph 81: visitors must be told how long cookies last and whether
//! third parties can reach them.

use super::{Examined, Flag, Rule, Severity};
use crate::corpus::ColumnCount;
use crate::document::PolicyDocument;

/// The rule.
pub(super) struct MissingColumn;

impl Rule for MissingColumn {
    fn id(&self) -> &'static str {
        "missing-column"
    }

    fn source(&self) -> &'static str {
        include_str!("missing_column.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let consensus = examined.consensus.filter(|_| !examined.cookies.is_empty());
        let columns = consensus.into_iter().flat_map(|consensus| &consensus.columns);
        let missing = columns.filter(|column| examined.lacks_column(&column.column));
        let of = consensus.map_or(0, |consensus| consensus.documents);
        missing.map(|column| self.flag(examined.document, column, of)).collect()
    }
}

impl MissingColumn {
    fn flag(&self, document: &PolicyDocument, column: &ColumnCount, of: u64) -> Flag {
        let (name, count) = (column.column.as_str(), column.documents);
        let shown = name.strip_prefix("extra: ").unwrap_or(name);
        let message =
            format!("No {shown} is stated for any cookie, while {count} of the {of} policies of the family state it.");
        let flag = Flag::new(self, Severity::Minor, document, message).about(name);
        flag.expected(Some(name.to_owned()), count, of)
    }
}
