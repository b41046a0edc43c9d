//! The rest of the document: title, date, who speaks, and prose around the declaration.

use fastrand::Rng;

use crate::html;
use crate::markdown;
use crate::policy::Policy;

/// The document around a declaration, which is already in the format of the shape.
pub fn around(policy: &Policy, rng: &mut Rng, body: &str) -> String {
    let prose = Prose::new(policy, rng);
    match policy.shape.ending {
        "md" => prose.markdown(body),
        "html" => prose.html(body),
        _ => prose.text(body),
    }
}

struct Prose<'a> {
    policy: &'a Policy,
    title: &'a str,
    updated: String,
    intro: String,
    /// Above the text, else below.
    dated_above: bool,
}

impl<'a> Prose<'a> {
    fn new(policy: &'a Policy, rng: &mut Rng) -> Self {
        let language = policy.language;
        let date = policy.facts.printed_date(rng, language);
        let intro = language.intro.replace("{host}", &policy.facts.host).replace("{company}", &policy.facts.company);
        Self {
            policy,
            title: rng.choice(&language.titles).unwrap(),
            updated: rng.choice(&language.updated).unwrap().replace("{date}", &date),
            intro,
            dated_above: rng.bool(),
        }
    }

    /// Paragraphs before and after the declaration.
    fn paragraphs(&self) -> (Vec<&str>, Vec<&str>) {
        let closing = self.policy.language.closing.as_str();
        if self.dated_above {
            (vec![&self.updated, &self.intro], vec![closing])
        } else {
            (vec![&self.intro], vec![closing, &self.updated])
        }
    }

    fn markdown(&self, body: &str) -> String {
        let (before, after) = self.paragraphs();
        let escaped =
            |paragraphs: Vec<&str>| paragraphs.into_iter().map(markdown::escaped).collect::<Vec<_>>().join("\n\n");
        let (title, question) = (self.title, &self.policy.language.question);
        format!("# {title}\n\n{}\n\n## {question}\n\n{body}\n\n{}\n", escaped(before), escaped(after))
    }

    fn html(&self, body: &str) -> String {
        let (before, after) = self.paragraphs();
        let paragraphs =
            |texts: Vec<&str>| texts.into_iter().map(|text| html::element("p", text) + "\n").collect::<String>();
        let (title, question) = (html::escaped(self.title), html::element("h2", &self.policy.language.question));
        let company = html::escaped(&self.policy.facts.company);
        let language = &self.policy.language.code;
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n\
             <nav><ul><li><a href=\"/\">{company}</a></li><li><a href=\"/a\">A</a></li></ul></nav>\n<main>\n<h1>{title}</h1>\n{}{question}\n\
             {body}\n{}</main>\n<footer><p>{company}</p></footer>\n</body>\n</html>\n",
            paragraphs(before),
            paragraphs(after)
        )
    }

    fn text(&self, body: &str) -> String {
        let (before, after) = self.paragraphs();
        let (title, question) = (self.title, &self.policy.language.question);
        format!("{title}\n\n{}\n\n{question}\n\n{body}\n\n{}\n", before.join("\n\n"), after.join("\n\n"))
    }
}
