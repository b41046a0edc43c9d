//! The accuracy gate: what is read from labelled documents never gets worse. The documents are no part of this repository; where
//! they are not at hand (`POLINORM_EVAL`, else the folder `shared/eval` beside the repository) the gate is skipped and says so.
//!
//! `gold-floors.toml` holds a floor for each figure of `score.py` (a ceiling for what should be low) and the hash of the labels
//! that they were reached on. `POLINORM_ACCEPT=1 cargo test --test gold` raises floors to what is reached; only
//! `POLINORM_LOWER_FLOORS=1` lowers them, or takes the labels for new ones.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

const FLOORS: &str = "tests/gold-floors.toml";

/// The set that is part of this repository; it is scored with the same script as the others.
const OWN: &str = "tests/labelled";

/// Sizes of the set and of the output: they say nothing of accuracy.
const SIZES: &[&str] = &["documents", "gold_rows", "given_rows", "negatives"];

/// Floors are written to this many places, so that a rounding in the score is no failure.
const PLACES: i32 = 3;

/// The file of floors.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    seeds: Gate,
    dev: Gate,
    /// Policies that we wrote ourselves, as real sites publish theirs in 74 languages.
    own: Gate,
}

/// What must be reached on a set of documents.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Gate {
    /// Hash of the labels that the floors were reached on.
    labels: String,
    floors: BTreeMap<String, f64>,
    ceilings: BTreeMap<String, f64>,
}

type Figures = BTreeMap<String, f64>;

#[test]
fn no_figure_falls_below_its_floor() {
    let Some(folder) = given::labelled("the accuracy gate") else { return };
    if Command::new("python3").arg("--version").output().is_err() {
        return given::skip("the accuracy gate: python3 is not there to score with");
    }
    let held: Floors = toml::from_str(&fs::read_to_string(given::here(FLOORS)).unwrap()).unwrap();
    let set = |name: &str| folder.join(name);
    let reached = Floors {
        seeds: judge(&folder, &set("seeds"), &held.seeds),
        dev: judge(&folder, &set("dev"), &held.dev),
        own: judge(&folder, &given::here(OWN), &held.own),
    };
    if reached != held {
        fs::write(given::here(FLOORS), written(&reached)).unwrap();
    }
}

/// Measures a set; gives the gate as it is to be from now on.
///
/// # Panics
/// Where a figure is worse than its floor, or the labels are not those of the floors.
fn judge(folder: &Path, set: &Path, gate: &Gate) -> Gate {
    let labels = hash(set);
    let name = set.display();
    let lowers = given::is_set("POLINORM_LOWER_FLOORS");
    assert!(
        labels == gate.labels || lowers,
        "the labels of {name} have changed: their hash is {labels}, the floors were reached on {}.\nRead what changed, then \
         POLINORM_LOWER_FLOORS=1 cargo test --test gold",
        gate.labels
    );
    let figures = score(folder, set);
    let next = if lowers { gate_of(&figures, labels) } else { gate.clone() };
    let faults = faults(&figures, &next);
    assert!(
        faults.is_empty(),
        "{name}: worse than {FLOORS} allows:\n{}\nA change that costs accuracy and is right all the same is accepted with \
         POLINORM_LOWER_FLOORS=1 cargo test --test gold",
        faults.join("\n")
    );
    if given::accepts() && !lowers { raised(&next, &gate_of(&figures, next.labels.clone())) } else { next }
}

/// The figures that `score.py` gives for what extraction makes of a set.
fn score(folder: &Path, set: &Path) -> Figures {
    let written = tempfile::NamedTempFile::new().unwrap();
    let documents = given::documents(&given::sources(set));
    let lines: String = documents.iter().map(|document| serde_json::to_string(document).unwrap() + "\n").collect();
    fs::write(written.path(), lines).unwrap();
    let mut python = Command::new("python3");
    // No compiled scripts are left in a folder that is not ours.
    python.arg("-B").arg(folder.join("score.py")).arg(set).arg(written.path()).arg("--json");
    let output = python.output().unwrap();
    assert!(output.status.success(), "score.py: {}", String::from_utf8_lossy(&output.stderr));
    let figures: BTreeMap<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
    figures.into_iter().filter_map(|(name, value)| Some((name, value.as_f64()?))).collect()
}

