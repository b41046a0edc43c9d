//! Lines on which the cells of neighbouring columns were joined, as `pdftotext` leaves a table in reading order.

use crate::block::Rich;

/// Two cells on one line.
const JOINED: f32 = 0.7;
/// A cell is cut from its line behind or before at most this many words.
const OUTER_WORDS: usize = 4;
/// A value that was cut from its line is one of its column beyond doubt.
const SHOWN: f32 = 0.9;

/// A column of the table.
pub trait Column {
    /// How well a cell fits it, about -1 to 2.
    fn fits(&self, cell: &Rich) -> f32;
    /// The same for a part of a line, which must show by its look that it is a value of its own.
    fn shows(&self, part: &Rich) -> f32;
    /// True for a column of sentences, whose cells take more lines than those beside them.
    fn is_text(&self) -> bool;
    /// True for a column of names, of which a cell may list several, each on a line of its own.
    fn is_of_names(&self) -> bool;
}

/// A line cut at some bytes into the cells of neighbouring columns.
#[derive(Debug, Clone)]
pub struct CutLine {
    /// The first of its columns.
    pub first: usize,
    cuts: Vec<usize>,
    /// How well its cells fit their columns, less what it costs that they were joined.
    pub fit: f32,
}

impl CutLine {
    /// The last of its columns.
    pub fn last(&self) -> usize {
        self.first + self.cuts.len()
    }

    /// Its cells, column by column from the first.
    pub fn parts(&self, text: &Rich) -> Vec<Rich> {
        parts(text, &self.cuts)
    }
}

/// The ways to cut a line into two or three neighbouring columns, of which all but one show a look of their own.
pub fn cut_lines(columns: &[impl Column], text: &Rich) -> Vec<CutLine> {
    let cuts = outer_blanks(&text.text);
    let mut ways: Vec<Vec<usize>> = cuts.iter().map(|cut| vec![*cut]).collect();
    ways.extend(cuts.iter().flat_map(|a| cuts.iter().filter(move |b| *b > a).map(move |b| vec![*a, *b])));
    ways.retain(|cuts| cuts.len() < columns.len() && !cuts.iter().any(|cut| parts_a_number(&text.text, *cut)));
    ways.iter().flat_map(|cuts| placed(columns, &parts(text, cuts), cuts)).collect()
}

/// "2 | years": a number belongs to the word behind it.
fn parts_a_number(text: &str, cut: usize) -> bool {
    text[..cut].ends_with(|c: char| c.is_ascii_digit()) && text[cut..].trim_start().starts_with(char::is_lowercase)
}

/// The columns that the parts of a line may stand in.
fn placed(columns: &[impl Column], parts: &[Rich], cuts: &[usize]) -> Vec<CutLine> {
    let at = |first: usize| {
        let fits: Vec<f32> = parts.iter().zip(&columns[first..]).map(|(part, column)| column.shows(part)).collect();
        let shown = fits.iter().filter(|fit| **fit >= SHOWN).count();
        let fit = fits.iter().sum::<f32>() - JOINED * cuts.len() as f32;
        let convinces = shown >= cuts.len() && fits.iter().all(|fit| *fit > 0.0);
        convinces.then(|| CutLine { first, cuts: cuts.to_vec(), fit })
    };
    (0..=columns.len() - parts.len()).filter_map(at).collect()
}

fn parts(text: &Rich, cuts: &[usize]) -> Vec<Rich> {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([text.text.len()]);
    starts.zip(ends).map(|(start, end)| trimmed(text, start, end)).collect()
}

/// The blanks behind the first words of a text and before its last ones.
fn outer_blanks(text: &str) -> Vec<usize> {
    let blanks: Vec<usize> = text.trim_end().match_indices(' ').map(|(at, _)| at).collect();
    let mut outer: Vec<usize> = blanks.iter().take(OUTER_WORDS).copied().collect();
    outer.extend(blanks.iter().rev().take(OUTER_WORDS).rev());
    outer.sort_unstable();
    outer.dedup();
    outer
}

fn trimmed(text: &Rich, start: usize, end: usize) -> Rich {
    let piece = &text.text[start..end];
    let from = start + piece.len() - piece.trim_start().len();
    text.slice(from, from + piece.trim().len())
}
