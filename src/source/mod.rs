//! Paths to bytes: walking folders, keys, media type, charset. The library's only module that reads the file system.

mod mojibake;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memmem};

use crate::error::{Code, Error, Result};
use crate::text::unquoted;

/// Largest input that is read, in bytes. Real policies stay below 2 MB; beyond this a file is something else.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// One input: its key, how to read it, its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Key of the document: path relative to the root, with `/`.
    pub path: String,
    /// How it is read: by its ending and its content.
    pub media_type: MediaType,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// Text without markup, or with the little that scrapers leave.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// PDF.
    Pdf,
}

/// A file found, not yet read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Key of the document that it will be.
    pub key: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What a walk over the given paths came upon.
#[derive(Debug, Default)]
pub struct Walk {
    /// Files to read, in the order of their keys, each once.
    pub files: Vec<Found>,
    /// Number of files passed over because of their ending.
    pub passed_over: usize,
    /// What could not be walked.
    pub errors: Vec<Error>,
}

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The characters, with line feeds alone as line ends.
    pub text: Cow<'a, str>,
    /// IANA name of the charset.
    pub charset: &'static str,
    /// True where bytes had to be replaced.
    pub lossy: bool,
    /// IANA name of the charset that the text had been taken for before it was written: it is put right here.
    pub taken_for: Option<&'static str>,
}

/// Finds the documents under files and folders.
///
/// From folders, files with a known ending are taken, hidden and git-ignored ones too; a file named directly is taken whatever
/// its ending. A path that leads nowhere is an error of the walk, not of the call.
pub fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    let mut roots = Vec::new();
    for path in paths {
        match real_path(path) {
            Ok(root) => roots.push(Root { given: path.clone(), folder: root.is_dir(), path: root }),
            Err(error) => walk.errors.push(Error::io(path, error)),
        }
    }
    let base = common_ancestor(&roots);
    let mut found = BTreeMap::new();
    for root in &roots {
        walk_root(root, &base, &mut walk, &mut found);
    }
    walk.files = found.into_iter().map(|(key, path)| Found { key, path }).collect();
    walk
}

/// The path without links; a pipe that a shell hands over has a name that leads nowhere, and can be opened all the same.
fn real_path(path: &Path) -> std::io::Result<PathBuf> {
    fs::canonicalize(path).or_else(|error| match fs::metadata(path) {
        Ok(_) => std::path::absolute(path),
        Err(_) => Err(error),
    })
}

impl Found {
    /// Reads the file.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::PermissionDenied`], [`Code::Io`], [`Code::EmptyFile`], [`Code::TooLarge`],
    /// [`Code::UnknownFormat`] (also a `.pdf` that is plainly something else), [`Code::OwnPage`], [`Code::DamagedPdf`].
    pub fn load(&self) -> Result<Source> {
        let mut file = fs::File::open(&self.path).map_err(|e| Error::io(&self.path, e))?;
        let size = file.metadata().map_err(|e| Error::io(&self.path, e))?.len();
        if size > MAX_BYTES {
            let message = format!("{size} bytes, more than the limit of {MAX_BYTES}");
            return Err(Error::new(&self.path, Code::TooLarge, message));
        }
        let mut bytes = Vec::with_capacity(size as usize);
        file.by_ref().take(MAX_BYTES).read_to_end(&mut bytes).map_err(|e| Error::io(&self.path, e))?;
        Source::new(self.key.clone(), bytes).map_err(|error| Error { path: self.path.clone(), ..error })
    }
}

impl Source {
    /// A source from bytes; the ending of `path` and the content decide how it is read.
    ///
    /// # Errors
    /// [`Code::EmptyFile`], [`Code::UnknownFormat`], [`Code::OwnPage`], [`Code::DamagedPdf`].
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Result<Self> {
        let path = path.into();
        let promised = MediaType::of_ending(&path);
        Self::promised(path, promised, bytes)
    }

