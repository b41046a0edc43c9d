//! Cookie rows from keys and values outside tables: `Name: …` lines, and labels that stand on a line of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::from_table::{add_pair, meant_by};
use super::labelled::bare_labels::BareLabels;
use super::labelled::labelled_line::{LineKind, kind_among};
use super::labelled::labels::Labels;
use super::lead::{Leads, group_that_opens};
use super::lines::line::{Line, next_said, pass_line};
use super::record::Record;
use crate::block::{Block, Rich};
use crate::document::FoundIn;
use crate::lexicon::{Field, NameWord, lexicon};
use crate::text::COLONS;
use crate::value::{category, duration, name, term};

/// A record that a label opens before its name takes at most this many lines.
const LONGEST_RECORD: usize = 16;
/// A value that stands below its label takes at most this many lines.
const MOST_VALUE_LINES: usize = 6;

/// Reads every run of keys and values among some blocks; their blocks are marked as taken.
pub(super) fn records(
    blocks: &[Block],
    lines: Vec<Line>,
    bare: &BareLabels,
    leads: &Leads,
    labels: &Labels,
    taken: &mut [bool],
) -> Vec<Record> {
    let lines = lines.into_iter().filter(|line| !taken[line.block]);
    let lines: Vec<Kinded> = lines.map(|line| Kinded { kind: kind_among(&line.text, bare, labels), line }).collect();
    let lines = with_endings_parted(lines);
    let gap = smallest_gap(&lines);
    let mut run = Run { leads: leads.clone(), open: None, records: Vec::new(), name_labels: Vec::new(), taken };
    for (index, line) in lines.iter().enumerate() {
        if run.takes_as_name(line) {
            continue;
        }
        if let Some(group) = group_led_into(&lines, index).or_else(|| group_explained(&lines, index)) {
            run.close();
            run.leads.pass_group(group, line.line.span);
            continue;
        }
        let opens = !run.renames(line) && opens_record(&lines, index, gap);
        if opens || run.ends_before(line) {
            run.close();
            if opens || is_named_entry(&lines[index..]) {
                run.begin(line);
            } else {
                run.pass(blocks, &lines, index);
            }
        }
    }
    run.close();
    run.without_groups()
}

/// The group that a block of pairs leads into which say nothing of a cookie: `id: stats`, `title: "Statistics cookies"`, `cookies:`.
fn group_led_into(lines: &[Kinded], index: usize) -> Option<&Rich> {
    let group = lines[index].group()?;
    let of_block = |line: &&Kinded| line.line.block == lines[index].line.block;
    let last = lines[index..].iter().take(LONGEST_RECORD).take_while(of_block).last()?;
    let leads = last.line.text.text.trim_end().ends_with(COLONS);
    let told = |line: &Kinded| !matches!(line.key(), None | Some(Field::Name | Field::Extra));
    let above = lines[..index].iter().rev().take(LONGEST_RECORD).take_while(of_block);
    let below = lines[index..].iter().take(LONGEST_RECORD).take_while(of_block);
    (leads && !above.chain(below).any(told)).then_some(group)
}

/// The name of a group that is a label too, over a sentence that begins with the group: "Functional", "Functional cookies help …".
fn group_explained(lines: &[Kinded], index: usize) -> Option<&Rich> {
    let LineKind::Label { key } = lines[index].kind else { return None };
    let text = &lines[index].line.text;
    let below = lines.get(index + 1).filter(|_| key != Field::Name && category::likeness(&text.text) >= 0.9)?;
    let group = group_that_opens(below.line.text.text.trim()).and_then(category::classify)?;
    (category::classify(&text.text) == Some(group)).then_some(text)
}

