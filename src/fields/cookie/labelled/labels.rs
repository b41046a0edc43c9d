//! The labels that a document teaches: a text that stands again and again before other values labels them, in whatever language.
//!
//! Which field it labels, all its values tell together, as the cells of a column do.

use rustc_hash::FxHashMap;

use crate::block::{Block, Content, Rich, Table};
use crate::lexicon::Field;
use crate::table::{Columns, GridRow, key_of};
use crate::text::{COLONS, Span, caseless, colons, fits, lines, opens_words, sets_off, split_at_colon, word_count};
use crate::value::{category, duration, host, name};

/// A text is a label where it stands before values at least so often.
const LEAST_TIMES: usize = 3;
/// A label has at most this many bytes and words.
const LONGEST: usize = 60;
const MOST_WORDS: usize = 4;
/// A line of several labels and values has at most this many bytes.
const LONGEST_PAIRS: usize = 1_500;
/// A record says at least so many things, what stands over it among them.
const LEAST_CELLS: usize = 3;
/// Records that are looked at to see what a label stands before.
const SAMPLE: usize = 40;

/// Labels that no lexicon knows, with the fields that their values look like.
#[derive(Debug, Default)]
pub struct Labels {
    fields: FxHashMap<String, Field>,
}

impl Labels {
    /// Learns the labels of a document.
    pub fn of(blocks: &[Block]) -> Self {
        let within = WithinLines::of(blocks);
        let mut said = Vec::new();
        blocks.iter().for_each(|block| add_block(&mut said, block, &within));
        put_below_labels(&mut said);
        let labels = repeated(said.iter().filter_map(|said| said.label));
        if labels.iter().all(|label| key_of(label).is_some()) {
            return Self::default();
        }

        Self { fields: fields(&labels, &said) }
    }

    /// True where the document has taught none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The field that a text names as a label and nothing else, by the lexicon or by what the document has taught.
    pub fn key_of(&self, text: &str) -> Option<Field> {
        key_of(text).or_else(|| self.learned(text))
    }

    /// The field of a label that no lexicon knows.
    pub fn learned(&self, text: &str) -> Option<Field> {
        if self.fields.is_empty() { None } else { self.fields.get(&caseless(bare(text))).copied() }
    }
}

/// Something printed, with the label that stands before it.
#[derive(Debug, Clone, Copy)]
struct Said<'a> {
    label: Option<&'a str>,
    text: &'a str,
    /// True where a table begins, or an item, or a paragraph.
    begins: bool,
    /// True for a heading: what stands between it and the labels says more of what it names.
    heading: bool,
}

/// Where the pairs begin in lines that hold several, one behind the other: "Name: a_b Lives: 1 year".
///
/// The longest run of words before a colon that comes as often as its last word does is the label: the words before it change.
struct WithinLines<'a> {
    times: FxHashMap<&'a str, usize>,
}

impl<'a> WithinLines<'a> {
    fn of(blocks: &'a [Block]) -> Self {
        let mut times: FxHashMap<&str, usize> = FxHashMap::default();
        for line in blocks.iter().filter_map(Block::rich).flat_map(|rich| lines(&rich.text)) {
            for colon in colons_of_pairs(line) {
                runs_before(line, colon).for_each(|start| *times.entry(&line[start..colon]).or_default() += 1);
            }
        }
        Self { times }
    }

