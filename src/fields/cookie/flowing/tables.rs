//! Tables in text that flows on: a whole page on one line, as scrapers leave it that put a blank between all its pieces.
//!
//! A run of headers names the columns in their order. What follows is rows of them for as long as the sum of how well all cells fit grows,
//! with the names of groups between the rows. Nothing is read where names and values do not show their look.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::parts::Parts;
use crate::fields::cookie::lines::best_cut::{Cuts, Flow, best_rows};
use crate::fields::cookie::lines::fitness::FITTING;
use crate::fields::cookie::lines::joined_cells::{
    Column, CutRow, Cutter, Header, WordCuts, first_likeness, printed, word_places,
};
use crate::fields::cookie::lines::line_header::names_a_group;
use crate::lexicon::{Field, Hit, Words, lexicon};
use crate::text::{SENTENCE_ENDS, Span, Text, collapse};
use crate::value::{category, name};

/// Columns that a run of headers names at least.
const LEAST_COLUMNS: usize = 3;
/// A table is looked for in so many words behind its headers.
const LONGEST_BODY: usize = 2_500;
/// Words of one line in which tables are looked for, all together: each takes time by the length of the longest cell.
const MOST_BODIES: usize = 6_000;
/// Words of a header that no lexicon knows, between others.
const MOST_UNKNOWN: usize = 3;
/// A word that could be any is a name where its row is worth so much more.
const DOUBTED: f32 = 0.6;

/// True where the headers of a line could be those of a table: some stand near one another, a name's among them.
pub fn may_head(headers: &[Hit<Field>]) -> bool {
    // The lexicon may count a printed word as two.
    let near = |one: &Hit<Field>, next: &Hit<Field>| next.start <= one.start + one.words + 2 * MOST_UNKNOWN;
    let named = |run: &[Hit<Field>]| run.iter().any(|header| header.meaning == Field::Name);
    headers.chunk_by(near).any(|run| run.len() >= LEAST_COLUMNS && named(run))
}

/// Parts a line into its tables and what stands around them; false where there is none.
pub fn part(text: &str, parts: &mut Parts) -> bool {
    Flowing::of(text).is_some_and(|flowing| flowing.part(parts))
}

/// A line with the headers in it.
struct Flowing {
    text: String,
    words: Vec<Range<usize>>,
    heads: Vec<Head>,
}

/// A run of headers: its words and its columns.
struct Head {
    words: Range<usize>,
    header: Header,
}

/// The rows below some headers.
struct Body {
    groups: Vec<Group>,
    /// The first word behind them.
    end: usize,
}

/// Rows, and the words before them that name their group.
struct Group {
    label: Range<usize>,
    rows: Vec<CutRow>,
}

impl Flowing {
    fn of(text: &str) -> Option<Self> {
        let text = collapse(text);
        let words = word_places(&text);
        let heads = heads(&text, &words);
        (!heads.is_empty()).then_some(Self { text, words, heads })
    }

    fn text(&self, words: &Range<usize>) -> &str {
        printed(&self.text, &self.words, words)
    }

    fn part(&self, parts: &mut Parts) -> bool {
        let bodies: Vec<(&Head, Body)> = self.bodies(parts.span()).collect();
        let mut passed = 0;
        for (head, body) in &bodies {
            parts.push_between(self.text(&(passed..head.words.start)));
            for group in &body.groups {
                if !group.label.is_empty() {
                    parts.push_group(self.text(&group.label));
                }
                parts.push_table(head.header.table(&group.rows, parts.span()));
            }
            passed = body.end;
        }
        if !bodies.is_empty() {
            parts.push_between(self.text(&(passed..self.words.len())));
        }
        !bodies.is_empty()
    }

    /// The heads below which rows stand, with those.
    fn bodies(&self, span: Span) -> impl Iterator<Item = (&Head, Body)> {
        let next = |at: usize| self.heads.get(at + 1).map_or(self.words.len(), |next| next.words.start);
        let mut left = MOST_BODIES;
        self.heads.iter().enumerate().filter_map(move |(at, head)| {
            let first = head.words.end;
            let end = next(at).min(first + LONGEST_BODY.min(left));
            left -= end - first;
            Some((head, self.body(head, end, span)?))
        })
    }

    /// The rows that follow a head, up to a word.
    fn body(&self, head: &Head, end: usize, span: Span) -> Option<Body> {
        let first = head.words.end;
        let words = &self.words[first..end];
        let cutter = Cutter { header: &head.header, providers: BTreeSet::new() };
        let cuts = WordCuts { cutter: &cutter, text: &self.text, words };
        let mut rows = best_rows(words.len(), &FlowingCuts(&cuts));
        if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
            cell.end = cuts.end_of_text(cell.clone());
        }
        let mut body = Body { groups: Vec::new(), end: first };
        let mut end = 0;
        for cells in rows {
            let label = end..cells[0].start;
            end = cells[cells.len() - 1].end;
            let row = cuts.row(cells, span);
            if !cutter.believes(&row) || !(is_sure(&row, &cutter) || cutter.is_full(&row)) {
                continue;
            }
            let label = first + label.start..first + label.end;
            body.end = first + end;
            match body.groups.last_mut().filter(|_| label.is_empty()) {
                Some(group) => group.rows.push(row),
                None => body.groups.push(Group { label, rows: vec![row] }),
            }
        }
        (0..cutter.name()).for_each(|column| body.fill_down(column));
        body.is_believed(&cutter).then_some(body)
    }
}

