//! Pages of HTML: the templates and what they share. Every value is escaped; nothing that a policy says becomes markup, script or a
//! link to anything but a web page or a mail address.

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

/// Templates by name; a template of several parts includes them by theirs.
const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("page.html")),
    ("words.html", include_str!("words.html")),
    ("page.css", include_str!("page.css")),
    ("comparison.html", include_str!("comparison.html")),
    ("report.html", include_str!("../report/report.html")),
    ("report.css", include_str!("../report/report.css")),
    ("report.js", include_str!("../report/report.js")),
];

/// Fills a template and writes it.
///
/// # Errors
/// Those of `out`. A template that does not fit its view is a fault of ours, and an error of kind `Other`.
pub(super) fn write(out: &mut impl Write, name: &str, view: &impl Serialize) -> io::Result<()> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
        .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(io::Error::other)?);
    environment.add_filter("href", href);
    environment.add_filter("thousands", thousands);
    // Our own style and script, word for word.
    environment.add_function("verbatim", |name: String| Value::from_safe_string(verbatim(&name).to_owned()));
    for (name, source) in TEMPLATES.iter().filter(|(name, _)| name.ends_with(".html")) {
        environment.add_template(name, source).map_err(io::Error::other)?;
    }
    let template = environment.get_template(name).map_err(io::Error::other)?;
    template.render_captured_to(Serde(view), out).map(drop).map_err(|error| match find_io(&error) {
        Some(cause) => cause,
        None => io::Error::other(error),
    })
}

/// The text of a file that stands beside the templates.
pub(super) fn verbatim(name: &str) -> &'static str {
    TEMPLATES.iter().find(|(other, _)| *other == name).map_or("", |(_, text)| text)
}

/// An address that may be followed: of a web page or a mailbox, and of nothing that runs.
pub(super) fn href(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    (known && plain).then(|| address.to_owned())
}

/// A number with its thousands set apart: 12,345.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let apart = |(index, digit): (usize, char)| {
        let comma = index > 0 && (digits.len() - index).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(apart).collect()
}

/// The failure of an output below an error of the template engine, with its cause: that alone says what to do.
fn find_io(error: &minijinja::Error) -> Option<io::Error> {
    let mut source = std::error::Error::source(error);
    while let Some(below) = source {
        if let Some(error) = below.downcast_ref::<io::Error>() {
            let again = |code| io::Error::from_raw_os_error(code);
            return Some(error.raw_os_error().map_or_else(|| io::Error::new(error.kind(), error.to_string()), again));
        }
        source = below.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_and_mailboxes_are_linked() {
        for address in ["https://a.example/x?y=1#z", "HTTP://a.example", "mailto:a@b.example"] {
            assert_eq!(href(address).as_deref(), Some(address));
        }
        for address in
            ["javascript:alert(1)", " https://a.example", "java\nscript:x", "data:text/html,x", "//a.example", ""]
        {
            assert_eq!(href(address), None, "{address:?}");
        }
    }

    #[test]
    fn the_cause_of_a_failed_output_is_told() {
        #[derive(Debug)]
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let failed = write(&mut Full, "page.html", &()).unwrap_err();
        assert_eq!((failed.kind(), failed.to_string()), (io::ErrorKind::StorageFull, "no storage space".to_owned()));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 12, 123, 1_234, 1_234_567].map(thousands), ["0", "12", "123", "1,234", "1,234,567"]);
    }
}
