//! Grids: tables that hold data, and what is one in all but name (roles, `display: table`, description lists, rows of `div`).

use super::elements::{Key, Name};
use super::inline::flatten;
use super::outline::{Outline, Sum, display, has_role, is_drawn_table};
use super::run::Finished;
use super::tree::{NodeId, Tree};
use crate::block::{Cell, Row, Table};
use crate::text::Span;

/// Columns that one cell may cover, by the HTML standard.
const MAX_COLUMNS: u16 = 1000;

/// A grid found, and text that stands between its cells.
#[derive(Debug)]
pub(super) struct Grid {
    pub table: Table,
    pub span: Span,
    /// Words inside the grid's element that are in no cell and no caption.
    pub stray: Vec<Finished>,
}

/// What a node is in a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Row,
    Cell,
    /// A cell that begins a row by itself.
    FirstCell,
    Caption,
    Other,
}

/// The grid that a block element is; none for layout and for everything else.
pub(super) fn grid(tree: &Tree, outline: &Outline, id: NodeId) -> Option<Grid> {
    let sum = outline.below(id);
    match tree.name(id) {
        Name::Table if !is_layout(tree, outline, id) => collect(tree, id, |part| native_part(tree, part)),
        Name::Dl if is_flat_list(tree, outline, id) => collect(tree, id, |part| term_part(tree, part)),
        Name::Table | Name::Dl => None,
        _ if sum.tables > 0 || sum.characters == 0 => None,
        _ if is_drawn_table(tree, id) && sum.drawn_tables == 1 => {
            collect(tree, id, |part| drawn_part(tree, part)).filter(is_worth_it)
        }
        _ if is_rhythm(tree, outline, id) => collect(tree, id, |part| rhythm_part(tree, id, part)),
        _ => None,
    }
}

fn is_worth_it(grid: &Grid) -> bool {
    grid.stray.is_empty() && grid.table.rows.iter().any(|row| row.cells.len() > 1)
}

fn collect(tree: &Tree, top: NodeId, part: impl Fn(NodeId) -> Part) -> Option<Grid> {
    let mut rows: Vec<(NodeId, Row)> = Vec::new();
    let mut grid = Grid { table: Table::default(), span: Span::line(tree.node(top).line), stray: Vec::new() };
    let closed = |id: NodeId| matches!(part(id), Part::Cell | Part::FirstCell | Part::Caption);
    for id in tree.below(top, closed) {
        let kind = part(id);
        if matches!(kind, Part::Row | Part::FirstCell) {
            rows.push((id, Row::new(Vec::new(), Span::line(tree.node(id).line))));
        }
        match (kind, rows.last_mut()) {
            (Part::Cell | Part::FirstCell, Some((_, row))) => add_cell(tree, id, row),
            (Part::Caption, _) => grid.caption(tree, id),
            (Part::Other, _) if tree.text(id).is_some_and(|text| !text.trim().is_empty()) => {
                grid.stray.extend(flatten(tree, id));
            }
            (Part::Cell, None) => grid.stray.extend(flatten(tree, id)),
            _ => {}
        }
    }
    grid.finish(tree, rows)
}

impl Grid {
    fn caption(&mut self, tree: &Tree, id: NodeId) {
        let Some(found) = flatten(tree, id) else { return };
        match &mut self.table.caption {
            None => {
                self.span = self.span.join(found.span);
                self.table.caption = Some(found.text);
            }
            Some(caption) => caption.push("\n", &found.text),
        }
    }

    fn finish(mut self, tree: &Tree, rows: Vec<(NodeId, Row)>) -> Option<Self> {
        let total = rows.len();
        for (index, (node, mut row)) in rows.into_iter().enumerate() {
            row.head = !row.cells.is_empty() && is_head(tree, node, &row);
            let below = u16::try_from(total - index).unwrap_or(u16::MAX);
            row.cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min(below));
            self.span = self.span.join(row.span);
            self.table.rows.push(row);
        }
        self.table.rows.iter().any(|row| !row.is_blank()).then_some(self)
    }
}

