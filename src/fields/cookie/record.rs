//! A record: what one row of a table, one block of keys and values or one list item says, field by field; and the cookie rows
//! that it declares. Every shape of declaration ends here, so that all are expanded alike.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::allowance::{Allowance, SHORT};
use super::heard::{Heard, Owner, Value};
use super::lead::{Lead, Leads};
use super::named_lifetimes::lifetimes_by_name;
use crate::block::Rich;
use crate::document::{Category, CookieRow, Duration, ExtraCell, FoundIn, RowEvidence};
use crate::lexicon::{Field, lexicon};
use crate::table::key_of;
use crate::text::{Asked, Span, Text, answer, collapse, split_at_colon, word_count};
use crate::value::name::{self, Name};
use crate::value::{category, duration, host, term};

/// One record, not yet expanded to cookies.
#[derive(Debug, Clone)]
pub struct Record {
    /// What it says, by field.
    pub fields: Vec<FieldText>,
    /// Cells without a field of their own.
    pub extra: Vec<Extra>,
    /// Where it stands.
    pub span: Span,
    /// From what kind of text it was read.
    pub found_in: FoundIn,
    /// The category that stands over it.
    pub lead: Option<Lead>,
    /// The service or the hosts whose name heads it.
    pub owner: Option<Lead>,
    /// The heading that states how long it lasts.
    pub lifetime: Option<Lead>,
    /// Least likeness that a name must have to be believed here.
    pub least_likeness: f32,
    /// True where a host may be a name: among others that are none, beside a lifetime.
    pub hosts_are_names: bool,
    /// What the sign in its cell of categories stands for, where the document says so.
    pub signed: Option<Category>,
}

/// A field of a record as printed.
#[derive(Debug, Clone)]
pub struct FieldText {
    /// Which field.
    pub field: Field,
    /// A second field that the same text holds.
    pub also: Option<Field>,
    /// The words.
    pub text: Rich,
}

/// A cell without a field of its own.
#[derive(Debug, Clone)]
pub struct Extra {
    /// What heads it.
    pub header: Arc<str>,
    /// What it says, white space collapsed.
    pub value: Text,
}

impl Extra {
    /// A cell as printed.
    pub fn new(header: impl Into<Arc<str>>, value: &Text) -> Self {
        let value = if value.is_collapsed() { value.clone() } else { collapse(value).into() };
        Self { header: header.into(), value }
    }

    fn cell(&self) -> ExtraCell {
        ExtraCell { header: self.header.to_string(), value: self.value.to_string() }
    }
}

/// What a label stands before are other things than names where it lists so many, and hardly any is a name: "Identity: name, age, photo".
const LEAST_OTHERS: usize = 4;

/// A sign for a category has at most so many characters.
const LONGEST_SIGN: usize = 3;

impl Record {
    /// An empty record.
    pub fn new(span: Span, found_in: FoundIn, leads: &Leads) -> Self {
        let (lead, owner) = (leads.category().cloned(), leads.owner().cloned());
        Self {
            fields: Vec::new(),
            extra: Vec::new(),
            span,
            found_in,
            lead,
            owner,
            lifetime: leads.lifetime().cloned(),
            least_likeness: name::POSSIBLE,
            hosts_are_names: false,
            signed: None,
        }
    }

    /// Adds what is printed for a field.
    pub fn set(&mut self, field: Field, text: Rich) {
        self.fields.push(FieldText { field, also: None, text });
    }

    /// Gives the values under labels that no lexicon knows the fields that they look like, where the record has none of them.
    pub fn read_by_looks(&mut self) {
        let mut extra = Vec::new();
        let hosted = self.extra.iter().any(|cell| host::likeness(&cell.value) >= 1.0 && !cell.value.contains("://"));
        for cell in std::mem::take(&mut self.extra) {
            // An address beside a host is a link.
            let unknown = key_of(&*cell.header).is_none() && !(hosted && cell.value.contains("://"));
            match looks_of(&cell.value).filter(|field| unknown && self.field(*field).is_none()) {
                Some(field) => self.set(field, Rich::plain(cell.value)),
                None => extra.push(cell),
            }
        }
        self.extra = extra;
    }

    /// True where nothing but a host is printed as provider.
    pub fn provider_is_host(&self) -> bool {
        self.said(Field::Provider).is_some_and(|said| host::likeness(&said) >= 1.0)
    }

