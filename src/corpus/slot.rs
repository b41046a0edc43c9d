//! What a slot is: a stretch of text that another document would print otherwise. Finds none.

/// What a slot stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlotKind {
    /// The platform that the document speaks for: its URL, its host or its name.
    Platform,
    /// A calendar date.
    Date,
    /// The address of another site.
    Url,
    /// An e-mail address.
    Email,
}

/// A stretch of text, in bytes, that another document would print otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What stands there.
    pub kind: SlotKind,
}

impl SlotKind {
    /// All of them, in the order of the schema.
    pub const ALL: [SlotKind; 4] = [Self::Platform, Self::Date, Self::Url, Self::Email];

    /// How the slot is written in a template.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "{platform}",
            Self::Date => "{date}",
            Self::Url => "{url}",
            Self::Email => "{email}",
        }
    }
}
