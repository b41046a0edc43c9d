//! One line of JSON in, one line of JSON out: what `polinorm stream` does, without its threads. Opens no file and starts no process.
//!
//! Every line has its answer, whatever it holds: [`document`], [`sketch`], [`consensus`],
//! [`flags`](fn@flags), [`signature`] and [`resemblance`] cannot fail. The answer carries the id of its line as it
//! was written, and either what was asked for or an error.

mod line;
mod request;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::corpus::{self, Consensus, DocumentSketch, ErrorRecord, FamilyCounts, Resemblance};
use crate::document::PolicyDocument;
use crate::error::Result;
use crate::flags::{self, Flag};
use crate::source::Source;

pub use line::{Line, MAX_LINE, read_line};
use request::{DocumentRequest, FlagRequest, ResemblanceRequest, SignatureRequest};

/// What `stream` answers to a line: a document, or why there is none.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// The id of the line, any JSON value; null where the line has none or none could be read.
    #[schemars(with = "serde_json::Value")]
    pub id: Option<Box<RawValue>>,
    /// The document; null where there is an error.
    pub document: Option<PolicyDocument>,
    /// Why there is no document, else null. Its path is that of the document that there would be.
    pub error: Option<ErrorRecord>,
}

/// What `stream --sketch` answers to a line: a document and what a set must know of it, or why there is none.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SketchRecord {
    /// The id of the line, any JSON value; null where the line has none or none could be read.
    #[schemars(with = "serde_json::Value")]
    pub id: Option<Box<RawValue>>,
    /// The document; null where there is an error.
    pub document: Option<PolicyDocument>,
    /// What a set must know of the document; null where there is an error.
    pub sketch: Option<DocumentSketch>,
    /// Why there is no document, else null. Its path is that of the document that there would be.
    pub error: Option<ErrorRecord>,
}

/// What `stream --consensus` answers to a line: what a family agrees on, or why that cannot be told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConsensusRecord {
    /// The id of the line, any JSON value; null where the line has none or none could be read.
    #[schemars(with = "serde_json::Value")]
    pub id: Option<Box<RawValue>>,
    /// What the documents of the family state; null where there is an error.
    pub consensus: Option<Consensus>,
    /// Why there is no consensus, else null. Its path is the id.
    pub error: Option<ErrorRecord>,
}

/// What `stream --flags` answers to a line: the flags of its document, or why there are none.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct FlagRecord {
    /// The id of the line, any JSON value; null where the line has none or none could be read.
    #[schemars(with = "serde_json::Value")]
    pub id: Option<Box<RawValue>>,
    /// The flags, which may be none; null where there is an error.
    pub flags: Option<Vec<Flag>>,
    /// Why there are no flags, else null.
    pub error: Option<ErrorRecord>,
}

/// What `stream --signature` answers to a line: what finds the near-duplicates of a template, or why that cannot be told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignatureRecord {
    /// The id of the line, any JSON value; null where the line has none or none could be read.
    #[schemars(with = "serde_json::Value")]
    pub id: Option<Box<RawValue>>,
    /// Near-duplicates have one of them in common, in all but few cases; none for a text of fewer than five words. Null where there is an error.
    pub bands: Option<Vec<String>>,
    /// Why there are none, else null. Its path is the id.
    pub error: Option<ErrorRecord>,
}

/// What `stream --resemblance` answers to a line: how much a template resembles another one, or why that cannot be told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResemblanceRecord {
    /// The id of the line, any JSON value; null where the line has none or none could be read.
    #[schemars(with = "serde_json::Value")]
    pub id: Option<Box<RawValue>>,
    /// How much, and what changed; null where there is an error.
    pub resemblance: Option<Resemblance>,
    /// Why it cannot be told, else null. Its path is the id.
    pub error: Option<ErrorRecord>,
}

/// Answers a line of `{"id", "path", "media_type", "text" | "html" | "bytes_base64"}` with what `extract` makes of its source.
///
/// All but one of the last three may be absent or null. Without a path the id is the key of the document. As with files, what the
/// content shows goes before what `media_type` and the ending of the path promise.
pub fn document(line: &Line, extract: impl FnOnce(Source) -> Result<PolicyDocument>) -> DocumentRecord {
    let (id, asked) = (request::id(line), request::read::<DocumentRequest>(line));
    let path = asked.as_ref().ok().and_then(|asked| asked.path.clone());
    let path = path.unwrap_or_else(|| request::key(id.as_deref()));
    let (document, error) = parted(&path, asked.and_then(|asked| asked.source(&path)).and_then(extract));
    DocumentRecord { id, document, error }
}

/// Answers a line as [`document`] does, with what a set must know of the document beside it.
pub fn sketch(line: &Line, extract: impl FnOnce(Source) -> Result<PolicyDocument>) -> SketchRecord {
    let DocumentRecord { id, document, error } = document(line, extract);
    let sketch = document.as_ref().map(DocumentSketch::of);
    SketchRecord { id, document, sketch, error }
}

/// Answers a line of `{"id", "documents", "statements", "blocks"}`, the counts of a family, with what it agrees on.
pub fn consensus(line: &Line) -> ConsensusRecord {
    let (id, asked) = (request::id(line), request::read(line));
    let made = asked.and_then(FamilyCounts::consensus);
    let (consensus, error) = parted(&request::key(id.as_deref()), made);
    ConsensusRecord { id, consensus, error }
}

/// Answers a line of `{"id", "document", "consensus", "family"}` with the flags of the document against the consensus.
///
/// The document must have all its text. The last two may be absent or null; `family` takes the place of the document's own.
pub fn flags(line: &Line) -> FlagRecord {
    let (id, asked) = (request::id(line), FlagRequest::of(line));
    let path = asked.as_ref().map_or_else(|_| request::key(id.as_deref()), |asked| asked.document.source.path.clone());
    let (flags, error) = parted(&path, asked.map(|asked| flags::check(&asked.document, asked.consensus.as_ref())));
    FlagRecord { id, flags, error }
}

/// Answers a line of `{"id", "text"}`, a form of a template, with the bands of its signature.
pub fn signature(line: &Line) -> SignatureRecord {
    let (id, asked) = (request::id(line), request::read::<SignatureRequest>(line));
    let made = asked.map(|asked| corpus::signature(&asked.text));
    let (bands, error) = parted(&request::key(id.as_deref()), made);
    SignatureRecord { id, bands, error }
}

/// Answers a line of `{"id", "original", "text"}`, the most frequent forms of two templates, with how much the second resembles the first.
pub fn resemblance(line: &Line) -> ResemblanceRecord {
    let (id, asked) = (request::id(line), request::read::<ResemblanceRequest>(line));
    let made = asked.map(|asked| Resemblance::of(&asked.original, &asked.text));
    let (resemblance, error) = parted(&request::key(id.as_deref()), made);
    ResemblanceRecord { id, resemblance, error }
}

/// What was made and the record of the error, of which there is always one.
fn parted<T>(path: &str, made: Result<T>) -> (Option<T>, Option<ErrorRecord>) {
    match made {
        Ok(made) => (Some(made), None),
        Err(error) => (None, Some(ErrorRecord::new(path, &error))),
    }
}