    /// A source whose format something else than the ending of `path` promises; the content decides all the same.
    ///
    /// # Errors
    /// Those of [`Source::new`].
    pub fn promised(path: impl Into<String>, promised: Option<MediaType>, bytes: Vec<u8>) -> Result<Self> {
        let path = path.into();
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Error::new(path, Code::EmptyFile, "the file holds no text"));
        }
        let media_type = media_type(&path, promised, &bytes)?;
        Ok(Self { path, media_type, bytes })
    }

    /// The text of a text format: by its byte order mark, else as UTF-8, else as its markup declares, else as its bytes suggest. The
    /// bodies of a mail are put back from quoted-printable before. What was UTF-8 and was read as another charset on its way ("durÃ©e")
    /// is put right.
    pub fn decode(&self) -> Decoded<'_> {
        match (self.media_type == MediaType::Text).then(|| unquoted(&self.bytes)).flatten() {
            Some(bytes) => decode(&bytes).into_owned(),
            None => decode(&self.bytes),
        }
    }
}

impl Decoded<'_> {
    fn into_owned(self) -> Decoded<'static> {
        Decoded { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}

impl MediaType {
    /// All, in the order in which they are documented.
    pub const ALL: [MediaType; 4] = [Self::Text, Self::Markdown, Self::Html, Self::Pdf];

    /// The IANA media type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
        }
    }

    /// The format of a media type as a header of HTTP writes it (RFC 9110, section 8.3.1): parameters and case say nothing.
    pub fn named(name: &str) -> Option<Self> {
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/xhtml+xml" => Some(Self::Html),
            essence => Self::ALL.into_iter().find(|media_type| media_type.as_str() == essence),
        }
    }

    /// The format that a file ending promises.
    pub fn of_ending(path: impl AsRef<Path>) -> Option<Self> {
        let ending = path.as_ref().extension().and_then(OsStr::to_str)?.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

struct Root {
    given: PathBuf,
    path: PathBuf,
    folder: bool,
}

fn walk_root(root: &Root, base: &Path, walk: &mut Walk, found: &mut BTreeMap<String, PathBuf>) {
    if !root.folder {
        found.entry(key_of(&root.path, base)).or_insert_with(|| root.given.clone());
        return;
    }
    let entries = ignore::WalkBuilder::new(&root.path).standard_filters(false).follow_links(true).build();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            // Pipes and devices would be waited for: from a folder, files alone are taken.
            Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => walk.passed_over += 1,
            Ok(entry) if MediaType::of_ending(entry.path()).is_none() => walk.passed_over += 1,
            Ok(entry) => {
                let inside = entry.path().strip_prefix(&root.path).unwrap_or(entry.path());
                found.entry(key_of(entry.path(), base)).or_insert_with(|| root.given.join(inside));
            }
            Err(error) => walk.errors.push(walk_error(root, error)),
        }
    }
}

fn walk_error(root: &Root, error: ignore::Error) -> Error {
    if let Some(child) = loop_child(&error) {
        let message = "a symbolic link that leads back to a folder above it";
        return Error::new(root.as_given(&child), Code::LinkLoop, message);
    }
    let Some(path) = path_of(&error) else { return Error::new(&root.given, Code::Io, error.to_string()) };
    // The walker wraps the system's error beyond recognition: asking again gives it plain.
    match fs::metadata(&path).and_then(|data| if data.is_dir() { fs::read_dir(&path).map(drop) } else { Ok(()) }) {
        Err(plain) => Error::io(root.as_given(&path), plain),
        Ok(()) => Error::new(root.as_given(&path), Code::Io, "the file system failed for a moment"),
    }
}

impl Root {
    /// The path as the caller would write it.
    fn as_given(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.path).map_or_else(|_| path.to_owned(), |inside| self.given.join(inside))
    }
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}

fn loop_child(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => loop_child(err),
        _ => None,
    }
}

fn common_ancestor(roots: &[Root]) -> PathBuf {
    let mut folders = roots
        .iter()
        .map(|root| if root.folder { root.path.as_path() } else { root.path.parent().unwrap_or(&root.path) });
    let Some(first) = folders.next() else { return PathBuf::new() };
    let mut shared: Vec<Component> = first.components().collect();
    for folder in folders {
        let same = shared.iter().zip(folder.components()).take_while(|(a, b)| **a == *b).count();
        shared.truncate(same);
    }
    shared.iter().collect()
}

