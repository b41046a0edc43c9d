//! What holds for every input: nothing depends on threads, order or the run; no word is lost; no input is too odd to be read.
//!
//! Inputs are the samples of `corpus/`, the labelled documents where they are at hand, and text made at random. What fails at
//! random is noted in `laws.regressions` and tried first from then on: commit it, or better, a unit test of the same.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use polinorm::ExtractOptions;
use polinorm::corpus::{Corpus, MIN_DOCUMENTS, Restorer, compare};
use polinorm::document::{FoundIn, PolicyDocument, TextBlock, TextBlockKind};
use polinorm::explanation::TableReading;
use polinorm::export::dataset::{Dataset, File};
use polinorm::lexicon::lexicon;
use polinorm::source::{MediaType, Source};
use polinorm::text::{caseless, collapse, loose, plain, squeeze};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// All sources at hand, with what was read from them.
struct Read {
    sources: Vec<Source>,
    documents: Vec<PolicyDocument>,
}

fn read() -> &'static Read {
    static READ: OnceLock<Read> = OnceLock::new();
    READ.get_or_init(|| {
        let mut sources = given::sources(&given::here("corpus"));
        if let Some(folder) = given::labelled("the laws, on real documents") {
            sources.extend(given::sources(&folder));
        }
        let documents = given::documents(&sources);
        assert!(documents.len() > 20, "the samples were not found");
        Read { sources, documents }
    })
}

fn json(document: &PolicyDocument) -> String {
    serde_json::to_string(document).unwrap()
}

#[test]
fn merging_the_datasets_of_any_parts_gives_the_bytes_of_one_extraction() {
    let samples = given::here("corpus");
    let files = paths(&samples);
    for (parts, mut seed) in [(2, 7_u64), (3, 11), (5, 13)] {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        // A linear congruential step (D. Knuth's MMIX) is random enough to deal files out.
        let mut deal = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % parts
        };
        for file in &files {
            let part = at.join(deal().to_string());
            [part.clone(), at.join("all")].iter().for_each(|to| copy(file, to, file.strip_prefix(&samples).unwrap()));
        }
        fs::write(at.join("0/nothing.txt"), "").unwrap();
        fs::write(at.join("all/nothing.txt"), "").unwrap();
        let extract = |from: &str, to: &str| given::polinorm(at, ["extract", from, "-o", to, "-q"]).status.code();
        assert_eq!(extract("all", "whole"), Some(3), "one input is empty");
        let names: Vec<_> = (0..parts).map(|part| format!("d{part}")).collect();
        names.iter().for_each(|name| assert!(matches!(extract(&name[1..], name), Some(0 | 3))));
        let output = given::polinorm(at, ["merge", "-o", "merged"].into_iter().chain(names.iter().map(String::as_str)));
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(contents(&at.join("whole")).len(), 7);
        for (name, bytes) in contents(&at.join("whole")) {
            assert!(contents(&at.join("merged"))[&name] == bytes, "{name} of {parts} parts merged is another");
        }
    }
}

fn copy(file: &Path, folder: &Path, name: &Path) {
    let to = folder.join(name);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(file, to).unwrap();
}

/// The files of a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// The files of a dataset that the program makes of paths.
fn dataset(paths: &[PathBuf], options: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let mut args = vec!["extract".into(), "-o".into(), "dataset".into()];
    args.extend(options.iter().map(|option| option.into()));
    args.extend(paths.iter().map(|path| path.clone().into_os_string()));
    let output = given::polinorm(folder.path(), args);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    contents(&folder.path().join("dataset"))
}

/// The paths of the files of a folder that are documents.
fn paths(folder: &Path) -> Vec<PathBuf> {
    polinorm::source::walk(&[folder.to_owned()]).files.into_iter().map(|found| found.path).collect()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let corpus = [given::here("corpus")];
    let one = dataset(&corpus, &["--jobs", "1"]);
    assert_eq!(one.len(), 7, "{:?}", one.keys());
    for jobs in ["2", "4", "9"] {
        assert!(dataset(&corpus, &["--jobs", jobs]) == one, "--jobs {jobs} gives other bytes than --jobs 1");
    }
}

#[test]
fn the_memory_that_counts_may_take_changes_no_byte() {
    let corpus = [given::here("corpus")];
    let held = dataset(&corpus, &[]);
    for memory in ["0", "3K", "100k", "2G"] {
        assert!(dataset(&corpus, &["--memory", memory, "--no-cache"]) == held, "--memory {memory} gives other bytes");
    }
}

