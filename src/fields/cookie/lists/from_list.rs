//! Cookie rows from list items and paragraphs that open with a name: `name – text (lifetime)`.

use std::borrow::Cow;

use memchr::memmem;

use super::labelled_tail::{LabelledTail, labelled_tail};
use crate::block::{Block, Content, Mark, MarkKind, Rich};
use crate::document::FoundIn;
use crate::fields::cookie::bracket::{Bracketed, Said, bracketed, owner_field};
use crate::fields::cookie::heard::{Heard, Owner};
use crate::fields::cookie::lead::Leads;
use crate::fields::cookie::record::Record;
use crate::lexicon::{Field, NameWord, lexicon};
use crate::table::key_of;
use crate::text::{Asked, Span, answer, opens_words, split_at_colon, word_count};
use crate::value::name::{self, Name};
use crate::value::{category, duration};

/// A word with a lifetime behind it must look like a name at least this much.
const LEAST_LIVING: f32 = 0.1;
/// A line that heads what is below has at most this many words more than one, and the sentences about it at least so many.
const LONGEST_HEADING: usize = 11;
const LEAST_EXPLAINING: usize = 4;

/// Records of a run of entries and the number of blocks that they take.
#[derive(Debug, Default)]
pub struct Listed {
    /// The records, in order.
    pub records: Vec<Record>,
    /// Blocks taken from the front.
    pub taken: usize,
}

/// The runs of entries among blocks. Each block is read once, whichever of those before it a run is believed from.
pub struct Runs {
    entries: Vec<Option<Entry>>,
    /// Behind the last entry of the run that each block begins or goes on.
    ends: Vec<usize>,
    /// What was counted before each block, and at last before the end.
    counts: Vec<Counts>,
}

/// Entries of a kind.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Those whose names look like ones.
    convincing: usize,
    /// Those whose names are ones for certain.
    certain: usize,
    /// Those that say how long the cookie lives.
    living: usize,
    /// Words that say what they are for and how long they live.
    whole: usize,
    marked: usize,
}

impl Runs {
    /// Those among the blocks that nothing else has taken.
    pub fn of(blocks: &[Block], taken: &[bool]) -> Self {
        let candidates = blocks.iter().zip(taken).map(|(block, taken)| !*taken && is_candidate(block));
        let entries: Vec<_> =
            blocks.iter().zip(candidates).map(|(block, may)| may.then(|| Entry::of(block))?).collect();
        let mut ends: Vec<usize> = (0..entries.len()).collect();
        for at in (0..entries.len()).rev().filter(|at| entries[*at].is_some()) {
            ends[at] = ends.get(at + 1).map_or(at + 1, |end| (*end).max(at + 1));
        }
        let mut counts = vec![Counts::default()];
        for entry in &entries {
            let before = counts[counts.len() - 1];
            counts.push(entry.as_ref().map_or(before, |entry| before.with(entry)));
        }
        Self { entries, ends, counts }
    }

    /// The entries of the run from a block on; none where they do not open with names.
    pub fn take(&mut self, blocks: &[Block], at: usize, leads: &Leads) -> Listed {
        let end = self.ends[at];
        if !self.are_believed(at, end, leads) {
            return Listed::default();
        }
        let run = self.entries[at..end].iter_mut().filter_map(Option::take).zip(&blocks[at..end]);
        let records = run.map(|(entry, block)| {
            let mut record = Record::new(block.span, FoundIn::List, leads);
            entry.into_fields(&mut record);
            record
        });
        Listed { records: records.collect(), taken: end - at }
    }

    fn are_believed(&self, at: usize, end: usize, leads: &Leads) -> bool {
        let Some(first) = &self.entries[at] else { return false };
        let (run, counts) = (end - at, self.counts[end].since(self.counts[at]));
        if run == 1 && (first.likeness >= 0.9 || first.coded || is_only_one(first, leads)) {
            return true;
        }
        let several = counts.certain > 0 && (counts.convincing * 2 >= run || counts.marked == run);
        // What has a lifetime is a cookie: a name that could be any word is believed there. Below the name of a service all of a run may
        // be such words: they are the service's cookies.
        let owned = || counts.living == run && leads.owner().is_some_and(|lead| lead.owner == Some(Owner::Service));
        // And below the name of a category, words that say what they are for and how long they live.
        let grouped = || counts.whole == run && leads.category().is_some();
        run > 1 && (several || counts.convincing > 0 && counts.living * 5 >= run * 4 || owned() || grouped())
    }
}

