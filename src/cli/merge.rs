//! `polinorm merge`: several datasets become one, as if all their inputs had been read at once.

use std::path::{Path, PathBuf};

use clap::Args;
use polinorm::corpus::{Boilerplate, ErrorRecord, Limits, Manifest};
use polinorm::document::{PolicyDocument, SCHEMA_VERSION};
use polinorm::export::dataset::File;
use polinorm::lexicon::lexicon;
use polinorm::{Code, Error};

use super::dataset_folder::real;
use super::inputs::Report;
use super::new_dataset::{self, Destination, NewDataset};
use super::output::{Failure, tell};
use super::stored_dataset::{self, StoredDocuments};
use super::{Outcome, summary};

/// Joins datasets into one: the same bytes as one extraction of all that they were made from
#[derive(Debug, Args)]
pub struct Merge {
    /// Datasets that this version of the program made with the same options, of different inputs
    #[arg(required = true, value_name = "DATASET")]
    datasets: Vec<PathBuf>,
    /// Folder of the dataset that they become
    #[arg(short, long, value_name = "DATASET")]
    output: PathBuf,
    /// Put the name of each dataset's folder before the paths of its documents: for crawls of the same sites
    #[arg(long)]
    prefix: bool,
    /// Bytes of counts that are held in memory before they are put beside the dataset. It changes no byte of the output
    #[arg(long, value_name = "SIZE", default_value = new_dataset::MEMORY, value_parser = new_dataset::memory)]
    memory: usize,
    /// Leave the summary out
    #[arg(short, long)]
    quiet: bool,
}

impl Merge {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let destination = Destination::new(&self.output)?;
        let limits = Limits { min_documents: self.agreed_min_documents()?, memory: self.memory };
        let before = stored_dataset::read_manifest(&self.output).ok().map(|manifest| manifest.counts);
        let (_, mut dataset) = NewDataset::start(&destination, limits, false)?;
        self.add_documents(&mut dataset)?;
        let manifest = dataset.finish(&self.errors()?)?;
        if !self.quiet {
            tell(&summary::of_dataset(&manifest.counts, before.as_ref(), &Report::default(), &self.output));
        }
        Ok(Outcome::Done)
    }

    /// All documents, by path; one that two datasets have alike is one.
    fn add_documents(&self, dataset: &mut NewDataset) -> Result<(), Failure> {
        let boilerplate = self.datasets.iter().map(|folder| stored_dataset::lines(folder, File::Boilerplate));
        let boilerplate = boilerplate.collect::<polinorm::Result<Vec<Vec<Boilerplate>>>>()?;
        let prefixes = self.prefixes()?;
        let parts = self.datasets.iter().zip(&boilerplate).zip(prefixes);
        let stored = parts.map(|((folder, lines), prefix)| StoredDocuments::open(folder, lines, prefix));
        let mut stored = stored.collect::<polinorm::Result<Vec<_>>>()?;
        loop {
            let first = stored.iter().filter_map(|stored| stored.next_path()).min().map(str::to_owned);
            let Some(path) = first else { return Ok(()) };
            let mut taken: Option<PolicyDocument> = None;
            for (stored, folder) in stored.iter_mut().zip(&self.datasets) {
                while stored.next_path() == Some(&path) {
                    let Some(mut document) = stored.take()? else { break };
                    document.family = None;
                    match &taken {
                        Some(known) if *known != document => return Err(differs(&path, folder)),
                        _ => taken = Some(document),
                    }
                }
            }
            taken.iter().try_for_each(|document| dataset.add_document(document))?;
        }
    }

    /// What stands before the paths of each dataset.
    fn prefixes(&self) -> Result<Vec<String>, Failure> {
        if !self.prefix {
            return Ok(vec![String::new(); self.datasets.len()]);
        }
        let name = |folder: &PathBuf| real(folder).file_name().map(|name| name.to_string_lossy().into_owned());
        let prefixes: Vec<String> =
            self.datasets.iter().map(|folder| format!("{}/", name(folder).unwrap_or_default())).collect();
        let twice = prefixes.iter().enumerate().find(|(at, prefix)| prefixes[..*at].contains(prefix));
        match twice {
            Some((at, _)) => Err(Failure::Usage(format!(
                "{}: two datasets have this name, and --prefix tells their documents apart by it (rename one)",
                self.datasets[at].display()
            ))),
            None => Ok(prefixes),
        }
    }

    /// What could not be read, of all datasets.
    fn errors(&self) -> Result<Vec<ErrorRecord>, Failure> {
        let mut errors: Vec<ErrorRecord> = Vec::new();
        for (folder, prefix) in self.datasets.iter().zip(self.prefixes()?) {
            let mut own: Vec<ErrorRecord> = stored_dataset::lines(folder, File::Errors)?;
            own.iter_mut().for_each(|error| error.path.insert_str(0, &prefix));
            errors.extend(own);
        }
        errors.sort();
        errors.dedup();
        Ok(errors)
    }

    /// What makes a template boilerplate in all of the datasets. They must be such as this program would make today.
    fn agreed_min_documents(&self) -> Result<u64, Failure> {
        let mut agreed = None;
        for folder in &self.datasets {
            let manifest = stored_dataset::read_manifest(folder)?;
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
}

fn differs(path: &str, folder: &Path) -> Failure {
    Failure::Usage(format!(
        "{}: its document {path} is another one than that of the same path in a dataset before it \
         (tell them apart with --prefix, or extract the folder that holds both)",
        folder.display()
    ))
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
