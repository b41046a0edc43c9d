//! What templates are once all documents are counted: those that platforms share, and the lines of `boilerplate.ndjson`.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::template_id::TemplateId;
use super::templates::{Count, Counted, FormCount};
use super::words::WordChange;
use crate::document::TextBlockKind;

/// A template that documents of several platforms share, or a near-duplicate of one: a line of `boilerplate.ndjson`. It is that of
/// a block, or of one row of tables that are not shared as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Boilerplate {
    /// Id of the template.
    pub id: String,
    /// Its most frequent form, with `{platform}`, `{date}`, `{url}` and `{email}` slots; literal braces are doubled.
    pub template: String,
    /// All printed forms, the most frequent first.
    pub forms: Vec<Form>,
    /// Number of documents that hold it.
    pub documents: u64,
    /// Number of platforms whose documents hold it.
    pub platforms: u64,
    /// Share of all documents that hold it, to four places.
    pub share: f64,
    /// Id of the template that this one is a near-duplicate of.
    pub variant_of: Option<String>,
    /// How like that template it is, 0 to 1.
    pub similarity: Option<f64>,
    /// What changed from that template, word by word.
    pub changes: Vec<WordChange>,
}

/// One way in which a template is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// Hash of the text.
    pub form: String,
    /// The printed text with slots.
    pub text: String,
    /// The kind of block that it is printed as; of a row of a table it is a table.
    pub kind: TextBlockKind,
    /// Number of documents that print it so.
    pub documents: u64,
}

/// The templates that documents of two platforms or more hold: what consensus and families are made of.
#[derive(Debug, Default)]
pub(super) struct Templates {
    places: FxHashMap<TemplateId, u32>,
    /// By id.
    shared: Vec<SharedTemplate>,
}

/// A template that documents of two platforms or more hold.
#[derive(Debug)]
pub(super) struct SharedTemplate {
    pub(super) id: TemplateId,
    /// Words of it, slots not counted.
    pub(super) words: u64,
    /// Number of platforms whose documents hold it.
    pub(super) platforms: u64,
    /// The form that is shown: the most frequent one.
    pub(super) shown: Form,
}

impl Templates {
    /// Adds a template; they are to come by id.
    pub(super) fn push(&mut self, template: SharedTemplate) {
        let place = u32::try_from(self.shared.len()).expect("so many templates do not fit into memory");
        self.places.insert(template.id, place);
        self.shared.push(template);
    }

    /// The place of a template among the shared ones, whose order is that of their ids; none if it is not shared.
    pub(super) fn place(&self, id: TemplateId) -> Option<u32> {
        self.places.get(&id).copied()
    }

    /// A template, if it is shared.
    pub(super) fn get(&self, id: TemplateId) -> Option<&SharedTemplate> {
        self.place(id).map(|place| self.at(place))
    }

    /// The template at a place.
    pub(super) fn at(&self, place: u32) -> &SharedTemplate {
        &self.shared[place as usize]
    }
}

impl Counted {
    /// What is kept of the template where platforms share it.
    pub(super) fn shared(&self) -> SharedTemplate {
        let Self { id, count } = self;
        SharedTemplate { id: *id, words: u64::from(count.words), platforms: count.platforms(), shown: count.shown() }
    }

    /// The line of the template, of so many documents.
    pub(super) fn boilerplate(&self, of: u64) -> Boilerplate {
        let forms = self.count.sorted_forms();
        Boilerplate {
            id: self.id.text(),
            template: forms[0].text.clone(),
            forms,
            documents: self.count.documents,
            platforms: self.count.platforms(),
            share: (self.count.documents as f64 / of as f64 * 10_000.0).round() / 10_000.0,
            variant_of: None,
            similarity: None,
            changes: Vec::new(),
        }
    }
}

impl Count {
    /// Any form: they differ in what a template forgets.
    pub(super) fn any_form(&self) -> Option<&str> {
        self.forms.first().map(|form| form.text.as_str())
    }

    /// The most frequent form, ties by bytes.
    fn shown(&self) -> Form {
        self.forms
            .iter()
            .max_by(|a, b| FormCount::rank(b).cmp(&FormCount::rank(a)))
            .map(FormCount::form)
            .expect("a template that was counted has a form")
    }

    fn sorted_forms(&self) -> Vec<Form> {
        let mut forms: Vec<_> = self.forms.iter().collect();
        forms.sort_by(|a, b| a.rank().cmp(&b.rank()));
        forms.into_iter().map(FormCount::form).collect()
    }
}

impl FormCount {
    /// The most frequent first, ties by bytes.
    fn rank(&self) -> (Reverse<u64>, &str, TextBlockKind) {
        (Reverse(self.documents), &self.text, self.kind)
    }

    fn form(&self) -> Form {
        let form = format!("{:016x}", self.form);
        Form { form, text: self.text.clone(), kind: self.kind, documents: self.documents }
    }
}

/// The first words of a text, at most 80 characters of whole words and an ellipsis.
pub(crate) fn opening_of(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() && out.chars().count() + word.chars().count() >= 80 {
            return out + " …";
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().take(80));
    }
    out
}
