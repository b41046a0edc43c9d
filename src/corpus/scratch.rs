//! Room outside memory for what need not be held while a corpus is gathered. Opens no file itself: the program does, or nobody.

use std::io::{self, BufReader, BufWriter, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

/// Gives out files that nobody else sees and that are gone when they are dropped.
pub trait Scratch: Sync {
    /// A new and empty file.
    ///
    /// # Errors
    /// Those of the file system.
    fn file(&self) -> io::Result<Box<dyn ScratchFile>>;
}

/// A file of [`Scratch`].
pub trait ScratchFile: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> ScratchFile for T {}

/// Files that are in memory after all.
#[derive(Debug, Clone, Copy, Default)]
pub struct InMemory;

impl Scratch for InMemory {
    fn file(&self) -> io::Result<Box<dyn ScratchFile>> {
        Ok(Box::new(Cursor::new(Vec::new())))
    }
}

/// Records that are written one after the other and read back in that order, as often as is wished.
pub(super) struct Spool(BufWriter<Box<dyn ScratchFile>>);

impl Spool {
    /// An empty spool.
    pub(super) fn new(scratch: &dyn Scratch) -> io::Result<Self> {
        Ok(Self(BufWriter::with_capacity(1 << 16, scratch.file()?)))
    }

    /// Adds a record.
    pub(super) fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let length = u32::try_from(record.len()).map_err(|_| io::Error::from(ErrorKind::FileTooLarge))?;
        self.0.write_all(&length.to_le_bytes())?;
        self.0.write_all(record)
    }

    /// All records, from the first on.
    pub(super) fn records(&mut self) -> io::Result<Records<&mut Box<dyn ScratchFile>>> {
        self.0.seek(SeekFrom::Start(0))?;
        Ok(Records::new(self.0.get_mut()))
    }

    /// All records, by a reader that keeps the file.
    pub(super) fn into_records(mut self) -> io::Result<Records<Box<dyn ScratchFile>>> {
        self.0.seek(SeekFrom::Start(0))?;
        Ok(Records::new(self.0.into_inner().map_err(io::IntoInnerError::into_error)?))
    }
}

/// Reads a [`Spool`].
pub(super) struct Records<R>(BufReader<R>);

impl<R: Read> Records<R> {
    fn new(file: R) -> Self {
        Self(BufReader::with_capacity(1 << 16, file))
    }

    /// Puts the next record into a buffer; false at the end.
    pub(super) fn next(&mut self, record: &mut Vec<u8>) -> io::Result<bool> {
        let mut length = [0; 4];
        match self.0.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            read => read?,
        }
        record.resize(u32::from_le_bytes(length) as usize, 0);
        self.0.read_exact(record)?;
        Ok(true)
    }
}

/// Records that are written one after the other and read back in any order, from several threads.
pub struct Shelf {
    file: Mutex<ShelfFile>,
    end: u64,
    places: Vec<ShelfPlace>,
}

struct ShelfFile {
    writer: BufWriter<Box<dyn ScratchFile>>,
    /// True where the next byte is written behind the last.
    at_end: bool,
}

#[derive(Debug, Clone, Copy)]
struct ShelfPlace {
    start: u64,
    length: u32,
}

impl Shelf {
    /// An empty shelf.
    ///
    /// # Errors
    /// Those of `scratch`.
    pub fn new(scratch: &dyn Scratch) -> io::Result<Self> {
        let writer = BufWriter::with_capacity(1 << 16, scratch.file()?);
        Ok(Self { file: Mutex::new(ShelfFile { writer, at_end: true }), end: 0, places: Vec::new() })
    }

    /// Adds a record, which is known by its number from 0 on.
    ///
    /// # Errors
    /// Those of the file.
    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let length = u32::try_from(record.len()).map_err(|_| io::Error::from(ErrorKind::FileTooLarge))?;
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        if !std::mem::replace(&mut file.at_end, true) {
            file.writer.seek(SeekFrom::Start(self.end))?;
        }
        file.writer.write_all(record)?;
        self.places.push(ShelfPlace { start: self.end, length });
        self.end += u64::from(length);
        Ok(())
    }

    /// The record of a number.
    ///
    /// # Errors
    /// Those of the file; [`ErrorKind::NotFound`] for a number that no record has.
    pub fn get(&self, number: usize) -> io::Result<Vec<u8>> {
        let place = self.places.get(number).ok_or(ErrorKind::NotFound)?;
        let mut record = vec![0; place.length as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.at_end = false;
        file.writer.seek(SeekFrom::Start(place.start))?;
        file.writer.get_mut().read_exact(&mut record)?;
        Ok(record)
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_as_they_were_written() {
        let mut spool = Spool::new(&InMemory).unwrap();
        let mut shelf = Shelf::new(&InMemory).unwrap();
        let written: Vec<Vec<u8>> = (0..300_usize).map(|number| vec![number as u8; number * 7]).collect();
        for record in &written {
            spool.push(record).unwrap();
            shelf.push(record).unwrap();
        }
        let mut record = Vec::new();
        for _ in 0..2 {
            let mut records = spool.records().unwrap();
            for expected in &written {
                assert!(records.next(&mut record).unwrap() && record == *expected);
            }
            assert!(!records.next(&mut record).unwrap());
        }
        for number in (0..300).rev() {
            assert_eq!(shelf.get(number).unwrap(), written[number]);
        }
        assert!(shelf.get(300).is_err() && shelf.len() == 300);
    }
}
