//! Blocks of a tagged PDF by its structure tree.

use std::collections::{HashMap, HashSet};

use super::divisions::{are_rows, join_divisions};
use super::engine::{Element, Kid, MarkedContent};
use super::piece::{Kind, Piece};
use crate::block::{Block, Content};
use crate::layout::placed::page_furniture::{self, printed_lines};
use crate::layout::placed::page_joins;
use crate::layout::placed::paragraphs::MAX_HEADING;
use crate::layout::placed::placed_table::{PlacedCell, PlacedRow, PlacedTable, span};
use crate::layout::placed::text_line::is_bullet;
use crate::layout::placed::word_joins::{Breaks, Joining, LineRoom};
use crate::layout::placed::word_lines::Word;

/// Share of the words that a tree must name to be trusted, in percent.
const COVERAGE: usize = 50;

/// Deepest nesting of lists that is told apart.
const MAX_DEPTH: u8 = 8;

/// Deepest nesting of elements in a cell of a table that has no role: items of a list, no rows of another table.
const CELL_DEPTH: usize = 3;

/// What the structure tree makes of a document.
pub struct Tagged {
    /// The blocks that it names, in its order; heads that a table repeats on its later pages are furniture.
    pub blocks: Vec<Block>,
    /// The words that it does not name, page by page: running headers, and what was hidden from assistive technology.
    pub left: Vec<Vec<Word>>,
}

/// What the tree makes of the words; none where it names too few of them.
pub fn read(root: &Element, pages: &[Vec<Word>], joining: &Joining<'_>) -> Option<Tagged> {
    let mut content: HashMap<MarkedContent, Vec<&Word>> = HashMap::new();
    for word in pages.iter().flatten() {
        if let Some(mark) = content_of(word) {
            content.entry(mark).or_default().push(word);
        }
    }
    let mut walk =
        Walk { content, pieces: Vec::new(), pending: Vec::new(), used: HashSet::new(), repeated: Vec::new() };
    walk.container(root, Kind::Division);
    walk.flush(Kind::Division);
    let unnamed = |word: &&Word| content_of(word).is_none_or(|mark| !walk.used.contains(&mark));
    let left: Vec<Vec<Word>> = pages.iter().map(|words| words.iter().filter(unnamed).cloned().collect()).collect();
    let (all, unnamed) = (pages.iter().map(Vec::len).sum::<usize>(), left.iter().map(Vec::len).sum::<usize>());
    if (all - unnamed) * 100 < all * COVERAGE || all == 0 {
        return None;
    }
    let right = right_edges(pages);
    let mut repeated = walk.repeated;
    let pieces = join_tables(join_divisions(walk.pieces), &mut repeated);
    let blocks = pieces.into_iter().filter_map(|piece| finish(piece, &right, joining)).collect();
    let repeated = printed_lines(repeated);
    let heads = repeated.iter().filter_map(|line| page_furniture::block(line, joining)).collect();
    Some(Tagged { blocks: with_left(blocks, heads), left })
}

/// The blocks of the tree with those of the words that it does not name, each where its first line stands.
pub fn with_left(tagged: Vec<Block>, left: Vec<Block>) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(tagged.len() + left.len());
    let mut left = left.into_iter().peekable();
    for block in tagged {
        while let Some(earlier) = left.next_if(|other| other.span.line < block.span.line) {
            blocks.push(earlier);
        }
        blocks.push(block);
    }
    blocks.extend(left);
    blocks
}

fn content_of(word: &Word) -> Option<MarkedContent> {
    word.mark.map(|mark| MarkedContent { page: word.page - 1, mark })
}

struct Walk<'w> {
    content: HashMap<MarkedContent, Vec<&'w Word>>,
    pieces: Vec<Piece<'w>>,
    pending: Vec<&'w Word>,
    used: HashSet<MarkedContent>,
    /// Words that repeat what is already in its place.
    repeated: Vec<&'w Word>,
}

impl<'w> Walk<'w> {
    fn container(&mut self, element: &Element, kind: Kind) {
        for kid in &element.kids {
            match kid {
                Kid::Content(content) => self.take(*content),
                Kid::Element(element) => self.element(element, kind),
            }
        }
    }

