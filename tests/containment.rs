//! Hostile PDF files among good ones: each costs itself and nothing else, and the error record says what happened.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use tempfile::TempDir;

/// A PDF of one page: its content, the entries of its stream, and what else its resources and objects hold.
#[derive(Default)]
struct Pdf<'a> {
    content: &'a [u8],
    entries: &'a str,
    resources: &'a str,
    objects: Vec<Vec<u8>>,
}

impl Pdf<'_> {
    fn bytes(self) -> Vec<u8> {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>{}>>/Contents 5 0 R>>",
            self.resources
        );
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
        let mut objects = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
            page.into_bytes(),
            font.as_bytes().to_vec(),
            stream(self.entries, self.content),
        ];
        objects.extend(self.objects);
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut xref = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (index, object) in objects.iter().enumerate() {
            xref.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.extend([format!("{} 0 obj\n", index + 1).as_bytes(), object, b"\nendobj\n"].concat());
        }
        let start = file.len();
        let trailer = format!("{xref}trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
        file.extend(trailer.into_bytes());
        file
    }
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn good(words: &str) -> Vec<u8> {
    let content = format!("BT /F 12 Tf 50 700 Td ({words}) Tj ET");
    Pdf { content: content.as_bytes(), ..Pdf::default() }.bytes()
}

fn deflated(block: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    (0..times).for_each(|_| encoder.write_all(block).unwrap());
    encoder.finish().unwrap()
}

/// 200 MB of deflated data, each pair of which then stands for 128 bytes: 13 GB.
fn bomb() -> Vec<u8> {
    let content = deflated(&[0x81, b' '].repeat(1 << 19), 200);
    Pdf { content: &content, entries: "/Filter[/FlateDecode/RunLengthDecode]", ..Pdf::default() }.bytes()
}

/// The same, with its filters named where no budget looks for them.
fn hidden_bomb() -> Vec<u8> {
    let content = deflated(&[0x81, b' '].repeat(1 << 19), 200);
    let objects = vec![b"[/FlateDecode/RunLengthDecode]".to_vec()];
    Pdf { content: &content, entries: "/Filter 6 0 R", objects, ..Pdf::default() }.bytes()
}

/// A form of a megabyte that draws nothing, ten thousand times.
fn idle() -> Vec<u8> {
    let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", &deflated(b"q Q ", 1 << 18));
    let content = [&b"BT /F 12 Tf 50 700 Td (Before it) Tj ET "[..], &b"/X Do ".repeat(10_000)].concat();
    Pdf { content: &content, resources: "/XObject<</X 6 0 R>>", objects: vec![form], ..Pdf::default() }.bytes()
}

/// A page that draws nothing, for two hundred megabytes.
fn tiring() -> Vec<u8> {
    Pdf { content: &deflated(&b"q Q ".repeat(1 << 18), 200), entries: "/Filter/FlateDecode", ..Pdf::default() }.bytes()
}

/// A form that draws itself.
fn endless() -> Vec<u8> {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>";
    let objects = vec![stream(form, b"/X Do")];
    Pdf { content: b"/X Do", resources: "/XObject<</X 6 0 R>>", objects, ..Pdf::default() }.bytes()
}

/// Forms that draw the next one four times each, 40 deep.
fn doubling() -> Vec<u8> {
    let form = |next: usize| {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
        stream(&entries, b"/X Do /X Do /X Do /X Do")
    };
    let mut objects: Vec<_> = (0..40).map(|level| form(7 + level)).collect();
    objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b""));
    let content = b"BT /F 12 Tf 50 700 Td (Before it) Tj ET /X Do";
    Pdf { content, resources: "/XObject<</X 6 0 R>>", objects, ..Pdf::default() }.bytes()
}

/// Arrays in arrays.
fn nest() -> Vec<u8> {
    let deep = [b"[".repeat(200_000), b"]".repeat(200_000)].concat();
    Pdf { content: b"", objects: vec![deep], resources: "/XObject 6 0 R", ..Pdf::default() }.bytes()
}

fn folder(files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
    folder
}

fn extract(folder: &Path, options: &[&str]) -> Output {
    Command::new(cargo_bin!("polinorm")).args(["extract", "."]).args(options).current_dir(folder).output().unwrap()
}

fn paths(output: &Output) -> Vec<String> {
    let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
    let document = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    lines.map(|line| document(line)["source"]["path"].as_str().unwrap().to_owned()).collect()
}

/// The error record of a path in a dataset: its code and message.
fn record(dataset: &Path, path: &str) -> (String, String) {
    let text = fs::read_to_string(dataset.join("errors.ndjson")).unwrap();
    let mut records = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let record = records.find(|record| record["path"] == path).unwrap();
    let field = |name: &str| record[name].as_str().unwrap().to_owned();
    (field("code"), field("message"))
}

