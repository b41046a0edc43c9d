//! What the codes of embedded fonts stand for, for fonts whose map the engine refuses whole because of one entry. WeasyPrint and
//! others write entries that stand for nothing (`<0003> <>`).

use std::collections::HashMap;
use std::sync::LazyLock;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use regex::bytes::Regex;

/// Most fonts of a document whose maps are mended; real documents stay below 100.
const MAX_FONTS: usize = 500;

/// The mended maps of a document, made when the first glyph without a character is drawn.
#[derive(Default)]
pub struct UnicodeMaps {
    fonts: Option<Vec<Font>>,
    /// Index of the font by the engine's key of its program; none where its map was whole.
    by_program: HashMap<u128, Option<usize>>,
}

struct Font {
    program: Vec<u8>,
    map: CMap,
}

impl UnicodeMaps {
    /// The characters of a glyph for which the engine knows none. What stands for nothing and draws nothing is a blank.
    pub fn characters(&mut self, pdf: &Pdf, glyph: &Glyph<'_>) -> Option<BfString> {
        let Glyph::Outline(outline) = glyph else { return None };
        let data = outline.font_data()?;
        let fonts = self.fonts.get_or_insert_with(|| fonts(pdf));
        let same = |font: &Font| font.program.as_slice() == (*data.data).as_ref();
        let index = *self.by_program.entry(data.cache_key).or_insert_with(|| fonts.iter().position(same));
        match fonts[index?].map.lookup_bf_string(glyph.char_code())? {
            BfString::Char('\u{fffd}') => outline.outline().elements().is_empty().then_some(BfString::Char(' ')),
            known => Some(known),
        }
    }
}

/// The fonts whose maps the engine refuses and that can be mended.
fn fonts(pdf: &Pdf) -> Vec<Font> {
    let dicts = pdf.objects().into_iter().filter_map(Object::into_dict);
    dicts.filter_map(|dict| font(&dict)).take(MAX_FONTS).collect()
}

fn font(dict: &Dict<'_>) -> Option<Font> {
    let refused = dict.get::<Stream<'_>>(b"ToUnicode")?.decoded_data().ok()?;
    if parse(&refused).is_some() {
        return None;
    }
    Some(Font { map: parse(&mended(&refused))?, program: program(dict)? })
}

fn parse(map: &[u8]) -> Option<CMap> {
    CMap::parse(map, |_| None)
}

/// The map with the character that is none wherever a code stands for nothing.
fn mended(map: &[u8]) -> Vec<u8> {
    static NOTHING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?-u)([^<])<\s*>").expect("a constant pattern"));
    NOTHING.replace_all(map, &b"${1}<fffd>"[..]).into_owned()
}

/// The program that is embedded for a font, in which its glyphs are drawn.
fn program(dict: &Dict<'_>) -> Option<Vec<u8>> {
    let descendant = dict.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(dict).get::<Dict<'_>>(b"FontDescriptor")?;
    let keys: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];
    let program = keys.iter().find_map(|key| descriptor.get::<Stream<'_>>(*key))?;
    program.decoded_data().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_with_entries_that_stand_for_nothing_is_read_all_the_same() {
        let map = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> \
            endcodespacerange 3 beginbfchar <0003> <> <0024> <0041> <0025> < > endbfchar endcmap end";
        assert!(parse(map).is_none());
        let whole = parse(&mended(map)).unwrap();
        let character = |code| match whole.lookup_bf_string(code) {
            Some(BfString::Char(c)) => Some(c),
            _ => None,
        };
        assert_eq!([3, 0x24, 0x26].map(character), [Some('\u{fffd}'), Some('A'), None]);
    }
}
