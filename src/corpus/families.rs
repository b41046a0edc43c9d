//! Families: portals made from one template. Found by votes, never by comparing pairs.
//!
//! Each document votes for its heaviest shared template: words × (platforms − 1), ties by id; templates of fewer than five words
//! do not stand. The voters of a template are a family if more than half of them hold most of each other's text: a document is a
//! member when at least half of its words stand in templates that more than half of the voters hold. Whoever is no member votes
//! again, for its next heaviest template, and may join a family that stands. So a vendor's text that half the web shares gathers
//! strangers, none of whom becomes a member, and each of them then finds its own. Rounds are bounded; every round is two group-bys.
//! After a round each document settles in the largest family whose common text holds half of its words: so portals that lack the
//! very paragraph that the others voted for are still theirs, and no splinter of a family stands beside it.
//! A table of cookies that is not shared counts neither way: one changed row would else put a portal out of its family.

use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::{Templates, platform_key};
use super::columns::holds_cookie_rows;
use super::tally::{Consensus, Tally};
use crate::document::{PolicyDocument, TextBlock, TextBlockKind};

/// Documents made from one template: a line of `families.ndjson`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Family {
    /// Id: that of the template voted for.
    pub id: String,
    /// Paths of its documents, sorted.
    pub documents: Vec<String>,
    /// Number of platforms.
    pub platforms: u64,
    /// What they state, with counts.
    pub consensus: Consensus,
}

/// What the vote needs to know of a document: its shared templates, heaviest first, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    ballot: Vec<String>,
    shared: Vec<Stretch>,
    words: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    id: String,
    words: u64,
    cookie_table: bool,
}

/// Templates below this many words (headings, labels) are no mark of a family.
const MIN_WORDS: u64 = 5;

/// A document votes at most this often.
const ROUNDS: usize = 16;

/// A template that more families than this have in common (a vendor's text) leads to none of them.
const MAX_FAMILIES: usize = 8;

/// The outline of a labelled document that has all its text.
pub fn outline(document: &PolicyDocument, templates: &Templates) -> Outline {
    let names: HashSet<&str> = document.cookies.iter().map(|row| row.name.as_str()).collect();
    let blocks = document.blocks.iter().filter(|block| block.kind != TextBlockKind::Furniture);
    let stretch = |block: &TextBlock| Stretch {
        id: block.id.clone(),
        words: templates.words(&block.id),
        cookie_table: holds_cookie_rows(block, &names),
    };
    let mut shared: Vec<_> = blocks.map(stretch).collect();
    let words = shared.iter().filter(|stretch| !stretch.cookie_table).map(|stretch| stretch.words).sum();
    shared.retain(|stretch| templates.platforms(&stretch.id) > 1);
    let heavy = shared.iter().filter(|stretch| stretch.words >= MIN_WORDS);
    let weight = |stretch: &Stretch| stretch.words * (templates.platforms(&stretch.id) - 1);
    let mut ballot: Vec<_> = heavy.map(|stretch| (u64::MAX - weight(stretch), stretch.id.clone())).collect();
    ballot.sort();
    ballot.dedup();
    ballot.truncate(ROUNDS);
    Outline { ballot: ballot.into_iter().map(|(_, id)| id).collect(), shared, words }
}

/// The families of labelled documents that have all their text, by id.
pub fn families(documents: &[PolicyDocument], templates: &Templates) -> Vec<Family> {
    let outlines: Vec<_> = documents.iter().map(|document| outline(document, templates)).collect();
    let chosen = elect(&outlines);
    let mut members: BTreeMap<&str, Vec<&PolicyDocument>> = BTreeMap::new();
    for (document, vote) in documents.iter().zip(chosen) {
        if let Some(id) = vote {
            members.entry(id).or_default().push(document);
        }
    }
    members
        .into_iter()
        .filter(|(_, members)| members.len() > 1)
        .map(|(id, members)| family(id, &members, templates))
        .collect()
}

fn family(id: &str, members: &[&PolicyDocument], templates: &Templates) -> Family {
    let mut documents: Vec<_> = members.iter().map(|document| document.source.path.clone()).collect();
    documents.sort();
    let platforms: HashSet<_> = members.iter().map(|document| platform_key(document)).collect();
    let mut tally = Tally::default();
    members.iter().for_each(|document| tally.add(document, templates));
    Family { id: id.to_owned(), documents, platforms: platforms.len() as u64, consensus: tally.consensus(templates) }
}

