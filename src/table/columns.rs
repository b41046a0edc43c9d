//! Which column is which field, by header and cells together.
//!
//! Each column has a score for each field: what the lexicon makes of its header, and how much its cells look like the values of
//! the field. The assignment of the whole table with the highest sum is taken. So a header in a known language, an unknown
//! header, an empty header and no header are one case.

use super::Seen;
use super::grid::GridRow;
use crate::block::Rich;
use crate::lexicon::{Field, Hit, NameWord, lexicon};
use crate::text::{Asked, Text, answer, answer_list, loose, word_count};
use crate::value::{category, duration, host, name, term};

/// Rows that are looked at to see what a column holds.
const SAMPLE: usize = 40;
/// A column is left without a field below this score.
const LEAST_SCORE: f32 = 0.35;
/// A column that nothing but its words tells to be the purpose has at least so many in a cell.
const LEAST_PURPOSE_WORDS: f32 = 2.0;
/// Fields that a column may be assigned, one column each.
const FIELDS: [Field; 10] = [
    Field::Name,
    Field::Provider,
    Field::Domain,
    Field::Party,
    Field::Function,
    Field::Location,
    Field::Purpose,
    Field::Category,
    Field::Duration,
    Field::Storage,
];

/// The columns of a section, each with its role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Columns {
    /// Header of each column as printed, empty where there is none.
    pub headers: Vec<String>,
    /// Role of each column.
    pub roles: Vec<Role>,
}

/// What a column was taken for, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Role {
    /// Its field; none where no field fits.
    pub field: Option<Field>,
    /// A second field that its header names too: "Function and location".
    pub also: Option<Field>,
    /// Score of the field.
    pub score: f32,
    /// The next best field.
    pub runner_up: Option<Field>,
    /// Score of the next best field.
    pub runner_up_score: f32,
    /// How much the header alone speaks for the field, 0 to 1.
    pub header: f32,
    /// How much the cells alone look like cookie names, 0 to 1.
    pub name_likeness: f32,
}

/// Words of a column without a header must look like names at least this much for it to go on with the names of a table above.
const LEAST_UNHEADED: f32 = 0.3;

impl Columns {
    /// Assigns a field to each column of rows under one header.
    pub fn assign(headers: &[Rich], rows: &[GridRow], width: usize) -> Self {
        let printed = |column: usize| headers.get(column).map_or_else(String::new, |h| crate::text::collapse(&h.text));
        let headers: Vec<String> = (0..width).map(printed).collect();
        let scores: Vec<Scores> =
            (0..width).map(|column| Scores::of(&headers[column], rows.iter().map(|row| &row.cells[column]))).collect();
        let fields = best_assignment(&scores);
        let roles = (0..width).map(|column| role(&scores[column], fields[column], &fields, &headers[column])).collect();
        Self { headers, roles }.with_worded_purpose(&scores, rows)
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.roles.iter().position(|role| role.field == Some(field))
    }

    /// True where the table declares cookies: its name column convinces by its header, by its cells, or by both with the help
    /// of other columns that only a declaration has.
    pub fn declares_cookies(&self) -> bool {
        let Some(column) = self.column(Field::Name) else { return false };
        let role = self.roles[column];
        if heads_something_else(&self.headers[column]) {
            return false;
        }
        let says_cookie = lexicon().names.says(&self.headers[column], NameWord::Cookie);
        let partners = self.roles.iter().filter(|role| role.field.is_some_and(|field| field != Field::Name)).count();
        let telling = [
            Field::Duration,
            Field::Purpose,
            Field::Category,
            Field::Domain,
            Field::Storage,
            Field::Party,
            Field::Provider,
        ];
        let telling = telling.iter().any(|field| self.column(*field).is_some());
        let likeness = role.name_likeness;
        (likeness >= name::CONVINCING && (partners > 0 || role.header > 0.0))
            || (says_cookie && role.header >= 0.5 && likeness >= 0.3)
            || (role.header >= 0.5 && likeness >= 0.35 && telling)
    }
}