/// True where the name is one beyond doubt.
fn is_sure(row: &CutRow, cutter: &Cutter) -> bool {
    name::text_likeness(&row.cells[cutter.name()]) >= name::CONVINCING
}

impl Body {
    /// Whose the cookies are is printed once, where it reaches over the rows below: no two neighbours print the same.
    fn fill_down(&mut self, column: usize) {
        let rows = || self.groups.iter().flat_map(|group| &group.rows).map(|row| row.cells[column].as_str());
        let repeats = rows().zip(rows().skip(1)).any(|(above, below)| !above.is_empty() && above == below);
        if repeats || rows().next().is_none_or(str::is_empty) {
            return;
        }
        let mut last = String::new();
        for row in self.groups.iter_mut().flat_map(|group| &mut group.rows) {
            match row.cells[column].is_empty() {
                true => row.cells[column].clone_from(&last),
                false => last.clone_from(&row.cells[column]),
            }
        }
    }

    /// A name beyond doubt at least; of several rows half have such a name or nearly all show their look, and a single one does.
    fn is_believed(&self, cutter: &Cutter) -> bool {
        let rows = || self.groups.iter().flat_map(|group| &group.rows);
        let (count, sure) = (rows().count(), rows().filter(|row| is_sure(row, cutter)).count());
        let full = rows().filter(|row| cutter.is_full(row)).count();
        sure > 0 && (full == count || count > 1 && (sure * 2 >= count || full * 5 >= count * 4))
    }
}

/// The runs of headers among some words.
fn heads(text: &str, words: &[Range<usize>]) -> Vec<Head> {
    let named = named_words(text, words);
    let adjoins = |one: &NamedWords, next: &NamedWords| {
        let between = one.words.end..next.words.start;
        between.is_empty() || between.len() <= MOST_UNKNOWN && could_be_header(text, words, &between)
    };
    let runs = named.chunk_by(adjoins);
    runs.filter(|run| run.len() >= LEAST_COLUMNS).filter_map(|run| head(text, words, run)).collect()
}

/// Words that could be a header: they begin with a capital, and neither a sentence nor a name stands among them.
fn could_be_header(text: &str, words: &[Range<usize>], between: &Range<usize>) -> bool {
    let mut printed = words[between.clone()].iter().map(|word| &text[word.clone()]);
    let plain = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '/' | '-' | '(' | ')'));
    text[words[between.start].start..].starts_with(char::is_uppercase) && printed.all(plain)
}

/// The longest end of a run of headers that names each field once.
fn head(text: &str, words: &[Range<usize>], run: &[NamedWords]) -> Option<Head> {
    let printed = |place: Range<usize>| printed(text, words, &place).to_owned();
    // "Necessary cookies" are the group below, whatever a word of them may head elsewhere.
    let group = |first: &NamedWords| printed(first.words.start..run[run.len() - 1].words.end);
    let ends_with_group = |count: &usize| category::likeness(&*group(&run[run.len() - count])) >= 0.9;
    let grouped = (1..=run.len().min(MOST_UNKNOWN + 1)).rev().find(ends_with_group).unwrap_or(0);
    let run = &run[..run.len() - grouped];
    let mut fields: Vec<Field> = Vec::new();
    for named in run.iter().rev() {
        let field = named.fields[0];
        if field != Field::Extra && fields.contains(&field) {
            break;
        }
        fields.push(field);
    }
    let run = &run[run.len() - fields.len()..];
    let mut columns: Vec<Column> = Vec::new();
    let mut end = run.first()?.words.start;
    for named in run {
        if end < named.words.start {
            columns.push(Column { header: printed(end..named.words.start), fields: UNKNOWN.to_vec() });
        }
        columns.push(Column { header: printed(named.words.clone()), fields: named.fields.clone() });
        end = named.words.end;
    }
    let header = Header { columns }.with_name_apart();
    let words = run.first()?.words.start..end;
    (run.len() >= LEAST_COLUMNS && header.name().is_some()).then_some(Head { words, header })
}

/// What a column may hold whose header no lexicon knows.
const UNKNOWN: [Field; 2] = [Field::Purpose, Field::Provider];

/// Words that are a header.
pub struct NamedWords {
    pub words: Range<usize>,
    pub fields: Vec<Field>,
}

