//! The services that set cookies on other companies' sites, by name and by domain.

use std::collections::HashSet;

use serde::Deserialize;

use super::phrases::Phrases;

pub(super) const TEXT: &str = include_str!("services.toml");

/// Names and domains of services.
#[derive(Debug)]
pub struct Services {
    names: Phrases<()>,
    domains: HashSet<String>,
    laws: HashSet<String>,
    companies: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    services: Vec<Service>,
    public_domains: Vec<String>,
    laws: Vec<String>,
    companies: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    names: Vec<String>,
    domains: Vec<String>,
}

impl Services {
    pub(super) fn load() -> Self {
        let file: File = toml::from_str(TEXT).expect("a test reads the file");
        let mut names = Phrases::default();
        let mut domains: HashSet<String> = file.public_domains.into_iter().collect();
        for service in file.services {
            names.add((), &service.names);
            domains.extend(service.domains);
        }
        let laws = file.laws.iter().map(|word| crate::text::loose(word)).collect();
        Self { names, domains, laws, companies: file.companies }
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
        let short = text.len() <= 80 && text.split_whitespace().count() <= 9 && text.starts_with(char::is_uppercase);
        short
            && self
                .companies
                .iter()
                .any(|form| text.strip_suffix(form.as_str()).is_some_and(|name| name.ends_with(' ')))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sorted_and_lower_case() {
        let file: File = toml::from_str(TEXT).unwrap();
        let firsts: Vec<&String> = file.services.iter().map(|service| &service.names[0]).collect();
        assert!(firsts.windows(2).all(|pair| pair[0] < pair[1]), "services in order of their first name");
        let words = file.services.iter().flat_map(|service| service.names.iter().chain(&service.domains));
        for word in words.chain(&file.public_domains) {
            assert_eq!(*word, word.to_lowercase());
        }
    }
}
