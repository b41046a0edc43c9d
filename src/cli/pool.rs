//! Work in parallel with results in order: a window of items is under way, so memory is bounded whatever their number.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Weight of the items under way, for each thread: results that wait for a slower one before them are among them.
const WINDOW: usize = 8;

/// Bytes of stack of a thread: readers of nested formats need more than the default, and it is only reserved.
const STACK: usize = 64 << 20;

/// Number of threads where none is given: one per processor.
pub fn default_jobs() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Lets what is done in parallel by [`rayon`] take so many threads. To be called once, before anything is done.
pub fn limit_threads(jobs: usize) {
    // Where threads are at work already, they are as many as there are processors: no result depends on it.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
}

/// Does the work of the program on a thread with the stack that it needs; the error is a panic.
pub fn on_a_deep_stack<R: Send>(work: impl Fn() -> R + Sync) -> thread::Result<R> {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
        Ok(thread) => thread.join(),
        Err(_) => catch_unwind(AssertUnwindSafe(&work)),
    })
}

/// Does `work` on every item with `jobs` threads and hands the results to `take` in the order of the items, on the calling thread,
/// until it breaks. `take` is given as many results as there are, at least one: the next one would be waited for.
///
/// `weigh` says how much of the window an item takes, where 1 is a common one; a heavier one than the window goes alone.
pub fn in_order<T: Send, R: Send, B>(
    jobs: usize,
    items: impl Iterator<Item = T> + Send,
    weigh: impl Fn(&T) -> usize + Sync,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(Vec<R>) -> ControlFlow<B>,
) -> Option<B> {
    let most = items.size_hint().1;
    let threads = jobs.clamp(1, most.unwrap_or(usize::MAX).max(1));
    // One thread is this one, which has what it learnt from documents before; but where items may come late, results do not wait for them.
    let threads = if threads == 1 && most.is_some() { 0 } else { threads };
    let board = Board::new(items, jobs.max(1) * WINDOW);
    thread::scope(|scope| {
        let worker = || {
            while let Some(task) = board.next(&weigh) {
                board.put(task.place, work(task.item));
            }
        };
        let start = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).is_ok();
        // Fewer threads than wished for do the same work; none at all leave it to this one.
        let started = (0..threads).filter(|_| start()).count();
        let _stopped = StopOnDrop(&board);
        let alone = || {
            let task = board.next(&weigh)?;
            board.put(task.place, work(task.item));
            board.get()
        };
        std::iter::from_fn(|| if started == 0 { alone() } else { board.get() })
            .find_map(|results| take(results).break_value())
    })
}

struct Board<I, R> {
    items: Mutex<I>,
    state: Mutex<State<R>>,
    changed: Condvar,
    window: usize,
}

struct State<R> {
    begun: usize,
    taken: usize,
    /// Weight of what was begun and not yet taken.
    under_way: usize,
    done: BTreeMap<usize, Done<R>>,
    /// There are no more items.
    ended: bool,
    stopped: bool,
}

/// Where an item stands among all, and its weight.
#[derive(Clone, Copy)]
struct Place {
    index: usize,
    weight: usize,
}

struct Task<T> {
    place: Place,
    item: T,
}

struct Done<R> {
    weight: usize,
    result: R,
}

impl<I, R> Board<I, R> {
    fn new(items: I, window: usize) -> Self {
        let state = State { begun: 0, taken: 0, under_way: 0, done: BTreeMap::new(), ended: false, stopped: false };
        Self { items: Mutex::new(items), state: Mutex::new(state), changed: Condvar::new(), window }
    }

    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, guard: MutexGuard<'a, State<R>>) -> MutexGuard<'a, State<R>> {
        self.changed.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, place: Place, result: R) {
        self.lock().done.insert(place.index, Done { weight: place.weight, result });
        self.changed.notify_all();
    }

    /// All results that come next, once there is one; none at the end.
    fn get(&self) -> Option<Vec<R>> {
        let mut state = self.lock();
        loop {
            let results = state.take_ready();
            if !results.is_empty() {
                self.changed.notify_all();
                return Some(results);
            }
            if state.ended && state.taken == state.begun {
                return None;
            }
            state = self.wait(state);
        }
    }
}

impl<T, I: Iterator<Item = T>, R> Board<I, R> {
    /// The next item to work on, once it is within the window.
    fn next(&self, weigh: impl Fn(&T) -> usize) -> Option<Task<T>> {
        // Held to the end, so that items are begun in their order.
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        if self.lock().stopped {
            return None;
        }
        let item = items.next();
        let mut state = self.lock();
        let Some(item) = item else {
            state.ended = true;
            self.changed.notify_all();
            return None;
        };
        let weight = weigh(&item);
        while !state.stopped && state.under_way > 0 && state.under_way + weight > self.window {
            state = self.wait(state);
        }
        if state.stopped {
            return None;
        }
        state.under_way += weight;
        state.begun += 1;
        Some(Task { place: Place { index: state.begun - 1, weight }, item })
    }
}

impl<R> State<R> {
    fn take_ready(&mut self) -> Vec<R> {
        let mut results = Vec::new();
        while let Some(done) = self.done.remove(&self.taken) {
            self.taken += 1;
            self.under_way -= done.weight;
            results.push(done.result);
        }
        results
    }
}

/// Lets the workers go when the taker leaves, by a break or by a panic.
struct StopOnDrop<'a, I, R>(&'a Board<I, R>);

impl<I, R> Drop for StopOnDrop<'_, I, R> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slowly(item: u64) -> u64 {
        thread::sleep(std::time::Duration::from_micros(item * 37 % 11));
        item * 2
    }

    #[test]
    fn results_come_in_order_whatever_the_threads_and_weights() {
        for (jobs, most) in [(1, 1), (2, 1), (2, 100), (7, 9)] {
            let mut seen = Vec::new();
            let weigh = |item: &u64| 1 + (*item as usize * 31) % most;
            let broken = in_order(jobs, 0..500, weigh, slowly, |results| {
                assert!(!results.is_empty());
                seen.extend(results);
                ControlFlow::<()>::Continue(())
            });
            assert!(broken.is_none());
            assert_eq!(seen, (0..500).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_under_way_weighs_no_more_than_the_window() {
        let (under_way, most) = (Mutex::new(0), Mutex::new(0));
        let add = |change: i64| {
            let mut now = under_way.lock().unwrap();
            *now += change;
            let mut most = most.lock().unwrap();
            *most = (*most).max(*now);
        };
        let weight = |item: u64| 1 + item % 9;
        let items = (0..400u64).inspect(|_| thread::yield_now());
        let taken = in_order(
            3,
            items,
            |item| weight(*item) as usize,
            |item| {
                add(weight(item) as i64);
                slowly(item);
                add(-(weight(item) as i64));
            },
            |_| ControlFlow::<()>::Continue(()),
        );
        assert!(taken.is_none() && *most.lock().unwrap() <= 3 * WINDOW as i64);
    }

    #[test]
    fn a_taker_that_has_enough_ends_the_work() {
        let begun = Mutex::new(0);
        let broken = in_order(
            2,
            0..1000,
            |_| 1,
            |item| {
                *begun.lock().unwrap() += 1;
                item
            },
            |items| if items.contains(&3) { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) },
        );
        assert_eq!(broken, Some("enough"));
        assert!(*begun.lock().unwrap() < 100);
    }
}
