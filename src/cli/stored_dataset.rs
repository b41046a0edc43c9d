//! Reads a dataset back: all of it, one of its files, or its documents one after the other.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use polinorm::corpus::{Boilerplate, Family, Manifest, Restorer, read_documents, read_lines};
use polinorm::document::PolicyDocument;
use polinorm::export::dataset::File;
use polinorm::{Code, Error, Result};
use serde::de::DeserializeOwned;

use super::dataset_folder::is_dataset;

/// A dataset read back: its documents have all their text.
#[derive(Debug)]
pub struct StoredDataset {
    /// Documents, by path.
    pub documents: Vec<PolicyDocument>,
    /// Families, by id.
    pub families: Vec<Family>,
}

/// Reads a dataset back.
///
/// # Errors
/// [`Code::NotADataset`], [`Code::BadRecord`], [`Code::NotFound`], [`Code::Io`] and its kin.
pub fn read(folder: &Path) -> Result<StoredDataset> {
    fs::metadata(folder).map_err(|error| Error::io(folder, error))?;
    if !is_dataset(folder) {
        let message = "it holds no manifest.json and documents.ndjson";
        return Err(Error::new(folder, Code::NotADataset, message));
    }
    let boilerplate: Vec<Boilerplate> = lines(folder, File::Boilerplate)?;
    let families = lines(folder, File::Families)?;
    let path = folder.join(File::Documents.name());
    let mut documents = read_documents(open(&path)?, &path)?;
    let restorer = Restorer::new(&boilerplate);
    documents.iter_mut().try_for_each(|document| restorer.restore(document))?;
    Ok(StoredDataset { documents, families })
}

/// Reads the manifest of a dataset.
///
/// # Errors
/// [`Code::BadRecord`], [`Code::NotFound`], [`Code::Io`] and its kin.
pub fn read_manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(File::Manifest.name());
    let manifest = serde_json::from_reader(open(&path)?);
    manifest.map_err(|error| Error::new(&path, Code::BadRecord, error.to_string()))
}

/// The lines of a file of a dataset.
///
/// # Errors
/// [`Code::BadRecord`], [`Code::NotFound`], [`Code::Io`] and its kin.
pub fn lines<T: DeserializeOwned>(folder: &Path, file: File) -> Result<Vec<T>> {
    let path = folder.join(file.name());
    read_lines(open(&path)?, &path)
}

/// The documents of a dataset, one after the other, with all their text.
pub struct StoredDocuments<'b> {
    path: PathBuf,
    input: BufReader<fs::File>,
    restorer: Restorer<'b>,
    /// What is put before the paths.
    prefix: String,
    next: Option<PolicyDocument>,
}

impl<'b> StoredDocuments<'b> {
    /// Opens a dataset whose boilerplate was read; its paths are given with the prefix before them.
    ///
    /// # Errors
    /// [`Code::BadRecord`], [`Code::NotFound`], [`Code::Io`] and its kin.
    pub fn open(folder: &Path, boilerplate: &'b [Boilerplate], prefix: String) -> Result<Self> {
        let path = folder.join(File::Documents.name());
        let (input, restorer) = (open(&path)?, Restorer::new(boilerplate));
        let mut documents = Self { path, input, restorer, prefix, next: None };
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
        read.iter_mut().for_each(|document| document.source.path.insert_str(0, &self.prefix));
        Ok(read.pop())
    }
}

fn open(path: &Path) -> Result<BufReader<fs::File>> {
    fs::File::open(path).map(BufReader::new).map_err(|error| Error::io(path, error))
}
