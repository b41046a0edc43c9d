//! What Pandoc's Markdown keeps of the elements of a page: `[text]{.class}`, `[text](address){rel="nofollow"}`, `# Heading {#id}` and `:::`
//! around divisions. They are markup: the text in them stays, on its lines.

use std::borrow::Cow;
use std::ops::Range;

use crate::block::Block;
use crate::text::Span;

/// Attributes have at most so many bytes.
const LONGEST: usize = 600;

/// A text without its attributes.
pub(super) struct Bare<'a> {
    /// Its lines in their places.
    pub text: Cow<'a, str>,
    /// What the attributes say: no part of the text, but printed.
    pub attributes: Option<Block>,
}

/// Takes attributes and fences off a text, where it has any; no line moves.
pub(super) fn take(text: &str) -> Bare<'_> {
    let may_have = ["]{", "){", " {#", " {.", ":::"].iter().any(|mark| text.contains(mark));
    let markup = if may_have { markup(text) } else { Vec::new() };
    let Some(last) = markup.last() else { return Bare { text: Cow::Borrowed(text), attributes: None } };
    let line = text[..last.start].matches('\n').count() as u32 + 1;
    let signs = |c: char| matches!(c, '[' | ']' | '{' | '}' | ':') || c.is_whitespace();
    let said = markup.iter().map(|place| text[place.clone()].trim_matches(signs)).filter(|said| !said.is_empty());
    let said = said.collect::<Vec<_>>().join("\n");
    let attributes = (!said.is_empty()).then(|| Block::furniture(said, Span::lines(line, line)));
    Bare { text: Cow::Owned(without(text, markup)), attributes }
}

/// The text without some places of it, but with the ends of their lines.
fn without(text: &str, places: Vec<Range<usize>>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut next = 0;
    for Range { start, end } in places {
        kept.push_str(&text[next..start]);
        kept.extend(text[start..end].matches('\n'));
        next = end;
    }
    kept + &text[next..]
}

/// Where markup stands, in order: attributes, the brackets of what they are of, and fences.
fn markup(text: &str) -> Vec<Range<usize>> {
    let mut found = fences(text);
    let mut open: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let escaped = at > 0 && bytes[at - 1] == b'\\';
        match byte {
            b'[' if !escaped => open.push(at),
            b']' | b')' if !escaped => {
                let opening = if *byte == b']' { open.pop() } else { None };
                let Some(end) = attributes_end(text, at + 1) else { continue };
                found.extend(opening.map(|opening| opening..opening + 1));
                let from = if opening.is_some() { at } else { at + 1 };
                found.push(from..end);
            }
            b'{' if at > 0 && bytes[at - 1] == b' ' && heads(text, at) => {
                found.extend(attributes_end(text, at).filter(|end| ends_line(text, *end)).map(|end| at - 1..end));
            }
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => open.clear(),
            _ => {}
        }
    }
    found.sort_by_key(|place| place.start);
    // Brackets may stand within attributes.
    found.dedup_by(|next, above| {
        let within = next.start < above.end;
        above.end = above.end.max(if within { next.end } else { 0 });
        within
    });
    found
}

/// Lines of three colons or more, with or without the attributes of a division.
fn fences(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split('\n') {
        let rest = line.trim_start_matches(':');
        let named = rest.trim();
        let divides = line.len() - rest.len() >= 3
            && (named.is_empty() || attributes_end(named, 0) == Some(named.len()) || is_class(named));
        if divides {
            found.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    found
}

fn is_class(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// True within a heading.
fn heads(text: &str, at: usize) -> bool {
    const LONGEST_HEADING: usize = 400;
    let near = text.floor_char_boundary(at.saturating_sub(LONGEST_HEADING));
    text[near..at].rsplit('\n').next().is_some_and(|line| line.starts_with('#'))
}

fn ends_line(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n')
}

/// Where attributes end that begin at a place: `{#id .class key="value"}`.
fn attributes_end(text: &str, at: usize) -> Option<usize> {
    let inside = text.get(at..)?.strip_prefix('{')?;
    let near = &inside[..inside.floor_char_boundary(inside.len().min(LONGEST))];
    let mut quoted = false;
    let close = near.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'}' && !quoted
    })?;
    holds_attributes(&near[..close]).then_some(at + 1 + close + 1)
}

/// One attribute or more, and nothing else.
fn holds_attributes(mut text: &str) -> bool {
    text = text.trim();
    let mut any = false;
    while !text.is_empty() {
        let Some(length) = attribute(text) else { return false };
        any = true;
        text = text[length..].trim_start();
    }
    any
}

/// The length of the attribute that a text begins with.
fn attribute(text: &str) -> Option<usize> {
    let word = |text: &str| {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '/' | '[' | ']' | '!' | '.');
        text.find(|c: char| !part(c)).unwrap_or(text.len())
    };
    if let Some(name) = text.strip_prefix(['#', '.']) {
        return Some(word(name)).filter(|length| *length > 0).map(|length| length + 1);
    }
    let key = word(text);
    let value = text[key..].strip_prefix("=\"").filter(|_| key > 0)?;
    Some(key + "=\"".len() + value.find('"')? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_fences_go_and_their_text_stays() {
        let text = "::: {.nav role=\"navigation\"}\n-   [[[Home]{itemprop=\"name\"}](/0){itemprop=\"url\"}]{#menu-1}\n:::\n\n### Our cookies {#a .b}\n\n[›]{.sep} [a](b){rel=\"nofollow\"\n.c} end";
        let read = "\n-   [Home](/0)\n\n\n### Our cookies\n\n› [a](b)\n end";
        assert_eq!(take(text).text, read);
        let said = take(text).attributes.expect("they are printed");
        assert!(said.is_furniture() && said.rich().is_some_and(|rich| rich.text.contains("nofollow")));
        assert_eq!(take("[a]{k=\"[b]{.c}\"} end").text, "a end");
        for same in ["a{b}", "wp-settings-{id}", "[a]{id}", "_ga_{container} (x){y}", "# Use {#}", "a ::: b", "[x](y)"]
        {
            assert_eq!(take(same).text, same);
        }
    }
}
