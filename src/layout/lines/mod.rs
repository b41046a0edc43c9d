//! The lines of a text, and their division into tables, headings, list items and paragraphs.

mod bars;
mod broken_cells;
mod column_region;
mod column_table;
mod delimited_table;
mod fenced_table;
mod head_columns;
mod line;
mod line_cells;
mod line_marks;
mod link_numbers;
mod pipe_table;
mod property_drawer;
mod prose;
mod run;
mod running_lines;
mod tab_table;
mod torn_lines;
mod wide_columns;
mod wiki_markup;
mod wiki_table;
mod word_columns;
mod wrapped_table;

pub use broken_cells::broken_table;
pub use line::Line;
pub use pipe_table::{is_piped, pipe_table};
pub use wrapped_table::wrapped_table;

use std::cell::LazyCell;
use std::collections::HashMap;

use crate::block::{Block, Content, Rich};
use crate::text::Text;
use delimited_table::delimited_run;
use fenced_table::fenced_run;
use line_marks::without_marks;
use link_numbers::take_link_numbers;
use pipe_table::pipe_run;
use property_drawer::drawer_run;
use prose::paragraphs;
use run::Run;
use running_lines::running_lines;
use tab_table::tab_run;
use torn_lines::with_torn_lines_joined;
use wide_columns::{held_table, stretched};
use wiki_table::wiki_run;

/// The lines of a text in order, blank ones included.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    lines: Vec<Line>,
}

impl Lines {
    /// Lines that are cut already.
    pub fn new(lines: Vec<Line>) -> Self {
        Self { lines }
    }

    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let mut lines = Vec::with_capacity(1 + memchr::memchr_iter(b'\n', text.as_bytes()).count());
        lines.extend(crate::text::lines(text).zip(1..).map(|(line, number)| Line::new(number, line)));
        Self::new(lines)
    }

    /// Divides the lines into blocks, in order. What runs along the pages parts them.
    pub fn into_blocks(mut self) -> Vec<Block> {
        self.lines = with_torn_lines_joined(without_marks(self.lines));
        let addresses = take_link_numbers(&mut self.lines);
        let width = self.wrap_width();
        let mut blocks = Vec::new();
        let mut start = 0;
        let along_pages = running_lines(&self.lines);
        for running in along_pages.iter().copied() {
            divide(&self.lines[start..running], width, &mut blocks);
            let line = &self.lines[running];
            let content = Content::Furniture(Rich::plain(line.text().trim()));
            blocks.push(Block { content, span: line.span() });
            start = running + 1;
        }
        divide(&self.lines[start..], width, &mut blocks);
        if along_pages.is_empty() {
            mark_running_lines(&mut blocks);
        }
        blocks.extend(addresses);
        blocks
    }

    /// The width at which the text was wrapped; none where its lines are paragraphs.
    ///
    /// A wrapped text has many lines of nearly one length and hardly any beyond; of what is not wrapped, lines have any length.
    fn wrap_width(&self) -> Option<usize> {
        let mut lengths: Vec<usize> =
            self.lines.iter().map(Line::printed_length).filter(|length| *length > 40).collect();
        if lengths.len() < 4 {
            return None;
        }
        lengths.sort_unstable();
        let width = lengths[lengths.len() * 19 / 20];
        let near = lengths.iter().filter(|length| **length + 16 >= width && **length <= width + 16).count();
        (width <= 132 && near * 5 >= lengths.len() * 2).then_some(width)
    }
}

/// Tables, and what is printed between them.
fn divide(lines: &[Line], width: Option<usize>, blocks: &mut Vec<Block>) {
    let wide = LazyCell::new(|| stretched(lines));
    let mut prose_start = 0;
    let mut next = 0;
    while next < lines.len() {
        match table_at(&lines[next..], || wide.as_ref().map(|wide| &wide[next..])) {
            Some(run) => {
                paragraphs(&lines[prose_start..next], width, blocks);
                blocks.push(run.block);
                blocks.extend(run.markup);
                next += run.lines;
                prose_start = next;
            }
            None => next += 1,
        }
    }
    paragraphs(&lines[prose_start..], width, blocks);
}

/// A line that stands next to a page number and again elsewhere runs along the pages: all its places are furniture.
fn mark_running_lines(blocks: &mut [Block]) {
    let numbered = |index: Option<usize>| index.and_then(|index| blocks.get(index)).is_some_and(Block::is_furniture);
    let beside = (0..blocks.len()).filter(|index| numbered(index.checked_sub(1)) || numbered(Some(index + 1)));
    let mut places: HashMap<Text, usize> =
        beside.filter_map(|index| running_text(&blocks[index])).map(|text| (text, 0)).collect();
    if places.is_empty() {
        return;
    }
    for text in blocks.iter().filter_map(running_text) {
        places.entry(text).and_modify(|count| *count += 1);
    }
    for block in blocks {
        if running_text(block).is_some_and(|text| places.get(&text).is_some_and(|count| *count > 1)) {
            block.content = Content::Furniture(block.rich().cloned().unwrap_or_default());
        }
    }
}

/// The words of a block that could run along the pages: no table, and not furniture already.
fn running_text(block: &Block) -> Option<Text> {
    block.rich().filter(|rich| !block.is_furniture() && !rich.is_blank()).map(|rich| rich.text.clone())
}

/// The table that begins with the first line; the lines can be had stretched where characters take two columns.
fn table_at<'l>(lines: &[Line], stretched: impl FnOnce() -> Option<&'l [Line]>) -> Option<Run> {
    if lines[0].is_blank() {
        return None;
    }
    let marked = || fenced_run(lines).or_else(|| wiki_run(lines)).or_else(|| drawer_run(lines));
    let drawn = || marked().or_else(|| pipe_run(lines)).or_else(|| delimited_run(lines));
    tab_run(lines).or_else(drawn).or_else(|| held_table(lines, stretched))
}
