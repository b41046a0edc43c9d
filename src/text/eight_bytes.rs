//! Eight bytes asked at once, as a number whose lowest byte is the first.

/// A byte, eight times.
#[inline]
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A one in each byte that is in a range. All bytes must be ASCII.
#[inline]
pub(crate) const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let from_first = bytes + each(0x80 - first);
    let behind_last = bytes + each(0x7f - last);
    (from_first & !behind_last & each(0x80)) >> 7
}

/// A one in each byte that is a letter. All bytes must be ASCII.
#[inline]
pub(crate) const fn letters(bytes: u64) -> u64 {
    within(bytes | each(0x20), b'a', b'z')
}

/// How many bytes are a one; all others must be 0.
#[inline]
pub(crate) const fn marked(bytes: u64) -> u64 {
    bytes.wrapping_mul(each(1)) >> 56
}

/// 0 where no byte is less than one of ASCII; any bytes may be asked.
#[inline]
pub(crate) const fn any_less(bytes: u64, than: u8) -> u64 {
    bytes.wrapping_sub(each(than)) & !bytes & each(0x80)
}

/// 0 where no byte is that one.
#[inline]
pub(crate) const fn any_is(bytes: u64, byte: u8) -> u64 {
    any_less(bytes ^ each(byte), 1)
}

/// True where `marks` gives something else than 0 for bytes of a text, which must not depend on where they stand among the eight. All are
/// looked at, which takes less time than to stop at the first.
#[inline]
pub(crate) fn any_eight(text: &[u8], marks: impl Fn(u64) -> u64) -> bool {
    let Some(last) = text.last_chunk::<8>() else { return marks(few(text)) != 0 && !text.is_empty() };
    let (eights, _) = text.as_chunks::<8>();
    // The last eight overlap the ones before.
    let last = marks(u64::from_le_bytes(*last));
    eights.iter().fold(last, |found, eight| found | marks(u64::from_le_bytes(*eight))) != 0
}

/// Fewer than eight bytes as eight of the same: the first four and the last four, which may overlap, or each of three.
fn few(text: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        return half(first) | half(last) << 32;
    }
    let [Some(first), Some(middle), Some(last)] = [text.first(), text.get(text.len() / 2), text.last()] else {
        return 0;
    };
    let [first, middle, last] = [*first, *middle, *last];
    u64::from_le_bytes([first, middle, last, first, middle, last, first, middle])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn eight_at_once_are_what_each_is(text in prop::collection::vec(any::<u8>(), 0..30), byte: u8, than in 0u8..0x80) {
            prop_assert_eq!(any_eight(&text, |eight| any_is(eight, byte)), text.contains(&byte));
            prop_assert_eq!(any_eight(&text, |eight| any_less(eight, than)), text.iter().any(|byte| *byte < than));
        }

        #[test]
        fn ranges_of_ascii_are_marked_byte_by_byte(bytes: [u8; 8], first in 0u8..0x80, last in 0u8..0x80) {
            let ascii = bytes.map(|byte| byte & 0x7f);
            let marks = within(u64::from_le_bytes(ascii), first, last).to_le_bytes();
            prop_assert_eq!(marked(u64::from_le_bytes(marks)), marks.iter().map(|mark| u64::from(*mark)).sum::<u64>());
            prop_assert_eq!(marks, ascii.map(|byte| u8::from((first..=last).contains(&byte))));
        }
    }
}