    fn element(&mut self, element: &Element, kind: Kind) {
        match element.role.as_str() {
            "Table" => {
                self.flush(kind);
                self.table(element);
            }
            "Lbl" => self.label(element, kind),
            // Boxes within code are its lines.
            "Code" => self.container(element, Kind::Paragraph),
            "NonStruct" if kind == Kind::Division && self.is_layout_table(element) => {
                self.flush(kind);
                self.layout_table(element);
            }
            role if is_inline(role) && !is_division(element, kind) => self.container(element, kind),
            role => {
                self.flush(kind);
                let own = kind_of(role, kind);
                self.container(element, own);
                self.flush(own);
            }
        }
    }

    /// The bullet or number before an item: a bullet says nothing more than the item itself does.
    fn label(&mut self, element: &Element, kind: Kind) {
        let start = self.pending.len();
        self.container(element, kind);
        let bullet = self.pending[start..].iter().all(|word| !word.text.chars().any(char::is_alphanumeric));
        if bullet && matches!(kind, Kind::Item(_)) {
            self.pending.truncate(start);
        }
    }

    fn take(&mut self, content: MarkedContent) {
        if self.used.insert(content)
            && let Some(words) = self.content.get(&content)
        {
            self.pending.extend(words);
        }
    }

    fn flush(&mut self, kind: Kind) {
        if !self.pending.is_empty() {
            let words = std::mem::take(&mut self.pending);
            self.pieces.push(Piece::Text(kind, words));
        }
    }

    fn table(&mut self, element: &Element) {
        let mut rows = Vec::new();
        self.rows(element, false, &mut rows);
        self.add_table(rows);
    }

    /// A table for which a program that prints web pages has no role, since it takes it for a means of layout.
    fn is_layout_table(&self, element: &Element) -> bool {
        let rows: Option<Vec<Vec<&Element>>> = boxes(element).and_then(|rows| rows.into_iter().map(boxes).collect());
        let is_table = |rows: &Vec<Vec<&Element>>| rows.len() > 1 && rows.iter().flatten().all(|cell| is_cell(cell, 0));
        rows.filter(is_table).is_some_and(|rows| {
            let words = |row: Vec<&Element>| row.into_iter().map(|cell| self.words(cell)).collect();
            are_rows(&rows.into_iter().map(words).collect::<Vec<_>>())
        })
    }

    /// The words that an element names.
    fn words(&self, element: &Element) -> Vec<&'w Word> {
        let mut words = Vec::new();
        for kid in &element.kids {
            match kid {
                Kid::Element(inner) => words.extend(self.words(inner)),
                Kid::Content(content) => words.extend(self.content.get(content).into_iter().flatten()),
            }
        }
        words
    }

    fn layout_table(&mut self, element: &Element) {
        let rows = boxes(element).unwrap_or_default();
        let rows = rows.into_iter().map(|row| self.row(row, false)).collect();
        self.add_table(rows);
    }

    fn add_table(&mut self, rows: Vec<PlacedRow<'w>>) {
        let mut table = PlacedTable { rows, ..PlacedTable::default() };
        put_back_blank_cells(&mut table);
        place_columns(&mut table);
        table.drop_blank_rows();
        self.pieces.push(Piece::Table(table));
    }

    fn rows(&mut self, element: &Element, head: bool, rows: &mut Vec<PlacedRow<'w>>) {
        for kid in &element.kids {
            match kid {
                Kid::Element(row) if row.role == "TR" => {
                    let row = self.row(row, head);
                    rows.push(row);
                }
                Kid::Element(part)
                    if matches!(part.role.as_str(), "TBody" | "TFoot" | "THead" | "NonStruct" | "Div") =>
                {
                    self.rows(part, part.role == "THead", rows);
                }
                // A caption, or text that lost its cell: it stands before the table.
                Kid::Element(other) => {
                    self.element(other, Kind::Paragraph);
                    self.flush(Kind::Paragraph);
                }
                Kid::Content(content) => self.take(*content),
            }
        }
        self.flush(Kind::Paragraph);
    }

    fn row(&mut self, element: &Element, head: bool) -> PlacedRow<'w> {
        let mut row = PlacedRow::default();
        for kid in &element.kids {
            if let Kid::Element(cell) = kid {
                row.cells.push(self.cell(cell, head));
            }
        }
        row
    }

    /// A cell with all that is nested in it, each block of it on a line of its own.
    fn cell(&mut self, element: &Element, head: bool) -> PlacedCell<'w> {
        let outer = std::mem::take(&mut self.pieces);
        self.container(element, Kind::Paragraph);
        self.flush(Kind::Paragraph);
        let inner = std::mem::replace(&mut self.pieces, outer);
        let mut cell = PlacedCell {
            columns: usize::from(element.column_span),
            rows: usize::from(element.row_span),
            head: head || element.role == "TH",
            ..PlacedCell::default()
        };
        for piece in inner {
            let words = piece.into_words();
            if !cell.words.is_empty() {
                cell.breaks.push(cell.words.len());
            }
            cell.words.extend(once_per_page(words, &mut self.repeated));
        }
        cell
    }
}

