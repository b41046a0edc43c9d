//! `polinorm diff`: two documents, or two platforms of a dataset.

use std::collections::BTreeSet;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};
use polinorm::corpus::{Comparison, bare_host, compare, read_documents};
use polinorm::document::PolicyDocument;
use polinorm::export::comparison::{TextStyle, write_html, write_markdown, write_text};
use polinorm::{Code, Error};

use super::inputs::Reading;
use super::output::{Failure, as_far_as_wanted, columns, stdout};
use super::{Outcome, stored_dataset};

/// Compares two policies and leaves out what is trivial; exit code 1 where they differ
#[derive(Debug, Args)]
pub struct Diff {
    /// A policy, or a document that polinorm wrote (.json, .ndjson); with --in, a host or a path of the dataset
    a: String,
    /// The other
    b: String,
    /// Compare two platforms of this dataset
    #[arg(long = "in", value_name = "DATASET")]
    dataset: Option<PathBuf>,
    /// How the differences are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List trivial differences too, and show changed texts whole
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    Html,
}

impl Diff {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let (a, b) = match &self.dataset {
            Some(folder) => {
                let stored = stored_dataset::read(folder)?;
                (pick(&stored.documents, &self.a, folder)?, pick(&stored.documents, &self.b, folder)?)
            }
            None => (self.document(&self.a)?, self.document(&self.b)?),
        };
        let comparison = compare(&a, &b);
        let comparison = if self.all { comparison } else { comparison.without_trivial() };
        as_far_as_wanted(self.write(&comparison))?;
        Ok(if comparison.same { Outcome::Done } else { Outcome::Different })
    }

    fn write(&self, comparison: &Comparison) -> Result<(), Failure> {
        let mut out = stdout();
        match self.format {
            Format::Json => polinorm::export::write_line(&mut out, comparison)?,
            Format::Text => self.write_text(&mut out, comparison)?,
            Format::Markdown => write_markdown(&mut out, comparison)?,
            Format::Html => write_html(&mut out, comparison)?,
        }
        Ok(out.flush()?)
    }

    /// Colours and line breaks are for a terminal alone.
    fn write_text(&self, out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
        let mut text = Vec::new();
        write_text(&mut text, comparison, TextStyle { width: columns(), whole: self.all })?;
        let text = String::from_utf8_lossy(&text);
        match AutoStream::choice(&io::stdout()) {
            ColorChoice::Never => write!(out, "{}", strip_str(&text)),
            _ => out.write_all(text.as_bytes()),
        }
    }

    /// The one document of a path, which it is called by: those of two folders may have one name.
    fn document(&self, given: &str) -> Result<PolicyDocument, Failure> {
        let path = PathBuf::from(given);
        let is_json = path.extension().is_some_and(|ending| ending == "json" || ending == "ndjson");
        let documents = if is_json { read_json(&path)? } else { self.reading.all(std::slice::from_ref(&path))?.0 };
        let count = documents.len();
        match <[PolicyDocument; 1]>::try_from(documents) {
            Ok([mut document]) => {
                document.source.path = called(&path, &document.source.path);
                Ok(document)
            }
            Err(_) if count == 0 => {
                Err(Failure::Usage("nothing to compare: the document could not be read".to_owned()))
            }
            Err(_) => Err(Failure::Usage(format!(
                "{}: {count} documents, where one is compared (name one file)",
                path.display()
            ))),
        }
    }
}

/// The path as it was given, down to the document where it is a folder; standard input has a name of its own.
fn called(given: &Path, key: &str) -> String {
    match given {
        folder if folder.is_dir() => folder.join(key).to_string_lossy().into_owned(),
        stdin if stdin == Path::new("-") => key.to_owned(),
        file => file.to_string_lossy().into_owned(),
    }
}

/// Documents with all their text: those of a dataset lack what is stored once.
fn read_json(path: &Path) -> polinorm::Result<Vec<PolicyDocument>> {
    let file = std::fs::File::open(path).map_err(|error| Error::io(path, error))?;
    let documents = read_documents(BufReader::new(file), path)?;
    if documents.iter().flat_map(|document| &document.blocks).any(|block| block.text.is_none()) {
        let message = "some of its text is stored in the boilerplate.ndjson of a dataset (compare with --in DATASET)";
        return Err(Error::new(path, Code::BadRecord, message));
    }
    Ok(documents)
}

/// Nothing answers to a name: some that are like it are told.
fn nobody(documents: &[PolicyDocument], wanted: &str, folder: &Path) -> Failure {
    const MOST: usize = 3;
    let host = |document: &PolicyDocument| document.platform.as_ref().and_then(|platform| platform.host.clone());
    let names = documents.iter().map(|document| host(document).unwrap_or_else(|| document.source.path.clone()));
    let like: BTreeSet<String> = names.filter(|name| name.contains(wanted)).take(MOST).collect();
    let remedy = match like.is_empty() {
        true => "cookies.csv lists hosts and paths".to_owned(),
        false => format!("did you mean {}?", like.into_iter().collect::<Vec<_>>().join(" or ")),
    };
    Failure::Usage(format!("{}: no document of the host or path {wanted:?} ({remedy})", folder.display()))
}

/// The document of a host, or of a path where a host has several.
fn pick(documents: &[PolicyDocument], wanted: &str, folder: &Path) -> Result<PolicyDocument, Failure> {
    if let Some(document) = documents.iter().find(|document| document.source.path == wanted) {
        return Ok(document.clone());
    }
    let host = |document: &&PolicyDocument| {
        let host = document.platform.as_ref().and_then(|platform| platform.host.as_deref());
        host.is_some_and(|host| bare_host(host) == bare_host(wanted))
    };
    let found: Vec<_> = documents.iter().filter(host).collect();
    match found.as_slice() {
        [document] => Ok((*document).clone()),
        [] => Err(nobody(documents, wanted, folder)),
        several => {
            let paths: Vec<_> = several.iter().map(|document| document.source.path.as_str()).collect();
            Err(Failure::Usage(format!("{wanted} has several documents; name one by its path: {}", paths.join(", "))))
        }
    }
}
