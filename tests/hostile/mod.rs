//! Documents that a reader could be slow at, each of any size: a shape is a function from a number of bytes to about as many.
#![allow(dead_code, clippy::unwrap_used, reason = "each user takes a part of it, and may fail")]

use polinorm::ExtractOptions;
use polinorm::source::Source;

/// A way to write a document that grows.
pub struct Shape {
    /// What it shows.
    pub name: &'static str,
    /// Ending of its file.
    pub ending: &'static str,
    write: fn(usize) -> Vec<u8>,
}

impl Shape {
    const fn new(name: &'static str, ending: &'static str, write: fn(usize) -> Vec<u8>) -> Self {
        Self { name, ending, write }
    }

    /// A document of about so many bytes. It speaks of cookies: in one that does not, no rows are looked for.
    pub fn source(&self, bytes: usize) -> Source {
        let written = (self.write)(bytes);
        if self.ending == "pdf" {
            return Source::new(format!("{}.pdf", self.name), written).unwrap();
        }
        let root = &b"<html>"[..];
        let text = match written.strip_prefix(root) {
            Some(page) => [root, b"<p>Cookies</p>", page].concat(),
            None => [b"Cookies\n\n", &written[..]].concat(),
        };
        Source::new(format!("{}.{}", self.name, self.ending), text).unwrap()
    }
}

