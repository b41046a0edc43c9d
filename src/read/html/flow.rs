//! Walks a tree in document order and yields its blocks. Which elements are tables is `grid`'s business.

use super::elements::{Key, Name};
use super::grid::{Grid, grid};
use super::inline::{Inline, is_block};
use super::outline::{Outline, has_role, heading_level};
use super::run::Finished;
use super::tree::{NodeId, Step, Tree};
use crate::block::{Block, Content, Mark, MarkKind, Rich};

/// Longest heading, in printed characters: beyond it an unclosed tag has swallowed the text that follows.
const MAX_HEADING: u32 = 400;

/// All blocks of a tree, in reading order.
pub(super) fn blocks(tree: &Tree, outline: &Outline) -> Vec<Block> {
    let blocks = Flow::new(tree, outline, Furnishing::Told).walk();
    if is_nearly_all_furniture(&blocks) { Flow::new(tree, outline, Furnishing::Ignored).walk() } else { blocks }
}

/// Whether navigation and the like are told from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Furnishing {
    Told,
    Ignored,
}

struct Flow<'t> {
    tree: &'t Tree,
    outline: &'t Outline,
    furnishing: Furnishing,
    inline: Inline<'t>,
    frames: Vec<Frame>,
    blocks: Vec<Block>,
    /// The piece of furniture that the last block belongs to.
    last_furniture: Option<NodeId>,
}

/// What an element says of the blocks in it, until the element ends.
#[derive(Debug, Clone, Copy)]
struct Frame {
    node: NodeId,
    /// What the first block in it is.
    lead: Lead,
    /// True where the blocks in it are lines of one text.
    joined: bool,
    /// The furniture that it is part of.
    furniture: Option<NodeId>,
    /// Lists around it.
    lists: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Paragraph,
    Heading(u8),
    Item(u8),
    Label,
}

/// True where hardly anything but furniture is left: then the page only uses the elements for something else.
fn is_nearly_all_furniture(blocks: &[Block]) -> bool {
    let length = |block: &Block| match &block.content {
        Content::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.text.len()).sum(),
        _ => block.rich().map_or(0, |text| text.text.len()),
    };
    let (furniture, text): (Vec<_>, Vec<_>) = blocks.iter().partition(|block| block.is_furniture());
    let sum = |blocks: &[&Block]| blocks.iter().map(|block| length(block)).sum::<usize>();
    sum(&text) < 500 && sum(&text) * 5 < sum(&furniture)
}

impl<'t> Flow<'t> {
    fn new(tree: &'t Tree, outline: &'t Outline, furnishing: Furnishing) -> Self {
        let frame = Frame { node: tree.root(), lead: Lead::Paragraph, joined: false, furniture: None, lists: 0 };
        let inline = Inline::new(tree);
        Self { tree, outline, furnishing, inline, frames: vec![frame], blocks: Vec::new(), last_furniture: None }
    }

    fn walk(mut self) -> Vec<Block> {
        let root = self.tree.root();
        let mut step = Some(Step::Enter(root));
        while let Some(now) = step {
            let skip = match now {
                Step::Enter(id) => self.enter(id),
                Step::Leave(id) => self.leave(id),
            };
            step = self.tree.step(root, now, skip);
        }
        self.flush();
        self.blocks
    }

    /// Enters a node; true where what is below it has been dealt with.
    fn enter(&mut self, id: NodeId) -> bool {
        match self.tree.name(id) {
            Name::Title if self.outline.title == Some(id) => return true,
            Name::Br => self.forced_break(),
            _ if is_block(self.tree, id) => return self.enter_block(id),
            _ => self.inline.enter(id),
        }
        false
    }

    fn leave(&mut self, id: NodeId) -> bool {
        if is_block(self.tree, id) {
            self.boundary();
            self.inline.end_verbatim(id);
        } else {
            self.inline.leave(id);
        }
        if self.frames.len() > 1 && self.frame().node == id {
            self.flush();
            self.frames.pop();
        }
        false
    }

    fn enter_block(&mut self, id: NodeId) -> bool {
        self.boundary();
        if let Some(found) = self.grid(id) {
            self.push_grid(found);
            return true;
        }
        self.inline.note_verbatim(id);
        if let Some(frame) = self.frame_of(id) {
            self.flush();
            self.frames.push(frame);
        }
        false
    }

    fn grid(&self, id: NodeId) -> Option<Grid> {
        let frame = self.frame();
        let inert = frame.furniture.is_some_and(|furniture| self.tree.name(furniture) == Name::Template);
        if inert || frame.joined { None } else { grid(self.tree, self.outline, id) }
    }

    /// Two breaks in a row part paragraphs.
    fn forced_break(&mut self) {
        if self.inline.run.ends_line() && !self.frame().joined {
            self.flush();
        }
        self.inline.run.line_break();
    }

    fn boundary(&mut self) {
        if self.frame().joined { self.inline.run.line_break() } else { self.flush() }
    }

    fn frame(&self) -> Frame {
        *self.frames.last().expect("the root's frame is never popped")
    }

