//! Cookie rows from keys and values outside tables: `Name: …` lines, and labels that stand on a line of their own.

use super::from_table::add_pair;
use super::lead::Leads;
use super::record::Record;
use crate::block::{Block, Content, Rich};
use crate::document::FoundIn;
use crate::lexicon::Field;
use crate::table::key_of;
use crate::text::Span;
use crate::value::name;

/// A label has at most this many characters.
const LONGEST_LABEL: usize = 60;
/// A value that stands below its label takes at most this many lines.
const MOST_VALUE_LINES: usize = 6;

/// Records read from keys and values, and which blocks they took.
#[derive(Debug, Default)]
pub struct Keyed {
    /// The records, in order.
    pub records: Vec<Record>,
    /// For each block, whether it is part of a record.
    pub taken: Vec<bool>,
}

/// Reads every run of keys and values among some blocks.
pub fn records(blocks: &[Block], leads: &mut Leads) -> Keyed {
    let lines = lines(blocks);
    let mut keyed = Keyed { records: Vec::new(), taken: vec![false; blocks.len()] };
    let mut open: Option<Open> = None;
    let mut passed = 0;
    for line in &lines {
        while passed < line.block {
            leads.pass(&blocks[passed]);
            passed += 1;
        }
        let ends = match (&line.kind, &mut open) {
            (LineKind::Pair { key: Some(Field::Name), .. } | LineKind::Label { key: Field::Name, .. }, _) => true,
            (LineKind::Text, Some(record)) => !record.takes_text(line),
            (LineKind::Text, None) => false,
            (_, Some(record)) => !record.takes_pair(line),
            (_, None) => false,
        };
        if ends {
            close(open.take(), &mut keyed);
            if line.begins_record() {
                open = Some(Open::begin(line, leads));
            }
        }
    }
    close(open, &mut keyed);
    keyed
}

/// One line of a block.
struct Line {
    block: usize,
    text: Rich,
    span: Span,
    heading: bool,
    kind: LineKind,
}

enum LineKind {
    /// `Label: value`.
    Pair { key: Option<Field>, label: Rich, value: Rich },
    /// A label alone.
    Label { key: Field },
    /// Anything else.
    Text,
}

impl Line {
    fn begins_record(&self) -> bool {
        match &self.kind {
            LineKind::Pair { key, value, .. } => {
                *key == Some(Field::Name) && name::cell_likeness(value) >= name::POSSIBLE
            }
            LineKind::Label { key } => *key == Field::Name,
            LineKind::Text => false,
        }
    }
}

fn lines(blocks: &[Block]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Some(rich) = block.rich().filter(|_| !block.is_furniture()) else { continue };
        let pieces = rich.lines();
        let count = pieces.len() as u32;
        let height = block.span.end_line - block.span.line + 1;
        for (number, text) in pieces.into_iter().enumerate() {
            let offset = if height >= count { number as u32 } else { 0 };
            let line = block.span.line + offset.min(height - 1);
            let span = Span { line, end_line: line, page: block.span.page };
            let heading = matches!(block.content, Content::Heading { .. });
            lines.push(Line { block: index, kind: line_kind(&text), text, span, heading });
        }
    }
    lines
}

fn line_kind(text: &Rich) -> LineKind {
    let printed = text.text.trim();
    if printed.chars().count() <= LONGEST_LABEL
        && let Some(key) = key_of(printed.trim_end_matches(':').trim())
    {
        return LineKind::Label { key };
    }
    for separator in [": ", ":\u{a0}", " – ", " - ", "- ", ":"] {
        let Some(at) = text.text.find(separator).filter(|at| *at > 0 && *at <= LONGEST_LABEL) else { continue };
        let label = text.slice(0, at);
        let value = text.slice(at + separator.len(), text.text.len());
        if let Some(key) = key_of(&label.text).filter(|_| !value.is_blank()) {
            return LineKind::Pair { key: Some(key), label, value };
        }
        if is_label_like(&label.text) && separator.starts_with([':', ' ']) {
            return LineKind::Pair { key: None, label, value };
        }
    }
    LineKind::Text
}

/// A few words that could be a label in words that the lexicon does not know.
fn is_label_like(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= 4 && text.chars().next().is_some_and(char::is_uppercase) && name::likeness(text) < name::CONVINCING
}

/// A record that is being read.
struct Open {
    record: Record,
    blocks: Vec<usize>,
    /// The label that waits for its value, and how many lines it has taken.
    waiting: Option<Waiting>,
    pairs: usize,
}

struct Waiting {
    key: Field,
    label: Rich,
    value: Rich,
    lines: usize,
}

impl Open {
    fn begin(line: &Line, leads: &Leads) -> Self {
        let record = Record::new(line.span, FoundIn::KeyValue, leads);
        let mut open = Self { record, blocks: Vec::new(), waiting: None, pairs: 0 };
        open.takes_pair(line);
        open
    }

    /// A key that the record has already ends it.
    fn takes_pair(&mut self, line: &Line) -> bool {
        self.settle();
        match &line.kind {
            LineKind::Pair { key, label, value } => {
                add_pair(&mut self.record, *key, label, value);
                self.pairs += 1;
            }
            LineKind::Label { key } => {
                let known = *key != Field::Extra && self.record.fields.iter().any(|field| field.field == *key);
                if known {
                    return false;
                }
                self.waiting = Some(Waiting { key: *key, label: line.text.clone(), value: Rich::default(), lines: 0 });
            }
            LineKind::Text => return false,
        }
        self.reach(line);
        true
    }

    /// Text below a label is its value; a heading never is, but for the name.
    fn takes_text(&mut self, line: &Line) -> bool {
        let Some(waiting) = self.waiting.as_mut() else { return false };
        let first = waiting.lines == 0;
        let room = waiting.lines < MOST_VALUE_LINES && (first || waiting.key == Field::Purpose && !line.heading);
        let fits = waiting.key != Field::Name || name::cell_likeness(&line.text) >= name::POSSIBLE;
        if !room || !fits {
            return false;
        }
        waiting.value.push("\n", &line.text);
        waiting.lines += 1;
        self.reach(line);
        true
    }

    fn reach(&mut self, line: &Line) {
        self.record.span = self.record.span.join(line.span);
        self.blocks.push(line.block);
    }

    fn settle(&mut self) {
        if let Some(waiting) = self.waiting.take().filter(|waiting| !waiting.value.is_blank()) {
            add_pair(&mut self.record, Some(waiting.key), &waiting.label, &waiting.value);
            self.pairs += 1;
        }
    }
}

/// A record counts where it has a name and says something about it.
fn close(open: Option<Open>, keyed: &mut Keyed) {
    let Some(mut open) = open else { return };
    open.settle();
    let named = open.record.fields.iter().any(|field| field.field == Field::Name);
    if named && open.pairs >= 2 {
        open.blocks.iter().for_each(|block| keyed.taken[*block] = true);
        keyed.records.push(open.record);
    }
}
