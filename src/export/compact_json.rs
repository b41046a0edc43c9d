//! Compact JSON, byte for byte as `serde_json` writes it, appended to bytes in memory in less than half of the time: most of what a
//! dataset costs is its hundreds of keys and short values for each document. The names of fields must be such that nothing is escaped.

use std::io;

use serde::Serialize;
use serde::ser::{self, Error as _, Serializer};
use serde_json::{Error, Result};

use crate::text::{any_eight, any_is, any_less};

/// Appends a value as one line of JSON.
///
/// # Errors
/// Those of the value: a key of a map that is no text.
pub(super) fn push_line(value: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    value.serialize(&mut CompactJson { out })?;
    out.push(b'\n');
    Ok(())
}

/// What values are appended to.
struct CompactJson<'o> {
    out: &'o mut Vec<u8>,
}

/// An array or an object that is open.
struct Open<'j, 'o> {
    json: &'j mut CompactJson<'o>,
    /// True where nothing stands in it yet.
    is_empty: bool,
    /// What closes it.
    end: &'static [u8],
}

impl CompactJson<'_> {
    fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn push_text(&mut self, text: &str) -> Result<()> {
        self.out.reserve(text.len() + 2);
        self.out.push(b'"');
        match any_eight(text.as_bytes(), escaped) {
            true => self.push_escaped(text.as_bytes()),
            false => self.out.extend_from_slice(text.as_bytes()),
        }
        self.out.push(b'"');
        Ok(())
    }

    fn push_escaped(&mut self, text: &[u8]) {
        let (words, rest) = text.as_chunks::<8>();
        for word in words {
            match escaped(u64::from_le_bytes(*word)) {
                0 => self.out.extend_from_slice(word),
                _ => word.iter().for_each(|byte| self.push_byte(*byte)),
            }
        }
        rest.iter().for_each(|byte| self.push_byte(*byte));
    }

    fn push_byte(&mut self, byte: u8) {
        if is_escaped(byte) { self.push_escape(byte) } else { self.out.push(byte) }
    }

    fn push_escape(&mut self, byte: u8) {
        let short = match byte {
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            b'"' | b'\\' => byte,
            _ => {
                let hex = |digit: u8| b"0123456789abcdef"[usize::from(digit)];
                self.out.extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 15)]);
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', short]);
    }

    fn push_number(&mut self, mut number: u64) -> Result<()> {
        let mut digits = [0; 20];
        let mut first = digits.len();
        loop {
            first -= 1;
            digits[first] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                return self.push(&digits[first..]);
            }
        }
    }
}

fn is_escaped(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// 0 where none of eight bytes is escaped.
fn escaped(eight: u64) -> u64 {
    any_less(eight, 0x20) | any_is(eight, b'"') | any_is(eight, b'\\')
}

impl<'j, 'o> CompactJson<'o> {
    fn open(&'j mut self, start: u8, end: &'static [u8]) -> Result<Open<'j, 'o>> {
        self.out.push(start);
        Ok(Open { json: self, is_empty: true, end })
    }

    /// Opens the object around the value of a variant, and that value.
    fn open_variant(&'j mut self, variant: &str, start: u8, end: &'static [u8]) -> Result<Open<'j, 'o>> {
        self.out.push(b'{');
        self.push_text(variant)?;
        self.out.push(b':');
        self.open(start, end)
    }
}

impl Open<'_, '_> {
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<()> {
        self.part();
        value.serialize(&mut *self.json)
    }

