//! What a printed value looks like and means: names, durations, hosts, categories, parties. Knows values, no tables.
//!
//! The table stage asks how much a cell looks like a field's values; the field stage asks what it says. Both answers live here,
//! so that they cannot disagree.

pub mod category;
pub mod date;
pub mod duration;
pub mod host;
pub mod name;
pub mod term;

use std::sync::OnceLock;

use crate::document::{Category, Duration, Party, Storage};
use crate::text::{Answers, Room};

/// What is kept with a text about the value that it looks like.
#[derive(Default)]
struct Looks {
    /// [`name::likeness`], [`name::text_likeness`] and the names of the text.
    name: OnceLock<f32>,
    names: OnceLock<f32>,
    split: OnceLock<Box<[name::Name]>>,
    /// [`duration::likeness`], and what it says in any language.
    lifetime: OnceLock<f32>,
    duration: OnceLock<Duration>,
    ambiguous: OnceLock<bool>,
    /// [`date`]: what it is in a date.
    dated_word: OnceLock<Option<date::DatedWord>>,
    /// False where no date stands in it.
    dated: OnceLock<bool>,
    dates: OnceLock<Box<[date::FoundDate]>>,
    dates_in: OnceLock<Box<date::DatesIn>>,
    /// [`host::likeness`].
    host: OnceLock<f32>,
    /// [`category::classify`] and [`category::named_share`].
    category: OnceLock<Option<Category>>,
    category_share: OnceLock<f32>,
    /// The terms that it is.
    party: OnceLock<Option<Party>>,
    storage: OnceLock<Option<Storage>>,
    filler: OnceLock<bool>,
}

impl Answers for Looks {
    const ROOM: Room = Room::Value;
}
