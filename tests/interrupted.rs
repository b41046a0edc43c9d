//! A run that is killed leaves the dataset that was there or the one that it was to write, whole in either case. What a run has
//! understood, killed or not, the next one need not understand again, and its bytes are those of a run from nothing. A full disk and a
//! folder that vanishes are told once, and the old dataset stays.
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

const PORTALS: usize = 48;

/// Kills of a run; every other one falls into the last tenth, where files are written and folders exchanged.
const KILLS: u32 = 12;

/// Bytes that no record of these documents in the cache reaches.
const MAX_DOCUMENT: u64 = 16 << 10;

/// What a run keeps for the next one.
const CACHE: &str = ".out.polinorm-cache";

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
    let (b, _) = whole(at, "b");
    // From now on all documents are known from an earlier run.
    let mut took = whole(at, "a").1;
    assert!(a != b && a.len() > 5);
    let kills = std::env::var("POLINORM_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(KILLS);
    let (mut killed, mut begun) = (0, 0);
    while killed < kills {
        let other = if files(&at.join("out")) == a { "b" } else { "a" };
        let mut child = extract(at, other).spawn().unwrap();
        thread::sleep(took.mul_f64(instant(killed)));
        match child.try_wait().unwrap() {
            None => killed += 1,
            // The run that was timed had less of the machine than this one.
            Some(_) => took = took.mul_f64(0.9),
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = files(&at.join("out"));
        assert!(left == a || left == b, "kill {killed} left neither dataset: {:?}", left.keys());
        begun += 1;
        assert!(begun <= 10 * kills, "only {killed} of {begun} runs were killed before they ended");
    }
    assert_eq!(whole(at, "a").0, a);
    let beside = files_beside(at);
    assert_eq!(beside, [CACHE, "a", "b", "out"], "the next run clears away what a killed one left");
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

/// What a run from nothing gives, and the cache that was there stays.
fn anew(at: &Path, folder: &str) -> Files {
    let mut command = Command::new(cargo_bin!("polinorm"));
    command.args(["extract", folder, "-o", "anew", "--quiet", "--no-cache"]).current_dir(at);
    assert!(command.status().unwrap().success());
    assert!(!at.join(".anew.polinorm-cache").exists(), "nothing is kept");
    files(&at.join("anew"))
}

/// Runs to the end: what is written, and how many documents an earlier run had understood.
fn again(at: &Path, folder: &str) -> (Files, usize) {
    let mut command = Command::new(cargo_bin!("polinorm"));
    let output = command.args(["extract", folder, "-o", "out"]).current_dir(at).output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    let line = told.lines().find(|line| line.ends_with("known from an earlier run"));
    let known = line.map_or(0, |line| line.split_whitespace().next().unwrap().parse().unwrap());
    (files(&at.join("out")), known)
}

#[test]
fn what_changed_alone_is_understood_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    let (first, known) = again(at, "a");
    assert_eq!(known, 0);
    assert!(again(at, "a") == (first.clone(), PORTALS));

    let text = fs::read_to_string(at.join("a/03.txt")).unwrap();
    fs::write(at.join("a/03.txt"), text.replace("1 year", "2 years")).unwrap();
    fs::write(at.join("a/99.txt"), text).unwrap();
    fs::remove_file(at.join("a/05.txt")).unwrap();
    let (second, known) = again(at, "a");
    assert_eq!(known, PORTALS - 2, "all but the changed, the removed and the new one");
    assert!(second != first && second == anew(at, "a"));
}

#[test]
fn a_cache_of_what_is_no_more_is_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    whole(at, "a");
    let kept = fs::metadata(at.join(CACHE)).unwrap().len();
    (2..PORTALS).for_each(|portal| fs::remove_file(at.join(format!("a/{portal:02}.txt"))).unwrap());
    let (fewer, _) = whole(at, "a");
    assert!(fs::metadata(at.join(CACHE)).unwrap().len() * 3 < kept);
    assert!(whole(at, "a").0 == fewer && fewer == anew(at, "a"));
}

#[test]
fn what_is_said_of_documents_otherwise_is_no_longer_known() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    let (without, _) = again(at, "a");
    fs::write(at.join("map.csv"), "path,host\n03.txt,given.example\n").unwrap();
    let mapped = |output: &str| {
        let mut command = Command::new(cargo_bin!("polinorm"));
        command.args(["extract", "a", "-o", output, "--quiet", "--platforms", "map.csv"]).current_dir(at);
        assert!(command.status().unwrap().success());
        files(&at.join(output))
    };
    let with = mapped("out");
    assert!(with != without && with == mapped("other"));
    assert!(again(at, "a") == (without, PORTALS));
}

