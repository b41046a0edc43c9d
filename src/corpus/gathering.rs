//! Gathers documents one by one: what they share is counted, they themselves are held by whoever gathers them. In bounded memory:
//! what grows with the number of documents is put into [`Scratch`], but for a few bytes each.

use std::borrow::Cow;
use std::io;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::boilerplate::{Boilerplate, Templates};
use super::families::{Family, Members, Outline, Outlines, Stretch, families};
use super::scratch::{Scratch, Spool};
use super::sketch::{Sketch, TemplateId};
use super::table_rows::part_tables;
use super::tally::Tally;
use super::template::words;
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
    /// Templates whose text is stored once, rows of tables left out.
    stored: FxHashSet<TemplateId>,
    /// Rows of tables that are stored once.
    stored_rows: FxHashSet<TemplateId>,
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
        let mut shared = Shared::new(min_documents, scratch)?;
        counts.each(|counted| shared.add(&counted, totals.documents))?;
        let Shared { templates, mut lines, mut rows, others, .. } = shared;
        let mut outlines = outlines(sketches, scratch, &templates, &mut rows, &mut totals)?;
        let mut stored: FxHashSet<TemplateId> = lines.iter().filter_map(|line| TemplateId::of(&line.id)).collect();
        let SharedRows { lines: row_lines, used: stored_rows, parted, .. } = rows;
        lines.extend(row_lines.into_iter().filter_map(|(id, row)| stored_rows.contains(&id).then_some(row.line)));
        totals.boilerplate = lines.len() as u64;
        let mut hand_on = |line: Boilerplate| {
            let id = TemplateId::of(&line.id).filter(|id| !stored_rows.contains(id));
            stored.extend(id);
            totals.variants += u64::from(line.variant_of.is_some());
            take(line)
        };
        let may_be_variant = |id: TemplateId| !parted.contains(&id);
        link_variants(lines, others, totals.documents, may_be_variant, &mut hand_on)?;
        let families = families(&mut outlines, &templates)?;
        let mut family_of = vec![NONE; totals.documents as usize];
        for (place, family) in (0..).zip(&families) {
            family.documents.iter().for_each(|number| family_of[*number as usize] = place);
        }
        Ok(Gathered { templates, stored, stored_rows, families, family_of, totals })
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

    /// Takes out of a document the text that is stored once. A table of which rows are stored once becomes several blocks.
    pub fn store_once(&self, document: &mut PolicyDocument) {
        part_tables(document, &self.stored, &self.stored_rows);
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
    rows: SharedRows,
    /// All others, by id.
    others: Spool,
}

/// Rows of tables that enough platforms hold.
struct SharedRows {
    min_documents: u64,
    lines: FxHashMap<TemplateId, SharedRow>,
    /// Those that stand in a table which is not stored as a whole.
    used: FxHashSet<TemplateId>,
    /// Those tables.
    parted: FxHashSet<TemplateId>,
}

struct SharedRow {
    words: u64,
    line: Boilerplate,
}

impl Shared {
    fn new(min_documents: u64, scratch: &dyn Scratch) -> io::Result<Self> {
        let (rows, others) = (SharedRows::new(min_documents), Spool::new(scratch)?);
        Ok(Self { min_documents, templates: Templates::default(), lines: Vec::new(), rows, others })
    }

    fn add(&mut self, counted: &Counted, of: u64) -> io::Result<()> {
        let platforms = counted.count.platforms();
        let enough = platforms >= self.min_documents;
        if counted.count.is_row {
            if enough {
                self.rows.add(counted, of);
            }
            return Ok(());
        }
        if platforms > 1 {
            self.templates.push(counted);
        }
        if enough {
            self.lines.push(counted.boilerplate(of));
            return Ok(());
        }
        self.others.push(&postcard::to_stdvec(counted).map_err(io::Error::other)?)
    }
}

impl SharedRows {
    fn new(min_documents: u64) -> Self {
        Self { min_documents, lines: FxHashMap::default(), used: FxHashSet::default(), parted: FxHashSet::default() }
    }

    fn add(&mut self, counted: &Counted, of: u64) {
        let line = counted.boilerplate(of);
        self.lines.insert(counted.id, SharedRow { words: words(&line.template), line });
    }

    /// Notes that a row stands in a table; its words, if they are stored once because of that.
    fn words_in(&mut self, row: TemplateId, table: TemplateId, templates: &Templates) -> u64 {
        let as_a_whole = templates.get(table).is_some_and(|table| table.platforms >= self.min_documents);
        let Some(shared) = self.lines.get(&row).filter(|_| !as_a_whole) else { return 0 };
        self.used.insert(row);
        self.parted.insert(table);
        shared.words
    }
}

