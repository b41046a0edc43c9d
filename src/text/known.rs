//! A text and all that was found out about it: the same cells and paragraphs come back in every column, table and document.
//!
//! Equal texts of a thread are one while they are in use or were met lately, so that what is asked of one is answered for all of
//! them. Each room keeps its own answers with the text, in its slot; all of them depend on nothing but the characters, so that no
//! result depends on which texts are known.

use std::any::Any;
use std::borrow::{Borrow, Cow};
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Characters that are shared, with what is known of them. It is used like a `&str`.
#[derive(Clone, Default)]
pub struct Text(Option<Arc<Known>>);

/// Who keeps answers with a text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Room {
    /// Its words.
    Lexicon,
    /// What value it looks like.
    Value,
    /// What it is in a table.
    Table,
    /// What it says of cookies.
    Cookies,
    /// What it says of the platform.
    Platform,
    /// Its small words.
    Language,
    /// Its template.
    Corpus,
}

const ROOMS: usize = 7;

/// The answers of a room about one text, each found when it is first asked for.
pub(crate) trait Answers: Any + Default + Send + Sync {
    /// Whose they are.
    const ROOM: Room;
}

/// What can be asked: a text that has its answers at hand, or characters that are looked up first.
pub trait Asked: AsRef<str> {
    /// The text with what is known of it.
    fn known(&self) -> Cow<'_, Text>;

    /// True where that costs nothing.
    fn is_at_hand(&self) -> bool {
        false
    }
}

/// The answer that is kept; else found now, and kept. Finding it may ask the same question of another text, or of this one.
pub(crate) fn answer<T>(kept: &OnceLock<T>, find: impl FnOnce() -> T) -> &T {
    match kept.get() {
        Some(known) => known,
        None => {
            let found = find();
            kept.get_or_init(|| found)
        }
    }
}

/// [`answer`] where it is a list.
pub(crate) fn answer_list<T>(kept: &OnceLock<Box<[T]>>, find: impl FnOnce() -> Vec<T>) -> &[T] {
    answer::<Box<[T]>>(kept, || find().into())
}

struct Known {
    text: String,
    /// Words that white space parts, once they are counted.
    words: OnceLock<u32>,
    /// True where it holds a line feed.
    has_lines: bool,
    answers: [OnceLock<Box<dyn Any + Send + Sync>>; ROOMS],
}

impl Known {
    /// The empty text.
    const fn nothing() -> Self {
        Self {
            text: String::new(),
            words: OnceLock::new(),
            has_lines: false,
            answers: [const { OnceLock::new() }; ROOMS],
        }
    }
}

static NOTHING: Known = Known::nothing();

impl Text {
    /// The answers of a room.
    pub(crate) fn answers<A: Answers>(&self) -> &A {
        let known = self.0.as_deref().unwrap_or(&NOTHING);
        let kept = known.answers[A::ROOM as usize].get_or_init(|| Box::new(A::default()));
        kept.downcast_ref().expect("each room has a slot of its own")
    }

    /// The characters.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().map_or("", |known| &known.text)
    }

    /// True for a text of several lines.
    pub fn has_lines(&self) -> bool {
        self.0.as_deref().is_some_and(|known| known.has_lines)
    }

    /// How many words white space parts.
    pub fn word_count(&self) -> usize {
        let count = |known: &Known| known.text.split_whitespace().count() as u32;
        self.0.as_deref().map_or(0, |known| *answer(&known.words, || count(known)) as usize)
    }

    fn unknown(text: String) -> Self {
        let has_lines = memchr::memchr(b'\n', text.as_bytes()).is_some();
        Self(Some(Arc::new(Known { text, has_lines, ..Known::nothing() })))
    }

    fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (own, other) => own.is_none() && other.is_none(),
        }
    }
}

/// Texts of a thread. Those met lately are young; where they become many, the old ones go and the young ones are old.
#[derive(Default)]
struct Texts {
    young: FxHashSet<Text>,
    old: FxHashSet<Text>,
    /// Bytes of the young.
    bytes: usize,
}

thread_local! {
    static TEXTS: RefCell<Texts> = RefCell::default();
}

/// The young are many when they have so many bytes, with about what the answers about a text take beside it.
const FULL: usize = 1 << 22;
const ENTRY: usize = 512;
/// Longer texts are seldom met twice.
const LONGEST: usize = 1 << 12;

impl Texts {
    fn find(&mut self, text: &str) -> Option<Text> {
        if let Some(known) = self.young.get(text) {
            return Some(known.clone());
        }
        let known = self.old.take(text)?;
        self.keep(known.clone());
        Some(known)
    }

    fn keep(&mut self, text: Text) {
        if self.bytes > FULL {
            let count = self.young.len();
            self.old = std::mem::replace(&mut self.young, FxHashSet::with_capacity_and_hasher(count, FxBuildHasher));
            self.bytes = 0;
        }
        self.bytes += text.len() + ENTRY;
        self.young.insert(text);
    }
}

/// The known text of some characters, which are made its own only where it is unknown.
fn known<C: AsRef<str> + Into<String>>(text: C) -> Text {
    if text.as_ref().is_empty() {
        return Text::default();
    }
    if text.as_ref().len() > LONGEST {
        return Text::unknown(text.into());
    }
    TEXTS.with_borrow_mut(|texts| {
        texts.find(text.as_ref()).unwrap_or_else(|| {
            let made = Text::unknown(text.into());
            texts.keep(made.clone());
            made
        })
    })
}

impl Deref for Text {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    #[inline]
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl Asked for Text {
    fn known(&self) -> Cow<'_, Text> {
        Cow::Borrowed(self)
    }

    fn is_at_hand(&self) -> bool {
        true
    }
}

impl Asked for str {
    fn known(&self) -> Cow<'_, Text> {
        Cow::Owned(known(self))
    }
}

impl Asked for String {
    fn known(&self) -> Cow<'_, Text> {
        self.as_str().known()
    }
}

impl Asked for Cow<'_, str> {
    fn known(&self) -> Cow<'_, Text> {
        self.as_ref().known()
    }
}

impl<A: Asked + ?Sized> Asked for &A {
    fn known(&self) -> Cow<'_, Text> {
        (**self).known()
    }

    fn is_at_hand(&self) -> bool {
        (**self).is_at_hand()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        known(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        known(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        known(text.as_str())
    }
}

impl From<&Text> for Text {
    fn from(text: &Text) -> Self {
        text.clone()
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Text {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Length(OnceLock<usize>);

    impl Answers for Length {
        const ROOM: Room = Room::Lexicon;
    }

    fn length(text: &(impl Asked + ?Sized)) -> usize {
        let known = text.known();
        *answer(&known.answers::<Length>().0, || known.len())
    }

    #[test]
    fn what_was_asked_of_a_text_is_known_of_its_equals() {
        assert_eq!(length("twice"), 5);
        let kept = Text::from("twice");
        assert_eq!(kept.answers::<Length>().0.get(), Some(&5));
        assert_eq!(length(&kept), 5);
        assert_eq!(Text::from("other").answers::<Length>().0.get(), None);
    }

    #[test]
    fn texts_that_are_met_again_are_not_forgotten_for_those_that_are_not() {
        assert_eq!(length("twice"), 5);
        for number in 0..3 * FULL / ENTRY {
            let met = Text::from(number.to_string());
            assert!(!met.is_empty() && Text::from("twice").answers::<Length>().0.get().is_some());
        }
        TEXTS.with_borrow(|texts| assert!(texts.young.len() + texts.old.len() < 3 * FULL / ENTRY));
    }
}
