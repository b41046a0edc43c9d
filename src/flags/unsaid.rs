//! What the rules about a field that is not stated share: one flag where it is a habit of the document, else one for each cookie.
//! Where the whole family does not state it either, it is `info`: a matter of the standard text and not of this portal.

use super::{Examined, Flag, Rule, Severity};
use crate::corpus::{Consensus, Field, is_most};
use crate::document::CookieRow;

/// Flags cookies of which no row states the field, unless the family does: then it is a difference.
pub(super) fn check_unsaid(rule: &dyn Rule, field: Field, examined: &Examined) -> Vec<Flag> {
    if examined.lacks_column(field.as_str()) {
        return Vec::new();
    }
    let silent = |rows: &[&CookieRow]| rows.iter().all(|row| field.stated(row).is_none());
    let cookies = examined.cookies.values().filter(|rows| silent(rows) && rows.agreed(field).is_none());
    let rows: Vec<&CookieRow> = cookies.map(|rows| rows[0]).collect();
    match rows.as_slice() {
        [_, _, ..] if rows.len() * 2 >= examined.cookies.len() => vec![of_many(rule, field, examined, rows.len())],
        rows => rows.iter().map(|row| of_one(rule, field, examined, row)).collect(),
    }
}

fn of_many(rule: &dyn Rule, field: Field, examined: &Examined, silent: usize) -> Flag {
    let (word, all) = (field.as_str(), examined.cookies.len());
    let family = if is_habit(field, examined) { ", nor by most of the family" } else { "" };
    let message = match all - silent {
        0 => format!("No {word} is stated for any of the {all} cookies{family}."),
        _ => format!("No {word} is stated for {silent} of the {all} cookies{family}."),
    };
    Flag::new(rule, severity(field, examined), examined.document, message).about(word)
}

fn of_one(rule: &dyn Rule, field: Field, examined: &Examined, row: &CookieRow) -> Flag {
    let message = format!("No {} is stated for cookie {}.", field.as_str(), row.name);
    Flag::new(rule, severity(field, examined), examined.document, message).about(&row.name).at(&row.evidence)
}

fn severity(field: Field, examined: &Examined) -> Severity {
    if is_habit(field, examined) { Severity::Info } else { Severity::Minor }
}

/// True where most of the family do not state the field of any cookie.
fn is_habit(field: Field, examined: &Examined) -> bool {
    let with = |consensus: &Consensus| {
        let column = consensus.columns.iter().find(|count| count.column == field.as_str());
        column.map_or(0, |count| count.documents)
    };
    examined.consensus.is_some_and(|family| is_most(family.documents - with(family), family.documents))
}
