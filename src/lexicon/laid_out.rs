//! The lexicon as the build has laid it out from the language files and the files beside them; `build.rs` says how.

use super::phrases::{Ending, Phrases, Run};
use super::services::Services;
use super::slots::{Slot, Slots};
use super::table::{Keys, Stretch, Table};
use super::vocabulary::{Known, Vocabulary};
use super::{DateMark, DateOrder, DurationWord, Field, Lexicon, NameWord, Unit};
use crate::document::{Category, DateKind, DocumentKind, Party, Storage};

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));
