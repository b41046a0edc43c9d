//! What an engine draws on: keeps glyphs and lines in the coordinates of the file and gives a page that is read upright.
//! Knows no engine.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2};
use unicode_normalization::UnicodeNormalization;

use super::engine::Page;
use super::right_to_left::{runs_left, set_in_reading_order};
use crate::layout::placed::glyph::{Area, Glyph, LinkArea, Rule, Style};

/// Most rules of a page; beyond this it is a drawing.
const MAX_RULES: usize = 50_000;

/// Widest filled rectangle that is a line and not an area, in points.
const LINE_WIDTH: f64 = 3.0;

/// Most glyphs that one replacement text stands for: a ligature, a hyphen, an initial; longer ones describe pictures.
const MAX_REPLACED: usize = 6;

/// Width of a drawn bullet, in points.
const DISC: std::ops::Range<f64> = 1.5..6.0;

/// Most discs of a page that are looked at; beyond this it is a drawing.
const MAX_DISCS: usize = 200;

/// Shortest line that can border a cell, in points.
const LINE_LENGTH: f64 = 4.0;

/// Steepest slope of a line that counts as level.
const SLOPE: f64 = 0.15;

/// Stands for a glyph whose character is not known.
const UNKNOWN: char = '\u{fffd}';

/// Fewer than one glyph of so many is drawn as a shape, where that makes it bold.
const MOST_SHAPES: usize = 3;

/// How a path is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Its area alone.
    Filled,
    /// Its outline, whatever becomes of its area.
    Stroked,
}

/// One page while it is drawn.
pub struct Canvas {
    frame: Rect,
    page: Page,
    /// Glyphs in the coordinates of the file, with the direction that they run in.
    raw: Vec<RawGlyph>,
    rules: Vec<(Point, Point)>,
    /// Small discs and rings, which may be the bullets of a list.
    discs: Vec<Rect>,
    /// Indices of the glyphs that are drawn as shapes.
    shapes: Vec<usize>,
}

#[derive(Clone, Copy)]
struct RawGlyph {
    glyph: Glyph,
    origin: Point,
    advance: Vec2,
}

/// How a glyph is drawn, in the coordinates of the file.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// Where it stands.
    pub origin: Point,
    /// Where the next one would stand, seen from there.
    pub advance: Vec2,
    /// Height of the font.
    pub size: f64,
    /// How it looks.
    pub style: Style,
    /// Marked content that it belongs to.
    pub mark: Option<u32>,
}

impl Canvas {
    /// A blank page that shows this part of the coordinates of the file.
    pub fn new(frame: Rect) -> Self {
        Self { frame, page: Page::default(), raw: Vec::new(), rules: Vec::new(), discs: Vec::new(), shapes: Vec::new() }
    }

    /// Number of glyphs so far.
    pub fn glyphs(&self) -> usize {
        self.raw.len()
    }

    /// Counts a picture.
    pub fn push_picture(&mut self) {
        self.page.pictures += 1;
    }

    /// Says that the glyph at this place opens a stretch that was drawn at once.
    pub fn open_at(&mut self, index: usize) {
        if let Some(first) = self.raw.get_mut(index) {
            first.glyph.opens = true;
        }
    }

    /// A glyph that stands for these characters, or for none that is known.
    pub fn push_glyph(&mut self, text: Option<&str>, pen: Pen) {
        let Pen { origin, advance, size, style, mark } = pen;
        if !(size.is_finite() && origin.is_finite() && advance.is_finite()) || size <= 0.0 {
            return;
        }
        let base = Glyph { ch: ' ', x: 0.0, end: 0.0, y: 0.0, size: size as f32, style, mark, opens: false };
        match text.filter(|text| !text.chars().any(is_private)) {
            Some(text) => self.push_chars(text.chars(), base, origin, advance),
            None => self.push_chars(std::iter::once(UNKNOWN), base, origin, advance),
        }
    }

