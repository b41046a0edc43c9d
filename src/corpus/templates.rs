//! Counts templates over documents in bounded memory: what does not fit is put down in sorted runs, which are merged at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::scratch::{Records, Scratch, ScratchFile, Spool};
use super::sketch::{BlockSketch, Sketch};
use super::template_id::TemplateId;
use crate::document::TextBlockKind;

/// Counts of a template: a sum over documents, in any order and in any number of parts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Count {
    /// Number of documents that hold it.
    pub(super) documents: u64,
    /// Words of its longest form: forms of one template may differ by a blank around a dash. None are counted of a row.
    pub(super) words: u32,
    /// True for rows of tables.
    pub(super) is_row: bool,
    /// Hashes of the platforms whose documents hold it; sorted and each once only after [`Count::settle`].
    platforms: Vec<u64>,
    /// Its forms, by hash and kind.
    pub(super) forms: Vec<FormCount>,
}

/// Counts of a printed form of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FormCount {
    pub(super) form: u64,
    pub(super) kind: TextBlockKind,
    pub(super) text: String,
    pub(super) documents: u64,
}

/// A template with its counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Counted {
    pub(super) id: TemplateId,
    pub(super) count: Count,
}

/// Counts of all templates that a number of documents hold.
pub(super) struct TemplateCounts<'s> {
    scratch: &'s dyn Scratch,
    /// Bytes that may be held.
    memory: usize,
    held: FxHashMap<TemplateId, Count>,
    /// About how many bytes are held.
    bytes: usize,
    /// What was put down, in tiers: a run of one is made of [`FAN_IN`] of the one before it.
    tiers: Vec<Vec<Spool>>,
}

/// How many runs of one tier are merged into one of the next: so few files are open whatever the number of documents, and a count is
/// written again as often as there are tiers.
const FAN_IN: usize = 16;

/// About how many bytes a template takes beside its text, and a platform of it.
const TEMPLATE_BYTES: usize = 192;
const PLATFORM_BYTES: usize = 8;

impl Count {
    /// Number of platforms; only of a settled count.
    pub(super) fn platforms(&self) -> u64 {
        self.platforms.len() as u64
    }

    fn settle(&mut self) {
        self.platforms.sort_unstable();
        self.platforms.dedup();
    }

    /// Adds a platform; the number of bytes that it takes.
    fn add_platform(&mut self, platform: u64) -> usize {
        if self.platforms.last() == Some(&platform) {
            return 0;
        }
        // Where the list is about to grow, what stands in it twice may make room.
        if self.platforms.len() == self.platforms.capacity() && self.platforms.len() > 64 {
            self.settle();
        }
        self.platforms.push(platform);
        PLATFORM_BYTES
    }

    /// Counts a form; the number of bytes that it takes.
    fn add_form(&mut self, block: &BlockSketch, text: &str) -> usize {
        self.words = self.words.max(block.words);
        match self.forms.binary_search_by_key(&(block.form, block.kind), FormCount::key) {
            Ok(place) => {
                self.forms[place].documents += 1;
                0
            }
            Err(place) => {
                let (form, kind, text) = (block.form, block.kind, text.to_owned());
                let bytes = text.len() + size_of::<FormCount>();
                self.forms.reserve_exact(1);
                self.forms.insert(place, FormCount { form, kind, text, documents: 1 });
                bytes
            }
        }
    }

    /// Adds the counts of other documents.
    fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.is_row |= other.is_row;
        self.words = self.words.max(other.words);
        self.platforms.extend(other.platforms);
        for theirs in other.forms {
            match self.forms.binary_search_by_key(&theirs.key(), FormCount::key) {
                Ok(place) => self.forms[place].documents += theirs.documents,
                Err(place) => self.forms.insert(place, theirs),
            }
        }
    }
}

impl FormCount {
    fn key(&self) -> (u64, TextBlockKind) {
        (self.form, self.kind)
    }
}

impl<'s> TemplateCounts<'s> {
    /// Nothing counted; about `memory` bytes may be held.
    pub(super) fn new(scratch: &'s dyn Scratch, memory: usize) -> Self {
        Self { scratch, memory, held: FxHashMap::default(), bytes: 0, tiers: Vec::new() }
    }

    /// Counts a document: each template and each form of it once.
    pub(super) fn add(&mut self, sketch: &Sketch) -> io::Result<()> {
        for same in sketch.blocks.chunk_by(|a, b| a.id == b.id) {
            let (held, bytes) = (self.held.len(), &mut self.bytes);
            let count = self.held.entry(same[0].id).or_default();
            count.documents += 1;
            count.is_row = same[0].row_of.is_some();
            *bytes += count.add_platform(sketch.platform);
            for form in same.chunk_by(|a, b| (a.form, a.kind) == (b.form, b.kind)) {
                *bytes += count.add_form(&form[0], sketch.form(&form[0]));
            }
            *bytes += (self.held.len() - held) * TEMPLATE_BYTES;
        }
        if self.bytes > self.memory { self.spill() } else { Ok(()) }
    }

    /// Puts down what is held as a run, sorted by id.
    fn spill(&mut self) -> io::Result<()> {
        let mut run = Run::new(self.scratch)?;
        sorted(std::mem::take(&mut self.held)).try_for_each(|counted| run.push(&counted))?;
        self.bytes = 0;
        self.keep(run.spool)
    }

    /// Keeps a run of the first tier; a tier that is full is merged into a run of the next.
    fn keep(&mut self, mut run: Spool) -> io::Result<()> {
        for tier in 0.. {
            if self.tiers.len() == tier {
                self.tiers.push(Vec::new());
            }
            self.tiers[tier].push(run);
            if self.tiers[tier].len() < FAN_IN {
                break;
            }
            let mut merged = Run::new(self.scratch)?;
            Merge::of(std::mem::take(&mut self.tiers[tier]))?.each(|counted| merged.push(&counted))?;
            run = merged.spool;
        }
        Ok(())
    }