/// The hash of the labels under a folder: of their relative names and their bytes, in order.
fn hash(folder: &Path) -> String {
    let mut files = Vec::new();
    gather(folder, &mut files);
    let mut names: Vec<_> =
        files.iter().map(|path| (path.strip_prefix(folder).unwrap().to_str().unwrap(), path)).collect();
    names.sort();
    let mut hasher = blake3::Hasher::new();
    for (name, path) in names {
        let bytes = fs::read(path).unwrap();
        hasher.update(name.as_bytes()).update(b"\0").update(&(bytes.len() as u64).to_le_bytes()).update(&bytes);
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.to_str().is_some_and(|name| name.ends_with(".gold.json")) {
            files.push(path);
        }
    }
}

/// True for figures that should be low.
fn is_ceiling(name: &str) -> bool {
    ["negatives.false_rows", "unreadable.given", "missing_documents"].contains(&name) || name.ends_with("_invented")
}

/// The gate that the figures just pass.
fn gate_of(figures: &Figures, labels: String) -> Gate {
    let scale = 10_f64.powi(PLACES);
    let mut gate = Gate { labels, ..Gate::default() };
    for (name, value) in figures.iter().filter(|(name, _)| !SIZES.contains(&name.as_str())) {
        // The figures have four places: what is lost in multiplying is put right before rounding.
        let scaled = (value * scale * 10.0).round() / 10.0;
        match is_ceiling(name) {
            true => gate.ceilings.insert(name.clone(), scaled.ceil() / scale),
            false => gate.floors.insert(name.clone(), scaled.floor() / scale),
        };
    }
    gate
}

/// The stricter of two gates, figure by figure.
fn raised(held: &Gate, reached: &Gate) -> Gate {
    let mut gate = reached.clone();
    for (name, floor) in &held.floors {
        gate.floors.entry(name.clone()).and_modify(|value| *value = value.max(*floor)).or_insert(*floor);
    }
    for (name, ceiling) in &held.ceilings {
        gate.ceilings.entry(name.clone()).and_modify(|value| *value = value.min(*ceiling)).or_insert(*ceiling);
    }
    gate
}

/// What the figures fail, a line each. A figure without a floor fails too: it would be held to nothing.
fn faults(figures: &Figures, gate: &Gate) -> Vec<String> {
    let of = |name: &str| figures.get(name).copied();
    let said = |name: &str| of(name).map_or("no figure".to_owned(), |value| value.to_string());
    let low = gate.floors.iter().filter(|(name, floor)| of(name).is_none_or(|value| value < **floor));
    let low = low.map(|(name, floor)| format!("  {name}: {} is below {floor}", said(name)));
    let high = gate.ceilings.iter().filter(|(name, ceiling)| of(name).is_none_or(|value| value > **ceiling));
    let high = high.map(|(name, ceiling)| format!("  {name}: {} is above {ceiling}", said(name)));
    let held = |name: &str| SIZES.contains(&name) || gate.floors.contains_key(name) || gate.ceilings.contains_key(name);
    let free = figures.keys().filter(|name| !held(name));
    let free = free.map(|name| format!("  {name}: has no floor (POLINORM_ACCEPT=1 gives it one)"));
    low.chain(high).chain(free.filter(|_| !given::accepts())).collect()
}

fn written(floors: &Floors) -> String {
    let mut out = "# What must be reached on labelled documents; tests/gold.rs says how it is changed.\n".to_owned();
    for (set, gate) in [("seeds", &floors.seeds), ("dev", &floors.dev), ("own", &floors.own)] {
        writeln!(out, "\n[{set}]\nlabels = \"{}\"", gate.labels).unwrap();
        for (part, figures) in [("floors", &gate.floors), ("ceilings", &gate.ceilings)] {
            writeln!(out, "\n[{set}.{part}]").unwrap();
            figures.iter().for_each(|(name, value)| writeln!(out, "{name:?} = {value:?}").unwrap());
        }
    }
    out
}

#[test]
fn a_gate_holds_what_it_was_made_of_and_nothing_worse() {
    let figures =
        |f1: f64, invented: f64| Figures::from([("rows.f1".into(), f1), ("fields.x_invented".into(), invented)]);
    let gate = gate_of(&figures(0.8129, 0.0301), "hash".into());
    assert_eq!((gate.floors["rows.f1"], gate.ceilings["fields.x_invented"]), (0.812, 0.031));
    assert!(faults(&figures(0.8129, 0.0301), &gate).is_empty());
    assert_eq!(faults(&figures(0.8119, 0.0311), &gate).len(), 2);
    let better = raised(&gate, &gate_of(&figures(0.9, 0.5), "hash".into()));
    assert_eq!((better.floors["rows.f1"], better.ceilings["fields.x_invented"]), (0.9, 0.031));
    let floors = Floors { seeds: gate.clone(), dev: better.clone(), own: better };
    assert_eq!(toml::from_str::<Floors>(&written(&floors)).unwrap(), floors);
}
