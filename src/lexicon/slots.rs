//! Where a key stands in a table that was laid out when the program was built: the build places it, a run looks it up.

use xxhash_rust::xxh3::xxh3_64;

/// The places of keys by their hash. A key stands in the slot of its hash or in the next free one.
#[derive(Debug)]
pub struct Slots(pub &'static [Slot]);

/// A key's place, from 1, and a part of its hash that tells most other keys from it; 0 where none is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slot(pub u16, pub u16);

impl Slots {
    /// The place of the key with this hash that is the one looked for.
    pub fn find(&self, hash: u64, is_wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let count = self.0.len();
        let mut at = slot(hash, count);
        // At least half of the slots are free.
        loop {
            let Slot(place, tagged) = self.0[at];
            let place = usize::from(place).checked_sub(1)?;
            if tagged == tag(hash) && is_wanted(place) {
                return Some(place);
            }
            at = (at + 1) & (count - 1);
        }
    }
}

/// The slots of keys with these hashes, in the order of their places; at least half of the slots stay free.
pub fn laid_out(hashes: impl ExactSizeIterator<Item = u64>) -> Vec<Slot> {
    let count = (2 * hashes.len()).next_power_of_two().max(2);
    let mut slots = vec![Slot::default(); count];
    for (place, hash) in hashes.enumerate() {
        let mut at = slot(hash, count);
        while slots[at].0 > 0 {
            at = (at + 1) % count;
        }
        slots[at] = Slot(u16::try_from(place + 1).expect("a list of the lexicon has fewer keys"), tag(hash));
    }
    slots
}

/// The first slot of a hash among a power of two.
fn slot(hash: u64, count: usize) -> usize {
    hash as usize & (count - 1)
}

/// A part of a hash that its slot does not depend on.
fn tag(hash: u64) -> u16 {
    (hash >> 48) as u16
}

/// The hash of a key, the same wherever the program is built.
pub fn hash_of(key: &[u8]) -> u64 {
    xxh3_64(key)
}

/// The hash of a run of words by the run before its last word and that word.
pub fn hash_of_run(before: u16, word: u16) -> u64 {
    // The upper half of a product depends on all bits of its factors.
    (u64::from(before) << 16 | u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_in_its_place_and_no_other_is() {
        let keys: Vec<String> = (0..1_000).map(|n| format!("key {n}")).collect();
        let slots = Slots(laid_out(keys.iter().map(|key| hash_of(key.as_bytes()))).leak());
        let place = |key: &str| slots.find(hash_of(key.as_bytes()), |place| keys[place] == key);
        keys.iter().enumerate().for_each(|(at, key)| assert_eq!(place(key), Some(at), "{key}"));
        assert!((1_000..2_000).all(|n| place(&format!("key {n}")).is_none()));
        assert_eq!(Slots(laid_out([].into_iter()).leak()).find(7, |_| true), None, "an empty table");
    }
}