/// A head that is printed again on each page is still one head; the later ones go to `repeated`.
fn once_per_page<'w>(words: Vec<&'w Word>, repeated: &mut Vec<&'w Word>) -> Vec<&'w Word> {
    let pages: Vec<&[&Word]> = words.chunk_by(|a, b| a.page == b.page).collect();
    let text = |words: &[&Word]| words.iter().map(|word| word.text.as_str()).collect::<String>();
    match pages.split_first() {
        Some((first, rest)) if !rest.is_empty() && rest.iter().all(|page| text(page) == text(first)) => {
            repeated.extend(rest.iter().copied().flatten());
            first.to_vec()
        }
        _ => words,
    }
}

fn is_inline(role: &str) -> bool {
    matches!(
        role,
        "Span"
            | "Link"
            | "Em"
            | "Strong"
            | "Quote"
            | "Note"
            | "Reference"
            | "Annot"
            | "Ruby"
            | "RB"
            | "RT"
            | "RP"
            | "Warichu"
            | "Sub"
            | "Form"
            | "Figure"
            | "NonStruct"
            | "Private"
            | "BibEntry"
            | "Formula"
            | "FENote"
    )
}

/// The boxes that an element consists of; none where it holds anything else.
fn boxes(element: &Element) -> Option<Vec<&Element>> {
    let is_box = |kid: &Kid| match kid {
        Kid::Element(inner) => {
            inner.role == "NonStruct" && !inner.kids.iter().any(|kid| matches!(kid, Kid::Content(_)))
        }
        Kid::Content(_) => false,
    };
    let only_boxes = !element.kids.is_empty() && element.kids.iter().all(is_box);
    only_boxes.then(|| {
        element.kids.iter().filter_map(|kid| if let Kid::Element(inner) = kid { Some(inner) } else { None }).collect()
    })
}

/// True for what a cell of a table may hold; whole pages are laid out in tables too, with headings and tables in their cells.
fn is_cell(element: &Element, depth: usize) -> bool {
    let nests = |kid: &Kid| matches!(kid, Kid::Element(inner) if depth == CELL_DEPTH || !is_cell(inner, depth + 1));
    !matches!(kind_of(&element.role, Kind::Division), Kind::Heading(_)) && !element.kids.iter().any(nests)
}

/// True for a box of a web page, which has no role of its own: it holds elements, where text in a line is named directly.
fn is_division(element: &Element, kind: Kind) -> bool {
    let holds_elements = element.kids.iter().any(|kid| matches!(kid, Kid::Element(_)));
    kind == Kind::Division && element.role == "NonStruct" && holds_elements
}

fn kind_of(role: &str, outer: Kind) -> Kind {
    match role {
        "Title" | "H" => Kind::Heading(1),
        "L" => match outer {
            Kind::Item(depth) => Kind::Item((depth + 1).min(MAX_DEPTH)),
            _ => Kind::Item(0),
        },
        "LI" | "LBody" => outer,
        "P" if outer == Kind::Division => Kind::Paragraph,
        _ => match role.strip_prefix('H').and_then(|level| level.parse::<u8>().ok()) {
            Some(level) => Kind::Heading(level.clamp(1, 6)),
            None => outer,
        },
    }
}

/// Some programs tag no cell that prints nothing, so that those behind it would move to the left: where each of them stands tells its column.
fn put_back_blank_cells(table: &mut PlacedTable<'_>) {
    let single = |row: &PlacedRow<'_>| row.cells.iter().all(|cell| cell.columns <= 1 && cell.rows <= 1);
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if columns < 3 || !table.rows.iter().all(single) {
        return;
    }
    let mut reach = vec![NOTHING; columns];
    for row in table.rows.iter().filter(|row| row.cells.len() == columns) {
        for (cell, reach) in row.cells.iter().zip(&mut reach) {
            *reach = widened(*reach, cell);
        }
    }
    for row in table.rows.iter_mut().filter(|row| (2..columns).contains(&row.cells.len())) {
        let Some(places) = places(row, &reach) else { continue };
        let cells = std::mem::take(&mut row.cells);
        row.cells.resize_with(columns, || PlacedCell { columns: 1, rows: 1, ..PlacedCell::default() });
        cells.into_iter().zip(places).for_each(|(cell, column)| row.cells[column] = cell);
    }
}

