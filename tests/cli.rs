//! The program as a user meets it: each file of `tests/cli` is a case, and what a file cannot hold is below.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;
use serde::Deserialize;
use tempfile::TempDir;

/// A case: files, the arguments of a run among them, what must come of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    code: i32,
    /// Each must stand on standard output.
    #[serde(default)]
    stdout: Vec<String>,
    /// Each must stand on standard error.
    #[serde(default)]
    stderr: Vec<String>,
    /// Nothing may stand on standard error.
    #[serde(default)]
    silent: bool,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

const POLICY: &str = "Cookie policy\n\nThis is the cookie policy of our website https://shop.example.com/\n\nCookies we use\n\nName\tPurpose\tDuration\n\
                      sid\tKeeps you logged in while you move from page to page\tSession\n\
                      lang\tRemembers the language that you chose\t1 year\n";

/// A PDF of one page on which nothing stands.
const EMPTY_PAGE: &[u8] = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
                            3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n";

fn polinorm(folder: &Path, args: &[&str]) -> Output {
    let output = Command::new(cargo_bin!("polinorm")).args(args).current_dir(folder).output().unwrap();
    let told = text(&output.stderr);
    assert!(!told.contains("panicked") && !told.contains("RUST_BACKTRACE"), "{told}");
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

#[test]
fn cases() {
    let mut count = 0;
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli")).unwrap() {
        let path = entry.unwrap().path();
        let case: Case = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        check(path.file_stem().unwrap().to_str().unwrap(), &case);
        count += 1;
    }
    assert!(count > 20, "the cases were not found");
}

