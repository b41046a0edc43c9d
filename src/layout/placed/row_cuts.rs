//! Where the rows of a table without ruling lines part, by the least cost of all ways to cut its lines: the cells of a row are set in its
//! middle or begin at its top, and the lines of a cell keep their distance. Knows nothing of what they say.

use super::cover::Cover;
use super::text_line::TextLine;

/// What a row costs, so that lines which may stand in one do.
const ROW: f32 = 0.3;
/// What a column costs in which a row prints nothing.
const BLANK: f32 = 0.3;
/// What a row costs that prints in one column alone: a cell over several rows, or what is left of one.
const LONE: f32 = 1.0;
/// What it costs to part two lines of a column that stand as near as those of one cell.
const PARTED: f32 = 2.5;
/// What a cell costs that stands off the place that its row gives it, by the distance of two lines; half of that is one line too many.
const OFF: f32 = 8.0;
/// What it costs to take one cell of a row for a part of one that reaches over several rows.
const SPANNING: f32 = 1.5;
/// How far it may stand off, in distances of two lines.
const FREE: f32 = 0.12;
/// What it costs to take lines into one cell that are farther apart than usual, by the distance of two lines, and the most.
const STRETCHED: f32 = 10.0;
const MOST_STRETCHED: f32 = 3.0;
/// Part of the distance of two lines that tells nothing.
const EVEN: f32 = 0.03;
/// Lines of one cell are no farther apart than this, in heights of the font.
const PITCH: f32 = 1.35;
/// So many lines at the same distance tell what it is within cells.
const ENOUGH: usize = 2;
/// Most lines of a row.
const MAX_LINES: usize = 60;
/// A row that costs more than this is none.
const TOO_MUCH: f32 = 30.0;
/// How much cheaper another way to cut must be to be taken.
const CHEAPER: f32 = 1.0;

/// How the cells of a row are set.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Setting {
    Middle,
    Top,
}

/// Which lines open a row, where that explains the places of the cells better than `starts` does.
pub(super) fn row_starts(lines: &[TextLine<'_>], cover: &Cover, starts: &[bool]) -> Option<Vec<bool>> {
    let cuts = RowCuts::of(lines, cover)?;
    let given =
        [Setting::Middle, Setting::Top].map(|setting| cuts.cost(setting, starts)).into_iter().fold(f32::MAX, f32::min);
    let best = [Setting::Middle, Setting::Top].map(|setting| cuts.cheapest(setting));
    let (cost, starts) = best.into_iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    (cost + CHEAPER < given).then_some(starts)
}

/// The lines of a table with what they print in which column.
struct RowCuts {
    lines: Vec<Vec<Part>>,
    columns: usize,
    /// By line, what it costs to part it from the line above.
    parting: Vec<f32>,
    /// The usual distance of two lines of a cell.
    pitch: f32,
}

/// What a line prints in a column.
#[derive(Debug, Clone, Copy)]
struct Part {
    column: usize,
    /// Middle of its letters.
    y: f32,
    /// Height of the font.
    size: f32,
    /// What it costs to take it into the cell of the part above it in its column.
    stretched: f32,
}

/// The cell of a row as far as it has been taken in.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    top: f32,
    bottom: f32,
}