/// All headers that the lexicon knows among some words, in order.
pub fn named_words(text: &str, words: &[Range<usize>]) -> Vec<NamedWords> {
    let counted = Words::of(text);
    let hits = lexicon().headers.all_in(&counted);
    if hits.is_empty() {
        return Vec::new();
    }
    let mut printed: Vec<usize> = Vec::with_capacity(counted.len());
    for (at, word) in words.iter().enumerate() {
        printed.extend(std::iter::repeat_n(at, Words::of(&text[word.clone()]).len()));
    }
    if printed.len() != counted.len() {
        return Vec::new();
    }
    let mut found: BTreeMap<usize, NamedWords> = BTreeMap::new();
    for hit in hits {
        let (first, end) = (hit.start, hit.start + hit.words);
        let whole = (first == 0 || printed[first - 1] != printed[first])
            && printed.get(end).is_none_or(|next| *next != printed[end - 1]);
        if whole {
            let words = without_opening(text, words, printed[first]..printed[end - 1] + 1);
            found.entry(first).or_insert(NamedWords { words, fields: Vec::new() }).fields.push(hit.meaning);
        }
    }
    found.into_values().collect()
}

/// A sentence that ends a table has at most so many words more than tell that it is one.
const LONGEST_LAST: usize = 40;

impl WordCuts<'_> {
    /// Where the sentence ends that is the last cell of all: no name stands below it.
    fn end_of_text(&self, cell: Range<usize>) -> usize {
        let texts = [Field::Purpose, Field::Function];
        let last = self.cutter.header.columns.last().is_some_and(|column| texts.contains(&column.fields[0]));
        let ends = |end: &usize| self.cell(&(end - 1..*end)).ends_with(SENTENCE_ENDS);
        let most = self.words.len().min(cell.end + LONGEST_LAST);
        match last && !cell.is_empty() {
            true => (cell.end..=most).find(ends).unwrap_or(if most == self.words.len() { most } else { cell.end }),
            false => cell.end,
        }
    }
}

/// "Statistics cookies Name": a word in small letters before a capital is no part of the header that begins with it.
fn without_opening(text: &str, words: &[Range<usize>], header: Range<usize>) -> Range<usize> {
    let small = |at: usize| text[words[at].clone()].starts_with(char::is_lowercase);
    let large = |at: &usize| text[words[*at].clone()].starts_with(char::is_uppercase);
    let opening = header.clone().find(large).filter(|_| small(header.start));
    let heads = |start: &usize| !lexicon().headers.whole(printed(text, words, &(*start..header.end))).is_empty();
    opening.filter(heads).map_or(header.clone(), |start| start..header.end)
}

/// Words that are cut into row after row.
struct FlowingCuts<'a>(&'a WordCuts<'a>);

impl FlowingCuts<'_> {
    fn is_name(&self, column: usize) -> bool {
        column == self.0.cutter.name()
    }

    /// True where the name of a group stands before whose the cookies are.
    fn begins_with_group(&self, cell: &Range<usize>) -> bool {
        let mut ends = (cell.start + 1..cell.end).take(MOST_UNKNOWN + 1);
        ends.any(|end| names_a_group(&Text::from(self.0.cell(&(cell.start..end)))))
    }

    /// What a word that could be any must be worth more: most where a word in small letters goes on behind it.
    fn doubt(&self, cell: &Range<usize>) -> f32 {
        let goes_on = || self.0.cell(&(cell.end..self.0.words.len().min(cell.end + 1))).starts_with(char::is_lowercase);
        match name::text_likeness(self.0.cell(cell)) >= name::CONVINCING {
            true => 0.0,
            false if goes_on() => 4.0 * DOUBTED,
            false => DOUBTED,
        }
    }
}

impl Cuts for FlowingCuts<'_> {
    fn columns(&self) -> usize {
        self.0.columns()
    }

    fn furthest(&self, column: usize, start: usize) -> usize {
        self.0.furthest(column, start)
    }

    fn fit(&self, column: usize, cell: &Range<usize>) -> f32 {
        let cost = match column.cmp(&self.0.cutter.name()) {
            Ordering::Less if self.begins_with_group(cell) => 1.0,
            Ordering::Equal => self.doubt(cell),
            _ => 0.0,
        };
        self.0.fit(column, cell) - cost
    }
}

impl Flow for FlowingCuts<'_> {
    fn may_begin(&self, column: usize, start: usize) -> bool {
        !self.is_name(column) || first_likeness(self.0.cell(&(start..start + 1))) >= FITTING
    }

    fn must_have(&self, column: usize) -> bool {
        self.is_name(column)
    }

    fn parts_groups(&self, words: &Range<usize>) -> bool {
        names_a_group(&Text::from(self.0.cell(words)))
    }

    fn row_cost(&self) -> f32 {
        FITTING * self.columns() as f32
    }
}