impl Counts {
    fn with(self, entry: &Entry) -> Self {
        Self {
            convincing: self.convincing + usize::from(entry.likeness >= name::CONVINCING),
            certain: self.certain + usize::from(entry.likeness >= 0.8 || entry.coded),
            living: self.living + usize::from(entry.lives()),
            whole: self.whole + usize::from(entry.is_whole() && entry.is_word() && !entry.owned),
            marked: self.marked + usize::from(entry.marked),
        }
    }

    fn since(self, before: Self) -> Self {
        Self {
            convincing: self.convincing - before.convincing,
            certain: self.certain - before.certain,
            living: self.living - before.living,
            whole: self.whole - before.whole,
            marked: self.marked - before.marked,
        }
    }
}

/// A heading that is a name and its lifetime and says nothing else.
#[derive(Debug)]
pub struct Headed {
    pub name: Rich,
    pub lifetime: Rich,
    /// How much the name looks like one.
    pub likeness: f32,
}

/// The name and the lifetime that a heading is made of.
pub fn headed_name(heading: &Rich) -> Option<Headed> {
    // Few headings have a mark behind their first words, and a look at all words of the others costs more.
    end_of_term(&heading.text)?;
    let Entry { name, text, lifetime, bracket, likeness, .. } = Entry::read(heading, true)?;
    let lifetime = lifetime.filter(|_| text.is_blank() && bracket.is_empty())?;
    Some(Headed { name, lifetime, likeness })
}

/// An item of a list that is the only one, without a mark, must look like a name at least this much: capitals do.
const LEAST_ALONE: f32 = 0.45;

/// True for the only cookie of a category: an item or a marked word that could be a name, what it is for and how long it lives.
fn is_only_one(entry: &Entry, leads: &Leads) -> bool {
    let word = !entry.name.text.trim().contains(char::is_whitespace);
    let least = if entry.marked { name::POSSIBLE } else { LEAST_ALONE };
    (entry.marked || entry.listed) && word && entry.is_whole() && entry.likeness >= least && leads.category().is_some()
}

/// The blocks, a paragraph whose lines are entries taken apart.
pub fn entries_apart(blocks: &[Block]) -> Cow<'_, [Block]> {
    let mut apart: Cow<[Block]> = Cow::Borrowed(blocks);
    let mut level = None;
    for (index, block) in blocks.iter().enumerate() {
        if let Content::Heading { level: own, .. } = &block.content {
            level = Some(*own);
        }
        let entries = entries_of(block).map(|entries| headed(entries, level, blocks.get(index + 1)));
        match (entries, &mut apart) {
            (Some(entries), Cow::Owned(apart)) => apart.extend(entries),
            (Some(entries), Cow::Borrowed(_)) => apart = Cow::Owned([&blocks[..index], &entries].concat()),
            (None, Cow::Owned(apart)) => apart.push(block.clone()),
            (None, Cow::Borrowed(_)) => {}
        }
    }
    apart
}

/// The lines of a paragraph, where most of them are entries; an entry and the lines below it, where it is whole without them.
fn entries_of(block: &Block) -> Option<Vec<Block>> {
    match &block.content {
        Content::Paragraph(text) | Content::ListItem { text, .. } if !text.text.has_lines() => clauses(block, text),
        Content::Paragraph(text) if text.text.has_lines() => {
            let parts = parts(block, text, Content::Paragraph);
            let entries = parts.iter().filter(|part| Entry::of(part).is_some()).count();
            let pair = || parts.len() == 2 && Entry::of(&parts[0]).is_some_and(|entry| entry.only_lives());
            match entries >= 2 {
                true if entries * 2 < parts.len() && !pair() => runs_apart(&parts),
                several => (several || pair()).then_some(parts),
            }
        }
        Content::ListItem { depth, text } if text.text.has_lines() => {
            let mut parts = parts(block, text, Content::Paragraph);
            let first = parts.first_mut()?;
            let line = first.rich()?.clone();
            first.content = Content::ListItem { depth: *depth, text: line };
            Entry::of(first).is_some_and(|entry| entry.is_whole()).then_some(parts)
        }
        _ => None,
    }
}

