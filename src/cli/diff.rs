//! `polinorm diff`: two documents, or two platforms of a dataset.

use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use polinorm::corpus::{BlockSide, Comparison, WordChange, WordOp, bare_host, compare, read_documents};
use polinorm::document::PolicyDocument;
use polinorm::{Code, Error};

use super::inputs::Reading;
use super::output::{Failure, stdout};
use super::{Outcome, dataset};

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
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Diff {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let (a, b) = match &self.dataset {
            Some(folder) => {
                let stored = dataset::read(folder)?;
                (pick(&stored.documents, &self.a, folder)?, pick(&stored.documents, &self.b, folder)?)
            }
            None => (self.document(&self.a)?, self.document(&self.b)?),
        };
        let comparison = compare(&a, &b);
        let mut out = stdout();
        match self.format {
            Format::Json => polinorm::export::write_line(&mut out, &comparison)?,
            Format::Text => write_text(&mut out, &comparison)?,
        }
        out.flush()?;
        Ok(if comparison.same { Outcome::Done } else { Outcome::Different })
    }

    fn document(&self, path: &str) -> Result<PolicyDocument, Failure> {
        let path = PathBuf::from(path);
        let is_json = path.extension().is_some_and(|ending| ending == "json" || ending == "ndjson");
        let documents = if is_json { read_json(&path)? } else { self.reading.all(&[path.clone()])?.0 };
        let count = documents.len();
        match <[PolicyDocument; 1]>::try_from(documents) {
            Ok([document]) => Ok(document),
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

fn read_json(path: &Path) -> polinorm::Result<Vec<PolicyDocument>> {
    let file = std::fs::File::open(path).map_err(|error| Error::io(path, error))?;
    read_documents(BufReader::new(file), path)
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
        [] => Err(Error::new(folder, Code::NotFound, format!("no document of the platform or path {wanted:?}")).into()),
        several => {
            let paths: Vec<_> = several.iter().map(|document| document.source.path.as_str()).collect();
            Err(Failure::Usage(format!("{wanted} has several documents; name one by its path: {}", paths.join(", "))))
        }
    }
}

fn write_text(out: &mut impl Write, comparison: &Comparison) -> std::io::Result<()> {
    for field in &comparison.fields {
        writeln!(out, "~ {}: {} → {}", field.field, printed(field.a.as_deref()), printed(field.b.as_deref()))?;
    }
    for row in &comparison.cookies.removed {
        writeln!(out, "- cookie {}", row.name)?;
    }
    for row in &comparison.cookies.added {
        writeln!(out, "+ cookie {}", row.name)?;
    }
    for change in &comparison.cookies.changed {
        writeln!(
            out,
            "~ cookie {}, {}: {}",
            change.name,
            change.field,
            change_of(&change.words, &change.a, &change.b)
        )?;
    }
    write_blocks(out, comparison)?;
    write_verdict(out, comparison)
}

fn write_blocks(out: &mut impl Write, comparison: &Comparison) -> std::io::Result<()> {
    let blocks = &comparison.blocks;
    for block in &blocks.removed {
        writeln!(out, "- {}{}", place(block), one_line(&block.text))?;
    }
    for block in &blocks.added {
        writeln!(out, "+ {}{}", place(block), one_line(&block.text))?;
    }
    for change in &blocks.changed {
        writeln!(out, "~ {}{}", place(&change.b), words(&change.words))?;
    }
    for moved in &blocks.moved {
        writeln!(out, "> {}{}", place(&moved.b), one_line(&moved.b.text))?;
    }
    Ok(())
}

fn write_verdict(out: &mut impl Write, comparison: &Comparison) -> std::io::Result<()> {
    let trivial = match comparison.trivial {
        0 => String::new(),
        1 => " (1 trivial difference left out)".to_owned(),
        count => format!(" ({count} trivial differences left out)"),
    };
    let verdict = if comparison.same { "the same policy" } else { "the policies differ" };
    writeln!(out, "{verdict}{trivial}")
}

fn change_of(changes: &[WordChange], a: &Option<String>, b: &Option<String>) -> String {
    match (a, b) {
        (Some(_), Some(_)) if !changes.is_empty() => words(changes),
        _ => format!("{} → {}", printed(a.as_deref()), printed(b.as_deref())),
    }
}

/// Words that both have, `[-what the first has-]` and `{+what the second has+}`, as `git diff --word-diff` writes them.
fn words(changes: &[WordChange]) -> String {
    let parts = changes.iter().map(|change| match change.op {
        WordOp::Equal => change.text.clone(),
        WordOp::Delete => format!("[-{}-]", change.text),
        WordOp::Insert => format!("{{+{}+}}", change.text),
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn place(block: &BlockSide) -> String {
    block.evidence.line.map(|line| format!("line {line}: ")).unwrap_or_default()
}

fn printed(value: Option<&str>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("“{}”", one_line(value)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
