//! Time of each stage on documents like real ones: `cargo bench --bench stages [NAME]`. The documents are written here, alike on every
//! machine; figures of one run can be held against each other, those of two runs hardly.
#![allow(missing_docs, clippy::unwrap_used)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use polinorm::ExtractOptions;
use polinorm::corpus::{Corpus, MIN_DOCUMENTS, compare, label_blocks};
use polinorm::document::PolicyDocument;
use polinorm::export::{EXPORTS, export};
use polinorm::fields;
use polinorm::flags::check_all;
use polinorm::read::{ReadOptions, read};
use polinorm::record::{self, Line};
use polinorm::source::Source;

const ENDINGS: [&str; 3] = ["txt", "md", "html"];

fn main() {
    divan::main();
}

/// A policy of about 6 KB with 24 cookies, the number of its portal in it; a little differs from portal to portal.
fn policy(ending: &str, portal: usize) -> Source {
    let mut page = Page { ending, text: String::new() };
    page.heading("Cookie policy");
    page.paragraph(&format!("Last updated: {} March 2024", 1 + portal % 28));
    page.paragraph(&format!(
        "This policy says which cookies the portal https://portal{portal}.example/ keeps in your browser."
    ));
    for part in 0..12 {
        let edit = if portal % 13 == part { "mostly" } else { "alike" };
        page.paragraph(&format!(
            "Part {part} of the text that all portals of the group print {edit}: small files that a browser keeps may hold a choice, a \
             number that stands for a visit, or what was put into a basket, and none of them is read by any other site than ours."
        ));
    }
    for (number, kind) in ["Strictly necessary cookies", "Analytics cookies", "Marketing cookies"].iter().enumerate() {
        page.heading(kind);
        page.table((0..8).map(|row| cookie(number * 8 + row, portal)));
    }
    Source::new(format!("{portal:05}.{ending}"), page.text.into_bytes()).unwrap()
}

fn cookie(number: usize, portal: usize) -> [String; 4] {
    let (months, who) = (1 + number % 24, ["Portal Works", "Count & Co", "Adverts Ltd"][number / 8]);
    let purpose = if number == portal % 29 {
        "To do something else"
    } else {
        "To remember what the visitor chose on the last page"
    };
    [format!("_id{number}"), who.to_owned(), purpose.to_owned(), format!("{months} months")]
}

/// A document under construction.
struct Page<'a> {
    ending: &'a str,
    text: String,
}

impl Page<'_> {
    fn heading(&mut self, text: &str) {
        self.text += &match self.ending {
            "html" => format!("<h2>{text}</h2>\n"),
            "md" => format!("## {text}\n\n"),
            _ => format!("{text}\n\n"),
        };
    }

    fn paragraph(&mut self, text: &str) {
        self.text += &match self.ending {
            "html" => format!("<div><p>{text}</p></div>\n"),
            _ => format!("{text}\n\n"),
        };
    }

    fn table(&mut self, rows: impl Iterator<Item = [String; 4]>) {
        let head = ["Cookie name", "Provider", "Purpose", "Duration"].map(str::to_owned);
        let rows = [head].into_iter().chain(rows).enumerate().map(|(number, cells)| match self.ending {
            "html" => format!("<tr><td>{}</td></tr>\n", cells.join("</td><td>")),
            "md" if number == 0 => format!("| {} |\n|---|---|---|---|\n", cells.join(" | ")),
            "md" => format!("| {} |\n", cells.join(" | ")),
            _ => format!("{}\n", cells.join("\t")),
        });
        let rows: String = rows.collect();
        self.text += &if self.ending == "html" { format!("<table>{rows}</table>\n") } else { format!("{rows}\n") };
    }
}

fn documents(count: usize) -> Vec<PolicyDocument> {
    let sources = (0..count).map(|portal| policy("txt", portal));
    sources.map(|source| polinorm::extract(&source, &ExtractOptions::default()).unwrap()).collect()
}

#[divan::bench]
fn decode(bencher: Bencher) {
    let source = policy("txt", 1);
    bencher.counter(BytesCount::new(source.bytes.len())).bench(|| black_box(&source).decode());
}

#[divan::bench(args = ENDINGS)]
fn read_blocks(bencher: Bencher, ending: &str) {
    let (source, options) = (policy(ending, 1), ReadOptions::default());
    bencher.counter(BytesCount::new(source.bytes.len())).bench(|| read(black_box(&source), &options).unwrap());
}

#[divan::bench(args = ENDINGS)]
fn understand_fields(bencher: Bencher, ending: &str) {
    let source = policy(ending, 1);
    let reading = read(&source, &ReadOptions::default()).unwrap();
    let bencher = bencher.counter(BytesCount::new(source.bytes.len())).with_inputs(|| reading.clone());
    bencher.bench_values(|reading| fields::understand(&source, reading, None));
}

#[divan::bench]
fn label_templates(bencher: Bencher) {
    let document = documents(1).remove(0);
    bencher.with_inputs(|| document.clone()).bench_refs(label_blocks);
}

#[divan::bench(args = ENDINGS)]
fn extract_document(bencher: Bencher, ending: &str) {
    let (source, options) = (policy(ending, 1), ExtractOptions::default());
    bencher
        .counter(BytesCount::new(source.bytes.len()))
        .bench(|| polinorm::extract(black_box(&source), &options).unwrap());
}

#[divan::bench]
fn answer_record(bencher: Bencher) {
    let text = String::from_utf8(policy("txt", 1).bytes).unwrap();
    let line = Line::from(serde_json::json!({"id": 1, "text": text}).to_string().as_str());
    let options = ExtractOptions::default();
    let answer =
        || serde_json::to_vec(&record::document(&line, |source| polinorm::extract(&source, &options))).unwrap();
    bencher.counter(BytesCount::new(text.len())).bench(answer);
}

#[divan::bench(args = [64, 512], sample_count = 10)]
fn gather_corpus(bencher: Bencher, count: usize) {
    let documents = documents(count);
    bencher.with_inputs(|| documents.clone()).bench_values(|documents| Corpus::gather(documents, MIN_DOCUMENTS));
}

#[divan::bench(args = [64, 512], sample_count = 10)]
fn check_flags(bencher: Bencher, count: usize) {
    let corpus = Corpus::gather(documents(count), MIN_DOCUMENTS);
    bencher.bench(|| check_all(black_box(&corpus)));
}

#[divan::bench]
fn compare_documents(bencher: Bencher) {
    let documents = documents(2);
    bencher.bench(|| compare(black_box(&documents[0]), &documents[1]));
}

#[divan::bench(args = EXPORTS.iter().map(|export| export.name()))]
fn write_export(bencher: Bencher, name: &str) {
    let documents = documents(16);
    bencher.bench(|| {
        let mut out = Vec::new();
        let mut writer = export(name).unwrap().start(&mut out).unwrap();
        documents.iter().for_each(|document| writer.write(document, &[]).unwrap());
        writer.finish().unwrap();
        out
    });
}
