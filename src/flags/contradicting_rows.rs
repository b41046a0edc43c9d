//! # contradicting-rows
//!
//! The document declares a cookie of one provider on one host in two rows that give it different categories or lifetimes.
//!
//! ## Why
//! Only one of the two can be true. A cookie that is both necessary and marketing is set without the consent that it needs.
//!
//! ## Example
//! `_ga` under "Statistics" with "2 years", and again under "Necessary" with "2 years".
//!
//! ## Source
//! Regulation (EU) 2016/679, article 5(1)(a) and article 12(1): what is told has to be clear and true.

use super::repeated::{Repeated, repeated};
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::{Field, same_duration};
use crate::document::CookieRow;

/// The rule.
pub(super) struct ContradictingRows;

impl Rule for ContradictingRows {
    fn id(&self) -> &'static str {
        "contradicting-rows"
    }

    fn source(&self) -> &'static str {
        include_str!("contradicting_rows.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let contradicting = repeated(examined).into_iter().filter_map(|rows| self.flag(examined, &rows));
        let mut flags: Vec<Flag> = contradicting.collect();
        flags.dedup_by(|a, b| (&a.subject, &a.found) == (&b.subject, &b.found));
        flags
    }
}

impl ContradictingRows {
    fn flag(&self, examined: &Examined, rows: &Repeated) -> Option<Flag> {
        let (field, a, b) = contradiction(rows)?;
        let said = |row: &CookieRow| field.value(row).unwrap_or_default();
        let (name, line) = (&a.name, a.evidence.line.map(|line| format!(" (line {line})")).unwrap_or_default());
        let message = format!(
            "Cookie {name} has two rows: its {} is “{}” here and “{}” in the other{line}.",
            field.as_str(),
            said(b),
            said(a)
        );
        let flag = Flag::new(self, Severity::Minor, examined.document, message).about(name);
        Some(flag.found(Some(format!("{} | {}", said(a), said(b)))).at(&b.evidence))
    }
}

/// The first field in which rows of one cookie contradict each other, and the two rows.
pub(super) fn contradiction<'a>(rows: &Repeated<'a>) -> Option<(Field, &'a CookieRow, &'a CookieRow)> {
    let pairs = || rows.iter().skip(1).map(|row| (rows[0], *row));
    let in_field = |field| pairs().find(|(a, b)| contradict(field, a, b)).map(|(a, b)| (field, a, b));
    CONTRADICTED.into_iter().find_map(in_field)
}

/// True where two rows say different categories or lifetimes.
pub(super) fn contradict_each_other(a: &CookieRow, b: &CookieRow) -> bool {
    CONTRADICTED.into_iter().any(|field| contradict(field, a, b))
}

/// The fields in which only one of two rows of a cookie can be true.
const CONTRADICTED: [Field; 2] = [Field::Category, Field::Duration];

fn contradict(field: Field, a: &CookieRow, b: &CookieRow) -> bool {
    match field {
        Field::Duration => a.duration.as_ref().zip(b.duration.as_ref()).is_some_and(|(a, b)| !same_duration(a, b)),
        _ => a.category.is_some() && b.category.is_some() && a.category != b.category,
    }
}
