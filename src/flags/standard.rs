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
    cookies: Vec<KnownCookie<'a>>,
    /// Where each of them is among the cookies.
    by_name: FxHashMap<Cow<'a, str>, usize>,
    /// Which of them most of the family declare.
    expected: Vec<usize>,
    /// Where the texts that most of the family hold are among the blocks of the consensus, in their usual order.
    texts: Vec<usize>,
    /// Where each of them stands in that order, by its template.
    places: FxHashMap<Digest<16>, usize>,
}

/// What a family says of a cookie.
#[derive(Debug)]
pub(super) struct KnownCookie<'a> {
    pub name: Cow<'a, str>,
    /// Number of documents that declare it.
    pub documents: u64,
    /// The lifetime that most documents agree on.
    pub duration: Option<Duration>,
    /// What most documents agree on, by field.
    agreed: [Option<AgreedValue<'a>>; Field::ALL.len()],
}

/// A value that most documents agree on.
#[derive(Debug)]
pub(super) struct AgreedValue<'a> {
    pub value: Cow<'a, str>,
    /// Number of documents that state it.
    pub count: u64,
}

impl<'a> Standard<'a> {
    /// Of a consensus, of which nothing is kept that no rule asks for.
    pub fn of(mut consensus: Consensus) -> Standard<'static> {
        // One document alone is what is taken for granted of a cookie that is in no consensus.
        consensus.cookies.retain(|cookie| cookie.documents > 1);
        let keep = |text: &str| Cow::Owned(text.to_owned());
        let cookies: Vec<_> = consensus.cookies.iter().map(|cookie| KnownCookie::of(cookie, keep)).collect();
        consensus.blocks.truncate(usual_texts(&consensus).count());
        consensus.blocks.shrink_to_fit();
        consensus.cookies = Vec::new();
        consensus.fields = Vec::new();
        Standard::new(cookies, Cow::Owned(consensus))
    }

    /// Of a consensus that is kept elsewhere.
    pub fn borrowed(consensus: &'a Consensus) -> Self {
        let cookies = consensus.cookies.iter().map(|cookie| KnownCookie::of(cookie, Cow::Borrowed));
        Self::new(cookies.collect(), Cow::Borrowed(consensus))
    }

    fn new(cookies: Vec<KnownCookie<'a>>, consensus: Cow<'a, Consensus>) -> Self {
        let by_name: FxHashMap<_, _> = cookies.iter().map(|cookie| cookie.name.clone()).zip(0..).collect();
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
        let values =
            |cookie: &KnownCookie| cookie.agreed.iter().flatten().map(|agreed| agreed.value.len()).sum::<usize>();
        let cookies =
            self.cookies.iter().map(|cookie| size_of::<KnownCookie>() + ENTRY + 2 * cookie.name.len() + values(cookie));
        size_of::<Self>() + texts.sum::<usize>() + cookies.sum::<usize>()
    }

    /// What the family says of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&KnownCookie<'a>> {
        self.by_name.get(name).map(|index| &self.cookies[*index])
    }

    /// The cookies that most of the family declare.
    pub(super) fn expected(&self) -> impl Iterator<Item = &KnownCookie<'a>> {
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

impl<'a> KnownCookie<'a> {
    fn of<'c>(cookie: &'c CookieConsensus, keep: impl Fn(&'c str) -> Cow<'a, str>) -> Self {
        let value = |value: &'c str, count| AgreedValue { value: keep(value), count };
        let duration = cookie.agreed_duration.as_ref();
        let agreed = |field: Field| match field {
            Field::Duration => duration.and_then(|agreed| Some(value(&agreed.value.as_ref()?.raw, agreed.documents))),
            _ => {
                let agreed = cookie.fields.iter().find(|values| values.field == field.as_str())?.agreed.as_ref()?;
                Some(value(agreed.value.as_deref()?, agreed.documents))
            }
        };
        Self {
            name: keep(&cookie.name),
            documents: cookie.documents,
            duration: duration.and_then(|agreed| agreed.value.clone()),
            agreed: Field::ALL.map(agreed),
        }
    }

    /// What the family agrees on for a field of it.
    pub(super) fn agreed(&self, field: Field) -> Option<&AgreedValue<'a>> {
        self.agreed[field as usize].as_ref()
    }
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
