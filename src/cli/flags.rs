//! `polinorm flags`: what a person should look at, in a dataset or in policies read now.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use polinorm::corpus::{Corpus, MIN_DOCUMENTS};
use polinorm::document::PolicyDocument;
use polinorm::flags::{Flag, RULES, Severity, check, check_all, manual, rule};

use super::allow_list::{self, Allow};
use super::inputs::Reading;
use super::output::{Failure, as_far_as_wanted, stdout};
use super::stored_dataset::{self, StoredDataset};
use super::{Outcome, dataset_folder, extract};

/// Flags what a policy says otherwise than its family, and what it leaves out
#[derive(Debug, Args)]
pub struct Flags {
    /// Datasets, each with its own flags, and files and folders, which are compared with one another
    #[arg(required_unless_present = "explain", value_name = "DATASET|PATH")]
    paths: Vec<PathBuf>,
    /// These rules alone
    #[arg(long, value_name = "RULE", value_parser = rule_ids(), value_delimiter = ',')]
    rule: Vec<String>,
    /// Nothing below this severity
    #[arg(long, value_enum, default_value_t = Least::Info)]
    min_severity: Least,
    /// Exit code 1 where something is flagged
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    allow: Allow,
    /// How flags are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The manual page of a rule
    #[arg(long, value_name = "RULE", value_parser = rule_ids())]
    explain: Option<String>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// As compilers write: path, line, severity, rule, sentence, id
    Text,
    /// One flag a line
    Ndjson,
    /// An allow-list of what is flagged now
    Allow,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Least {
    Info,
    Minor,
    Major,
}

fn rule_ids() -> clap::builder::PossibleValuesParser {
    RULES.iter().map(|rule| rule.id()).collect::<Vec<_>>().into()
}

impl Flags {
    pub fn run(&self) -> Result<Outcome, Failure> {
        if let Some(id) = &self.explain {
            return explain(id);
        }
        let allowed = self.allow.list()?;
        let (mut flags, read) = self.of_paths()?;
        allowed.tell_unused(&flags);
        flags.retain(|flag| self.wants(flag));
        allowed.leave_out(&mut flags);
        as_far_as_wanted(self.write(&flags))?;
        Ok(if self.strict && !flags.is_empty() { Outcome::Different } else { read })
    }

    /// The flags of each dataset, then those of all policies together.
    fn of_paths(&self) -> Result<(Vec<Flag>, Outcome), Failure> {
        let (datasets, policies): (Vec<PathBuf>, Vec<PathBuf>) =
            self.paths.iter().cloned().partition(|path| dataset_folder::is_dataset(path));
        let mut flags = Vec::new();
        for folder in &datasets {
            flags.extend(of_stored(&stored_dataset::read(folder)?));
        }
        if policies.is_empty() {
            self.reading.refuse_platforms()?;
            return Ok((flags, Outcome::Done));
        }
        let (found, read) = self.of_policies(&policies)?;
        flags.extend(found);
        Ok((flags, read))
    }

    fn of_policies(&self, paths: &[PathBuf]) -> Result<(Vec<Flag>, Outcome), Failure> {
        let (documents, report) = self.reading.all(paths)?;
        let read = extract::outcome(documents.len(), &report)?;
        Ok((check_all(&Corpus::gather(documents, MIN_DOCUMENTS)), read))
    }

    fn wants(&self, flag: &Flag) -> bool {
        let least = match self.min_severity {
            Least::Info => Severity::Info,
            Least::Minor => Severity::Minor,
            Least::Major => Severity::Major,
        };
        flag.severity >= least && (self.rule.is_empty() || self.rule.contains(&flag.rule))
    }

    fn write(&self, flags: &[Flag]) -> Result<(), Failure> {
        let mut out = stdout();
        match self.format {
            Format::Ndjson => flags.iter().try_for_each(|flag| polinorm::export::write_line(&mut out, flag))?,
            Format::Text => flags.iter().try_for_each(|flag| writeln!(out, "{}", line(flag)))?,
            Format::Allow => allow_list::write(flags, &mut out)?,
        }
        Ok(out.flush()?)
    }
}

/// The flags of a dataset: each document against the family that it was found to belong to.
fn of_stored(stored: &StoredDataset) -> Vec<Flag> {
    let families: HashMap<_, _> = stored.families.iter().map(|family| (&family.id, &family.consensus)).collect();
    let consensus = |document: &PolicyDocument| document.family.as_ref().and_then(|id| families.get(id).copied());
    stored.documents.iter().flat_map(|document| check(document, consensus(document))).collect()
}

/// `path:line: severity rule: sentence [id]`, as compilers write, so that editors find the place.
fn line(flag: &Flag) -> String {
    let severity = match flag.severity {
        Severity::Info => "info",
        Severity::Minor => "minor",
        Severity::Major => "major",
    };
    let line = flag.evidence.line.map(|line| format!(":{line}")).unwrap_or_default();
    let page = flag.evidence.page.map(|page| format!(" (page {page})")).unwrap_or_default();
    format!("{}{line}: {severity} {}: {}{page} [{}]", flag.document, flag.rule, flag.message, flag.id)
}

fn explain(id: &str) -> Result<Outcome, Failure> {
    let mut out = stdout();
    write!(out, "{}", manual(rule(id).expect("the option takes ids of rules alone")))?;
    out.flush()?;
    Ok(Outcome::Done)
}