impl RowCuts {
    fn of(lines: &[TextLine<'_>], cover: &Cover) -> Option<Self> {
        let columns = cover.columns();
        let mut parts: Vec<Vec<Part>> = lines.iter().map(|line| parts(line, cover)).collect();
        let steps = steps(&parts, columns);
        let near = |step: &&Step| step.distance > step.size * 0.6 && step.distance < step.size * PITCH;
        let pitch = steps.iter().filter(near).map(|step| step.distance).fold(f32::MAX, f32::min);
        let told = steps.iter().filter(|step| step.distance < pitch * (1.0 + EVEN)).count();
        if pitch == f32::MAX || told < ENOUGH {
            return None;
        }
        let mut parting = vec![0.0; lines.len() + 1];
        for Step { column, above, index, distance, .. } in steps {
            let farther = distance / pitch - 1.0 - EVEN;
            let part = parts[index].iter_mut().find(|part| part.column == column)?;
            part.stretched = (farther.max(0.0) * STRETCHED).min(MOST_STRETCHED);
            if farther <= 0.0 {
                parting[above + 1] += PARTED;
                parting[index + 1] -= PARTED;
            }
        }
        let mut sum = 0.0;
        for cost in &mut parting {
            sum += *cost;
            *cost = sum;
        }
        Some(Self { lines: parts, columns, parting, pitch })
    }

    /// The cheapest way to cut the lines.
    fn cheapest(&self, setting: Setting) -> (f32, Vec<bool>) {
        let count = self.lines.len();
        // By number of lines that are cut: the least cost, and where the last row begins.
        let mut ways: Vec<(f32, usize)> = vec![(f32::MAX, 0); count + 1];
        ways[0].0 = 0.0;
        for start in 0..count {
            let before = ways[start].0 + if start > 0 { self.parting[start] } else { 0.0 };
            self.rows_from(start, setting, |end, cost| {
                if before + cost < ways[end].0 {
                    ways[end] = (before + cost, start);
                }
            });
        }
        let mut starts = vec![false; count];
        let mut end = count;
        while end > 0 {
            end = ways[end].1;
            starts[end] = true;
        }
        (ways[count].0, starts)
    }

    /// What rows cost that these lines open.
    fn cost(&self, setting: Setting, starts: &[bool]) -> f32 {
        let opening: Vec<usize> = (0..starts.len()).filter(|index| *index == 0 || starts[*index]).collect();
        let ends = opening.iter().skip(1).copied().chain([starts.len()]);
        let mut sum = 0.0;
        for (start, end) in opening.iter().zip(ends) {
            let mut own = None;
            self.rows_from(*start, setting, |at, cost| {
                if at == end {
                    own = Some(cost)
                }
            });
            sum += own.unwrap_or(TOO_MUCH) + if *start > 0 { self.parting[*start] } else { 0.0 };
        }
        sum
    }

    /// The rows that may begin with a line: where each ends, and what it costs.
    fn rows_from(&self, start: usize, setting: Setting, mut take: impl FnMut(usize, f32)) {
        let mut cells: Vec<Option<Stretch>> = vec![None; self.columns];
        let mut stretched = 0.0;
        for (index, line) in self.lines.iter().enumerate().skip(start).take(MAX_LINES) {
            for part in line {
                let cell = &mut cells[part.column];
                stretched += if cell.is_some() { part.stretched } else { 0.0 };
                let top = cell.map_or(part.y, |cell| cell.top);
                *cell = Some(Stretch { top, bottom: part.y });
            }
            if stretched > TOO_MUCH {
                break;
            }
            take(index + 1, stretched + self.row(&cells, setting));
        }
    }

    fn row(&self, cells: &[Option<Stretch>], setting: Setting) -> f32 {
        let mut places: Vec<f32> = cells.iter().flatten().map(|cell| cell.place(setting)).collect();
        if places.len() < 2 {
            return LONE;
        }
        places.sort_by(f32::total_cmp);
        let off = |places: &[f32]| {
            let spread = places.last().unwrap_or(&0.0) - places.first().unwrap_or(&0.0);
            (spread / self.pitch - FREE).max(0.0) * OFF
        };
        let last = places.len() - 1;
        let without_one = if last > 1 { off(&places[1..]).min(off(&places[..last])) + SPANNING } else { f32::MAX };
        ROW + BLANK * (self.columns - places.len()) as f32 + off(&places).min(without_one)
    }
}

impl Stretch {
    fn place(&self, setting: Setting) -> f32 {
        match setting {
            Setting::Middle => (self.top + self.bottom) / 2.0,
            Setting::Top => self.top,
        }
    }
}

fn parts(line: &TextLine<'_>, cover: &Cover) -> Vec<Part> {
    let placed = line.iter().filter_map(|word| {
        let column = cover.find(word.x)?;
        Some(Part { column, y: word.middle().1, size: word.size, stretched: 0.0 })
    });
    let mut parts: Vec<Part> = placed.collect();
    parts.dedup_by_key(|part| part.column);
    parts
}

/// Two lines that follow one another in a column.
struct Step {
    column: usize,
    above: usize,
    index: usize,
    distance: f32,
    /// Height of the larger font.
    size: f32,
}

fn steps(lines: &[Vec<Part>], columns: usize) -> Vec<Step> {
    let mut last: Vec<Option<(usize, Part)>> = vec![None; columns];
    let mut steps = Vec::new();
    for (index, part) in lines.iter().enumerate().flat_map(|(index, line)| line.iter().map(move |part| (index, *part)))
    {
        if let Some((above, upper)) = last[part.column].replace((index, part)) {
            let (distance, size) = (part.y - upper.y, part.size.max(upper.size));
            steps.push(Step { column: part.column, above, index, distance, size });
        }
    }
    steps
}
