//! Rows that tables of several platforms share: how a table is parted where some are stored once, and put together again.
//!
//! A dataset holds such a table as several blocks: each row that is stored once is one, so are the rows of its own between two
//! of those. All but the first have [`GOES_ON`] for their level. The template of a row is that of its text, its id a hash of the folded text behind
//! a tab, so that no row is taken for a paragraph of the same words.

use rustc_hash::FxHashMap;

use super::mask::Mask;
use super::stored_once::Stored;
use super::template::{fill, slot_count};
use super::template_id::{RowTemplate, TemplateId};
use crate::document::{Digest, PolicyDocument, TextBlock, TextBlockKind};
use crate::text::lines;

/// The level of a block that goes on with the table before it.
const GOES_ON: Option<u8> = Some(1);

/// Parts the tables of a document that hold a row which is stored once, but for those that are stored as a whole.
pub(super) fn part_tables(document: &mut PolicyDocument, stored: &Stored) {
    let may_be_parted = |block: &TextBlock| {
        block.kind == TextBlockKind::Table
            && block.text.as_ref().is_some_and(|text| text.len() >= RowTemplate::MIN_BYTES)
            && !TemplateId::of(block.id).is_some_and(|id| stored.blocks.contains(&id))
    };
    if stored.rows.is_empty() || !document.blocks.iter().any(may_be_parted) {
        return;
    }
    let mask = Mask::of(document);
    let blocks = std::mem::take(&mut document.blocks).into_iter();
    let parts = |block| if may_be_parted(&block) { parted(block, &mask, &stored.rows) } else { vec![block] };
    document.blocks = blocks.flat_map(parts).collect();
}

/// Puts the tables of a document together whose blocks have their text again.
pub(super) fn join_tables(document: &mut PolicyDocument) {
    if !document.blocks.iter().any(goes_on) {
        return;
    }
    let mask = Mask::of(document);
    let parts = std::mem::take(&mut document.blocks);
    document.blocks = parts.chunk_by(|_, next| goes_on(next)).map(|parts| joined(parts, &mask)).collect();
}

fn goes_on(block: &TextBlock) -> bool {
    block.kind == TextBlockKind::Table && block.level == GOES_ON
}

fn parted(table: TextBlock, mask: &Mask, stored_rows: &FxHashMap<String, RowTemplate>) -> Vec<TextBlock> {
    let text = table.text.as_deref().unwrap_or_default();
    let mut form = String::with_capacity(text.len());
    mask.push_form_of(text, &table.values, &mut form);
    let known: Vec<_> = lines(&form).map(|row| stored_rows.get(row)).collect();
    if known.iter().all(Option::is_none) {
        return vec![table];
    }
    let mut values = table.values.iter().cloned();
    let mut parts: Vec<TextBlock> = Vec::new();
    for (row, template) in lines(&form).zip(known) {
        let slots = if table.values.is_empty() { 0 } else { slot_count(row) };
        let values: Vec<_> = values.by_ref().take(slots).collect();
        let level = if parts.is_empty() { table.level } else { GOES_ON };
        match (template, parts.last_mut().and_then(|part| part.text.as_mut())) {
            (Some(template), _) => parts.push(TextBlock {
                level,
                id: template.id.digest(),
                form: template.form.to_be_bytes().into(),
                text: None,
                values,
                ..table
            }),
            (None, Some(own)) => own.extend(["\n", &fill(row, &values)]),
            (None, None) => parts.push(own_rows(&table, level, fill(row, &values))),
        }
    }
    parts
}

/// Rows of a table's own: they have no template, since nothing is counted of them.
fn own_rows(table: &TextBlock, level: Option<u8>, text: String) -> TextBlock {
    TextBlock { level, id: Digest::default(), form: Digest::default(), text: Some(text), values: Vec::new(), ..*table }
}

