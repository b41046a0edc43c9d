//! What is kept with a text of its template, whichever document prints it. Finds nothing of it.

use std::sync::OnceLock;

use super::slot::Slot;
use super::template_id::{Labels, RowTemplate};
use crate::text::{Answers, Room};

/// The answers.
#[derive(Default)]
pub(super) struct Printed {
    /// The labels of the template whose form the text is.
    pub labels: OnceLock<Labels>,
    /// How many words that form has.
    pub words: OnceLock<u32>,
    /// The template of the row of a table that the text is the form of.
    pub row: OnceLock<RowTemplate>,
    /// False where no address of the own platform can stand in it.
    pub may_hold_address: OnceLock<bool>,
    /// Addresses of mail and of sites, the own among them.
    pub addresses: OnceLock<Box<[Slot]>>,
    /// Dates.
    pub dates: OnceLock<Box<[Slot]>>,
}

impl Answers for Printed {
    const ROOM: Room = Room::Corpus;
}
