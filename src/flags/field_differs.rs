//! What the rules about a differing field share: the value that a family agrees on, beside what a document says of the same cookie.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::examined::Agreed;
use super::{Examined, Flag, Rule, Severity};
use crate::corpus::{Field, same_but_for_case, same_words};
use crate::document::CookieRow;

/// Flags each cookie whose `field` differs from what the family agrees on. A difference in case and punctuation alone is `info`. A
/// field that the document states of no cookie is the business of `missing-column`.
pub(super) fn check_field(rule: &dyn Rule, severity: Severity, field: Field, examined: &Examined) -> Vec<Flag> {
    if !examined.stated.contains(field.as_str()) {
        return Vec::new();
    }
    let agreed = examined.cookies.values().filter_map(|rows| Some((rows, rows.agreed(field)?)));
    let differing = agreed.filter_map(|(rows, agreed)| {
        let differs = match field {
            Field::Duration => rows.differs_in_duration(),
            _ => {
                differs(examined, field, rows, &agreed)
                    && !(field == Field::Function && speaks_as_purpose(rows, &agreed))
            }
        };
        differs.then(|| flag(rule, severity, field, examined, rows[0], found(examined, field, rows), &agreed))
    });
    differing.collect()
}

/// What a row says, the own platform masked.
fn said<'a>(examined: &Examined, field: Field, row: &'a CookieRow) -> Option<Cow<'a, str>> {
    match field {
        Field::Duration => field.stated(row),
        _ => field.shown(row, &examined.mask),
    }
}

/// What the rows of a cookie say, each once.
fn found<'a>(examined: &Examined, field: Field, rows: &[&'a CookieRow]) -> BTreeSet<Cow<'a, str>> {
    rows.iter().filter_map(|row| said(examined, field, row)).collect()
}

fn differs(examined: &Examined, field: Field, rows: &[&CookieRow], agreed: &Agreed) -> bool {
    let mut said = rows.iter().filter_map(|row| said(examined, field, row));
    !said.any(|said| same_but_for_case(&said, agreed.value))
}

/// A function that stands for the purpose is compared as the purpose: here, or in the family.
fn speaks_as_purpose(rows: &[&CookieRow], agreed: &Agreed) -> bool {
    let agreed_purpose = agreed.cookie.agreed(Field::Purpose);
    rows.iter().all(|row| row.purpose == row.function)
        || agreed_purpose.is_some_and(|purpose| purpose.value == agreed.value)
}

fn flag(
    rule: &dyn Rule,
    severity: Severity,
    field: Field,
    examined: &Examined,
    row: &CookieRow,
    found: BTreeSet<Cow<str>>,
    agreed: &Agreed,
) -> Flag {
    let found = (!found.is_empty()).then(|| found.into_iter().collect::<Vec<_>>().join(" | "));
    let alike = found.as_deref().is_some_and(|found| same_words(found, agreed.value));
    let message = format!(
        "Cookie {} has {} as its {}, while {} of the {} policies of the family that declare it say “{}”.",
        row.name,
        found.as_deref().map_or_else(|| "nothing".to_owned(), |found| format!("“{found}”")),
        field.as_str(),
        agreed.count,
        agreed.of,
        agreed.value,
    );
    let severity = if alike && field != Field::Duration { Severity::Info } else { severity };
    let flag = Flag::new(rule, severity, examined.document, message).about(&row.name);
    flag.found(found).expected(Some(agreed.value.to_owned()), agreed.count, agreed.of).at(&row.evidence)
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