impl Columns {
    /// True where nothing but a header such as "Name" says that a column names cookies: its cells could be any words.
    pub fn is_doubtful(&self) -> bool {
        self.column(Field::Name).is_some_and(|column| {
            let says_cookie = lexicon().names.says(&self.headers[column], NameWord::Cookie);
            self.roles[column].name_likeness < name::CONVINCING && !says_cookie
        })
    }

    /// True where a table has the headers of one above that declared cookies, or none like it, a name of one word in each row and a
    /// lifetime: its names may be any words.
    pub fn go_on(&self, above: &Columns, rows: &[GridRow]) -> bool {
        let name = self.column(Field::Name).filter(|name| above.column(Field::Name) == Some(*name));
        let alike = self.is_headed_like(above) || self.is_unheaded_like(above);
        let lives = |column: usize| rows.iter().all(|row| duration::likeness(&row.cells[column].text) >= 0.8);
        let single = |name: usize| rows.iter().all(|row| row.cells[name].text.word_count() == 1);
        alike && name.is_some_and(single) && self.column(Field::Duration).is_some_and(lives)
    }

    fn is_headed_like(&self, above: &Columns) -> bool {
        let same = |(own, above): (&String, &String)| !own.is_empty() && loose(own) == loose(above);
        self.headers.len() == above.headers.len() && self.headers.iter().zip(&above.headers).all(same)
    }

    /// Neither has headers, and all columns are the same fields by what their cells look like.
    fn is_unheaded_like(&self, above: &Columns) -> bool {
        let fields = |columns: &Columns| columns.roles.iter().map(|role| role.field).collect::<Vec<_>>();
        let unheaded = |columns: &Columns| columns.headers.iter().all(String::is_empty);
        let likely = self.column(Field::Name).is_some_and(|name| self.roles[name].name_likeness >= LEAST_UNHEADED);
        likely && unheaded(self) && unheaded(above) && fields(self) == fields(above)
    }

    /// Where no header and no look tells the purpose, it is the column with the most words, if its cells are more than a word each: one
    /// without a field, or else what was taken for the provider by its capitals alone.
    fn with_worded_purpose(mut self, scores: &[Scores], rows: &[GridRow]) -> Self {
        let told = [Field::Purpose, Field::Function].iter().any(|field| self.column(*field).is_some());
        if told || !self.declares_cookies() {
            return self;
        }
        let words = |column: usize| {
            let cells = rows.iter().map(|row| row.cells[column].text.word_count());
            cells.sum::<usize>() as f32 / rows.len().max(1) as f32
        };
        let wordiest = |field: Option<Field>| {
            let columns = (0..self.roles.len()).filter(|column| self.roles[*column].field == field);
            let unheaded = columns.filter(|column| scores[*column].is_unheaded() && scores[*column].services <= 0.0);
            let worded =
                unheaded.map(|column| (words(column), column)).filter(|(words, _)| *words >= LEAST_PURPOSE_WORDS);
            worded.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, column)| column)
        };
        if let Some(column) = wordiest(None).or_else(|| wordiest(Some(Field::Provider))) {
            self.roles[column].field = Some(Field::Purpose);
        }
        self
    }
}

/// True for a header that says what stands below, and that it is no name of a cookie: "Form field".
fn heads_something_else(header: &str) -> bool {
    let fields = header_fields(header);
    let says = |field: Field, least: f32| fields.iter().any(|(meant, weight)| *meant == field && *weight >= least);
    says(Field::Extra, 0.9) && !says(Field::Name, 0.0)
}

/// The fields that a header may mean, with how much it speaks for each, 0 to 1.
pub fn header_fields(header: &(impl Asked + ?Sized)) -> Vec<(Field, f32)> {
    let header = header.known();
    answer_list(&header.answers::<Seen>().fields, || fields_by_words(&header)).to_vec()
}

