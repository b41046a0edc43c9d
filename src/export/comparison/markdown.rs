//! A comparison as Markdown, for a comment or a ticket. Nothing that a policy says becomes markup.

use std::io::{self, Write};

use super::entries::{Entry, Says, left_out, parts, verdict};
use crate::corpus::{Comparison, Side, WordChange, WordOp};
use crate::export::markdown::escaped;

/// Writes a comparison as Markdown (CommonMark with `~~` for what is gone).
///
/// # Errors
/// Those of `out`.
pub fn write_markdown(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let left_out = left_out(comparison).map(|told| format!(" ({told})")).unwrap_or_default();
    writeln!(out, "{} → {}\n\n**{}**{left_out}", side(&comparison.a), side(&comparison.b), verdict(comparison))?;
    for part in parts(comparison) {
        writeln!(out, "\n### {}: {}\n", capitalised(part.title), part.summary)?;
        part.entries.iter().try_for_each(|entry| writeln!(out, "- {}", line(entry)))?;
    }
    Ok(())
}

fn side(side: &Side) -> String {
    let platform = side.platform.as_deref().map(|host| format!(" ({})", escaped(host))).unwrap_or_default();
    format!("{}{platform}", escaped(&side.path))
}

fn capitalised(title: &str) -> String {
    let (first, rest) = title.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn line(entry: &Entry) -> String {
    let field = entry.field.as_deref().map(|field| format!(", {}", escaped(field))).unwrap_or_default();
    let said = said(&entry.says);
    let colon = if said.is_empty() { "" } else { ": " };
    let side = entry.side.map(|side| format!(" of the {side}")).unwrap_or_default();
    format!("**{}** {}{side}{field}{colon}{said}", entry.mark.as_str(), escaped(&entry.subject))
}

fn said(says: &Says) -> String {
    match says {
        Says::Text(text) => escaped(text),
        Says::Values { a, b } => format!("{} → {}", value(a), value(b)),
        Says::Words(words) => words.iter().map(marked).collect::<Vec<_>>().join(" "),
    }
}

fn value(value: &Option<String>) -> String {
    value.as_deref().map_or_else(|| "nothing".to_owned(), |value| format!("“{}”", escaped(value)))
}

fn marked(change: &WordChange) -> String {
    let text = escaped(&change.text);
    match change.op {
        WordOp::Equal => text,
        WordOp::Delete => format!("~~{text}~~"),
        WordOp::Insert => format!("**{text}**"),
    }
}
