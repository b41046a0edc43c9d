//! The progress bar: on a terminal only, on standard error.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use polinorm::Error;

use super::output;

/// A bar over a known number of inputs.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar, which shows nothing where standard error is no terminal.
    pub fn new(total: usize) -> Self {
        if !stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(total as u64);
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len} documents  {eta} left");
        bar.set_style(style.expect("the template is valid").progress_chars("━╸ "));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// One more input is done.
    pub fn step(&self) {
        self.0.inc(1);
    }

    /// Tells of an error without tearing the bar.
    pub fn complain(&self, error: &Error) {
        self.0.suspend(|| output::complain(error));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