/// True for the first pair of a record whose name comes some pairs below it, without a blank line between: "Category: …", then
/// "Name: …".
fn opens_record(lines: &[Kinded], index: usize, gap: u32) -> bool {
    if opens_block(lines, index) {
        return true;
    }
    if !matches!(lines[index].kind, LineKind::Pair { key: Some(_), .. }) || lines[index].begins_record() {
        return lines[index].begins_record() && !follows_pair(lines, index, gap) && !follows_opening(lines, index);
    }
    let adjoins = |at: usize| lines[at].line.span.line.saturating_sub(lines[at - 1].line.span.end_line) <= gap;
    let first = index == 0 || !adjoins(index) || !matches!(lines[index - 1].kind, LineKind::Pair { .. });
    let below = (index + 1..lines.len().min(index + 5)).take_while(|at| adjoins(*at));
    let pairs = below.take_while(|at| matches!(lines[*at].kind, LineKind::Pair { .. }));
    first && pairs.into_iter().any(|at| lines[at].begins_record())
}

/// True for the first label of a block that holds one name further down: the block is a record.
fn opens_block(lines: &[Kinded], index: usize) -> bool {
    let block = lines[index].line.block;
    let first = index == 0 || lines[index - 1].line.block != block;
    let labelled = lines[index].key().is_some() && !lines[index].begins_record();
    let of_block = || lines[index..].iter().take(LONGEST_RECORD + 1).take_while(|line| line.line.block == block);
    let single = || of_block().count() <= LONGEST_RECORD && of_block().filter(|line| line.begins_record()).count() == 1;
    first && labelled && single()
}

/// True for the name of a block that a label before it has opened.
fn follows_opening(lines: &[Kinded], index: usize) -> bool {
    let block = lines[index].line.block;
    let above = lines[..index].iter().rev().take(LONGEST_RECORD).take_while(|line| line.line.block == block).count();
    above > 0 && opens_block(lines, index - above)
}

/// True where the pair above, in the same block of lines, opened the record of this name.
fn follows_pair(lines: &[Kinded], index: usize, gap: u32) -> bool {
    (1..=4)
        .take_while(|back| *back <= index)
        .any(|back| !lines[index - back].begins_record() && opens_record(lines, index - back, gap))
}

/// The distance of lines that belong together.
fn smallest_gap(lines: &[Kinded]) -> u32 {
    lines
        .windows(2)
        .map(|pair| pair[1].line.span.line.saturating_sub(pair[0].line.span.end_line))
        .min()
        .unwrap_or(1)
        .max(1)
}

/// The state of reading a run of lines.
struct Run<'a> {
    leads: Leads,
    open: Option<Open>,
    records: Vec<Record>,
    /// Of each record, the label that its name stands behind.
    name_labels: Vec<Option<String>>,
    taken: &'a mut [bool],
}

/// Records in a row below which a word under the label of a name is one, whatever it means otherwise.
const ESTABLISHED: usize = 3;

