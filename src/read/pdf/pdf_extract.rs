//! The second engine: pdf-extract, by the events of its `OutputDev`, never by its plain text.
//!
//! It tells of no fonts, marks, pictures or structure tree, and of paths only those that are stroked or filled alone. It panics on
//! much of what is damaged: the pages before that are kept.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use pdf_extract::{
    ColorSpace, Dictionary, Document, LoadOptions, MediaBox, Object, OutputDev, OutputError, Path, PathOp, Transform,
    output_doc,
};

use super::budget::{OPERATIONS_OF_A_PAGE, Work};
use super::canvas::{Canvas, Ink, Pen};
use super::engine::{Engine, Failure, Page, Printed, text_string};
use crate::error::Code;
use crate::layout::placed::glyph::Style;

/// pdf-extract.
pub struct PdfExtract;

/// Most links of a document.
const MAX_LINKS: usize = 100_000;

impl Engine for PdfExtract {
    fn interpret(&self, bytes: &[u8], passwords: &[String]) -> Result<Printed, Failure> {
        let document = guarded(|| open(bytes, passwords)).unwrap_or_else(|| Err(damaged()))?;
        let pages = guarded(|| pages(&document)).unwrap_or_default();
        let mut listener =
            Listener { pages: &pages, done: Vec::new(), canvas: None, opens: false, work: Work::default() };
        let whole = guarded(|| output_doc(&document, &mut listener)).is_some_and(|result| result.is_ok());
        listener.close();
        let printed =
            Printed { pages: listener.done, cut: !whole, ..guarded(|| metadata(&document)).unwrap_or_default() };
        if printed.pages.is_empty() && !whole { Err(damaged()) } else { Ok(printed) }
    }
}

/// What the engine gives unless it panics.
fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn damaged() -> Failure {
    Failure { code: Code::DamagedPdf, message: "the engine pdf-extract can read no page of it".into() }
}

fn open(bytes: &[u8], passwords: &[String]) -> Result<Document, Failure> {
    let document = Document::load_mem(bytes).map_err(|_| damaged())?;
    if !document.is_encrypted() {
        return Ok(document);
    }
    let mut tried = std::iter::once("").chain(passwords.iter().map(String::as_str));
    let opened = |password| Document::load_mem_with_options(bytes, LoadOptions::with_password(password)).ok();
    tried.find_map(opened).ok_or_else(|| {
        let message = if passwords.is_empty() { "a password is needed" } else { "no given password opens it" };
        Failure { code: Code::Encrypted, message: message.into() }
    })
}

fn metadata(document: &Document) -> Printed {
    let text = |object: Option<&Object>| {
        let object = object.and_then(|object| document.dereference(object).ok());
        object.and_then(|(_, object)| object.as_str().ok()).map(text_string)
    };
    let info = document.trailer.get(b"Info").ok().and_then(|info| dictionary(document, info));
    let catalogue = document.catalog().ok();
    Printed {
        title: text(info.and_then(|info| info.get(b"Title").ok())),
        language: text(catalogue.and_then(|catalogue| catalogue.get(b"Lang").ok())),
        ..Printed::default()
    }
}

fn dictionary<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

/// What the events do not tell of a page.
#[derive(Debug, Default)]
struct PageInfo {
    crop: Option<Rect>,
    links: Vec<(Rect, String)>,
}

fn pages(document: &Document) -> Vec<PageInfo> {
    let mut links = 0;
    let info = |id| {
        let Ok(page) = document.get_dictionary(id) else { return PageInfo::default() };
        let crop = page.get(b"CropBox").ok().and_then(|object| rect(document, object));
        let annotations = page.get(b"Annots").ok().and_then(|list| document.dereference(list).ok());
        let annotations = annotations.and_then(|(_, list)| list.as_array().ok()).map_or(&[][..], Vec::as_slice);
        let room = MAX_LINKS.saturating_sub(links);
        links += annotations.len();
        let links = annotations.iter().take(room).filter_map(|annotation| link(document, annotation)).collect();
        PageInfo { crop, links }
    };
    document.get_pages().into_values().map(info).collect()
}