/// All shapes.
#[rustfmt::skip]
pub const SHAPES: &[Shape] = &[
    Shape::new("prose", "txt", |n| repeat("", "We use cookies so that the pages of our shop work as you expect of them. ", "", n)),
    Shape::new("subjects", "txt", |n| numbered("", |i| format!("Shop{i} uses cookies that its pages need. "), "", n)),
    Shape::new("paragraphs", "txt", |n| numbered("Cookie policy\n\n", |i| format!("Paragraph {i} says how long https://shop.example/ keeps what.\n\n"), "", n)),
    Shape::new("rows-by-tabs", "txt", |n| numbered("Cookies we use\n\nName\tPurpose\tDuration\n", |i| format!("_id{i}\tcounts visit {i}\t2 years\n"), "", n)),
    Shape::new("rows-of-one-name", "txt", |n| numbered("Cookies we use\n\nName\tPurpose\tDuration\n", |i| format!("_id\tcounts visit {i}\t2 years\n"), "", n)),
    Shape::new("rows-given-twice", "txt", |n| halves_alike("Cookies we use\n\nName\tPurpose\tDuration\n", |i| format!("_id{i}\tcounts\t2 years\n"), n)),
    Shape::new("wrapped-rows-by-tabs", "txt", |n| numbered("Name\tPurpose\tDuration\n", |i| format!("_id{i}\tcounts the\t2 years\n\tvisit of\t\n"), "", n)),
    Shape::new("rows-by-spaces", "txt", |n| numbered("Name          Purpose            Duration\n", |i| format!("_id{i:<10} counts the visit   2 years\n"), "", n)),
    Shape::new("gaps-between-bars", "txt", |n| numbered("", |i| format!("_id{i}    {i} days | "), "\n", n)),
    Shape::new("labelled-pieces-of-an-item", "md", |n| repeat("- _ga: counts visits", "; Lifetime: 1 day", "\n", n)),
    Shape::new("signs-of-mail-in-one-word", "txt", |n| repeat("", "a@b.example", "\n", n)),
    Shape::new("bold-companies-over-lists", "md", |n| numbered("# Cookies\n\n", |i| format!("**Firm{i} GmbH**\n\n- `_a{i}`: counts\n\n**Firm{i}**\n\n- `_b{i}`: counts\n\n"), "", n)),
    Shape::new("items-alike", "txt", |n| repeat("", "* item of a list\n", "", n)),
    Shape::new("items-with-one-sure-name", "txt", |n| repeat("* _ga\n", "* item of a list\n", "", n)),
    Shape::new("dates-in-one-line", "txt", |n| repeat("Last updated ", "1 June 2024 and ", "\n", n)),
    Shape::new("glued-rows", "txt", |n| numbered("NameHostPurposeDuration\n", |i| format!("_id{i}www.a.exampleCounts visits.2 years\n"), "", n)),
    Shape::new("glued-headers", "txt", |n| repeat("", "NamePurposeDuration\nCounts visits of a.example\n", "", n)),
    Shape::new("seams-in-one-line", "txt", |n| repeat("NamePurposeDuration\n", "aB1.c", "\n", n)),
    Shape::new("commas-on-lines", "txt", |n| repeat("_ga", "\n,\n_id", "", n)),
    Shape::new("dashes-below-terms", "txt", |n| numbered("", |i| format!("_id{i}\n\u{2013} counts visits (2 years)\n"), "", n)),
    Shape::new("cells-on-lines-below-groups", "txt", |n| numbered("Name\nPurpose\nDuration\n", |i| format!("Analytics cookies\n_id{i}\ncounts visits\n2 years\n"), "", n)),
    Shape::new("wrapped-rows-by-pipes", "md", |n| numbered("Name| Purpose|\nDuration  \n---|---|---  \n", |i| format!("_id{i}| counts\nvisits| 2  \nyears  \n"), "", n)),
    Shape::new("lines-below-a-row-by-pipes", "md", |n| repeat("Name| Purpose\n---|---\n_id| counts\n", "visits\n", "", n)),
    Shape::new("heads-by-pipes", "md", |n| repeat("", "Name| Purpose\n---|---\n", "", n)),
    Shape::new("broken-address-by-pipes", "md", |n| repeat("Name| Purpose\n---|---\n_id| [counts](a-\n", "visits-\n", "", n)),
    Shape::new("lines-that-begin-with-commas", "txt", |n| repeat("We set _id\n", ", _id\n", "", n)),
    Shape::new("glued-heads-without-rows", "txt", |n| repeat("Cookie policy\n\n", "Cookie nameProviderPurposeExpiry\nSee acme.example for more\n", "", n)),
    Shape::new("names-above-rows-by-pipes", "md", |n| repeat("Name| Purpose  \n---|---  \n", "_id  \n", "_ga| counts  \n", n)),
    Shape::new("groups-that-open-sentences", "md", |n| numbered("", |i| format!("Analytics cookies help us {i}.\n\n| Name | Use |\n| --- | --- |\n| _id{i} | counts |\n\n"), "", n)),
    Shape::new("heads-of-one-row", "txt", |n| numbered("", |i| format!("Name   Host        Use\n_id{i}  a.example   counts\n\n"), "", n)),
    Shape::new("rows-by-pipes", "md", |n| numbered("| Name | Purpose | Duration |\n| --- | --- | --- |\n", |i| format!("| _id{i} | counts | 2 years |\n"), "", n)),
    Shape::new("rows-in-html", "html", |n| numbered("<html><table><tr><th>Name<th>Purpose<th>Duration", |i| format!("<tr><td>_id{i}<td>counts<td>2 years"), "</table>", n)),
    Shape::new("one-row-by-tabs", "txt", |n| numbered("Name\tPurpose\n", |i| format!("_id{i}\tcounts\t"), "\n", n)),
    Shape::new("rows-of-1000-cells-by-tabs", "txt", |n| rows("", |i| format!("_id{i}\t"), "\n", n)),
    Shape::new("rows-of-1000-cells-by-pipes", "md", |n| rows("|", |i| format!(" _id{i} |"), "\n", n)),
    Shape::new("rows-of-1000-cells-in-html", "html", |n| rows("<tr>", |i| format!("<td>_id{i}"), "", n)),
    Shape::new("spanning-cells", "html", |n| numbered("<html><table>", |i| format!("<tr><td rowspan=50>a{i}<td colspan=50>b"), "</table>", n)),
    Shape::new("long-cell-over-rows", "html", |n| halves("<html><table><tr><th>Name<th>Provider<tr><td>a<td rowspan=60000>", |i| format!("<tr><td>_id{i}"), n)),
    Shape::new("long-heading-over-rows", "html", |n| halves("<html><h3>", |i| match i {
        0 => "</h3><table><tr><th>Name<th>Purpose".to_owned(),
        i => format!("<tr><td>_id{i}<td>counts"),
    }, n)),
    Shape::new("long-header-over-rows", "html", |n| halves("<html><table><tr><th>Name<th>Purpose<th>", |i| format!("<tr><td>_id{i}<td>counts<td>x"), n)),
    Shape::new("long-cell-beside-names", "html", |n| halves("<html><table><tr><th>Purpose<th>Name<tr><td>", |i| match i {
        0 => "<td>_ga".to_owned(),
        i => format!(", _id{i}"),
    }, n)),
    Shape::new("long-sentence-of-names", "txt", |n| numbered("The cookies ", |i| format!("\"_id{i}\", "), &format!("keep {}.", "words of a long text ".repeat(n / 42)), n / 2)),
    Shape::new("many-columns-beside-names", "html", |n| numbered(&many_columns(n / 100), |i| format!("_id{i}, "), "</table>", n)),
    Shape::new("links-in-a-cell-over-rows", "html", |n| numbered("<html><table><tr><th>Name<th>Purpose<th>More<tr><td>_ga<td>counts<td rowspan=60000>", |i| match i * 80 < n {
        true => format!("<a href=\"https://a{i}.example/\">Site</a> "),
        false => format!("<tr><td>_id{i}<td>counts"),
    }, "</table>", n)),
    Shape::new("names-over-rows", "html", |n| numbered("<html><table><tr><th>Purpose<th>Name<tr><td>counts<td rowspan=60000>", |i| match i * 18 < n {
        true => format!("_id{i}, "),
        false => format!("<tr><td>counts {i}"),
    }, "</table>", n)),
    Shape::new("names-and-as-many-lifetimes", "html", |n| paired(|_| "1 year, ".to_owned(), n)),
    Shape::new("names-and-lifetimes-by-name", "html", |n| paired(|i| format!("_id{i}: 1 year, "), n)),
    Shape::new("links-in-one-cell", "html", |n| numbered("<html><table><tr><th>Name<th>Purpose<tr><td>_ga<td>", |i| format!("<a href=\"https://a{i}.example/\">Site</a> "), "</table>", n)),
    Shape::new("lines-of-one-cell-by-tabs", "txt", |n| numbered("Name\tPurpose\tDuration\n_ga\tcounts\t2 years\n", |i| format!("\twords of line {i}\t\n"), "", n)),
    Shape::new("lines-of-one-cell-in-html", "html", |n| numbered("<html><table><tr><th>Name<th>Purpose<tr><td>_ga<td>counts", |i| format!("<tr><td><td>words of line {i}"), "</table>", n)),
    Shape::new("lines-with-marks", "html", |n| numbered("<html><p>", |i| format!("<b>_id{i}</b>: counts<br>"), "", n)),
    Shape::new("tables-under-a-long-header", "html", |n| halves("<html><table><tr><th>Name<th>Purpose<th>", |i| match i {
        0 => "<tr><td>_ga<td>counts<td>x</table>".to_owned(),
        i => format!("<table><tr><td>_id{i}<td>counts<td>x</table>"),
    }, n)),
    Shape::new("ten-lines-of-many-cells", "txt", |n| (0..n / 120).map(|i| format!("_id{i:05}   ")).chain(["\n".to_owned()]).collect::<String>().repeat(10).into_bytes()),
    Shape::new("rhythms-without-a-header", "txt", |n| numbered("", |i| format!("Head{i}\n\nAim{i}\n\nTime{i}\n\n_a{i}\n\nx\n\n1 year\n\n_b{i}\n\nx\n\n1 year\n\n"), "", n)),
    Shape::new("long-provider-of-names", "txt", |n| halves("Provider\tName\tPurpose\n", |i| match i {
        0 => "\t_ga".to_owned(),
        i => format!(", _id{i}"),
    }, n)),
    Shape::new("one-cell-in-text", "txt", |n| repeat("Name\tPurpose\n_ga\t", "counts visits of the pages of this shop ", "\t\n_gid\tmore\n", n)),
    Shape::new("one-cell-in-html", "html", |n| repeat("<html><table><tr><th>Name<th>Purpose<tr><td>_ga<td>", "counts visits of this shop ", "</table>", n)),
    Shape::new("names-in-one-cell", "html", |n| numbered("<html><table><tr><th>Name<th>Purpose<tr><td>", |i| format!("_id{i}, "), "<td>counts</table>", n)),
    Shape::new("durations-in-one-cell", "txt", |n| repeat("Name\tPurpose\tDuration\n_ga\tcounts\t", "2 years, ", "\n", n)),
    Shape::new("many-tables", "html", |n| numbered("<html>", |i| format!("<h3>Kind {i}</h3><table><tr><th>Name<th>Purpose<tr><td>_id{i}<td>counts</table>"), "", n)),
    Shape::new("many-tables-by-tabs", "txt", |n| numbered("", |i| format!("Kind {i} cookies\n\nName\tPurpose\n_id{i}\tcounts\n\n"), "", n)),
    Shape::new("nested-tables", "html", |n| repeat("<html>", "<table><tr><td>_ga<td>", "counts", n)),
    Shape::new("nested-elements", "html", |n| repeat("<html>", "<div>", "words", n)),
    Shape::new("nested-inline", "html", |n| repeat("<html><p>", "<b><i>", "words", n)),
    Shape::new("nested-lists", "html", |n| repeat("<html>", "<ul><li>_ga ", "words", n)),
    Shape::new("closed-in-disorder", "html", |n| repeat("<html><p>", "<b><i>word</b></i>", "", n)),
    Shape::new("unclosed-formatting", "html", |n| repeat("<html>", "<p><b><font>word", "", n)),
    Shape::new("unclosed-comment", "html", |n| repeat("<html>", "<!-- word ", "", n)),
    Shape::new("unclosed-tag", "html", |n| repeat("<html><p>words", "<a href=\"", "", n)),
    Shape::new("attributes", "html", |n| numbered("<html><p", |i| format!(" a{i}=b"), ">words", n)),
    Shape::new("entities", "html", |n| repeat("<html><p>", "&amp;&nbsp;&bogus", "", n)),
    Shape::new("links-in-html", "html", |n| numbered("<html><ul>", |i| format!("<li><a href=\"https://a{i}.example/\">Site {i}</a>"), "</ul>", n)),
    Shape::new("emphasis-marks", "md", |n| repeat("", "**a *b _c ", "", n)),
    Shape::new("stars", "md", |n| repeat("", "*", "", n)),
    Shape::new("brackets", "md", |n| repeat("", "[", "", n)),
    Shape::new("links-half-written", "md", |n| repeat("", "[a](", "", n)),
    Shape::new("backticks", "md", |n| numbered("", |i| format!("{} a ", "`".repeat(i % 60 + 1)), "", n)),
    Shape::new("quotes-in-quotes", "md", |n| repeat("", "> ", "words", n)),
    Shape::new("lists-in-lists", "md", indented),
    Shape::new("setext-rules", "md", |n| repeat("", "words\n-\n", "", n)),
    Shape::new("definitions", "md", |n| numbered("", |i| format!("[a{i}]: https://a{i}.example/\n[a{i}] "), "", n)),
    Shape::new("list-of-names", "txt", |n| numbered("Cookies we use:\n\n", |i| format!("- _id{i}: counts the visits of pages\n"), "", n)),
    Shape::new("key-and-value", "txt", |n| numbered("Cookies\n\n", |i| format!("Name: _id{i}\nPurpose: counts\nDuration: 2 years\n\n"), "", n)),
    Shape::new("one-cell-per-line", "txt", |n| numbered("Name\nPurpose\nDuration\n", |i| format!("_id{i}\ncounts\n2 years\n"), "", n)),
    Shape::new("names-in-prose", "txt", |n| numbered("", |i| format!("We use the cookies _id{i} and _ga{i}, which last 2 years. "), "", n)),
    Shape::new("headings", "md", |n| numbered("", |i| format!("## Heading {i}\n"), "", n)),
    Shape::new("dates", "txt", |n| repeat("", "Last updated: 03/04/2021\n", "", n)),
    Shape::new("one-paragraph", "txt", |n| numbered("Cookie policy\n\n", |i| format!("Some words of a line {i}\n"), "", n)),
    Shape::new("joined-cells", "txt", |n| repeat("Cookies\n\nName Provider Purpose Duration\n", "_ga Acme 1 year ", "", n)),
    Shape::new("names-before-brackets", "txt", |n| repeat("", "cookie _ga_x (", "", n)),
    Shape::new("rules-of-bars", "md", |n| repeat("", "|---|\n", "", n)),
    Shape::new("hosts", "txt", |n| numbered("", |i| format!("see www.shop{i}.example or https://a{i}.example/x\n"), "", n)),
    Shape::new("one-host-again", "txt", |n| repeat("", "The platform https://www.shop.example uses Shop. ", "\n", n)),
    Shape::new("page-footers", "txt", |n| numbered("", |i| format!("Some words of page {i} stand here.\n\nShop\nPage {i} of 900\n\u{c}"), "", n)),
    Shape::new("one-word", "txt", |n| repeat("", "x", "", n)),
    Shape::new("spaces", "txt", |n| repeat("a", " ", "b", n)),
    Shape::new("tabs", "txt", |n| repeat("a", "\t", "b", n)),
    Shape::new("line-feeds", "txt", |n| repeat("a", "\n", "b", n)),
    Shape::new("pipes", "txt", |n| repeat("a", "|", "b", n)),
    Shape::new("pipes-in-markdown", "md", |n| repeat("| a | b |\n|---|---|\n", "|", "b", n)),
    Shape::new("underscores", "txt", |n| repeat("a", "_", "b", n)),
    Shape::new("dashes", "txt", |n| repeat("a\n", "-", "\nb", n)),
    Shape::new("digits", "txt", |n| repeat("Duration: ", "1", " years", n)),
    Shape::new("points", "txt", |n| repeat("a", ".", "b", n)),
    Shape::new("labels-of-a-host", "txt", |n| repeat("https://", "a.", "example/", n)),
    Shape::new("brackets-in-text", "txt", |n| repeat("_ga", "(", "", n)),
    Shape::new("commas", "txt", |n| repeat("We use the cookie _ga", ", ", "", n)),
    Shape::new("right-to-left-marks", "txt", |n| repeat("Cookie\u{202e}", "\u{200f}word\u{202b} ", "", n)),
    Shape::new("invisible-marks", "txt", |n| repeat("_ga\t", "\u{200b}\u{ad}", "\n", n)),
    Shape::new("combining-marks", "txt", |n| repeat("a", "\u{301}\u{345}", "", n)),
    Shape::new("nul", "txt", |n| repeat("Cookie policy\n", "\0word\0 of the policy of this shop ", "", n)),
    Shape::new("nul-in-html", "html", |n| repeat("<html><p>", "\0word ", "", n)),
    Shape::new("mixed-encodings", "txt", |n| mixed("", n)),
    Shape::new("mixed-encodings-in-html", "html", |n| mixed("<html><meta charset=utf-8><p>", n)),
    Shape::new("wide-characters", "txt", |n| repeat("", "这个网站使用的饼干。", "", n)),
    Shape::new("wide-columns", "txt", |n| repeat("", "名称  用途  _ga   二年\n", "", n)),
    Shape::new("wide-pairs", "txt", |n| repeat("", "名称：_ga 用途：计数 期限：2年\n", "", n)),
    Shape::new("names-between-characters", "txt", |n| repeat("", "当社は_gaや「_gid」などのCookieを2024年6月6日から２年間保存。", "", n)),
    Shape::new("figures-of-arabic", "txt", |n| repeat("", "ملف _ga لمدة ٣٠ يومًا حتى ٦ يونيو ٢٠٢٤، ", "", n)),
    Shape::new("cells-in-the-middle", "pdf", |n| page(n, |i, y| match i % 4 {
        1 => drawn(160, y, &["of a day or two"]) + &drawn(40, y, &[&format!("_id{i}")]) + &drawn(400, y, &["1 year"]),
        3 => String::new(),
        _ => drawn(160, y, &["counts visits"]),
    })),
    Shape::new("cells-in-the-middle-of-one-row", "pdf", |n| page(n, |i, y| drawn(if i % 2 == 0 { 40 } else { 160 }, y, &["some words"]))),
    Shape::new("cells-drawn-without-space", "pdf", |n| page(n, |i, y| drawn(40, y, &[&format!("_id{i}"), "Counts visits.", "1 year"]))),
    Shape::new("labels-drawn-without-space", "pdf", |n| page(n, |i, y| drawn(40, y, &[["Purpose", "Duration"][i % 2], &format!("Value {i}")]))),
    Shape::new("stretches-without-space", "pdf", |n| page(n, |_, y| drawn(40, y, &["Word"; 60]))),
    Shape::new("terms-and-descriptions", "pdf", |n| page(n, |i, y| drawn([40, 70][i % 2], y, &[&format!("_id{i} counts")]))),
    Shape::new("one-term-and-its-description", "pdf", |n| page(n, |i, y| drawn(if i == 0 { 40 } else { 70 }, y, &["words of a long description that fill their line"]))),
    Shape::new("lists-in-lists", "pdf", |n| page(n, |i, y| drawn(40 + 15 * (i % 20), y, &[&format!("* item {i} of a list")]))),
    Shape::new("text-from-right-to-left", "pdf", |n| page(n, |i, y| drawn_leftwards(40, y, &format!("abcd efgh {i} ijklm (nopq) rstu vw")))),
    Shape::new("columns-from-right-to-left", "pdf", |n| page(n, |i, y| drawn_leftwards(40, y, "abcd efgh") + &drawn(300, y, &[&format!("_id{i}")]))),
    Shape::new("carriage-returns", "txt", |n| repeat("", "\r_ga\r\tx", "", n)),
];

