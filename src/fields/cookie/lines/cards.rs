//! Cookies printed as cards without labels: a name, and below it lines that always come in one order, one of them how long it lives.
//!
//! One such name may be any word. Told are names that come again and again under groups of cookies, with a lifetime as many lines below.

use std::collections::BTreeMap;

use super::even_rows::likeness_of_entries;
use super::line::{Line, pass_grouped};
use crate::block::{Block, Rich};
use crate::document::FoundIn;
use crate::fields::cookie::labelled::labelled_line::is_pair;
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::{Extra, Record};
use crate::lexicon::{Field, lexicon};
use crate::table::{Columns, GridRow, key_of};
use crate::text::Span;
use crate::value::{category, duration, host, name, term};

/// A document has at least so many cards.
const LEAST_CARDS: usize = 3;
/// A card has at most so many lines.
const TALLEST: usize = 6;
/// A line that says how long a cookie lives, and perhaps whose it is, has at most so many words.
const MOST_WORDS: usize = 12;
/// A name right below a card has at least this likeness.
const LEAST_NAMED: f32 = 0.3;
/// What parts the values of one line.
const PARTS: [&str; 4] = [" · ", " • ", " | ", " – "];

/// Reads the cards among some lines; their blocks are marked as taken.
pub fn records(blocks: &[Block], lines: &[Line], leads: &Leads, taken: &mut [bool]) -> Vec<Record> {
    let Some(shape) = Shape::of(lines) else { return Vec::new() };
    let cards = shape.cards(lines);
    let form = Form::of(&cards, lines, shape);
    let rows: Vec<GridRow> = cards.iter().map(|card| form.row(&lines[*card..*card + shape.height])).collect();
    let columns = Columns::assign(&[], &rows, form.width());
    if form.is_labelled()
        || rows.len() < LEAST_CARDS
        || !columns.declares_cookies()
        || columns.column(Field::Duration).is_none()
    {
        return Vec::new();
    }
    let mut leads = leads.clone();
    let mut passed = 0;
    let mut records = Vec::with_capacity(rows.len());
    for (card, row) in cards.iter().copied().zip(rows) {
        pass_grouped(&mut leads, blocks, &lines[passed..card]);
        passed = card + shape.height;
        records.push(record(row, &columns, &leads));
    }
    let grouped = records.iter().filter(|record| record.lead.is_some()).count();
    if grouped * 2 < records.len() {
        return Vec::new();
    }
    cards.iter().flat_map(|card| &lines[*card..*card + shape.height]).for_each(|line| taken[line.block] = true);
    records
}

fn record(row: GridRow, columns: &Columns, leads: &Leads) -> Record {
    let mut record = Record::new(row.span, FoundIn::Lines, leads);
    for (cell, role) in row.cells.into_iter().zip(&columns.roles) {
        match role.field.filter(|field| *field != Field::Extra) {
            Some(field) => record.set(field, cell),
            None if cell.is_blank() => {}
            None => record.extra.push(Extra::new("", &cell.text)),
        }
    }
    record
}

/// How many lines a card has, its name among them, and how far below the name the one with the lifetime stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    height: usize,
    lifetime: usize,
}

impl Shape {
    /// The shape of most names of some lines.
    fn of(lines: &[Line]) -> Option<Self> {
        let names: Vec<usize> = (0..lines.len()).filter(|at| is_name(&lines[*at])).collect();
        if names.len() < LEAST_CARDS {
            return None;
        }
        let mut shapes: BTreeMap<Self, usize> = BTreeMap::new();
        let mut lifetimes: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, at) in names.iter().copied().enumerate() {
            let next = names.get(index + 1).map_or(lines.len(), |next| *next);
            let Some(lifetime) = (1..TALLEST.min(next - at)).find(|below| lives(&lines[at + below])) else { continue };
            *lifetimes.entry(lifetime).or_default() += 1;
            if next - at <= TALLEST {
                *shapes.entry(Self { height: next - at, lifetime }).or_default() += 1;
            }
        }
        let (shape, _) = shapes.into_iter().min_by_key(|(shape, count)| (std::cmp::Reverse(*count), *shape))?;
        let alike = lifetimes.get(&shape.lifetime).copied().unwrap_or_default();
        (alike >= LEAST_CARDS && alike * 5 >= names.len() * 3).then_some(shape)
    }

    /// Where cards begin. Right below a card, or beside a sure one, a word that could be any is a name too.
    fn cards(self, lines: &[Line]) -> Vec<usize> {
        let mut cards: Vec<usize> = Vec::new();
        let mut at = 0;
        while at + self.height <= lines.len() {
            let adjoins = cards.last().is_some_and(|card| card + self.height == at);
            let named = is_name(&lines[at]) || adjoins && likeness_of_entries(&lines[at].text.text) >= LEAST_NAMED;
            if named && self.is_card(&lines[at..at + self.height]) {
                cards.push(at);
                at += self.height;
            } else {
                at += 1;
            }
        }
        cards
    }

    /// A lifetime in its place, and no other name or label.
    fn is_card(self, lines: &[Line]) -> bool {
        let below = &lines[1..];
        lives(&lines[self.lifetime])
            && !below.iter().any(|line| is_name(line) || heads_group(line) || is_pair(&line.text))
    }
}

