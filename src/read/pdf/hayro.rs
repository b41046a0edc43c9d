//! The first engine: hayro. Draws nothing; it listens to what a page would draw.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Rect as PdfRect, String as PdfString};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::engine::{Engine, Failure, Page, Printed};
use super::structure;
use crate::error::Code;
use crate::layout::glyph::{Area, Glyph, LinkArea, Rule, Style};

/// hayro.
pub struct Hayro;

/// Most glyphs of a document: the longest real policies stay below a tenth of it.
const MAX_GLYPHS: usize = 5_000_000;

/// Most rules of a page; beyond this it is a drawing.
const MAX_RULES: usize = 50_000;

/// Widest filled rectangle that is a line and not an area, in points.
const LINE_WIDTH: f64 = 3.0;

/// Stands for a glyph whose character is not known.
const UNKNOWN: char = '\u{fffd}';

/// Most glyphs that one replacement text stands for: a ligature, a hyphen, an initial; longer ones describe pictures.
const MAX_REPLACED: usize = 6;

/// Width of a drawn bullet, in points.
const DISC: std::ops::Range<f64> = 1.5..6.0;

/// Most discs of a page that are looked at; beyond this it is a drawing.
const MAX_DISCS: usize = 200;

/// Shortest line that can border a cell, in points.
const LINE_LENGTH: f64 = 4.0;

impl Engine for Hayro {
    fn interpret(&self, bytes: &[u8], passwords: &[String]) -> Result<Printed, Failure> {
        let pdf = open(bytes, passwords)?;
        let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..Default::default() };
        let cache = InterpreterCache::new();
        let mut printed = Printed { title: pdf.metadata().title.as_deref().map(text_string), ..Printed::default() };
        let mut page_of = HashMap::new();
        let mut glyphs = 0;
        for page in pdf.pages().iter() {
            if let Some(id) = page.raw().obj_id() {
                page_of.insert(id, printed.pages.len() as u32);
            }
            if glyphs > MAX_GLYPHS {
                printed.cut = true;
                break;
            }
            let crop = page.intersected_crop_box();
            let frame = Rect::new(crop.x0, crop.y0, crop.x1, crop.y1);
            let mut context = Context::new(Affine::IDENTITY, frame, &cache, pdf.xref(), settings.clone());
            let mut listener = Listener::new(frame);
            interpret_page(page, &mut context, &mut listener);
            let links = links(page.raw());
            printed.pages.push(listener.finish(links));
            glyphs += printed.pages.last().map_or(0, |page| page.glyphs.len());
        }
        read_catalogue(&pdf, &page_of, &mut printed);
        Ok(printed)
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

/// A text string: UTF-16 with a byte order mark, UTF-8 with one, else Latin-1, which differs little from PDFDocEncoding.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// The addresses of a page's link annotations, in the coordinates of the file.
fn links(page: &Dict<'_>) -> Vec<(PdfRect, String)> {
    let Some(annotations) = page.get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let link = |annotation: Dict<'_>| {
        let address = annotation.get::<Dict<'_>>(b"A")?.get::<PdfString<'_>>(b"URI")?;
        Some((annotation.get::<PdfRect>(b"Rect")?, text_string(address.as_bytes())))
    };
    annotations.iter::<Dict<'_>>().filter_map(link).collect()
}

/// A device that keeps what it is told to draw.
struct Listener {
    frame: Rect,
    page: Page,
    /// Glyphs in the coordinates of the file, with the direction that they run in.
    raw: Vec<RawGlyph>,
    rules: Vec<(Point, Point)>,
    /// Small discs and rings, which may be the bullets of a list.
    discs: Vec<Rect>,
    marks: Vec<Marked>,
}

/// Marked content that is open.
struct Marked {
    mark: Option<u32>,
    /// What its glyphs stand for, where that is said, and the first of them.
    actual: Option<(String, usize)>,
}

#[derive(Clone, Copy)]
struct RawGlyph {
    glyph: Glyph,
    origin: Point,
    advance: Vec2,
}

