//! HTML text to a tree whose nodes know their source line. Says nothing about what an element means to a reader.
//!
//! The tokenizer is html5ever's; the tree is our own, because html5ever's tree builder needs quadratic time for deep nesting
//! and for long lists of open formatting elements. Ours has a stack of bounded height, never moves a node and never copies
//! one, so it is linear. It follows the standard's implied end tags; it does not re-open formatting that a block cut off.

use std::cell::RefCell;
use std::num::NonZero;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::{LocalName, TokenizerResult};
use rustc_hash::FxHashMap;

use super::elements::{Key, Name};

/// Elements open at once; deeper ones are left out and their words kept.
pub(super) const MAX_DEPTH: usize = 512;

/// A node, by its number from 1; a node's descendants have greater numbers than it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(NonZero<u32>);

impl NodeId {
    /// The node that holds everything.
    const ROOT: Self = Self(NonZero::<u32>::MIN);

    /// The node at a place among all; no text that is read has room for more of them than there are numbers.
    fn at(place: usize) -> Self {
        Self(NonZero::<u32>::MIN.saturating_add(u32::try_from(place).unwrap_or(u32::MAX)))
    }

    /// Its place among all, from 0.
    pub fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A stretch of a list or of a text.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    end: u32,
}

impl Stretch {
    /// From one place to another; what is read has room for fewer than there are numbers.
    fn new(start: usize, end: usize) -> Self {
        let place = |place| u32::try_from(place).unwrap_or(u32::MAX);
        Self { start: place(start), end: place(end) }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A parsed document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// The characters of all runs of text.
    text: String,
    /// The values of all attributes.
    values: String,
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
    /// A name and the place of its attributes among all.
    Element(Name, Stretch),
    /// A place among all characters.
    Text(Stretch),
}

#[derive(Debug)]
struct Attribute {
    key: Key,
    /// Its place among all values.
    value: Stretch,
}

/// A step of a walk through a tree, in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

/// Parses a whole document; any text is one.
pub(super) fn parse(text: &str) -> Tree {
    let state = RefCell::new(State::with_room_for(text.len()));
    let tokenizer = Tokenizer::new(Builder { state }, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.state.into_inner().tree
}

impl Tree {
    /// The node that holds everything.
    pub fn root(&self) -> NodeId {
        NodeId::ROOT
    }

    /// All nodes, in document order.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId::at)
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.place()]
    }

    pub fn name(&self, id: NodeId) -> Name {
        match self.nodes[id.place()].data {
            Data::Element(name, _) => name,
            Data::Text(_) => Name::Text,
        }
    }

