//! What the rules about a differing field share: the value that a family agrees on, beside what a document says of the same cookie.

use std::collections::{BTreeMap, BTreeSet};

use super::{Flag, Rule, Severity};
use crate::corpus::{Consensus, CookieConsensus, Field, Mask, cookie_key, same_duration};
use crate::document::{CookieRow, PolicyDocument};
use crate::text::{caseless, loose};

/// A disagreement of a document with its family about a field of a cookie.
struct Difference<'a> {
    row: &'a CookieRow,
    found: BTreeSet<String>,
    agreed: &'a str,
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
    cookie: &'a CookieConsensus,
    field: Field,
    mask: &Mask,
) -> Option<Difference<'a>> {
    let values = cookie.fields.iter().find(|values| values.field == field.as_str())?;
    let agreed = values.agreed.as_ref()?;
    let value = agreed.value.as_deref()?;
    let shown = rows.iter().filter_map(|row| field.value(row).map(|value| mask.shown(&value)));
    let found: BTreeSet<String> = shown.collect();
    let differs = !found.iter().any(|found| caseless(found) == caseless(value));
    differs.then(|| Difference { row: rows[0], found, agreed: value, count: agreed.documents, of: cookie.documents })
}

fn duration_difference<'a>(rows: &[&'a CookieRow], cookie: &'a CookieConsensus) -> Option<Difference<'a>> {
    let agreed = cookie.agreed_duration.as_ref()?;
    let value = agreed.value.as_ref()?;
    let here = rows.iter().filter_map(|row| row.duration.as_ref());
    let differs = !here.clone().any(|duration| same_duration(duration, value));
    let found = here.map(|duration| duration.raw.clone()).collect();
    differs.then(|| Difference {
        row: rows[0],
        found,
        agreed: &value.raw,
        count: agreed.documents,
        of: cookie.documents,
    })
}

impl Difference<'_> {
    fn flag(self, rule: &dyn Rule, severity: Severity, field: Field, document: &PolicyDocument) -> Flag {
        let Self { row, found, agreed, count, of } = self;
        let found = (!found.is_empty()).then(|| found.into_iter().collect::<Vec<_>>().join(" | "));
        let alike = found.as_deref().is_some_and(|found| loose(found) == loose(agreed));
        let message = format!(
            "Cookie {} has {} as its {}, while {count} of the {of} policies of the family that declare it say “{agreed}”.",
            row.name,
            found.as_deref().map_or_else(|| "nothing".to_owned(), |found| format!("“{found}”")),
            field.as_str(),
        );
        let flag = Flag::new(rule, if alike { Severity::Info } else { severity }, document, message).about(&row.name);
        flag.found(found).expected(Some(agreed.to_owned()), count, of).at(&row.evidence)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Severity, check_all};
    use crate::corpus::Corpus;
    use crate::corpus::sample::{Sample, duration, row};
    use crate::document::{Category, CookieRow, PolicyDocument};

    const YEAR: u64 = 365 * 86_400;

    fn portal(number: usize, fault: impl Fn(&mut CookieRow)) -> PolicyDocument {
        let host = format!("n{number}.example");
        let mut id = CookieRow {
            provider: Some("Works".into()),
            duration: Some(duration(["1 year", "12 months"][number % 2], YEAR)),
            ..row("id", &format!("To know you on {host}"))
        };
        fault(&mut id);
        let text = "Every portal of this group says in these same words what it keeps and why it keeps it.";
        Sample::new(&format!("{number}.txt"), &host).dated("2024-01-01", "2024-01-01").text(text).row(id).build()
    }

    fn raised(fault: impl Fn(&mut CookieRow)) -> Vec<(String, Severity)> {
        let nothing = |_: &mut CookieRow| ();
        let documents = (0..4).map(|number| if number == 3 { portal(3, &fault) } else { portal(number, nothing) });
        let flags = check_all(&Corpus::gather(documents.collect(), 2));
        assert!(flags.iter().all(|flag| flag.document == "3.txt"));
        flags.into_iter().map(|flag| (flag.rule, flag.severity)).collect()
    }

    #[test]
    fn each_planted_fault_raises_its_own_flag_and_no_other() {
        let one = |rule: &str, severity| vec![(rule.to_owned(), severity)];
        assert_eq!(raised(|_| ()), []);
        assert_eq!(raised(|row| row.duration = Some(duration("365 days", YEAR))), []);
        assert_eq!(
            raised(|row| row.duration = Some(duration("2 years", 2 * YEAR))),
            one("duration-differs", Severity::Minor)
        );
        assert_eq!(raised(|row| row.provider = Some("Others".into())), one("provider-differs", Severity::Minor));
        assert_eq!(raised(|row| row.provider = Some("“works”.".into())), one("provider-differs", Severity::Info));
        assert_eq!(raised(|row| row.provider = None), one("missing-column", Severity::Minor));
        assert_eq!(raised(|row| row.category = Some(Category::Marketing)), one("category-differs", Severity::Major));
        assert_eq!(raised(|row| row.purpose = Some("To follow you".into())), one("purpose-differs", Severity::Minor));
        let renamed = raised(|row| row.name = "other".into());
        assert_eq!(
            renamed,
            [("extra-cookie".to_owned(), Severity::Major), ("missing-cookie".to_owned(), Severity::Major)]
        );
    }
}
