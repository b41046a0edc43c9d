//! The shape of the house: which room may know which. `ARCHITECTURE.md` says why; this file holds the code to it.
//!
//! Code under `#[cfg(test)]` may import what it likes.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The rooms in their order: each imports only from those before it.
const ROOMS: &[&str] = &[
    "error",
    "text",
    "source",
    "block",
    "document",
    "explanation",
    "lexicon",
    "value",
    "layout",
    "read",
    "table",
    "fields",
    "corpus",
    "flags",
    "record",
    "export",
    "lib",
    "cli",
    "main",
];

/// What a room may not know although it stands before it.
const STRANGERS: &[(&str, &[&str])] = &[
    // A document is what is written: it knows no stage that made it.
    ("document", &["source", "block"]),
    ("explanation", &["source", "block"]),
    // Layout and readers tell what stands where, and never what it means.
    ("layout", &["lexicon", "value"]),
    ("read", &["lexicon", "value"]),
    // From here on, documents alone: so these rooms run on JSON written earlier.
    ("corpus", &["source", "block", "lexicon", "value", "layout", "read", "table", "fields"]),
    ("flags", &["source", "block", "lexicon", "value", "layout", "read", "table", "fields"]),
    ("record", &["block", "lexicon", "value", "layout", "read", "table", "fields"]),
    ("export", &["source", "block", "lexicon", "value", "layout", "read", "table", "fields"]),
];

