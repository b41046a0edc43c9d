//! Documents that stand out, told in one screen: those of which the same is flagged are one entry, the gravest first. What is told of
//! several is true of each: words that only some of them print are left out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

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
    /// What is flagged of each of them, the gravest first.
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
    let mut groups: BTreeMap<Vec<Kind>, Vec<Vec<&Flag>>> = BTreeMap::new();
    for mut of_one in flags.into_values() {
        of_one.sort_by_key(|flag| (kind(flag), &flag.message));
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

fn view(mut group: Vec<Vec<&Flag>>, platforms: &Platforms) -> Group {
    group.sort_by_key(|flags| platforms.place_of(&flags[0].document));
    let paths = group.iter().map(|flags| flags[0].document.as_str());
    let member = |path: &str| Member {
        label: platforms.label_of(path),
        anchor: platforms.anchor_of(path),
        date: platforms.date_of(path),
    };
    let flags = &group[0];
    let told = |place: usize| match told_of_all(&group, place) {
        Some(message) => FlagView::of_all(flags[place], message),
        None => flag_view(flags[place]),
    };
    Group {
        members: paths.take(MAX_MEMBERS).map(member).collect(),
        others: group.len().saturating_sub(MAX_MEMBERS),
        severities: severities(flags),
        more: flags.len().saturating_sub(MAX_FLAGS),
        flags: (0..flags.len().min(MAX_FLAGS)).map(told).collect(),
    }
}

/// What the messages of one flag have in common, where they are not the same.
fn told_of_all(group: &[Vec<&Flag>], place: usize) -> Option<String> {
    let mut messages = group.iter().map(|flags| flags[place].message.as_str());
    let first = messages.next()?;
    let (mut head, mut tail) = (usize::MAX, usize::MAX);
    let own = pieces(first);
    for other in messages.filter(|other| *other != first) {
        let other = pieces(other);
        let shorter = own.len().min(other.len());
        let same = |(a, b): &(&&str, &&str)| a == b;
        head = head.min(own.iter().zip(&other).take_while(same).count());
        tail = tail.min(own.iter().rev().zip(other.iter().rev()).take_while(same).count()).min(shorter - head);
    }
    (head < usize::MAX).then(|| {
        let (head, tail) = (own[..head].concat(), own[own.len() - tail..].concat());
        let gap = if head.is_empty() { "" } else { " " };
        format!("{head}{gap}…{tail}")
    })
}

/// A message cut into its words, each with the blank before it; what it quotes is one.
fn pieces(message: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut quoted) = (Vec::new(), 0, 0_usize);
    for (at, c) in message.char_indices() {
        let ends = match c {
            '“' => {
                quoted += 1;
                quoted == 1
            }
            _ => quoted == 0 && c.is_whitespace(),
        };
        if ends && !message[start..at].trim().is_empty() {
            pieces.push(&message[start..at]);
            start = at;
        }
        if c == '”' && quoted == 1 {
            pieces.push(&message[start..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
        quoted -= usize::from(c == '”' && quoted > 0);
    }
    pieces.push(&message[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::platforms;
    use super::*;
    use crate::corpus::Corpus;
    use crate::corpus::sample::{Sample, duration, family_of_five, row};
    use crate::document::{CookieRow, PolicyDocument};
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
    fn nobody_is_quoted_with_what_another_prints() {
        const TWO_YEARS: u64 = 730 * 86_400;
        let lasting = |(host, printed): (&str, &str)| {
            let row = CookieRow { duration: Some(duration(printed, TWO_YEARS)), ..row("_ga", "To count visits") };
            Sample::new(&format!("{host}.txt"), host).dated("2024-03-14", "2024-03-14").row(row).build()
        };
        let printed =
            [("a.example", "2年"), ("b.example", "2 years"), ("c.example", "2 lata"), ("d.example", "2 years")];
        let told = flagged(printed.map(lasting).into());
        let messages: Vec<_> = told.groups.iter().flat_map(|group| &group.flags).map(FlagView::message).collect();
        assert_eq!(
            messages,
            ["Cookie _ga lasts …: longer than thirteen months, and longer than the 400 days that browsers keep one."],
            "{told:#?}"
        );
        let alone = flagged(printed[1..2].iter().copied().map(lasting).collect());
        assert_eq!(
            alone.groups[0].flags[0].message(),
            "Cookie _ga lasts “2 years”: longer than thirteen months, and longer than the 400 days that browsers keep one."
        );
    }

    #[test]
    fn a_message_is_cut_at_its_words_and_not_within_what_it_quotes() {
        let message = "It says “a “b” c”, and “d”.";
        assert_eq!(pieces(message), ["It", " says", " “a “b” c”", ",", " and", " “d”", "."]);
        for odd in ["", "”a “b", "“", " “a”  b "] {
            assert_eq!(pieces(odd).concat(), odd);
        }
    }

    #[test]
    fn what_is_too_much_for_a_screen_is_counted() {
        let host = |number: usize| format!("n{number:02}.example");
        let undated = |number| Sample::new(&host(number), &host(number)).text(&format!("Text {number}")).build();
        let flagged = flagged((0..20).map(undated).collect());
        assert_eq!((flagged.groups.len(), flagged.groups[0].others), (1, 20 - MAX_MEMBERS), "{flagged:#?}");
    }
}
