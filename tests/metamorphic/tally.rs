//! Sums over many policies, by shape and by language, and the table that a person reads.

use std::collections::BTreeMap;
use std::fmt;

use crate::Trial;
use crate::layout::Field;
use crate::score::Verdict;
use crate::shapes::Borders;

/// The sums of a run.
#[derive(Debug, Default)]
pub struct Tallies {
    pub shapes: BTreeMap<&'static str, Tally>,
    pub languages: BTreeMap<&'static str, Tally>,
    borders: BTreeMap<Borders, Tally>,
    of_shape: BTreeMap<&'static str, Borders>,
}

/// Sums over some policies.
#[derive(Debug, Default)]
pub struct Tally {
    documents: usize,
    expected: usize,
    given: usize,
    matched: usize,
    whole: usize,
    dates: usize,
    hosts: usize,
    wrong: BTreeMap<Field, usize>,
}

impl Tallies {
    /// Sums up.
    pub fn of(trials: &[Trial]) -> Self {
        let mut tallies = Self::default();
        for trial in trials {
            let shape = trial.shape;
            tallies.shapes.entry(shape.name).or_default().add(&trial.verdict);
            tallies.borders.entry(shape.borders).or_default().add(&trial.verdict);
            tallies.of_shape.insert(shape.name, shape.borders);
            if shape.borders != Borders::Destroyed {
                tallies.languages.entry(&trial.language.code).or_default().add(&trial.verdict);
            }
        }
        tallies
    }
}

impl Tally {
    fn add(&mut self, verdict: &Verdict) {
        self.documents += 1;
        self.expected += verdict.expected;
        self.given += verdict.given;
        self.matched += verdict.matched;
        self.whole += verdict.whole;
        self.dates += usize::from(verdict.date);
        self.hosts += usize::from(verdict.host);
        verdict.wrong.iter().for_each(|(field, count)| *self.wrong.entry(*field).or_default() += count);
    }

    /// Every figure with its name, between 0 and 1.
    pub fn figures(&self) -> [(&'static str, f64); 4] {
        let documents = self.documents as f64;
        [
            ("whole", self.whole as f64 / self.expected as f64),
            ("names_f1", 2.0 * self.matched as f64 / (self.expected + self.given) as f64),
            ("date", self.dates as f64 / documents),
            ("host", self.hosts as f64 / documents),
        ]
    }
}

impl fmt::Display for Tallies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:34}   rows  whole  names   date   host | matched rows with a wrong field", "")?;
        for (borders, tally) in &self.borders {
            writeln!(f, "\n{:34} {tally}", borders.to_string())?;
            for (shape, tally) in self.shapes.iter().filter(|(shape, _)| self.of_shape[*shape] == *borders) {
                writeln!(f, "  {shape:32} {tally}")?;
            }
        }
        writeln!(f, "\nlanguages (without what destroys borders)")?;
        self.languages.iter().try_for_each(|(language, tally)| writeln!(f, "  {language:32} {tally}"))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:6}", self.expected)?;
        self.figures().iter().try_for_each(|(_, value)| write!(f, "  {value:.3}"))?;
        write!(f, " |")?;
        for (field, count) in &self.wrong {
            let share = *count as f64 / self.matched as f64;
            write!(f, " {} {share:.2}", format!("{field:?}").to_lowercase())?;
        }
        Ok(())
    }
}
