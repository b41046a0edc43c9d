//! What text that flows on is parted into: paragraphs, names of groups, tables and pairs of labels and values.

use crate::block::{Block, Content, Rich, Table};
use crate::fields::cookie::lines::joined_cells::word_places;
use crate::fields::cookie::lines::line_header::names_a_group;
use crate::text::{COLONS, SENTENCE_ENDS, Span, Text};
use crate::value::category;

/// The name of a group has at most this many words.
const MOST_GROUP_WORDS: usize = 6;
/// The share of a name that the blanks between its words take at most.
const BLANKS: f32 = 0.15;
/// The level of a heading that a text leaves as a line.
const GROUP_LEVEL: u8 = 6;

/// The parts so far.
pub struct Parts {
    blocks: Vec<Block>,
    span: Span,
}

impl Parts {
    pub fn new(span: Span) -> Self {
        Self { blocks: Vec::new(), span }
    }

    /// Where all of them stand.
    pub fn span(&self) -> Span {
        self.span
    }

    pub fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    fn push(&mut self, content: Content) {
        self.blocks.push(Block { content, span: self.span });
    }

    pub fn push_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.push(Content::Paragraph(Rich::plain(text.trim())));
        }
    }

    pub fn push_group(&mut self, text: &str) {
        self.push(Content::Heading { level: GROUP_LEVEL, text: Rich::plain(text.trim()) });
    }

    pub fn push_table(&mut self, table: Table) {
        self.push(Content::Table(table));
    }

    /// Words before a table or behind it, with the name of the group that stands last among them.
    pub fn push_between(&mut self, text: &str) {
        let Some(group) = Group::last_in(text, self.blocks.is_empty()) else {
            let (sentences, rest) = last_sentence(text);
            self.push_text(sentences);
            return self.push_text(rest);
        };
        self.push_text(&text[..group.start]);
        self.push_group(&text[group.start..group.end]);
        self.push_text(&text[group.end..]);
    }
}

/// Where the name of a group stands in a text, in bytes.
struct Group {
    start: usize,
    end: usize,
}

impl Group {
    /// The last one: at the end of the text, or where a sentence begins; at the beginning only behind other parts.
    fn last_in(text: &str, first: bool) -> Option<Self> {
        let words = word_places(text);
        let begins = |at: usize| {
            let parted = begins_sentence(&text[..words[at].start]) || at == 0 && !first;
            let counted = || words[at..].iter().take(MOST_GROUP_WORDS).any(|word| is_count(&text[word.clone()]));
            let near_end = at + MOST_GROUP_WORDS >= words.len();
            !text[words[at].start..].starts_with(char::is_lowercase) && (parted || near_end || counted())
        };
        let group = |at: usize| {
            let start = words[at].start;
            let near_end = at + MOST_GROUP_WORDS >= words.len();
            let whole = words[words.len() - 1].end;
            let ends = words[at..].iter().take(MOST_GROUP_WORDS).map(|word| word.end).collect::<Vec<_>>();
            let parted = begins_sentence(&text[..start]) || at == 0;
            let counted = |end: &usize| is_count(text[start..*end].rsplit(' ').next().unwrap_or(""));
            let allowed = |end: &usize| parted || near_end && *end == whole || counted(end);
            let groups: Vec<usize> =
                ends.into_iter().filter(|end| allowed(end) && is_group(&text[start..*end])).collect();
            let share = |end: &usize| category::named_share(&text[start..*end]);
            let best = groups.iter().map(share).fold(0.0, f32::max);
            let end = groups.into_iter().rev().find(|end| share(end) + BLANKS >= best)?;
            Some(Self { start, end })
        };
        let found = (0..words.len()).rev().filter(|at| begins(*at)).find_map(group)?;
        let share = |start: usize| category::named_share(&text[start..found.end]);
        // A group's name of several words begins with the first of them.
        let before = words.iter().rev().skip_while(|word| word.start >= found.start).take(MOST_GROUP_WORDS);
        let longer = before
            .map(|word| word.start)
            .take_while(|start| is_group(&text[*start..found.end]) && share(*start) + BLANKS >= share(found.start));
        let start = longer.filter(|start| !text[*start..].starts_with(char::is_lowercase)).last();
        Some(Self { start: start.unwrap_or(found.start), ..found })
    }
}

fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(SENTENCE_ENDS) || before.ends_with(COLONS)
}

/// "(5)"
fn is_count(word: &str) -> bool {
    let digits = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_group(text: &str) -> bool {
    names_a_group(&Text::from(text))
}

/// A text, and what follows its last full stop.
fn last_sentence(text: &str) -> (&str, &str) {
    let mut ends = text.match_indices(' ').map(|(at, _)| at).filter(|at| text[..*at].ends_with(SENTENCE_ENDS));
    text.split_at(ends.next_back().unwrap_or(text.len()))
}
