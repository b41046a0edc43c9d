//! Writes what was tried to the folder `POLINORM_KEEP`, to be looked at: each document, the rows expected of it and the rows
//! given, and one list of all that failed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Trial;

/// Keeps the trials where a folder is named.
pub fn keep(trials: &[Trial]) {
    let Some(folder) = std::env::var_os("POLINORM_KEEP").map(PathBuf::from) else { return };
    let mut failures = String::new();
    for trial in trials {
        let stem = format!("{}/{}-{}", trial.shape.name, trial.language.code, trial.number);
        write(&folder, &format!("{stem}.{}", trial.shape.ending), &trial.text);
        write(&folder, &format!("{stem}.expected.json"), &lines(&trial.verdict.wanted));
        write(&folder, &format!("{stem}.given.json"), &lines(&trial.verdict.got));
        for fault in &trial.verdict.faults {
            failures += &format!("{stem}.{}: {fault}\n", trial.shape.ending);
        }
    }
    write(&folder, "failures.txt", &failures);
}

fn lines(rows: &[serde_json::Value]) -> String {
    rows.iter().map(|row| row.to_string() + "\n").collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
