//! Writes a dataset in one go, document by document: nothing is held that grows with their number but a few bytes each.

use std::io::{self, Write};
use std::sync::Mutex;

use rayon::prelude::*;

use super::compact_json::push_line;
use super::dataset::File;
use super::{Formulas, csv, write_line};
use crate::corpus::{
    Counts, Documents, ErrorRecord, FlagCounts, Gathered, Gathering, InputsDigest, Limits, Manifest, Members, Scratch,
    Shelf, alongside,
};
use crate::flags::{self, Flag, Standard};

/// What a dataset is written from.
pub struct DatasetWriter<'a, D: ?Sized> {
    /// The documents, by number.
    pub documents: &'a D,
    /// Inputs that gave no document, by path.
    pub errors: &'a [ErrorRecord],
    /// Digest of the lexicon.
    pub lexicon: &'a str,
    /// How the documents are gathered.
    pub limits: Limits,
    /// Where flags wait for their turn, of families whose consensus is not held in memory until then.
    pub scratch: &'a dyn Scratch,
}

/// Opens the files of a dataset, each once.
pub type Open<'a> = &'a dyn Fn(File) -> io::Result<Box<dyn Write>>;

/// How many documents are looked at together.
const BATCH: usize = 128;

/// How many documents of these a thread takes at once: their lines are written together.
const SHARE: usize = 16;

/// Marks a document whose flags are not yet raised.
const NONE: u32 = u32::MAX;

impl<D: Documents + ?Sized> DatasetWriter<'_, D> {
    /// Writes all files; `gathering` was given the documents in the order of their paths. The manifest is the last that is written.
    ///
    /// # Errors
    /// Those of `open` and of what it opens, of the documents and of the scratch.
    pub fn write(&self, gathering: Gathering, open: Open) -> io::Result<Manifest> {
        let mut out = open(File::Boilerplate)?;
        let mut line = Vec::new();
        let gathered = gathering.finish(|boilerplate| {
            line.clear();
            push_line(&boilerplate, &mut line)?;
            out.write_all(&line)
        })?;
        out.flush()?;
        let families = self.write_families(&gathered, open(File::Families)?)?;
        let mut counts = Counts { errors: self.errors.len() as u64, ..Counts::of(&gathered.totals) };
        counts.families = gathered.families.len() as u64;
        let inputs = self.write_documents(&gathered, &families, &mut counts, open)?;
        let mut out = open(File::Errors)?;
        self.errors.iter().try_for_each(|error| write_line(&mut out, error))?;
        out.flush()?;
        let manifest = Manifest::new(inputs, counts, self.lexicon, self.limits.min_documents);
        let mut out = open(File::Manifest)?;
        super::dataset::write_manifest(&mut out, &manifest)?;
        out.flush()?;
        Ok(manifest)
    }

    /// Writes the families, one after the other. What they agree on is held until their documents are written, as far as there is room;
    /// beyond it flags are raised while it is at hand.
    fn write_families(&self, gathered: &Gathered, mut out: Box<dyn Write>) -> io::Result<Families> {
        let mut raised = Raised {
            shelf: Shelf::new(self.scratch)?,
            place_of: vec![NONE; gathered.totals.documents as usize],
            counts: FlagCounts::default(),
        };
        let (mut standards, mut room) = (Vec::with_capacity(gathered.families.len()), self.limits.memory);
        let mut line = Vec::new();
        for members in &gathered.families {
            let family = gathered.family(members, self.documents)?;
            line.clear();
            push_line(&family, &mut line)?;
            out.write_all(&line)?;
            let standard = Standard::of(family.consensus);
            let bytes = standard.bytes();
            if bytes > room {
                self.raise(gathered, members, &standard, &mut raised)?;
            }
            standards.push((bytes <= room).then_some(standard));
            room = room.saturating_sub(bytes);
        }
        out.flush()?;
        Ok(Families { standards, raised })
    }

    fn raise(
        &self,
        gathered: &Gathered,
        members: &Members,
        standard: &Standard,
        raised: &mut Raised,
    ) -> io::Result<()> {
        for batch in members.documents.chunks(BATCH) {
            let flags = |number: &u32| {
                let mut document = self.documents.load(*number as usize)?.into_owned();
                gathered.set_family(*number as usize, &mut document);
                FlagLines::of(&standard.check(&document))
            };
            let lines: Vec<_> = batch.par_iter().with_max_len(16).map(flags).collect();
            for (number, lines) in batch.iter().zip(lines) {
                raised.add(*number, &lines?)?;
            }
        }
        Ok(())
    }

    /// Writes documents, cookie rows and flags, and adds up what they hold; the digest of the inputs.
    fn write_documents(
        &self,
        gathered: &Gathered,
        families: &Families,
        counts: &mut Counts,
        open: Open,
    ) -> io::Result<String> {
        counts.flags = families.raised.counts;
        let mut files = Files::new(open, InputsDigest::new(self.errors), counts)?;
        let numbers: Vec<_> = (0..gathered.totals.documents as usize).collect();
        let emptied = Mutex::default();
        let lines = |batch: &[usize]| -> io::Result<Vec<Written>> {
            let written = |share| self.written(share, gathered, families, take_emptied(&emptied));
            batch.par_chunks(SHARE).map(written).collect()
        };
        let mut made = Vec::new();
        for batch in numbers.chunks(BATCH) {
            // The lines of some documents are written while those of the next are made.
            let (next, written) = alongside(|| lines(batch), || files.write(made, &emptied));
            written?;
            made = next?;
        }
        files.write(made, &emptied)?;
        files.finish()
    }

    fn written(
        &self,
        numbers: &[usize],
        gathered: &Gathered,
        families: &Families,
        mut into: Written,
    ) -> io::Result<Written> {
        numbers.iter().try_for_each(|number| self.write_one(*number, gathered, families, &mut into))?;
        Ok(into)
    }

    fn write_one(&self, number: usize, gathered: &Gathered, families: &Families, out: &mut Written) -> io::Result<()> {
        let mut document = self.documents.load(number)?.into_owned();
        gathered.set_family(number, &mut document);
        let family = gathered.family_of(number);
        match (family.and_then(|family| families.standards[family].as_ref()), family) {
            (Some(standard), _) => out.add_flags(&standard.check(&document))?,
            (None, Some(_)) => out.flags.extend(families.raised.of(number)?),
            (None, None) => out.add_flags(&flags::check(&document, None))?,
        }
        out.rows += document.cookies.len() as u64;
        csv::push_rows(&document, Formulas::Neutral, &mut out.cookies);
        gathered.store_once(&mut document);
        push_line(&document, &mut out.documents)?;
        out.inputs.push(Input { path: document.source.path, id: document.id });
        Ok(())
    }
}

