//! The filters of a stream (ISO 32000-1, 7.4), as far as is needed to count what it unpacks to before an engine holds it.

use std::io::{self, BufReader, Read};

use flate2::read::ZlibDecoder;

/// A filter that is undone when a stream is read. Those of pictures are not among them: nobody undoes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// `FlateDecode`.
    Flate,
    /// `RunLengthDecode`.
    RunLength,
    /// `LZWDecode`.
    Lzw,
    /// `ASCII85Decode`.
    Ascii85,
    /// `ASCIIHexDecode`.
    AsciiHex,
}

/// The names of filters, the short ones of inline pictures too.
const NAMES: &[(&[u8], Filter)] = &[
    (b"FlateDecode", Filter::Flate),
    (b"Fl", Filter::Flate),
    (b"RunLengthDecode", Filter::RunLength),
    (b"RL", Filter::RunLength),
    (b"LZWDecode", Filter::Lzw),
    (b"LZW", Filter::Lzw),
    (b"ASCII85Decode", Filter::Ascii85),
    (b"A85", Filter::Ascii85),
    (b"ASCIIHexDecode", Filter::AsciiHex),
    (b"AHx", Filter::AsciiHex),
];

/// Longest entry of the table of LZW, which has 4,096 of them, each longer than another by one byte.
const LONGEST_ENTRY: u64 = 4096;

impl Filter {
    /// The filters that the dictionary of a stream names, in the order in which they are undone.
    pub fn named(dictionary: &[u8]) -> impl Iterator<Item = Self> {
        let names = memchr::memchr_iter(b'/', dictionary).map(|at| {
            let name = &dictionary[at + 1..];
            &name[..name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len())]
        });
        names.filter_map(|name| NAMES.iter().find(|(known, _)| *known == name).map(|(_, filter)| *filter))
    }

    /// Most that it can unpack one byte to.
    pub fn ratio(self) -> u64 {
        match self {
            Self::Flate => 1032,
            Self::RunLength => 64,
            Self::Lzw => LONGEST_ENTRY,
            Self::Ascii85 => 4,
            Self::AsciiHex => 1,
        }
    }

    /// What undoes it.
    pub fn undo<'r>(self, packed: Box<dyn Read + 'r>) -> Box<dyn Read + 'r> {
        let packed = BufReader::new(packed);
        match self {
            Self::Flate => Box::new(ZlibDecoder::new(packed)),
            Self::RunLength => Box::new(RunLength { packed, left: 0, repeated: None }),
            Self::Lzw => Box::new(Lzw::new(packed)),
            Self::Ascii85 => Box::new(Ascii85 { packed: packed.bytes(), group: Vec::new() }),
            Self::AsciiHex => Box::new(AsciiHex { packed: packed.bytes(), ended: false }),
        }
    }
}

/// What most filters read byte by byte.
type Packed<'r> = BufReader<Box<dyn Read + 'r>>;

/// Runs: a length, and so many bytes or one that stands for so many.
struct RunLength<'r> {
    packed: Packed<'r>,
    left: usize,
    repeated: Option<u8>,
}

impl RunLength<'_> {
    /// Begins the next run; false at the end.
    fn begin(&mut self) -> io::Result<bool> {
        let mut byte = [0];
        if self.packed.read(&mut byte)? == 0 || byte[0] == 128 {
            return Ok(false);
        }
        self.left = usize::from(byte[0]) + 1;
        self.repeated = None;
        if byte[0] > 128 {
            self.left = 257 - usize::from(byte[0]);
            self.packed.read_exact(&mut byte)?;
            self.repeated = Some(byte[0]);
        }
        Ok(true)
    }
}

impl Read for RunLength<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() || (self.left == 0 && !self.begin()?) {
            return Ok(0);
        }
        let length = self.left.min(out.len());
        let read = match self.repeated {
            Some(byte) => {
                out[..length].fill(byte);
                length
            }
            None => self.packed.read(&mut out[..length])?,
        };
        self.left -= read;
        Ok(read)
    }
}

/// The lengths of what LZW stands for, as so many blanks: which bytes they are matters only to a filter behind it.
struct Lzw<'r> {
    packed: Packed<'r>,
    bits: u32,
    held: u32,
    /// Lengths of the entries from 258 on.
    lengths: Vec<u64>,
    previous: u64,
    left: u64,
}

impl<'r> Lzw<'r> {
    fn new(packed: Packed<'r>) -> Self {
        Self { packed, bits: 0, held: 0, lengths: Vec::new(), previous: 0, left: 0 }
    }

