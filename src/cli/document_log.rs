//! The documents of a run, written one after the other to a file beside the dataset, so that no memory is taken by them, a later
//! run need not understand again what did not change, and the work of a killed run is picked up. Understands nothing itself.
//!
//! A record is the key of a document (128 bits), the length of its bytes, a check of these two, a check of all, and the bytes. The key
//! is a hash of all that a document depends on: the content of its source and the path, how it is read, what is known of it
//! beforehand, the program and its lexicon. So a record is right or is never asked for; one that does not match its checks
//! is as good as none.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use polinorm::ExtractOptions;
use polinorm::corpus::Documents;
use polinorm::document::PolicyDocument;
use polinorm::lexicon::lexicon;
use polinorm::source::Source;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// The file, and with it the one position that all its users have among them: each use is held together.
type SharedFile = Arc<Mutex<fs::File>>;

/// What earlier runs have left.
#[derive(Debug)]
pub struct Earlier {
    file: SharedFile,
    places: HashMap<Key, Place>,
    /// Which program makes documents; none where no later run will ask for them.
    maker: Option<Vec<u8>>,
}

/// The documents of this run, by number from 0 on.
#[derive(Debug)]
pub struct DocumentLog {
    file: SharedFile,
    end: u64,
    places: Vec<Place>,
    /// Where the file stays for the next run.
    path: Option<PathBuf>,
}

/// A document to be added.
#[derive(Debug)]
pub enum Entry {
    /// It is in the log already.
    Old(Place),
    /// Its record, to be written.
    New(Vec<u8>),
}

/// What tells whether a document may be taken from the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Key([u8; 16]);

/// Where a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    start: u64,
    length: u32,
}

/// Bytes of a record before those of its document.
const HEAD: usize = 32;

/// Bytes that most records do not need.
const COMMON: usize = 16 << 10;

/// A file with less than one part in so many of use is written anew.
const MAX_WASTE: u64 = 4;

/// Opens the log beside a dataset. Where it is not to be kept, or another run is at it, it is a file that nobody else sees.
///
/// # Errors
/// Those of the file system.
pub fn open(path: &Path, folder: &Path, keep: bool) -> io::Result<(Earlier, DocumentLog)> {
    if !keep {
        remove(path)?;
    }
    let kept = if keep { kept(path)? } else { None };
    let path = kept.is_some().then(|| path.to_owned());
    let file = kept.map_or_else(|| tempfile::tempfile_in(folder), Ok)?;
    let places = places(&file)?;
    let end = places.values().map(Place::end).max().unwrap_or_default();
    file.set_len(end)?;
    let file = Arc::new(Mutex::new(file));
    let earlier = Earlier { file: file.clone(), places, maker: path.is_some().then(maker) };
    Ok((earlier, DocumentLog { file, end, places: Vec::new(), path }))
}

/// The file, if no other run has it.
fn kept(path: &Path) -> io::Result<Option<fs::File>> {
    let file = fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    Ok(file.try_lock().is_ok().then_some(file))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Looks through a log up to the first record that makes no sense: a killed run may have left half of one.
fn places(file: &fs::File) -> io::Result<HashMap<Key, Place>> {
    let size = file.metadata()?.len();
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut places, mut start) = (HashMap::new(), 0);
    while start + HEAD as u64 <= size {
        let mut head = [0; HEAD];
        reader.read_exact(&mut head)?;
        let Some(head) = Head::read(&head) else { break };
        let place = Place { start, length: head.length };
        if place.end() > size {
            break;
        }
        places.insert(head.key, place);
        reader.seek_relative(i64::from(head.length))?;
        start = place.end();
    }
    Ok(places)
}

impl Earlier {
    /// The key of the document that a source gives; all have the same where none is asked for.
    pub fn key(&self, source: &Source, options: &ExtractOptions) -> Key {
        let Some(maker) = &self.maker else { return Key::default() };
        let mut hasher = blake3::Hasher::new();
        let given = options.platforms.get(&source.path);
        let how = format!("{:?}\0{:?}\0{:?}\0{given:?}", source.path, source.media_type, options.read);
        for part in [maker.as_slice(), how.as_bytes(), &source.bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Key(key)
    }

    /// The document of a key, where an earlier run left it whole.
    pub fn find(&self, key: Key) -> Option<(Place, PolicyDocument)> {
        let place = *self.places.get(&key)?;
        let record = place.read(&self.file).ok()?;
        Some((place, decode(&record, Some(key)).ok()?))
    }
}

/// Which program makes documents: after another one has taken its place nothing of it is used.
fn maker() -> Vec<u8> {
    let program = std::env::current_exe().and_then(fs::metadata).ok();
    let program = program.map(|program| (program.len(), program.modified().ok()));
    format!("{}\0{}\0{program:?}", env!("CARGO_PKG_VERSION"), lexicon().digest).into_bytes()
}

impl DocumentLog {
    /// Adds a document.
    ///
    /// # Errors
    /// Those of the file.
    pub fn push(&mut self, entry: &Entry) -> io::Result<()> {
        let place = match entry {
            Entry::Old(place) => *place,
            Entry::New(record) => {
                let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(self.end))?;
                file.write_all(record)?;
                let place = Place { start: self.end, length: (record.len() - HEAD) as u32 };
                self.end = place.end();
                place
            }
        };
        self.places.push(place);
        Ok(())
    }