/// The files that have lines for each document, and what is added up of them.
struct Files<'c> {
    documents: Box<dyn Write>,
    cookies: Box<dyn Write>,
    flags: Box<dyn Write>,
    digest: InputsDigest,
    counts: &'c mut Counts,
}

impl<'c> Files<'c> {
    fn new(open: Open, digest: InputsDigest, counts: &'c mut Counts) -> io::Result<Self> {
        let mut cookies = open(File::Cookies)?;
        csv::write_header(&mut cookies)?;
        Ok(Self { documents: open(File::Documents)?, cookies, flags: open(File::Flags)?, digest, counts })
    }

    fn write(&mut self, made: Vec<Written>, emptied: &Mutex<Vec<Written>>) -> io::Result<()> {
        for written in made {
            self.documents.write_all(&written.documents)?;
            self.cookies.write_all(&written.cookies)?;
            self.flags.write_all(&written.flags)?;
            written.inputs.iter().for_each(|input| self.digest.add(&input.path, &input.id));
            self.counts.cookies += written.rows;
            self.counts.flags.add(&written.counts);
            emptied.lock().expect("nothing panics in between").push(written.emptied());
        }
        Ok(())
    }

    /// The digest of the inputs.
    fn finish(mut self) -> io::Result<String> {
        [&mut self.documents, &mut self.cookies, &mut self.flags].into_iter().try_for_each(|out| out.flush())?;
        Ok(self.digest.finish())
    }
}

/// The lines of documents in the files of a dataset.
#[derive(Default)]
struct Written {
    documents: Vec<u8>,
    cookies: Vec<u8>,
    flags: Vec<u8>,
    inputs: Vec<Input>,
    rows: u64,
    counts: FlagCounts,
}

/// What was written before, since memory that is used again need not grow again.
fn take_emptied(emptied: &Mutex<Vec<Written>>) -> Written {
    emptied.lock().expect("nothing panics in between").pop().unwrap_or_default()
}

impl Written {
    /// Nothing, with the room that it took.
    fn emptied(mut self) -> Self {
        [&mut self.documents, &mut self.cookies, &mut self.flags].into_iter().for_each(Vec::clear);
        self.inputs.clear();
        Self { rows: 0, counts: FlagCounts::default(), ..self }
    }

    fn add_flags(&mut self, flags: &[Flag]) -> io::Result<()> {
        self.counts.add(&flags::count(flags));
        flags.iter().try_for_each(|flag| push_line(flag, &mut self.flags))
    }
}

/// What is known of families when their documents are written.
struct Families {
    /// What each agrees on, in the order of [`Gathered::families`]; none where the flags are raised.
    standards: Vec<Option<Standard<'static>>>,
    raised: Raised,
}

/// A source and what it held.
struct Input {
    path: String,
    id: String,
}

/// The flags of one document.
struct FlagLines {
    lines: Vec<u8>,
    counts: FlagCounts,
}

impl FlagLines {
    fn of(flags: &[flags::Flag]) -> io::Result<Self> {
        let mut lines = Vec::with_capacity(flags.len() * 512);
        flags.iter().try_for_each(|flag| push_line(flag, &mut lines))?;
        Ok(Self { lines, counts: flags::count(flags) })
    }
}

/// The flags of documents of families.
struct Raised {
    shelf: Shelf,
    /// Where on the shelf the flags of each document are.
    place_of: Vec<u32>,
    counts: FlagCounts,
}

impl Raised {
    fn add(&mut self, number: u32, flags: &FlagLines) -> io::Result<()> {
        self.place_of[number as usize] = u32::try_from(self.shelf.len()).map_err(io::Error::other)?;
        self.counts.add(&flags.counts);
        self.shelf.push(&flags.lines)
    }

    /// They were counted when they were raised.
    fn of(&self, number: usize) -> io::Result<Vec<u8>> {
        self.shelf.get(self.place_of[number] as usize)
    }
}
