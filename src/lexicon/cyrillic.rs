//! Serbian and Uzbek in their other alphabet: letter by letter, as the norm of each language has it. The build spells words so, and no
//! run does.

/// Letters of Serbian; those of two characters first, so that "lj" is not taken for two letters.
const SERBIAN: &[(&str, &str)] = &[
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

/// Letters of Uzbek; an "e" that begins a word is another letter than one within it.
const UZBEK: &[(&str, &str)] = &[
    (" e", " э"),
    ("yo'", "йў"),
    ("o'", "ў"),
    ("g'", "ғ"),
    ("sh", "ш"),
    ("ch", "ч"),
    ("ya", "я"),
    ("ye", "е"),
    ("yo", "ё"),
    ("yu", "ю"),
    ("a", "а"),
    ("b", "б"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "ҳ"),
    ("i", "и"),
    ("j", "ж"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "қ"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("x", "х"),
    ("y", "й"),
    ("z", "з"),
    ("'", "ъ"),
];

/// A lower-case phrase of a language in Cyrillic letters; nothing for one that the alphabet cannot write, such as "web".
pub(super) fn in_cyrillic(language: &str, phrase: &str) -> Option<String> {
    let letters = if language == "uz" { UZBEK } else { SERBIAN };
    let phrase = format!(" {phrase}");
    let mut written = String::new();
    let mut rest = phrase.as_str();
    while let Some(next) = rest.chars().next() {
        match letters.iter().find_map(|(latin, cyrillic)| Some((rest.strip_prefix(latin)?, cyrillic))) {
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
    Some(written.trim_start().to_owned())
}