#[test]
fn a_damaged_cache_is_no_error_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    let (expected, _) = whole(at, "a");
    let kept = fs::read(at.join(CACHE)).unwrap();
    for step in 0..6 {
        let mut damaged = kept.clone();
        let place = kept.len() * step / 6 + step * 5;
        damaged[place] ^= 0x55;
        fs::write(at.join(CACHE), &damaged).unwrap();
        assert!(whole(at, "a").0 == expected, "byte {place} was another");
    }
    for damaged in [&kept[..kept.len() / 2 + 7], b"", b"no cache at all, but something that stands here"] {
        fs::write(at.join(CACHE), damaged).unwrap();
        assert!(whole(at, "a").0 == expected);
    }
}

#[test]
fn the_work_of_a_killed_run_is_picked_up() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    let (expected, _) = whole(at, "a");
    let size = || fs::metadata(at.join(CACHE)).map_or(0, |cache| cache.len());
    let full = size();
    let mut picked_up = 0;
    for number in 0..KILLS {
        fs::remove_file(at.join(CACHE)).unwrap();
        let mut child = extract(at, "a").spawn().unwrap();
        // Killed as soon as so much is understood.
        while size() <= full * u64::from(number) / u64::from(KILLS) && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(500));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = size();
        let (found, known) = again(at, "a");
        assert!(found == expected, "after kill {number} other bytes are written");
        assert!(known > 0 || left < MAX_DOCUMENT, "{left} bytes were left and none was picked up");
        picked_up += u32::from(known > 0 && known < PORTALS);
    }
    assert!(picked_up > 0, "no run was killed in the middle");
}

/// What is told where a run fails: one line, and the dataset that was there stays.
fn told_once(at: &Path, output: &std::process::Output, old: &Files) -> String {
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!((output.status.code(), told.lines().count()), (Some(2), 1), "{told}");
    assert!(files(&at.join("out")) == *old, "the old dataset stays");
    assert!(files_beside(at).iter().all(|name| !name.ends_with("-new")), "{:?}", files_beside(at));
    told
}

#[test]
fn a_folder_that_vanishes_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    let (old, _) = whole(at, "a");
    let fails = |_: &u32| {
        fs::remove_file(at.join(CACHE)).unwrap();
        let mut child = extract(at, "a").stderr(Stdio::piped()).spawn().unwrap();
        let kept = || fs::metadata(at.join(CACHE)).map_or(0, |cache| cache.len());
        while kept() == 0 && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(200));
        }
        fs::rename(at.join("a"), at.join("moved")).unwrap();
        let output = child.wait_with_output().unwrap();
        fs::rename(at.join("moved"), at.join("a")).unwrap();
        // A run that had read all files by then is none of those that are asked for.
        (!output.status.success()).then_some(output)
    };
    let output = (0..50).find_map(|attempt| fails(&attempt)).expect("the folder always vanished too late");
    let told = told_once(at, &output, &old);
    assert!(told.starts_with("polinorm: a: ") && told.contains("it vanished while it was read"), "{told}");
    let (again, known) = again(at, "a");
    assert!(again == old && known > 0, "what was understood before is picked up");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    policies(&at.join("a"), "1 year");
    policies(&at.join("b"), "6 months");
    let (old, _) = whole(at, "a");
    // No file may pass a size, which fails as a full disk does: `ulimit` counts half kibibytes.
    let limited = |half_kibibytes: u32| {
        let script = format!("trap '' XFSZ; ulimit -f {half_kibibytes}; exec \"$0\" extract b -o out -q");
        let program = cargo_bin!("polinorm");
        Command::new("sh").args(["-c", &script]).arg(program).current_dir(at).output().unwrap()
    };
    let told = told_once(at, &limited(8), &old);
    assert!(told.starts_with("polinorm: out: ") && told.contains("has space left"), "{told}");
    // All documents are known from now on, and the largest file that is written is that of the dataset.
    let (new, _) = whole(at, "b");
    assert!(whole(at, "a").0 == old);
    let told = told_once(at, &limited((new["documents.ndjson"].len() / 512 - 1) as u32), &old);
    assert!(told.contains("documents.ndjson: "), "{told}");
    assert!(whole(at, "b").0 == new, "once there is room again");
}