    /// True where something in a bracket ends the names that it prints.
    pub fn has_note(&self) -> bool {
        let printed = |text: &FieldText| text.text.text.trim_end().ends_with(')') && text.text.text.contains(" (");
        self.field(Field::Provider).is_none() && self.field(Field::Name).is_some_and(printed)
    }

    /// The names that it prints, with what stands in brackets behind them.
    pub fn printed_names(&self) -> Vec<Name> {
        self.field(Field::Name).map(|text| self.names(text)).unwrap_or_default()
    }

    /// The sign that stands for a category: "1", "F".
    pub fn sign_of_category(&self) -> Option<&str> {
        let said = self.field(Field::Category)?.text.text.trim();
        (said.chars().count() <= LONGEST_SIGN && category::classify(said).is_none()).then_some(said)
    }

    /// What stands in brackets behind its names is whose they are.
    pub fn take_notes_for_provider(&mut self) {
        for text in self.fields.iter_mut().filter(|text| text.field == Field::Name) {
            text.also = text.also.or(Some(Field::Provider));
        }
    }

    /// What is printed as provider is a host: the company comes below it.
    pub fn take_provider_for_domain(&mut self) {
        for text in self.fields.iter_mut().filter(|text| text.field == Field::Provider) {
            text.field = Field::Domain;
        }
    }

    /// The cookies that the record declares, in the order of their names. What they share is said in each of them as far as the
    /// allowance goes.
    pub fn rows(&self, allowance: &mut Allowance) -> Vec<CookieRow> {
        let Some(name_text) = self.field(Field::Name) else { return Vec::new() };
        if !allowance.grants_names(name_text.text.text.len(), self.span) {
            return Vec::new();
        }
        let names = self.names(name_text);
        if names.is_empty() {
            return Vec::new();
        }
        let durations = self.paired_durations(&names);
        let mut rows = self.base_rows(names.len(), &durations, allowance);
        let mut durations = durations.into_iter();
        for (row, name) in rows.iter_mut().zip(names) {
            row.pattern = name::pattern(&name.text);
            row.duration = durations.next().or(row.duration.take());
            self.apply_note(row, &name, name_text);
            self.apply_lifetime(row);
            row.name = name.text;
        }
        rows
    }

    /// A row for each of some names, with what they share: no lifetime where each has one of its own.
    fn base_rows(&self, count: usize, own: &[Duration], allowance: &mut Allowance) -> Vec<CookieRow> {
        let base = |record: &Self| {
            let row = record.base_row();
            CookieRow { duration: row.duration.filter(|_| own.is_empty()), ..row }
        };
        let is_shared = |field: Field| field != Field::Name && (own.is_empty() || field != Field::Duration);
        let whole = allowance.grants_rows(count, self.long_texts(is_shared), self.span);
        let mut rows = Vec::with_capacity(count);
        if whole > 0 {
            rows.resize(whole, base(self));
        }
        if whole < count {
            rows.resize(count, base(&self.brief()));
        }
        rows
    }

    /// Bytes of each text that its rows share and that is not short, or one of a list.
    fn long_texts(&self, is_shared: impl Fn(Field) -> bool) -> impl Iterator<Item = usize> {
        /// What a value of a list takes beside its bytes.
        const ENTRY: usize = 32;
        let shared = self.fields.iter().filter(move |text| is_shared(text.field));
        let values = shared.map(|text| text.text.text.len());
        let marks = self.fields.iter().map(|text| text.text.marks.len());
        let leads = [&self.lead, &self.owner].into_iter().flatten().map(|lead| lead.raw.len());
        let links = self.fields.iter().flat_map(|text| text.text.links()).map(|link| link.len() + ENTRY);
        let extra = self.extra.iter().map(|extra| extra.header.len() + extra.value.len() + ENTRY);
        values.chain(leads).filter(|bytes| *bytes > SHORT).chain(marks).chain(links).chain(extra)
    }

    /// The record with what is short alone, and without lists.
    fn brief(&self) -> Self {
        let short = |text: &&FieldText| text.text.text.len() <= SHORT;
        let plain = |text: &FieldText| FieldText { text: Rich::plain(&text.text.text), ..text.clone() };
        let lead = |lead: &Option<Lead>| lead.clone().filter(|lead| lead.raw.len() <= SHORT);
        Self {
            fields: self.fields.iter().filter(short).map(plain).collect(),
            extra: Vec::new(),
            lead: lead(&self.lead),
            owner: lead(&self.owner),
            lifetime: lead(&self.lifetime),
            ..*self
        }
    }

