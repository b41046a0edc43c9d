//! What lies below each node, summed up once from the leaves: the flow and the grids decide by these figures.

use super::elements::{Key, Name};
use super::run::printed_characters;
use super::tree::{NodeId, Tree};

/// Sums for every node of a tree.
#[derive(Debug)]
pub(super) struct Outline {
    sums: Vec<Sum>,
    /// The document's title element.
    pub title: Option<NodeId>,
}

/// What lies below a node, the node itself included.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    /// Printed characters.
    pub characters: u32,
    /// Blocks that hold text.
    pub blocks: u32,
    /// Headings that hold text.
    pub headings: u32,
    /// `h1` that hold text.
    pub titles: u32,
    /// Lists that hold text.
    pub lists: u32,
    /// Tables that hold text.
    pub tables: u32,
    /// Table cells.
    pub cells: u32,
    /// Elements that are a table by their role or style.
    pub drawn_tables: u32,
}

impl Outline {
    /// Sums up a tree, in one pass from the last node to the first.
    pub fn of(tree: &Tree) -> Self {
        let title = tree.nodes().find(|id| is_document_title(tree, *id));
        let mut sums = vec![Sum::default(); tree.len()];
        for id in tree.nodes().rev() {
            sums[id.place()].add_own(tree, id);
            if let Some(parent) = tree.node(id).parent.filter(|_| Some(id) != title) {
                let below = sums[id.place()];
                sums[parent.place()].add(below);
            }
        }
        // An unclosed title swallows the whole text: then it is the text.
        let title = title.filter(|title| sums[0].characters > 0 || sums[title.place()].characters == 0);
        Self { sums, title }
    }

    /// What lies below a node.
    pub fn below(&self, id: NodeId) -> Sum {
        self.sums[id.place()]
    }

    /// True where nothing is printed below a node.
    pub fn is_blank(&self, id: NodeId) -> bool {
        self.sums[id.place()].characters == 0
    }
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.characters = self.characters.saturating_add(other.characters);
        self.blocks += other.blocks;
        self.headings += other.headings;
        self.titles += other.titles;
        self.lists += other.lists;
        self.tables += other.tables;
        self.cells += other.cells;
        self.drawn_tables += other.drawn_tables;
    }

    fn add_own(&mut self, tree: &Tree, id: NodeId) {
        if let Some(text) = tree.text(id) {
            self.characters = u32::try_from(printed_characters(text)).unwrap_or(u32::MAX);
            return;
        }
        let name = tree.name(id);
        self.cells += u32::from(name.is_cell());
        self.drawn_tables += u32::from(is_drawn_table(tree, id));
        if self.characters > 0 {
            self.blocks += u32::from(name.is_block());
            self.headings += u32::from(heading_level(tree, id).is_some());
            self.titles += u32::from(name == Name::H1);
            self.lists += u32::from(name.is_list() || name == Name::Dl);
            self.tables += u32::from(name == Name::Table);
        }
    }
}

/// True for what is a table by its role or its style.
pub(super) fn is_drawn_table(tree: &Tree, id: NodeId) -> bool {
    has_role(tree, id, &["table", "grid", "treegrid"]) || display(tree, id).as_deref() == Some("table")
}

/// True where an element's role is one of these.
pub(super) fn has_role(tree: &Tree, id: NodeId, roles: &[&str]) -> bool {
    tree.attribute(id, Key::Role).is_some_and(|role| roles.iter().any(|wanted| role.eq_ignore_ascii_case(wanted)))
}

/// The `display` of an element's own style.
pub(super) fn display(tree: &Tree, id: NodeId) -> Option<String> {
    let style = tree.attribute(id, Key::Style)?.to_ascii_lowercase();
    let mut values = style.split(';').filter_map(|rule| rule.split_once(':'));
    values.find(|(property, _)| property.trim() == "display").map(|(_, value)| value.trim().to_owned())
}

/// Level of a heading, by its name or its role; a role without a level is a second-level heading, as browsers have it.
pub(super) fn heading_level(tree: &Tree, id: NodeId) -> Option<u8> {
    if has_role(tree, id, &["heading"]) {
        let level = tree.attribute(id, Key::AriaLevel).and_then(|level| level.parse().ok());
        return Some(level.unwrap_or(2u8).clamp(1, 6));
    }
    tree.name(id).heading_level()
}

/// A title of the head, not one of a drawing.
fn is_document_title(tree: &Tree, id: NodeId) -> bool {
    tree.name(id) == Name::Title && tree.node(id).parent == Some(tree.root())
}
