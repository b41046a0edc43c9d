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

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::io;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::boilerplate::Templates;
use super::scratch::{Scratch, Spool};
use super::tally::Consensus;

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

/// What the vote needs to know of a document: its shared templates, heaviest first, and its words. Templates go by their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// What it votes for.
    ballot: Vec<u32>,
    shared: Vec<Stretch>,
    /// Words of all its text but furniture and tables of cookies.
    words: u64,
}

/// A block of an [`Outline`] whose template is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) place: u32,
    pub(super) cookie_table: bool,
}

/// Templates below this many words (headings, labels) are no mark of a family.
const MIN_WORDS: u64 = 5;

/// A document votes at most this often.
const ROUNDS: usize = 16;

/// A template that more families than this have in common (a vendor's text) leads to none of them.
const MAX_FAMILIES: usize = 8;

/// A document that votes for nothing and belongs to no family.
const NONE: u32 = u32::MAX;

impl Outline {
    /// Of the shared templates of a document's text and the words of all of it but tables of cookies.
    pub(super) fn new(mut shared: Vec<Stretch>, words: u64, templates: &Templates) -> Self {
        shared.sort_unstable();
        let heavy = shared.iter().map(|stretch| stretch.place).filter(|place| templates.at(*place).words >= MIN_WORDS);
        let weight = |place: u32| templates.at(place).words * (templates.at(place).platforms - 1);
        let mut ballot: Vec<_> = heavy.map(|place| (u64::MAX - weight(place), place)).collect();
        ballot.sort_unstable();
        ballot.dedup();
        ballot.truncate(ROUNDS);
        Self { ballot: ballot.into_iter().map(|(_, place)| place).collect(), shared, words }
    }

    /// The templates that it holds, each once.
    fn templates(&self) -> impl Iterator<Item = u32> {
        let same = self.shared.chunk_by(|a, b| a.place == b.place);
        same.map(|same| same[0].place)
    }

    fn write(&self, out: &mut Vec<u8>) {
        let head = [self.words as u32, (self.words >> 32) as u32, self.ballot.len() as u32];
        let shared = self.shared.iter().map(|stretch| stretch.place << 1 | u32::from(stretch.cookie_table));
        out.clear();
        for number in head.into_iter().chain(self.ballot.iter().copied()).chain(shared) {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(&mut self, record: &[u8]) {
        let mut numbers =
            record.chunks_exact(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        let mut next = || numbers.next().unwrap_or_default();
        self.words = u64::from(next()) | u64::from(next()) << 32;
        let ballot = next() as usize;
        self.ballot.clear();
        self.ballot.extend(numbers.by_ref().take(ballot));
        self.shared.clear();
        self.shared.extend(numbers.map(|number| Stretch { place: number >> 1, cookie_table: number & 1 == 1 }));
    }
}

/// The outlines of all documents, in their order.
pub(super) struct Outlines {
    spool: Spool,
    count: usize,
    record: Vec<u8>,
}

impl Outlines {
    pub(super) fn new(scratch: &dyn Scratch) -> io::Result<Self> {
        Ok(Self { spool: Spool::new(scratch)?, count: 0, record: Vec::new() })
    }

    pub(super) fn push(&mut self, outline: &Outline) -> io::Result<()> {
        outline.write(&mut self.record);
        self.count += 1;
        self.spool.push(&self.record)
    }

    /// Hands on the outlines of some documents.
    fn each(&mut self, which: impl Fn(usize) -> bool, mut take: impl FnMut(usize, &Outline)) -> io::Result<()> {
        let (mut records, mut outline) = (self.spool.records()?, Outline::default());
        let mut index = 0;
        while records.next(&mut self.record)? {
            if which(index) {
                outline.read(&self.record);
                take(index, &outline);
            }
            index += 1;
        }
        Ok(())
    }
}

/// Documents of one family, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// Id of the family.
    pub id: String,
    /// Numbers of its documents, rising.
    pub documents: Vec<u32>,
}

/// The families, by id.
pub(super) fn families(outlines: &mut Outlines, templates: &Templates) -> io::Result<Vec<Members>> {
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (number, vote) in (0..).zip(elect(outlines, templates)?).filter(|(_, vote)| *vote != NONE) {
        members.entry(vote).or_default().push(number);
    }
    let mut families: Vec<_> = members.into_iter().filter(|(_, members)| members.len() > 1).collect();
    families.sort_unstable_by_key(|(vote, _)| *vote);
    let named = |(vote, documents)| Members { id: templates.at(vote).id.text(), documents };
    Ok(families.into_iter().map(named).collect())
}

/// The family of each document, by rounds of votes; after each round that founds a family all documents settle.
fn elect(outlines: &mut Outlines, templates: &Templates) -> io::Result<Vec<u32>> {
    let mut chosen = vec![NONE; outlines.count];
    let mut groups = Groups::new(templates);
    for round in 0..ROUNDS {
        let before = chosen.clone();
        let is_free = |index: usize| before[index] == NONE;
        let vote = |outline: &Outline| outline.ballot.get(round).copied();
        let mut voted = false;
        outlines.each(is_free, |_, outline| {
            if let Some(vote) = vote(outline) {
                groups.add(vote, outline);
                voted = true;
            }
        })?;
        if !voted {
            break;
        }
        outlines.each(is_free, |index, outline| {
            chosen[index] = vote(outline).filter(|vote| groups.has_half_of(*vote, outline)).unwrap_or(NONE);
        })?;
        // Who became no member votes again, and no more for this one.
        let is_free = |index: usize| chosen[index] == NONE;
        outlines.each(is_free, |_, outline| vote(outline).into_iter().for_each(|vote| groups.remove(vote, outline)))?;
        if chosen != before {
            settle(outlines, &mut groups, &mut chosen)?;
        }
    }
    Ok(chosen)
}

/// Gives each document the largest family whose common text holds half of its words, if there is one; of families of one size
/// that with most of its words, of such the first by id.
fn settle(outlines: &mut Outlines, groups: &mut Groups, chosen: &mut [u32]) -> io::Result<()> {
    let (before, common) = (chosen.to_vec(), groups.common());
    let (mut shares, mut ranked): (FxHashMap<u32, Share>, Vec<_>) = Default::default();
    let all = |_: usize| true;
    outlines.each(all, |index, outline| {
        shares.clear();
        let mut everybodys = Share::default();
        for stretch in &outline.shared {
            let words = groups.templates.at(stretch.place).words;
            match common.get(&stretch.place).map(Vec::as_slice) {
                None => {}
                Some([]) => everybodys.add(stretch, words),
                Some(families) => {
                    families.iter().for_each(|family| shares.entry(*family).or_default().add(stretch, words))
                }
            }
        }
        // Most are settled without what too many families have in common: whose it is would have to be looked up text by text.
        let fits = |family: u32, share: &Share| {
            share.is_half_of(outline)
                || share.and(&everybodys).is_half_of(outline) && groups.has_half_of(family, outline)
        };
        let rank = |(family, share): (&u32, &Share)| (groups.voters[family], share.words(), Reverse(*family));
        ranked.clear();
        ranked.extend(shares.iter().map(rank));
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let families = ranked.iter().map(|(_, _, Reverse(family))| *family);
        let best = families.into_iter().find(|family| fits(*family, &shares[family]));
        chosen[index] = best.unwrap_or(chosen[index]);
    })?;
    let has_moved = |index: usize| before[index] != chosen[index];
    outlines.each(has_moved, |index, outline| groups.change(before[index], chosen[index], outline))
}

/// What of a document's words is common text of a family.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    /// Words of tables of cookies.
    tables: u64,
    prose: u64,
}

impl Share {
    fn add(&mut self, stretch: &Stretch, words: u64) {
        *(if stretch.cookie_table { &mut self.tables } else { &mut self.prose }) += words;
    }

