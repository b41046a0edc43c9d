//! Cuts the attributes of a start tag after the first thousand: html5ever compares each attribute with all before it.

use std::borrow::Cow;

use memchr::memchr;

/// Attributes of one tag that are kept; real tags have a dozen.
const MAX_ATTRIBUTES: usize = 1000;

/// The same markup without the attributes beyond the limit; words of the text are never touched.
pub(super) fn cut_attributes(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(start) = memchr(b'<', &html.as_bytes()[at..]).map(|offset| at + offset) {
        let bytes = &html.as_bytes()[start..];
        let tag = usual_tag(bytes).map_or_else(|| scan(bytes), |length| Scanned { length, limit: None });
        at = start + tag.length;
        if let Some(limit) = tag.limit {
            out.push_str(&html[kept..start + limit]);
            out.push('>');
            kept = at;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[kept..]);
    Cow::Owned(out)
}

/// Bytes of a tag too short for so many attributes: up to and with the first `>` outside of quotes.
fn usual_tag(bytes: &[u8]) -> Option<usize> {
    if !bytes.get(1).is_some_and(u8::is_ascii_alphabetic) {
        return Some(1);
    }
    let bytes = &bytes[..bytes.len().min(2 * MAX_ATTRIBUTES)];
    let (mut at, mut behind_equals) = (1, false);
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(at + 1),
            quote @ (b'"' | b'\'') if behind_equals => {
                at += 1 + bytes[at + 1..].iter().position(|byte| *byte == quote)?;
                behind_equals = false;
            }
            byte => behind_equals = byte == b'=' || behind_equals && byte.is_ascii_whitespace(),
        }
        at += 1;
    }
}

struct Scanned {
    /// Bytes up to and with the `>`; where a tag was cut, at most up to the next `<`, which a script may hold.
    length: usize,
    /// Where the first attribute beyond the limit begins.
    limit: Option<usize>,
}

fn scan(bytes: &[u8]) -> Scanned {
    let mut scanned = Scanned { length: 1, limit: None };
    if !bytes.get(1).is_some_and(u8::is_ascii_alphabetic) {
        return scanned;
    }
    let (mut attributes, mut quote, mut before) = (0, None, b'<');
    for (index, byte) in bytes.iter().copied().enumerate().skip(1) {
        scanned.length = index + 1;
        match (quote, byte) {
            (Some(open), _) => quote = Some(open).filter(|open| *open != byte),
            (None, b'>') => return scanned,
            (None, b'<') if scanned.limit.is_some() => return Scanned { length: index, ..scanned },
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, _) if is_gap(before) && !is_gap(byte) && byte != b'=' => attributes += 1,
            _ => {}
        }
        if attributes > MAX_ATTRIBUTES && scanned.limit.is_none() && byte.is_ascii() {
            scanned.limit = Some(index);
        }
        if !byte.is_ascii_whitespace() || before != b'=' {
            before = byte;
        }
    }
    scanned
}

fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_usual_tag_ends_where_its_characters_say(html in r#"<[a-z<](a|=|"|'|>|<|/| |\n|é|= ?["']){0,40}"#) {
            let scanned = scan(html.as_bytes());
            if let Some(length) = usual_tag(html.as_bytes()) {
                prop_assert_eq!((length, None), (scanned.length, scanned.limit));
            }
        }
    }

    #[test]
    fn only_absurd_tags_are_cut() {
        let usual = "<p class='a > b' id = \"x\">1 < 2 <b>bold</b> <é";
        assert!(matches!(cut_attributes(usual), Cow::Borrowed(_)));
        let many: String = (0..5000).map(|index| format!(" a{index}=\"é>{index}\"")).collect();
        let cut = cut_attributes(&format!("<i>one</i><div{many}>two</div>three")).into_owned();
        assert!(cut.len() < 20_000 && cut.starts_with("<i>one</i><div a0="), "{}", cut.len());
        assert!(cut.ends_with(" >two</div>three"), "{}", &cut[cut.len() - 40..]);
    }
}
