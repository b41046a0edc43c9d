//! Gathers documents one by one: what they share is counted, they themselves are held by whoever gathers them. In bounded memory:
//! what grows with the number of documents is put into [`Scratch`], but for a few bytes each.

use std::borrow::Cow;
use std::io;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::boilerplate::{Boilerplate, Templates};
use super::families::{Family, Members, Outline, Outlines, Stretch, families};
use super::scratch::{Scratch, Spool};
use super::sketch::{Sketch, TemplateId};
use super::tally::Tally;
use super::templates::{Counted, TemplateCounts};
use super::variants::Originals;
use crate::document::{PolicyDocument, TextBlockKind};

/// How documents are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Documents of how many platforms make a template boilerplate; less than 2 is 2.
    pub min_documents: u64,
    /// About how many bytes of counts are held before they are put into [`Scratch`]. It changes no result.
    pub memory: usize,
}

/// Self-contained documents that can be looked at again, by number.
pub trait Documents: Sync {
    /// The document of a number.
    ///
    /// # Errors
    /// Those of where it is kept.
    fn load(&self, number: usize) -> io::Result<Cow<'_, PolicyDocument>>;
}

impl Documents for [PolicyDocument] {
    fn load(&self, number: usize) -> io::Result<Cow<'_, PolicyDocument>> {
        self.get(number).map(Cow::Borrowed).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// The first half: documents are added, by path.
pub struct Gathering<'s> {
    scratch: &'s dyn Scratch,
    min_documents: u64,
    counts: TemplateCounts<'s>,
    sketches: Spool,
    totals: Totals,
    platforms: FxHashSet<u64>,
}

/// The second half: what the documents share is known.
#[derive(Debug)]
pub struct Gathered {
    templates: Templates,
    /// Templates whose text is stored once.
    stored: FxHashSet<TemplateId>,
    /// Families, by id.
    pub families: Vec<Members>,
    /// The family of each document, by its place.
    family_of: Vec<u32>,
    /// Figures of all documents.
    pub totals: Totals,
}

/// Figures of a set of documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents.
    pub documents: u64,
    /// Platforms.
    pub platforms: u64,
    /// Blocks of text.
    pub blocks: u64,
    /// Words of all blocks.
    pub words: u64,
    /// Words of blocks that platforms share, counted wherever they stand.
    pub shared_words: u64,
    /// Templates that platforms share.
    pub boilerplate: u64,
    /// Templates that are a near-duplicate of another.
    pub variants: u64,
}

/// Place of no family.
const NONE: u32 = u32::MAX;

/// How many templates of one platform are looked at together.
const BATCH: usize = 1024;

impl<'s> Gathering<'s> {
    /// No documents yet.
    ///
    /// # Errors
    /// Those of `scratch`.
    pub fn new(scratch: &'s dyn Scratch, limits: Limits) -> io::Result<Self> {
        Ok(Self {
            scratch,
            min_documents: limits.min_documents.max(2),
            counts: TemplateCounts::new(scratch, limits.memory),
            sketches: Spool::new(scratch)?,
            totals: Totals::default(),
            platforms: FxHashSet::default(),
        })
    }

    /// Adds a document, which gets the next number from 0 on.
    ///
    /// # Errors
    /// Those of `scratch`.
    pub fn add(&mut self, sketch: &Sketch) -> io::Result<()> {
        self.totals.documents += 1;
        self.totals.blocks += sketch.all_blocks;
        self.platforms.insert(sketch.platform);
        self.sketches.push(&Mention::written(sketch))?;
        self.counts.add(sketch)
    }

