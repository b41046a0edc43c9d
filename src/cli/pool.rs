//! Work in parallel with results in order: a window of inputs is under way, so memory is bounded whatever the number of inputs.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Results that may wait for a slower one before them, for each thread.
const WINDOW: usize = 8;

/// Bytes of stack of a thread: readers of nested formats need more than the default, and it is only reserved.
const STACK: usize = 64 << 20;

/// Number of threads where none is given: one per processor.
pub fn default_jobs() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does `work` on every item with `jobs` threads and hands each result to `take` in the order of the items, on the calling thread,
/// until it breaks.
pub fn in_order<'t, T: Sync, R: Send, B>(
    jobs: usize,
    items: &'t [T],
    work: impl Fn(&'t T) -> R + Sync,
    mut take: impl FnMut(R) -> ControlFlow<B>,
) -> Option<B> {
    let board = Board { state: Mutex::new(State::default()), changed: Condvar::new(), window: jobs.max(1) * WINDOW };
    thread::scope(|scope| {
        let worker = || {
            while let Some(index) = board.next(items.len()) {
                board.put(index, work(&items[index]));
            }
        };
        let start = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).is_ok();
        // Fewer threads than wished for do the same work; none at all leave it to this one.
        let started = (0..jobs.clamp(1, items.len().max(1))).filter(|_| start()).count();
        let _stopped = StopOnDrop(&board);
        let result = |index| if started == 0 { work(&items[index]) } else { board.get(index) };
        (0..items.len()).find_map(|index| take(result(index)).break_value())
    })
}

struct Board<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
    window: usize,
}

struct State<R> {
    begun: usize,
    taken: usize,
    done: BTreeMap<usize, R>,
    stopped: bool,
}

impl<R> Default for State<R> {
    fn default() -> Self {
        Self { begun: 0, taken: 0, done: BTreeMap::new(), stopped: false }
    }
}

impl<R> Board<R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, guard: MutexGuard<'a, State<R>>) -> MutexGuard<'a, State<R>> {
        self.changed.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item to work on, once it is within the window.
    fn next(&self, total: usize) -> Option<usize> {
        let mut state = self.lock();
        while !state.stopped && state.begun < total && state.begun >= state.taken + self.window {
            state = self.wait(state);
        }
        if state.stopped || state.begun >= total {
            return None;
        }
        state.begun += 1;
        Some(state.begun - 1)
    }

    fn put(&self, index: usize, result: R) {
        self.lock().done.insert(index, result);
        self.changed.notify_all();
    }

    fn get(&self, index: usize) -> R {
        let mut state = self.lock();
        loop {
            if let Some(result) = state.done.remove(&index) {
                state.taken = index + 1;
                self.changed.notify_all();
                return result;
            }
            state = self.wait(state);
        }
    }
}

/// Lets the workers go when the taker leaves, by a break or by a panic.
struct StopOnDrop<'a, R>(&'a Board<R>);

impl<R> Drop for StopOnDrop<'_, R> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        let items: Vec<u64> = (0..500).collect();
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            let broken = in_order(
                jobs,
                &items,
                |item| {
                    thread::sleep(std::time::Duration::from_micros(item * 37 % 11));
                    item * 2
                },
                |result| {
                    seen.push(result);
                    ControlFlow::<()>::Continue(())
                },
            );
            assert!(broken.is_none());
            assert_eq!(seen, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_taker_that_has_enough_ends_the_work() {
        let items: Vec<u64> = (0..1000).collect();
        let begun = Mutex::new(0);
        let broken = in_order(
            2,
            &items,
            |item| {
                *begun.lock().unwrap() += 1;
                *item
            },
            |item| if item == 3 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) },
        );
        assert_eq!(broken, Some("enough"));
        assert!(*begun.lock().unwrap() < 100);
    }
}
