//! The template of a block: what is left of a text when everything that is a document's own is masked.
//!
//! | slot | what it takes |
//! | --- | --- |
//! | `{platform}` | the document's own platform: `https://h/`, `<https://h>`, `h`, `www.h`, its proven name |
//! | `{date}` | dates with a year, and the document's own date |
//! | `{url}` | addresses of other sites |
//! | `{email}` | e-mail addresses |
//!
//! Braces that are printed are doubled. Template text and values give the printed text back byte for byte.

use std::borrow::Cow;

use super::mask::{Mask, without_markup};
use super::printed::Printed;
use super::slot::{Slot, SlotKind};
use super::template_id::{Labels, RowTemplate, TemplateId};
use crate::document::{Digest, Platform, PolicyDocument, TextBlockKind};
use crate::text::{Asked, Text, answer, caseless};

/// A text with its slots masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Hash of the folded text; the kind of block is no part of it.
    pub id: Digest<16>,
    /// Hash of `text`.
    pub form: Digest<8>,
    /// The printed text with slots.
    pub text: String,
    /// What is printed in the slots, in order.
    pub values: Vec<String>,
}

/// The template of a text of a document that speaks for `platform`.
pub fn template(platform: Option<&Platform>, text: &str) -> Template {
    Mask::new(platform, None).template(text)
}

/// Gives every block of a document its template's id, its form and the values of its slots; the text stays.
pub fn label_blocks(document: &mut PolicyDocument) {
    let mask = Mask::of(document);
    for block in &mut document.blocks {
        if let Some(text) = &block.text {
            // Whole tables are seldom the same.
            let (labels, values) = match block.kind {
                TextBlockKind::Table => mask.labels(text),
                _ => mask.kept_labels(&text.known()),
            };
            (block.id, block.form, block.values) = (labels.id, labels.form, values);
        }
    }
}

/// The printed text of a form: its slots filled in order, its doubled braces single. A slot without a value stays.
pub fn fill(form: &str, values: &[String]) -> String {
    let mut values = values.iter();
    let mut out = String::with_capacity(form.len());
    for piece in FormPieces(form) {
        match piece {
            FormPiece::Text(text) => out.push_str(text),
            FormPiece::Slot(slot) => out.push_str(values.next().map_or(slot, String::as_str)),
        }
    }
    out
}

/// Number of slots of a form.
pub(super) fn slot_count(form: &str) -> usize {
    FormPieces(form).filter(|piece| matches!(piece, FormPiece::Slot(_))).count()
}

impl Labels {
    fn of(masked: &str) -> Self {
        let folded = caseless(&without_markup(masked));
        Self { id: digest(folded.as_bytes()).into(), form: digest(masked.as_bytes()).into() }
    }

    /// Those of a form that other documents print too.
    fn kept(form: &Text) -> Self {
        *answer(&form.answers::<Printed>().labels, || Self::of(form))
    }
}

impl RowTemplate {
    /// The template of a row of a form, if it is long enough to be stored once. Its id is a hash of the folded text behind a tab, so that
    /// no row is taken for a paragraph of the same words.
    pub(super) fn of(form: &str) -> Option<Self> {
        let kept = || *answer(&form.known().answers::<Printed>().row, || Self::made_of(form));
        (form.len() >= Self::MIN_BYTES).then(kept)
    }

    fn made_of(form: &str) -> Self {
        let folded = format!("\t{}", caseless(&without_markup(form)));
        let form = u64::from_be_bytes(digest(form.as_bytes()));
        Self { id: TemplateId(u128::from_be_bytes(digest(folded.as_bytes()))), form }
    }
}

impl Mask {
    /// The template of a text.
    pub fn template(&self, text: &str) -> Template {
        let mut masked = String::with_capacity(text.len());
        let values = printed(text, self.push_form(text, &mut masked));
        let Labels { id, form } = Labels::of(&masked);
        Template { id, form, text: masked, values }
    }

    /// The labels of a text's template and what is printed in its slots.
    fn labels(&self, text: &str) -> (Labels, Vec<String>) {
        let mut masked = String::with_capacity(text.len());
        let slots = self.push_form(text, &mut masked);
        (Labels::of(&masked), printed(text, slots))
    }

    /// [`Mask::labels`] of a text that other documents print too.
    fn kept_labels(&self, text: &Text) -> (Labels, Vec<String>) {
        let slots = self.slots_of(text);
        if slots.is_empty() && memchr::memchr2(b'{', b'}', text.as_bytes()).is_none() {
            return (Labels::kept(text), Vec::new());
        }
        let mut masked = String::with_capacity(text.len());
        push_masked(text, &slots, &mut masked);
        (Labels::kept(&masked.known()), printed(text, slots))
    }

    /// Appends the text with its slots masked; the slots.
    pub(super) fn push_form(&self, text: &str, out: &mut String) -> Vec<Slot> {
        let slots = self.slots(text);
        push_masked(text, &slots, out);
        slots
    }

    /// The text of a labelled block with its slots masked.
    pub(crate) fn form_of<'t>(&self, text: &'t str, values: &[String]) -> Cow<'t, str> {
        if values.is_empty() && memchr::memchr2(b'{', b'}', text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let mut form = String::with_capacity(text.len());
        self.push_form_of(text, values, &mut form);
        Cow::Owned(form)
    }

    /// Appends the text of a labelled block with its slots masked. Where nothing stands in slots there are none to be found.
    pub(super) fn push_form_of(&self, text: &str, values: &[String], out: &mut String) {
        if values.is_empty() {
            push_doubled(out, text);
        } else {
            self.push_form(text, out);
        }
    }
}

