//! What a cookie row states: its fields by name, the columns of a document, durations that say the same.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mask::Mask;
use crate::document::{CookieRow, Duration, DurationKind, PolicyDocument, TextBlock, TextBlockKind};
use crate::text::caseless;

/// The fields of a cookie row that two documents are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// How it is stored.
    Storage,
    /// Who sets it.
    Provider,
    /// Its hosts.
    Domain,
    /// First or third party.
    Party,
    /// Its function.
    Function,
    /// Where it is used.
    Location,
    /// Its purpose.
    Purpose,
    /// Its category.
    Category,
    /// How long it lives.
    Duration,
}

impl Field {
    /// All of them, in the order of the schema.
    pub const ALL: [Field; 9] = [
        Self::Storage,
        Self::Provider,
        Self::Domain,
        Self::Party,
        Self::Function,
        Self::Location,
        Self::Purpose,
        Self::Category,
        Self::Duration,
    ];

    /// The field's key in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Storage => "storage",
            Self::Provider => "provider",
            Self::Domain => "domain",
            Self::Party => "party",
            Self::Function => "function",
            Self::Location => "location",
            Self::Purpose => "purpose",
            Self::Category => "category",
            Self::Duration => "duration",
        }
    }

    /// What the row states, as printed; the category in the common scheme where it has a place there; hosts set apart by commas.
    pub fn value(self, row: &CookieRow) -> Option<String> {
        self.stated(row).map(Cow::into_owned)
    }

    /// [`Field::value`], which is borrowed where the row holds it as it is.
    pub(crate) fn stated(self, row: &CookieRow) -> Option<Cow<'_, str>> {
        let printed = match self {
            Self::Domain => return (!row.domain.is_empty()).then(|| hosts(&row.domain)),
            Self::Storage => row.storage.map(keyword),
            Self::Provider => row.provider.as_deref(),
            Self::Party => row.party.map(keyword),
            Self::Function => row.function.as_deref(),
            Self::Location => row.location.as_deref(),
            Self::Purpose => row.purpose.as_deref(),
            Self::Category => row.category.map(keyword).or(row.category_raw.as_deref()),
            Self::Duration => row.duration.as_ref().map(|duration| duration.raw.as_str()),
        };
        printed.map(Cow::Borrowed)
    }

    /// The value as a consensus shows it: by [`Mask::shown`].
    pub(crate) fn shown<'a>(self, row: &'a CookieRow, mask: &Mask) -> Option<Cow<'a, str>> {
        let masked = |value: Cow<'a, str>| match value {
            Cow::Borrowed(value) => mask.shown(value),
            Cow::Owned(value) => Cow::Owned(mask.shown(&value).into_owned()),
        };
        self.stated(row).map(masked)
    }

    /// The value as two documents compare it: hosts without case and order, every other text by [`Mask::comparable`].
    pub fn comparable(self, row: &CookieRow, mask: &Mask) -> Option<String> {
        if self == Self::Domain {
            let hosts: BTreeSet<String> = row.domain.iter().map(|host| caseless(&mask.comparable(host))).collect();
            return (!hosts.is_empty()).then(|| hosts.into_iter().collect::<Vec<_>>().join(", "));
        }
        self.value(row).map(|value| mask.comparable(&value)).filter(|value| !value.is_empty())
    }
}

fn hosts(domain: &[String]) -> Cow<'_, str> {
    match domain {
        [host] => Cow::Borrowed(host),
        hosts => Cow::Owned(hosts.join(", ")),
    }
}

/// The word that a value of a closed list has in JSON.
pub(crate) fn keyword(value: impl Serialize) -> &'static str {
    serde_variant::to_variant_name(&value).unwrap_or_default()
}

/// [`keyword`], to be kept.
pub(crate) fn word(value: impl Serialize) -> String {
    keyword(value).to_owned()
}

/// Names of the cookies that a document declares.
pub(crate) fn cookie_names(document: &PolicyDocument) -> FxHashSet<&str> {
    document.cookies.iter().map(|row| row.name.as_str()).collect()
}

/// What a row is known by in other documents: its pattern where the name has open parts, else its name.
pub fn cookie_key(row: &CookieRow) -> &str {
    row.pattern.as_deref().unwrap_or(&row.name)
}

/// The columns of a document's cookie rows: the fields that any row states, and `extra: …` for columns without a field.
///
/// A category that a heading gives to a group of rows is no column.
pub fn row_columns(document: &PolicyDocument) -> BTreeSet<String> {
    columns(document, |row| row.evidence.category_line.is_none())
}

/// [`row_columns`], and `category` too where a heading gives it: all that the document says of its cookies.
pub fn stated_columns(document: &PolicyDocument) -> BTreeSet<String> {
    columns(document, |_| true)
}

fn columns(document: &PolicyDocument, own_category: impl Fn(&CookieRow) -> bool) -> BTreeSet<String> {
    let mut fields: Vec<_> = Field::ALL.to_vec();
    let mut columns = BTreeSet::new();
    for row in &document.cookies {
        let states =
            |field: &mut Field| field.stated(row).is_some() && (*field != Field::Category || own_category(row));
        columns.extend(fields.extract_if(.., states).map(|field| field.as_str().to_owned()));
        let extra = row.extra.iter().filter(|cell| !cell.value.trim().is_empty());
        columns.extend(extra.map(|cell| format!("extra: {}", caseless(&cell.header))));
    }
    columns
}

/// True where two durations say the same: the same kind without a length, or lengths within two per cent (12 months, 1 year and
/// 365 days).
pub fn same_duration(a: &Duration, b: &Duration) -> bool {
    match (a.seconds, b.seconds) {
        (Some(x), Some(y)) => promised_kind(a.kind) == promised_kind(b.kind) && x.abs_diff(y) * 50 <= x.max(y),
        (None, None) if matches!(a.kind, DurationKind::Session | DurationKind::Persistent) => a.kind == b.kind,
        (None, None) => a.kind == b.kind && caseless(&a.raw) == caseless(&b.raw),
        _ => false,
    }
}

/// "Up to a year", "about a year" and "a year" promise the same length.
pub(crate) fn promised_kind(kind: DurationKind) -> DurationKind {
    match kind {
        DurationKind::AtMost | DurationKind::Approximate => DurationKind::Fixed,
        other => other,
    }
}

/// True for a table that cookie rows were read from: its words are compared row by row and not again as text.
pub(super) fn holds_cookie_rows(block: &TextBlock, names: &FxHashSet<&str>) -> bool {
    let may_hold = block.kind == TextBlockKind::Table && !names.is_empty();
    let Some(text) = block.text.as_deref().filter(|_| may_hold) else { return false };
    text.split(['\n', '\t']).any(|cell| {
        let mut words = cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"'));
        names.contains(cell.trim()) || words.any(|word| names.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::duration;
    use super::*;

    #[test]
    fn durations_that_say_the_same() {
        const DAY: u64 = 86_400;
        let year = duration("1 year", 365 * DAY);
        assert!(same_duration(&year, &duration("12 months", 365 * DAY)));
        assert!(same_duration(&year, &duration("366 days", 366 * DAY)));
        assert!(!same_duration(&year, &duration("13 months", 395 * DAY)));
        let session = Duration { raw: "Session".into(), kind: DurationKind::Session, iso8601: None, seconds: None };
        assert!(same_duration(&session, &Duration { raw: "until you close it".into(), ..session.clone() }));
        assert!(!same_duration(&session, &year));
    }
}
