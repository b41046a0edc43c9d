//! `polinorm export`: a dataset in the formats of other tools.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use polinorm::document::PolicyDocument;
use polinorm::export::dataset::File;
use polinorm::export::{self, EXPORTS, Formulas};
use polinorm::flags::Flag;

use super::allow_list::Allow;
use super::output::Failure;
use super::target::Target;
use super::{Outcome, stored_dataset};

/// Writes a dataset for other tools: its documents with all their text, its cookie rows, or its flags
#[derive(Debug, Args)]
pub struct Export {
    /// The dataset
    dataset: PathBuf,
    /// The format: csv holds the cookie rows, sarif the flags, the others documents
    #[arg(long = "to", value_name = "FORMAT", value_parser = formats())]
    format: String,
    #[command(flatten)]
    target: Target,
    /// CSV: leave cells as they are that a spreadsheet would run as a formula. Policies are text from strangers: opened in a
    /// spreadsheet, such a cell can send its contents elsewhere or start a program. For programs alone
    #[arg(long)]
    raw_formulas: bool,
    #[command(flatten)]
    allow: Allow,
    /// SARIF: what stands before the paths of documents in your repository: policies/
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    path_prefix: String,
}

fn formats() -> PossibleValuesParser {
    EXPORTS.iter().map(|export| export.name()).collect::<Vec<_>>().into()
}

impl Export {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let stored = stored_dataset::read(&self.dataset)?;
        let mut flags: Vec<Flag> = stored_dataset::lines(&self.dataset, File::Flags)?;
        self.allow.list()?.leave_out(&mut flags);
        self.target.write(|out| self.write(&stored.documents, flags, out))?;
        Ok(Outcome::Done)
    }

    fn write(&self, documents: &[PolicyDocument], flags: Vec<Flag>, out: &mut dyn Write) -> io::Result<()> {
        let mut of: HashMap<String, Vec<Flag>> = HashMap::new();
        flags.into_iter().for_each(|flag| of.entry(flag.document.clone()).or_default().push(flag));
        let prefix = self.path_prefix();
        let (csv, sarif) = (export::csv(self.formulas()), export::sarif(&prefix));
        let export = match self.format.as_str() {
            "csv" => &csv as &dyn export::Export,
            "sarif" => &sarif,
            name => export::export(name).expect("the option takes the names of exports alone"),
        };
        let mut writer = export.start(out)?;
        for document in documents {
            writer.write(document, of.get(&document.source.path).map_or(&[], Vec::as_slice))?;
        }
        writer.finish()
    }

    /// The folder before the paths, closed by its slash.
    fn path_prefix(&self) -> String {
        let open = !self.path_prefix.is_empty() && !self.path_prefix.ends_with('/');
        if open { format!("{}/", self.path_prefix) } else { self.path_prefix.clone() }
    }

    fn formulas(&self) -> Formulas {
        if self.raw_formulas { Formulas::Raw } else { Formulas::Neutral }
    }
}
