//! The whole of a name of which a part was found: a host often spells no more than that, and the text goes on in the same way each time:
//! "Acme University" for `acme.example`. Where it does not, the part is what the text has in common with those of other platforms.

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::heard::speaks_of_cookies;
use super::stands_as_word;
use crate::block::{Block, Content};
use crate::lexicon::lexicon;
use crate::text::Text;

/// A name is widened by at most so many words, not counting small ones between them, which are at most so many and so long.
const MOST_WORDS: usize = 4;
const MOST_SMALL: usize = 2;
const LONGEST_SMALL: usize = 3;
/// So many texts must say the wider name.
const LEAST_TEXTS: usize = 2;
/// A word before a name that is shorter may be an article or a preposition that opens a sentence.
const SHORTEST_BEFORE: usize = 4;

/// The name with the capitalised words that stand beside it wherever the text prints it.
pub(super) fn widened(blocks: &[Block], name: String) -> String {
    let mut name = name;
    for _ in 0..MOST_WORDS {
        match by_a_word(blocks, &name) {
            Some(wider) => name = wider,
            None => break,
        }
    }
    name
}

fn by_a_word(blocks: &[Block], name: &str) -> Option<String> {
    let finder = memmem::Finder::new(name);
    let mut told = 0;
    let mut wider: FxHashMap<String, usize> = FxHashMap::default();
    for text in blocks.iter().flat_map(texts) {
        let places =
            finder.find_iter(text.as_bytes()).filter(|at| stands_as_word(&text[..*at], &text[at + name.len()..]));
        let Some(at) = places.into_iter().next() else { continue };
        told += 1;
        let behind = word_behind(text, at + name.len()).map(|word| format!("{name} {word}"));
        let before = word_before(text, at).map(|word| format!("{word} {name}"));
        behind.into_iter().chain(before).for_each(|name| *wider.entry(name).or_default() += 1);
    }
    let always = wider.into_iter().filter(|(_, count)| told >= LEAST_TEXTS && *count == told);
    always.map(|(name, _)| name).min()
}

/// The text of a block, or those of a table's cells.
fn texts(block: &Block) -> Vec<&Text> {
    match &block.content {
        Content::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.text.text).collect(),
        _ => block.rich().into_iter().map(|rich| &rich.text).collect(),
    }
}

/// The next capitalised word, with the small ones before it: "de la Vall".
fn word_behind(text: &str, end: usize) -> Option<&str> {
    let rest = text[end..].strip_prefix(' ')?;
    let small = |word: &&str| word.chars().all(char::is_lowercase) && word.chars().count() <= LONGEST_SMALL;
    let words = rest.split(' ').take_while(small).take(MOST_SMALL + 1);
    let (count, start) = words.fold((0, 0), |(count, start), word| (count + 1, start + word.len() + 1));
    let word = rest.get(start..)?.split(|c: char| !c.is_alphabetic()).next()?;
    // The beginning of a form in several parts: "Sp. z o.o."
    let abbreviated =
        rest[start + word.len()..].strip_prefix(". ").is_some_and(|rest| rest.starts_with(char::is_lowercase));
    (count <= MOST_SMALL && goes_with_a_name(word) && !abbreviated).then(|| &rest[..start + word.len()])
}

fn word_before(text: &str, at: usize) -> Option<&str> {
    let rest = text[..at].strip_suffix(' ')?;
    let word = rest.rsplit(|c: char| !c.is_alphabetic()).next()?;
    (goes_with_a_name(word) && word.chars().count() >= SHORTEST_BEFORE).then_some(word)
}

/// A capitalised word that says nothing of the document, its cookies or a company's form.
fn goes_with_a_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capitalised = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
    capitalised
        && !lexicon().services.ends_a_company(word)
        && lexicon().documents.all(word).is_empty()
        && lexicon().sites.all(word).is_empty()
        && !speaks_of_cookies(word)
        && !lexicon().function_words.contains(word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Rich;
    use crate::text::Span;

    #[track_caller]
    fn widens(texts: [&str; 3], name: &str, expected: &str) {
        let block = |text: &&str| Block { content: Content::Paragraph(Rich::plain(*text)), span: Span::line(1) };
        let blocks: Vec<Block> = texts.iter().map(block).collect();
        assert_eq!(widened(&blocks, name.to_owned()), expected);
    }

    #[test]
    fn a_name_is_widened_by_what_stands_beside_it_each_time() {
        widens(["At Acme University we", "Acme University, Fen Road", "www.acme.example"], "Acme", "Acme University");
        widens(["Vēja muzejs", "Latvijas Vēja muzejs", "© Latvijas Vēja muzejs"], "Vēja muzejs", "Vēja muzejs");
        widens(
            ["Fundació Acme de la Vall Alta", "Fundació Acme de la Vall Alta", "we"],
            "Acme",
            "Fundació Acme de la Vall Alta",
        );
    }

    #[test]
    fn other_words_are_none_of_the_name() {
        widens(["Acme Cookie Policy", "Acme Cookies", "Acme Privacy Policy"], "Acme", "Acme");
        widens(["Acme Sp. z o.o.", "Acme Sp. z o.o.", "Acme"], "Acme", "Acme");
        widens(["Acme Shop", "Acme is here", "Acme was there"], "Acme", "Acme");
    }
}