    /// A field of a struct, whose name is such that nothing of it is escaped.
    fn field(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Result<()> {
        debug_assert!(!any_eight(name.as_bytes(), escaped), "{name}");
        self.part();
        self.json.out.push(b'"');
        self.json.out.extend_from_slice(name.as_bytes());
        self.json.out.extend_from_slice(b"\":");
        value.serialize(&mut *self.json)
    }

    fn part(&mut self) {
        if !std::mem::take(&mut self.is_empty) {
            self.json.out.push(b',');
        }
    }

    fn close(self) -> Result<()> {
        self.json.push(self.end)
    }
}

impl<'j, 'o> Serializer for &'j mut CompactJson<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'j, 'o>;
    type SerializeTuple = Open<'j, 'o>;
    type SerializeTupleStruct = Open<'j, 'o>;
    type SerializeTupleVariant = Open<'j, 'o>;
    type SerializeMap = Open<'j, 'o>;
    type SerializeStruct = Open<'j, 'o>;
    type SerializeStructVariant = Open<'j, 'o>;

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.push(if value { b"true" } else { b"false" })
    }

    fn serialize_i8(self, value: i8) -> Result<()> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<()> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<()> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        if value < 0 {
            self.out.push(b'-');
        }
        self.push_number(value.unsigned_abs())
    }

    fn serialize_u8(self, value: u8) -> Result<()> {
        self.push_number(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<()> {
        self.push_number(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<()> {
        self.push_number(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        self.push_number(value)
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        serde_json::to_writer(&mut *self.out, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        serde_json::to_writer(&mut *self.out, &value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.push_text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<()> {
        self.push_text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<()> {
        self.push(b"null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.push(b"null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.push(b"null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.push_text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let mut object = self.open(b'{', b"}")?;
        object.field(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'j, 'o>> {
        self.open(b'[', b"]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'j, 'o>> {
        self.open(b'[', b"]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'j, 'o>> {
        self.open(b'[', b"]")
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Open<'j, 'o>> {
        self.open_variant(variant, b'[', b"]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'j, 'o>> {
        self.open(b'{', b"}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'j, 'o>> {
        self.open(b'{', b"}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'j, 'o>> {
        self.open_variant(variant, b'{', b"}}")
    }
}

impl ser::SerializeSeq for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeTuple for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeTupleStruct for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeTupleVariant for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeMap for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.part();
        let start = self.json.out.len();
        key.serialize(&mut *self.json)?;
        if self.json.out.get(start) != Some(&b'"') {
            return Err(Error::custom("a key must be a text"));
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.json.out.push(b':');
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeStruct for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        self.field(key, value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl ser::SerializeStructVariant for Open<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        self.field(key, value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(char, i64),
        Struct { f: f64, s: f32 },
    }

    #[derive(Debug, Serialize)]
    struct Pair(i8, bool);

    #[derive(Debug, Serialize)]
    struct Nothing;

    /// A value of each kind that there is.
    #[derive(Debug, Serialize)]
    struct Everything<'a> {
        text: &'a str,
        #[serde(rename = "a key")]
        shapes: [Shape; 4],
        map: BTreeMap<&'a str, Option<u64>>,
        pair: Pair,
        nothing: (Nothing, ()),
        empty: (Vec<u8>, BTreeMap<u8, u8>),
    }

    fn written(value: &impl Serialize) -> String {
        let mut out = b"before ".to_vec();
        push_line(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn bytes_are_those_of_serde_json(text in r#"([a-z"\\/é\x00-\x1f\x7f]|\PC){0,40}"#, number: u64, signed: i64, f: f64, s: f32, c: char) {
            let value = Everything {
                text: &text,
                shapes: [Shape::Unit, Shape::Newtype(number as u8), Shape::Tuple(c, signed), Shape::Struct { f, s }],
                map: BTreeMap::from([(text.as_str(), Some(number)), ("", None), ("other", Some(number % 10))]),
                pair: Pair(signed as i8, signed < 0),
                nothing: (Nothing, ()),
                empty: (Vec::new(), BTreeMap::new()),
            };
            prop_assert_eq!(written(&value), format!("before {}\n", serde_json::to_string(&value).unwrap()));
        }
    }

    #[test]
    fn a_key_that_is_no_text_is_refused() {
        assert!(push_line(&BTreeMap::from([(1, 2)]), &mut Vec::new()).is_err());
    }
}
