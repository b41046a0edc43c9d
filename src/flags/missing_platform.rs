//! # missing-platform
//!
//! The document does not say for which site or service it speaks: neither a host nor a name could be found in it.
//!
//! ## Why
//! A visitor must know whose policy she reads, and a set of policies can only be compared where each is known to be somebody's.
//!
//! ## Example
//! A policy that speaks of "this website" and "us" from its first line to its last.
//!
//! ## Source
//! Regulation (EU) 2016/679, article 13(1)(a): the identity of the controller is the first thing to be told.

use super::{Examined, Flag, Rule, Severity};

/// The rule.
pub(super) struct MissingPlatform;

impl Rule for MissingPlatform {
    fn id(&self) -> &'static str {
        "missing-platform"
    }

    fn source(&self) -> &'static str {
        include_str!("missing_platform.rs")
    }

    fn check(&self, examined: &Examined) -> Vec<Flag> {
        let platform = examined.document.platform.as_ref();
        if platform.is_some_and(|platform| platform.host.is_some() || platform.name.is_some()) {
            return Vec::new();
        }
        let message = "The policy does not say for which site or service it speaks.".to_owned();
        vec![Flag::new(self, Severity::Minor, examined.document, message).about("platform")]
    }
}
