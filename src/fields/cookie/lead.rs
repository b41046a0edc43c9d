//! The headings, lead-ins and captions that group rows: which category stands over a place in the document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use memchr::memmem;

use super::heard::{Heard, Owner, Said};
use crate::block::{Block, Content, MarkKind, Rich};
use crate::document::{Category, DocumentKind};
use crate::lexicon::{Field, Hit, NameWord, Words, lexicon};
use crate::table::key_of;
use crate::text::{
    Asked, COLONS, QUESTION_MARKS, SENTENCE_ENDS, Span, Text, answer, collapse, fits, is_figure, is_letter_mark,
    is_unparted, opens_words, split_at_colon, word_count,
};
use crate::value::{category, duration, host, term};

/// A lead-in has at most this many words; a longer text explains and does not head.
const MOST_WORDS: usize = 14;
/// One that ends with a full stop has at most this many.
const MOST_WORDS_CLOSED: usize = 4;
/// A lead-in paragraph reaches over at most this many other blocks.
const LONGEST_REACH: u8 = 4;
/// Between the heading of a category and that of its first service at most this many blocks explain the category.
const LONGEST_EXPLANATION: u8 = 3;
/// A list item reaches over the blocks of its item, which the format may not say: at most this many.
const LONGEST_ITEM: u8 = 40;
/// The name of a service reaches over what is said about the service before its cookies come.
const LONGEST_OWNER: u8 = 16;
/// The level of a heading that a text without markup leaves as a line.
const GROUP_LEVEL: u8 = 6;
/// The level of an item of an outermost list: below every heading; nested lists follow.
const ITEM: u8 = 9;
/// The level of a lead-in paragraph: below every heading and item.
const PARAGRAPH: u8 = 40;

/// Something that stands over rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// As printed, without section number and colon.
    pub raw: Arc<str>,
    /// The category that it names.
    pub category: Option<Category>,
    /// Whose the rows below are, where it is the name of a service or a host and nothing else.
    pub owner: Option<Owner>,
    /// The lifetime of the rows below, where it is a heading that states one: "Kept for 30 days".
    pub lifetime: Option<Arc<str>>,
    /// Its line.
    pub line: u32,
    level: u8,
    /// How many parts its section number has: 2 for "4.1".
    section: usize,
    /// Blocks passed since.
    age: u8,
    /// True while nothing but sentences has followed it.
    explains: bool,
    /// True for a category right below which a service is headed on the same level: the services that follow are of it.
    holds_owners: bool,
    /// True for a service below which a tool prints what it is used for, before the groups of its cookies.
    explained: bool,
}

/// The leads that stand over the place reached so far, outermost first.
#[derive(Debug, Clone, Default)]
pub struct Leads {
    stack: Vec<Lead>,
    /// Levels of headings that name whose the rows below them are.
    owner_levels: Vec<u8>,
    /// True where tools print the link to each company's privacy policy below its name.
    linked_owners: bool,
    /// The text passed last, if it could be a name.
    last: Option<Rich>,
    /// True where how many cookies a name has stands right above.
    counted: bool,
    /// True below the first heading.
    headed: bool,
    /// The level of the heading right above, where it labels whose the rows below it are: "Processing company".
    owner_labelled: Option<u8>,
    /// Labels that are whose the rows are that a heading below each of them leads into.
    folded_owners: Arc<BTreeSet<Text>>,
    /// Bold lines right over lists that are whose the rows are, as most of those lines are for certain.
    listed_owners: Arc<BTreeSet<Text>>,
    /// Items that are hosts, beside items that are hosts too: a list of hosts heads no rows.
    listed_hosts: Arc<BTreeSet<Text>>,
    /// Sentences right above tables that begin with the group that the table is of, and that group.
    opened_groups: Arc<BTreeMap<Text, String>>,
}

/// Links to privacy policies below short texts that make a list of companies.
const LEAST_LINKED: usize = 3;

impl Leads {
    /// Leads for a document, before its first block. Where several headings of a level over rows are names of services, the
    /// others of that level are names of companies that no list knows.
    pub fn of(blocks: &[Block]) -> Self {
        let over_rows = blocks.iter().enumerate().filter_map(|(index, block)| {
            let Content::Heading { level, text } = &block.content else { return None };
            let below =
                blocks[index + 1..].iter().take_while(|b| !matches!(b.content, Content::Heading { .. })).take(8);
            let rows = below.into_iter().any(|b| matches!(b.content, Content::Table(_) | Content::ListItem { .. }));
            rows.then(|| (*level, names_service(&without_number(&collapse(&text.text)))))
        });
        let mut counts: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
        for (level, service) in over_rows {
            let count = counts.entry(level).or_default();
            count.0 += 1;
            count.1 += usize::from(service);
        }
        let owned = counts.into_iter().filter(|(_, (all, services))| *services >= 2 && services * 5 >= all * 2);
        let owner_levels = owned.map(|(level, _)| level).collect();
        let linked_owners = links_below_names(blocks) >= LEAST_LINKED;
        let (listed_hosts, folded_owners) = (listed_hosts(blocks).into(), folded_owners(blocks).into());
        let (listed_owners, opened_groups) = (listed_owners(blocks).into(), opened_groups(blocks).into());
        Self {
            owner_levels,
            linked_owners,
            folded_owners,
            listed_owners,
            listed_hosts,
            opened_groups,
            ..Self::default()
        }
    }