    /// The pairs of a line; none where it holds no second one.
    fn pairs(&self, line: &'a str) -> Vec<&'a str> {
        let mut starts: Vec<usize> =
            colons_of_pairs(line).into_iter().filter_map(|colon| self.start(line, colon)).collect();
        starts.dedup();
        if starts.len() < 2 || starts[0] != 0 {
            return Vec::new();
        }
        let ends = starts.iter().skip(1).copied().chain([line.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| &line[start..end]).collect()
    }

    fn start(&self, line: &str, colon: usize) -> Option<usize> {
        let times = |start: usize| self.times.get(&line[start..colon]).copied().unwrap_or_default();
        let least = times(runs_before(line, colon).next()?);
        let labels = runs_before(line, colon).filter(|start| times(*start) == least && may_label(&line[*start..colon]));
        labels.last().filter(|_| least >= LEAST_TIMES)
    }
}

/// The colons of a line that set off a value, where there are several.
fn colons_of_pairs(line: &str) -> Vec<usize> {
    if line.len() > LONGEST_PAIRS {
        return Vec::new();
    }
    let colons: Vec<usize> = colons(line).filter(|colon| sets_off(line, *colon)).collect();
    if colons.len() < 2 { Vec::new() } else { colons }
}

/// Where the last words before a colon begin: of one, of two, of three.
fn runs_before(line: &str, colon: usize) -> impl Iterator<Item = usize> {
    let before = &line[..colon];
    let blanks = before.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    let few = before.split_whitespace().count() <= MOST_WORDS;
    blanks.chain(few.then_some(0)).take(MOST_WORDS).filter(move |start| *start < colon)
}

fn add_block<'a>(said: &mut Vec<Said<'a>>, block: &'a Block, within: &WithinLines<'a>) {
    match &block.content {
        Content::Table(table) => add_table(said, table),
        Content::Furniture(_) => {}
        _ => {
            let first = said.len();
            let may_open: fn(char) -> bool = match block.content {
                Content::ListItem { .. } => char::is_alphabetic,
                _ => opens_words,
            };
            for line in block.rich().into_iter().flat_map(|rich| lines(&rich.text)) {
                let pairs = within.pairs(line);
                said.extend(pairs.iter().map(|pair| said_in(pair, may_open)));
                said.extend(pairs.is_empty().then(|| said_in(line, may_open)));
            }
            let heading = matches!(block.content, Content::Heading { .. });
            said[first..].iter_mut().take(1).for_each(|said| (said.begins, said.heading) = (true, heading));
        }
    }
}

/// The rows of a table of two columns; a wider one has headers.
fn add_table<'a>(said: &mut Vec<Said<'a>>, table: &'a Table) {
    let pair = |row: &'a crate::block::Row| {
        let mut filled = row.cells.iter().filter(|cell| !cell.text.is_blank());
        let (label, value) = (filled.next()?, filled.next()?);
        filled.next().is_none().then_some((label.text.text.as_str(), value.text.text.as_str()))
    };
    let pairs: Option<Vec<_>> = table.rows.iter().filter(|row| !row.is_blank()).map(pair).collect();
    let pairs = pairs.into_iter().flatten().enumerate();
    said.extend(pairs.map(|(index, (label, text))| Said {
        label: Some(bare(label)).filter(|label| may_label(label)),
        text,
        begins: index == 0,
        heading: false,
    }));
}

/// What a line says behind a label that begins with such a character, or without one.
fn said_in(line: &str, may_open: fn(char) -> bool) -> Said<'_> {
    let parts = split_at_colon(line).filter(|(label, _)| fits(label, LONGEST) && sets_off(line, label.len()));
    let parts = parts.map(|(label, text)| (label.trim(), text));
    let (label, text) = parts.filter(|(label, _)| label.starts_with(may_open) && are_few_words(label)).unzip();
    Said { label, text: text.unwrap_or(line), begins: false, heading: false }
}

/// Without white space around, and without a colon at the end.
fn bare(label: &str) -> &str {
    label.trim().trim_end_matches(COLONS).trim_end()
}

/// A few words that begin with a capital, and are no value of a field.
fn may_label(text: &str) -> bool {
    text.starts_with(opens_words) && are_few_words(text)
}

fn are_few_words(text: &str) -> bool {
    let few = fits(text, LONGEST) && word_count(text) <= MOST_WORDS;
    few && !text.ends_with(['.', ',', ';', '。', '，', '；'])
}

fn is_value(text: &str) -> bool {
    name::likeness(text) >= name::CONVINCING
        || duration::likeness(text) >= 0.6
        || host::likeness(text) >= 1.0
        || category::likeness(text) >= 0.9
}

