//! PDF: an engine yields what is printed where; lines, paragraphs and tables are rebuilt from that. Never from text order alone.

mod budget;
mod canvas;
mod content;
mod divisions;
mod engine;
mod filters;
mod hayro;
mod pdf_extract;
mod piece;
mod right_to_left;
mod structure;
mod tagged;
mod unicode_maps;
mod untagged;

use std::thread;

use super::{PdfEngine, ReadOptions, Reader, Reading};
use crate::block::Block;
use crate::document::{Place, Warning};
use crate::error::{Code, Error, Result};
use crate::layout::placed::glyph::LinkArea;
use crate::layout::placed::leading;
use crate::layout::placed::word_joins::{Joining, marks_run_on, mixes_scripts, vocabulary};
use crate::layout::placed::word_lines::{Word, words};
use crate::source::{MediaType, Source};
use crate::text::{Span, collapse};

use engine::{Engine, Failure, Printed};

/// The reader of PDF.
pub struct Pdf;

/// Stack of the thread that interprets a document: forms nest, and each level takes several frames.
const STACK: usize = 64 * 1024 * 1024;

/// Share of glyphs without a character above which a warning is given, in percent.
const UNMAPPED: usize = 5;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn media_type(&self) -> MediaType {
        MediaType::Pdf
    }

    fn read(&self, source: &Source, options: &ReadOptions) -> Result<Reading> {
        with_room(&source.path, || read(&source.bytes, options))
    }
}

/// The characters that each page of a PDF prints, in the order in which they are drawn, before anything is made of them. By this a
/// reading can be checked for what it lost.
///
/// # Errors
/// Those of [`Reader::read`]; the path of the error is empty.
pub fn characters(bytes: &[u8], options: &ReadOptions) -> Result<Vec<String>> {
    let text = |page: &engine::Page| page.glyphs.iter().chain(&page.slanted).map(|glyph| glyph.ch).collect();
    with_room("", || Ok(interpret(bytes, options)?.pages.iter().map(text).collect()))
}

/// Runs on a thread with stack enough for nested forms; a panic of an engine is an error.
fn with_room<T: Send>(path: &str, run: impl FnOnce() -> std::result::Result<T, Failure> + Send) -> Result<T> {
    let outcome = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        thread.map(|thread| thread.join())
    });
    match outcome {
        Ok(Ok(Ok(value))) => Ok(value),
        Ok(Ok(Err(failure))) => Err(Error::new(path, failure.code, failure.message)),
        Ok(Err(_)) => Err(Error::new(path, Code::ReaderFailed, "the engine that reads PDF gave up on it")),
        Err(error) => Err(Error::io(path, error)),
    }
}

fn interpret(bytes: &[u8], options: &ReadOptions) -> std::result::Result<Printed, Failure> {
    budget::check_inflated(bytes)?;
    engine(options.pdf_engine).interpret(bytes, &options.pdf_passwords)
}

fn read(bytes: &[u8], options: &ReadOptions) -> std::result::Result<Reading, Failure> {
    let mut printed = interpret(bytes, options)?;
    let mut pages = words_of(&printed);
    set_as_in_print(&mut printed, &mut pages);
    let links: Vec<Vec<LinkArea>> = printed.pages.iter_mut().map(|page| std::mem::take(&mut page.links)).collect();
    let vocabulary = vocabulary(pages.iter().flatten());
    let joining = Joining {
        vocabulary: &vocabulary,
        links: &links,
        marks_run_on: marks_run_on(&pages),
        mixes_scripts: mixes_scripts(pages.iter().flatten()),
    };
    let blocks = tagged::with_left(blocks(&printed, &pages, &joining), watermarks(&printed, &pages));
    let trimmed = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    Ok(Reading {
        blocks,
        title: trimmed(&printed.title),
        language: trimmed(&printed.language),
        pages: u32::try_from(printed.pages.len()).ok(),
        warnings: warnings(&printed, bytes),
        ..Reading::default()
    })
}

fn engine(engine: PdfEngine) -> &'static dyn Engine {
    match engine {
        PdfEngine::Hayro => &hayro::Hayro,
        PdfEngine::PdfExtract => &pdf_extract::PdfExtract,
    }
}

