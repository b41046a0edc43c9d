//! Hashes by which texts are known: bytes in memory, hex digits in JSON.

use std::borrow::Cow;
use std::fmt;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A hash, in JSON as hex digits; empty where nothing was hashed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest<const BYTES: usize>(Option<[u8; BYTES]>);

impl<const BYTES: usize> Digest<BYTES> {
    /// Reads hex digits; none where they are not as many as there should be.
    pub fn read(hex: &str) -> Option<Self> {
        let mut bytes = [0; BYTES];
        let is_hex = hex.len() == 2 * BYTES && HEXLOWER_PERMISSIVE.decode_mut(hex.as_bytes(), &mut bytes).is_ok();
        if hex.is_empty() { Some(Self(None)) } else { is_hex.then_some(Self(Some(bytes))) }
    }

    /// The bytes, where there is a hash.
    pub fn bytes(self) -> Option<[u8; BYTES]> {
        self.0
    }

    /// True where nothing was hashed.
    pub fn is_empty(self) -> bool {
        self.0.is_none()
    }

    /// Hands on the hex digits.
    fn with_hex<T>(self, take: impl FnOnce(&str) -> T) -> T {
        const LONGEST: usize = 64;
        let mut room = [0; LONGEST];
        let bytes = self.0.as_ref().map_or(&[][..], |bytes| bytes);
        let hex = &mut room[..2 * bytes.len()];
        HEXLOWER.encode_mut(bytes, hex);
        take(std::str::from_utf8(hex).expect("hex digits are text"))
    }
}

impl<const BYTES: usize> From<[u8; BYTES]> for Digest<BYTES> {
    fn from(bytes: [u8; BYTES]) -> Self {
        Self(Some(bytes))
    }
}

impl<const BYTES: usize> fmt::Display for Digest<BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_hex(|hex| f.write_str(hex))
    }
}

/// Bytes where nobody reads them: half as many, and none of them is put into memory of its own.
impl<const BYTES: usize> Serialize for Digest<BYTES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.with_hex(|hex| serializer.serialize_str(hex));
        }
        serializer.serialize_bytes(self.0.as_ref().map_or(&[], |bytes| bytes))
    }
}

impl<'de, const BYTES: usize> Deserialize<'de> for Digest<BYTES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(DigestVisitor)
        } else {
            deserializer.deserialize_bytes(DigestVisitor)
        }
    }
}

struct DigestVisitor<const BYTES: usize>;

impl<const BYTES: usize> Visitor<'_> for DigestVisitor<BYTES> {
    type Value = Digest<BYTES>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} hex digits or an empty text", 2 * BYTES)
    }

    fn visit_str<E: de::Error>(self, hex: &str) -> Result<Self::Value, E> {
        Digest::read(hex).ok_or_else(|| E::invalid_value(Unexpected::Str(hex), &self))
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        if bytes.is_empty() {
            return Ok(Digest::default());
        }
        let bytes: Result<[u8; BYTES], _> = bytes.try_into();
        bytes.map(Digest::from).map_err(|_| E::custom("a hash of another length"))
    }
}

impl<const BYTES: usize> JsonSchema for Digest<BYTES> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_hex_in_json_and_bytes_elsewhere() {
        let hash = Digest::from(*b"\x00\x01\x7f\xff");
        for (digest, hex, size) in [(hash, "\"00017fff\"", 5), (Digest::default(), "\"\"", 1)] {
            let bytes = postcard::to_stdvec(&digest).unwrap();
            assert_eq!((serde_json::to_string(&digest).unwrap().as_str(), bytes.len()), (hex, size));
            assert_eq!(serde_json::from_str::<Digest<4>>(hex).unwrap(), digest);
            assert_eq!(postcard::from_bytes::<Digest<4>>(&bytes).unwrap(), digest);
            assert_eq!(digest.is_empty(), digest.to_string().is_empty());
        }
        for other in ["\"00017ff\"", "\"00017fffff\"", "\"0001 7fx\"", "7"] {
            assert!(serde_json::from_str::<Digest<4>>(other).is_err(), "{other}");
        }
        assert!(postcard::from_bytes::<Digest<4>>(b"\x03abc").is_err());
    }
}
