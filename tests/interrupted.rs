//! A run that is killed leaves the dataset that was there or the one that it was to write, whole in either case.
//!
//! `POLINORM_KILLS=100 cargo test --test interrupted` kills more often than each run can afford.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

const PORTALS: usize = 12;

/// Kills of a run; every other one falls into the last tenth, where files are written and folders exchanged.
const KILLS: u32 = 12;

/// The files of a dataset, by name.
type Files = BTreeMap<String, Vec<u8>>;

fn policies(folder: &Path, duration: &str) {
    fs::create_dir(folder).unwrap();
    for portal in 0..PORTALS {
        let rows: String =
            (0..12).map(|row| format!("_id{row}\tcounts the visits of page {row}\t{duration}\n")).collect();
        let text = format!(
            "Cookie policy\n\nThis is the policy of https://portal{portal}.example/\n\nName\tPurpose\tDuration\n{rows}"
        );
        fs::write(folder.join(format!("{portal:02}.txt")), text).unwrap();
    }
}

fn extract(at: &Path, folder: &str) -> Command {
    let mut command = Command::new(cargo_bin!("polinorm"));
    command.args(["extract", folder, "-o", "out", "--quiet", "--jobs", "1"]).current_dir(at).stderr(Stdio::null());
    command
}

/// Runs to the end: what is written, and how long it took.
fn whole(at: &Path, folder: &str) -> (Files, Duration) {
    let begun = Instant::now();
    assert!(extract(at, folder).status().unwrap().success());
    let took = begun.elapsed();
    (files(&at.join("out")), took)
}

fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_run_that_is_killed_leaves_one_dataset_whole() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    policies(&at.join("b"), "2 years");
    let (a, _) = whole(at, "a");
    let (b, took) = whole(at, "b");
    assert!(a != b && a.len() > 5);
    let kills = std::env::var("POLINORM_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(KILLS);
    let mut killed = 0;
    for number in 0..kills {
        let other = if files(&at.join("out")) == a { "b" } else { "a" };
        let mut child = extract(at, other).spawn().unwrap();
        thread::sleep(took.mul_f64(instant(number)));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let left = files(&at.join("out"));
        assert!(left == a || left == b, "kill {number} left neither dataset: {:?}", left.keys());
    }
    assert!(killed * 3 > kills, "only {killed} of {kills} runs were killed before they ended");
    assert_eq!(whole(at, "a").0, a);
    let beside = files_beside(at);
    assert_eq!(beside, ["a", "b", "out"], "the next run clears away what a killed one left");
}

/// When to kill, as a share of a whole run: spread evenly, every other one over the last tenth and a little beyond.
fn instant(number: u32) -> f64 {
    // The golden ratio spreads any number of instants.
    let spread = (f64::from(number) * 0.618_033_988_75).fract();
    if number.is_multiple_of(2) { spread } else { 0.9 + spread * 0.12 }
}

fn files_beside(at: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(at).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
