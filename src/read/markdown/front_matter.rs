//! The metadata that opens a Markdown file between two lines of dashes: it belongs to the tool that prints the text.

use std::borrow::Cow;

use crate::block::Block;
use crate::text::Span;

/// A file without its metadata.
pub(super) struct FrontMatter<'a> {
    /// The text, with an empty line in the place of each of the metadata.
    pub text: Cow<'a, str>,
    /// The metadata, if there are any.
    pub block: Option<Block>,
    /// What they say the title is.
    pub title: Option<String>,
}

/// A fence around metadata.
const FENCE: &str = "---";
/// Metadata take at most so many lines.
const MOST_LINES: usize = 60;

/// Takes the metadata off the front of a text. A file that lists things in them is data itself, and is left as it is.
pub(super) fn take(text: &str) -> FrontMatter<'_> {
    let without = || FrontMatter { text: Cow::Borrowed(text), block: None, title: None };
    let Some(lines) = metadata(text) else { return without() };
    let read: usize = lines.iter().map(|line| line.len() + 1).sum();
    let said: Vec<&str> = lines[1..lines.len() - 1].iter().map(|line| line.trim_end()).collect();
    let title =
        said.iter().find_map(|line| line.strip_prefix("title:")).map(unquoted).filter(|title| !title.is_empty());
    let rest = text.get(read..).unwrap_or("");
    let text = "\n".repeat(lines.len()) + rest;
    let block = Block::furniture(said.join("\n"), Span::lines(2, lines.len() as u32 - 1));
    FrontMatter { text: Cow::Owned(text), block: Some(block), title: title.map(str::to_owned) }
}

/// The lines of the metadata with their fences: one pair of a key and its value at least.
fn metadata(text: &str) -> Option<Vec<&str>> {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split('\n').take(MOST_LINES) {
        lines.push(line);
        if lines.len() > 1 && line.trim_end() == FENCE {
            break;
        }
    }
    let (first, last) = (lines.first()?.trim_end(), lines.last()?.trim_end());
    let within = lines.get(1..lines.len().saturating_sub(1))?;
    let fenced = first == FENCE && last == FENCE && lines.len() > 2;
    let first_key = within.iter().find_map(|line| key(line))?;
    // Cards of cookies may stand between lines of dashes, each with the same keys.
    let below = text.split('\n').skip(lines.len()).find(|line| !line.trim().is_empty());
    let is_card = below.and_then(key) == Some(first_key);
    (fenced && !is_card && within.iter().all(|line| is_metadata(line))).then_some(lines)
}

/// A key and its value, a word of a list, a comment; no entry that has keys itself.
fn is_metadata(line: &str) -> bool {
    let line = line.trim();
    let item = line.strip_prefix("- ").is_some_and(|item| key(item).is_none());
    line.is_empty() || item || line.starts_with('#') || key(line).is_some()
}

/// The key that a line opens with.
fn key(line: &str) -> Option<&str> {
    let (key, value) = line.trim().split_once(':')?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
    (!key.is_empty() && key.chars().all(word) && (value.is_empty() || value.starts_with(' '))).then_some(key)
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_open_a_file_and_nothing_else_does() {
        let taken = take("---\ntitle: \"Cookies\"\ntags: [a, b]\n---\n\n# Cookies\n");
        assert_eq!((taken.title.as_deref(), &*taken.text), (Some("Cookies"), "\n\n\n\n\n# Cookies\n"));
        assert!(taken.block.is_some());
        for text in [
            "---\n\nCookies\n---\n",
            "---\ncookies:\n  - name: _ga\n---\n",
            "Cookies\n---\n",
            "---\ntitle: x\n",
            "---\nName: _a\n---\nName: _b\n---\n",
        ] {
            assert!(take(text).block.is_none(), "{text}");
        }
    }
}
