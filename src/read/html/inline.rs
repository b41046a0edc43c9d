//! Text, marks and forced breaks inside a block, and the gaps that a page draws without writing white space.

use super::elements::{Key, Name};
use super::outline::heading_level;
use super::run::{Finished, Run};
use super::tree::{NodeId, Step, Tree};
use crate::block::MarkKind;
use crate::text::is_invisible;

/// Walks inline content into a [`Run`].
#[derive(Debug)]
pub(super) struct Inline<'t> {
    tree: &'t Tree,
    /// The text so far.
    pub run: Run,
    marked: Vec<NodeId>,
    verbatim: Option<NodeId>,
}

/// How two elements that touch in the source are set apart on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Apart {
    Together,
    Blank,
    Line,
}

/// The words below a node as one text, each block in it on a line of its own.
pub(super) fn flatten(tree: &Tree, top: NodeId) -> Option<Finished> {
    let mut inline = Inline::new(tree);
    let mut step = Some(Step::Enter(top));
    while let Some(now) = step {
        match now {
            Step::Enter(id) if is_block(tree, id) => inline.enter_block(id),
            Step::Enter(id) => inline.enter(id),
            Step::Leave(id) if is_block(tree, id) => inline.leave_block(id),
            Step::Leave(id) => inline.leave(id),
        }
        step = tree.step(top, now, false);
    }
    inline.run.take()
}

/// True for an element that begins and ends a line of its own, by its name or its role.
pub(super) fn is_block(tree: &Tree, id: NodeId) -> bool {
    tree.name(id).is_block() || heading_level(tree, id).is_some()
}

impl<'t> Inline<'t> {
    pub fn new(tree: &'t Tree) -> Self {
        Self { tree, run: Run::default(), marked: Vec::new(), verbatim: None }
    }

    /// Enters a run of text or an inline element.
    pub fn enter(&mut self, id: NodeId) {
        if let Some(text) = self.tree.text(id) {
            return self.push(text, self.tree.node(id).line);
        }
        if self.tree.name(id) == Name::Br {
            return self.run.line_break();
        }
        match self.apart(id) {
            Apart::Together => {}
            Apart::Blank => self.run.blank(),
            Apart::Line => self.run.line_break(),
        }
        if mark_kind(self.tree, id).is_some_and(|kind| self.run.open(kind)) {
            self.marked.push(id);
        }
    }

    /// Leaves what was entered.
    pub fn leave(&mut self, id: NodeId) {
        if self.marked.last() == Some(&id) {
            self.marked.pop();
            self.run.close();
        }
    }

    /// Enters a block whose words go on in this text.
    pub fn enter_block(&mut self, id: NodeId) {
        self.run.line_break();
        self.note_verbatim(id);
    }

    /// Leaves such a block.
    pub fn leave_block(&mut self, id: NodeId) {
        self.run.line_break();
        self.end_verbatim(id);
    }

    /// From here to its end, white space stands as it is written, if the element says so.
    pub fn note_verbatim(&mut self, id: NodeId) {
        if self.verbatim.is_none() && keeps_white_space(self.tree, id) {
            self.verbatim = Some(id);
        }
    }

    /// White space collapses again after the element that kept it.
    pub fn end_verbatim(&mut self, id: NodeId) {
        if self.verbatim == Some(id) {
            self.verbatim = None;
        }
    }

    fn push(&mut self, text: &str, line: u32) {
        match self.verbatim {
            Some(_) => self.run.push_verbatim(text, line),
            None => self.run.push(text, line),
        }
    }

    /// Pages lay out inline elements with style sheets: two styled neighbours without white space between them are two fields of a
    /// dialog, unless they are the halves of one word, as word processors cut them.
    fn apart(&self, id: NodeId) -> Apart {
        let tree = self.tree;
        let (Some(last), Some(previous)) = (self.run.touching(), tree.node(id).previous) else {
            return Apart::Together;
        };
        if !is_styled(tree, id) || !is_styled(tree, previous) && !is_unseen(tree, id) {
            return Apart::Together;
        }
        let fields = lays_out_fields(tree, id);
        match first_characters(tree, id) {
            [Some('.'), Some(next)] if fields && last.is_alphanumeric() && next.is_alphanumeric() => Apart::Line,
            [Some(first), _] => apart(last, first, fields),
            [None, _] => Apart::Together,
        }
    }
}

fn apart(last: char, first: char, fields: bool) -> Apart {
    let words = last.is_alphanumeric() && first.is_alphanumeric();
    let new_word = first.is_uppercase() && (last.is_lowercase() || matches!(last, '.' | ')' | '!' | '?'));
    match (last, first) {
        (':', _) => Apart::Blank,
        (_, '(') if fields => Apart::Blank,
        _ if new_word => Apart::Line,
        (_, '_') => Apart::Line,
        _ if fields && (words || last == '.' && first.is_alphanumeric()) => Apart::Line,
        _ => Apart::Together,
    }
}

fn is_styled(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, Key::Class).is_some_and(|class| !class.is_empty()) && !is_block(tree, id)
}

/// True for what pages say only to those who have them read aloud, by the names that style sheets give it: `sr-only`, `visually-hidden`,
/// `screen-reader-text`.
fn is_unseen(tree: &Tree, id: NodeId) -> bool {
    const WORDS: [&str; 5] = ["sronly", "srtext", "visuallyhidden", "screenreader", "scrnrdr"];
    let class = tree.attribute(id, Key::Class).unwrap_or_default();
    let named = |class: &str| {
        let letters: String = class.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        WORDS.iter().any(|word| letters.contains(word))
    };
    class.split_ascii_whitespace().take(8).any(named)
}

/// True where the parent holds elements only and is no running text: there, neighbours are fields and not halves of a word.
fn lays_out_fields(tree: &Tree, id: NodeId) -> bool {
    let Some(parent) = tree.node(id).parent else { return false };
    let lays_out = matches!(
        tree.name(parent),
        Name::Div
            | Name::Section
            | Name::Article
            | Name::Header
            | Name::Footer
            | Name::Button
            | Name::Label
            | Name::Summary
    );
    lays_out && tree.node(parent).first.is_some_and(|first| tree.text(first).is_none_or(|text| text.trim().is_empty()))
}

/// The first character that an element prints and the one behind it; none where it begins with white space.
fn first_characters(tree: &Tree, id: NodeId) -> [Option<char>; 2] {
    let texts = tree.below(id, |below| is_block(tree, below)).filter_map(|below| tree.text(below));
    let mut printed = texts.flat_map(str::chars).filter(|c| !is_invisible(*c));
    let first = printed.next().filter(|c| !c.is_whitespace());
    [first, printed.next()]
}

fn mark_kind(tree: &Tree, id: NodeId) -> Option<MarkKind> {
    match tree.name(id) {
        Name::Strong | Name::B => Some(MarkKind::Strong),
        Name::Em | Name::I => Some(MarkKind::Emphasis),
        Name::Code | Name::Kbd | Name::Samp | Name::Tt | Name::Var => Some(MarkKind::Code),
        Name::A => {
            let href = tree.attribute(id, Key::Href).filter(|href| !href.is_empty())?;
            Some(MarkKind::Link(href.to_owned()))
        }
        _ => None,
    }
}

fn keeps_white_space(tree: &Tree, id: NodeId) -> bool {
    let styled = |style: &str| style.replace(' ', "").to_ascii_lowercase().contains("white-space:pre");
    matches!(tree.name(id), Name::Pre | Name::Listing | Name::Xmp | Name::Plaintext | Name::Textarea)
        || tree.attribute(id, Key::Style).is_some_and(styled)
}
