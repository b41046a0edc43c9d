//! The wire contract: the files of `schema/` are what the types say, and what the program writes follows them.
//!
//! `POLINORM_ACCEPT=1 cargo test --test schema` writes the schemas of the types. Raise `SCHEMA_VERSION` with them: a new field is a
//! minor version, a field that is gone or means something else a major one.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use polinorm::corpus::{Corpus, ErrorRecord, MIN_DOCUMENTS, compare};
use polinorm::document::PolicyDocument;
use polinorm::export::dataset::{Dataset, File};
use polinorm::export::schema::Output;
use polinorm::{Code, Error, record};
use serde::Serialize;
use serde_json::Value;

/// A schema and a validator of it.
struct Contract {
    output: Output,
    schema: Value,
    validator: Validator,
}

impl Contract {
    fn of(output: Output) -> Self {
        let schema = output.schema();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        Self { output, schema, validator }
    }

    /// Holds what is written to the schema, and its keys to the order of the schema.
    fn hold(&self, written: &str) {
        let value: Value = serde_json::from_str(written).unwrap();
        let faults: Vec<_> =
            self.validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}\n{written}", self.output.name());
        self.hold_order(&value, &self.schema, self.output.name());
    }

    fn hold_order(&self, value: &Value, schema: &Value, place: &str) {
        match (value, self.resolved(schema, value)) {
            (Value::Object(fields), Some(schema)) => {
                let declared = schema["properties"].as_object().unwrap();
                assert!(fields.keys().eq(declared.keys()), "{place}: keys {:?}", fields.keys().collect::<Vec<_>>());
                fields
                    .iter()
                    .for_each(|(key, value)| self.hold_order(value, &declared[key], &format!("{place}.{key}")));
            }
            (Value::Array(items), Some(schema)) => {
                items.iter().for_each(|item| self.hold_order(item, &schema["items"], &format!("{place}[]")));
            }
            _ => {}
        }
    }

    /// The part of a schema that speaks of objects or arrays: behind references, past the null of what may be absent.
    fn resolved<'a>(&'a self, schema: &'a Value, value: &Value) -> Option<&'a Value> {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let name = reference.strip_prefix("#").expect("a schema refers to itself alone");
            return self.resolved(self.schema.pointer(name).unwrap(), value);
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            return choices.iter().find_map(|choice| self.resolved(choice, value));
        }
        let speaks = if value.is_object() { "properties" } else { "items" };
        schema.get(speaks).map(|_| schema)
    }
}

/// The dataset of documents, one of its inputs unreadable.
fn dataset(documents: Vec<PolicyDocument>) -> Dataset {
    let error = Error::new("locked.pdf", Code::Encrypted, "a password is needed");
    Dataset::new(
        Corpus::gather(documents, MIN_DOCUMENTS),
        vec![ErrorRecord::new("locked.pdf", &error)],
        "",
        MIN_DOCUMENTS,
    )
}

