//! # stale-date
//!
//! The document is more than a year older than the usual one of its family: than the median of the dates that three documents or
//! more state. A date without day or month is read in the document's favour.
//!
//! ## Why
//! Portals of one template change together. A policy that was not touched when the others were describes what the site did then.
//!
//! ## Example
//! Four of five portals were last updated in March 2024; the fifth says "30 March 2021".
//!
//! ## Source
//! Regulation (EU) 2016/679, article 5(1)(a) and (2): what is told has to be true now. WP260 rev.01, paragraph 29: it is to be reviewed.

use super::{Examined, Flag, Rule, Severity};

/// The rule.
pub(super) struct StaleDate;

impl Rule for StaleDate {
    fn id(&self) -> &'static str {
        "stale-date"
    }

    fn source(&self) -> &'static str {
        include_str!("stale_date.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let usual = examined.consensus.and_then(|consensus| consensus.usual_date.as_ref());
        let (Some(usual), Some(date)) = (usual, &examined.document.date) else { return Vec::new() };
        let Some(value) = usual.value.as_deref().filter(|usual| is_a_year_older(&date.value, usual)) else {
            return Vec::new();
        };
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        let message = format!("The policy is of {}, while that of its family is usually of {value}.", date.value);
        let flag = Flag::new(self, Severity::Minor, examined.document, message).about("date");
        let flag = flag.found(Some(date.value.clone())).expected(Some(value.to_owned()), usual.documents, of);
        vec![Flag { evidence: date.evidence.into(), ..flag }]
    }
}

/// True where even the last day that `date` may mean lies more than a year before the first day that `usual` may mean.
fn is_a_year_older(date: &str, usual: &str) -> bool {
    let (Some(date), Some(usual)) = (day(date, [9999, 12, 31]), day(usual, [0, 1, 1])) else { return false };
    [date[0] + 1, date[1], date[2]] < usual
}

/// Year, month and day of an ISO 8601 date; what it does not say is taken from `open`.
fn day(date: &str, open: [u32; 3]) -> Option<[u32; 3]> {
    let mut day = open;
    for (part, value) in day.iter_mut().zip(date.split('-')) {
        *part = value.parse().ok()?;
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_date_is_read_in_favour_of_the_document() {
        for (date, usual) in
            [("2021-03-30", "2022-03-31"), ("2021", "2023"), ("2021-02", "2022-03"), ("2020", "2024-05")]
        {
            assert!(is_a_year_older(date, usual), "{date} {usual}");
        }
        for (date, usual) in
            [("2021-03-30", "2022-03-30"), ("2021", "2022"), ("2021-03", "2022-03-31"), ("2024", "2021")]
        {
            assert!(!is_a_year_older(date, usual), "{date} {usual}");
        }
    }
}
