//! The structure tree of a tagged PDF, read from its objects. Knows nothing of glyphs.

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro_syntax::xref::XRef;

use super::engine::{Element, Kid, MarkedContent};

/// Deepest nesting that is followed; real trees stay below 40.
const MAX_DEPTH: u32 = 200;

/// Most elements of a tree.
const MAX_ELEMENTS: usize = 500_000;

/// The structure tree of a document, if its catalogue has one.
pub fn read(xref: &XRef, page_of: &HashMap<ObjectIdentifier, u32>) -> Option<Element> {
    let catalogue = xref.get::<Dict<'_>>(xref.root_id())?;
    let root = catalogue.get::<Dict<'_>>(b"StructTreeRoot")?;
    let roles = root.get::<Dict<'_>>(b"RoleMap").unwrap_or_default();
    let mut walk = Walk { xref, page_of, roles, seen: HashSet::new(), elements: 0 };
    Some(walk.element(&root, None, 0))
}

struct Walk<'a, 'p> {
    xref: &'a XRef,
    page_of: &'p HashMap<ObjectIdentifier, u32>,
    roles: Dict<'a>,
    /// Elements met, so that a tree that bites its own tail ends.
    seen: HashSet<ObjectIdentifier>,
    elements: usize,
}

impl<'a> Walk<'a, '_> {
    fn element(&mut self, dict: &Dict<'a>, page: Option<u32>, depth: u32) -> Element {
        self.elements += 1;
        let page = self.page(dict).or(page);
        let mut element = Element { role: self.role(dict), row_span: 1, column_span: 1, kids: Vec::new() };
        read_spans(dict, &mut element);
        if depth < MAX_DEPTH {
            match dict.get::<Object<'a>>(b"K") {
                Some(Object::Array(kids)) => {
                    kids.raw_iter().for_each(|kid| self.kid(kid, page, depth, &mut element));
                }
                Some(kid) => {
                    let raw = dict.get_ref(b"K").map_or(MaybeRef::NotRef(kid), MaybeRef::Ref);
                    self.kid(raw, page, depth, &mut element);
                }
                None => {}
            }
        }
        element
    }

    fn kid(&mut self, kid: MaybeRef<Object<'a>>, page: Option<u32>, depth: u32, parent: &mut Element) {
        let object = match kid {
            MaybeRef::NotRef(object) => Some(object),
            MaybeRef::Ref(reference) => {
                let id = ObjectIdentifier::from(reference);
                if self.seen.insert(id) { self.xref.get::<Object<'a>>(id) } else { None }
            }
        };
        match object {
            Some(Object::Number(mark)) => push_content(parent, page, u32::try_from(mark.as_i64()).ok()),
            Some(Object::Dict(dict)) => self.kid_dict(&dict, page, depth, parent),
            _ => {}
        }
    }

    fn kid_dict(&mut self, dict: &Dict<'a>, page: Option<u32>, depth: u32, parent: &mut Element) {
        let kind = dict.get::<Name<'_>>(b"Type").map(|name| name.as_str().to_owned()).unwrap_or_default();
        if kind == "MCR" || dict.contains_key(b"MCID") {
            push_content(parent, self.page(dict).or(page), dict.get::<u32>(b"MCID"));
        } else if kind != "OBJR" && self.elements < MAX_ELEMENTS {
            let element = self.element(dict, page, depth + 1);
            parent.kids.push(Kid::Element(element));
        }
    }

    fn page(&self, dict: &Dict<'_>) -> Option<u32> {
        let reference = dict.get_ref(b"Pg")?;
        self.page_of.get(&ObjectIdentifier::from(reference)).copied()
    }

    fn role(&self, dict: &Dict<'_>) -> String {
        let Some(mut role) = dict.get::<Name<'_>>(b"S") else { return String::new() };
        for _ in 0..4 {
            match self.roles.get::<Name<'_>>(role.as_ref()) {
                Some(mapped) => role = mapped,
                None => break,
            }
        }
        role.as_str().to_owned()
    }
}

fn push_content(parent: &mut Element, page: Option<u32>, mark: Option<u32>) {
    if let (Some(page), Some(mark)) = (page, mark) {
        parent.kids.push(Kid::Content(MarkedContent { page, mark }));
    }
}

/// RowSpan and ColSpan, which stand in one attribute object or in one of a list of them.
fn read_spans(dict: &Dict<'_>, element: &mut Element) {
    let mut read = |attributes: &Dict<'_>| {
        if let Some(rows) = attributes.get::<u16>(b"RowSpan") {
            element.row_span = rows.max(1);
        }
        if let Some(columns) = attributes.get::<u16>(b"ColSpan") {
            element.column_span = columns.max(1);
        }
    };
    match dict.get::<Object<'_>>(b"A") {
        Some(Object::Dict(attributes)) => read(&attributes),
        Some(Object::Array(list)) => list.iter::<Object<'_>>().filter_map(Object::into_dict).for_each(|a| read(&a)),
        _ => {}
    }
}
