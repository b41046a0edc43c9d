//! `polinorm extract`: policies in, documents on standard output or a dataset folder out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use polinorm::ExtractOptions;
use polinorm::corpus::{Limits, MIN_DOCUMENTS, platform_key};
use polinorm::export;

use super::inputs::{Reading, Report, Understand};
use super::new_dataset::{self, Destination, NewDataset};
use super::output::{Failure, stdout, tell};
use super::summary::{self, Streamed};
use super::{Outcome, pool, stored_dataset};

/// Reads policy documents (.txt .md .html .pdf) and writes them as JSON, or as a dataset with shared text stored once
#[derive(Debug, Args)]
pub struct Extract {
    /// Files and folders; a file named directly is read whatever its ending
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder of the dataset; without it, documents go to standard output
    #[arg(short, long, value_name = "DATASET", conflicts_with = "format")]
    output: Option<PathBuf>,
    /// What standard output is written as; CSV holds the cookie rows alone
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
    /// Documents of different platforms that make a text boilerplate
    #[arg(long, value_name = "N", default_value_t = MIN_DOCUMENTS, value_parser = clap::value_parser!(u64).range(2..))]
    min_documents: u64,
    /// Bytes of counts that are held in memory before they are put beside the dataset, such as 64M or 1G. It changes no byte of the output
    #[arg(long, value_name = "SIZE", default_value = new_dataset::MEMORY, value_parser = new_dataset::memory)]
    memory: usize,
    /// Understand all documents anew, and keep nothing beside the dataset for the next run
    #[arg(long, requires = "output")]
    no_cache: bool,
    /// Leave the summary out; errors are told all the same
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Ndjson,
    Json,
    Csv,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }
}

impl Extract {
    pub fn run(&self) -> Result<Outcome, Failure> {
        match &self.output {
            Some(folder) => self.write_dataset(folder),
            None => self.stream(),
        }
    }

    fn stream(&self) -> Result<Outcome, Failure> {
        let export = export::export(self.format.name()).expect("every format of the option has its export");
        let mut out = stdout();
        let mut writer = export.start(&mut out)?;
        let (mut streamed, mut platforms) = (Streamed::default(), HashSet::new());
        let report = self.reading.each(&self.paths, |document| {
            streamed.add(&document);
            platforms.insert(platform_key(&document));
            Ok(writer.write(&document, &[])?)
        })?;
        writer.finish()?;
        std::io::Write::flush(&mut out)?;
        streamed.platforms = platforms.len();
        let outcome = outcome(streamed.documents, &report)?;
        self.tell(|| summary::of_stream(&streamed, &report));
        Ok(outcome)
    }

    fn write_dataset(&self, folder: &Path) -> Result<Outcome, Failure> {
        let destination = Destination::new(folder)?;
        pool::limit_threads(self.reading.jobs());
        let limits = Limits { min_documents: self.min_documents, memory: self.memory };
        let (earlier, mut dataset) = NewDataset::start(&destination, limits, !self.no_cache)?;
        let make = |source, options: &ExtractOptions, understand: &Understand| {
            new_dataset::prepare(source, &earlier, options, understand)
        };
        let mut report = self.reading.each_made(&self.paths, make, |document| Ok(dataset.add(&document)?))?;
        let outcome = outcome(dataset.documents(), &report)?;
        report.known = dataset.known();
        report.errors.sort();
        let before = stored_dataset::read_manifest(folder).ok().map(|manifest| manifest.counts);
        let manifest = dataset.finish(&report.errors)?;
        self.tell(|| summary::of_dataset(&manifest.counts, before.as_ref(), &report, folder));
        Ok(outcome)
    }

    fn tell(&self, summary: impl Fn() -> String) {
        if !self.quiet {
            tell(&summary());
        }
    }
}

/// Errors beside documents are a part of success; errors alone are none.
pub fn outcome(documents: usize, report: &Report) -> Result<Outcome, Failure> {
    match (documents, report.errors.len()) {
        (_, 0) => Ok(Outcome::Done),
        (0, _) => Err(Failure::Usage("no input could be read, as said above".to_owned())),
        _ => Ok(Outcome::Partial),
    }
}
