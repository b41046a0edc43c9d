//! Words and what is known of them, laid out when the program is built: when it starts, nothing is left to load.

use super::slots::{Slots, hash_of};

/// Values by word.
#[derive(Debug)]
pub struct Table<V: 'static> {
    pub(super) keys: Keys,
    pub(super) slots: Slots,
    pub(super) values: &'static [V],
}

/// Keys one behind the other, each found by its place.
#[derive(Debug)]
pub(super) struct Keys {
    pub text: &'static [u8],
    /// Where each key ends.
    pub ends: &'static [u32],
}

/// A run of neighbours in a list: the first, and the one behind the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch(pub u16, pub u16);

impl<V> Table<V> {
    /// The value of a word.
    pub fn get(&self, key: impl AsRef<[u8]>) -> Option<&'static V> {
        let key = key.as_ref();
        let place = self.slots.find(hash_of(key), |place| self.keys.at(place) == key)?;
        Some(&self.values[place])
    }

    /// True for a word of the table.
    pub fn contains(&self, key: impl AsRef<[u8]>) -> bool {
        self.get(key).is_some()
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True where there is no word.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl Keys {
    pub fn at(&self, place: usize) -> &'static [u8] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[place] as usize]
    }
}

impl Stretch {
    pub fn of<T>(self, list: &[T]) -> &[T] {
        &list[usize::from(self.0)..usize::from(self.1)]
    }

    pub fn places(self) -> std::ops::Range<usize> {
        usize::from(self.0)..usize::from(self.1)
    }
}
