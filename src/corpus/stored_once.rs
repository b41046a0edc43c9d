//! Templates once all documents are counted: which of them are stored once, and which resemble one that is. Counts nothing itself.

use std::io;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::boilerplate::{Boilerplate, SharedTemplate, Templates};
use super::scratch::{Records, Scratch, Spool};
use super::template_id::{RowTemplate, TemplateId};
use super::templates::Counted;
use super::totals::Totals;
use super::variants::Originals;
use super::word_count::words;

/// What is stored once.
#[derive(Debug)]
pub(super) struct Stored {
    /// Templates of blocks.
    pub(super) blocks: FxHashSet<TemplateId>,
    /// Rows of tables, by their printed text with slots: which template it is of need not be found out again.
    pub(super) rows: FxHashMap<String, RowTemplate>,
}

/// Templates that were counted, parted by how many platforms hold them.
pub(super) struct Candidates {
    min_documents: u64,
    /// Those of two platforms or more, rows of tables left out.
    pub(super) templates: Templates,
    /// Lines of those that enough platforms hold.
    lines: Vec<Boilerplate>,
    rows: SharedRows,
    /// All others, by id.
    others: Spool,
}

/// Rows of tables that enough platforms hold.
#[derive(Default)]
struct SharedRows {
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

impl Candidates {
    /// None yet.
    pub(super) fn new(min_documents: u64, scratch: &dyn Scratch) -> io::Result<Self> {
        let (rows, others) = (SharedRows::default(), Spool::new(scratch)?);
        Ok(Self { min_documents, templates: Templates::default(), lines: Vec::new(), rows, others })
    }

    /// Adds a template of so many documents; they are to come by id.
    pub(super) fn add(&mut self, counted: &Counted, of: u64) -> io::Result<()> {
        let platforms = counted.count.platforms();
        let enough = platforms >= self.min_documents;
        if counted.count.is_row {
            if enough {
                self.rows.add(counted, of);
            }
            return Ok(());
        }
        if platforms > 1 {
            self.templates.push(counted.shared());
        }
        if enough {
            self.lines.push(counted.boilerplate(of));
            return Ok(());
        }
        self.others.push(&postcard::to_stdvec(counted).map_err(io::Error::other)?)
    }

    /// True where the text of a template is stored once.
    pub(super) fn is_stored(&self, template: &SharedTemplate) -> bool {
        template.platforms >= self.min_documents
    }

    /// Notes that a row stands in a table; its words, if they are stored once because of that.
    pub(super) fn words_of_row(&mut self, row: TemplateId, table: TemplateId) -> u64 {
        let as_a_whole = self.templates.get(table).is_some_and(|table| self.is_stored(table));
        let Some(shared) = self.rows.lines.get(&row).filter(|_| !as_a_whole) else { return 0 };
        self.rows.used.insert(row);
        self.rows.parted.insert(table);
        shared.words
    }

    /// Hands on the boilerplate, by id, and adds up what it is.
    ///
    /// # Errors
    /// Those of the scratch and of `take`.
    pub(super) fn hand_on(
        self,
        totals: &mut Totals,
        take: &mut impl FnMut(Boilerplate) -> io::Result<()>,
    ) -> io::Result<Stored> {
        let Self { mut lines, rows, others, .. } = self;
        let blocks = lines.iter().filter_map(|line| TemplateId::read(&line.id)).collect();
        let mut stored = Stored { blocks, rows: FxHashMap::default() };
        for (id, SharedRow { line, .. }) in rows.lines.into_iter().filter(|(id, _)| rows.used.contains(id)) {
            stored.rows.extend(line.forms.iter().map(|form| (form.text.clone(), RowTemplate::named(id, &form.form))));
            lines.push(line);
        }
        totals.boilerplate = lines.len() as u64;
        let mut hand_on = |line: Boilerplate| {
            let id = TemplateId::read(&line.id);
            stored.blocks.extend(id.filter(|id| !rows.used.contains(id)));
            totals.variants += u64::from(line.variant_of.is_some());
            take(line)
        };
        let may_be_variant = |id: TemplateId| !rows.parted.contains(&id);
        link_variants(lines, others, totals.documents, may_be_variant, &mut hand_on)?;
        Ok(stored)
    }
}

impl SharedRows {
    fn add(&mut self, counted: &Counted, of: u64) {
        let line = counted.boilerplate(of);
        self.lines.insert(counted.id, SharedRow { words: words(&line.template), line });
    }
}

/// How many templates of one platform are looked at together.
const BATCH: usize = 1024;

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

fn batch(records: &mut Records<impl io::Read>) -> io::Result<Vec<Vec<u8>>> {
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