impl Listener {
    fn new(frame: Rect) -> Self {
        Self { frame, page: Page::default(), raw: Vec::new(), rules: Vec::new(), discs: Vec::new(), marks: Vec::new() }
    }

    /// Turns the page so that most of its text runs from left to right, whatever its rotation, and y downwards.
    fn finish(mut self, links: Vec<(PdfRect, String)>) -> Page {
        self.push_bullets();
        let turn = Turn::of(&self.raw, self.frame);
        self.page.height = turn.height;
        self.page.unmapped = self.raw.iter().filter(|raw| raw.glyph.ch == UNKNOWN).count();
        self.page.glyphs = self.raw.iter().filter_map(|raw| turn.glyph(raw)).collect();
        self.page.rules = self.rules.iter().map(|(a, b)| turn.rule(*a, *b)).collect();
        let area = |rect: &PdfRect| turn.rule(Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y1));
        let link = |(rect, address): (PdfRect, String)| {
            let Rule { x0, y0, x1, y1 } = area(&rect);
            LinkArea { area: Area { x0, y0, x1, y1 }, address }
        };
        self.page.links = links.into_iter().map(link).collect();
        self.page
    }

    fn push_glyph(&mut self, glyph: &HayroGlyph<'_>, transform: Affine, style: Style) {
        let [a, b, c, d, e, f] = transform.as_coeffs();
        let width = match glyph {
            HayroGlyph::Outline(outline) => outline.advance_width(),
            HayroGlyph::Type3(type3) => type3.advance_width(),
        };
        let advance = Vec2::new(a, b) * f64::from(width.unwrap_or(500.0));
        let size = (c.hypot(d) * 1000.0) as f32;
        if !(size.is_finite() && e.is_finite() && f.is_finite() && advance.is_finite()) || size <= 0.0 {
            return;
        }
        let mark = self.marks.iter().rev().find_map(|marked| marked.mark);
        let base = Glyph { ch: ' ', x: 0.0, end: 0.0, y: 0.0, size, style, mark, opens: false };
        match glyph.as_unicode() {
            Some(BfString::Char(c)) if !is_private(c) => self.push_chars(&[c], base, Point::new(e, f), advance),
            Some(BfString::String(text)) if !text.chars().any(is_private) => {
                let chars: Vec<char> = text.chars().collect();
                self.push_chars(&chars, base, Point::new(e, f), advance);
            }
            _ => {
                self.push_chars(&[UNKNOWN], base, Point::new(e, f), advance);
            }
        }
    }

    /// One glyph for each character, which share the advance.
    fn push_chars(&mut self, chars: &[char], base: Glyph, origin: Point, advance: Vec2) {
        let mut letters: Vec<char> = Vec::with_capacity(chars.len());
        chars.iter().for_each(|&c| decompose(c, &mut letters));
        let share = advance / letters.len().max(1) as f64;
        for (index, &ch) in letters.iter().enumerate() {
            let origin = origin + share * index as f64;
            self.raw.push(RawGlyph { glyph: Glyph { ch, ..base }, origin, advance: share });
        }
    }

    /// Lets the glyphs from `start` on say what the file says that they stand for; they keep their place.
    fn replace(&mut self, start: usize, text: &str) {
        let (Some(first), Some(last)) = (self.raw.get(start).copied(), self.raw.last().copied()) else { return };
        let unknown = self.raw[start..].iter().any(|raw| raw.glyph.ch == UNKNOWN);
        if text.is_empty() || (self.raw.len() - start > MAX_REPLACED && !unknown) {
            return;
        }
        let width = last.origin + last.advance - first.origin;
        self.raw.truncate(start);
        let chars: Vec<char> = text.chars().collect();
        self.push_chars(&chars, first.glyph, first.origin, width);
    }

    fn push_disc(&mut self, outlines: &[Rect]) {
        if let [disc] = outlines
            && DISC.contains(&disc.width())
            && (disc.width() - disc.height()).abs() < 0.8
            && self.discs.len() < MAX_DISCS
            // Filled and then stroked: still one disc.
            && self.discs.last().is_none_or(|last| last.center().distance(disc.center()) > 1.0)
        {
            self.discs.push(*disc);
        }
    }

    /// Some programs draw the bullets of their lists: a disc shortly before text, at half the height of its letters.
    fn push_bullets(&mut self) {
        if self.discs.is_empty() || self.raw.iter().any(|raw| raw.glyph.mark.is_some()) {
            return;
        }
        let text = self.raw.clone();
        for disc in std::mem::take(&mut self.discs) {
            let beside = text.iter().find(|raw| {
                let size = f64::from(raw.glyph.size);
                let (gap, rise) = (raw.origin.x - disc.x1, disc.center().y - raw.origin.y);
                (0.0..size * 2.5).contains(&gap) && (size * 0.1..size * 0.6).contains(&rise)
            });
            if let Some(first) = beside {
                let origin = Point::new(disc.x0, first.origin.y);
                let glyph = Glyph { ch: '•', opens: true, ..first.glyph };
                self.raw.push(RawGlyph { glyph, origin, advance: Vec2::new(disc.width(), 0.0) });
            }
        }
    }

    fn push_rule(&mut self, a: Point, b: Point) {
        let (width, height) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        let straight = width.min(height) <= LINE_WIDTH && width.max(height) >= LINE_LENGTH;
        if straight && self.rules.len() < MAX_RULES {
            self.rules.push((a, b));
        }
    }

    /// A filled rectangle is a line if it is thin; a stroked one is four lines.
    fn push_rect(&mut self, rect: Rect, mode: &DrawMode) {
        let thin = rect.width().min(rect.height()) <= LINE_WIDTH;
        if thin {
            let (middle_x, middle_y) = (rect.center().x, rect.center().y);
            if rect.width() > rect.height() {
                self.push_rule(Point::new(rect.x0, middle_y), Point::new(rect.x1, middle_y));
            } else {
                self.push_rule(Point::new(middle_x, rect.y0), Point::new(middle_x, rect.y1));
            }
        } else if matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) {
            let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)];
            for (index, corner) in corners.iter().enumerate() {
                self.push_rule(Point::from(*corner), Point::from(corners[(index + 1) % 4]));
            }
        }
    }

    fn push_path(&mut self, path: &BezPath, transform: Affine, mode: &DrawMode) {
        let stroked = matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..));
        let mut start = Point::ZERO;
        let mut last = Point::ZERO;
        let mut outlines: Vec<Rect> = Vec::new();
        let mut curved = false;
        for element in path.elements() {
            let next = match element {
                PathEl::MoveTo(to) => {
                    start = transform * *to;
                    last = start;
                    outlines.push(Rect::from_points(start, start));
                    continue;
                }
                PathEl::LineTo(to) => transform * *to,
                PathEl::ClosePath => start,
                // A curve is part of no table, but a rounded corner must not hide the sides of its box.
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    curved = true;
                    last = transform * *to;
                    widen(&mut outlines, last);
                    continue;
                }
            };
            if stroked {
                self.push_rule(last, next);
            }
            widen(&mut outlines, next);
            last = next;
        }
        if curved {
            self.push_disc(&outlines);
        } else if !stroked {
            self.push_outlines(&outlines, mode);
        }
    }

    /// Filled outlines: thin ones are lines; one just inside another is a frame, whose sides are lines.
    fn push_outlines(&mut self, outlines: &[Rect], mode: &DrawMode) {
        let frame = |pair: &[Rect]| {
            let (inner, outer) = if pair[0].area() < pair[1].area() { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            let near = outer.inset(0.01).contains_rect(inner) && inner.inset(LINE_WIDTH).contains_rect(outer);
            near.then_some((inner, outer))
        };
        for pair in outlines.windows(2) {
            if let Some((inner, outer)) = frame(pair) {
                self.push_frame(inner, outer);
            }
        }
        outlines.iter().for_each(|outline| self.push_rect(*outline, mode));
    }

    /// The sides of a frame that are drawn: those where the outer box stands out.
    fn push_frame(&mut self, inner: Rect, outer: Rect) {
        let corner = |x, y| Point::new(x, y);
        let sides = [
            (inner.x0 - outer.x0, corner(outer.x0, outer.y0), corner(outer.x0, outer.y1)),
            (outer.x1 - inner.x1, corner(outer.x1, outer.y0), corner(outer.x1, outer.y1)),
            (inner.y0 - outer.y0, corner(outer.x0, outer.y0), corner(outer.x1, outer.y0)),
            (outer.y1 - inner.y1, corner(outer.x0, outer.y1), corner(outer.x1, outer.y1)),
        ];
        for (width, from, to) in sides {
            if width > 0.05 {
                self.push_rule(from, to);
            }
        }
    }
}