    /// The characters of a run of text.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.nodes[id.place()].data {
            Data::Text(place) => Some(&self.text[place.range()]),
            Data::Element(..) => None,
        }
    }

    /// Value of an attribute.
    pub fn attribute(&self, id: NodeId, wanted: Key) -> Option<&str> {
        let Data::Element(_, place) = &self.nodes[id.place()].data else { return None };
        let found = self.attributes[place.range()].iter().find(|attribute| attribute.key == wanted);
        found.map(|attribute| &self.values[attribute.value.range()])
    }

    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id.place()].first, |child| self.nodes[child.place()].next)
    }

    /// The step after `step` in a walk through `top`; `skip` leaves out what is below a node that was just entered.
    pub fn step(&self, top: NodeId, step: Step, skip: bool) -> Option<Step> {
        match step {
            Step::Enter(id) => match self.nodes[id.place()].first.filter(|_| !skip) {
                Some(child) => Some(Step::Enter(child)),
                None => Some(Step::Leave(id)),
            },
            Step::Leave(id) if id == top => None,
            Step::Leave(id) => match self.nodes[id.place()].next {
                Some(next) => Some(Step::Enter(next)),
                None => self.nodes[id.place()].parent.map(Step::Leave),
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

struct Builder {
    state: RefCell<State>,
}

struct State {
    tree: Tree,
    open: Vec<Open>,
    /// The names met so far.
    names: FxHashMap<LocalName, Name>,
    /// Elements left out because they were too deep, by name, less their end tags.
    left_out: FxHashMap<Name, u32>,
    foreign: usize,
}

struct Open {
    node: NodeId,
    name: Name,
    /// Its end tag came while a block in it was open: it ends with that block.
    ended: bool,
}

/// Bytes of markup for each node of a page, or fewer.
const BYTES_A_NODE: usize = 32;

impl State {
    /// A tree without nodes but with room for those of a text of so many bytes.
    fn with_room_for(bytes: usize) -> Self {
        let root = Data::Element(Name::Document, Stretch::new(0, 0));
        let root = Node { line: 1, parent: None, first: None, next: None, previous: None, last: None, data: root };
        let mut nodes = Vec::with_capacity(bytes / BYTES_A_NODE + 1);
        nodes.push(root);
        let (attributes, text, values) = (Vec::new(), String::with_capacity(bytes / 2), String::new());
        Self {
            tree: Tree { nodes, attributes, text, values, language: None, cut_at: None },
            open: Vec::new(),
            names: FxHashMap::default(),
            left_out: FxHashMap::default(),
            foreign: 0,
        }
    }
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let mut state = self.state.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == StartTag => return state.start(tag, line),
            TagToken(tag) if tag.kind == EndTag => state.end(&tag, line),
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
        match self.name(&tag) {
            Name::Html => self.note_language(&tag),
            Name::Head | Name::Body => {}
            name => return self.element(name, &tag, line),
        }
        TokenSinkResult::Continue
    }

    fn name(&mut self, tag: &Tag) -> Name {
        if let Some(name) = self.names.get(&tag.name) {
            return *name;
        }
        let other = || Name::Other(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        let name = Name::known(&tag.name).unwrap_or_else(other);
        self.names.insert(tag.name.clone(), name);
        name
    }

    fn note_language(&mut self, tag: &Tag) {
        let language = tag.attrs.iter().find(|a| matches!(&*a.name.local, "lang" | "xml:lang"));
        if let Some(language) = language.filter(|_| self.tree.language.is_none()) {
            self.tree.language = Some(language.value.trim().to_owned());
        }
    }

    fn element(&mut self, name: Name, tag: &Tag, line: u32) -> TokenSinkResult<()> {
        self.leave_foreign(name);
        self.close_implied(name, line);
        let raw = if self.foreign > 0 { None } else { raw_kind(name) };
        let empty = name.is_void() || (tag.self_closing && (self.foreign > 0 || name == Name::Svg));
        if self.open.len() >= MAX_DEPTH && !empty && raw.is_none() {
            self.leave_out(name, line);
            return TokenSinkResult::Continue;
        }
        let node = self.append_element(name, tag, line);
        if !empty {
            self.push(node, name);
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// A line break stands for what an element too deep would have separated.
    fn leave_out(&mut self, name: Name, line: u32) {
        self.tree.cut_at.get_or_insert(line);
        if name.is_block() {
            self.append_bare(Name::Br, line);
        }
        *self.left_out.entry(name).or_default() += 1;
    }

    fn push(&mut self, node: NodeId, name: Name) {
        self.foreign += usize::from(name.is_foreign_root());
        self.open.push(Open { node, name, ended: false });
    }

    fn is_open(&self, name: Name) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    fn pop_to(&mut self, height: usize) {
        while self.open.len() > height || self.open.last().is_some_and(|open| open.ended) {
            let Some(open) = self.open.pop() else { break };
            self.foreign -= usize::from(open.name.is_foreign_root());
        }
    }

    fn append_element(&mut self, name: Name, tag: &Tag, line: u32) -> NodeId {
        let first = self.tree.attributes.len();
        for attribute in &tag.attrs {
            if let Some(key) = Key::known(&attribute.name.local) {
                let start = self.tree.values.len();
                self.tree.values.push_str(attribute.value.trim());
                let value = Stretch::new(start, self.tree.values.len());
                self.tree.attributes.push(Attribute { key, value });
            }
        }
        self.append(Data::Element(name, Stretch::new(first, self.tree.attributes.len())), line)
    }

    /// An element that no tag stands for.
    fn append_bare(&mut self, name: Name, line: u32) -> NodeId {
        self.append(Data::Element(name, Stretch::new(0, 0)), line)
    }

    fn append(&mut self, data: Data, line: u32) -> NodeId {
        let parent = self.open.last().map_or(NodeId::ROOT, |open| open.node);
        let id = NodeId::at(self.tree.nodes.len());
        let previous = self.tree.nodes[parent.place()].last;
        match previous {
            Some(previous) => self.tree.nodes[previous.place()].next = Some(id),
            None => self.tree.nodes[parent.place()].first = Some(id),
        }
        self.tree.nodes[parent.place()].last = Some(id);
        self.tree.nodes.push(Node { line, parent: Some(parent), first: None, next: None, previous, last: None, data });
        id
    }

    fn characters(&mut self, text: &str, line: u32) {
        if self.open.last().is_some_and(|open| matches!(open.name, Name::Script | Name::Style)) {
            return;
        }
        // The tokenizer says where the run ends.
        let breaks = text.bytes().filter(|byte| *byte == b'\n').count();
        let first_line = line.saturating_sub(u32::try_from(breaks).unwrap_or(u32::MAX)).max(1);
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        self.append(Data::Text(Stretch::new(start, start + text.len())), first_line);
    }

    /// A block inside `svg` or `math` that has no place there ends them, unless it stands where HTML is allowed.
    fn leave_foreign(&mut self, name: Name) {
        let allowed = |open: &Open| {
            matches!(open.name, Name::ForeignObject | Name::Desc | Name::Title | Name::AnnotationXml | Name::Mtext)
        };
        if self.foreign == 0 || name == Name::Title || !name.is_block() || self.open.iter().rev().any(allowed) {
            return;
        }
        if let Some(outermost) = self.open.iter().position(|open| open.name.is_foreign_root()) {
            self.pop_to(outermost);
        }
    }

    /// Ends what the standard ends when an element of this name begins.
    fn close_implied(&mut self, name: Name, line: u32) {
        if name.closes_paragraph() && self.is_open(Name::P) {
            self.close_within(|open| open == Name::P, Name::is_scope);
        }
        match name {
            Name::Li => self.close_within(|open| open == Name::Li, |open| open.is_scope() || open.is_list()),
            Name::Dt | Name::Dd => self.close_within(Name::is_term, |open| open.is_scope() || open == Name::Dl),
            Name::Option | Name::Optgroup if self.is_open(Name::Option) => {
                self.close_within(|open| open == Name::Option, |open| open == Name::Select)
            }
            Name::Button if self.is_open(Name::Button) => {
                self.close_within(|open| open == Name::Button, Name::is_scope)
            }
            Name::A => self.end_inline(name),
            Name::Table => self.close_table_without_cell(),
            _ if name.heading_level().is_some() => self.close_current(|open| open.heading_level().is_some()),
            _ => self.close_table_parts(name, line),
        }
    }

    fn close_within(&mut self, wanted: impl Fn(Name) -> bool, stop: impl Fn(Name) -> bool) {
        for index in (0..self.open.len()).rev() {
            if wanted(self.open[index].name) {
                return self.pop_to(index);
            }
            if stop(self.open[index].name) {
                return;
            }
        }
    }

    fn close_current(&mut self, wanted: impl Fn(Name) -> bool) {
        if self.open.last().is_some_and(|open| wanted(open.name)) {
            self.pop_to(self.open.len() - 1);
        }
    }

    fn close_table_without_cell(&mut self) {
        let part = |open: Name| open.is_row_group() || matches!(open, Name::Tr | Name::Table);
        if self.open.last().is_some_and(|open| part(open.name)) {
            self.close_within(|open| open == Name::Table, |_| false);
        }
    }

    /// Rows, cells and row groups end those that are open in the same table, and bring the row that they need.
    fn close_table_parts(&mut self, name: Name, line: u32) {
        let keeps: fn(Name) -> bool = match name {
            Name::Td | Name::Th => |open| open.is_row_group() || matches!(open, Name::Tr | Name::Table),
            Name::Tr => |open| open.is_row_group() || open == Name::Table,
            Name::Thead | Name::Tbody | Name::Tfoot | Name::Caption | Name::Colgroup => |open| open == Name::Table,
            _ => return,
        };
        let Some(index) = self.open.iter().rposition(|open| keeps(open.name)) else { return };
        self.pop_to(index + 1);
        if name.is_cell() && self.open[index].name != Name::Tr && self.open.len() < MAX_DEPTH {
            let node = self.append_bare(Name::Tr, line);
            self.push(node, Name::Tr);
        }
    }

    fn end(&mut self, tag: &Tag, line: u32) {
        match self.name(tag) {
            Name::Html | Name::Head | Name::Body => {}
            Name::Br => drop(self.append_bare(Name::Br, line)),
            name if self.was_left_out(name) => self.end_left_out(name, line),
            name if name.is_block() => self.end_block(name, line),
            name => self.end_inline(name),
        }
    }

    fn was_left_out(&self, name: Name) -> bool {
        !self.left_out.is_empty() && self.left_out.get(&name).is_some_and(|count| *count > 0)
    }

    fn end_left_out(&mut self, name: Name, line: u32) {
        if let Some(count) = self.left_out.get_mut(&name) {
            *count -= 1;
        }
        if name.is_block() {
            self.append_bare(Name::Br, line);
        }
    }

    fn end_block(&mut self, name: Name, line: u32) {
        let heading = name.heading_level().is_some();
        let table_part = name.is_table_part();
        for index in (0..self.open.len()).rev() {
            let open = self.open[index].name;
            if open == name || (heading && open.heading_level().is_some()) {
                self.left_out.clear();
                return self.pop_to(index);
            }
            if open == Name::Table || (!table_part && open.is_scope()) {
                break;
            }
        }
        // An end without a beginning still parts the text before from the text after.
        if !table_part {
            self.append_bare(Name::P, line);
        }
    }

    fn end_inline(&mut self, name: Name) {
        if !self.is_open(name) {
            return;
        }
        let mut inside_block = false;
        for index in (0..self.open.len()).rev() {
            let open = &mut self.open[index];
            if open.name == name && !open.ended {
                open.ended = inside_block;
                if !inside_block {
                    self.pop_to(index);
                }
                return;
            }
            if open.name.is_scope() {
                return;
            }
            inside_block |= open.name.is_block();
        }
    }
}

/// How the tokenizer reads the content of an element that holds no markup.
fn raw_kind(name: Name) -> Option<RawKind> {
    match name {
        Name::Script => Some(RawKind::ScriptData),
        Name::Style | Name::Xmp => Some(RawKind::Rawtext),
        Name::Title | Name::Textarea => Some(RawKind::Rcdata),
        _ => None,
    }
}
