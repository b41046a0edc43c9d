//! HTML text to a tree whose nodes know their source line. Says nothing about what an element means to a reader.
//!
//! The tokenizer is html5ever's; the tree is our own, because html5ever's tree builder needs quadratic time for deep nesting
//! and for long lists of open formatting elements. Ours has a stack of bounded height, never moves a node and never copies
//! one, so it is linear. It follows the standard's implied end tags; it does not re-open formatting that a block cut off.

use std::cell::RefCell;
use std::collections::HashMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::{Attribute, LocalName, TokenizerResult};

use super::elements;

/// Elements open at once; deeper ones are left out and their words kept.
pub(super) const MAX_DEPTH: usize = 512;

/// Index of a node; a node's descendants have greater indices than it.
pub(super) type NodeId = usize;

/// A parsed document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    text: String,
    /// The `lang` of the `html` element.
    pub language: Option<String>,
    /// Line of the first element that was too deep.
    pub cut_at: Option<u32>,
}

/// One element or one run of text.
#[derive(Debug)]
pub(super) struct Node {
    pub line: u32,
    pub parent: Option<NodeId>,
    pub first: Option<NodeId>,
    pub next: Option<NodeId>,
    pub previous: Option<NodeId>,
    last: Option<NodeId>,
    data: Data,
}

#[derive(Debug)]
enum Data {
    Element { name: LocalName, attributes: Vec<Attribute> },
    Text { start: usize, end: usize },
}

/// A step of a walk through a tree, in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

/// Parses a whole document; any text is one.
pub(super) fn parse(text: &str) -> Tree {
    let tokenizer = Tokenizer::new(Builder::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.state.into_inner().tree
}

impl Tree {
    /// The node that holds everything.
    pub fn root(&self) -> NodeId {
        0
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// Name of an element, empty for text.
    pub fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].data {
            Data::Element { name, .. } => name,
            Data::Text { .. } => "",
        }
    }

    /// The characters of a run of text.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.nodes[id].data {
            Data::Text { start, end } => Some(&self.text[start..end]),
            Data::Element { .. } => None,
        }
    }

    /// Value of an attribute.
    pub fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Element { attributes, .. } => {
                attributes.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.trim())
            }
            Data::Text { .. } => None,
        }
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id].first, |child| self.nodes[*child].next)
    }

    /// The step after `step` in a walk through `top`; `skip` leaves out what is below a node that was just entered.
    pub fn step(&self, top: NodeId, step: Step, skip: bool) -> Option<Step> {
        match step {
            Step::Enter(id) => match self.nodes[id].first.filter(|_| !skip) {
                Some(child) => Some(Step::Enter(child)),
                None => Some(Step::Leave(id)),
            },
            Step::Leave(id) if id == top => None,
            Step::Leave(id) => match self.nodes[id].next {
                Some(next) => Some(Step::Enter(next)),
                None => self.nodes[id].parent.map(Step::Leave),
            },
        }
    }

    /// The nodes below `top` in document order, without those below a node for which `closed` holds.
    pub fn below<'a>(&'a self, top: NodeId, closed: impl Fn(NodeId) -> bool + 'a) -> impl Iterator<Item = NodeId> + 'a {
        let mut step = Some(Step::Enter(top));
        std::iter::from_fn(move || {
            loop {
                let now = step?;
                let skip = matches!(now, Step::Enter(id) if id != top && closed(id));
                step = self.step(top, now, skip);
                match now {
                    Step::Enter(id) if id != top => return Some(id),
                    _ => {}
                }
            }
        })
    }

    /// All text below a node, as it stands.
    pub fn text_below(&self, id: NodeId) -> String {
        self.below(id, |_| false).filter_map(|below| self.text(below)).collect()
    }
}

#[derive(Default)]
struct Builder {
    state: RefCell<State>,
}

struct State {
    tree: Tree,
    open: Vec<Open>,
    /// Elements left out because they were too deep, by name, less their end tags.
    left_out: HashMap<LocalName, u32>,
    /// Open elements by name, so that nothing is looked for in vain.
    counts: HashMap<LocalName, u32>,
    foreign: usize,
}

struct Open {
    node: NodeId,
    name: LocalName,
    /// Its end tag came while a block in it was open: it ends with that block.
    ended: bool,
}

impl Default for State {
    fn default() -> Self {
        let root = Data::Element { name: LocalName::from("#document"), attributes: Vec::new() };
        let root = Node { line: 1, parent: None, first: None, next: None, previous: None, last: None, data: root };
        let tree = Tree { nodes: vec![root], text: String::new(), language: None, cut_at: None };
        Self { tree, open: Vec::new(), left_out: HashMap::new(), counts: HashMap::new(), foreign: 0 }
    }
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let mut state = self.state.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == StartTag => return state.start(tag, line),
            TagToken(tag) if tag.kind == EndTag => state.end(&tag.name, line),
            Token::CharacterTokens(text) => state.characters(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.state.borrow().foreign > 0
    }
}

