//! The allow-list: flags that a person has looked at and lets stand, with the reason.
//!
//! ```toml
//! [[allow]]
//! id = "0123456789abcdef0123456789abcdef"
//! reason = "the shop has a chat of its own"
//!
//! [[allow]]
//! rule = "missing-date"
//! platform = "old.example.com"
//! reason = "archived"
//! ```
//!
//! An entry allows what agrees with all that it states: `id`, `rule`, `platform` (a host), `document` (a path), `subject`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use polinorm::flags::{Flag, rule};
use polinorm::{Code, Error, Result};
use serde::{Deserialize, Serialize};

use super::output::complain;

/// The file that is read where none is named.
const DEFAULT: &str = "polinorm-allow.toml";

/// Which list holds.
#[derive(Debug, Args)]
pub struct Allow {
    /// Flags that are known and allowed (TOML); without it polinorm-allow.toml, where the working folder holds one
    #[arg(long, value_name = "FILE")]
    allow: Option<PathBuf>,
}

impl Allow {
    /// The list of the file that is named, else that of the default file where it is there, else an empty one.
    ///
    /// # Errors
    /// [`Code::BadRecord`] for what is no list or has an entry that would allow everything; [`Code::Io`] and its kin.
    pub fn list(&self) -> Result<AllowList> {
        match &self.allow {
            Some(path) => AllowList::read(path),
            None if Path::new(DEFAULT).is_file() => AllowList::read(Path::new(DEFAULT)),
            None => Ok(AllowList::default()),
        }
    }
}

/// What is allowed, and the file that says so.
#[derive(Debug, Default)]
pub struct AllowList {
    allow: Vec<Entry>,
    path: PathBuf,
}

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(default)]
    allow: Vec<Entry>,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Option<String>,
    rule: Option<String>,
    platform: Option<String>,
    document: Option<String>,
    subject: Option<String>,
    reason: String,
}

impl AllowList {
    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
        let bad = |message: String| Error::new(path, Code::BadRecord, message);
        let allow = toml::from_str::<Entries>(&text).map_err(|error| bad(one_line(&error)))?.allow;
        if let Some(entry) = allow.iter().find(|entry| entry.is_boundless()) {
            return Err(bad(format!("the entry with the reason {:?} would allow everything", entry.reason)));
        }
        let unknown = allow.iter().filter_map(|entry| entry.rule.as_deref()).find(|id| rule(id).is_none());
        match unknown {
            Some(id) => Err(bad(format!("there is no rule {id:?} (the README lists them)"))),
            None => Ok(Self { allow, path: path.to_owned() }),
        }
    }

    /// Leaves out what is allowed, and says how many flags that are.
    pub fn leave_out(&self, flags: &mut Vec<Flag>) {
        let found = flags.len();
        flags.retain(|flag| !self.allow.iter().any(|entry| entry.allows(flag)));
        match found - flags.len() {
            0 => {}
            1 => complain(format_args!("1 flag is left out, as {} allows", self.path.display())),
            count => complain(format_args!("{count} flags are left out, as {} allows", self.path.display())),
        }
    }

    /// Says which entries allow nothing any more, so that the list stays as short as it can be.
    pub fn tell_unused(&self, flags: &[Flag]) {
        for entry in self.allow.iter().filter(|entry| !flags.iter().any(|flag| entry.allows(flag))) {
            complain(format_args!("nothing is flagged any more that the allow-list lets stand: {}", entry.named()));
        }
    }
}

/// Writes the entries that allow these flags; the reasons are left to be filled in.
///
/// # Errors
/// Those of `out`.
pub fn write(flags: &[Flag], out: &mut impl Write) -> io::Result<()> {
    for flag in flags {
        let entry = Entry { id: Some(flag.id.clone()), ..Entry::default() };
        let text = toml::to_string(&Entries { allow: vec![entry] }).map_err(io::Error::other)?;
        let place = flag.platform.as_ref().unwrap_or(&flag.document);
        writeln!(out, "# {place}: {}: {}\n{text}", flag.rule, flag.message.replace(['\n', '\r'], " "))?;
    }
    Ok(())
}

impl Entry {
    fn allows(&self, flag: &Flag) -> bool {
        let agrees = |wanted: &Option<String>, is: Option<&String>| wanted.is_none() || wanted.as_ref() == is;
        agrees(&self.id, Some(&flag.id))
            && agrees(&self.rule, Some(&flag.rule))
            && agrees(&self.platform, flag.platform.as_ref())
            && agrees(&self.document, Some(&flag.document))
            && agrees(&self.subject, flag.subject.as_ref())
    }

    fn parts(&self) -> [&Option<String>; 5] {
        [&self.id, &self.rule, &self.platform, &self.document, &self.subject]
    }

    fn is_boundless(&self) -> bool {
        self.parts().iter().all(|part| part.is_none())
    }

    fn named(&self) -> String {
        let stated = self.parts().into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        if self.reason.is_empty() { stated } else { format!("{stated} ({})", self.reason) }
    }
}

/// The cause without the excerpt that follows it.
fn one_line(error: &toml::de::Error) -> String {
    let line = error.to_string().lines().next().unwrap_or_default().trim().to_owned();
    if line.is_empty() { error.message().to_owned() } else { format!("{line}: {}", error.message()) }
}
