//! What one printed line tells by its words alone: gaps, size, boldness, bullets. Knows no columns.

use super::glyph::Area;
use super::word_lines::Word;
use crate::text::is_invisible;

/// Words of one printed line, from left to right.
pub type TextLine<'w> = Vec<&'w Word>;

/// Narrowest gap that suggests a column, in heights of the font.
pub(super) const SEED_GAP: f32 = 0.8;

/// Narrowest gap between two heads, in heights of the font: wider than a blank.
pub(super) const HEAD_GAP: f32 = 0.5;

/// Narrowest gap between two stretches that were drawn apart, in heights of the font.
const APART_GAP: f32 = 0.2;

/// Widest distance of two lines of a table, in heights of the font.
const MAX_DISTANCE: f32 = 4.5;

/// The area that lines cover.
pub(super) fn area(lines: &[TextLine<'_>]) -> Area {
    lines.iter().flatten().map(|word| word.area()).reduce(Area::join).unwrap_or_default()
}

/// White space between two words, in heights of the font.
pub(super) fn gap(left: &Word, right: &Word) -> f32 {
    (right.x - left.end) / left.size.max(right.size)
}

/// True where two words are parted: by a gap of this width at least, or by one that no blank was drawn into.
pub(super) fn parts(left: &Word, right: &Word, widest: f32) -> bool {
    let gap = gap(left, right);
    gap > widest || (right.apart && gap > APART_GAP)
}

pub(super) fn follows(last: &TextLine<'_>, next: &TextLine<'_>) -> bool {
    let (Some(last), Some(next)) = (last.first(), next.first()) else { return false };
    let distance = next.y - last.y;
    distance > 0.0 && distance < last.size.max(next.size) * MAX_DISTANCE
}

pub(super) fn line_size(line: &TextLine<'_>) -> f32 {
    line.iter().map(|word| word.size).fold(0.0, f32::max)
}

/// Left edges of the stretches that gaps part.
pub(super) fn segments(line: &TextLine<'_>) -> Vec<f32> {
    line.chunk_by(|a, b| !parts(a, b, SEED_GAP)).map(|stretch| stretch[0].x).collect()
}

/// A line that opens with a number, a letter with a bracket or a bullet.
pub(super) fn is_enumerator(line: &TextLine<'_>) -> bool {
    let Some(text) = line.first().map(|word| word.text.as_str()) else { return false };
    let short = text.chars().count() <= 8;
    let numbered = text.ends_with(['.', ')', ':']) || text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let symbol = text.chars().count() == 1 && !text.chars().all(char::is_alphanumeric);
    symbol || (short && numbered && text.trim_end_matches(['.', ')', ':']).chars().count() <= 6 && !text.contains('_'))
}

/// True for a line in bold.
pub(super) fn is_strong(line: &TextLine<'_>) -> bool {
    line.iter().all(|word| word.style.strong)
}

/// A heading over the rows below it: in bold, in one stretch.
pub(super) fn is_label(line: &TextLine<'_>) -> bool {
    is_strong(line) && !line.windows(2).any(|pair| parts(pair[0], pair[1], HEAD_GAP))
}

/// Number of the bullets that open a line: an item that begins with a list has its own and that of the list's first.
pub(super) fn bullets(line: &TextLine<'_>) -> usize {
    let signs = line.iter().take_while(|word| is_bullet(&word.text)).count();
    signs.min(line.len() - 1)
}

/// Signs that open the items of a list.
pub fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| !is_invisible(*c));
    let sign = chars.next().is_some_and(|c| {
        matches!(
            c,
            '•' | '◦'
                | '▪'
                | '▫'
                | '■'
                | '□'
                | '●'
                | '○'
                | '‣'
                | '⁃'
                | '–'
                | '-'
                | '·'
                | '➢'
                | '►'
                | '▸'
                | '✓'
                | '✔'
                | '❖'
                | '*'
        )
    });
    sign && chars.next().is_none()
}
