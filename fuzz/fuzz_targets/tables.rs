//! A table of cookies printed in three formats: each reads its words, and the same bytes twice.
#![no_main]

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use polinorm_fuzz::{document, holds_words};

/// Cells that tables are made of, beside free text.
const CELLS: &[&str] = &[
    "",
    "Name",
    "Cookie name",
    "Provider",
    "Purpose",
    "Duration",
    "Type",
    "_ga",
    "_ga, _gid",
    "_hj*",
    "sid",
    "2 years",
    "Session",
    "13 mois",
    "Google",
    "shop.example",
    "First party",
    "Analytics",
    "counts visits of pages",
    "necessary",
];

#[derive(Arbitrary, Debug)]
enum Cell<'a> {
    Known(u8),
    Free(&'a str),
    Spanning(u8, u8),
}

impl Cell<'_> {
    fn text(&self) -> String {
        match self {
            Self::Known(number) | Self::Spanning(number, _) => CELLS[*number as usize % CELLS.len()].to_owned(),
            Self::Free(text) => text.chars().filter(|c| c.is_alphanumeric() || " _-*,.".contains(*c)).collect(),
        }
    }

    fn html(&self) -> String {
        match self {
            Self::Spanning(_, size) => format!("<td rowspan={} colspan={}>{}", size % 8, size / 32, self.text()),
            _ => format!("<td>{}", self.text()),
        }
    }
}

fuzz_target!(|rows: Vec<Vec<Cell>>| {
    let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
    let tabs: Vec<_> = texts.iter().map(|row| row.join("\t")).collect();
    let pipes: Vec<_> = texts.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
    let html: Vec<_> =
        rows.iter().map(|row| format!("<tr>{}", row.iter().map(Cell::html).collect::<String>())).collect();
    let html = format!("<!DOCTYPE html><table>{}</table>", html.concat());
    let words = texts.concat().join(" ");
    for (name, page) in [("fuzz.txt", tabs.join("\n")), ("fuzz.txt", pipes.join("\n")), ("fuzz.html", html)] {
        if let Some(document) = document(name, page.as_bytes()) {
            holds_words(&document, &words);
        }
    }
});
