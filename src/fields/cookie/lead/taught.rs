//! What the blocks of a document teach of its leads before the first of them is passed: which labels are whose the rows are, and which
//! sentences open with the group of a table.

use std::collections::{BTreeMap, BTreeSet};

use super::group::group_that_opens;
use super::owner::{could_name_a_company, is_count, links_to_company, names_service, owner};
use super::said::{MOST_WORDS, ends_as_lead, is_emphasised, is_sentence, is_silent};
use crate::block::{Block, Content};
use crate::document::Category;
use crate::text::Text;
use crate::value::{category, host, name};

/// True above headings of a lower level that are names of cookies, the first or the second of them for certain.
pub(super) fn heads_names(below: &[Block], level: u8) -> bool {
    const MOST_BLOCKS: usize = 12;
    const SURE: f32 = 0.9;
    let headings = below.iter().take(MOST_BLOCKS).filter_map(|block| match &block.content {
        Content::Heading { level, text } => Some((*level, &text.text)),
        _ => None,
    });
    headings.take_while(|(lower, _)| *lower > level).take(2).any(|(_, name)| name::likeness(name) >= SURE)
}

/// Consent dialogs print the name of each company on a button that folds away its cookies, which one and the same heading leads into: where one
/// such name is a company's for certain, the others are too.
pub(super) fn folded_owners(blocks: &[Block]) -> BTreeSet<Text> {
    const LEAST: usize = 2;
    let mut below: BTreeMap<&Text, BTreeSet<Text>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        if let (Content::Heading { text, .. }, Some(label)) = (&block.content, folding_label(&blocks[..index])) {
            below.entry(&text.text).or_default().insert(label.clone());
        }
    }
    let owned = |labels: &BTreeSet<Text>| labels.len() >= LEAST && labels.iter().any(|label| names_service(label));
    below.into_values().filter(owned).flatten().collect()
}

/// Blocks that may describe a company between its name and the heading of its cookies.
pub(super) const LONGEST_DESCRIPTION: usize = 3;

/// Bold words right over lists and tables, where most of them are names of services: others that sentences speak of by the same name are
/// companies that no list knows.
pub(super) fn listed_owners(blocks: &[Block]) -> BTreeSet<Text> {
    const LEAST_SERVICES: usize = 2;
    // Each is looked for in the whole text: no more of them than a policy has.
    const MOST_UNKNOWN: usize = 100;
    let named = |block: &Block| match &block.content {
        Content::Paragraph(text) if !text.marks.is_empty() && is_emphasised(text) => Some(text.text.clone()),
        _ => None,
    };
    let over_rows = |block: &Block| matches!(block.content, Content::ListItem { .. } | Content::Table(_));
    let labels: BTreeSet<Text> =
        blocks.windows(2).filter(|pair| over_rows(&pair[1])).filter_map(|pair| named(&pair[0])).collect();
    let services = labels.iter().filter(|label| names_service(label)).count();
    let owners = services >= LEAST_SERVICES && services * 5 >= labels.len() * 2;
    let told = |label: &Text| {
        let texts = blocks.iter().filter_map(Block::rich).filter(|rich| rich.text.len() > label.len());
        texts.into_iter().any(|rich| rich.text.contains(label.trim()) && is_sentence(&rich.text))
    };
    let unknown = |label: &Text| owner(label).is_none() && could_name_a_company(label);
    labels.into_iter().filter(|label| owners && unknown(label)).take(MOST_UNKNOWN).filter(told).collect()
}

/// The label that stands last before a heading, with nothing but what describes it between them.
fn folding_label(above: &[Block]) -> Option<&Text> {
    let paragraphs = above.iter().rev().take(LONGEST_DESCRIPTION + 1).map_while(|block| match &block.content {
        Content::Paragraph(text) => Some(text),
        _ => None,
    });
    let label = paragraphs.into_iter().find(|text| !text.marks.is_empty() && is_emphasised(text))?;
    let named = label.text.word_count() <= MOST_WORDS / 2 && category::likeness(&label.text) < 0.8;
    (named && !ends_as_lead(label)).then_some(&label.text)
}

/// "Statistics cookies help us to see …", right above a table: scrapers lose the heading over it. Sentences above several tables must begin
/// with a group each, and not all with the same.
pub(super) fn opened_groups(blocks: &[Block]) -> BTreeMap<Text, String> {
    let above =
        blocks.windows(2).filter(|pair| pair[1].as_table().is_some()).filter_map(|pair| match &pair[0].content {
            // What leads into the table by itself says more.
            Content::Paragraph(text) => text.lines().pop().filter(is_silent),
            _ => None,
        });
    let groups: BTreeMap<Text, String> =
        above.filter_map(|line| Some((line.text.clone(), group_that_opens(line.text.trim())?.to_owned()))).collect();
    let kinds: BTreeSet<Category> = groups.values().filter_map(|group| category::classify(group.as_str())).collect();
    if kinds.len() > 1 { groups } else { BTreeMap::new() }
}

pub(super) fn listed_hosts(blocks: &[Block]) -> BTreeSet<Text> {
    let host = |block: &Block| match &block.content {
        Content::ListItem { text, .. } if host::likeness(&text.text) >= 1.0 => Some(text.text.clone()),
        _ => None,
    };
    let beside = blocks.windows(2).filter_map(|pair| Some([host(&pair[0])?, host(&pair[1])?]));
    beside.flatten().collect()
}

/// How many lines that are nothing but a link to a privacy policy stand right below a text that could be a company's name.
pub(super) fn links_below_names(blocks: &[Block]) -> usize {
    let texts = blocks.iter().filter(|block| !block.is_furniture()).filter_map(Block::rich).map(|rich| &rich.text);
    let mut above: Option<Text> = None;
    let (mut links, mut counted) = (0, false);
    for text in texts {
        let mut pass = |line: &Text| {
            let named = || above.as_ref().is_some_and(could_name_a_company);
            links += usize::from(links_to_company(line, counted) && named());
            counted = is_count(line);
            if !counted {
                above = Some(line.clone());
            }
        };
        match text.has_lines() {
            true => text.split('\n').for_each(|line| pass(&line.into())),
            false => pass(text),
        }
    }
    links
}