/// The lines of a page without blank lines: those taken apart that stand together and are names with their lifetimes, the others in
/// paragraphs; none where no two stand together.
fn runs_apart(lines: &[Block]) -> Option<Vec<Block>> {
    let lives = |line: &Block| Entry::of(line).is_some_and(|entry| entry.lives() && entry.likeness >= LEAST_IN_CLAUSE);
    let mut apart: Vec<Block> = Vec::new();
    let mut found = false;
    for run in lines.chunk_by(|above, below| lives(above) == lives(below)) {
        if run.len() > 1 && lives(&run[0]) {
            found = true;
            apart.extend_from_slice(run);
        } else {
            let text = Rich::joined("\n", run.iter().filter_map(Block::rich));
            let span = run.iter().map(|line| line.span).reduce(Span::join)?;
            apart.push(Block { content: Content::Paragraph(text), span });
        }
    }
    found.then_some(apart)
}

/// The clauses of a sentence that semicolons part, where each is an entry by itself: "_a: counts visits, 2 years; _b: …". Words and a
/// colon before the first lead into them.
fn clauses(block: &Block, text: &Rich) -> Option<Vec<Block>> {
    let printed = text.text.as_str();
    end_of_term(&printed[printed.len() - name::without_enumerator(printed).len()..])?;
    let ends = [CLAUSE, WIDE_CLAUSE].iter().find(|mark| memmem::find(printed.as_bytes(), mark.as_bytes()).is_some())?;
    let mut parts: Vec<Block> = Vec::new();
    for clause in printed.split(ends) {
        let start = clause.as_ptr() as usize - printed.as_ptr() as usize;
        let clause = text.slice(start, start + clause.len());
        parts.push(Block { content: Content::Paragraph(clause), span: block.span });
    }
    if !is_clause(&parts[0]) {
        let first = parts.remove(0);
        parts.splice(..0, lead_and_clause(&first)?);
    }
    let entries = || parts.iter().filter(|part| is_clause(part));
    let sure = || parts.iter().filter_map(Entry::of).any(|entry| entry.likeness >= name::CONVINCING);
    (entries().count() + 1 >= parts.len() && entries().count() > 1 && sure()).then_some(parts)
}

/// True for a name of any kind that says what it is for and how long it lasts.
fn is_clause(part: &Block) -> bool {
    Entry::of(part).is_some_and(|entry| entry.is_whole() && entry.likeness >= LEAST_IN_CLAUSE)
}

const LEAST_IN_CLAUSE: f32 = 0.3;

/// "Analytics cookies: _a: counts visits, 2 years": what leads into the first clause, and the clause.
fn lead_and_clause(first: &Block) -> Option<[Block; 2]> {
    let text = first.rich()?;
    let (lead, _) = split_at_colon(&text.text)?;
    let colon = text.text[lead.len()..].chars().next().map_or(0, char::len_utf8);
    let part =
        |start: usize, end: usize| Block { content: Content::Paragraph(text.slice(start, end)), span: first.span };
    let at = lead.len() + colon;
    let parts = [part(0, at), part(at, text.text.len())];
    is_clause(&parts[1]).then_some(parts)
}

/// What parts two clauses.
const CLAUSE: &str = "; ";
const WIDE_CLAUSE: &str = "；";

/// The lines of a list, the last ones headings like the last above where sentences about them follow: a browser's text leaves no blank
/// line between a list and the headings below it.
fn headed(mut lines: Vec<Block>, level: Option<u8>, next: Option<&Block>) -> Vec<Block> {
    let explained = next.is_some_and(|next| matches!(&next.content, Content::Paragraph(text) if is_explanation(text)));
    let Some(level) = level.filter(|_| explained) else { return lines };
    for line in lines.iter_mut().rev() {
        let text = line.rich().filter(|text| could_head(&text.text)).cloned();
        let Some(text) = text.filter(|_| Entry::of(line).is_none()) else { break };
        line.content = Content::Heading { level, text };
    }
    lines
}

/// A few words from a capital that do not end as a sentence does.
fn could_head(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ',', ';', ':', '!'])
        && text.split_whitespace().nth(LONGEST_HEADING).is_none()
}

