//! Compares two documents and leaves out what is trivial. Both must have all their text.
//!
//! Trivial, and counted only: quotes, dashes, white space, the case of a host, the platform's own host, URL or name, heading marks and
//! the kind of a block, furniture, durations that say the same. A column that one document lacks is one difference and not one per
//! row. A table of cookies is compared row by row and not again as text.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::align::{Piece, align};
use super::boilerplate::opening_of;
use super::columns::{Field, cookie_key, row_columns, same_duration, stated_columns, word};
use super::mask::Mask;
use super::statements::own_blocks;
use super::words::{PrintedWords, WordChange, printed_changes};
use crate::document::{CookieRow, Digest, Place, PolicyDocument, TextBlock, TextBlockKind};
use crate::text::caseless;

/// What differs between two documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// The first document.
    pub a: Side,
    /// The second document.
    pub b: Side,
    /// True where nothing but trivial things, the platforms' names and the documents' own dates differ.
    pub same: bool,
    /// Fields of the documents that differ: `title`, `platform_name`, `date`, `columns`.
    pub fields: Vec<FieldDifference>,
    /// Cookie rows that differ.
    pub cookies: CookieDifferences,
    /// Blocks of text that differ.
    pub blocks: BlockDifferences,
    /// Number of trivial differences.
    pub trivial: u64,
    /// The trivial differences; none where only their number was asked for ([`Comparison::without_trivial`]).
    pub trivial_differences: Vec<TrivialDifference>,
}

/// A difference that makes no two policies differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrivialDifference {
    /// What it is in.
    pub kind: TrivialKind,
    /// Name of the cookie, where it is in a row; the opening words of a block that only its kind or level tells apart.
    pub name: Option<String>,
    /// Name of the field, where it is in a row; `kind` for such a block.
    pub field: Option<String>,
    /// What the first document prints.
    pub a: Option<String>,
    /// What the second document prints.
    pub b: Option<String>,
}

/// What a trivial difference is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrivialKind {
    /// A field of a cookie row that is printed otherwise and says the same.
    Cookie,
    /// A block that is printed otherwise and says the same.
    Block,
    /// Furniture, which one document has and the other has not.
    Furniture,
}

/// Which document was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Path of the document.
    pub path: String,
    /// Host of its platform.
    pub platform: Option<String>,
}

/// A field of the documents that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldDifference {
    /// Name of the field.
    pub field: String,
    /// What the first document says.
    pub a: Option<String>,
    /// What the second document says.
    pub b: Option<String>,
}

/// Cookie rows that differ.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CookieDifferences {
    /// Rows of the second document alone.
    pub added: Vec<CookieRow>,
    /// Rows of the first document alone.
    pub removed: Vec<CookieRow>,
    /// Fields that differ in rows of both.
    pub changed: Vec<ChangedCookie>,
}

/// A field that differs in a row of both documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedCookie {
    /// Name of the cookie, as the first document prints it.
    pub name: String,
    /// Name of the field; `extra: ` and the header for a column without a field.
    pub field: String,
    /// What the first document says.
    pub a: Option<String>,
    /// What the second document says.
    pub b: Option<String>,
    /// The same word by word, as printed. What both say is shown as the second prints it, also where it is trivially another.
    pub words: Vec<WordChange>,
}

/// Blocks of text that differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockDifferences {
    /// Blocks of the second document alone.
    pub added: Vec<BlockSide>,
    /// Blocks of the first document alone.
    pub removed: Vec<BlockSide>,
    /// Blocks that were changed or replaced.
    pub changed: Vec<ChangedBlock>,
    /// Blocks that stand elsewhere among the others.
    pub moved: Vec<MovedBlock>,
}

/// A block of one of the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockSide {
    /// What it is.
    pub kind: TextBlockKind,
    /// Id of its template.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub evidence: Place,
}

/// A block that was changed or replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedBlock {
    /// In the first document.
    pub a: BlockSide,
    /// In the second document.
    pub b: BlockSide,
    /// The same word by word, as printed. What both say is shown as the second prints it, also where it is trivially another.
    pub words: Vec<WordChange>,
}

