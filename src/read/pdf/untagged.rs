//! Blocks of a PDF by positions alone: ruled tables, tables by gutters, furniture, running text.

use std::collections::HashSet;

use super::engine::Printed;
use crate::block::Block;
use crate::layout::placed::gutter_table::regions;
use crate::layout::placed::open_table::OpenTable;
use crate::layout::placed::page_furniture::{self, furniture, printed_lines};
use crate::layout::placed::page_joins;
use crate::layout::placed::paragraphs::{self, Paragraph, Typography, paragraphs};
use crate::layout::placed::placed_table::{PlacedRow, PlacedTable};
use crate::layout::placed::region::{Columns, Region};
use crate::layout::placed::ruled_table::{Grid, free_levels, grids};
use crate::layout::placed::text_line::TextLine;
use crate::layout::placed::word_joins::Joining;
use crate::layout::placed::word_lines::Word;

/// What stands on a page, from top to bottom.
enum Piece<'w> {
    Table(PlacedTable<'w>),
    Lines(Vec<TextLine<'w>>),
    Paragraph(Paragraph<'w>),
    Furniture(TextLine<'w>),
}

impl<'w> Piece<'w> {
    fn paragraph(&mut self) -> Option<&mut Paragraph<'w>> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        }
    }
}

/// The blocks of a document.
pub fn blocks(printed: &Printed, pages: &[Vec<Word>], joining: &Joining<'_>) -> Vec<Block> {
    let grids: Vec<Vec<Grid>> = printed.pages.iter().map(|page| grids(&page.rules)).collect();
    let tabular = grids.iter().zip(pages).flat_map(|(grids, words)| tabular_lines(grids, words)).collect();
    let heights: Vec<f32> = printed.pages.iter().map(|page| page.height).collect();
    let furniture = furniture(pages, &heights, &tabular);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (index, page) in printed.pages.iter().enumerate() {
        let levels = free_levels(&page.rules, &grids[index]);
        let open = open_table(&pieces, index as u32);
        pieces.extend(page_pieces(&grids[index], &levels, &pages[index], &furniture, open.as_ref()));
    }
    let lines = pieces.iter().flat_map(|piece| match piece {
        Piece::Lines(lines) => lines.as_slice(),
        _ => &[],
    });
    let mut typography = Typography::of(lines);
    let mut pieces = joined(with_paragraphs(pieces, &typography));
    let mut all = Vec::new();
    for piece in &pieces {
        if let Piece::Paragraph(paragraph) = piece {
            all.push(paragraph.clone());
        }
    }
    typography.learn_headings(&all);
    paragraphs::nest(pieces.iter_mut().filter_map(Piece::paragraph), &typography);
    pieces.into_iter().filter_map(|piece| finish(piece, &typography, joining)).collect()
}

fn finish(piece: Piece<'_>, typography: &Typography, joining: &Joining<'_>) -> Option<Block> {
    match piece {
        Piece::Table(table) => table.into_block(joining),
        Piece::Paragraph(paragraph) => paragraphs::block(&paragraph, typography, joining),
        Piece::Furniture(line) => page_furniture::block(&line, joining),
        Piece::Lines(_) => None,
    }
}

/// Lines that stand in a grid of several columns.
fn tabular_lines(grids: &[Grid], words: &[Word]) -> Vec<u32> {
    let inside = |word: &&Word| {
        let (x, y) = word.middle();
        grids.iter().any(|grid| grid.xs.len() > 2 && grid.area().holds(x, y))
    };
    words.iter().filter(inside).map(|word| word.line).collect()
}

/// The table that ends the page of this number.
fn open_table(pieces: &[Piece<'_>], page: u32) -> Option<OpenTable> {
    match pieces.iter().rfind(|piece| !matches!(piece, Piece::Furniture(_)))? {
        Piece::Table(table) if table.page == page => Some(OpenTable::of(table)),
        _ => None,
    }
}

/// The pieces of a page; `open` is the table that ends the page before.
fn page_pieces<'w>(
    grids: &[Grid],
    levels: &[f32],
    words: &'w [Word],
    furniture: &HashSet<u32>,
    mut open: Option<&OpenTable>,
) -> Vec<Piece<'w>> {
    let mut free: Vec<&Word> = words.iter().filter(|word| !furniture.contains(&word.line)).collect();
    let mut tables = ruled_tables(grids, &mut free);
    tables.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0).then(a.area.x0.total_cmp(&b.area.x0)));
    let mut pieces = Vec::new();
    let mut lines = free.chunk_by(|a, b| a.line == b.line).map(<[_]>::to_vec).peekable();
    for table in tables {
        let mut before = Vec::new();
        while let Some(line) = lines.next_if(|line| line[0].middle().1 < table.area.y0) {
            before.push(line);
        }
        flow(before, levels, open.take(), &mut pieces);
        pieces.push(Piece::Table(table));
    }
    flow(lines.collect(), levels, open, &mut pieces);
    let edge = words.chunk_by(|a, b| a.line == b.line).filter(|line| furniture.contains(&line[0].line));
    pieces.extend(edge.map(|line| Piece::Furniture(line.iter().collect())));
    pieces
}

