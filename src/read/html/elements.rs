//! What the HTML standard says of each element and attribute by its name: plain tables of names, nothing else.

macro_rules! names {
    ($($name:ident = $written:literal,)*) => {
        /// Name of a node of the tree. Names compare as numbers, for each node is asked for its own many times.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Name {
            /// The node that holds everything.
            Document,
            /// A run of text.
            Text,
            $($name,)*
            /// An element of which nothing is known; one number for each such name of a document.
            Other(u32),
        }

        /// The elements of which something is known, in the order of their names.
        const KNOWN: &[(&str, Name)] = &[$(($written, Name::$name),)*];
    };
}

names! {
    A = "a", Address = "address", AnnotationXml = "annotation-xml", Area = "area", Article = "article",
    Aside = "aside", B = "b", Base = "base", Basefont = "basefont", Bgsound = "bgsound",
    Blockquote = "blockquote", Body = "body", Br = "br", Button = "button", Caption = "caption",
    Center = "center", Code = "code", Col = "col", Colgroup = "colgroup", Dd = "dd", Desc = "desc",
    Details = "details", Dialog = "dialog", Dir = "dir", Div = "div", Dl = "dl", Dt = "dt", Em = "em",
    Embed = "embed", Fieldset = "fieldset", Figcaption = "figcaption", Figure = "figure", Footer = "footer",
    ForeignObject = "foreignobject", Form = "form", Frame = "frame", Frameset = "frameset", H1 = "h1",
    H2 = "h2", H3 = "h3", H4 = "h4", H5 = "h5", H6 = "h6", Head = "head", Header = "header", Hgroup = "hgroup",
    Hr = "hr", Html = "html", I = "i", Iframe = "iframe", Img = "img", Input = "input", Kbd = "kbd",
    Keygen = "keygen", Label = "label", Legend = "legend", Li = "li", Link = "link", Listing = "listing",
    Main = "main", Math = "math", Menu = "menu", Meta = "meta", Mtext = "mtext", Nav = "nav",
    Noframes = "noframes", Noscript = "noscript", Ol = "ol", Optgroup = "optgroup", Option = "option", P = "p",
    Param = "param", Plaintext = "plaintext", Pre = "pre", Samp = "samp", Script = "script", Search = "search",
    Section = "section", Select = "select", Source = "source", Span = "span", Strong = "strong", Style = "style",
    Summary = "summary", Svg = "svg", Table = "table", Tbody = "tbody", Td = "td", Template = "template",
    Textarea = "textarea", Tfoot = "tfoot", Th = "th", Thead = "thead", Title = "title", Tr = "tr",
    Track = "track", Tt = "tt", Ul = "ul", Var = "var", Video = "video", Wbr = "wbr", Xmp = "xmp",
}

macro_rules! attributes {
    ($($name:ident = $written:literal,)*) => {
        /// An attribute that some part of the reader asks for; all others are dropped at once.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Key {
            $(#[doc = $written] $name,)*
        }

        /// The attributes in the order of their names.
        const ATTRIBUTES: &[(&str, Key)] = &[$(($written, Key::$name),)*];
    };
}

attributes! {
    AriaExpanded = "aria-expanded", AriaLabel = "aria-label", AriaLevel = "aria-level", Class = "class", Colspan = "colspan", Content = "content",
    Href = "href", Id = "id", Name = "name", Property = "property", Rel = "rel", Role = "role", Rowspan = "rowspan",
    Shadowrootmode = "shadowrootmode", Style = "style",
}

impl Key {
    /// The attribute of a name that some part of the reader asks for.
    pub fn known(written: &str) -> Option<Self> {
        ATTRIBUTES.binary_search_by_key(&written, |(name, _)| name).ok().map(|at| ATTRIBUTES[at].1)
    }
}

impl Name {
    /// The name of an element of which something is known.
    pub fn known(written: &str) -> Option<Self> {
        KNOWN.binary_search_by_key(&written, |(name, _)| name).ok().map(|at| KNOWN[at].1)
    }

