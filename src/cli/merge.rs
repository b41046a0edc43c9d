//! `polinorm merge`: several datasets become one, as if all their inputs had been read at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use polinorm::corpus::{Corpus, ErrorRecord, Manifest};
use polinorm::document::{PolicyDocument, SCHEMA_VERSION};
use polinorm::export::dataset::Dataset;
use polinorm::lexicon::lexicon;
use polinorm::{Code, Error};

use super::inputs::Report;
use super::output::{Failure, tell};
use super::{Outcome, dataset, summary};

/// Joins datasets into one: the same bytes as one extraction of all that they were made from
#[derive(Debug, Args)]
pub struct Merge {
    /// Datasets that this version of the program made with the same options, of different inputs
    #[arg(required = true, value_name = "DATASET")]
    datasets: Vec<PathBuf>,
    /// Folder of the dataset that they become
    #[arg(short, long, value_name = "DATASET")]
    output: PathBuf,
    /// Leave the summary out
    #[arg(short, long)]
    quiet: bool,
}

impl Merge {
    pub fn run(&self) -> Result<Outcome, Failure> {
        dataset::check_target(&self.output)?;
        let min_documents = self.agreed_min_documents()?;
        let before = dataset::read_manifest(&self.output).ok().map(|manifest| manifest.counts);
        let joined = self.joined()?;
        let corpus = Corpus::gather(joined.documents.into_values().collect(), min_documents);
        let merged = Dataset::new(corpus, joined.errors, &lexicon().digest, min_documents);
        dataset::write(&merged, &self.output)?;
        if !self.quiet {
            let counts = &merged.manifest.counts;
            tell(&summary::of_dataset(counts, before.as_ref(), &Report::default(), &self.output));
        }
        Ok(Outcome::Done)
    }

    /// What makes a template boilerplate in all of the datasets. They must be such as this program would make today.
    fn agreed_min_documents(&self) -> Result<u64, Failure> {
        let mut agreed = None;
        for folder in &self.datasets {
            let manifest = dataset::read_manifest(folder)?;
            check_maker(folder, &manifest)?;
            let first = agreed.get_or_insert(manifest.min_documents);
            if *first != manifest.min_documents {
                let (first, other) = (*first, manifest.min_documents);
                let folder = folder.display();
                return Err(Failure::Usage(format!(
                    "{folder}: made with --min-documents {other}, the first dataset with {first} (extract one of them again)"
                )));
            }
        }
        Ok(agreed.expect("one dataset at least is named"))
    }

    fn joined(&self) -> Result<Joined, Failure> {
        let mut joined = Joined::default();
        for folder in &self.datasets {
            let stored = dataset::read(folder)?;
            stored.documents.into_iter().try_for_each(|document| joined.add(document, folder))?;
            joined.errors.extend(stored.errors);
        }
        joined.errors.sort();
        joined.errors.dedup();
        Ok(joined)
    }
}

/// What was read of all datasets.
#[derive(Default)]
struct Joined {
    documents: BTreeMap<String, PolicyDocument>,
    errors: Vec<ErrorRecord>,
}

impl Joined {
    /// A document that two datasets have alike is one.
    fn add(&mut self, mut document: PolicyDocument, folder: &Path) -> Result<(), Failure> {
        document.family = None;
        let path = document.source.path.clone();
        match self.documents.get(&path) {
            Some(known) if *known != document => Err(Failure::Usage(format!(
                "{}: its document {path} is another one than that of the same path in a dataset before it \
                 (extract the folder that holds both)",
                folder.display()
            ))),
            _ => {
                self.documents.insert(path, document);
                Ok(())
            }
        }
    }
}

fn check_maker(folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let same = manifest.schema_version == SCHEMA_VERSION
        && manifest.program_version == env!("CARGO_PKG_VERSION")
        && manifest.lexicon == lexicon().digest;
    if same {
        return Ok(());
    }
    let message = format!(
        "it was made by version {} with another lexicon or schema than that of this program; extract it again",
        manifest.program_version
    );
    Err(Error::new(folder, Code::BadRecord, message).into())
}