fn is_explanation(text: &Rich) -> bool {
    text.text.trim_end().ends_with('.') && text.text.word_count() > LEAST_EXPLAINING
}

/// The lines of a block's text as blocks of their own.
fn parts(block: &Block, text: &Rich, content: impl Fn(Rich) -> Content) -> Vec<Block> {
    let lines = text.lines();
    let corresponds = lines.len() as u32 == block.span.end_line - block.span.line + 1;
    let place = |number: u32| match corresponds {
        true => Span { line: block.span.line + number, end_line: block.span.line + number, ..block.span },
        false => block.span,
    };
    (0..).zip(lines).map(|(at, line)| Block { content: content(line), span: place(at) }).collect()
}

/// The lines of a paragraph of several, each a paragraph.
pub fn lines_apart(block: &Block) -> Option<Vec<Block>> {
    match &block.content {
        Content::Paragraph(text) if text.text.has_lines() => Some(parts(block, text, Content::Paragraph)),
        _ => None,
    }
}

/// True for an item that says of a name how long the cookie lives, and what it is for or whose it is.
pub fn is_whole_entry(item: &Block) -> bool {
    Entry::of(item).is_some_and(|entry| entry.is_whole())
}

fn is_candidate(block: &Block) -> bool {
    matches!(block.content, Content::ListItem { .. } | Content::Paragraph(_))
}

/// A list item taken apart.
struct Entry {
    name: Rich,
    text: Rich,
    lifetime: Option<Rich>,
    /// What a bracket behind the name says besides.
    bracket: Vec<Said>,
    likeness: f32,
    /// True where the name is set in code or bold.
    marked: bool,
    /// True for an item of a list, and for a line that is marked or numbered as one.
    listed: bool,
    /// True where it is set in code.
    coded: bool,
    /// True where what stands before the names is whose they are.
    owned: bool,
}

impl Entry {
    fn of(block: &Block) -> Option<Self> {
        let text = block.rich()?;
        let item = matches!(block.content, Content::ListItem { .. });
        let known = text.text.known();
        let heard = known.answers::<Heard>();
        let kept = if item { &heard.item } else { &heard.entry };
        match text.marks.is_empty() && !*answer(kept, || Self::read(text, item).is_some()) {
            true => None,
            false => Self::read(text, item),
        }
    }

    fn read(text: &Rich, item: bool) -> Option<Self> {
        Self::owned(text, item).or_else(|| Self::named(text, item))
    }

    /// "Acme Metrics: _a, _b (2 years)": whose they are, and nothing but names and their lifetimes behind it.
    fn owned(text: &Rich, item: bool) -> Option<Self> {
        let (before, behind) = split_at_colon(&text.text)?;
        let before = name::without_enumerator(before.trim());
        // Most texts with a colon are others, and a look at two words tells.
        if before.len() > LONGEST_OWNER || !before.starts_with(opens_words) || !lists_words(behind) {
            return None;
        }
        let owner = OwnerOfNames::of(before)?;
        let listed = ListedNames::of(&text.slice(text.text.len() - behind.len(), text.text.len()))?;
        let least = match listed.lives {
            true if owner.service => LEAST_IN_CLAUSE,
            true if item => LEAST_ALONE,
            false if owner.service && !listed.names.text.contains([':', '/']) => LEAST_OF_A_SERVICE,
            _ => return None,
        };
        let ListedNames { names: name, text, lifetime, likeness, .. } = listed;
        let category = owner.group.map(|group| Said { field: Field::Category, text: Rich::plain(group) });
        let provider = Said { field: Field::Provider, text: Rich::plain(owner.name) };
        let bracket = [provider].into_iter().chain(category).collect();
        let entry =
            Self { name, text, lifetime, bracket, likeness, marked: false, listed: item, coded: false, owned: true };
        (likeness >= least).then_some(entry)
    }

