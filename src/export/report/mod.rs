//! A dataset as one page for people: figures, flags, a matrix of platforms and cookies, each policy, families and their text.
//!
//! The page is whole in itself: it asks for nothing, it can be read without its script, and its bytes depend on the dataset alone.

mod families;
mod flagged_alike;
mod matrix;
mod name_order;
mod overview;
mod platforms;
mod script_data;
mod word_marks;

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use name_order::NameOrder;

use super::page;
use crate::corpus::{Boilerplate, ErrorRecord, Family, Manifest};
use crate::document::PolicyDocument;
use crate::flags::Flag;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Its heading.
    pub title: &'a str,
    /// The documents, by path and with all their text.
    pub documents: &'a [PolicyDocument],
    /// Texts that several platforms share.
    pub boilerplate: &'a [Boilerplate],
    /// Families, by id.
    pub families: &'a [Family],
    /// What was flagged.
    pub flags: &'a [Flag],
    /// Inputs that gave no document.
    pub errors: &'a [ErrorRecord],
    /// The figures.
    pub manifest: &'a Manifest,
}

/// What the template shows.
#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    /// Of the script that may run.
    script_hash: String,
    /// What the script works on, as JSON that may stand in an element of script.
    data: String,
    figures: Vec<overview::Figure>,
    categories: Vec<overview::CategoryShare>,
    alike: flagged_alike::FlaggedAlike,
    rules: Vec<overview::RuleView>,
    matrix: matrix::MatrixView,
    platforms: &'a platforms::Platforms,
    families: Vec<families::FamilyView>,
    errors: Vec<&'a ErrorRecord>,
    manifest: &'a Manifest,
}

impl Report<'_> {
    /// Writes the page: HTML 5, UTF-8.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let platforms = platforms::of(self);
        let families = families::of(self, &platforms);
        let data = script_data::of(self, &platforms);
        let view = View {
            title: self.title,
            script_hash: script_hash(),
            data: in_script(&data)?,
            figures: overview::figures(self),
            categories: overview::categories(self),
            alike: flagged_alike::of(self, &platforms),
            rules: overview::rules(self, &platforms),
            matrix: matrix::of(self, &platforms),
            platforms: &platforms,
            families,
            errors: by_path(self.errors),
            manifest: self.manifest,
        };
        page::write(out, "report.html", &view)
    }
}

fn by_path(errors: &[ErrorRecord]) -> Vec<&ErrorRecord> {
    let mut errors: Vec<_> = errors.iter().collect();
    errors.sort_by_cached_key(|error| NameOrder::of(&error.path));
    errors
}

/// The first paragraph of a manual page: what the rule does.
pub(super) fn summary_of(manual: &str) -> String {
    let lines = manual.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    lines.take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

/// JSON that cannot end the element of script that it stands in.
fn in_script(data: &impl Serialize) -> io::Result<String> {
    let json = serde_json::to_string(data).map_err(io::Error::from)?;
    Ok(json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}

/// The one script that the page's own policy lets run (Content Security Policy, level 3).
fn script_hash() -> String {
    STANDARD.encode(Sha256::digest(page::verbatim("report.js").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::sample::{Sample, duration, family_of_five, row};
    use crate::corpus::{Corpus, Restorer};
    use crate::document::CookieRow;
    use crate::error::{Code, Error};
    use crate::export::dataset::Dataset;

    fn page(documents: Vec<PolicyDocument>) -> String {
        let error = ErrorRecord::new("locked.pdf", &Error::new("locked.pdf", Code::Encrypted, "a password is needed"));
        let mut dataset = Dataset::new(Corpus::gather(documents, 2), vec![error], "lexicon", 2);
        let restorer = Restorer::new(&dataset.corpus.boilerplate);
        dataset.corpus.documents.iter_mut().for_each(|document| restorer.restore(document).unwrap());
        let report = Report {
            title: "Portals & shops",
            documents: &dataset.corpus.documents,
            boilerplate: &dataset.corpus.boilerplate,
            families: &dataset.corpus.families,
            flags: &dataset.flags,
            errors: &dataset.errors,
            manifest: &dataset.manifest,
        };
        let mut out = Vec::new();
        report.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_report_tells_what_a_person_looks_for() {
        let page = page(family_of_five());
        for told in ["Portals &amp; shops", "c.portal.example", "_BELL*", "extra-cookie", "5 platforms", "locked.pdf"] {
            assert!(page.contains(told), "{told} is not in the report");
        }
        assert_eq!(page, self::page(family_of_five()));
    }

    #[test]
    fn words_that_differ_are_marked_and_not_bracketed() {
        let text = |verb: &str| {
            format!("You may refuse all but the necessary ones, {verb} this touching what was lawful before.")
        };
        let document = |number: usize| {
            let host = format!("n{number}.example");
            Sample::new(&format!("{number}.txt"), &host)
                .dated("2024-03-14", "2024-03-14")
                .text("We keep what the cookies tell us in our own country and hand it to nobody else at all.")
                .text("Cookies are small files which the portal keeps in your browser so that it knows you again.")
                .text(&text(if number == 3 { "sofern" } else { "without" }))
                .build()
        };
        let page = page((0..5).map(document).collect());
        let (markup, _) = page.split_once("<script type=\"application/json\"").unwrap();
        assert!(markup.contains("reads otherwise here: "), "{markup}");
        let marked = "<del>without</del> <ins>sofern</ins>";
        // Who stands out, the rule, the platform, the family.
        assert_eq!((markup.matches(marked).count(), markup.contains("[-")), (4, false), "{markup}");
    }

    #[test]
    fn nothing_is_asked_for_and_no_markup_of_a_policy_is_left() {
        let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
        let hostile = CookieRow {
            provider: Some("\" onmouseover=\"alert(1)".into()),
            links: vec!["javascript:alert(1)".into(), "https://opt-out.example/".into()],
            category_raw: Some(evil.into()),
            duration: Some(duration("</script>", 1)),
            ..row(evil, "</script><script>alert(2)</script>")
        };
        let page = page(vec![Sample::new(evil, "evil.example").text(evil).row(hostile).build()]);
        assert!(!page.contains("<script>alert") && !page.contains("<img"), "{page}");
        assert!(
            !page.contains("href=\"javascript:") && page.contains("href=\"https:&#x2f;&#x2f;opt-out.example&#x2f;\"")
        );
        let (markup, data) = page.split_once("<script type=\"application/json\"").unwrap();
        assert!(!markup.contains("\" onmouseover") && !data.split("</script>").next().unwrap().contains('<'));
        let addresses = regex::Regex::new(r#"(?:src|action|@import|url\()\s*=?\s*["'(]?\s*https?:"#).unwrap();
        assert!(!addresses.is_match(&page));
        assert_eq!(page.matches("<script").count(), 2, "the data and the script");
    }

    #[test]
    fn a_report_of_nothing_is_a_report() {
        assert!(page(Vec::new()).contains("No document"));
    }
}
