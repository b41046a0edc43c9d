//! What a template is known by: its id, and the form that a text prints. Plain figures, which any stage may hold.

use serde::{Deserialize, Serialize};

use crate::document::Digest;

/// Id of a template as a number: its order is that of the ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct TemplateId(pub(super) u128);

/// What a block carries of its template, but for the values of its slots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Labels {
    pub(super) id: Digest<16>,
    /// Hash of its form.
    pub(super) form: Digest<8>,
}

/// What a row of a table is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowTemplate {
    pub(super) id: TemplateId,
    /// Hash of its form.
    pub(super) form: u64,
}

impl TemplateId {
    /// The id of a block; none where it has no template.
    pub(super) fn of(id: Digest<16>) -> Option<Self> {
        id.bytes().map(u128::from_be_bytes).map(Self)
    }

    /// Reads an id.
    pub(super) fn read(id: &str) -> Option<Self> {
        Self::of(Digest::read(id)?)
    }

    /// The id as blocks have it.
    pub(super) fn digest(self) -> Digest<16> {
        self.0.to_be_bytes().into()
    }

    /// The id as it is written.
    pub(super) fn text(self) -> String {
        self.digest().to_string()
    }
}

impl RowTemplate {
    /// A row of fewer bytes than the id and the form that would name it stays in its table: such rows (a name, a lifetime) are alike
    /// for what they state.
    pub(super) const MIN_BYTES: usize = 48;

    /// Of an id and the form that is written beside it.
    pub(super) fn named(id: TemplateId, form: &str) -> Self {
        let form = Digest::read(form).and_then(Digest::bytes).map_or(0, u64::from_be_bytes);
        Self { id, form }
    }
}
