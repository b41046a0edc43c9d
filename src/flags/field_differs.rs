//! What the rules about a differing field share: the value that a family agrees on, beside what a document says of the same cookie.

use std::collections::{BTreeMap, BTreeSet};

use super::{Flag, Rule, Severity, is_most, quoted};
use crate::corpus::{Consensus, CookieConsensus, Field, Mask, cookie_key, same_duration};
use crate::document::{CookieRow, Duration, PolicyDocument};
use crate::text::{caseless, loose};

/// A disagreement of a document with its family about a field of a cookie.
struct Difference<'a> {
    row: &'a CookieRow,
    found: Option<String>,
    agreed: Agreed,
}

/// The value that at least two thirds of the documents with a cookie state, as the most frequent of them print it.
struct Agreed {
    value: String,
    count: u64,
    of: u64,
}

/// Flags each cookie whose `field` differs from what the family agrees on. A difference in case and punctuation alone is `info`. A
/// field that the document states of no cookie is the business of `missing-column`.
pub(super) fn check_field(
    rule: &dyn Rule,
    severity: Severity,
    field: Field,
    document: &PolicyDocument,
    consensus: Option<&Consensus>,
) -> Vec<Flag> {
    let stated = document.cookies.iter().any(|row| field.value(row).is_some());
    let Some(consensus) = consensus.filter(|_| stated) else { return Vec::new() };
    let mask = Mask::of(document);
    let mut rows: BTreeMap<&str, Vec<&CookieRow>> = BTreeMap::new();
    for row in &document.cookies {
        rows.entry(cookie_key(row)).or_default().push(row);
    }
    let compared = rows.into_iter().filter_map(|(key, rows)| Some((rows, consensus.cookie(key)?)));
    let differing = compared.filter_map(|(rows, cookie)| match field {
        Field::Duration => duration_difference(&rows, cookie),
        _ => text_difference(&rows, cookie, field, &mask),
    });
    differing.map(|difference| difference.flag(rule, severity, field, document)).collect()
}

fn text_difference<'a>(
    rows: &[&'a CookieRow],
    cookie: &CookieConsensus,
    field: Field,
    mask: &Mask,
) -> Option<Difference<'a>> {
    let values = &cookie.fields.iter().find(|values| values.field == field.as_str())?.values;
    let mut groups: BTreeMap<String, Agreed> = BTreeMap::new();
    for count in values {
        let Some(value) = &count.value else { continue };
        let new = Agreed { value: value.clone(), count: 0, of: cookie.documents };
        groups.entry(comparable(value)).or_insert(new).count += count.documents;
    }
    let (key, agreed) = groups.into_iter().max_by_key(|(_, agreed)| agreed.count)?;
    let shown = |row: &&CookieRow| field.value(row).map(|value| mask.shown(&value));
    let here = rows.iter().filter_map(shown).map(|value| comparable(&value));
    if !is_most(agreed.count, agreed.of) || here.into_iter().any(|value| value == key) {
        return None;
    }
    let found: BTreeSet<String> = rows.iter().filter_map(shown).collect();
    Some(Difference { row: rows[0], found: joined(found), agreed })
}

/// What two printed values are compared by: [`caseless`], hosts and other entries of a list in any order.
fn comparable(value: &str) -> String {
    caseless(value)
}

fn duration_difference<'a>(rows: &[&'a CookieRow], cookie: &CookieConsensus) -> Option<Difference<'a>> {
    let stated: Vec<(&Duration, u64)> =
        cookie.durations.iter().filter_map(|count| Some((count.value.as_ref()?, count.documents))).collect();
    let alike =
        |value: &Duration| stated.iter().filter(|(other, _)| same_duration(value, other)).map(|other| other.1).sum();
    let counted = stated.iter().map(|(value, _)| (*value, alike(value)));
    let (value, count): (&Duration, u64) = counted.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let count = count.min(cookie.documents);
    let here = rows.iter().filter_map(|row| row.duration.as_ref());
    if !is_most(count, cookie.documents) || here.clone().any(|duration| same_duration(duration, value)) {
        return None;
    }
    let found = here.map(|duration| duration.raw.clone()).collect();
    let agreed = Agreed { value: value.raw.clone(), count, of: cookie.documents };
    Some(Difference { row: rows[0], found: joined(found), agreed })
}

fn joined(values: BTreeSet<String>) -> Option<String> {
    (!values.is_empty()).then(|| values.into_iter().collect::<Vec<_>>().join(" | "))
}

impl Difference<'_> {
    fn flag(self, rule: &dyn Rule, severity: Severity, field: Field, document: &PolicyDocument) -> Flag {
        let Agreed { value, count, of } = self.agreed;
        let alike = self.found.as_deref().is_some_and(|found| loose(found) == loose(&value));
        let (name, field) = (&self.row.name, field.as_str());
        let message = format!(
            "Cookie {name} has {} as its {field}, while {count} of the {of} policies of the family that declare it say {}.",
            quoted(self.found.as_deref()),
            quoted(Some(&value)),
        );
        let flag = Flag::new(rule, if alike { Severity::Info } else { severity }, document, message).about(name);
        flag.found(self.found).expected(Some(value), count, of).at(&self.row.evidence)
    }
}
