//! Counts templates over documents and tells which are boilerplate. Knows no family.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mask::{Mask, bare_host};
use super::template::words;
use super::variants::Originals;
use super::words::WordChange;
use crate::document::{PolicyDocument, TextBlock, TextBlockKind};

/// A template that documents of several platforms share, or a near-duplicate of one: a line of `boilerplate.ndjson`.
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
    /// The kind of block that it is printed as.
    pub kind: TextBlockKind,
    /// Number of documents that print it so.
    pub documents: u64,
}

/// Counts of templates: a sum over documents, in any order and in any number of parts.
///
/// Each document is to be added once, with all its text and its blocks labelled.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Templates {
    documents: u64,
    counts: HashMap<String, Count>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Count {
    documents: u64,
    words: u64,
    platforms: BTreeSet<u64>,
    forms: BTreeMap<(String, TextBlockKind), FormCount>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct FormCount {
    text: String,
    documents: u64,
}

/// What tells platforms apart: the host less `www.`, else the name, else the document itself.
pub fn platform_key(document: &PolicyDocument) -> String {
    let platform = document.platform.as_ref();
    if let Some(host) = platform.and_then(|p| p.host.as_deref()) {
        return format!("host {}", bare_host(host));
    }
    match platform.and_then(|p| p.name.as_deref()) {
        Some(name) => format!("name {}", crate::text::caseless(name)),
        None => format!("path {}", document.source.path),
    }
}

impl Templates {
    /// Counts a document.
    pub fn add(&mut self, document: &PolicyDocument) {
        self.documents += 1;
        let mask = Mask::of(document);
        let platform = xxhash_rust::xxh3::xxh3_64(platform_key(document).as_bytes());
        let mut seen = BTreeSet::new();
        for block in &document.blocks {
            if let Some(text) = block.text.as_deref().filter(|_| !block.id.is_empty()) {
                let count = self.counts.entry(block.id.clone()).or_default();
                count.documents += u64::from(seen.insert((&block.id, None)));
                count.platforms.insert(platform);
                let new_form = seen.insert((&block.id, Some((&block.form, block.kind))));
                count.add_form(block, new_form, || mask.template(text).text);
            }
        }
    }

    /// Adds the counts of other documents.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        for (id, theirs) in other.counts {
            let count = self.counts.entry(id).or_default();
            count.documents += theirs.documents;
            count.words = count.words.max(theirs.words);
            count.platforms.extend(theirs.platforms);
            for (key, form) in theirs.forms {
                let ours = count.forms.entry(key).or_default();
                ours.text = form.text;
                ours.documents += form.documents;
            }
        }
    }

    /// True where documents of at least `min_documents` platforms (never fewer than two) hold the template.
    pub fn is_boilerplate(&self, id: &str, min_documents: u64) -> bool {
        self.platforms(id) >= min_documents.max(2)
    }

    /// Number of platforms whose documents hold the template.
    pub fn platforms(&self, id: &str) -> u64 {
        self.counts.get(id).map_or(0, |count| count.platforms.len() as u64)
    }

    /// Number of words of the template, slots not counted.
    pub fn words(&self, id: &str) -> u64 {
        self.counts.get(id).map_or(0, |count| count.words)
    }

    /// Number of templates.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// True where nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The form of a template that is shown: the most frequent one.
    pub fn shown(&self, id: &str) -> Option<Form> {
        self.counts.get(id).map(Count::shown)
    }

    /// The boilerplate, by id, with its near-duplicates: those of one platform alone among them.
    pub fn boilerplate(&self, min_documents: u64) -> Vec<Boilerplate> {
        let line = |id: &str, count: &Count| count.boilerplate(id, self.documents);
        let is_shared = |count: &Count| count.platforms.len() as u64 >= min_documents.max(2);
        let shared = self.counts.iter().filter(|(_, count)| is_shared(count));
        let mut lines: Vec<_> = shared.map(|(id, count)| line(id, count)).collect();
        let originals = Originals::link(&mut lines);
        let alone = self.counts.par_iter().filter(|(_, count)| !is_shared(count));
        lines.par_extend(alone.filter_map(|(id, count)| originals.variant(count.any_form()?, || line(id, count))));
        lines.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        lines
    }
}

impl Count {
    fn add_form(&mut self, block: &TextBlock, new: bool, text: impl Fn() -> String) {
        let words_of = &mut self.words;
        let form = self.forms.entry((block.form.clone(), block.kind)).or_insert_with(|| {
            let text = text();
            // Forms of one template may differ by a blank around a dash: the largest count is the same in any order.
            *words_of = words(&text).max(*words_of);
            FormCount { text, documents: 0 }
        });
        form.documents += u64::from(new);
    }

    fn any_form(&self) -> Option<&str> {
        self.forms.values().next().map(|form| form.text.as_str())
    }

    /// The most frequent form, ties by bytes.
    fn shown(&self) -> Form {
        self.sorted_forms().swap_remove(0)
    }

    fn sorted_forms(&self) -> Vec<Form> {
        let forms = self.forms.iter().map(|((form, kind), count)| Form {
            form: form.clone(),
            text: count.text.clone(),
            kind: *kind,
            documents: count.documents,
        });
        let mut forms: Vec<_> = forms.collect();
        forms.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| (&a.text, a.kind).cmp(&(&b.text, b.kind))));
        forms
    }

    fn boilerplate(&self, id: &str, of: u64) -> Boilerplate {
        let forms = self.sorted_forms();
        Boilerplate {
            id: id.to_owned(),
            template: forms[0].text.clone(),
            forms,
            documents: self.documents,
            platforms: self.platforms.len() as u64,
            share: (self.documents as f64 / of as f64 * 10_000.0).round() / 10_000.0,
            variant_of: None,
            similarity: None,
            changes: Vec::new(),
        }
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

#[cfg(test)]
mod tests {
    use super::super::sample::family_of_five;
    use super::*;

    #[test]
    fn merging_partial_counts_is_counting_all() {
        let documents = family_of_five();
        let counted = |documents: &[PolicyDocument]| {
            let mut templates = Templates::default();
            documents.iter().for_each(|document| templates.add(document));
            templates
        };
        let all = counted(&documents);
        for cut in 0..=documents.len() {
            let mut last = counted(&documents[cut..]);
            last.merge(counted(&documents[..cut]));
            assert_eq!(last, all);
        }
    }

    #[test]
    fn one_platform_alone_makes_no_boilerplate() {
        let mut documents = family_of_five();
        let platform = documents[0].platform.clone();
        documents.iter_mut().for_each(|document| document.platform = platform.clone());
        let mut templates = Templates::default();
        documents.iter().for_each(|document| templates.add(document));
        assert!(templates.boilerplate(2).is_empty());
    }
}
