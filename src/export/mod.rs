//! Documents and datasets as bytes: one format, one file. Sees canonical documents only and touches no file.

mod compact_json;
pub mod comparison;
mod csv;
pub mod dataset;
pub mod dataset_writer;
mod json;
mod markdown;
mod ndjson;
mod page;
pub mod report;
mod sarif;
pub mod schema;

use std::io::{self, Write};

use crate::document::PolicyDocument;
use crate::flags::Flag;

pub use ndjson::write_line;

/// The formats of documents, in the order in which `--to` lists them.
pub const EXPORTS: &[&dyn Export] = &[
    &ndjson::Ndjson,
    &json::Json,
    &csv::Csv { formulas: Formulas::Neutral },
    &markdown::Markdown,
    &sarif::Sarif { prefix: String::new() },
];

/// A format that documents and what was flagged in them can be written in.
pub trait Export: Sync {
    /// Its name, as `--to` takes it: that of its file.
    fn name(&self) -> &'static str;

    /// Starts writing.
    ///
    /// # Errors
    /// Those of `out`, here and in the writer that is returned.
    fn start<'a>(&self, out: &'a mut dyn Write) -> io::Result<Box<dyn DocumentWriter + 'a>>;
}

/// Writes documents one after the other.
pub trait DocumentWriter {
    /// Writes a document and, where the format has a place for them, its flags.
    ///
    /// # Errors
    /// Those of the output.
    fn write(&mut self, document: &PolicyDocument, flags: &[Flag]) -> io::Result<()>;

    /// Writes what must follow the last document, and flushes.
    ///
    /// # Errors
    /// Those of the output.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// What becomes of a cell that a spreadsheet would run as a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Formulas {
    /// It is preceded by an apostrophe, so that it is shown and not run.
    #[default]
    Neutral,
    /// It is written as it is. A policy is text from strangers: opened in a spreadsheet, `=HYPERLINK(…)` may send data elsewhere.
    Raw,
}

/// The format of a name.
pub fn export(name: &str) -> Option<&'static dyn Export> {
    EXPORTS.iter().copied().find(|export| export.name() == name)
}

/// CSV of cookie rows with a choice of what becomes of formulas.
pub fn csv(formulas: Formulas) -> impl Export {
    csv::Csv { formulas }
}

/// SARIF of flags whose paths are given the prefix that they have in a repository: `policies/`.
pub fn sarif(prefix: &str) -> impl Export {
    sarif::Sarif { prefix: prefix.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::corpus::sample::{Sample, row};
    use crate::document::CookieRow;

    fn written(export: &dyn Export, documents: &[PolicyDocument]) -> String {
        let mut out = Vec::new();
        let mut writer = export.start(&mut out).unwrap();
        let flags = |document| crate::flags::check(document, None);
        documents.iter().for_each(|document| writer.write(document, &flags(document)).unwrap());
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn documents() -> Vec<PolicyDocument> {
        let odd = CookieRow {
            provider: Some("=1+1".into()),
            domain: vec!["-a".into(), "b".into()],
            ..row("a,\"b\"", "line\nfeed")
        };
        vec![
            Sample::new("a.txt", "a.example").row(odd).build(),
            Sample::new("b.txt", "b.example").row(row("id", "why")).build(),
        ]
    }

    #[test]
    fn every_file_is_registered_under_its_name() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let others = [
            "mod.rs",
            "compact_json.rs",
            "dataset.rs",
            "dataset_writer.rs",
            "schema.rs",
            "comparison",
            "page",
            "report",
        ];
        let files: BTreeSet<_> = files.filter(|name| !others.contains(&name.as_str())).collect();
        let names: BTreeSet<_> = EXPORTS.iter().map(|export| format!("{}.rs", export.name())).collect();
        assert_eq!(files, names);
    }

    #[test]
    fn json_and_ndjson_read_back_as_they_were() {
        for count in 0..=2 {
            let documents = &documents()[..count];
            let array: Vec<PolicyDocument> = serde_json::from_str(&written(&json::Json, documents)).unwrap();
            assert_eq!(array, documents);
            let lines = written(&ndjson::Ndjson, documents);
            let lines: Vec<PolicyDocument> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(lines, documents);
        }
    }

    #[test]
    fn markdown_has_a_table_and_the_flags_of_each_document() {
        let text = written(&markdown::Markdown, &documents());
        assert!(text.starts_with("# a.example\n\na.txt · cookie policy\n\n| name |"), "{text}");
        assert!(text.contains("| a,\"b\" | necessary | =1+1 | -a, b | line feed |\n"), "{text}");
        assert!(text.contains("- **minor** missing-date: ") && text.contains("\n# b.example\n"), "{text}");
    }

    #[test]
    fn sarif_has_a_result_for_each_flag_and_its_rule() {
        let log: serde_json::Value = serde_json::from_str(&written(&sarif("of me/"), &documents())).unwrap();
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!((log["version"].as_str(), results.len()), (Some("2.1.0"), 5));
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in results {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        }
        let place = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "of%20me/a.txt");
    }

    #[test]
    fn a_spreadsheet_runs_no_cell() {
        let text = written(&csv(Formulas::Neutral), &documents());
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(|record| record.unwrap()).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!((&rows[0][3], &rows[0][6], &rows[0][7], &rows[0][11]), ("a,\"b\"", "'=1+1", "'-a; b", "line\nfeed"));
        assert!(written(&csv(Formulas::Raw), &documents()).contains(",=1+1,"));
    }
}
