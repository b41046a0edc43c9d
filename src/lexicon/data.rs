//! The shape of a language file, exactly as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DateOrder, DurationWord, Field, NameWord, Unit};
use crate::document::{Category, DateKind, DocumentKind, Party, Storage};

/// One language file; CONTRIBUTING says what belongs into each list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageFile {
    pub language: String,
    pub date_order: DateOrder,
    pub documents: Documents,
    pub headers: Headers,
    pub categories: Categories,
    pub durations: Durations,
    pub dates: Dates,
    pub party: Parties,
    pub storage: Storages,
    pub names: Names,
    pub consent: WordList,
    pub sites: WordList,
}

type Words = Vec<String>;

/// Declares a section of the file and its walk: one list for each meaning.
macro_rules! section {
    ($name:ident -> $meaning:ty { $($key:ident => $value:expr),+ $(,)? } $($extra:ident : $kind:ty),*) => {
        #[doc = concat!("The section of the file that names each `", stringify!($meaning), "`.")]
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name { $(pub $key: Words,)+ $(pub $extra: $kind,)* }

        impl $name {
            /// Calls back with each meaning and its words.
            pub fn each(&self, mut visit: impl FnMut($meaning, &[String])) {
                $(visit($value, &self.$key);)+
            }
        }
    };
}

section!(Documents -> DocumentKind {
    cookie_policy => DocumentKind::CookiePolicy,
    privacy_policy => DocumentKind::PrivacyPolicy,
    terms => DocumentKind::Terms,
});

section!(Headers -> Field {
    name => Field::Name,
    provider => Field::Provider,
    domain => Field::Domain,
    party => Field::Party,
    function => Field::Function,
    location => Field::Location,
    purpose => Field::Purpose,
    category => Field::Category,
    duration => Field::Duration,
    storage => Field::Storage,
    extra => Field::Extra,
});

section!(Categories -> Category {
    necessary => Category::Necessary,
    functional => Category::Functional,
    analytics => Category::Analytics,
    marketing => Category::Marketing,
    social => Category::Social,
    security => Category::Security,
    other => Category::Other,
});

section!(Durations -> DurationWord {
    session => DurationWord::Session,
    persistent => DurationWord::Persistent,
    until_event => DurationWord::UntilEvent,
    at_most => DurationWord::AtMost,
    approximate => DurationWord::Approximate,
    range => DurationWord::Range,
    varies => DurationWord::Varies,
    lasts => DurationWord::Lasts,
} units: Units, numbers: BTreeMap<String, f64>);

section!(Units -> Unit {
    second => Unit::Second,
    minute => Unit::Minute,
    hour => Unit::Hour,
    day => Unit::Day,
    week => Unit::Week,
    month => Unit::Month,
    year => Unit::Year,
});

section!(Dates -> DateKind {
    updated => DateKind::Updated,
    effective => DateKind::Effective,
    published => DateKind::Published,
    version => DateKind::Version,
} months: Vec<Words>);

section!(Parties -> Party {
    first => Party::First,
    third => Party::Third,
});

section!(Storages -> Storage {
    cookie => Storage::Cookie,
    local_storage => Storage::LocalStorage,
    session_storage => Storage::SessionStorage,
    indexed_db => Storage::IndexedDb,
    pixel => Storage::Pixel,
    other => Storage::Other,
});

section!(Names -> NameWord {
    cookie => NameWord::Cookie,
    starting_with => NameWord::StartingWith,
    such_as => NameWord::SuchAs,
    and => NameWord::And,
});

/// A section of the file whose words all mean one thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordList {
    pub words: Words,
}

#[cfg(test)]
impl LanguageFile {
    /// Checks that every list is sorted, unique and lower case and that the year has twelve months; says what is not so.
    ///
    /// # Errors
    /// A sentence that names the first word that is out of order.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut problem = None;
        let mut look = |words: &[String]| problem = problem.take().or_else(|| disorder(words));
        self.documents.each(|_, words| look(words));
        self.headers.each(|_, words| look(words));
        self.categories.each(|_, words| look(words));
        self.durations.each(|_, words| look(words));
        self.durations.units.each(|_, words| look(words));
        self.dates.each(|_, words| look(words));
        self.party.each(|_, words| look(words));
        self.storage.each(|_, words| look(words));
        self.names.each(|_, words| look(words));
        look(&self.consent.words);
        look(&self.sites.words);
        match problem {
            Some(problem) => Err(problem),
            None if self.dates.months.len() != 12 => Err("a year has twelve months".to_owned()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
fn disorder(words: &[String]) -> Option<String> {
    let unsorted = words.windows(2).find(|pair| pair[0] >= pair[1]);
    let upper = words.iter().find(|word| **word != word.to_lowercase() || word.trim() != *word || word.is_empty());
    unsorted
        .map(|pair| format!("{:?} must stand before {:?}, once", pair[1], pair[0]))
        .or_else(|| upper.map(|word| format!("{word:?} must be lower case and trimmed")))
}
