//! The services that set cookies on other companies' sites, by name and by domain.

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::vocabulary::Vocabulary;

/// Names and domains of services.
#[derive(Debug)]
pub struct Services {
    names: Phrases<()>,
    domains: FxHashSet<&'static str>,
    laws: FxHashSet<&'static str>,
    companies: Vec<&'static str>,
    /// The last words of the legal forms.
    company_ends: FxHashSet<&'static str>,
}

impl Services {
    /// No service yet; the list of names is the so manyth of the lexicon.
    pub(super) fn numbered(number: u16) -> Self {
        let names = Phrases::numbered(number);
        Self {
            names,
            domains: FxHashSet::default(),
            laws: FxHashSet::default(),
            companies: Vec::new(),
            company_ends: FxHashSet::default(),
        }
    }

    /// Adds the lines of one of the lists of the file.
    pub(super) fn add(&mut self, vocabulary: &mut Vocabulary, list: &str, lines: impl Iterator<Item = &'static str>) {
        match list {
            "names" => self.names.add_all(vocabulary, (), lines),
            "domains" => self.domains.extend(lines),
            "laws" => self.laws.extend(lines),
            "companies" => lines.for_each(|form| {
                self.companies.push(form);
                self.company_ends.extend(form.rsplit(' ').next());
            }),
            other => unreachable!("the build writes no list {other}"),
        }
    }

    /// True for a text that is the name of a service and nothing else.
    pub fn is_name(&self, text: &str) -> bool {
        text.len() <= 80 && !self.names.whole(text).is_empty()
    }

    /// True where a text names a service, among other words.
    pub fn is_mentioned(&self, text: &str) -> bool {
        !self.names.all(text).is_empty()
    }

    /// True for a short text that ends with the legal form of a company, in brackets or not: "Acme Ireland Ltd.".
    pub fn is_company(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches([')', ',']);
        if !self.ends_a_company(text.rsplit(' ').next().unwrap_or("")) {
            return false;
        }
        let short = text.len() <= 80 && text.split_whitespace().count() <= 9 && text.starts_with(char::is_uppercase);
        short && self.companies.iter().any(|form| text.strip_suffix(*form).is_some_and(|name| name.ends_with(' ')))
    }

    /// True for a word that a legal form ends with.
    pub fn ends_a_company(&self, word: &str) -> bool {
        self.company_ends.contains(word.trim_end_matches([')', ',']))
    }

    /// The text without the names of services in it: "Google Analytics cookies" names no category.
    pub fn without_names(&self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let hits = self.names.all(text);
        if hits.is_empty() || crate::lexicon::Words::of(text).len() != words.len() {
            return text.to_owned();
        }
        let named =
            |at: usize| hits.iter().any(|hit| (hit.start..hit.start + hit.words).contains(&at) && hit.words > 1);
        let kept: Vec<&str> = words.iter().enumerate().filter(|(at, _)| !named(*at)).map(|(_, word)| *word).collect();
        kept.join(" ")
    }

    /// True for a folded word that names a law: "gdpr", "reglement".
    pub fn is_law(&self, word: &str) -> bool {
        self.laws.contains(word)
    }

    /// True where the registrable domain is a service's, an authority's or a browser maker's.
    pub fn is_domain(&self, domain: &str) -> bool {
        self.domains.contains(domain)
    }
}