impl Run<'_> {
    fn begin(&mut self, line: &Kinded) {
        let mut record = Record::new(line.line.span, FoundIn::KeyValue, &self.leads);
        if self.records.len() >= ESTABLISHED && matches!(line.kind, LineKind::Label { .. }) {
            record.least_likeness = 0.0;
        }
        self.open = Some(Open::begin(record, line));
    }

    /// Takes a word that could be a label too, where the label of the name waits for one as it did in the records above.
    fn takes_as_name(&mut self, line: &Kinded) -> bool {
        let established =
            self.records.len() >= ESTABLISHED && matches!(line.kind, LineKind::Label { key: Field::Name });
        self.open.as_mut().filter(|_| established).is_some_and(|open| open.takes_as_name(line))
    }

    /// A line that is part of no record may lead into those to come.
    fn pass(&mut self, blocks: &[Block], lines: &[Kinded], index: usize) {
        let line = &lines[index].line;
        let next = next_said(lines[index + 1..].iter().map(|next| &next.line));
        let begins = index == 0 || lines[index - 1].line.block != line.block;
        let whole = blocks[line.block].rich().is_some_and(|rich| !rich.text.has_lines());
        if begins || !whole {
            pass_line(&mut self.leads, blocks, line, next);
        }
        if let [.., label, value] = &lines[..=index]
            && matches!(label.kind, LineKind::Label { key: Field::Provider })
        {
            self.leads.name_owner(&value.line.text, value.line.span);
        }
    }

    /// True where a name was read that is the service's, and this line has that of its cookie.
    fn renames(&mut self, line: &Kinded) -> bool {
        line.begins_record() && self.open.as_mut().is_some_and(|open| open.is_renamed_by(line))
    }

    /// True where the line is no part of the record being read; else the record has taken it.
    fn ends_before(&mut self, line: &Kinded) -> bool {
        if line.begins_record() && !self.open.as_ref().is_some_and(Open::is_unnamed) {
            return true;
        }
        match (&line.kind, &mut self.open) {
            (LineKind::Text, Some(record)) => !record.takes_text(line),
            (_, Some(record)) => !record.takes_pair(line),
            (_, None) => true,
        }
    }

    /// A record counts where it has a name and says something about it.
    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        open.settle();
        open.record.read_by_looks();
        // "Technologies used: cookies, pixels": one kind of storage below another is no name.
        let is_name = |text: &Rich| term::storage(&text.text).is_none();
        let named = open.record.fields.iter().any(|field| field.field == Field::Name && is_name(&field.text));
        if named && (open.pairs >= 2 || open.labels.len() >= 3) {
            open.blocks.iter().for_each(|block| self.taken[*block] = true);
            self.records.push(open.record);
            self.name_labels.push(open.name_label.map(|label| label.text.trim().to_owned()));
        }
    }

    /// The records, without those of groups: what few call by another label than all the others, and say no lifetime of.
    fn without_groups(self) -> Vec<Record> {
        let lasts = |record: &Record| record.fields.iter().any(|field| field.field == Field::Duration);
        let labelled = || self.records.iter().zip(&self.name_labels);
        let mut lasting: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, label) in labelled().filter(|(record, _)| lasts(record)) {
            *lasting.entry(label.as_deref().unwrap_or("")).or_default() += 1;
        }
        let usual = lasting.iter().max_by_key(|(_, times)| **times).filter(|(_, times)| **times >= ESTABLISHED);
        let Some(usual) = usual.map(|(label, _)| *label).filter(|label| !label.is_empty()) else { return self.records };
        let last = self.records.iter().rposition(lasts).unwrap_or(0);
        // A group stands above its cookies.
        let group = |(index, (record, label)): (usize, (&Record, &Option<String>))| {
            let unlike = label.as_deref().is_some_and(|label| label != usual && !lasting.contains_key(label));
            !lasts(record) && unlike && index < last
        };
        let groups: Vec<bool> = labelled().enumerate().map(group).collect();
        self.records.into_iter().zip(groups).filter(|(_, group)| !group).map(|(record, _)| record).collect()
    }
}

/// A line and what it is among keys and values.
struct Kinded {
    line: Line,
    kind: LineKind,
}

impl Kinded {
    fn begins_record(&self) -> bool {
        match &self.kind {
            LineKind::Pair { key, value, .. } => {
                *key == Some(Field::Name) && name::cell_likeness(value) >= name::POSSIBLE
            }
            LineKind::Label { key } => *key == Field::Name,
            LineKind::Text => false,
        }
    }

    /// A pair that only a declaration has: a lifetime, a way to store.
    fn is_telling(&self) -> bool {
        matches!(self.key(), Some(Field::Duration | Field::Storage)) && matches!(self.kind, LineKind::Pair { .. })
    }

    /// `title: "Statistics cookies"`.
    fn group(&self) -> Option<&Rich> {
        let LineKind::Pair { key: None | Some(Field::Name | Field::Extra), value, .. } = &self.kind else {
            return None;
        };
        let named = lexicon().names.says(&value.text, NameWord::Cookie) && category::likeness(&value.text) >= 0.9;
        named.then_some(value)
    }

