//! What a person should look at: one rule, one file, whose opening comment is the rule's manual page. Sees documents and a consensus only.
//!
//! One cause gives one flag: a column that a document lacks is one flag and not one for each of its rows.

mod ambiguous_date;
mod boilerplate_missing;
mod boilerplate_order;
mod boilerplate_variant;
mod category_differs;
mod contradicting_rows;
mod duplicate_row;
mod duration_differs;
mod extra_cookie;
mod function_differs;
mod invalid_name;
mod long_duration;
mod missing_column;
mod missing_cookie;
mod missing_date;
mod missing_platform;
mod near_miss_name;
mod no_duration;
mod no_purpose;
mod no_rows;
mod overlapping_wildcard;
mod platform_mismatch;
mod provider_differs;
mod purpose_differs;
mod stale_date;

mod examined;
mod field_differs;
mod repeated;
mod standard;
mod unsaid;
mod wording;

use data_encoding::HEXLOWER;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::{Consensus, Corpus, Family, FlagCounts, Restorer};
use crate::document::{Place, PolicyDocument, RowEvidence};

pub use examined::Examined;
pub use standard::Standard;

/// The rules, by id: the order of flags within a document.
pub const RULES: &[&dyn Rule] = &[
    &ambiguous_date::AmbiguousDate,
    &boilerplate_missing::BoilerplateMissing,
    &boilerplate_order::BoilerplateOrder,
    &boilerplate_variant::BoilerplateVariant,
    &category_differs::CategoryDiffers,
    &contradicting_rows::ContradictingRows,
    &duplicate_row::DuplicateRow,
    &duration_differs::DurationDiffers,
    &extra_cookie::ExtraCookie,
    &function_differs::FunctionDiffers,
    &invalid_name::InvalidName,
    &long_duration::LongDuration,
    &missing_column::MissingColumn,
    &missing_cookie::MissingCookie,
    &missing_date::MissingDate,
    &missing_platform::MissingPlatform,
    &near_miss_name::NearMissName,
    &no_duration::NoDuration,
    &no_purpose::NoPurpose,
    &no_rows::NoRows,
    &overlapping_wildcard::OverlappingWildcard,
    &platform_mismatch::PlatformMismatch,
    &provider_differs::ProviderDiffers,
    &purpose_differs::PurposeDiffers,
    &stale_date::StaleDate,
];

/// A rule: a document and the consensus of its family in, flags out.
pub trait Rule: Sync {
    /// Its id, as `--rule` takes it: the name of its file with hyphens.
    fn id(&self) -> &'static str;

    /// The text of its file, which opens with the manual page.
    fn source(&self) -> &'static str;

    /// What the rule finds in a document, beside the consensus of its family if it has one.
    fn check(&self, examined: &Examined) -> Vec<Flag>;
}

/// Something to look at: a line of `flags.ndjson`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// Hash of rule, host (else path), subject and what was found: the same from run to run, whatever the counts are.
    pub id: String,
    /// Id of the rule.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// Host of the platform.
    pub platform: Option<String>,
    /// Path of the document.
    pub document: String,
    /// Id of the document's family.
    pub family: Option<String>,
    /// Name of the cookie, the field or the column, or id of the template that it is about.
    pub subject: Option<String>,
    /// What the family says.
    pub expected: Option<Expected>,
    /// What the document says; null where it says nothing.
    pub found: Option<String>,
    /// The same in one sentence.
    pub message: String,
    /// Where it stands in the document.
    pub evidence: Place,
}

/// How much a flag matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// To be looked at.
    Minor,
    /// To be acted on.
    Major,
}

/// What a family says, and how many of its documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Expected {
    /// The value; null where the family says nothing.
    pub value: Option<String>,
    /// Number of documents that say so.
    pub count: u64,
    /// Number of documents that could.
    pub of: u64,
}

/// The flags of one document, which must have all its text, by rule, place and subject.
pub fn check(document: &PolicyDocument, consensus: Option<&Consensus>) -> Vec<Flag> {
    match consensus {
        Some(consensus) => Standard::borrowed(consensus).check(document),
        None => check_examined(&Examined::new(document, None)),
    }
}

/// The flags of a corpus, by document.
pub fn check_all(corpus: &Corpus) -> Vec<Flag> {
    let restorer = Restorer::new(&corpus.boilerplate);
    let restored = |document: &PolicyDocument| {
        let mut document = document.clone();
        // Text that was lacking before the corpus was gathered cannot come back: the rules do without it.
        let _ = restorer.restore(&mut document);
        document
    };
    let flags = |document: PolicyDocument| check(&document, consensus_of(&document, &corpus.families));
    corpus.documents.par_iter().map(restored).flat_map_iter(flags).collect()
}

/// What the family of a document agrees on; `families` are sorted by id.
pub fn consensus_of<'a>(document: &PolicyDocument, families: &'a [Family]) -> Option<&'a Consensus> {
    let id = document.family.as_ref()?;
    let found = families.binary_search_by(|family| family.id.cmp(id));
    found.ok().map(|index| &families[index].consensus)
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.id() == id)
}