fn joined(parts: &[TextBlock], mask: &Mask) -> TextBlock {
    let mut table = parts[0].clone();
    if parts.len() > 1 {
        let rows: Vec<_> = parts.iter().filter_map(|part| part.text.as_deref()).collect();
        let text = rows.join("\n");
        let template = mask.template(&text);
        (table.id, table.form, table.values) = (template.id, template.form, template.values);
        table.text = Some(text);
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::Sample;
    use super::super::{Boilerplate, Corpus, Restorer};
    use super::*;

    const SESSION: &str = "tf_session\tTo recognise the visitor from one page of {host} to the next\tSession";
    const COUNTER: &str = "tf_count\tTo count {visits} since 3 May 2021, see https://counter.example/how\t1 year";

    /// Documents of a.example, b.example and so on, each with one table.
    fn documents(tables: &[&[&str]]) -> Vec<PolicyDocument> {
        let document = |(letter, rows): (char, &&[&str])| {
            let host = format!("{letter}.example");
            let text = rows.join("\n").replace("{host}", &host);
            Sample::new(&format!("{letter}.txt"), &host)
                .text("Which cookies there are")
                .block(TextBlockKind::Table, &text)
                .build()
        };
        ('a'..).zip(tables).map(document).collect()
    }

    fn tables(document: &PolicyDocument) -> Vec<&TextBlock> {
        document.blocks.iter().filter(|block| block.kind == TextBlockKind::Table).collect()
    }

    fn rows(boilerplate: &[Boilerplate]) -> Vec<&Boilerplate> {
        boilerplate.iter().filter(|line| line.template.contains('\t')).collect()
    }

    fn restored(corpus: &Corpus) -> Vec<PolicyDocument> {
        let restorer = Restorer::new(&corpus.boilerplate);
        let mut documents = corpus.documents.clone();
        documents.iter_mut().for_each(|document| {
            restorer.restore(document).unwrap();
            document.family = None;
        });
        documents
    }

    #[test]
    fn a_row_that_tables_share_is_stored_once_and_comes_back() {
        let own = ["a_id\tA row that nobody else has, and long enough to be told\t2 days", "b_id\tshort"];
        let documents =
            documents(&[&[own[0], own[1], SESSION, COUNTER], &[SESSION, own[1]], &[own[1], COUNTER, SESSION]]);
        let corpus = Corpus::gather(documents.clone(), 2);
        let lines = rows(&corpus.boilerplate);
        let session = lines.iter().find(|line| line.template.starts_with("tf_session")).unwrap();
        assert_eq!((lines.len(), session.documents, session.platforms), (2, 3, 3), "{lines:#?}");
        assert_eq!(session.template, SESSION.replace("{host}", "{platform}"));
        let parts = tables(&corpus.documents[0]);
        assert_eq!(parts.iter().map(|part| part.level).collect::<Vec<_>>(), [None, GOES_ON, GOES_ON]);
        assert_eq!(parts[0].text.as_deref(), Some(own.join("\n").as_str()));
        assert!(parts[1].id.to_string() == session.id && parts[1].text.is_none() && parts[1].values == ["a.example"]);
        assert_eq!(restored(&corpus), documents);
    }

    #[test]
    fn rows_of_a_table_that_is_stored_as_a_whole_are_not_stored_again() {
        let corpus = Corpus::gather(documents(&[&[SESSION, COUNTER], &[SESSION, COUNTER]]), 2);
        assert_eq!(rows(&corpus.boilerplate).len(), 1);
        assert!(tables(&corpus.documents[0])[0].text.is_none());
        let corpus = Corpus::gather(documents(&[&[SESSION, COUNTER], &[SESSION, COUNTER], &[COUNTER]]), 2);
        let documents: Vec<_> = rows(&corpus.boilerplate).iter().map(|line| line.documents).collect();
        assert!(documents.contains(&2) && documents.contains(&3) && documents.len() == 2, "{documents:?}");
    }

    #[test]
    fn words_of_rows_count_as_shared_where_the_row_is_stored_once() {
        let corpus = Corpus::gather(documents(&[&[SESSION, "own\tx"], &[SESSION, "other\ty"]]), 2);
        let (text, row) = (4, 13);
        assert_eq!(corpus.totals.shared_words, 2 * (text + row));
    }

    proptest! {
        #[test]
        fn any_tables_come_back(rows in prop::collection::vec(r"([a-z{}] ?|https://a\.example/|b\.example|3 May\n2021|\n|x@y\.zz|é|\t){0,40}", 4), order in Just([0, 1, 2, 3]).prop_shuffle()) {
            let first: Vec<_> = rows.iter().map(String::as_str).collect();
            let second: Vec<_> = order.iter().map(|place: &usize| first[*place]).collect();
            let documents = documents(&[&first, &second, &first[1..]]);
            prop_assert_eq!(restored(&Corpus::gather(documents.clone(), 2)), documents);
        }
    }
}
