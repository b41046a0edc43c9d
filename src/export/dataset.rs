//! The files of a dataset, each written to any output. The folder they stand in is the program's business.

use std::io::{self, Write};

use serde::Serialize;

use super::{Export, Formulas, csv, write_line};
use crate::corpus::{Corpus, Counts, ErrorRecord, InputsDigest, Manifest};
use crate::flags::{self, Flag};

/// A dataset, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Documents, boilerplate and families.
    pub corpus: Corpus,
    /// Flags, by document.
    pub flags: Vec<Flag>,
    /// Inputs that gave no document, by path.
    pub errors: Vec<ErrorRecord>,
    /// What it was made from and what it holds.
    pub manifest: Manifest,
}

/// A file of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum File {
    /// `documents.ndjson`: documents without the text of boilerplate.
    Documents,
    /// `boilerplate.ndjson`: text that several platforms share.
    Boilerplate,
    /// `families.ndjson`: portals of one template and what they agree on.
    Families,
    /// `flags.ndjson`: what a person should look at.
    Flags,
    /// `cookies.csv`: all cookie rows.
    Cookies,
    /// `errors.ndjson`: inputs that gave no document.
    Errors,
    /// `manifest.json`: what the dataset was made from and what it holds.
    Manifest,
}

impl File {
    /// All of them; the manifest comes last.
    pub const ALL: [File; 7] =
        [Self::Documents, Self::Boilerplate, Self::Families, Self::Flags, Self::Cookies, Self::Errors, Self::Manifest];

    /// Its name in the folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents.ndjson",
            Self::Boilerplate => "boilerplate.ndjson",
            Self::Families => "families.ndjson",
            Self::Flags => "flags.ndjson",
            Self::Cookies => "cookies.csv",
            Self::Errors => "errors.ndjson",
            Self::Manifest => "manifest.json",
        }
    }
}

impl Dataset {
    /// The dataset of a corpus: flags are raised, errors sorted, the manifest made. `lexicon` is the digest of the lexicon.
    pub fn new(corpus: Corpus, mut errors: Vec<ErrorRecord>, lexicon: &str, min_documents: u64) -> Self {
        errors.sort();
        let flags = flags::check_all(&corpus);
        let mut digest = InputsDigest::new(&errors);
        corpus.documents.iter().for_each(|document| digest.add(&document.source.path, &document.id));
        let counts = Counts {
            cookies: corpus.documents.iter().map(|document| document.cookies.len() as u64).sum(),
            families: corpus.families.len() as u64,
            flags: flags::count(&flags),
            errors: errors.len() as u64,
            ..Counts::of(&corpus.totals)
        };
        let manifest = Manifest::new(digest.finish(), counts, lexicon, min_documents);
        Self { corpus, flags, errors, manifest }
    }

    /// Writes one of its files.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, file: File, out: &mut dyn Write) -> io::Result<()> {
        match file {
            File::Documents => write_lines(out, &self.corpus.documents),
            File::Boilerplate => write_lines(out, &self.corpus.boilerplate),
            File::Families => write_lines(out, &self.corpus.families),
            File::Flags => write_lines(out, &self.flags),
            File::Cookies => self.write_cookies(out),
            File::Errors => write_lines(out, &self.errors),
            File::Manifest => write_manifest(out, &self.manifest),
        }
    }

    fn write_cookies(&self, out: &mut dyn Write) -> io::Result<()> {
        let export = csv(Formulas::Neutral);
        let mut writer = export.start(out)?;
        for document in &self.corpus.documents {
            writer.write(document, &[])?;
        }
        writer.finish()
    }
}

fn write_lines<T: Serialize>(out: &mut dyn Write, values: &[T]) -> io::Result<()> {
    values.iter().try_for_each(|value| write_line(&mut *out, value))
}

pub(super) fn write_manifest(out: &mut dyn Write, manifest: &Manifest) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, manifest).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::sample::family_of_five;
    use crate::error::{Code, Error};

    fn bytes(turn: bool) -> Vec<Vec<u8>> {
        let mut documents = family_of_five();
        let mut errors: Vec<_> =
            ["x.pdf", "w.pdf"].map(|path| ErrorRecord::new(path, &Error::new(path, Code::Encrypted, "locked"))).into();
        if turn {
            documents.reverse();
            documents.swap(1, 3);
            errors.reverse();
        }
        let dataset = Dataset::new(Corpus::gather(documents, 2), errors, "lexicon", 2);
        let written = File::ALL.map(|file| {
            let mut out = Vec::new();
            dataset.write(file, &mut out).unwrap();
            out
        });
        written.into()
    }

    #[test]
    fn the_order_of_inputs_changes_no_byte() {
        assert_eq!(bytes(false), bytes(true));
    }

    #[test]
    fn every_line_has_every_field() {
        fn nulls_are_written<T: serde::de::DeserializeOwned + Serialize>(lines: &[u8]) {
            for line in String::from_utf8(lines.to_vec()).unwrap().lines() {
                let value: T = serde_json::from_str(line).unwrap();
                assert_eq!(serde_json::to_string(&value).unwrap(), line);
            }
        }
        let files = bytes(false);
        nulls_are_written::<crate::document::PolicyDocument>(&files[0]);
        nulls_are_written::<crate::corpus::Boilerplate>(&files[1]);
        nulls_are_written::<crate::corpus::Family>(&files[2]);
        nulls_are_written::<Flag>(&files[3]);
        nulls_are_written::<ErrorRecord>(&files[5]);
        let shared = "nobody else can ever read";
        assert!(
            !String::from_utf8_lossy(&files[0]).contains(shared) && String::from_utf8_lossy(&files[1]).contains(shared)
        );
    }
}