    /// Takes a block into account that stands before the rows to come.
    pub fn pass(&mut self, block: &Block) {
        self.grow_old();
        if let Some(level) = self.owner_labelled.take() {
            self.name_labelled_owner(level, block);
        }
        match &block.content {
            Content::Heading { level, text } => {
                // "1. Processing company" is a part of the text, and labels no rows.
                let labels = parts_of_number(&text.text) == 0 && key_of(&text.text) == Some(Field::Provider);
                self.owner_labelled = labels.then_some(*level);
                self.hold_folded(*level);
                self.push(*level, text, block.span, true);
                // The first heading is the page's own: its company is whose policy this is.
                if !std::mem::replace(&mut self.headed, true) {
                    self.stack.retain(|lead| lead.owner.is_none());
                }
                self.last = Some(text.clone()).filter(|text| self.linked_owners && could_name_a_company(&text.text));
            }
            Content::Paragraph(text) => {
                // Scrapers leave headings and texts as lines of one paragraph.
                match text.text.has_lines() {
                    true => text.lines().iter().for_each(|line| self.paragraph(PARAGRAPH, line, block.span)),
                    false => self.paragraph(PARAGRAPH, text, block.span),
                }
            }
            Content::ListItem { depth, text } => self.item(*depth, text, block.span),
            Content::Table(_) | Content::Furniture(_) => {}
        }
    }

    /// Takes the name of a group into account that heads all that follows, up to the next.
    pub fn pass_group(&mut self, text: &Rich, span: Span) {
        let content = Content::Heading { level: GROUP_LEVEL, text: text.clone() };
        self.pass(&Block { content, span });
    }

    /// The category that stands over this place.
    pub fn category(&self) -> Option<&Lead> {
        self.stack.iter().rev().find(|lead| lead.category.is_some())
    }

    /// The service whose name, or the hosts that, stand over this place.
    pub fn owner(&self) -> Option<&Lead> {
        self.stack.iter().rev().find(|lead| lead.owner.is_some())
    }

    /// The lifetime that the heading over this place states.
    pub fn lifetime(&self) -> Option<&Lead> {
        self.stack.iter().rev().find(|lead| lead.level < ITEM).filter(|lead| lead.lifetime.is_some())
    }

    /// True below the title of a privacy policy and no heading of cookies, of a category or of a service.
    pub fn speak_of_personal_data(&self) -> bool {
        let privacy = |lead: &Lead| lexicon().documents.says(&*lead.raw, DocumentKind::PrivacyPolicy);
        let cookies = |lead: &Lead| {
            lead.category.is_some() || lead.owner.is_some() || lexicon().names.says(&*lead.raw, NameWord::Cookie)
        };
        self.stack.iter().any(privacy) && !self.stack.iter().any(cookies)
    }

    /// True below a heading that is neither of cookies nor of a group of them, nor of whose they are.
    pub fn head_something_else(&self) -> bool {
        let heading = self.stack.iter().rev().find(|lead| lead.level < ITEM);
        let cookies = |lead: &Lead| lexicon().names.says(&*lead.raw, NameWord::Cookie);
        heading.is_some_and(|lead| lead.category.is_none() && lead.owner.is_none() && !cookies(lead))
    }

    /// These leads with a label of a table or its caption under them.
    pub fn with_label(&self, text: &Rich, span: Span) -> Self {
        let mut leads = self.clone();
        leads.push(PARAGRAPH + 1, text, span, false);
        leads
    }

    /// Rows stand here: what stands over them has been more than explained.
    pub fn pass_rows(&mut self) {
        self.stack.iter_mut().for_each(|lead| lead.explains = false);
    }

    /// A lead-in paragraph holds for what follows it closely; a heading for all of its part.
    fn grow_old(&mut self) {
        self.stack.iter_mut().for_each(|lead| lead.age = lead.age.saturating_add(1));
        self.stack.retain(|lead| lead.level < ITEM || lead.age <= lead.reach());
    }

    /// An item closes what an item beside it led into.
    fn item(&mut self, depth: u8, text: &Rich, span: Span) {
        let level = ITEM + 2 * depth.min(12);
        self.stack.retain(|above| above.level < level || above.level >= PARAGRAPH);
        if !self.listed_hosts.contains(&text.text) {
            self.paragraph(level, text, span);
        }
    }

    /// What a button folds away begins with a heading: it is below the button, whatever their levels are.
    fn hold_folded(&mut self, level: u8) {
        let folded = &self.folded_owners;
        let near = |lead: &Lead| usize::from(lead.age) <= LONGEST_DESCRIPTION + 1;
        let label = |lead: &&mut Lead| near(lead) && folded.iter().any(|owner| owner.trim() == &*lead.raw);
        if let Some(lead) = self.stack.last_mut().filter(label) {
            lead.level = level.saturating_sub(1);
        }
    }