/// The field that a text names as a label, and nothing else: "Name", "Expires".
pub fn key_of(text: &(impl Asked + ?Sized)) -> Option<Field> {
    let text = text.known();
    *answer(&text.answers::<Seen>().key, || key_by_header(&text))
}

fn key_by_header(text: &Text) -> Option<Field> {
    header_fields(text)
        .into_iter()
        .filter(|(_, weight)| *weight >= 0.75)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(field, _)| field)
}

fn fields_by_words(header: &Text) -> Vec<(Field, f32)> {
    // What begins with an underscore is a name: `_id` is no identifier's label.
    if header.len() > 200 || header.starts_with('_') {
        return Vec::new();
    }
    let hits = lexicon().headers.all(header);
    let Some(longest) = hits.iter().map(|hit| hit.characters).max() else { return Vec::new() };
    let wordy = if word_count(header) > 8 { 0.6 } else { 1.0 };
    let several = hits.iter().any(|hit| hit.start != hits[0].start);
    let covered: f32 = distinct_coverage(&hits);
    let mut fields: Vec<(Field, f32)> = Vec::new();
    for hit in &hits {
        let bare_cookie = several && hit.words == 1 && hit.meaning == Field::Name;
        let rank = if bare_cookie { 0.4 } else { hit.characters as f32 / longest as f32 };
        let weight = rank * (0.45 + 0.55 * covered) * wordy;
        match fields.iter_mut().find(|(field, _)| *field == hit.meaning) {
            Some((_, known)) => *known = known.max(weight),
            None => fields.push((hit.meaning, weight)),
        }
    }
    fields
}

fn distinct_coverage(hits: &[Hit<Field>]) -> f32 {
    let mut next = 0;
    let mut covered = 0.0;
    for hit in hits {
        if hit.start >= next {
            covered += hit.coverage;
            next = hit.start + hit.words;
        }
    }
    f32::min(covered, 1.0)
}

/// What the cells of a column look like: shares between 0 and 1 of its filled cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    name: f32,
    duration: f32,
    host: f32,
    party: f32,
    storage: f32,
    category: f32,
    sentence: f32,
    proper: f32,
    /// The name of a service that is known.
    service: f32,
    /// A number and a word, as lifetimes are in any language.
    counted: f32,
    filler: f32,
}

impl Look {
    fn of<'a>(cells: impl Iterator<Item = &'a Rich>) -> Self {
        let mut sum = Self::default();
        let mut filled = 0.0;
        for cell in cells.filter(|cell| !cell.is_blank()).take(SAMPLE) {
            sum.add(cell);
            filled += 1.0;
        }
        sum.divided_by(f32::max(filled, 1.0))
    }

    fn add(&mut self, cell: &Rich) {
        let known = cell.text.known();
        let look = answer(&known.answers::<Seen>().look, || Self::of_text(&known));
        self.name += if cell.marks.is_empty() { look.name } else { name::cell_likeness(cell) };
        self.duration += look.duration;
        self.host += look.host;
        self.party += look.party;
        self.storage += look.storage;
        self.category += look.category;
        self.sentence += look.sentence;
        self.proper += look.proper;
        self.service += look.service;
        self.counted += look.counted;
        self.filler += look.filler;
    }

    /// What a cell without marks looks like.
    fn of_text(text: &Text) -> Self {
        let words = text.word_count();
        Self {
            name: name::text_likeness(text),
            duration: duration::likeness(text),
            host: host::likeness(text),
            party: truth(term::party(text).is_some()),
            storage: truth(term::storage(text).is_some()),
            category: category::likeness(text),
            sentence: truth(words >= 4),
            proper: truth(words <= 5 && is_proper(text)),
            service: truth(words <= 5 && lexicon().services.is_name(text)),
            counted: truth(is_counted(text)),
            filler: truth(term::is_filler(text)),
        }
    }

    fn divided_by(self, count: f32) -> Self {
        Self {
            name: self.name / count,
            duration: self.duration / count,
            host: self.host / count,
            party: self.party / count,
            storage: self.storage / count,
            category: self.category / count,
            sentence: self.sentence / count,
            proper: self.proper / count,
            service: self.service / count,
            counted: self.counted / count,
            filler: self.filler / count,
        }
    }
}