fn check(name: &str, case: &Case) {
    let files: Vec<_> = case.files.iter().map(|(path, content)| (path.as_str(), content.as_bytes())).collect();
    let folder = folder(&files);
    let args: Vec<_> = case.args.iter().map(String::as_str).collect();
    let output = polinorm(folder.path(), &args);
    let (printed, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(code(&output), case.code, "{name}: exit code\n{printed}\n{told}");
    for wanted in &case.stdout {
        assert!(printed.contains(wanted), "{name}: {wanted:?} is not on standard output:\n{printed}");
    }
    for wanted in &case.stderr {
        assert!(told.contains(wanted), "{name}: {wanted:?} is not on standard error:\n{told}");
    }
    assert!(!case.silent || told.is_empty(), "{name}: {told}");
}

#[test]
fn any_number_of_threads_and_any_order_of_paths_gives_the_same_bytes() {
    let pages: Vec<_> = (0..40).map(|i| (format!("in/{i}.txt"), POLICY.replace("shop", &format!("shop{i}")))).collect();
    let files: Vec<_> = pages.iter().map(|(path, page)| (path.as_str(), page.as_bytes())).collect();
    let folder = folder(&files);
    let one = polinorm(folder.path(), &["extract", "in", "--jobs", "1"]);
    let mut turned: Vec<_> = files.iter().map(|(path, _)| *path).rev().collect();
    turned.splice(0..0, ["extract", "--jobs", "7"]);
    assert_eq!(one.stdout, polinorm(folder.path(), &turned).stdout);
    assert_eq!(text(&one.stdout).lines().count(), 40);
    for (jobs, out) in [("1", "x"), ("5", "y")] {
        assert_eq!(code(&polinorm(folder.path(), &["extract", "in", "-o", out, "--jobs", jobs])), 0);
    }
    for file in fs::read_dir(folder.path().join("x")).unwrap() {
        let name = file.unwrap().file_name();
        let of = |dataset: &str| fs::read(folder.path().join(dataset).join(&name)).unwrap();
        assert_eq!(of("x"), of("y"), "{name:?}");
    }
}

#[test]
fn a_dataset_is_read_by_the_other_commands() {
    let other = POLICY.replace("shop", "other").replace("1 year", "2 years");
    let folder = folder(&[("in/a.txt", POLICY.as_bytes()), ("in/b.txt", other.as_bytes())]);
    let at = folder.path();
    let made = polinorm(at, &["extract", "in", "-o", "out"]);
    assert_eq!(code(&made), 0);
    let summary = text(&made.stderr);
    assert!(summary.contains("% of the text is boilerplate") && summary.contains("written to out"), "{summary}");
    let compared = polinorm(at, &["diff", "--in", "out", "shop.example.com", "b.txt"]);
    assert_eq!(
        (code(&compared), text(&compared.stdout).contains("duration: 1 year → 2 years")),
        (1, true),
        "{compared:?}"
    );
    assert_eq!(code(&polinorm(at, &["diff", "--in", "out", "shop.example.com", "none.example.com"])), 2);
    let restored = text(&polinorm(at, &["restore", "out", "a.txt"]).stdout);
    assert!(restored.contains("Keeps you logged in") && restored.contains("https://shop.example.com/"), "{restored}");
    assert_eq!(code(&polinorm(at, &["restore", "out", "c.txt"])), 2);
    let flagged = polinorm(at, &["flags", "out", "--format", "ndjson", "--rule", "missing-date"]);
    let ids: Vec<serde_json::Value> =
        text(&flagged.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(ids.len(), 2);
    let listed = polinorm(at, &["flags", "out", "--format", "allow", "--rule", "missing-date"]);
    fs::write(at.join("known.toml"), listed.stdout).unwrap();
    let rest = polinorm(at, &["flags", "out", "--rule", "missing-date", "--allow", "known.toml", "--strict"]);
    assert_eq!((code(&rest), rest.stdout.is_empty()), (0, true), "{rest:?}");
    let flags = polinorm(at, &["flags", "out", "--format", "ndjson"]);
    assert_eq!(flags.stdout, fs::read(at.join("out/flags.ndjson")).unwrap(), "flags of what was written earlier");
}

#[test]
fn a_dataset_becomes_a_report_and_what_other_tools_read() {
    let odd = POLICY.replace("shop", "other").replace("Keeps you", "=Keeps you");
    let folder = folder(&[("in/a.txt", POLICY.as_bytes()), ("in/b.txt", odd.as_bytes())]);
    let at = folder.path();
    assert_eq!(code(&polinorm(at, &["extract", "in", "-o", "out", "-q"])), 0);
    let report = || {
        assert_eq!(code(&polinorm(at, &["report", "out", "-o", "report.html", "--title", "Shops & others"])), 0);
        fs::read_to_string(at.join("report.html")).unwrap()
    };
    let page = report();
    assert!(page.contains("<h1>Shops &amp; others</h1>") && page.contains("other.example.com"), "{page}");
    assert!(page == report() && page == text(&polinorm(at, &["report", "out", "--title", "Shops & others"]).stdout));
    let unwritable = polinorm(at, &["report", "out", "-o", "none/report.html"]);
    assert!(code(&unwritable) == 2 && text(&unwritable.stderr).contains("none/report.html: "), "{unwritable:?}");
    let export = |args: &[&str]| text(&polinorm(at, &[&["export", "out", "--to"], args].concat()).stdout);
    let lines = export(&["ndjson"]);
    assert!(lines.lines().count() == 2 && lines.contains("Remembers the language") && !lines.contains("\"text\":null"));
    assert!(export(&["csv"]).contains(",'=Keeps you") && export(&["csv", "--raw-formulas"]).contains(",=Keeps you"));
    assert!(export(&["markdown"]).contains("# other.example.com\n\nb.txt"));
    assert!(export(&["sarif", "--path-prefix", "policies/"]).contains("\"uri\":\"policies/b.txt\""));
    let entries: Vec<_> = fs::read_dir(at).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(entries.len(), 4, "what was made, what it was made of and the cache: {entries:?}");
}

#[test]
fn a_pipe_that_nobody_reads_is_no_error() {
    let pages: Vec<_> = (0..200).map(|i| (format!("in/{i}.txt"), POLICY.repeat(5))).collect();
    let files: Vec<_> = pages.iter().map(|(path, page)| (path.as_str(), page.as_bytes())).collect();
    let folder = folder(&files);
    let mut command = Command::new(cargo_bin!("polinorm"));
    command.args(["extract", "in"]).current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), text(&output.stderr)), (0, String::new()));
}

#[test]
fn a_verdict_holds_however_much_of_it_is_read() {
    let folder = folder(&[("a.txt", POLICY.as_bytes()), ("b.txt", POLICY.replace("1 year", "5 years").as_bytes())]);
    for args in [&["flags", "a.txt", "b.txt", "--strict"][..], &["diff", "a.txt", "b.txt"]] {
        let mut command = Command::new(cargo_bin!("polinorm"));
        command.args(args).current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), text(&output.stderr)), (1, String::new()), "{args:?}");
    }
}

