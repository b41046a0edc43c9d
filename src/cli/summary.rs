//! The few lines at the end of a run that tell a person what was found.

use std::path::Path;

use polinorm::corpus::Counts;
use polinorm::document::PolicyDocument;

use super::inputs::Report;

/// Figures of documents that were passed on one by one.
#[derive(Debug, Default)]
pub struct Streamed {
    /// Documents.
    pub documents: usize,
    /// Different platforms.
    pub platforms: usize,
    cookies: usize,
    undated: usize,
    warnings: usize,
}

impl Streamed {
    /// Counts a document.
    pub fn add(&mut self, document: &PolicyDocument) {
        self.documents += 1;
        self.cookies += document.cookies.len();
        self.undated += usize::from(document.date.is_none());
        self.warnings += document.warnings.len();
    }
}

/// The summary of a run to standard output.
pub fn of_stream(streamed: &Streamed, report: &Report) -> String {
    let mut lines = vec![headline(streamed.documents as u64, streamed.platforms as u64, streamed.cookies as u64)];
    let warnings = if streamed.warnings == 1 { "warning" } else { "warnings" };
    let notes = [(streamed.undated, "without a date"), (streamed.warnings, warnings)];
    let notes: Vec<_> =
        notes.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if !notes.is_empty() {
        lines.push(notes.join(" · "));
    }
    lines.extend(inputs(report));
    framed(&lines)
}

/// The summary of a run that wrote a dataset.
pub fn of_dataset(counts: &Counts, before: Option<&Counts>, report: &Report, folder: &Path) -> String {
    let mut lines = vec![headline(counts.documents, counts.platforms, counts.cookies)];
    let families = counted(counts.families, "family", "families");
    let templates = counted(counts.boilerplate, "shared text", "shared texts");
    let share = (counts.shared * 100.0).round();
    let variants = match counts.variants {
        0 => String::new(),
        some => format!(" · {}", counted(some, "variant", "variants")),
    };
    lines.push(format!("{share} % of the text is boilerplate: {templates} stored once{variants} · {families}"));
    lines.push(flags(counts));
    lines.extend(before.and_then(|before| since(before, counts)));
    lines.extend(inputs(report));
    lines.push(format!("written to {}", folder.display()));
    framed(&lines)
}

/// What changed since the dataset that this one replaces.
fn since(before: &Counts, now: &Counts) -> Option<String> {
    let total = |counts: &Counts| counts.flags.info + counts.flags.minor + counts.flags.major;
    let figures = [
        ("documents", before.documents, now.documents),
        ("cookie rows", before.cookies, now.cookies),
        ("flags", total(before), total(now)),
        ("errors", before.errors, now.errors),
    ];
    let changed = figures.iter().filter(|(_, before, now)| before != now);
    let parts: Vec<_> =
        changed.map(|(what, before, now)| format!("{what} {} → {}", grouped(*before), grouped(*now))).collect();
    (!parts.is_empty()).then(|| format!("since the last run: {}", parts.join(" · ")))
}

fn headline(documents: u64, platforms: u64, cookies: u64) -> String {
    let documents = counted(documents, "document", "documents");
    let platforms = counted(platforms, "platform", "platforms");
    format!("{documents} · {platforms} · {}", counted(cookies, "cookie row", "cookie rows"))
}

fn flags(counts: &Counts) -> String {
    let found = [(counts.flags.major, "major"), (counts.flags.minor, "minor"), (counts.flags.info, "info")];
    let parts: Vec<_> =
        found.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let total = found.iter().map(|(count, _)| count).sum();
    match parts.as_slice() {
        [] => "no flags".to_owned(),
        parts => format!("{} to look at: {}", counted(total, "flag", "flags"), parts.join(", ")),
    }
}

fn inputs(report: &Report) -> Vec<String> {
    let errors = report.errors.len() as u64;
    let (passed_over, known) = (report.passed_over as u64, report.known as u64);
    let mut lines = Vec::new();
    if known > 0 {
        lines.push(format!("{} known from an earlier run", counted(known, "document", "documents")));
    }
    if errors > 0 {
        lines.push(format!("{} could not be read, as said above", counted(errors, "input", "inputs")));
    }
    if passed_over > 0 {
        lines.push(format!("{} of other kinds passed over", counted(passed_over, "file", "files")));
    }
    lines
}

/// `1 file`, `12,345 files`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Digits in groups of three, from ten thousand on.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let first = digits.len() % 3;
    let groups = digits.as_bytes()[first..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (first > 0).then(|| digits[..first].to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

fn framed(lines: &[String]) -> String {
    lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(headline(1, 1, 1234567), "1 document · 1 platform · 1,234,567 cookie rows");
        assert_eq!(
            (grouped(9999), grouped(10000), grouped(100000)),
            ("9999".into(), "10,000".into(), "100,000".into())
        );
        assert_eq!(flags(&Counts::default()), "no flags");
        let now = Counts { cookies: 3, ..Counts::default() };
        assert_eq!(since(&Counts::default(), &now).as_deref(), Some("since the last run: cookie rows 0 → 3"));
        assert_eq!(since(&now, &now), None);
    }
}