/// A block that stands elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MovedBlock {
    /// In the first document.
    pub a: BlockSide,
    /// In the second document.
    pub b: BlockSide,
}

/// Compares two self-contained, labelled documents. The cost grows with their size, not with its product.
pub fn compare(a: &PolicyDocument, b: &PolicyDocument) -> Comparison {
    let (a, b) = (Read::new(a), Read::new(b));
    let mut trivial = Vec::new();
    let fields = field_differences(&a, &b);
    let cookies = cookie_differences(&a, &b, &mut trivial);
    let blocks = block_differences(&a, &b, &mut trivial);
    trivial.extend(furniture_differences(&a, &b));
    let telling = fields.iter().any(|field| !matches!(field.field.as_str(), "date" | "platform_name"));
    Comparison {
        a: a.side(),
        b: b.side(),
        same: !telling && cookies == CookieDifferences::default() && blocks == BlockDifferences::default(),
        fields,
        cookies,
        blocks,
        trivial: trivial.len() as u64,
        trivial_differences: trivial,
    }
}

impl Comparison {
    /// The same with trivial differences counted and not listed.
    pub fn without_trivial(self) -> Self {
        Self { trivial_differences: Vec::new(), ..self }
    }
}

/// A document made ready to be compared.
struct Read<'a> {
    document: &'a PolicyDocument,
    mask: Mask,
    blocks: Vec<&'a TextBlock>,
    stated: BTreeSet<String>,
    /// The rows in order.
    rows: Vec<Row<'a>>,
}

/// A row, and its fields as they are compared, in the order of [`Field::ALL`].
struct Row<'a> {
    row: &'a CookieRow,
    comparable: [Option<String>; Field::ALL.len()],
}

impl Row<'_> {
    fn comparable(&self, field: Field) -> Option<&str> {
        self.comparable[field as usize].as_deref()
    }
}

impl<'a> Read<'a> {
    fn new(document: &'a PolicyDocument) -> Self {
        let (mask, blocks) = (Mask::of(document), own_blocks(document));
        let row = |row| Row { row, comparable: Field::ALL.map(|field| field.comparable(row, &mask)) };
        let rows = document.cookies.iter().map(row).collect();
        Self { document, mask, blocks, stated: stated_columns(document), rows }
    }

    fn side(&self) -> Side {
        let platform = self.document.platform.as_ref().and_then(|platform| platform.host.clone());
        Side { path: self.document.source.path.clone(), platform }
    }

    fn words(&self, text: Option<&str>) -> PrintedWords {
        self.mask.printed_words(text.unwrap_or_default())
    }

    fn pieces(&self) -> Vec<Piece<'a>> {
        let text = |block: &TextBlock| self.mask.comparable(block.text.as_deref().unwrap_or_default());
        self.blocks.iter().map(|block| Piece { id: block.id, kind: block.kind, text: text(block).into() }).collect()
    }
}

fn furniture_differences(a: &Read, b: &Read) -> Vec<TrivialDifference> {
    let printed = |texts: Vec<Option<String>>, of: fn(Option<String>) -> [Option<String>; 2]| {
        texts.into_iter().map(move |text| {
            let [a, b] = of(text);
            TrivialDifference { kind: TrivialKind::Furniture, name: None, field: None, a, b }
        })
    };
    let gone = printed(own_furniture(a, b), |text| [text, None]);
    gone.chain(printed(own_furniture(b, a), |text| [None, text])).collect()
}

/// The texts of the furniture that one document has more often than the other, in order.
fn own_furniture(side: &Read, other: &Read) -> Vec<Option<String>> {
    let mut left: FxHashMap<Digest<16>, usize> = FxHashMap::default();
    furniture(other).for_each(|block| *left.entry(block.id).or_default() += 1);
    let is_own = |block: &&TextBlock| match left.get_mut(&block.id).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    };
    furniture(side).filter(is_own).map(|block| block.text.clone()).collect()
}

