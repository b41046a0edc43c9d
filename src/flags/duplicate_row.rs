//! # duplicate-row
//!
//! The document declares a cookie of one provider on one host twice, and the rows do not contradict each other; rows that are the
//! same in every field, which are given once, are counted too.
//!
//! ## Why
//! It does no harm yet. The next change will be made in one of the two rows, and then they contradict each other.
//!
//! ## Example
//! `_ga` stands in the table of statistics twice, once with a full stop at the end of its purpose.
//!
//! ## Source
//! Regulation (EU) 2016/679, article 12(1): what is told has to be concise.

use std::collections::BTreeSet;

use super::contradicting_rows::contradiction;
use super::repeated::repeated;
use super::{Examined, Flag, Rule, Severity};
use crate::document::{Place, RowEvidence, Warning};
use crate::error::Code;

/// The rule.
pub(super) struct DuplicateRow;

impl Rule for DuplicateRow {
    fn id(&self) -> &'static str {
        "duplicate-row"
    }

    fn source(&self) -> &'static str {
        include_str!("duplicate_row.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let warnings = examined.document.warnings.iter().filter(|warning| warning.code == Code::RepeatedRows);
        let given_once = warnings.filter_map(|warning| self.given_once(examined, warning));
        let repeated = repeated(examined).into_iter().filter(|rows| contradiction(rows).is_none());
        let twice = repeated.map(|rows| self.flag(examined, &rows[1].name, place(&rows[1].evidence)));
        let mut seen = BTreeSet::new();
        twice.chain(given_once).filter(|flag| seen.insert(flag.subject.clone())).collect()
    }
}

impl DuplicateRow {
    /// Of rows that are given once the document keeps a warning, which quotes the name.
    fn given_once(&self, examined: &Examined, warning: &Warning) -> Option<Flag> {
        let rows = &examined.document.cookies;
        let row = rows.iter().find(|row| warning.message.contains(&format!("{:?}", row.name)))?;
        Some(self.flag(examined, &row.name, warning.evidence))
    }

    fn flag(&self, examined: &Examined, name: &str, evidence: Place) -> Flag {
        let message = format!("Cookie {name} is declared here once more, and nothing new is said of it.");
        Flag { evidence, ..Flag::new(self, Severity::Info, examined.document, message).about(name) }
    }
}

fn place(row: &RowEvidence) -> Place {
    Place { line: row.line, end_line: row.end_line, page: row.page }
}
