//! Laws and shapes of the HTML reader, on pages written for the purpose.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::read_text;
use crate::block::{Block, Content, Table};
use crate::text::{Span, squeeze};

/// One line a block: what it is and what it says.
fn sketch(html: &str) -> Vec<String> {
    read_text(html).blocks.iter().map(sketch_block).collect()
}

fn sketch_block(block: &Block) -> String {
    match &block.content {
        Content::Heading { level, text } => format!("h{level} {}", text.text),
        Content::Paragraph(text) => format!("p {}", text.text),
        Content::ListItem { depth, text } => format!("li{depth} {}", text.text),
        Content::Furniture(text) => format!("furniture {}", text.text),
        Content::Table(table) => sketch_table(table),
    }
}

fn sketch_table(table: &Table) -> String {
    let mut out = "table".to_owned();
    if let Some(caption) = &table.caption {
        write!(out, " ({})", caption.text).unwrap();
    }
    for row in &table.rows {
        out.push_str(if row.head { "\n*" } else { "\n " });
        let cells: Vec<_> = row.cells.iter().map(|cell| cell.text.text.as_str()).collect();
        write!(out, "{}", cells.join(" | ")).unwrap();
    }
    out
}

fn words_of(blocks: &[Block]) -> String {
    let of = |block: &Block| match &block.content {
        Content::Table(table) => {
            let caption = table.caption.iter().map(|caption| caption.text.to_string());
            let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.text.to_string());
            caption.chain(cells).collect::<Vec<_>>().join("\n")
        }
        _ => block.rich().map(|text| text.text.to_string()).unwrap_or_default(),
    };
    blocks.iter().map(of).collect::<Vec<_>>().join("\n")
}

#[test]
fn text_comes_in_reading_order_with_its_lines() {
    let page = "<html lang=en><title> Cookies </title>\n<h1>Our\ncookies</h1><p>One <b>bold</b> word<br>and a line.\n\n\
                <p>Next<div>Loose <div>inner</div> end</div><pre>a  b\n c</pre>";
    let reading = read_text(page);
    assert_eq!(
        sketch(page),
        ["h1 Our cookies", "p One bold word\nand a line.", "p Next", "p Loose", "p inner", "p end", "p a  b\nc"]
    );
    assert_eq!((reading.title.as_deref(), reading.language.as_deref()), (Some("Cookies"), Some("en")));
    assert_eq!(reading.blocks[0].span, Span::lines(2, 3));
    assert_eq!(reading.blocks[2].span, Span::line(5));
}

#[test]
fn lists_nest_and_items_keep_their_lines() {
    let page = "<ul><li>one<ul><li>inner</ul>after<li><p>two</p><p>lines</p><li><h3>Head</h3><p>open</ul>";
    assert_eq!(sketch(page), ["li0 one", "li1 inner", "p after", "li0 two\nlines", "h3 Head", "li0 open"]);
    let pairs = "<dl><dt>alpha<dd>first<dt>beta<dd>second</dl><dl><dt>What?<dd><p>One.<p>Two.</dl>";
    assert_eq!(sketch(pairs), ["table\n alpha | first\n beta | second", "p What?", "p One.", "p Two."]);
}

#[test]
fn tables_keep_captions_heads_and_spans() {
    let page = "<table><caption>Ours</caption><thead><tr><th>Name<th>Use</thead>\n<tr><td rowspan=2>a<td>b<br>c\n<tr><td>d\
                <tr><th colspan=2>Group</table>";
    assert_eq!(sketch(page), ["table (Ours)\n*Name | Use\n a | b\nc\n d\n Group"]);
    let blocks = read_text(page).blocks;
    let rows = &blocks[0].as_table().unwrap().rows;
    assert_eq!((rows[1].cells[0].rows, rows[3].cells[0].columns, rows[3].cells[0].head), (2, 2, true));
    assert_eq!((rows[0].span, rows[1].span, rows[2].span), (Span::line(1), Span::line(2), Span::line(3)));
}

