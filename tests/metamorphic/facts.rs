//! The facts of a policy, made from a seed: who speaks, since when, and which cookies are set by whom, for what and how long.

use std::collections::BTreeMap;

use fastrand::Rng;
use jiff::civil::Date;
use polinorm::document::Category;

use crate::language::Language;
use crate::names;

/// What is special about the facts of a policy, for shapes that show just this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// One cookie an entry.
    Nothing,
    /// Several cookies an entry, of one lifetime.
    SeveralNames,
    /// Several cookies an entry, each with a lifetime of its own.
    SeveralLifetimes,
    /// Whoever sets a cookie mostly sets the next one too.
    SettersInRuns,
    /// Purposes that hold a bar.
    BarsInPurposes,
    /// Names that begin, and in part end, with underscores.
    NamesInUnderscores,
}

/// All that a policy can say.
#[derive(Debug)]
pub struct Facts {
    pub host: String,
    pub company: String,
    pub date: Date,
    pub groups: Vec<Group>,
}

/// Cookies of one category.
#[derive(Debug)]
pub struct Group {
    /// None in a language that has no word for categories.
    pub category: Option<Category>,
    pub entries: Vec<Entry>,
}

/// One or more cookies that are set for one purpose.
#[derive(Debug)]
pub struct Entry {
    pub names: Vec<String>,
    pub setter: Setter,
    pub purpose: String,
    /// One, or as many as names.
    pub lifetimes: Vec<Lifetime>,
}

/// Who sets a cookie: a company, and its host.
#[derive(Debug, Clone)]
pub struct Setter {
    pub provider: String,
    pub domain: String,
}

/// A lifetime as printed.
#[derive(Debug, Clone)]
pub struct Lifetime {
    pub raw: String,
    /// None for a session.
    pub seconds: Option<u64>,
}

const SYLLABLES: &[&str] = &[
    "bren", "tol", "mar", "vik", "sal", "tor", "quen", "dal", "fer", "lum", "nor", "pel", "rost", "sev", "tam", "ulm",
    "ver", "wes", "yar", "zel", "kor", "hal", "gri", "fal", "dor", "cal", "bel", "ast",
];
const FIELDS_OF_TRADE: &[&str] =
    &["Media", "Analytics", "Metrics", "Maps", "Pay", "Ads", "Cloud", "Chat", "Labs", "Networks"];
const FORMS: &[&str] = &["Ltd", "Inc.", "GmbH", "S.A.", "AB", "LLC", "B.V."];
const KNOWN: &[&str] =
    &["Google", "Microsoft", "Meta Platforms, Inc.", "Cloudflare", "Hotjar", "YouTube", "LinkedIn", "Stripe"];

impl Facts {
    /// The same seed gives the same facts; `special` changes only what it names.
    pub fn new(rng: &mut Rng, language: &Language, special: Special) -> Self {
        let stem = stem(rng);
        let company = capital(&stem);
        let host = format!("{}{stem}.{}", if rng.bool() { "www." } else { "" }, language.domain);
        let date = Date::new(2018 + rng.i16(0..8), 1 + rng.i8(0..12), 1 + rng.i8(0..28)).unwrap();
        let groups = groups(rng, language, special, &company, &host);
        Self { host, company, date, groups }
    }

    /// The day as the language writes it.
    pub fn printed_date(&self, rng: &mut Rng, language: &Language) -> String {
        let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
        let name = language.months.get(usize::from(month.unsigned_abs()) - 1).map_or("", String::as_str);
        let form = rng.choice(&language.dates).unwrap();
        let form =
            form.replace("{day}", &day.to_string()).replace("{month}", name).replace("{year}", &year.to_string());
        form.replace("{dd}", &format!("{day:02}")).replace("{mm}", &format!("{month:02}"))
    }
}

impl Entry {
    fn retouch(&mut self, special: Special) {
        match special {
            Special::BarsInPurposes => self.purpose = self.purpose.replacen(' ', " | ", 1),
            Special::NamesInUnderscores => self.names.iter_mut().for_each(|name| *name = in_underscores(name)),
            _ => {}
        }
    }
}

fn in_underscores(name: &str) -> String {
    let (before, after) = [("_", "_"), ("__", ""), ("_", "")][name.len() % 3];
    format!("{before}{}{after}", name.replace(|c: char| !c.is_ascii_alphanumeric(), ""))
}

fn groups(rng: &mut Rng, language: &Language, special: Special, company: &str, host: &str) -> Vec<Group> {
    let mut categories: Vec<Option<Category>> = language.categories.keys().copied().map(Some).collect();
    if categories.is_empty() {
        categories = vec![None; 3];
    }
    rng.shuffle(&mut categories);
    categories.truncate(2 + rng.usize(..2));
    let mut purposes = language.purposes.iter().cycle().skip(rng.usize(..language.purposes.len()));
    let mut names = names::some(rng, 60).into_iter();
    let mut group = |category| {
        let count = 2 + rng.usize(..3);
        let mut above = None;
        let mut entry = || {
            let several = matches!(special, Special::SeveralNames | Special::SeveralLifetimes) && rng.u8(..3) > 0;
            let names: Vec<String> = names.by_ref().take(if several { 2 + rng.usize(..3) } else { 1 }).collect();
            let lifetimes = if special == Special::SeveralLifetimes { names.len() } else { 1 };
            let lifetimes = (0..lifetimes).map(|_| lifetime(rng, language)).collect();
            let kept = above.take().filter(|_| special == Special::SettersInRuns && rng.u8(..4) > 0);
            let setter = kept.unwrap_or_else(|| setter(rng, company, host));
            above = Some(setter.clone());
            let mut entry = Entry { names, setter, purpose: purposes.next().unwrap().clone(), lifetimes };
            entry.retouch(special);
            entry
        };
        Group { category, entries: (0..count).map(|_| entry()).collect() }
    };
    categories.into_iter().map(&mut group).collect()
}

fn setter(rng: &mut Rng, company: &str, host: &str) -> Setter {
    let third = stem(rng);
    let provider = match rng.u8(..5) {
        0 => return Setter { provider: company.to_owned(), domain: host.to_owned() },
        1 => rng.choice(KNOWN).unwrap().to_string(),
        2 => format!("{} {}", capital(&third), rng.choice(FIELDS_OF_TRADE).unwrap()),
        3 => format!("{} {} {}", capital(&third), rng.choice(FIELDS_OF_TRADE).unwrap(), rng.choice(FORMS).unwrap()),
        _ => capital(&third),
    };
    let dot = rng.choice(&["", ".", "www.", "cdn."]).unwrap();
    Setter { provider, domain: format!("{dot}{third}.{}", rng.choice(&["com", "net", "io", "eu"]).unwrap()) }
}

fn lifetime(rng: &mut Rng, language: &Language) -> Lifetime {
    if rng.u8(..4) == 0 {
        return Lifetime { raw: rng.choice(&language.session).unwrap().clone(), seconds: None };
    }
    let lengths: BTreeMap<_, _> = language.lifetimes.iter().collect();
    let (raw, seconds) = rng.choice(lengths).unwrap();
    Lifetime { raw: raw.clone(), seconds: Some(*seconds) }
}

fn stem(rng: &mut Rng) -> String {
    (0..2 + rng.usize(..2)).map(|_| *rng.choice(SYLLABLES).unwrap()).collect()
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
