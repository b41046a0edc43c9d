//! Words and marks of a piece of wiki text, and what of it is markup and no words.

use crate::block::{Block, Draft, Mark, MarkKind, Rich};
use crate::text::{Span, opening};

/// A link or a tag has at most so many bytes.
const LONGEST: usize = 500;

/// Reads pieces of wiki text, and keeps what it leaves out of them: no word is lost.
#[derive(Debug, Default)]
pub(super) struct Markup {
    aside: Vec<String>,
}

/// A piece of markup at the beginning of a text.
struct Piece<'a> {
    /// How many bytes it takes.
    length: usize,
    /// What is printed of it.
    printed: &'a str,
    /// What is not.
    aside: &'a str,
    /// What it does to the text from here on.
    effect: Effect,
}

enum Effect {
    None,
    Opens(MarkKind),
    Closes,
    Marks(MarkKind),
}

impl Markup {
    /// Keeps markup that is no text.
    pub fn put_aside(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.aside.push(text.to_owned());
        }
    }

    /// What was left out, as furniture.
    pub fn furniture(self, place: Span) -> Option<Block> {
        (!self.aside.is_empty()).then(|| Block::furniture(self.aside.join("\n"), place))
    }

    /// The words of a text with its marks.
    pub fn read(&mut self, text: &str) -> Rich {
        let text = text.trim();
        let mut draft = Draft::default();
        let mut open: Option<(usize, MarkKind)> = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let Some(piece) = piece(&text[at..], c) else {
                draft.text.push(c);
                at += c.len_utf8();
                continue;
            };
            self.put_aside(piece.aside);
            let start = draft.text.len();
            draft.text.push_str(piece.printed);
            let end = draft.text.len();
            match piece.effect {
                Effect::None => {}
                Effect::Opens(kind) => open = Some((start, kind)),
                Effect::Closes => {
                    draft.marks.extend(open.take().map(|(start, kind)| Mark { start, end, kind }));
                }
                Effect::Marks(kind) => draft.marks.push(Mark { start, end, kind }),
            }
            at += piece.length;
        }
        trimmed(draft)
    }
}

/// Without white space around it, and marks in order.
fn trimmed(mut draft: Draft) -> Rich {
    draft.marks.retain(|mark| mark.start < mark.end);
    draft.marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    let rich = draft.finish();
    let from = rich.text.len() - rich.text.trim_start().len();
    let end = rich.text.trim_end().len();
    rich.slice(from.min(end), end)
}

fn piece(text: &str, first: char) -> Option<Piece<'_>> {
    match first {
        '\'' => quotes(text),
        '[' => link(opening(text, LONGEST)),
        '<' => tag(opening(text, LONGEST)),
        '\n' => Some(bullet(text)),
        _ => None,
    }
}

/// Two quotes or more set words in bold or italics.
fn quotes(text: &str) -> Option<Piece<'_>> {
    let length = text.len() - text.trim_start_matches('\'').len();
    (length >= 2).then_some(Piece { length, printed: "", aside: "", effect: Effect::None })
}

/// `[[page|words]]` and `[https://… words]`.
fn link(text: &str) -> Option<Piece<'_>> {
    let (inner, length, bar) = match text.strip_prefix("[[") {
        Some(rest) => {
            let end = rest.find("]]")?;
            (&rest[..end], end + 4, '|')
        }
        None => {
            let inner = text[1..].starts_with("http").then(|| text[1..].find(']'))??;
            (&text[1..=inner], inner + 2, ' ')
        }
    };
    if inner.contains(['\n', '[']) {
        return None;
    }
    let (target, words) = inner.split_once(bar).unwrap_or(("", inner));
    let address = if target.is_empty() { words } else { target };
    Some(Piece { length, printed: words, aside: target, effect: Effect::Marks(MarkKind::Link(address.to_owned())) })
}

/// A tag is markup, and so is all of a footnote; between those for code stands code.
fn tag(text: &str) -> Option<Piece<'_>> {
    const CODE: [&str; 4] = ["code", "tt", "kbd", "samp"];
    const OTHERS: [&str; 16] = [
        "abbr", "b", "big", "br", "center", "div", "em", "i", "nowiki", "p", "ref", "small", "span", "strong", "sup",
        "u",
    ];
    let inner = &text[1..text.find('>')?];
    let closes = inner.starts_with('/');
    let name = inner.trim_start_matches('/').split([' ', '/']).next().unwrap_or("").to_ascii_lowercase();
    let code = CODE.contains(&name.as_str());
    if !code && !OTHERS.contains(&name.as_str()) {
        return None;
    }
    let footnote = name == "ref" && !closes && !inner.ends_with('/');
    let end = footnote.then(|| text.find("</ref>")).flatten().map_or(inner.len() + 2, |at| at + "</ref>".len());
    let effect = match (code, closes) {
        (true, true) => Effect::Closes,
        (true, false) => Effect::Opens(MarkKind::Code),
        _ => Effect::None,
    };
    let printed = if name == "br" { "\n" } else { "" };
    Some(Piece { length: end, printed, aside: &text[1..end - 1], effect })
}

/// Signs of a list or of an indented line.
fn bullet(text: &str) -> Piece<'_> {
    let length = text.len() - text.trim_start_matches(['\n', '*', '#', ':', ';', ' ']).len();
    Piece { length, printed: "\n", aside: "", effect: Effect::None }
}