#[test]
fn a_dataset_in_memory_is_the_dataset_in_files() {
    let sources = given::sources(&given::here("corpus"));
    let corpus = Corpus::gather(given::documents(&sources), MIN_DOCUMENTS);
    let held = Dataset::new(corpus, Vec::new(), lexicon().digest, MIN_DOCUMENTS);
    let written = dataset(&[given::here("corpus")], &[]);
    for file in File::ALL {
        let mut bytes = Vec::new();
        held.write(file, &mut bytes).unwrap();
        assert!(written[file.name()] == bytes, "{} is another", file.name());
    }
}

#[test]
fn any_order_of_files_gives_the_same_bytes() {
    let mut sets = vec![paths(&given::here("corpus"))];
    sets.extend(given::labelled("the order of real files").map(|folder| paths(&folder.join("seeds"))));
    for mut paths in sets {
        let forwards = dataset(&paths, &["--jobs", "2"]);
        paths.reverse();
        let backwards = dataset(&paths, &["--jobs", "3"]);
        for (name, bytes) in &forwards {
            assert!(backwards[name] == *bytes, "{name} depends on the order of {} files", paths.len());
        }
    }
}

#[test]
fn reading_twice_gives_the_same_bytes() {
    let again = given::documents(&read().sources);
    for (first, second) in read().documents.iter().zip(&again) {
        assert_eq!(json(first), json(second));
    }
}

#[test]
fn what_is_explained_is_what_is_extracted() {
    let explained = given::explanations(&read().sources);
    assert_eq!(explained.len(), read().documents.len());
    for (explanation, document) in explained.iter().zip(&read().documents) {
        let path = &document.source.path;
        assert!(explanation.rows.iter().map(|row| &row.row).eq(&document.cookies), "{path}: other rows");
        assert_eq!((&explanation.platform, &explanation.date), (&document.platform, &document.date), "{path}");
        assert_eq!(explanation.blocks.len(), document.blocks.len(), "{path}");
        for row in explanation.rows.iter().filter(|row| row.row.found_in == FoundIn::Table) {
            let table = row.block.and_then(|block| explanation.blocks[block].table.as_ref());
            let table = table.unwrap_or_else(|| panic!("{path}: no table gives {:?}", row.row.name));
            assert_ne!(table.read_as, TableReading::NoDeclaration, "{path}: {:?}", row.row.name);
        }
    }
}

#[test]
fn a_dataset_gives_every_word_back() {
    let mut corpus = Corpus::gather(distinct(&read().documents), MIN_DOCUMENTS);
    let stored_once =
        corpus.documents.iter().flat_map(|document| &document.blocks).filter(|block| block.text.is_none());
    assert!(stored_once.count() > 20, "the samples share too little text to show anything");
    let goes_on = |block: &&TextBlock| block.kind == TextBlockKind::Table && block.level.is_some();
    let parted = corpus.documents.iter().filter(|document| document.blocks.iter().any(|block| goes_on(&block)));
    assert!(parted.count() > 1, "the samples share no rows of tables");
    let restorer = Restorer::new(&corpus.boilerplate);
    for document in &mut corpus.documents {
        restorer.restore(document).unwrap();
        let before = read().documents.iter().find(|before| before.source.path == document.source.path).unwrap();
        assert_eq!(document.blocks.len(), before.blocks.len());
        for (block, before) in document.blocks.iter().zip(&before.blocks) {
            let (text, printed) = (block.text.as_deref().unwrap(), before.text.as_deref().unwrap());
            assert_eq!(squeeze(text), squeeze(printed), "{}", document.source.path);
        }
    }
}

/// The documents, each path once.
fn distinct(documents: &[PolicyDocument]) -> Vec<PolicyDocument> {
    let by_path: BTreeMap<_, _> = documents.iter().map(|document| (&document.source.path, document)).collect();
    by_path.into_values().cloned().collect()
}