    /// Hands on each template with the counts of all documents, by id.
    pub(super) fn each(mut self, take: impl FnMut(Counted) -> io::Result<()>) -> io::Result<()> {
        if self.tiers.is_empty() {
            return sorted(self.held).try_for_each(take);
        }
        self.spill()?;
        Merge::of(self.tiers.into_iter().flatten().collect())?.each(take)
    }
}

/// A run that is being written.
struct Run {
    spool: Spool,
    record: Vec<u8>,
}

impl Run {
    fn new(scratch: &dyn Scratch) -> io::Result<Self> {
        Ok(Self { spool: Spool::new(scratch)?, record: Vec::new() })
    }

    fn push(&mut self, counted: &Counted) -> io::Result<()> {
        self.record.clear();
        postcard::to_io(counted, &mut self.record).map_err(io::Error::other)?;
        self.spool.push(&self.record)
    }
}

fn sorted(held: FxHashMap<TemplateId, Count>) -> impl Iterator<Item = Counted> {
    let mut all: Vec<_> = held.into_iter().map(|(id, count)| Counted { id, count }).collect();
    all.sort_unstable_by_key(|counted| counted.id);
    all.into_iter().map(|mut counted| {
        counted.count.settle();
        counted
    })
}

/// Several sorted runs read as one.
struct Merge {
    runs: Vec<Records<Box<dyn ScratchFile>>>,
    /// The first template of each run that is not yet taken.
    firsts: Vec<Option<Counted>>,
    order: BinaryHeap<Reverse<(TemplateId, usize)>>,
    record: Vec<u8>,
}

impl Merge {
    fn of(runs: Vec<Spool>) -> io::Result<Self> {
        let runs: io::Result<Vec<_>> = runs.into_iter().map(Spool::into_records).collect();
        let mut merge = Self { runs: runs?, firsts: Vec::new(), order: BinaryHeap::new(), record: Vec::new() };
        merge.firsts.resize_with(merge.runs.len(), || None);
        (0..merge.runs.len()).try_for_each(|run| merge.advance(run))?;
        Ok(merge)
    }

    fn advance(&mut self, run: usize) -> io::Result<()> {
        if self.runs[run].next(&mut self.record)? {
            let counted: Counted = postcard::from_bytes(&self.record).map_err(io::Error::other)?;
            self.order.push(Reverse((counted.id, run)));
            self.firsts[run] = Some(counted);
        }
        Ok(())
    }

    fn each(mut self, mut take: impl FnMut(Counted) -> io::Result<()>) -> io::Result<()> {
        while let Some(counted) = self.next()? {
            take(counted)?;
        }
        Ok(())
    }

    fn next(&mut self) -> io::Result<Option<Counted>> {
        let mut merged: Option<Counted> = None;
        while let Some(&Reverse((id, run))) = self.order.peek() {
            if merged.as_ref().is_some_and(|merged| merged.id != id) {
                break;
            }
            self.order.pop();
            match (&mut merged, self.firsts[run].take()) {
                (Some(merged), Some(counted)) => merged.count.merge(counted.count),
                (None, counted) => merged = counted,
                (Some(_), None) => {}
            }
            self.advance(run)?;
        }
        if let Some(merged) = &mut merged {
            merged.count.settle();
        }
        Ok(merged)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::family_of_five;
    use super::super::scratch::InMemory;
    use super::*;

    #[test]
    fn any_memory_and_any_order_give_the_same_counts() {
        let sketches: Vec<_> = family_of_five().iter().map(Sketch::of).collect();
        let counted = |memory, order: &[usize]| {
            let mut counts = TemplateCounts::new(&InMemory, memory);
            order.iter().for_each(|place| counts.add(&sketches[*place]).unwrap());
            let runs = counts.tiers.iter().map(Vec::len).sum::<usize>();
            let mut all = Vec::new();
            let take = |counted| {
                all.push(counted);
                Ok(())
            };
            counts.each(take).unwrap();
            (all, runs)
        };
        let (whole, runs) = counted(usize::MAX, &[0, 1, 2, 3, 4]);
        assert!(runs == 0 && whole.len() > 5 && whole.is_sorted_by_key(|counted| counted.id));
        for (memory, order) in [(0, [0, 1, 2, 3, 4]), (0, [4, 2, 0, 3, 1]), (1_500, [3, 1, 4, 0, 2])] {
            let (parts, runs) = counted(memory, &order);
            assert!(runs > 0 && parts == whole, "memory {memory}");
        }
    }

    #[test]
    fn runs_of_many_tiers_give_the_same_counts_and_few_files_stay_open() {
        let sketches: Vec<_> = family_of_five().iter().map(Sketch::of).collect();
        let counted = |memory: usize| {
            let mut counts = TemplateCounts::new(&InMemory, memory);
            let (mut all, mut most) = (Vec::new(), 0);
            for sketch in sketches.iter().cycle().take(sketches.len() * FAN_IN * FAN_IN / 4) {
                counts.add(sketch).unwrap();
                most = most.max(counts.tiers.iter().map(Vec::len).sum::<usize>());
            }
            let tiers = counts.tiers.len();
            let take = |counted| {
                all.push(counted);
                Ok(())
            };
            counts.each(take).unwrap();
            (all, tiers, most)
        };
        let ((whole, none, _), (parts, tiers, most)) = (counted(usize::MAX), counted(0));
        assert!(none == 0 && tiers == 3, "{tiers} tiers");
        assert!(parts == whole && most < 3 * FAN_IN, "{most} runs");
    }
}
