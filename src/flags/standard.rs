//! What a family agrees on, made ready once to have each of its documents held against it: what a rule asks for is found without a
//! search, and nothing is kept that none asks for. Raises no flag itself.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Examined, Flag, check_examined};
use crate::corpus::{BlockCount, Consensus, CookieConsensus, Field};
use crate::document::{Digest, Duration, PolicyDocument};

/// The consensus of a family as the rules look at it.
pub struct Standard<'a> {
    /// Texts that few hold and all that is said of cookies may be lacking.
    pub(super) consensus: Cow<'a, Consensus>,
    cookies: Vec<KnownCookie>,
    /// Where each of them is among the cookies.
    by_name: FxHashMap<Box<str>, usize>,
    /// Which of them most of the family declare.
    expected: Vec<usize>,
    /// Where the texts that most of the family hold are among the blocks of the consensus, in their usual order.
    texts: Vec<usize>,
    /// Where each of them stands in that order, by its template.
    places: FxHashMap<Digest<16>, usize>,
}

/// What a family says of a cookie. Its texts stand together in memory: a document is seldom of the family of the one before it, so
/// that most of what is looked at has to be fetched.
#[derive(Debug)]
pub(super) struct KnownCookie {
    /// Number of documents that declare it.
    pub documents: u64,
    /// The lifetime that most documents agree on.
    pub duration: Option<Duration>,
    /// What most documents agree on, by field.
    agreed: [Option<Stretch>; Field::ALL.len()],
    /// Its name and all values that are agreed on.
    texts: Box<str>,
    /// Bytes of the name.
    name: usize,
}

/// A value among the texts of a cookie.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    end: u32,
    documents: u64,
}

/// A value that most documents agree on.
#[derive(Debug)]
pub(super) struct AgreedValue<'a> {
    pub value: &'a str,
    /// Number of documents that state it.
    pub count: u64,
}

impl<'a> Standard<'a> {
    /// Of a consensus, of which nothing is kept that no rule asks for.
    pub fn of(mut consensus: Consensus) -> Standard<'static> {
        // One document alone is what is taken for granted of a cookie that is in no consensus.
        consensus.cookies.retain(|cookie| cookie.documents > 1);
        let cookies: Vec<_> = consensus.cookies.iter().map(KnownCookie::of).collect();
        consensus.blocks.truncate(usual_texts(&consensus).count());
        consensus.blocks.shrink_to_fit();
        consensus.cookies = Vec::new();
        consensus.fields = Vec::new();
        Standard::new(cookies, Cow::Owned(consensus))
    }

    /// Of a consensus that is kept elsewhere.
    pub fn borrowed(consensus: &'a Consensus) -> Self {
        Self::new(consensus.cookies.iter().map(KnownCookie::of).collect(), Cow::Borrowed(consensus))
    }

    fn new(cookies: Vec<KnownCookie>, consensus: Cow<'a, Consensus>) -> Self {
        let by_name: FxHashMap<_, _> = cookies.iter().map(|cookie| cookie.name().into()).zip(0..).collect();
        let expected = consensus.expected_cookies.iter().filter_map(|name| by_name.get(name.as_str()).copied());
        let expected = expected.collect();
        let blocks: Vec<_> = usual_texts(&consensus).collect();
        let mut texts: Vec<_> = (0..blocks.len()).collect();
        texts.sort_by_key(|index| (blocks[*index].place.unwrap_or(u64::MAX), &blocks[*index].id));
        let places = texts
            .iter()
            .zip(0..)
            .filter_map(|(index, place)| Some((Digest::read(&blocks[*index].id)?, place)))
            .collect();
        Self { cookies, by_name, expected, texts, places, consensus }
    }

    /// The flags of a document of the family, which must have all its text, by rule, place and subject.
    pub fn check(&self, document: &PolicyDocument) -> Vec<Flag> {
        check_examined(&Examined::new(document, Some(self)))
    }

    /// About how many bytes of memory it takes.
    pub fn bytes(&self) -> usize {
        /// What a text takes beside its bytes, with what leads to it.
        const ENTRY: usize = 64;
        let texts = self
            .texts()
            .map(|block| size_of::<BlockCount>() + 3 * ENTRY + block.text.iter().map(String::len).sum::<usize>());
        let cookies = self.cookies.iter().map(|cookie| size_of::<KnownCookie>() + 2 * ENTRY + 2 * cookie.texts.len());
        size_of::<Self>() + texts.sum::<usize>() + cookies.sum::<usize>()
    }

    /// What the family says of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&KnownCookie> {
        self.by_name.get(name).map(|index| &self.cookies[*index])
    }

    /// The cookies that most of the family declare.
    pub(super) fn expected(&self) -> impl Iterator<Item = &KnownCookie> {
        self.expected.iter().map(|index| &self.cookies[*index])
    }

    /// Texts that most of the family hold, in their usual order.
    pub(super) fn texts(&self) -> impl ExactSizeIterator<Item = &BlockCount> {
        self.texts.iter().map(|index| &self.consensus.blocks[*index])
    }

    /// Where a template stands among these texts, if it is that of one.
    pub(super) fn place(&self, id: Digest<16>) -> Option<usize> {
        self.places.get(&id).copied()
    }
}

