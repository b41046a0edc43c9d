//! The folder of a dataset: written whole or not at all. Knows no format.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use polinorm::export::dataset::File;
use polinorm::{Code, Error, Result};

/// True where the folder holds a dataset: its manifest and its documents.
pub fn is_dataset(folder: &Path) -> bool {
    let has = |file: File| folder.join(file.name()).is_file();
    has(File::Manifest) && has(File::Documents)
}

/// Refuses a folder that a dataset must not replace: one that holds something else. To be called before the work starts.
///
/// # Errors
/// [`Code::NotADataset`], [`Code::CannotWrite`] (no folder to put it in).
pub fn check_target(folder: &Path) -> Result<()> {
    match fs::read_dir(folder) {
        Ok(_) if is_mount_point(folder) => {
            let message = "it is a mount point, which no new dataset can take the place of: name a folder within it";
            Err(Error::new(folder, Code::CannotWrite, message))
        }
        Ok(entries) => refuse_strangers(folder, entries),
        Err(error) if error.kind() == io::ErrorKind::NotFound => check_parent(folder),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(Error::new(folder, Code::NotADataset, "it is a file and no folder"))
        }
        Err(error) => Err(cannot_write(folder, error)),
    }
}

/// A folder that is made beside the old one and takes its place by one rename, so that the dataset is whole at any moment: the old one
/// or the new one. Where the file system cannot exchange two folders it takes two renames; a run that ends between them leaves the old
/// dataset beside, and the next one puts it back.
#[derive(Debug)]
pub struct NewFolder {
    /// What it will be.
    folder: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl NewFolder {
    /// Makes the folder, empty.
    ///
    /// # Errors
    /// [`Code::NotADataset`] for a folder with something else in it, [`Code::CannotWrite`]. The old dataset is then as it was.
    pub fn create(folder: &Path) -> Result<Self> {
        check_target(folder)?;
        let folder = real(folder);
        let (new, old) = (beside(&folder, "new"), beside(&folder, "old"));
        recover(&folder, &old)?;
        remove(&new)?;
        fs::create_dir(&new).map_err(|error| cannot_write(parent_of(&folder), error))?;
        Ok(Self { folder, new, old })
    }

    /// Opens one of its files to be written.
    ///
    /// # Errors
    /// Those of the file system; here and later they name the file.
    pub fn open(&self, file: File) -> io::Result<Box<dyn Write>> {
        let path = self.new.join(file.name());
        let created = fs::File::create(&path).map_err(|error| named(file, &error))?;
        Ok(Box::new(BufWriter::with_capacity(1 << 17, NamedFile { file, created })))
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// [`Code::CannotWrite`]. The old dataset is then as it was.
    pub fn put_in_place(self) -> Result<()> {
        let synced = File::ALL.iter().try_for_each(|file| sync_file(&self.new.join(file.name())));
        synced.and_then(|()| sync_folder(&self.new)).map_err(|error| self.failed(error))?;
        swap(&self.new, &self.folder, &self.old)
    }

    /// The error of a folder that could not be written.
    pub fn failed(&self, error: io::Error) -> Error {
        cannot_write(&self.folder, error)
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // After a failure its cause is told; what could not be cleared away is replaced by the next run.
        let _ = remove(&self.new);
    }
}

/// A file whose errors name it.
struct NamedFile {
    file: File,
    created: fs::File,
}

impl Write for NamedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.created.write(bytes).map_err(|error| named(self.file, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.created.flush()
    }
}

fn named(file: File, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", file.name()))
}

/// Where a run keeps what the next one need not do again.
pub fn cache_path(folder: &Path) -> PathBuf {
    beside(&real(folder), "cache")
}

/// A link to a folder is followed: what it leads to is replaced and not the link.
pub fn real(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

fn refuse_strangers(folder: &Path, entries: fs::ReadDir) -> Result<()> {
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| Error::io(folder, error))?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    let stranger = names.iter().find(|name| !File::ALL.iter().any(|file| file.name() == name.as_str()));
    match stranger {
        Some(name) => {
            Err(Error::new(folder, Code::NotADataset, format!("it holds {name}, which is no part of a dataset")))
        }
        None if names.is_empty() || is_dataset(folder) => Ok(()),
        None => Err(Error::new(folder, Code::NotADataset, "it holds files but no manifest.json and documents.ndjson")),
    }
}

/// True where another file system begins than that of the folder above.
#[cfg(unix)]
fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |folder: &Path| fs::metadata(folder).ok().map(|data| data.dev());
    let folder = real(folder);
    folder.parent().is_some_and(|parent| device(parent) != device(&folder))
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path) -> bool {
    false
}

fn check_parent(folder: &Path) -> Result<()> {
    let parent = parent_of(folder);
    if parent.is_dir() {
        return Ok(());
    }
    Err(Error::new(folder, Code::CannotWrite, format!("there is no folder {}", parent.display())))
}

/// The folder that a folder stands in.
pub fn parent_of(folder: &Path) -> &Path {
    folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A hidden name in the same parent, so that renaming stays within one file system.
fn beside(folder: &Path, role: &str) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "dataset".into(), |name| name.to_string_lossy());
    parent_of(folder).join(format!(".{name}.polinorm-{role}"))
}

