//! The figures of a set of documents, which every stage adds to.

/// Figures of a set of documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents.
    pub documents: u64,
    /// Platforms.
    pub platforms: u64,
    /// Blocks of text.
    pub blocks: u64,
    /// Words of all blocks.
    pub words: u64,
    /// Words of blocks that platforms share, counted wherever they stand.
    pub shared_words: u64,
    /// Templates that platforms share.
    pub boilerplate: u64,
    /// Templates that are a near-duplicate of another.
    pub variants: u64,
}
