//! What is printed on a page, by position: glyphs, rules and link areas. Knows no file format.
//!
//! Coordinates are points; x grows to the right and y downwards, whatever the format has.

/// One character as it is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character; a ligature comes as several glyphs that share its width.
    pub ch: char,
    /// Left edge.
    pub x: f32,
    /// Right edge: left edge and advance.
    pub end: f32,
    /// Baseline.
    pub y: f32,
    /// Height of the font.
    pub size: f32,
    /// How it looks.
    pub style: Style,
    /// Marked content that it belongs to.
    pub mark: Option<u32>,
    /// True where it opens a stretch that was drawn at once.
    pub opens: bool,
}

/// How a glyph looks, as far as that carries meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Style {
    /// Bold.
    pub strong: bool,
    /// Italic or oblique.
    pub emphasis: bool,
    /// All characters of one width.
    pub fixed: bool,
}

/// A straight line parallel to an edge of the page: a stroke, an edge of a box, or a thin filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Left end.
    pub x0: f32,
    /// Upper end.
    pub y0: f32,
    /// Right end.
    pub x1: f32,
    /// Lower end.
    pub y1: f32,
}

/// A rectangle of the page that leads somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkArea {
    /// The rectangle.
    pub area: Area,
    /// Its address.
    pub address: String,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Left edge.
    pub x0: f32,
    /// Upper edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Lower edge.
    pub y1: f32,
}

impl Rule {
    /// True for a rule that runs from left to right.
    pub fn is_horizontal(&self) -> bool {
        self.x1 - self.x0 >= self.y1 - self.y0
    }
}

impl Area {
    /// True where the point lies in it.
    pub fn holds(&self, x: f32, y: f32) -> bool {
        self.x0 <= x && x <= self.x1 && self.y0 <= y && y <= self.y1
    }

    /// The smallest area that holds both.
    pub fn join(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}
