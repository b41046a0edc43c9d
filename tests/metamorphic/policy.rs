//! A policy to be written: facts, the fields that it states of them, and the words that it states them with.

use std::collections::BTreeMap;

use fastrand::Rng;
use polinorm::document::Category;
use xxhash_rust::xxh3::xxh3_64;

use crate::facts::{Entry, Facts, Group, Lifetime};
use crate::language::Language;
use crate::layout::{CategoryBy, Field, Layout};
use crate::page;
use crate::shapes::Shape;

/// A policy of some facts in some shape.
pub struct Policy {
    pub shape: &'static Shape,
    pub language: &'static Language,
    pub facts: Facts,
    pub layout: Layout,
    headers: BTreeMap<Field, String>,
    category_words: BTreeMap<Category, Printed>,
    rng: Rng,
}

/// A category as this policy prints it.
struct Printed {
    heading: String,
    cell: String,
}

/// Rows under one heading.
pub struct Section {
    /// What names their category; none where no heading does.
    pub heading: Option<String>,
    /// Each as long as the fields.
    pub rows: Vec<Vec<String>>,
}

/// What must come back of one cookie.
#[derive(Debug)]
pub struct Expected {
    pub name: String,
    pub provider: Option<String>,
    pub domain: Option<String>,
    pub purpose: Option<String>,
    pub lifetime: Option<Lifetime>,
    pub category: Option<Category>,
}

impl Policy {
    /// The facts depend on language and number alone, so that every shape has the same to say.
    pub fn new(shape: &'static Shape, language: &'static Language, number: u64) -> Self {
        let seed = |text: String| Rng::with_seed(xxh3_64(text.as_bytes()));
        let facts = Facts::new(&mut seed(format!("{} {number}", language.code)), language, shape.special);
        let mut rng = seed(format!("{} {} {number}", shape.name, language.code));
        let mut layout = (shape.layout)(&mut rng);
        if language.categories.is_empty() {
            layout.fields.retain(|field| *field != Field::Category);
            layout.category = CategoryBy::Nothing;
        }
        let headers = headers(&mut rng, language);
        let category_words = category_words(&mut rng, language);
        Self { shape, language, facts, layout, headers, category_words, rng }
    }

    /// The whole document.
    pub fn text(&self) -> String {
        let mut rng = self.rng.clone();
        let body = (self.shape.body)(self, &mut rng);
        page::around(self, &mut rng, &body)
    }

    /// Headers of the columns, in order.
    pub fn header_row(&self) -> Vec<String> {
        self.layout.fields.iter().map(|field| self.header(*field).to_owned()).collect()
    }

    /// Rows with the headers above them.
    pub fn below_header(&self, rows: &[Vec<String>]) -> Vec<Vec<String>> {
        std::iter::once(self.header_row()).chain(rows.iter().cloned()).collect()
    }

    /// The word that heads or labels a field.
    pub fn header(&self, field: Field) -> &str {
        &self.headers[&field]
    }

    /// True where the policy states the field.
    pub fn states(&self, field: Field) -> bool {
        self.layout.fields.contains(&field)
    }

    /// Words as a list in a sentence: commas, and a word before the last.
    pub fn listed(&self, words: &[String]) -> String {
        match words.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} {} {last}", before.join(", "), self.language.and),
            _ => words.concat(),
        }
    }

    /// Where the column of a field stands.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.layout.fields.iter().position(|other| *other == field)
    }

    /// The rows of each group under its heading, or all in one section where no heading says a category.
    pub fn sections(&self) -> Vec<Section> {
        let rows = |group: &Group| group.entries.iter().map(|entry| self.cells(group, entry)).collect::<Vec<_>>();
        if self.layout.category == CategoryBy::Group {
            let section = |group: &Group| Section { heading: self.heading(group), rows: rows(group) };
            return self.facts.groups.iter().map(section).collect();
        }
        vec![Section { heading: None, rows: self.facts.groups.iter().flat_map(rows).collect() }]
    }

    /// What stands over a group.
    pub fn heading(&self, group: &Group) -> Option<String> {
        Some(self.category_words[&group.category?].heading.clone())
    }

    /// The cells of an entry, in the order of the fields; several names or lifetimes are parted by line feeds.
    pub fn cells(&self, group: &Group, entry: &Entry) -> Vec<String> {
        self.layout.fields.iter().map(|field| self.cell(*field, group, entry)).collect()
    }

    fn cell(&self, field: Field, group: &Group, entry: &Entry) -> String {
        match field {
            Field::Name => entry.names.join("\n"),
            Field::Provider => entry.setter.provider.clone(),
            Field::Domain => entry.setter.domain.clone(),
            Field::Purpose => entry.purpose.clone(),
            Field::Duration => entry.lifetimes.iter().map(|it| it.raw.as_str()).collect::<Vec<_>>().join("\n"),
            Field::Category => group.category.map_or_else(String::new, |it| self.category_words[&it].cell.clone()),
        }
    }

    /// The rows that must come back, in order.
    pub fn expected(&self) -> Vec<Expected> {
        let of_group = |group: &'_ Group| {
            let category = group.category.filter(|_| self.layout.category != CategoryBy::Nothing);
            group.entries.iter().flat_map(move |entry| self.of_entry(entry, category)).collect::<Vec<_>>()
        };
        self.facts.groups.iter().flat_map(of_group).collect()
    }

    fn of_entry(&self, entry: &Entry, category: Option<Category>) -> Vec<Expected> {
        let said = |field: Field, text: &str| self.states(field).then(|| text.to_owned());
        let row = |(index, name): (usize, &String)| Expected {
            name: name.clone(),
            provider: said(Field::Provider, &entry.setter.provider),
            domain: said(Field::Domain, &entry.setter.domain),
            purpose: said(Field::Purpose, &entry.purpose),
            lifetime: self.states(Field::Duration).then(|| entry.lifetimes[index % entry.lifetimes.len()].clone()),
            category,
        };
        entry.names.iter().enumerate().map(row).collect()
    }
}

fn headers(rng: &mut Rng, language: &Language) -> BTreeMap<Field, String> {
    let headers = &language.headers;
    let mut one = |field: Field, words: &[String]| (field, rng.choice(words).unwrap().clone());
    BTreeMap::from([
        one(Field::Name, &headers.name),
        one(Field::Provider, &headers.provider),
        one(Field::Domain, &headers.domain),
        one(Field::Purpose, &headers.purpose),
        one(Field::Duration, &headers.duration),
        one(Field::Category, &headers.category),
    ])
}

fn category_words(rng: &mut Rng, language: &Language) -> BTreeMap<Category, Printed> {
    let mut printed = BTreeMap::new();
    for (category, words) in &language.categories {
        let heading = rng.choice(&words.headings).unwrap().clone();
        printed.insert(*category, Printed { heading, cell: rng.choice(&words.cells).unwrap().clone() });
    }
    printed
}