    fn named(text: &Rich, item: bool) -> Option<Self> {
        let (end, marked) = name_end(text, item)?;
        let name = text.slice(0, end);
        let likeness = name::cell_likeness(&name);
        if likeness < LEAST_LIVING {
            return None;
        }
        let rest = text.slice(end, text.text.len());
        let Bracketed { said: mut bracket, rest } = bracketed(rest);
        let LabelledTail { said, text: rest } = labelled_tail(rest);
        bracket.extend(said);
        let (text, lifetime) = without_lifetime(&rest);
        let lives = lifetime.is_some() || bracket.iter().any(|said| said.field == Field::Duration);
        let bare = name::without_enumerator(name.text.trim());
        let word = !bare.contains(char::is_whitespace);
        // A text without markup leaves the items of a numbered list as lines.
        let listed = item || marked || bare.len() < name.text.trim().len();
        let least = match (listed, lives && word) {
            (true, true) => LEAST_LIVING,
            (true, false) | (false, true) => 0.3,
            (false, false) => name::CONVINCING,
        };
        if likeness < least {
            return None;
        }
        let coded = name.marks.iter().any(|mark| mark.kind == MarkKind::Code) && likeness >= 0.4;
        Some(Self { name, text, lifetime, bracket, likeness, marked, listed, coded, owned: false })
    }

    /// True where it says how long the cookie lives, and what it is for or whose it is: what stands below is no part of it.
    fn is_whole(&self) -> bool {
        self.lives() && (self.owned || !self.text.is_blank() || self.in_bracket(Field::Purpose))
    }

    fn is_word(&self) -> bool {
        !self.name.text.trim().contains(char::is_whitespace)
    }

    /// True where it says how long the cookie lives, and nothing else.
    fn only_lives(&self) -> bool {
        self.lifetime.is_some() && self.text.is_blank()
    }

    fn lives(&self) -> bool {
        self.owned && name::split(&self.name).iter().all(|name| name.note.is_some())
            || self.lifetime.is_some()
            || self.in_bracket(Field::Duration)
    }

    fn in_bracket(&self, field: Field) -> bool {
        self.bracket.iter().any(|said| said.field == field)
    }

    fn into_fields(self, record: &mut Record) {
        record.set(Field::Name, self.name);
        self.bracket.into_iter().for_each(|said| record.set(said.field, said.text));
        if !self.text.is_blank() {
            record.set(Field::Purpose, self.text);
        }
        if let Some(lifetime) = self.lifetime {
            record.set(Field::Duration, lifetime);
        }
    }
}

/// A name that stands behind the name of a service must look like one at least this much: a number of an account does not.
const LEAST_OF_A_SERVICE: f32 = 0.9;

/// What says whose the names behind it are has at most so many bytes.
const LONGEST_OWNER: usize = 80;

/// The first word is all of its part: a comma, a bracket or a dash follows it, or nothing.
fn lists_words(text: &str) -> bool {
    let text = text.trim_start();
    let (word, rest) = text.split_once(' ').unwrap_or((text.trim_end(), ""));
    word.ends_with([',', '，', '、', ';'])
        || word.contains('_')
        || rest.trim().is_empty()
        || rest.starts_with(['(', '–', '—', '-'])
}

/// What stands before names: "Acme", "Cookies by Acme", "Statistics – Acme".
struct OwnerOfNames<'t> {
    name: &'t str,
    /// The category before it.
    group: Option<&'t str>,
    /// True for the name of a service or a company, false for other words from a capital that could be whose cookies are.
    service: bool,
}

impl<'t> OwnerOfNames<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let parted = [" – ", " — ", " - "].iter().find_map(|mark| text.rsplit_once(mark));
        let group = parted.map(|(group, _)| group).filter(|group| category::likeness(*group) >= 0.7);
        let name = match (group, parted) {
            (Some(_), Some((_, name))) => name,
            _ => without_cookies(text),
        };
        let services = &lexicon().services;
        let bare = name.split(" (").next().unwrap_or(name);
        let service = services.is_name(name) || services.is_name(bare) || services.is_company(name);
        let unlike = || name::text_likeness(name) < name::CONVINCING;
        let owner = owner_field(name) == Some(Field::Provider) && key_of(name).is_none() && (service || unlike());
        owner.then_some(Self { name, group, service })
    }
}

/// "Cookies by Acme": the words behind the one for cookies and a small one.
fn without_cookies(text: &str) -> &str {
    let is_cookie = |word: &str| lexicon().names.whole(word).contains(&NameWord::Cookie);
    let Some((_, behind)) = text.split_once(' ').filter(|(first, _)| is_cookie(first)) else { return text };
    let small = behind.split_once(' ').filter(|(word, _)| word.chars().all(char::is_lowercase));
    small.map_or(behind, |(_, name)| name)
}

