//! The JSON Schema (2020-12) of each output, made from the types: the wire contract. `schema/` holds the same, which a test keeps true.
//!
//! Every field is required, since every field is always written. A reader must let fields pass that it does not know: a minor
//! version may add some.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::corpus::{Boilerplate, Comparison, ErrorRecord, Family, Manifest};
use crate::document::{PolicyDocument, SCHEMA_VERSION};
use crate::explanation::Explanation;
use crate::flags::Flag;
use crate::record::{ConsensusRecord, DocumentRecord, FlagRecord, ResemblanceRecord, SignatureRecord, SketchRecord};

/// What is written as JSON and has a schema of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Output {
    /// A policy document: a line of standard output and of `documents.ndjson`.
    Document,
    /// A line of `boilerplate.ndjson`.
    Boilerplate,
    /// A line of `families.ndjson`.
    Family,
    /// A line of `flags.ndjson`.
    Flag,
    /// What `diff` writes.
    Comparison,
    /// What `explain` writes.
    Explanation,
    /// A line of `errors.ndjson`.
    Error,
    /// `manifest.json`.
    Manifest,
    /// A line that `stream` writes.
    Record,
    /// A line that `stream --flags` writes.
    FlagRecord,
    /// A line that `stream --sketch` writes.
    SketchRecord,
    /// A line that `stream --consensus` writes.
    ConsensusRecord,
    /// A line that `stream --signature` writes.
    SignatureRecord,
    /// A line that `stream --resemblance` writes.
    ResemblanceRecord,
}

impl Output {
    /// All of them.
    pub const ALL: [Output; 14] = [
        Self::Document,
        Self::Boilerplate,
        Self::Family,
        Self::Flag,
        Self::Comparison,
        Self::Explanation,
        Self::Error,
        Self::Manifest,
        Self::Record,
        Self::FlagRecord,
        Self::SketchRecord,
        Self::ConsensusRecord,
        Self::SignatureRecord,
        Self::ResemblanceRecord,
    ];

    /// Its name: that of its schema, as `schema` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Boilerplate => "boilerplate",
            Self::Family => "family",
            Self::Flag => "flag",
            Self::Comparison => "comparison",
            Self::Explanation => "explanation",
            Self::Error => "error",
            Self::Manifest => "manifest",
            Self::Record => "record",
            Self::FlagRecord => "flag-record",
            Self::SketchRecord => "sketch-record",
            Self::ConsensusRecord => "consensus-record",
            Self::SignatureRecord => "signature-record",
            Self::ResemblanceRecord => "resemblance-record",
        }
    }

    /// The output of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|output| output.name() == name)
    }

    /// Its schema, with the version of the contract in `$id` and `version`.
    pub fn schema(self) -> Value {
        let made = match self {
            Self::Document => schema_of::<PolicyDocument>(),
            Self::Boilerplate => schema_of::<Boilerplate>(),
            Self::Family => schema_of::<Family>(),
            Self::Flag => schema_of::<Flag>(),
            Self::Comparison => schema_of::<Comparison>(),
            Self::Explanation => schema_of::<Explanation>(),
            Self::Error => schema_of::<ErrorRecord>(),
            Self::Manifest => schema_of::<Manifest>(),
            Self::Record => schema_of::<DocumentRecord>(),
            Self::FlagRecord => schema_of::<FlagRecord>(),
            Self::SketchRecord => schema_of::<SketchRecord>(),
            Self::ConsensusRecord => schema_of::<ConsensusRecord>(),
            Self::SignatureRecord => schema_of::<SignatureRecord>(),
            Self::ResemblanceRecord => schema_of::<ResemblanceRecord>(),
        };
        self.with_identity(made)
    }

    /// Writes its schema as the files of `schema/` have it.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_schema(self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &self.schema()).map_err(io::Error::from)?;
        out.write_all(b"\n")
    }

    /// The dialect and what the schema is come first, so that a person who opens the file sees them.
    fn with_identity(self, schema: Schema) -> Value {
        let mut made = schema.to_value();
        let fields = made.as_object_mut().expect("the schema of a struct is an object");
        let mut whole = serde_json::Map::new();
        whole.extend(fields.shift_remove_entry("$schema"));
        whole.insert("$id".to_owned(), format!("urn:polinorm:schema:{SCHEMA_VERSION}:{}", self.name()).into());
        whole.extend(["title", "description"].into_iter().filter_map(|key| fields.shift_remove_entry(key)));
        whole.insert("version".to_owned(), SCHEMA_VERSION.into());
        whole.append(fields);
        Value::Object(whole)
    }
}

/// The schema of what is written: a field that may be null is there all the same.
fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_requires_every_field() {
        fn check(schema: &Value, place: &str) {
            if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
                let required: Vec<_> =
                    schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
                assert_eq!(required, properties.keys().collect::<Vec<_>>(), "{place}");
            }
            if let Some(definitions) = schema.get("$defs").and_then(Value::as_object) {
                definitions.iter().for_each(|(name, schema)| check(schema, name));
            }
        }
        for output in Output::ALL {
            assert_eq!(Output::named(output.name()), Some(output));
            check(&output.schema(), output.name());
        }
    }
}
