//! How many bytes of content a page has interpreted: its own, and those of the forms that it draws, as often as it draws them. Counted
//! before anything is drawn, for a form that draws nothing tells the listener nothing of what it holds.

use std::collections::HashMap;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::{FORM, RESOURCES, SUBTYPE};
use hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

/// Most bytes of content that a document may have interpreted, those of a form as often as it is drawn. A dense real page has some 50,000.
pub const MAX_CONTENT: u64 = 128 << 20;

/// Deepest nesting of forms that the engine follows, and so of what is counted.
const MAX_NESTING: usize = 50;

/// The content of the pages of a document. What is known of a form is kept from page to page.
#[derive(Default)]
pub struct Content {
    forms: Vec<Form>,
    /// What each form costs with all that it draws.
    costs: Vec<u64>,
    by_id: HashMap<ObjectIdentifier, usize>,
    /// Bytes of all forms, each once: what would be looked into beyond the budget is no form that could be drawn.
    looked_into: u64,
}

/// A form, or the page itself.
#[derive(Default)]
struct Form {
    bytes: u64,
    /// What it draws: forms by index, and how often.
    draws: HashMap<usize, u64>,
}

/// What a page costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Bytes of the page itself.
    pub own: u64,
    /// Bytes interpreted in all.
    pub bytes: u64,
    /// Those of the longest form of this page and those before it.
    pub longest_form: u64,
}

impl Content {
    /// What it costs to interpret a page.
    pub fn cost(&mut self, page: &Page<'_>) -> Cost {
        let content = page.page_stream().unwrap_or_default();
        let own = content.len() as u64;
        if page.resources().x_objects.is_empty() || own > MAX_CONTENT {
            return Cost { own, bytes: own, longest_form: 0 };
        }
        let (first, mut waiting) = (self.forms.len(), Vec::new());
        let page = self.form(content, page.resources(), &mut waiting);
        while let Some(Unread { index, stream, around }) = waiting.pop() {
            let content = stream.decoded_data().unwrap_or_default();
            let resources = stream.dict().get::<Dict<'_>>(RESOURCES).map_or(around, Resources::new);
            self.looked_into = self.looked_into.saturating_add(content.len() as u64);
            self.forms[index] = match self.looked_into {
                0..=MAX_CONTENT => self.form(&content, &resources, &mut waiting),
                _ => Form { bytes: u64::MAX, draws: HashMap::new() },
            };
        }
        self.count_from(first);
        let longest_form = self.forms.iter().map(|form| form.bytes).max().unwrap_or_default();
        Cost { own, bytes: page.cost(&self.costs), longest_form }
    }

    /// What a stretch of content holds; forms that it names and that are not known yet wait to be looked into.
    fn form<'a>(&mut self, content: &[u8], resources: &Resources<'a>, waiting: &mut Vec<Unread<'a>>) -> Form {
        let mut form = Form { bytes: content.len() as u64, draws: HashMap::new() };
        let mut known: HashMap<Vec<u8>, Option<usize>> = HashMap::new();
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            let TypedInstruction::XObject(drawn) = operation else { continue };
            let index = known.entry(drawn.0.to_vec()).or_insert_with_key(|name| self.index(name, resources, waiting));
            if let Some(index) = index {
                *form.draws.entry(*index).or_default() += 1;
            }
        }
        form
    }

    /// The index of the form that goes by a name; none for a picture.
    fn index<'a>(&mut self, name: &[u8], resources: &Resources<'a>, waiting: &mut Vec<Unread<'a>>) -> Option<usize> {
        let stream = resources.x_objects.get::<Stream<'a>>(name)?;
        if stream.dict().get::<Name<'_>>(SUBTYPE).is_none_or(|kind| &*kind != FORM) {
            return None;
        }
        let next = self.forms.len();
        let index = *self.by_id.entry(stream.obj_id()).or_insert(next);
        if index == next {
            self.forms.push(Form::default());
            waiting.push(Unread { index, stream, around: resources.clone() });
        }
        Some(index)
    }

    /// Counts the forms from this one on, one level of nesting after the other. Those before draw none of them.
    fn count_from(&mut self, first: usize) {
        self.costs.resize(self.forms.len(), 0);
        for _ in 0..MAX_NESTING {
            let deeper: Vec<u64> = self.forms[first..].iter().map(|form| form.cost(&self.costs)).collect();
            if self.costs[first..] == deeper {
                break;
            }
            self.costs.splice(first.., deeper);
        }
    }
}

impl Form {
    /// Its bytes, where the forms that it draws cost this much.
    fn cost(&self, costs: &[u64]) -> u64 {
        let drawn = self.draws.iter().map(|(form, times)| costs[*form].saturating_mul(*times));
        drawn.fold(self.bytes, u64::saturating_add)
    }
}

/// A form that is not looked into yet.
struct Unread<'a> {
    index: usize,
    stream: Stream<'a>,
    /// The resources that it has where it names none of its own.
    around: Resources<'a>,
}