/// Processor time per byte that it takes to understand a source: the least of some runs. What else the machine does counts little.
/// Each run has a thread of its own, which remembers nothing of the runs before.
pub fn seconds_per_byte(source: &Source) -> f64 {
    let timed = || {
        let begun = processor_time().unwrap();
        polinorm::extract(source, &ExtractOptions::default()).unwrap();
        processor_time().unwrap() - begun
    };
    let run = || on_deep_stack(timed);
    let (mut least, mut spent) = (f64::INFINITY, 0.0);
    for _ in 0..5 {
        let seconds = run();
        (least, spent) = (f64::min(least, seconds), spent + seconds);
        if spent > 0.1 {
            break;
        }
    }
    least / source.bytes.len() as f64
}

/// Seconds that the processor spent on this thread, where the system tells.
#[cfg(target_os = "linux")]
pub fn processor_time() -> Option<f64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(time.tv_sec as f64 + time.tv_nsec as f64 / 1e9)
}

#[cfg(not(target_os = "linux"))]
pub fn processor_time() -> Option<f64> {
    None
}

/// Runs on a thread with a stack like those of the program.
pub fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, work).unwrap().join().unwrap()
    })
}

/// Height of a line of [`page`], in points.
const LEADING: usize = 14;

/// A PDF of one page with as many lines as make so many bytes: what is drawn in each, by its number and its place from below.
fn page(bytes: usize, line: impl Fn(usize, usize) -> String) -> Vec<u8> {
    let each = (0..8).map(|index| line(index, 100_000).len()).sum::<usize>() / 8;
    let lines = bytes / each.max(1) + 1;
    let height = LEADING * (lines + 4);
    let head = drawn(40, height - LEADING, &["Cookies"]);
    let content: String = (0..lines).map(|index| line(index, height - LEADING * (index + 3))).collect();
    pdf(height, &(head + &content))
}

