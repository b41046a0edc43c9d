//! Reads a dataset's lines back and gives documents their boilerplate text again. Opens no file.

use std::io::BufRead;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use super::boilerplate::Boilerplate;
use super::table_rows::join_tables;
use super::template::fill;
use crate::document::{Digest, PolicyDocument, SCHEMA_VERSION};
use crate::error::{Code, Error, Result};

/// The forms of a dataset's boilerplate, by template and form.
#[derive(Debug, Default)]
pub struct Restorer<'a> {
    forms: FxHashMap<(Digest<16>, Digest<8>), &'a str>,
}

impl<'a> Restorer<'a> {
    /// Over the boilerplate of a dataset.
    pub fn new(boilerplate: &'a [Boilerplate]) -> Self {
        let lines = boilerplate.iter();
        let forms = lines.flat_map(|line| {
            line.forms
                .iter()
                .filter_map(|form| Some(((Digest::read(&line.id)?, Digest::read(&form.form)?), form.text.as_str())))
        });
        Self { forms: forms.collect() }
    }

    /// Puts the text of every block back, and tables together that were parted.
    ///
    /// # Errors
    /// [`Code::BadRecord`] where a block's template or form is not in the boilerplate.
    pub fn restore(&self, document: &mut PolicyDocument) -> Result<()> {
        for block in document.blocks.iter_mut().filter(|block| block.text.is_none()) {
            let Some(form) = self.forms.get(&(block.id, block.form)) else {
                let message = format!("boilerplate.ndjson lacks form {} of template {}", block.form, block.id);
                return Err(Error::new(&document.source.path, Code::BadRecord, message));
            };
            block.text = Some(fill(form, &block.values));
        }
        join_tables(document);
        Ok(())
    }
}

/// Reads one JSON value a line; empty lines are passed over. `path` is named in errors.
///
/// # Errors
/// [`Code::Io`] and its kin; [`Code::BadRecord`] with the line's number.
pub fn read_lines<T: DeserializeOwned>(input: impl BufRead, path: &Path) -> Result<Vec<T>> {
    let mut values = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let line = line.map_err(|error| Error::io(path, error))?;
        if line.trim().is_empty() {
            continue;
        }
        let value = serde_json::from_str(&line);
        values.push(value.map_err(|error| Error::new(path, Code::BadRecord, format!("line {}: {error}", index + 1)))?);
    }
    Ok(values)
}

/// Reads documents, one a line.
///
/// # Errors
/// Those of [`read_lines`], and [`Code::BadRecord`] for a document of another major version of the schema.
pub fn read_documents(input: impl BufRead, path: &Path) -> Result<Vec<PolicyDocument>> {
    let documents: Vec<PolicyDocument> = read_lines(input, path)?;
    for document in &documents {
        check_version(&document.schema_version, path)?;
    }
    Ok(documents)
}

/// Refuses what another major version of the schema wrote.
///
/// # Errors
/// [`Code::BadRecord`].
pub(crate) fn check_version(version: &str, path: &Path) -> Result<()> {
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    if major(version) == major(SCHEMA_VERSION) {
        return Ok(());
    }
    let message = format!("schema version {version}; this program reads {SCHEMA_VERSION}");
    Err(Error::new(path, Code::BadRecord, message))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn a_bad_line_and_another_version_are_named() {
        let mut document = Sample::new("a.txt", "a.example").text("Hello").build();
        let good = serde_json::to_string(&document).unwrap();
        let path = Path::new("d.ndjson");
        assert_eq!(read_documents(format!("{good}\n\n").as_bytes(), path).unwrap(), [document.clone()]);
        let error = read_documents(format!("{good}\n{{").as_bytes(), path).unwrap_err();
        assert!(error.code == Code::BadRecord && error.message.starts_with("line 2"), "{error}");
        document.schema_version = "2.0.0".into();
        let other = serde_json::to_string(&document).unwrap();
        assert_eq!(read_documents(other.as_bytes(), path).unwrap_err().code, Code::BadRecord);
        document.blocks[0].text = None;
        assert_eq!(Restorer::new(&[]).restore(&mut document).unwrap_err().code, Code::BadRecord);
    }
}