/// What only some rooms may use of other crates and of the standard library: the first words of a path, and the rooms.
const RESERVED: &[(&str, &[&str])] = &[
    ("std::fs", &["source", "cli"]),
    ("std::io::stdin", &["cli"]),
    ("std::io::stdout", &["cli"]),
    ("std::io::stderr", &["cli"]),
    ("std::env", &["cli"]),
    ("std::process", &["cli", "main"]),
    ("std::net", &[]),
    // No clock: the same input gives the same bytes on every machine.
    ("std::time", &["cli"]),
    // Reading a PDF takes a deep stack, which only a thread of its own can have.
    ("std::thread", &["read", "cli"]),
    ("ignore", &["source"]),
    ("encoding_rs", &["source"]),
    ("chardetng", &["source"]),
    ("html5ever", &["read"]),
    ("pulldown_cmark", &["read"]),
    ("hayro_interpret", &["read"]),
    ("hayro_syntax", &["read"]),
    ("pdf_extract", &["read"]),
    ("whatlang", &["fields"]),
    ("toml", &["lexicon", "cli"]),
    ("csv", &["export", "cli"]),
    ("minijinja", &["export"]),
    ("anstream", &["cli"]),
    ("terminal_size", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("indicatif", &["cli"]),
    ("anyhow", &["cli"]),
];

/// Macros that print; the program writes to a locked output instead, so that a broken pipe is no panic.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// Folders that grow by one file and its registration: the file that registers, and the ending of what it registers.
const REGISTRIES: &[(&str, &str)] = &[("read", "rs"), ("flags", "rs"), ("export", "rs"), ("lexicon", "toml")];

/// A source file, its tests left out.
struct SourceFile {
    /// Path below `src`.
    path: PathBuf,
    /// Where it stands in the tree of modules.
    module: Vec<String>,
    text: String,
    code: Code,
}

/// What the rules look at in a file.
#[derive(Default)]
struct Code {
    paths: Vec<Named>,
    macros: Vec<Named>,
    /// Modules declared for tests alone.
    test_modules: Vec<String>,
}

/// A path or a macro as it is written, and its line.
struct Named {
    words: Vec<String>,
    line: usize,
}

impl Code {
    fn of(text: &str) -> Self {
        let (mut code, tokens) = (Self::default(), tokens(text));
        let mut at = 0;
        while at < tokens.len() {
            at = if is_cfg_test(&tokens[at..]) {
                code.pass_over_test(&tokens, at + CFG_TEST.len())
            } else if tokens[at].is_word() {
                code.read_path(&tokens, at, &[])
            } else {
                at + 1
            };
        }
        code
    }

    /// Reads a path and the `use` group that may end it, `prefix` being what stands before its own group; gives the place after it.
    fn read_path(&mut self, tokens: &[Token], mut at: usize, prefix: &[String]) -> usize {
        let (line, mut words) = (tokens[at].line, prefix.to_vec());
        while tokens.get(at).is_some_and(Token::is_word) {
            words.push(tokens[at].text.clone());
            at += 1;
            if !(is(tokens, at, ":") && is(tokens, at + 1, ":")) {
                break;
            }
            at += 2;
            if is(tokens, at, "{") {
                return self.read_group(tokens, at + 1, &words);
            }
        }
        let list = if is(tokens, at, "!") { &mut self.macros } else { &mut self.paths };
        list.push(Named { words, line });
        if is(tokens, at, "as") { at + 2 } else { at }
    }

    fn read_group(&mut self, tokens: &[Token], mut at: usize, words: &[String]) -> usize {
        while at < tokens.len() && !is(tokens, at, "}") {
            at = if tokens[at].is_word() { self.read_path(tokens, at, words) } else { at + 1 };
        }
        at + 1
    }

    /// The place after an item that is for tests alone: after its body, or its semicolon.
    fn pass_over_test(&mut self, tokens: &[Token], start: usize) -> usize {
        let rest = &tokens[start..];
        let open = rest.iter().position(|token| ["{", ";"].contains(&token.text.as_str())).unwrap_or(rest.len());
        if is(rest, open, ";") {
            if let [.., keyword, name] = &rest[..open]
                && keyword.text == "mod"
            {
                self.test_modules.push(name.text.clone());
            }
            return start + open + 1;
        }
        let mut depth = 0;
        let closes = |token: &Token| {
            depth += i32::from(token.text == "{") - i32::from(token.text == "}");
            depth == 0
        };
        start + open + rest[open..].iter().position(closes).map_or(rest.len(), |length| length + 1)
    }
}

/// A word or a mark of the code; comments are none, a string is a mark without its content.
struct Token {
    text: String,
    line: usize,
}

impl Token {
    fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

const CFG_TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

fn is_cfg_test(tokens: &[Token]) -> bool {
    tokens.len() >= CFG_TEST.len() && tokens.iter().zip(CFG_TEST).all(|(token, text)| token.text == text)
}

fn is(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

/// The tokens of code that the compiler takes.
fn tokens(text: &str) -> Vec<Token> {
    let pattern = Regex::new(
        r##"(?xs) //[^\n]* | /\*.*?\*/
        | b?r"[^"]*" | b?r\#".*?"\# | b?r\#\#".*?"\#\# | b?"(?:\\.|[^"\\])*"
        | b?'(?:\\[^u]|\\u\{[^}]*\}|\\x..|[^\\'])' | '\w+
        | (?P<token> \w+ | [^\s\w] )"##,
    )
    .unwrap();
    let (mut tokens, mut line, mut seen) = (Vec::new(), 1, 0);
    for found in pattern.captures_iter(text) {
        let start = found.get(0).unwrap().start();
        line += text[seen..start].matches('\n').count();
        seen = start;
        if let Some(token) = found.name("token") {
            tokens.push(Token { text: token.as_str().to_owned(), line });
        }
    }
    tokens
}

impl SourceFile {
    fn room(&self) -> &str {
        &self.module[0]
    }

    /// The room that a path leads to, if it leads to one: `crate::…`, `polinorm::…`, or `super::…` up to the top.
    fn room_of(&self, words: &[String]) -> Option<String> {
        let ups = words.iter().take_while(|word| *word == "super").count();
        let first = match words.first().map(String::as_str) {
            Some("crate" | "polinorm") => words.get(1)?,
            Some("super") if ups >= self.module.len() => words.get(ups)?,
            _ => return None,
        };
        Some(match first.as_str() {
            "Error" | "Result" | "Code" => "error".to_owned(),
            room if ROOMS.contains(&room) => room.to_owned(),
            _ => "lib".to_owned(),
        })
    }
}

impl SourceFile {
    /// Where a path of the house leads, from the top of the tree of modules.
    fn absolute(&self, words: &[String]) -> Option<Vec<String>> {
        let ups = words.iter().take_while(|word| *word == "super").count();
        let (above, rest) = match words.first().map(String::as_str)? {
            "crate" => (0, 1),
            "super" => (self.module.len().checked_sub(ups)?, ups),
            _ => return None,
        };
        Some([&self.module[..above], &words[rest..]].concat())
    }
}

impl fmt::Display for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "src/{}", self.path.display())
    }
}

