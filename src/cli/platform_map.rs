//! The platform map: a CSV with what the user knows of her documents and their texts do not say.

use std::collections::HashMap;
use std::path::Path;

use polinorm::fields::Given;
use polinorm::{Code, Error, Result};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Line {
    path: String,
    #[serde(default)]
    host: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    date: Option<String>,
}

/// Reads a map with the columns `path`, `host`, `name` and `date`, of which all but the first may be absent or empty.
///
/// # Errors
/// [`Code::NotFound`] and its kin; [`Code::BadRecord`] with the line's number.
pub fn read(path: &Path) -> Result<HashMap<String, Given>> {
    let file = std::fs::File::open(path).map_err(|error| Error::io(path, error))?;
    let bad = |message: String| Error { path: path.to_owned(), code: Code::BadRecord, message, source: None };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file);
    let mut map = HashMap::new();
    for (index, line) in reader.deserialize::<Line>().enumerate() {
        let line = line.map_err(|error| bad(format!("row {}: {error}", index + 1)))?;
        if line.date.as_deref().is_some_and(|date| !date.is_empty() && !is_date(date)) {
            let date = line.date.unwrap_or_default();
            return Err(bad(format!("row {}: {date:?} is no date of the form 2024-03-30, 2024-03 or 2024", index + 1)));
        }
        let given = Given { host: filled(line.host), name: filled(line.name), date: filled(line.date) };
        map.insert(line.path.trim_start_matches("./").replace('\\', "/"), given);
    }
    Ok(map)
}

fn filled(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.is_empty())
}

fn is_date(value: &str) -> bool {
    let parts: Vec<_> = value.split('-').collect();
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let month = |part: &str| number(part, 2).is_some_and(|month| (1..=12).contains(&month));
    match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, m] => number(year, 4).is_some() && month(m),
        [year, m, day] => {
            number(year, 4).is_some() && month(m) && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_be_absent_and_bad_dates_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.csv");
        std::fs::write(&path, "path,host\n./a/b.txt, shop.example \nc.txt,\n").unwrap();
        let map = read(&path).unwrap();
        assert_eq!(map["a/b.txt"].host.as_deref(), Some("shop.example"));
        assert_eq!(map["c.txt"], Given::default());
        std::fs::write(&path, "path,date\na.txt,30.3.2024\n").unwrap();
        let error = read(&path).unwrap_err();
        assert!(error.code == Code::BadRecord && error.to_string().contains("row 1"), "{error}");
    }
}
