//! Standard output and standard error: what goes where, and what becomes of a pipe that nobody reads.

use std::fmt;
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use polinorm::{Code, Error};

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// An input or output, with its path, cause and remedy.
    Input(Error),
    /// Standard output could not be written.
    Output(io::Error),
    /// The arguments make no sense together, or nothing answers to them.
    Usage(String),
}

impl Failure {
    /// A fault of the program itself.
    pub fn internal() -> Self {
        Self::Usage("the program failed; please report what you ran and on which file".to_owned())
    }

    /// True where the reader of our output has left: it had enough.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == ErrorKind::BrokenPipe)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(f, "{error}"),
            Self::Output(error) => write!(f, "standard output: {error} ({})", Code::CannotWrite.remedy()),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

/// What was to be written, or as much as its reader wanted: a verdict holds however much of it was read.
///
/// # Errors
/// Those of writing, but for a pipe that nobody reads any more.
pub fn as_far_as_wanted(written: Result<(), Failure>) -> Result<(), Failure> {
    match written {
        Err(failure) if failure.is_broken_pipe() => Ok(()),
        written => written,
    }
}

/// Standard output, buffered.
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// How many columns the terminal has that standard output is; none where it is no terminal. One whose lines were never counted has
/// columns all the same (`stty cols`, a terminal without a window), so that these alone are asked for.
#[cfg(target_os = "linux")]
pub fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then(|| usize::from(size.ws_col))
}

/// How many columns the terminal has that standard output is; none where it is no terminal.
#[cfg(not(target_os = "linux"))]
pub fn columns() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// One line on standard error; line ends within it (a path may hold one) are shown as blanks.
pub fn complain(what: impl fmt::Display) {
    let line = format!("polinorm: {what}").replace(['\n', '\r'], " ");
    tell(&line);
}

/// Writes to standard error; there is nowhere to tell that it cannot be written.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
