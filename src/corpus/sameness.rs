//! Whether two texts are one when case or punctuation is left out. The same as comparing their forms, which most texts need not be
//! given: nearly all are of printable ASCII.

use crate::text::{caseless, loose};

/// True where [`caseless`] makes the same of both.
pub(crate) fn same_but_for_case(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if !is_printable_ascii(a) || !is_printable_ascii(b) {
        return a == b || caseless(a) == caseless(b);
    }
    same(a.split(' '), b.split(' '))
}

/// True where [`loose`] makes the same of both.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    if !is_printable_ascii(a) || !is_printable_ascii(b) {
        return a == b || loose(a) == loose(b);
    }
    let is_part = |c: char| c.is_ascii_alphanumeric();
    same(a.split(|c| !is_part(c)), b.split(|c| !is_part(c)))
}

/// Compares without case what is not empty.
fn same<'a, 'b>(a: impl Iterator<Item = &'a str>, b: impl Iterator<Item = &'b str>) -> bool {
    let mut b = b.filter(|word| !word.is_empty());
    let mut a = a.filter(|word| !word.is_empty());
    a.all(|word| b.next().is_some_and(|other| word.eq_ignore_ascii_case(other))) && b.next().is_none()
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'`')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        r"([aAbB .,`_-]|é|É|“|\t){0,6}"
    }

    proptest! {
        #[test]
        fn texts_are_the_same_where_their_forms_are(a in text(), b in text()) {
            prop_assert_eq!(same_but_for_case(&a, &b), caseless(&a) == caseless(&b));
            prop_assert_eq!(same_words(&a, &b), loose(&a) == loose(&b));
        }
    }
}
