//! Flags as SARIF 2.1.0 (OASIS), which forges show as annotations of a change: one result a flag. Documents are named and not held.

use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use super::{DocumentWriter, Export};
use crate::document::{Place, PolicyDocument};
use crate::flags::{Flag, RULES, Rule, Severity, manual};

/// The format.
pub(super) struct Sarif {
    /// What stands before each path.
    pub prefix: String,
}

struct Results<'a> {
    out: &'a mut dyn Write,
    prefix: String,
    empty: bool,
}

/// A result; keys in the order of the standard's section 3.27.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    /// Left out for a rule that an older or newer program knew.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Value,
    locations: [Value; 1],
    partial_fingerprints: Value,
}

impl Export for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn start<'a>(&self, out: &'a mut dyn Write) -> io::Result<Box<dyn DocumentWriter + 'a>> {
        let schema = "https://json.schemastore.org/sarif-2.1.0.json";
        write!(out, "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
        serde_json::to_writer(&mut *out, &tool()).map_err(io::Error::from)?;
        write!(out, ",\"columnKind\":\"unicodeCodePoints\",\"results\":[")?;
        Ok(Box::new(Results { out, prefix: self.prefix.clone(), empty: true }))
    }
}

impl DocumentWriter for Results<'_> {
    fn write(&mut self, document: &PolicyDocument, flags: &[Flag]) -> io::Result<()> {
        for flag in flags {
            self.out.write_all(if self.empty { b"\n" } else { b",\n" })?;
            self.empty = false;
            let result = self.result(document, flag);
            serde_json::to_writer(&mut self.out, &result).map_err(io::Error::from)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.write_all(b"\n]}]}\n")?;
        self.out.flush()
    }
}

impl Results<'_> {
    fn result<'a>(&self, document: &PolicyDocument, flag: &'a Flag) -> SarifResult<'a> {
        let path = format!("{}{}", self.prefix, flag.document);
        let uri = utf8_percent_encode(&path, NOT_IN_PATHS).to_string();
        let mut place = json!({ "artifactLocation": { "uri": uri } });
        if let Some(region) = region(document, &flag.evidence) {
            place["region"] = region;
        }
        SarifResult {
            rule_id: &flag.rule,
            rule_index: RULES.iter().position(|rule| rule.id() == flag.rule),
            level: level(flag.severity),
            message: json!({ "text": flag.message }),
            locations: [json!({ "physicalLocation": place })],
            partial_fingerprints: json!({ "polinormFlag/v1": flag.id }),
        }
    }
}

/// All that may not stand in the path of a URI as it is (RFC 3986, section 3.3).
const NOT_IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn tool() -> Value {
    let driver = json!({
        "name": "polinorm",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": RULES.iter().map(|rule| descriptor(*rule)).collect::<Vec<_>>(),
    });
    json!({ "driver": driver })
}

fn descriptor(rule: &dyn Rule) -> Value {
    let page = manual(rule);
    let summary = super::report::summary_of(&page);
    json!({
        "id": rule.id(),
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": page, "markdown": page },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Minor => "warning",
        Severity::Major => "error",
    }
}

/// The lines of a text file; those of a PDF are of our own counting and no place in the file.
fn region(document: &PolicyDocument, place: &Place) -> Option<Value> {
    let line = place.line.filter(|_| document.source.pages.is_none())?;
    Some(json!({ "startLine": line, "endLine": place.end_line.unwrap_or(line) }))
}
