//! Cookie names at random, as they are met: prefixes, words in every case, identifiers, and open parts in every notation.

use std::collections::BTreeSet;

use fastrand::Rng;

const WORDS: &[&str] = &[
    "session", "user", "cart", "visit", "visitor", "consent", "lang", "track", "pref", "auth", "theme", "id", "token",
    "guest", "store", "geo", "ab", "test", "click", "event", "last", "seen", "first", "uid", "sid", "csrf", "device",
    "view", "page", "utm", "source", "campaign", "ref", "basket", "login", "chat", "widget", "player", "video", "map",
    "search", "poll",
];
/// Whole names that are words of a language as well.
const PLAIN: &[&str] = &[
    "lang",
    "currency",
    "locale",
    "cookieconsent",
    "basket",
    "country",
    "theme",
    "region",
    "wishlist",
    "fontsize",
    "tracker",
    "sid",
    "uid",
    "API",
    "IDE",
    "NID",
    "fr",
    "tr",
    "datr",
    "sb",
    "hello",
];
/// `~` stands for a word.
const OPEN: &[&str] = &[
    "_~*",
    "_~_id.*",
    "~_<container-id>",
    "SSE~<ID>",
    "~_status_{suffix}",
    "~-settings-{time}-[UID]",
    "~_[hash]",
    "_gat_~_[XXX]",
    "~Provider.[UserID].accessToken",
    "_~_xxxx",
    "~_XXXXXXX",
    "_~_#",
    "AM~_###@OwnOrg",
    "_~_ses.##########",
    "pagead/~/#",
    "pagead/~/%INTEGER%",
    "~-auth-*",
    "wp_~_*",
];
const EXACT: &[&str] = &[
    "_~_BB28FVWH9P",
    "_gat_~_UA_102317788_2",
    "_~_id.1.1fff",
    "~::a",
    "__Host-~",
    "__Secure-~-token",
    "x-~-~",
    "~.connect.sid",
    "ASP.NET_~Id",
    "_~ck",
    "_~vid",
    "__~mb",
    "_~",
    "_~_~",
    "~.~",
    "~-~",
    "~_~",
    "~_~_~",
    "~_~_id",
];

/// As many names as asked for, none twice, not even in another case.
pub fn some(rng: &mut Rng, count: usize) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    while names.len() < count {
        let name = one(rng);
        if seen.insert(name.to_lowercase()) {
            names.push(name);
        }
    }
    names
}

fn one(rng: &mut Rng) -> String {
    match rng.u8(..20) {
        0..3 => filled(rng, OPEN),
        3..5 => rng.choice(PLAIN).unwrap().to_string(),
        5..7 => camel(rng),
        7..9 => upper(rng),
        9..12 => format!("_{}", letters(rng)),
        _ => filled(rng, EXACT),
    }
}

fn filled(rng: &mut Rng, forms: &[&str]) -> String {
    let form = rng.choice(forms).unwrap();
    form.chars().map(|c| if c == '~' { rng.choice(WORDS).unwrap().to_string() } else { c.to_string() }).collect()
}

fn camel(rng: &mut Rng) -> String {
    let words: Vec<&str> = (0..2 + rng.usize(..2)).map(|_| *rng.choice(WORDS).unwrap()).collect();
    let rest = words[1..].iter().map(|word| word[..1].to_uppercase() + &word[1..]);
    words[0].to_owned() + &rest.collect::<String>()
}

fn upper(rng: &mut Rng) -> String {
    (letters(rng) + rng.choice(&["SESSID", "ID", "UID", "_TOKEN", "GUID"]).unwrap()).to_uppercase()
}

fn letters(rng: &mut Rng) -> String {
    (0..2 + rng.usize(..4)).map(|_| rng.lowercase()).collect()
}
