//! From paths to documents: walks, reads in parallel, tells of what could not be read. Shared by the subcommands that read policies.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use polinorm::corpus::ErrorRecord;
use polinorm::document::PolicyDocument;
use polinorm::explanation::Explanation;
use polinorm::read::{PdfEngine, ReadOptions};
use polinorm::source::{Found, Source, Walk, walk};
use polinorm::{Code, Error, ExtractOptions};

use super::dataset_folder::is_dataset;
use super::output::{Failure, complain};
use super::progress::Progress;
use super::worker_processes::WorkerProcesses;
use super::{platform_map, pool};

/// Files that a thread takes at once: waking it takes as long as a small text does.
const LARGEST_SHARE: usize = 8;

/// How many shares a thread takes at least, so that none has much to do when the others have nothing left.
const SHARES: usize = 16;

/// How policies are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// Threads; one per processor where not given. The output is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// What you know of the documents and their texts do not say: CSV with the columns path, host, name, date
    #[arg(long, value_name = "MAP.csv")]
    platforms: Option<PathBuf>,
    /// What reads PDF files
    #[arg(long, value_enum, default_value_t = Engine::Hayro)]
    pdf_engine: Engine,
    /// Passwords to try on encrypted PDF files, one a line
    #[arg(long, value_name = "FILE")]
    pdf_password_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Engine {
    Hayro,
    PdfExtract,
}

/// Understands a source.
pub type Understand<'a> = dyn Fn(Source) -> polinorm::Result<PolicyDocument> + Sync + 'a;

/// What became of the inputs besides documents.
#[derive(Debug, Default)]
pub struct Report {
    /// Inputs that gave no document, in order.
    pub errors: Vec<ErrorRecord>,
    /// Files passed over because of their ending.
    pub passed_over: usize,
    /// Documents that an earlier run had understood.
    pub known: usize,
}

impl Reading {
    /// Reads every document under the paths and hands it on, in the order of their keys.
    ///
    /// # Errors
    /// Those of [`Reading::each_made`].
    pub fn each(
        &self,
        paths: &[PathBuf],
        take: impl FnMut(PolicyDocument) -> Result<(), Failure>,
    ) -> Result<Report, Failure> {
        self.each_made(paths, |source, _, understand| understand(source), take)
    }

    /// Makes something of every source under the paths and hands it on, in the order of their keys. `make` is called on many threads; it
    /// is given what the options say of extraction, and what understands a source by them.
    ///
    /// # Errors
    /// Those of `take`, of the option files, [`Code::NoDocuments`] where the paths hold none, and [`Code::NotFound`] where a folder among
    /// them vanishes: what is left of it is not what was asked for.
    pub fn each_made<T: Send>(
        &self,
        paths: &[PathBuf],
        make: impl Fn(Source, &ExtractOptions, &Understand) -> polinorm::Result<T> + Sync,
        mut take: impl FnMut(T) -> Result<(), Failure>,
    ) -> Result<Report, Failure> {
        let mut options = self.options()?;
        let paths = &named(paths)?[..];
        let walk = walk(paths);
        let mut report = Report { errors: Vec::new(), passed_over: walk.passed_over, known: 0 };
        let progress = Progress::new(walk.files.len());
        for error in &walk.errors {
            progress.complain(error);
            report.errors.push(ErrorRecord::new(relative(&error.path, paths), error));
        }
        require_documents(&walk, paths)?;
        let unknown = platform_map::settle(&mut options.platforms, walk.files.iter().map(|found| found.key.as_str()));
        // Where files are named, the map speaks of others too.
        if paths.iter().any(|path| path.is_dir()) {
            tell_unknown(&unknown);
        }
        let workers = WorkerProcesses::default();
        let understand = |source| workers.extract(source, &options);
        let mut take_one = |(found, result): (&Found, polinorm::Result<T>)| {
            progress.step();
            match result {
                Ok(made) => take(made).map_or_else(ControlFlow::Break, ControlFlow::Continue),
                Err(error) => {
                    if let Some(folder) = vanished(&error, found, paths) {
                        return ControlFlow::Break(folder.into());
                    }
                    // A report beside the policies is not what was asked for, unless it is.
                    if error.code == Code::OwnPage && !paths.contains(&found.path) {
                        report.passed_over += 1;
                        return ControlFlow::Continue(());
                    }
                    progress.complain(&error);
                    report.errors.push(ErrorRecord::new(&found.key, &error));
                    ControlFlow::Continue(())
                }
            }
        };
        // To ask for the number of processors takes a while, and one file needs one.
        let jobs = if walk.files.len() == 1 { 1 } else { self.jobs() };
        let share = (walk.files.len() / (SHARES * jobs)).clamp(1, LARGEST_SHARE);
        let failed = pool::in_order(
            jobs,
            walk.files.chunks(share),
            |_| 1,
            |files| {
                files
                    .iter()
                    .map(|found| (found, made(found, |source| make(source, &options, &understand))))
                    .collect::<Vec<_>>()
            },
            |results| results.into_iter().flatten().try_for_each(&mut take_one),
        );
        failed.map_or(Ok(report), Err)
    }

    /// Reads every document under the paths.
    ///
    /// # Errors
    /// Those of [`Reading::each`].
    pub fn all(&self, paths: &[PathBuf]) -> Result<(Vec<PolicyDocument>, Report), Failure> {
        let mut documents = Vec::new();
        let report = self.each(paths, |document| {
            documents.push(document);
            Ok(())
        })?;
        Ok((documents, report))
    }