/// Begins with a capital and is neither a lifetime nor a sentence: what companies and services are printed like.
fn is_proper(text: &Text) -> bool {
    let capital = text.trim_start().chars().next().is_some_and(char::is_uppercase);
    let ends = text.trim_end().ends_with('.') && !lexicon().services.is_company(text);
    capital && !ends && duration::likeness(text) < 0.5 && !text.contains('_')
}

/// "2 urte": a number and a word.
fn is_counted(text: &str) -> bool {
    let Some((number, word)) = text.trim().split_once(' ') else { return false };
    let short = (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    short && word.trim_end_matches('.').chars().all(char::is_alphabetic)
}

fn truth(fact: bool) -> f32 {
    if fact { 1.0 } else { 0.0 }
}

/// The scores of one column.
struct Scores {
    by_field: [f32; FIELDS.len()],
    by_header: [f32; FIELDS.len()],
    extra: f32,
    name_likeness: f32,
    /// Share of cells that are services.
    services: f32,
}

impl Scores {
    fn of<'a>(header: &str, cells: impl Iterator<Item = &'a Rich>) -> Self {
        let look = Look::of(cells);
        let named = header_fields(header);
        let header_of =
            |field: Field| named.iter().find(|(named, _)| *named == field).map_or(0.0, |(_, weight)| *weight);
        let by_header = FIELDS.map(header_of);
        let mut by_field = [0.0; FIELDS.len()];
        for (index, field) in FIELDS.iter().enumerate() {
            by_field[index] = score(*field, by_header[index], &look);
        }
        Self {
            by_field,
            by_header,
            extra: 1.5 * header_of(Field::Extra),
            name_likeness: look.name,
            services: look.service,
        }
    }

    /// True where the lexicon knows no word of the header.
    fn is_unheaded(&self) -> bool {
        self.extra <= 0.0 && self.by_header.iter().all(|weight| *weight <= 0.0)
    }

    fn candidates(&self) -> Vec<usize> {
        let mut candidates: Vec<usize> =
            (0..FIELDS.len()).filter(|index| self.by_field[*index] >= LEAST_SCORE.max(self.extra)).collect();
        candidates.sort_by(|a, b| self.by_field[*b].total_cmp(&self.by_field[*a]));
        candidates.truncate(4);
        candidates
    }
}

/// Weights of header and cells: the header decides where it speaks, the cells where it is silent or means two things.
fn score(field: Field, header: f32, look: &Look) -> f32 {
    match field {
        // "Third party? Yes": what answers a question names nobody.
        Field::Provider | Field::Party if look.filler >= 0.9 => f32::MIN,
        Field::Name if look.name < name::POSSIBLE => f32::MIN,
        // Cells that are names beyond doubt outweigh a header that says "type of cookie".
        Field::Name => 2.4 * header + 2.2 * (look.name - 0.4) + if look.name >= 0.8 { 0.8 } else { 0.0 },
        Field::Duration => 2.0 * header + f32::max(2.0 * look.duration, 1.2 * look.counted) - 0.3,
        Field::Domain => 1.6 * header + 2.0 * look.host - 0.3,
        Field::Party => 1.4 * header + 2.2 * look.party - 0.3,
        Field::Storage => 1.4 * header + 2.0 * look.storage - 0.3,
        Field::Category => 1.6 * header + 1.8 * look.category - 0.3,
        Field::Provider => {
            2.0 * header + look.proper * (1.0 - look.category.max(look.party)) + 0.8 * look.service - 0.3
        }
        Field::Purpose => 2.0 * header + 0.9 * look.sentence - 0.3,
        Field::Function | Field::Location => 2.0 * header - 0.3,
        Field::Extra => f32::MIN,
    }
}

