//! What the headers of a document's tables mean where no lexicon knows them: a column that one table's cells tell is the same column
//! in the others, whose cells may be too few or too odd to tell it.

use std::collections::BTreeMap;

use super::record::Record;
use crate::block::Rich;
use crate::lexicon::Field;
use crate::table::{Columns, Section};

/// A header of more bytes heads no column that another table has too.
const LONGEST_HEADER: usize = 120;

/// The fields of headers, as the tables that declare cookies were read.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// None for a header that stood for several.
    fields: BTreeMap<String, Option<Field>>,
}

impl Headers {
    /// Takes the columns of a table's sections into account.
    pub fn learn(&mut self, sections: &[Section]) {
        sections.iter().map(|section| &section.columns).filter(|columns| columns.declares_cookies()).for_each(
            |columns| {
                self.learn_columns(columns);
            },
        );
    }

    fn learn_columns(&mut self, columns: &Columns) {
        for (role, header) in columns.roles.iter().zip(&columns.headers) {
            let told = role.field.filter(|field| !matches!(field, Field::Name | Field::Extra));
            if let Some(field) = told.filter(|_| (1..=LONGEST_HEADER).contains(&header.len())) {
                let known = self.fields.entry(header.clone()).or_insert(Some(field));
                *known = known.filter(|known| *known == field);
            }
        }
    }

    /// The field of a header, where all tables that told it agree.
    pub fn field(&self, header: &str) -> Option<Field> {
        if self.fields.is_empty() || header.len() > LONGEST_HEADER {
            return None;
        }
        self.fields.get(header).copied().flatten()
    }

    /// Gives the cells of a record the fields that their headers have elsewhere, where it has none of these yet.
    pub fn settle(&self, record: &mut Record) {
        for cell in std::mem::take(&mut record.extra) {
            let field = self.field(&cell.header).filter(|field| !record.fields.iter().any(|own| own.field == *field));
            match field {
                Some(field) => record.set(field, Rich::plain(cell.value)),
                None => record.extra.push(cell),
            }
        }
    }
}
