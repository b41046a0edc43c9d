//! Language of the prose.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use whatlang::{Detector, Info, Lang};

use crate::block::{Block, Content};
use crate::lexicon::lexicon;
use crate::text::{Answers, Asked, Room, Text, answer_list};

/// Prose that is looked at, in bytes, where less leaves a doubt.
const SAMPLE: usize = 20_000;
/// What nearly always leaves none.
const FIRST_SAMPLE: usize = 1_600;
/// Shorter prose says too little.
const LEAST: usize = 120;

/// Confidence, 0 to 1, above which a language of the lexicon is believed for short prose.
const LEAST_CONFIDENCE: f64 = 0.15;

/// So many small words of one language, and of no other more than a fourth as many, leave no doubt.
const LEAST_FUNCTION_WORDS: usize = 12;

/// Languages that have no trigrams and are taken for a neighbour: their small words are believed.
const WITHOUT_TRIGRAMS: [&str; 20] = [
    "br", "eu", "fo", "fy", "ga", "gd", "gl", "is", "kk", "ku", "lb", "mn", "ms", "mt", "oc", "rm", "sq", "sr", "sw",
    "uz",
];

/// So many of their small words, and of no other language more than half as many.
const LEAST_TELLING_WORDS: usize = 3;

/// Standards of one language, which the format tells apart and trigrams do not: of two of them the declared one is believed.
const ONE_LANGUAGE: [&str; 5] = ["bs", "cnr", "hr", "sh", "sr"];

/// BCP 47 code of the prose by its small words or its trigrams; a language that the format declares decides where the prose says too little.
pub(super) fn detect(blocks: &[Block], declared: Option<&str>) -> Option<String> {
    let declared = declared.map(primary_subtag).filter(|code| !code.is_empty());
    let found = by_opening(blocks).or_else(|| by_prose(blocks, declared.as_deref()));
    match (found, declared) {
        (Some(found), Some(declared)) if [found, &declared].iter().all(|code| ONE_LANGUAGE.contains(code)) => {
            Some(declared)
        }
        (found, declared) => found.map(str::to_owned).or(declared),
    }
}

/// The language of the first prose of a document that has more, where it leaves no doubt.
fn by_opening(blocks: &[Block]) -> Option<&'static str> {
    if prose_length(blocks, FIRST_SAMPLE) < FIRST_SAMPLE {
        return None;
    }
    let counts = counts(texts(blocks, FIRST_SAMPLE));
    let clear = counts.clear(LEAST_FUNCTION_WORDS, 4).or_else(|| counts.telling());
    clear.or_else(|| Some(bcp47(reliably(&of_own_letters(prose(blocks, FIRST_SAMPLE)))?.lang())))
}

/// The language of all prose that is looked at.
fn by_prose(blocks: &[Block], declared: Option<&str>) -> Option<&'static str> {
    let prose = of_own_letters(prose(blocks, SAMPLE));
    let found = reliably(&prose);
    // English is taken for no neighbour's.
    let doubtful = found.as_ref().is_none_or(|info| info.lang() != Lang::Eng);
    let telling = doubtful.then(|| counts(texts(blocks, SAMPLE)).telling()).flatten();
    // English is what templates declare where nobody asked; another language was meant.
    let compared = || declared.is_none_or(|code| code == "en");
    let by_trigrams = || found.or_else(|| among_known(&prose).filter(|_| compared()));
    telling.or_else(|| Some(bcp47(by_trigrams()?.lang())))
}

/// How many small words of each language some prose has.
struct Counts(BTreeMap<&'static str, usize>);

fn counts<'a>(texts: impl Iterator<Item = &'a Text>) -> Counts {
    let mut counts = BTreeMap::new();
    for text in texts {
        function_words(&text.known())
            .iter()
            .for_each(|(language, count)| *counts.entry(*language).or_default() += count);
    }
    Counts(counts)
}

impl Counts {
    /// The language that has at least so many words, and so many times as many as any other.
    fn clear(&self, least: usize, times: usize) -> Option<&'static str> {
        let (best, most) = self.0.iter().max_by_key(|(_, count)| **count)?;
        let clear = self.0.iter().all(|(language, count)| language == best || count * times <= *most);
        (*most >= least && clear).then_some(*best)
    }

    /// The language of the words, where trigrams would take it for another.
    fn telling(&self) -> Option<&'static str> {
        self.clear(LEAST_TELLING_WORDS, 2).filter(|language| WITHOUT_TRIGRAMS.contains(language))
    }
}