fn rect(document: &Document, object: &Object) -> Option<Rect> {
    let corners = document.dereference(object).ok()?.1.as_array().ok()?;
    let mut numbers = [0.0; 4];
    for (number, corner) in numbers.iter_mut().zip(corners) {
        *number = f64::from(document.dereference(corner).ok()?.1.as_float().ok()?);
    }
    Some(Rect::new(numbers[0], numbers[1], numbers[2], numbers[3]).abs())
}

fn link(document: &Document, annotation: &Object) -> Option<(Rect, String)> {
    let annotation = dictionary(document, annotation)?;
    let action = dictionary(document, annotation.get(b"A").ok()?)?;
    let address = document.dereference(action.get(b"URI").ok()?).ok()?.1.as_str().ok()?;
    Some((rect(document, annotation.get(b"Rect").ok()?)?, text_string(address)))
}

/// Keeps what it is told to put out.
struct Listener<'p> {
    pages: &'p [PageInfo],
    done: Vec<Page>,
    canvas: Option<Canvas>,
    opens: bool,
    work: Work,
}

impl Listener<'_> {
    fn close(&mut self) {
        if let Some(canvas) = self.canvas.take() {
            let links = self.pages.get(self.done.len()).map(|page| page.links.clone());
            self.done.push(canvas.finish(links.unwrap_or_default()));
        }
    }

    /// The engine stops at any error; which one is of no matter.
    fn count(&mut self, operations: usize) -> Result<(), OutputError> {
        self.work.operations += operations;
        if self.work.is_spent() { Err(OutputError::FormatError(std::fmt::Error)) } else { Ok(()) }
    }

    fn push_path(&mut self, map: &Transform, path: &Path, ink: Ink) -> Result<(), OutputError> {
        self.count(path.ops.len())?;
        if let Some(canvas) = &mut self.canvas {
            canvas.push_path(&bezier(path), affine(map), ink);
        }
        Ok(())
    }
}

impl OutputDev for Listener<'_> {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.close();
        let media = Rect::new(media.llx, media.lly, media.urx, media.ury).abs();
        let crop = self.pages.get(self.done.len()).and_then(|page| page.crop);
        let frame = crop.map(|crop| crop.intersect(media)).filter(|frame| frame.area() > 0.0);
        self.canvas = Some(Canvas::new(frame.unwrap_or(media)));
        self.count(OPERATIONS_OF_A_PAGE)
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.close();
        Ok(())
    }

    fn output_character(
        &mut self,
        map: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.work.glyphs += 1;
        self.count(0)?;
        let Some(canvas) = &mut self.canvas else { return Ok(()) };
        let [a, b, c, d, e, f] = affine(map).as_coeffs();
        let pen = Pen {
            origin: Point::new(e, f),
            advance: Vec2::new(a, b) * width * font_size,
            size: c.hypot(d) * font_size.abs(),
            style: Style::default(),
            mark: None,
        };
        let start = canvas.glyphs();
        canvas.push_glyph(Some(text).filter(|text| !text.is_empty()), pen);
        if std::mem::take(&mut self.opens) {
            canvas.open_at(start);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.opens = true;
        self.count(1)
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(&mut self, map: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.push_path(map, path, Ink::Stroked)
    }

    fn fill(&mut self, map: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.push_path(map, path, Ink::Filled)
    }
}

fn affine(map: &Transform) -> Affine {
    Affine::new([map.m11, map.m12, map.m21, map.m22, map.m31, map.m32])
}

/// The path in the form that both engines draw; what comes before its first point is left out.
fn bezier(path: &Path) -> BezPath {
    let mut bezier = BezPath::new();
    for op in &path.ops {
        let begun = !bezier.elements().is_empty();
        match *op {
            PathOp::MoveTo(x, y) => bezier.move_to((x, y)),
            PathOp::LineTo(x, y) if begun => bezier.line_to((x, y)),
            PathOp::CurveTo(x1, y1, x2, y2, x, y) if begun => bezier.curve_to((x1, y1), (x2, y2), (x, y)),
            PathOp::Close if begun => bezier.close_path(),
            PathOp::Rect(x, y, width, height) => {
                bezier.move_to((x, y));
                bezier.line_to((x + width, y));
                bezier.line_to((x + width, y + height));
                bezier.line_to((x, y + height));
                bezier.close_path();
            }
            _ => {}
        }
    }
    bezier
}