    /// Two lines of text instead of one.
    fn cut(self, at: usize) -> Vec<Self> {
        let text = &self.line.text;
        let part = |text: Rich| Self { line: Line { text, ..self.line.clone() }, kind: LineKind::Text };
        vec![part(text.slice(0, at)), part(text.slice(at, text.text.len()))]
    }

    fn key(&self) -> Option<Field> {
        match &self.kind {
            LineKind::Pair { key, .. } => *key,
            LineKind::Label { key } => Some(*key),
            LineKind::Text => None,
        }
    }
}

/// A name alone on its line, a description perhaps, then a pair that only a declaration has: consent dialogs print their
/// cookies so.
fn is_named_entry(lines: &[Kinded]) -> bool {
    let first = &lines[0];
    let text = name::without_count(first.line.text.text.trim());
    // `a_b:` is the key of a record.
    let text = text.strip_suffix(COLONS).filter(|key| key.contains('_')).unwrap_or(text);
    let telling = Kinded::is_telling;
    // Two pairs below it make a name of any word, but of none that could be a label.
    let pairs =
        lines.iter().skip(1).take(2).filter(|line| matches!(line.kind, LineKind::Pair { key: Some(_), .. })).count();
    let named_below = lines.iter().skip(1).take(2).any(|line| line.key() == Some(Field::Name));
    // A lifetime and a way to store it below a description are a card's.
    let card = lines.iter().skip(2).take(2).filter(|line| telling(line)).count() == 2;
    let least = if pairs == 2 || card { 0.1 } else { 0.3 };
    // What bears the name of a service heads its cookies, but where what it lasts stands right below.
    let titled = first.line.heading && text.starts_with(char::is_uppercase);
    let adjoins = lines
        .iter()
        .skip(1)
        .take(2)
        .position(telling)
        .is_some_and(|at| at == 0 || !titled && glued_name(lines[1].line.text.text.trim()).is_none());
    // In small letters right over two pairs it is what the service calls its cookie.
    let small = pairs == 2 && text.starts_with(char::is_lowercase);
    let service = lexicon().services.is_name(text) && !adjoins && !small;
    let names = || text.split(',').map(str::trim).filter(|name| !name.is_empty());
    // "Acme.example, a.s." is a company.
    let company = || text.contains(',') && lexicon().services.is_company(text);
    let likely = |name: &str| !name.contains(char::is_whitespace) && name::likeness(name) >= least;
    let named = names().all(likely) && !service && !company();
    let below =
        lines.iter().skip(1).take(4).position(telling).or((pairs == 2 && name::likeness(text) >= 0.4).then_some(2));
    let clear = |count: usize| {
        lines[1..lines.len().min(count + 1)]
            .iter()
            .all(|line| (!line.line.heading || may_describe(line)) && !matches!(line.kind, LineKind::Label { .. }))
    };
    let glued = || lines.iter().skip(1).take(6).any(telling) && glued_name(text).is_some();
    let labelled = || name::likeness(text) >= 0.3 && labels_follow(&lines[1..]);
    matches!(first.kind, LineKind::Text)
        && !named_below
        && (named && (below.is_some_and(clear) || labelled()) || glued())
}

/// A short sentence without a full stop, alone between blanks, looks like a heading: but names of groups and services are some.
fn may_describe(line: &Kinded) -> bool {
    let text = &line.line.text.text;
    text.word_count() >= 3 && category::likeness(text) < 0.5 && !lexicon().services.is_name(text)
}

