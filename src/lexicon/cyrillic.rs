//! Serbian in its other alphabet: letter by letter, as the norm of the language has it. The build spells words so, and no run does.

/// Letters of two characters first, so that "lj" is not taken for two letters.
const LETTERS: [(&str, &str); 30] = [
    ("lj", "љ"),
    ("nj", "њ"),
    ("dž", "џ"),
    ("a", "а"),
    ("b", "б"),
    ("c", "ц"),
    ("č", "ч"),
    ("ć", "ћ"),
    ("d", "д"),
    ("đ", "ђ"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "ј"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("š", "ш"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("z", "з"),
    ("ž", "ж"),
];

/// A lower-case phrase in Cyrillic letters; nothing for one that the alphabet cannot write, such as "web".
pub(super) fn in_cyrillic(phrase: &str) -> Option<String> {
    let mut written = String::new();
    let mut rest = phrase;
    while let Some(next) = rest.chars().next() {
        match LETTERS.iter().find_map(|(latin, cyrillic)| Some((rest.strip_prefix(latin)?, cyrillic))) {
            Some((behind, cyrillic)) => {
                written.push_str(cyrillic);
                rest = behind;
            }
            None if next.is_alphabetic() => return None,
            None => {
                written.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    Some(written)
}
