//! `polinorm restore`: the text of a dataset's document, boilerplate and all.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use polinorm::{Code, Error};

use super::output::{Failure, stdout};
use super::{Outcome, stored_dataset};

/// Writes the text of a document of a dataset
#[derive(Debug, Args)]
pub struct Restore {
    /// The dataset
    dataset: PathBuf,
    /// Path or id of the document
    #[arg(value_name = "PATH|ID")]
    document: String,
}

impl Restore {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let stored = stored_dataset::read(&self.dataset)?;
        let by_path = stored.documents.iter().find(|document| document.source.path == self.document);
        let by_id = || stored.documents.iter().find(|document| document.id == self.document);
        let Some(document) = by_path.or_else(by_id) else {
            let message = format!("no document of the path or id {:?}", self.document);
            return Err(Error::new(&self.dataset, Code::NotFound, message).into());
        };
        let mut out = stdout();
        for (index, text) in document.blocks.iter().filter_map(|block| block.text.as_deref()).enumerate() {
            writeln!(out, "{}{text}", if index == 0 { "" } else { "\n" })?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}