/// A text without markup leaves what stands alone on a line like a heading: one of a group ends a card.
fn heads_group(line: &Line) -> bool {
    line.heading && category::likeness(&line.text.text) >= 0.9
}

/// A single token that is no word and no service: `a_b`.
fn is_name(line: &Line) -> bool {
    let text = &line.text.text;
    likeness_of_entries(text) >= name::CONVINCING && !lexicon().services.is_name(text) && host::likeness(text) < 1.0
}

/// How long a cookie lives, alone or beside whose it is.
fn lives(line: &Line) -> bool {
    let text = line.text.text.as_str();
    let few = line.text.text.word_count() <= MOST_WORDS;
    let lifetime = |part: &str| duration::likeness(part.trim()) >= 0.8;
    few && (lifetime(text) || PARTS.iter().any(|mark| text.split(mark).any(lifetime) && text.contains(mark)))
}

/// What the lines of a card say: each a value, or several that a mark parts, or a label that is no value.
struct Form {
    lines: Vec<Content>,
    /// Which of them says how long the cookie lives.
    lifetime: usize,
}

#[derive(Clone, Copy)]
enum Content {
    Value,
    Values { mark: &'static str, count: usize },
    Label,
}

impl Form {
    fn of(cards: &[usize], lines: &[Line], shape: Shape) -> Self {
        let below = |line: usize| cards.iter().map(move |card| lines[card + line].text.text.as_str());
        let content = |line: usize| match () {
            () if line > 0 && is_label(below(line)) => Content::Label,
            () if line == 0 => Content::Value,
            () => parted(&below(line).collect::<Vec<_>>()),
        };
        Self { lines: (0..shape.height).map(content).collect(), lifetime: shape.lifetime }
    }

    /// True where a label stands above a value: then it says what that is, and the card is none without labels.
    fn is_labelled(&self) -> bool {
        self.lines[..self.lifetime].iter().any(|content| matches!(content, Content::Label))
    }

    fn width(&self) -> usize {
        let width = |content: &Content| match content {
            Content::Value => 1,
            Content::Values { count, .. } => *count,
            Content::Label => 0,
        };
        self.lines.iter().map(width).sum()
    }

    fn row(&self, card: &[Line]) -> GridRow {
        let mut cells = Vec::with_capacity(self.width());
        for (line, content) in card.iter().zip(&self.lines) {
            match content {
                Content::Value => cells.push(line.text.clone()),
                Content::Values { mark, count } => {
                    cells.extend(line.text.text.splitn(*count, mark).map(|part| Rich::plain(part.trim())));
                }
                Content::Label => {}
            }
        }
        let span = card.iter().map(|line| line.span).reduce(Span::join).expect("a card has a name");
        GridRow { cells, span, printed: 0..0, head: false, spanning: false, missing: 0 }
    }
}

/// A label stands the same in each card, and is no value by itself.
fn is_label<'a>(mut lines: impl Iterator<Item = &'a str>) -> bool {
    let Some(first) = lines.next() else { return false };
    let value = term::storage(first).is_some() || term::party(first).is_some() || category::likeness(first) >= 0.9;
    !value && (key_of(first).is_some() || first.split_whitespace().count() == 1) && lines.all(|line| line == first)
}

/// The mark that parts each of some lines into as many values.
fn parted(lines: &[&str]) -> Content {
    let counts = |mark: &str| lines.iter().map(|line| line.matches(mark).count() + 1).min().unwrap_or(1);
    let found = PARTS.iter().map(|mark| (*mark, counts(mark))).find(|(_, count)| *count > 1);
    found.map_or(Content::Value, |(mark, count)| Content::Values { mark, count })
}