fn furniture<'a>(side: &Read<'a>) -> impl Iterator<Item = &'a TextBlock> + use<'a> {
    side.document.blocks.iter().filter(|block| block.kind == TextBlockKind::Furniture)
}

fn field_differences(a: &Read, b: &Read) -> Vec<FieldDifference> {
    let title = |side: &Read| side.document.title.as_deref().map(|title| side.mask.comparable(title));
    let mut found = Vec::new();
    if title(a) != title(b) {
        found.push(difference("title", a, b, |document| document.title.clone()));
    }
    let name = |document: &PolicyDocument| document.platform.as_ref().and_then(|platform| platform.name.clone());
    let date = |document: &PolicyDocument| document.date.as_ref().map(|date| date.value.clone());
    found.extend(differing("platform_name", a, b, name));
    found.extend(differing("date", a, b, date));
    // Without any row there is no column: the rows themselves are the difference.
    let rows = !a.document.cookies.is_empty() && !b.document.cookies.is_empty();
    if rows && row_columns(a.document) != row_columns(b.document) {
        found.push(difference("columns", a, b, |document| {
            Some(row_columns(document).into_iter().collect::<Vec<_>>().join(", "))
        }));
    }
    found
}

fn differing(
    field: &str,
    a: &Read,
    b: &Read,
    value: impl Fn(&PolicyDocument) -> Option<String>,
) -> Option<FieldDifference> {
    Some(difference(field, a, b, value)).filter(|difference| difference.a != difference.b)
}

fn difference(field: &str, a: &Read, b: &Read, value: impl Fn(&PolicyDocument) -> Option<String>) -> FieldDifference {
    FieldDifference { field: field.to_owned(), a: value(a.document), b: value(b.document) }
}

fn cookie_differences(a: &Read, b: &Read, trivial: &mut Vec<TrivialDifference>) -> CookieDifferences {
    let pairs = pair_rows(a, b);
    let (old, new) = (&a.document.cookies, &b.document.cookies);
    let paired_old: FxHashSet<usize> = pairs.iter().map(|pair| pair.0).collect();
    let paired_new: FxHashSet<usize> = pairs.iter().map(|pair| pair.1).collect();
    let left = |rows: &[CookieRow], paired: &FxHashSet<usize>| {
        rows.iter().enumerate().filter(|(index, _)| !paired.contains(index)).map(|(_, row)| row.clone()).collect()
    };
    let mut changed = Vec::new();
    for (i, j) in pairs {
        let rows = RowPair { a, b, old: &a.rows[i], new: &b.rows[j] };
        changed.extend(rows.changes(trivial));
    }
    CookieDifferences { added: left(new, &paired_new), removed: left(old, &paired_old), changed }
}

/// Pairs rows of one name: equal ones first, then those that share most of what tells rows of one name apart, then in order. A
/// field that one document states nowhere tells no rows apart.
fn pair_rows<'r>(a: &'r Read, b: &'r Read) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut old: Vec<usize> = (0..a.document.cookies.len()).collect();
    let mut new: Vec<usize> = (0..b.document.cookies.len()).collect();
    for fields in PAIRED_BY {
        let fields: Vec<_> = fields.iter().filter(|field| both_state(a, b, field.as_str())).collect();
        let key = |row: &'r Row| {
            let values = fields.iter().map(|field| row.comparable(**field));
            (cookie_key(row.row), values.collect::<Vec<_>>())
        };
        let mut waiting: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        new.iter().rev().for_each(|&index| waiting.entry(key(&b.rows[index])).or_default().push(index));
        old.retain(|&index| match waiting.get_mut(&key(&a.rows[index])).and_then(Vec::pop) {
            Some(partner) => {
                pairs.push((index, partner));
                false
            }
            None => true,
        });
        new = waiting.into_values().flatten().collect();
        new.sort_unstable();
    }
    pairs.sort_unstable();
    pairs
}

