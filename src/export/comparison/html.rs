//! A comparison as one page of HTML that asks for nothing else.

use std::io::{self, Write};

use serde::Serialize;

use super::entries::{Part, left_out, parts, verdict};
use crate::corpus::{Comparison, Side};
use crate::export::page;

/// What the template shows.
#[derive(Serialize)]
struct View<'a> {
    a: &'a Side,
    b: &'a Side,
    verdict: &'static str,
    left_out: Option<String>,
    parts: Vec<Part>,
}

/// Writes a comparison as a page of HTML 5, UTF-8.
///
/// # Errors
/// Those of `out`.
pub fn write_html(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let (verdict, left_out) = (verdict(comparison), left_out(comparison));
    let view = View { a: &comparison.a, b: &comparison.b, verdict, left_out, parts: parts(comparison) };
    page::write(out, "comparison.html", &view)
}