/// The field of each column, so that the sum of scores is highest and no field is given twice.
fn best_assignment(scores: &[Scores]) -> Vec<Option<Field>> {
    let candidates: Vec<Vec<usize>> = scores.iter().map(Scores::candidates).collect();
    let mut search = Search {
        scores,
        candidates: &candidates,
        chosen: vec![None; scores.len()],
        best: Vec::new(),
        best_sum: f32::MIN,
        steps: 0,
    };
    search.column(0, 0, 0.0);
    search.best.iter().map(|index| index.map(|index| FIELDS[index])).collect()
}

struct Search<'a> {
    scores: &'a [Scores],
    candidates: &'a [Vec<usize>],
    chosen: Vec<Option<usize>>,
    best: Vec<Option<usize>>,
    best_sum: f32,
    steps: usize,
}

/// A table of many alike columns is no declaration: the search stops improving there.
const MAX_STEPS: usize = 20_000;

impl Search<'_> {
    fn column(&mut self, column: usize, taken: u32, sum: f32) {
        self.steps += 1;
        if column == self.scores.len() {
            if sum > self.best_sum {
                self.best_sum = sum;
                self.best.clone_from(&self.chosen);
            }
            return;
        }
        for choice in 0..self.candidates[column].len() {
            let index = self.candidates[column][choice];
            if taken & (1 << index) == 0 && (self.steps < MAX_STEPS || self.best.is_empty()) {
                self.chosen[column] = Some(index);
                self.column(column + 1, taken | 1 << index, sum + self.scores[column].by_field[index]);
            }
        }
        self.chosen[column] = None;
        if self.steps < MAX_STEPS || self.best.is_empty() {
            self.column(column + 1, taken, sum);
        }
    }
}

fn role(scores: &Scores, field: Option<Field>, all: &[Option<Field>], header: &str) -> Role {
    let index_of = |field: Field| FIELDS.iter().position(|known| *known == field);
    let index = field.and_then(index_of);
    let runner_up = (0..FIELDS.len())
        .filter(|other| Some(*other) != index && scores.by_field[*other] > 0.0)
        .max_by(|a, b| scores.by_field[*a].total_cmp(&scores.by_field[*b]));
    let also = field.and_then(|field| second_field(header, field, all));
    Role {
        field: field.or((scores.extra > 0.0).then_some(Field::Extra)),
        also,
        score: index.map_or(scores.extra, |index| scores.by_field[index]),
        runner_up: runner_up.map(|other| FIELDS[other]),
        runner_up_score: runner_up.map_or(0.0, |other| scores.by_field[other]),
        header: index.map_or(0.0, |index| scores.by_header[index]),
        name_likeness: scores.name_likeness,
    }
}

/// A second field that the header names in other words, where no column has it.
fn second_field(header: &str, field: Field, all: &[Option<Field>]) -> Option<Field> {
    const PAIRS: [(Field, Field); 3] =
        [(Field::Function, Field::Location), (Field::Name, Field::Provider), (Field::Provider, Field::Domain)];
    let second = PAIRS.iter().find(|(first, second)| *first == field && !all.contains(&Some(*second)))?.1;
    let hits = lexicon().headers.every(header);
    let apart = |own: &Hit<Field>, other: &Hit<Field>| {
        own.start + own.words <= other.start || other.start + other.words <= own.start
    };
    let owns = || hits.iter().filter(|hit| hit.meaning == field);
    let others = || hits.iter().filter(|hit| hit.meaning == second);
    let parted = others().any(|other| owns().any(|own| apart(own, other) && own.characters >= 4));
    (parted && is_joined(header)).then_some(second)
}

/// True where a header joins two things: "Function and location", "Fournisseur / domaine".
fn is_joined(header: &str) -> bool {
    let words = header.split_whitespace();
    header.contains(['/', '&', ',', '+'])
        || words.into_iter().any(|word| lexicon().names.whole(word).contains(&NameWord::And))
}
