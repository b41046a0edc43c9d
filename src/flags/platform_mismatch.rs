//! # platform-mismatch
//!
//! The text speaks for another site than the one that the document came from: than the one that a platform map gives, or the host
//! that the path of the file is named after (`www.shop.example.com.html`, `shop.example.com/cookies.md`). Hosts of one registrable
//! domain do not contradict each other.
//!
//! ## Why
//! A policy copied from another portal and never adapted is the policy of that portal: the visitor of this one was told nothing.
//!
//! ## Example
//! The file `www.shop.example.com.html` opens with "This policy applies to `https://other.example.org`".
//!
//! ## Source
//! Regulation (EU) 2016/679, article 13(1)(a): the controller that is named has to be the right one.

use super::{Examined, Flag, Rule, Severity};
use crate::document::{Platform, PolicyDocument};

/// The rule.
pub(super) struct PlatformMismatch;

impl Rule for PlatformMismatch {
    fn id(&self) -> &'static str {
        "platform-mismatch"
    }

    fn source(&self) -> &'static str {
        include_str!("platform_mismatch.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let document = examined.document;
        let Some(platform) = &document.platform else { return Vec::new() };
        let text = if platform.evidence.given { host_in_words(platform) } else { platform.host.clone() };
        let source = if platform.evidence.given { platform.host.clone() } else { host_in_path(&document.source.path) };
        match (text, source) {
            (Some(text), Some(source)) if domain(&text) != domain(&source) => {
                vec![self.flag(document, platform, text, source)]
            }
            _ => Vec::new(),
        }
    }
}

impl PlatformMismatch {
    fn flag(&self, document: &PolicyDocument, platform: &Platform, text: String, source: String) -> Flag {
        let whence = if platform.evidence.given { "the platform map says" } else { "its file is named after" };
        let message = format!("The text speaks for {text}, while {whence} {source}.");
        let flag = Flag::new(self, Severity::Minor, document, message).about("platform");
        let flag = flag.found(Some(text)).expected(Some(source), 1, 1);
        Flag { evidence: platform.evidence.into(), ..flag }
    }
}

/// The host that the text was read from, where a map gives another.
fn host_in_words(platform: &Platform) -> Option<String> {
    let words = platform.raw.as_deref()?.to_ascii_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    words.split(|c: char| !is_part(c)).map(|word| word.trim_matches('.')).find(|word| is_host(word)).map(str::to_owned)
}

/// The host that a folder or the file is named after. A file needs three labels or `www.`: `cookies.de.txt` is a policy in German.
fn host_in_path(path: &str) -> Option<String> {
    let path = path.to_ascii_lowercase();
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_named = |stem: &&str| is_host(stem) && stem.split('.').nth(2).is_some();
    let in_folders = folders.split('/').rev().find(|folder| is_host(folder));
    Some(stem).filter(is_named).or(in_folders).map(str::to_owned)
}

/// True for what ends in a public suffix that is known, and has a label before it.
fn is_host(text: &str) -> bool {
    let known = psl::suffix(text.as_bytes()).is_some_and(|suffix| suffix.is_known());
    known && text.contains('.') && psl::domain(text.as_bytes()).is_some()
}

fn domain(host: &str) -> &str {
    psl::domain_str(host).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_are_named_after_a_host() {
        for (path, host) in [
            ("www.shop.com.html", Some("www.shop.com")),
            ("in/Shop.Example.com/cookies.md", Some("shop.example.com")),
            ("orange.fr/page.txt", Some("orange.fr")),
            ("cookies.de.txt", None),
            ("policy.v2.copy.txt", None),
            ("000_1226f634.txt", None),
            ("notes", None),
        ] {
            assert_eq!(host_in_path(path).as_deref(), host, "{path}");
        }
    }
}
