//! `polinorm stream`: records on standard input, one answer each on standard output, in order. For data engines, pipes and programs
//! that keep it running; what is done to a line stands in `polinorm::record`.

use std::io::{self, BufReader, Write, stdin};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use clap::Args;
use polinorm::Error;
use polinorm::export::write_line;
use polinorm::record::{self, Line, MAX_LINE, read_line};
use serde::Serialize;

use super::inputs::{Reading, contained};
use super::output::{Failure, stdout};
use super::worker_processes::WorkerProcesses;
use super::{Outcome, pool};

/// Bytes of a line that weigh as much as a common line does.
const COMMON_LINE: usize = 64 * 1024;

/// Reads records from standard input, one JSON object a line, and writes exactly one line for each, in order
///
/// In: {"id", "path", "media_type", "text" | "html" | "bytes_base64"}. Out: {"id", "document", "error"}, one of the last two null.
/// A line that makes no sense is answered with an error too, so that answers and lines can be paired by their number.
#[derive(Debug, Args)]
pub struct Stream {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    reading: Reading,
}

/// What is asked for instead of documents, if anything.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Asked {
    /// Beside each document what a set must know of it. Out: {"id", "document", "sketch", "error"}
    #[arg(long)]
    sketch: bool,
    /// What families agree on. In: {"id", "documents", "statements", "blocks"}. Out: {"id", "consensus", "error"}
    #[arg(long)]
    consensus: bool,
    /// Flags instead of documents. In: {"id", "document", "consensus", "family"}. Out: {"id", "flags", "error"}
    #[arg(long)]
    flags: bool,
    /// What finds near-duplicates of a template. In: {"id", "text"}. Out: {"id", "bands", "error"}
    #[arg(long)]
    signature: bool,
    /// How much a template resembles another one. In: {"id", "original", "text"}. Out: {"id", "resemblance", "error"}
    #[arg(long)]
    resemblance: bool,
}

impl Stream {
    pub fn run(&self) -> Result<Outcome, Failure> {
        let (options, workers) = (self.reading.options()?, WorkerProcesses::default());
        let extract = |source| contained(|| workers.extract(source, &options));
        match &self.asked {
            Asked { sketch: true, .. } => self.answer(|line| as_line(&record::sketch(line, extract))),
            Asked { consensus: true, .. } => self.answer(|line| as_line(&record::consensus(line))),
            Asked { flags: true, .. } => self.answer(|line| as_line(&record::flags(line))),
            Asked { signature: true, .. } => self.answer(|line| as_line(&record::signature(line))),
            Asked { resemblance: true, .. } => self.answer(|line| as_line(&record::resemblance(line))),
            _ => self.answer(|line| as_line(&record::document(line, extract))),
        }
    }

    fn answer(&self, answer: impl Fn(&Line) -> Vec<u8> + Sync) -> Result<Outcome, Failure> {
        let Input { sender, lines } = Input::start()?;
        let mut out = stdout();
        let failed = pool::in_order(
            self.reading.jobs(),
            lines.into_iter().map_while(|line| line).fuse(),
            |line| 1 + line.as_ref().map_or(0, |line| line.bytes.len() / COMMON_LINE),
            |line| line.map(|line| answer(&line)),
            |answers| match write_all(&mut out, answers) {
                Ok(()) => ControlFlow::Continue(()),
                Err(failure) => {
                    // Whoever waits for the next line gets none; a full channel holds one, and nobody waits.
                    let _ = sender.try_send(None);
                    ControlFlow::Break(failure)
                }
            },
        );
        failed.map_or(Ok(Outcome::Done), Err)
    }
}

fn as_line(record: &impl Serialize) -> Vec<u8> {
    let mut line = Vec::new();
    write_line(&mut line, record).expect("a record is JSON, and memory takes it");
    line
}

/// Writes answers and flushes: whoever asked may wait for them before asking on.
fn write_all(out: &mut impl Write, answers: Vec<io::Result<Vec<u8>>>) -> Result<(), Failure> {
    for answer in answers {
        let answer = answer.map_err(|error| Error::io("standard input", error))?;
        out.write_all(&answer)?;
    }
    Ok(out.flush()?)
}

/// Standard input, read by a thread that nobody waits for: it may be stuck in a pipe that stays silent when all else has ended.
struct Input {
    /// The other end of `lines`.
    sender: SyncSender<Sent>,
    lines: Receiver<Sent>,
}

/// A line, or none at the end.
type Sent = Option<io::Result<Line>>;

impl Input {
    fn start() -> io::Result<Self> {
        let (sender, lines) = sync_channel(1);
        let reader = sender.clone();
        thread::Builder::new().spawn(move || send_lines(&reader))?;
        Ok(Self { sender, lines })
    }
}

fn send_lines(sender: &SyncSender<Sent>) {
    let mut input = BufReader::with_capacity(1 << 16, stdin());
    loop {
        let line = read_line(&mut input, MAX_LINE).transpose();
        let last = !matches!(line, Some(Ok(_)));
        if sender.send(line).is_err() || last {
            break;
        }
    }
}