/// What rows of one name are paired by, the strictest first.
const PAIRED_BY: [&[Field]; 6] = [
    &Field::ALL,
    &[Field::Provider, Field::Domain, Field::Category],
    &[Field::Purpose, Field::Duration],
    &[Field::Category],
    &[Field::Purpose],
    &[],
];

/// A column that one document lacks altogether is one difference of the documents and not one for each row.
fn both_state(a: &Read, b: &Read, column: &str) -> bool {
    a.stated.contains(column) == b.stated.contains(column)
}

/// Two rows of one cookie.
struct RowPair<'a> {
    a: &'a Read<'a>,
    b: &'a Read<'a>,
    old: &'a Row<'a>,
    new: &'a Row<'a>,
}

impl RowPair<'_> {
    fn changes(&self, trivial: &mut Vec<TrivialDifference>) -> Vec<ChangedCookie> {
        let mut changes: Vec<ChangedCookie> = Vec::new();
        for field in Field::ALL.into_iter().filter(|field| self.both_state(field.as_str())) {
            let (a, b) = (self.printed(field, self.old.row), self.printed(field, self.new.row));
            if self.differs(field) {
                changes.push(self.change(field.as_str(), a, b));
            } else if a != b {
                trivial.push(self.trivial(field, a, b));
            }
        }
        // A lone function column feeds the purpose too.
        if let Some(purpose) = changes.iter().find(|change| change.field == "purpose").cloned() {
            changes.retain(|change| change.field != "function" || (&change.a, &change.b) != (&purpose.a, &purpose.b));
        }
        changes.extend(self.extra_changes());
        if changes.is_empty() && self.links(self.a, self.old.row) != self.links(self.b, self.new.row) {
            let printed = |row: &CookieRow| (!row.links.is_empty()).then(|| row.links.join(" "));
            changes.push(self.change("links", printed(self.old.row), printed(self.new.row)));
        }
        changes
    }

    fn both_state(&self, column: &str) -> bool {
        both_state(self.a, self.b, column)
    }

    fn differs(&self, field: Field) -> bool {
        let (old, new) = (self.old.comparable(field), self.new.comparable(field));
        match field {
            Field::Duration => match (&self.old.row.duration, &self.new.row.duration) {
                (Some(x), Some(y)) => old != new && !same_duration(x, y),
                (x, y) => x.is_some() != y.is_some(),
            },
            Field::Category => {
                old != new || self.own_category(self.a, self.old.row) != self.own_category(self.b, self.new.row)
            }
            _ => old != new,
        }
    }

    /// The category's printed word, where both rows print one themselves: a heading's is compared with the text.
    fn own_category(&self, side: &Read, row: &CookieRow) -> Option<String> {
        let both = [self.old.row, self.new.row]
            .iter()
            .all(|row| row.evidence.category_line.is_none() && row.category_raw.is_some());
        row.category_raw.as_deref().filter(|_| both).map(|raw| side.mask.comparable(raw))
    }

    fn printed(&self, field: Field, row: &CookieRow) -> Option<String> {
        match field {
            Field::Category => row.category_raw.clone().or_else(|| field.value(row)),
            _ => field.value(row),
        }
    }

    fn extra_changes(&self) -> Vec<ChangedCookie> {
        let (old, new) = (extra_cells(self.old.row), extra_cells(self.new.row));
        let headers: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let compared = headers.into_iter().filter(|header| self.both_state(header));
        let comparable = |side: &Read, value: Option<&String>| value.map(|value| side.mask.comparable(value));
        let differing = compared.filter(|h| comparable(self.a, old.get(*h)) != comparable(self.b, new.get(*h)));
        differing.map(|header| self.change(header, old.get(header).cloned(), new.get(header).cloned())).collect()
    }

    fn links(&self, side: &Read, row: &CookieRow) -> BTreeSet<String> {
        row.links.iter().map(|link| side.mask.comparable(link)).collect()
    }

    fn trivial(&self, field: Field, a: Option<String>, b: Option<String>) -> TrivialDifference {
        let (name, field) = (Some(self.old.row.name.clone()), Some(field.as_str().to_owned()));
        TrivialDifference { kind: TrivialKind::Cookie, name, field, a, b }
    }

    fn change(&self, field: &str, a: Option<String>, b: Option<String>) -> ChangedCookie {
        let words = |side: &Read, value: &Option<String>| side.words(value.as_deref());
        let words = printed_changes(&words(self.a, &a), &words(self.b, &b));
        ChangedCookie { name: self.old.row.name.clone(), field: field.to_owned(), a, b, words }
    }
}

