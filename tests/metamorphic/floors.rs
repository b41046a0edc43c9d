//! The floors in `metamorphic-floors.toml`: no shape and no language gives less than it has given.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde::Deserialize;

use crate::given;
use crate::tally::{Tallies, Tally};

const FLOORS: &str = "tests/metamorphic-floors.toml";
/// Floors are written to this many places, rounded down.
const SCALE: f64 = 1000.0;

/// A floor for each figure of each shape or language.
type Gate = BTreeMap<String, BTreeMap<String, f64>>;

/// The file of floors.
#[derive(Debug, Default, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    shapes: Gate,
    languages: Gate,
}

/// Writes what may be raised.
///
/// # Panics
/// Where a figure is below its floor, or has none.
pub fn hold(tallies: &Tallies) {
    let held: Floors = fs::read_to_string(given::here(FLOORS)).map_or_else(
        |_| Floors::default(),
        |text| toml::from_str(&text).unwrap_or_else(|error| panic!("{FLOORS}: {error}")),
    );
    let reached = Floors { shapes: gate(&tallies.shapes), languages: gate(&tallies.languages) };
    let lowers = given::is_set("POLINORM_LOWER_FLOORS");
    let next = match lowers {
        true => reached.clone(),
        false if given::accepts() => raised(&held, &reached),
        false => held.clone(),
    };
    let faults: Vec<String> =
        [faults(&next.shapes, &reached.shapes), faults(&next.languages, &reached.languages)].concat();
    assert!(
        faults.is_empty(),
        "worse than {FLOORS} allows:\n{}\nPOLINORM_KEEP=DIR shows the documents; POLINORM_ACCEPT=1 gives new shapes a floor; a change that \
         costs something and is right all the same is accepted with POLINORM_LOWER_FLOORS=1",
        faults.join("\n")
    );
    if next != held {
        fs::write(given::here(FLOORS), written(&next)).unwrap();
    }
}

fn gate(tallies: &BTreeMap<&'static str, Tally>) -> Gate {
    let floor = |(name, value): (&str, f64)| (name.to_owned(), (value * SCALE).floor() / SCALE);
    let floors = |tally: &Tally| tally.figures().into_iter().map(floor).collect();
    tallies.iter().map(|(name, tally)| ((*name).to_owned(), floors(tally))).collect()
}

fn raised(held: &Floors, reached: &Floors) -> Floors {
    let gate = |held: &Gate, reached: &Gate| {
        let mut gate = reached.clone();
        for (name, floors) in &mut gate {
            for (figure, value) in floors {
                *value = value.max(held.get(name).and_then(|floors| floors.get(figure)).copied().unwrap_or(0.0));
            }
        }
        gate
    };
    Floors { shapes: gate(&held.shapes, &reached.shapes), languages: gate(&held.languages, &reached.languages) }
}

/// What is below its floor or has none, a line each. A floor of what is no more is a fault too.
fn faults(held: &Gate, reached: &Gate) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, figures) in reached {
        for (figure, value) in figures {
            match held.get(name).and_then(|floors| floors.get(figure)) {
                Some(floor) if value >= floor => {}
                Some(floor) => faults.push(format!("  {name}: {figure} {value} is below {floor}")),
                None => faults.push(format!("  {name}: {figure} {value} has no floor")),
            }
        }
    }
    faults.extend(held.keys().filter(|name| !reached.contains_key(*name)).map(|name| format!("  {name}: is no more")));
    faults
}

fn written(floors: &Floors) -> String {
    let mut out = "# What must come back; tests/metamorphic/main.rs says how it is changed.\n".to_owned();
    for (part, gate) in [("shapes", &floors.shapes), ("languages", &floors.languages)] {
        writeln!(out, "\n[{part}]").unwrap();
        for (name, figures) in gate {
            let figures: Vec<String> = figures.iter().map(|(figure, value)| format!("{figure} = {value:?}")).collect();
            writeln!(out, "{name} = {{ {} }}", figures.join(", ")).unwrap();
        }
    }
    out
}

#[test]
fn a_gate_fails_what_is_worse_and_what_has_no_floor() {
    let gate = |value: f64| Gate::from([("shape".to_owned(), BTreeMap::from([("whole".to_owned(), value)]))]);
    assert!(faults(&gate(0.5), &gate(0.5)).is_empty());
    assert_eq!(faults(&gate(0.5), &gate(0.499)).len(), 1);
    assert_eq!(faults(&Gate::new(), &gate(0.9)).len(), 1);
    assert_eq!(faults(&gate(0.9), &Gate::new()).len(), 1);
    let floors = Floors { shapes: gate(0.25), languages: gate(0.75) };
    assert_eq!(toml::from_str::<Floors>(&written(&floors)).unwrap(), floors);
    assert_eq!(raised(&floors, &Floors { shapes: gate(0.5), languages: gate(0.5) }).shapes, gate(0.5));
    assert_eq!(raised(&floors, &Floors { shapes: gate(0.5), languages: gate(0.5) }).languages, gate(0.75));
}
