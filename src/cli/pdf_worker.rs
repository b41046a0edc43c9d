//! `polinorm pdf-worker`: reads PDF documents for another process of this program, so that a file which kills its reader costs
//! one document and no more. Not for people; it speaks in frames on standard input and output.

use std::io::{self, Read, Write, stdin, stdout};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use clap::Args;
use polinorm::Code;
use polinorm::read::{ReadOptions, Reading, read};
use polinorm::source::{MediaType, Source};
use serde::{Deserialize, Serialize};

use super::Outcome;
use super::output::Failure;

/// Name of the subcommand.
pub const NAME: &str = "pdf-worker";

/// Most address space of a worker, in bytes. The largest file is held three times over, its streams unpack to no more than the
/// budget of the reader, and the glyphs of its longest document take as much again; reading the samples takes a tenth.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 2 << 30;

/// Reads PDF documents for another process
#[derive(Debug, Args)]
pub struct PdfWorker {}

/// What is asked: the first frame of two; the second holds the bytes of the file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Key of the document.
    pub path: String,
    /// How it is to be read.
    pub options: ReadOptions,
}

/// What is answered, in one frame.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// What was read.
    Read(Box<Reading>),
    /// Why nothing can be read.
    Failed {
        /// What kind of failure it is.
        code: Code,
        /// The cause.
        message: String,
    },
}

impl PdfWorker {
    pub fn run(&self) -> Result<Outcome, Failure> {
        limit();
        let (sender, requests) = channel();
        thread::Builder::new().spawn(move || answer_all(&requests))?;
        let mut input = stdin().lock();
        while let Ok(frames) = read_frame(&mut input).and_then(|head| Ok((head, read_frame(&mut input)?))) {
            if sender.send(frames).is_err() {
                break;
            }
        }
        // The input is closed: nobody waits for an answer, so the process ends even if it is still at work on one.
        Ok(Outcome::Done)
    }
}

fn answer_all(requests: &Receiver<(Vec<u8>, Vec<u8>)>) -> io::Result<()> {
    for (head, bytes) in requests {
        let Request { path, options } = serde_json::from_slice(&head)?;
        let answer = match read(&Source { path, media_type: MediaType::Pdf, bytes }, &options) {
            Ok(reading) => Answer::Read(Box::new(reading)),
            Err(error) => Answer::Failed { code: error.code, message: error.message },
        };
        write_frame(&mut stdout().lock(), &serde_json::to_vec(&answer)?)?;
    }
    Ok(())
}

/// Writes the length of the bytes and the bytes.
pub fn write_frame(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)?;
    out.flush()
}

/// Reads what [`write_frame`] wrote.
pub fn read_frame(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    if input.take(length).read_to_end(&mut bytes)? as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Limits the memory of this process; where the system refuses, the budgets of the reader are all there is.
#[cfg(target_os = "linux")]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let to = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    let _ = setrlimit(Resource::As, to(MEMORY));
    // A worker that dies leaves no image of its memory behind.
    let _ = setrlimit(Resource::Core, to(0));
}

#[cfg(not(target_os = "linux"))]
fn limit() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_whole_or_not_at_all() {
        let mut wire = Vec::new();
        write_frame(&mut wire, b"one").unwrap();
        write_frame(&mut wire, b"").unwrap();
        let mut input = wire.as_slice();
        assert_eq!(read_frame(&mut input).unwrap(), b"one");
        assert_eq!(read_frame(&mut input).unwrap(), b"");
        assert!(read_frame(&mut input).is_err());
        assert!(read_frame(&mut &wire[..10]).is_err());
    }
}