    /// How one document is understood.
    ///
    /// # Errors
    /// Those of reading it and of the option files; [`Failure::Usage`] where the path is a folder of several.
    pub fn explain(&self, path: &Path) -> Result<Explanation, Failure> {
        let mut options = self.options()?;
        let paths = named(&[path.to_owned()])?;
        let mut walk = walk(&paths);
        if let Some(error) = walk.errors.pop() {
            return Err(error.into());
        }
        require_documents(&walk, &paths)?;
        match walk.files.as_slice() {
            [found] => {
                platform_map::settle(&mut options.platforms, std::iter::once(found.key.as_str()));
                Ok(WorkerProcesses::default().explain(found.load()?, &options)?)
            }
            several => {
                let count = several.len();
                Err(Failure::Usage(format!(
                    "{}: {count} documents, where one is explained (name one file)",
                    path.display()
                )))
            }
        }
    }

    /// Refuses a map where nothing is read that it could speak of.
    ///
    /// # Errors
    /// [`Failure::Usage`].
    pub fn refuse_platforms(&self) -> Result<(), Failure> {
        match self.platforms {
            Some(_) => Err(Failure::Usage(
                "--platforms says nothing of a dataset: give it when the policies are extracted".to_owned(),
            )),
            None => Ok(()),
        }
    }

    /// Number of threads.
    pub fn jobs(&self) -> usize {
        self.jobs.map_or_else(pool::default_jobs, usize::from)
    }

    /// What the options say about extraction.
    ///
    /// # Errors
    /// Those of the option files.
    pub fn options(&self) -> Result<ExtractOptions, Failure> {
        let pdf_engine = match self.pdf_engine {
            Engine::Hayro => PdfEngine::Hayro,
            Engine::PdfExtract => PdfEngine::PdfExtract,
        };
        let pdf_passwords = self.pdf_password_file.as_deref().map_or_else(|| Ok(Vec::new()), passwords)?;
        let platforms = self.platforms.as_deref().map(platform_map::read).transpose()?.unwrap_or_default();
        Ok(ExtractOptions { read: ReadOptions { pdf_engine, pdf_passwords }, platforms })
    }
}

/// The paths to read: `-` is standard input, and a dataset is none of them.
fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if let Some(folder) = paths.iter().find(|path| is_dataset(path)) {
        let folder = folder.display();
        let message = format!(
            "{folder}: it is a dataset, and policies are read here (merge joins datasets, diff --in compares two platforms of one; \
             flags, report and export take one)"
        );
        return Err(Failure::Usage(message));
    }
    let read = |path: &PathBuf| if path.as_os_str() == "-" { PathBuf::from(STANDARD_INPUT) } else { path.clone() };
    Ok(paths.iter().map(read).collect())
}

/// Where the systems that have it keep standard input as a file.
const STANDARD_INPUT: &str = "/dev/stdin";

/// Says which rows of the platform map speak of no document.
fn tell_unknown(paths: &[String]) {
    const SHOWN: usize = 5;
    for path in paths.iter().take(SHOWN) {
        complain(format_args!("no document has the path {path:?} of the platform map"));
    }
    if paths.len() > SHOWN {
        complain(format_args!("{} more paths of the platform map are no document's", paths.len() - SHOWN));
    }
}

fn require_documents(walk: &Walk, paths: &[PathBuf]) -> Result<(), Failure> {
    match paths.first() {
        Some(path) if walk.files.is_empty() && walk.errors.is_empty() => {
            let seen = match walk.passed_over {
                0 => "it holds no file".to_owned(),
                1 => "it holds no document, only one file of another kind".to_owned(),
                count => format!("it holds no document, only {count} files of other kinds"),
            };
            Err(Error::new(path, Code::NoDocuments, seen).into())
        }
        _ => Ok(()),
    }
}

/// The error of a whole folder, where a file in it cannot be read because nothing is left of the folder: it was moved or deleted, or
/// its disk was taken away.
fn vanished(error: &Error, found: &Found, paths: &[PathBuf]) -> Option<Error> {
    let is_gone = |folder: &Path| std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    let holds_it = |path: &&PathBuf| found.path != **path && found.path.starts_with(path);
    let may_be = matches!(error.code, Code::NotFound | Code::Io);
    let folder = paths.iter().find(holds_it).filter(|folder| may_be && is_gone(folder))?;
    Some(Error::new(folder, error.code, "nothing of the folder is left: it vanished while it was read"))
}

fn made<T>(found: &Found, make: impl FnOnce(Source) -> polinorm::Result<T>) -> polinorm::Result<T> {
    let result = contained(|| found.load().and_then(make));
    result.map_err(|error| Error { path: found.path.clone(), ..error })
}

/// Work on one document: a panic costs it and never the run.
pub fn contained<T>(work: impl FnOnce() -> polinorm::Result<T>) -> polinorm::Result<T> {
    let failed = |_| Err(Error::new("", Code::ReaderFailed, "the reader of this format failed"));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(failed)
}

fn passwords(path: &Path) -> polinorm::Result<Vec<String>> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The path as the keys of documents are: below one of the given paths, else the name alone.
fn relative(path: &Path, given: &[PathBuf]) -> String {
    let below = given.iter().find_map(|root| path.strip_prefix(root).ok().filter(|rest| !rest.as_os_str().is_empty()));
    let name = path.file_name().map(Path::new);
    let parts = below.or(name).unwrap_or(path).components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
