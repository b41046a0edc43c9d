//! The platform map: a CSV with what the user knows of her documents and their texts do not say.

use std::collections::HashMap;
use std::path::Path;

use polinorm::fields::Given;
use polinorm::source::{MediaType, Source};
use polinorm::value::host;
use polinorm::{Code, Error, Result};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// What the user knows, by the path of the document.
pub type PlatformMap = HashMap<String, Given>;

/// The columns, of which all but the first may be absent.
const COLUMNS: [&str; 4] = ["path", "host", "name", "date"];

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

/// Reads a map with the columns `path`, `host`, `name` and `date`, of which all but the first may be absent or empty, parted by commas,
/// semicolons or tabs, in UTF-8 or in what spreadsheets write else.
///
/// # Errors
/// [`Code::NotFound`] and its kin; [`Code::BadRecord`] with the line's number for a column of another name, a path that stands twice, a
/// host or a date that is none.
pub fn read(path: &Path) -> Result<PlatformMap> {
    let bytes = std::fs::read(path).map_err(|error| Error::io(path, error))?;
    let bad = |message: String| Error::new(path, Code::BadRecord, message);
    let source = Source { path: String::new(), media_type: MediaType::Text, bytes };
    let text = source.decode().text;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    check_columns(reader.headers().map_err(|error| bad(error.to_string()))?).map_err(bad)?;
    let mut map = HashMap::new();
    for (index, line) in reader.deserialize::<Line>().enumerate() {
        let row = |what: String| bad(format!("row {}: {what}", index + 1));
        let line = line.map_err(|error| row(error.to_string()))?;
        let key = line.path.trim_start_matches("./").replace('\\', "/");
        let given = given(line).map_err(row)?;
        if map.insert(key.clone(), given).is_some() {
            return Err(row(format!("the path {key:?} stands here once more")));
        }
    }
    Ok(map)
}

/// Paths of a map that no document has. The same letters in another normal form (Unicode, UAX 15) are the same path: systems write names
/// in one or the other.
pub fn settle<'k>(map: &mut PlatformMap, keys: impl Iterator<Item = &'k str>) -> Vec<String> {
    let normal = |path: &str| path.nfc().collect::<String>();
    let mut left: HashMap<String, String> = map.keys().map(|path| (normal(path), path.clone())).collect();
    for key in keys {
        let Some(path) = left.get(key).or_else(|| left.get(&normal(key))).cloned() else { continue };
        left.remove(&normal(key));
        if path != key
            && let Some(given) = map.remove(&path)
        {
            map.insert(key.to_owned(), given);
        }
    }
    let mut unknown: Vec<String> = left.into_values().collect();
    unknown.sort();
    unknown
}

/// What parts the columns in the first line: the mark that follows `path`, or stands before it.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let most = [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count());
    most.filter(|mark| head.as_bytes().contains(mark)).unwrap_or(b',')
}

fn check_columns(headers: &csv::StringRecord) -> std::result::Result<(), String> {
    if let Some(other) = headers.iter().find(|header| !COLUMNS.contains(header)) {
        return Err(format!("no column is called {other:?}: they are path, host, name and date"));
    }
    if headers.iter().any(|header| header == "path") { Ok(()) } else { Err("it has no column path".to_owned()) }
}

fn given(line: Line) -> std::result::Result<Given, String> {
    let host = filled(line.host);
    let known = host.as_deref().map(|printed| host::whole(printed).ok_or_else(|| format!("{printed:?} is no host")));
    let date = filled(line.date);
    if let Some(date) = date.as_deref().filter(|date| !is_date(date)) {
        return Err(format!("{date:?} is no date of the form 2024-03-30, 2024-03 or 2024"));
    }
    Ok(Given { host: known.transpose()?, name: filled(line.name), date })
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
        for (bad, told) in [
            ("path,date\na.txt,30.3.2024\n", "row 1"),
            ("path,hots\na.txt,shop.example\n", "\"hots\""),
            ("host,name\nshop.example,Shop\n", "no column path"),
            ("path,host\na.txt,a shop\n", "no host"),
            ("path,host\na.txt,a.example\na.txt,b.example\n", "row 2"),
        ] {
            std::fs::write(&path, bad).unwrap();
            let error = read(&path).unwrap_err();
            assert!(error.code == Code::BadRecord && error.to_string().contains(told), "{error}");
        }
    }

    #[test]
    fn maps_are_read_as_spreadsheets_write_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.csv");
        std::fs::write(&path, b"path;host;name\r\nb\xe4der.txt;https://baeder.example/x;B\xe4der am See\r\n").unwrap();
        let map = read(&path).unwrap();
        let given = Given { host: Some("baeder.example".into()), name: Some("Bäder am See".into()), date: None };
        assert_eq!(map["bäder.txt"], given);
    }

    #[test]
    fn paths_are_found_in_any_normal_form_and_others_are_told() {
        let mut map: PlatformMap =
            ["b\u{e4}der.txt", "c.txt", "lost.txt"].map(|path| (path.to_owned(), Given::default())).into();
        let unknown = settle(&mut map, ["ba\u{308}der.txt", "c.txt", "d.txt"].into_iter());
        assert_eq!(unknown, ["lost.txt"]);
        assert!(map.contains_key("ba\u{308}der.txt") && map.contains_key("c.txt"));
    }
}
