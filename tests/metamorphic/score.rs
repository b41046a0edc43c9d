//! What came back of a policy, beside what it says.

use std::collections::BTreeMap;

use polinorm::document::{CookieRow, DurationKind, PolicyDocument};
use polinorm::text::{collapse, squeeze};
use serde_json::{Value, json};

use crate::layout::Field;
use crate::policy::{Expected, Policy};

/// What was right of a policy.
#[derive(Debug, Default)]
pub struct Verdict {
    pub expected: usize,
    pub given: usize,
    /// Rows whose name came back.
    pub matched: usize,
    /// Rows of which every field came back, null where the policy does not state it.
    pub whole: usize,
    /// Matched rows by the field that is wrong in them.
    pub wrong: BTreeMap<Field, usize>,
    pub date: bool,
    pub host: bool,
    /// What is wrong, a line each.
    pub faults: Vec<String>,
    /// The rows expected, for a reader.
    pub wanted: Vec<Value>,
    /// The rows given, for a reader.
    pub got: Vec<Value>,
}

impl Verdict {
    /// Compares a document with the policy that it was read from.
    pub fn of(policy: &Policy, document: &PolicyDocument) -> Self {
        let expected = policy.expected();
        let mut verdict = Self {
            expected: expected.len(),
            given: document.cookies.len(),
            wanted: expected.iter().map(expectation).collect(),
            got: document.cookies.iter().map(row).collect(),
            ..Self::default()
        };
        verdict.rows(&expected, &document.cookies);
        verdict.page(policy, document);
        verdict
    }

    fn rows(&mut self, expected: &[Expected], given: &[CookieRow]) {
        let mut spare: Vec<&CookieRow> = given.iter().collect();
        for wanted in expected {
            let Some(at) = spare.iter().position(|row| squeeze(&row.name) == squeeze(&wanted.name)) else {
                self.faults.push(format!("lost {}", wanted.name));
                continue;
            };
            self.matched += 1;
            self.row(wanted, spare.remove(at));
        }
        self.faults.extend(spare.iter().map(|row| format!("invented {}", row.name)));
    }

    fn row(&mut self, wanted: &Expected, got: &CookieRow) {
        let wrong = wrong_fields(wanted, got);
        self.whole += usize::from(wrong.is_empty());
        for field in wrong {
            *self.wrong.entry(field).or_default() += 1;
            let field = format!("{field:?}").to_lowercase();
            let (said, read) = (&expectation(wanted)[&field], &row(got)[&field]);
            self.faults.push(format!("{}: {field} is {said}, read as {read}", wanted.name));
        }
    }

    fn page(&mut self, policy: &Policy, document: &PolicyDocument) {
        let date = document.date.as_ref().map(|date| date.value.clone());
        let host = document.platform.as_ref().and_then(|platform| platform.host.clone());
        let bare = |host: &str| host.trim_start_matches("www.").to_owned();
        self.date = date == Some(policy.facts.date.to_string());
        self.host = host.as_deref().map(bare) == Some(bare(&policy.facts.host));
        if !self.date {
            self.faults.push(format!("the date is {}, read as {date:?}", policy.facts.date));
        }
        if !self.host {
            self.faults.push(format!("the host is {}, read as {host:?}", policy.facts.host));
        }
    }
}

fn wrong_fields(wanted: &Expected, got: &CookieRow) -> Vec<Field> {
    let provider = same(wanted.provider.as_deref(), got.provider.as_deref());
    let domain = match &wanted.domain {
        Some(domain) => got.domain.iter().any(|entry| entry == domain),
        None => got.domain.is_empty(),
    };
    let verdicts = [
        (Field::Provider, provider),
        (Field::Domain, domain),
        (Field::Purpose, same(wanted.purpose.as_deref(), got.purpose.as_deref())),
        (Field::Duration, same_lifetime(wanted, got)),
        (Field::Category, wanted.category == got.category),
    ];
    verdicts.into_iter().filter(|(_, right)| !right).map(|(field, _)| field).collect()
}

/// The same words, whatever the white space and the stop at their end.
fn same(wanted: Option<&str>, got: Option<&str>) -> bool {
    let folded = |text: &str| collapse(text).trim_end_matches('.').to_owned();
    wanted.map(folded) == got.map(folded)
}

/// The same words, and the same length of time.
fn same_lifetime(wanted: &Expected, got: &CookieRow) -> bool {
    match (&wanted.lifetime, &got.duration) {
        (None, None) => true,
        (Some(wanted), Some(got)) => {
            let session = wanted.seconds.is_none();
            same(Some(&wanted.raw), Some(&got.raw))
                && wanted.seconds == got.seconds
                && session == (got.kind == DurationKind::Session)
        }
        _ => false,
    }
}

fn expectation(expected: &Expected) -> Value {
    json!({
        "name": expected.name, "provider": expected.provider, "domain": expected.domain, "purpose": expected.purpose,
        "duration": expected.lifetime.as_ref().map(|it| format!("{} = {:?}", it.raw, it.seconds)), "category": expected.category,
    })
}

fn row(row: &CookieRow) -> Value {
    json!({
        "name": row.name, "provider": row.provider, "domain": row.domain, "purpose": row.purpose,
        "duration": row.duration.as_ref().map(|it| format!("{} = {:?} {:?}", it.raw, it.seconds, it.kind)),
        "category": row.category, "found_in": row.found_in, "line": row.evidence.line,
    })
}
