//! Title of a document, and what kind of policy it is.

use crate::block::{Block, Content};
use crate::document::DocumentKind;
use crate::lexicon::{NameWord, lexicon};
use crate::text::{caseless, collapse};

/// A title has at most this many characters.
const LONGEST_TITLE: usize = 160;

/// The first heading of the highest level among the first ones; else what the format carries as title.
pub(super) fn title(blocks: &[Block], carried: Option<&str>) -> Option<String> {
    let headings = || blocks.iter().filter_map(heading).take(8);
    let named = headings().find(|(_, text)| names_kind(text).is_some());
    let first = headings().min_by_key(|(level, _)| *level);
    let found = named.or(first).map(|(_, text)| text);
    found.or_else(|| carried.map(collapse).filter(|title| !is_no_title(title)))
}

/// The block that is the title: a page prints other things before its policy begins.
pub(super) fn title_block<'a>(blocks: &'a [Block], title: Option<&str>) -> Option<&'a Block> {
    blocks.iter().find(|block| heading(block).is_some_and(|(_, text)| Some(text.as_str()) == title))
}

/// What the title says, else what the first headings and paragraphs say.
pub(super) fn of(title: Option<&str>, blocks: &[Block]) -> DocumentKind {
    let opening = blocks.iter().filter_map(Block::rich).map(|rich| collapse(&rich.text)).take(6);
    let said = title.and_then(|title| names_kind(title).or_else(|| speaks_of_cookies(title)));
    said.or_else(|| opening.into_iter().find_map(|text| names_kind(&text))).unwrap_or(DocumentKind::Other)
}

fn heading(block: &Block) -> Option<(u8, String)> {
    match &block.content {
        Content::Heading { level, text } => {
            let text = collapse(&text.text);
            (text.chars().count() <= LONGEST_TITLE && text.chars().any(char::is_alphabetic)).then_some((*level, text))
        }
        _ => None,
    }
}

/// A title with the word cookie in it and no other kind is a cookie policy's: "Cookies at Acme".
fn speaks_of_cookies(title: &str) -> Option<DocumentKind> {
    let says = lexicon().names.says(title, NameWord::Cookie);
    says.then_some(DocumentKind::CookiePolicy)
}

/// What a producer writes where nobody gave a title.
fn is_no_title(carried: &str) -> bool {
    let folded = caseless(carried);
    let file = [".doc", ".docx", ".odt", ".pdf", ".html", ".htm"].iter().any(|ending| folded.ends_with(ending));
    file || folded.starts_with("untitled") || folded.starts_with("microsoft word") || folded.is_empty()
}

fn names_kind(text: &str) -> Option<DocumentKind> {
    let hits = lexicon().documents.all(text);
    hits.iter().max_by(|a, b| a.characters.cmp(&b.characters).then(b.start.cmp(&a.start))).map(|hit| hit.meaning)
}
