//! # invalid-name
//!
//! A name is declared that no cookie can have: it holds a blank, a bracket, a comma or another character that the standard leaves
//! out; or a cookie whose prefix promises that it belongs to one host alone (`__Host-`) is said to belong to several, or to all below
//! one. Keys of local storage and the like may be anything and are not looked at.
//!
//! ## Why
//! Nobody can find the cookie that was meant, neither the visitor in her browser nor an auditor in a scan.
//!
//! ## Example
//! "Google Analytics cookie" in the column "Name"; `__Host-session` with the domain `.example.com`.
//!
//! ## Source
//! RFC 6265bis (draft-ietf-httpbis-rfc6265bis-20), section 4.1.1: a name is a token of RFC 9110, section 5.6.2; section 4.1.3: prefixes.

use super::{Examined, Flag, Rule, Severity};
use crate::corpus::cookie_key;
use crate::document::{CookieRow, Storage};

/// The rule.
pub(super) struct InvalidName;

impl Rule for InvalidName {
    fn id(&self) -> &'static str {
        "invalid-name"
    }

    fn source(&self) -> &'static str {
        include_str!("invalid_name.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let is_cookie = |row: &&CookieRow| matches!(row.storage, None | Some(Storage::Cookie));
        let rows = examined.cookies.values().filter_map(|rows| rows.iter().copied().find(is_cookie));
        rows.filter_map(|row| Some(self.flag(examined, row, fault(row)?))).collect()
    }
}

impl InvalidName {
    fn flag(&self, examined: &Examined, row: &CookieRow, fault: String) -> Flag {
        let message = format!("“{}” is declared as a cookie, but {fault}.", row.name);
        let flag = Flag::new(self, Severity::Minor, examined.document, message).about(&row.name);
        flag.found(Some(row.name.clone())).at(&row.evidence)
    }
}

/// Why no cookie can be as the row says, if none can.
fn fault(row: &CookieRow) -> Option<String> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    // Open parts stand for what is a part of the real name.
    if let Some(odd) = cookie_key(row).chars().find(|c| !is_token(*c)) {
        let odd = if odd.is_whitespace() { "a blank".to_owned() } else { format!("“{odd}”") };
        return Some(format!("a name cannot hold {odd}"));
    }
    let prefix = row.name.get(..7).is_some_and(|prefix| prefix.eq_ignore_ascii_case("__Host-"));
    let below = row.domain.iter().find(|domain| domain.starts_with('.'));
    match (prefix, below, row.domain.len()) {
        (true, Some(domain), _) => Some(format!("its prefix forbids it to belong to all hosts below {domain}")),
        (true, None, 2..) => Some(format!("its prefix forbids it to belong to {} hosts", row.domain.len())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::sample::row;

    #[test]
    fn names_that_no_cookie_can_have() {
        let faulty = |name: &str, domain: &[&str]| {
            let domain = domain.iter().map(|host| (*host).to_owned()).collect();
            fault(&CookieRow { domain, ..row(name, "why") }).is_some()
        };
        for name in ["Google Analytics", "a(b)", "durée", "a,b"] {
            assert!(faulty(name, &[]), "{name}");
        }
        for name in ["_ga", "__utm.gif", "_pk_id.*", "__Host-session", "x|y~z"] {
            assert!(!faulty(name, &["one.example"]), "{name}");
        }
        assert!(faulty("__Host-id", &[".example.com"]) && faulty("__host-id", &["a.example", "b.example"]));
        assert!(!faulty("id", &[".example.com", "b.example"]));
    }
}
