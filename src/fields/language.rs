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

/// BCP 47 code of the prose by its small words or its trigrams; a language that the format declares decides where the prose says too little.
pub(super) fn detect(blocks: &[Block], declared: Option<&str>) -> Option<String> {
    if prose_length(blocks, FIRST_SAMPLE) >= FIRST_SAMPLE {
        let opening = || prose(blocks, FIRST_SAMPLE);
        let settled =
            by_function_words(texts(blocks, FIRST_SAMPLE)).or_else(|| Some(bcp47(reliably(&opening())?.lang())));
        if let Some(language) = settled {
            return Some(language.to_owned());
        }
    }
    let prose = prose(blocks, SAMPLE);
    let found = reliably(&prose);
    let declared = declared.map(primary_subtag).filter(|code| !code.is_empty());
    let found = found.or_else(|| among_known(&prose));
    found.map(|info| bcp47(info.lang()).to_owned()).or(declared)
}

/// The language whose small words the prose has, and hardly those of any other.
fn by_function_words<'a>(texts: impl Iterator<Item = &'a Text>) -> Option<&'static str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        function_words(&text.known())
            .iter()
            .for_each(|(language, count)| *counts.entry(language).or_default() += count);
    }
    let (best, most) = counts.iter().max_by_key(|(_, count)| **count)?;
    let clear = counts.iter().all(|(language, count)| language == best || count * 4 <= *most);
    (*most >= LEAST_FUNCTION_WORDS && clear).then_some(*best)
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

fn reliably(prose: &str) -> Option<Info> {
    Detector::new().detect(prose).filter(|info| info.is_reliable() && prose.len() >= LEAST)
}

/// Short prose is compared with the languages of the lexicon alone, which leaves less room for error.
fn among_known(prose: &str) -> Option<Info> {
    const KNOWN: [Lang; 27] = [
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
        Lang::Lat,
    ];
    let info = Detector::with_allowlist(KNOWN.to_vec()).detect(prose)?;
    (prose.len() >= LEAST && info.confidence() >= LEAST_CONFIDENCE && info.lang() != Lang::Lat).then_some(info)
}

/// The first prose of the document, of so many bytes and the rest of a paragraph.
fn prose(blocks: &[Block], sample: usize) -> String {
    texts(blocks, sample).flat_map(|text| [text.as_str(), "\n"]).collect()
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
        other => other.code(),
    }
}
