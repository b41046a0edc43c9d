//! The marks `[-gone-] {+new+}` in what a rule found, read back: a page shows the words themselves, marked as all others.

use crate::corpus::{WordChange, WordOp};
use crate::flags::Flag;

/// Opening and closing of a run of words, and what it tells.
const MARKS: [(&str, &str, WordOp); 2] = [("[-", "-]", WordOp::Delete), ("{+", "+}", WordOp::Insert)];

/// The message of a flag, without the changed words that it ends with, and these.
pub(super) fn parted(flag: &Flag) -> (&str, Vec<WordChange>) {
    let found = flag.found.as_deref().unwrap_or_default();
    let said = flag.message.strip_suffix(found).filter(|_| !found.is_empty());
    let changes = said.map(|_| changes(found)).unwrap_or_default();
    match said.filter(|_| changes.iter().any(|change| change.op != WordOp::Equal)) {
        Some(said) => (said, changes),
        None => (&flag.message, Vec::new()),
    }
}

/// One pass: what is not closed once is not closed later either.
fn changes(text: &str) -> Vec<WordChange> {
    let (mut changes, mut told, mut from) = (Vec::new(), 0, 0);
    let mut marks: Vec<_> = MARKS.to_vec();
    while let Some(at) = text[from..].find(['[', '{']).map(|at| from + at) {
        from = at + 1;
        let Some(place) = marks.iter().position(|mark| text[at..].starts_with(mark.0)) else { continue };
        let (opening, closing, op) = marks[place];
        let inner = &text[at + opening.len()..];
        let Some(length) = inner.find(closing) else {
            marks.remove(place);
            continue;
        };
        push(&mut changes, WordOp::Equal, &text[told..at]);
        push(&mut changes, op, &inner[..length]);
        told = at + opening.len() + length + closing.len();
        from = told;
    }
    push(&mut changes, WordOp::Equal, &text[told..]);
    changes
}

fn push(changes: &mut Vec<WordChange>, op: WordOp, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        changes.push(WordChange { op, text: text.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_back() {
        let told = |text: &str| changes(text).into_iter().map(|it| (it.op, it.text)).collect::<Vec<_>>();
        let expected = [
            (WordOp::Equal, "… not"),
            (WordOp::Delete, "unless you"),
            (WordOp::Insert, "if they"),
            (WordOp::Equal, "agree …"),
        ];
        let text = "… not [-unless you-] {+if they+} agree …";
        assert_eq!(told(text), expected.map(|(op, text)| (op, text.to_owned())));
        let many = "{+a+} ".repeat(40_000) + "[- b";
        assert_eq!(changes(&many).len(), 40_001);
        for plain in ["", "no mark [- here", "nor +} there -]"] {
            assert!(changes(plain).iter().all(|change| change.op == WordOp::Equal), "{plain}");
        }
    }
}