fn written(dataset: &Dataset, file: File) -> String {
    let mut out = Vec::new();
    dataset.write(file, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// Holds all that is written from a folder of documents to its schema; gives the number of lines of each file.
fn hold_all_of(folder: &Path) -> Vec<(File, usize)> {
    let sources = given::sources(folder);
    let documents = given::documents(&sources);
    assert!(!documents.is_empty(), "no documents in {}", folder.display());
    let contract = Contract::of(Output::Explanation);
    given::explanations(&sources).iter().for_each(|explanation| contract.hold(&json(explanation)));
    let contract = Contract::of(Output::Document);
    documents.iter().for_each(|document| contract.hold(&json(document)));
    let contract = Contract::of(Output::Comparison);
    documents.windows(2).for_each(|pair| contract.hold(&json(&compare(&pair[0], &pair[1]))));
    hold_records_of(&documents[0]);
    let dataset = dataset(documents);
    Contract::of(Output::Manifest).hold(&written(&dataset, File::Manifest));
    let files = [
        (File::Documents, Output::Document),
        (File::Boilerplate, Output::Boilerplate),
        (File::Families, Output::Family),
        (File::Flags, Output::Flag),
        (File::Errors, Output::Error),
    ];
    files.map(|(file, output)| (file, hold_lines(&dataset, file, &Contract::of(output)))).into()
}

/// Holds the records of a document, its sketch, its flags and a consensus, and those with an error, to their schemas.
fn hold_records_of(document: &PolicyDocument) {
    let statement =
        serde_json::json!({"subject": "field", "name": "title", "field": null, "value": "Cookies", "documents": 3});
    let asked = json(&serde_json::json!({
        "id": 1, "text": "Cookies are files that a site leaves behind", "original": "Cookies are the files that a site leaves behind",
        "document": document, "documents": 3, "statements": [statement], "blocks": []
    }));
    for line in [asked.as_str(), "{}"] {
        let line = line.into();
        Contract::of(Output::Record).hold(&json(&record::document(&line, |_| Ok(document.clone()))));
        Contract::of(Output::SketchRecord).hold(&json(&record::sketch(&line, |_| Ok(document.clone()))));
        Contract::of(Output::ConsensusRecord).hold(&json(&record::consensus(&line)));
        Contract::of(Output::FlagRecord).hold(&json(&record::flags(&line)));
        Contract::of(Output::SignatureRecord).hold(&json(&record::signature(&line)));
        Contract::of(Output::ResemblanceRecord).hold(&json(&record::resemblance(&line)));
    }
}

fn hold_lines(dataset: &Dataset, file: File, contract: &Contract) -> usize {
    let lines = written(dataset, file);
    lines.lines().for_each(|line| contract.hold(line));
    lines.lines().count()
}

#[test]
fn the_files_are_what_the_types_say() {
    let expected: BTreeSet<_> = Output::ALL.map(|output| format!("{}.schema.json", output.name())).into();
    for output in Output::ALL {
        let path = given::here("schema").join(format!("{}.schema.json", output.name()));
        let mut made = Vec::new();
        output.write_schema(&mut made).unwrap();
        if given::accepts() {
            fs::write(&path, &made).unwrap();
        }
        let same = fs::read(&path).is_ok_and(|file| file == made);
        assert!(same, "{} is not what the types say: POLINORM_ACCEPT=1 cargo test --test schema", path.display());
    }
    let names =
        fs::read_dir(given::here("schema")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.collect::<BTreeSet<_>>(), expected);
}

#[test]
fn every_schema_is_a_schema() {
    for output in Output::ALL {
        let schema = output.schema();
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{}: {error}", output.name()));
        assert!(schema["$id"].as_str().unwrap().ends_with(output.name()) && schema["title"].is_string());
    }
}

#[test]
fn what_the_samples_give_follows_the_schemas() {
    for (file, lines) in hold_all_of(&given::here("corpus")) {
        assert!(lines > 0, "the samples show nothing of {}", file.name());
    }
}

#[test]
fn what_real_documents_give_follows_the_schemas() {
    if let Some(folder) = given::labelled("what real documents give follows the schemas") {
        hold_all_of(&folder);
    }
}

#[test]
fn a_schema_refuses_what_lacks_a_field_or_says_it_wrongly() {
    let contract = Contract::of(Output::Document);
    let documents = given::documents(&given::sources(&given::here("corpus/wrapped-rows-tabs")));
    let whole = serde_json::to_value(&documents[0]).unwrap();
    assert!(contract.validator.is_valid(&whole));
    for field in whole.as_object().unwrap().keys() {
        let mut lacking = whole.clone();
        lacking.as_object_mut().unwrap().shift_remove(field);
        assert!(!contract.validator.is_valid(&lacking), "{field} may be absent");
        let mut wrong = whole.clone();
        wrong[field] = true.into();
        assert!(!contract.validator.is_valid(&wrong), "{field} may be true");
    }
}
