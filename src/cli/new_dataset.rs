//! From documents to the folder of a dataset: they are put aside one by one, and written when all are known. Shared by `extract` and `merge`.

use std::io;
use std::path::{Path, PathBuf};

use polinorm::corpus::{ErrorRecord, Gathering, Limits, Manifest, Scratch, ScratchFile, Sketch};
use polinorm::document::PolicyDocument;
use polinorm::export::dataset_writer::DatasetWriter;
use polinorm::lexicon::lexicon;
use polinorm::source::Source;
use polinorm::{Error, ExtractOptions, Result};

use super::dataset_folder::{self, NewFolder};
use super::document_log::{self, DocumentLog, Earlier, Entry, Key};
use super::inputs::Understand;

/// A document made ready to be added.
pub struct Prepared {
    entry: Entry,
    sketch: Sketch,
}

/// Where a dataset is to stand, and room beside it for what is not held in memory: files without a name, gone when the program is.
#[derive(Debug)]
pub struct Destination {
    folder: PathBuf,
    room: PathBuf,
}

/// A dataset on its way.
pub struct NewDataset<'d> {
    destination: &'d Destination,
    limits: Limits,
    log: DocumentLog,
    gathering: Gathering<'d>,
    documents: usize,
    known: usize,
}

impl Destination {
    /// The folder of a dataset.
    ///
    /// # Errors
    /// Those of [`dataset_folder::check_target`].
    pub fn new(folder: &Path) -> Result<Self> {
        dataset_folder::check_target(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            room: dataset_folder::parent_of(&dataset_folder::real(folder)).to_owned(),
        })
    }

    fn failed(&self, error: io::Error) -> Error {
        dataset_folder::cannot_write(&self.folder, error)
    }
}

impl Scratch for Destination {
    fn file(&self) -> io::Result<Box<dyn ScratchFile>> {
        Ok(Box::new(tempfile::tempfile_in(&self.room)?))
    }
}

/// Makes a document ready to be added, on any thread: it is understood, unless an earlier run has left it.
///
/// # Errors
/// Those of `understand`.
pub fn prepare(
    source: Source,
    earlier: &Earlier,
    options: &ExtractOptions,
    understand: &Understand,
) -> Result<Prepared> {
    let key = earlier.key(&source, options);
    if let Some((place, document)) = earlier.find(key) {
        return Ok(Prepared { entry: Entry::Old(place), sketch: Sketch::of(&document) });
    }
    let path = source.path.clone();
    let document = understand(source)?;
    let record = document_log::encode(key, &document).map_err(|error| Error::io(path, error))?;
    Ok(Prepared { entry: Entry::New(record), sketch: Sketch::of(&document) })
}

impl<'d> NewDataset<'d> {
    /// Begins, with what earlier runs have left; where `keep` is false there is nothing, and nothing is left.
    ///
    /// # Errors
    /// [`Code::CannotWrite`](polinorm::Code::CannotWrite).
    pub fn start(destination: &'d Destination, limits: Limits, keep: bool) -> Result<(Earlier, Self)> {
        let cache = dataset_folder::cache_path(&destination.folder);
        let opened = document_log::open(&cache, &destination.room, keep);
        let (earlier, log) = opened.map_err(|error| destination.failed(error))?;
        let gathering = Gathering::new(destination, limits).map_err(|error| destination.failed(error))?;
        Ok((earlier, Self { destination, limits, log, gathering, documents: 0, known: 0 }))
    }

    /// Adds a document; they are to come in the order of their paths.
    ///
    /// # Errors
    /// [`Code::CannotWrite`](polinorm::Code::CannotWrite).
    pub fn add(&mut self, document: &Prepared) -> Result<()> {
        let added = self.log.push(&document.entry).and_then(|()| self.gathering.add(&document.sketch));
        self.documents += 1;
        self.known += usize::from(matches!(document.entry, Entry::Old(_)));
        added.map_err(|error| self.destination.failed(error))
    }

    /// Adds a document that came by another way than from a source.
    ///
    /// # Errors
    /// Those of [`NewDataset::add`].
    pub fn add_document(&mut self, document: &PolicyDocument) -> Result<()> {
        let record = document_log::encode(Key::default(), document).map_err(|error| self.destination.failed(error))?;
        self.add(&Prepared { entry: Entry::New(record), sketch: Sketch::of(document) })
    }

    /// Number of documents so far.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// Number of those that an earlier run has left.
    pub fn known(&self) -> usize {
        self.known
    }

    /// Writes the dataset and puts it in its place.
    ///
    /// # Errors
    /// [`Code::CannotWrite`](polinorm::Code::CannotWrite), [`Code::NotADataset`](polinorm::Code::NotADataset).
    pub fn finish(self, errors: &[ErrorRecord]) -> Result<Manifest> {
        let Self { destination, limits, log, gathering, .. } = self;
        let failed = |error| destination.failed(error);
        let folder = NewFolder::create(&destination.folder)?;
        let writer = DatasetWriter { documents: &log, errors, lexicon: lexicon().digest, limits, scratch: destination };
        let manifest = writer.write(gathering, &|file| folder.open(file)).map_err(failed)?;
        folder.put_in_place()?;
        log.close().map_err(failed)?;
        Ok(manifest)
    }
}

/// Bytes of counts that are held in memory where nothing else is asked for: more makes a run hardly faster.
pub const MEMORY: &str = "16M";

/// Reads a number of bytes: `65536`, `64K`, `64M`, `1G`.
///
/// # Errors
/// A sentence for the user.
pub fn memory(text: &str) -> std::result::Result<usize, String> {
    let (digits, shift) = match text.trim_end_matches(['B', 'b', 'i']).char_indices().last() {
        Some((at, 'K' | 'k')) => (&text[..at], 10),
        Some((at, 'M' | 'm')) => (&text[..at], 20),
        Some((at, 'G' | 'g')) => (&text[..at], 30),
        _ => (text, 0),
    };
    let number = digits.trim().parse::<usize>().ok().and_then(|number| number.checked_mul(1 << shift));
    number.ok_or_else(|| "a number of bytes, or one with K, M or G, such as 64M".to_owned())
}