/// What draws these stretches in one line, each right behind the one before it.
fn drawn(x: usize, y: usize, stretches: &[&str]) -> String {
    let stretches: Vec<String> = stretches.iter().map(|text| format!("({}) Tj", escaped(text))).collect();
    format!("BT /F 10 Tf {x} {y} Td {} ET\n", stretches.join(" "))
}

/// The same with a font whose small letters stand for those of Hebrew.
fn drawn_leftwards(x: usize, y: usize, text: &str) -> String {
    format!("BT /H 10 Tf {x} {y} Td ({}) Tj ET\n", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace(['(', ')'], "|")
}

/// A PDF of one page of this height that draws this.
fn pdf(height: usize, content: &str) -> Vec<u8> {
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange \
        2 beginbfrange <20> <60> <0020> <61> <7a> <05d0> endbfrange endcmap end end";
    let font = "/Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 4 0 R/H 5 0 R>>>>/MediaBox[0 0 600 {height}]/Contents 7 0 R>>"
        ),
        format!("<<{font}>>"),
        format!("<<{font}/ToUnicode 6 0 R>>"),
        format!("<</Length {}>>\nstream\n{map}\nendstream", map.len()),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (index, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.push_str(&format!("xref\n0 {count}\n0000000000 65535 f \n{places}"));
    file.push_str(&format!("trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"));
    file.into_bytes()
}

fn repeat(head: &str, piece: &str, tail: &str, bytes: usize) -> Vec<u8> {
    [head, &piece.repeat(bytes / piece.len() + 1), tail].concat().into_bytes()
}

fn numbered(head: &str, piece: impl Fn(usize) -> String, tail: &str, bytes: usize) -> Vec<u8> {
    let mut text = head.to_owned();
    let _full = (0..).try_for_each(|i| {
        text.push_str(&piece(i));
        (text.len() < bytes).then_some(())
    });
    (text + tail).into_bytes()
}

fn rows(open: &str, cell: impl Fn(usize) -> String, close: &str, bytes: usize) -> Vec<u8> {
    let row = |_| format!("{open}{}{close}", (0..1000).map(&cell).collect::<String>());
    let text = String::from_utf8(numbered("", row, "", bytes)).unwrap();
    match open {
        "<tr>" => format!("<html><table>{text}</table>").into_bytes(),
        // The rule under the first row makes it a table.
        "|" => text.replacen('\n', &format!("\n|{}\n", "---|".repeat(1000)), 1).into_bytes(),
        _ => text.into_bytes(),
    }
}

/// One long text, and then many pieces that each may be given all of it.
fn halves(head: &str, piece: impl Fn(usize) -> String, bytes: usize) -> Vec<u8> {
    let long = "words of a long text ".repeat(bytes / 42);
    numbered(&format!("{head}{long}"), piece, "", bytes)
}

/// Columns that have a value each, up to the last cell of their row.
fn many_columns(count: usize) -> String {
    let (heads, values) = ("<th>Head".repeat(count), "<td>value".repeat(count));
    format!("<html><table><tr>{heads}<th>Name<tr>{values}<td>")
}

/// A cell of names, and one of what is said of them in their order.
fn paired(lifetime: impl Fn(usize) -> String, bytes: usize) -> Vec<u8> {
    let count = bytes / ("_id1000, ".len() + lifetime(1000).len());
    let names: String = (0..count).map(|i| format!("_id{i}, ")).collect();
    let lifetimes: String = (0..count).map(lifetime).collect();
    format!("<html><table><tr><th>Name<th>Duration<tr><td>{names}<td>{lifetimes}</table>").into_bytes()
}

/// Pieces, and then the same ones again.
fn halves_alike(head: &str, piece: impl Fn(usize) -> String, bytes: usize) -> Vec<u8> {
    let half = numbered("", piece, "", bytes / 2);
    [head.as_bytes(), &half, &half].concat()
}

/// A list whose items go ever deeper.
fn indented(bytes: usize) -> Vec<u8> {
    let mut text = String::new();
    for depth in 0.. {
        text.push_str(&format!("{}- a\n", "  ".repeat(depth)));
        if text.len() > bytes {
            break;
        }
    }
    text.into_bytes()
}

/// UTF-8, windows-1252 and half a character in turn.
fn mixed(head: &str, bytes: usize) -> Vec<u8> {
    let piece = [&b"dur\xc3\xa9e "[..], b"dur\xe9e ", b"\xe2\x82 ", b"_ga\t2 ans\n"].concat();
    [head.as_bytes(), &piece.repeat(bytes / piece.len() + 1)].concat()
}
