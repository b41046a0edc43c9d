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
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    services: Vec<Service>,
    public_domains: Vec<String>,
    laws: Vec<String>,
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
        Self { names, domains, laws }
    }

    /// True for a text that is the name of a service and nothing else.
    pub fn is_name(&self, text: &str) -> bool {
        text.len() <= 80 && !self.names.whole(text).is_empty()
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