/// What nothing reaches over.
const NOTHING: (f32, f32) = (f32::MAX, f32::MIN);

/// A stretch from left to right, widened by the words of a cell.
fn widened(reach: (f32, f32), cell: &PlacedCell<'_>) -> (f32, f32) {
    cell.words.iter().fold(reach, |(from, to), word| (from.min(word.x), to.max(word.end)))
}

/// The columns in which the cells of a row stand, by what columns reach over; none where they are not one behind the other.
fn places(row: &PlacedRow<'_>, reach: &[(f32, f32)]) -> Option<Vec<usize>> {
    let mut places: Vec<usize> = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        let (from, to) = widened(NOTHING, cell);
        let shared = |(left, right): &(f32, f32)| to.min(*right) - from.max(*left);
        let column = (0..reach.len()).max_by(|a, b| shared(&reach[*a]).total_cmp(&shared(&reach[*b])))?;
        if shared(&reach[column]) <= 0.0 || places.last().is_some_and(|last| *last >= column) {
            return None;
        }
        places.push(column);
    }
    Some(places)
}

/// Gives each cell its column, with room for those that reach down from above.
fn place_columns(table: &mut PlacedTable<'_>) {
    let mut taken: Vec<usize> = Vec::new();
    for row in &mut table.rows {
        let mut column = 0;
        for cell in &mut row.cells {
            while taken.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            cell.column = column;
            let end = column + cell.columns.min(1000);
            taken.resize(taken.len().max(end), 0);
            taken[column..end].fill(cell.rows);
            column = end;
        }
        taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
    table.columns = vec![f32::MAX; taken.len()];
    for word_cell in table.rows.iter().flat_map(|row| &row.cells) {
        for word in &word_cell.words {
            let edge = &mut table.columns[word_cell.column];
            *edge = edge.min(word.x);
            table.page = table.page.max(word.page);
        }
    }
}

/// Programs that tag a table page by page repeat its head on each: that is one table, and the later heads go to `repeated`.
fn join_tables<'w>(pieces: Vec<Piece<'w>>, repeated: &mut Vec<&'w Word>) -> Vec<Piece<'w>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Table(table)), Piece::Table(next)) if goes_on(table, &next) => {
                repeated.extend(page_joins::join(table, next));
            }
            (_, piece) => out.push(piece),
        }
    }
    out
}

fn goes_on(table: &PlacedTable<'_>, next: &PlacedTable<'_>) -> bool {
    let first = |table: &PlacedTable<'_>| table.rows.first().map(PlacedRow::text);
    let first_page = next.rows.first().and_then(|row| row.cells.iter().find_map(|cell| cell.words.first()));
    let next_page = first_page.is_some_and(|word| word.page == table.page + 1);
    next_page && table.columns.len() == next.columns.len() && first(table) == first(next)
}

/// Right edge of the text of each page.
fn right_edges(pages: &[Vec<Word>]) -> Vec<f32> {
    pages.iter().map(|words| words.iter().map(|word| word.end).fold(0.0, f32::max)).collect()
}

fn finish(piece: Piece<'_>, right: &[f32], joining: &Joining<'_>) -> Option<Block> {
    let (kind, mut words) = match piece {
        Piece::Table(table) => return table.into_block(joining),
        Piece::Text(kind, words) => (kind, words),
    };
    if matches!(kind, Kind::Item(_)) && words.len() > 1 && is_bullet(&words[0].text) {
        words.remove(0);
    }
    let span = span(words.iter().copied())?;
    let right = span.page.and_then(|page| right.get(page as usize - 1)).copied().unwrap_or(0.0);
    let left = words.iter().map(|word| word.x).fold(f32::MAX, f32::min);
    let heading = matches!(kind, Kind::Heading(_));
    let breaks = if heading { Breaks::None } else { Breaks::Early };
    let text = joining.rich(&words, LineRoom { width: right - left, breaks });
    let content = match kind {
        Kind::Heading(level) if text.text.len() <= MAX_HEADING => Content::Heading { level, text },
        Kind::Item(depth) => Content::ListItem { depth, text },
        Kind::Division | Kind::Paragraph | Kind::Heading(_) => Content::Paragraph(text),
    };
    Some(Block { content, span })
}