#[test]
fn tables_for_layout_are_opened() {
    let nested = "<table><tr><td><h2>Left</h2><td><table><tr><td>a<td>b</table></table>";
    assert_eq!(sketch(nested), ["h2 Left", "table\n a | b"]);
    assert_eq!(sketch("<table><tr><td><p>One<p>Two</table>"), ["p One", "p Two"]);
    assert_eq!(sketch("<table>stray<tr><td>a<td>b</table>"), ["p stray", "table\n a | b"]);
}

#[test]
fn rows_drawn_with_style_sheets_are_tables() {
    let row = |a: &str, b: &str, c: &str| {
        format!("<div class=r><div class=c>{a}</div><div class=c>{b}</div><div class=c>{c}</div></div>")
    };
    let page = format!("<div>{}{}{}</div>", row("Name", "Use", "Life"), row("x", "y", "z"), row("u", "", "w"));
    assert_eq!(sketch(&page), ["table\n Name | Use | Life\n x | y | z\n u |  | w"]);
    let roles = "<div role=table><div role=row><span role=columnheader>Name</span><span role=columnheader>Use</span></div>\
                 <div role=row><span role=cell>x</span><span role=cell>y</span></div></div>";
    assert_eq!(sketch(roles), ["table\n*Name | Use\n x | y"]);
    let cards = "<div class=c><div class=t>One</div><div>First card.</div></div>".repeat(3);
    assert_eq!(sketch(&cards).len(), 6, "cards are no table");
}

#[test]
fn styled_neighbours_are_fields_but_halves_of_words_are_not() {
    let dialog = "<div><strong role=heading aria-level=4>sid</strong><span class=d>Keeps the session.</span>\
                  <div><span class=f><b>Life</b>: 1 year</span><span class=f><b>Type</b>: HTTP</span></div></div>";
    assert_eq!(sketch(dialog), ["h4 sid", "p Keeps the session.", "p Life: 1 year\nType: HTTP"]);
    assert_eq!(sketch("<p><span class=c1>Coo</span><span class=c2>kies</span>"), ["p Cookies"]);
    assert_eq!(sketch("<p><a href=x>shop.example<span class='sr-only'>Opens elsewhere</span></a>").len(), 1);
    assert_eq!(
        sketch("<table><tr><td>a.example<span class=ot-scrn-rdr>Opens elsewhere</span><td>x</table>"),
        ["table\n a.example\nOpens elsewhere | x"]
    );
    assert_eq!(sketch("<div><span class=l>Life:</span><span class=v>1 day</span></div>"), ["p Life: 1 day"]);
}

#[test]
fn navigation_is_furniture_unless_it_is_all_there_is() {
    let page = "<header>Logo</header><nav><ul><li>Home<li>Shop</ul></nav><main><header>Intro</header>Text of the page</main>\
                <footer>Imprint<dialog>Choose cookies</dialog></footer><template>{{x}}</template>";
    assert_eq!(
        sketch(page),
        [
            "furniture Logo",
            "furniture Home\nShop",
            "p Intro",
            "p Text of the page",
            "furniture Imprint",
            "p Choose cookies",
            "furniture {{x}}"
        ]
    );
    let only = format!("<nav><p>{}</p></nav>", "All of the text. ".repeat(20));
    assert!(sketch(&only)[0].starts_with("p All"), "{:?}", sketch(&only));
    assert_eq!(sketch("<header><h1>Cookie policy</h1></header><p>Text"), ["h1 Cookie policy", "p Text"]);
}

