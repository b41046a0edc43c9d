//! polinorm turns policy documents into one canonical dataset.
#![warn(rustdoc::broken_intra_doc_links)]

pub mod block;
pub mod corpus;
pub mod document;
pub mod error;
pub mod export;
pub mod flags;
pub mod read;
pub mod source;
pub mod text;

pub use error::{Code, Error, Result};