    fn paragraph(&mut self, level: u8, text: &Rich, span: Span) {
        if self.folded_owners.contains(&text.text) || self.listed_owners.contains(&text.text) {
            return self.name_owner(text, span);
        }
        if let Some(group) = self.opened_groups.get(&text.text).filter(|group| !self.is_within(group)) {
            let group = Rich::plain(group.as_str());
            return self.push(level, &group, span, false);
        }
        self.close_question(&text.text);
        if !is_sentence(&text.text) {
            self.pass_rows();
        }
        let counted = std::mem::replace(&mut self.counted, is_count(&text.text));
        if self.linked_owners && links_to_company(&text.text, counted) {
            if let Some(name) = self.last.take() {
                self.name_owner(&name, span);
            }
            return;
        }
        if !self.counted {
            self.last = Some(text.clone()).filter(|text| self.linked_owners && could_name_a_company(&text.text));
        }
        // Most paragraphs lead into nothing, and the same ones stand in many documents.
        if text.marks.is_empty() && *answer(&text.text.known().answers::<Heard>().silent, || is_silent(text)) {
            return;
        }
        if term::is_filler(&text.text) || self.names_group_of_owner(text, span) {
            return;
        }
        if let Some(owner) = emphasised_owner(text) {
            self.push(level + 1, &Rich::plain(owner), span, false);
            return;
        }
        let owned = owner(&text.text).is_some();
        if is_emphasised(text) || owned || ends_as_lead(text) || is_bare_category(&text.text) {
            self.push(if owned { level + 1 } else { level }, text, span, false);
        } else if let Some(opening) = emphasised_opening(text).or_else(|| opening_term(&text.text)) {
            let owned = owner(&opening).is_some();
            self.push(if owned { level + 1 } else { level }, &Rich::plain(opening), span, false);
        }
    }

    /// Right below the heading of a service stands the group of its cookies: it holds for all that the heading does.
    fn names_group_of_owner(&mut self, text: &Rich, span: Span) -> bool {
        let headed = |lead: &&Lead| lead.owner == Some(Owner::Service) && lead.level < ITEM && lead.age <= 1;
        let level = self.stack.last().filter(headed).map(|lead| lead.level);
        let group = level.filter(|_| is_bare_category(&text.text) && owner(&text.text).is_none());
        let group = group.and_then(|level| lead(level, &text.text, span)).filter(|group| group.category.is_some());
        let found = group.is_some();
        self.stack.extend(group);
        found
    }

    /// True below a lead of the same category, and right below the heading of any.
    fn is_within(&self, group: &str) -> bool {
        let same = || self.category().and_then(|lead| lead.category) == category::classify(group);
        let headed = |lead: &Lead| lead.category.is_some() && lead.level < ITEM && lead.age <= 1;
        self.stack.iter().any(headed) || same()
    }

    /// Where a text's headings are questions, the next question closes the group that the last one names.
    fn close_question(&mut self, text: &str) {
        let asks = |text: &str| text.ends_with(QUESTION_MARKS);
        let is_group = |lead: &Lead| lead.level >= PARAGRAPH && lead.category.is_some() && asks(&lead.raw);
        if self.stack.iter().any(is_group) && opening_question(text).is_some() {
            self.stack.retain(|lead| !is_group(lead));
        }
    }

    /// A lead closes those of its level and below; a paragraph that names no category closes nothing.
    ///
    /// Whose rows follow does not say that their category has changed: a lead right above stays.
    fn push(&mut self, level: u8, text: &Rich, span: Span, closes: bool) {
        let Some(mut lead) = lead(level, &text.text, span) else { return };
        lead.lifetime = closes.then(|| lifetime_of(&lead.raw)).flatten();
        if lead.owner.is_none() && lead.category.is_none() && closes && self.is_company(level, &lead.raw) {
            lead.owner = Some(Owner::Service);
        }
        if closes || lead.category.is_some() || lead.owner.is_some() {
            let owned = lead.owner.is_some();
            self.hold_owner(&lead, closes);
            let again = self.category().is_some_and(|known| lead.category.is_some() && known.category == lead.category);
            let stays = |above: &Lead| {
                let beside = above.level >= ITEM && lead.level >= ITEM;
                let right_above =
                    if owned { above.category.is_some() } else { above.owner.is_some() } && above.age <= 2;
                let close = above.level >= ITEM && owned && right_above;
                let service = above.owner.is_some() && (again || above.explained && !owned);
                let explained = closes && above.is_explained_by(&lead);
                // A text without markup leaves the name of a group as a line, where those of its services may stand alone like headings.
                let line = above.level == GROUP_LEVEL && above.category.is_some();
                let held = closes && owned && (above.holds_owners || line);
                above.level < level || close || held || explained || (beside && !closes && (right_above || service))
            };
            self.stack.retain(stays);
            for above in self.stack.iter_mut().filter(|above| closes && above.is_explained_by(&lead)) {
                above.explained |= lead.category.is_none() || above.age > 2;
            }
            self.stack.push(lead);
        }
    }

    /// Where texts or pages head all on one level, a category that is explained and then followed by the heading of a service holds it.
    fn hold_owner(&mut self, lead: &Lead, closes: bool) {
        let holds = |above: &Lead| {
            let close = above.explains && above.age <= LONGEST_EXPLANATION;
            // "8. Statistics", "9. Maps": what is numbered on one level stands side by side.
            let beside = above.section > 0 && above.section == lead.section;
            above.category.is_some() && above.level >= lead.level && close && !beside
        };
        let found = self.stack.iter().rposition(holds).filter(|_| closes && lead.owner.is_some());
        if let Some(found) = found {
            let mut group = self.stack.remove(found);
            self.stack.retain(|above| above.level < lead.level);
            group.holds_owners = true;
            group.level = lead.level;
            self.stack.push(group);
        }
    }

