//! The program: the only room that prints. One file per subcommand; clap is known here alone.

mod allow_list;
mod completions;
mod dataset_folder;
mod diff;
mod document_log;
mod explain;
mod export;
mod extract;
mod flags;
mod inputs;
mod merge;
mod new_dataset;
mod output;
mod pdf_worker;
mod platform_map;
mod pool;
mod progress;
mod report;
mod restore;
mod schema;
mod stored_dataset;
mod stream;
mod summary;
mod target;
mod worker_processes;

use std::panic;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::Failure;

/// Turns policy documents into one canonical dataset: platform, date and cookie rows as JSON, shared text stored once,
/// differences flagged.
#[derive(Debug, Parser)]
#[command(name = "polinorm", version, max_term_width = 110, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Extract),
    Diff(diff::Diff),
    Explain(explain::Explain),
    Flags(flags::Flags),
    Merge(merge::Merge),
    Report(report::Report),
    Export(export::Export),
    Restore(restore::Restore),
    Stream(stream::Stream),
    Schema(schema::Schema),
    Completions(completions::Completions),
    #[command(name = pdf_worker::NAME, hide = true)]
    PdfWorker(pdf_worker::PdfWorker),
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 differences (diff) or flags (flags --strict); 2 wrong usage, or nothing could be done; \
                          3 some inputs could not be read, all the others were.";

/// How a run ended that did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All of it.
    Done,
    /// Two policies differ, or something was flagged under `--strict`.
    Different,
    /// Some inputs could not be read.
    Partial,
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    // A panic is a fault of ours: the user gets one line with what to do, never a trace.
    panic::set_hook(Box::new(|_| {}));
    // What reading the arguments takes of memory is there for the work, on the same thread.
    let run = pool::on_a_deep_stack(|| run(&Arguments::parse().command)).unwrap_or_else(|_| Err(Failure::internal()));
    match run {
        Ok(outcome) => outcome.into(),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(failure);
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<Outcome, Failure> {
    match command {
        Command::Extract(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Flags(command) => command.run(),
        Command::Merge(command) => command.run(),
        Command::Report(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Stream(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::PdfWorker(command) => command.run(),
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Different => 1,
            Outcome::Partial => 3,
        })
    }
}