fn extra_cells(row: &CookieRow) -> BTreeMap<String, String> {
    let cells = row.extra.iter().filter(|cell| !cell.value.trim().is_empty());
    cells.map(|cell| (format!("extra: {}", caseless(&cell.header)), cell.value.clone())).collect()
}

fn block_differences(a: &Read, b: &Read, trivial: &mut Vec<TrivialDifference>) -> BlockDifferences {
    let (old, new) = (a.pieces(), b.pieces());
    let alignment = align(&old, &new);
    let mut changed = alignment.changed.clone();
    for &(i, j) in alignment.kept.iter().chain(&alignment.moved) {
        if old[i].text != new[j].text {
            changed.push((i, j));
        } else {
            trivial.extend(printed_otherwise(a.blocks[i], b.blocks[j]));
        }
    }
    changed.sort_unstable();
    let change = |(i, j): (usize, usize)| ChangedBlock {
        a: side(a.blocks[i]),
        b: side(b.blocks[j]),
        words: printed_changes(&a.words(a.blocks[i].text.as_deref()), &b.words(b.blocks[j].text.as_deref())),
    };
    BlockDifferences {
        added: alignment.added.iter().map(|&index| side(b.blocks[index])).collect(),
        removed: alignment.removed.iter().map(|&index| side(a.blocks[index])).collect(),
        changed: changed.into_iter().map(change).collect(),
        moved: alignment
            .moved
            .iter()
            .map(|&(i, j)| MovedBlock { a: side(a.blocks[i]), b: side(b.blocks[j]) })
            .collect(),
    }
}

/// What two blocks of the same words print otherwise: the words, or only the marks that make a heading or a list of them.
fn printed_otherwise(a: &TextBlock, b: &TextBlock) -> Option<TrivialDifference> {
    let kind = TrivialKind::Block;
    if a.text != b.text {
        let (a, b) = (a.text.clone(), b.text.clone());
        return Some(TrivialDifference { kind, name: None, field: None, a, b });
    }
    let marks = |block: &TextBlock| {
        let level = block.level.map(|level| format!(" {level}")).unwrap_or_default();
        Some(format!("{}{level}", word(block.kind)))
    };
    let (name, field) = (a.text.as_deref().map(opening_of), Some("kind".to_owned()));
    let difference = TrivialDifference { kind, name, field, a: marks(a), b: marks(b) };
    (difference.a != difference.b).then_some(difference)
}