    /// What a label says is whose the rows to come are, until the next such label.
    pub fn name_owner(&mut self, text: &Rich, span: Span) {
        let raw = collapse(&text.text);
        if raw.split_whitespace().count() <= MOST_WORDS {
            self.stack.retain(|lead| lead.owner.is_none());
            self.stack.push(Lead::of_owner(raw, span, ITEM - 1));
        }
    }

    /// The first line below a heading that labels whose the rows are: theirs up to the next heading above that label.
    fn name_labelled_owner(&mut self, level: u8, block: &Block) {
        let Content::Paragraph(text) = &block.content else { return };
        let Some(name) = text.text.split('\n').next().map(Text::from).filter(could_name_a_company) else { return };
        self.stack.retain(|lead| lead.owner.is_none());
        self.stack.push(Lead::of_owner(collapse(&name), block.span, level.saturating_sub(1)));
    }

    fn is_company(&self, level: u8, raw: &str) -> bool {
        let words = raw.split_whitespace().count();
        let cookies = lexicon().names.says(raw, NameWord::Cookie);
        self.owner_levels.contains(&level) && words <= 7 && !cookies && !raw.ends_with(['.', '?'])
    }
}

/// Blocks that may describe a company between its name and the heading of its cookies.
const LONGEST_DESCRIPTION: usize = 3;

/// Consent dialogs print the name of each company on a button that folds away its cookies, which one and the same heading leads into: where one
/// such name is a company's for certain, the others are too.
fn folded_owners(blocks: &[Block]) -> BTreeSet<Text> {
    const LEAST: usize = 2;
    let mut below: BTreeMap<&Text, BTreeSet<Text>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        if let (Content::Heading { text, .. }, Some(label)) = (&block.content, folding_label(&blocks[..index])) {
            below.entry(&text.text).or_default().insert(label.clone());
        }
    }
    let owned = |labels: &BTreeSet<Text>| labels.len() >= LEAST && labels.iter().any(|label| names_service(label));
    below.into_values().filter(owned).flatten().collect()
}

/// Bold words right over lists and tables, where most of them are names of services: others that sentences speak of by the same name are
/// companies that no list knows.
fn listed_owners(blocks: &[Block]) -> BTreeSet<Text> {
    const LEAST_SERVICES: usize = 2;
    // Each is looked for in the whole text: no more of them than a policy has.
    const MOST_UNKNOWN: usize = 100;
    let named = |block: &Block| match &block.content {
        Content::Paragraph(text) if !text.marks.is_empty() && is_emphasised(text) => Some(text.text.clone()),
        _ => None,
    };
    let over_rows = |block: &Block| matches!(block.content, Content::ListItem { .. } | Content::Table(_));
    let labels: BTreeSet<Text> =
        blocks.windows(2).filter(|pair| over_rows(&pair[1])).filter_map(|pair| named(&pair[0])).collect();
    let services = labels.iter().filter(|label| names_service(label)).count();
    let owners = services >= LEAST_SERVICES && services * 5 >= labels.len() * 2;
    let told = |label: &Text| {
        let texts = blocks.iter().filter_map(Block::rich).filter(|rich| rich.text.len() > label.len());
        texts.into_iter().any(|rich| rich.text.contains(label.trim()) && is_sentence(&rich.text))
    };
    let unknown = |label: &Text| owner(label).is_none() && could_name_a_company(label);
    labels.into_iter().filter(|label| owners && unknown(label)).take(MOST_UNKNOWN).filter(told).collect()
}

/// The short question that a text begins with.
fn opening_question(text: &str) -> Option<&str> {
    let at = text.find(QUESTION_MARKS)?;
    let question = text[..at].trim();
    let short = word_count(question) <= MOST_WORDS && !question.contains(['.', '!', '。']);
    (short && question.starts_with(opens_words)).then_some(question)
}

/// The label that stands last before a heading, with nothing but what describes it between them.
fn folding_label(above: &[Block]) -> Option<&Text> {
    let paragraphs = above.iter().rev().take(LONGEST_DESCRIPTION + 1).map_while(|block| match &block.content {
        Content::Paragraph(text) => Some(text),
        _ => None,
    });
    let label = paragraphs.into_iter().find(|text| !text.marks.is_empty() && is_emphasised(text))?;
    let named = label.text.word_count() <= MOST_WORDS / 2 && category::likeness(&label.text) < 0.8;
    (named && !ends_as_lead(label)).then_some(&label.text)
}

/// "Statistics cookies help us to see …", right above a table: scrapers lose the heading over it. Sentences above several tables must begin
/// with a group each, and not all with the same.
fn opened_groups(blocks: &[Block]) -> BTreeMap<Text, String> {
    let above =
        blocks.windows(2).filter(|pair| pair[1].as_table().is_some()).filter_map(|pair| match &pair[0].content {
            // What leads into the table by itself says more.
            Content::Paragraph(text) => text.lines().pop().filter(is_silent),
            _ => None,
        });
    let groups: BTreeMap<Text, String> =
        above.filter_map(|line| Some((line.text.clone(), group_that_opens(line.text.trim())?.to_owned()))).collect();
    let kinds: BTreeSet<Category> = groups.values().filter_map(|group| category::classify(group.as_str())).collect();
    if kinds.len() > 1 { groups } else { BTreeMap::new() }
}