impl State {
    fn start(&mut self, tag: Tag, line: u32) -> TokenSinkResult<()> {
        match &*tag.name {
            "html" => self.note_language(&tag),
            "head" | "body" => {}
            _ => return self.element(tag, line),
        }
        TokenSinkResult::Continue
    }

    fn note_language(&mut self, tag: &Tag) {
        let language = tag.attrs.iter().find(|a| matches!(&*a.name.local, "lang" | "xml:lang"));
        if let Some(language) = language.filter(|_| self.tree.language.is_none()) {
            self.tree.language = Some(language.value.trim().to_owned());
        }
    }

    fn element(&mut self, tag: Tag, line: u32) -> TokenSinkResult<()> {
        self.leave_foreign(&tag.name);
        self.close_implied(&tag.name, line);
        let raw = if self.foreign > 0 { None } else { raw_kind(&tag.name) };
        let empty = elements::is_void(&tag.name) || (tag.self_closing && (self.foreign > 0 || &*tag.name == "svg"));
        if self.open.len() >= MAX_DEPTH && !empty && raw.is_none() {
            self.leave_out(tag.name, line);
            return TokenSinkResult::Continue;
        }
        let node = self.append_element(tag.name.clone(), tag.attrs, line);
        if !empty {
            self.push(node, tag.name);
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// A line break stands for what an element too deep would have separated.
    fn leave_out(&mut self, name: LocalName, line: u32) {
        self.tree.cut_at.get_or_insert(line);
        if elements::is_block(&name) {
            self.append_element(LocalName::from("br"), Vec::new(), line);
        }
        *self.left_out.entry(name).or_default() += 1;
    }

    fn push(&mut self, node: NodeId, name: LocalName) {
        self.foreign += usize::from(is_foreign_root(&name));
        *self.counts.entry(name.clone()).or_default() += 1;
        self.open.push(Open { node, name, ended: false });
    }

    fn is_open(&self, name: &str) -> bool {
        self.counts.get(&LocalName::from(name)).is_some_and(|count| *count > 0)
    }

    fn pop_to(&mut self, height: usize) {
        while self.open.len() > height || self.open.last().is_some_and(|open| open.ended) {
            let Some(open) = self.open.pop() else { break };
            self.foreign -= usize::from(is_foreign_root(&open.name));
            self.counts.entry(open.name).and_modify(|count| *count -= 1);
        }
    }

    fn append_element(&mut self, name: LocalName, attributes: Vec<Attribute>, line: u32) -> NodeId {
        let attributes = attributes.into_iter().filter(|a| elements::is_known_attribute(&a.name.local)).collect();
        self.append(Data::Element { name, attributes }, line)
    }

    fn append(&mut self, data: Data, line: u32) -> NodeId {
        let parent = self.open.last().map_or(0, |open| open.node);
        let id = self.tree.nodes.len();
        let previous = self.tree.nodes[parent].last;
        match previous {
            Some(previous) => self.tree.nodes[previous].next = Some(id),
            None => self.tree.nodes[parent].first = Some(id),
        }
        self.tree.nodes[parent].last = Some(id);
        self.tree.nodes.push(Node { line, parent: Some(parent), first: None, next: None, previous, last: None, data });
        id
    }

    fn characters(&mut self, text: &str, line: u32) {
        if self.open.last().is_some_and(|open| matches!(&*open.name, "script" | "style")) {
            return;
        }
        // The tokenizer says where the run ends.
        let breaks = text.bytes().filter(|byte| *byte == b'\n').count();
        let first_line = line.saturating_sub(u32::try_from(breaks).unwrap_or(u32::MAX)).max(1);
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        self.append(Data::Text { start, end: start + text.len() }, first_line);
    }

    /// A block inside `svg` or `math` that has no place there ends them, unless it stands where HTML is allowed.
    fn leave_foreign(&mut self, name: &str) {
        let allowed =
            |open: &Open| matches!(&*open.name, "foreignobject" | "desc" | "title" | "annotation-xml" | "mtext");
        if self.foreign == 0 || name == "title" || !elements::is_block(name) || self.open.iter().rev().any(allowed) {
            return;
        }
        if let Some(outermost) = self.open.iter().position(|open| is_foreign_root(&open.name)) {
            self.pop_to(outermost);
        }
    }

    /// Ends what the standard ends when an element of this name begins.
    fn close_implied(&mut self, name: &str, line: u32) {
        if elements::closes_paragraph(name) && self.is_open("p") {
            self.close_within(|open| open == "p", elements::is_scope);
        }
        match name {
            "li" => self.close_within(|open| open == "li", |open| elements::is_scope(open) || elements::is_list(open)),
            "dt" | "dd" => self.close_within(elements::is_term, |open| elements::is_scope(open) || open == "dl"),
            "option" | "optgroup" if self.is_open("option") => {
                self.close_within(|open| open == "option", |open| open == "select")
            }
            "button" if self.is_open("button") => self.close_within(|open| open == "button", elements::is_scope),
            "a" => self.end_inline("a"),
            "table" => self.close_table_without_cell(),
            _ if elements::heading_level(name).is_some() => {
                self.close_current(|open| elements::heading_level(open).is_some());
            }
            _ => self.close_table_parts(name, line),
        }
    }

    fn close_within(&mut self, wanted: impl Fn(&str) -> bool, stop: impl Fn(&str) -> bool) {
        for index in (0..self.open.len()).rev() {
            if wanted(&self.open[index].name) {
                return self.pop_to(index);
            }
            if stop(&self.open[index].name) {
                return;
            }
        }
    }

    fn close_current(&mut self, wanted: impl Fn(&str) -> bool) {
        if self.open.last().is_some_and(|open| wanted(&open.name)) {
            self.pop_to(self.open.len() - 1);
        }
    }

    fn close_table_without_cell(&mut self) {
        let part = |open: &str| elements::is_row_group(open) || open == "tr" || open == "table";
        if self.open.last().is_some_and(|open| part(&open.name)) {
            self.close_within(|open| open == "table", |_| false);
        }
    }

    /// Rows, cells and row groups end those that are open in the same table, and bring the row that they need.
    fn close_table_parts(&mut self, name: &str, line: u32) {
        let keeps: fn(&str) -> bool = match name {
            "td" | "th" => |open| open == "tr" || elements::is_row_group(open) || open == "table",
            "tr" => |open| elements::is_row_group(open) || open == "table",
            "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => |open| open == "table",
            _ => return,
        };
        let Some(index) = self.open.iter().rposition(|open| keeps(&open.name)) else { return };
        self.pop_to(index + 1);
        if matches!(name, "td" | "th") && &*self.open[index].name != "tr" && self.open.len() < MAX_DEPTH {
            let row = LocalName::from("tr");
            let node = self.append_element(row.clone(), Vec::new(), line);
            self.push(node, row);
        }
    }

    fn end(&mut self, name: &LocalName, line: u32) {
        match &**name {
            "html" | "head" | "body" => {}
            "br" => drop(self.append_element(name.clone(), Vec::new(), line)),
            _ if self.was_left_out(name) => self.end_left_out(name, line),
            _ if elements::is_block(name) => self.end_block(name, line),
            _ => self.end_inline(name),
        }
    }

    fn was_left_out(&self, name: &LocalName) -> bool {
        !self.left_out.is_empty() && self.left_out.get(name).is_some_and(|count| *count > 0)
    }

    fn end_left_out(&mut self, name: &LocalName, line: u32) {
        if let Some(count) = self.left_out.get_mut(name) {
            *count -= 1;
        }
        if elements::is_block(name) {
            self.append_element(LocalName::from("br"), Vec::new(), line);
        }
    }

    fn end_block(&mut self, name: &LocalName, line: u32) {
        let heading = elements::heading_level(name).is_some();
        let table_part = elements::is_table_part(name);
        for index in (0..self.open.len()).rev() {
            let open = &self.open[index].name;
            if open == name || (heading && elements::heading_level(open).is_some()) {
                self.left_out.clear();
                return self.pop_to(index);
            }
            if &**open == "table" || (!table_part && elements::is_scope(open)) {
                break;
            }
        }
        // An end without a beginning still parts the text before from the text after.
        if !table_part {
            self.append_element(LocalName::from("p"), Vec::new(), line);
        }
    }

    fn end_inline(&mut self, name: &str) {
        if !self.is_open(name) {
            return;
        }
        let mut inside_block = false;
        for index in (0..self.open.len()).rev() {
            let open = &mut self.open[index];
            if &*open.name == name && !open.ended {
                open.ended = inside_block;
                if !inside_block {
                    self.pop_to(index);
                }
                return;
            }
            if elements::is_scope(&open.name) {
                return;
            }
            inside_block |= elements::is_block(&open.name);
        }
    }
}

fn is_foreign_root(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

/// How the tokenizer reads the content of an element that holds no markup.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}