/// The manual page of a rule: what it does, why it matters, an example, its source.
pub fn manual(rule: &dyn Rule) -> String {
    let lines = rule.source().lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

fn check_examined(examined: &Examined) -> Vec<Flag> {
    let mut flags: Vec<_> = RULES.iter().flat_map(|rule| rule.check(examined)).map(Flag::identified).collect();
    flags.sort_by(|a, b| a.key().cmp(&b.key()));
    flags
}

/// Number of flags of each severity.
pub fn count(flags: &[Flag]) -> FlagCounts {
    let of = |severity| flags.iter().filter(|flag| flag.severity == severity).count() as u64;
    FlagCounts { info: of(Severity::Info), minor: of(Severity::Minor), major: of(Severity::Major) }
}

impl Flag {
    /// A flag without subject, expectation and place; it gets its id when all is said.
    fn new(rule: &dyn Rule, severity: Severity, document: &PolicyDocument, message: String) -> Self {
        Self {
            id: String::new(),
            rule: rule.id().to_owned(),
            severity,
            platform: document.platform.as_ref().and_then(|platform| platform.host.clone()),
            document: document.source.path.clone(),
            family: document.family.clone(),
            subject: None,
            expected: None,
            found: None,
            message,
            evidence: Place::default(),
        }
    }

    fn about(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }

    fn found(self, found: Option<String>) -> Self {
        Self { found, ..self }
    }

    fn expected(self, value: Option<String>, count: u64, of: u64) -> Self {
        Self { expected: Some(Expected { value, count, of }), ..self }
    }

    fn at(self, row: &RowEvidence) -> Self {
        Self { evidence: (*row).into(), ..self }
    }

    fn identified(mut self) -> Self {
        let mut said = Vec::with_capacity(256);
        let whose = self.platform.as_ref().unwrap_or(&self.document);
        for part in [Some(&self.rule), Some(whose), self.subject.as_ref(), self.found.as_ref()] {
            // A missing part and an empty one differ, and no two parts run into each other.
            said.extend_from_slice(&part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
            said.extend_from_slice(part.map_or("", |part| part).as_bytes());
        }
        self.id = HEXLOWER.encode(&blake3::hash(&said).as_bytes()[..16]);
        self
    }

    fn key(&self) -> impl Ord + '_ {
        (&self.rule, self.evidence.line, &self.subject, &self.found)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::corpus::Corpus;
    use crate::corpus::sample::family_of_five;

    #[test]
    fn every_file_is_registered_under_its_name_and_opens_with_its_manual() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/flags");
        let helpers =
            ["mod.rs", "examined.rs", "field_differs.rs", "repeated.rs", "standard.rs", "unsaid.rs", "wording.rs"];
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<_> = files.filter(|name| !helpers.contains(&name.as_str())).collect();
        let rules: BTreeSet<_> = RULES.iter().map(|rule| format!("{}.rs", rule.id().replace('-', "_"))).collect();
        assert_eq!(files, rules);
        for rule in RULES {
            let page = manual(*rule);
            for part in ["## Why", "## Example", "## Source"] {
                assert!(page.contains(part), "{} lacks {part}", rule.id());
            }
        }
        assert!(RULES.is_sorted_by_key(|rule| rule.id()));
    }

    #[test]
    fn the_flags_tell_what_a_person_sees() {
        let flags = check_all(&Corpus::gather(family_of_five(), 2));
        let told: Vec<_> =
            flags.iter().map(|flag| (flag.document.as_str(), flag.rule.as_str(), flag.severity)).collect();
        use Severity::{Info, Major, Minor};
        let story = [
            ("p0.txt", "missing-date", Minor),
            ("p0.txt", "no-duration", Info),
            ("p1.txt", "missing-date", Minor),
            ("p1.txt", "no-duration", Info),
            ("p2.txt", "boilerplate-missing", Minor),
            ("p2.txt", "extra-cookie", Major),
            ("p2.txt", "missing-column", Minor),
            ("p2.txt", "no-duration", Info),
            ("p2.txt", "purpose-differs", Info),
            ("p3.txt", "missing-date", Minor),
            ("p3.txt", "no-duration", Info),
            ("p4.txt", "missing-date", Minor),
            ("p4.txt", "no-duration", Info),
        ];
        assert_eq!(told, story, "{flags:#?}");
    }

    #[test]
    fn ids_say_nothing_of_counts_and_differ() {
        let corpus = Corpus::gather(family_of_five(), 2);
        let ids: BTreeSet<_> = check_all(&corpus).into_iter().map(|flag| flag.id).collect();
        assert_eq!(ids.len(), 13);
        let fewer = Corpus::gather(family_of_five().into_iter().take(4).collect(), 2);
        assert!(check_all(&fewer).iter().all(|flag| ids.contains(&flag.id)));
    }
}
