//! The limits that the README lists: what keeps to one is read whole, what goes beyond it is told, and no word of it is lost.
//!
//! Others are held beside what they are limits of: lines of `stream` in `tests/stream.rs`; what a PDF unpacks to, its content and its
//! operations, its memory and its time in `tests/containment.rs`.
#![allow(clippy::unwrap_used)]

use std::fs::{self, File};

use polinorm::corpus::{WordOp, compare};
use polinorm::document::{CookieRow, PolicyDocument};
use polinorm::read::{ReadOptions, read};
use polinorm::source::{Found, MAX_BYTES, Source};
use polinorm::table::MAX_CELLS;
use polinorm::{Code, ExtractOptions};

fn document(name: &str, text: &str) -> PolicyDocument {
    polinorm::extract(&Source::new(name, text.into()).unwrap(), &ExtractOptions::default()).unwrap()
}

fn is_warned(document: &PolicyDocument, code: Code) -> bool {
    document.warnings.iter().any(|warning| warning.code == code)
}

fn text_of(document: &PolicyDocument) -> String {
    document.blocks.iter().filter_map(|block| block.text.as_deref()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_file_beyond_the_limit_is_refused_without_being_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.bin");
    let found = Found { key: "large.bin".into(), path: path.clone() };
    for (size, code) in [(MAX_BYTES, Code::UnknownFormat), (MAX_BYTES + 1, Code::TooLarge)] {
        // A hole: it takes no room on the disk.
        File::create(&path).unwrap().set_len(size).unwrap();
        assert_eq!(found.load().unwrap_err().code, code, "{size} bytes");
    }
    fs::remove_file(path).unwrap();
}

#[test]
fn rows_beyond_the_limit_of_cells_are_kept_as_text() {
    // One row is as wide as a table can be, so that there is room for a thousand.
    let wide = "\t".repeat(998);
    let table = |rows: usize| {
        let rows: String = (1..rows).map(|index| format!("_id{index}\tcounts the visits\n")).collect();
        document("cells.txt", &format!("Cookie policy\n\nName\tPurpose\n_id0\tcounts{wide}x\n{rows}"))
    };
    let most = MAX_CELLS / 1000 - 1;
    let (whole, cut) = (table(most), table(most + 9));
    assert!(!is_warned(&whole, Code::TableCut), "{:?}", whole.warnings);
    assert!(is_warned(&cut, Code::TableCut), "{:?}", cut.warnings);
    assert_eq!((whole.cookies.len(), cut.cookies.len()), (most, most), "one row is the head");
    assert!(text_of(&cut).contains(&format!("_id{}", most + 8)), "words beyond the limit are kept");
}

/// A table in HTML with one cell of so many names beside a purpose of so many bytes, and a row below it.
fn names_beside_a_purpose(names: usize, bytes: usize) -> PolicyDocument {
    let names: String = (0..names).map(|index| format!("_id{index}, ")).collect();
    let purpose = "counts the visits of pages ".repeat(bytes / 27);
    let heads = "<tr><th>Name<th>Purpose<th>Duration<th>Provider";
    let rows =
        format!("<tr><td>{names}<td>{purpose}<td>2 years<td>Acme<tr><td>_last<td>keeps a basket<td>1 day<td>Acme");
    document("names.html", &format!("<p>Cookie policy</p><table>{heads}{rows}</table>"))
}

#[test]
fn what_rows_share_beyond_the_limit_is_left_out_and_told() {
    let purposes = |document: &PolicyDocument| document.cookies.iter().filter(|row| row.purpose.is_some()).count();
    let real = names_beside_a_purpose(300, 2_000);
    assert!(!is_warned(&real, Code::TableCut), "{:?}", real.warnings);
    assert_eq!((real.cookies.len(), purposes(&real)), (301, 301));

    let hostile = names_beside_a_purpose(30_000, 300_000);
    assert!(is_warned(&hostile, Code::TableCut), "{:?}", hostile.warnings);
    assert_eq!(hostile.cookies.len(), 30_001, "each name is a row");
    let text = text_of(&hostile);
    let shared: usize = hostile.cookies.iter().filter_map(|row| row.purpose.as_deref()).map(str::len).sum();
    assert!(shared > 300_000 && shared <= 8 * text.len() + (4 << 20), "{shared} bytes");
    assert_eq!(
        purposes(&hostile),
        shared / 299_000 + 1,
        "some rows say all of it, the others nothing, and one its own"
    );
    let is_short = |row: &CookieRow| row.duration.is_some() && row.provider.as_deref() == Some("Acme");
    assert!(hostile.cookies.iter().all(is_short), "what is short is said of all");
    assert!(text.contains("counts the visits of pages"));
}

#[test]
fn names_in_rows_that_they_reach_over_beyond_the_limit_are_left_out_and_told() {
    let rows = |rows: usize| {
        let names: String = (0..rows).map(|index| format!("_id{index}, ")).collect();
        let below: String = (0..rows).map(|index| format!("<tr><td>counts visits of page {index}")).collect();
        let table = format!("<tr><th>Purpose<th>Name<tr><td>counts<td rowspan=60000>{names}{below}");
        document("names.html", &format!("<p>Cookie policy</p><table>{table}</table>"))
    };
    let (real, hostile) = (rows(50), rows(5_000));
    assert!(!is_warned(&real, Code::TableCut), "{:?}", real.warnings);
    assert_eq!(real.cookies.len(), 50 * 51);
    assert!(is_warned(&hostile, Code::TableCut), "{:?}", hostile.warnings);
    assert!((5_000..100_000).contains(&hostile.cookies.len()), "{} rows", hostile.cookies.len());
}

#[test]
fn cells_in_rows_that_they_reach_over_beyond_the_limit_are_left_out_and_told() {
    let rows = |rows: usize| {
        let wide = "<td rowspan=60000>x".repeat(400);
        let below: String = (0..rows).map(|index| format!("<tr><td>_id{index}<td>counts")).collect();
        let table = format!("<tr><th>Name<th>Purpose<tr><td>_ga<td>counts{wide}{below}");
        document("wide.html", &format!("<p>Cookie policy</p><table>{table}</table>"))
    };
    let values = |document: &PolicyDocument| document.cookies.iter().map(|row| row.extra.len()).sum::<usize>();
    let (real, hostile) = (rows(50), rows(2_000));
    assert!(!is_warned(&real, Code::TableCut), "{:?}", real.warnings);
    assert_eq!((real.cookies.len(), values(&real)), (51, 51 * 400));
    assert!(is_warned(&hostile, Code::TableCut), "{:?}", hostile.warnings);
    assert_eq!(hostile.cookies.len(), 2_001);
    let cells = 2 * 2_002 + 400;
    assert!(values(&hostile) <= 16 * cells + 20_400, "{} values", values(&hostile));
}

#[test]
fn columns_beyond_the_limit_are_kept_as_text() {
    let cells =
        |cell: &dyn Fn(usize) -> String| (2..1_200).map(|index| format!("\t{}", cell(index))).collect::<String>();
    let (heads, values) = (cells(&|index| format!("Head {index}")), cells(&|index| format!("value {index}")));
    let document =
        document("columns.txt", &format!("Cookie policy\n\nName\tPurpose{heads}\n_ga\tcounts visits{values}\n"));
    assert_eq!(document.cookies.len(), 1, "{:?}", document.warnings);
    assert_eq!(document.cookies[0].name, "_ga");
    assert!(document.cookies[0].extra.len() <= 998, "{} values", document.cookies[0].extra.len());
    assert!(text_of(&document).contains("value 1199"));
}

#[test]
fn nesting_beyond_the_limit_is_flattened_and_told() {
    let nested = |depth: usize| {
        let open: String = (0..depth).map(|level| format!("<div>word{level} ")).collect();
        document("nested.html", &format!("<html>{open}{}", "</div>".repeat(depth)))
    };
    let (whole, cut) = (nested(500), nested(520));
    assert!(!is_warned(&whole, Code::DepthCut) && is_warned(&cut, Code::DepthCut));
    assert!(text_of(&cut).contains("word519"));
}

#[test]
fn attributes_beyond_the_limit_are_passed_over() {
    let links = |count: usize| {
        let attributes: String = (1..count).map(|index| format!(" a{index}=b")).collect();
        let page = format!("<html><p><a{attributes} href=https://late.example/>words</a>");
        let reading = read(&Source::new("a.html", page.into()).unwrap(), &ReadOptions::default()).unwrap();
        let text = reading.blocks[0].rich().unwrap();
        assert_eq!(text.text, "words");
        text.links().count()
    };
    assert_eq!((links(1_000), links(1_002)), (1, 0));
}

#[test]
fn what_a_pdf_draws_beyond_the_limit_is_left_out_and_told() {
    let blanks = |count: usize| format!("({}) Tj", " ".repeat(count));
    let content = format!("BT /F 12 Tf 50 700 Td (First) Tj {} (Last) Tj ET", blanks(5_000_000));
    // Without a table of its objects, which the reader makes again.
    let file = format!(
        "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>> endobj\n\
         4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n\
         5 0 obj <</Length {}>>\nstream\n{content}\nendstream endobj\ntrailer <</Root 1 0 R>>\n",
        content.len()
    );
    let document = document("drawn.pdf", &file);
    assert!(is_warned(&document, Code::Truncated), "{:?}", document.warnings);
    assert!(text_of(&document).contains("First"));
}

#[test]
fn texts_of_more_words_than_the_limit_are_compared_as_a_whole() {
    // Both ends differ, so that all between them has to be compared.
    let text = |words: usize, ends: &str| {
        let middle: String = (0..words).map(|index| format!("word{index} ")).collect();
        document("a.txt", &format!("Cookie policy\n\n{ends}1 {middle}{ends}2\n"))
    };
    let is_told_word_by_word = |words: usize| {
        let comparison = compare(&text(words, "old"), &text(words, "new"));
        let [changed] = &comparison.blocks.changed[..] else { panic!("{:?}", comparison.blocks) };
        changed.words.iter().any(|change| change.op == WordOp::Equal)
    };
    assert!(is_told_word_by_word(900));
    assert!(!is_told_word_by_word(1_100));
}
