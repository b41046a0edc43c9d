//! The families of a report: who belongs to them, what at least two thirds of them say, and the variants of their standard text.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::Report;
use super::name_order::NameOrder;
use super::platforms::Platforms;
use crate::corpus::{BlockCount, Boilerplate, Family, FormPiece, FormPieces, WordChange, is_most};
use crate::document::Digest;

/// A family.
#[derive(Debug, Serialize)]
pub(super) struct FamilyView {
    anchor: String,
    id: String,
    /// Its first platforms, for a heading.
    opening: String,
    documents: u64,
    platforms: u64,
    members: Vec<MemberView>,
    /// True where it is large enough to speak for its members.
    speaks: bool,
    cookies: Vec<CountView>,
    columns: Vec<CountView>,
    blocks: Vec<BlockView>,
    /// Texts that fewer of its documents hold, and that are not shown.
    others: usize,
}

#[derive(Debug, Serialize)]
struct MemberView {
    label: String,
    anchor: String,
}

/// Something with the number of documents that have it.
#[derive(Debug, Serialize)]
struct CountView {
    name: String,
    documents: u64,
}

/// A text of the standard.
#[derive(Debug, Serialize)]
struct BlockView {
    segments: Vec<Segment>,
    documents: u64,
    variants: Vec<VariantView>,
}

/// A stretch of a text, or one of its slots.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Segment {
    slot: bool,
    text: String,
}

/// Another wording of a text.
#[derive(Debug, Serialize)]
struct VariantView {
    words: Vec<WordChange>,
    documents: u64,
}

/// The families, the largest first.
pub(super) fn of(report: &Report, platforms: &Platforms) -> Vec<FamilyView> {
    let texts: HashMap<&str, &Boilerplate> = report.boilerplate.iter().map(|line| (line.id.as_str(), line)).collect();
    let mut variants: HashMap<&str, Vec<&Boilerplate>> = HashMap::new();
    for line in report.boilerplate {
        if let Some(of) = &line.variant_of {
            variants.entry(of).or_default().push(line);
        }
    }
    let mut families: Vec<_> = report.families.iter().collect();
    families.sort_by_key(|family| (std::cmp::Reverse(family.documents.len()), &family.id));
    let view = |family: &&Family| family_view(report, platforms, family, &texts, &variants);
    families.iter().map(view).collect()
}

fn family_view(
    report: &Report,
    platforms: &Platforms,
    family: &Family,
    texts: &HashMap<&str, &Boilerplate>,
    variants: &HashMap<&str, Vec<&Boilerplate>>,
) -> FamilyView {
    const NAMED: usize = 3;
    let members = family.documents.iter();
    let mut members: Vec<_> =
        members.map(|path| MemberView { label: platforms.label_of(path), anchor: platforms.anchor_of(path) }).collect();
    members.sort_by_cached_key(|member| NameOrder::of(&member.label));
    let consensus = &family.consensus;
    let of = consensus.documents;
    let standard =
        in_order(report, family, consensus.blocks.iter().filter(|block| is_standard(block.documents, of)).collect());
    let expected: HashSet<&String> = consensus.expected_cookies.iter().collect();
    let mut cookies: Vec<_> = consensus.cookies.iter().filter(|cookie| expected.contains(&cookie.name)).collect();
    cookies.sort_by_cached_key(|cookie| NameOrder::of(&cookie.name));
    let named: Vec<_> = members.iter().take(NAMED).map(|member| member.label.as_str()).collect();
    FamilyView {
        anchor: format!("f-{}", family.id),
        id: family.id.clone(),
        opening: format!("{}{}", named.join(", "), if members.len() > NAMED { " …" } else { "" }),
        documents: of,
        platforms: family.platforms,
        speaks: is_most(of, of),
        cookies: cookies.iter().map(|it| CountView { name: it.name.clone(), documents: it.documents }).collect(),
        columns: consensus
            .columns
            .iter()
            .map(|it| CountView { name: it.column.clone(), documents: it.documents })
            .collect(),
        others: consensus.blocks.len() - standard.len(),
        blocks: standard.into_iter().map(|block| block_view(block, texts, variants)).collect(),
        members,
    }
}

/// True for what at least two thirds say, as of the standard by which rules judge; a pair of documents has one too.
fn is_standard(count: u64, of: u64) -> bool {
    is_most(count, of) || of < 3 && count == of
}

/// The texts in the order of the member that holds most of them (ties by path); those that it lacks follow.
fn in_order<'a>(report: &Report, family: &Family, blocks: Vec<&'a BlockCount>) -> Vec<&'a BlockCount> {
    let wanted: HashSet<_> = blocks.iter().filter_map(|block| Digest::read(&block.id)).collect();
    let held = |path: &String| {
        let found = report.documents.binary_search_by(|document| document.source.path.cmp(path));
        let all = found.map(|index| report.documents[index].blocks.as_slice()).unwrap_or_default();
        all.iter().map(|block| block.id).filter(|id| wanted.contains(id)).collect::<Vec<_>>()
    };
    let fullest = family.documents.iter().map(held).rev().max_by_key(Vec::len).unwrap_or_default();
    let mut places: HashMap<Digest<16>, usize> = HashMap::new();
    fullest.into_iter().enumerate().for_each(|(place, id)| {
        places.entry(id).or_insert(place);
    });
    let mut ordered = blocks;
    let place = |id: &str| places.get(&Digest::read(id)?).copied();
    ordered.sort_by_key(|block| place(&block.id).unwrap_or(usize::MAX));
    ordered
}

fn block_view(
    block: &BlockCount,
    texts: &HashMap<&str, &Boilerplate>,
    variants: &HashMap<&str, Vec<&Boilerplate>>,
) -> BlockView {
    let of = variants.get(block.id.as_str()).map_or(&[][..], Vec::as_slice);
    let variant = |line: &&Boilerplate| VariantView { words: line.changes.clone(), documents: line.documents };
    BlockView {
        segments: segments(texts.get(block.id.as_str()).map_or(&block.opening, |line| &line.template)),
        documents: block.documents,
        variants: of.iter().map(variant).collect(),
    }
}

/// A template's text cut at its slots; doubled braces are one.
fn segments(template: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for piece in FormPieces(template) {
        match piece {
            FormPiece::Text(text) => push(&mut segments, text),
            FormPiece::Slot(slot) => {
                segments.push(Segment { slot: true, text: slot.trim_matches(['{', '}']).to_owned() });
            }
        }
    }
    segments
}

fn push(segments: &mut Vec<Segment>, text: &str) {
    match segments.last_mut().filter(|last| !last.slot) {
        Some(last) => last.text.push_str(text),
        None => segments.push(Segment { slot: false, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_is_what_two_thirds_say() {
        assert!(is_standard(4, 6) && is_standard(2, 3) && is_standard(2, 2));
        assert!(!is_standard(3, 5) && !is_standard(1, 2));
    }

    #[test]
    fn a_template_is_cut_at_its_slots() {
        let shown: Vec<_> =
            segments("On {platform}, {{see}} {date}").into_iter().map(|it| (it.slot, it.text)).collect();
        let expected = [(false, "On "), (true, "platform"), (false, ", {see} "), (true, "date")];
        assert_eq!(shown, expected.map(|(slot, text)| (slot, text.to_owned())));
    }
}
