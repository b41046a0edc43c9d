//! `polinorm stream` as a program that keeps it running meets it: each file of `tests/stream` is a case, the laws are below.
#![allow(clippy::unwrap_used)]

mod given;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;

use assert_cmd::cargo::cargo_bin;
use data_encoding::BASE64;
use polinorm::corpus::{Corpus, MIN_DOCUMENTS};
use polinorm::flags::{check_all, consensus_of};
use polinorm::record::MAX_LINE;
use polinorm::source::Source;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

/// A case: the arguments of a run, its lines, what each answer must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    args: Vec<String>,
    line: Vec<Exchange>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    #[serde(rename = "in")]
    asked: String,
    /// JSON whose every field the answer must have.
    out: String,
}

fn start(args: &[&str]) -> Child {
    let mut command = Command::new(cargo_bin!("polinorm"));
    command.arg("stream").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// What a run answers to its whole input, which nothing on standard error goes with.
fn answers(args: &[&str], input: Vec<u8>) -> Vec<u8> {
    let mut child = start(args);
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn parsed(answers: &[u8]) -> Vec<Value> {
    let lines = std::str::from_utf8(answers).unwrap().split_terminator('\n');
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn input(records: &[Value]) -> Vec<u8> {
    records.iter().map(|record| format!("{record}\n")).collect::<String>().into_bytes()
}

#[test]
fn cases() {
    let mut count = 0;
    for entry in fs::read_dir(given::here("tests/stream")).unwrap() {
        let path = entry.unwrap().path();
        let case: Case = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        check(path.file_stem().unwrap().to_str().unwrap(), &case);
        count += 1;
    }
    assert!(count > 3, "the cases were not found");
}

fn check(name: &str, case: &Case) {
    let args: Vec<_> = case.args.iter().map(String::as_str).collect();
    let lines: String = case.line.iter().map(|line| format!("{}\n", line.asked)).collect();
    let answers = parsed(&answers(&args, lines.into_bytes()));
    assert_eq!(answers.len(), case.line.len(), "{name}");
    for (line, answer) in case.line.iter().zip(&answers) {
        let wanted: Value = serde_json::from_str(&line.out).unwrap();
        assert!(holds(answer, &wanted), "{name}: {} should give {wanted}, not\n{answer}", line.asked);
    }
}

/// True where a value has all that is wanted of it; arrays must agree item by item.
fn holds(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(value), Value::Object(wanted)) => {
            wanted.iter().all(|(key, wanted)| value.get(key).is_some_and(|value| holds(value, wanted)))
        }
        (Value::Array(value), Value::Array(wanted)) => {
            value.len() == wanted.len() && value.iter().zip(wanted).all(|(value, wanted)| holds(value, wanted))
        }
        _ => value == wanted,
    }
}

fn records(sources: &[Source]) -> Vec<Value> {
    let record = |(id, source): (usize, &Source)| json!({"id": id, "path": source.path, "bytes_base64": BASE64.encode(&source.bytes)});
    sources.iter().enumerate().map(record).collect()
}

#[test]
fn a_document_is_the_one_that_extract_gives() {
    let corpus = given::here("corpus");
    let extracted = given::polinorm(&corpus, ["extract", "."]);
    let documents = parsed(&extracted.stdout);
    let streamed = parsed(&answers(&[], input(&records(&given::sources(&corpus)))));
    assert!(documents.len() > 20, "the samples were not found");
    assert_eq!(streamed.len(), documents.len());
    for (id, (record, document)) in streamed.iter().zip(&documents).enumerate() {
        assert_eq!(record, &json!({"id": id, "document": document, "error": null}));
    }
}

#[test]
fn a_sketch_stands_beside_the_very_document() {
    let lines = input(&records(&given::sources(&given::here("corpus"))));
    let (plain, sketched) = (parsed(&answers(&[], lines.clone())), parsed(&answers(&["--sketch"], lines)));
    assert_eq!(plain.len(), sketched.len());
    for (plain, mut sketched) in plain.into_iter().zip(sketched) {
        let sketch = sketched.as_object_mut().unwrap().shift_remove("sketch").unwrap();
        assert_eq!(sketched, plain);
        let held = plain["document"]["blocks"].as_array().unwrap().iter().filter(|block| block["id"] != "");
        let held: Vec<_> = held.map(|block| (&block["id"], &block["form"], &block["kind"])).collect();
        let blocks = sketch["blocks"].as_array().unwrap().iter().filter(|block| block["row_of"].is_null());
        assert_eq!(blocks.map(|block| (&block["id"], &block["form"], &block["kind"])).collect::<Vec<_>>(), held);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let mut records = records(&given::sources(&given::here("corpus")));
    records.insert(7, json!({"id": "odd"}));
    let lines = input(&records);
    let one = answers(&["--jobs", "1"], lines.clone());
    for jobs in ["2", "9"] {
        assert!(answers(&["--jobs", jobs], lines.clone()) == one, "--jobs {jobs} gives other bytes than --jobs 1");
    }
}

#[test]
fn flags_are_those_of_the_dataset() {
    let documents = given::documents(&given::sources(&given::here("corpus/family")));
    let corpus = Corpus::gather(documents.clone(), MIN_DOCUMENTS);
    let line = |index: usize| {
        let consensus = consensus_of(&corpus.documents[index], &corpus.families);
        let family = &corpus.documents[index].family;
        json!({"id": index, "document": documents[index], "consensus": consensus, "family": family})
    };
    let lines: Vec<_> = (0..documents.len()).map(line).collect();
    let answers = parsed(&answers(&["--flags"], input(&lines)));
    let flags: Vec<_> = answers.iter().flat_map(|answer| answer["flags"].as_array().unwrap().clone()).collect();
    let expected: Vec<_> = check_all(&corpus).iter().map(|flag| serde_json::to_value(flag).unwrap()).collect();
    assert!(expected.len() > 2 && corpus.families.len() == 1, "the samples show no flags");
    assert_eq!(flags, expected);
}

#[test]
fn an_answer_comes_before_the_next_line_is_asked() {
    let mut child = start(&["--jobs", "2"]);
    let (mut asked, mut given) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for id in 0..20 {
        writeln!(asked, "{}", json!({"id": id, "text": "Cookie policy"})).unwrap();
        let mut answer = String::new();
        given.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{id},\"document\":{{")), "{answer}");
    }
    drop(asked);
    assert!(child.wait().unwrap().success());
}

