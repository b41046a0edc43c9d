//! The processes that read PDF documents: started when the first one comes, one for each thread that asks, replaced when they
//! die. Speaks with `pdf_worker`.

use std::io;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use polinorm::document::PolicyDocument;
use polinorm::explanation::Explanation;
use polinorm::read::{ReadOptions, Reading, read};
use polinorm::source::{MediaType, Source};
use polinorm::{Code, Error, ExtractOptions};

use super::pdf_worker::{Answer, NAME, Request, read_frame, write_frame};

/// Longest time that a worker may take for one document. Only a backstop behind the budgets of work: the slowest real document
/// takes a fiftieth of it, and a machine under heavy load must not change the result.
const DEADLINE: Duration = Duration::from_secs(30);

/// The processes that wait for work.
#[derive(Debug, Default)]
pub struct WorkerProcesses {
    idle: Mutex<Vec<Worker>>,
}

/// Why a worker gave no answer.
#[derive(Debug)]
enum Loss {
    Died(ExitStatus),
    TooSlow,
    Garbled,
}

impl WorkerProcesses {
    /// [`polinorm::extract`], with PDF documents read in another process.
    ///
    /// # Errors
    /// Those of [`polinorm::extract`]; [`Code::ReaderFailed`] where the document cost its worker.
    pub fn extract(&self, source: Source, options: &ExtractOptions) -> polinorm::Result<PolicyDocument> {
        if source.media_type != MediaType::Pdf {
            return polinorm::extract(&source, options);
        }
        let source = Arc::new(source);
        let reading = self.read(&source, &options.read)?;
        Ok(polinorm::understand(&source, reading, options))
    }

    /// [`polinorm::explain`], with PDF documents read in another process.
    ///
    /// # Errors
    /// Those of [`WorkerProcesses::extract`].
    pub fn explain(&self, source: Source, options: &ExtractOptions) -> polinorm::Result<Explanation> {
        let source = Arc::new(source);
        let reading = match source.media_type {
            MediaType::Pdf => self.read(&source, &options.read)?,
            _ => read(&source, &options.read)?,
        };
        Ok(polinorm::explain(&source, reading, options))
    }

    fn read(&self, source: &Arc<Source>, options: &ReadOptions) -> polinorm::Result<Reading> {
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = waiting {
            match self.ask(worker, source, options) {
                // What was read before may have cost it: only a fresh one tells, and so the order of documents has no say.
                Err(Loss::Died(_)) => {}
                answer => return finish(answer, source),
            }
        }
        match Worker::start() {
            Ok(worker) => finish(self.ask(worker, source, options), source),
            // A system that starts no processes still reads.
            Err(_) => read(source, options),
        }
    }

    fn ask(&self, mut worker: Worker, source: &Arc<Source>, options: &ReadOptions) -> Result<Answer, Loss> {
        let answer = worker.ask(source, options)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(answer)
    }
}

fn finish(answer: Result<Answer, Loss>, source: &Source) -> polinorm::Result<Reading> {
    match answer {
        Ok(Answer::Read(reading)) => Ok(*reading),
        Ok(Answer::Failed { code, message }) => Err(Error::new(&source.path, code, message)),
        Err(loss) => Err(Error::new(&source.path, Code::ReaderFailed, loss.message())),
    }
}

impl Loss {
    fn message(&self) -> String {
        match self {
            Self::Died(status) => format!("the process that read it {}", ending(*status)),
            Self::TooSlow => format!("reading it took longer than {} s", DEADLINE.as_secs()),
            Self::Garbled => "the process that read it gave no answer that makes sense".to_owned(),
        }
    }
}

#[cfg(unix)]
fn ending(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        // What the runtime of Rust does when memory or stack run out.
        Some(6) => "died with signal 6: it ran out of memory or stack".to_owned(),
        Some(signal) => format!("died with signal {signal}"),
        None => format!("ended with {status}"),
    }
}

#[cfg(not(unix))]
fn ending(status: ExitStatus) -> String {
    format!("ended with {status}")
}

/// One process, and the thread that speaks with it.
#[derive(Debug)]
struct Worker {
    child: Child,
    /// Closed when the process is to end.
    requests: Option<Sender<(Request, Arc<Source>)>>,
    answers: Receiver<io::Result<Answer>>,
    speaker: Option<JoinHandle<()>>,
}

impl Worker {
    fn start() -> io::Result<Self> {
        let mut child =
            command()?.arg(NAME).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take()).expect("both were asked for");
        let (requests, asked) = channel();
        let (given, answers) = channel();
        let speaker = thread::Builder::new().spawn(move || speak(pipes, &asked, &given));
        if speaker.is_err() {
            // Its input is closed already, so it ends.
            child.wait()?;
        }
        Ok(Self { child, requests: Some(requests), answers, speaker: Some(speaker?) })
    }

    fn ask(&mut self, source: &Arc<Source>, options: &ReadOptions) -> Result<Answer, Loss> {
        let request = Request { path: source.path.clone(), options: options.clone() };
        let requests = self.requests.as_ref().expect("it is closed on drop alone");
        // A speaker that is gone says so below.
        let _ = requests.send((request, Arc::clone(source)));
        match self.answers.recv_timeout(DEADLINE) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => Err(self.end(Loss::Garbled)),
            Err(RecvTimeoutError::Timeout) => Err(self.end(Loss::TooSlow)),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                Err(self.child.wait().map_or(Loss::Garbled, Loss::Died))
            }
        }
    }

    fn end(&mut self, loss: Loss) -> Loss {
        // It may have ended by itself in the meantime, which is as good.
        let _ = self.child.kill();
        loss
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(speaker) = self.speaker.take() {
            let _ = speaker.join();
        }
        let _ = self.child.wait();
    }
}

/// This very program, even where its file was replaced since it was started.
#[cfg(target_os = "linux")]
fn command() -> io::Result<Command> {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new("/proc/self/exe");
    command.arg0("polinorm");
    Ok(command)
}

#[cfg(not(target_os = "linux"))]
fn command() -> io::Result<Command> {
    std::env::current_exe().map(Command::new)
}

/// Hands on requests and answers until either side is gone: pipes have no deadlines, so this waits and the asker does not.
fn speak(
    (mut input, mut output): (ChildStdin, ChildStdout),
    asked: &Receiver<(Request, Arc<Source>)>,
    given: &Sender<io::Result<Answer>>,
) {
    for (request, source) in asked {
        let answer = exchange(&mut input, &mut output, &request, &source);
        // The asker must be alone with the source when it has the answer, lest a large one be held longer than needed.
        drop(source);
        let failed = answer.is_err();
        if given.send(answer).is_err() || failed {
            break;
        }
    }
}

fn exchange(
    input: &mut ChildStdin,
    output: &mut ChildStdout,
    request: &Request,
    source: &Source,
) -> io::Result<Answer> {
    write_frame(input, &serde_json::to_vec(request)?)?;
    write_frame(input, &source.bytes)?;
    let answer = read_frame(output)?;
    serde_json::from_slice(&answer).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