/// Gives what stands below a label the label, where labels stand on lines of their own.
fn put_below_labels(said: &mut Vec<Said<'_>>) {
    let mut times: FxHashMap<&str, Times> = FxHashMap::default();
    let short = |said: &Said<'_>| said.label.is_none() && fits(said.text, LONGEST);
    for line in said.iter().filter(|said| short(said)) {
        times.entry(bare(line.text)).or_default().all += 1;
    }
    times.retain(|text, times| times.all >= LEAST_TIMES && may_label(text) && !is_value(text));
    if times.is_empty() {
        return;
    }
    // What stands right below a label is its value, even where it comes again and again as well.
    let mut below = false;
    for line in said.iter() {
        let known = times.get_mut(bare(line.text)).filter(|_| line.label.is_none() && !below);
        below = known.is_some();
        known.into_iter().for_each(|times| times.labels += 1);
    }
    times.retain(|_, times| times.labels >= LEAST_TIMES && times.labels * 5 >= times.all * 4);
    let mut waiting: Option<Said> = None;
    said.retain_mut(|line| {
        if let Some(label) = waiting.take() {
            *line = Said { label: Some(bare(label.text)), begins: label.begins, ..*line };
        } else if line.label.is_none() && times.contains_key(bare(line.text)) {
            waiting = Some(*line);
        }
        waiting.is_none()
    });
}

/// How often a line stands, and how often of these as a label.
#[derive(Debug, Default)]
struct Times {
    all: usize,
    labels: usize,
}

/// The labels that come again and again, in the order of their first place.
fn repeated<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut order = Vec::new();
    for label in labels {
        let count = counts.entry(label).or_default();
        *count += 1;
        if *count == LEAST_TIMES {
            order.push(label);
        }
    }
    order.retain(|label| !is_value(label));
    order
}

/// The fields of labels that no lexicon knows: what all values look like, the known ones among them, each label a column.
///
/// Of records that say more than one thing, and that have a name and how long it lives or what it is for.
fn fields(labels: &[&str], said: &[Said<'_>]) -> FxHashMap<String, Field> {
    let mut rows = records(labels, said);
    rows.retain(|row| row.filled() >= LEAST_CELLS);
    let headers: Vec<Rich> = std::iter::once("").chain(labels.iter().copied()).map(Rich::plain).collect();
    let columns = Columns::assign(&headers, &rows, headers.len());
    let says = |field: Field| columns.column(field).is_some_and(|column| is_dense(&rows, column));
    if !columns.declares_cookies() || !says(Field::Name) || !(says(Field::Duration) || says(Field::Purpose)) {
        return FxHashMap::default();
    }
    let learned = labels.iter().zip(1..).filter(|(label, column)| key_of(label).is_none() && is_dense(&rows, *column));
    let learned = learned.filter_map(|(label, column)| Some((caseless(label), columns.roles[column].field?)));
    learned.filter(|(_, field)| *field != Field::Extra).collect()
}

/// True for a column that most rows fill.
fn is_dense(rows: &[GridRow], column: usize) -> bool {
    let filled = rows.iter().filter(|row| !row.cells[column].is_blank()).count();
    filled >= LEAST_TIMES && filled * 5 >= rows.len() * 3
}

/// What is said by label, a row for each record; the first cell is what stands over the record.
fn records(labels: &[&str], said: &[Said<'_>]) -> Vec<GridRow> {
    let columns: FxHashMap<&str, usize> = labels.iter().zip(1..).map(|(label, column)| (*label, column)).collect();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut above: Option<&Said> = None;
    let mut begins = true;
    for said in said {
        begins |= said.begins;
        let Some(column) = said.label.and_then(|label| columns.get(label)).copied() else {
            above = above.filter(|above| above.heading && !said.heading).or(Some(said));
            continue;
        };
        let open = rows.last().is_some_and(|row| row[column].is_empty() && !(begins && above.is_some()));
        if !open {
            if rows.len() == SAMPLE {
                break;
            }
            rows.push(vec![""; labels.len() + 1]);
            rows.last_mut().expect("pushed")[0] = above.map_or("", |above| above.text);
        }
        rows.last_mut().expect("a row was opened")[column] = said.text;
        (above, begins) = (None, false);
    }
    // What stands over one record of several heads them all, and is no value.
    let opened = rows.iter().filter(|row| !row[0].is_empty()).count() * 2 > rows.len();
    rows.iter_mut().filter(|_| !opened).for_each(|row| row[0] = "");
    rows.iter().map(|cells| grid_row(cells)).collect()
}

fn grid_row(cells: &[&str]) -> GridRow {
    let cells = cells.iter().map(|text| Rich::plain(text.trim())).collect();
    GridRow { cells, span: Span::line(1), printed: 0..0, head: false, spanning: false, missing: 0 }
}