    /// Finds what the documents share. The boilerplate is handed on by id: templates of enough platforms and near-duplicates of them.
    ///
    /// # Errors
    /// Those of `scratch` and of `take`.
    pub fn finish(self, mut take: impl FnMut(Boilerplate) -> io::Result<()>) -> io::Result<Gathered> {
        let Self { scratch, min_documents, counts, sketches, mut totals, platforms } = self;
        totals.platforms = platforms.len() as u64;
        let mut shared =
            Shared { min_documents, templates: Templates::default(), lines: Vec::new(), others: Spool::new(scratch)? };
        counts.each(|counted| shared.add(&counted, totals.documents))?;
        let Shared { templates, lines, others, .. } = shared;
        totals.boilerplate = lines.len() as u64;
        let mut stored: FxHashSet<TemplateId> = lines.iter().filter_map(|line| TemplateId::of(&line.id)).collect();
        let mut hand_on = |line: Boilerplate| {
            stored.extend(TemplateId::of(&line.id));
            totals.variants += u64::from(line.variant_of.is_some());
            take(line)
        };
        link_variants(lines, others, totals.documents, &mut hand_on)?;
        let mut outlines = outlines(sketches, scratch, &templates, min_documents, &mut totals)?;
        let families = families(&mut outlines, &templates)?;
        let mut family_of = vec![NONE; totals.documents as usize];
        for (place, family) in (0..).zip(&families) {
            family.documents.iter().for_each(|number| family_of[*number as usize] = place);
        }
        Ok(Gathered { templates, stored, families, family_of, totals })
    }
}

impl Gathered {
    /// A family with its consensus; `documents` are those that were gathered.
    ///
    /// # Errors
    /// Those of `documents`.
    pub fn family(&self, members: &Members, documents: &(impl Documents + ?Sized)) -> io::Result<Family> {
        let count = |mut part: Part, number: &u32| {
            let document = documents.load(*number as usize)?;
            part.tally.add(&document, &self.templates);
            part.paths.push(document.source.path.clone());
            Ok(part)
        };
        let parts = members.documents.par_iter().with_min_len(16).try_fold(Part::default, count);
        let Part { tally, mut paths } = parts.try_reduce(Part::default, |a, b| io::Result::Ok(a.merge(b)))?;
        paths.sort();
        let (id, platforms) = (members.id.clone(), tally.platforms());
        Ok(Family { id, documents: paths, platforms, consensus: tally.consensus(&self.templates) })
    }

    /// The place of a document's family among [`Gathered::families`].
    pub fn family_of(&self, number: usize) -> Option<usize> {
        self.family_of.get(number).filter(|place| **place != NONE).map(|place| *place as usize)
    }

    /// Sets the family of a document.
    pub fn set_family(&self, number: usize, document: &mut PolicyDocument) {
        document.family = self.family_of(number).map(|place| self.families[place].id.clone());
    }

    /// Takes out of a document the text that is stored once.
    pub fn store_once(&self, document: &mut PolicyDocument) {
        for block in &mut document.blocks {
            if TemplateId::of(&block.id).is_some_and(|id| self.stored.contains(&id)) {
                block.text = None;
            }
        }
    }

    /// What is known of shared templates.
    #[cfg(test)]
    pub(super) fn templates(self) -> Templates {
        self.templates
    }
}

/// What was counted of some members of a family.
#[derive(Default)]
struct Part {
    tally: Tally,
    paths: Vec<String>,
}

impl Part {
    fn merge(mut self, other: Self) -> Self {
        if self.paths.is_empty() {
            return other;
        }
        self.tally.merge(other.tally);
        self.paths.extend(other.paths);
        self
    }
}

/// Templates parted by how many platforms hold them.
struct Shared {
    min_documents: u64,
    templates: Templates,
    /// Lines of those that enough platforms hold.
    lines: Vec<Boilerplate>,
    /// All others, by id.
    others: Spool,
}

impl Shared {
    fn add(&mut self, counted: &Counted, of: u64) -> io::Result<()> {
        let platforms = counted.count.platforms();
        if platforms > 1 {
            self.templates.push(counted);
        }
        if platforms >= self.min_documents {
            self.lines.push(counted.boilerplate(of));
            return Ok(());
        }
        self.others.push(&postcard::to_stdvec(counted).map_err(io::Error::other)?)
    }
}

