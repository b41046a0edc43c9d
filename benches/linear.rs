//! Time per byte of documents that a reader could be slow at, as they double: `cargo bench --bench linear [NAME…]`.
//!
//! A line shows a shape, nanoseconds per byte at each size, and how much the last is of the first. `tests/linear.rs` holds the bound.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/hostile/mod.rs"]
mod hostile;

use hostile::{SHAPES, Shape};

/// Sizes in KiB.
const SIZES: [usize; 6] = [32, 64, 128, 256, 512, 1024];

/// Time that one size may take before the larger ones are left out.
const PATIENCE: f64 = 5.0;

fn main() {
    let wanted: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let shapes = SHAPES.iter().filter(|shape| wanted.is_empty() || wanted.iter().any(|name| shape.name.contains(name)));
    println!("{:34}{}   growth", "ns per byte at KiB", SIZES.map(|size| format!("{size:>8}")).concat());
    hostile::on_deep_stack(|| shapes.for_each(show));
}

fn show(shape: &Shape) {
    let mut seen = Vec::new();
    for size in SIZES {
        let source = shape.source(size << 10);
        let seconds = hostile::seconds_per_byte(&source);
        seen.push(seconds * 1e9);
        if seconds * source.bytes.len() as f64 > PATIENCE {
            break;
        }
    }
    let cells: String = seen.iter().map(|nanoseconds| format!("{nanoseconds:8.0}")).collect();
    let growth = seen[seen.len() - 1] / seen[0];
    println!("{:34}{cells:48}{growth:9.1}", format!("{}.{}", shape.name, shape.ending));
}