    fn field(&self, field: Field) -> Option<&FieldText> {
        self.fields.iter().find(|text| text.field == field)
    }

    /// What a field says, less footnote marks; a dash and the like say nothing.
    fn said(&self, field: Field) -> Option<Text> {
        let text = &self.field(field)?.text.text;
        let known = text.known();
        match answer(&known.answers::<Heard>().value, || value_of(text)) {
            Value::Nothing => None,
            Value::Itself => Some(text.clone()),
            Value::Other(value) => Some(value.clone()),
        }
    }

    fn names(&self, cell: &FieldText) -> Vec<Name> {
        // Where a header or a label says that names follow, words may be parted by a dot.
        let headed = matches!(self.found_in, FoundIn::Table | FoundIn::KeyValue | FoundIn::Lines);
        let hosts = self.hosts_are_names;
        let worded = |name: &Name| hosts || name.text.contains('_') || headed && name::is_worded_host(&name.text);
        let believed = |name: &Name| {
            name::likeness(&name.text) >= self.least_likeness && host::whole(&name.text).is_none_or(|_| worded(name))
        };
        let mut names = name::split(&cell.text);
        // "_a, _b, etc."
        let goes_on = |last: &Name| last.text.chars().all(char::is_lowercase) && term::is_filler(&last.text);
        if names.len() > 1 {
            names.pop_if(|last| goes_on(last));
        }
        let printed = names.len();
        names.retain(believed);
        let among_others = self.found_in == FoundIn::KeyValue && printed >= LEAST_OTHERS && names.len() * 2 < printed;
        if among_others { Vec::new() } else { names }
    }

    fn base_row(&self) -> CookieRow {
        let mut row = CookieRow {
            name: String::new(),
            pattern: None,
            storage: self.said(Field::Storage).and_then(|text| term::storage(&text)),
            provider: None,
            domain: self.said(Field::Domain).map(|text| host::entries(&text)).unwrap_or_default(),
            found_in: self.found_in,
            party: None,
            function: None,
            location: self.said(Field::Location).map(String::from),
            purpose: self.said(Field::Purpose).map(String::from),
            category: None,
            category_raw: None,
            duration: self.said(Field::Duration).map(|text| duration::parse(&text)),
            links: self.links(),
            extra: self.extra.iter().map(Extra::cell).collect(),
            evidence: RowEvidence::from(self.span),
        };
        set_labelled_tail(&mut row);
        set_labelled_whole(&mut row);
        self.set_function(&mut row);
        self.set_provider(&mut row);
        self.set_party(&mut row);
        take_company_from_domain(&mut row);
        self.set_category(&mut row);
        self.set_owner(&mut row);
        row
    }

    /// The last bracket of a cell whose column is headed as both is the location; a lone function is the purpose too.
    fn set_function(&self, row: &mut CookieRow) {
        let Some(said) = self.said(Field::Function) else { return };
        let both = self.field(Field::Function).is_some_and(|text| text.also == Some(Field::Location));
        let bracket = said.strip_suffix(')').and_then(|inside| inside.rfind('(')).filter(|at| both && *at > 0);
        match bracket {
            Some(at) => {
                row.location = Some(said[at + 1..said.len() - 1].trim().to_owned());
                row.function = Some(said[..at].trim_end().to_owned());
            }
            None => row.function = Some(said.to_string()),
        }
        if self.field(Field::Purpose).is_none() {
            row.purpose = Some(said.into());
        }
    }

    /// A host in a provider cell is a domain, a party word there is a party.
    fn set_provider(&self, row: &mut CookieRow) {
        let Some(said) = self.said(Field::Provider).filter(|said| !set_by_terms(said, row)) else { return };
        if host::likeness(&said) >= 1.0 {
            if row.domain.is_empty() {
                row.domain = host::entries(&said);
            }
        } else if let Some(said) = party_and_company(&said, row) {
            let (company, hosts) = company_and_hosts(&said);
            row.provider = company;
            if row.domain.is_empty() {
                row.domain = hosts;
            }
        }
    }

    /// A company in a party cell is a provider.
    fn set_party(&self, row: &mut CookieRow) {
        let Some(said) = self.said(Field::Party) else { return };
        if set_by_terms(&said, row) {
            return;
        }
        row.party = term::party(&said).or(row.party);
        if row.party.is_none() && row.provider.is_none() {
            if host::likeness(&said) >= 1.0 {
                row.domain = host::entries(&said);
            } else {
                row.provider = Some(said.into());
            }
        }
    }

