//! A comparison written for people: as text for a terminal, as Markdown, as a page of HTML. For programs it is JSON.

mod entries;
mod html;
mod markdown;
mod text;

pub use html::write_html;
pub use markdown::write_markdown;
pub use text::{TextStyle, write_text};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::sample::{Sample, duration, row};
    use crate::corpus::{Comparison, compare};
    use crate::document::CookieRow;

    const YEAR: u64 = 365 * 86_400;

    fn comparison() -> Comparison {
        let kept = |length, years| CookieRow { duration: Some(duration(length, years * YEAR)), ..row("lang", "Why") };
        let long = "We keep what you tell us in a safe place and for no longer than the law of the land where you live asks us to.";
        let a = Sample::new("a.txt", "shop.example")
            .dated("2024-01-01", "2024-01-01")
            .text(long)
            .text("This stays as it is, word for word.")
            .row(kept("1 year", 1))
            .row(row("old", "<b>Gone</b>"))
            .build();
        let b = Sample::new("b.txt", "shop.example")
            .dated("2025-01-01", "2025-01-01")
            .text(&long.replace("a safe place", "an iron box"))
            .text("This stays as it is, word for word.")
            .text("\u{1b}[31mred | text")
            .row(kept("2 years", 2))
            .row(row("_new", "<script>alert(1)</script>"))
            .build();
        compare(&a, &b)
    }

    fn written(write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn text(style: TextStyle) -> String {
        let coloured = written(|out| write_text(out, &comparison(), style));
        regex::Regex::new("\x1b\\[[0-9;]*m").unwrap().replace_all(&coloured, "").into_owned()
    }

    #[test]
    fn text_tells_the_story_line_by_line() {
        let story = "a  a.txt  shop.example\nb  b.txt  shop.example\n\n\
                     document: 1 differs\n~ date: 2024-01-01 → 2025-01-01\n\n\
                     cookies: 1 added, 1 removed, 1 changed\n- old: necessary, “<b>Gone</b>”\n\
                     + _new: necessary, “<script>alert(1)</script>”\n~ lang\n    duration: 1 year → 2 years\n\n\
                     text: 1 added, 1 changed\n\
                     ~ line 2: … what you tell us in [-a safe place-] {+an iron box+} and for no longer than …\n\
                     + line 4: \u{fffd}[31mred | text\n\nthe policies differ\n";
        assert_eq!(text(TextStyle { width: None, whole: false }), story);
        assert!(text(TextStyle { width: None, whole: true }).contains("line 2: We keep what you tell us in [-a safe"));
    }

    #[test]
    fn text_fits_the_terminal() {
        let narrow = text(TextStyle { width: Some(40), whole: true });
        assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&narrow), words(&text(TextStyle { width: None, whole: true })));
    }

    #[test]
    fn markup_of_a_policy_stays_text() {
        let markdown = written(|out| write_markdown(out, &comparison()));
        assert!(markdown.contains(r"\<script\>alert(1)\</script\>") && markdown.contains(r"red \| text"), "{markdown}");
        assert!(markdown.contains("~~a safe place~~ **an iron box**"), "{markdown}");
        let html = written(|out| write_html(out, &comparison()));
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"), "{html}");
        assert!(html.contains("<del>a safe place</del>") && html.contains("<ins>an iron box</ins>"), "{html}");
    }
}