/// A run that ended between its two renames left the old dataset aside: it is put back.
fn recover(folder: &Path, old: &Path) -> Result<()> {
    if !folder.exists() && is_dataset(old) {
        return fs::rename(old, folder).map_err(|error| cannot_write(folder, error));
    }
    remove(old)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(cannot_write(folder, error)),
        _ => Ok(()),
    }
}

fn sync_file(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new().write(true).open(path)?.sync_all()
}

fn swap(new: &Path, folder: &Path, old: &Path) -> Result<()> {
    if exchange(new, folder) {
        sync_folder(parent_of(folder)).map_err(|error| cannot_write(folder, error))?;
        return remove(new);
    }
    let replaced = match fs::rename(folder, old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(cannot_write(folder, error)),
    };
    if let Err(error) = fs::rename(new, folder) {
        if replaced {
            fs::rename(old, folder).map_err(|error| cannot_write(folder, error))?;
        }
        return Err(cannot_write(folder, error));
    }
    sync_folder(parent_of(folder)).map_err(|error| cannot_write(folder, error))?;
    remove(old)
}

/// Exchanges two folders in one step; false where one is not there or the system cannot.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Makes names and renames lasting; where a folder cannot be opened as a file there is nothing to sync.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The error of an output that could not be written.
pub fn cannot_write(path: &Path, error: io::Error) -> Error {
    Error { path: path.to_owned(), code: Code::CannotWrite, message: error.to_string(), source: Some(error) }
}

#[cfg(test)]
mod tests {
    use polinorm::corpus::Limits;

    use super::super::new_dataset::{Destination, NewDataset};
    use super::super::stored_dataset::read;
    use super::*;

    fn write(folder: &Path) -> Result<()> {
        let destination = Destination::new(folder)?;
        let (_, dataset) = NewDataset::start(&destination, Limits { min_documents: 2, memory: 0 }, false)?;
        dataset.finish(&[]).map(drop)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_replaces_the_first_and_leaves_nothing_beside() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("out");
        write(&folder).unwrap();
        let manifest = fs::read(folder.join("manifest.json")).unwrap();
        write(&folder).unwrap();
        assert_eq!(fs::read(folder.join("manifest.json")).unwrap(), manifest);
        assert_eq!(names(parent.path()), ["out"]);
        assert_eq!(names(&folder).len(), File::ALL.len());
        assert!(read(&folder).unwrap().documents.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let parent = tempfile::tempdir().unwrap();
        let (folder, link) = (parent.path().join("out"), parent.path().join("link"));
        fs::create_dir(&folder).unwrap();
        std::os::unix::fs::symlink(&folder, &link).unwrap();
        write(&link).unwrap();
        assert!(is_dataset(&folder) && link.is_symlink());
        assert_eq!(names(parent.path()), ["link", "out"]);
    }

    #[test]
    fn an_interrupted_run_is_mended_by_the_next() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("out");
        write(&folder).unwrap();
        fs::rename(&folder, beside(&folder, "old")).unwrap();
        fs::create_dir(beside(&folder, "new")).unwrap();
        write(&folder).unwrap();
        assert_eq!(names(parent.path()), ["out"]);
    }

    #[test]
    fn folders_with_something_else_are_refused_and_untouched() {
        let parent = tempfile::tempdir().unwrap();
        let letters = parent.path().join("letters");
        fs::create_dir(&letters).unwrap();
        fs::write(letters.join("letter.txt"), "Dear").unwrap();
        let error = write(&letters).unwrap_err();
        assert_eq!(error.code, Code::NotADataset);
        assert!(error.to_string().contains("letter.txt"), "{error}");
        assert_eq!(names(&letters), ["letter.txt"]);
        assert_eq!(check_target(&letters.join("letter.txt")).unwrap_err().code, Code::NotADataset);
        assert_eq!(check_target(&parent.path().join("none/out")).unwrap_err().code, Code::CannotWrite);
        assert_eq!(read(&letters).unwrap_err().code, Code::NotADataset);
    }
}
