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

/// How a folded letter of the Cyrillic, Greek, Armenian or Georgian alphabet is written in Latin ones, and those with marks in plain ones.
fn ways(letter: char) -> &'static [&'static str] {
    match letter {
        'ä' | 'æ' => &["ae"],
        'ö' | 'ø' | 'œ' => &["oe"],
        'ü' => &["ue", "y"],
        'å' => &["aa"],
        'ß' => &["ss"],
        'ð' => &["d", "dh"],
        'þ' => &["th"],
        'đ' => &["d", "dj"],
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
        'а' | 'α' | 'ա' => &["a"],
        'б' | 'բ' => &["b"],
        'в' => &["v", "w"],
        'г' => &["g", "h"],
        'д' | 'δ' | 'դ' => &["d"],
        'ђ' => &["dj", "d"],
        'е' => &["e", "ye", "je", "yo"],
        'ε' | 'э' | 'է' => &["e"],
        'є' | 'ե' => &["ye", "ie", "je", "e"],
        'ж' | 'ժ' => &["zh", "z", "j"],
        'з' | 'ζ' | 'զ' => &["z"],
        'ѕ' | 'ձ' => &["dz"],
        'и' | 'і' => &["i", "y", "j", "yi"],
        'ј' | 'յ' => &["j", "y", "i"],
        'к' | 'κ' | 'կ' => &["k", "c"],
        'л' | 'λ' | 'լ' => &["l"],
        'љ' => &["lj", "l"],
        'м' | 'μ' | 'մ' => &["m"],
        'н' | 'ν' | 'ն' => &["n"],
        'њ' => &["nj", "n"],
        'о' | 'ο' | 'օ' => &["o"],
        'п' | 'π' | 'պ' | 'փ' => &["p"],
        'р' | 'ρ' | 'ռ' | 'ր' => &["r"],
        'с' | 'σ' | 'ς' | 'ս' => &["s"],
        'т' | 'τ' | 'տ' | 'թ' => &["t"],
        'ћ' | 'ч' | 'ճ' | 'չ' => &["ch", "c"],
        'у' => &["u", "ou", "w"],
        'ф' | 'ֆ' => &["f"],
        'х' | 'խ' => &["kh", "h", "x"],
        'ц' | 'ծ' | 'ց' => &["ts", "c", "tz"],
        'џ' => &["dzh", "dz", "dj"],
        'ш' | 'շ' => &["sh", "s"],
        'щ' => &["shch", "sht", "sch"],
        'ъ' => &["a", "u", ""],
        'ы' | 'ը' => &["y", "i"],
        'ь' => &[""],
        'ю' => &["yu", "iu", "ju"],
        'я' => &["ya", "ia", "ja"],
        'ґ' | 'գ' => &["g"],
        'β' => &["v", "b"],
        'γ' => &["g", "y"],
        'η' => &["i", "h"],
        'θ' => &["th"],
        'ι' | 'ի' => &["i"],
        'ξ' => &["x", "ks"],
        'υ' => &["y", "u", "i", "v", "f"],
        'φ' => &["f", "ph"],
        'χ' => &["ch", "h", "x"],
        'ψ' => &["ps"],
        'ω' => &["o", "w"],
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