fn push_masked(text: &str, slots: &[Slot], out: &mut String) {
    let mut end = 0;
    for slot in slots {
        push_doubled(out, &text[end..slot.start]);
        out.push_str(slot.kind.as_str());
        end = slot.end;
    }
    push_doubled(out, &text[end..]);
}

/// What is printed in the slots.
fn printed(text: &str, slots: Vec<Slot>) -> Vec<String> {
    slots.into_iter().map(|slot| text[slot.start..slot.end].to_owned()).collect()
}

/// The first bytes of the BLAKE3 hash.
pub(super) fn digest<const LENGTH: usize>(bytes: &[u8]) -> [u8; LENGTH] {
    let hash = blake3::hash(bytes);
    *hash.as_bytes().first_chunk().expect("no id is longer than a hash")
}

/// A form cut into what is printed and the slots between.
pub(crate) struct FormPieces<'a>(pub &'a str);

/// A piece of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormPiece<'a> {
    /// Printed as it is.
    Text(&'a str),
    /// A slot, in its braces.
    Slot(&'static str),
}

impl<'a> Iterator for FormPieces<'a> {
    type Item = FormPiece<'a>;

    fn next(&mut self) -> Option<FormPiece<'a>> {
        let (piece, rest) = match self.0.find(['{', '}']) {
            None if self.0.is_empty() => return None,
            None => (FormPiece::Text(self.0), ""),
            Some(0) => match slot_at(self.0) {
                Some(slot) => (FormPiece::Slot(slot), &self.0[slot.len()..]),
                None => {
                    let (brace, rest) = self.0.split_at(1);
                    (FormPiece::Text(brace), rest.strip_prefix(brace).unwrap_or(rest))
                }
            },
            Some(at) => (FormPiece::Text(&self.0[..at]), &self.0[at..]),
        };
        self.0 = rest;
        Some(piece)
    }
}

/// The slot that the text opens with; a doubled brace opens none.
fn slot_at(text: &str) -> Option<&'static str> {
    SlotKind::ALL.iter().map(|kind| kind.as_str()).find(|slot| text.starts_with(slot))
}

fn push_doubled(out: &mut String, text: &str) {
    let mut start = 0;
    for brace in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
        out.push_str(&text[start..=brace]);
        // It comes once more with what follows.
        start = brace;
    }
    out.push_str(&text[start..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Evidence;

    fn platform(host: &str, name: Option<&str>) -> Platform {
        Platform {
            host: Some(host.to_owned()),
            domain: None,
            url: None,
            name: name.map(str::to_owned),
            raw: None,
            evidence: Evidence::default(),
        }
    }

    fn masked(host: &str, name: Option<&str>, text: &str) -> String {
        template(Some(&platform(host, name)), text).text
    }

    #[test]
    fn every_printed_form_of_the_host_is_one_slot() {
        let forms = [
            "<https://a.example.org>",
            "https://a.example.org/",
            "a.example.org",
            "www.a.example.org",
            "A.Example.org",
        ];
        for form in forms {
            let made = template(Some(&platform("a.example.org", None)), &format!("Cookies of the {form} site."));
            assert_eq!(made.text, "Cookies of the {platform} site.", "{form}");
            assert_eq!(made.values, [form]);
        }
        let other = template(Some(&platform("b.example.org", None)), "## cookies of the  b.example.org site.");
        assert_eq!(other.id, template(Some(&platform("a.example.org", None)), "Cookies of the a.example.org site.").id);
    }

    #[test]
    fn other_hosts_are_not_the_platform() {
        assert_eq!(
            masked("example.org", None, "shop.example.org, example.org.uk, my-example.org"),
            "shop.example.org, example.org.uk, my-example.org"
        );
        assert_eq!(masked("example.org", None, "see https://example.org/privacy."), "see {platform}/privacy.");
        assert_eq!(masked("example.org", None, "see https://other.net/x?u=example.org."), "see {url}.");
        assert_eq!(masked("example.org", None, "write to info@example.org."), "write to {email}.");
    }

    #[test]
    fn a_name_must_be_proven() {
        assert_eq!(masked("x.example", Some("Orange"), "Orange sets an Orange cookie"), "Orange sets an Orange cookie");
        assert_eq!(
            masked("orange.example", Some("Orange"), "Orange sells oranges, Oranges, orange"),
            "{platform} sells oranges, Oranges, orange"
        );
        assert_eq!(masked("x.example", Some("Blue Ltd"), "Blue Ltd is blue"), "{platform} is blue");
    }

    #[test]
    fn dates_are_slots_in_any_language() {
        for date in [
            "2021-03-30",
            "30/03/2021",
            "30. März 2021",
            "1er janvier 2024",
            "3 de mayo de 2021",
            "March 30, 2021",
            "30th March 2021",
            "2021年3月30日",
        ] {
            assert_eq!(masked("x.example", None, &format!("Since {date}: more")), "Since {date}: more", "{date}");
        }
        assert_eq!(masked("x.example", None, "for 12 months, 2016/679"), "for 12 months, 2016/679");
    }

    proptest! {
        #[test]
        fn template_and_values_give_the_text_back(text in r"([a-z{}<> .,\n\t]|https://a\.example/|a\.example|\{platform\}|3 May 2021|x@y\.zz|é){0,30}") {
            let made = template(Some(&platform("a.example", None)), &text);
            prop_assert_eq!(fill(&made.text, &made.values), text);
        }

        #[test]
        fn any_text_can_be_masked(text in r"(\PC{0,6}|a\.é|https?://|www\.|[<>@:/.#*-]|20[0-9]{2}|[0-9]{1,2}|\s){0,20}") {
            let made = template(Some(&platform("a.é", Some("Blue Ltd"))), &text);
            prop_assert_eq!(fill(&made.text, &made.values), text);
        }
    }
}
