//! Words of other alphabets, and with marks on their letters, in plain Latin ones, as the addresses of sites spell them: each letter in any
//! of the ways that are in use.

use super::fold::loose;

/// True where Latin letters spell a folded word.
pub fn is_romanised(word: &str, latin: &str) -> bool {
    rests(word, latin).contains(&"")
}

/// True where Latin letters begin with a folded word.
pub fn begins_romanised(word: &str, latin: &str) -> bool {
    !rests(word, latin).is_empty()
}

/// What is left of the Latin letters behind each way to spell the word with those before.
fn rests<'l>(word: &str, latin: &'l str) -> Vec<&'l str> {
    let mut rests = vec![latin];
    for letter in word.chars() {
        let plain = if letter.is_ascii() { String::new() } else { loose(letter.encode_utf8(&mut [0; 4])) };
        let plain = Some(&*plain).filter(|plain| !plain.is_empty());
        let behind = |rest: &&'l str| {
            let rest = *rest;
            let own = rest.strip_prefix(letter);
            let ways = plain.into_iter().chain(ways(letter).iter().copied());
            own.into_iter().chain(ways.filter_map(|way| rest.strip_prefix(way))).collect::<Vec<_>>()
        };
        rests = rests.iter().flat_map(behind).collect();
        rests.sort_unstable();
        rests.dedup();
    }
    rests
}

/// How a folded letter of another alphabet is written in Latin ones, and a Latin one with a mark in plain ones.
fn ways(letter: char) -> &'static [&'static str] {
    match letter {
        '\u{80}'..='\u{24f}' => marked(letter),
        '\u{370}'..='\u{3ff}' => greek(letter),
        '\u{400}'..='\u{4ff}' => cyrillic(letter),
        '\u{530}'..='\u{58f}' => armenian(letter),
        '\u{10d0}'..='\u{10ff}' => georgian(letter),
        _ => &[],
    }
}

/// Latin letters whose marks are spelt out, beside what they are without them.
fn marked(letter: char) -> &'static [&'static str] {
    match letter {
        'ä' | 'æ' => &["ae"],
        'ö' | 'ø' | 'œ' => &["oe"],
        'ü' => &["ue", "y"],
        'å' => &["aa"],
        'ß' => &["ss"],
        'ð' => &["d", "dh"],
        'þ' => &["th"],
        'đ' => &["d", "dj"],
        _ => &[],
    }
}

/// Greek.
fn greek(letter: char) -> &'static [&'static str] {
    match letter {
        'α' => &["a"],
        'δ' => &["d"],
        'ε' => &["e"],
        'ζ' => &["z"],
        'κ' => &["k", "c"],
        'λ' => &["l"],
        'μ' => &["m"],
        'ν' => &["n"],
        'ο' => &["o"],
        'π' => &["p"],
        'ρ' => &["r"],
        'σ' | 'ς' => &["s"],
        'τ' => &["t"],
        'β' => &["v", "b"],
        'γ' => &["g", "y"],
        'η' => &["i", "h"],
        'θ' => &["th"],
        'ι' => &["i"],
        'ξ' => &["x", "ks"],
        'υ' => &["y", "u", "i", "v", "f"],
        'φ' => &["f", "ph"],
        'χ' => &["ch", "h", "x"],
        'ψ' => &["ps"],
        'ω' => &["o", "w"],
        _ => &[],
    }
}

/// Cyrillic.
fn cyrillic(letter: char) -> &'static [&'static str] {
    match letter {
        'а' => &["a"],
        'б' => &["b"],
        'в' => &["v", "w"],
        'г' => &["g", "h"],
        'д' => &["d"],
        'ђ' => &["dj", "d"],
        'е' => &["e", "ye", "je", "yo"],
        'э' => &["e"],
        'є' => &["ye", "ie", "je", "e"],
        'ж' => &["zh", "z", "j"],
        'з' => &["z"],
        'ѕ' => &["dz"],
        'и' | 'і' => &["i", "y", "j", "yi"],
        'ј' => &["j", "y", "i"],
        'к' => &["k", "c"],
        'л' => &["l"],
        'љ' => &["lj", "l"],
        'м' => &["m"],
        'н' => &["n"],
        'њ' => &["nj", "n"],
        'о' => &["o"],
        'п' => &["p"],
        'р' => &["r"],
        'с' => &["s"],
        'т' => &["t"],
        'ћ' | 'ч' => &["ch", "c"],
        'у' => &["u", "ou", "w"],
        'ф' => &["f"],
        'х' => &["kh", "h", "x"],
        'ц' => &["ts", "c", "tz"],
        'џ' => &["dzh", "dz", "dj"],
        'ш' => &["sh", "s"],
        'щ' => &["shch", "sht", "sch"],
        'ъ' => &["a", "u", ""],
        'ы' => &["y", "i"],
        'ь' => &[""],
        'ю' => &["yu", "iu", "ju"],
        'я' => &["ya", "ia", "ja"],
        'ґ' => &["g"],
        _ => &[],
    }
}