    /// What heads the record says whose it is, where the record itself has nothing to say so.
    fn set_owner(&self, row: &mut CookieRow) {
        let Some(lead) = &self.owner else { return };
        match lead.owner {
            Some(Owner::Service) if self.field(Field::Provider).is_none() && row.provider.is_none() => {
                // "Our website" heads those that are nobody else's.
                let party = term::party(&*lead.raw);
                row.provider = party.is_none().then(|| lead.raw.to_string());
                row.party = row.party.or(party);
            }
            Some(Owner::Site) if row.location.is_none() => row.location = Some(lead.raw.to_string()),
            Some(Owner::Host) if row.domain.is_empty() => row.domain = host::entries(&lead.raw),
            _ => {}
        }
    }

    fn set_category(&self, row: &mut CookieRow) {
        // A column headed "Type" may say whose a cookie is, or how it is stored.
        let said = self.said(Field::Category).filter(|said| !set_by_term(said, row));
        if let Some(said) = said {
            row.category = self.signed.or_else(|| category::classify(&said)).or(Some(Category::Other));
            row.category_raw = Some(said.into());
        } else if let Some((said, purpose)) = row.purpose.as_deref().and_then(opening_category) {
            row.category = category::classify(&said);
            row.category_raw = Some(said);
            row.purpose = Some(purpose);
        } else if let Some(lead) = &self.lead {
            row.category = lead.category;
            row.category_raw = Some(lead.raw.to_string());
            row.evidence.category_line = Some(lead.line);
        }
    }

    /// Durations of a list that is as long as the list of names.
    fn paired_durations(&self, named: &[Name]) -> Vec<Duration> {
        let names = named.len();
        let Some(cell) = self.field(Field::Duration).filter(|_| names > 1) else { return Vec::new() };
        if let Some(durations) = lifetimes_by_name(&cell.text.text, named) {
            return durations;
        }
        if let Some(listed) = durations_listed(&cell.text.text, names) {
            return listed.into_iter().map(duration::parse).collect();
        }
        parted_durations(&cell.text.text, names)
            .map(|parts| parts.iter().map(duration::parse).collect())
            .or_else(|| two_lifetimes(&cell.text.text).filter(|_| names == 2))
            .unwrap_or_default()
    }

    /// What stands in brackets behind a name: a host, its provider where the column is headed as both, else a lifetime, else a remark.
    fn apply_note(&self, row: &mut CookieRow, name: &Name, cell: &FieldText) {
        if row.provider.is_none() && self.field(Field::Provider).is_none() {
            row.provider.clone_from(&name.owner);
        }
        let Some(note) = name.note.clone() else { return };
        if host::likeness(&note) >= 1.0 && row.domain.is_empty() {
            row.domain = host::entries(&note);
        } else if cell.also == Some(Field::Provider) {
            row.provider = Some(note);
        } else if row.duration.is_none() && duration::likeness(&note) >= 0.6 {
            row.duration = Some(duration::parse(&note));
        } else {
            row.extra.push(ExtraCell { header: String::new(), value: note });
        }
    }

    /// The lifetime of the heading, where nothing else could say one.
    fn apply_lifetime(&self, row: &mut CookieRow) {
        let heading =
            self.lifetime.as_ref().filter(|_| self.field(Field::Duration).is_none() && row.duration.is_none());
        row.duration = heading.and_then(|lead| lead.lifetime.as_deref()).map(duration::parse).or(row.duration.take());
    }

    fn links(&self) -> Vec<String> {
        let mut known = FxHashSet::default();
        let links = self.fields.iter().flat_map(|text| text.text.links());
        links.filter(|url| url.contains("://") && known.insert(*url)).map(str::to_owned).collect()
    }
}

/// A column headed for either holds hosts and companies: what is no host there is whose the cookie is.
fn take_company_from_domain(row: &mut CookieRow) {
    let services = &lexicon().services;
    let company = |said: &String| services.is_name(said) || services.is_company(said);
    let [said] = row.domain.as_slice() else { return };
    if row.provider.is_none() && host::whole(said).is_none() && company(said) {
        row.provider = row.domain.pop();
    }
}

/// True for a party or a storage technology, which is taken as such.
fn set_by_term(said: &Text, row: &mut CookieRow) -> bool {
    let (party, storage) = (term::party(said), term::storage(said));
    let known = category::classify(said).is_some();
    row.party = row.party.or(party.filter(|_| !known));
    row.storage = row.storage.or(storage.filter(|_| !known && party.is_none()));
    !known && (party.is_some() || storage.is_some())
}

