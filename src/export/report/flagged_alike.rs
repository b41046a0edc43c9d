//! Documents that stand out, told in one screen: those of which the same is flagged are one entry, the gravest first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Report;
use super::platforms::{FlagView, Platforms, Severities, flag_view};
use crate::flags::{Flag, Severity};

/// All entries.
#[derive(Debug, Serialize)]
pub(super) struct FlaggedAlike {
    groups: Vec<Group>,
    /// Number of documents in entries that are not shown.
    more: usize,
    /// Number of documents of which nothing above `info` is flagged.
    clear: usize,
}

/// Documents of which the same is flagged.
#[derive(Debug, Serialize)]
struct Group {
    /// The first of them.
    members: Vec<Member>,
    /// Number of the others.
    others: usize,
    severities: Severities,
    /// What is flagged of the first of them, the gravest first.
    flags: Vec<FlagView>,
    /// Number of flags that are not shown.
    more: usize,
}

#[derive(Debug, Serialize)]
struct Member {
    label: String,
    anchor: String,
    date: Option<String>,
}

/// What tells flags of one kind from others: severity, rule and subject, the gravest first.
type Kind<'a> = (Reverse<Severity>, &'a str, Option<&'a str>);

/// How many entries, members of an entry and flags of a member are shown.
const MAX_GROUPS: usize = 8;
const MAX_MEMBERS: usize = 6;
const MAX_FLAGS: usize = 5;

pub(super) fn of(report: &Report, platforms: &Platforms) -> FlaggedAlike {
    let mut flags: BTreeMap<&str, Vec<&Flag>> = BTreeMap::new();
    for flag in report.flags.iter().filter(|flag| flag.severity > Severity::Info) {
        flags.entry(&flag.document).or_default().push(flag);
    }
    let clear = report.documents.len() - flags.len().min(report.documents.len());
    let mut groups: BTreeMap<BTreeSet<Kind>, Vec<Vec<&Flag>>> = BTreeMap::new();
    for of_one in flags.into_values() {
        groups.entry(of_one.iter().map(|flag| kind(flag)).collect()).or_default().push(of_one);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| Reverse(severities(&group[0]).weight()));
    let more = groups.iter().skip(MAX_GROUPS).map(Vec::len).sum();
    let shown = groups.into_iter().take(MAX_GROUPS).map(|group| view(group, platforms));
    FlaggedAlike { groups: shown.collect(), more, clear }
}

fn kind(flag: &Flag) -> Kind<'_> {
    (Reverse(flag.severity), &flag.rule, flag.subject.as_deref())
}

fn severities(flags: &[&Flag]) -> Severities {
    let mut severities = Severities::default();
    flags.iter().for_each(|flag| severities.add(flag.severity));
    severities
}

fn view(group: Vec<Vec<&Flag>>, platforms: &Platforms) -> Group {
    let paths = group.iter().map(|flags| flags[0].document.as_str());
    let member = |path: &str| Member {
        label: platforms.label_of(path),
        anchor: platforms.anchor_of(path),
        date: platforms.date_of(path),
    };
    let mut flags = group[0].clone();
    flags.sort_by_key(|flag| kind(flag));
    Group {
        members: paths.take(MAX_MEMBERS).map(member).collect(),
        others: group.len().saturating_sub(MAX_MEMBERS),
        severities: severities(&flags),
        more: flags.len().saturating_sub(MAX_FLAGS),
        flags: flags.into_iter().take(MAX_FLAGS).map(flag_view).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::platforms;
    use super::*;
    use crate::corpus::Corpus;
    use crate::corpus::sample::{Sample, family_of_five};
    use crate::document::PolicyDocument;
    use crate::export::dataset::Dataset;

    fn flagged(documents: Vec<PolicyDocument>) -> FlaggedAlike {
        let dataset = Dataset::new(Corpus::gather(documents, 2), Vec::new(), "lexicon", 2);
        let report = Report {
            title: "",
            documents: &dataset.corpus.documents,
            boilerplate: &dataset.corpus.boilerplate,
            families: &dataset.corpus.families,
            flags: &dataset.flags,
            errors: &dataset.errors,
            manifest: &dataset.manifest,
        };
        of(&report, &platforms::of(&report))
    }

    #[test]
    fn the_one_that_differs_comes_first_and_the_others_are_one_entry() {
        let flagged = flagged(family_of_five());
        let labels = |group: &Group| group.members.iter().map(|it| it.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels(&flagged.groups[0]), ["portal.example"]);
        assert!(flagged.groups[0].severities.major > 0 && flagged.groups[0].flags.len() > 1);
        let members: usize = flagged.groups.iter().map(|group| group.members.len() + group.others).sum();
        assert_eq!(members + flagged.more + flagged.clear, 5);
        assert_eq!(labels(&flagged.groups[1]).len(), 4, "{flagged:#?}");
    }

    #[test]
    fn what_is_too_much_for_a_screen_is_counted() {
        let host = |number: usize| format!("n{number:02}.example");
        let undated = |number| Sample::new(&host(number), &host(number)).text(&format!("Text {number}")).build();
        let flagged = flagged((0..20).map(undated).collect());
        assert_eq!((flagged.groups.len(), flagged.groups[0].others), (1, 20 - MAX_MEMBERS), "{flagged:#?}");
    }
}