/// The words of a group of cookies that a longer text begins with.
pub(super) fn group_that_opens(text: &str) -> Option<&str> {
    const MOST_WORDS: usize = 6;
    const LONGEST: usize = 14;
    let unparted = text.starts_with(is_unparted);
    let ends = text.char_indices().skip(1).filter(|(_, c)| unparted || c.is_whitespace()).map(|(at, _)| at);
    let group = |end: &usize| {
        let opening = &text[..*end];
        lexicon().names.says(opening, NameWord::Cookie) && category::likeness(opening) >= 0.9
    };
    let end = ends.take(if unparted { LONGEST } else { MOST_WORDS }).filter(group).last()?;
    Some(&text[..end])
}

fn listed_hosts(blocks: &[Block]) -> BTreeSet<Text> {
    let host = |block: &Block| match &block.content {
        Content::ListItem { text, .. } if host::likeness(&text.text) >= 1.0 => Some(text.text.clone()),
        _ => None,
    };
    let beside = blocks.windows(2).filter_map(|pair| Some([host(&pair[0])?, host(&pair[1])?]));
    beside.flatten().collect()
}

/// How many lines that are nothing but a link to a privacy policy stand right below a text that could be a company's name.
fn links_below_names(blocks: &[Block]) -> usize {
    let texts = blocks.iter().filter(|block| !block.is_furniture()).filter_map(Block::rich).map(|rich| &rich.text);
    let mut above: Option<Text> = None;
    let (mut links, mut counted) = (0, false);
    for text in texts {
        let mut pass = |line: &Text| {
            let named = || above.as_ref().is_some_and(could_name_a_company);
            links += usize::from(links_to_company(line, counted) && named());
            counted = is_count(line);
            if !counted {
                above = Some(line.clone());
            }
        };
        match text.has_lines() {
            true => text.split('\n').for_each(|line| pass(&line.into())),
            false => pass(text),
        }
    }
    links
}

/// A link to a company's policy; below the count of its cookies, whatever a dialog calls it.
fn links_to_company(line: &Text, counted: bool) -> bool {
    is_policy_link(line) || counted && term::is_filler(line)
}

fn is_policy_link(line: &Text) -> bool {
    let link = || fits(line, 60) && lexicon().documents.whole(line).contains(&DocumentKind::PrivacyPolicy);
    *answer(&line.known().answers::<Heard>().policy_link, link)
}

/// How many cookies a dialog lists below a name.
fn is_count(line: &str) -> bool {
    let figures = line.trim();
    (1..=3).contains(&figures.len()) && figures.bytes().all(|byte| byte.is_ascii_digit())
}

/// A few words from a capital, that are no policy, no group of cookies and no sentence.
fn could_name_a_company(line: &Text) -> bool {
    let words = line.split_whitespace().count();
    let capital = line.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let sentence = line.trim_end().ends_with(SENTENCE_ENDS) || line.trim_end().ends_with(COLONS);
    (1..=6).contains(&words)
        && capital
        && !sentence
        && !is_policy_link(line)
        && (category::likeness(line) < 0.5 || lexicon().services.is_mentioned(line))
}

/// True for a text without marks that leads into nothing.
fn is_silent(text: &Rich) -> bool {
    let printed = &text.text;
    let leads =
        owner(printed).is_some() || ends_as_lead(text) || is_bare_category(printed) || opening_term(printed).is_some();
    !leads && !is_emphasised(text)
}

/// A service's or a company's name, alone or with the company behind it in brackets.
fn names_service(text: &str) -> bool {
    let bare = text.split(" (").next().unwrap_or(text);
    lexicon().services.is_name(text) || lexicon().services.is_name(bare) || lexicon().services.is_company(text)
}

impl Lead {
    fn of_owner(raw: String, span: Span, level: u8) -> Self {
        let owner = if host::likeness(&raw) >= 1.0 { Owner::Host } else { Owner::Service };
        Self {
            raw: raw.into(),
            category: None,
            owner: Some(owner),
            lifetime: None,
            line: span.line,
            level,
            section: 0,
            age: 0,
            explains: true,
            holds_owners: false,
            explained: false,
        }
    }

    /// Tools print below a service its group, what it is used for and with whom it shares data, each under a short line of its own,
    /// which a text without markup leaves like a heading.
    fn is_explained_by(&self, heading: &Lead) -> bool {
        let service = self.owner == Some(Owner::Service) && self.level >= ITEM && heading.owner.is_none();
        let group = || heading.category.is_some() && self.age <= 2;
        let label = || lexicon().headers.all(&*heading.raw).iter().map(|hit| hit.coverage).sum::<f32>() >= 0.5;
        service && (group() || label() || heading.raw.contains(&*self.raw))
    }

    /// Blocks that it reaches over, where it is no heading.
    fn reach(&self) -> u8 {
        match self.owner {
            Some(_) => LONGEST_OWNER,
            None if self.level < PARAGRAPH => LONGEST_ITEM,
            None => LONGEST_REACH,
        }
    }
}