/// The structure tree decides where it covers the text; else, and for the rest, positions do.
fn blocks(printed: &Printed, pages: &[Vec<Word>], joining: &Joining<'_>) -> Vec<Block> {
    let tagged = printed.structure.as_ref().and_then(|root| tagged::read(root, pages, joining));
    let Some(tagged) = tagged else { return untagged::blocks(printed, pages, joining) };
    if !has_table(&tagged.blocks) {
        // A tree without a table may have been made by a program that tags none.
        let placed = untagged::blocks(printed, pages, joining);
        if has_table(&placed) {
            return placed;
        }
    }
    tagged::with_left(tagged.blocks, untagged::blocks(printed, &tagged.left, joining))
}

fn has_table(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.as_table().is_some())
}

/// The slanted text of each page as furniture, on the last of its lines.
fn watermarks(printed: &Printed, pages: &[Vec<Word>]) -> Vec<Block> {
    let mut line = 1;
    let mut blocks = Vec::new();
    for (index, (page, words)) in printed.pages.iter().zip(pages).enumerate() {
        line = words.last().map_or(line, |word| word.line);
        let text = collapse(&page.slanted.iter().map(|glyph| glyph.ch).collect::<String>());
        if !text.is_empty() {
            blocks.push(Block::furniture(text, Span::on_page(index as u32 + 1, line, line)));
        }
    }
    blocks
}

fn words_of(printed: &Printed) -> Vec<Vec<Word>> {
    let mut line = 1;
    let mut pages = Vec::with_capacity(printed.pages.len());
    for (index, page) in printed.pages.iter().enumerate() {
        let words = words(&page.glyphs, &page.links, index as u32 + 1, line);
        line = words.last().map_or(line, |word| word.line + 1);
        pages.push(words);
    }
    pages
}

fn set_as_in_print(printed: &mut Printed, pages: &mut [Vec<Word>]) {
    let Some(factor) = leading::to_print(pages) else { return };
    for (page, words) in printed.pages.iter_mut().zip(pages) {
        leading::multiply(factor, words, &mut page.rules);
        page.height *= factor;
    }
}

fn warnings(printed: &Printed, bytes: &[u8]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, message: String| warnings.push(Warning::new(code, message, Place::default()));
    let printing = |c: char| !c.is_whitespace();
    let glyphs = printed.pages.iter().flat_map(|page| page.glyphs.iter().chain(&page.slanted));
    let glyphs = glyphs.filter(|glyph| printing(glyph.ch)).count();
    let unmapped: usize = printed.pages.iter().map(|page| page.unmapped).sum();
    let pictures: usize = printed.pages.iter().map(|page| page.pictures).sum();
    if printed.pages.is_empty() && !printed.cut {
        warn(Code::NoPages, "it has no page".to_owned());
    } else if glyphs == 0 && !printed.pages.is_empty() {
        let (pages, pictures) = (counted(printed.pages.len(), "page"), counted(pictures, "picture"));
        warn(Code::NoTextLayer, format!("{pages} with {pictures} and no text"));
    } else if unmapped * 100 > glyphs * UNMAPPED {
        warn(Code::UnmappedGlyphs, format!("{unmapped} of {glyphs} glyphs stand for no known character"));
    }
    if printed.cut {
        let (pages, glyphs) = (counted(printed.pages.len(), "page"), counted(glyphs, "glyph"));
        warn(Code::Truncated, format!("reading ended after {pages} with {glyphs}"));
    } else if !has_end(bytes) {
        warn(Code::Truncated, "the file has no end mark (%%EOF): its last part is missing".to_owned());
    }
    warnings
}