#[test]
fn hostile_files_cost_themselves_alone() {
    let plain = Pdf { content: &deflated(&[b' '; 1 << 20], 300), entries: "/Filter/FlateDecode", ..Pdf::default() };
    let files = [
        ("a.pdf", good("First")),
        ("bomb.pdf", bomb()),
        ("doubling.pdf", doubling()),
        ("endless.pdf", endless()),
        ("hidden-bomb.pdf", hidden_bomb()),
        ("idle.pdf", idle()),
        ("nest.pdf", nest()),
        ("tiring.pdf", tiring()),
        ("plain-bomb.pdf", plain.bytes()),
        ("z.pdf", good("Last")),
    ];
    let folder = folder(&files);
    let output = extract(folder.path(), &["--jobs", "1", "-o", "out"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let dataset = folder.path().join("out");
    let (code, message) = record(&dataset, "hidden-bomb.pdf");
    assert_eq!(code, "reader-failed");
    // On a machine that is too slow to run out of memory the clock ends it.
    assert!(message.contains("died with signal 6") || message.contains("took longer than"), "{message}");
    assert_eq!(record(&dataset, "bomb.pdf").0, "too-large");
    assert_eq!(record(&dataset, "plain-bomb.pdf").0, "too-large");
    let documents = fs::read_to_string(dataset.join("documents.ndjson")).unwrap();
    for path in ["a.pdf", "z.pdf", "endless.pdf"] {
        assert!(documents.contains(&format!("\"{path}\"")), "{path}");
    }
    for path in ["doubling.pdf", "idle.pdf", "tiring.pdf"] {
        let document = documents.lines().find(|line| line.contains(&format!("\"{path}\""))).unwrap();
        assert!(document.contains("truncated"), "{path}: no budget ended it");
    }
}

#[test]
fn the_same_files_give_the_same_bytes_for_any_number_of_processes() {
    let mut files = vec![("bomb.pdf", hidden_bomb())];
    files.extend(["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf"].map(|name| (name, good(name))));
    let folder = folder(&files);
    let [one, three] = ["1", "3"].map(|jobs| extract(folder.path(), &["--jobs", jobs, "--quiet"]));
    assert_eq!((one.status.code(), three.status.code()), (Some(3), Some(3)));
    assert_eq!(paths(&one), ["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf"]);
    assert_eq!((one.stdout, one.stderr), (three.stdout, three.stderr));
}

#[test]
fn a_stack_that_overflows_in_the_second_engine_costs_its_document() {
    let folder = folder(&[("a.pdf", good("First")), ("endless.pdf", endless()), ("z.pdf", good("Last"))]);
    let output = extract(folder.path(), &["--jobs", "1", "--pdf-engine", "pdf-extract"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(paths(&output), ["a.pdf", "z.pdf"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("endless.pdf: the process that read it died with signal"), "{told}");
}

#[test]
#[ignore = "takes the whole deadline: cargo test --test containment -- --ignored"]
fn a_reader_that_hangs_is_ended_at_the_deadline() {
    let folder = folder(&[("a.pdf", good("First")), ("doubling.pdf", doubling()), ("z.pdf", good("Last"))]);
    let output = extract(folder.path(), &["--jobs", "1", "--pdf-engine", "pdf-extract"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(paths(&output), ["a.pdf", "z.pdf"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("reading it took longer than 30 s"), "{told}");
}

#[test]
fn a_worker_ends_when_its_input_closes_even_at_work() {
    let mut worker = Command::new(cargo_bin!("polinorm"))
        .arg("pdf-worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = worker.stdin.take().unwrap();
    // The second engine hangs on this, as the test above shows.
    let head = br#"{"path":"a.pdf","options":{"pdf_engine":"PdfExtract","pdf_passwords":[]}}"#;
    for frame in [&head[..], &doubling()] {
        input.write_all(&(frame.len() as u64).to_le_bytes()).unwrap();
        input.write_all(frame).unwrap();
    }
    drop(input);
    let begun = Instant::now();
    assert_eq!(worker.wait().unwrap().code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(10));
    let mut answer = Vec::new();
    worker.stdout.take().unwrap().read_to_end(&mut answer).unwrap();
    assert!(answer.is_empty());
}

/// Sequence of numbers that is the same in every run (Marsaglia, Xorshift RNGs, 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// The PDFs of the corpus, by name.
fn samples() -> Vec<Vec<u8>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> =
        fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path().join("document.pdf")).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// A sample with one kind of damage.
fn mutant(samples: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = random.pick(samples).clone();
    let at = random.below(bytes.len());
    match random.below(7) {
        0 => bytes.truncate(at),
        1 => (0..=random.below(40)).for_each(|_| *place(&mut bytes, random) ^= 1 << random.below(8)),
        2 => {
            let other = random.pick(samples);
            bytes.truncate(at);
            bytes.extend(&other[random.below(other.len())..]);
        }
        3 => drop(bytes.drain(at..(at + random.below(400)).min(bytes.len()))),
        4 => {
            let piece = bytes[at..(at + random.below(400)).min(bytes.len())].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, piece);
        }
        // Other numbers: references that lead elsewhere or in circles, lengths and counts that are wrong.
        5 => (0..=random.below(30)).for_each(|_| renumber(&mut bytes, random)),
        _ => bytes = repacked(&bytes, random),
    }
    bytes
}

fn place<'a>(bytes: &'a mut [u8], random: &mut Random) -> &'a mut u8 {
    let at = random.below(bytes.len());
    &mut bytes[at]
}

fn renumber(bytes: &mut [u8], random: &mut Random) {
    let from = random.below(bytes.len());
    if let Some(digit) = bytes[from..].iter_mut().find(|byte| byte.is_ascii_digit()) {
        *digit = b'0' + random.below(10) as u8;
    }
}

/// One of its packed streams unpacked, damaged and packed again, so that the damage is in what it draws.
fn repacked(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let starts: Vec<usize> = memchr::memmem::find_iter(bytes, b"stream\n").map(|at| at + 7).collect();
    let start = if starts.is_empty() { 0 } else { *random.pick(&starts) };
    let end = memchr::memmem::find(&bytes[start..], b"endstream").map_or(bytes.len(), |length| start + length);
    let mut content = Vec::new();
    let unpacked = flate2::read::ZlibDecoder::new(&bytes[start..end]).read_to_end(&mut content);
    if unpacked.is_err() || content.is_empty() {
        return bytes.to_vec();
    }
    for _ in 0..=random.below(20) {
        let at = random.below(content.len());
        match random.below(3) {
            0 => content[at] = random.below(256) as u8,
            1 => renumber(&mut content, random),
            _ => {
                let piece = content[at..(at + random.below(60)).min(content.len())].to_vec();
                content.splice(at..at, piece);
            }
        }
    }
    [&bytes[..start], &deflated(&content, 1), &bytes[end..]].concat()
}

/// A page tree that leads back to itself.
fn page_loop() -> Vec<u8> {
    let loops = b"<</Type/Pages/Count 9/Parent 2 0 R/Kids[2 0 R 6 0 R 3 0 R 6 0 R]>>".to_vec();
    let file = Pdf { content: b"BT /F 9 Tf (Words) Tj ET", objects: vec![loops], ..Pdf::default() }.bytes();
    let text = String::from_utf8(file).unwrap();
    text.replace("/Count 1/Kids[3 0 R]", "/Count 1/Kids[6 0 R]").into_bytes()
}

/// `POLINORM_MUTANTS` says how many; with `--nocapture` it tells what became of them.
#[test]
#[allow(clippy::print_stderr)]
fn every_mutant_is_a_document_or_an_error_record() {
    let count = std::env::var("POLINORM_MUTANTS").map_or(120, |count| count.parse().unwrap());
    let samples = samples();
    assert!(samples.len() > 10, "{} samples", samples.len());
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let hostile = [
        ("bomb", bomb()),
        ("hidden-bomb", hidden_bomb()),
        ("doubling", doubling()),
        ("endless", endless()),
        ("idle", idle()),
        ("tiring", tiring()),
        ("nest", nest()),
        ("loop", page_loop()),
    ];
    let mut files: Vec<_> = hostile.into_iter().map(|(name, bytes)| (format!("{name}.pdf"), bytes)).collect();
    files.extend((0..count).map(|index| (format!("{index:05}.pdf"), mutant(&samples, &mut random))));
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
    let begun = Instant::now();
    let output = extract(folder.path(), &["-q", "-o", "out"]);
    let elapsed = begun.elapsed();
    assert!(matches!(output.status.code(), Some(0 | 3)), "{output:?}");
    let lines = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    let paths = |text: &str, path: fn(&serde_json::Value) -> &serde_json::Value| -> Vec<String> {
        let read = |line: &str| path(&serde_json::from_str(line).unwrap()).as_str().unwrap().to_owned();
        text.lines().map(read).collect()
    };
    let (documents, errors) = (lines("documents.ndjson"), lines("errors.ndjson"));
    let mut seen = paths(&documents, |document| &document["source"]["path"]);
    let read = seen.len();
    seen.extend(paths(&errors, |error| &error["path"]));
    seen.sort();
    let mut given: Vec<String> = files.into_iter().map(|(name, _)| name).collect();
    given.sort();
    assert_eq!(seen, given, "each input is one document or one error record");
    // Without optimisation the clock may end what a budget ends else, but no mutant is slow.
    let slow = errors.lines().filter(|line| line.contains("took longer than") && line.starts_with(r#"{"path":"0"#));
    assert_eq!(slow.count(), 0, "no budget caught what the clock had to: {errors}");
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    for line in errors.lines() {
        let error: serde_json::Value = serde_json::from_str(line).unwrap();
        let cause = format!("{}: {}", error["code"].as_str().unwrap(), error["message"].as_str().unwrap());
        *causes.entry(cause).or_default() += 1;
    }
    eprintln!("{} inputs: {read} documents, {} errors in {elapsed:?}: {causes:#?}", given.len(), given.len() - read);
}