/// None for a text that labels what follows.
fn lead(level: u8, text: &Text, span: Span) -> Option<Lead> {
    let known = text.known();
    let Said { raw, category, owner } = answer(&known.answers::<Heard>().lead, || said(text)).as_ref()?;
    let (raw, category, owner) = (raw.as_str().into(), *category, *owner);
    let (line, age) = (span.line, 0);
    Some(Lead {
        raw,
        category,
        owner,
        lifetime: None,
        line,
        level,
        section: parts_of_number(text),
        age,
        explains: true,
        holds_owners: false,
        explained: false,
    })
}

/// How many numbers parted by full stops a text begins with, before a blank: 2 for "4.1", 1 for "8.".
fn parts_of_number(text: &str) -> usize {
    let number = text.split_whitespace().next().unwrap_or("");
    let bare = number.trim_end_matches(['.', ')']);
    let is_part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = (bare.len() < number.len() || bare.contains('.')) && bare.split('.').all(is_part);
    if numbered { bare.split('.').count() } else { 0 }
}

fn said(text: &str) -> Option<Said> {
    let raw = without_number(&collapse(text));
    let short = raw.split_whitespace().count() <= MOST_WORDS;
    if short && (labels_cookies(&raw) || labels_lifetimes(&raw)) {
        return None;
    }
    let owner = owner(&raw).filter(|_| short);
    let grouping = lexicon().services.without_names(&raw);
    let grouped = short && owner.is_none() && names_group(&grouping);
    let category = category::classify(&grouping)
        .filter(|found| grouped && !(*found == Category::Other && is_of_others(&grouping)));
    let raw = match owner {
        Some(Owner::Service) => service_of_party(&raw).map_or_else(|| without_policy(&raw), str::to_owned),
        _ => raw,
    };
    Some(Said { raw, category, owner })
}

/// The lifetime that a heading states, and hardly anything else: "Kept for 30 days", "Deleted when you close the browser".
fn lifetime_of(heading: &str) -> Option<Arc<str>> {
    const MOST_WORDS: usize = 8;
    let short = heading.split_whitespace().nth(MOST_WORDS).is_none();
    match short.then(|| duration::stated(heading))?.as_slice() {
        [place] if category::classify(heading).is_none() => Some(heading[place.clone()].into()),
        _ => None,
    }
}

/// "Technical cookie information": it labels what follows, in whatever group, and closes none.
fn labels_cookies(text: &str) -> bool {
    let headers = lexicon().headers.whole(text);
    headers.contains(&Field::Extra) && lexicon().names.says(text, NameWord::Cookie)
}

/// "Duration of the trackers:", above a list of them.
fn labels_lifetimes(text: &str) -> bool {
    let headers = lexicon().headers.all(text);
    headers.first().is_some_and(|hit| hit.start == 0 && hit.meaning == Field::Duration)
}

/// "Cookies of others", and "Other services", where most of it is no word for a group and none for cookies.
fn is_of_others(text: &str) -> bool {
    let bare = || category::named_share(text) < 0.5 && !lexicon().names.says(text, NameWord::Cookie);
    says_whose(text) || bare()
}

/// "Cookies of others": a word for what fits no group is part of the words for third parties.
fn says_whose(text: &str) -> bool {
    let words = Words::of(text);
    let parties = lexicon().parties.all_in(&words);
    let groups = lexicon().categories.all_in(&words);
    groups.iter().all(|group| {
        let end = group.start + group.words;
        parties.iter().any(|party| party.start <= group.start && end <= party.start + party.words)
    })
}

/// "Third-party cookies: Acme Analytics": the service that is named behind whose the cookies are.
fn service_of_party(text: &str) -> Option<&str> {
    let (party, service) =
        text.split_once(':').or_else(|| text.split_once(" – ")).or_else(|| text.split_once(" - "))?;
    let service = service.trim();
    (term::party(party).is_some() && names_service(service)).then_some(service)
}

/// Whose name a text is, with or without the word cookie.
fn owner(text: &(impl Asked + ?Sized)) -> Option<Owner> {
    if !fits(text.as_ref(), 120) {
        return None;
    }
    let text = text.known();
    *answer(&text.answers::<Heard>().owner, || owner_named(&text))
}

fn owner_named(text: &Text) -> Option<Owner> {
    let speaks = lexicon().names.may_be_in(text);
    let is_cookie = |word: &&str| speaks && lexicon().names.whole(word).contains(&NameWord::Cookie);
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_cookie(word)).collect();
    if words.len() <= 6 && lexicon().services.is_name(&words.join(" ")) {
        return Some(Owner::Service);
    }
    // A company's legal form may end with a full stop: "Acme, Inc."
    let company = || words.len() <= 6 && text.trim_end().ends_with('.') && lexicon().services.is_company(text);
    if company() || names_company_behind(text) {
        return Some(Owner::Service);
    }
    let names = |bare: String| names_service(&bare) || bare.len() < text.trim().len();
    if words.len() <= 12 && !text.trim_end().ends_with(['.', ':']) && names(without_policy(text)) {
        return Some(Owner::Service);
    }
    if service_of_party(text).is_some() {
        return Some(Owner::Service);
    }
    if host::likeness(text) >= 1.0 {
        return Some(Owner::Host);
    }
    let site =
        words.len() <= 12 && words.len() == text.split_whitespace().count() && !text.trim_end().ends_with(['.', ':']);
    let sentence =
        text.contains(". ") || text.contains(", ") || !text.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let ends = |host: &host::FoundHost| host.start > 0 && text[host.start + host.raw.len()..].trim().is_empty();
    let addressed = || host::find(text).iter().any(|host| host.explicit || ends(host));
    (site && !sentence && addressed()).then_some(Owner::Site)
}