/// `1 page`, `2 pages`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A file ends with `%%EOF` (ISO 32000-1, 7.5.5), though programs append a little behind it.
fn has_end(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    tail.windows(5).any(|window| window == b"%%EOF")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::block::Content;
    use crate::text::squeeze;

    /// A PDF with these content streams as its pages, in a font of the standard ones.
    fn pdf(pages: &[String]) -> Vec<u8> {
        let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + page * 2)).collect();
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>".to_owned(),
            format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        for (page, content) in pages.iter().enumerate() {
            let resources = "/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 595 842]";
            objects.push(format!("<</Type/Page/Parent 2 0 R{resources}/Contents {} 0 R>>", 5 + page * 2));
            objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
        }
        let mut file = "%PDF-1.7\n".to_owned();
        let mut places = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            places.push(file.len());
            file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
        }
        let start = file.len();
        file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
        places.iter().for_each(|place| file.push_str(&format!("{place:010} 00000 n \n")));
        file.push_str(&format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1));
        file.into_bytes()
    }

    fn text(x: f32, y: f32, text: &str) -> String {
        format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n")
    }

    fn line(x0: f32, y0: f32, x1: f32, y1: f32) -> String {
        format!("{x0} {y0} m {x1} {y1} l S\n")
    }

    fn read_bytes(bytes: Vec<u8>) -> Result<Reading> {
        let source = Source { path: "a.pdf".into(), media_type: MediaType::Pdf, bytes };
        Pdf.read(&source, &ReadOptions::default())
    }

    fn rows(reading: &Reading) -> Vec<Vec<String>> {
        let tables = reading.blocks.iter().filter_map(Block::as_table);
        let row = |row: &crate::block::Row| row.cells.iter().map(|cell| cell.text.text.to_string()).collect();
        tables.flat_map(|table| &table.rows).map(row).collect()
    }

    /// A page with a ruled table of two columns, its rows 20 points high from y = 780 downwards.
    fn ruled(cells: &[[&str; 2]]) -> String {
        let bottom = 790.0 - 20.0 * cells.len() as f32;
        let mut page: String = [50.0, 150.0, 400.0].map(|x| line(x, 790.0, x, bottom)).concat();
        page.push_str(
            &(0..=cells.len())
                .map(|row| line(50.0, 790.0 - 20.0 * row as f32, 400.0, 790.0 - 20.0 * row as f32))
                .collect::<String>(),
        );
        for (row, [left, right]) in cells.iter().enumerate() {
            let y = 775.0 - 20.0 * row as f32;
            page.push_str(&(text(55.0, y, left) + &text(155.0, y, right)));
        }
        page
    }

    #[test]
    fn a_ruled_table_over_two_pages_is_one_with_one_head() {
        let foot = |number: u32| text(290.0, 30.0, &format!("Page {number}"));
        let first = ruled(&[["Name", "What for"], ["alpha", "Keeps the language that"]]) + &foot(1);
        let second = ruled(&[["Name", "What for"], ["", "was chosen"], ["beta", "Counts"]]) + &foot(2);
        let reading = read_bytes(pdf(&[first, second])).unwrap();
        assert_eq!(
            rows(&reading),
            [["Name", "What for"], ["alpha", "Keeps the language that was chosen"], ["beta", "Counts"]]
        );
        let furniture: Vec<&str> = reading
            .blocks
            .iter()
            .filter(|block| block.is_furniture())
            .filter_map(|block| block.rich().map(|rich| rich.text.as_str()))
            .collect();
        assert_eq!(furniture, ["Page 1", "Name What for", "Page 2"]);
        assert_eq!((reading.pages, reading.language.as_deref()), (Some(2), Some("en-GB")));
    }

    /// The characters of the glyphs and those of the blocks, each in order of their codes.
    fn printed_and_kept(bytes: Vec<u8>) -> [Vec<char>; 2] {
        let sorted = |text: String| {
            let mut chars: Vec<char> = squeeze(&text).chars().collect();
            chars.sort_unstable();
            chars
        };
        let printed = hayro::Hayro.interpret(&bytes, &[]).unwrap();
        let glyphs = printed.pages.iter().flat_map(|page| page.glyphs.iter().chain(&page.slanted));
        let glyphs = glyphs.map(|glyph| glyph.ch).collect();
        let mut kept = String::new();
        for block in read_bytes(bytes).unwrap().blocks {
            match &block.content {
                Content::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| kept.push_str(&cell.text.text));
                }
                _ => kept.push_str(&block.rich().unwrap().text),
            }
        }
        [sorted(glyphs), sorted(kept)]
    }

    #[test]
    fn every_printed_character_is_in_some_block() {
        let head = ["Name of it", "What for"];
        let foot = |number: u32| text(290.0, 30.0, &format!("Page {number}"));
        let ruled = [ruled(&[head, ["alpha", "Counts"]]) + &foot(1), ruled(&[head, ["beta", "Asks"]]) + &foot(2)];
        let columns = |rows: &[[&str; 2]]| -> String {
            let row = |(row, cells): (usize, &[&str; 2])| {
                let y = 775.0 - 20.0 * row as f32;
                text(55.0, y, cells[0]) + &text(255.0, y, cells[1])
            };
            rows.iter().enumerate().map(row).collect()
        };
        let first = columns(&[head, ["alpha", "Counts"], ["gamma", "Tells"], ["delta", "Shows"]]);
        let alone = text(55.0, 775.0, head[0]) + &text(255.0, 775.0, head[1]) + &text(55.0, 400.0, "Then a sentence.");
        let unruled = [first.clone(), columns(&[head, ["beta", "Asks"], ["zeta", "Says"], ["eta", "Keeps"]])];
        let mut files = vec![pdf(&ruled), pdf(&unruled), pdf(&[first, alone])];
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let samples = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path().join("document.pdf"));
        // What is drawn twice to look bold is kept once, and hyphens at the ends of lines not at all.
        let exact = |path: &std::path::PathBuf| {
            !["drawn-twice", "hyphenated"].iter().any(|name| path.to_string_lossy().contains(name))
        };
        let samples = samples.filter(exact);
        files.extend(samples.filter(|path| path.exists()).map(|path| std::fs::read(path).unwrap()));
        assert!(files.len() > 16, "{} files", files.len());
        for file in files {
            let [printed, kept] = printed_and_kept(file);
            assert_eq!(String::from_iter(printed), String::from_iter(kept));
        }
    }

    /// Words with their places, as one engine has them.
    fn placed(engine: &dyn Engine, bytes: &[u8]) -> Vec<Word> {
        words_of(&engine.interpret(bytes, &[]).unwrap()).concat()
    }

    #[test]
    fn both_engines_see_the_same_words_lines_and_places() {
        let turned = format!("0 1 -1 0 595 0 cm\n{}", ruled(&[["Name", "What for"], ["beta", "Asks"]]));
        let spaced =
            "BT /F 12 Tf 2 Tc 5 Tw 80 Tz 50 60 Td (Set wide) Tj 0 -20 TD [(Kern) -300 (ed)] TJ ET\n".to_owned();
        let file = pdf(&[ruled(&[["Name", "What for"], ["alpha", "Counts"]]) + &spaced, turned]);
        let (one, two) = (placed(&hayro::Hayro, &file), placed(&pdf_extract::PdfExtract, &file));
        let texts = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&one), texts(&two));
        assert!(one.len() > 12);
        for (a, b) in one.iter().zip(&two) {
            let far = [(a.x, b.x), (a.end, b.end), (a.y, b.y), (a.size, b.size)].map(|(a, b)| (a - b).abs());
            assert!(a.page == b.page && far.iter().all(|far| *far < 1.0), "{a:?} {b:?}");
        }
        let options = ReadOptions { pdf_engine: PdfEngine::PdfExtract, ..ReadOptions::default() };
        let source = Source { path: "a.pdf".into(), media_type: MediaType::Pdf, bytes: file.clone() };
        assert_eq!(rows(&Pdf.read(&source, &options).unwrap()), rows(&read_bytes(file).unwrap()));
    }

    #[test]
    fn a_page_that_the_second_engine_panics_on_costs_what_follows_it_and_not_what_precedes() {
        let file = pdf(&[text(50.0, 700.0, "Some words"), "1 2 cm".to_owned(), text(50.0, 700.0, "More")]);
        let options = ReadOptions { pdf_engine: PdfEngine::PdfExtract, ..ReadOptions::default() };
        let source = Source { path: "a.pdf".into(), media_type: MediaType::Pdf, bytes: file };
        let reading = Pdf.read(&source, &options).unwrap();
        assert_eq!(reading.blocks[0].rich().unwrap().text, "Some words");
        assert_eq!(reading.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), [Code::Truncated]);
    }

    #[test]
    fn a_page_whose_text_runs_up_the_sheet_reads_as_any_other() {
        let turned = format!("0 1 -1 0 595 0 cm\n{}", ruled(&[["Name", "What for"], ["alpha", "Counts"]]));
        assert_eq!(rows(&read_bytes(pdf(&[turned])).unwrap()), [["Name", "What for"], ["alpha", "Counts"]]);
    }

    #[test]
    fn lines_are_counted_through_the_document_and_pages_kept() {
        let page = |words: &str| text(50.0, 700.0, words) + &text(50.0, 400.0, "Another line");
        let reading = read_bytes(pdf(&[page("First words"), page("Second words")])).unwrap();
        let spans: Vec<_> = reading.blocks.iter().map(|block| (block.span.page, block.span.line)).collect();
        assert_eq!(spans, [(Some(1), 1), (Some(1), 2), (Some(2), 3), (Some(2), 4)]);
        assert!(reading.blocks.iter().all(|block| matches!(block.content, Content::Paragraph(_))));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let codes = |bytes: Vec<u8>| read_bytes(bytes).unwrap().warnings.iter().map(|w| w.code).collect::<Vec<_>>();
        assert_eq!(codes(pdf(&[line(0.0, 0.0, 9.0, 9.0)])), [Code::NoTextLayer]);
        assert_eq!(codes(pdf(&[text(50.0, 700.0, "Some words")])), []);
        assert_eq!(read_bytes(b"%PDF-1.7\nnothing".to_vec()).unwrap_err().code, Code::DamagedPdf);
    }

    #[test]
    fn a_password_opens_what_is_encrypted_and_only_the_right_one() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf/encrypted.pdf");
        let source = Source { path: "a.pdf".into(), media_type: MediaType::Pdf, bytes: std::fs::read(path).unwrap() };
        for engine in [PdfEngine::Hayro, PdfEngine::PdfExtract] {
            let read = |passwords: &[&str]| {
                let pdf_passwords = passwords.iter().map(|password| (*password).to_owned()).collect();
                Pdf.read(&source, &ReadOptions { pdf_engine: engine, pdf_passwords })
            };
            let error = read(&[]).unwrap_err();
            assert_eq!((error.code, error.message.as_str()), (Code::Encrypted, "a password is needed"));
            let error = read(&["lamp"]).unwrap_err();
            assert_eq!((error.code, error.message.as_str()), (Code::Encrypted, "no given password opens it"));
            let reading = read(&["lamp", "lantern"]).unwrap();
            assert_eq!(reading.blocks[0].rich().unwrap().text, "Privacy and cookies");
        }
    }

    #[test]
    fn glyphs_without_a_character_are_told_of_by_their_share() {
        let file = String::from_utf8(pdf(&[text(50.0, 700.0, "Some words")])).unwrap();
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
        let nameless = "<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[<</Type/Font/\
            Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";
        let reading = read_bytes(file.replace(font, nameless).into_bytes()).unwrap();
        assert_eq!(reading.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), [Code::UnmappedGlyphs]);
    }

    #[test]
    fn a_file_cut_in_half_says_so() {
        let file = pdf(&[text(50.0, 700.0, "Some words")]);
        let end = file.windows(4).position(|window| window == b"xref").unwrap();
        let reading = read_bytes(file[..end].to_vec()).unwrap();
        assert_eq!(reading.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), [Code::Truncated]);
        assert_eq!(reading.blocks[0].rich().unwrap().text, "Some words");
    }

    #[test]
    fn watermarks_are_furniture_and_heads_that_run_up_their_column_are_words() {
        let slanted = "BT /F 40 Tf 0.6 0.8 -0.8 0.6 150 300 Tm (DRAFT COPY) Tj ET\n";
        let upwards = "BT /F 9 Tf 0 1 -1 0 166 740 Tm (Kept for) Tj ET\n";
        let mut page =
            ruled(&[["", ""], ["", ""], ["", ""], ["alpha", "2 days"]]).replace("50 770 m 400 770 l S\n", "");
        page = page.replace("50 750 m 400 750 l S\n", "");
        let reading = read_bytes(pdf(&[page + &text(55.0, 740.0, "Name") + upwards + slanted])).unwrap();
        assert_eq!(rows(&reading), [["Name", "Kept for"], ["alpha", "2 days"]]);
        let furniture = reading.blocks.iter().find(|block| block.is_furniture()).unwrap();
        assert_eq!(furniture.rich().unwrap().text, "DRAFT COPY");
    }

    #[test]
    fn a_document_without_pages_is_no_crash() {
        let outcome = read_bytes(pdf(&[]));
        let code = outcome.map(|reading| reading.warnings.first().map(|warning| warning.code));
        assert!(
            matches!(code, Ok(Some(Code::NoPages))) || matches!(code, Err(error) if error.code == Code::DamagedPdf)
        );
    }
}
