//! The headings, lead-ins and captions that group rows: which category stands over a place in the document.

mod group;
mod number;
mod owner;
mod said;
mod taught;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::block::{Block, Content, Rich};
use crate::document::{Category, DocumentKind};
use crate::fields::cookie::heard::{Heard, Owner, Said};
use crate::lexicon::{Field, NameWord, lexicon};
use crate::table::key_of;
use crate::text::{Asked, QUESTION_MARKS, Span, Text, answer, collapse};
use crate::value::{category, host, term};
pub use group::group_that_opens;
use group::{is_bare_category, opening_term};
pub use number::{numbers, parts_of_numeral};
use number::{parts_of_number, without_number};
pub use owner::without_policy;
use owner::{could_name_a_company, is_count, links_to_company, names_service, owner};
use said::{
    MOST_WORDS, emphasised_opening, emphasised_owner, ends_as_lead, is_emphasised, is_sentence, is_silent, lifetime_of,
    opening_question, said,
};
use taught::{
    LONGEST_DESCRIPTION, folded_owners, heads_names, links_below_names, listed_hosts, listed_owners, opened_groups,
};

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
            let rows = rows || heads_names(&blocks[index + 1..], *level);
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
        lead.lifetime = if closes { stated_lifetime(&text.text, &lead.raw) } else { None };
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

/// The lifetime that a heading states, by its words as a lead.
fn stated_lifetime(heading: &Text, raw: &str) -> Option<Arc<str>> {
    answer(&heading.known().answers::<Heard>().lifetime, || lifetime_of(raw)).clone()
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

/// True for the name of a service, of a company or of a site.
pub(super) fn names_owner(text: &Text) -> bool {
    owner(text).is_some()
}
