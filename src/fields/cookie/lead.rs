//! The headings, lead-ins and captions that group rows: which category stands over a place in the document.

use crate::block::{Block, Content, MarkKind, Rich};
use crate::document::Category;
use crate::lexicon::{NameWord, lexicon};
use crate::text::{Span, collapse};
use crate::value::category;

/// A lead-in has at most this many words; a longer text explains and does not head.
const MOST_WORDS: usize = 14;
/// A lead-in paragraph reaches over at most this many other blocks.
const LONGEST_REACH: u8 = 4;
/// The level of a lead-in paragraph: below every heading.
const PARAGRAPH: u8 = 9;

/// Something that stands over rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// As printed, without section number and colon.
    pub raw: String,
    /// The category that it names.
    pub category: Option<Category>,
    /// True where it is the name of a service and nothing else.
    pub service: bool,
    /// Its line.
    pub line: u32,
    level: u8,
    /// Blocks passed since.
    age: u8,
}

/// The leads that stand over the place reached so far, outermost first.
#[derive(Debug, Clone, Default)]
pub struct Leads {
    stack: Vec<Lead>,
}

impl Leads {
    /// Takes a block into account that stands before the rows to come.
    pub fn pass(&mut self, block: &Block) {
        self.grow_old();
        match &block.content {
            Content::Heading { level, text } => self.push(*level, text, block.span, true),
            Content::Paragraph(text) => self.paragraph(text, block.span),
            Content::ListItem { text, .. } => self.paragraph(text, block.span),
            Content::Table(_) | Content::Furniture(_) => {}
        }
    }

    /// The category that stands over this place.
    pub fn category(&self) -> Option<&Lead> {
        self.stack.iter().rev().find(|lead| lead.category.is_some())
    }

    /// The service whose name stands over this place.
    pub fn service(&self) -> Option<&str> {
        self.stack.iter().rev().find(|lead| lead.service).map(|lead| lead.raw.as_str())
    }

    /// These leads with a label of a table or its caption under them.
    pub fn with_label(&self, text: &Rich, span: Span) -> Self {
        let mut leads = self.clone();
        leads.push(PARAGRAPH + 1, text, span, false);
        leads
    }

    /// A lead-in paragraph holds for what follows it closely; a heading for all of its part.
    fn grow_old(&mut self) {
        for lead in self.stack.iter_mut().filter(|lead| lead.level >= PARAGRAPH) {
            lead.age += 1;
        }
        self.stack.retain(|lead| lead.age <= LONGEST_REACH);
    }

    fn paragraph(&mut self, text: &Rich, span: Span) {
        if is_emphasised(text) || is_service(&text.text) || ends_as_lead(text) || is_bare_category(&text.text) {
            self.push(PARAGRAPH, text, span, false);
        } else if let Some(opening) = emphasised_opening(text) {
            self.push(PARAGRAPH, &Rich::plain(opening), span, false);
        }
    }

    /// A lead closes those of its level and below; a paragraph that names no category closes nothing.
    fn push(&mut self, level: u8, text: &Rich, span: Span, closes: bool) {
        let lead = lead(level, &text.text, span);
        if closes || lead.category.is_some() || lead.service {
            self.stack.retain(|above| above.level < level);
            self.stack.push(lead);
        }
    }
}

fn lead(level: u8, text: &str, span: Span) -> Lead {
    let raw = without_number(&collapse(text));
    let short = raw.split_whitespace().count() <= MOST_WORDS;
    let service = short && is_service(&raw);
    let category = category::classify(&raw).filter(|_| short && !service && names_group(&raw));
    Lead { raw, category, service, line: span.line, level, age: 0 }
}

/// The name of a service, with or without the word cookie.
fn is_service(text: &str) -> bool {
    let is_cookie = |word: &&str| lexicon().names.whole(word).contains(&NameWord::Cookie);
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_cookie(word)).collect();
    words.len() <= 6 && lexicon().services.is_name(&words.join(" "))
}

/// Most of it is category words, or it speaks of cookies.
fn names_group(text: &str) -> bool {
    category::named_share(text) >= 0.3 || lexicon().names.all(text).iter().any(|hit| hit.meaning == NameWord::Cookie)
}

fn is_emphasised(text: &Rich) -> bool {
    let marked: usize = text.marked(is_emphasis).map(str::len).sum();
    marked * 10 >= text.text.trim().len() * 9 && !text.is_blank()
}

fn is_emphasis(kind: &MarkKind) -> bool {
    matches!(kind, MarkKind::Strong | MarkKind::Emphasis)
}

/// The emphasised words that a paragraph opens with.
fn emphasised_opening(text: &Rich) -> Option<String> {
    let mark = text.marks.iter().find(|mark| is_emphasis(&mark.kind))?;
    (text.text[..mark.start].trim().is_empty()).then(|| text.text[mark.start..mark.end].to_owned())
}

fn ends_as_lead(text: &Rich) -> bool {
    text.text.trim_end().ends_with(':')
}

fn is_bare_category(text: &str) -> bool {
    text.split_whitespace().count() <= 8 && category::named_share(text) >= 0.6
}

/// Without "3.2" or "a)" before it and a colon after it.
fn without_number(text: &str) -> String {
    let text =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '(' | ' ' | '-' | '–' | '•'));
    let text = crate::value::name::without_enumerator(text);
    text.trim_end_matches([':', ' ']).to_owned()
}