fn side(block: &TextBlock) -> BlockSide {
    let text = block.text.clone().unwrap_or_default();
    BlockSide { kind: block.kind, id: block.id.to_string(), text, evidence: block.evidence }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, duration, family_of_five, row};
    use super::*;

    #[test]
    fn a_document_is_the_same_as_itself() {
        for document in family_of_five() {
            let comparison = compare(&document, &document);
            assert!(comparison.same && comparison.trivial == 0, "{comparison:?}");
        }
    }

    #[test]
    fn one_policy_for_two_platforms_is_the_same() {
        let documents = family_of_five();
        for other in [1, 3, 4] {
            let comparison = compare(&documents[0], &documents[other]);
            assert!(comparison.same, "{comparison:?}");
            assert!(comparison.trivial > 0);
        }
    }

    #[test]
    fn what_a_person_sees_is_what_is_named() {
        let documents = family_of_five();
        let comparison = compare(&documents[0], &documents[2]);
        let fields: Vec<_> = comparison.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["date", "columns"]);
        assert!(!comparison.same);
        assert_eq!(comparison.cookies.added.iter().map(|row| &row.name).collect::<Vec<_>>(), ["_BELL*"]);
        assert_eq!(
            comparison.cookies.changed.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(),
            ["purpose"]
        );
        assert!(
            comparison.cookies.removed.is_empty()
                && comparison.blocks.added.is_empty()
                && comparison.blocks.removed.is_empty()
        );
        assert_eq!(comparison.blocks.changed.len(), 1, "{:?}", comparison.blocks);
    }

    #[test]
    fn both_directions_tell_the_same_story() {
        let documents = family_of_five();
        let (there, back) = (compare(&documents[0], &documents[2]), compare(&documents[2], &documents[0]));
        assert_eq!(there.cookies.added, back.cookies.removed);
        assert_eq!(there.cookies.changed.len(), back.cookies.changed.len());
        assert_eq!(there.blocks.changed.len(), back.blocks.changed.len());
    }

    #[test]
    fn a_date_in_a_sentence_a_link_and_a_length_are_differences() {
        let document = |date: &str, link: &str, lasts| {
            let with_duration =
                CookieRow { duration: Some(lasts), links: vec![link.to_owned()], ..row("id", "To know you") };
            Sample::new("a.txt", "a.example").text(&format!("We follow the law of {date}.")).row(with_duration).build()
        };
        const YEAR: u64 = 365 * 86_400;
        let before = document("3 May 2001", "https://v.example/out", duration("1 year", YEAR));
        assert!(compare(&before, &document("3 May 2001", "https://V.example/out", duration("12 months", YEAR))).same);
        let blocks =
            compare(&before, &document("4 May 2001", "https://v.example/out", duration("1 year", YEAR))).blocks;
        assert_eq!(blocks.changed.len(), 1);
        let changed = compare(&before, &document("3 May 2001", "https://v.example/no", duration("2 years", 2 * YEAR)))
            .cookies
            .changed;
        assert_eq!(changed.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["duration"]);
        let links =
            compare(&before, &document("3 May 2001", "https://v.example/no", duration("1 year", YEAR))).cookies.changed;
        assert_eq!(links[0].field, "links");
    }

    #[test]
    fn words_are_those_of_the_documents() {
        let document = |host: &str, name: &str, verb: &str, date: &str| {
            Sample::new(&format!("{host}.txt"), host)
                .named(name)
                .text(&format!("“{name}” {verb} cookies on {host} since {date}, the {{platform}} says – see there."))
                .dated(date, "2024-03-14")
                .row(row("id", &format!("{name} {verb} a basket of your own until you pay")))
                .build()
        };
        let comparison = compare(
            &document("a.example", "Alder Works", "stores", "14 March 2024"),
            &document("b.example", "Birch  Ltd", "keeps", "15 March 2024"),
        );
        let told = |words: &[WordChange]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        let text = "cookies on b.example since 15 March 2024, the {platform} says – see there.";
        assert_eq!(told(&comparison.blocks.changed[0].words), ["“Birch Ltd”", "stores", "keeps", text]);
        let basket = "a basket of your own until you pay";
        assert_eq!(told(&comparison.cookies.changed[0].words), ["Birch Ltd", "stores", "keeps", basket]);
    }

    #[test]
    fn rows_of_one_name_are_paired_by_what_they_say() {
        let by = |provider: &str, purpose: &str| CookieRow { provider: Some(provider.into()), ..row("id", purpose) };
        let a = Sample::new("a.txt", "a.example").row(by("X", "one")).row(by("Y", "two")).build();
        let b =
            Sample::new("b.txt", "b.example").row(by("Y", "two")).row(by("X", "three")).row(by("Z", "four")).build();
        let cookies = compare(&a, &b).cookies;
        assert_eq!((cookies.added.len(), cookies.removed.len(), cookies.changed.len()), (1, 0, 1));
        assert_eq!(cookies.changed[0].b.as_deref(), Some("three"));
    }
}