    /// The next code, of nine to twelve bits; none at the end.
    fn code(&mut self) -> io::Result<Option<usize>> {
        let width = match self.lengths.len() + 259 {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        while self.held < width {
            let mut byte = [0];
            if self.packed.read(&mut byte)? == 0 {
                return Ok(None);
            }
            self.bits = self.bits << 8 | u32::from(byte[0]);
            self.held += 8;
        }
        self.held -= width;
        Ok(Some((self.bits >> self.held) as usize & ((1 << width) - 1)))
    }

    /// Begins the bytes of the next code that stands for some; false at the end.
    fn begin(&mut self) -> io::Result<bool> {
        while let Some(code) = self.code()? {
            match code {
                256 => (self.lengths, self.previous) = (Vec::new(), 0),
                257 => return Ok(false),
                _ => {
                    let length =
                        if code < 256 { 1 } else { self.lengths.get(code - 258).copied().unwrap_or(self.previous + 1) };
                    if self.previous > 0 && (self.lengths.len() as u64) < LONGEST_ENTRY - 258 {
                        self.lengths.push(self.previous + 1);
                    }
                    (self.previous, self.left) = (length, length);
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

impl Read for Lzw<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() || (self.left == 0 && !self.begin()?) {
            return Ok(0);
        }
        let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(out.len());
        out[..length].fill(b' ');
        self.left -= length as u64;
        Ok(length)
    }
}

/// Four bytes as five characters, or as `z` where they are zero.
struct Ascii85<'r> {
    packed: io::Bytes<Packed<'r>>,
    group: Vec<u8>,
}

impl Ascii85<'_> {
    /// The next group of five, or what there is of it at the end.
    fn next_group(&mut self) -> io::Result<()> {
        self.group.clear();
        for byte in self.packed.by_ref() {
            match byte? {
                b'~' => break,
                b'z' => self.group.resize(5, b'!'),
                digit @ b'!'..=b'u' => self.group.push(digit),
                _ => {}
            }
            if self.group.len() >= 5 {
                break;
            }
        }
        Ok(())
    }
}

impl Read for Ascii85<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.len() < 4 {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.next_group()?;
        let length = self.group.len().min(5).saturating_sub(1);
        self.group.resize(5, b'u');
        let number = self
            .group
            .iter()
            .fold(0_u32, |number, digit| number.wrapping_mul(85).wrapping_add(u32::from(*digit - b'!')));
        out[..length].copy_from_slice(&number.to_be_bytes()[..length]);
        Ok(length)
    }
}

/// Two digits a byte.
struct AsciiHex<'r> {
    packed: io::Bytes<Packed<'r>>,
    ended: bool,
}

impl AsciiHex<'_> {
    fn digit(&mut self) -> io::Result<Option<u8>> {
        while let (false, Some(byte)) = (self.ended, self.packed.next()) {
            let byte = byte?;
            self.ended = byte == b'>';
            if let Some(digit) = char::from(byte).to_digit(16) {
                return Ok(Some(digit as u8));
            }
        }
        Ok(None)
    }
}

impl Read for AsciiHex<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let (Some(place), Some(high)) = (out.first_mut(), self.digit()?) else { return Ok(0) };
        *place = high << 4 | self.digit()?.unwrap_or_default();
        Ok(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(filters: &[Filter], packed: &[u8]) -> Vec<u8> {
        let mut reader: Box<dyn Read> = Box::new(packed);
        for filter in filters {
            reader = filter.undo(reader);
        }
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn filters_are_found_in_their_order_by_either_name() {
        let named = |dictionary: &str| Filter::named(dictionary.as_bytes()).collect::<Vec<_>>();
        assert_eq!(named("<</Filter[/ASCII85Decode/Fl]/Length 9"), [Filter::Ascii85, Filter::Flate]);
        assert_eq!(named("<</Filter /LZWDecode/DecodeParms<</EarlyChange 1>>"), [Filter::Lzw]);
        assert_eq!(named("<</Length 9/Flat/FlateDecoder"), []);
    }

    #[test]
    fn runs_and_characters_give_the_bytes_that_they_stand_for() {
        assert_eq!(undone(&[Filter::RunLength], b"\x02abc\xfdz\x80more"), b"abczzzz");
        assert_eq!(undone(&[Filter::AsciiHex], b"61 6 2 7>8"), b"abp");
        assert_eq!(undone(&[Filter::Ascii85], b"87cUR D]i,\"Ebo7~>x"), b"Hello World"[..].to_vec());
        assert_eq!(undone(&[Filter::Ascii85], b"zz~>"), [0; 8]);
        assert_eq!(undone(&[Filter::AsciiHex, Filter::RunLength], b"02616263FD7A80>"), b"abczzzz");
    }

    #[test]
    fn lzw_gives_as_many_bytes_as_it_stands_for() {
        // The example of ISO 32000-1, 7.4.4.2: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(undone(&[Filter::Lzw], &[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]).len(), 10);
    }
}
