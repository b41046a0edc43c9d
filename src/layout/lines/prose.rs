//! Headings, list items and paragraphs of text without markup, and with the little that scrapers leave.

use super::line::Line;
use crate::block::{Block, Content, Rich};

/// A line longer than this is no heading.
const LONGEST_HEADING: usize = 120;

/// The room that a word needs on a line. A name or an address may be of any length: that there was none for it does not show that
/// the line above is full.
fn room_for(word: &str) -> usize {
    const LONGEST_WORD: usize = 30;
    const USUAL_WORD: usize = 10;
    let most = if word.contains(['_', '#']) { USUAL_WORD } else { LONGEST_WORD };
    word.chars().count().min(most)
}

/// Divides lines that hold no table.
pub(super) fn paragraphs(lines: &[Line], width: Option<usize>, blocks: &mut Vec<Block>) {
    let mut start = 0;
    for index in 0..=lines.len() {
        if index == lines.len() || lines[index].is_blank() {
            group(&lines[start..index], width, blocks);
            start = index + 1;
        }
    }
}

/// Lines between two blank ones.
fn group(lines: &[Line], width: Option<usize>, blocks: &mut Vec<Block>) {
    let mut start = 0;
    for index in 1..=lines.len() {
        if index == lines.len() || begins_block(lines, index, width) {
            piece(&lines[start..index], lines.len() == index - start, width, blocks);
            start = index;
        }
    }
}

/// A line begins a block where it is marked as one, where the line above was, or where the text is not wrapped at all.
fn begins_block(lines: &[Line], index: usize, width: Option<usize>) -> bool {
    let (above, line) = (lines[index - 1].text(), lines[index].text());
    let starts_item = bullet(line.trim_start()).is_some();
    let after_heading = marked_heading(above.trim()).is_some();
    let unwrapped = width.is_none() && (above.chars().count() > 100 || line.chars().count() > 100);
    let furniture = is_furniture(above.trim()) || is_furniture(line.trim());
    furniture || starts_item || after_heading || marked_heading(line.trim()).is_some() || unwrapped
}

fn piece(lines: &[Line], alone: bool, width: Option<usize>, blocks: &mut Vec<Block>) {
    let Some(first) = lines.first() else { return };
    let last = lines.last().expect("not empty");
    let span = first.span().join(last.span());
    let text = first.text().trim();
    let content = if lines.len() == 1 && is_furniture(text) {
        Content::Furniture(Rich::plain(text))
    } else if let Some(heading) = marked_heading(text).filter(|_| lines.len() == 1) {
        Content::Heading { level: heading.level, text: Rich::plain(heading.text) }
    } else if let Some(heading) = starred_heading(text).filter(|_| alone && lines.len() == 1) {
        Content::Heading { level: heading.level, text: Rich::plain(heading.text) }
    } else if let Some(level) = underlined_heading(lines) {
        Content::Heading { level, text: Rich::plain(text) }
    } else if let Some(item) = bullet(text) {
        let depth = (first.indent() / 2).min(9) as u8;
        Content::ListItem { depth, text: Rich::plain(joined(item, lines, width)) }
    } else if alone && lines.len() == 1 && is_plain_heading(text) {
        let level = if blocks.is_empty() { 1 } else { 2 };
        Content::Heading { level, text: Rich::plain(text) }
    } else {
        Content::Paragraph(Rich::plain(joined(text, lines, width)))
    };
    blocks.push(Block { content, span });
}

/// The lines of a paragraph as one text: a blank where the line was full, a line feed where it ended early.
fn joined(first: &str, lines: &[Line], width: Option<usize>) -> String {
    let mut text = first.to_owned();
    for pair in lines.windows(2) {
        let next = pair[1].text().trim();
        let first_word = room_for(next.split_whitespace().next().unwrap_or(""));
        let length = pair[0].printed_length();
        let full = width.is_some_and(|width| length + 1 + first_word > width.saturating_sub(2));
        text.push(if full { ' ' } else { '\n' });
        text.push_str(next);
    }
    text
}

struct MarkedHeading<'a> {
    level: u8,
    text: &'a str,
}

/// `## Heading`, `== Heading` and `** Heading **`.
fn marked_heading(text: &str) -> Option<MarkedHeading<'_>> {
    let mark = text.chars().next().filter(|c| matches!(c, '#' | '=' | '*'))?;
    let level = text.chars().take_while(|c| *c == mark).count();
    let rest = &text[level..];
    let closed = rest.ends_with(mark) && rest.trim_end_matches(mark).ends_with(' ');
    if level > 6 || !rest.starts_with(' ') || (mark == '*' && !closed) {
        return None;
    }
    let text = rest.trim().trim_end_matches(mark).trim();
    (!text.is_empty()).then_some(MarkedHeading { level: level as u8, text })
}

