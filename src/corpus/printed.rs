//! What is kept with a text of its template, whichever document prints it.

use std::sync::OnceLock;

use super::mask::{Slot, addresses, dates, may_hold_address};
use super::table_rows::RowTemplate;
use super::template::Labels;
use crate::text::{Answers, Room, Text, answer, answer_list};

/// The answers.
#[derive(Default)]
pub(super) struct Printed {
    /// The labels of the template whose form the text is.
    pub labels: OnceLock<Labels>,
    /// How many words that form has.
    pub words: OnceLock<u32>,
    /// The template of the row of a table that the text is the form of.
    pub row: OnceLock<RowTemplate>,
    may_hold_address: OnceLock<bool>,
    addresses: OnceLock<Box<[Slot]>>,
    dates: OnceLock<Box<[Slot]>>,
}

impl Answers for Printed {
    const ROOM: Room = Room::Corpus;
}

/// The slots that a text has in any document.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnySlots<'t> {
    /// False where no address of the own platform can stand in it.
    pub may_hold_address: bool,
    /// Addresses of mail and of sites, the own among them.
    pub addresses: &'t [Slot],
    /// Dates.
    pub dates: &'t [Slot],
}

impl<'t> AnySlots<'t> {
    /// Those of a text.
    pub fn of(text: &'t Text) -> Self {
        let kept = text.answers::<Printed>();
        Self {
            may_hold_address: *answer(&kept.may_hold_address, || may_hold_address(text.as_bytes())),
            addresses: answer_list(&kept.addresses, || addresses(text)),
            dates: answer_list(&kept.dates, || dates(text)),
        }
    }
}