/// Armenian.
fn armenian(letter: char) -> &'static [&'static str] {
    match letter {
        'ա' => &["a"],
        'բ' => &["b"],
        'դ' => &["d"],
        'է' => &["e"],
        'ե' => &["ye", "ie", "je", "e"],
        'ժ' => &["zh", "z", "j"],
        'զ' => &["z"],
        'ձ' => &["dz"],
        'յ' => &["j", "y", "i"],
        'կ' => &["k", "c"],
        'լ' => &["l"],
        'մ' => &["m"],
        'ն' => &["n"],
        'օ' => &["o"],
        'պ' | 'փ' => &["p"],
        'ռ' | 'ր' => &["r"],
        'ս' => &["s"],
        'տ' | 'թ' => &["t"],
        'ճ' | 'չ' => &["ch", "c"],
        'ֆ' => &["f"],
        'խ' => &["kh", "h", "x"],
        'ծ' | 'ց' => &["ts", "c", "tz"],
        'շ' => &["sh", "s"],
        'ը' => &["y", "i"],
        'գ' => &["g"],
        'ի' => &["i"],
        'հ' => &["h"],
        'ղ' => &["gh"],
        'ո' => &["o", "vo"],
        'ջ' => &["j"],
        'վ' => &["v"],
        'ւ' => &["u", "v"],
        'ք' => &["k", "q"],
        _ => &[],
    }
}

/// Georgian.
fn georgian(letter: char) -> &'static [&'static str] {
    match letter {
        'ა' => &["a"],
        'ბ' => &["b"],
        'გ' => &["g"],
        'დ' => &["d"],
        'ე' => &["e"],
        'ვ' => &["v"],
        'ზ' => &["z"],
        'თ' | 'ტ' => &["t"],
        'ი' => &["i"],
        'კ' | 'ქ' => &["k"],
        'ლ' => &["l"],
        'მ' => &["m"],
        'ნ' => &["n"],
        'ო' => &["o"],
        'პ' | 'ფ' => &["p"],
        'ჟ' => &["zh"],
        'რ' => &["r"],
        'ს' => &["s"],
        'უ' => &["u"],
        'ღ' => &["gh"],
        'ყ' => &["q"],
        'შ' => &["sh"],
        'ჩ' | 'ჭ' => &["ch"],
        'ც' | 'წ' => &["ts"],
        'ძ' => &["dz"],
        'ხ' => &["kh", "x"],
        'ჯ' => &["j"],
        'ჰ' => &["h"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_spelt_in_any_of_the_usual_ways() {
        let spelt = [
            ("белоградец", "belogradets"),
            ("здравниця", "zdravnytsia"),
            ("чаиныи", "chaynyy"),
            ("колачић", "kolacic"),
            ("περιοδικο", "periodiko"),
            ("արագած", "aragats"),
            ("მარანი", "marani"),
            ("töpferei", "toepferei"),
            ("smörgås", "smorgas"),
            ("hraunbær", "hraunbaer"),
            ("ülikool", "ylikool"),
            ("sova", "sova"),
        ];
        spelt.iter().for_each(|(word, latin)| assert!(is_romanised(word, latin), "{word}"));
        assert!(!is_romanised("опера", "operatrakia") && !is_romanised("опера", "ope"));
        assert!(begins_romanised("опера", "operatrakia") && !begins_romanised("банка", "operatrakia"));
    }
}