/// Two labels or more, each with its value below it, one of them a lifetime's: the fields of a card.
fn labels_follow(lines: &[Kinded]) -> bool {
    let labels = lines.iter().take(6).enumerate().filter_map(|(index, line)| match line.kind {
        LineKind::Label { key } if key != Field::Extra && key != Field::Name => Some((index, key)),
        _ => None,
    });
    let labels: Vec<(usize, Field)> = labels.collect();
    let opens = labels.first().is_some_and(|(index, _)| *index == 0);
    let parted = labels.windows(2).all(|pair| pair[1].0 > pair[0].0 + 1 && pair[1].1 != pair[0].1);
    opens && parted && labels.len() >= 2 && labels.iter().any(|(_, key)| *key == Field::Duration)
}

/// The lines with what tools say of cookies that nobody has described, "Pending", taken apart from the names that it is glued to:
/// what several lines end with, or what a blank shows to be words. Only a text that glues other descriptions too does that.
fn with_endings_parted(lines: Vec<Kinded>) -> Vec<Kinded> {
    let endings: Vec<Option<usize>> = (0..lines.len()).map(|at| glued_ending(&lines[at..])).collect();
    let ending = |at: usize| endings[at].map(|start| &lines[at].line.text.text[start..]);
    let glued = |at: usize| {
        lines.get(at + 1).is_some_and(Kinded::is_telling) && glued_name(lines[at].line.text.text.trim()).is_some()
    };
    if endings.iter().all(Option::is_none) || !(0..lines.len()).any(glued) {
        return lines;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    (0..lines.len()).filter_map(ending).for_each(|ending| *counts.entry(ending).or_default() += 1);
    let believed = |at: &usize| ending(*at).is_some_and(|ending| ending.contains(' ') || counts[ending] > 1);
    let parted: BTreeSet<usize> = (0..lines.len()).filter(believed).collect();
    let parts = |(at, line): (usize, Kinded)| match endings[at].filter(|_| parted.contains(&at)) {
        Some(start) => line.cut(start),
        None => vec![line],
    };
    lines.into_iter().enumerate().flat_map(parts).collect()
}

/// Where a capitalised word or two begin that are glued to a name, right above what only a declaration says.
fn glued_ending(lines: &[Kinded]) -> Option<usize> {
    const MOST_WORDS: usize = 3;
    let [line, next, ..] = lines else { return None };
    let text = line.line.text.text.as_str();
    let token = text.split_whitespace().next()?;
    let few = text.starts_with(token) && text.split_whitespace().nth(MOST_WORDS).is_none();
    if !few || !matches!(line.kind, LineKind::Text) || !next.is_telling() {
        return None;
    }
    let at = token.rfind(char::is_uppercase).filter(|at| *at > 0)?;
    let word = token[at..].chars().skip(1).all(char::is_lowercase) && token[at..].chars().nth(1).is_some();
    (word && name::likeness(&token[..at]) >= 0.3).then_some(at)
}

fn without_glued_count(value: Rich) -> Rich {
    let text = value.text.trim_start();
    let counted = text.starts_with("[x").then(|| text.find(']')).flatten();
    let from = value.text.len() - text.len() + counted.map_or(0, |close| close + 1);
    value.slice(from, value.text.len())
}

/// Where the name ends that a text browser glued to its description: `_abCounts visits`, `AB [x2]Counts visits`.
fn glued_name(text: &str) -> Option<usize> {
    let token = text.split_whitespace().next()?;
    let rest = &text[token.len()..];
    if let Some(count) = rest.trim_start().strip_prefix("[x") {
        let close = count.find(']').filter(|at| count[..*at].chars().all(|c| c.is_ascii_digit()))?;
        return (count.len() > close + 1 && name::likeness(token) >= 0.3).then_some(token.len());
    }
    if rest.split_whitespace().count() < 2 {
        return None;
    }
    let letters: Vec<(usize, char)> = token.char_indices().collect();
    let begins = |pair: &[(usize, char)]| {
        pair[0].1.is_uppercase() && (pair[1].1.is_lowercase() || matches!(pair[1].1, '\'' | '’'))
    };
    let at = letters.windows(2).rev().filter(|pair| begins(pair)).map(|pair| pair[0].0).find(|at| *at > 0)?;
    let word = token[at..].chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | ',' | '-'));
    (word && name::likeness(&token[..at]) >= 0.3).then_some(at)
}

