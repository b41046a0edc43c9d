//! Reads one file of a dataset's folder back, for the commands that need more of it than documents.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use polinorm::corpus::{Boilerplate, Restorer, read_documents, read_lines};
use polinorm::document::PolicyDocument;
use polinorm::export::dataset::File;
use polinorm::{Code, Error, Result};
use serde::de::DeserializeOwned;

/// The lines of a file of a dataset.
///
/// # Errors
/// [`Code::BadRecord`](polinorm::Code::BadRecord), [`Code::NotFound`](polinorm::Code::NotFound), [`Code::Io`](polinorm::Code::Io)
/// and its kin.
pub fn lines<T: DeserializeOwned>(folder: &Path, file: File) -> Result<Vec<T>> {
    let path = folder.join(file.name());
    read_lines(open(&path)?, &path)
}

fn open(path: &Path) -> Result<BufReader<fs::File>> {
    fs::File::open(path).map(BufReader::new).map_err(|error| Error::io(path, error))
}

/// The documents of a dataset, one after the other, with all their text.
pub struct StoredDocuments<'b> {
    path: PathBuf,
    input: BufReader<fs::File>,
    restorer: Restorer<'b>,
    next: Option<PolicyDocument>,
}

impl<'b> StoredDocuments<'b> {
    /// Opens a dataset whose boilerplate was read.
    ///
    /// # Errors
    /// [`Code::BadRecord`], [`Code::NotFound`], [`Code::Io`] and its kin.
    pub fn open(folder: &Path, boilerplate: &'b [Boilerplate]) -> Result<Self> {
        let path = folder.join(File::Documents.name());
        let (input, restorer) = (open(&path)?, Restorer::new(boilerplate));
        let mut documents = Self { path, input, restorer, next: None };
        documents.next = documents.read()?;
        Ok(documents)
    }

    /// Path of the document that comes next.
    pub fn next_path(&self) -> Option<&str> {
        self.next.as_ref().map(|document| document.source.path.as_str())
    }

    /// The next document.
    ///
    /// # Errors
    /// [`Code::BadRecord`], also where documents are not in the order of their paths; [`Code::Io`] and its kin.
    pub fn take(&mut self) -> Result<Option<PolicyDocument>> {
        let following = self.read()?;
        if following.as_ref().is_some_and(|following| Some(following.source.path.as_str()) < self.next_path()) {
            return Err(Error::new(&self.path, Code::BadRecord, "its documents are not in the order of their paths"));
        }
        Ok(std::mem::replace(&mut self.next, following))
    }

    fn read(&mut self) -> Result<Option<PolicyDocument>> {
        let mut line = String::new();
        while line.trim().is_empty() {
            line.clear();
            if self.input.read_line(&mut line).map_err(|error| Error::io(&self.path, error))? == 0 {
                return Ok(None);
            }
        }
        let mut read = read_documents(line.as_bytes(), &self.path)?;
        read.iter_mut().try_for_each(|document| self.restorer.restore(document))?;
        Ok(read.pop())
    }
}