#[test]
fn datasets_and_policies_are_flagged_beside_one_another() {
    let undated = |host: &str| POLICY.replace("shop.example.com", host);
    let folder =
        folder(&[("in/a.txt", undated("one.example").as_bytes()), ("b.txt", undated("two.example").as_bytes())]);
    assert_eq!(code(&polinorm(folder.path(), &["extract", "in", "-o", "set", "-q"])), 0);
    let flags = |args: &[&str]| text(&polinorm(folder.path(), &[&["flags"], args].concat()).stdout);
    let (of_set, of_policy) = (flags(&["set"]), flags(&["b.txt"]));
    assert!(of_set.contains("a.txt") && of_policy.contains("b.txt"));
    assert_eq!(flags(&["b.txt", "set"]), format!("{of_set}{of_policy}"));
    let refused = polinorm(folder.path(), &["extract", "in", "set"]);
    assert!(code(&refused) == 2 && text(&refused.stderr).contains("set: it is a dataset"), "{refused:?}");
    let map = polinorm(folder.path(), &["flags", "set", "--platforms", "none.csv"]);
    assert!(code(&map) == 2 && text(&map.stderr).contains("--platforms"), "{map:?}");
}

#[test]
fn crawls_of_the_same_sites_are_told_apart_by_their_datasets() {
    let folder =
        folder(&[("may/a.txt", POLICY.as_bytes()), ("june/a.txt", POLICY.replace("1 year", "5 years").as_bytes())]);
    for month in ["may", "june"] {
        assert_eq!(code(&polinorm(folder.path(), &["extract", month, "-o", &format!("{month}-set"), "-q"])), 0);
    }
    let alone = polinorm(folder.path(), &["merge", "may-set", "june-set", "-o", "all", "-q"]);
    assert!(code(&alone) == 2 && text(&alone.stderr).contains("--prefix"), "{alone:?}");
    let merged = polinorm(folder.path(), &["merge", "may-set", "june-set", "-o", "all", "-q", "--prefix"]);
    assert_eq!(code(&merged), 0, "{merged:?}");
    for month in ["may", "june"] {
        let restored = polinorm(folder.path(), &["restore", "all", &format!("{month}-set/a.txt")]);
        assert!(text(&restored.stdout).contains(if month == "may" { "1 year" } else { "5 years" }), "{restored:?}");
    }
}

#[test]
fn what_a_map_says_of_a_path_in_another_normal_form_is_heeded_in_each_run() {
    let folder = folder(&[("in/ba\u{308}der.txt", POLICY.as_bytes())]);
    for host in ["one.example", "two.example"] {
        fs::write(folder.path().join("map.csv"), format!("path,host\nb\u{e4}der.txt,{host}\n")).unwrap();
        let output = polinorm(folder.path(), &["extract", "in", "-o", "set", "-q", "--platforms", "map.csv"]);
        assert_eq!((code(&output), text(&output.stderr)), (0, String::new()));
        let documents = fs::read_to_string(folder.path().join("set/documents.ndjson")).unwrap();
        assert!(documents.contains(&format!("\"host\":\"{host}\"")), "{host}: {documents}");
    }
}