    /// The frame that an element sets up, if it changes anything.
    fn frame_of(&self, id: NodeId) -> Option<Frame> {
        let now = self.frame();
        let frame = Frame { node: id, ..now };
        let sum = self.outline.below(id);
        let in_heading = now.joined && matches!(now.lead, Lead::Heading(_));
        if let Some(level) = heading_level(self.tree, id).filter(|_| !in_heading) {
            let joined = sum.lists + sum.tables == 0 && sum.characters <= MAX_HEADING;
            return Some(Frame { lead: Lead::Heading(level), joined, ..frame });
        }
        match self.tree.name(id) {
            Name::Li => {
                let lead = Lead::Item(now.lists.saturating_sub(1));
                Some(Frame { lead, joined: sum.headings + sum.tables == 0, ..frame })
            }
            name if name.is_list() => {
                let furniture = self.furniture_of(id);
                Some(Frame {
                    lead: Lead::Paragraph,
                    joined: false,
                    lists: now.lists.saturating_add(1),
                    furniture,
                    ..frame
                })
            }
            Name::Summary | Name::Dt if !now.joined => {
                Some(Frame { lead: Lead::Label, joined: sum.headings == 0, ..frame })
            }
            // What folds away what follows it is its label (WAI-ARIA Authoring Practices, "Disclosure").
            Name::Button if !now.joined && self.tree.attribute(id, Key::AriaExpanded).is_some() => {
                Some(Frame { lead: Lead::Label, joined: sum.headings == 0, ..frame })
            }
            _ => {
                let furniture = self.furniture_of(id);
                (furniture != now.furniture).then_some(Frame { furniture, ..frame })
            }
        }
    }

    fn furniture_of(&self, id: NodeId) -> Option<NodeId> {
        let around = self.frame().furniture;
        if self.furnishing == Furnishing::Ignored || is_dialog(self.tree, id) {
            return None;
        }
        around.or_else(|| is_furniture(self.tree, self.outline, id).then_some(id))
    }

    fn flush(&mut self) {
        let Some(Finished { text, span }) = self.inline.run.take() else { return };
        let frame = self.frame();
        if let Some(furniture) = frame.furniture {
            return self.push_furniture(furniture, Finished { text, span });
        }
        let content = match frame.lead {
            Lead::Paragraph => Content::Paragraph(text),
            Lead::Heading(level) => Content::Heading { level, text },
            Lead::Item(depth) => Content::ListItem { depth, text },
            Lead::Label => Content::Paragraph(as_label(text)),
        };
        self.frames.last_mut().expect("the root's frame is never popped").lead = Lead::Paragraph;
        self.push(Block { content, span });
    }

    fn push(&mut self, block: Block) {
        self.last_furniture = None;
        self.blocks.push(block);
    }

    /// One navigation is one block, however many entries it has.
    fn push_furniture(&mut self, furniture: NodeId, piece: Finished) {
        if self.last_furniture == Some(furniture)
            && let Some(Block { content: Content::Furniture(text), span }) = self.blocks.last_mut()
        {
            text.push("\n", &piece.text);
            *span = span.join(piece.span);
            return;
        }
        self.blocks.push(Block { content: Content::Furniture(piece.text), span: piece.span });
        self.last_furniture = Some(furniture);
    }

    fn push_grid(&mut self, found: Grid) {
        for stray in found.stray {
            self.push(Block { content: Content::Paragraph(stray.text), span: stray.span });
        }
        self.push(Block::table(found.table, found.span));
    }
}

/// A label is bold, as a heading without a level would be.
fn as_label(mut text: Rich) -> Rich {
    let whole = Mark { start: 0, end: text.text.len(), kind: MarkKind::Strong };
    if !text.marks.iter().any(|mark| mark.kind == MarkKind::Strong) {
        text.marks = std::iter::once(whole).chain(text.marks.iter().cloned()).collect();
    }
    text
}

fn is_dialog(tree: &Tree, id: NodeId) -> bool {
    tree.name(id) == Name::Dialog
        || has_role(tree, id, &["dialog", "alertdialog", "main"])
        || tree.name(id) == Name::Main
}

/// What belongs to the page: navigation, the page's own head and foot, breadcrumbs, inert templates. A head with the page's title
/// is text.
fn is_furniture(tree: &Tree, outline: &Outline, id: NodeId) -> bool {
    match tree.name(id) {
        Name::Nav => true,
        Name::Template => tree.attribute(id, Key::Shadowrootmode).is_none(),
        Name::Header => is_of_the_page(tree, id) && outline.below(id).titles == 0,
        Name::Footer => is_of_the_page(tree, id),
        _ if has_role(tree, id, &["navigation", "menubar", "contentinfo"]) => true,
        _ if has_role(tree, id, &["banner"]) => outline.below(id).titles == 0,
        _ => is_breadcrumb(tree, outline, id),
    }
}

fn is_of_the_page(tree: &Tree, id: NodeId) -> bool {
    let mut above = std::iter::successors(tree.node(id).parent, |id| tree.node(*id).parent);
    let is_part = |id| matches!(tree.name(id), Name::Article | Name::Main | Name::Section | Name::Aside);
    !above.any(|id| is_part(id) || has_role(tree, id, &["main"]))
}

fn is_breadcrumb(tree: &Tree, outline: &Outline, id: NodeId) -> bool {
    let names = [Key::Class, Key::AriaLabel, Key::Id].iter().filter_map(|key| tree.attribute(id, *key));
    let mut named = names.map(str::to_ascii_lowercase).map(|name| name.contains("breadcrumb"));
    outline.below(id).characters <= 200 && outline.below(id).titles == 0 && named.any(|named| named)
}
