//! A record: what one row of a table, one block of keys and values or one list item says, field by field; and the cookie rows
//! that it declares. Every shape of declaration ends here, so that all are expanded alike.

use super::heard::{Heard, Value};
use super::lead::{Lead, Leads, Owner};
use crate::block::Rich;
use crate::document::{Category, CookieRow, Duration, ExtraCell, FoundIn, RowEvidence};
use crate::lexicon::{Field, lexicon};
use crate::table::key_of;
use crate::text::{Asked, Span, Text, answer, collapse};
use crate::value::name::{self, Name};
use crate::value::{category, duration, host, term};

/// One record, not yet expanded to cookies.
#[derive(Debug, Clone)]
pub struct Record {
    /// What it says, by field.
    pub fields: Vec<FieldText>,
    /// Cells without a field of their own.
    pub extra: Vec<ExtraCell>,
    /// Where it stands.
    pub span: Span,
    /// From what kind of text it was read.
    pub found_in: FoundIn,
    /// The category that stands over it.
    pub lead: Option<Lead>,
    /// The service or the hosts whose name heads it.
    pub owner: Option<Lead>,
    /// Least likeness that a name must have to be believed here.
    pub least_likeness: f32,
    /// True where a host may be a name: among others that are none, beside a lifetime.
    pub hosts_are_names: bool,
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
            least_likeness: name::POSSIBLE,
            hosts_are_names: false,
        }
    }

    /// Adds what is printed for a field.
    pub fn set(&mut self, field: Field, text: Rich) {
        self.fields.push(FieldText { field, also: None, text });
    }

    /// Gives the values under labels that no lexicon knows the fields that they look like, where the record has none of them.
    pub fn read_by_looks(&mut self) {
        let mut extra = Vec::new();
        for cell in std::mem::take(&mut self.extra) {
            let unknown = key_of(&cell.header).is_none();
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

    /// What is printed as provider is a host: the company comes below it.
    pub fn take_provider_for_domain(&mut self) {
        for text in self.fields.iter_mut().filter(|text| text.field == Field::Provider) {
            text.field = Field::Domain;
        }
    }

    /// The cookies that the record declares, in the order of their names.
    pub fn rows(&self) -> Vec<CookieRow> {
        let Some(name_text) = self.field(Field::Name) else { return Vec::new() };
        let names = self.names(name_text);
        if names.is_empty() {
            return Vec::new();
        }
        let mut durations = self.paired_durations(&names).into_iter();
        let mut rows = vec![self.base_row(); names.len()];
        for (row, name) in rows.iter_mut().zip(names) {
            row.pattern = name::pattern(&name.text);
            row.duration = durations.next().or(row.duration.take());
            self.apply_note(row, &name, name_text);
            row.name = name.text;
        }
        rows
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
        name::split(&cell.text).into_iter().filter(believed).collect()
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
            extra: self.extra.clone(),
            evidence: RowEvidence::from(self.span),
        };
        set_labelled_tail(&mut row);
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
        let Some(said) = self.said(Field::Provider) else { return };
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
                row.provider = Some(lead.raw.clone());
            }
            Some(Owner::Site) if row.location.is_none() => row.location = Some(lead.raw.clone()),
            Some(Owner::Host) if row.domain.is_empty() => row.domain = host::entries(&lead.raw),
            _ => {}
        }
    }

    fn set_category(&self, row: &mut CookieRow) {
        // A column headed "Type" may say whose a cookie is, or how it is stored.
        let said = self.said(Field::Category).filter(|said| !set_by_term(said, row));
        if let Some(said) = said {
            row.category = category::classify(&said).or(Some(Category::Other));
            row.category_raw = Some(said.into());
        } else if let Some((said, purpose)) = row.purpose.as_deref().and_then(opening_category) {
            row.category = category::classify(&said);
            row.category_raw = Some(said);
            row.purpose = Some(purpose);
        } else if let Some(lead) = &self.lead {
            row.category = lead.category;
            row.category_raw = Some(lead.raw.clone());
            row.evidence.category_line = Some(lead.line);
        }
    }

    /// Durations of a list that is as long as the list of names.
    fn paired_durations(&self, named: &[Name]) -> Vec<Duration> {
        let names = named.len();
        let Some(cell) = self.field(Field::Duration).filter(|_| names > 1) else { return Vec::new() };
        if let Some(durations) = durations_by_name(&cell.text.text, named) {
            return durations;
        }
        for separators in [&['\n'][..], &[',', ';', '\n'], &['/']] {
            let parts: Vec<&str> =
                cell.text.text.split(separators).map(str::trim).filter(|part| !part.is_empty()).collect();
            let lifetimes = parts.iter().filter(|part| duration::likeness(part) >= 0.6).count();
            let short = parts.iter().all(|part| part.split_whitespace().count() <= 5);
            if parts.len() == names && lifetimes * 2 >= names && short {
                return parts.into_iter().map(duration::parse).collect();
            }
        }
        Vec::new()
    }

    /// What stands in brackets behind a name: its provider where the column is headed as both, else a lifetime, else a remark.
    fn apply_note(&self, row: &mut CookieRow, name: &Name, cell: &FieldText) {
        if row.provider.is_none() && self.field(Field::Provider).is_none() {
            row.provider.clone_from(&name.owner);
        }
        let Some(note) = name.note.clone() else { return };
        if cell.also == Some(Field::Provider) {
            row.provider = Some(note);
        } else if row.duration.is_none() && duration::likeness(&note) >= 0.6 {
            row.duration = Some(duration::parse(&note));
        } else {
            row.extra.push(ExtraCell { header: String::new(), value: note });
        }
    }

    fn links(&self) -> Vec<String> {
        let mut links: Vec<String> = Vec::new();
        for url in self.fields.iter().flat_map(|text| text.text.links()) {
            if url.contains("://") && !links.iter().any(|known| known == url) {
                links.push(url.to_owned());
            }
        }
        links
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

/// "STATISTICS: counts visits.": the category that a purpose opens with, and the purpose.
fn opening_category(purpose: &str) -> Option<(String, String)> {
    let purpose = purpose.known();
    answer(&purpose.answers::<Heard>().opening_category, || category_and_rest(&purpose)).clone()
}

fn category_and_rest(purpose: &str) -> Option<(String, String)> {
    let at = purpose.find([':', '.', '–', '—']).or_else(|| purpose.find(" - ").map(|at| at + 1))?;
    let (said, rest) = (purpose[..at].trim(), &purpose[at..]);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let named = said.split_whitespace().count() <= 6 && category::likeness(said) >= 0.95;
    (named && rest.split_whitespace().count() >= 2).then(|| (said.to_owned(), rest.to_owned()))
}

/// "_a: 1 year, _b: session": the lifetimes by name, where the cell says nothing else.
fn durations_by_name(text: &str, names: &[Name]) -> Option<Vec<Duration>> {
    let mut parts: Vec<(&str, usize)> = Vec::new();
    for name in names {
        let at = text.match_indices(&name.text).map(|(at, _)| at);
        let end =
            at.map(|at| at + name.text.len()).find(|end| text[*end..].trim_start().starts_with([':', '–', '=']))?;
        parts.push((&name.text, end));
    }
    let first = parts.iter().map(|(name, end)| end - name.len()).min()?;
    if !text[..first].trim().is_empty() {
        return None;
    }
    let value = |(_, end): &(&str, usize)| {
        let stop =
            parts.iter().map(|(name, end)| end - name.len()).filter(|start| start > end).min().unwrap_or(text.len());
        let raw = text[*end..stop]
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '–' | '=' | ',' | ';' | '.' | '/'));
        (duration::likeness(raw) >= 0.5).then(|| duration::parse(raw))
    };
    parts.iter().map(value).collect()
}

/// The field that a value looks like beyond doubt.
fn looks_of(value: &str) -> Option<Field> {
    match () {
        () if duration::likeness(value) >= 0.8 => Some(Field::Duration),
        () if host::likeness(value) >= 1.0 => Some(Field::Domain),
        () if term::party(value).is_some() => Some(Field::Party),
        () if term::storage(value).is_some() => Some(Field::Storage),
        () if category::likeness(value) >= 0.95 => Some(Field::Category),
        () if value.split_whitespace().count() >= 4 => Some(Field::Purpose),
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
    let start = purpose.rfind(['.', ';', '(']).filter(|at| !purpose[at + 1..].trim().is_empty());
    let start = start.or_else(|| purpose.trim_end_matches(['.', ')']).rfind(['.', ';', '(']));
    let Some(start) = start else { return };
    let tail = purpose[start + 1..].trim().trim_end_matches(['.', ')']);
    let Some((label, value)) = tail.split_once(':') else { return };
    if key_of(label) == Some(Field::Duration) && duration::likeness(value) >= 0.6 {
        let end = if purpose[start..].starts_with('.') { start + 1 } else { start };
        row.duration = Some(duration::parse(value));
        row.purpose = Some(purpose[..end].trim_end().to_owned());
    }
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
