//! Labels that nothing parts from their values: `Lifetime 2 years` of a card's two fields, `Lifetime2 years` as text browsers glue them.
//!
//! One such line may be any sentence. Told are labels that several lines begin with, each next to a line that begins with another.

use std::collections::{BTreeMap, BTreeSet};

use crate::fields::cookie::heard::Heard;
use crate::lexicon::{Field, Words, lexicon};
use crate::text::{Asked, Text, answer};
use crate::value::host;

/// A label has at most this many bytes.
const LONGEST: usize = 40;
/// Lines that must begin with a label, next to one that begins with another.
const LEAST: usize = 2;

/// The labels that the lines of a text begin with.
#[derive(Debug, Default)]
pub struct BareLabels {
    known: BTreeMap<String, Field>,
}

impl BareLabels {
    /// The labels of some lines.
    pub fn of(lines: &[&Text]) -> Self {
        let openings: Vec<Option<(&str, Field)>> = lines.iter().map(|line| opening(line)).collect();
        let mut beside: BTreeMap<(&str, Field), BTreeSet<&Text>> = BTreeMap::new();
        for (index, own) in openings.iter().enumerate() {
            let near = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let mut near = near.filter_map(|near| *openings.get(near)?);
            if let Some(label) = own.filter(|own| near.any(|other| other.1 != own.1)) {
                beside.entry(label).or_default().insert(lines[index]);
            }
        }
        let told: Vec<(&str, Field)> =
            beside.into_iter().filter(|(_, lines)| lines.len() >= LEAST).map(|(label, _)| label).collect();
        let fields: BTreeSet<Field> = told.iter().map(|(_, field)| *field).collect();
        // Two labels of one card, of which one is a lifetime or a host, are a declaration's.
        let telling = fields.contains(&Field::Duration) && fields.len() >= 2;
        let known = told.into_iter().filter(|_| telling).map(|(label, field)| (label.to_owned(), field));
        Self { known: known.collect() }
    }

    /// With those that stand alone on lines of their own again and again, over their values: where a value fills its column, a layout
    /// leaves both on one line. Words for the name head prose too.
    pub fn with_alone<'l>(mut self, labels: impl Iterator<Item = (&'l str, Field)>) -> Self {
        let mut times: BTreeMap<(&str, Field), usize> = BTreeMap::new();
        labels.filter(|(label, _)| label.len() <= LONGEST).for_each(|label| *times.entry(label).or_default() += 1);
        times.retain(|_, times| *times >= LEAST);
        let fields: BTreeSet<Field> = times.keys().map(|(_, field)| *field).collect();
        let telling = [Field::Name, Field::Duration].iter().all(|field| fields.contains(field)) && fields.len() > 2;
        let values = times.into_keys().filter(|(_, field)| telling && !matches!(field, Field::Name | Field::Extra));
        self.known.extend(values.map(|(label, field)| (format!("{label} "), field)));
        self
    }

    /// The field whose label a line begins with, if it is any field's, and where the label ends; the longest one. Among such lines words
    /// that an address is glued to are a label too.
    pub fn at(&self, line: &str) -> Option<(Option<Field>, usize)> {
        let labels = self.known.iter().filter(|(label, _)| line.starts_with(label.as_str()));
        let longest = labels.max_by_key(|(label, _)| label.len());
        let known = longest.map(|(label, field)| (Some(*field), label.len()));
        let (field, end) = known.or_else(|| Some((None, self.glued_address(line)?)))?;
        (!line[end..].trim().is_empty()).then_some((field, end))
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    fn glued_address(&self, line: &str) -> Option<usize> {
        let at = line.find("http").filter(|at| !self.is_empty() && (1..=LONGEST).contains(at))?;
        let address = line[at..].contains("://") && !line[at..].contains(char::is_whitespace);
        (address && line[..at].ends_with(char::is_alphabetic)).then_some(at)
    }
}

/// The longest label that a line begins with, if something else follows it.
pub(super) fn opening(line: &Text) -> Option<(&str, Field)> {
    let (end, field) = (*answer(&line.known().answers::<Heard>().opening, || opening_label(line)))?;
    Some((&line[..end], field))
}

fn opening_label(line: &Text) -> Option<(usize, Field)> {
    label_of_words(line).or_else(|| label_of_host(line))
}

/// "Domainacme.example": a label that a host alone is glued to, which begins in small letters.
fn label_of_host(line: &Text) -> Option<(usize, Field)> {
    let word = line.trim_end();
    if !word.contains('.') || word.contains(char::is_whitespace) {
        return None;
    }
    let ends = word.char_indices().map(|(at, _)| at).skip(1).take_while(|end| *end <= LONGEST);
    let labels = |end: &usize| lexicon().headers.whole(&word[..*end]).contains(&Field::Domain);
    let end = ends.filter(labels).find(|end| host::whole(&word[*end..]).is_some())?;
    Some((end, Field::Domain))
}

fn label_of_words(line: &Text) -> Option<(usize, Field)> {
    let ends = line.char_indices().zip(line.chars().skip(1)).map(|((at, c), next)| (at + c.len_utf8(), c, next));
    let ends: Vec<usize> = ends
        .take_while(|(end, ..)| *end <= LONGEST)
        .filter(|(_, last, next)| may_part(*last, *next))
        .map(|(end, ..)| end)
        .collect();
    // Labels that end within the first word are glued to it; all others begin with it.
    let word = line.split_whitespace().next()?;
    let glued = ends.first().is_some_and(|end| *end < line.len() - line.trim_start().len() + word.len());
    if !glued && !lexicon().headers.may_begin(&Words::of(line)) {
        return None;
    }
    let labelled = |end: &usize| {
        let label = line[..*end].trim_end();
        lexicon().headers.whole(label).first().map(|field| (label, *field))
    };
    let (label, field) = ends.iter().rev().find_map(labelled)?;
    (!line[label.len()..].trim().is_empty()).then_some((label.len(), field))
}

/// True between two characters where a label may end: before a blank, or where a value is glued to it.
fn may_part(last: char, next: char) -> bool {
    let begins = next.is_uppercase() || next.is_ascii_digit() || matches!(next, '_' | '.');
    next.is_whitespace() || matches!(last, ')' | '?') || last.is_lowercase() && begins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_come_again_side_by_side_are_told() {
        let lines = ["Name_ga", "Lifetime2 years", "Name_gid", "Lifetime1 day", "Nametheme-choice"];
        let labels = BareLabels::of(&lines.map(Text::from).iter().collect::<Vec<_>>());
        assert_eq!(labels.at("Nametheme-choice"), Some((Some(Field::Name), 4)));
        assert_eq!(labels.at("Lifetime1 day"), Some((Some(Field::Duration), 8)));
    }

    #[test]
    fn sentences_are_no_labels() {
        let lines = ["Name us a cookie", "Cookies are small", "Duration matters", "We say so"];
        assert!(BareLabels::of(&lines.map(Text::from).iter().collect::<Vec<_>>()).is_empty());
    }

    #[test]
    fn a_host_in_small_letters_is_parted_from_its_label() {
        let opens = |line: &str| opening_label(&line.into());
        assert_eq!(opens("Domainacme.example"), Some((6, Field::Domain)));
        assert_eq!(opens("Доменacme.example"), Some(("Домен".len(), Field::Domain)));
        assert_eq!([opens("domainacme"), opens("hostess.example is open")], [None, None]);
    }
}
