//! Documents built in code, for tests of this room and the later ones.

use super::template::label_blocks;
use crate::document::*;

/// A document under construction.
pub(crate) struct Sample(PolicyDocument);

impl Sample {
    /// A cookie policy of a host.
    pub(crate) fn new(path: &str, host: &str) -> Self {
        let platform = Platform {
            host: Some(host.to_owned()),
            domain: None,
            url: None,
            name: None,
            raw: None,
            evidence: Evidence::default(),
        };
        Self(PolicyDocument {
            schema_version: SCHEMA_VERSION.to_owned(),
            id: Digest::<16>::from(super::template::digest(path.as_bytes())).to_string(),
            source: SourceInfo {
                path: path.to_owned(),
                media_type: "text/plain".into(),
                bytes: 1,
                charset: None,
                pages: None,
            },
            kind: DocumentKind::CookiePolicy,
            title: None,
            language: None,
            platform: Some(platform),
            date: None,
            cookies: Vec::new(),
            blocks: Vec::new(),
            family: None,
            warnings: Vec::new(),
        })
    }

    /// Gives the platform a name.
    pub(crate) fn named(mut self, name: &str) -> Self {
        self.0.platform.iter_mut().for_each(|platform| platform.name = Some(name.to_owned()));
        self
    }

    /// Adds a block at the next line.
    pub(crate) fn block(mut self, kind: TextBlockKind, text: &str) -> Self {
        let line = self.0.blocks.len() as u32 + 1;
        self.0.blocks.push(TextBlock {
            kind,
            level: None,
            id: Digest::default(),
            form: Digest::default(),
            text: Some(text.to_owned()),
            values: Vec::new(),
            evidence: Place { line: Some(line), end_line: Some(line), page: None },
        });
        self
    }

    /// Adds a paragraph.
    pub(crate) fn text(self, text: &str) -> Self {
        self.block(TextBlockKind::Paragraph, text)
    }

    /// Adds a paragraph with the document's own date.
    pub(crate) fn dated(mut self, raw: &str, value: &str) -> Self {
        self.0.date = Some(DocumentDate {
            value: value.to_owned(),
            kind: DateKind::Updated,
            raw: raw.to_owned(),
            ambiguous: false,
            evidence: Evidence::default(),
        });
        self.text(&format!("Last update: {raw}"))
    }

    /// Adds a row.
    pub(crate) fn row(mut self, row: CookieRow) -> Self {
        self.0.cookies.push(row);
        self
    }

    /// The document, its blocks labelled.
    pub(crate) fn build(mut self) -> PolicyDocument {
        label_blocks(&mut self.0);
        self.0
    }
}

/// A row with a name and a purpose.
pub(crate) fn row(name: &str, purpose: &str) -> CookieRow {
    CookieRow {
        name: name.to_owned(),
        pattern: name.contains('*').then(|| name.to_owned()),
        storage: None,
        provider: None,
        domain: Vec::new(),
        found_in: FoundIn::Table,
        party: None,
        function: None,
        location: None,
        purpose: Some(purpose.to_owned()),
        category: Some(Category::Necessary),
        category_raw: Some("Needed".to_owned()),
        duration: None,
        links: Vec::new(),
        extra: Vec::new(),
        evidence: RowEvidence { category_line: Some(1), ..RowEvidence::default() },
    }
}

/// A fixed duration.
pub(crate) fn duration(raw: &str, seconds: u64) -> Duration {
    Duration { raw: raw.to_owned(), kind: DurationKind::Fixed, iso8601: None, seconds: Some(seconds) }
}

/// Five portals of one template: the third has another introduction, a date, one cookie more, no provider and a full stop.
pub(crate) fn family_of_five() -> Vec<PolicyDocument> {
    let hosts = ["a.portal.example", "b.portal.example", "portal.example", "c.portal.example", "www.other.example"];
    (0..5).map(|index| portal(&format!("p{index}.txt"), hosts[index], index == 2)).collect()
}

fn portal(path: &str, host: &str, odd: bool) -> PolicyDocument {
    let heading = TextBlockKind::Heading;
    let mut sample =
        Sample::new(path, host).block(heading, if path == "p3.txt" { "## Cookie notice" } else { "Cookie notice" });
    sample = match odd {
        true => sample.dated("2021-03-30", "2021-03-30").text("This portal sets cookies so that its pages work."),
        false => sample.text("To serve you as well as we can, we keep a few small files in your browser."),
    };
    let quote = if path == "p1.txt" { "\"Own\"" } else { "“Own”" };
    sample = sample
        .text(&format!(
            "{quote} cookies are those that the portal itself sets; nobody else can ever read what they hold."
        ))
        .block(
            heading,
            &format!(
                "What is kept on the {} portal",
                if path == "p0.txt" { format!("<https://{host}>") } else { host.to_owned() }
            ),
        );
    let provider = (!odd).then(|| "Portal Works".to_owned());
    let stop = if odd { "." } else { "" };
    let mut rows =
        vec![row("sessionid", &format!("To know you on the next page{stop}")), row("lang", "To keep your language")];
    if odd {
        rows.push(row("_BELL*", "To tell you what is new"));
    }
    let cells = rows.iter().map(|row| format!("{}\t{}", row.name, row.purpose.as_deref().unwrap_or_default()));
    sample = sample.block(TextBlockKind::Table, &format!("Name\tWhy\n{}", cells.collect::<Vec<_>>().join("\n")));
    rows.into_iter().fold(sample, |sample, row| sample.row(CookieRow { provider: provider.clone(), ..row })).build()
}
