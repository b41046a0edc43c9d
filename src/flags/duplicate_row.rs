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

use rustc_hash::FxHashMap;

use super::contradicting_rows::contradiction;
use super::repeated::repeated;
use super::{Examined, Flag, Rule, Severity};
use crate::document::{CookieRow, Place, PolicyDocument, Warning};
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
        let given_once = given_once(examined.document).into_iter();
        let given_once = given_once.map(|(row, warning)| self.flag(examined, &row.name, warning.evidence));
        let repeated = repeated(examined).into_iter().filter(|rows| contradiction(rows).is_none());
        let twice = repeated.map(|rows| self.flag(examined, &rows[1].name, rows[1].evidence.into()));
        let mut seen = BTreeSet::new();
        twice.chain(given_once).filter(|flag| seen.insert(flag.subject.clone())).collect()
    }
}

impl DuplicateRow {
    fn flag(&self, examined: &Examined, name: &str, evidence: Place) -> Flag {
        let message = format!("Cookie {name} is declared here once more, and nothing new is said of it.");
        Flag { evidence, ..Flag::new(self, Severity::Info, examined.document, message).about(name) }
    }
}

/// Rows that are given once and stand in the document more often: of each there is a warning, which quotes the name.
fn given_once(document: &PolicyDocument) -> Vec<(&CookieRow, &Warning)> {
    let mut warnings = document.warnings.iter().filter(|warning| warning.code == Code::RepeatedRows).peekable();
    if warnings.peek().is_none() {
        return Vec::new();
    }
    let rows: FxHashMap<String, &CookieRow> =
        document.cookies.iter().rev().map(|row| (format!("{:?}", row.name), row)).collect();
    warnings.filter_map(|warning| Some((*rows.get(quoted(&warning.message)?)?, warning))).collect()
}

/// What stands in quotes, with the quotes.
fn quoted(message: &str) -> Option<&str> {
    message.get(message.find('"')?..=message.rfind('"')?)
}
