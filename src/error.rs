//! The one error of the library and the one list of codes that errors and warnings share. Knows no stage.

use std::fmt;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An input that could not be read or an output that could not be written.
///
/// A document that is merely odd is never an error: it comes back with [warnings](crate::document::Warning).
#[derive(Debug, thiserror::Error)]
#[error("{}: {message} ({})", path.display(), code.remedy())]
pub struct Error {
    /// The file or folder, as the caller named it.
    pub path: PathBuf,
    /// What kind of failure it is.
    pub code: Code,
    /// The cause, in words, without path and remedy.
    pub message: String,
    /// The failure below, where there is one.
    #[source]
    pub source: Option<std::io::Error>,
}

/// The result of whatever touches files.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error with a cause in words.
    pub fn new(path: impl AsRef<Path>, code: Code, message: impl Into<String>) -> Self {
        Self { path: path.as_ref().to_owned(), code, message: message.into(), source: None }
    }

    /// An error of the operating system; its code is chosen by its kind.
    pub fn io(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Self {
            path: path.as_ref().to_owned(),
            code: Code::of_io(&source),
            message: source.to_string(),
            source: Some(source),
        }
    }
}

/// Why an input gave no document, or what a reader of a document should know.
///
/// The same list serves errors (`errors.ndjson`) and warnings (`warnings` of a document); it is explained in the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The path does not exist, or vanished before it was read.
    NotFound,
    /// The file system does not let us read the path.
    PermissionDenied,
    /// A symbolic link leads back to itself.
    LinkLoop,
    /// The file system failed in another way.
    Io,
    /// The file holds nothing at all.
    EmptyFile,
    /// The folder holds no document.
    NoDocuments,
    /// The file is larger than the limit.
    TooLarge,
    /// The bytes are of no kind that can be read.
    UnknownFormat,
    /// A page that this program wrote about policies.
    OwnPage,
    /// A PDF that needs a password.
    Encrypted,
    /// A PDF whose structure cannot be read.
    DamagedPdf,
    /// The reader of this input failed; only this input is lost.
    ReaderFailed,
    /// The output folder holds something that is no dataset.
    NotADataset,
    /// The output could not be written.
    CannotWrite,
    /// A line or file of JSON that does not follow the schema.
    BadRecord,
    /// A document that calls itself a cookie policy declares no cookie that could be found.
    NoRows,
    /// A column of a cookie table fits no field; its cells are in `extra`.
    UnmappedColumn,
    /// Cells of a row had moved to another column and were put back.
    ShiftedCells,
    /// Rows that were the same in every field were given once.
    RepeatedRows,
    /// A PDF without any text: pictures of pages.
    NoTextLayer,
    /// A PDF font that does not say which characters its glyphs are.
    UnmappedGlyphs,
    /// A PDF without a page.
    NoPages,
    /// Only the first part of a damaged input could be read.
    Truncated,
    /// Nesting beyond the limit was flattened.
    DepthCut,
    /// A table beyond the limit of cells was cut, or rows share more than they may repeat; the words are kept as text.
    TableCut,
    /// Bytes that are no character of the charset were replaced.
    LossyCharset,
    /// Text that had been read as another charset before was put right.
    GarbledText,
    /// The date can be read in two ways and nothing settles which.
    AmbiguousDate,
}

impl Code {
    /// The code as it is written in JSON.
    pub fn as_str(self) -> &'static str {
        ENTRIES[self as usize].1
    }

    /// What a person can do about it, as half a sentence.
    pub fn remedy(self) -> &'static str {
        ENTRIES[self as usize].2
    }

    /// All codes, in the order of their declaration.
    pub fn all() -> impl Iterator<Item = Code> {
        ENTRIES.iter().map(|entry| entry.0)
    }

    fn of_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::PermissionDenied => Self::PermissionDenied,
            _ if error.raw_os_error() == Some(ELOOP) => Self::LinkLoop,
            _ => Self::Io,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// "Too many levels of symbolic links" on Linux; the standard library has no stable name for it.
const ELOOP: i32 = 40;

/// Code, its name in JSON, its remedy: in the order of the declaration, which a test checks.
const ENTRIES: &[(Code, &str, &str)] = &[
    (Code::NotFound, "not-found", "check the path; if the file was being moved, run again"),
    (Code::PermissionDenied, "permission-denied", "give yourself the right to read it"),
    (Code::LinkLoop, "link-loop", "remove the symbolic link that points back to itself"),
    (Code::Io, "io", "check the disk or the network share and run again"),
    (Code::EmptyFile, "empty-file", "fetch or export the document again"),
    (Code::NoDocuments, "no-documents", "name a folder with .txt, .md, .html or .pdf files, or name the file itself"),
    (Code::TooLarge, "too-large", "split the file; a policy of this size is most likely something else"),
    (Code::UnknownFormat, "unknown-format", "export the document as text, Markdown, HTML or PDF"),
    (Code::OwnPage, "own-page", "nothing to do; written elsewhere, such pages are not met again"),
    (Code::Encrypted, "encrypted", "give the password with --pdf-password-file, or export the PDF without one"),
    (Code::DamagedPdf, "damaged-pdf", "export or download the PDF again"),
    (Code::ReaderFailed, "reader-failed", "export the document in another format, and please report the file"),
    (Code::NotADataset, "not-a-dataset", "name an empty or new folder, or one that an earlier run wrote"),
    (Code::CannotWrite, "cannot-write", "check that the folder exists, is yours and has space left"),
    (Code::BadRecord, "bad-record", "correct the line that is named; the README says what it must hold"),
    (Code::NoRows, "no-rows", "check the document: its cookies may stand in a picture or on another page"),
    (Code::UnmappedColumn, "unmapped-column", "nothing to do: the cells are kept in extra"),
    (Code::ShiftedCells, "shifted-cells", "compare the row with the document"),
    (Code::RepeatedRows, "repeated-rows", "nothing to do: the row is given once"),
    (Code::NoTextLayer, "no-text-layer", "it is a scanned image: run OCR first"),
    (Code::UnmappedGlyphs, "unmapped-glyphs", "export the PDF again with embedded character maps, or run OCR"),
    (Code::NoPages, "no-pages", "export the PDF again"),
    (Code::Truncated, "truncated", "download the file again; what could be read is here"),
    (Code::DepthCut, "depth-cut", "nothing to do: the words are kept, their nesting is not"),
    (Code::TableCut, "table-cut", "split the document; the words beyond the limit are kept as text"),
    (Code::LossyCharset, "lossy-charset", "convert the file to UTF-8 from the charset that it was written in"),
    (Code::GarbledText, "garbled-text", "nothing to do; to spare it, read the page as UTF-8 when it is fetched"),
    (Code::AmbiguousDate, "ambiguous-date", "write the month in words, or give the date in a platform map"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_in_the_order_of_the_declaration_and_match_serde() {
        for (index, (code, name, _)) in ENTRIES.iter().enumerate() {
            assert_eq!(*code as usize, index, "{name}");
            assert_eq!(serde_json::to_value(code).unwrap(), *name);
        }
        let schema = serde_json::to_string(&schemars::schema_for!(Code)).unwrap();
        let declared = schema.matches("\"const\"").count();
        assert_eq!(ENTRIES.len(), declared, "a code is missing from ENTRIES");
    }
}
