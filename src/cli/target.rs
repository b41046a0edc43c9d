//! Where a command writes what it makes: standard output, or a file that is whole or not there at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use polinorm::{Code, Error};

use super::dataset_folder::{is_dataset, parent_of};
use super::output::{Failure, stdout};

/// Where to write.
#[derive(Debug, Args)]
pub struct Target {
    /// The file to write; standard output where not given. A file of that name is replaced once the new one is whole
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Target {
    /// Writes what `make` makes.
    ///
    /// # Errors
    /// [`Code::CannotWrite`] for a file, [`Failure::Usage`] for one within a dataset, a failed output for standard output.
    pub fn write(&self, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            let mut out = stdout();
            make(&mut out)?;
            return Ok(out.flush()?);
        };
        let folder = parent_of(path);
        if is_dataset(folder) {
            let message = format!("{}: a dataset holds nothing but its own files (write it elsewhere)", path.display());
            return Err(Failure::Usage(message));
        }
        let beside = beside(path);
        let written = write_file(&beside, make).and_then(|()| fs::rename(&beside, path));
        written.map_err(|error| {
            // The cause is told; there is nothing more to do about a file that cannot be removed.
            let _ = fs::remove_file(&beside);
            let message = error.to_string();
            Error { path: path.clone(), code: Code::CannotWrite, message, source: Some(error) }.into()
        })
    }
}

/// A hidden name in the same folder, so that renaming stays within one file system.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    path.with_file_name(format!(".{name}.polinorm-new"))
}

fn write_file(path: &Path, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    make(&mut out)?;
    out.flush()?;
    out.get_ref().sync_all()
}