/// "Acme Ads, counting of sales (Acme Platforms Ltd)": the company in brackets says that what stands before it is a service.
fn names_company_behind(text: &str) -> bool {
    let inside = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    inside.is_some_and(|(service, company)| !service.is_empty() && lexicon().services.is_company(company))
}

/// "Acme A/S Privacy policy", "Acme View Service Privacy Policy", a name and a link: the name.
pub(super) fn without_policy(text: &str) -> String {
    let text = collapse(text);
    if !lexicon().documents.may_be_in(&text) {
        return text;
    }
    // "II. Privacy policy" has a number and no name.
    let numbered = text.split_once(' ').filter(|(number, _)| is_roman_number(number));
    let titled = numbered.map_or(text.as_str(), |(_, titled)| titled);
    name_before_policy(titled).map_or_else(|| text.clone(), str::to_owned)
}

/// The name that the words for a policy follow.
fn name_before_policy(text: &str) -> Option<&str> {
    if let Some(name) = service_before_policy(text) {
        return Some(name);
    }
    let starts = text.match_indices(' ').map(|(at, _)| at).filter(|at| fits(&text[at + 1..], 60));
    let policy = |at: &usize| lexicon().documents.whole(&text[at + 1..]).contains(&DocumentKind::PrivacyPolicy);
    let cookies = |at: usize| lexicon().names.says(&text[..at], NameWord::Cookie);
    let named = |at: &usize| text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !cookies(*at);
    if !lexicon().documents.whole(text).is_empty() {
        return None;
    }
    let at = starts.into_iter().find(|at| policy(at) && named(at))?;
    Some(text[..at].trim_end_matches([' ', '-', '–', ',', '(']))
}

/// "II.", "IV)".
fn is_roman_number(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']).unwrap_or("");
    !number.is_empty() && number.bytes().all(|byte| b"IVXLCM".contains(&byte))
}

/// "Cookies of **Acme**:", "**Acme** sets these cookies:": the name of a service that a lead-in sets off.
fn emphasised_owner(text: &Rich) -> Option<String> {
    let words = text.text.word_count();
    let cookies = lexicon().names.says(&text.text, NameWord::Cookie);
    let mut marked = text.marked(is_emphasis);
    let name = marked.next().map(collapse).filter(|_| marked.next().is_none())?;
    let lead = ends_as_lead(text) && words <= 8 && cookies && name.split_whitespace().count() < words;
    (lead && names_service(&name)).then_some(name)
}

/// "Technical cookies: these are …": the words before the colon, where they name a group of cookies.
fn opening_term(text: &str) -> Option<String> {
    let parted = split_at(text, ": ").or_else(|| split_at(text, "：")).or_else(|| split_at(text, " – "));
    let (opening, _) = parted.or_else(|| opening_group(text)).or_else(|| glued_group(text))?;
    let raw = without_number(&collapse(opening));
    let short = word_count(&raw) <= 7;
    (short && category::named_share(&raw) >= 0.5).then_some(raw)
}

/// "StatisticsThese cookies count visits.": the name of a group, and right behind it, without even a blank, a sentence.
fn glued_group(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 80;
    let mut before = ' ';
    let near = text.char_indices().take_while(|(at, _)| *at <= LONGEST);
    let seam = near.into_iter().find(|(_, c)| {
        let above = std::mem::replace(&mut before, *c);
        c.is_uppercase() && (above.is_lowercase() || above == ')')
    });
    let (opening, rest) = text.split_at(seam?.0);
    let sentence = || rest.trim_end().ends_with('.') && word_count(rest) > LEAST_WORDS_GLUED;
    (sentence() && category::likeness(opening) >= 0.9).then_some((opening, rest))
}

/// A sentence that stands right behind the name of a group has more words than this.
const LEAST_WORDS_GLUED: usize = 3;

/// [`str::split_once`], by a look at many bytes at a time.
fn split_at<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = memmem::find(text.as_bytes(), mark.as_bytes())?;
    Some((&text[..at], &text[at + mark.len()..]))
}

/// The longest name of a service that a text begins with, where a link to its privacy policy follows.
fn service_before_policy(text: &str) -> Option<&str> {
    const LONGEST_LINK: usize = 7;
    let ends = text.match_indices(' ').map(|(at, _)| at);
    let named = |at: &usize| {
        let rest = &text[at + 1..];
        let short = rest.split_whitespace().nth(LONGEST_LINK).is_none();
        let services = &lexicon().services;
        let name = || services.is_name(&text[..*at]) || services.is_company(&text[..*at]);
        short && name() && lexicon().documents.says(rest, DocumentKind::PrivacyPolicy)
    };
    ends.rev().find(named).map(|at| &text[..at])
}