/// Names parted by commas, and what is said of them.
struct ListedNames {
    names: Rich,
    text: Rich,
    lifetime: Option<Rich>,
    /// How much they look like names, by the best of them.
    likeness: f32,
    /// True where a lifetime is said of them all, or of each.
    lives: bool,
}

impl ListedNames {
    /// None where one of them is several words or cannot be a name, or where something else stands behind them.
    fn of(text: &Rich) -> Option<Self> {
        Self::each_with_its_own(text).or_else(|| Self::with_one_for_all(text))
    }

    /// "_a (2 years), _b (1 day)"
    fn each_with_its_own(text: &Rich) -> Option<Self> {
        let end = text.text.trim_end().trim_end_matches(['.', ';']).len();
        let names = text.slice(0, end);
        let listed = name::split(&names);
        let lifetime = |name: &Name| name.note.as_deref().is_some_and(|note| duration::likeness(note) >= 0.6);
        let own = listed.len() > 1 && listed.iter().all(lifetime);
        let likeness = own.then(|| likeness_of_names(&listed)).flatten()?;
        Some(Self { names, text: Rich::default(), lifetime: None, likeness, lives: true })
    }

    /// "_a, _b (2 years)", "_a, _b – counts visits, 2 years"
    fn with_one_for_all(text: &Rich) -> Option<Self> {
        let end = end_of_names(&text.text);
        let names = text.slice(0, end);
        let listed = name::split(&names);
        let likeness = likeness_of_names(&listed).filter(|_| listed.iter().all(|name| name.note.is_none()))?;
        let behind = text.slice(end, text.text.len());
        let (said, lifetime) = match lifetimes_in_order(&behind.text, listed.len()) {
            Some(lifetimes) => (Rich::default(), Some(Rich::plain(lifetimes))),
            None => without_lifetime(&behind),
        };
        let bracketed = behind.text.trim_start().starts_with('(') && !said.is_blank();
        let lives = lifetime.is_some();
        (!bracketed).then_some(Self { names, text: said, lifetime, likeness, lives })
    }
}

/// "(2 years, 1 day)": as many lifetimes in a bracket as there are names.
fn lifetimes_in_order(behind: &str, names: usize) -> Option<&str> {
    let inside = behind.trim().trim_end_matches('.').strip_prefix('(')?.strip_suffix(')')?;
    let lifetimes = || inside.split(',').all(|part| duration::likeness(part.trim()) >= 0.6);
    (names > 1 && inside.split(',').count() == names && lifetimes()).then_some(inside)
}

/// How much names look like names, by the best of them; none where one of them is several words or no name.
fn likeness_of_names(listed: &[Name]) -> Option<f32> {
    let word = |name: &Name| !name.text.contains(' ') && name.owner.is_none();
    let likeness = |name: &Name| Some(name::likeness(&name.text)).filter(|likeness| *likeness >= name::POSSIBLE);
    let likenesses: Option<Vec<f32>> = listed.iter().map(|name| likeness(name).filter(|_| word(name))).collect();
    likenesses?.into_iter().max_by(f32::total_cmp)
}

/// Where names end that a dash parts from what they are for, or a dash, a bracket or a comma from their lifetime.
fn end_of_names(text: &str) -> usize {
    let end = [" – ", " — ", " - ", " ("].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let last = text[..end].rfind(", ").filter(|at| duration::likeness(&text[at + 2..end]) >= 0.75);
    last.unwrap_or(end)
}

/// Where the name of an entry ends, and whether it is marked: the mark that opens it, else what stands before a dash, colon or
/// bracket; a list item may be nothing but a name.
fn name_end(text: &Rich, item: bool) -> Option<(usize, bool)> {
    let opening = text.text.len() - name::without_enumerator(text.text.trim_start()).len();
    let mark =
        text.marks.iter().find(|mark| matches!(mark.kind, MarkKind::Code | MarkKind::Strong) && mark.start <= opening);
    if let Some(mark) = mark.filter(|mark| mark.end > mark.start).map(|mark| last_of_list(text, mark)) {
        let rest = text.text[mark.end..].trim_start();
        let own = text.text[mark.start..mark.end].trim_end().ends_with([':', '–', '-']);
        let alone = rest.is_empty() && item;
        return (own || alone || rest.starts_with(SEPARATORS)).then_some((mark.end, true));
    }
    match end_of_term(&text.text[opening..]).map(|at| opening + at) {
        Some(at) if item || !is_sentence(&text.text[..at]) => Some((at, false)),
        None if item && text.text.len() <= LONGEST_ALONE => Some((text.text.len(), false)),
        _ => None,
    }
}

