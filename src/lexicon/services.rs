//! The services that set cookies on other companies' sites, by name and by domain.

use super::phrases::Phrases;
use super::table::Table;
use crate::text::{Asked, fits};

/// Names and domains of services.
#[derive(Debug)]
pub struct Services {
    pub(super) names: Phrases<()>,
    pub(super) domains: Table<()>,
    pub(super) laws: Table<()>,
    pub(super) cookies: Table<()>,
    pub(super) doubtful_cookies: Table<()>,
    pub(super) companies: &'static [&'static str],
    /// The last words of the legal forms.
    pub(super) company_ends: Table<()>,
}

impl Services {
    /// True for a text that is the name of a service and nothing else.
    pub fn is_name(&self, text: &(impl Asked + ?Sized)) -> bool {
        fits(text.as_ref(), 80) && !self.names.whole(text).is_empty()
    }

    /// True where a text names a service, among other words.
    pub fn is_mentioned(&self, text: &(impl Asked + ?Sized)) -> bool {
        !self.names.all(text).is_empty()
    }

    /// True for a short text that ends with the legal form of a company, in brackets or not: "Acme Ireland Ltd.".
    pub fn is_company(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches([')', ',']);
        if !self.ends_a_company(text.rsplit(' ').next().unwrap_or("")) {
            return false;
        }
        let short = fits(text, 80) && text.split_whitespace().count() <= 9 && text.starts_with(char::is_uppercase);
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

    /// True for the name, as printed, of a cookie that services set on every site.
    pub fn is_cookie(&self, name: &str) -> bool {
        self.cookies.contains(name)
    }

    /// The same for a name that is a short word or an abbreviation of other things too.
    pub fn is_doubtful_cookie(&self, name: &str) -> bool {
        self.doubtful_cookies.contains(name)
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
