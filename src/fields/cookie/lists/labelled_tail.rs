//! Fields that stand with their labels behind the text of an entry: "counts visits. Lifetime: 2 years. Provider: Acme".

use crate::block::Rich;
use crate::fields::cookie::bracket::Said;
use crate::lexicon::{Field, lexicon};
use crate::table::key_of;
use crate::text::{fits, split_at_colon};

/// What the labelled pieces at the end of a text say, in order, and the text before them.
#[derive(Debug)]
pub struct LabelledTail {
    pub said: Vec<Said>,
    pub text: Rich,
}

/// What parts one piece from the next.
const MARKS: [&str; 6] = [". ", "; ", " · ", " | ", " – ", ".\n"];

/// More pieces are no entry's: each is looked for in all of the text.
const MOST_PIECES: usize = 8;

/// A label has at most so many characters.
const LONGEST_LABEL: usize = 40;

/// Takes the labelled pieces off the end of a text.
pub fn labelled_tail(text: Rich) -> LabelledTail {
    let mut tail = LabelledTail { said: Vec::new(), text };
    for _ in 0..MOST_PIECES {
        let Some((at, said)) = last_piece(&tail.text) else { break };
        tail.text = tail.text.slice(0, at);
        tail.said.insert(0, said);
    }
    tail
}

/// The last piece, if it is labelled, and where the text before it ends.
fn last_piece(text: &Rich) -> Option<(usize, Said)> {
    let printed = text.text.as_str();
    let end = printed.trim_end().trim_end_matches(['.', ';']).len();
    let places = MARKS.iter().filter_map(|mark| printed[..end].rfind(mark).map(|at| (at, at + mark.len())));
    let (at, start) = places.max()?;
    let (label, behind) = split_at_colon(&printed[start..end])?;
    let field = labelled_field(label)?;
    let value = end - behind.len()..printed.trim_end().len();
    // The full stop of "Acme Corp." is the company's.
    let is_own = lexicon().services.is_company(&printed[value.clone()]);
    let value = text.slice(value.start, if is_own { value.end } else { end });
    (!value.is_blank()).then_some((at, Said { field, text: value }))
}

/// The field of a label; names and purposes stand before such a tail.
fn labelled_field(label: &str) -> Option<Field> {
    let field = key_of(label.trim()).filter(|_| fits(label, LONGEST_LABEL))?;
    (!matches!(field, Field::Name | Field::Purpose | Field::Extra)).then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> (String, Vec<(Field, String)>) {
        let LabelledTail { said, text } = labelled_tail(Rich::plain(text));
        (text.text.to_string(), said.into_iter().map(|said| (said.field, said.text.text.trim().to_owned())).collect())
    }

    #[test]
    fn labelled_pieces_are_taken_off_the_end() {
        let (text, said) = parted("limits requests. Lifetime: 1 minute. Provider: X Corp.");
        assert_eq!(text, "limits requests");
        assert_eq!(said, [(Field::Duration, "1 minute".to_owned()), (Field::Provider, "X Corp.".to_owned())]);
        let (text, said) = parted("Zählt Besuche; Speicherdauer: 2 Jahre; Anbieter: Acme GmbH");
        assert_eq!(text, "Zählt Besuche");
        assert_eq!(said, [(Field::Duration, "2 Jahre".to_owned()), (Field::Provider, "Acme GmbH".to_owned())]);
    }

    #[test]
    fn sentences_without_labels_stay() {
        for text in ["Counts visits. It says: never mind", "Counts visits", "Lifetime: 1 day", "a; b: c"] {
            assert_eq!(parted(text), (text.to_owned(), Vec::new()));
        }
    }
}