/// "Technical cookies. They …": a first sentence of few words that are a group and the word cookie.
fn opening_group(text: &str) -> Option<(&str, &str)> {
    let (opening, rest) = split_at(text, ". ")?;
    // A word with a letter or a figure stays at least one when it is folded.
    let worded = |word: &&str| word.contains(|c: char| c.is_ascii_alphanumeric());
    let many = opening.split_whitespace().filter(worded).nth(4).is_some();
    let few = !many && (2..=4).contains(&Words::of(opening).len());
    (few && lexicon().names.says(opening, NameWord::Cookie)).then_some((opening, rest))
}

/// Most of it is category words, or it speaks of cookies.
fn names_group(text: &str) -> bool {
    category::named_share(text) >= 0.3 || lexicon().names.says(text, NameWord::Cookie)
}

/// True for a text that ends as sentences do, or is too long to head anything.
fn is_sentence(text: &Text) -> bool {
    let sentence = || text.trim_end().ends_with(SENTENCE_ENDS) || text.word_count() > MOST_WORDS;
    *answer(&text.known().answers::<Heard>().sentence, sentence)
}

fn is_emphasised(text: &Rich) -> bool {
    let marked: usize = text.marked(is_emphasis).map(str::len).sum();
    marked * 10 >= text.text.trim().len() * 9 && !text.is_blank()
}

fn is_emphasis(kind: &MarkKind) -> bool {
    matches!(kind, MarkKind::Strong | MarkKind::Emphasis)
}

/// The emphasised words that a paragraph opens with.
fn emphasised_opening(text: &Rich) -> Option<String> {
    let mark = text.marks.iter().find(|mark| is_emphasis(&mark.kind))?;
    (text.text[..mark.start].trim().is_empty()).then(|| text.text[mark.start..mark.end].to_owned())
}

fn ends_as_lead(text: &Rich) -> bool {
    text.text.trim_end().ends_with(COLONS)
}

fn is_bare_category(text: &Text) -> bool {
    let words = text.word_count();
    // "These cookies are strictly necessary." explains.
    let explains = || words > MOST_WORDS_CLOSED && text.trim_end().ends_with(['.', '。', '।']);
    words <= 8 && (category::named_share(text) >= 0.6 || heads_cookies(text)) && !explains() && !labels_a_value(text)
}

/// "Purpose: statistics": a line of a record.
fn labels_a_value(text: &str) -> bool {
    let label = split_at_colon(text).filter(|(_, value)| !value.trim().is_empty()).map(|(label, _)| label);
    label.and_then(key_of).is_some_and(|field| !matches!(field, Field::Category | Field::Name | Field::Extra))
}

/// "Cookies for measuring our campaigns": a few words that begin with the word for cookies, and are no sentence.
fn heads_cookies(text: &Text) -> bool {
    let text = text.trim();
    let phrase = text.starts_with(opens_words) && text.ends_with(|c: char| c.is_alphabetic() || is_letter_mark(c));
    let first =
        || text.split_whitespace().next().is_some_and(|word| lexicon().names.whole(word).contains(&NameWord::Cookie));
    let opens = |word: &Hit<NameWord>| word.start == 0 && word.meaning == NameWord::Cookie;
    let cookies = || first() || text.starts_with(is_unparted) && lexicon().names.all(text).iter().any(opens);
    phrase && cookies() && category::classify(text).is_some()
}

/// Without "3.2" or "a)" before it, a colon or a count of rows after it, and the marks of a notation around it.
fn without_number(text: &str) -> String {
    let text = without_notation(text);
    let text = text.trim_start_matches(|c: char| {
        is_figure(c)
            || matches!(c, '.' | ')' | '(' | ' ' | '-' | '–' | '•' | '■' | '□' | '◆' | '●' | '・' | '【' | '（' | '）')
    });
    let text = without_han_number(text).trim_end_matches('】');
    let text = crate::value::name::without_enumerator(text);
    let text = text.trim_end_matches([':', '：', ' ']);
    // Dialogs count what a group holds: "Statistics 17".
    let counted = text.rsplit_once(' ').filter(|(group, count)| {
        count.len() <= 3 && count.chars().all(|c| c.is_ascii_digit()) && category::likeness(group) >= 0.9
    });
    let text = counted.map_or(text, |(group, _)| group);
    let bracketed = text
        .strip_suffix([')', '）'])
        .and_then(|inside| inside.rsplit_once(['(', '（']))
        .filter(|(_, count)| (1..=4).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit()));
    bracketed.map_or(text, |(group, _)| group.trim_end()).to_owned()
}

/// `"statistics": [` and `[[statistics]]`: the key of a group in JSON and in TOML.
fn without_notation(text: &str) -> &str {
    let text = text.trim();
    let table = text.strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
    if let Some(table) = table.filter(|table| !table.contains(' ')) {
        return table.trim_matches(['[', ']']);
    }
    let key = text.strip_suffix(['[', '{']).and_then(|key| key.trim_end().strip_suffix(':'));
    key.map_or(text, |key| key.trim_matches(['"', '\'', ' ']))
}

/// Without the figures that number parts in Chinese and Japanese: 一、 and （一）, whose bracket is open already.
fn without_han_number(text: &str) -> &str {
    const FIGURES: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let rest = text.trim_start_matches(FIGURES);
    let numbered = rest.len() < text.len() && rest.starts_with(['、', '）', ')', '．', '.']);
    if numbered { rest.trim_start_matches(['、', '）', ')', '．', '.', ' ']) } else { text }
}