impl KnownCookie {
    fn of(cookie: &CookieConsensus) -> Self {
        let mut texts = cookie.name.clone();
        let agreed = Field::ALL.map(|field| {
            let AgreedValue { value, count } = agreed(cookie, field)?;
            let start = u32::try_from(texts.len()).ok()?;
            texts.push_str(value);
            Some(Stretch { start, end: u32::try_from(texts.len()).ok()?, documents: count })
        });
        Self {
            documents: cookie.documents,
            duration: cookie.agreed_duration.as_ref().and_then(|agreed| agreed.value.clone()),
            agreed,
            texts: texts.into(),
            name: cookie.name.len(),
        }
    }

    /// Its name, or its pattern.
    pub(super) fn name(&self) -> &str {
        &self.texts[..self.name]
    }

    /// What the family agrees on for a field of it.
    pub(super) fn agreed(&self, field: Field) -> Option<AgreedValue<'_>> {
        let Stretch { start, end, documents } = self.agreed[field as usize]?;
        Some(AgreedValue { value: &self.texts[start as usize..end as usize], count: documents })
    }
}

fn agreed(cookie: &CookieConsensus, field: Field) -> Option<AgreedValue<'_>> {
    if field == Field::Duration {
        let agreed = cookie.agreed_duration.as_ref()?;
        return Some(AgreedValue { value: &agreed.value.as_ref()?.raw, count: agreed.documents });
    }
    let agreed = cookie.fields.iter().find(|values| values.field == field.as_str())?.agreed.as_ref()?;
    Some(AgreedValue { value: agreed.value.as_deref()?, count: agreed.documents })
}

/// The texts that most of a family hold come first.
fn usual_texts(consensus: &Consensus) -> impl Iterator<Item = &BlockCount> {
    consensus.blocks.iter().take_while(|block| block.text.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::corpus::sample::family_of_five;

    #[test]
    fn what_is_forgotten_changes_no_flag() {
        let documents = family_of_five();
        let corpus = Corpus::gather(documents.clone(), 2);
        let consensus = &corpus.families[0].consensus;
        let (whole, pruned) = (Standard::borrowed(consensus), Standard::of(consensus.clone()));
        assert!(pruned.cookies.len() < whole.cookies.len() && pruned.bytes() < whole.bytes());
        for document in &documents {
            assert_eq!(whole.check(document), pruned.check(document));
        }
    }

    #[test]
    fn fields_stand_where_their_number_says() {
        assert!(Field::ALL.iter().enumerate().all(|(index, field)| *field as usize == index));
    }
}