    /// True for an element that begins and ends a line of its own. `button`, `option`, `textarea` and `label`-less controls print apart
    /// from the text around them and count as blocks.
    pub fn is_block(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Article
                | Self::Aside
                | Self::Blockquote
                | Self::Button
                | Self::Caption
                | Self::Center
                | Self::Col
                | Self::Colgroup
                | Self::Dd
                | Self::Details
                | Self::Dialog
                | Self::Dir
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Fieldset
                | Self::Figcaption
                | Self::Figure
                | Self::Footer
                | Self::Form
                | Self::Frameset
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Header
                | Self::Hgroup
                | Self::Hr
                | Self::Iframe
                | Self::Legend
                | Self::Li
                | Self::Listing
                | Self::Main
                | Self::Menu
                | Self::Nav
                | Self::Noframes
                | Self::Noscript
                | Self::Ol
                | Self::Optgroup
                | Self::Option
                | Self::P
                | Self::Plaintext
                | Self::Pre
                | Self::Search
                | Self::Section
                | Self::Select
                | Self::Summary
                | Self::Table
                | Self::Tbody
                | Self::Td
                | Self::Template
                | Self::Textarea
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Title
                | Self::Tr
                | Self::Ul
                | Self::Video
                | Self::Xmp
        )
    }

    /// True where an open paragraph ends when this element begins.
    pub fn closes_paragraph(self) -> bool {
        let stays_within = matches!(
            self,
            Self::Button
                | Self::Caption
                | Self::Col
                | Self::Colgroup
                | Self::Iframe
                | Self::Legend
                | Self::Noscript
                | Self::Optgroup
                | Self::Option
                | Self::Select
                | Self::Tbody
                | Self::Td
                | Self::Template
                | Self::Textarea
                | Self::Tfoot
                | Self::Th
                | Self::Thead
                | Self::Title
                | Self::Tr
                | Self::Video
        );
        self.is_block() && !stays_within
    }

    /// True for an element without content.
    pub fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Basefont
                | Self::Bgsound
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Frame
                | Self::Hr
                | Self::Img
                | Self::Input
                | Self::Keygen
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// True for an element beyond which an end tag has no effect.
    pub fn is_scope(self) -> bool {
        matches!(
            self,
            Self::Table | Self::Td | Self::Th | Self::Caption | Self::Template | Self::Button | Self::ForeignObject
        )
    }

    /// True for the parts that only a table may hold.
    pub fn is_table_part(self) -> bool {
        self.is_row_group()
            || self.is_cell()
            || matches!(self, Self::Table | Self::Tr | Self::Caption | Self::Colgroup | Self::Col)
    }

    /// True for `thead`, `tbody` and `tfoot`.
    pub fn is_row_group(self) -> bool {
        matches!(self, Self::Thead | Self::Tbody | Self::Tfoot)
    }

    /// True for the cells of a table.
    pub fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// True for an element whose items are `li`.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Ul | Self::Ol | Self::Menu | Self::Dir)
    }

    /// True for the two parts of a description list.
    pub fn is_term(self) -> bool {
        matches!(self, Self::Dt | Self::Dd)
    }

    /// True for what begins another language of markup.
    pub fn is_foreign_root(self) -> bool {
        matches!(self, Self::Svg | Self::Math)
    }

    /// 1 to 6 for `h1` to `h6`.
    pub fn heading_level(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_order_and_are_found() {
        assert!(ATTRIBUTES.is_sorted_by_key(|(written, _)| written) && KNOWN.is_sorted_by_key(|(written, _)| written));
        assert!(KNOWN.iter().all(|(written, name)| Name::known(written) == Some(*name)));
        assert!(ATTRIBUTES.iter().all(|(written, key)| Key::known(written) == Some(*key)));
        assert_eq!((Name::known("blink"), Key::known("onclick")), (None, None));
    }
}
