//! The columns that words leave white space between, as stretches of the width of a page.

use super::text_line::{SEED_GAP, TextLine, parts};
use super::word_lines::Word;

/// White space that a column keeps around itself, in heights of the font.
const MARGIN: f32 = 0.1;

/// What words cover of the width of the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Cover {
    /// Covered stretches from left to right, with white space between them.
    pub(super) spans: Vec<(f32, f32)>,
}

impl Cover {
    /// Columns of which each but the first begins at one of these places, with no white space between them.
    pub fn between(edges: &[f32]) -> Self {
        let starts = [f32::MIN].into_iter().chain(edges.iter().copied());
        let ends = edges.iter().map(|edge| edge.next_down()).chain([f32::MAX]);
        Self { spans: starts.zip(ends).collect() }
    }

    pub fn add(&mut self, word: &Word) {
        let margin = word.size * MARGIN;
        let (mut from, mut to) = (word.x - margin, word.end + margin);
        let first = self.spans.partition_point(|span| span.1 < from);
        let mut last = first;
        while last < self.spans.len() && self.spans[last].0 <= to {
            from = from.min(self.spans[last].0);
            to = to.max(self.spans[last].1);
            last += 1;
        }
        self.spans.splice(first..last, [(from, to)]);
    }

    /// Joins stretches in which no column opens to the one on their left, unless some line parts them by a wide gap.
    pub fn keep_columns(&mut self, seed: &[f32], lines: &[TextLine<'_>]) {
        let mut parted = vec![false; self.spans.len()];
        for pair in lines.iter().flat_map(|line| line.windows(2)) {
            if let Some(index) = self.find(pair[1].x).filter(|_| parts(pair[0], pair[1], SEED_GAP)) {
                parted[index] |= self.find(pair[0].x) != Some(index);
            }
        }
        let mut kept: Vec<(f32, f32)> = Vec::with_capacity(self.spans.len());
        for (span, parted) in self.spans.iter().zip(parted) {
            let opens = parted || seed.iter().any(|x| span.0 <= *x && *x <= span.1);
            match kept.last_mut().filter(|_| !opens) {
                Some(last) => last.1 = span.1,
                None => kept.push(*span),
            }
        }
        self.spans = kept;
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.spans.len()
    }

    pub fn find(&self, x: f32) -> Option<usize> {
        let index = self.spans.partition_point(|span| span.1 < x);
        self.spans.get(index).filter(|span| span.0 <= x).map(|_| index)
    }

    /// True for a word that stands at the left edge of its column.
    pub fn opens(&self, word: &Word) -> bool {
        let edge = self.find(word.x + 0.1).map(|column| self.spans[column].0);
        edge.is_some_and(|edge| word.x - edge < word.size * 0.3)
    }

    /// Where the words of the first column start on most lines.
    pub fn inner_start(&self, lines: &[TextLine<'_>]) -> f32 {
        let mut starts: Vec<f32> = lines.iter().map(|line| line[0].x).filter(|x| self.find(*x) == Some(0)).collect();
        starts.sort_by(f32::total_cmp);
        starts.get(starts.len() / 2).copied().unwrap_or(f32::MIN)
    }
}
