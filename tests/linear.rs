//! Time grows with the size of a document and no faster, whatever its shape: eight times the bytes may not cost four times as much
//! a byte. What is quadratic costs eight times as much; caches and the noise of a machine stay below twice.
#![allow(clippy::unwrap_used)]

mod given;
mod hostile;

use hostile::{SHAPES, Shape};

/// The smaller size in bytes is this one, doubled until it takes long enough: what is quadratic by little shows only then. The other is so
/// many times larger.
const SMALLEST: usize = if cfg!(debug_assertions) { 8 << 10 } else { 64 << 10 };
const LARGEST: usize = 1 << 20;
const LONG_ENOUGH: f64 = 0.02;
const GROWTH: usize = 8;

/// Most growth of the time per byte.
const MOST: f64 = 4.0;

/// Times that a shape is tried: a noisy machine makes any shape slow once.
const TRIES: usize = 3;

#[test]
fn time_per_byte_does_not_grow_with_size() {
    if hostile::processor_time().is_none() {
        return given::skip("time per byte: this system does not tell the time of a thread");
    }
    let slow: Vec<_> = hostile::on_deep_stack(|| SHAPES.iter().filter_map(slow).collect());
    assert!(
        slow.is_empty(),
        "time per byte grows with {} of {} shapes:\n{}",
        slow.len(),
        SHAPES.len(),
        slow.join("\n")
    );
}

/// The smaller size.
fn size(shape: &Shape) -> usize {
    let takes = |size: usize| hostile::seconds_per_byte(&shape.source(size)) * size as f64;
    let sizes = std::iter::successors(Some(SMALLEST), |size| Some(2 * size));
    sizes.take_while(|size| *size <= LARGEST).find(|size| takes(*size) >= LONG_ENOUGH).unwrap_or(LARGEST)
}

/// What is wrong with a shape that is slow each time.
fn slow(shape: &Shape) -> Option<String> {
    let size = size(shape);
    let (small, large) = (shape.source(size), shape.source(size * GROWTH));
    let growth = |_| hostile::seconds_per_byte(&large) / hostile::seconds_per_byte(&small);
    let growths: Result<Vec<_>, f64> =
        (0..TRIES).map(growth).map(|times| if times > MOST { Ok(times) } else { Err(times) }).collect();
    growths.ok().map(|times| format!("{}.{}: {times:.1?} times", shape.name, shape.ending))
}
