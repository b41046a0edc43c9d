//! The shapes of the language files, of the file of services and of that of small words, exactly as they are written. The build reads them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One language file; CONTRIBUTING says what belongs into each list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageFile {
    pub language: String,
    pub date_order: String,
    /// True where the language is written in Cyrillic letters too: the build adds its words in them.
    #[serde(default)]
    pub cyrillic: bool,
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
    #[serde(default)]
    pub itself: WordList,
    pub uses: WordList,
}

type Words = Vec<String>;

/// Declares a section of the file and its walk: one list for each meaning, which is named as the enumeration of the meanings names it.
macro_rules! section {
    ($name:ident { $($(#[$of_key:meta])* $key:ident),+ $(,)? } $($(#[$attribute:meta])* $extra:ident : $kind:ty),*) => {
        #[doc = concat!("The section of a language file with the lists of ", stringify!($name), ".")]
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name { $($(#[$of_key])* pub $key: Words,)+ $($(#[$attribute])* pub $extra: $kind,)* }

        impl $name {
            /// Calls back with each meaning and its words.
            pub fn each(&self, mut visit: impl FnMut(&str, &[String])) {
                $(visit(stringify!($key), &self.$key);)+
            }
        }
    };
}

section!(Documents { cookie_policy, privacy_policy, terms });
section!(Headers { name, provider, domain, party, function, location, purpose, category, duration, storage, extra });
section!(Categories { necessary, functional, analytics, marketing, social, security, other });
section!(Durations { session, persistent, until_event, at_most, approximate, range, respectively, varies, lasts } units: Units, numbers: BTreeMap<String, f64>,
    // True where the number stands behind its unit.
    #[serde(default)] units_lead: bool);
section!(Units { second, minute, hour, day, week, month, year });
section!(Dates { updated, effective, published, version } months: Vec<Words>,
    // Few languages have them; elsewhere they are left out.
    #[serde(default)] marks: DateMarks, #[serde(default)] eras: BTreeMap<String, i16>);
section!(DateMarks { year, month, day });
section!(Parties { first, third });
section!(Storages { cookie, local_storage, session_storage, indexed_db, pixel, other });
section!(Names {
    cookie,
    starting_with,
    such_as,
    and,
    // In some languages a cookie is a file, and the word for that is all that stands before its name.
    #[serde(default)]
    file
});

/// A section of the file whose words all mean one thing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordList {
    pub words: Words,
}

/// The file of small words that tell a language from the others, by its code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FunctionWordsFile {
    pub words: BTreeMap<String, Words>,
}

/// The file of services: who sets cookies on other companies' sites.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServicesFile {
    pub services: Vec<Service>,
    pub public_domains: Words,
    pub laws: Words,
    pub cookies: Words,
    pub doubtful_cookies: Words,
    pub companies: Words,
}

/// One service: its names as printed in policies, and the domains that it speaks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Service {
    pub names: Words,
    pub domains: Words,
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
        self.dates.marks.each(|_, words| look(words));
        self.party.each(|_, words| look(words));
        self.storage.each(|_, words| look(words));
        self.names.each(|_, words| look(words));
        look(&self.consent.words);
        look(&self.sites.words);
        look(&self.itself.words);
        look(&self.uses.words);
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
