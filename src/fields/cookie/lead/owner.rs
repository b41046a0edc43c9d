//! Whose the rows below a text are, where the text is the name of a service, a company or a site and hardly anything else.

use super::number::is_roman;
use crate::document::DocumentKind;
use crate::fields::cookie::heard::{Heard, Owner};
use crate::lexicon::{Field, NameWord, lexicon};
use crate::table::key_of;
use crate::text::{Asked, COLONS, SENTENCE_ENDS, Text, answer, collapse, fits, split_at_colon};
use crate::value::{category, host, term};

/// Whose name a text is, with or without the word cookie.
pub(super) fn owner(text: &(impl Asked + ?Sized)) -> Option<Owner> {
    if !fits(text.as_ref(), 120) {
        return None;
    }
    let text = text.known();
    *answer(&text.answers::<Heard>().owner, || owner_named(&text))
}

fn owner_named(text: &Text) -> Option<Owner> {
    let speaks = lexicon().names.may_be_in(text);
    let is_cookie = |word: &&str| speaks && lexicon().names.whole(word).contains(&NameWord::Cookie);
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_cookie(word)).collect();
    if words.len() <= 6 && lexicon().services.is_name(&words.join(" ")) {
        return Some(Owner::Service);
    }
    // A company's legal form may end with a full stop: "Acme, Inc."
    let company = || words.len() <= 6 && text.trim_end().ends_with('.') && lexicon().services.is_company(text);
    if company() || names_company_behind(text) {
        return Some(Owner::Service);
    }
    let names = |bare: String| names_service(&bare) || bare.len() < text.trim().len();
    if words.len() <= 12 && !text.trim_end().ends_with(['.', ':']) && names(without_policy(text)) {
        return Some(Owner::Service);
    }
    if service_of_party(text).is_some() {
        return Some(Owner::Service);
    }
    if host::likeness(text) >= 1.0 {
        return Some(Owner::Host);
    }
    let site =
        words.len() <= 12 && words.len() == text.split_whitespace().count() && !text.trim_end().ends_with(['.', ':']);
    let sentence =
        text.contains(". ") || text.contains(", ") || !text.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let ends = |host: &host::FoundHost| host.start > 0 && text[host.start + host.raw.len()..].trim().is_empty();
    let addressed = || host::find(text).iter().any(|host| host.explicit || ends(host));
    (site && !sentence && !labels_a_link(text) && addressed()).then_some(Owner::Site)
}

/// "More information: https://acme.example/privacy": it tells of what stands above it.
fn labels_a_link(text: &str) -> bool {
    let labelled = split_at_colon(text).filter(|(_, link)| link.contains("://"));
    labelled.is_some_and(|(label, _)| key_of(label) == Some(Field::Extra))
}

/// A service's or a company's name, alone or with the company behind it in brackets.
pub(super) fn names_service(text: &str) -> bool {
    let bare = text.split(" (").next().unwrap_or(text);
    lexicon().services.is_name(text) || lexicon().services.is_name(bare) || lexicon().services.is_company(text)
}

/// "Acme Ads, counting of sales (Acme Platforms Ltd)": the company in brackets says that what stands before it is a service.
fn names_company_behind(text: &str) -> bool {
    let inside = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    inside.is_some_and(|(service, company)| !service.is_empty() && lexicon().services.is_company(company))
}

/// "Third-party cookies: Acme Analytics": the service that is named behind whose the cookies are.
pub(super) fn service_of_party(text: &str) -> Option<&str> {
    let (party, service) =
        text.split_once(':').or_else(|| text.split_once(" – ")).or_else(|| text.split_once(" - "))?;
    let service = service.trim();
    (term::party(party).is_some() && names_service(service)).then_some(service)
}

/// "Acme A/S Privacy policy", "Acme View Service Privacy Policy", a name and a link: the name.
pub fn without_policy(text: &str) -> String {
    let text = collapse(text);
    if !lexicon().documents.may_be_in(&text) {
        return text;
    }
    // "II. Privacy policy" has a number and no name.
    let numbered = text.split_once(' ').filter(|(number, _)| is_roman_number(number));
    let titled = numbered.map_or(text.as_str(), |(_, titled)| titled);
    name_before_policy(titled).map_or_else(|| text.clone(), str::to_owned)
}

/// The name that the words for a policy follow.
fn name_before_policy(text: &str) -> Option<&str> {
    if let Some(name) = service_before_policy(text) {
        return Some(name);
    }
    let starts = text.match_indices(' ').map(|(at, _)| at).filter(|at| fits(&text[at + 1..], 60));
    let policy = |at: &usize| lexicon().documents.whole(&text[at + 1..]).contains(&DocumentKind::PrivacyPolicy);
    let cookies = |at: usize| lexicon().names.says(&text[..at], NameWord::Cookie);
    let named = |at: &usize| text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !cookies(*at);
    if !lexicon().documents.whole(text).is_empty() {
        return None;
    }
    let at = starts.into_iter().find(|at| policy(at) && named(at))?;
    Some(text[..at].trim_end_matches([' ', '-', '–', ',', '(']))
}

/// The longest name of a service that a text begins with, where a link to its privacy policy follows.
fn service_before_policy(text: &str) -> Option<&str> {
    const LONGEST_LINK: usize = 7;
    let ends = text.match_indices(' ').map(|(at, _)| at);
    let named = |at: &usize| {
        let rest = &text[at + 1..];
        let short = rest.split_whitespace().nth(LONGEST_LINK).is_none();
        let services = &lexicon().services;
        let name = || services.is_name(&text[..*at]) || services.is_company(&text[..*at]);
        short && name() && lexicon().documents.says(rest, DocumentKind::PrivacyPolicy)
    };
    ends.rev().find(named).map(|at| &text[..at])
}

/// "II.", "IV)".
fn is_roman_number(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(is_roman)
}

/// A few words from a capital, that are no policy, no group of cookies and no sentence.
pub(super) fn could_name_a_company(line: &Text) -> bool {
    let words = line.split_whitespace().count();
    let capital = line.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let sentence = line.trim_end().ends_with(SENTENCE_ENDS) || line.trim_end().ends_with(COLONS);
    (1..=6).contains(&words)
        && capital
        && !sentence
        && !is_policy_link(line)
        && (category::likeness(line) < 0.5 || lexicon().services.is_mentioned(line))
}

/// A link to a company's policy; below the count of its cookies, whatever a dialog calls it.
pub(super) fn links_to_company(line: &Text, counted: bool) -> bool {
    is_policy_link(line) || counted && term::is_filler(line)
}

fn is_policy_link(line: &Text) -> bool {
    let link = || fits(line, 60) && lexicon().documents.whole(line).contains(&DocumentKind::PrivacyPolicy);
    *answer(&line.known().answers::<Heard>().policy_link, link)
}

/// How many cookies a dialog lists below a name.
pub(super) fn is_count(line: &str) -> bool {
    let figures = line.trim();
    (1..=3).contains(&figures.len()) && figures.bytes().all(|byte| byte.is_ascii_digit())
}
