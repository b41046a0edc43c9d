//! What the signs in a column of categories stand for, where the document explains them: "1 – necessary", "F = functional".

use std::collections::BTreeMap;

use super::record::Record;
use crate::block::{Block, Content};
use crate::document::Category;
use crate::text::{collapse, fits};
use crate::value::category;

/// A legend explains at least so many signs.
const LEAST_SIGNS: usize = 2;
/// What a sign stands for has at most so many bytes: a longer text is about something else.
const LONGEST_MEANING: usize = 160;

/// Gives each record whose cell of categories is a sign the category that the sign stands for.
pub(super) fn settle(records: &mut [Record], blocks: &[Block]) {
    let is_signed = |record: &&mut Record| record.sign_of_category().is_some();
    let mut signed = records.iter_mut().filter(is_signed).peekable();
    if signed.peek().is_none() {
        return;
    }
    let legend = legend(blocks);
    for record in signed {
        record.signed = record.sign_of_category().and_then(|sign| legend.get(&sign.to_lowercase()).copied());
    }
}

/// The categories by the signs that lines and clauses of the text explain.
fn legend(blocks: &[Block]) -> BTreeMap<String, Category> {
    let texts = blocks.iter().filter(|block| !matches!(block.content, Content::Furniture(_))).filter_map(Block::rich);
    let clauses = texts.flat_map(|text| text.text.split(['\n', ',', ';']));
    let mut legend = BTreeMap::new();
    clauses.filter_map(explained).for_each(|(sign, category)| _ = legend.entry(sign).or_insert(category));
    if legend.len() >= LEAST_SIGNS { legend } else { BTreeMap::new() }
}

/// "1 – strictly necessary", "(F) functional", "3. statistics": the sign and the category.
fn explained(clause: &str) -> Option<(String, Category)> {
    const PARTS: [char; 7] = ['–', '—', '-', '=', ':', '.', ')'];
    let clause = collapse(clause);
    let clause = clause.strip_prefix('(').unwrap_or(&clause);
    let end = clause.char_indices().find(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at)?;
    let (sign, rest) = clause.split_at(end);
    let meaning = rest.trim_start().strip_prefix(PARTS)?.trim();
    let short = (1..=3).contains(&sign.chars().count()) && fits(meaning, LONGEST_MEANING);
    let named = short && category::likeness(meaning) >= 0.6;
    named.then(|| category::classify(meaning)).flatten().map(|category| (sign.to_lowercase(), category))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_explained_by_the_words_behind_it() {
        let says = |clause: &str| explained(clause);
        for clause in ["1 – strictly necessary", "1. Strictly necessary", "(1) strictly necessary", "1 = necessary"] {
            assert_eq!(says(clause), Some(("1".to_owned(), Category::Necessary)), "{clause}");
        }
        assert_eq!(says("F: functional"), Some(("f".to_owned(), Category::Functional)));
        for clause in ["3 years", "strictly necessary", "12 – 14 Main Street", "Cookies – strictly necessary"] {
            assert_eq!(says(clause), None, "{clause}");
        }
    }
}