#[test]
fn the_program_restores_what_it_stored() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = given::here("corpus/family");
    let out = given::polinorm(folder.path(), ["extract", corpus.to_str().unwrap(), "-o", "dataset", "-q"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    for document in given::documents(&given::sources(&corpus)) {
        let restored = given::polinorm(folder.path(), ["restore", "dataset", &document.source.path]);
        assert_eq!(squeeze(&String::from_utf8(restored.stdout).unwrap()), squeeze(&text_of(&document)));
    }
}

/// All text of a document.
fn text_of(document: &PolicyDocument) -> String {
    document.blocks.iter().filter_map(|block| block.text.as_deref()).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_word_of_a_text_is_in_some_block() {
    let mut seen = 0;
    for source in read().sources.iter().filter(|source| source.media_type == MediaType::Text) {
        let document = polinorm::extract(source, &ExtractOptions::default()).unwrap();
        let lost = lost(&source.decode().text, &text_of(&document));
        assert!(lost.is_empty(), "{}: lost {lost:?}", source.path);
        seen += 1;
    }
    assert!(seen > 5, "the samples in text were not found");
}

#[test]
fn what_fuzzing_found_breaks_no_law_again() {
    let found = given::sources(&given::here("tests/hostile/found"));
    assert!(!found.is_empty(), "the inputs that were found are not there");
    for source in &found {
        let (once, again) = (extract(&source.path, &source.bytes), extract(&source.path, &source.bytes));
        assert_eq!(once.as_ref().map(json), again.as_ref().map(json), "{}", source.path);
        let Some(document) = once else { continue };
        if matches!(source.media_type, MediaType::Text | MediaType::Markdown) {
            let lost = lost(&source.decode().text, &text_of(&document));
            assert!(lost.is_empty(), "{}: lost {lost:?}", source.path);
        }
    }
}

/// Words of a text that its blocks lack, and letters that they hold less often.
fn lost(text: &str, blocks: &str) -> Vec<String> {
    let squeezed = squeeze(blocks);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    let words = words.filter(|word| !squeezed.contains(&squeeze(word))).map(str::to_owned);
    let (printed, held) = (letters(text), letters(blocks));
    let fewer = |(c, count): &(&char, &usize)| held.get(c).is_none_or(|held| held < count);
    let fewer = printed.iter().filter(fewer).map(|(c, count)| format!("{c} of {count}: {:?}", held.get(c)));
    words.chain(fewer).collect()
}

/// How often each letter stands in a text.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    squeeze(text).chars().filter(|c| c.is_alphabetic()).for_each(|c| *counts.entry(c).or_default() += 1);
    counts
}

#[test]
fn a_document_compared_with_itself_is_the_same() {
    for document in &read().documents {
        let comparison = compare(document, document);
        let path = &document.source.path;
        assert!(comparison.same && comparison.trivial == 0, "{path}: {} trivial differences", comparison.trivial);
        assert!(comparison.fields.is_empty(), "{path}: {:?}", comparison.fields);
        assert_eq!(comparison.cookies, Default::default(), "{path}");
        assert_eq!(comparison.blocks, Default::default(), "{path}");
    }
}

#[test]
fn two_documents_compared_the_other_way_round_differ_as_much() {
    let near = |pair: &&[PolicyDocument]| pair[0].blocks.len().max(pair[1].blocks.len()) < 200;
    for pair in read().documents.windows(2).filter(near) {
        let (there, back) = (compare(&pair[0], &pair[1]), compare(&pair[1], &pair[0]));
        let (a, b) = (&pair[0].source.path, &pair[1].source.path);
        assert_eq!(there.same, back.same, "{a} {b}");
        let (added, removed) = (there.cookies.added.len(), there.cookies.removed.len());
        assert_eq!((added, removed), (back.cookies.removed.len(), back.cookies.added.len()), "{a} {b}");
    }
}

/// A normal form with its name.
type Form = (&'static str, fn(&str) -> String);

const FORMS: &[Form] =
    &[("collapse", collapse), ("plain", plain), ("caseless", caseless), ("loose", loose), ("squeeze", squeeze)];

/// Characters that fold, compose or vanish, beside any others.
fn odd_text() -> impl Strategy<Value = String> {
    let odd = "aAéÉİıßſŁøÆ\u{301}\u{307}\u{308}\u{345}\u{ad}\u{200b}\u{feff}\u{a0}\t\n\r \u{2028}“”„«»’`–—−…ﬁ²½Ⅳ㎏①가각\u{1100}\u{1161}.,:;()[]{}<>|*_#0123456789";
    let odd: Vec<char> = odd.chars().collect();
    let c = prop_oneof![3 => proptest::sample::select(odd), 1 => any::<char>()];
    prop::collection::vec(c, 0..40).prop_map(String::from_iter)
}

/// Pieces that documents are made of, whole and broken, in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned);
    let piece = prop_oneof![6 => pieces, 1 => odd_text(), 1 => (0..200_usize).prop_map(|count| "<div>".repeat(count))];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n", "\n\n", "\r\n", "\t", " ", "    ", "\u{c}", "- ", "* ", "1. ", "> ", "# ", "## ", "=====\n", "-----\n", "|", "| --- | --- |\n", "||\n",
    "**", "_", "__", "`", "```\n", "~~", "[", "](", ")", "![", "<https://a.example>", "<br>", "\\", "&amp;", "&#0;", "&nbsp;", "&bogus",
    "Cookie", "Name", "Purpose", "Duration", "Provider", "Category", "Nom", "Finalité", "Zweck", "Laufzeit", "Storage period: ",
    "Cookie\tPurpose\tDuration\n", "_ga\tcounts visits\t2 years\n", "\tof this site\t\n", "_ga, _gid, _gat", "wp-settings-[UID]", "_hj*", "1 year",
    "Session", "12 months", "13 mois", "Last updated: 03/04/2021\n", "31 février 2021", "99/99/9999", "https://www.shop.example/path?q=1", "shop.example",
    "Strictly necessary cookies\n", "Analytics\n", "Page 3 of 9\n", "opendata", "<table>", "</table>", "<tr>", "<td>", "</td>", "</tr>",
    "<td rowspan=65534 colspan=99999>", "<td rowspan=0>", "<th>", "<thead>", "<caption>", "<ul><li>", "</ul>", "<dl><dt>", "<dd>", "<p>", "</p>", "<h1>", "</h1>",
    "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<template>", "<svg><title>", "<math>", "<details><summary>", "<a href=\"", "\">",
    "<html lang=xx>", "<title>", "<meta charset=utf-16>", "<frameset>", "<select><option>", "<textarea>", "<plaintext>", "<pre>", "<b><i>", "</b>", "\u{0}",
];

/// `PROPTEST_CASES` asks for more cases than each run can afford.
fn laws(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    let cases = asked.unwrap_or(cases);
    let persistence = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { cases, failure_persistence: Some(Box::new(persistence)), ..ProptestConfig::default() }
}

/// Reads bytes as a file of a name would be; what cannot be read is an error and no document.
fn extract(name: &str, bytes: &[u8]) -> Option<PolicyDocument> {
    let source = Source::new(name, bytes.to_vec()).ok()?;
    polinorm::extract(&source, &ExtractOptions::default()).ok()
}

proptest! {
    #![proptest_config(laws(1024))]

    #[test]
    fn folding_twice_is_folding_once(text in odd_text()) {
        for (name, form) in FORMS {
            let once = form(&text);
            prop_assert_eq!(form(&once), once.clone(), "{} of {:?}", name, text);
        }
    }

    #[test]
    fn a_form_forgets_what_the_forms_before_it_forget(text in odd_text()) {
        prop_assert_eq!(plain(&collapse(&text)), plain(&text));
        prop_assert_eq!(caseless(&plain(&text)), caseless(&text));
        prop_assert_eq!(loose(&caseless(&text)), loose(&text));
        prop_assert_eq!(squeeze(&collapse(&text)), squeeze(&text));
    }
}

proptest! {
    #![proptest_config(laws(96))]

    #[test]
    fn no_soup_is_too_odd_to_be_read(text in soup(), ending in proptest::sample::select(vec!["txt", "md", "html"])) {
        let name = format!("soup.{ending}");
        if let Some(document) = extract(&name, text.as_bytes()) {
            prop_assert_eq!(json(&document), json(&extract(&name, text.as_bytes()).unwrap()));
            prop_assert!(compare(&document, &document).same);
            let read: PolicyDocument = serde_json::from_str(&json(&document)).unwrap();
            prop_assert_eq!(&read, &document);
        }
    }

    #[test]
    fn no_word_of_a_soup_is_lost(pieces in prop::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..60)) {
        let text = pieces.concat();
        if let Some(document) = extract("soup.txt", text.as_bytes()).filter(|document| document.source.media_type == "text/plain") {
            let lost = lost(&text, &text_of(&document));
            prop_assert!(lost.is_empty(), "lost {:?} of {:?}", lost, text);
        }
    }

    #[test]
    fn two_platforms_of_one_soup_are_restored(text in soup()) {
        let hosts = ["shop.example", "library.example"];
        let page = |host: &str| format!("# Cookie policy\n\nThis is the policy of https://{host}/\n\n{text}");
        let documents: Vec<_> =
            hosts.iter().filter_map(|host| extract(&format!("{host}.md"), page(host).as_bytes())).collect();
        let mut corpus = Corpus::gather(documents.clone(), MIN_DOCUMENTS);
        let restorer = Restorer::new(&corpus.boilerplate);
        for document in &mut corpus.documents {
            restorer.restore(document).unwrap();
            let before = documents.iter().find(|before| before.source.path == document.source.path).unwrap();
            prop_assert_eq!(squeeze(&text_of(document)), squeeze(&text_of(before)));
        }
    }

    #[test]
    fn no_bytes_are_too_odd_to_be_read(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in 0..4_usize) {
        let ending = ["txt", "md", "html", "pdf"][ending];
        let bytes = if ending == "pdf" { [b"%PDF-1.7\n", &bytes[..]].concat() } else { bytes };
        if let Some(document) = extract(&format!("bytes.{ending}"), &bytes) {
            prop_assert!(!document.schema_version.is_empty());
        }
    }
}