#[test]
fn it_ends_when_nobody_reads_although_the_input_stays_open() {
    let mut child = start(&[]);
    let mut asked = child.stdin.take().unwrap();
    drop(child.stdout.take());
    writeln!(asked, "{}", json!({"text": "Cookie policy"})).unwrap();
    assert!(child.wait().unwrap().success());
    drop(asked);
}

#[test]
fn a_line_beyond_the_limit_is_answered_and_not_held() {
    let mut child = start(&["--jobs", "1"]);
    let mut asked = child.stdin.take().unwrap();
    let writer = thread::spawn(move || {
        asked.write_all(b"{\"id\": \"huge\", \"text\": \"").unwrap();
        let piece = [b'x'; 1 << 20];
        (0..(3 * MAX_LINE) >> 20).for_each(|_| asked.write_all(&piece).unwrap());
        asked.write_all(b"\"}\n{\"id\": 2, \"text\": \"Cookie policy\"}\n").unwrap();
        asked
    });
    let mut given = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<_> = given.by_ref().lines().take(2).map(Result::unwrap).collect();
    let most = peak_memory(&child);
    drop(writer.join().unwrap());
    assert!(child.wait().unwrap().success());
    let answers = parsed(lines.join("\n").as_bytes());
    assert_eq!((&answers[0]["id"], &answers[0]["error"]["code"]), (&json!("huge"), &json!("too-large")));
    assert_eq!((&answers[1]["id"], &answers[1]["error"]), (&json!(2), &Value::Null));
    // A buffer that doubles as it grows holds at most three times the limit.
    assert!(most.is_none_or(|most| most < 4 * MAX_LINE), "{most:?} bytes");
}

