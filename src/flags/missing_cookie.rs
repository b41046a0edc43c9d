//! # missing-cookie
//!
//! At least two thirds of the family (three documents or more) declare a cookie that this document does not. A document that
//! declares no cookie at all gets one flag and not one for each cookie, and none where `no-rows` speaks of it.
//!
//! ## Why
//! Portals made from one template set the same cookies: a policy that does not name one of them is most often out of date.
//!
//! ## Example
//! Four of five portals declare `csrftoken`; the fifth does not.
//!
//! ## Source
//! Directive 2002/58/EC, article 5(3): every access to a visitor's device needs to be told, and most need consent.

use super::standard::KnownCookie;
use super::{Examined, Flag, Rule, Severity};
use crate::document::{DocumentKind, PolicyDocument};

/// The rule.
pub(super) struct MissingCookie;

impl Rule for MissingCookie {
    fn id(&self) -> &'static str {
        "missing-cookie"
    }

    fn source(&self) -> &'static str {
        include_str!("missing_cookie.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let (document, missing) = (examined.document, &examined.missing);
        let of = examined.consensus.map_or(0, |consensus| consensus.documents);
        match (document.cookies.is_empty(), missing.as_slice()) {
            (true, _) if document.kind == DocumentKind::CookiePolicy => Vec::new(),
            (true, [first, ..]) => vec![self.none_at_all(document, first, missing.len(), of)],
            _ => missing.iter().map(|cookie| self.one(document, cookie, of)).collect(),
        }
    }
}

impl MissingCookie {
    fn one(&self, document: &PolicyDocument, cookie: &KnownCookie, of: u64) -> Flag {
        let (name, count) = (cookie.name(), cookie.documents);
        let message =
            format!("Cookie {name}, which {count} of the {of} policies of the family declare, is not declared here.");
        let flag = Flag::new(self, Severity::Major, document, message).about(name);
        flag.expected(Some(name.to_owned()), count, of)
    }

    fn none_at_all(&self, document: &PolicyDocument, cookie: &KnownCookie, missing: usize, of: u64) -> Flag {
        let message = format!("The policy declares no cookie, while its family of {of} agrees on {missing}.");
        let flag = Flag::new(self, Severity::Major, document, message).about("cookies");
        flag.expected(Some(cookie.name().to_owned()), cookie.documents, of)
    }
}