/// True where a text that could be a label too is plainly a value of the field.
fn is_value_of(field: Field, printed: &str) -> bool {
    let single = !printed.contains(char::is_whitespace) && !printed.ends_with(COLONS);
    match field {
        Field::Name => single && name::likeness(printed) >= name::POSSIBLE,
        Field::Duration => duration::likeness(printed) >= 0.8,
        Field::Category => category::likeness(printed) >= 0.8,
        Field::Storage => term::storage(printed).is_some(),
        Field::Party => term::party(printed).is_some(),
        _ => false,
    }
}

/// The name of a group of cookies alone on its line.
fn names_a_group(text: &Rich) -> bool {
    const MOST_WORDS: usize = 6;
    text.text.word_count() <= MOST_WORDS && category::likeness(&text.text) >= 0.9
}

/// A record that is being read.
struct Open {
    record: Record,
    blocks: Vec<usize>,
    /// The label that waits for its value, and how many lines it has taken.
    waiting: Option<Waiting>,
    name_label: Option<Rich>,
    pairs: usize,
    /// The labels that stood alone on their lines.
    labels: Vec<Rich>,
}

struct Waiting {
    key: Field,
    label: Rich,
    value: Rich,
    lines: usize,
    /// The block of the label, then of the value.
    block: usize,
    /// True where the value begins in the block of its label: there it ends too.
    together: bool,
}

impl Waiting {
    fn behind(key: Field, label: &Line) -> Self {
        let text = label.text.clone();
        Self { key, label: text, value: Rich::default(), lines: 0, block: label.block, together: false }
    }

    fn take(&mut self, line: &Line) {
        self.together |= self.lines == 0 && line.block == self.block;
        self.block = line.block;
        self.value.push("\n", &line.text);
        self.lines += 1;
    }
}

impl Open {
    fn begin(record: Record, line: &Kinded) -> Self {
        let mut open =
            Self { record, blocks: Vec::new(), waiting: None, name_label: None, pairs: 0, labels: Vec::new() };
        if let LineKind::Text = line.kind {
            let text = &line.line.text;
            let start = text.text.len() - text.text.trim_start().len();
            let end = glued_name(text.text.trim()).filter(|_| text.text.trim().contains(' ')).map(|end| start + end);
            let name = end.map_or_else(|| text.clone(), |end| text.slice(start, end));
            let value = end.map_or_else(Rich::default, |end| text.slice(end, text.text.len()));
            let value = without_glued_count(value);
            open.record.set(Field::Name, name);
            let lines = usize::from(end.is_some());
            open.waiting = Some(Waiting {
                key: Field::Purpose,
                label: Rich::default(),
                value,
                lines,
                block: line.line.block,
                together: false,
            });
            open.reach(&line.line);
        } else {
            open.takes_pair(line);
        }
        open
    }

    /// A key that the record has already ends it.
    fn takes_pair(&mut self, line: &Kinded) -> bool {
        if self.takes_as_value(line) {
            return true;
        }
        self.settle();
        match &line.kind {
            LineKind::Pair { key, label, value } => {
                // "Name: what the service is called" names no cookie.
                let named = *key != Some(Field::Name) || name::cell_likeness(value) >= name::POSSIBLE;
                add_pair(&mut self.record, key.filter(|_| named), label, value);
                if *key == Some(Field::Name) {
                    self.name_label = Some(label.clone());
                }
                self.pairs += 1;
            }
            LineKind::Label { key } => {
                // "Provider" and "Data processor" are two fields of one record.
                let said = self.record.fields.iter().any(|field| field.field == *key);
                let again =
                    || self.labels.iter().rev().take(LONGEST_RECORD).any(|label| label.text == line.line.text.text);
                if *key != Field::Extra && said && (*key == Field::Name || self.labels.is_empty() || again()) {
                    return false;
                }
                self.labels.push(line.line.text.clone());
                self.waiting = Some(Waiting::behind(*key, &line.line));
            }
            LineKind::Text => return false,
        }
        self.reach(&line.line);
        true
    }

