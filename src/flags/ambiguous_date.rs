//! # ambiguous-date
//!
//! The date of the document can be read in two ways, as in 01/08/2024, and nothing in the text, its language or its address settles
//! which. The day is taken to come first.
//!
//! ## Why
//! A visitor and an auditor may read two different days, months apart, as the day from which the policy holds.
//!
//! ## Example
//! A policy in English on a `.com` site that says "Last updated: 01/08/2024" and prints no other date.
//!
//! ## Source
//! ISO 8601-1:2019: dates in figures are written year first, so that nobody has to guess.

use super::{Examined, Flag, Rule, Severity};

/// The rule.
pub(super) struct AmbiguousDate;

impl Rule for AmbiguousDate {
    fn id(&self) -> &'static str {
        "ambiguous-date"
    }

    fn source(&self) -> &'static str {
        include_str!("ambiguous_date.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let date = examined.document.date.as_ref().filter(|date| date.ambiguous);
        date.map(|date| {
            let message = format!(
                "The date “{}” is read as {}, but day and month may stand the other way round.",
                date.raw, date.value
            );
            let flag = Flag::new(self, Severity::Minor, examined.document, message).about("date");
            Flag { evidence: date.evidence.into(), ..flag.found(Some(date.raw.clone())) }
        })
        .into_iter()
        .collect()
    }
}
