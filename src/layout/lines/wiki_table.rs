//! Tables of MediaWiki: `{|` and `|}` around them, `|-` between rows, `!` before a header and `|` before a cell, doubled before another
//! one on the same line.

use super::line::Line;
use super::run::{Run, table_block};
use super::wiki_markup::Markup;
use crate::block::{Block, Cell, Content, Rich, Row};
use crate::text::Span;

const OPENS: &str = "{|";
const CLOSES: &str = "|}";

/// The table that begins with the first line, if that opens one and another line closes it.
pub(super) fn wiki_run(lines: &[Line]) -> Option<Run> {
    let begins = |line: &Line, mark: &str| line.text().trim_start().starts_with(mark);
    if !begins(&lines[0], OPENS) {
        return None;
    }
    let end = 1 + lines[1..].iter().position(|line| begins(line, OPENS) || begins(line, CLOSES))?;
    if begins(&lines[end], OPENS) {
        return None;
    }
    let mut source = Source::default();
    lines[1..end].iter().for_each(|line| source.add(line));
    let mut markup = Markup::default();
    markup.put_aside(&lines[0].text().trim()[OPENS.len()..]);
    markup.put_aside(&lines[end].text().trim()[CLOSES.len()..]);
    let block = source.table(&mut markup)?;
    let place = Span::lines(lines[0].number(), lines[end].number());
    Some(Run { block, markup: markup.furniture(place), lines: end + 1 })
}

/// A table as it is written.
#[derive(Default)]
struct Source {
    caption: Option<String>,
    rows: Vec<Vec<Written>>,
    /// What follows the marks between rows, or stands before the first.
    beside: Vec<String>,
}

/// A cell as it is written, with its attributes.
struct Written {
    text: String,
    head: bool,
    span: Span,
}

impl Source {
    fn add(&mut self, line: &Line) {
        let text = line.text().trim();
        if let Some(rest) = text.strip_prefix("|-") {
            self.beside.push(rest.trim_start_matches('-').to_owned());
            self.rows.push(Vec::new());
        } else if let Some(rest) = text.strip_prefix("|+") {
            self.add_caption(rest, line.span());
        } else if let Some(rest) = text.strip_prefix('!') {
            self.add_cells(&rest.replace("!!", "||"), true, line.span());
        } else if let Some(rest) = text.strip_prefix('|') {
            self.add_cells(rest, false, line.span());
        } else {
            self.go_on(text, line.span());
        }
    }

    /// A table has one caption.
    fn add_caption(&mut self, text: &str, span: Span) {
        match self.caption {
            None => self.caption = Some(text.to_owned()),
            Some(_) => self.go_on(text, span),
        }
    }

    fn add_cells(&mut self, text: &str, head: bool, span: Span) {
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let row = self.rows.last_mut().expect("pushed");
        row.extend(text.split("||").map(|cell| Written { text: cell.trim().to_owned(), head, span }));
    }

    /// A line without a mark goes on in the cell above, or in the caption.
    fn go_on(&mut self, text: &str, span: Span) {
        let last = self.rows.last_mut().and_then(|row| row.last_mut());
        match (last, &mut self.caption) {
            (Some(cell), _) => {
                cell.text.push('\n');
                cell.text.push_str(text);
                cell.span = cell.span.join(span);
            }
            (None, Some(caption)) => {
                caption.push('\n');
                caption.push_str(text);
            }
            (None, None) => self.beside.push(text.to_owned()),
        }
    }

    fn table(&self, markup: &mut Markup) -> Option<Block> {
        self.beside.iter().for_each(|text| markup.put_aside(text));
        let caption = self.caption.as_ref().map(|caption| read(caption, markup).text);
        let rows: Vec<Row> = self.rows.iter().filter_map(|cells| row(cells, markup)).collect();
        if rows.len() < 2 {
            return None;
        }
        let mut block = table_block(rows);
        if let Content::Table(table) = &mut block.content {
            table.caption = caption.filter(|caption: &Rich| !caption.is_blank());
        }
        Some(block)
    }
}

fn row(written: &[Written], markup: &mut Markup) -> Option<Row> {
    let span = written.iter().map(|cell| cell.span).reduce(Span::join)?;
    let cells = written.iter().map(|cell| Cell { head: cell.head, ..read(&cell.text, markup) }).collect();
    Some(Row { cells, head: written.iter().all(|cell| cell.head), span })
}

/// A cell by its attributes, if it has some, and its words.
fn read(written: &str, markup: &mut Markup) -> Cell {
    let (attributes, text) = attributes(written).unwrap_or(("", written));
    markup.put_aside(attributes);
    let covered = |name: &str| number_behind(attributes, name).unwrap_or(1).max(1);
    Cell { rows: covered("rowspan"), columns: covered("colspan"), ..Cell::new(markup.read(text)) }
}

/// `style="…" | text`: a bar that is part of no link parts attributes and words.
fn attributes(written: &str) -> Option<(&str, &str)> {
    let (before, text) = written.split_once('|')?;
    let attributes = before.contains('=') && !before.contains("[[") && !before.contains("{{");
    attributes.then_some((before, text))
}

fn number_behind(attributes: &str, name: &str) -> Option<u16> {
    let rest = attributes[attributes.find(name)? + name.len()..].trim_start().strip_prefix('=')?;
    let digits = rest.trim_start().trim_start_matches(['"', '\'']);
    digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Option<Run> {
        let lines: Vec<Line> = (1..).zip(text.lines()).map(|(number, line)| Line::new(number, line)).collect();
        wiki_run(&lines)
    }

    #[test]
    fn cells_stand_on_a_line_each_or_several_on_one() {
        let run = run("{| class=\"wikitable\"\n|+ Ours\n! scope=\"col\" | Name !! Purpose\n|-\n| <code>_a</code>\n| Counts\nvisits\n|-\n| [[B|_b]] || '''Keeps'''\n|}\nbelow").unwrap();
        let table = run.block.as_table().unwrap();
        let printed =
            |row: &Row| row.cells.iter().map(|cell| cell.text.text.to_string()).collect::<Vec<_>>().join("; ");
        assert_eq!(
            table.rows.iter().map(printed).collect::<Vec<_>>(),
            ["Name; Purpose", "_a; Counts\nvisits", "_b; Keeps"]
        );
        let caption = table.caption.as_ref().unwrap();
        assert_eq!((run.lines, table.rows[0].head, &*caption.text), (10, true, "Ours"));
        let aside = run.markup.unwrap().rich().unwrap().text.to_string();
        assert!(["wikitable", "scope", "code", "B"].iter().all(|word| aside.contains(word)), "{aside}");
    }

    #[test]
    fn a_cell_may_cover_others_and_a_table_must_be_closed() {
        let run = run("{|\n|-\n| rowspan=\"2\"| Needed\n| _a\n|-\n| _b\n|}").unwrap();
        assert_eq!(run.block.as_table().unwrap().rows[0].cells[0].rows, 2);
        assert!(self::run("{|\n| _a\n|-\n| _b").is_none());
    }
}