#[test]
fn memory_does_not_grow_with_the_number_of_lines() {
    let text = "Cookie policy\n\nName\tPurpose\nsid\tKeeps you logged in\n";
    let mut child = start(&["--jobs", "2"]);
    let mut asked = child.stdin.take().unwrap();
    let mut given = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut most = Vec::new();
    for count in [500, 5000] {
        let writer = thread::spawn(move || {
            (0..count).for_each(|id| writeln!(asked, "{}", json!({"id": id, "text": text})).unwrap());
            asked
        });
        (0..count).for_each(|id| assert!(given.next().unwrap().unwrap().starts_with(&format!("{{\"id\":{id},"))));
        most.push(peak_memory(&child));
        asked = writer.join().unwrap();
    }
    drop(asked);
    assert!(child.wait().unwrap().success());
    if let [Some(few), Some(many)] = most[..] {
        assert!(many * 4 < few * 5, "{few} bytes for 500 lines, {many} for 5,500");
    }
}

/// The most memory that a process has held so far, where the system tells.
fn peak_memory(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

/// What may be asked for, and the field of the answer that holds it.
#[derive(Debug, Clone, Copy)]
struct Asked {
    arguments: &'static [&'static str],
    answer: &'static str,
}

const ASKED: &[Asked] = &[
    Asked { arguments: &[], answer: "document" },
    Asked { arguments: &["--sketch"], answer: "sketch" },
    Asked { arguments: &["--consensus"], answer: "consensus" },
    Asked { arguments: &["--flags"], answer: "flags" },
];

/// A line that may be a record, nearly one, or nothing like it.
fn line() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\"id\":",
        "1",
        "-0.5e9",
        "\"a\"",
        "null",
        "true",
        "\"text\":",
        "\"html\":",
        "\"bytes_base64\":",
        "\"JVBERi0=\"",
        "\"path\":",
        "\"a.pdf\"",
        "\"media_type\":",
        "\"text/html\"",
        "\"Cookie policy\"",
        "\\u0000",
        "\\ud800",
        "\r",
        "\t",
        " ",
        "\u{feff}",
        "é",
    ];
    let pieces =
        prop::collection::vec(proptest::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat().into_bytes());
    let bytes = prop::collection::vec(any::<u8>().prop_filter("it would be two lines", |byte| *byte != b'\n'), 0..40);
    let texts = ["Cookie policy", "", "<table><tr><td>_ga", "_ga\t2 years\u{0}", "| a | b |\n|---|---|\n| _ga | x |"];
    let keys = proptest::sample::select(vec!["text", "html", "bytes_base64", "none"]);
    let record = (any::<u64>(), keys, proptest::sample::select(texts.to_vec()))
        .prop_map(|(id, key, text)| json!({"id": id, key: text}).to_string().into_bytes());
    prop_oneof![pieces, bytes, record]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_has_one_answer_with_its_id(lines in prop::collection::vec(line(), 0..60), ended in any::<bool>(), asked in proptest::sample::select(ASKED)) {
        let mut whole = lines.join(&b'\n');
        if ended || lines.last().is_some_and(Vec::is_empty) {
            whole.push(b'\n');
        }
        let count = if lines.is_empty() && ended { 1 } else { lines.len() };
        let args = |jobs| [asked.arguments, &["--jobs", jobs]].concat();
        let one = answers(&args("1"), whole.clone());
        prop_assert_eq!(&answers(&args("3"), whole), &one);
        let given = parsed(&one);
        prop_assert_eq!(given.len(), count);
        for (line, answer) in lines.iter().zip(&given) {
            prop_assert!(answer[asked.answer].is_null() != answer["error"].is_null());
            if let Ok(record) = serde_json::from_slice::<serde_json::Map<String, Value>>(line) {
                prop_assert_eq!(&answer["id"], record.get("id").unwrap_or(&Value::Null));
            }
        }
    }
}
