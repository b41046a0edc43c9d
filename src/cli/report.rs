//! `polinorm report`: a dataset as one page for people.

use std::path::PathBuf;

use clap::Args;
use polinorm::export::dataset::File;
use polinorm::export::report::Report as Page;
use polinorm::flags::{Flag, count};

use super::allow_list::Allow;
use super::output::Failure;
use super::target::Target;
use super::{Outcome, stored_dataset};

/// Writes a dataset as one page of HTML that needs nothing else: figures, flags, a matrix of cookies and platforms, each policy
#[derive(Debug, Args)]
pub struct Report {
    /// The dataset
    dataset: PathBuf,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    allow: Allow,
    /// The heading of the page
    #[arg(long, value_name = "TEXT", default_value = "Cookie policies")]
    title: String,
}

impl Report {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let folder = &self.dataset;
        let stored = stored_dataset::read(folder)?;
        let boilerplate = stored_dataset::lines(folder, File::Boilerplate)?;
        let mut flags: Vec<Flag> = stored_dataset::lines(folder, File::Flags)?;
        self.allow.list()?.leave_out(&mut flags);
        let errors = stored_dataset::lines(folder, File::Errors)?;
        let mut manifest = stored_dataset::read_manifest(folder)?;
        manifest.counts.flags = count(&flags);
        let page = Page {
            title: &self.title,
            documents: &stored.documents,
            boilerplate: &boilerplate,
            families: &stored.families,
            flags: &flags,
            errors: &errors,
            manifest: &manifest,
        };
        self.target.write(|mut out| page.write(&mut out))?;
        Ok(Outcome::Done)
    }
}
