//! What a line asks for, or why it cannot be told. Knows no answer.

use data_encoding::BASE64_MIME_PERMISSIVE;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::line::{Line, MAX_LINE};
use crate::corpus::{Consensus, check_version};
use crate::document::PolicyDocument;
use crate::error::{Code, Error, Result};
use crate::source::{MediaType, Source};

/// A document is asked for. What is null is absent; fields that are not named here are passed over.
#[derive(Debug, Deserialize)]
pub(super) struct DocumentRequest {
    /// Key of the document.
    pub path: Option<String>,
    media_type: Option<String>,
    text: Option<String>,
    html: Option<String>,
    bytes_base64: Option<String>,
}

/// The flags of a document are asked for.
#[derive(Debug, Deserialize)]
pub(super) struct FlagRequest {
    /// The document, with all its text.
    pub document: PolicyDocument,
    /// What its family agrees on.
    pub consensus: Option<Consensus>,
    family: Option<String>,
}

/// The signature of a template is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct SignatureRequest {
    /// One of its forms.
    pub text: String,
}

/// The resemblance of two templates is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct ResemblanceRequest {
    /// The most frequent form of the one.
    pub original: String,
    /// The most frequent form of the other one.
    pub text: String,
}

#[derive(Deserialize)]
struct Identified {
    id: Option<Box<RawValue>>,
}

/// The id of a line as it is written, where it can be read; of a line beyond the limit, where it is the first field.
pub(super) fn id(line: &Line) -> Option<Box<RawValue>> {
    let id =
        if line.is_cut() { first_field(&line.bytes) } else { read(line).ok().and_then(|line: Identified| line.id) };
    id.map(without_returns)
}

/// The id as the key of a document that was given no path: a string without its quotes, anything else as it is written.
pub(super) fn key(id: Option<&RawValue>) -> String {
    let string = id.and_then(|id| serde_json::from_str(id.get()).ok());
    string.or_else(|| id.map(|id| id.get().to_owned())).unwrap_or_default()
}

impl DocumentRequest {
    /// The source that is asked for, under a key.
    ///
    /// # Errors
    /// [`Code::BadRecord`], and those of [`Source::promised`].
    pub(super) fn source(self, path: &str) -> Result<Source> {
        let promised = self.media_type.as_deref().and_then(MediaType::named).or(MediaType::of_ending(path));
        match (self.text, self.html, self.bytes_base64) {
            // Text that was taken out of a PDF is one no more.
            (Some(text), None, None) => {
                let promised = promised.filter(|promised| *promised != MediaType::Pdf).unwrap_or(MediaType::Text);
                Source::promised(path, Some(promised), text.into_bytes())
            }
            (None, Some(html), None) => Source::promised(path, Some(MediaType::Html), html.into_bytes()),
            (None, None, Some(base64)) => Source::promised(path, promised, decoded(path, &base64)?),
            (None, None, None) => Err(bad("none of text, html and bytes_base64 is given")),
            _ => Err(bad("more than one of text, html and bytes_base64 is given")),
        }
    }
}

impl FlagRequest {
    /// Reads a line.
    ///
    /// # Errors
    /// [`Code::TooLarge`], [`Code::BadRecord`].
    pub(super) fn of(line: &Line) -> Result<Self> {
        let mut request: Self = read(line)?;
        check_version(&request.document.schema_version, "".as_ref())?;
        if request.family.is_some() {
            request.document.family = request.family.take();
        }
        Ok(request)
    }
}

/// Reads a line that asks for something.
///
/// # Errors
/// [`Code::TooLarge`], [`Code::BadRecord`].
pub(super) fn read<T: DeserializeOwned>(line: &Line) -> Result<T> {
    if line.is_cut() {
        let message = format!("a line of {} bytes, more than the limit of {MAX_LINE}", line.size);
        return Err(Error::new("", Code::TooLarge, message));
    }
    // Some programs open what they write with a byte order mark.
    let bytes = line.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line.bytes);
    // The values of an array would be taken for the fields of a record, in their order.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(bad("an array, where an object is asked for"));
    }
    serde_json::from_slice(bytes).map_err(|error| bad(error.to_string()))
}

fn bad(message: impl Into<String>) -> Error {
    Error::new("", Code::BadRecord, message)
}

fn decoded(path: &str, base64: &str) -> Result<Vec<u8>> {
    let decoded = BASE64_MIME_PERMISSIVE.decode(base64.as_bytes());
    decoded.map_err(|error| Error::new(path, Code::BadRecord, format!("bytes_base64: {error}")))
}

/// The id of an object that it opens with, although the object goes on beyond these bytes.
fn first_field(head: &[u8]) -> Option<Box<RawValue>> {
    let marks = [&b"{"[..], b"\"id\"", b":"];
    let value = marks.iter().try_fold(head, |rest, mark| rest.trim_ascii_start().strip_prefix(*mark))?;
    serde_json::Deserializer::from_slice(value).into_iter().next()?.ok()
}

/// A carriage return can only be blank between the parts of the id, and some readers of the answer would take it for a line end.
fn without_returns(id: Box<RawValue>) -> Box<RawValue> {
    if !id.get().contains('\r') {
        return id;
    }
    RawValue::from_string(id.get().replace('\r', " ")).expect("blanks stay blanks")
}
