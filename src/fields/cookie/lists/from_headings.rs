//! Cookie rows from headings that hold a name and its lifetime, with what the cookie is for in the text below: `_a (2 years)`.

use std::collections::{BTreeMap, BTreeSet};

use super::from_list::{Headed, headed_name};
use crate::block::{Block, Content, Rich};
use crate::document::FoundIn;
use crate::fields::cookie::from_table::add_pair;
use crate::fields::cookie::labelled::labelled_line::pair_of;
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::Record;
use crate::lexicon::{Field, lexicon};
use crate::value::name;

/// A word that could be any is a name among headings that are names for sure, below a category.
const LEAST_AMONG: f32 = 0.3;

/// Blocks below a heading that are looked at for what they say of its cookie.
const LONGEST_BODY: usize = 12;

/// Reads the headings of a run that are names; their blocks are marked as taken.
pub fn records(blocks: &[Block], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let heads = heads(blocks, taken);
    let mut leads = leads.clone();
    let mut entries = Vec::with_capacity(heads.len());
    let mut passed = 0;
    for head in heads {
        (passed..head.at).filter(|at| !taken[*at]).for_each(|at| leads.pass(&blocks[at]));
        passed = head.at;
        let of_codes = head.is_constant() && leads.head_something_else();
        if !of_codes && (head.is_sure() || head.could_be() && (head.among_names || leads.category().is_some())) {
            entries.push(head.into_entry(blocks, &leads, taken));
        }
    }
    name_owners(&mut entries);
    entries.into_iter().map(|entry| entry.record).collect()
}

/// The headings that may be names, of the levels of which some are for sure.
fn heads(blocks: &[Block], taken: &[bool]) -> Vec<Head> {
    let mut above: Vec<Above> = Vec::new();
    let mut heads: Vec<Head> = Vec::new();
    for (at, block) in blocks.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        let Content::Heading { level, text } = &block.content else { continue };
        above.retain(|above| above.level < *level);
        heads.extend(headed_name(text).map(|said| Head::new(at, *level, said, above.last().map(|above| above.at))));
        above.push(Above { at, level: *level });
    }
    let levels: BTreeSet<u8> = heads.iter().filter(|head| head.is_sure()).map(|head| head.level).collect();
    heads.retain(|head| levels.contains(&head.level));
    let mut beside: BTreeMap<Option<usize>, Beside> = BTreeMap::new();
    heads.iter().for_each(|head| beside.entry(head.parent).or_default().add(head));
    heads.iter_mut().for_each(|head| head.among_names = beside[&head.parent].are_names());
    heads
}

/// A heading that others stand below.
struct Above {
    at: usize,
    level: u8,
}

/// The headings that stand side by side below one.
#[derive(Default)]
struct Beside {
    all: usize,
    sure: usize,
}

impl Beside {
    fn add(&mut self, head: &Head) {
        self.all += 1;
        self.sure += usize::from(head.is_sure());
    }

    fn are_names(&self) -> bool {
        self.sure * 2 >= self.all
    }
}

/// A cookie, and the line below its purpose that nothing labels.
struct Entry {
    record: Record,
    rest: Option<Rich>,
}

/// So many lines that open with the same words show that these label what follows.
const LEAST_ALIKE: usize = 3;

/// "Set by Acme.", "Set by Acme Labs.": where the lines below the purposes open with the same words, and most go on with the name of a
/// service or a company, they say whose each cookie is.
fn name_owners(entries: &mut [Entry]) {
    let lines: Vec<&str> = entries.iter().filter_map(|entry| Some(entry.rest.as_ref()?.text.trim())).collect();
    let Some(opening) = shared_opening(&lines).filter(|_| lines.len() >= LEAST_ALIKE) else { return };
    let services = &lexicon().services;
    let named = |owner: &&str| services.is_name(owner) || services.is_company(owner);
    let owners: Vec<&str> = lines.iter().map(|line| line[opening..].trim_end_matches('.')).collect();
    if owners.iter().copied().filter(named).count() * 2 < owners.len() {
        return;
    }
    for entry in entries {
        let Some(rest) = entry.rest.take() else { continue };
        let start = rest.text.len() - rest.text.trim_start().len() + opening;
        let owner = rest.slice(start, rest.text.trim_end().trim_end_matches('.').len());
        entry.record.set(Field::Provider, owner);
    }
}

/// The bytes of the words that all of some lines begin with, and that none of them ends with.
fn shared_opening(lines: &[&str]) -> Option<usize> {
    let (first, others) = lines.split_first()?;
    let ends = first.match_indices(' ').map(|(at, _)| at + 1);
    ends.take_while(|end| others.iter().all(|line| line.starts_with(&first[..*end]))).last()
}

/// A heading that may be a name and its lifetime.
struct Head {
    at: usize,
    level: u8,
    said: Headed,
    /// The heading that it stands below.
    parent: Option<usize>,
    /// True where most of those beside it are names for sure.
    among_names: bool,
}

impl Head {
    fn new(at: usize, level: u8, said: Headed, parent: Option<usize>) -> Self {
        Self { at, level, said, parent, among_names: false }
    }

    fn is_sure(&self) -> bool {
        self.said.likeness >= name::CONVINCING
    }

    /// True for capitals and figures, which may be a constant or a code of any kind.
    fn is_constant(&self) -> bool {
        !self.said.name.text.contains(|c: char| c.is_lowercase() || c == '*')
    }

    fn could_be(&self) -> bool {
        self.said.likeness >= LEAST_AMONG && !self.said.name.text.trim().contains(char::is_whitespace)
    }

    /// The name, the lifetime and what the blocks below say: pairs under their labels, else the first text as the purpose.
    fn into_entry(self, blocks: &[Block], leads: &Leads, taken: &mut [bool]) -> Entry {
        let mut record = Record::new(blocks[self.at].span, FoundIn::List, leads);
        record.least_likeness = LEAST_AMONG;
        record.set(Field::Name, self.said.name);
        record.set(Field::Duration, self.said.lifetime);
        taken[self.at] = true;
        let body = (self.at + 1..blocks.len()).take(LONGEST_BODY);
        let body = body.take_while(|at| !matches!(blocks[*at].content, Content::Heading { .. }) && !taken[*at]);
        let mut entry = Entry { record, rest: None };
        for at in body.collect::<Vec<_>>() {
            let text = blocks[at].rich().filter(|_| !blocks[at].is_furniture());
            let lines = text.map(|text| text.lines()).unwrap_or_default();
            if lines.into_iter().filter(|line| entry.takes(line)).count() > 0 {
                taken[at] = true;
                entry.record.span = entry.record.span.join(blocks[at].span);
            }
        }
        entry
    }
}

impl Entry {
    /// True for a line that says something of the cookie: a label and its value, the first text, or one below it.
    fn takes(&mut self, line: &Rich) -> bool {
        let has_purpose = self.record.fields.iter().any(|text| text.field == Field::Purpose);
        match pair_of(line) {
            Some(pair) => add_pair(&mut self.record, pair.key, &pair.label, &pair.value),
            None if line.is_blank() => return false,
            None if !has_purpose => self.record.set(Field::Purpose, line.clone()),
            None if self.rest.is_none() => self.rest = Some(line.clone()),
            None => return false,
        }
        true
    }
}
