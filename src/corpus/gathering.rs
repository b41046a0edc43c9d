//! Gathers documents one by one: what they share is counted, they themselves are held by whoever gathers them. In bounded memory:
//! what grows with the number of documents is put into [`Scratch`], but for a few bytes each.

use std::borrow::Cow;
use std::io;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::alongside::alongside;
use super::boilerplate::{Boilerplate, Templates};
use super::families::{Family, Members, families};
use super::mentions;
use super::scratch::{Scratch, Spool};
use super::sketch::Sketch;
use super::stored_once::{Candidates, Stored};
use super::table_rows::part_tables;
use super::tally::Tally;
use super::template_id::TemplateId;
use super::templates::TemplateCounts;
use super::totals::Totals;
use crate::document::PolicyDocument;

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
    stored: Stored,
    /// Families, by id.
    pub families: Vec<Members>,
    /// The family of each document, by its place.
    family_of: Vec<u32>,
    /// Figures of all documents.
    pub totals: Totals,
}

/// Place of no family.
const NONE: u32 = u32::MAX;

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
        self.sketches.push(&mentions::written(sketch))?;
        self.counts.add(sketch)
    }

    /// Finds what the documents share. The boilerplate is handed on by id: templates of enough platforms and near-duplicates of them.
    ///
    /// # Errors
    /// Those of `scratch` and of `take`.
    pub fn finish(self, mut take: impl FnMut(Boilerplate) -> io::Result<()>) -> io::Result<Gathered> {
        let Self { scratch, min_documents, counts, sketches, mut totals, platforms } = self;
        totals.platforms = platforms.len() as u64;
        let mut candidates = Candidates::new(min_documents, scratch)?;
        counts.each(|counted| candidates.add(&counted, totals.documents))?;
        let mut outlines = mentions::outlines(sketches, scratch, &mut candidates, &mut totals)?;
        let templates = std::mem::take(&mut candidates.templates);
        let elect = || families(&mut outlines, &templates);
        let (families, stored) = alongside(elect, || candidates.hand_on(&mut totals, &mut take));
        let (families, stored) = (families?, stored?);
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

    /// Takes out of a document the text that is stored once. A table of which rows are stored once becomes several blocks.
    pub fn store_once(&self, document: &mut PolicyDocument) {
        part_tables(document, &self.stored);
        for block in &mut document.blocks {
            if TemplateId::of(block.id).is_some_and(|id| self.stored.blocks.contains(&id)) {
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
