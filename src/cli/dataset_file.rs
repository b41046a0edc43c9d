//! Reads one file of a dataset's folder back, for the commands that need more of it than documents.

use std::fs;
use std::io::BufReader;
use std::path::Path;

use polinorm::corpus::read_lines;
use polinorm::export::dataset::File;
use polinorm::{Error, Result};
use serde::de::DeserializeOwned;

/// The lines of a file of a dataset.
///
/// # Errors
/// [`Code::BadRecord`](polinorm::Code::BadRecord), [`Code::NotFound`](polinorm::Code::NotFound), [`Code::Io`](polinorm::Code::Io)
/// and its kin.
pub fn lines<T: DeserializeOwned>(folder: &Path, file: File) -> Result<Vec<T>> {
    let path = folder.join(file.name());
    let opened = fs::File::open(&path).map_err(|error| Error::io(&path, error))?;
    read_lines(BufReader::new(opened), &path)
}