/// The last of several marked names that commas alone part.
fn last_of_list<'a>(text: &'a Rich, first: &'a Mark) -> &'a Mark {
    let alike = text.marks.iter().filter(|mark| mark.kind == first.kind && mark.start >= first.end);
    alike.fold(first, |last, mark| if text.text[last.end..mark.start].trim() == "," { mark } else { last })
}

/// The name of an entry ends within this many bytes.
const LONGEST_NAME: usize = 120;
/// An item that is nothing but a name has at most this many bytes.
const LONGEST_ALONE: usize = 80;

/// Where the first mark stands that parts a name from what is said of it, if it is near enough.
fn end_of_term(text: &str) -> Option<usize> {
    const MARKS: [&str; 10] = [" – ", " — ", " - ", ": ", " (", " = ", " · ", " | ", "：", "（"];
    let parts = |at: usize| MARKS.iter().any(|mark| text.as_bytes()[at..].starts_with(mark.as_bytes()));
    // No mark has a letter or a figure behind its first byte.
    let may_begin = |pair: &[u8]| matches!(pair[0], b' ' | b':' | 0xef) && !pair[1].is_ascii_alphanumeric();
    let bytes = &text.as_bytes()[..text.len().min(LONGEST_NAME + 2)];
    bytes.windows(2).zip(0..).find_map(|(pair, at)| (may_begin(pair) && parts(at)).then_some(at))
}

/// "Statistics. Acme sets „_a“ (…": the name stands in a sentence, and opens no entry.
fn is_sentence(before: &str) -> bool {
    let quoted = before.split_whitespace().skip(1).any(|word| word.starts_with(['"', '“', '”', '„', '«', '‘']));
    quoted || name::without_enumerator(before.trim()).contains(". ")
}

const SEPARATORS: [char; 11] = ['–', '—', '-', ':', '：', '·', '|', '(', '（', '=', ','];
/// How many of the separators may stand before a text; the others open a bracket or go on a list.
const LEADING: usize = 7;

/// The lifetime in a bracket: all of it, what follows "expires:", or what stands before a comma.
fn lifetime_in(inside: &Rich) -> Option<Rich> {
    let text = inside.text.as_str();
    let labelled = split_at_colon(text).map(|(_, value)| inside.slice(text.len() - value.len(), text.len()));
    // "2 years, 1 day": as many names stand before the bracket, and all of it is theirs.
    let listed = |rest: &str| duration::stated(rest).first().is_some_and(|first| first.start == 0);
    let remark = text.find(',').filter(|at| !listed(text[at + 1..].trim_start()));
    let remarked = remark.map(|at| inside.slice(0, at));
    let says = |piece: &Rich| duration::likeness(&piece.text) >= 0.6;
    let part = labelled.filter(says).or_else(|| remarked.filter(says));
    // "2 years from the last visit": it begins with the time, and a few words say from when.
    let begins =
        || text.split_whitespace().count() <= 6 && duration::stated(text).first().is_some_and(|at| at.start == 0);
    part.or_else(|| (duration::likeness(text) >= 0.4 || begins()).then(|| inside.clone()))
}

/// Where the lifetime ends that a text begins with, before a mark: "2 years · tells visitors apart".
fn first_lifetime(text: &str) -> Option<usize> {
    let at = [" · ", " | ", " – ", " — ", " - "].iter().filter_map(|mark| text.find(mark)).min()?;
    (at <= 60 && !text.starts_with('(') && duration::likeness(&text[..at]) >= 0.8).then_some(at)
}