/// "HTTP / third party": terms of both kinds that a slash or a comma parts are taken as such.
fn set_by_terms(said: &str, row: &mut CookieRow) -> bool {
    let terms: Vec<_> = said.split(['/', ',', ';']).map(|part| (term::party(part), term::storage(part))).collect();
    let told =
        (2..=3).contains(&terms.len()) && terms.iter().all(|(party, storage)| party.is_some() || storage.is_some());
    let party = terms.iter().find_map(|(party, _)| *party).filter(|_| told);
    row.party = party.or(row.party);
    row.storage = row.storage.or(terms.iter().find_map(|(party, storage)| storage.filter(|_| told && party.is_none())));
    party.is_some()
}

/// "STATISTICS: counts visits.": the category that a purpose opens with, and the purpose.
fn opening_category(purpose: &str) -> Option<(String, String)> {
    let purpose = purpose.known();
    answer(&purpose.answers::<Heard>().opening_category, || category_and_rest(&purpose)).clone()
}

fn category_and_rest(purpose: &str) -> Option<(String, String)> {
    let at = purpose.find([':', '.', '–', '—', '：', '。']).or_else(|| purpose.find(" - ").map(|at| at + 1))?;
    let (said, rest) = (purpose[..at].trim(), &purpose[at..]);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let named = said.split_whitespace().count() <= 6 && category::likeness(said) >= 0.95;
    (named && word_count(rest) >= 2).then(|| (said.to_owned(), rest.to_owned()))
}

/// "2 years 2 years 1 day": the lifetimes of so many names, in a text that says hardly anything else.
fn durations_listed(text: &str, names: usize) -> Option<Vec<&str>> {
    const MOST_OTHER_WORDS: usize = 2;
    let words = |text: &str| text.split_whitespace().count();
    let listed = duration::list_of(text, names)?;
    let said: usize = listed.iter().map(|listed| words(listed)).sum();
    (words(text) <= said + MOST_OTHER_WORDS).then_some(listed)
}

/// "Session 8 months": what ends with the visit beside what is counted, which no words part.
fn two_lifetimes(text: &str) -> Option<Vec<Duration>> {
    const LONGEST: usize = 40;
    let counted = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let lasts = |text: &str| duration::likeness(text) >= 0.95;
    let plain = text.len() <= LONGEST && text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace());
    let blanks = text.match_indices([' ', '\n']).filter(|_| plain);
    let mut cuts = blanks.map(|(at, _)| (text[..at].trim(), text[at..].trim()));
    let cut = cuts.find(|(first, second)| counted(first) != counted(second) && lasts(first) && lasts(second));
    cut.map(|(first, second)| vec![duration::parse(first), duration::parse(second)])
}

/// The lifetimes of so many names, one on each line, or parted by commas wherever lines end, or by both, or by slashes: of several ways the
/// one that gives most lifetimes.
fn parted_durations(text: &str, names: usize) -> Option<Vec<String>> {
    const MOST_WORDS: usize = 5;
    let whole = text.replace('\n', " ");
    let ways: [(&str, &[char]); 4] =
        [(text, &['\n']), (&whole, &[',', ';']), (text, &[',', ';', '\n']), (text, &['/'])];
    let mut best: Option<(usize, Vec<String>)> = None;
    for (text, separators) in ways {
        let parts = text.split(separators).map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(str::to_owned).take(names + 1).collect();
        let lifetimes = parts.iter().filter(|part| duration::likeness(part.as_str()) >= 0.6).count();
        let short = parts.iter().all(|part| part.split_whitespace().count() <= MOST_WORDS);
        let fits = parts.len() == names && lifetimes * 2 >= names && short;
        if fits && best.as_ref().is_none_or(|(most, _)| lifetimes > *most) {
            best = Some((lifetimes, parts));
        }
    }
    best.map(|(_, parts)| parts)
}

/// The field that a value looks like beyond doubt.
fn looks_of(value: &str) -> Option<Field> {
    match () {
        () if duration::likeness(value) >= 0.8 => Some(Field::Duration),
        () if host::likeness(value) >= 1.0 => Some(Field::Domain),
        () if term::party(value).is_some() => Some(Field::Party),
        () if term::storage(value).is_some() => Some(Field::Storage),
        () if category::likeness(value) >= 0.95 => Some(Field::Category),
        () if word_count(value) >= 4 => Some(Field::Purpose),
        () => None,
    }
}