fn key_of(path: &Path, base: &Path) -> String {
    let inside = path.strip_prefix(base).unwrap_or(path);
    let parts = inside.components().filter_map(|part| match part {
        Component::Normal(name) => Some(printed_name(name)),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The name of a file; bytes that are no UTF-8, as old archives leave them, are written as `\xE4`: two names stay two.
fn printed_name(name: &OsStr) -> Cow<'_, str> {
    if let Some(name) = name.to_str() {
        return name.into();
    }
    let mut printed = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        printed.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| printed.push_str(&format!("\\x{byte:02X}")));
    }
    printed.into()
}

fn media_type(path: &str, promised: Option<MediaType>, bytes: &[u8]) -> Result<MediaType> {
    let head = &bytes[..bytes.len().min(1024)];
    if memmem::find(head, b"%PDF-").is_some() {
        return Ok(MediaType::Pdf);
    }
    if opens_as_html(head) {
        return match memmem::find(head, OWN_PAGE) {
            Some(_) => Err(Error::new(path, Code::OwnPage, "it is a report or a comparison that polinorm wrote")),
            None => Ok(MediaType::Html),
        };
    }
    match promised {
        Some(MediaType::Pdf) => Err(no_pdf(path, bytes)),
        None if looks_binary(bytes) => {
            Err(Error::new(path, Code::UnknownFormat, "neither text, Markdown, HTML nor PDF"))
        }
        other => Ok(other.unwrap_or(MediaType::Text)),
    }
}

/// What our own pages say in their heads.
const OWN_PAGE: &[u8] = b"<meta name=\"generator\" content=\"polinorm\">";

/// Of a file that is named as a PDF and is none: to fetch it again helps only where it is not plainly something else.
fn no_pdf(path: &str, bytes: &[u8]) -> Error {
    match SIGNATURES.iter().find(|(opening, _)| bytes.starts_with(opening)) {
        Some((_, format)) => Error::new(path, Code::UnknownFormat, format!("no PDF as its name says, but {format}")),
        None => Error::new(path, Code::DamagedPdf, "the file does not begin as a PDF does"),
    }
}

/// What files of formats begin with that are taken for a PDF.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive, as office documents are too"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older office program"),
    (b"{\\rtf", "a document in RTF"),
    (b"%!PS", "PostScript"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive"),
];

fn opens_as_html(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let opening = head[..head.len().min(64)].to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| opening.starts_with(tag))
}

/// More than one control character in ten, in the first 8 KiB of what is not UTF-16: no text.
fn looks_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || utf16_without_mark(bytes).is_some() {
        return false;
    }
    let sample = &bytes[..bytes.len().min(8192)];
    let control = sample.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).count();
    control * 10 > sample.len()
}

/// Latin text in UTF-16 has a NUL in nearly every second place: which one tells the byte order.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let pairs = sample.len() / 2;
    // Asked first, for nearly all text has none.
    memchr(0, sample)?;
    let zeros_at = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (high_first, low_first) = (zeros_at(0), zeros_at(1));
    if pairs < 4 {
        None
    } else if low_first * 10 > pairs * 7 && high_first * 10 < pairs {
        Some(UTF_16LE)
    } else if high_first * 10 > pairs * 7 && low_first * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The charset that HTML or XML markup declares in its first kilobyte.
fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let mark = [&b"charset="[..], b"encoding="]
        .iter()
        .find_map(|key| head.windows(key.len()).position(|w| w == *key).map(|at| at + key.len()))?;
    let value = &head[mark..];
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(value.len());
    Encoding::for_label(&value[..end])
}

/// The charset that bytes suggest, and the country of the addresses among them.
fn guessed_charset(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(country(bytes).as_deref(), chardetng::Utf8Detection::Allow)
}

/// The domain of the country that most addresses end with: `hu` of `www.acme.hu`.
fn country(bytes: &[u8]) -> Option<Vec<u8>> {
    const MOST_ADDRESSES: usize = 1_000;
    let starts = memmem::find_iter(bytes, b"www.").chain(memmem::find_iter(bytes, b"://")).take(MOST_ADDRESSES);
    let mut counts: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for domain in starts.filter_map(|start| country_of(&bytes[start + 3..])) {
        *counts.entry(domain).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, times)| *times).map(|(domain, _)| domain)
}

/// Bytes of the longest host (RFC 1035, 2.3.4).
const LONGEST_HOST: usize = 255;

