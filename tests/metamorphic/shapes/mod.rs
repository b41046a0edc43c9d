//! The shapes in which a declaration of cookies is written: one file each, and its two lines here.

mod aria_grid;
mod bold_labels;
mod bold_list;
mod cards_unlabelled;
mod consent_dialog;
mod dashed_table;
mod div_grid;
mod durations_by_name;
mod flowing_labels;
mod flowing_table;
mod generated_declaration;
mod heading_per_cookie;
mod heading_with_lifetime;
mod joined_by_blanks;
mod label_rows;
mod label_rows_pipes;
mod labelled_blocks;
mod labels_in_brackets;
mod layout_columns;
mod layout_columns_broken_names;
mod layout_columns_centred;
mod line_per_cell;
mod lines_below_groups;
mod lines_provider_once;
mod lines_torn_at_dashes;
mod list_expiry_first;
mod nested_keys;
mod paragraph_per_cell;
mod pipe_bars_escaped;
mod pipe_bold_lead_ins;
mod pipe_caption_glued;
mod pipe_code_names;
mod pipe_empty_header;
mod pipe_in_list;
mod pipe_label_in_cells;
mod pipe_no_delimiter;
mod pipe_no_leading;
mod pipe_provider_once;
mod pipe_rowspan_dropped;
mod pipe_spacers;
mod pipe_table;
mod pipe_underscores_eaten;
mod pipe_vertical;
mod pipe_wrapped;
mod pipes_in_text;
mod prose;
mod prose_code;
mod provider_lists;
mod purpose_prefix;
mod quoted_mail;
mod span_grid;
mod table;
mod table_captions;
mod table_decoys;
mod table_definition_list;
mod table_details;
mod table_durations_listed;
mod table_glued;
mod table_headerless;
mod table_hosts;
mod table_in_layout_tables;
mod table_marked_categories;
mod table_names_in_cells;
mod table_nested_lists;
mod table_repeated_header;
mod table_rowspan;
mod table_side_by_side;
mod table_vertical;
mod tabs;
mod tabs_wrapped;
mod two_lines_per_cell;
mod w3m_columns;
mod wiki_table;

use std::fmt;

use fastrand::Rng;

use crate::facts::Special;
use crate::layout::Layout;
use crate::policy::Policy;

/// All shapes.
pub const SHAPES: &[&Shape] = &[
    &aria_grid::SHAPE,
    &bold_labels::SHAPE,
    &bold_list::SHAPE,
    &cards_unlabelled::SHAPE,
    &consent_dialog::SHAPE,
    &dashed_table::SHAPE,
    &div_grid::SHAPE,
    &durations_by_name::SHAPE,
    &flowing_labels::SHAPE,
    &flowing_table::SHAPE,
    &generated_declaration::SHAPE,
    &heading_per_cookie::SHAPE,
    &heading_with_lifetime::SHAPE,
    &joined_by_blanks::SHAPE,
    &label_rows::SHAPE,
    &label_rows_pipes::SHAPE,
    &labelled_blocks::SHAPE,
    &labels_in_brackets::SHAPE,
    &layout_columns::SHAPE,
    &layout_columns_broken_names::SHAPE,
    &layout_columns_centred::SHAPE,
    &line_per_cell::SHAPE,
    &lines_below_groups::SHAPE,
    &lines_provider_once::SHAPE,
    &lines_torn_at_dashes::SHAPE,
    &list_expiry_first::SHAPE,
    &nested_keys::SHAPE,
    &paragraph_per_cell::SHAPE,
    &pipe_bars_escaped::SHAPE,
    &pipe_bold_lead_ins::SHAPE,
    &pipe_caption_glued::SHAPE,
    &pipe_code_names::SHAPE,
    &pipe_empty_header::SHAPE,
    &pipe_in_list::SHAPE,
    &pipe_label_in_cells::SHAPE,
    &pipe_no_delimiter::SHAPE,
    &pipe_no_leading::SHAPE,
    &pipe_provider_once::SHAPE,
    &pipe_rowspan_dropped::SHAPE,
    &pipe_spacers::SHAPE,
    &pipe_table::SHAPE,
    &pipe_underscores_eaten::SHAPE,
    &pipe_vertical::SHAPE,
    &pipe_wrapped::SHAPE,
    &pipes_in_text::SHAPE,
    &prose::SHAPE,
    &prose_code::SHAPE,
    &provider_lists::SHAPE,
    &purpose_prefix::SHAPE,
    &quoted_mail::SHAPE,
    &span_grid::SHAPE,
    &table::SHAPE,
    &table_captions::SHAPE,
    &table_decoys::SHAPE,
    &table_definition_list::SHAPE,
    &table_details::SHAPE,
    &table_durations_listed::SHAPE,
    &table_glued::SHAPE,
    &table_headerless::SHAPE,
    &table_hosts::SHAPE,
    &table_in_layout_tables::SHAPE,
    &table_marked_categories::SHAPE,
    &table_names_in_cells::SHAPE,
    &table_nested_lists::SHAPE,
    &table_repeated_header::SHAPE,
    &table_rowspan::SHAPE,
    &table_side_by_side::SHAPE,
    &table_vertical::SHAPE,
    &tabs::SHAPE,
    &tabs_wrapped::SHAPE,
    &two_lines_per_cell::SHAPE,
    &w3m_columns::SHAPE,
    &wiki_table::SHAPE,
];

/// A way to write a declaration.
pub struct Shape {
    /// The name of its file, with hyphens.
    pub name: &'static str,
    /// Ending of the documents: `md`, `html` or `txt`.
    pub ending: &'static str,
    /// What it leaves of the cells' borders.
    pub borders: Borders,
    /// What is special about its facts.
    pub special: Special,
    /// Which fields it states.
    pub layout: fn(&mut Rng) -> Layout,
    /// The declaration, without title and prose.
    pub body: fn(&Policy, &mut Rng) -> String,
}

/// What is left of the borders of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Borders {
    /// All.
    Kept,
    /// Only what white space, lines or labels tell, below a header.
    Flattened,
    /// Nothing: what comes back is stated, and no aim.
    Destroyed,
}

impl fmt::Display for Borders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kept => "BORDERS KEPT (aim 0.98)",
            Self::Flattened => "FLATTENED (aim 0.90)",
            Self::Destroyed => "DESTROYED",
        })
    }
}
