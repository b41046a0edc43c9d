//! Puts right a text that was UTF-8, was read as another charset once and written as UTF-8 again: "durÃ©e" is "durée".
//!
//! Each byte of such a character was printed as a character of its own. So a text is taken for garbled only where hardly any other
//! character of it but those of ASCII is no part of such a sequence.

use std::sync::LazyLock;

use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// A text that was put right.
pub(super) struct Repaired {
    /// What it was before.
    pub text: String,
    /// The charset that it was taken for.
    pub taken_for: &'static str,
}

/// The text that this one was, if it is garbled; once or twice.
pub(super) fn repaired(text: &str) -> Option<Repaired> {
    if text.is_ascii() {
        return None;
    }
    let garbled = CHARSETS.iter().find(|charset| charset.garbled(text))?;
    let once = garbled.undone(text);
    let text = match CHARSETS.iter().find(|charset| charset.garbled(&once)) {
        Some(twice) => twice.undone(&once),
        None => once,
    };
    Some(Repaired { text, taken_for: garbled.name })
}

/// So many sequences are no chance.
const LEAST: usize = 3;

/// For each other character there must be so many sequences.
const MOST_PART: usize = 4;

/// So many other characters at the front of a text show that it is not garbled, whatever follows.
const ENOUGH: usize = 64;

/// What UTF-8 is taken for by mistake, the most frequent first.
static CHARSETS: LazyLock<[Charset; 3]> = LazyLock::new(|| [WINDOWS_1252, WINDOWS_1251, WINDOWS_1250].map(Charset::of));

/// A charset of one byte for each character.
struct Charset {
    name: &'static str,
    /// The characters of its bytes beyond ASCII, in order.
    bytes: Vec<(char, u8)>,
}

impl Charset {
    fn of(encoding: &'static Encoding) -> Self {
        let character = |byte: u8| encoding.decode_without_bom_handling(&[byte]).0.chars().next().map(|c| (c, byte));
        let mut bytes: Vec<_> = (0x80..=0xff).filter_map(character).collect();
        bytes.sort_unstable();
        Self { name: encoding.name(), bytes }
    }

    fn byte(&self, c: char) -> Option<u8> {
        let place = self.bytes.binary_search_by_key(&c, |(character, _)| *character).ok()?;
        Some(self.bytes[place].1)
    }

    /// The character that was printed byte by byte at the front of a text, and how many bytes of the text it takes.
    fn character(&self, text: &str) -> Option<(char, usize)> {
        let (mut bytes, mut count, mut taken) = ([0; 4], 0, 0);
        for c in text.chars().take(bytes.len()) {
            bytes[count] = self.byte(c)?;
            (count, taken) = (count + 1, taken + c.len_utf8());
            match std::str::from_utf8(&bytes[..count]) {
                Ok(character) => return character.chars().next().map(|character| (character, taken)),
                // What is no beginning of a character is none with more bytes either.
                Err(error) if error.error_len().is_some() => return None,
                Err(_) => {}
            }
        }
        None
    }

    /// True for a text that was UTF-8 and was read as this charset.
    fn garbled(&self, text: &str) -> bool {
        let (mut sequences, mut others) = (0, 0);
        for piece in self.pieces(text) {
            match piece {
                Piece::Sequence(_) => sequences += 1,
                Piece::Other(_) => others += 1,
                Piece::Ascii(_) => {}
            }
            if others > ENOUGH + sequences {
                return false;
            }
        }
        sequences >= LEAST && sequences >= others * MOST_PART
    }

    /// The text with each sequence as the character that it was.
    fn undone(&self, text: &str) -> String {
        let mut whole = String::with_capacity(text.len());
        for piece in self.pieces(text) {
            match piece {
                Piece::Sequence(c) | Piece::Other(c) => whole.push(c),
                Piece::Ascii(text) => whole.push_str(text),
            }
        }
        whole
    }

    fn pieces<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Piece<'t>> + 't {
        let mut rest = text;
        std::iter::from_fn(move || {
            let (piece, taken) = match (ascii_at_front(rest), rest.chars().next()?) {
                (0, first) => match self.character(rest) {
                    Some((character, taken)) => (Piece::Sequence(character), taken),
                    None => (Piece::Other(first), first.len_utf8()),
                },
                (length, _) => (Piece::Ascii(&rest[..length]), length),
            };
            rest = &rest[taken..];
            Some(piece)
        })
    }
}

/// Bytes at the front of a text that are of ASCII, by a look at eight at a time.
fn ascii_at_front(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (words, _) = bytes.as_chunks::<8>();
    let whole = 8 * words.iter().take_while(|word| word.is_ascii()).count();
    whole + bytes[whole..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// A part of a text.
enum Piece<'t> {
    /// Characters of ASCII.
    Ascii(&'t str),
    /// Characters that were the bytes of this one.
    Sequence(char),
    /// A character as it is.
    Other(char),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn garble(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_read_as_another_charset_is_put_right() {
        let text = "La durée « d’un » cookie à l’été";
        let once = garble(text, WINDOWS_1252);
        assert!(once.starts_with("La durÃ©e"));
        assert_eq!(repaired(&once).unwrap().text, text);
        assert_eq!(repaired(&garble(&once, WINDOWS_1252)).unwrap().text, text);
        let russian = repaired(&garble("Срок хранения", WINDOWS_1251)).unwrap();
        assert_eq!((russian.text.as_str(), russian.taken_for), ("Срок хранения", "windows-1251"));
    }

    #[test]
    fn what_is_whole_stays() {
        let texts =
            ["Política de cookies: NÃO É “NÃ”", "Рішення Ради про Рік", "© 2024 – “Æsop” Ã", "Cookies", "日本語"];
        texts.iter().for_each(|text| assert!(repaired(text).is_none(), "{text}"));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[a-zéüñçčšř“’–€жыя. ]{0,30}[éüñ]{3}[а-яčšđ ]{0,30}", charset in 0_usize..3) {
            let encoding = [WINDOWS_1252, WINDOWS_1251, WINDOWS_1250][charset];
            let back = repaired(&garble(&text, encoding)).map(|repaired| repaired.text);
            prop_assert_eq!(back, Some(text));
        }

        #[test]
        fn a_text_of_one_script_stays(text in "[A-Za-zÀ-ÿ ,.]{0,60}|[А-Яа-яҐІЇЄґіїє ,.]{0,60}|[a-ząćęłńóśźż„” ]{0,60}") {
            prop_assert!(repaired(&text).is_none());
        }
    }
}
