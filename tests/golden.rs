//! Every sample under `corpus/` gives the canonical JSON that stands beside it: a folder with a document is a case.
//!
//! `POLINORM_ACCEPT=1 cargo test --test golden` writes what the program gives; read each change against its document before
//! you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use polinorm::document::PolicyDocument;
use polinorm::source::{Found, MediaType, walk};
use polinorm::{ExtractOptions, extract};
use similar::TextDiff;

/// Lines of the same text shown around a difference.
const CONTEXT: usize = 4;

#[test]
fn every_sample_gives_what_is_expected() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let cases = cases(&corpus);
    assert!(cases.len() >= 24, "only {} cases under {}", cases.len(), corpus.display());
    let accept = std::env::var_os("POLINORM_ACCEPT").is_some_and(|value| value == "1");
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case, accept).err()).collect();
    let (failed, all) = (failures.len(), cases.len());
    assert!(failures.is_empty(), "{failed} of {all} samples differ\n\n{}", failures.join("\n"));
}

/// A sample: a document alone in its folder, what is expected of it beside it.
struct Case {
    name: String,
    folder: PathBuf,
}

/// The folders that hold a document, by name.
fn cases(corpus: &Path) -> Vec<Case> {
    let found = walk(&[corpus.to_owned()]);
    assert!(found.errors.is_empty(), "{:?}", found.errors);
    let folder = |file: &Found| Some(Path::new(&file.key).parent()?.to_string_lossy().into_owned());
    let mut names: Vec<String> = found.files.iter().filter_map(folder).collect();
    names.dedup();
    names.into_iter().map(|name| Case { folder: corpus.join(&name), name }).collect()
}

fn check(case: &Case, accept: bool) -> Result<(), String> {
    let got = canonical(case).map_err(|why| format!("{}: {why}", case.name))?;
    let path = case.folder.join("expected.json");
    if accept {
        return fs::write(&path, got).map_err(|error| format!("{}: {error}", path.display()));
    }
    let expected = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if expected == got { Ok(()) } else { Err(difference(&case.name, &expected, &got)) }
}

/// The canonical document of a case, pretty-printed, with one line feed at its end.
fn canonical(case: &Case) -> Result<String, String> {
    let json = serde_json::to_string_pretty(&read(case)?).map_err(|error| error.to_string())?;
    Ok(json + "\n")
}

fn read(case: &Case) -> Result<PolicyDocument, String> {
    let [file] = &walk(std::slice::from_ref(&case.folder)).files[..] else {
        return Err("a case holds one document".to_owned());
    };
    if !file.key.starts_with("document.") || MediaType::of_ending(&file.key).is_none() {
        return Err(format!("{} is not called document", file.key));
    }
    let source = file.load().map_err(|error| error.to_string())?;
    extract(&source, &ExtractOptions::default()).map_err(|error| error.to_string())
}

fn difference(name: &str, expected: &str, got: &str) -> String {
    let (left, right) = (format!("{name}/expected.json"), "what the program gives");
    TextDiff::from_lines(expected, got).unified_diff().context_radius(CONTEXT).header(&left, right).to_string()
}