/// The family of each document, by rounds of votes; after each round that founds a family all documents settle.
fn elect(outlines: &[Outline]) -> Vec<Option<&str>> {
    let mut chosen: Vec<Option<&str>> = vec![None; outlines.len()];
    for round in 0..ROUNDS {
        let votes: Vec<Option<&str>> = outlines
            .iter()
            .zip(&chosen)
            .map(|(outline, chosen)| chosen.or_else(|| outline.ballot.get(round).map(String::as_str)))
            .collect();
        let standing: HashSet<&str> =
            votes.iter().zip(&chosen).filter_map(|(v, c)| v.filter(|_| c.is_none())).collect();
        let holders = count_holders(outlines, &votes, &standing);
        let mut founded = false;
        for (index, vote) in votes.iter().enumerate() {
            let group = vote.and_then(|vote| holders.get(vote)).filter(|_| chosen[index].is_none());
            if group.is_some_and(|group| group.has_half_of(&outlines[index])) {
                chosen[index] = *vote;
                founded = true;
            }
        }
        if founded {
            settle(outlines, &mut chosen);
        }
    }
    chosen
}

/// Gives each document the largest family whose common text holds half of its words, if there is one; of families of one size
/// that with most of its words.
fn settle<'a>(outlines: &'a [Outline], chosen: &mut [Option<&'a str>]) {
    let standing: HashSet<&str> = chosen.iter().flatten().copied().collect();
    let groups = count_holders(outlines, chosen, &standing);
    let mut families_of: HashMap<&str, Vec<&str>> = HashMap::new();
    for (family, group) in groups.iter().filter(|(_, group)| group.voters > 1) {
        let common = group.holders.keys().filter(|id| group.holds(id));
        common.for_each(|id| families_of.entry(id).or_default().push(family));
    }
    families_of.retain(|_, families| families.len() <= MAX_FAMILIES);
    for (outline, choice) in outlines.iter().zip(chosen) {
        let mut words: BTreeMap<&str, u64> = BTreeMap::new();
        for stretch in &outline.shared {
            let families = families_of.get(stretch.id.as_str()).into_iter().flatten();
            families.for_each(|family| *words.entry(family).or_default() += stretch.words);
        }
        let fitting = words.into_iter().rev().filter(|(family, _)| groups[family].has_half_of(outline));
        let best = fitting.max_by_key(|(family, words)| (groups[family].voters, *words));
        *choice = best.map(|(family, _)| family).or(*choice);
    }
}

#[derive(Default)]
struct Group<'a> {
    voters: u64,
    holders: HashMap<&'a str, u64>,
}

impl Group<'_> {
    fn holds(&self, id: &str) -> bool {
        self.voters > 1 && self.holders.get(id).is_some_and(|count| count * 2 > self.voters)
    }

    fn has_half_of(&self, outline: &Outline) -> bool {
        let common = outline.shared.iter().filter(|stretch| self.holds(&stretch.id));
        let (tables, prose) = common.fold((0, 0), |(tables, prose), stretch| match stretch.cookie_table {
            true => (tables + stretch.words, prose),
            false => (tables, prose + stretch.words),
        });
        tables + prose > 0 && (tables + prose) * 2 >= outline.words + tables
    }
}

/// How many voters of each template that stands in this round hold each of their templates.
fn count_holders<'a>(
    outlines: &'a [Outline],
    votes: &[Option<&'a str>],
    standing: &HashSet<&'a str>,
) -> HashMap<&'a str, Group<'a>> {
    let mut groups: HashMap<&str, Group> = HashMap::new();
    for (outline, vote) in outlines.iter().zip(votes) {
        if let Some(vote) = vote.filter(|vote| standing.contains(vote)) {
            let group = groups.entry(vote).or_default();
            group.voters += 1;
            let ids: HashSet<&str> = outline.shared.iter().map(|stretch| stretch.id.as_str()).collect();
            ids.into_iter().for_each(|id| *group.holders.entry(id).or_default() += 1);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, family_of_five};
    use super::*;

    fn found(documents: &[PolicyDocument]) -> Vec<Family> {
        let mut templates = Templates::default();
        documents.iter().for_each(|document| templates.add(document));
        families(documents, &templates)
    }

    fn portal(family: &str, number: usize) -> PolicyDocument {
        let vendor = "The vendor that half of all sites use asks every one of them to print this very long sentence";
        let own =
            format!("All {family} portals say in these words, which are theirs alone, what they keep and for how long");
        let also = format!("The {family} office answers every letter that asks for a copy of what was kept");
        Sample::new(&format!("{family}{number}.txt"), &format!("n{number}.{family}.example"))
            .text(vendor)
            .text(&own)
            .text(&also)
            .build()
    }

    #[test]
    fn portals_of_one_template_are_a_family_and_strangers_are_not() {
        let mut documents = family_of_five();
        documents
            .push(Sample::new("z.txt", "z.example").text("Nothing here is shared with anybody else at all").build());
        let families = found(&documents);
        assert_eq!(families.len(), 1);
        assert_eq!(families[0].documents.len(), 5);
        assert_eq!(families[0].consensus.documents, 5);
    }

    #[test]
    fn a_vendors_text_welds_no_two_families() {
        let portals = |family| (0..4).map(move |number| portal(family, number));
        let documents: Vec<_> = portals("red").chain(portals("blue")).chain(portals("green")).collect();
        let sizes: Vec<_> = found(&documents).iter().map(|family| family.documents.len()).collect();
        assert_eq!(sizes, [4, 4, 4]);
    }
}