/// The tables that ruling lines make; their words are taken from the free ones. Inner tables go first.
fn ruled_tables<'w>(grids: &[Grid], free: &mut Vec<&'w Word>) -> Vec<PlacedTable<'w>> {
    let size = |grid: &&Grid| {
        let area = grid.area();
        (area.x1 - area.x0) * (area.y1 - area.y0)
    };
    let mut order: Vec<&Grid> = grids.iter().filter(|grid| grid.xs.len() > 2).collect();
    order.sort_by(|a, b| size(a).total_cmp(&size(b)));
    let mut tables = Vec::new();
    for grid in order {
        let area = grid.area();
        let inside = |word: &&Word| {
            let (x, y) = word.middle();
            area.holds(x, y)
        };
        let own: Vec<&'w Word> = free.iter().copied().filter(inside).collect();
        let Some(page) = own.first().map(|word| word.page) else { continue };
        // One row alone is a table only where the rest of it may stand on another page.
        let at_edge = || !free.iter().any(|word| word.y < area.y0) || !free.iter().any(|word| word.y > area.y1);
        let table = PlacedTable::of_grid(grid, &own, page);
        if table.is_table() || (table.has_columns() && at_edge()) {
            free.retain(|word| !inside(word));
            tables.push(table);
        }
    }
    tables
}

/// Lines without ruled tables: tables by gutters, and running text in one or more columns. `open` is a table that the first of
/// them may go on with.
fn flow<'w>(mut lines: Vec<TextLine<'w>>, levels: &[f32], open: Option<&OpenTable>, pieces: &mut Vec<Piece<'w>>) {
    let mut regions = regions(&lines, levels);
    let again = open.map_or(0, |open| open.head_again(&lines));
    if let Some(rest) = open.and_then(|open| rest_of_table(&lines, again, &regions, open, levels)) {
        pieces.extend(lines.drain(..again).map(Piece::Furniture));
        lines.drain(rest.lines);
        regions = self::regions(&lines, levels);
        pieces.extend(placed(rest.content));
    }
    let mut next = 0;
    for region in regions {
        push_lines(lines[next..region.lines.start].to_vec(), pieces);
        next = region.lines.end;
        pieces.extend(placed(region.content));
    }
    push_lines(lines[next..].to_vec(), pieces);
}