/// Where the lifetime begins that ends a text behind a comma, a dash or a full stop: "… keeps the basket, 2 days".
fn last_lifetime(text: &str) -> Option<usize> {
    let end = text.trim_end().trim_end_matches(['.', '。']).len();
    let cut = [", ", "; ", " – ", " — ", " - ", ". ", " · ", " / ", "。", "，", "；", "、", "، "]
        .iter()
        .filter_map(|mark| text[..end].rfind(mark).map(|at| at + mark.len()));
    let at = cut.max()?;
    let tail = &text[at..end];
    // A bracket that is closed here was opened before: "(2 years, 1 day)".
    let bracket = tail.trim_start().starts_with(['(', '（']) || tail.contains(')') && !tail.contains('(');
    let short = word_count(tail) <= 6 && !text[..at].trim().is_empty() && !bracket;
    (short && duration::likeness(duration::without_lead(tail)) >= 0.75).then_some(at)
}

/// Where the text ends before a last sentence that says nothing but how long the cookies last, and the lifetimes that it states.
fn last_sentence(text: &str) -> Option<(usize, String)> {
    const MOST_WORDS: usize = 10;
    let end = text.trim_end().trim_end_matches(['.', '。']).len();
    let ends = |at: &usize| text[*at..].starts_with(". ") || text[*at..].starts_with('。');
    let (at, mark) = text[..end].rmatch_indices(['.', '。']).find(|(at, _)| ends(at))?;
    let stop = at + mark.len();
    let sentence = text[stop..end].trim_start();
    let short = word_count(sentence) <= MOST_WORDS;
    let stated: Vec<&str> = duration::stated(sentence).into_iter().map(|place| &sentence[place]).collect();
    (short && !stated.is_empty()).then(|| (stop, stated.join(", ")))
}

/// The brackets that a text begins with and that it ends with, with their marks.
fn brackets_at_the_ends<'t>(text: &'t str, end: &'t str) -> impl Iterator<Item = (usize, usize)> + use<'t> {
    let close = text.starts_with(['(', '（']).then(|| text.match_indices([')', '）']).next()).flatten();
    let front = close.map(|(at, mark)| (0, at + mark.len()));
    let open = end.ends_with([')', '）']).then(|| end.rfind(['(', '（'])).flatten();
    front.into_iter().chain(open.map(|open| (open, end.len())))
}

/// Takes a bracket that is a lifetime off either end of the text, and the separator off its front.
fn without_lifetime(rest: &Rich) -> (Rich, Option<Rich>) {
    let text = rest.text.trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS[..LEADING].contains(&c));
    let start = rest.text.len() - text.len();
    if duration::likeness(text) >= 0.8 && !text.starts_with(['(', '（']) {
        return (Rich::default(), Some(rest.slice(start, rest.text.len())));
    }
    if let Some(at) = first_lifetime(text) {
        let rest_start = text[at..]
            .trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS[..LEADING].contains(&c) || c == ',');
        let from = rest.text.len() - rest_start.len();
        return (rest.slice(from, rest.text.len()), Some(rest.slice(start, start + at)));
    }
    if let Some((end, lifetimes)) = last_sentence(text) {
        return (rest.slice(start, start + end), Some(Rich::plain(lifetimes)));
    }
    if let Some(at) = last_lifetime(text) {
        let before = text[..at].trim_end_matches([' ', ',', ';', '–', '-', '—', ':', '/', '，', '；', '、', '，']);
        let lead = text.len() - at - duration::without_lead(&text[at..]).len();
        return (
            rest.slice(start, start + before.len()),
            Some(rest.slice(start + at + lead, rest.text.trim_end_matches('。').len())),
        );
    }
    let end = text.trim_end().trim_end_matches(['.', '。']);
    for (open, close) in brackets_at_the_ends(text, end).map(|(open, close)| (start + open, start + close)) {
        let edge = |at: usize| rest.text[at..].chars().next().map_or(1, char::len_utf8);
        let inside = rest.slice(open + edge(open), rest.text[..close].trim_end_matches([')', '）']).len());
        if let Some(inside) = lifetime_in(&inside) {
            let before = rest.slice(start.min(open), open);
            let after_start = rest.text[close..].len()
                - rest.text[close..]
                    .trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS[..LEADING].contains(&c))
                    .len();
            let after = rest.slice(close + after_start, rest.text.len());
            let mut text = before;
            text.push(" ", &after);
            return (text, Some(inside));
        }
    }
    (rest.slice(start, rest.text.len()), None)
}