/// `** Heading`, by itself: where other items stand beside it, it is an item of an inner list.
fn starred_heading(text: &str) -> Option<MarkedHeading<'_>> {
    let rest = text.trim_start_matches('*');
    let level = text.len() - rest.len();
    let heading = (2..=6).contains(&level) && rest.starts_with(' ') && is_plain_heading(rest.trim());
    heading.then(|| MarkedHeading { level: level as u8, text: rest.trim() })
}

/// A line with a line of `===` or `---` under it.
fn underlined_heading(lines: &[Line]) -> Option<u8> {
    let [_, under] = lines else { return None };
    let under = under.text().trim();
    let all = |mark: char| under.len() >= 3 && under.chars().all(|c| c == mark);
    if all('=') { Some(1) } else { all('-').then_some(2) }
}

/// The text after a bullet; numbers stay, they are words.
fn bullet(text: &str) -> Option<&str> {
    const BULLETS: &[char] = &['*', '-', '–', '•', '·', '□', '○', '●', '◦', '▪', '■', '+', '►', '➢', '✓', '\u{f0b7}'];
    let rest = text.strip_prefix(BULLETS)?;
    let item = rest.trim_start();
    (rest.len() > item.len() && !item.is_empty()).then_some(item)
}

/// A short line that stands alone, begins like a title and does not end like a sentence.
fn is_plain_heading(text: &str) -> bool {
    let begins = text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let ends = !text.ends_with(['.', ',', ';', ':', '!', '。', '，', '；', '：', '！', '।'])
        || is_titled_to_its_abbreviation(text);
    let dated =
        text.split_whitespace().last().is_some_and(|word| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()));
    begins && ends && !dated && text.chars().count() <= LONGEST_HEADING && !text.contains(": ")
}

/// "Acme Ltd.": few words, all with a capital, the last one short.
fn is_titled_to_its_abbreviation(text: &str) -> bool {
    const MOST_WORDS: usize = 5;
    const LONGEST: usize = 5;
    let capitals = || text.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let short = || text.split_whitespace().next_back().is_some_and(|last| last.chars().count() <= LONGEST);
    text.ends_with('.') && capitals() && short() && (2..=MOST_WORDS).contains(&text.split_whitespace().count())
}

/// Furniture by its form.
fn is_furniture(text: &str) -> bool {
    is_page_number(text) || is_empty_element(text)
}

/// `<span id="top"></span>`: tags that a converter left, and nothing between them.
fn is_empty_element(text: &str) -> bool {
    const LONGEST: usize = 300;
    let tagged = text.starts_with('<') && text.ends_with('>') && text.len() <= LONGEST && text.contains("</");
    let outside = || text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, outside)| outside));
    tagged && outside().all(|outside| outside.trim().is_empty())
}

/// "Page 2 of 7", "Seite 2 von 7", "2 / 7", "- 2 -".
fn is_page_number(text: &str) -> bool {
    text.len() <= 60
        && text.contains(|c: char| c.is_ascii_digit())
        && (is_of_pages(text) || is_page(text) || is_in_dashes(text))
}

fn is_of_pages(text: &str) -> bool {
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (before, numbers) = text.split_at(digits);
    let word = before.trim_end();
    let named = word.is_empty() || (word.len() < before.len() && is_word(word.trim_end_matches('.'), 10));
    let first = numbers.find(|c: char| !c.is_ascii_digit()).unwrap_or(numbers.len());
    let (page, rest) = numbers.split_at(first);
    let spaced = || {
        let (of, last) = rest.strip_prefix(char::is_whitespace)?.trim_start().split_once(char::is_whitespace)?;
        is_word(of, 4).then_some(last)
    };
    let last = rest.trim_start().strip_prefix('/').or_else(spaced).map(str::trim_start);
    named && is_number(page) && last.is_some_and(is_number)
}

fn is_page(text: &str) -> bool {
    const PAGE: [&str; 33] = [
        "page",
        "seite",
        "página",
        "pagina",
        "strona",
        "sida",
        "side",
        "sivu",
        "faqe",
        "faqja",
        "lapa",
        "leathanach",
        "lehekülg",
        "oldal",
        "orria",
        "paġna",
        "pàgina",
        "páxina",
        "pagină",
        "puslapis",
        "sayfa",
        "säit",
        "síða",
        "stran",
        "strana",
        "stranica",
        "stránka",
        "tudalen",
        "σελίδα",
        "страница",
        "сторінка",
        "старонка",
        "страна",
    ];
    let parts = text.split_once(char::is_whitespace);
    parts.is_some_and(|(word, number)| is_number(number) && PAGE.contains(&word.to_lowercase().as_str()))
}

fn is_in_dashes(text: &str) -> bool {
    const DASHES: [char; 3] = ['-', '–', '—'];
    let inner = text.strip_prefix(DASHES).and_then(|rest| rest.strip_suffix(DASHES));
    inner.is_some_and(|inner| is_number(inner.trim()))
}

fn is_word(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.chars().count()) && text.chars().all(char::is_alphabetic)
}

fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