/// Links near-duplicates and hands all lines on, by id. A table that is parted into rows is no near-duplicate as a whole.
fn link_variants(
    mut lines: Vec<Boilerplate>,
    mut others: Spool,
    of: u64,
    may_be_variant: impl Fn(TemplateId) -> bool + Sync,
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
        let variant = |record| variant(record, &originals, of, &may_be_variant).transpose();
        let variants: Vec<_> = batch.par_iter().filter_map(|record: &Vec<u8>| variant(record)).collect();
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

fn variant(
    record: &[u8],
    originals: &Originals,
    of: u64,
    may_be_variant: &impl Fn(TemplateId) -> bool,
) -> io::Result<Option<Boilerplate>> {
    let counted: Counted = postcard::from_bytes(record).map_err(io::Error::other)?;
    let form = counted.count.any_form().filter(|_| may_be_variant(counted.id));
    Ok(form.and_then(|form| originals.variant(form, || counted.boilerplate(of))))
}

/// What is kept of a sketch until all templates are counted.
enum Mention {
    Block(BlockMention),
    /// A row of a table, with that table.
    Row {
        id: TemplateId,
        table: TemplateId,
    },
}

/// What the outline of a document needs to know of a block.
struct BlockMention {
    id: TemplateId,
    words: u32,
    furniture: bool,
    cookie_table: bool,
}

impl Mention {
    const ROW: u8 = 4;

    /// All blocks of a sketch, and rows of tables.
    fn written(sketch: &Sketch) -> Vec<u8> {
        let mut out = Vec::with_capacity(sketch.blocks.len() * 21);
        for block in &sketch.blocks {
            let marks = u8::from(block.kind == TextBlockKind::Furniture) | u8::from(block.cookie_table) << 1;
            out.push(block.row_of.map_or(marks, |_| Self::ROW));
            out.extend_from_slice(&block.id.0.to_le_bytes());
            match block.row_of {
                Some(table) => out.extend_from_slice(&table.0.to_le_bytes()),
                None => out.extend_from_slice(&block.words.to_le_bytes()),
            }
        }
        out
    }

    /// Takes the first of what was written.
    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (marks, rest) = bytes.split_first()?;
        let (id, rest) = rest.split_first_chunk()?;
        let id = TemplateId(u128::from_le_bytes(*id));
        if *marks == Self::ROW {
            let (table, rest) = rest.split_first_chunk()?;
            *bytes = rest;
            return Some(Self::Row { id, table: TemplateId(u128::from_le_bytes(*table)) });
        }
        let (words, rest) = rest.split_first_chunk()?;
        *bytes = rest;
        let words = u32::from_le_bytes(*words);
        Some(Self::Block(BlockMention { id, words, furniture: marks & 1 != 0, cookie_table: marks & 2 != 0 }))
    }
}

/// The outlines of all documents, whose words are added up on the way; rows that stand in tables of their own are noted.
fn outlines(
    mut sketches: Spool,
    scratch: &dyn Scratch,
    templates: &Templates,
    rows: &mut SharedRows,
    totals: &mut Totals,
) -> io::Result<Outlines> {
    let (mut outlines, mut record) = (Outlines::new(scratch)?, Vec::new());
    let mut records = sketches.records()?;
    while records.next(&mut record)? {
        let (mut outline, mut bytes) = (Outlining::default(), record.as_slice());
        while let Some(mention) = Mention::read(&mut bytes) {
            match mention {
                Mention::Row { id, table } => totals.shared_words += rows.words_in(id, table, templates),
                Mention::Block(block) => {
                    let template = templates.get(block.id);
                    let words = template.map_or(u64::from(block.words), |template| template.words);
                    let is_stored = template.is_some_and(|it| it.platforms >= rows.min_documents);
                    totals.words += words;
                    totals.shared_words += if is_stored { words } else { 0 };
                    outline.add(&block, templates.place(block.id), words);
                }
            }
        }
        outlines.push(&Outline::new(outline.shared, outline.prose, templates))?;
    }
    Ok(outlines)
}

/// What of a document becomes its outline.
#[derive(Default)]
struct Outlining {
    shared: Vec<Stretch>,
    prose: u64,
}

impl Outlining {
    fn add(&mut self, block: &BlockMention, place: Option<u32>, words: u64) {
        if !block.furniture {
            self.prose += if block.cookie_table { 0 } else { words };
            self.shared.extend(place.map(|place| Stretch { place, cookie_table: block.cookie_table }));
        }
    }
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