    /// Turns the page so that most of its text runs from left to right, whatever its rotation, and y downwards.
    pub fn finish(mut self, links: Vec<(Rect, String)>) -> Page {
        self.push_bullets();
        self.embolden();
        let turn = Turn::of(&self.raw, self.frame);
        self.page.height = turn.height;
        self.page.unmapped = self.raw.iter().filter(|raw| raw.glyph.ch == UNKNOWN).count();
        turn.set_upright(&mut self.raw);
        let (slanted, upright): (Vec<_>, Vec<_>) = self.raw.iter().partition(|raw| turn.is_slanted(raw));
        let glyphs = |raw: Vec<RawGlyph>| raw.iter().filter_map(|raw| turn.glyph(raw)).collect();
        (self.page.glyphs, self.page.slanted) = (glyphs(upright), glyphs(slanted));
        self.page.rules = self.rules.iter().map(|(a, b)| turn.rule(*a, *b)).filter(is_finite).collect();
        let area = |rect: &Rect| turn.rule(Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y1));
        let link = |(rect, address): (Rect, String)| {
            let Rule { x0, y0, x1, y1 } = area(&rect);
            LinkArea { area: Area { x0, y0, x1, y1 }, address }
        };
        self.page.links = links.into_iter().map(link).collect();
        set_in_reading_order(&mut self.page, turn.width);
        self.page
    }

    /// One glyph for each character, which share the advance.
    fn push_chars(&mut self, chars: impl Iterator<Item = char>, base: Glyph, origin: Point, advance: Vec2) {
        let mut letters: Vec<char> = Vec::new();
        chars.for_each(|c| decompose(c, &mut letters));
        // What is drawn as one is drawn as it looks, like everything else.
        if letters.len() <= MAX_REPLACED && letters.first().is_some_and(|first| runs_left(*first)) {
            letters.reverse();
        }
        let share = advance / letters.len().max(1) as f64;
        for (index, &ch) in letters.iter().enumerate() {
            let origin = origin + share * index as f64;
            self.raw.push(RawGlyph { glyph: Glyph { ch, ..base }, origin, advance: share });
        }
    }

    /// Lets the glyphs from `start` on say what the file says that they stand for; they keep their place.
    pub fn replace(&mut self, start: usize, text: &str) {
        let drawn = self.raw.get(start..).unwrap_or_default();
        let unknown = drawn.iter().any(|raw| raw.glyph.ch == UNKNOWN);
        let Some(base) = widest(drawn) else { return };
        if text.is_empty() || (drawn.len() > MAX_REPLACED && !unknown) {
            return;
        }
        let (origin, width) = extent(drawn, &base);
        let opens = drawn[0].glyph.opens;
        self.raw.truncate(start);
        self.push_chars(text.chars(), base.glyph, origin, width);
        self.raw[start].glyph.opens = opens;
    }

    /// Says that the glyph at this place is drawn as a shape, by the file and not by a font.
    pub fn shape_at(&mut self, index: usize) {
        self.shapes.push(index);
    }

    /// Browsers draw letters as shapes where they make them bold themselves; where they cannot put the font into the file, they draw all.
    fn embolden(&mut self) {
        if self.shapes.len() * MOST_SHAPES < self.raw.len() {
            for index in &self.shapes {
                if let Some(raw) = self.raw.get_mut(*index) {
                    raw.glyph.style.strong = true;
                }
            }
        }
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
    pub fn push_rect(&mut self, rect: Rect, ink: Ink) {
        let thin = rect.width().min(rect.height()) <= LINE_WIDTH;
        if thin {
            let (middle_x, middle_y) = (rect.center().x, rect.center().y);
            if rect.width() > rect.height() {
                self.push_rule(Point::new(rect.x0, middle_y), Point::new(rect.x1, middle_y));
            } else {
                self.push_rule(Point::new(middle_x, rect.y0), Point::new(middle_x, rect.y1));
            }
        } else if ink == Ink::Stroked {
            let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)];
            for (index, corner) in corners.iter().enumerate() {
                self.push_rule(Point::from(*corner), Point::from(corners[(index + 1) % 4]));
            }
        }
    }

    /// A path: strokes are lines, and so are thin filled outlines.
    pub fn push_path(&mut self, path: &BezPath, transform: Affine, ink: Ink) {
        let stroked = ink == Ink::Stroked;
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
            self.push_outlines(&outlines, ink);
        }
    }

    /// Filled outlines: thin ones are lines; one just inside another is a frame, whose sides are lines.
    fn push_outlines(&mut self, outlines: &[Rect], ink: Ink) {
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
        outlines.iter().for_each(|outline| self.push_rect(*outline, ink));
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

/// The glyph that the others stand on: accents are narrow.
fn widest(drawn: &[RawGlyph]) -> Option<RawGlyph> {
    drawn.iter().copied().reduce(|a, b| if b.advance.hypot2() > a.advance.hypot2() { b } else { a })
}

/// Where glyphs begin on the line of one of them, and how far they reach along it.
fn extent(drawn: &[RawGlyph], base: &RawGlyph) -> (Point, Vec2) {
    let length = base.advance.hypot();
    if length == 0.0 {
        return (base.origin, Vec2::ZERO);
    }
    let along = base.advance / length;
    let places = |raw: &RawGlyph| [raw.origin, raw.origin + raw.advance].map(|at| (at - base.origin).dot(along));
    let places = || drawn.iter().flat_map(places);
    let (start, end) = (places().fold(0.0, f64::min), places().fold(length, f64::max));
    (base.origin + along * start, along * (end - start))
}

/// How the coordinates of a file become those of a page that is read upright.
struct Turn {
    map: Affine,
    width: f32,
    height: f32,
}

impl Turn {
    fn of(glyphs: &[RawGlyph], frame: Rect) -> Self {
        let mut votes = [0_usize; 4];
        for Vec2 { x, y } in glyphs.iter().map(|glyph| glyph.advance) {
            // A watermark has no vote.
            if x.abs().min(y.abs()) < x.abs().max(y.abs()) * SLOPE {
                votes[quarter(Vec2::new(x, y))] += 1;
            }
        }
        let quarter = (0..4).max_by_key(|&quarter| (votes[quarter], 4 - quarter)).unwrap_or(0);
        let (width, height) = (frame.width(), frame.height());
        let moved = Affine::translate((-frame.x0, -frame.y0));
        // Text that runs up the sheet is turned clockwise, and so on; then y is flipped.
        let turned = match quarter {
            1 => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            2 => Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
            3 => Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            _ => Affine::IDENTITY,
        };
        let (width, height) = if quarter % 2 == 1 { (height, width) } else { (width, height) };
        let flip = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, height]);
        Self { map: flip * turned * moved, width: width as f32, height: height as f32 }
    }

    /// Text that runs across the page's own direction (the head of a narrow column, a note in the margin) is set as if it ran
    /// along it, in the width that it has: one word, and in its cell.
    fn set_upright(&self, glyphs: &mut [RawGlyph]) {
        let across = |raw: &RawGlyph| self.is_across(raw.advance);
        let goes_on = |a: &RawGlyph, b: &RawGlyph| {
            across(a) && across(b) && (a.origin + a.advance).distance(b.origin) < f64::from(a.glyph.size)
        };
        for stretch in glyphs.chunk_by_mut(goes_on).filter(|stretch| across(&stretch[0])) {
            let (first, last) = (stretch[0], stretch[stretch.len() - 1]);
            let width = f64::from(first.glyph.size) * 0.8;
            let right = self.back(Vec2::new(width, 0.0));
            let share = right / stretch.len() as f64;
            let middle = first.origin.midpoint(last.origin + last.advance);
            // The letters of what runs upwards stand to the left of their baseline, and of what runs downwards to the right.
            let start = if self.direction(first.advance).y < 0.0 { middle - right } else { middle };
            for (index, raw) in stretch.iter_mut().enumerate() {
                (raw.origin, raw.advance) = (start + share * index as f64, share);
            }
        }
    }

    /// The direction of an advance on the page, downwards being positive.
    fn direction(&self, advance: Vec2) -> Vec2 {
        self.map * advance.to_point() - self.map * Point::ZERO
    }

    fn is_across(&self, advance: Vec2) -> bool {
        let Vec2 { x, y } = self.direction(advance);
        x.abs() < y.abs() * SLOPE
    }

    /// A direction on the page as one of the file.
    fn back(&self, direction: Vec2) -> Vec2 {
        let inverse = self.map.inverse();
        inverse * direction.to_point() - inverse * Point::ZERO
    }

    /// True for text that runs neither along nor across the lines of the page: a watermark.
    fn is_slanted(&self, raw: &RawGlyph) -> bool {
        let Vec2 { x, y } = self.direction(raw.advance);
        y.abs() > x.abs() * SLOPE && !self.is_across(raw.advance)
    }

    fn glyph(&self, raw: &RawGlyph) -> Option<Glyph> {
        let origin = self.map * raw.origin;
        let end = self.map * (raw.origin + raw.advance);
        let (x, y) = (origin.x as f32, origin.y as f32);
        let end = (end.x as f32).max(x);
        let finite = [x, end, y, raw.glyph.size].into_iter().all(f32::is_finite);
        finite.then_some(Glyph { x, end, y, ..raw.glyph })
    }

    fn rule(&self, a: Point, b: Point) -> Rule {
        let rect = Rect::from_points(self.map * a, self.map * b);
        Rule { x0: rect.x0 as f32, y0: rect.y0 as f32, x1: rect.x1 as f32, y1: rect.y1 as f32 }
    }
}

fn is_finite(rule: &Rule) -> bool {
    [rule.x0, rule.y0, rule.x1, rule.y1].into_iter().all(f32::is_finite)
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

/// Characters that a font made up for itself say nothing; those of symbol fonts are mostly bullets.
fn is_private(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{fffe}' | '\u{ffff}') || (c.is_control() && !c.is_whitespace())
}

/// The character of Han that a radical in its short form is, for those that are characters of their own.
fn radical(c: char) -> char {
    const SHORT: &str =
        "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";
    let mut pairs = SHORT.chars();
    std::iter::from_fn(|| pairs.next().zip(pairs.next())).find(|(short, _)| *short == c).map_or(c, |(_, whole)| whole)
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
        // Fonts share a glyph between a character of Han and the radical that it is; the text means the character.
        '\u{2f00}'..='\u{2fd5}' => return out.extend(c.nfkc()),
        // Presentation forms of Hebrew and Arabic: letters as they look at their place in a word.
        '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => return out.extend(c.nfkc()),
        '\u{2e80}'..='\u{2eff}' => return out.push(radical(c)),
        _ => return out.push(c),
    };
    out.extend(letters.chars());
}