    /// Right below a label stands its value, whatever else its words may mean: a name, a lifetime, a party.
    fn takes_as_value(&mut self, line: &Kinded) -> bool {
        let printed = line.line.text.text.trim();
        let waiting = self.waiting.as_mut().filter(|waiting| waiting.lines == 0 && !line.line.heading);
        let means = |waiting: &Waiting| meant_by(waiting.key, &waiting.label.text, &line.line.text);
        let Some(waiting) = waiting.filter(|waiting| is_value_of(means(waiting), printed)) else { return false };
        waiting.take(&line.line);
        self.reach(&line.line);
        true
    }

    fn takes_as_name(&mut self, line: &Kinded) -> bool {
        let word = !line.line.text.text.trim().contains([' ', ':', '：']);
        let waits = |waiting: &&mut Waiting| waiting.key == Field::Name && waiting.lines == 0;
        let Some(waiting) = self.waiting.as_mut().filter(waits).filter(|_| word && !line.line.heading) else {
            return false;
        };
        waiting.take(&line.line);
        self.reach(&line.line);
        true
    }

    /// Text below a label is its value; a heading never is, but for the name.
    fn takes_text(&mut self, line: &Kinded) -> bool {
        let Some(waiting) = self.waiting.as_mut() else { return false };
        let first = waiting.lines == 0;
        let room = waiting.lines < MOST_VALUE_LINES && (first || waiting.key == Field::Purpose && !line.line.heading);
        let word = !line.line.text.text.trim().contains(char::is_whitespace);
        let least = if word { self.record.least_likeness } else { name::POSSIBLE };
        let fits = waiting.key != Field::Name || name::cell_likeness(&line.line.text) >= least;
        let elsewhere = line.line.block != waiting.block;
        // A sentence that is said ends before the name of the next group.
        let group = !first && elsewhere && names_a_group(&line.line.text);
        let beyond = waiting.together && elsewhere || group;
        let heads = waiting.key == Field::Name && first && line.line.text.text.trim_end().ends_with(COLONS);
        if !room || !fits || beyond || heads {
            return false;
        }
        waiting.take(&line.line);
        self.reach(&line.line);
        true
    }

    fn reach(&mut self, line: &Line) {
        self.record.span = self.record.span.join(line.span);
        self.blocks.push(line.block);
    }

    /// True where no name was read yet.
    fn is_unnamed(&self) -> bool {
        let waits = self.waiting.as_ref().is_some_and(|waiting| waiting.key == Field::Name);
        !waits && !self.record.fields.iter().any(|field| field.field == Field::Name)
    }

    /// Tools print what a service is called, what they say of it, and under another label the names of its cookies: then the first
    /// was no cookie's name.
    fn is_renamed_by(&mut self, line: &Kinded) -> bool {
        let LineKind::Pair { label, .. } = &line.kind else { return false };
        let other = self.name_label.as_ref().is_some_and(|known| known.text.trim() != label.text.trim());
        let lasts = self.record.fields.iter().any(|field| field.field == Field::Duration);
        let known = self.record.fields.iter_mut().find(|field| field.field == Field::Name).filter(|_| !lasts);
        let service = known.filter(|_| self.pairs >= 2 && other);
        service.map(|known| known.field = Field::Extra).is_some()
    }

    fn settle(&mut self) {
        if let Some(waiting) = self.waiting.take().filter(|waiting| !waiting.value.is_blank()) {
            add_pair(&mut self.record, Some(waiting.key), &waiting.label, &waiting.value);
            self.pairs += 1;
        }
    }
}
