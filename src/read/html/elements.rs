//! What the HTML standard says of each element and attribute by its name: plain tables of names, nothing else.

/// Elements that stand as a block of their own, in order. `button`, `option`, `textarea` and `label`-less controls print apart
/// from the text around them and count as blocks.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "button",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "iframe",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "noframes",
    "noscript",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
    "xmp",
];

/// Blocks that do not end an open paragraph.
const NO_PARAGRAPH_END: &[&str] = &[
    "button", "caption", "col", "colgroup", "iframe", "legend", "noscript", "optgroup", "option", "select", "tbody",
    "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "video",
];

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

const ATTRIBUTES: &[&str] = &[
    "aria-label",
    "aria-level",
    "class",
    "colspan",
    "content",
    "href",
    "id",
    "name",
    "property",
    "rel",
    "role",
    "rowspan",
    "shadowrootmode",
    "style",
];

/// True for an element that begins and ends a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// True for an element without content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.binary_search(&name).is_ok()
}

/// True for an attribute that some part of the reader asks for; all others are dropped at once.
pub(super) fn is_known_attribute(name: &str) -> bool {
    ATTRIBUTES.binary_search(&name).is_ok()
}

/// True where an open paragraph ends when this element begins.
pub(super) fn closes_paragraph(name: &str) -> bool {
    is_block(name) && NO_PARAGRAPH_END.binary_search(&name).is_err()
}

/// True for an element beyond which an end tag has no effect.
pub(super) fn is_scope(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "caption" | "template" | "button" | "foreignobject")
}

/// True for the parts that only a table may hold.
pub(super) fn is_table_part(name: &str) -> bool {
    is_row_group(name) || matches!(name, "table" | "tr" | "td" | "th" | "caption" | "colgroup" | "col")
}

/// True for `thead`, `tbody` and `tfoot`.
pub(super) fn is_row_group(name: &str) -> bool {
    matches!(name, "thead" | "tbody" | "tfoot")
}

/// True for an element whose items are `li`.
pub(super) fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "menu" | "dir")
}

/// True for the two parts of a description list.
pub(super) fn is_term(name: &str) -> bool {
    matches!(name, "dt" | "dd")
}

/// 1 to 6 for `h1` to `h6`.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_order() {
        for list in [BLOCKS, NO_PARAGRAPH_END, VOID, ATTRIBUTES] {
            assert!(list.is_sorted(), "{list:?}");
        }
        assert!(NO_PARAGRAPH_END.iter().all(|name| is_block(name)));
    }
}
