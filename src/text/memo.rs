//! What a pure function gave for a text, kept for a while: the same cells come back in every column, table and document.
//!
//! Each thread has its own store, so that threads never wait for each other; a full store is emptied. Since the functions depend
//! on nothing but the text, no result depends on what a store holds.

use std::cell::RefCell;
use std::thread::LocalKey;

use rustc_hash::FxHashMap;

/// A thread's store of one function.
pub type Store<V> = RefCell<Memo<V>>;

/// What a function gave, by text.
#[derive(Debug)]
pub struct Memo<V> {
    known: FxHashMap<Box<str>, V>,
    bytes: usize,
}

/// A store is emptied when its texts have so many bytes, with what an entry costs beside its text.
const FULL: usize = 1 << 21;
const ENTRY: usize = 64;
/// Longer texts are seldom met twice.
const LONGEST: usize = 1 << 14;

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), bytes: 0 }
    }
}

/// The function's value for a text, from the store where it is known. The function may ask the same store.
pub fn remembered<V: Clone>(store: &'static LocalKey<Store<V>>, text: &str, function: impl FnOnce(&str) -> V) -> V {
    if text.len() > LONGEST {
        return function(text);
    }
    if let Some(known) = store.with_borrow(|memo| memo.known.get(text).cloned()) {
        return known;
    }
    let value = function(text);
    store.with_borrow_mut(|memo| memo.keep(text, value.clone()));
    value
}

impl<V> Memo<V> {
    fn keep(&mut self, text: &str, value: V) {
        if self.bytes > FULL {
            self.known.clear();
            self.bytes = 0;
        }
        self.bytes += text.len() + ENTRY;
        self.known.insert(text.into(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static LENGTHS: Store<usize> = RefCell::default();
    }

    #[test]
    fn a_known_text_is_not_asked_again_and_a_full_store_forgets() {
        let length = |text: &str| remembered(&LENGTHS, text, str::len);
        assert_eq!(length("twice"), 5);
        assert_eq!(remembered(&LENGTHS, "twice", |_| unreachable!()), 5);
        (0..FULL / ENTRY + 2).for_each(|n| assert_eq!(length(&n.to_string()), n.to_string().len()));
        assert!(LENGTHS.with_borrow(|memo| memo.bytes < FULL / 2));
        assert_eq!(remembered(&LENGTHS, "twice", |_| 7), 7, "forgotten");
    }
}
