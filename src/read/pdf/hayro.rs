//! The first engine: hayro. Draws nothing; it listens to what a page would draw.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Rect as PdfRect, String as PdfString};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::budget::Work;
use super::canvas::{Canvas, Ink, Pen};
use super::content::Content;
use super::engine::{Engine, Failure, Printed, text_string};
use super::structure;
use super::unicode_maps::UnicodeMaps;
use crate::error::Code;
use crate::layout::placed::glyph::Style;

/// hayro.
pub struct Hayro;

impl Engine for Hayro {
    fn interpret(&self, bytes: &[u8], passwords: &[String]) -> Result<Printed, Failure> {
        let pdf = open(bytes, passwords)?;
        let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..Default::default() };
        let cache = InterpreterCache::new();
        let mut printed = Printed { title: pdf.metadata().title.as_deref().map(text_string), ..Printed::default() };
        let mut page_of = HashMap::new();
        let mut work = Work::default();
        let mut maps = UnicodeMaps::default();
        let mut content = Content::default();
        for page in pdf.pages().iter() {
            if !work.begin_page(content.cost(page)) {
                printed.cut = true;
                break;
            }
            if let Some(id) = page.raw().obj_id() {
                page_of.insert(id, printed.pages.len() as u32);
            }
            let crop = page.intersected_crop_box();
            let frame = Rect::new(crop.x0, crop.y0, crop.x1, crop.y1);
            let mut context = Context::new(Affine::IDENTITY, frame, &cache, pdf.xref(), settings.clone());
            let canvas = Canvas::new(frame);
            let mut listener = Listener { canvas, marks: Vec::new(), pdf: &pdf, maps: &mut maps, work: &mut work };
            printed.cut |= !within_budget(|| interpret_page(page, &mut context, &mut listener));
            printed.pages.push(listener.canvas.finish(links(page.raw())));
        }
        read_catalogue(&pdf, &page_of, &mut printed);
        Ok(printed)
    }
}

/// What a listener unwinds with that has heard enough.
struct Spent;

/// Runs the interpreter, which cannot be told to stop but by unwinding through it; false where the budget ended it.
fn within_budget(interpret: impl FnOnce()) -> bool {
    match catch_unwind(AssertUnwindSafe(interpret)) {
        Ok(()) => true,
        Err(payload) if payload.is::<Spent>() => false,
        Err(payload) => resume_unwind(payload),
    }
}

fn open(bytes: &[u8], passwords: &[String]) -> Result<Pdf, Failure> {
    let data = std::sync::Arc::new(bytes.to_vec());
    let mut failure = LoadPdfError::Invalid;
    for password in std::iter::once("").chain(passwords.iter().map(String::as_str)) {
        match Pdf::new_with_password(data.clone(), password) {
            Ok(pdf) => return Ok(pdf),
            Err(error) => failure = error,
        }
        if failure == LoadPdfError::Invalid {
            break;
        }
    }
    Err(match failure {
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            Failure { code: Code::Encrypted, message: "encrypted by a method that is not known".into() }
        }
        LoadPdfError::Decryption(_) if passwords.is_empty() => {
            Failure { code: Code::Encrypted, message: "a password is needed".into() }
        }
        LoadPdfError::Decryption(_) => Failure { code: Code::Encrypted, message: "no given password opens it".into() },
        LoadPdfError::Invalid => Failure { code: Code::DamagedPdf, message: "no pages can be found in it".into() },
    })
}

fn read_catalogue(pdf: &Pdf, page_of: &HashMap<ObjectIdentifier, u32>, printed: &mut Printed) {
    let Some(catalogue) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return };
    printed.language = catalogue.get::<PdfString<'_>>(b"Lang").map(|lang| text_string(lang.as_bytes()));
    printed.structure = structure::read(pdf.xref(), page_of);
}

/// The addresses of a page's link annotations, in the coordinates of the file.
fn links(page: &Dict<'_>) -> Vec<(Rect, String)> {
    let Some(annotations) = page.get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let link = |annotation: Dict<'_>| {
        let address = annotation.get::<Dict<'_>>(b"A")?.get::<PdfString<'_>>(b"URI")?;
        let area = annotation.get::<PdfRect>(b"Rect")?;
        Some((Rect::new(area.x0, area.y0, area.x1, area.y1), text_string(address.as_bytes())))
    };
    annotations.iter::<Dict<'_>>().filter_map(link).collect()
}

