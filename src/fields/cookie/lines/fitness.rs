//! How well a text fits a column by what it looks like: what tells cells apart where nothing else does.

use crate::block::Rich;
use crate::document::DurationKind;
use crate::lexicon::{Field, lexicon};
use crate::value::{category, duration, host, name, term};

/// A column without a cell in its row costs this much, where lines are cut into cells.
pub const SKIPPED: f32 = 0.8;
/// A cell is believed from here on.
pub const FITTING: f32 = 0.3;
/// Of the cells of columns with a look of their own one in each row must show it this much.
pub const SHOWN: f32 = 0.7;

/// How well a cell fits a column, about -1 to 2.
pub fn fitness(field: Field, cell: &Rich) -> f32 {
    let text = cell.text.trim();
    let words = text.split_whitespace().count();
    let truth = |fact: bool, good: f32, bad: f32| if fact { good } else { bad };
    match field {
        Field::Name if words > 8 && !is_list_of_words(text) => -1.5,
        Field::Name => {
            let likeness = name::cell_likeness(cell);
            // A word before a full stop ends a sentence.
            if likeness < name::CONVINCING && text.ends_with('.') { -0.5 } else { 2.0 * likeness - 0.5 }
        }
        Field::Duration => {
            let by_shape = truth(has_length(text), 0.6, truth(counts_something(text), 0.5, 0.0));
            2.0 * f32::max(duration::likeness(text), by_shape) - 0.6
        }
        Field::Domain => truth(host::likeness(text) >= 1.0, 1.5, -0.7),
        Field::Party => truth(term::party(text).is_some(), 1.4, -0.7),
        Field::Storage => truth(term::storage(text).is_some(), 1.4, -0.7),
        Field::Category => 1.6 * category::likeness(text) - 0.4,
        Field::Provider if lexicon().services.is_name(text) || lexicon().services.is_company(text) => 1.2,
        Field::Provider if host::likeness(text) >= 1.0 => 0.9,
        Field::Provider => truth(words <= 5 && text.starts_with(char::is_uppercase) && !text.ends_with('.'), 0.4, -0.6),
        Field::Purpose | Field::Function | Field::Location => {
            let value =
                duration::likeness(text) >= 0.8 || host::likeness(text) >= 1.0 || name::cell_likeness(cell) >= 0.9;
            truth(value, -0.8, truth(words >= 4, 0.8, 0.2))
        }
        Field::Extra => 0.1,
    }
}

/// "_a, _b, _c": a comma behind each word but the last.
fn is_list_of_words(text: &str) -> bool {
    let mut words = text.split_whitespace().rev().skip(1);
    words.all(|word| word.ends_with(','))
}

/// A number and one word: a unit that no lexicon knows.
fn counts_something(text: &str) -> bool {
    let counted = text.split_once(' ').filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    counted.is_some_and(|(_, unit)| unit.chars().all(char::is_alphabetic))
}

/// A length of time at the front, or behind a label of a few words: "Data: 13 months".
fn has_length(text: &str) -> bool {
    let is_length = |text: &str| duration::parse(text).kind != DurationKind::Unknown;
    let labelled = || text.split_once(':').filter(|(label, _)| label.split_whitespace().nth(3).is_none());
    text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains("://") && is_length(text)
        || labelled().is_some_and(|(_, value)| duration::likeness(value.trim()) >= 0.6)
}