impl<'a> Device<'a> for Listener {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.push_path(path, props.transform, mode);
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.push_rect(props.transform.transform_rect_bbox(*rect), mode);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let style = run.glyphs().first().map(|glyph| style(glyph)).unwrap_or_default();
        let start = self.raw.len();
        for glyph in run.glyphs() {
            self.push_glyph(glyph, props.transform * glyph.transform(), style);
        }
        if let Some(first) = self.raw.get_mut(start) {
            first.glyph.opens = true;
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.page.pictures += 1;
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let mark = properties.and_then(|properties| properties.get::<u32>(b"MCID"));
        let actual = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        let actual = actual.map(|text| (text_string(text.as_bytes()), self.raw.len()));
        self.marks.push(Marked { mark, actual });
    }

    fn end_marked_content(&mut self) {
        if let Some((text, start)) = self.marks.pop().and_then(|marked| marked.actual) {
            self.replace(start, &text);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// How the coordinates of a file become those of a page that is read upright.
struct Turn {
    map: Affine,
    height: f32,
}

impl Turn {
    fn of(glyphs: &[RawGlyph], frame: Rect) -> Self {
        let mut votes = [0_usize; 4];
        for glyph in glyphs {
            votes[quarter(glyph.advance)] += 1;
        }
        let quarter = (0..4).max_by_key(|&quarter| (votes[quarter], 4 - quarter)).unwrap_or(0);
        let (width, height) = (frame.width(), frame.height());
        let moved = Affine::translate((-frame.x0, -frame.y0));
        // Text that runs up the sheet is turned clockwise, and so on; then y is flipped.
        let (turned, height) = match quarter {
            1 => (Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]), width),
            2 => (Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]), height),
            3 => (Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]), width),
            _ => (Affine::IDENTITY, height),
        };
        let flip = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, height]);
        Self { map: flip * turned * moved, height: height as f32 }
    }

    /// Text that runs in another direction than the page's (a watermark, a stamp in the margin) keeps its characters; each is placed by its origin.
    fn glyph(&self, raw: &RawGlyph) -> Option<Glyph> {
        let origin = self.map * raw.origin;
        let end = self.map * (raw.origin + raw.advance);
        let (x, y) = (origin.x as f32, origin.y as f32);
        (x.is_finite() && y.is_finite()).then_some(Glyph { x, end: (end.x as f32).max(x), y, ..raw.glyph })
    }

    fn rule(&self, a: Point, b: Point) -> Rule {
        let rect = Rect::from_points(self.map * a, self.map * b);
        Rule { x0: rect.x0 as f32, y0: rect.y0 as f32, x1: rect.x1 as f32, y1: rect.y1 as f32 }
    }
}

fn widen(outlines: &mut [Rect], point: Point) {
    if let Some(outline) = outlines.last_mut() {
        *outline = outline.union_pt(point);
    }
}

fn quarter(direction: Vec2) -> usize {
    if direction.x.abs() >= direction.y.abs() {
        if direction.x >= 0.0 { 0 } else { 2 }
    } else if direction.y > 0.0 {
        1
    } else {
        3
    }
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

/// Characters that a font made up for itself say nothing; those of symbol fonts are mostly bullets.
fn is_private(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{fffe}' | '\u{ffff}') || (c.is_control() && !c.is_whitespace())
}

fn decompose(c: char, out: &mut Vec<char>) {
    let letters = match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        // The symbol fonts of office programs print their bullets from here.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' | '\u{f0fc}' => "•",
        _ => return out.push(c),
    };
    out.extend(letters.chars());
}
