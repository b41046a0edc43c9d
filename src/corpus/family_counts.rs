//! The counts under a consensus, as a data engine adds them up over the sketches of a family. Counts nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::boilerplate::{Form, SharedTemplate, Templates};
use super::statements::Statement;
use super::tally::{Consensus, Tally};
use super::template_id::TemplateId;
use crate::document::TextBlockKind;
use crate::error::{Code, Error, Result};

/// What the documents of a family state, with the number of those that do.
#[derive(Debug, Deserialize)]
pub struct FamilyCounts {
    /// Number of documents.
    pub documents: u64,
    /// What they state, each statement once.
    pub statements: Vec<StatementCount>,
    /// The shared templates that two of them or more hold among their own blocks, each once.
    pub blocks: Vec<BlockMention>,
}

/// A statement and how many documents make it.
#[derive(Debug, Deserialize)]
pub struct StatementCount {
    /// The statement.
    #[serde(flatten)]
    pub statement: Statement,
    /// Number of documents.
    pub documents: u64,
}

/// A template and how many documents of the family hold it.
#[derive(Debug, Deserialize)]
pub struct BlockMention {
    /// Its id.
    pub id: String,
    /// The kind of its most frequent form among all documents.
    pub kind: TextBlockKind,
    /// That form.
    pub text: String,
    /// What it comes after: the shared template before it among the document's own blocks, each of which counts where it stands first.
    pub after: Vec<OrderCount>,
    /// Number of documents.
    pub documents: u64,
}

/// A template and how many documents hold another one after it.
#[derive(Debug, Deserialize)]
pub struct OrderCount {
    /// Its id; null where the other one is the first.
    pub id: Option<String>,
    /// Number of documents.
    pub documents: u64,
}

/// More documents than there will ever be, and few enough for their counts to be added up.
const MAX_DOCUMENTS: u64 = 1 << 38;

impl FamilyCounts {
    /// What the family agrees on.
    ///
    /// # Errors
    /// [`Code::BadRecord`] for counts that no documents give.
    pub fn consensus(self) -> Result<Consensus> {
        let (blocks, of) = (self.blocks, counted(self.documents, MAX_DOCUMENTS)?);
        let (mut tally, templates) = (Tally::of(of), templates(&blocks)?);
        for StatementCount { statement, documents } in self.statements {
            tally.add_statement(statement, counted(documents, of)?).map_err(bad)?;
        }
        let place = |id: &str| Ok(templates.place(read_id(id)?).expect("all that are named are there"));
        for block in &blocks {
            let at = place(&block.id)?;
            tally.add_block(at, counted(block.documents, of)?);
            for OrderCount { id, documents } in &block.after {
                let before = id.as_deref().map(place).transpose()?;
                tally.add_order(before, at, counted(*documents, of)?);
            }
        }
        Ok(tally.consensus(&templates))
    }
}

/// The templates that blocks name; of those that only stand before others no text is asked.
fn templates(blocks: &[BlockMention]) -> Result<Templates> {
    let mut found: BTreeMap<TemplateId, Form> = BTreeMap::new();
    for before in blocks.iter().flat_map(|block| &block.after).filter_map(|after| after.id.as_deref()) {
        found.insert(read_id(before)?, form(TextBlockKind::Paragraph, ""));
    }
    for block in blocks {
        found.insert(read_id(&block.id)?, form(block.kind, &block.text));
    }
    let mut templates = Templates::default();
    for (id, shown) in found {
        templates.push(SharedTemplate { id, words: 0, platforms: 0, shown });
    }
    Ok(templates)
}

fn form(kind: TextBlockKind, text: &str) -> Form {
    Form { form: String::new(), text: text.to_owned(), kind, documents: 0 }
}

fn read_id(id: &str) -> Result<TemplateId> {
    TemplateId::read(id).ok_or_else(|| bad(format!("{id:?} is no id of a template")))
}

fn counted(documents: u64, of: u64) -> Result<u64> {
    if documents > of { Err(bad(format!("{documents} documents, of {of} at most"))) } else { Ok(documents) }
}

