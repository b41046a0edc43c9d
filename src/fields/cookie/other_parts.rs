//! Parts of a document that say no word of cookies, beside one whose heading does: what looks like a name there names other things.

use rustc_hash::FxHashMap;

use super::lead::{names_owner, numbers, parts_of_numeral};
use crate::block::{Block, Content};
use crate::document::{Category, CookieRow, DocumentKind};
use crate::lexicon::{NameWord, lexicon};
use crate::text::Text;
use crate::value::category;

/// Leaves out the rows of parts of other things: registers and how long they are kept, fields of a file, numbers of versions. One name
/// that can only be a cookie's keeps all of its part, and so do most rows of which something else tells it.
pub(super) fn leave_out_others(rows: &mut Vec<CookieRow>, blocks: &[Block]) {
    if rows.iter().all(|row| is_named(row) || is_told(row)) {
        return;
    }
    let Some(parts) = Parts::of(blocks) else { return };
    let mut others: FxHashMap<usize, Other> = FxHashMap::default();
    for row in rows.iter() {
        if let Some(part) = parts.at(row) {
            others.entry(part).or_insert_with(|| Other::new(parts.is_of_other_things(part))).add(row);
        }
    }
    rows.retain(|row| !parts.at(row).is_some_and(|part| others[&part].holds()));
}

/// A part that may be of other things, and what its rows tell.
struct Other {
    possible: bool,
    rows: usize,
    told: usize,
}

impl Other {
    fn new(possible: bool) -> Self {
        Self { possible, rows: 0, told: 0 }
    }

    fn add(&mut self, row: &CookieRow) {
        self.possible &= !is_named(row);
        self.rows += 1;
        self.told += usize::from(is_told(row));
    }

    fn holds(&self) -> bool {
        self.possible && self.told * 2 < self.rows
    }
}

/// True for the name of a cookie and of nothing else.
fn is_named(row: &CookieRow) -> bool {
    row.pattern.is_some() || row.name.starts_with('_') || lexicon().services.is_cookie(&row.name)
}

/// True where something beside the name is said of cookies alone.
fn is_told(row: &CookieRow) -> bool {
    let grouped = row.category.is_some_and(|category| category != Category::Other);
    grouped || row.party.is_some() || row.storage.is_some() || !row.domain.is_empty()
}

/// The parts that the headings of a document make of it.
struct Parts {
    lines: Vec<Line>,
    /// The lines that are headings.
    headings: Vec<usize>,
    /// The first heading below the document's own.
    first: usize,
    /// The first one below it that says cookie.
    cookies: usize,
}

/// A line of text, or a row of a table.
struct Line {
    number: u32,
    text: Text,
    /// The level of a heading.
    level: Option<u8>,
}

/// The level of a numbered line that a text without markup has for a heading.
const NUMBERED: u8 = u8::MAX - 1;

impl Parts {
    /// None where a document has no part of cookies beside others, or is about them alone.
    fn of(blocks: &[Block]) -> Option<Self> {
        let lines: Vec<Line> = blocks.iter().flat_map(lines_of).collect();
        let headings: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].level.is_some()).collect();
        let is_title = |at: &usize| !lexicon().documents.every(&lines[*at].text).is_empty();
        let first = match lines[*headings.first()?].level {
            Some(NUMBERED) => 0,
            _ => headings.iter().position(is_title).unwrap_or(0) + 1,
        };
        let title = first.checked_sub(1).map(|title| &lines[headings[title]].text);
        let of_data = |title: &Text| lexicon().documents.says(title, DocumentKind::PrivacyPolicy);
        if title.is_some_and(|title| says_cookie(title) && !of_data(title)) {
            return None;
        }
        let cookies = first + headings[first..].iter().position(|at| says_cookie(&lines[*at].text))?;
        Some(Self { lines, headings, first, cookies })
    }

    fn heading(&self, part: usize) -> &Line {
        &self.lines[self.headings[part]]
    }

    /// The part below the title that a row stands in.
    fn at(&self, row: &CookieRow) -> Option<usize> {
        let line = row.evidence.line?;
        let above = self.headings.partition_point(|at| self.lines[*at].number < line);
        let ends = self.headings.get(above).map_or(u32::MAX, |next| self.lines[*next].number);
        (above > self.first && row.evidence.end_line.unwrap_or(line) < ends).then(|| above - 1)
    }

    /// True for a part before that of cookies, or numbered as it is, that says no word of them.
    fn is_of_other_things(&self, part: usize) -> bool {
        let (own, cookies) = (self.heading(part), self.heading(self.cookies));
        let beside =
            own.level == cookies.level && numbers(&own.text) > 0 && numbers(&own.text) == numbers(&cookies.text);
        let end = self.headings.get(part + 1).copied().unwrap_or(self.lines.len());
        (part < self.cookies || part > self.cookies && beside)
            && !self.above(part).any(|heading| heads_cookies(&heading.text))
            && !self.lines[self.headings[part]..end].iter().any(|line| says_cookie(&line.text))
    }

    /// The heading of a part, and those that it stands below, but for the title.
    fn above(&self, part: usize) -> impl Iterator<Item = &Line> {
        let mut least = u8::MAX;
        (self.first..=part).rev().map(|part| self.heading(part)).filter(move |heading| {
            let level = heading.level.unwrap_or(u8::MAX);
            let over = level < least;
            least = least.min(level);
            over
        })
    }
}

/// The lines of a block, each with its number as far as the block says.
fn lines_of(block: &Block) -> Vec<Line> {
    let span = block.span;
    match &block.content {
        Content::Heading { level, text } => {
            vec![Line { number: span.end_line, text: text.text.clone(), level: Some(*level) }]
        }
        Content::Table(table) => table
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| (row.span.line, cell)))
            .map(|(number, cell)| Line { number, text: cell.text.text.clone(), level: None })
            .collect(),
        _ => {
            let text = block.rich().map_or("", |rich| rich.text.as_str());
            let numbered = text.split('\n').zip(span.line..);
            let line = |(text, number): (&str, u32)| Line {
                number: number.min(span.end_line),
                text: Text::from(text),
                level: heads_by_number(text).then_some(NUMBERED),
            };
            numbered.map(line).collect()
        }
    }
}

/// "3. Cookies": a few words behind a number, and no sentence.
fn heads_by_number(line: &str) -> bool {
    const MOST_WORDS: usize = 8;
    let ends = line.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | ')'));
    let numbered = |word: &str| word.ends_with(['.', ')', '、']) && parts_of_numeral(word) > 0;
    let words = || line.split_whitespace();
    ends && words().next().is_some_and(numbered) && (2..=MOST_WORDS).contains(&words().take(MOST_WORDS + 1).count())
}

/// True for the heading of cookies, of a group of them, or of whose they are.
fn heads_cookies(heading: &Text) -> bool {
    says_cookie(heading) || category::classify(heading).is_some() || names_owner(heading)
}

fn says_cookie(text: &Text) -> bool {
    lexicon().names.says(text, NameWord::Cookie)
}