/// A device that keeps what it is told to draw.
struct Listener<'w> {
    canvas: Canvas,
    marks: Vec<Marked>,
    pdf: &'w Pdf,
    maps: &'w mut UnicodeMaps,
    work: &'w mut Work,
}

/// Marked content that is open.
struct Marked {
    mark: Option<u32>,
    /// What its glyphs stand for, where that is said, and the first of them.
    actual: Option<(String, usize)>,
}

impl Listener<'_> {
    fn count(&mut self, operations: usize) {
        self.work.operations += operations;
        if self.work.is_spent() {
            resume_unwind(Box::new(Spent));
        }
    }

    fn push_glyph(&mut self, glyph: &HayroGlyph<'_>, transform: Affine, style: Style) {
        let [a, b, c, d, e, f] = transform.as_coeffs();
        let width = match glyph {
            HayroGlyph::Outline(outline) => outline.advance_width(),
            HayroGlyph::Type3(type3) => type3.advance_width(),
        };
        let pen = Pen {
            origin: Point::new(e, f),
            advance: Vec2::new(a, b) * f64::from(width.unwrap_or(500.0)),
            size: c.hypot(d) * 1000.0,
            style,
            mark: self.marks.iter().rev().find_map(|marked| marked.mark),
        };
        if matches!(glyph, HayroGlyph::Type3(_)) {
            self.canvas.shape_at(self.canvas.glyphs());
        }
        match glyph.as_unicode().or_else(|| self.maps.characters(self.pdf, glyph)) {
            Some(BfString::Char(c)) => self.canvas.push_glyph(Some(c.encode_utf8(&mut [0; 4])), pen),
            Some(BfString::String(text)) => self.canvas.push_glyph(Some(&text), pen),
            None => self.canvas.push_glyph(None, pen),
        }
    }
}

fn ink(mode: &DrawMode) -> Ink {
    match mode {
        DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => Ink::Stroked,
        DrawMode::Fill(_) | DrawMode::Invisible => Ink::Filled,
    }
}

impl<'a> Device<'a> for Listener<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(path.elements().len());
        self.canvas.push_path(path, props.transform, ink(mode));
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1);
        self.canvas.push_rect(props.transform.transform_rect_bbox(*rect), ink(mode));
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.work.glyphs += run.glyphs().len();
        self.count(1);
        let style = run.glyphs().first().map(|glyph| style(glyph)).unwrap_or_default();
        let start = self.canvas.glyphs();
        for glyph in run.glyphs() {
            self.push_glyph(glyph, props.transform * glyph.transform(), style);
        }
        self.canvas.open_at(start);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count(1);
        self.canvas.push_picture();
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.count(1);
        let mark = properties.and_then(|properties| properties.get::<u32>(b"MCID"));
        let actual = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        let actual = actual.map(|text| (text_string(text.as_bytes()), self.canvas.glyphs()));
        self.marks.push(Marked { mark, actual });
    }

    fn end_marked_content(&mut self) {
        if let Some((text, start)) = self.marks.pop().and_then(|marked| marked.actual) {
            self.canvas.replace(start, &text);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.work.clip();
        self.count(0);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.work.clip();
        self.count(0);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(1);
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn style(glyph: &HayroGlyph<'_>) -> Style {
    let HayroGlyph::Outline(outline) = glyph else { return Style::default() };
    let Some(font) = outline.font_data() else { return Style::default() };
    let name = font.postscript_name.unwrap_or_default().to_ascii_lowercase();
    let heavy = ["bold", "black", "heavy", "semibd", "demi"].iter().any(|word| name.contains(word));
    Style {
        strong: heavy || font.weight.is_some_and(|weight| weight >= 600),
        emphasis: font.is_italic || name.contains("italic") || name.contains("oblique"),
        fixed: font.is_monospace,
    }
}
