//! What a reader sees first: the figures, and what is to be looked at, rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::platforms::{FlagView, Platforms, flag_view};
use super::{Report, summary_of};
use crate::corpus::{cookie_key, word};
use crate::document::Category;
use crate::flags::{Flag, Severity, manual, rule};

/// A number with its name.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    label: &'static str,
    value: String,
    note: String,
}

/// How many rows have a category.
#[derive(Debug, Serialize)]
pub(super) struct CategoryShare {
    /// As in the class of its colour; `none` for rows without one.
    code: String,
    rows: u64,
    /// Share of all rows, in per cent with one place.
    share: String,
}

/// A rule with what it found.
#[derive(Debug, Serialize)]
pub(super) struct RuleView {
    id: String,
    /// What it does, in a sentence or two.
    summary: String,
    /// Why it matters, where the manual says so.
    why: String,
    severity: String,
    total: usize,
    /// The first of its flags.
    flags: Vec<RuleFlag>,
    /// Number of flags that are not listed.
    more: usize,
}

/// A flag, seen from its rule.
#[derive(Debug, Serialize)]
struct RuleFlag {
    label: String,
    anchor: String,
    flag: FlagView,
}

/// Flags that are listed under a rule; all stand with their documents.
const MAX_LISTED: usize = 100;

pub(super) fn figures(report: &Report) -> Vec<Figure> {
    let counts = &report.manifest.counts;
    let names: BTreeSet<_> = report.documents.iter().flat_map(|document| &document.cookies).map(cookie_key).collect();
    let counted = |count: u64, [one, many]: [&str; 2]| {
        format!("{} {}", super::page::thousands(count), if count == 1 { one } else { many })
    };
    let figure = |[one, many]: [&'static str; 2], value: u64, note: String| Figure {
        label: if value == 1 { one } else { many },
        value: super::page::thousands(value),
        note,
    };
    let undated = report.documents.iter().filter(|document| document.date.is_none()).count();
    let flags = &counts.flags;
    let read = match counts.errors {
        0 => "all inputs were read".to_owned(),
        1 => "1 input could not be read".to_owned(),
        count => format!("{count} inputs could not be read"),
    };
    vec![
        figure(["platform", "platforms"], counts.platforms, no_date(undated)),
        figure(["document", "documents"], counts.documents, read),
        figure(
            ["cookie", "cookies"],
            names.len() as u64,
            format!("declared in {}", counted(counts.cookies, ["row", "rows"])),
        ),
        figure(["family", "families"], counts.families, "portals made from one text".to_owned()),
        Figure {
            label: "of the text is shared",
            value: format!("{:.0} %", counts.shared * 100.0),
            note: format!("{}, stored once", counted(counts.boilerplate, ["text", "texts"])),
        },
        figure(
            ["flag", "flags"],
            flags.major + flags.minor + flags.info,
            format!("{} major, {} minor, {} info", flags.major, flags.minor, flags.info),
        ),
    ]
}

fn no_date(undated: usize) -> String {
    match undated {
        0 => "all documents have a date".to_owned(),
        1 => "1 document has no date".to_owned(),
        count => format!("{} documents have no date", super::page::thousands(count as u64)),
    }
}

pub(super) fn categories(report: &Report) -> Vec<CategoryShare> {
    let mut counts: BTreeMap<Option<Category>, u64> = BTreeMap::new();
    let rows = report.documents.iter().flat_map(|document| &document.cookies);
    rows.for_each(|row| *counts.entry(row.category).or_default() += 1);
    let all: u64 = counts.values().sum();
    let share = |(category, rows): (Option<Category>, u64)| CategoryShare {
        code: category.map_or_else(|| "none".to_owned(), word),
        rows,
        share: format!("{:.1}", rows as f64 * 100.0 / all.max(1) as f64),
    };
    let undeclared = counts.remove(&None).map(|rows| (None, rows));
    counts.into_iter().chain(undeclared).map(share).collect()
}

/// The rules that found something, the gravest first.
pub(super) fn rules(report: &Report, platforms: &Platforms) -> Vec<RuleView> {
    let mut by_rule: BTreeMap<&str, Vec<&Flag>> = BTreeMap::new();
    report.flags.iter().for_each(|flag| by_rule.entry(&flag.rule).or_default().push(flag));
    let mut rules: Vec<_> = by_rule.into_iter().collect();
    let gravest = |flags: &[&Flag]| flags.iter().map(|flag| flag.severity).max().unwrap_or(Severity::Info);
    rules.sort_by_key(|(id, flags)| (std::cmp::Reverse((gravest(flags), flags.len())), *id));
    rules.into_iter().map(|(id, flags)| rule_view(id, &flags, gravest(&flags), platforms)).collect()
}

fn rule_view(id: &str, flags: &[&Flag], severity: Severity, platforms: &Platforms) -> RuleView {
    let page = rule(id).map(manual).unwrap_or_default();
    let why = page.split("\n## ").find_map(|part| part.strip_prefix("Why\n"));
    let mut flags = flags.to_vec();
    flags.sort_by_cached_key(|flag| platforms.place_of(&flag.document));
    let listed = flags.iter().take(MAX_LISTED).map(|flag| RuleFlag {
        label: platforms.label_of(&flag.document),
        anchor: platforms.anchor_of(&flag.document),
        flag: flag_view(flag),
    });
    RuleView {
        id: id.to_owned(),
        summary: summary_of(&page).replace('`', ""),
        why: why.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").replace('`', ""),
        severity: word(severity),
        total: flags.len(),
        flags: listed.collect(),
        more: flags.len().saturating_sub(MAX_LISTED),
    }
}

#[cfg(test)]
mod tests {
    use super::no_date;

    #[test]
    fn one_is_told_in_the_singular() {
        let told = ["all documents have a date", "1 document has no date", "1,200 documents have no date"];
        assert_eq!([0, 1, 1_200].map(no_date), told);
    }
}