fn add_cell(tree: &Tree, id: NodeId, row: &mut Row) {
    let found = flatten(tree, id);
    row.span = found.as_ref().map_or(row.span, |found| row.span.join(found.span));
    row.cells.push(Cell {
        text: found.map(|found| found.text).unwrap_or_default(),
        columns: covered(tree, id, Key::Colspan).clamp(1, MAX_COLUMNS),
        rows: match covered(tree, id, Key::Rowspan) {
            0 => u16::MAX,
            rows => rows,
        },
        head: matches!(tree.name(id), Name::Th | Name::Dt) || has_role(tree, id, &["columnheader", "rowheader"]),
    });
}

fn covered(tree: &Tree, id: NodeId, attribute: Key) -> u16 {
    tree.attribute(id, attribute).and_then(|value| value.parse().ok()).unwrap_or(1)
}

/// A row in `thead`, or one of column headers by their role.
fn is_head(tree: &Tree, row: NodeId, content: &Row) -> bool {
    let above = std::iter::successors(tree.node(row).parent, |id| tree.node(*id).parent);
    let mut groups = above.map(|id| tree.name(id)).take_while(|name| *name != Name::Table).take(4);
    let by_role =
        tree.name(row) != Name::Tr && content.cells.iter().all(|cell| cell.head) && tree.name(row) != Name::Dt;
    by_role || (tree.name(row) == Name::Tr && groups.any(|name| name == Name::Thead))
}

/// A table for layout: it holds another, or a single cell, or whole stretches of text with headings and lists.
fn is_layout(tree: &Tree, outline: &Outline, id: NodeId) -> bool {
    let sum = outline.below(id);
    if sum.tables > 1 || sum.cells < 2 {
        return true;
    }
    let is_cell = |id| tree.name(id).is_cell();
    let parts = || tree.below(id, is_cell);
    let cells = || parts().filter(|part| is_cell(*part));
    let printed = |row| tree.children(row).filter(|cell| is_cell(*cell) && !outline.is_blank(*cell)).count();
    if parts().filter(|part| tree.name(*part) == Name::Tr).all(|row| printed(row) < 2) {
        return cells().any(|cell| holds_blocks(outline.below(cell)));
    }
    cells().any(|cell| holds_a_text(outline.below(cell)))
}

fn holds_blocks(sum: Sum) -> bool {
    sum.lists > 0 || sum.blocks > 3 || (sum.headings > 0 && sum.blocks > 2)
}

/// A heading with paragraphs below it is a text; a cell of data has a heading at most, or short lines.
fn holds_a_text(sum: Sum) -> bool {
    sum.headings > 0 && sum.blocks > 5 && sum.characters > 80 * sum.blocks.min(6)
}

fn native_part(tree: &Tree, id: NodeId) -> Part {
    match tree.name(id) {
        Name::Tr => Part::Row,
        Name::Td | Name::Th => Part::Cell,
        Name::Caption => Part::Caption,
        _ => Part::Other,
    }
}

fn term_part(tree: &Tree, id: NodeId) -> Part {
    match tree.name(id) {
        Name::Dt if follows_term(tree, id) => Part::Cell,
        Name::Dt => Part::FirstCell,
        Name::Dd => Part::Cell,
        _ => Part::Other,
    }
}

fn follows_term(tree: &Tree, id: NodeId) -> bool {
    let before = std::iter::successors(tree.node(id).previous, |id| tree.node(*id).previous);
    before.map(|id| tree.name(id)).find(|name| *name != Name::Text) == Some(Name::Dt)
}

/// Short terms, each with short explanations: pairs. Anything longer is text under little headings.
fn is_flat_list(tree: &Tree, outline: &Outline, id: NodeId) -> bool {
    let sum = outline.below(id);
    let parts = || tree.below(id, |below| tree.name(below).is_term());
    let terms = parts().filter(|part| tree.name(*part) == Name::Dt).count();
    let flat = |part: NodeId| match tree.name(part) {
        Name::Dt => outline.below(part).characters <= 80 && outline.below(part).blocks <= 2,
        Name::Dd => outline.below(part).characters <= 500 && outline.below(part).blocks <= 2,
        Name::Div => true,
        _ => tree.text(part).is_some_and(|text| text.trim().is_empty()),
    };
    let first = parts().find(|part| tree.name(*part).is_term());
    terms > 1
        && first.is_some_and(|first| tree.name(first) == Name::Dt)
        && sum.lists == 1
        && sum.tables + sum.headings == 0
        && parts().all(flat)
}