/// All source files but those that are tests.
fn house() -> Vec<SourceFile> {
    let root = src();
    let mut files: Vec<_> = files_below(&root).into_iter().map(|path| read(&root, &path)).collect();
    let tests: BTreeSet<Vec<String>> = files.iter().flat_map(test_modules).collect();
    files.retain(|file| !tests.contains(&file.module));
    assert!(files.len() > 80, "the house was not found");
    files
}

fn test_modules(file: &SourceFile) -> Vec<Vec<String>> {
    let below = |name: &String| file.module.iter().chain([name]).cloned().collect();
    file.code.test_modules.iter().map(below).collect()
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn read(root: &Path, path: &Path) -> SourceFile {
    let path = path.strip_prefix(root).unwrap().to_owned();
    let mut module: Vec<_> = path.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if module.last().is_some_and(|name| name == "mod") {
        module.pop();
    }
    let text = fs::read_to_string(root.join(&path)).unwrap();
    SourceFile { code: Code::of(&text), path, module, text }
}

fn place(room: &str) -> usize {
    ROOMS
        .iter()
        .position(|name| *name == room)
        .unwrap_or_else(|| panic!("{room} is no room that ARCHITECTURE.md knows"))
}

/// Fails with all faults at once.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn imports_run_one_way() {
    let mut faults = Vec::new();
    for file in house() {
        for path in &file.code.paths {
            let Some(room) = file.room_of(&path.words) else { continue };
            if place(&room) > place(file.room()) {
                faults.push(format!(
                    "{file}:{}: {} may not know {room}, which stands after it",
                    path.line,
                    file.room()
                ));
            }
        }
    }
    none(faults);
}

#[test]
fn rooms_do_not_know_their_strangers() {
    let mut faults = Vec::new();
    for file in house() {
        let strangers = STRANGERS.iter().filter(|(room, _)| *room == file.room()).flat_map(|(_, strangers)| *strangers);
        let strangers: BTreeSet<_> = strangers.map(|stranger| (*stranger).to_owned()).collect();
        for path in &file.code.paths {
            if let Some(room) = file.room_of(&path.words).filter(|room| strangers.contains(room)) {
                faults.push(format!("{file}:{}: {} may not know {room}", path.line, file.room()));
            }
        }
    }
    none(faults);
}

#[test]
fn what_is_reserved_is_used_by_its_rooms_alone() {
    let mut faults = Vec::new();
    for file in house() {
        for path in &file.code.paths {
            let written = path.words.join("::");
            // A store for each thread starts none.
            let reserved = |name: &str| {
                (written == name || written.starts_with(&format!("{name}::"))) && written != "std::thread::LocalKey"
            };
            for (name, rooms) in RESERVED.iter().filter(|(name, _)| reserved(name)) {
                if !rooms.contains(&file.room()) {
                    faults.push(format!("{file}:{}: {name} is for {rooms:?} alone", path.line));
                }
            }
        }
    }
    none(faults);
}

/// Files that import each other in a circle belong together or lack a third that both stand on. The face of a folder (`mod.rs`) may hand
/// on what its files hold and be known to them.
#[test]
fn files_do_not_import_in_circles() {
    let files: Vec<_> = house().into_iter().filter(|file| !file.path.ends_with("mod.rs")).collect();
    let mut arrows: BTreeSet<_> = files.iter().flat_map(|file| arrows_of(file, &files)).collect();
    loop {
        // Who knows nobody, and whom nobody knows, stands in no circle.
        let (knowing, known): (BTreeSet<_>, BTreeSet<_>) = arrows.iter().cloned().unzip();
        let before = arrows.len();
        arrows.retain(|(from, to)| known.contains(from) && knowing.contains(to));
        if arrows.len() == before {
            break;
        }
    }
    none(arrows.iter().map(|(from, to)| format!("src/{from} knows src/{to} in a circle")).collect());
}