fn placed(content: Columns<'_>) -> Option<Piece<'_>> {
    match content {
        Columns::Table(table) => Some(Piece::Table(table)),
        Columns::Prose(columns) => (!columns.is_empty()).then_some(Piece::Lines(columns)),
    }
}

/// The lines that go on with a table of the page before. Where they do not print its head again they must not show as many columns by
/// themselves: then they are another one. A program that lays out each page anew sets the columns elsewhere.
fn rest_of_table<'w>(
    lines: &[TextLine<'w>],
    again: usize,
    found: &[Region<'w>],
    open: &OpenTable,
    levels: &[f32],
) -> Option<Region<'w>> {
    let columns = |region: &Region<'_>| match &region.content {
        Columns::Table(table) => table.columns.len(),
        Columns::Prose(_) => 0,
    };
    if again > 0 && !open.keeps_columns(&lines[..again]) {
        let first = regions(&lines[again..], levels).into_iter().next();
        return first.filter(|first| first.lines.start == 0 && columns(first) == open.columns()).map(|mut first| {
            if let Columns::Table(table) = &mut first.content {
                open.go_on(table);
            }
            first
        });
    }
    let other = found.iter().find(|region| columns(region) >= open.columns()).filter(|_| again == 0);
    open.carried_on(&lines[again..other.map_or(lines.len(), |region| region.lines.start)], levels)
}

fn push_lines<'w>(lines: Vec<TextLine<'w>>, pieces: &mut Vec<Piece<'w>>) {
    if !lines.is_empty() {
        pieces.push(Piece::Lines(lines));
    }
}

fn with_paragraphs<'w>(pieces: Vec<Piece<'w>>, typography: &Typography) -> Vec<Piece<'w>> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Lines(lines) => {
                let mut found = Vec::new();
                paragraphs(&lines, typography, &mut found);
                out.extend(found.into_iter().map(Piece::Paragraph));
            }
            other => out.push(other),
        }
    }
    out
}

/// Closes page breaks: tables and sentences that go on become one; the furniture between follows them, and so do the heads that
/// a table repeats.
fn joined(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    let mut last: Option<usize> = None;
    for piece in pieces {
        let before = last.and_then(|index| out.get_mut(index));
        let mut repeated = Vec::new();
        match (before, piece) {
            (Some(Piece::Table(table)), Piece::Table(next)) if page_joins::continues(table, &next) => {
                repeated = page_joins::join(table, next);
            }
            (Some(Piece::Table(table)), Piece::Paragraph(next)) => {
                if page_joins::is_head_again(table, &next.words) {
                    repeated = next.words;
                } else if !page_joins::take_rest(table, &next.words) {
                    last = Some(out.len());
                    out.push(Piece::Paragraph(next));
                }
            }
            (Some(Piece::Paragraph(text)), Piece::Paragraph(next)) if runs_on(text, &next) => {
                text.lines += next.lines;
                text.words.extend(next.words);
            }
            (Some(before), Piece::Table(mut table)) => {
                if let Some(row) = stranded_head(before, &table) {
                    table.rows.insert(0, row);
                    *before = Piece::Table(table);
                } else {
                    last = Some(out.len());
                    out.push(Piece::Table(table));
                }
            }
            (_, piece) => {
                if !matches!(piece, Piece::Furniture(_)) {
                    last = Some(out.len());
                }
                out.push(piece);
            }
        }
        out.extend(printed_lines(repeated).into_iter().map(Piece::Furniture));
    }
    out
}

fn stranded_head<'w>(before: &Piece<'w>, table: &PlacedTable<'w>) -> Option<PlacedRow<'w>> {
    match before {
        Piece::Paragraph(text) if text.lines < 4 => page_joins::stranded_head(&text.words, table),
        _ => None,
    }
}

/// A sentence that stops at the end of a page and goes on with a small letter at the top of the next.
fn runs_on(text: &Paragraph<'_>, next: &Paragraph<'_>) -> bool {
    let (Some(last), Some(first)) = (text.words.last(), next.words.first()) else { return false };
    let open = last.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-'));
    let small = first.text.starts_with(char::is_lowercase);
    last.page + 1 == first.page && !next.item && open && small && (last.size - first.size).abs() < 0.5
}