fn drawn_part(tree: &Tree, id: NodeId) -> Part {
    let display = display(tree, id).unwrap_or_default();
    if has_role(tree, id, &["row"]) || display == "table-row" {
        Part::Row
    } else if has_role(tree, id, &["cell", "gridcell", "columnheader", "rowheader"]) || display == "table-cell" {
        Part::Cell
    } else if has_role(tree, id, &["caption"]) || display == "table-caption" {
        Part::Caption
    } else {
        Part::Other
    }
}

fn rhythm_part(tree: &Tree, top: NodeId, id: NodeId) -> Part {
    match tree.node(id).parent {
        _ if tree.text(id).is_some() => Part::Other,
        Some(parent) if parent == top => Part::Row,
        Some(parent) if tree.node(parent).parent == Some(top) => Part::Cell,
        _ => Part::Other,
    }
}

/// Three or more styled neighbours, each of the same number of short fields, and nothing else: rows drawn with style sheets.
/// Two fields a row are also how cards and captions look, so there the class names must speak of rows or columns.
fn is_rhythm(tree: &Tree, outline: &Outline, id: NodeId) -> bool {
    let sum = outline.below(id);
    if !matches!(tree.name(id), Name::Div | Name::Section | Name::Article)
        || sum.headings + sum.lists > 0
        || sum.blocks < 4
    {
        return false;
    }
    let Some(rows) = only_elements(tree, id) else { return false };
    let Some(fields) = rows.first().and_then(|row| only_elements(tree, *row)).map(|fields| fields.len()) else {
        return false;
    };
    let named = || rows.iter().all(|row| speaks_of_rows(tree, *row));
    let steady = |row: &NodeId| is_row(tree, outline, *row, fields);
    rows.len() >= 3 && (2..=12).contains(&fields) && rows.iter().all(steady) && (fields > 2 || named())
}

/// The elements in a node, if it holds no text beside them.
fn only_elements(tree: &Tree, id: NodeId) -> Option<Vec<NodeId>> {
    let text_only = |child: &NodeId| tree.text(*child).is_some_and(|text| !text.trim().is_empty());
    let drawn =
        |child: &NodeId| tree.text(*child).is_none() && !matches!(tree.name(*child), Name::Script | Name::Style);
    if tree.children(id).any(|child| text_only(&child)) {
        return None;
    }
    Some(tree.children(id).filter(drawn).collect())
}

fn is_row(tree: &Tree, outline: &Outline, id: NodeId, fields: usize) -> bool {
    let Some(cells) = only_elements(tree, id) else { return false };
    let styled = tree.attribute(id, Key::Class).is_some_and(|class| !class.is_empty());
    let filled = cells.iter().filter(|cell| !outline.is_blank(**cell)).count();
    tree.name(id) == Name::Div
        && styled
        && cells.len() == fields
        && filled * 2 > fields
        && cells.iter().all(|cell| is_field(tree, *cell, outline.below(*cell)))
}

fn is_field(tree: &Tree, id: NodeId, sum: Sum) -> bool {
    matches!(tree.name(id), Name::Div | Name::Span) && sum.blocks <= 2 && sum.characters <= 500
}

fn speaks_of_rows(tree: &Tree, row: NodeId) -> bool {
    let speaks = |id: NodeId| {
        let class = tree.attribute(id, Key::Class).unwrap_or_default().to_ascii_lowercase();
        let mut words = class.split(|c: char| !c.is_ascii_alphabetic());
        words.any(|word| matches!(word, "row" | "col" | "cell" | "column" | "td" | "tr" | "table"))
    };
    speaks(row) || tree.children(row).any(speaks)
}
