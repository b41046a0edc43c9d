//! Eight bytes of ASCII asked at once, as a number whose lowest byte is the first.

/// A byte, eight times.
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A one in each byte that is in a range. All bytes must be ASCII.
pub(crate) const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let from_first = bytes + each(0x80 - first);
    let behind_last = bytes + each(0x7f - last);
    (from_first & !behind_last & each(0x80)) >> 7
}

/// A one in each byte that is a letter.
pub(crate) const fn letters(bytes: u64) -> u64 {
    within(bytes | each(0x20), b'a', b'z')
}