/// From a file to each other file that it names.
fn arrows_of(file: &SourceFile, files: &[SourceFile]) -> BTreeSet<(String, String)> {
    let named = file.code.paths.iter().filter_map(|path| {
        let place = file.absolute(&path.words)?;
        files.iter().filter(|other| place.starts_with(&other.module)).max_by_key(|other| other.module.len())
    });
    let name = |file: &SourceFile| file.path.display().to_string();
    named.filter(|other| other.module != file.module).map(|other| (name(file), name(other))).collect()
}

#[test]
fn only_the_program_prints_and_no_macro_does() {
    let mut faults = Vec::new();
    for file in house() {
        for call in file.code.macros.iter().filter(|call| PRINTING.contains(&call.words.last().unwrap().as_str())) {
            faults.push(format!("{file}:{}: {}! prints", call.line, call.words.join("::")));
        }
        // Imported as `io`, the outputs of the process would pass under another name.
        for path in file.code.paths.iter().filter(|_| file.room() != "cli") {
            let last = path.words.last().unwrap().as_str();
            if path.words.len() > 1 && ["stdin", "stdout", "stderr"].contains(&last) {
                faults.push(format!("{file}:{}: {} is for cli alone", path.line, path.words.join("::")));
            }
        }
    }
    none(faults);
}

#[test]
fn every_file_says_what_it_is() {
    let lacks = |file: &SourceFile| !file.text.starts_with("//! ");
    none(house().iter().filter(|file| lacks(file)).map(|file| format!("{file} does not open with //!")).collect());
}

#[test]
fn every_file_is_declared_and_every_entry_registered() {
    let mut faults = Vec::new();
    for (room, ending) in REGISTRIES {
        let folder = src().join(room);
        let registry = fs::read_to_string(folder.join("mod.rs")).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let is_one = path.is_dir() || path.extension().is_some_and(|it| it == *ending);
            if !is_one || name == "mod" {
                continue;
            }
            let declared = registry.contains(&format!("mod {name};")) || *ending != "rs" && is_data(&registry, name);
            if !declared {
                faults.push(format!("src/{room}/{name}.{ending} is in no registry"));
            }
        }
    }
    none(faults);
}

/// True for a language's file, whose code the registry lists, and for a list of another kind, which the build takes up by its name.
fn is_data(registry: &str, name: &str) -> bool {
    let build = fs::read_to_string(src().with_file_name("build.rs")).unwrap();
    registry.contains(&format!("\"{name}\"")) || build.contains(&format!("/{name}.toml"))
}

#[test]
fn the_page_of_the_architecture_names_every_room_in_order() {
    let page = fs::read_to_string(src().with_file_name("ARCHITECTURE.md")).unwrap();
    let rooms = ROOMS.join(" · ");
    assert!(page.contains(&rooms), "ARCHITECTURE.md should hold the line\n{rooms}");
}

#[test]
fn the_rules_see_what_they_should() {
    let code = Code::of(
        "use crate::{block::Block, text::{self, Span}};\n// crate::cli\nfn f() { let x = crate::read::read(\"crate::export\"); println!(); }\n\
         #[cfg(test)] mod tests { use crate::cli::X; }\n#[cfg(test)] mod sample;\nfn g() { super::super::flags::check() }",
    );
    let file = SourceFile { path: "a/b.rs".into(), module: vec!["a".into(), "b".into()], text: String::new(), code };
    let rooms: Vec<_> = file.code.paths.iter().filter_map(|path| file.room_of(&path.words)).collect();
    assert_eq!(rooms, ["block", "text", "text", "read", "flags"]);
    assert_eq!((file.code.macros.len(), file.code.macros[0].line), (1, 3));
    assert_eq!(file.code.test_modules, ["sample"]);
}