#[test]
fn pages_of_our_own_are_no_policies() {
    let folder = folder(&[("in/a.txt", POLICY.as_bytes())]);
    assert_eq!(code(&polinorm(folder.path(), &["extract", "in", "-o", "set", "-q"])), 0);
    assert_eq!(code(&polinorm(folder.path(), &["report", "set", "-o", "in/report.html"])), 0);
    let again = polinorm(folder.path(), &["extract", "in"]);
    assert_eq!((code(&again), text(&again.stdout).lines().count()), (0, 1));
    assert!(text(&again.stderr).contains("1 file of other kinds passed over"), "{again:?}");
    let named = polinorm(folder.path(), &["extract", "in/report.html"]);
    assert!(text(&named.stderr).contains("that polinorm wrote"), "{named:?}");
    let within = polinorm(folder.path(), &["report", "set", "-o", "set/report.html"]);
    assert!(
        code(&within) == 2 && text(&within.stderr).contains("a dataset holds nothing but its own files"),
        "{within:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn standard_input_and_pipes_are_read() {
    use std::io::Write;
    let folder = folder(&[("a.txt", POLICY.as_bytes())]);
    for path in ["-", "/dev/stdin"] {
        let mut command = Command::new(cargo_bin!("polinorm"));
        command.args(["diff", path, "a.txt"]).current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(POLICY.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(code(&output) == 0 && text(&output.stdout).contains("stdin"), "{output:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_stay_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[("in/c.txt", POLICY.as_bytes())]);
    for name in [&b"B\xe4der.txt"[..], b"B\xf6der.txt"] {
        fs::write(folder.path().join("in").join(OsStr::from_bytes(name)), POLICY).unwrap();
    }
    let output = polinorm(folder.path(), &["extract", "in", "-o", "set", "-q"]);
    assert_eq!(code(&output), 0);
    for path in ["B\\xE4der.txt", "B\\xF6der.txt", "c.txt"] {
        assert_eq!(code(&polinorm(folder.path(), &["restore", "set", path])), 0, "{path}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_of() {
    let folder = folder(&[("a.txt", POLICY.as_bytes())]);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(cargo_bin!("polinorm"));
    let output = command.args(["extract", "a.txt"]).current_dir(folder.path()).stdout(full).output().unwrap();
    assert_eq!(code(&output), 2);
    let told = text(&output.stderr);
    assert!(told.starts_with("polinorm: standard output: ") && told.contains("has space left"), "{told}");
}

/// Of a terminal that nobody made a window for, the columns alone are known: `stty cols 44` leaves its lines at none.
#[cfg(target_os = "linux")]
#[test]
fn a_comparison_is_as_wide_as_the_terminal() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{Winsize, tcsetwinsize};
    use std::io::Read;

    const COLUMNS: u16 = 44;
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    tcsetwinsize(&master, Winsize { ws_row: 0, ws_col: COLUMNS, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let terminal =
        fs::File::options().read(true).write(true).open(ptsname(&master, Vec::new()).unwrap().to_str().unwrap());
    let other = POLICY.replace("from page to page", "from one page of the shop to the next one without a word");
    let folder = folder(&[("a.txt", POLICY.as_bytes()), ("b.txt", other.as_bytes())]);
    let mut command = Command::new(cargo_bin!("polinorm"));
    command.args(["diff", "a.txt", "b.txt"]).current_dir(folder.path()).env("NO_COLOR", "1");
    let status = command.stdout(terminal.unwrap()).stderr(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(1));
    drop(command);
    let mut printed = Vec::new();
    // Once nobody holds the terminal any more, reading ends with an error.
    let _ = fs::File::from(master).read_to_end(&mut printed);
    let printed = text(&printed);
    assert!(printed.contains("without a"), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= usize::from(COLUMNS)), "{printed}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_onto_a_full_disk_tells_the_cause() {
    let folder = folder(&[("in/a.txt", POLICY.as_bytes())]);
    assert_eq!(code(&polinorm(folder.path(), &["extract", "in", "-o", "out"])), 0);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(cargo_bin!("polinorm"));
    let output = command.args(["report", "out"]).current_dir(folder.path()).stdout(full).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("No space left on device"), "{output:?}");
}

#[test]
fn one_of_a_kind_is_told_in_the_singular() {
    let folder = folder(&[("b.pdf", EMPTY_PAGE)]);
    let output = polinorm(folder.path(), &["extract", "b.pdf"]);
    assert!(text(&output.stderr).trim_end().ends_with("1 warning"), "{output:?}");
    assert!(text(&output.stdout).contains("1 page with 0 pictures and no text"), "{output:?}");
}

#[test]
fn odd_bytes_are_read() {
    let wide: Vec<u8> = POLICY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = format!("<html>{}<p>innermost words{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let folder = folder(&[
        ("in/deep.html", deep.as_bytes()),
        ("in/nul.txt", POLICY.replace("Cookie", "\0Cookie\0").as_bytes()),
        ("in/wide.txt", &wide),
    ]);
    let output = polinorm(folder.path(), &["extract", "in"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    let lines: Vec<_> = printed.lines().collect();
    assert!(lines[0].contains("innermost words") && lines[0].contains("depth-cut"));
    assert!(lines[1].contains("\"name\":\"sid\"") && lines[2].contains("\"charset\":\"UTF-16LE\""));
    assert!(lines[2].contains("\"name\":\"sid\""));
}

#[cfg(unix)]
#[test]
fn links_and_rights_cost_only_their_own_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("in/a.txt", POLICY.as_bytes()), ("in/locked.txt", POLICY.as_bytes())]);
    let at = folder.path().join("in");
    symlink(&at, at.join("loop")).unwrap();
    symlink("self.txt", at.join("self.txt")).unwrap();
    symlink("vanished", at.join("gone.txt")).unwrap();
    fs::set_permissions(at.join("locked.txt"), fs::Permissions::from_mode(0o0)).unwrap();
    // A pipe without a writer would be waited for without end.
    assert!(Command::new("mkfifo").arg(at.join("pipe.txt")).status().unwrap().success());
    let is_root = fs::read(at.join("locked.txt")).is_ok();
    let output = polinorm(folder.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(code(&output), 3);
    let told = text(&output.stderr);
    for wanted in ["in/gone.txt: ", "(check the path", "in/loop: ", "in/self.txt: ", "points back to itself)"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    assert!(is_root || told.contains("in/locked.txt: "), "{told}");
    let errors = fs::read_to_string(folder.path().join("out/errors.ndjson")).unwrap();
    assert!(errors.contains("\"link-loop\"") && errors.contains("\"not-found\""), "{errors}");
    assert!(!errors.contains(folder.path().to_str().unwrap()), "no absolute path is written: {errors}");
    assert!(fs::read_to_string(folder.path().join("out/documents.ndjson")).unwrap().contains("\"path\":\"a.txt\""));
}

#[test]
fn a_document_of_a_dataset_is_compared_within_it_alone() {
    let other = POLICY.replace("shop.example.com", "other.example.com");
    let folder = folder(&[("in/a.txt", POLICY.as_bytes()), ("in/b.txt", other.as_bytes())]);
    assert_eq!(code(&polinorm(folder.path(), &["extract", "in", "-o", "out", "-q"])), 0);
    let output = polinorm(folder.path(), &["diff", "out/documents.ndjson", "in/b.txt"]);
    assert!(code(&output) == 2 && text(&output.stderr).contains("--in DATASET"), "{}", text(&output.stderr));
    let output = polinorm(folder.path(), &["diff", "--in", "out", "shop.example.com", "other.example.com"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stdout));
}

/// A PDF of these objects, the first of which is the catalogue.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let (mut file, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
    for (index, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let (size, start) = (objects.len() + 1, file.len());
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{places}trailer<</Size {size}/Root 1 0 R>>\n"));
    file.push_str(&format!("startxref\n{start}\n%%EOF"));
    file.into_bytes()
}

#[test]
fn pdf_files_that_give_little_say_why_and_what_to_do() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = |path: &str| fs::read(here.join(path)).unwrap();
    let whole = sample("corpus/printed-by-a-browser/document.pdf");
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
        /BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>";
    let content = "<</Length 43>>\nstream\nBT /F 12 Tf 50 700 Td (Cookie policy) Tj ET\nendstream";
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>";
    let nameless = pdf(&[catalogue, "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, font, content]);
    let folder = folder(&[
        ("in/cut.pdf", &whole[..whole.len() * 9 / 10]),
        ("in/encrypted.pdf", &sample("tests/pdf/encrypted.pdf")),
        ("in/no-page.pdf", &pdf(&[catalogue, "<</Type/Pages/Count 0/Kids[]>>"])),
        ("in/scanned.pdf", &sample("corpus/scanned-image/document.pdf")),
        ("in/nameless.pdf", &nameless),
        ("wrong", b"lamp\n"),
        ("right", b"lamp\nlantern\n"),
    ]);
    let extract = |options: &[&str]| polinorm(folder.path(), &[&["extract", "in"], options].concat());
    let given = extract(&[]);
    assert_eq!(code(&given), 3, "{given:?}");
    let documents: Vec<serde_json::Value> =
        text(&given.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |path: &str| {
        let document = documents.iter().find(|document| document["source"]["path"] == path).unwrap();
        let warnings = document["warnings"].as_array().unwrap().iter();
        let told = warnings.map(|warning| [&warning["code"], &warning["remedy"]].map(|told| told.as_str().unwrap()));
        told.collect::<Vec<_>>()
    };
    assert!(told("cut.pdf").contains(&["truncated", "download the file again; what could be read is here"]));
    assert_eq!(told("no-page.pdf"), [["no-pages", "export the PDF again"]]);
    assert_eq!(told("scanned.pdf"), [["no-text-layer", "it is a scanned image: run OCR first"]]);
    let remedy = "export the PDF again with embedded character maps, or run OCR";
    assert_eq!(told("nameless.pdf"), [["unmapped-glyphs", remedy]]);
    let errors = text(&given.stderr);
    assert!(
        errors.contains("encrypted.pdf: a password is needed (give the password with --pdf-password-file"),
        "{errors}"
    );
    let errors = text(&extract(&["--pdf-password-file", "wrong"]).stderr);
    assert!(errors.contains("encrypted.pdf: no given password opens it"), "{errors}");
    let opened = extract(&["--pdf-password-file", "right"]);
    assert_eq!((code(&opened), text(&opened.stdout).lines().count()), (0, 5), "{opened:?}");
}
