//! A text and all that was found out about it: the same cells and paragraphs come back in every column, table and document.
//!
//! Equal texts of a thread are one while they are in use or were met lately, so that what is asked of one is answered for all of
//! them. Each room keeps its own answers with the text, in its slot; all of them depend on nothing but the characters, so that no
//! result depends on which texts are known. Of very many texts none is kept with each: they are asked like any characters.

use std::any::Any;
use std::borrow::{Borrow, Cow};
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fold::is_collapsed;
use super::scripts::word_count;

/// Characters that are shared, with what is known of them. It is used like a `&str`.
#[derive(Clone, Default)]
pub struct Text(Shared);

#[derive(Clone, Default)]
enum Shared {
    /// No characters.
    #[default]
    Nothing,
    /// Answers are kept with them.
    Known(Arc<Known>),
    /// One of so many of a thread that answers about it are kept for a while only, as those about characters that are no [`Text`].
    Plain(Arc<String>),
}

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
    /// Whether it is collapsed, once it is asked.
    is_collapsed: OnceLock<bool>,
    answers: [OnceLock<Box<dyn Any + Send + Sync>>; ROOMS],
    /// How many the thread that made it has made that still are.
    count: Option<Arc<AtomicUsize>>,
}

static NOTHING: Known = Known::new(String::new(), false, None);

impl Known {
    const fn new(text: String, has_lines: bool, count: Option<Arc<AtomicUsize>>) -> Self {
        let answers = [const { OnceLock::new() }; ROOMS];
        Self { text, words: OnceLock::new(), has_lines, is_collapsed: OnceLock::new(), answers, count }
    }

    fn counted(text: String, count: &Arc<AtomicUsize>) -> Arc<Self> {
        count.fetch_add(1, Ordering::Relaxed);
        let has_lines = holds_line_feed(&text);
        Arc::new(Self::new(text, has_lines, Some(count.clone())))
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        if let Some(count) = &self.count {
            count.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Text {
    /// The answers of a room. Only what [`Asked::known`] gives has any.
    pub(crate) fn answers<A: Answers>(&self) -> &A {
        let known = match &self.0 {
            Shared::Nothing => &NOTHING,
            Shared::Known(known) => known,
            Shared::Plain(_) => unreachable!("answers are asked of what known() gives"),
        };
        let kept = known.answers[A::ROOM as usize].get_or_init(|| Box::new(A::default()));
        kept.downcast_ref().expect("each room has a slot of its own")
    }

    /// The characters.
    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Shared::Nothing => "",
            Shared::Known(known) => &known.text,
            Shared::Plain(text) => text,
        }
    }

    /// True for a text of several lines.
    pub fn has_lines(&self) -> bool {
        match &self.0 {
            Shared::Nothing => false,
            Shared::Known(known) => known.has_lines,
            Shared::Plain(text) => holds_line_feed(text),
        }
    }

    /// True for a text that [`collapse`](super::collapse) leaves as it is; false also where finding out would take as long.
    pub fn is_collapsed(&self) -> bool {
        match &self.0 {
            Shared::Nothing => true,
            Shared::Known(known) => *answer(&known.is_collapsed, || is_collapsed(&known.text)),
            Shared::Plain(text) => is_collapsed(text),
        }
    }

    /// [`word_count`] of it.
    pub fn word_count(&self) -> usize {
        match &self.0 {
            Shared::Nothing => 0,
            Shared::Known(known) => *answer(&known.words, || word_count(&known.text) as u32) as usize,
            Shared::Plain(text) => word_count(text),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Shared::Nothing, Shared::Nothing) => true,
            (Shared::Known(own), Shared::Known(other)) => Arc::ptr_eq(own, other),
            _ => false,
        }
    }
}

fn holds_line_feed(text: &str) -> bool {
    memchr::memchr(b'\n', text.as_bytes()).is_some()
}

/// Texts of a thread. Those met lately are young; where they become many, the old ones go and the young ones are old.
#[derive(Default)]
struct Texts {
    young: FxHashSet<Text>,
    old: FxHashSet<Text>,
    /// Bytes of the young.
    bytes: usize,
    /// How many texts with answers there are, forgotten ones that are still in use among them.
    count: Arc<AtomicUsize>,
}

thread_local! {
    static TEXTS: RefCell<Texts> = RefCell::default();
}

/// The young are many when they have so many bytes, with about what the answers about a text take beside it.
const FULL: usize = 1 << 22;
const ENTRY: usize = 512;
/// Longer texts are seldom met twice.
const LONGEST: usize = 1 << 12;
/// Of more texts in use at a time no answers are kept, so that a huge document takes no more room for being asked about.
const MOST: usize = 1 << 15;

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

    /// A text with answers.
    fn known(&mut self, text: impl AsRef<str> + Into<String>) -> Text {
        let length = text.as_ref().len();
        if let Some(known) = self.find(text.as_ref()) {
            return known;
        }
        let made = Text(Shared::Known(Known::counted(text.into(), &self.count)));
        if length <= LONGEST {
            self.keep(made.clone());
        }
        made
    }

    /// A text to be held: with answers, if there are not too many of those.
    fn held(&mut self, text: impl AsRef<str> + Into<String>) -> Text {
        let full = self.count.load(Ordering::Relaxed) >= MOST;
        match full.then(|| self.find(text.as_ref())) {
            None => self.known(text),
            Some(Some(known)) => known,
            Some(None) => Text(Shared::Plain(Arc::new(text.into()))),
        }
    }
}

fn held<C: AsRef<str> + Into<String>>(text: C) -> Text {
    if text.as_ref().is_empty() {
        return Text::default();
    }
    TEXTS.with_borrow_mut(|texts| texts.held(text))
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
        match &self.0 {
            Shared::Plain(text) => Cow::Owned(TEXTS.with_borrow_mut(|texts| texts.known(text.as_str()))),
            Shared::Nothing | Shared::Known(_) => Cow::Borrowed(self),
        }
    }

    fn is_at_hand(&self) -> bool {
        !matches!(self.0, Shared::Plain(_))
    }
}

impl Asked for str {
    fn known(&self) -> Cow<'_, Text> {
        Cow::Owned(match self {
            "" => Text::default(),
            text => TEXTS.with_borrow_mut(|texts| texts.known(text)),
        })
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
        held(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        held(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        held(text.as_str())
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

    #[test]
    fn of_very_many_texts_in_use_no_answers_are_kept_and_they_are_asked_all_the_same() {
        let held: Vec<Text> = (0..MOST + 10).map(|number| Text::from(format!("in use {number}"))).collect();
        let last = held.last().unwrap();
        assert!(!last.is_at_hand() && length(last) == last.len());
        assert!(held[0].is_at_hand() && length(&held[0]) == "in use 0".len());
        assert_eq!((last.word_count(), last.has_lines(), last), (3, false, &Text::from(last.as_str())));
        drop(held);
        // Those that were met last are still remembered, and no others.
        (0..2 * FULL / ENTRY).for_each(|number| assert!(Text::from(format!("met {number}")).known().len() > 4));
        assert!(Text::from("one more").is_at_hand());
    }
}