/// The last part of a host that bytes begin with, where it is of two letters.
fn country_of(host: &[u8]) -> Option<Vec<u8>> {
    let of_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let host = &host[..host.iter().take(LONGEST_HOST).take_while(|byte| of_host(byte)).count()];
    let last = host.rsplit(|byte| *byte == b'.').find(|part| !part.is_empty())?;
    (last.len() == 2 && last.iter().all(u8::is_ascii_alphabetic)).then(|| last.to_ascii_lowercase())
}

fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[length..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decoded(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return put_right(Cow::Borrowed(text), UTF_8, false);
    }
    let declared = declared_charset(bytes).filter(|encoding| *encoding != UTF_8);
    decoded(declared.unwrap_or_else(|| guessed_charset(bytes)), bytes)
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    put_right(text, encoding, lossy)
}

/// The text with line feeds alone as line ends, and no longer garbled.
fn put_right<'a>(text: Cow<'a, str>, encoding: &'static Encoding, lossy: bool) -> Decoded<'a> {
    let (text, taken_for) = match mojibake::repaired(&text) {
        Some(repaired) => (Cow::Owned(repaired.text), Some(repaired.taken_for)),
        None => (text, None),
    };
    Decoded { text: line_feeds(text), charset: encoding.name(), lossy, taken_for }
}

fn line_feeds(text: Cow<str>) -> Cow<str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charset(path: &str, bytes: &[u8]) -> (String, &'static str, bool) {
        let source = Source::new(path, bytes.to_vec()).unwrap();
        let decoded = source.decode();
        (decoded.text.into_owned(), decoded.charset, decoded.lossy)
    }

    #[test]
    fn content_decides_before_the_ending() {
        let of = |path: &str, bytes: &[u8]| Source::new(path, bytes.to_vec()).map(|s| s.media_type);
        assert_eq!(of("a.txt", b"%PDF-1.7 x").unwrap(), MediaType::Pdf);
        assert_eq!(of("a.txt", b"  <!DOCTYPE html><p>x").unwrap(), MediaType::Html);
        assert_eq!(of("a.md", b"# x").unwrap(), MediaType::Markdown);
        assert_eq!(of("a.bin", b"plain words").unwrap(), MediaType::Text);
        assert_eq!(of("a.bin", &[1, 2, 3, 4, 200, 0, 1]).unwrap_err().code, Code::UnknownFormat);
        assert_eq!(of("a.pdf", b"not a pdf").unwrap_err().code, Code::DamagedPdf);
        let picture = of("a.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR").unwrap_err();
        assert_eq!(
            (picture.code, picture.message.as_str()),
            (Code::UnknownFormat, "no PDF as its name says, but a picture (PNG)")
        );
        assert_eq!(of("a.txt", b" \n").unwrap_err().code, Code::EmptyFile);
        let promised =
            |bytes: &[u8]| Source::promised("a.pdf", MediaType::named("text/HTML; charset=x"), bytes.to_vec());
        assert_eq!(promised(b"<p>x").unwrap().media_type, MediaType::Html);
        assert_eq!(promised(b"%PDF-1.7 x").unwrap().media_type, MediaType::Pdf);
        assert_eq!(MediaType::named("image/png"), None);
    }

    #[test]
    fn charsets_are_told_apart() {
        assert_eq!(charset("a.txt", "é".as_bytes()).1, "UTF-8");
        let wide: Vec<u8> = "Cookie policy".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(charset("a.txt", &wide), ("Cookie policy".to_owned(), "UTF-16LE", false));
        let latin = b"<meta charset=\"iso-8859-1\">dur\xe9e";
        assert_eq!(charset("a.html", latin), ("<meta charset=\"iso-8859-1\">durée".to_owned(), "windows-1252", false));
        assert_eq!(charset("a.txt", b"one\r\ntwo\rthree").0, "one\ntwo\nthree");
        let hungarian = |host: &str| [&b"a b\xf6ng\xe9sz\xf5 s\xfctik, "[..], host.as_bytes()].concat();
        assert_eq!(charset("a.txt", &hungarian("www.acme.hu/sutik")).0, "a böngésző sütik, www.acme.hu/sutik");
    }
}