fn bad(message: String) -> Error {
    Error::new("", Code::BadRecord, message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use rustc_hash::FxHashSet;
    use serde_json::json;

    use super::super::gathering::tests::gathered;
    use super::super::sample::{Sample, duration, family_of_five, row};
    use super::super::{DocumentSketch, Family, Members};
    use super::*;
    use crate::document::{CookieRow, PolicyDocument};

    /// The family that documents would be, as it is gathered and as the counts of their sketches give its consensus.
    fn both(documents: &[PolicyDocument]) -> (Family, Consensus) {
        let gathered = gathered(documents);
        let members = Members { id: "all".into(), documents: (0..documents.len() as u32).collect() };
        let family = gathered.family(&members, documents).unwrap();
        let sketches: Vec<_> = documents.iter().map(DocumentSketch::of).collect();
        let counts = json!({
            "documents": documents.len(),
            "statements": statements(&sketches),
            "blocks": blocks(&sketches, &gathered.templates()),
        });
        (family, serde_json::from_value::<FamilyCounts>(counts).unwrap().consensus().unwrap())
    }

    fn statements(sketches: &[DocumentSketch]) -> Vec<serde_json::Value> {
        let mut counts: BTreeMap<Statement, u64> = BTreeMap::new();
        for sketch in sketches {
            let once: FxHashSet<_> = sketch.statements.iter().collect();
            assert_eq!(once.len(), sketch.statements.len(), "a document states something twice");
            once.into_iter().for_each(|statement| *counts.entry(statement.clone()).or_default() += 1);
        }
        let count = |(Statement { subject, name, field, value }, documents)| json!({"subject": subject, "name": name, "field": field, "value": value, "documents": documents});
        counts.into_iter().map(count).collect()
    }

    fn blocks(sketches: &[DocumentSketch], templates: &Templates) -> Vec<serde_json::Value> {
        let mut counts: BTreeMap<&str, BTreeMap<Option<&str>, u64>> = BTreeMap::new();
        for sketch in sketches {
            let (mut before, mut seen) = (None, FxHashSet::default());
            let own = sketch.blocks.iter().filter(|block| block.own).map(|block| block.id.as_str());
            let shared = own.filter(|id| templates.get(TemplateId::read(id).unwrap()).is_some());
            for id in shared.filter(|id| seen.insert(*id)) {
                *counts.entry(id).or_default().entry(before.replace(id)).or_default() += 1;
            }
        }
        let block = |(id, after): (&str, BTreeMap<Option<&str>, u64>)| {
            let shown = &templates.get(TemplateId::read(id).unwrap()).unwrap().shown;
            let documents: u64 = after.values().sum();
            let after: Vec<_> = after.iter().map(|(id, documents)| json!({"id": id, "documents": documents})).collect();
            json!({"id": id, "kind": shown.kind, "text": shown.text, "after": after, "documents": documents})
        };
        let several = |(_, after): &(&str, BTreeMap<Option<&str>, u64>)| after.values().sum::<u64>() > 1;
        counts.into_iter().filter(several).map(block).collect()
    }

    fn refused(counts: serde_json::Value) -> String {
        serde_json::from_value::<FamilyCounts>(counts).unwrap().consensus().unwrap_err().to_string()
    }

    #[test]
    fn summed_statements_give_the_consensus_of_a_family() {
        let (family, consensus) = both(&family_of_five());
        assert!(consensus.blocks.len() > 2 && consensus.cookies.len() > 2, "{consensus:#?}");
        assert_eq!(consensus, family.consensus);
    }

    #[test]
    fn counts_that_no_documents_give_are_refused() {
        let one = |statement| json!({"documents": 3, "statements": [statement], "blocks": []});
        let statement = |subject: &str, name: &str, field: Option<&str>, value: &str, documents: u64| {
            one(json!({"subject": subject, "name": name, "field": field, "value": value, "documents": documents}))
        };
        for (counts, fault) in [
            (statement("field", "titel", None, "x", 1), "titel"),
            (statement("value", "sid", Some("duration"), "x", 1), "duration"),
            (statement("duration", "sid", None, "1 year", 1), "1 year"),
            (statement("field", "title", None, "x", 4), "4 documents"),
            (json!({"documents": u64::MAX, "statements": [], "blocks": []}), "documents"),
            (
                json!({"documents": 3, "statements": [], "blocks": [{"id": "x", "kind": "table", "text": "", "after": [], "documents": 1}]}),
                "\"x\"",
            ),
        ] {
            let message = refused(counts);
            assert!(message.contains(fault), "{message}");
        }
    }

    /// Documents that may differ in all that a consensus looks at.
    fn document() -> impl Strategy<Value = PolicyDocument> {
        let texts = select(vec![
            "Red words here",
            "Blue words here",
            "Green words here",
            "Own words",
            "Last update: 3 May 2021",
        ]);
        let values = || select(vec![None, Some("A"), Some("a"), Some("B, of x.example"), Some("c")]);
        let lifetimes = select(vec![
            None,
            Some(duration("1 year", 31_536_000)),
            Some(duration("12 months", 31_536_000)),
            Some(duration("2 days", 172_800)),
        ]);
        let rows = (select(vec!["sid", "lang", "_g*"]), values(), values(), lifetimes).prop_map(
            |(name, purpose, provider, duration)| CookieRow {
                purpose: purpose.map(str::to_owned),
                provider: provider.map(str::to_owned),
                duration,
                ..row(name, "")
            },
        );
        let dated = select(vec![None, Some("2021-05-03"), Some("2022-01-01")]);
        let parts = (prop::collection::vec(texts, 0..6), prop::collection::vec(rows, 0..5), values(), dated);
        parts.prop_map(|(texts, rows, title, dated)| {
            let mut sample = Sample::new("a.txt", "a.example");
            sample = dated.map(|value| Sample::new("a.txt", "a.example").dated("3 May 2021", value)).unwrap_or(sample);
            sample = texts.into_iter().fold(sample, Sample::text);
            let table: Vec<_> = rows.iter().map(|row| format!("{}\tcell", row.name)).collect();
            sample = sample.block(TextBlockKind::Table, &table.join("\n"));
            let mut document = rows.into_iter().fold(sample, Sample::row).build();
            document.title = title.map(str::to_owned);
            document
        })
    }

    proptest! {
        #[test]
        fn summed_statements_give_the_consensus_of_any_documents(mut documents in prop::collection::vec(document(), 1..8)) {
            for (number, document) in documents.iter_mut().enumerate() {
                document.source.path = format!("{number}.txt");
                document.platform.as_mut().unwrap().host = Some(format!("{number}.example"));
            }
            let (family, consensus) = both(&documents);
            prop_assert_eq!(consensus, family.consensus);
        }
    }
}
