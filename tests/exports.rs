//! One page gives the same rows whatever program exported it (ours by ten programs, real ones as HTML and as PDF) and whichever engine
//! reads it.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeMap;

use given::{documents, here, labelled, sources};
use polinorm::ExtractOptions;
use polinorm::document::{CookieRow, PolicyDocument};
use polinorm::read::{PdfEngine, ReadOptions};
use polinorm::source::{MediaType, Source};

/// Rows without the places at which they stand, which are those of one export.
fn rows(document: &PolicyDocument) -> Vec<CookieRow> {
    let mut rows = document.cookies.clone();
    rows.iter_mut().for_each(|row| row.evidence = Default::default());
    rows
}

/// `corpus/one-page` holds one page as ten programs export it; those that read no HTML were given the same words in their language.
#[test]
fn our_page_has_the_same_rows_by_every_producer() {
    let exports = documents(&sources(&here("corpus/one-page")));
    assert_eq!(exports.len(), 10, "the exports were not found");
    let facts = |export: &PolicyDocument| {
        let host = export.platform.as_ref().and_then(|platform| platform.host.clone());
        (host, export.date.as_ref().map(|date| date.value.clone()), rows(export))
    };
    assert_eq!(exports[0].cookies.len(), 7);
    for export in &exports {
        assert_eq!(facts(export), facts(&exports[0]), "{}", export.source.path);
    }
}

/// `corpus/printed-right-to-left` is one page as three programs draw it; where a line breaks differs.
#[test]
fn text_that_runs_from_right_to_left_has_the_same_rows_by_every_producer() {
    let exports = documents(&sources(&here("corpus/printed-right-to-left")));
    assert_eq!(exports.len(), 3, "the exports were not found");
    assert_eq!(exports[0].cookies.len(), 4);
    for export in &exports {
        assert_eq!(rows(export), rows(&exports[0]), "{}", export.source.path);
        assert_eq!(export.date.as_ref().map(|date| date.value.as_str()), Some("2024-03-14"), "{}", export.source.path);
    }
}

/// What an export of a page must share with the page itself. A PDF prints no address behind a link, and may leave out an empty column.
fn comparable(document: &PolicyDocument) -> Vec<String> {
    let row = |mut row: CookieRow| {
        row.links.clear();
        row.extra.clear();
        serde_json::to_string(&row).unwrap()
    };
    let mut rows: Vec<String> = rows(document).into_iter().map(row).collect();
    rows.sort();
    rows
}

/// The files of one real page begin with the same word: `page.html`, `page.chromium.pdf`.
#[test]
fn real_pages_have_the_same_rows_as_html_and_as_pdf() {
    let Some(folder) = labelled("exports of real pages") else { return };
    let structured = |media| matches!(media, MediaType::Html | MediaType::Pdf);
    let mut sources = sources(&folder.join("dev/web"));
    sources.retain(|source| structured(source.media_type));
    let mut pages: BTreeMap<String, Vec<PolicyDocument>> = BTreeMap::new();
    for document in documents(&sources) {
        let name = document.source.path.rsplit('/').next().unwrap();
        let page = name.split('.').next().unwrap().to_owned();
        pages.entry(page).or_default().push(document);
    }
    pages.retain(|_, exports| exports.len() > 1);
    assert!(pages.len() >= 5, "{} pages with several exports", pages.len());
    for exports in pages.values() {
        for export in exports {
            assert_eq!(comparable(export), comparable(&exports[0]), "{}", export.source.path);
        }
    }
}

/// What the second engine gets wrong: it loses the matrix of a form, the places of glyphs in some embedded fonts, what is bold, and
/// what only the structure tree tells.
const RIGHT_BY_ONE_ENGINE: &[&str] = &[
    "boxes-without-roles/document.pdf",
    "one-page/ghostscript/document.pdf",
    "one-page/typst/document.pdf",
    "printed-right-to-left/libreoffice/document.pdf",
    "rows-set-in-the-middle/document.pdf",
    "terms-and-descriptions/document.pdf",
    "text-in-forms/document.pdf",
];

/// The rows of a file by an engine.
fn rows_by(pdf_engine: PdfEngine, source: &Source) -> Vec<CookieRow> {
    let read = ReadOptions { pdf_engine, ..ReadOptions::default() };
    rows(&polinorm::extract(source, &ExtractOptions { read, ..ExtractOptions::default() }).unwrap())
}

#[test]
fn both_engines_give_the_same_rows_where_both_are_right() {
    let mut files = sources(&here("corpus"));
    files.retain(|source| source.media_type == MediaType::Pdf);
    let differs = |source: &&Source| rows_by(PdfEngine::Hayro, source) != rows_by(PdfEngine::PdfExtract, source);
    let different: Vec<&str> = files.iter().filter(differs).map(|source| source.path.as_str()).collect();
    assert!(files.len() > 25, "the PDFs were not found");
    assert_eq!(different, RIGHT_BY_ONE_ENGINE);
}