/// What is left of a provider cell when its party is taken: nothing of "First party", "Acme" of "3rd party (Acme)".
fn party_and_company(said: &Text, row: &mut CookieRow) -> Option<String> {
    if let Some(party) = term::party(said) {
        row.party = Some(party);
        return None;
    }
    let bracket = said.strip_suffix(')').and_then(|inside| inside.split_once('('));
    match bracket.and_then(|(before, inside)| Some((term::party(before)?, inside))) {
        Some((party, company)) => {
            row.party = Some(party);
            Some(company.trim().to_owned())
        }
        None => Some(said.to_string()),
    }
}

/// "Acme Inc. .acme.example": the company, and the hosts printed behind it in the same cell.
fn company_and_hosts(said: &str) -> (Option<String>, Vec<String>) {
    let words: Vec<&str> = said.split_whitespace().collect();
    let hosts = words.iter().rev().take_while(|word| host::whole(word).is_some()).count();
    if hosts == 0 || hosts == words.len() {
        return (Some(said.to_owned()), Vec::new());
    }
    let (company, hosts) = words.split_at(words.len() - hosts);
    (Some(company.join(" ")), hosts.iter().map(|host| (*host).to_owned()).collect())
}

/// "Counts visits. Duration: 1 hour.": a labelled sentence at the end of the purpose gives its field.
fn set_labelled_tail(row: &mut CookieRow) {
    let Some(purpose) = row.purpose.as_deref().filter(|_| row.duration.is_none()) else { return };
    if let Some(lifetime) = labelled_lifetime(purpose) {
        row.duration = Some(lifetime);
        row.purpose = None;
        return;
    }
    const PARTS: [char; 6] = ['.', ';', '(', '。', '；', '（'];
    const CLOSES: [char; 4] = ['.', ')', '。', '）'];
    let opened = purpose.trim_end_matches(CLOSES).rfind(PARTS);
    let Some((start, mark)) = opened.and_then(|at| Some((at, purpose[at..].chars().next()?))) else { return };
    let tail = purpose[start + mark.len_utf8()..].trim().trim_end_matches(CLOSES);
    if let Some(lifetime) = labelled_lifetime(tail) {
        let end = if matches!(mark, '.' | '。') { start + mark.len_utf8() } else { start };
        row.purpose = Some(purpose[..end].trim_end().to_owned());
        row.duration = Some(lifetime);
    }
}

/// A column that is headed as purpose and lifetime: what stands before the labelled lifetime is the purpose.
fn set_labelled_whole(row: &mut CookieRow) {
    if row.purpose.is_some() || row.function.is_some() {
        return;
    }
    let Some(lifetime) = row.duration.take_if(|lifetime| lifetime.raw.contains([':', '：'])) else { return };
    row.purpose = Some(lifetime.raw.clone());
    set_labelled_tail(row);
    if row.duration.is_none() {
        row.purpose = None;
        row.duration = Some(lifetime);
    }
}

/// "Duration: 1 hour", and nothing else.
fn labelled_lifetime(text: &str) -> Option<Duration> {
    let (label, value) = split_at_colon(text)?;
    let lives = || duration::likeness(value) >= 0.6 || duration::opens(value);
    (key_of(label) == Some(Field::Duration) && lives()).then(|| duration::parse(value))
}

/// What a text says as a value, less footnote marks.
fn value_of(text: &Text) -> Value {
    let printed = without_footnote(collapse(text));
    if !printed.chars().any(|c| c.is_alphanumeric() || c == '*') {
        return Value::Nothing;
    }
    if **text == *printed { Value::Itself } else { Value::Other(printed.into()) }
}

/// Without a mark such as `(1)` or `*` glued to the last word.
fn without_footnote(text: String) -> String {
    let sign = || text.strip_suffix(['¹', '²', '³', '†', '‡']);
    let stars = || {
        let bare = text.trim_end_matches('*');
        (1..=3).contains(&(text.len() - bare.len())).then_some(bare)
    };
    let number = || {
        let (before, number) = text.strip_suffix(')')?.rsplit_once('(')?;
        let digits = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        digits.then_some(before)
    };
    match sign().or_else(stars).or_else(number).filter(|before| before.ends_with(char::is_alphabetic)) {
        Some(before) => before.to_owned(),
        None => text,
    }
}