/// How many small words of each language a known text has.
fn function_words(text: &Text) -> &[(&'static str, usize)] {
    answer_list(&text.answers::<SmallWords>().counts, || {
        let lower = text.to_lowercase();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for language in lower.split(|c: char| !c.is_alphabetic()).filter_map(|word| lexicon().function_words.get(word))
        {
            *counts.entry(language).or_default() += 1;
        }
        counts.into_iter().collect()
    })
}

/// What is kept with a text of its language.
#[derive(Default)]
struct SmallWords {
    counts: OnceLock<Box<[(&'static str, usize)]>>,
}

impl Answers for SmallWords {
    const ROOM: Room = Room::Language;
}

/// The language of the trigrams. Shorter prose is not asked: comparing it with all languages would take longer than reading the document.
fn reliably(prose: &str) -> Option<Info> {
    let long_enough = Some(prose).filter(|prose| prose.len() >= LEAST)?;
    Detector::new().detect(long_enough).filter(Info::is_reliable)
}

/// Short prose is compared with the languages of the lexicon alone, which leaves less room for error.
fn among_known(prose: &str) -> Option<Info> {
    const KNOWN: [Lang; 55] = [
        Lang::Eng,
        Lang::Fra,
        Lang::Deu,
        Lang::Spa,
        Lang::Ita,
        Lang::Por,
        Lang::Nld,
        Lang::Pol,
        Lang::Swe,
        Lang::Dan,
        Lang::Nob,
        Lang::Fin,
        Lang::Ces,
        Lang::Slk,
        Lang::Slv,
        Lang::Hun,
        Lang::Ron,
        Lang::Bul,
        Lang::Ell,
        Lang::Hrv,
        Lang::Lit,
        Lang::Lav,
        Lang::Est,
        Lang::Cat,
        Lang::Tur,
        Lang::Ukr,
        Lang::Rus,
        Lang::Bel,
        Lang::Srp,
        Lang::Mkd,
        Lang::Cym,
        Lang::Kat,
        Lang::Hye,
        Lang::Ara,
        Lang::Heb,
        Lang::Pes,
        Lang::Hin,
        Lang::Tha,
        Lang::Jpn,
        Lang::Cmn,
        Lang::Kor,
        Lang::Vie,
        Lang::Ind,
        Lang::Afr,
        Lang::Amh,
        Lang::Aze,
        Lang::Ben,
        Lang::Epo,
        Lang::Khm,
        Lang::Nep,
        Lang::Tam,
        Lang::Tgl,
        Lang::Urd,
        Lang::Uzb,
        Lang::Lat,
    ];
    let long_enough = Some(prose).filter(|prose| prose.len() >= LEAST)?;
    let info = Detector::with_allowlist(KNOWN.to_vec()).detect(long_enough)?;
    (info.confidence() >= LEAST_CONFIDENCE && info.lang() != Lang::Lat).then_some(info)
}

/// The first prose of the document, of so many bytes and the rest of a paragraph.
fn prose(blocks: &[Block], sample: usize) -> String {
    texts(blocks, sample).flat_map(|text| [text.as_str(), "\n"]).collect()
}

/// Prose in other letters than Latin ones without the Latin ones: names and addresses of theirs would outweigh its words, of which
/// some take a character where others take ten.
fn of_own_letters(prose: String) -> String {
    let begins_other = |byte: u8| (byte >= 0xce) & (byte != 0xe2);
    // Without an early end, so that many bytes are looked at at a time.
    if prose.is_ascii() || !prose.bytes().fold(false, |found, byte| found | begins_other(byte)) {
        return prose;
    }
    let others = prose.bytes().filter(|byte| begins_other(*byte)).count();
    if others * 3 < prose.bytes().filter(u8::is_ascii_alphabetic).count() {
        return prose;
    }
    prose.chars().map(|c| if c.is_ascii_alphanumeric() { ' ' } else { c }).collect()
}

fn prose_length(blocks: &[Block], sample: usize) -> usize {
    texts(blocks, sample).map(|text| text.len() + 1).sum()
}

fn texts(blocks: &[Block], sample: usize) -> impl Iterator<Item = &Text> {
    let prose = blocks.iter().filter_map(|block| match &block.content {
        Content::Paragraph(text) | Content::ListItem { text, .. } | Content::Heading { text, .. } => Some(&text.text),
        Content::Table(_) | Content::Furniture(_) => None,
    });
    let mut length = 0;
    prose.take_while(move |text| {
        let taken = length <= sample;
        length += text.len() + 1;
        taken
    })
}

fn primary_subtag(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or("").trim().to_ascii_lowercase()
}

/// Two-letter codes where ISO 639-1 has them; whatlang speaks ISO 639-3.
fn bcp47(language: Lang) -> &'static str {
    match language {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Bul => "bg",
        Lang::Ell => "el",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Cat => "ca",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Rus => "ru",
        Lang::Bel => "be",
        Lang::Cym => "cy",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Lat => "la",
        Lang::Afr => "af",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Hin => "hi",
        Lang::Ind => "id",
        Lang::Pes => "fa",
        Lang::Amh => "am",
        Lang::Aze => "az",
        Lang::Ben => "bn",
        Lang::Epo => "eo",
        Lang::Khm => "km",
        Lang::Nep => "ne",
        Lang::Tam => "ta",
        Lang::Tgl => "tl",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn language(prose: &str, declared: Option<&str>) -> Option<String> {
        detect(&[Block::paragraph(prose, Span::line(1))], declared)
    }

    #[test]
    fn small_words_tell_what_trigrams_take_for_a_neighbour() {
        let galician = "Nesta páxina explicamos que son as cookies e para que as usamos. Unha cookie é un ficheiro que o \
                        navegador garda cando visitas a web; tamén podes borralas na súa configuración.";
        assert_eq!(language(galician, None).as_deref(), Some("gl"));
        let albanian = "Kjo faqe përdor cookies për të ruajtur gjuhën që keni zgjedhur dhe për të matur numrin e vizitave në \
                        faqen tonë. Ato ruhen në pajisjen tuaj.";
        assert_eq!(language(albanian, None).as_deref(), Some("sq"));
        let serbian = "Kolačići su male datoteke koje pregledač čuva na vašem uređaju. Na ovom sajtu ih koristimo uvek uz vašu \
                       saglasnost, a podešavanja možete da promenite posle svake posete.";
        assert_eq!(language(serbian, None).as_deref(), Some("sr"));
    }

    #[test]
    fn of_the_standards_of_one_language_the_declared_one_is_believed() {
        let prose = "Kolačić je mala datoteka koju vaš preglednik pohranjuje na računaru kada posjetite neku stranicu. Koristimo ih \
                     da bismo zapamtili vaš izbor i da bismo brojali posjete našim stranicama.";
        assert_eq!(language(prose, Some("bs-BA")).as_deref(), Some("bs"));
        assert_eq!(language(prose, Some("en")).as_deref(), Some("hr"));
    }
}