    fn and(&self, other: &Self) -> Self {
        Self { tables: self.tables + other.tables, prose: self.prose + other.prose }
    }

    fn words(&self) -> u64 {
        self.tables + self.prose
    }

    /// More common text never makes it less than half.
    fn is_half_of(&self, outline: &Outline) -> bool {
        self.words() > 0 && self.words() * 2 >= outline.words + self.tables
    }
}

/// Those who vote for a template, and how many of them hold each of their templates.
struct Groups<'t> {
    templates: &'t Templates,
    voters: FxHashMap<u32, u64>,
    /// By the template voted for and the one held.
    holders: FxHashMap<(u32, u32), u64>,
}

impl<'t> Groups<'t> {
    fn new(templates: &'t Templates) -> Self {
        Self { templates, voters: FxHashMap::default(), holders: FxHashMap::default() }
    }

    fn add(&mut self, vote: u32, outline: &Outline) {
        *self.voters.entry(vote).or_default() += 1;
        outline.templates().for_each(|place| *self.holders.entry((vote, place)).or_default() += 1);
    }

    fn remove(&mut self, vote: u32, outline: &Outline) {
        take_one(&mut self.voters, vote);
        outline.templates().for_each(|place| take_one(&mut self.holders, (vote, place)));
    }

    fn change(&mut self, from: u32, to: u32, outline: &Outline) {
        if from != NONE {
            self.remove(from, outline);
        }
        self.add(to, outline);
    }

    fn holds(&self, vote: u32, voters: u64, place: u32) -> bool {
        voters > 1 && self.holders.get(&(vote, place)).is_some_and(|count| count * 2 > voters)
    }

    fn has_half_of(&self, vote: u32, outline: &Outline) -> bool {
        let voters = self.voters.get(&vote).copied().unwrap_or_default();
        let mut share = Share::default();
        for stretch in outline.shared.iter().filter(|stretch| self.holds(vote, voters, stretch.place)) {
            share.add(stretch, self.templates.at(stretch.place).words);
        }
        share.is_half_of(outline)
    }

    /// The groups to whose common text each template belongs; none where there are too many of them.
    fn common(&self) -> FxHashMap<u32, Vec<u32>> {
        let mut common: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (&(vote, place), count) in &self.holders {
            let voters = self.voters[&vote];
            if voters > 1 && count * 2 > voters {
                common.entry(place).or_default().push(vote);
            }
        }
        common.values_mut().filter(|groups| groups.len() > MAX_FAMILIES).for_each(Vec::clear);
        common
    }
}

fn take_one<K: Eq + Hash>(counts: &mut FxHashMap<K, u64>, key: K) {
    if let Entry::Occupied(mut count) = counts.entry(key) {
        *count.get_mut() -= 1;
        if *count.get() == 0 {
            count.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gathering::tests::gathered;
    use super::super::sample::{Sample, family_of_five};
    use super::*;
    use crate::document::PolicyDocument;

    fn found(documents: &[PolicyDocument]) -> Vec<Family> {
        let gathered = gathered(documents);
        gathered.families.iter().map(|members| gathered.family(members, documents).unwrap()).collect()
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
