//! What `export --to sarif` writes is valid by the schema that OASIS publishes with SARIF 2.1.0 (`tests/sarif/`), whatever was flagged.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeSet;
use std::fs;

use jsonschema::{Draft, Validator};
use polinorm::corpus::{Corpus, MIN_DOCUMENTS};
use polinorm::export::{self, Export};
use polinorm::flags::check_all;
use polinorm::source::Source;
use serde_json::{Value, json};

fn standard() -> Validator {
    let schema = fs::read_to_string(given::here("tests/sarif/sarif-schema-2.1.0.json")).unwrap();
    // The pattern of languages closes a bracket that it never opened, which only some dialects let pass.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    let options = jsonschema::options().with_draft(Draft::Draft7).should_validate_formats(true);
    options.build(&serde_json::from_str(&schema).unwrap()).unwrap()
}

fn faults(sarif: &Value) -> Vec<String> {
    standard().iter_errors(sarif).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The flags of a corpus of sources as SARIF, their paths behind a prefix.
fn sarif(sources: &[Source], prefix: &str) -> Value {
    let documents = given::documents(sources);
    let flags = check_all(&Corpus::gather(documents.clone(), MIN_DOCUMENTS));
    let export = export::sarif(prefix);
    let mut out = Vec::new();
    let mut writer = export.start(&mut out).unwrap();
    for document in &documents {
        let of: Vec<_> = flags.iter().filter(|flag| flag.document == document.source.path).cloned().collect();
        writer.write(document, &of).unwrap();
    }
    writer.finish().unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn results(sarif: &Value) -> &Vec<Value> {
    sarif["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn the_flags_of_the_samples_are_valid_sarif() {
    let sarif = sarif(&given::sources(&given::here("corpus")), "policies/of all sites/");
    assert_eq!(faults(&sarif), [""; 0]);
    let said = |key: &str| results(&sarif).iter().map(|result| result[key].as_str().unwrap()).collect::<BTreeSet<_>>();
    assert_eq!(said("level"), BTreeSet::from(["error", "note", "warning"]));
    assert!(said("ruleId").len() > 5, "{:?}", said("ruleId"));
    let places = results(&sarif).iter().map(|result| &result["locations"][0]["physicalLocation"]);
    let (with, without): (Vec<_>, Vec<_>) = places.partition(|place| place.get("region").is_some());
    assert!(!with.is_empty() && !without.is_empty());
    assert!(
        with.iter().all(|place| place["artifactLocation"]["uri"].as_str().unwrap().starts_with("policies/of%20all"))
    );
}

#[test]
fn odd_paths_and_no_flags_are_valid_sarif() {
    let text = "Cookie policy\n\nWe set no cookies, \u{1}<b>none</b>.";
    let odd = ["a b/ü#?.txt", "c:\\d%20.txt", "[x]{y}|z.txt"].map(|path| Source::new(path, text.into()).unwrap());
    let flagged = sarif(&odd, "");
    assert!(results(&flagged).len() >= odd.len());
    assert_eq!(faults(&flagged), [""; 0]);
    assert_eq!(faults(&sarif(&[], "")), [""; 0]);
}

#[test]
fn the_schema_refuses_what_is_no_sarif() {
    let good = sarif(&given::sources(&given::here("corpus/family")), "");
    assert_eq!(faults(&good), [""; 0]);
    let spoiled = |pointer: &str, value: Value| {
        let mut sarif = good.clone();
        *sarif.pointer_mut(pointer).unwrap() = value;
        faults(&sarif)
    };
    for (pointer, value) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/results/0/level", json!("fatal")),
        ("/runs/0/results/0/message", json!({})),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("a b")),
        ("/runs/0/tool", json!({})),
    ] {
        assert!(!spoiled(pointer, value).is_empty(), "{pointer}");
    }
}