/// Links near-duplicates and hands all lines on, by id.
fn link_variants(
    mut lines: Vec<Boilerplate>,
    mut others: Spool,
    of: u64,
    take: &mut impl FnMut(Boilerplate) -> io::Result<()>,
) -> io::Result<()> {
    let originals = Originals::link(&mut lines);
    lines.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let mut lines = lines.into_iter().peekable();
    let mut records = others.records()?;
    loop {
        let batch = batch(&mut records)?;
        if batch.is_empty() {
            break;
        }
        let variants: Vec<_> =
            batch.par_iter().filter_map(|record| variant(record, &originals, of).transpose()).collect();
        for variant in variants {
            let variant = variant?;
            while let Some(line) = lines.next_if(|line| line.id < variant.id) {
                take(line)?;
            }
            take(variant)?;
        }
    }
    lines.try_for_each(take)
}

fn batch(records: &mut super::scratch::Records<impl io::Read>) -> io::Result<Vec<Vec<u8>>> {
    let mut batch = Vec::new();
    let mut record = Vec::new();
    while batch.len() < BATCH && records.next(&mut record)? {
        batch.push(std::mem::take(&mut record));
    }
    Ok(batch)
}

fn variant(record: &[u8], originals: &Originals, of: u64) -> io::Result<Option<Boilerplate>> {
    let counted: Counted = postcard::from_bytes(record).map_err(io::Error::other)?;
    let form = counted.count.any_form().unwrap_or_default();
    Ok(originals.variant(form, || counted.boilerplate(of)))
}

/// What the outline of a document needs to know of a block.
struct Mention {
    id: TemplateId,
    words: u32,
    furniture: bool,
    cookie_table: bool,
}

impl Mention {
    const BYTES: usize = 21;

    /// All blocks of a sketch.
    fn written(sketch: &Sketch) -> Vec<u8> {
        let mut out = Vec::with_capacity(sketch.blocks.len() * Self::BYTES);
        for block in &sketch.blocks {
            out.extend_from_slice(&block.id.0.to_le_bytes());
            out.extend_from_slice(&block.words.to_le_bytes());
            out.push(u8::from(block.kind == TextBlockKind::Furniture) | u8::from(block.cookie_table) << 1);
        }
        out
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (id, rest) = bytes.split_first_chunk()?;
        let (words, rest) = rest.split_first_chunk()?;
        let marks = *rest.first()?;
        let (id, words) = (TemplateId(u128::from_le_bytes(*id)), u32::from_le_bytes(*words));
        Some(Self { id, words, furniture: marks & 1 != 0, cookie_table: marks & 2 != 0 })
    }
}

/// The outlines of all documents, whose words are added up on the way.
fn outlines(
    mut sketches: Spool,
    scratch: &dyn Scratch,
    templates: &Templates,
    min_documents: u64,
    totals: &mut Totals,
) -> io::Result<Outlines> {
    let (mut outlines, mut record) = (Outlines::new(scratch)?, Vec::new());
    let mut records = sketches.records()?;
    while records.next(&mut record)? {
        let (mut shared, mut prose) = (Vec::new(), 0);
        for mention in record.chunks_exact(Mention::BYTES).filter_map(Mention::read) {
            let place = templates.place(mention.id);
            let template = place.map(|place| templates.at(place));
            let words = template.map_or(u64::from(mention.words), |template| template.words);
            totals.words += words;
            totals.shared_words += if template.is_some_and(|it| it.platforms >= min_documents) { words } else { 0 };
            if !mention.furniture {
                prose += if mention.cookie_table { 0 } else { words };
                shared.extend(place.map(|place| Stretch { place, cookie_table: mention.cookie_table }));
            }
        }
        outlines.push(&Outline::new(shared, prose, templates))?;
    }
    Ok(outlines)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::scratch::InMemory;
    use super::*;

    /// What documents share, in memory.
    pub(in super::super) fn gathered(documents: &[PolicyDocument]) -> Gathered {
        let limits = Limits { min_documents: 2, memory: usize::MAX };
        let mut gathering = Gathering::new(&InMemory, limits).unwrap();
        documents.iter().for_each(|document| gathering.add(&Sketch::of(document)).unwrap());
        gathering.finish(|_| Ok(())).unwrap()
    }

    /// The templates that documents share.
    pub(in super::super) fn templates_of(documents: &[PolicyDocument]) -> Templates {
        gathered(documents).templates()
    }
}