#[test]
fn misnested_and_unclosed_markup_keeps_its_blocks() {
    assert_eq!(sketch("<b><p>x</b>y</p>z"), ["p xy", "p z"]);
    assert_eq!(sketch("<div><a href=u><div>in</a>side</div>out</div>past"), ["p inside", "p out", "p past"]);
    assert_eq!(sketch("a</p>b</div>c"), ["p a", "p b", "p c"]);
    assert_eq!(sketch("<svg><title>icon</title><path/><script/></svg>text"), ["p icon", "p text"]);
    assert_eq!(sketch("<title>never closed <p>text"), ["p never closed <p>text"]);
    let links = read_text("<div><a href=u><div>in</a>side</div>out</div>past").blocks;
    assert_eq!(links.iter().map(|block| block.rich().unwrap().marks.len()).collect::<Vec<_>>(), [1, 0, 0]);
}

/// Ten times what takes a quadratic parser a second.
const DEEP: usize = 20_000;

#[test]
fn nesting_beyond_the_limit_is_flattened_in_linear_time() {
    for tags in [["<div>", "</div>"], ["<b>", ""], ["<table><tr><td>", ""], ["<ul><li>", ""], ["<font color=x>", "<p>"]]
    {
        let mut page = String::new();
        for index in 0..DEEP {
            write!(page, "{}w{index} ", tags[0]).unwrap();
        }
        page.push_str(&tags[1].repeat(DEEP));
        page.push_str("<p>last");
        let reading = read_text(&page);
        assert_eq!(reading.warnings.len(), 1);
        let words = words_of(&reading.blocks);
        assert_eq!(words.split_whitespace().count(), DEEP + 1, "{tags:?}");
        assert!(words.ends_with("last"));
    }
}

const TAGS: &[&str] = &[
    "div",
    "p",
    "b",
    "a href=x",
    "span class=c",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "thead",
    "tbody",
    "h2",
    "dl",
    "dt",
    "dd",
    "br",
    "hr",
    "svg",
    "title",
    "pre",
    "nav",
    "header",
    "footer",
    "main",
    "section",
    "template",
    "button",
    "select",
    "option",
    "form",
    "strong role=heading",
    "div role=table",
    "div role=row",
    "div role=cell",
    "div style='display:table'",
    "textarea",
    "noscript",
    "iframe",
    "details",
    "summary",
    "body",
    "html",
    "head",
    "math",
    "em",
    "td colspan=9999 rowspan=0",
    "div class=row",
    "p style='white-space: pre-line'",
];

fn soup() -> impl Strategy<Value = Vec<Piece>> {
    let piece = prop_oneof![
        (0..TAGS.len()).prop_map(Piece::Start),
        (0..TAGS.len()).prop_map(Piece::End),
        Just(Piece::Word),
        Just(Piece::Blank),
        Just(Piece::Style),
    ];
    proptest::collection::vec(piece, 0..120)
}

#[derive(Debug, Clone)]
enum Piece {
    Start(usize),
    End(usize),
    Word,
    Blank,
    Style,
}

fn write_soup(pieces: &[Piece]) -> (String, Vec<String>) {
    let (mut page, mut words) = (String::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Start(tag) => write!(page, "<{}>", TAGS[*tag]).unwrap(),
            Piece::End(tag) => write!(page, "</{}>", TAGS[*tag].split(' ').next().unwrap()).unwrap(),
            Piece::Blank => page.push_str(" \n"),
            Piece::Style => page.push_str("<style>p{}</style>"),
            Piece::Word => {
                words.push(format!("w{}q", words.len()));
                page.push_str(words.last().unwrap());
            }
        }
    }
    (page, words)
}

proptest! {
    #[test]
    fn no_word_of_any_tag_soup_is_lost_or_doubled(pieces in soup()) {
        let (page, words) = write_soup(&pieces);
        let reading = read_text(&page);
        let read = squeeze(&(words_of(&reading.blocks) + &reading.title.unwrap_or_default()));
        for word in &words {
            prop_assert_eq!(read.matches(word.as_str()).count(), 1, "{} in {}", word, page);
        }
        for block in &reading.blocks {
            for mark in block.rich().map(|text| &*text.marks).unwrap_or_default() {
                let text = &block.rich().unwrap().text;
                prop_assert!(mark.start < mark.end && text.get(mark.start..mark.end).is_some());
            }
        }
    }
}
