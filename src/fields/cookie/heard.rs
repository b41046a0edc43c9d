//! What is kept with a text of what it says of cookies. Finds nothing of it.

use std::sync::{Arc, OnceLock};

use crate::document::Category;
use crate::lexicon::Field;
use crate::text::{Answers, Room, Text};

/// Each answer stands at the function that finds it.
#[derive(Default)]
pub(super) struct Heard {
    /// Whether it leads into nothing.
    pub silent: OnceLock<bool>,
    /// What it says as a lead.
    pub lead: OnceLock<Option<Said>>,
    /// The lifetime that it states as a heading.
    pub lifetime: OnceLock<Option<Arc<str>>>,
    /// Whose name it is.
    pub owner: OnceLock<Option<Owner>>,
    /// True where it ends as sentences do, or is too long to head anything.
    pub sentence: OnceLock<bool>,
    /// The label that it begins with and nothing parts from what follows: where it ends, and whose it is.
    pub opening: OnceLock<Option<(usize, Field)>>,
    /// What it is among keys and values.
    pub kind: OnceLock<TextKind>,
    /// How much it looks like the names of one cell.
    pub named: OnceLock<f32>,
    /// Whether it begins with the header of a column.
    pub heads_column: OnceLock<bool>,
    /// Whether it is nothing but headers, one glued to the other.
    pub glued_headers: OnceLock<bool>,
    /// Whether it is nothing but the headers of several columns.
    pub heads_columns: OnceLock<bool>,
    /// Whether it is an entry of a list, as an item and as a line of text.
    pub item: OnceLock<bool>,
    pub entry: OnceLock<bool>,
    /// Whether it begins with a name.
    pub named_first: OnceLock<bool>,
    /// Whether it is a link to a privacy policy and nothing else.
    pub policy_link: OnceLock<bool>,
    /// What it says as the value of a field.
    pub value: OnceLock<Value>,
    /// The category that it opens with as a purpose, and the rest.
    pub opening_category: OnceLock<Option<(String, String)>>,
    /// The names that its sentences set apart.
    pub names: OnceLock<Box<[Named]>>,
    /// Its tokens with an underscore in small letters, where it is a sentence.
    pub underscored: OnceLock<Box<[Named]>>,
    /// Set where none of its lines flows on with a table or records in it.
    pub whole: OnceLock<()>,
}

/// What a text says as the value of a field. No text is kept with itself, for it would never be forgotten.
pub(super) enum Value {
    /// Nothing.
    Nothing,
    /// What it prints.
    Itself,
    /// This.
    Other(Text),
}

/// What a text says as a lead, wherever it stands.
pub(super) struct Said {
    /// Without number, colon and marks around it.
    pub raw: String,
    pub category: Option<Category>,
    pub owner: Option<Owner>,
}

/// What a lead that is no category may say of the rows below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The name of a service.
    Service,
    /// Hosts.
    Host,
    /// A part of the platform, named and with its address: "Shop https://shop.example.org".
    Site,
}

/// What the words of a line make it among keys and values, whatever the document teaches.
#[derive(Debug, Clone, Copy)]
pub(super) enum TextKind {
    /// A label and its value: where the one ends and the other begins.
    Pair { key: Option<Field>, label: usize, value: usize },
    /// A label alone.
    Label { key: Field },
    /// Anything else.
    Text,
}

/// A name in a text, with its quotes, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

impl Answers for Heard {
    const ROOM: Room = Room::Cookies;
}