    /// Ends the run. A log that is mostly of documents that are no more is written anew.
    ///
    /// # Errors
    /// Those of the file.
    pub fn close(self) -> io::Result<()> {
        let used: u64 = self.places.iter().map(|place| place.end() - place.start).sum();
        match &self.path {
            Some(path) if used * MAX_WASTE < self.end => self.write_anew(path),
            _ => Ok(()),
        }
    }

    fn write_anew(&self, path: &Path) -> io::Result<()> {
        let beside = path.with_extension("polinorm-new");
        let mut out = BufWriter::new(fs::File::create(&beside)?);
        self.places.iter().try_for_each(|place| out.write_all(&place.read(&self.file)?))?;
        out.flush()?;
        fs::rename(&beside, path)
    }
}

impl Documents for DocumentLog {
    fn load(&self, number: usize) -> io::Result<Cow<'_, PolicyDocument>> {
        let place = self.places.get(number).ok_or(io::ErrorKind::NotFound)?;
        decode(&place.read(&self.file)?, None).map(Cow::Owned)
    }
}

impl Place {
    fn end(&self) -> u64 {
        self.start + HEAD as u64 + u64::from(self.length)
    }

    /// The record that is here, head and all.
    fn read(&self, file: &Mutex<fs::File>) -> io::Result<Vec<u8>> {
        let size = HEAD + self.length as usize;
        let mut record = Vec::with_capacity(size);
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.start))?;
        (&*file).take(size as u64).read_to_end(&mut record)?;
        if record.len() < size { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(record) }
    }
}

/// The head of a record.
struct Head {
    key: Key,
    length: u32,
    check: u64,
}

impl Head {
    /// None where the check of the head fails.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (own_check, rest) = rest.split_first_chunk()?;
        let (check, _) = rest.split_first_chunk()?;
        let (key, length) = (Key(*key), u32::from_le_bytes(*length));
        let holds = u32::from_le_bytes(*own_check) == check_head(key, length);
        holds.then_some(Self { key, length, check: u64::from_le_bytes(*check) })
    }
}

fn check_head(key: Key, length: u32) -> u32 {
    xxh3_64(&[key.0.as_slice(), &length.to_le_bytes()].concat()) as u32
}

fn check_all(key: Key, document: &[u8]) -> u64 {
    let mut hasher = Xxh3Default::new();
    hasher.update(&key.0);
    hasher.update(document);
    hasher.digest()
}

/// The record of a document.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] for one of 4 GiB.
pub fn encode(key: Key, document: &PolicyDocument) -> io::Result<Vec<u8>> {
    let mut record = Vec::with_capacity(COMMON);
    record.resize(HEAD, 0);
    postcard::to_io(document, &mut record).map_err(io::Error::other)?;
    let length = u32::try_from(record.len() - HEAD).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let check = check_all(key, &record[HEAD..]);
    let head = [&key.0[..], &length.to_le_bytes(), &check_head(key, length).to_le_bytes(), &check.to_le_bytes()];
    record[..HEAD].copy_from_slice(&head.concat());
    Ok(record)
}

/// The document of a record; with a key only if it is of that one.
fn decode(record: &[u8], key: Option<Key>) -> io::Result<PolicyDocument> {
    let bad = || io::Error::new(io::ErrorKind::InvalidData, "a document that was put aside reads otherwise now");
    let (head, document) = record.split_at_checked(HEAD).ok_or_else(bad)?;
    let head = Head::read(head).ok_or_else(bad)?;
    let is_asked_for = key.is_none_or(|key| key == head.key);
    if !is_asked_for || check_all(head.key, document) != head.check {
        return Err(bad());
    }
    postcard::from_bytes(document).map_err(|_| bad())
}
